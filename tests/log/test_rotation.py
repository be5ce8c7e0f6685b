"""Large log files are set aside; no line is lost, whoever holds, moves or shares the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.log.alone import small
from tests.windows import appends_at_once, deletes_open_files


def numbers(folder: Path) -> list[int]:
    """The numbers in all files, the oldest file first."""
    files = sorted(folder.iterdir(), key=lambda file: file.name, reverse=True)
    return [int(line.rsplit(" ", 1)[1]) for file in files for line in file.read_text().splitlines()]


def test_a_large_file_is_set_aside_and_only_the_oldest_goes(tmp_path: Path) -> None:
    handler, logger = small(tmp_path / "a.log")
    for number in range(200):
        logger.info("number %d", number)
    handler.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.log"] + [f"a.log.{n}" for n in range(1, 6)]
    kept = numbers(tmp_path)
    assert kept == list(range(kept[0], 200))
    assert all(file.stat().st_size < 1100 for file in tmp_path.iterdir())


def test_a_file_that_cannot_be_set_aside_grows_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path, target: Path) -> Path:
        raise PermissionError(32, "The process cannot access the file because it is being used by another process")

    handler, logger = small(tmp_path / "a.log")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        for number in range(50):
            logger.info("number %d", number)
    assert numbers(tmp_path) == list(range(50))
    for number in range(50, 100):
        logger.info("number %d", number)
    handler.close()
    assert numbers(tmp_path) == list(range(100))
    assert len(list(tmp_path.iterdir())) > 1


@pytest.mark.parametrize("how", ["set aside", pytest.param("deleted", marks=deletes_open_files)])
def test_it_follows_when_another_process_moves_the_file(tmp_path: Path, how: str) -> None:
    handler, logger = small(tmp_path / "a.log")
    logger.info("number %d", 1)
    if how == "deleted":
        (tmp_path / "a.log").unlink()
    else:
        (tmp_path / "a.log").replace(tmp_path / "a.log.1")
        (tmp_path / "a.log").write_text("x number 2\n")
    logger.info("number %d", 3)
    handler.close()
    assert numbers(tmp_path) == ([3] if how == "deleted" else [1, 2, 3])


WRITER = """
import logging, sys
from pathlib import Path
from download_client.log.lines import LogFile, OneLine
handler = LogFile(Path(sys.argv[1]), largest=20_000)
handler.setFormatter(OneLine())
logger = logging.Logger("alone")
logger.addHandler(handler)
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 200):
    logger.info("number %d", number)
"""


@appends_at_once
def test_processes_that_share_it_lose_no_line(tmp_path: Path) -> None:
    together = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / "a.log"), str(first)], stderr=subprocess.PIPE)
        for first in (0, 1000)
    ]
    for process in together:
        assert process.communicate(timeout=60)[1] == b""
    assert sorted(numbers(tmp_path)) == [*range(200), *range(1000, 1200)]
    assert len(list(tmp_path.iterdir())) > 1
