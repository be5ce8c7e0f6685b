from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from download_client.engine import Engine
from download_client.errors import InvalidSetting, MirError, NotSignedIn, UnknownName
from download_client.model import AccessLevel
from download_client.settings import Settings, local_zone, table
from tests.ui.conftest import SECONDS, MakesSessions
from ui.session import Session


@pytest.mark.parametrize("level", ["none", "ownGroup", "all"])
def test_a_session_knows_who_is_signed_in(make_session: MakesSessions, level: str) -> None:
    session = make_session(level)
    assert session.me is not None
    assert session.me.access_level is AccessLevel(level)
    assert session.zone == ZoneInfo(session.me.time_zone)


def test_work_is_given_the_engine(session: Session, qtbot: QtBot) -> None:
    found: list[Engine] = []
    session.ask(lambda engine: engine, then=found.append, owner=session)
    qtbot.waitUntil(lambda: bool(found), timeout=SECONDS)
    assert found == [session.engine]


def test_long_work_is_given_its_ticket(session: Session, qtbot: QtBot) -> None:
    found: list[bool] = []
    session.ask_long(lambda _, ticket: ticket.cancelled.is_set(), then=found.append, owner=session)
    qtbot.waitUntil(lambda: found == [False], timeout=SECONDS)


def test_an_error_nobody_takes_goes_to_the_error_dialog(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.show_error, timeout=SECONDS) as shown:
        session.ask(lambda engine: engine.saved.find("x"), then=lambda _: None, owner=session)
    assert isinstance(shown.args[0], UnknownName)


@pytest.mark.expects_log("unexpected error on a worker")
def test_a_bug_is_shown_once(session: Session, qtbot: QtBot) -> None:
    def work(_: Engine) -> None:
        raise ValueError

    shown: list[MirError] = []
    session.show_error.connect(shown.append)
    ended: list[int] = []
    session.ask(work, then=lambda _: None, owner=session)
    session.ask(lambda _: 1, then=ended.append, owner=session)
    qtbot.waitUntil(lambda: bool(shown and ended), timeout=SECONDS)
    assert [type(error) for error in shown] == [MirError]


def test_another_profile_has_nobody_signed_in(session: Session, qtbot: QtBot) -> None:
    before = session.engine
    session.memory.put("panel", 300)
    told: list[str] = []
    session.profile_changed.connect(lambda: told.append("profile"))
    session.me_changed.connect(lambda: told.append("me"))
    session.use("other")
    assert told == ["profile", "me"]
    assert session.me is None
    assert session.engine is not before
    assert session.memory.get("panel") is None
    sorry: list[MirError] = []
    session.ask(lambda engine: engine.whoami(), then=lambda _: None, sorry=sorry.append, owner=session)
    qtbot.waitUntil(lambda: bool(sorry), timeout=SECONDS)
    assert isinstance(sorry[0], NotSignedIn)
    session.use("default")
    assert session.memory.get("panel") == 300


def test_whoever_asks_while_the_profile_changes_gets_no_engine_of_the_former_one(
    session: Session, qtbot: QtBot
) -> None:
    """Fifty times, with a worker that asks for the engine at any moment of it."""
    sorry: list[MirError] = []
    for number in range(50):
        session.ask(lambda engine: None, then=lambda _: None, owner=session)
        session.use(f"p{number}")
        session.ask(lambda engine: engine.whoami(), then=lambda _: None, sorry=sorry.append, owner=session)
        qtbot.waitUntil(lambda: len(sorry) == number + 1, timeout=SECONDS)  # noqa: B023 - waited for within the round
        session.use("default")
    assert {type(error) for error in sorry} == {NotSignedIn}


def test_the_archive_meant_follows_the_setting(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    assert session.archive is None
    with qtbot.waitSignal(session.archive_changed, timeout=SECONDS):
        session.change(table.ARCHIVE_FOLDER, tmp_path / "archive", owner=session)
    assert session.archive == tmp_path / "archive"
    assert Settings.load(session.paths).get(table.ARCHIVE_FOLDER) == tmp_path / "archive"


def test_a_setting_that_cannot_be_is_refused(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.show_error, timeout=SECONDS) as shown:
        session.change(table.APPEARANCE, "pink", owner=session)
    assert isinstance(shown.args[0], InvalidSetting)
    assert session.settings.get(table.APPEARANCE) == "system"


def test_zone_and_language_follow_the_settings(blank_session: Callable[..., Session]) -> None:
    assert blank_session().zone == local_zone()
    chosen = blank_session(archive__time_zone="Asia/Tokyo", window__language="de")
    assert chosen.zone == ZoneInfo("Asia/Tokyo")
    assert chosen.locale.language() is QLocale.Language.German


def test_what_the_window_remembers_survives_and_damage_costs_only_comfort(
    blank_session: Callable[..., Session],
) -> None:
    session = blank_session()
    session.memory.put("columns", [1, 2])
    session.memory.save()
    file = session.paths.state / "windows" / "default.json"
    assert blank_session().memory.get("columns") == [1, 2]
    for damaged in ("{", "[1]", "\xff"):
        file.write_bytes(damaged.encode("latin-1"))
        assert blank_session().memory.get("columns") is None
