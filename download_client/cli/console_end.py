"""The end of a Windows console, a log-off or a shutdown: time for what is in hand to become durable; elsewhere nothing.

Windows ends a process as soon as its handler returns (SetConsoleCtrlHandler), at the latest after some seconds. Ctrl+C
and Ctrl+Break are not looked at here: they come as signals.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 4.5
"""Seconds; Windows gives about five when a console is closed."""
_CLOSE, _LOGOFF, _SHUTDOWN = 2, 5, 6


@contextmanager
def watched(stop: threading.Event) -> Iterator[None]:
    """While this holds, the end of the console sets `stop` and waits until this is left."""
    if sys.platform != "win32":
        yield
        return
    import ctypes

    left = threading.Event()

    def end(event: int) -> int:
        if event not in (_CLOSE, _LOGOFF, _SHUTDOWN):
            return 0
        stop.set()
        left.wait(_PATIENCE)
        return 1

    handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(end)
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.SetConsoleCtrlHandler(handler, 1)
    try:
        yield
    finally:
        left.set()
        kernel.SetConsoleCtrlHandler(handler, 0)
