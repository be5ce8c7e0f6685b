"""The log of a process: where lines go, how they look, what becomes of failures; real files, real processes."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from download_client.log import Log, setup
from download_client.log.lines import LogFile
from tests.log.alone import small

CANARY = "c4naryTOKENvalue"
OURS = logging.getLogger("download_client.some.room")
OTHERS = logging.getLogger("urllib3.connectionpool")
ANY = pytest.mark.expects_log("")


@dataclass
class Folders:
    log: Path


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., Log]]:
    """`setup` in a folder of its own; closed afterwards."""
    begun: list[Log] = []

    def call(*, verbose: bool = False, level: str = "info", folder: Path | None = None) -> Log:
        begun.append(setup(Folders(folder or tmp_path / "logs"), verbose=verbose, level=level))
        return begun[-1]

    yield call
    for log in begun:
        log.close()


def text_of(log: Log) -> str:
    return log.file.read_text("utf-8") if log.file.exists() else ""


def test_nothing_is_made_before_the_first_line(begin: Callable[..., Log]) -> None:
    assert not begin().file.parent.exists()


def test_a_line_says_when_how_grave_who_and_what(begin: Callable[..., Log]) -> None:
    log = begin()
    OURS.info("run %d: %s", 17, "begins")
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z INFO {os.getpid()} download_client\.some\.room: run 17: begins\n",
        text_of(log),
    )


@ANY
@pytest.mark.parametrize(
    ("level", "kept"),
    [("error", "ce"), ("warning", "cew"), ("info", "cewi"), ("debug", "cewid")],
)
def test_levels(begin: Callable[..., Log], level: str, kept: str) -> None:
    log = begin(level=level)
    for name, number in (("c", 50), ("e", 40), ("w", 30), ("i", 20), ("d", 10)):
        OURS.log(number, name)
    assert "".join(line[-1] for line in text_of(log).splitlines()) == kept


@ANY
def test_of_other_libraries_only_warnings_are_kept(begin: Callable[..., Log]) -> None:
    log = begin(level="debug")
    OTHERS.debug("GET /secret")
    OTHERS.info("hello")
    OTHERS.warning("Retrying: /x?token=%s", CANARY)
    assert text_of(log).count("\n") == 1
    assert "Retrying: /x?***" in text_of(log)


@ANY
def test_standard_error_is_silent_unless_asked(begin: Callable[..., Log], capsys: pytest.CaptureFixture[str]) -> None:
    begin()
    OURS.error("quiet")
    assert capsys.readouterr() == ("", "")
    begin(verbose=True)
    OURS.debug("token=%s", CANARY)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("download_client.some.room: token=***\n")


def test_verbose_goes_into_the_file_too(begin: Callable[..., Log]) -> None:
    log = begin(verbose=True)
    OURS.debug("detail")
    assert "DEBUG" in text_of(log)


def test_a_second_setup_replaces_the_first(begin: Callable[..., Log], tmp_path: Path) -> None:
    first = begin()
    second = begin(folder=tmp_path / "other")
    OURS.info("once")
    assert text_of(first) == ""
    assert text_of(second).count("once") == 1
    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, LogFile)]
    assert len(handlers) == 1


def test_close_puts_everything_back(begin: Callable[..., Log]) -> None:
    before = (
        list(logging.getLogger().handlers),
        logging.getLogger().level,
        logging.getLogger("download_client").level,
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.showwarning,
    )
    log = begin(verbose=True)
    OURS.info("x")
    log.close()
    log.close()
    assert before == (
        list(logging.getLogger().handlers),
        logging.getLogger().level,
        logging.getLogger("download_client").level,
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.showwarning,
    )


def test_the_file_is_for_its_owner_alone(begin: Callable[..., Log]) -> None:
    log = begin()
    OURS.info("x")
    if os.name != "nt":
        assert stat.S_IMODE(log.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(log.file.parent.stat().st_mode) == 0o700


# --- what a line may look like ---------------------------------------------------------------------------------------


def test_no_text_can_look_like_another_line(begin: Callable[..., Log]) -> None:
    log = begin()
    OURS.info("name: %s", "a\n2026-01-01T00:00:00.000Z CRITICAL 1 x: forged\r\x1b[2J\u202e\x00\u2028")
    assert len(text_of(log).splitlines()) == 1
    assert r"a\n2026-01-01T" in text_of(log)
    assert r"\x1b[2J\u202e\x00\u2028" in text_of(log)


def test_letters_of_all_languages_stay(begin: Callable[..., Log]) -> None:
    log = begin()
    OURS.info("ü 漢 😀")
    assert text_of(log).endswith(": ü 漢 😀\n")


@ANY
def test_a_traceback_is_kept_without_values_and_secrets(begin: Callable[..., Log]) -> None:
    log = begin()

    def work(local: str) -> None:
        raise ValueError(f"refresh_token={local} of anna@example.org")

    try:
        try:
            work(CANARY)
        except ValueError as error:
            raise RuntimeError(f"Bearer {CANARY}") from error
    except RuntimeError:
        OURS.exception("rec-17 failed")
    text = text_of(log)
    assert "rec-17 failed\n    Traceback (most recent call last):" in text
    assert "ValueError: refresh_token=***" in text
    assert "RuntimeError: Bearer ***" in text
    assert ", in work" in text
    assert CANARY not in text
    assert "anna@" not in text
    assert all(line.startswith("    ") for line in text.splitlines()[1:])


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError(CANARY)

    __repr__ = __str__


@pytest.mark.parametrize(
    ("message", "args"),
    [("%d things", ("many",)), ("%s %s", ("one",)), ("%s", (Unprintable(),)), (Unprintable(), ())],
    ids=["kind", "number", "argument", "message"],
)
def test_a_record_that_cannot_be_printed_raises_and_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], message: object, args: tuple[object, ...]
) -> None:
    handler, logger = small(tmp_path / "a.log")
    logger.info(message, *args)
    handler.close()
    text = (tmp_path / "a.log").read_text()
    assert f"a message that cannot be printed ({Path(__file__).stem}:" in text
    assert CANARY not in text
    assert capsys.readouterr() == ("", "")


def test_an_error_that_cannot_be_printed_is_borne(begin: Callable[..., Log]) -> None:
    log = begin()
    try:
        raise Unprintable
    except Unprintable:
        OURS.info("it", exc_info=True)
    assert "Unprintable" in text_of(log)
    assert CANARY not in text_of(log)


class Hostile(Exception):
    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(CANARY)


def test_an_error_that_cannot_even_be_looked_at_is_borne(tmp_path: Path) -> None:
    handler, logger = small(tmp_path / "a.log")
    logger.info("it", exc_info=(Hostile, Hostile(), None))
    handler.close()
    text = (tmp_path / "a.log").read_text()
    assert "Hostile (its traceback cannot be printed)" in text
    assert CANARY not in text


def test_no_error_at_hand_is_no_traceback(begin: Callable[..., Log]) -> None:
    log = begin()
    OURS.info("it", exc_info=True)
    OURS.info("where", stack_info=True)
    lines = text_of(log).splitlines()
    assert lines[0].endswith(": it")
    assert "    Stack (most recent call last):" in lines


def test_a_bottomless_traceback_is_cut(begin: Callable[..., Log]) -> None:
    log = begin()

    def dive() -> None:
        dive()

    try:
        dive()
    except RecursionError:
        OURS.info("deep", exc_info=True)
    assert "RecursionError" in text_of(log)
    assert len(text_of(log)) < 20_000


# --- when it cannot be written ---------------------------------------------------------------------------------------


@ANY
def test_a_folder_that_cannot_be_made_hurts_nobody(
    begin: Callable[..., Log], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    begin(folder=tmp_path / "file" / "logs")
    OURS.error("x")
    assert capsys.readouterr() == ("", "")


@ANY
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_hurts_nobody(
    begin: Callable[..., Log], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "mir-download.log").symlink_to("/dev/full")
    begin()
    for _ in range(3):
        OURS.error("x")
    assert capsys.readouterr() == ("", "")


@ANY
def test_a_closed_standard_error_hurts_nobody(begin: Callable[..., Log], monkeypatch: pytest.MonkeyPatch) -> None:
    log = begin(verbose=True)
    read, write = os.pipe()
    os.close(read)
    with open(write, "w", buffering=1) as broken:  # noqa: PTH123
        monkeypatch.setattr(sys, "stderr", broken)
        OURS.error("1")
        monkeypatch.setattr(sys, "stderr", None)
        OURS.error("2")
        monkeypatch.undo()
        with pytest.raises(OSError):  # noqa: PT011 - a broken pipe; Windows calls it an invalid argument
            broken.close()
    assert text_of(log).count("ERROR") == 2
