from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from download_client.model import Criteria, Direction, SavedSearch
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, sign_in
from ui.search import SavedSearches, SearchPanel
from ui.search.periods import Period
from ui.search.store import SearchStore
from ui.session import Session
from ui.theme import Appearance, Theme

ODD = "Support & <b>Sales</b>\nthis month"


def pills(widget: SavedSearches) -> list[QPushButton]:
    return [made for made in widget.findChildren(QPushButton) if made is not widget.more and not made.isHidden()]


def opened(widget: SavedSearches) -> dict[str, QAction]:
    """The entries of the menu as it opens, those of its submenus too."""
    widget.menu.aboutToShow.emit()
    found: dict[str, QAction] = {}
    for entry in widget.menu.actions():
        found[entry.text()] = entry
        for inner in entry.menu().actions() if entry.menu() is not None else ():  # type: ignore[attr-defined]
            found[inner.text()] = inner
    return found


def put(session: Session, qtbot: QtBot, **searches: Criteria) -> SearchStore:
    """Searches that the service has, and nothing else."""
    for each in session.engine.saved.all()[0]:
        session.engine.saved.delete(each.name)
    for name, criteria in searches.items():
        session.engine.saved.save(name, criteria)
    store = SearchStore.of(session)
    store.reload()
    qtbot.waitUntil(lambda: {each.name for each in store.searches} == set(searches), timeout=SECONDS)
    return store


def test_searches_are_saved_replaced_used_and_deleted(session: Session, qtbot: QtBot) -> None:
    store = put(session, qtbot)
    panel, saved = SearchPanel(session), SavedSearches(session)
    for made in (panel, saved):
        qtbot.addWidget(made)
        made.show()
    saved.resize(900, 32)
    chosen: list[tuple[Any, str]] = []
    saved.chosen.connect(lambda criteria, name: chosen.append((criteria, name)))

    panel.save_button.click()
    assert panel._name_row.wrong, "a name is wanted"
    qtbot.keyClicks(panel.name, "Over ten")
    assert not panel._name_row.wrong
    panel.view.lengths.least.setText("10:00")
    panel.view.period.choose(Period.THIS_MONTH)
    assert panel.save_button.text() == "Save"
    panel.save_button.click()
    qtbot.waitUntil(lambda: saved.names == ("Over ten",), timeout=SECONDS)
    assert panel._said.text() == "Saved."
    assert panel.save_button.text() == "Replace"
    qtbot.waitUntil(panel.save_button.isEnabled, timeout=SECONDS)

    panel.view.lengths.least.setText("20:00")
    panel.save_button.click()
    qtbot.waitUntil(lambda: bool(store.searches) and store.searches[0].criteria.min_duration == 1200, timeout=SECONDS)
    qtbot.waitUntil(lambda: panel._said.text() == "Replaced.", timeout=SECONDS)
    assert session.engine.saved.all()[0][0].criteria.min_duration == 1200

    next(made for made in pills(saved) if made.text() == "Over ten").click()
    criteria, name = chosen[-1]
    assert (criteria.min_duration, name) == (1200, "Over ten")
    panel.set_criteria(criteria, name)
    assert panel.view.period.value is Period.THIS_MONTH, "words stay words on the computer they were saved on"
    saved.set_current(name, criteria)
    assert [made.isChecked() for made in pills(saved)] == [False, True]
    saved.set_current("", criteria)
    assert [made.isChecked() for made in pills(saved)] == [False, False]
    pills(saved)[0].click()
    assert chosen[-1] == (Criteria(), "")
    saved.set_current("", Criteria())
    assert [made.isChecked() for made in pills(saved)] == [True, False]

    opened(saved)["Over ten…"].trigger()
    assert saved.question is not None
    assert "“Over ten”" in " ".join(each.text() for each in saved.question.findChildren(QLabel))
    saved.question.keep.click()
    assert saved.names == ("Over ten",)
    opened(saved)["Over ten…"].trigger()
    saved.question.delete.click()
    qtbot.waitUntil(lambda: saved.names == (), timeout=SECONDS)
    assert session.engine.saved.all()[0] == ()
    assert panel.save_button.text() == "Save"


