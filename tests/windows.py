"""What tests know of Windows: whether they run there, and whether it is Wine, which lacks some of it."""

from __future__ import annotations

import sys

import pytest


def _under_wine() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


WINDOWS = sys.platform == "win32"
WINE = _under_wine()

needs_schannel = pytest.mark.skipif(
    WINE, reason="Wine's TLS trusts any authority but none in a file, and knows no IP address in a certificate"
)
own_store = pytest.mark.skipif(WINDOWS, reason="the store of Windows is no file that a test can name")
makes_links = pytest.mark.skipif(WINDOWS, reason="making symbolic links needs a right there that users do not have")
forks = pytest.mark.skipif(WINDOWS, reason="Windows forks no process; there journeys kill whole programs")
limits_files = pytest.mark.skipif(WINDOWS, reason="Windows sets no limit to the size of files")
deletes_open_files = pytest.mark.skipif(WINE, reason="Wine lets a deleted file be opened until it is closed")
runs_scripts = pytest.mark.skipif(WINDOWS, reason="Windows starts no script by its first line")
appends_at_once = pytest.mark.skipif(WINE, reason="Wine looks for the end of a file and writes there in two steps")
lacks_browser = pytest.mark.skipif(WINDOWS, reason="Windows always names a browser")
