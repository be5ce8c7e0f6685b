"""The window on a real screen, under Xvfb: what runs without a screen may yet not run on one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.ui.on_screen import ENOUGH

DEADLINE = 90.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is a screen of Linux")


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of a program with a screen of 1600 × 1000."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.send_signal(signal.SIGTERM)


def test_the_window_is_seen_on_a_real_screen(screen: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.on_screen"], env=screen, capture_output=True, text=True, timeout=DEADLINE
    )
    assert done.returncode == 0, done.stderr
    platform, size, colours = done.stdout.split()
    assert platform == "xcb"
    assert size == "1440x900"
    # Words, icons and grounds: not one empty colour.
    assert int(colours) > ENOUGH