def test_a_search_that_was_changed_has_not_the_name_of_the_saved_one(session: Session, qtbot: QtBot) -> None:
    put(session, qtbot, Inbound=Criteria(direction=Direction.INBOUND))
    panel = SearchPanel(session)
    qtbot.addWidget(panel)
    asked: list[str] = []
    panel.searched.connect(lambda _, name: asked.append(name))
    panel.set_criteria(Criteria(direction=Direction.INBOUND), "Inbound")
    panel.search_button.click()
    panel.view.parties["called_name"].setText("A")
    panel.search_button.click()
    panel.name.setText("Something else")
    panel.search_button.click()
    assert asked == ["Inbound", "", "Something else"]


def test_names_are_plain_text_and_what_has_no_room_is_in_the_menu(session: Session, qtbot: QtBot, theme: Theme) -> None:
    put(session, qtbot)
    store = SearchStore.of(session)
    since = Criteria(from_time=datetime.now(UTC) - timedelta(days=3))
    many = [SavedSearch(ODD, since, "1"), *(SavedSearch(f"Number {i}", Criteria(), str(i)) for i in range(2, 12))]
    saved = SavedSearches(session)
    qtbot.addWidget(saved)
    saved.resize(420, 32)
    saved.show()
    store._take((tuple(many), False))
    qtbot.waitUntil(lambda: len(pills(saved)) < len(many), timeout=SECONDS)
    assert pills(saved)[0].text() == "Last 24 hours"
    assert all(made.geometry().right() < saved.more.geometry().left() for made in pills(saved))
    assert "Support && <b>Sales</b> this month" in opened(saved)
    assert "Number 11" in opened(saved)
    saved.resize(1600, 32)
    qtbot.waitUntil(lambda: len(pills(saved)) == len(many) + 1, timeout=SECONDS)
    assert "Support && <b>Sales</b> this" in pills(saved)[1].text()
    saved.set_current(ODD)
    theme.set_appearance(Appearance.DARK)
    assert [made.font().bold() for made in pills(saved)[:3]] == [False, True, False]
    opened(saved)["Support && <b>Sales</b> this month…"].trigger()
    assert saved.question is not None
    assert saved.question.isVisible()
    saved.question.reject()


def test_offline_the_copy_is_at_hand_and_says_so(blank_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = blank_session(retry__window="0s")
    with Sandbox.start(conversations=5, options=("--tiny",)) as service:
        sign_in(session, service)
        put(session, qtbot, Inbound=Criteria(direction=Direction.INBOUND))
    panel, saved = SearchPanel(session), SavedSearches(session)
    for made in (panel, saved):
        qtbot.addWidget(made)
        made.resize(900, 700)
        made.show()
    store = SearchStore.of(session)
    session.set_offline(True)
    qtbot.waitUntil(lambda: store.stale, timeout=SECONDS)
    assert [made.text() for made in pills(saved)] == ["Last 24 hours", "Inbound"]
    assert "cannot be reached" in saved.more.accessibleDescription()
    entries = opened(saved)
    assert any("as last seen" in words and not entry.isEnabled() for words, entry in entries.items())
    assert not entries["Delete"].isEnabled()
    assert not panel.save_button.isEnabled()
    assert "cannot be reached" in panel.save_button.toolTip()
    chosen: list[str] = []
    saved.chosen.connect(lambda _, name: chosen.append(name))
    qtbot.mouseClick(pills(saved)[1], Qt.MouseButton.LeftButton)
    assert chosen == ["Inbound"]
    owner = panel.view.owner
    owner.showPopup()
    qtbot.waitUntil(lambda: store.people_error is not None, timeout=SECONDS)
    assert "could not be asked" in owner._says.text()
    assert owner._says.isVisible()
    owner.hidePopup()
    qtbot.waitUntil(lambda: session.bridge.at_rest, timeout=SECONDS)
    assert session.close(20)
