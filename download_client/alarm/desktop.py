"""A notification on the desktop of the account that runs, by the system's own means and without a window of ours.

Linux: `org.freedesktop.Notifications` on the session's bus (Desktop Notifications Specification 1.2). Windows: the
notification area (`Shell_NotifyIconW`), which shows it as a toast. macOS: `osascript`. Whoever is logged off has no
desktop: then it is `ChannelUnavailable`, which is said and is no failure of a night.
"""

from __future__ import annotations

import html
import os
import subprocess
import sys
from pathlib import Path

from download_client.alarm.message import Message
from download_client.errors import ChannelUnavailable
from download_client.model import Outcome

PROGRAM = "MIR Download Client"
_ANSWER = 5.0
"""Seconds for the desktop to take it."""
_LONGEST = 240
_SHOWN = 10.0
"""Seconds that the notification area keeps it: with its icon it would go."""


def notify(message: Message) -> None:
    """Show it. Raises ChannelUnavailable: there is no desktop, or none that shows notifications."""
    title, text = message.title[:60], " ".join(message.lines[:3])[:_LONGEST]
    if sys.platform == "win32":
        _windows(title, text)
    elif sys.platform == "darwin":
        _mac(title, text)
    else:
        _freedesktop(title, text, urgent=message.outcome is not Outcome.CLEAN)


def _freedesktop(title: str, text: str, *, urgent: bool) -> None:
    try:
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import open_dbus_connection
    except ImportError:
        raise ChannelUnavailable("jeepney is not installed") from None
    address = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    try:
        with open_dbus_connection(bus=_session_bus()) as bus:
            able = bus.send_and_get_reply(new_method_call(address, "GetCapabilities"), timeout=_ANSWER)
            if able.header.message_type.name == "error":
                raise ChannelUnavailable("nothing on this desktop shows notifications")
            body = html.escape(text, quote=False) if "body-markup" in able.body[0] else text
            hints = {"urgency": ("y", 2 if urgent else 0)}
            words: tuple[object, ...] = (PROGRAM, 0, "", title, body, [], hints, -1)
            shown = bus.send_and_get_reply(new_method_call(address, "Notify", "susssasa{sv}i", words), timeout=_ANSWER)
            if shown.header.message_type.name == "error":
                raise ChannelUnavailable("the desktop did not take it")
    except (
        OSError,
        LookupError,
        ValueError,
        StopIteration,
        AuthenticationError,
        DBusErrorResponse,
        RuntimeError,
    ) as error:
        raise ChannelUnavailable(f"no desktop session answers ({type(error).__name__})") from None


def _session_bus() -> str:
    """The session's bus; a job that was started without its address finds it where systemd puts it."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    if not usual.is_absolute() or not usual.exists():
        raise ChannelUnavailable("there is no desktop session")
    return f"unix:path={usual}"


def _mac(title: str, text: str) -> None:
    script = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"
    try:
        done = subprocess.run(
            ["/usr/bin/osascript", "-e", script, title, text], capture_output=True, timeout=_ANSWER, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ChannelUnavailable(type(error).__name__) from None
    if done.returncode:
        raise ChannelUnavailable("no desktop session takes it")


def _fitting(text: str, units: int) -> str:
    """As much of it as fits in so many units of UTF-16: letters beyond the usual ones take two."""
    return text.encode("utf-16-le", "replace")[: units * 2].decode("utf-16-le", "ignore")


def _windows(title: str, text: str) -> None:
    if sys.platform != "win32":
        return
    import ctypes
    import threading
    from ctypes import wintypes

    class IconData(ctypes.Structure):
        """NOTIFYICONDATAW."""

        _fields_ = (
            ("cbSize", wintypes.DWORD),
            ("hWnd", wintypes.HWND),
            ("uID", wintypes.UINT),
            ("uFlags", wintypes.UINT),
            ("uCallbackMessage", wintypes.UINT),
            ("hIcon", wintypes.HICON),
            ("szTip", wintypes.WCHAR * 128),
            ("dwState", wintypes.DWORD),
            ("dwStateMask", wintypes.DWORD),
            ("szInfo", wintypes.WCHAR * 256),
            ("uVersion", wintypes.UINT),
            ("szInfoTitle", wintypes.WCHAR * 64),
            ("dwInfoFlags", wintypes.DWORD),
            ("guidItem", ctypes.c_byte * 16),
            ("hBalloonIcon", wintypes.HICON),
        )

    user32 = ctypes.WinDLL("user32", use_last_error=True)
    shell32 = ctypes.WinDLL("shell32", use_last_error=True)
    user32.CreateWindowExW.restype = wintypes.HWND
    user32.CreateWindowExW.argtypes = (
        *(wintypes.DWORD, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD),
        *(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int),
        *(wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, wintypes.LPVOID),
    )
    user32.DestroyWindow.argtypes = (wintypes.HWND,)
    user32.LoadIconW.restype = wintypes.HICON
    user32.LoadIconW.argtypes = (wintypes.HINSTANCE, ctypes.c_void_p)
    shell32.Shell_NotifyIconW.argtypes = (wintypes.DWORD, ctypes.POINTER(IconData))
    only_messages, information, add, delete = -3, 32516, 0, 2
    window = user32.CreateWindowExW(0, "STATIC", PROGRAM, 0, 0, 0, 0, 0, only_messages, None, None, None)
    data = IconData(
        cbSize=ctypes.sizeof(IconData),
        hWnd=window,
        uID=1,
        uFlags=0x2 | 0x4 | 0x10,  # NIF_ICON, NIF_TIP, NIF_INFO
        hIcon=user32.LoadIconW(None, information),
        szTip=PROGRAM,
        szInfoTitle=_fitting(title, 63),
        szInfo=_fitting(text, 255),
        dwInfoFlags=0x2,  # NIIF_WARNING
    )
    try:
        if not window or not shell32.Shell_NotifyIconW(add, ctypes.byref(data)):
            raise ChannelUnavailable("no desktop session takes it")
        threading.Event().wait(_SHOWN)
        shell32.Shell_NotifyIconW(delete, ctypes.byref(data))
    finally:
        if window:
            user32.DestroyWindow(window)
