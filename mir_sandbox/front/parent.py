"""Ending with the parent: who started the service must not leave it behind.

Not promised: anything for a parent that was already gone, or is the first process of the system.
"""

import os
import sys
import threading
import time
from collections.abc import Callable

_POLL_SECONDS = 0.2
_SYNCHRONIZE = 0x0010_0000
_INFINITE = 0xFFFF_FFFF


def watch_parent(gone: Callable[[], None]) -> None:
    """Call `gone` from a thread when the parent process has ended."""
    parent = os.getppid()
    waits = _wait_for_handle if sys.platform == "win32" else _wait_for_change
    if sys.platform == "win32" or parent > 1:
        _thread(lambda: waits(parent), gone)


def watch_standard_input(gone: Callable[[], None]) -> None:
    """Call `gone` from a thread when standard input ends: the one who holds its other end is gone or has closed it."""
    _thread(lambda: _read_to_the_end(sys.stdin.fileno()), gone)


def _thread(wait: Callable[[], None], gone: Callable[[], None]) -> None:
    def run() -> None:
        wait()
        gone()

    threading.Thread(target=run, daemon=True, name="parent").start()


def _read_to_the_end(descriptor: int) -> None:
    try:
        while os.read(descriptor, 4096):
            pass
    except OSError:
        return


def _wait_for_change(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)


def _wait_for_handle(parent: int) -> None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, parent)
        if handle:
            kernel.WaitForSingleObject(ctypes.c_void_p(handle), _INFINITE)
