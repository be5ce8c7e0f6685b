"""The silence that every test stands on is itself tested: noise fails, expected noise must come."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CASES = {
    "pass": "def test_it(): logging.getLogger('x').info('quiet')",
    "fail warning": "def test_it(): logging.getLogger('x').warning('noise')",
    "fail error": "def test_it(): logging.getLogger('download_client.x').error('noise')",
    "fail deprecation": "def test_it(): warnings.warn('old', DeprecationWarning)",
    "fail leak": "def test_it(): open(__file__)",
    "fail thread": "def test_it():\n    t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
    "pass expected": "@pytest.mark.expects_log('no.se')\ndef test_it(): logging.getLogger('x').warning('noise')",
    "fail none came": "@pytest.mark.expects_log('noise')\ndef test_it(): pass",
    "fail another": "@pytest.mark.expects_log('noise')\ndef test_it():\n"
    "    logging.getLogger('x').warning('noise'); logging.getLogger('x').warning('other')",
    "pass home": "def test_it(tmp_path): assert os.environ['MIR_DOWNLOAD_HOME'] == str(tmp_path / 'home')",
    "pass keyring": "def test_it(memory_keyring): assert keyring.get_keyring() is memory_keyring",
    "pass no entries": "def test_it(memory_keyring): assert not memory_keyring.entries",
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each case, by its name; one run of pytest for all."""
    folder = tmp_path_factory.mktemp("silence")
    (folder / "conftest.py").write_text("from tests.conftest import *\nfrom tests.conftest import _silence\n")
    for index, code in enumerate(CASES.values()):
        text = f"import gc, keyring, logging, os, pytest, threading, warnings\n\n{code}\n"
        (folder / f"test_{index}.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-c",
        str(ROOT / "pyproject.toml"),
    ]
    done = subprocess.run(
        [*command, "--rootdir", str(folder), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    summary = done.stdout[done.stdout.index("short test summary") :]
    found: dict[str, str] = {}
    for index, name in enumerate(CASES):
        words = {line.split()[0] for line in summary.splitlines() if f"test_{index}.py" in line}
        found[name] = "fail" if words & {"FAILED", "ERROR"} else "pass" if words == {"PASSED"} else f"? {words}"
    return found


@pytest.mark.parametrize("name", CASES)
def test_noise_fails_and_silence_passes(outcome: dict[str, str], name: str) -> None:
    assert outcome[name] == name.split()[0]
