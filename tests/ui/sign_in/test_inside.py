"""What comes after the form: access levels, offline at the start, a sign-in that ended, profiles, the trial."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from download_client.engine import PullRequest, Standing
from download_client.model import AccessLevel, Criteria, RunPhase
from download_client.settings import Paths, Profiles
from mir_sandbox.remote import Sandbox
from tests.keyrings import MemoryKeyring
from tests.ui.conftest import SECONDS
from tests.ui.sign_in.conftest import Door
from ui.sign_in import NoAccess
from ui.sign_in.notes import EndedNote, OfflineNote, TrialNote


def enter(door: Door, access_level: str = "all") -> None:
    user = door.service.user(access_level=access_level)
    door.fill(user=user.username, password=user.password)
    door.click(door.form.enter)
    door.until_in()


def test_access_level_none_explains_itself(door: Door, service: Sandbox) -> None:
    enter(door, "none")
    user = service.user(access_level="none")
    page = door.window.findChild(NoAccess)
    assert page is not None
    assert page.isVisible()
    door.click(page.copy)
    assert "Record Management Access" in QGuiApplication.clipboard().text()
    door.click(page.again)
    door.until(lambda: page.again.isEnabled() and page.said.text())
    door.window.go("library")
    assert not page.isVisible(), "the Library is there for everybody"
    door.window.go("conversations")
    try:
        service.grant(user.username, access_level="ownGroup", permissions=["list", "replay", "download"])
        door.click(page.again)
        door.until(lambda: door.session.me is not None and door.session.me.access_level is AccessLevel.OWN_GROUP)
        assert not page.isVisible()
    finally:
        service.grant(user.username, access_level="none")


def test_offline_at_the_start(door: Door, service: Sandbox) -> None:
    enter(door, "ownGroup")
    refusing = service.fault("refuse")
    door.start_again()
    door.until(lambda: door.session.offline)
    assert door.entrance.page is None
    note = door.window.findChild(OfflineNote)
    assert note is not None
    assert "in 0:" in note.note.accessibleDescription()
    door.click(note.open_library)
    assert door.window.current == "library"
    refusing.clear()
    door.click(note.now)
    door.until_in()
    assert not door.session.offline
    door.until(lambda: door.window.findChild(OfflineNote) is None)


def test_a_sign_in_that_ends_under_way(door: Door, service: Sandbox, tmp_path: Path) -> None:
    enter(door)
    user = service.user(access_level="all")
    service.end_tokens(refresh=True, user=user.username)
    now = datetime.now(UTC)
    criteria = Criteria(from_time=now - timedelta(days=20), to_time=now)
    request = PullRequest(archive=tmp_path / "archive", criteria=criteria, accept_risk=True)
    watch = door.program._watch
    assert watch is not None
    watch.do(lambda queue: queue.add(request, name="Support"))
    door.until(lambda: door.window.findChild(EndedNote))
    (run,) = watch.needing
    note = door.window.findChild(EndedNote)
    assert note is not None
    door.click(note.button)
    assert door.form.user.text() == user.username
    door.click(door.form.back_button)
    assert door.entrance.page is None
    door.click(note.button)
    enter(door)

    def home() -> bool:
        found = watch.run(run.key)
        return found is not None and found.standing is Standing.ENDED and found.phase is RunPhase.COMPLETE

    door.until(home)
    door.until(lambda: door.window.findChild(EndedNote) is None)


def test_profiles_are_added_chosen_and_removed(door: Door, memory_keyring: MemoryKeyring) -> None:
    enter(door, "ownGroup")
    door.window.profile_wanted.emit("")
    door.form.new_name.setText("not/a name")
    user = door.service.user(access_level="all")
    door.fill(user=user.username, password=user.password)
    door.click(door.form.enter)
    assert "setting cannot be used" in door.said
    door.form.new_name.setText("branch")
    enter(door)
    assert door.session.profile == "branch"
    assert [each.name for each in Profiles(Paths.of_user()).all()] == ["branch", "default"]
    door.window.profile_wanted.emit("default")
    door.until(lambda: door.session.me is not None)
    assert door.session.me is not None
    assert door.session.me.access_level is AccessLevel.OWN_GROUP
    door.session.sign_in_wanted.emit()
    door.click(door.form.remove)
    (question,) = door.window.findChildren(QMessageBox)
    assert "default" in question.text()
    door.until(question.isActiveWindow)
    with door.qtbot.waitSignal(door.window.help_wanted, timeout=SECONDS) as asked:
        door.qtbot.keyClick(question, Qt.Key.Key_F1)
    assert asked.args == ["sign-in"]
    (remove,) = (each for each in question.buttons() if each.text() == "Remove")
    remove.click()
    door.until(lambda: door.session.profile == "branch" and door.session.me is not None)
    assert [each.name for each in Profiles(Paths.of_user()).all()] == ["branch"]
    assert len(memory_keyring.entries) == 1


def test_a_trial_leaves_nothing(open_door: Callable[..., Door], home: Path, memory_keyring: MemoryKeyring) -> None:
    door = open_door()
    door.until_form()
    door.click(door.form.try_button)
    door.until_in()
    note = door.window.findChild(TrialNote)
    assert note is not None
    assert note.isVisible()
    assert door.session.me is not None
    assert door.session.me.access_level is AccessLevel.ALL
    door.until(lambda: door.session.archive is not None)
    assert door.session.archive is not None
    assert door.session.archive.is_relative_to(home / "cache" / "trial")
    assert door.session.engine.place(door.session.archive).archive, "nobody is asked about its place"
    door.click(note.button)
    door.until_form()
    assert door.session.paths == Paths.of_user()
    assert door.session.profile == "default"
    assert Profiles(Paths.of_user()).all() == ()
    assert memory_keyring.entries == {}
    door.session.close(20.0)
    door.entrance.close()
    assert list((home / "cache" / "trial").iterdir()) == []
