"""Downloads in the window, from the queue to verified files: every one over the real engine and the real service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from download_client.credentials import Secret
from download_client.engine import Engine, Password, PullRequest, QueuedRun, Standing
from download_client.model import Criteria, ItemGroup, RunPhase
from download_client.settings import Paths, Settings, table
from mir_sandbox.remote import Sandbox, StandingFault
from tests.journeys.checker import Checker
from tests.keyrings import FileKeyring
from tests.ui.conftest import SECONDS, MakesSessions, prepared_settings, sign_in
from tests.ui.downloads.rig import Place
from ui.downloads.run_view import RunView

FAILED, QUEUED = ItemGroup.FAILED.value, ItemGroup.QUEUED.value
CALLS = 160


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    """A few short calls, all to be had: what is tried here is the window."""
    with Sandbox.start(conversations=CALLS, options=("--tiny",)) as running:
        running.change("available")
        yield running


@pytest.fixture
def place(qtbot: QtBot, make_session: MakesSessions, service: Sandbox, tmp_path: Path) -> Iterator[Place]:
    service.clear()
    made = Place(qtbot, make_session("all"), service, tmp_path / "archive")
    yield made
    made.background.close()
    service.clear()


def holding(service: Sandbox, *, skip: int = 5) -> StandingFault:
    """Some recordings come at once, the others wait until they are let go."""
    return service.fault("slow-first-byte", {"seconds": None}, where={"route": "content"}, skip=skip)


def press(view: RunView, words: str) -> None:
    buttons = view._switch, view._cancel, view._mend
    (button,) = (each for each in buttons if each.text() == words and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_from_the_queue_to_a_verified_archive(place: Place, qtbot: QtBot) -> None:
    assert place.module._right.currentWidget() is place.module._nothing
    key = place.add("Support, this month")
    run = place.until_ended(key)
    assert run.figures is not None
    listed = run.figures.listed
    place.until(lambda: place.groups() == {"In archive": listed})
    assert place.words(key) == "Complete"
    assert place.figures()[0] == "100\N{NO-BREAK SPACE}%"
    assert place.checker().after(None) == []
    assert len(place.checker().finals()) == listed > CALLS / 20
    place.until(lambda: place.badges[-1] == (0, False))
    assert max(count for count, _ in place.badges) == 1
    assert [(title, warn) for title, _, warn in place.tray.said] == [("Support, this month", False)]
    assert f"{listed} new in the archive" in place.tray.said[0][1]
    place.module.run_actions.reveal.trigger()
    place.module.run_actions.table.trigger()
    assert place.opened == [str(place.archive), str(run.table)]

    again = place.add("Support, this month")
    place.until_ended(again)
    assert len(place.tray.said) == 1, "nothing happened: nothing is said"


def test_pause_resume_and_cancel(place: Place, service: Sandbox) -> None:
    held = holding(service)
    key = place.add()
    held.wait(waiting=1)
    place.until(lambda: place.words(key).startswith("Downloading"))
    press(place.module.view, "Pause")
    place.until_standing(key, Standing.PAUSED)
    assert place.words(key) == "Paused by you"
    assert place.badges[-1] == (0, False)
    press(place.module.view, "Resume")
    place.until_standing(key, Standing.AT_WORK)
    place.until(lambda: place.groups().get("Downloading", 0) > 0)
    press(place.module.view, "Cancel")
    run = place.until_ended(key, RunPhase.CANCELLED)
    assert run.figures is not None
    assert place.words(key) == f"Cancelled by you, {run.figures.done} kept"
    assert place.tray.said == []
    place.module.run_actions.remove.trigger()
    place.until(lambda: place.watch.run(key) is None)
    assert place.session.engine.downloads.history(place.archive) == (), "it does not come back as an earlier run"
    assert place.checker().after(None) == []


def test_the_rate_is_limited_and_the_wait_counts_down(place: Place, service: Sandbox) -> None:
    limited = service.fault("rate-limited", {"retry_after": "4"}, where={"route": "content"}, skip=3, times=1)
    key = place.add()
    limited.wait(hits=1)
    card = place.module.model.cards
    place.until(lambda: card[0].ring is not None)
    assert place.words(key) == "Waiting: the service limits the rate"
    words, share = card[0].ring or ("", 0)
    assert words.startswith("0:0")
    assert 0 < share <= 1
    assert "continues at" in card[0].below
    place.until(lambda: card[0].ring is None or card[0].ring[0] != words)
    place.until_ended(key)
    assert place.checker().after(None) == []


def test_failures_say_why_and_are_retried(place: Place, service: Sandbox) -> None:
    refused = service.fault("denied", where={"route": "content"}, times=2)
    key = place.add()
    place.until_ended(key, RunPhase.PARTIAL)
    place.until(lambda: place.reasons(FAILED) == ["No longer permitted: your access changed"] * 2)
    assert place.words(key).startswith("Finished, 2")
    assert place.figures()[0] != "100\N{NO-BREAK SPACE}%"
    assert place.figures()[-1] == "2"
    assert place.tray.said[-1][2], "amber"
    refused.clear()

    view = place.module.view

    def shown() -> QueuedRun:
        assert view.run is not None
        return view.run

    view.table.selectRow(1)
    assert view.items.retry.isEnabled()
    view.items.copy.trigger()
    details = QGuiApplication.clipboard().text()
    assert "denied" in details
    view.items.retry.trigger()
    place.until(lambda: place.groups().get("Failed") == 1 and shown().standing is Standing.ENDED)
    view.table.acted.emit(FAILED)
    place.until(lambda: "Failed" not in place.groups() and shown().phase is RunPhase.COMPLETE)
    assert place.checker().after(None) == []


def test_what_was_not_ready_is_retried_from_its_heading(place: Place, service: Sandbox) -> None:
    assert len(service.change("processing", select={"limit": 1})) == 1
    key = place.add(days=800)
    place.until_ended(key, RunPhase.PARTIAL)
    place.until(lambda: place.groups().get("Not ready yet") == 1)
    service.change("available")
    place.module.view.table.acted.emit(ItemGroup.WAITING.value)
    place.until(lambda: "Not ready yet" not in place.groups() and place.checker().after(None) == [])


def test_recordings_are_left_out_and_taken_in_again(place: Place, service: Sandbox) -> None:
    """While the run rests, so that nothing in the queue moves under the pointer."""
    held = holding(service)
    key = place.add()
    held.wait(waiting=1)
    view = place.module.view
    press(view, "Pause")
    place.until_standing(key, Standing.PAUSED)
    held.clear()
    place.until(lambda: place.groups().get("Queued", 0) > 3 and "Downloading" not in place.groups())
    view.model.toggle(QUEUED)
    place.until(lambda: "Queued" in place.reasons(QUEUED))
    first = next(row for row in range(view.model.rowCount()) if view.model.group_at(row) == (QUEUED, 0))
    view.table.selectRow(first)
    view.items.leave_out.trigger()
    place.until(lambda: place.groups().get("Left out") == 1)
    press(view, "Resume")
    place.until_standing(key, Standing.ENDED)
    place.until(lambda: list(place.groups()) == ["Left out", "In archive"])
    view.table.acted.emit(ItemGroup.LEFT_OUT.value)
    place.until(lambda: list(place.groups()) == ["In archive"])
    assert place.checker().after(None) == []


def test_a_full_drive_is_said_and_mended(place: Place) -> None:
    settings = place.session.settings
    settings.set(table.MIN_FREE_SPACE, 10**14)
    key = place.add()
    place.until_standing(key, Standing.HELD)
    assert place.words(key) == "Paused: the archive drive is full"
    assert place.badges[-1] == (1, True)
    place.until(place.module.view.note.isVisible)
    assert place.tray.said[-1][1].startswith("Paused: the archive drive is full. Free some space")
    settings.set(table.MIN_FREE_SPACE, 0)
    press(place.module.view, "Resume")
    place.until_ended(key)
    assert not place.module.view.note.isVisible()
    assert place.checker().after(None) == []


def test_a_sign_in_that_ended_is_asked_for(place: Place, service: Sandbox, qtbot: QtBot) -> None:
    held = holding(service)
    key = place.add()
    held.wait(waiting=1)
    service.end_tokens(access=True, refresh=True)
    held.clear()
    place.until_standing(key, Standing.HELD)
    assert place.words(key) == "Paused: sign in again"
    with qtbot.waitSignal(place.session.sign_in_wanted, timeout=SECONDS):
        press(place.module.view, "Sign in…")
    sign_in(place.session, service)
    place.until_ended(key)
    assert place.checker().after(None) == []


def test_the_queue_is_moved_by_keyboard_and_by_hand(place: Place, service: Sandbox) -> None:
    held = holding(service, skip=0)
    first = place.add("first")
    held.wait(waiting=1)
    second, third = place.add("second"), place.add("third")
    place.until(lambda: place.words(third) == "Queued behind first")
    shown = place.module.list
    shown.setFocus()
    place.until(shown.hasFocus)
    QTest.keyClick(shown, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    place.until(lambda: [run.key for run in place.watch.unended] == [first, third, second])
    assert shown.chosen_keys() == [third]
    place.module.model.dropped.emit([second], third)
    place.until(lambda: [run.key for run in place.watch.unended] == [first, second, third])
    shown.choose(third)
    place.module.run_actions.first.trigger()
    place.until(lambda: place.watch.unended[0].key == third)
    shown.selectAll()
    place.module.run_actions.cancel.trigger()
    held.clear()
    for key in (first, second, third):
        place.until_ended(key, RunPhase.CANCELLED)


def test_everything_is_paused_and_resumed_from_the_tray(place: Place, service: Sandbox) -> None:
    held = holding(service)
    key = place.add()
    held.wait(waiting=1)
    place.until(place.tray.pause_action.isEnabled)
    assert "1" in place.tray.tip
    place.tray.pause_action.trigger()
    place.until_standing(key, Standing.PAUSED)
    assert place.background.may_close(), "what is paused needs no window"
    held.clear()
    place.tray.resume_action.trigger()
    place.until_ended(key)


def test_closing_goes_into_the_tray_and_the_run_goes_on(place: Place, service: Sandbox) -> None:
    held = holding(service)
    key = place.add()
    held.wait(waiting=1)
    place.until(lambda: place.watch.busy)
    assert not place.background.may_close()
    question = place.background.closing.question
    assert question is not None
    question.go_on.click()
    assert place.window.isHidden()
    held.clear()
    place.until_ended(key)
    place.tray.message_clicked.emit()
    assert place.checker().after(None) == []


def test_narrow_windows_fold_the_list(place: Place) -> None:
    key = place.add()
    place.until_ended(key)
    place.module.fit(width=1200, height=700)
    assert place.module._side.width() == 300
    place.module.fit(width=1000, height=700)
    assert not place.module._side.isVisible()
    assert place.module._picker.isVisible()
    assert place.module._picker.currentText() == "Support"
    place.module.fit(width=1440, height=900)
    assert place.module._side.width() == 400
    assert not place.module._picker.isVisible()


def test_killed_or_stopped_in_mid_run_the_window_goes_on_at_the_next_start(
    qtbot: QtBot, service: Sandbox, tmp_path: Path, home: Path, file_keyring: Path
) -> None:
    """The real program, killed outright and then told to end; nobody signs in or presses anything after it."""
    service.clear()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    prepared_settings()
    paths = Paths.of_user()
    engine = Engine(paths=paths, settings=Settings.load(paths), profile="default")
    user = service.user(access_level="all")
    engine.sign_in(Password(service.base_url, user.username, Secret(user.password)))
    now = datetime.now(UTC)
    span = Criteria(from_time=now - timedelta(days=60), to_time=now)
    engine.downloads.add(PullRequest(tmp_path / "archive", criteria=span, accept_risk=True), name="Support")
    engine.close()
    checker = Checker(tmp_path / "archive")
    checker.learn(service.truth(user.username, start=span.from_time, end=span.to_time))

    held = holding(service)
    with started() as killed:
        held.wait(waiting=1)
        killed.kill()
    assert len(checker.finals()) < len(checker.statuses)
    held.clear()
    held = holding(service)
    with started() as stopped:
        held.wait(waiting=1)
        stopped.terminate()
        assert stopped.wait(60) == 0
    assert len(checker.finals()) < len(checker.statuses)
    held.clear()
    with started() as program:
        archive = tmp_path / "archive"
        qtbot.waitUntil(lambda: any(archive.glob("**/*run 1.csv")), timeout=2 * SECONDS)
        program.terminate()
        assert program.wait(60) == 0
    assert checker.after(None) == []
    assert len(checker.finals()) == len(checker.statuses)


@contextmanager
def started() -> Iterator[subprocess.Popen[bytes]]:
    """The program, as a user starts it, on a platform without a screen."""
    root = Path(__file__).parents[3]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root), "PYTHONWARNINGS": "error"}
    with subprocess.Popen([sys.executable, "-m", "ui"], env=surroundings, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
            assert process.stderr is not None
            said = process.stderr.read().decode()
            assert "Traceback" not in said, said
