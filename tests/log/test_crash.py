"""Errors that nobody caught reach the file without their secrets; real processes that really fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from download_client.log.redact import redact

CANARY = "c4naryTOKENvalue"

PROGRAM = """
import sys, threading
from pathlib import Path
from types import SimpleNamespace
from download_client.log import setup
log = setup(SimpleNamespace(log=Path(sys.argv[1])), verbose=False)
token = "c4naryTOKENvalue"

def fail():
    secret_in_a_local = token
    raise {error}

class Untidy:
    def __del__(self):
        fail()

{action}
"""


def run(folder: Path, *, action: str, error: str = 'ValueError("refresh_token=" + token)') -> tuple[int, str, str]:
    """Exit code, standard error and log of a program that fails."""
    program = PROGRAM.format(error=error, action=action)
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == ""
    file = folder / "mir-download.log"
    return done.returncode, done.stderr, file.read_text() if file.exists() else ""


@pytest.mark.parametrize(
    ("action", "code", "words"),
    [
        ("fail()", 1, "the program ended by an error"),
        ("t = threading.Thread(target=fail, name='worker'); t.start(); t.join()", 0, "thread worker ended by an error"),
        ("x = Untidy(); del x", 0, "an error while tidying up"),
    ],
    ids=["main", "thread", "tidying up"],
)
def test_an_error_nobody_caught_reaches_the_file_without_its_secret(
    tmp_path: Path, action: str, code: int, words: str
) -> None:
    returned, stderr, text = run(tmp_path, action=action)
    assert returned == code
    assert words in text
    assert "ValueError: refresh_token=***" in text
    assert ", in fail" in text
    assert CANARY not in text + stderr
    assert "Traceback" not in stderr
    if "tidying" not in words:
        # Temporary folders of Windows lie below the home folder.
        assert stderr == redact(f"{words} (ValueError); details: {tmp_path / 'mir-download.log'}\n")


def test_ctrl_c_is_no_crash(tmp_path: Path) -> None:
    returned, stderr, text = run(tmp_path, action="fail()", error="KeyboardInterrupt")
    assert returned != 0
    assert "KeyboardInterrupt" in stderr
    assert text == ""


def test_a_thread_that_exits_is_no_crash(tmp_path: Path) -> None:
    action = "t = threading.Thread(target=fail); t.start(); t.join()"
    assert run(tmp_path, action=action, error="SystemExit(3)") == (0, "", "")


def test_a_warning_goes_into_the_file(tmp_path: Path) -> None:
    returned, stderr, text = run(tmp_path, action="import warnings; warnings.warn('token=' + token)")
    assert (returned, stderr) == (0, "")
    assert "UserWarning: token=***" in text
    assert CANARY not in text
