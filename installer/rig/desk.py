"""A person at this screen, as the programs see one: keys are typed, windows looked for, pictures taken. Windows alone.

What is typed goes to whatever is in front: nobody may touch the machine meanwhile. It reads no text from the screen:
what happened is told by windows that come and go, and by whether the picture moves.
"""

# ruff: noqa: S101 - looks are assertions

from __future__ import annotations

import ctypes
import struct
import sys
import time
import zlib
from collections.abc import Callable
from ctypes import wintypes
from dataclasses import dataclass
from functools import partial
from pathlib import Path

assert sys.platform == "win32", "it speaks to Windows alone"

PATIENCE = 90.0
"""Seconds that a busy machine is given for anything."""
_START = 8.0
"""Seconds without a change after which a window has come up whole; its first frame is empty."""
_MOVES = 48
"""Rows of the screen that differ when more than a text cursor blinks."""
_KEYS = {"ctrl": 0x11, "shift": 0x10, "enter": 0x0D, "tab": 0x09, "space": 0x20}
_UP, _UNICODE = 0x2, 0x4
_SRCCOPY = 0x00CC0020


class _Key(ctypes.Structure):
    """KEYBDINPUT of winuser.h."""

    _fields_ = [
        ("key", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    ]


class _Input(ctypes.Structure):
    """INPUT of winuser.h; its union is as large as MOUSEINPUT, 32 bytes."""

    _fields_ = [
        ("type", wintypes.DWORD),
        ("key", _Key),
        ("rest", ctypes.c_byte * 8),
    ]


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole screen at one moment: rows from the top, four bytes a pixel (blue, green, red, nothing)."""

    width: int
    height: int
    pixels: bytes

    def moved(self, since: Screen) -> bool:
        """More than a text cursor changed."""
        row = self.width * 4
        starts = range(0, len(self.pixels), row)
        return sum(self.pixels[at : at + row] != since.pixels[at : at + row] for at in starts) > _MOVES

    def save(self, to: Path) -> None:
        """As PNG (RFC 2083)."""
        rgb = bytearray(self.width * self.height * 3)
        for colour in range(3):
            rgb[colour::3] = self.pixels[2 - colour :: 4]
        row = self.width * 3
        rows = b"".join(b"\0" + rgb[at : at + row] for at in range(0, len(rgb), row))
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
        to.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + b"".join(
                struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
                for kind, data in chunks
            )
        )


class Desk:
    """Keyboard and screen."""

    def __init__(self) -> None:
        self._user = ctypes.WinDLL("user32", use_last_error=True)
        self._gdi = ctypes.WinDLL("gdi32", use_last_error=True)
        for function in (self._user.GetDC, self._gdi.CreateCompatibleDC, self._gdi.CreateCompatibleBitmap):
            function.restype = ctypes.c_void_p

    def type(self, text: str) -> None:
        """Characters, whatever the keyboard's layout."""
        units = text.encode("utf-16-le")
        for (unit,) in struct.iter_unpack("<H", units):
            self._send(scan=unit, flags=_UNICODE)
            self._send(scan=unit, flags=_UNICODE | _UP)

    def press(self, keys: str) -> None:
        """Keys at once, such as ``ctrl+d``."""
        codes = [_KEYS.get(key) or ord(key.upper()) for key in keys.split("+")]
        for code in codes:
            self._send(key=code)
        for code in reversed(codes):
            self._send(key=code, flags=_UP)

    def windows(self, process: int) -> list[str]:
        """The titles of the visible windows of a process, by its number."""
        found: list[str] = []

        def look(window: int, _: int) -> bool:
            owner = wintypes.DWORD()
            self._user.GetWindowThreadProcessId(window, ctypes.byref(owner))
            title = ctypes.create_unicode_buffer(200)
            if owner.value == process and self._user.IsWindowVisible(window):
                self._user.GetWindowTextW(window, title, len(title))
                found.append(title.value)
            return True

        self._user.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
        return [title for title in found if title]

    def opened(self, process: int) -> tuple[Screen, float]:
        """Wait until a process has a window that has come up whole: its picture, and after how many seconds."""
        began = time.monotonic()
        self.until("a window", lambda: bool(self.windows(process)))
        shown = time.monotonic() - began
        return self.settle(_START), shown

    def until(self, what: str, true: Callable[[], bool], *, again: Callable[[], None] | None = None) -> None:
        """Wait until it is so; what is done again each few seconds meanwhile may have come too early before."""
        began = time.monotonic()
        repeat = began + 8
        while not true():
            assert time.monotonic() < began + PATIENCE, f"waited in vain: {what}"
            if again is not None and time.monotonic() > repeat:
                repeat = time.monotonic() + 8
                again()
            time.sleep(0.1)

    def settle(self, rest: float = 3.0) -> Screen:
        """Wait until nothing moves for some seconds, as a person does before the next key."""
        still, seen = time.monotonic(), self.screen()
        end = still + PATIENCE
        while time.monotonic() < still + rest:
            assert time.monotonic() < end, "the screen never came to rest"
            time.sleep(0.25)
            now = self.screen()
            if now.moved(seen):
                still, seen = time.monotonic(), now
        return seen

    def going_on(self, since: Screen, seconds: float) -> Screen:
        """See the picture change and change again for so many seconds; the last one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.until("something that moves", partial(self._moved, since))
            since = self.screen()
        return since

    def _moved(self, since: Screen) -> bool:
        return self.screen().moved(since)

    def screen(self) -> Screen:
        """What is on the whole screen now."""
        width, height = self._user.GetSystemMetrics(0), self._user.GetSystemMetrics(1)
        screen = ctypes.c_void_p(self._user.GetDC(None))
        memory = ctypes.c_void_p(self._gdi.CreateCompatibleDC(screen))
        bitmap = ctypes.c_void_p(self._gdi.CreateCompatibleBitmap(screen, width, height))
        try:
            before = ctypes.c_void_p(self._gdi.SelectObject(memory, bitmap))
            assert self._gdi.BitBlt(memory, 0, 0, width, height, screen, 0, 0, _SRCCOPY), "no picture can be taken"
            self._gdi.SelectObject(memory, before)
            # BITMAPINFOHEADER of wingdi.h: a negative height is one whose rows go down.
            head = ctypes.create_string_buffer(struct.pack("<IiiHHIIiiII", 40, width, -height, 1, 32, 0, 0, 0, 0, 0, 0))
            pixels = ctypes.create_string_buffer(width * height * 4)
            rows = self._gdi.GetDIBits(screen, bitmap, 0, height, pixels, head, 0)
            assert rows == height, f"{rows} of {height} rows of the screen"
            return Screen(width, height, pixels.raw)
        finally:
            self._gdi.DeleteObject(bitmap)
            self._gdi.DeleteDC(memory)
            self._user.ReleaseDC(None, screen)

    def _send(self, *, key: int = 0, scan: int = 0, flags: int = 0) -> None:
        event = _Input(1, _Key(key, scan, flags, 0, 0))
        sent = self._user.SendInput(1, ctypes.byref(event), ctypes.sizeof(event))
        assert sent == 1, f"the key was not taken ({ctypes.get_last_error()})"
        time.sleep(0.02)  # as fast as a quick typist
