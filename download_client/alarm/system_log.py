"""A line in the Windows Event Log, or in the system's log elsewhere; whether anybody reads it is not known.

Windows: source `MIR Download Client` of the log Application, events 100 (complete) to 103 (missing). An installation
registers the source; without it the text is there all the same, under a notice that its description is not. Elsewhere:
the socket of syslog (RFC 3164), which the journal reads too.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

from download_client.alarm.message import Message
from download_client.errors import ChannelUnavailable
from download_client.model import Outcome

SOURCE = "MIR Download Client"
EVENTS = {Outcome.CLEAN: 100, Outcome.PARTIAL: 101, Outcome.FAILED: 102, Outcome.MISSING: 103}
SOCKETS = (Path("/dev/log"), Path("/var/run/syslog"))
_SEVERITY = {Outcome.CLEAN: 6, Outcome.PARTIAL: 4, Outcome.FAILED: 3, Outcome.MISSING: 3}
"""Of RFC 3164: informational, warning, error."""
_KIND = {Outcome.CLEAN: 4, Outcome.PARTIAL: 2, Outcome.FAILED: 1, Outcome.MISSING: 1}
"""Of ReportEventW: information, warning, error."""
_USER = 1 << 3
_LONGEST = 1000


def write_line(message: Message, *, sockets: Iterable[Path] = SOCKETS) -> None:
    """Write it. Raises ChannelUnavailable: there is no log that takes it."""
    if sys.platform == "win32":
        _event(message)
        return
    text = " | ".join((message.title, *message.lines, message.id))[:_LONGEST]
    line = f"<{_USER | _SEVERITY[message.outcome]}>mir-download[{os.getpid()}]: {text}".encode()
    for path in sockets:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
                log.connect(str(path))
                log.send(line)
        except OSError:
            continue
        return
    raise ChannelUnavailable("no system log listens here")


def _event(message: Message) -> None:
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
    advapi32.RegisterEventSourceW.restype = wintypes.HANDLE
    advapi32.RegisterEventSourceW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
    advapi32.DeregisterEventSource.argtypes = (wintypes.HANDLE,)
    advapi32.ReportEventW.argtypes = (
        *(wintypes.HANDLE, wintypes.WORD, wintypes.WORD, wintypes.DWORD, wintypes.LPVOID, wintypes.WORD),
        *(wintypes.DWORD, ctypes.POINTER(wintypes.LPCWSTR), wintypes.LPVOID),
    )
    text = "\n".join((message.title, *message.lines, message.id))
    source = advapi32.RegisterEventSourceW(None, SOURCE)
    if not source:
        raise ChannelUnavailable("the event log does not open")
    try:
        strings = (wintypes.LPCWSTR * 1)(text)
        kind, number = _KIND[message.outcome], EVENTS[message.outcome]
        if not advapi32.ReportEventW(source, kind, 0, number, None, 1, 0, strings, None):
            raise ChannelUnavailable("the event log does not take it")
    finally:
        advapi32.DeregisterEventSource(source)
