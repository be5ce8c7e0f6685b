"""What every test stands on: silence, a home of its own, a keyring in memory, a clock that tests own.

An unexpected warning fails a test (pyproject: `filterwarnings = error`), and so does a log record of WARNING or above,
unless the test says `@pytest.mark.expects_log("pattern")`; then one must come, and only such.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import keyring
import pytest
from xdist.scheduler import LoadScopeScheduling

from download_client.log.begin import OwnedFile
from tests.fake_clock import FakeClock
from tests.keyrings import MemoryKeyring

# The tests start the program many hundred times: compiled modules are kept, whoever starts the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Name our own markers."""
    config.addinivalue_line(
        "markers", "expects_log(pattern): log records of WARNING and above match the pattern, and there is at least one"
    )


class _Listener(logging.Handler):
    """Keeps what is worth failing for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on log records nobody expects."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    for handler in list(logging.getLogger().handlers):
        # A program that ran inside this process leaves its log open, as programs do.
        if isinstance(handler, OwnedFile):
            handler.owner.close()
    marker = request.node.get_closest_marker("expects_log")
    if marker is None:
        assert not listener.lines, f"unexpected log records: {listener.lines}"
        return
    pattern = re.compile(marker.args[0])
    assert listener.lines, f"no log record came, expected {pattern.pattern!r}"
    others = [line for line in listener.lines if not pattern.search(line)]
    assert not others, f"unexpected log records: {others}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folders of this test; inherited by processes it starts. Not yet created."""
    path = tmp_path / "home"
    monkeypatch.setenv("MIR_DOWNLOAD_HOME", str(path))
    return path


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The system keyring of this test's process; processes it starts find none."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    return ring


@pytest.fixture
def file_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring that the processes of this test share: the file it lies in."""
    path = tmp_path / "keyring.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.FileKeyring")
    monkeypatch.setenv("MIR_TEST_KEYRING", str(path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    return path


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when told or waited upon."""
    return FakeClock()


class _Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist comes without types
    """Spreads the functions over the workers one by one, but those of a file with one costly beginning stay together.

    What has most tests begins first, what has one comes last, so that no worker waits long for another at the end.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, function = nodeid.partition("::")
        return file if file.startswith(_TOGETHER) else f"{file}::{function.partition('[')[0]}"


_TOGETHER = (
    "tests/api/test_service.py",
    "tests/contract/test_sandbox_conforms.py",
    "tests/engine/",
    "tests/journeys/",
    "tests/test_silence.py",
    "tests/ui/",
)
"""Files whose tests share a service, or a trial, of their own."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """Who runs what, where several workers do."""
    return _Together(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long the trial of kills is: `dev.py kill 2000`."""
    parser.addoption("--kills", type=int, default=50, help="how often the program is killed and resumed")
