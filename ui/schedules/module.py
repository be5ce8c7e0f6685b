"""The Schedules: the list at the left, the chosen one with its calendar and nights, one night at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from download_client.engine import Filed, Report, Schedule
from download_client.errors import MirError
from download_client.model import Criteria
from ui import theme
from ui.bridge import Ticket
from ui.file_manager import FileManager
from ui.module import Module
from ui.schedules import said
from ui.schedules.board import Board
from ui.schedules.cards import Card, CardsList, CardsModel
from ui.schedules.days import TROUBLE, Almanac
from ui.schedules.head import Head
from ui.schedules.history import HistoryModel, HistoryView
from ui.schedules.month import Month
from ui.schedules.night import NightView
from ui.schedules.question import RemoveQuestion
from ui.session import Session
from ui.theme import STRONG, measures
from ui.widgets import Empty, Pages, box, button, column, frame, label, line, row, tool
from ui.words import errors

_SIDE = 320
_KEPT = "schedules.chosen"
_CROWDED = 1240
"""Narrower than this, the cards become a drop-down, so that the calendar keeps its room."""


class SchedulesModule(Module):
    """The module of the navigation bar."""

    key: ClassVar[str] = "schedules"
    icon: ClassVar[str] = "calendar-clock"
    help_page: ClassVar[str] = "schedules"

    going = Signal(int)
    """So many schedules are at work because somebody said so here."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        files: FileManager | None = None,
        criteria: Callable[[], Criteria] = Criteria,
    ) -> None:
        """`criteria` says what the search in Conversations asks now."""
        super().__init__(session, parent)
        self._criteria = criteria
        self.board = Board(session, self)
        self._files = files or FileManager(parent=self)
        self._shown = ""
        self._day: date | None = None
        self._reading = Ticket()
        self._wide, self._narrow = True, False
        self.model = CardsModel(self)
        self.list = CardsList(self.model)
        self.picker = self._made_picker()
        self.head = Head(session)
        self.month = Month(session)
        self.history_model = HistoryModel(session, self)
        self.history = HistoryView(self.history_model)
        self.night = NightView(session, self.board)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._enable()

    def title(self) -> str:
        """Its word in the navigation bar."""
        return self.tr("Schedules")

    # --- putting it together

    def _make_actions(self) -> None:
        self.add_tool("plus", self.tr("New schedule…"), "Ctrl+N", lambda: self.edit(None))
        self.run_action = self.add_tool("play", self.tr("Run now"), "Ctrl+R", self._run)
        self.pause_action = self.add_tool("pause", self.tr("Pause"), "Ctrl+P", self._pause)
        self.edit_action = self.add_tool("pencil", self.tr("Edit…"), "Ctrl+E", self._edit)
        self.remove_action = self.add_tool("x", self.tr("Remove…"), "Ctrl+Delete", self._remove)
        self.again_action = QAction(self.tr("Look again"), self)
        self.again_action.setShortcut("F5")
        self.again_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.again_action.triggered.connect(self.board.look)
        # Without a place in the toolbar, but with its key.
        self.list.addAction(self.again_action)
        self.list.addActions([self.run_action, self.pause_action, self.edit_action, self.remove_action])

    def _made_picker(self) -> QComboBox:
        made = QComboBox()
        made.setModel(self.model)
        made.setAccessibleName(self.tr("Schedules"))
        made.setView(QListView(made))
        made.setIconSize(QSize(0, 0))
        made.setMinimumWidth(200)
        made.activated.connect(lambda at: self.list.choose(self.model.cards[at].name))
        return made

    def _lay_out(self) -> None:
        self._side = frame(
            column(label(self.tr("Schedules"), STRONG, bold=True), 2, (self.list, 1), margins=(12, 4, 12, 0), gap=8),
            "ground",
            width=_SIDE,
        )
        self._month_name = label("", STRONG, bold=True)
        self._before = tool("chevron-left", self.tr("The month before (Page Up)"))
        self._after = tool("chevron-right", self.tr("The month after (Page Down)"))
        bar = row(self._month_name, self._before, self._after, None, margins=(20, 6, 14, 4), gap=4)
        self._calendar = box(column(bar, (row(self.month, margins=(12, 0, 12, 0)), 1), 8, gap=0))
        self._calendar.setMaximumHeight(bar.sizeHint().height() + self.month.maximumHeight() + 8)
        self._picker_row = box(row(self.picker, None), margins=(16, 10, 14, 0))
        middle = column(
            self._picker_row,
            self.head,
            line(),
            (self._calendar, 3),
            line(),
            (self.history, 1),
            gap=0,
        )
        self._divider = line(vertical=True)
        whole = box(row((middle, 1), self._divider, self.night, gap=0), margins=(1, 1, 1, 1))
        whole.setFocusProxy(self.history)
        self.pages = Pages(whole)
        self._row = row(self._side, (frame(column(self.pages, gap=0), "sheet"), 1), margins=(0, 0, 8, 0), gap=0)
        self.setLayout(self._row)

    def _connect(self) -> None:
        session, board = self.session, self.board
        session.profile_changed.connect(self._forget)
        session.settings_changed.connect(board.look)
        board.changed.connect(self._take)
        board.failed.connect(self._fail)
        board.ran.connect(lambda _: session.runs_changed.emit())
        board.elsewhere.connect(self._say_elsewhere)
        board.changed.connect(lambda: self.going.emit(len(board.going)))
        self.list.chosen.connect(self._show)
        self._before.clicked.connect(lambda: self.month.turn(-1))
        self._after.clicked.connect(lambda: self.month.turn(1))
        self.month.turned.connect(self._name_month)
        self.month.chosen.connect(self._choose_day)
        self.history.chosen.connect(self._choose_day)
        self.history.opened.connect(self._open_night)
        self.head.run_wanted.connect(self._run)
        self.head.height_changed.connect(self._make_room)
        self.head.going.stop_wanted.connect(lambda: board.stop(self._shown))
        self.night.report_wanted.connect(self._open_report)
        self.night.retry_wanted.connect(self._retry)
        theme.of().changed.connect(self.list.viewport().update)
        self._name_month()

    # --- what the window says

    def fit(self, *, width: int, height: int) -> None:  # noqa: ARG002 - every module is told both
        """The night closes, the cards become a drop-down."""
        wide = width >= measures.NARROW_DETAIL
        if wide != self._wide:
            self.night.setVisible(wide)
            self._divider.setVisible(wide)
            self._wide = wide
        self._narrow = width < _CROWDED
        self._picker_row.setVisible(self._narrow)
        # The drop-down says the same.
        self.head.title.setVisible(not self._narrow)
        self._show_side()

    def _show_side(self) -> None:
        """Without any schedule there is no list of them either."""
        shown = bool(self.board.almanacs) and not self._narrow
        self._side.setVisible(shown)
        self._row.setContentsMargins(0 if shown else 8, 0, 8, 0)

    def _make_room(self) -> None:
        """Where the calendar cannot be shown as a whole, the list of nights has its room: it tells the same."""
        needed = self._calendar.minimumSizeHint().height() + self.history.minimumHeight() + 2
        above = self.head.wanted + (0 if self._picker_row.isHidden() else self._picker_row.sizeHint().height())
        self._calendar.setVisible(self.height() - 2 - above >= needed)

    def escape(self) -> bool:
        """Close the night, where it lies over a narrow window."""
        if not self._wide and self.night.isVisible():
            self.night.hide()
            self._divider.hide()
            self.history.setFocus()
            return True
        return False

    def entered(self) -> None:
        """Look again."""
        self.board.look()
        if self.model.cards:
            (self.list if self.list.isVisible() else self.history).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Higher, or lower."""
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.board.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody does."""
        super().hideEvent(event)
        self.board.watch(False)

    # --- what is shown

    def _forget(self) -> None:
        self._shown, self._day = "", None
        self.board.almanacs = ()
        if self.isVisible():
            self.board.look()

    def _take(self) -> None:
        """What is known has changed."""
        locale, board = self.session.locale, self.board
        chosen = self.list.current or self._shown or str(self.session.memory.get(_KEPT) or "")
        self.model.set_cards(
            [
                Card(
                    each.name,
                    said.when(each.outline.schedule, locale),
                    said.standing(each, locale, running=each.name in board.going),
                )
                for each in board.almanacs
            ]
        )
        self._tell_badge()
        self._show_side()
        if not board.almanacs:
            self._shown = ""
            self.pages.put(self._nothing())
        else:
            self.pages.put(None)
            if self.list.current != chosen or not self.list.current:
                self.list.choose(chosen)
            self._show(self.list.current)
        self._enable()

    def _nothing(self) -> QWidget:
        new = button(self.tr("New schedule…"), "plus", "primary")
        new.clicked.connect(lambda: self.edit(None))
        return Empty(
            "calendar-clock",
            self.tr("No schedules yet"),
            self.tr("A schedule pulls a search every night and tells you when something is missing."),
            new,
        )

    def _fail(self, error: MirError) -> None:
        again = button(self.tr("Try again"), kind="primary")
        again.clicked.connect(self.board.look)
        self.pages.put(
            Empty(
                "calendar-clock",
                errors.title(error),
                errors.advice(error),
                again,
                ground="danger_tint",
                token="danger",
            )
        )

    def _tell_badge(self) -> None:
        count = sum(
            1
            for each in self.board.almanacs
            if not each.outline.schedule.paused and each.last is not None and each.last.fate in TROUBLE
        )
        self.badge.emit(count, count > 0)

    @property
    def current(self) -> Almanac | None:
        """The schedule on show."""
        return self.board.find(self._shown) if self._shown else None

    def _show(self, name: str) -> None:
        other = name != self._shown
        self._shown = name
        almanac = self.current
        self._enable()
        if almanac is None:
            return
        self.session.memory.put(_KEPT, name)
        self.picker.setCurrentIndex(next((n for n, card in enumerate(self.model.cards) if card.name == name), -1))
        self.head.show_schedule(almanac, scheduler=self.board.scheduler)
        self.head.show_going(self.board.going.get(name))
        self.month.show_days(almanac.days, zone=almanac.outline.schedule.place)
        self.history_model.show_days(almanac.past)
        last = almanac.last or almanac.next
        if other:
            self.head.elsewhere.hide()
        if other or self._day is None:
            self._day = last.day if last is not None else None
            self._look_for_endangered(almanac)
        self.month.choose(self._day)
        self.history.choose(self._day)
        self._show_night(almanac)

    def _look_for_endangered(self, almanac: Almanac) -> None:
        """What the last report says is deleted before long: the service is not asked for it again."""
        self.head.show_guard(0, days=0)
        self._reading.cancel()
        last = next((each for each in almanac.past if each.night is not None), None)
        if last is None:
            return

        def then(found: tuple[Report | None, Filed | None]) -> None:
            report = found[0]
            if report is not None and report.endangered_count and self._shown == almanac.name:
                self.head.show_guard(report.endangered_count, days=report.endangered_within_days)

        self._reading = self.board.report(almanac.name, last.day, then, owner=self)

    def _show_night(self, almanac: Almanac) -> None:
        day = self._day
        if day is None:
            return
        it = almanac.days.get(day)
        shown = self.night.day
        if it is not None and (shown != it or self.night.schedule != almanac.name):
            self.night.show_night(almanac, it)
        elif it is None:
            self.night.show_empty(almanac, day)

    def _choose_day(self, day: date) -> None:
        almanac = self.current
        if almanac is None or day == self._day:
            return
        self._day = day
        self.month.choose(day)
        self.history.choose(day)
        self._show_night(almanac)

    def _open_night(self) -> None:
        self.night.show()
        self._divider.show()

    def _name_month(self) -> None:
        locale, first = self.session.locale, self.month.first
        form = self.tr("{month} {year}")
        name = locale.standaloneMonthName(first.month, locale.FormatType.LongFormat)
        self._month_name.setText(form.format(month=name, year=first.year))

    def _enable(self) -> None:
        almanac = self.current
        there = almanac is not None
        for each in (self.pause_action, self.edit_action, self.remove_action):
            each.setEnabled(there)
        self.run_action.setEnabled(there and self._shown not in self.board.going)
        paused = almanac is not None and almanac.outline.schedule.paused
        self.pause_action.setText(self.tr("Resume") if paused else self.tr("Pause"))
        theme.of().put_icon(self.pause_action, "play" if paused else "pause")

    # --- what can be done

    def edit(self, schedule: Schedule | None) -> None:
        """The dialog of a schedule; None: a new one."""
        from ui.schedules.editor import ScheduleEditor

        dialog = ScheduleEditor(self.session, schedule, self.window(), criteria=self._criteria())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self, name: str) -> None:
        self._shown = name
        self.list.clearSelection()
        self.list.setCurrentIndex(self.model.index(-1))
        self._shown = name
        self.board.look()

    def _edit(self) -> None:
        if self.current is not None:
            self.edit(self.current.outline.schedule)

    def _run(self) -> None:
        if self._shown:
            self.board.run(self._shown)

    def _say_elsewhere(self, name: str) -> None:
        if name == self._shown:
            self.head.say_elsewhere()

    def _pause(self) -> None:
        almanac = self.current
        if almanac is not None:
            schedule = almanac.outline.schedule
            self.board.pause(schedule, paused=not schedule.paused)

    def _remove(self) -> None:
        almanac = self.current
        if almanac is not None:
            name = almanac.name
            self.question = RemoveQuestion(name, self.window())
            self.question.accepted.connect(lambda: self.board.remove(name))
            self.question.open()

    def _open_report(self, page: Path) -> None:
        self._files.open(page)

    def _retry(self, run_id: int) -> None:
        if self.current is not None:
            self.board.retry(self.current, run_id, lambda: self.go.emit("downloads"))
