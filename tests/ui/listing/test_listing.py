"""Conversations and Participants over the real engine and service: shown, ordered, narrowed, selected, explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from download_client.engine import Column, GroupBy, Order, Presence, PullRequest, Span
from download_client.model import Criteria, Direction
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, MakesSessions
from ui.conversations import ConversationsModule
from ui.listing import ListingModule
from ui.participants import ParticipantsModule
from ui.session import Session

EVERYTHING = Criteria(from_time=datetime(2025, 9, 1, tzinfo=UTC), to_time=datetime.now(UTC) + timedelta(days=1))
Makes = Callable[..., ConversationsModule]


def wait_until_filled(qtbot: QtBot, module: ListingModule) -> None:  # type: ignore[type-arg]
    """All rows are there, and no view of them is still on its way."""
    qtbot.waitUntil(
        lambda: (
            module.lister.filled.complete
            and not module.lister.busy
            and module.view is not None
            and module.view.count == module.lister.filled.rows
            and module.session.bridge.at_rest
        ),
        timeout=SECONDS,
    )


def wait_for_row(qtbot: QtBot, module: ListingModule, line: int) -> None:  # type: ignore[type-arg]
    module.list.scrollTo(module.model.index(line, 0))
    qtbot.waitUntil(lambda: module.model.row(line) is not None, timeout=SECONDS)


@pytest.fixture
def make(qtbot: QtBot) -> Makes:
    """Makes the module in front, filled with everything there is, unless another search is given."""

    def made(session: Session, criteria: Criteria = EVERYTHING) -> ConversationsModule:
        module = ConversationsModule(session)
        qtbot.addWidget(module)
        module.resize(1440, 800)
        module.fit(width=1440, height=900)
        module.show()
        module.begin(criteria, "")
        wait_until_filled(qtbot, module)
        return module

    return made


def test_everything_the_user_may_see_is_shown_and_the_model_keeps_qt_s_rules(
    make: Makes, session: Session, service: Sandbox, qtbot: QtBot
) -> None:
    module = make(session)
    assert module.view is not None
    tester = QAbstractItemModelTester(module.model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    known = {row["conversation"] for row in service.truth(service.user(access_level="all").username)}
    shown = set(module.view.conversation_ids([Span(0, module.view.count)]))
    assert known <= shown
    assert f"{module.view.count}" in module.head.sentence.text()
    wait_for_row(qtbot, module, module.view.count - 1)
    assert tester.model() is module.model


def test_opening_shows_the_last_24_hours(session: Session, qtbot: QtBot) -> None:
    module = ConversationsModule(session)
    qtbot.addWidget(module)
    module.show()
    module.entered()
    wait_until_filled(qtbot, module)
    assert module.view is not None
    rows = module.view.rows(0, module.view.count)
    assert all(row.start > datetime.now(UTC) - timedelta(hours=24, minutes=5) for row in rows)


@pytest.mark.parametrize("column", [Column.START, Column.CALLING, Column.DURATION, Column.MODE], ids=str)
def test_a_head_orders_and_orders_back(make: Makes, session: Session, qtbot: QtBot, column: Column) -> None:
    module = make(session)
    section = [each.order for each in module.model.columns].index(column)
    seen = []
    for _ in range(2):
        before = module.view
        module.list.horizontalHeader().sectionClicked.emit(section)
        qtbot.waitUntil(lambda before=before: module.view is not before, timeout=SECONDS)  # type: ignore[misc]
        view = module.view
        assert view is not None
        assert view.order.column is column
        seen.append([row.number for row in view.rows(0, view.count)])
    assert sorted(seen[0]) == sorted(seen[1])
    assert seen[0] != seen[1]


def test_a_selection_is_carried_whole_into_another_order(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    view = module.view
    assert view is not None
    lines = [0, 3, view.count - 1]
    for line in lines:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        module.list.selectionModel().select(module.model.index(line, 0), flags)
    chosen = set(view.conversation_ids(module.spans()))
    assert len(chosen) == 3
    module.lister.want(order=Order(Column.DURATION, descending=False))
    qtbot.waitUntil(lambda: module.view is not view and len(module.spans()) > 0, timeout=SECONDS)
    assert module.view is not None
    assert set(module.view.conversation_ids(module.spans())) == chosen

    module.select_all()
    ordered = module.view
    module.lister.want(order=Order())
    qtbot.waitUntil(lambda: module.view is not ordered, timeout=SECONDS)
    assert module.spans() == [Span(0, module.view.count)]


def test_the_bar_says_what_is_selected_and_leads_to_all(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    view = module.view
    assert view is not None
    module.list.selectRow(0)
    qtbot.waitUntil(module.bar.isVisible, timeout=SECONDS)
    assert "1" in module.bar.count.text()
    qtbot.mouseClick(module.bar.all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: f"{view.count}" in module.bar.count.text(), timeout=SECONDS)
    assert not module.bar.all.isVisible()
    qtbot.mouseClick(module.bar.clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not module.bar.isVisible(), timeout=SECONDS)
    assert module.spans() == []


def test_the_quick_filter_narrows_and_says_so(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    whole = module.view
    assert whole is not None
    name = next(row.calling_name for row in whole.rows(0, whole.count) if row.calling_name)
    qtbot.keyClicks(module.head.quick, name)
    qtbot.waitUntil(lambda: module.view is not whole, timeout=SECONDS)
    narrowed = module.view
    assert narrowed is not None
    assert 0 < narrowed.count < whole.count
    assert f"{narrowed.count}" in module.head.facts.text()
    qtbot.keyClicks(module.head.quick, " nobody at all is called so")
    qtbot.waitUntil(lambda: module.pages.currentWidget() is not module.list, timeout=SECONDS)
    module.head.quick.clear()
    qtbot.waitUntil(lambda: module.view is not None and module.view.count == whole.count, timeout=SECONDS)
    assert module.pages.currentWidget() is module.list


def test_all_of_a_narrowed_list_is_not_all_of_the_whole_one(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    whole = module.view
    assert whole is not None
    name = next(row.calling_name for row in whole.rows(0, whole.count) if row.calling_name)
    module.head.quick.setText(name)
    qtbot.waitUntil(lambda: module.view is not None and module.view.count < whole.count, timeout=SECONDS)
    module.select_all()
    assert module.view is not None
    chosen = set(module.view.conversation_ids(module.spans()))
    module.head.quick.clear()
    qtbot.waitUntil(lambda: module.view is not None and module.view.count == whole.count, timeout=SECONDS)
    qtbot.waitUntil(lambda: not module.keeper.active and bool(module.spans()), timeout=SECONDS)
    assert set(module.view.conversation_ids(module.spans())) == chosen


def test_the_details_are_those_of_the_service(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session, EVERYTHING)
    view = module.view
    assert view is not None
    rows = view.rows(0, view.count)
    line = next(i for i, row in enumerate(rows) if row.recordings and row.direction is Direction.INBOUND)
    wait_for_row(qtbot, module, line)
    module.list.selectRow(line)
    qtbot.waitUntil(lambda: module.detail.value("id") == rows[line].conversation_id, timeout=SECONDS)
    told = session.engine.account.api().conversation(rows[line].conversation_id)
    detail = module.detail
    assert detail.value("calling_number") == told.calling_party.phone_number
    assert detail.value("called_extension") == (told.called_party.extension or "–")
    assert detail.value("owner").startswith(told.owner_name)
    assert detail.value("groups") == (", ".join(told.groups) or "–")
    assert all(each.name in detail.value("people") for each in told.participants)


def test_nothing_found_is_explained_and_leads_on(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session, Criteria(calling_name="Nobody", from_time=EVERYTHING.from_time, to_time=EVERYTHING.to_time))
    qtbot.waitUntil(lambda: module.pages.currentWidget() is not module.list, timeout=SECONDS)
    module.begin(EVERYTHING, "")
    assert module.pages.currentWidget() is module.list, "what the former search said is gone at once"
    wait_until_filled(qtbot, module)


def test_a_service_that_is_away_is_said_with_the_way_on(
    make_session: MakesSessions, service: Sandbox, qtbot: QtBot
) -> None:
    session = make_session("all", retry__window="0s")
    module = ConversationsModule(session)
    qtbot.addWidget(module)
    module.show()
    with service.fault("server-error", times=None):
        module.begin(EVERYTHING, "")
        qtbot.waitUntil(lambda: module.pages.currentWidget() is not module.list, timeout=SECONDS)
        page = module.pages.currentWidget()
        assert page is not None
        again = next(each for each in page.findChildren(QPushButton) if each.isVisible())
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    wait_until_filled(qtbot, module)
    assert module.pages.currentWidget() is module.list


def test_keys_do_what_the_mouse_does(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    view = module.view
    assert view is not None
    module.activateWindow()
    module.list.setFocus()
    wait_for_row(qtbot, module, 0)
    module.list.setCurrentIndex(module.model.index(0, 0))
    qtbot.keyClick(module.list, Qt.Key.Key_Down)
    assert module.list.currentIndex().row() == 1
    qtbot.keyClick(module.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert module.spans() == [Span(0, view.count)]
    assert module.escape()
    assert module.spans() == []
    module.fit(width=1000, height=700)
    assert not module.detail.isVisible()
    qtbot.keyClick(module.list, Qt.Key.Key_Return)
    assert module.detail.isVisible()
    assert module.escape()
    assert not module.detail.isVisible()


@pytest.mark.parametrize("group_by", [None, GroupBy.PERSON, GroupBy.DAY])
def test_participants_are_shown_and_gathered(session: Session, qtbot: QtBot, group_by: GroupBy | None) -> None:
    module = ParticipantsModule(session)
    qtbot.addWidget(module)
    module.resize(1440, 800)
    module.show()
    module.begin(EVERYTHING, "")
    wait_until_filled(qtbot, module)
    if group_by is not None:
        before = module.view
        number = [by for _, by in module._kind.groupings].index(group_by)
        module.groups.choose(number)
        module.groups.chosen.emit(number)
        qtbot.waitUntil(lambda: module.view is not before, timeout=SECONDS)
        assert module.model.layout is not None
        assert module.model.is_heading(0)
    line = 0 if group_by is None else 1
    wait_for_row(qtbot, module, line)
    row = module.model.row(line)
    assert row is not None
    module.list.setCurrentIndex(module.model.index(line, 0))
    with qtbot.waitSignal(module.conversation_wanted, timeout=SECONDS) as wanted:
        module.show_conversation()
    assert wanted.args == [row.conversation_id]


def test_another_user_sees_nothing_of_the_former_one(make: Makes, session: Session, qtbot: QtBot) -> None:
    module = make(session)
    session.signed_in(None)
    assert module.view is None
    assert module.lister.listing is None
    assert module.head.sentence.text() == ""


def test_what_comes_home_meanwhile_is_seen(make: Makes, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    module = make(session)
    view = module.view
    assert view is not None
    wanted = (Presence.NOT_YET,)
    line, row = next((i, row) for i, row in enumerate(view.rows(0, view.count)) if row.presence in wanted)
    wait_for_row(qtbot, module, line)
    request = PullRequest(archive=tmp_path / "archive", conversations=(row.conversation_id,), accept_risk=True)
    assert session.engine.pull(request).run().archived > 0
    session.look_for_archive()
    session.runs_changed.emit()

    def stands() -> Presence | None:
        shown = module.model.row(line)
        return None if shown is None else shown.presence

    qtbot.waitUntil(lambda: stands() in (Presence.ARCHIVED, Presence.PARTLY), timeout=SECONDS)
    assert module.model.row(line) is not None
