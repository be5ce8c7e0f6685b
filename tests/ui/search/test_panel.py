from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from download_client.credentials import Secret
from download_client.engine import Password
from download_client.model import Criteria, Direction, RecordingMode, Scope
from download_client.settings import table
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS
from tests.ui.search.criteria import criteria
from ui.search import SearchPanel
from ui.search.periods import Period, span_of
from ui.search.store import SearchStore
from ui.session import Session
from ui.theme import Appearance, Theme, measures

KEY = Qt.Key


class Place(QWidget):
    """What a module does with the panel: beside a sheet, its strip over it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.panel = SearchPanel(session)
        self.sheet = QWidget()
        inside = QHBoxLayout(self.sheet)
        inside.addWidget(self.panel.strip, alignment=Qt.AlignmentFlag.AlignTop)
        outside = QHBoxLayout(self)
        outside.addWidget(self.panel)
        outside.addWidget(self.sheet, 1)
        self.panel.set_place(self.sheet)
        self.asked: list[tuple[Criteria, str]] = []
        self.differs: list[bool] = []
        self.panel.searched.connect(lambda asked, name: self.asked.append((asked, name)))
        self.panel.changed.connect(self.differs.append)
        self.panel.shown_criteria(self.panel.criteria(), "")
        self.resize(1200, 860)


@pytest.fixture
def place(blank_session: Callable[..., Session], qtbot: QtBot) -> Place:
    """Nobody is signed in: the form asks nobody."""
    return placed(blank_session(), qtbot)


def placed(session: Session, qtbot: QtBot) -> Place:
    made = Place(session)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=SECONDS)
    return made


@pytest.fixture
def panel(place: Place) -> SearchPanel:
    return place.panel


@pytest.fixture
def session_of(service: Sandbox, blank_session: Callable[..., Session]) -> Iterator[Callable[[str], Session]]:
    """Sessions by the role of their user."""
    made: list[Session] = []

    def make(role: str) -> Session:
        session = blank_session(profile=role)
        made.append(session)
        user = service.user(role=role)
        session.signed_in(session.engine.sign_in(Password(service.base_url, user.username, Secret(user.password))))
        return session

    yield make
    for session in made:
        assert session.close(20)


def choose(panel: SearchPanel, period: Period) -> None:
    panel.view.period.choose(period)
    panel.view.period.activated.emit(panel.view.period.currentIndex())


def errors(panel: SearchPanel) -> list[str]:
    return [each.wrong for each in panel.view.rows if each.wrong]


# --- form and criteria


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=criteria())
def test_the_panel_loses_nothing_of_a_search(panel: SearchPanel, asked: Criteria) -> None:
    panel.set_criteria(asked, "A name")
    assert panel.view.form() is not None, errors(panel)
    assert panel.criteria() == asked


def test_it_opens_with_the_last_24_hours(panel: SearchPanel) -> None:
    assert panel.criteria() == panel.usual() == Criteria()
    assert panel.view.period.currentText() == "Last 24 hours"


def test_every_field_asks_its_criterion(place: Place, qtbot: QtBot) -> None:
    panel, view = place.panel, place.panel.view
    choose(panel, Period.CUSTOM)
    for made, text in (
        (view.first, "1 Nov 2026 14:00"),
        (view.last, "2 Nov 2026"),
        (view.lengths.least, "90 s"),
        (view.lengths.most, "10 min"),
        (view.conversation, "cnv-1"),
        *((each, f"*{name}") for name, each in view.parties.items()),
    ):
        made.setFocus()
        made.selectAll()
        qtbot.keyClicks(made, text)
    view.direction.findChildren(QWidget)[1].click()  # type: ignore[attr-defined]
    view.mode.choose(RecordingMode.ON_DEMAND)
    view.voice.choose(True)
    zone = place.panel._session.zone
    qtbot.keyClick(view.conversation, KEY.Key_Return)
    assert place.asked == [
        (
            Criteria(
                from_time=datetime(2026, 11, 1, 14, tzinfo=zone),
                to_time=datetime(2026, 11, 3, tzinfo=zone),
                direction=Direction.INBOUND,
                mode=RecordingMode.ON_DEMAND,
                min_duration=90,
                max_duration=600,
                conversation_id="cnv-1",
                has_voice_recording=True,
                calling_number="*calling_number",
                calling_name="*calling_name",
                calling_extension="*calling_extension",
                called_number="*called_number",
                called_name="*called_name",
                called_extension="*called_extension",
            ),
            "",
        )
    ]
    assert view.lengths.least.text() == "01:30", "what was understood is shown"
    assert view.first.text() == "1 Nov 2026 14:00"


def test_from_to_begins_with_the_last_seven_days(panel: SearchPanel) -> None:
    zone = panel._session.zone
    before = span_of(Period.LAST_7_DAYS, zone, now=datetime.now(UTC))[0]
    choose(panel, Period.CUSTOM)
    asked = panel.criteria()
    # Also where a day ends meanwhile.
    assert asked.from_time in (before, span_of(Period.LAST_7_DAYS, zone, now=datetime.now(UTC))[0])
    assert asked.to_time is not None
    assert asked.to_time > datetime.now(UTC)


def test_longer_and_asked_again_go_up_to_now(panel: SearchPanel) -> None:
    panel.set_criteria(Criteria(calling_name="A"), "")
    for length, period in ((timedelta(days=7), Period.LAST_7_DAYS), (timedelta(days=3), Period.CUSTOM)):
        asked = panel.longer(length)
        assert panel.view.period.value is period
        assert asked.calling_name == "A"
        assert asked.from_time is not None
        assert asked.from_time <= datetime.now(UTC) - length + timedelta(days=1)
        assert panel.asked_again(asked) == asked == panel.criteria()


def test_nothing_is_a_window_of_its_own(blank_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = blank_session()
    session.memory.put("search.folded", True)
    place = placed(session, qtbot)
    place.panel.save_button.click()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [place]


def test_what_no_field_asks_is_shown_and_can_be_removed(panel: SearchPanel) -> None:
    moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
    panel.set_criteria(Criteria(available_after=moment), "")
    assert panel.view._since.isVisibleTo(panel)
    panel.view._since_box.findChild(QPushButton).click()  # type: ignore[union-attr]
    assert panel.criteria() == Criteria()
    assert not panel.view._since.isVisibleTo(panel)


# --- what is wrong


def test_what_is_wrong_stands_under_its_field_and_nothing_is_searched(place: Place, qtbot: QtBot) -> None:
    panel, view = place.panel, place.panel.view
    choose(panel, Period.CUSTOM)
    for made, text in (
        (view.first, "soon"),
        (view.lengths.least, "ten"),
        (view.conversation, "a b"),
        (view.parties["called_name"], "a*b"),
    ):
        made.selectAll()
        qtbot.keyClicks(made, text)
    panel.search_button.click()
    assert place.asked == []
    assert len(errors(panel)) == 4
    assert view.first.property("wrong") == "true"
    assert view.first.accessibleDescription() == errors(panel)[0]
    assert QApplication.focusWidget() is view.first
    said = {each.text() for each in panel.body.findChildren(QLabel) if each.isVisible()}
    assert said >= set(errors(panel))
    assert panel.criteria() == Criteria(), "what it asked before"
    for made in (view.first, view.lengths.least, view.conversation, view.parties["called_name"]):
        made.selectAll()
        qtbot.keyClick(made, KEY.Key_Backspace)
    assert errors(panel) == []
    assert view.first.property("wrong") == "false"
    qtbot.keyClick(view.first, KEY.Key_Enter)
    assert len(place.asked) == 1


def test_a_period_that_cannot_be_meant(panel: SearchPanel) -> None:
    choose(panel, Period.CUSTOM)
    for first, last, word in (
        ("20 Nov 2026", "19 Nov 2026", "ends before"),
        ("", "", "from when"),
        ("1 Jan 2090", "", "future"),
        ("1 Nov 2026", "31 Nov 2026", "Write a day"),
    ):
        panel.view.first.setText(first)
        panel.view.last.setText(last)
        panel.search_button.click()
        assert len(errors(panel)) == 1
        assert word in errors(panel)[0]


def test_crossed_durations(panel: SearchPanel) -> None:
    panel.view.lengths.least.setText("10:00")
    panel.view.lengths.most.setText("5:00")
    panel.search_button.click()
    assert "below" in errors(panel)[0]
    assert panel.view.lengths.most.property("wrong") == "true"
    assert panel.view.lengths.least.property("wrong") == "false"


# --- primary, reset, keyboard


def test_search_is_primary_only_while_it_differs_from_the_list(place: Place, qtbot: QtBot) -> None:
    panel = place.panel
    assert place.differs[-1] is False
    assert panel.search_button.property("kind") == ""
    panel.view.parties["calling_name"].setFocus()
    qtbot.keyClicks(panel.view.parties["calling_name"], "A")
    assert place.differs[-1] is True
    assert panel.search_button.property("kind") == "primary"
    qtbot.keyClick(panel.view.parties["calling_name"], KEY.Key_Return)
    panel.shown_criteria(*place.asked[-1])
    assert place.differs[-1] is False
    panel.reset_button.click()
    assert panel.criteria() == Criteria()
    assert place.differs[-1] is True


def test_enter_on_a_button_presses_it(place: Place, qtbot: QtBot) -> None:
    place.panel.view.parties["calling_name"].setText("A")
    place.panel.reset_button.setFocus()
    qtbot.keyClick(place.panel.reset_button, KEY.Key_Return)
    assert place.asked == []
    assert place.panel.criteria() == Criteria()
    place.panel.view.period.setFocus()
    qtbot.keyClick(place.panel.view.period, KEY.Key_Return)
    assert len(place.asked) == 1


def test_tab_goes_through_the_fields_as_they_are_seen(place: Place, qtbot: QtBot) -> None:
    choose(place.panel, Period.CUSTOM)
    place.panel.fold_button.setFocus()
    seen: list[tuple[int, int]] = []
    while (now := QApplication.focusWidget()) is not None and place.panel.body.isAncestorOf(now):
        at = now.mapTo(place.panel.body, now.rect().topLeft())
        if seen and (at.y(), at.x()) == seen[0]:
            break
        seen.append((at.y(), at.x()))
        qtbot.keyClick(now, KEY.Key_Tab)
    assert len(seen) >= 20
    assert seen[:-1] == sorted(seen[:-1])
    assert seen[-1][0] == 0, "the edge of the panel comes last"


def test_every_field_has_a_name_for_who_cannot_see(panel: SearchPanel) -> None:
    choose(panel, Period.CUSTOM)
    fields = [each for each in panel.body.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(fields) > 20
    nameless = [each for each in fields if each.isVisible() and not each.accessibleName() and not words(each)]
    assert nameless == []
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in panel.body.findChildren(QLabel))


def words(widget: QWidget) -> str:
    return widget.text() if hasattr(widget, "text") and isinstance(widget.text(), str) else ""


# --- who


def test_scopes_and_people_only_as_far_as_one_reaches(session_of: Callable[[str], Session], qtbot: QtBot) -> None:
    scopes = {}
    for role in ("manager", "member"):
        made = session_of(role)
        panel = SearchPanel(made)
        qtbot.addWidget(panel)
        view = panel.view
        scopes[role] = view.scope.values
        reaches = role != "member"
        assert [each.isVisibleTo(panel) for each in (view.scope, view.group, view.owner)] == [reaches] * 3
    assert scopes["manager"] == (None, Scope.OWN, Scope.GROUP)
    assert scopes["member"] == (None,)


def test_people_are_found_by_a_part_of_their_name(session: Session, qtbot: QtBot) -> None:
    place = placed(session, qtbot)
    owner = place.panel.view.owner
    owner.setFocus()
    owner.showPopup()
    qtbot.waitUntil(lambda: owner.list.model().rowCount() > 5, timeout=SECONDS)
    user = next(each for each in SearchStore.of(session).users or () if each.extension)
    qtbot.keyClicks(owner.sought, user.extension)
    assert owner.list.model().rowCount() == 1
    qtbot.keyClick(owner.sought, KEY.Key_Return)
    assert owner.popup is not None
    assert not owner.popup.isVisible()
    assert owner.currentText() == f"{user.name}  {user.extension}"
    assert place.panel.criteria() == Criteria(owner_user_id=user.user_id)
    owner.showPopup()
    qtbot.keyClick(owner.sought, KEY.Key_PageUp)
    qtbot.keyClick(owner.sought, KEY.Key_Down)
    qtbot.keyClick(owner.sought, KEY.Key_Up)
    qtbot.keyClick(owner.sought, KEY.Key_Return)
    assert place.panel.criteria() == Criteria()
    group = (SearchStore.of(session).groups or ())[0]
    asked = Criteria(group_id=group.group_id, owner_user_id="gone")
    place.panel.set_criteria(asked, "Mine")
    assert place.panel.view.group.currentText() == group.name
    assert place.panel.view.owner.currentText() == "gone"
    assert place.panel.criteria() == asked
    session.signed_in(None)
    assert place.panel.criteria() == Criteria(), "another user finds an empty form"
    assert place.panel.name.value == ""
    assert not place.panel.view.group.isVisible()


# --- calendar


def test_a_day_is_picked_in_the_calendar(place: Place, qtbot: QtBot, theme: Theme) -> None:
    panel, view = place.panel, place.panel.view
    choose(panel, Period.CUSTOM)
    view.first.setText("10 Nov 2026")
    qtbot.keyClick(view.first, KEY.Key_Down)
    calendar = view.first._calendar
    qtbot.waitUntil(calendar.isVisible, timeout=SECONDS)
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2026-11-10"
    theme.set_appearance(Appearance.DARK)
    days = calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert days is not None
    qtbot.keyClick(days, KEY.Key_Left)
    qtbot.keyClick(days, KEY.Key_Return)
    assert not calendar.isVisible()
    assert view.first.text() == "9 Nov 2026"
    assert panel.criteria().from_time == datetime(2026, 11, 9, tzinfo=panel._session.zone)


def test_another_time_zone_writes_moments_anew(panel: SearchPanel, qtbot: QtBot) -> None:
    session = panel._session
    asked = Criteria(from_time=datetime(2026, 11, 1, 12, tzinfo=UTC))
    panel.set_criteria(asked, "")
    with qtbot.waitSignal(session.settings_changed, timeout=SECONDS):
        session.change(table.TIME_ZONE, "Asia/Kathmandu", owner=panel)
    assert panel.view.first.text() == "1 Nov 2026 17:45"
    assert panel.criteria() == asked


# --- folded


def chips(place: Place) -> list[str]:
    row = place.panel.strip.findChildren(QPushButton)
    return [each.text() for each in row if each.property("kind") == "chip" and not each.isHidden()]


def test_a_narrow_window_folds_the_search_to_chips(place: Place, qtbot: QtBot) -> None:
    panel = place.panel
    panel.set_criteria(Criteria(direction=Direction.INBOUND, min_duration=600, called_extension="20*"), "")
    panel.search_button.click()
    panel.shown_criteria(*place.asked[-1])
    panel.set_folded(True)
    assert not panel.body.isVisible()
    assert panel.strip.isVisible()
    qtbot.waitUntil(lambda: len(chips(place)) == 4, timeout=SECONDS)
    assert chips(place) == ["Last 24 hours", "Inbound", "10:00 or longer", "Called extension 20*"]
    inbound = next(each for each in panel.strip.findChildren(QPushButton) if each.text() == "Inbound")
    inbound.click()
    assert place.asked[-1] == (Criteria(min_duration=600, called_extension="20*"), "")
    panel.shown_criteria(*place.asked[-1])
    assert chips(place) == ["Last 24 hours", "10:00 or longer", "Called extension 20*"]
    place.resize(QSize(480, 600))
    qtbot.waitUntil(lambda: len(chips(place)) < 3, timeout=SECONDS)
    panel.strip._reset.click()
    assert place.asked[-1] == (Criteria(), "")
    panel.shown_criteria(*place.asked[-1])
    assert chips(place) == ["Last 24 hours"]
    panel.set_folded(False)
    assert panel.body.isVisible()
    assert not panel.strip.isVisible()


def test_folded_it_opens_over_the_list_and_esc_closes_it(place: Place, qtbot: QtBot) -> None:
    panel = place.panel
    panel.set_folded(True)
    assert panel.close_over() is False
    qtbot.mouseClick(panel.strip.search, Qt.MouseButton.LeftButton)
    assert panel.body.isVisible()
    assert panel.body.parent() is place.sheet
    assert QApplication.focusWidget() is panel.name
    place.resize(QSize(1000, 700))
    qtbot.waitUntil(lambda: panel.body.height() == place.sheet.height(), timeout=SECONDS)
    assert panel.close_over() is True
    assert not panel.body.isVisible()
    assert QApplication.focusWidget() is panel.strip.search
    panel.focus_first()
    qtbot.keyClick(panel.name, KEY.Key_Return)
    assert place.asked == [(Criteria(), "")]
    assert not panel.body.isVisible(), "the list is to be seen"


def test_the_panel_is_made_wider_within_bounds_and_stays_so(place: Place, qtbot: QtBot) -> None:
    panel = place.panel
    grip = panel.body.grip
    assert panel.width() == measures.SEARCH_PANEL
    qtbot.keyClick(grip, KEY.Key_Right)
    assert panel.width() == panel.body.width() == measures.SEARCH_PANEL + 8
    for _ in range(30):
        qtbot.keyClick(grip, KEY.Key_Left)
    assert panel.width() == measures.PANEL_LEAST
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    pointer = QPointF(150, 5)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, pointer, grip.mapToGlobal(pointer), left, left, none)
    QApplication.sendEvent(grip, moved)
    assert panel.width() == measures.PANEL_LEAST - 6 + 150
    other = SearchPanel(panel._session)
    qtbot.addWidget(other)
    assert other.width() == panel.width()
    qtbot.mouseDClick(grip, Qt.MouseButton.LeftButton)
    assert panel.width() == measures.SEARCH_PANEL


def test_a_panel_that_was_folded_stays_so(place: Place, qtbot: QtBot) -> None:
    place.panel.fold_button.click()
    assert not place.panel.body.isVisible()
    assert place.panel.strip.isVisible()
    other = SearchPanel(place.panel._session)
    qtbot.addWidget(other)
    other.show()
    assert not other.body.isVisible()
    place.panel.strip.search.click()
    assert place.panel.body.isVisible()
    assert place.panel.body.parent() is place.panel
