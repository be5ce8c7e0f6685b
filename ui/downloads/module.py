"""The Downloads: the list of runs at the left, the chosen one at the right; it arranges and asks the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QListView, QStackedWidget, QWidget

from download_client.engine import QueuedRun, Standing
from ui import theme
from ui.downloads.card import Card
from ui.downloads.card_delegate import CardDelegate
from ui.downloads.figures import Way, card_of
from ui.downloads.run_actions import RunActions
from ui.downloads.run_view import RunView
from ui.downloads.runs_list import RunsList
from ui.downloads.runs_model import RunsModel
from ui.downloads.watch import Watch
from ui.file_manager import FileManager
from ui.module import Module
from ui.session import Session
from ui.theme import STRONG, measures
from ui.widgets import Empty, Segmented, button, column, frame, label, row
from ui.words.runs import Mend

_SIDE, _SIDE_NARROW = 400, 300
_ALL, _ACTIVE, _FINISHED = range(3)
_KEPT = "downloads.filter"


class DownloadsModule(Module):
    """`settings_wanted`: a run is held by something the settings mend."""

    key: ClassVar[str] = "downloads"
    icon: ClassVar[str] = "download"
    help_page: ClassVar[str] = "downloads"

    settings_wanted = Signal()

    def __init__(
        self, session: Session, watch: Watch, parent: QWidget | None = None, *, files: FileManager | None = None
    ) -> None:
        super().__init__(session, parent)
        self._watch = watch
        self._looks = self._folded = False
        self._cards: dict[str, tuple[QueuedRun, date, QLocale, Card]] = {}
        files = files or FileManager(parent=self)
        self.model = RunsModel(self)
        self.list = RunsList(self.model)
        self.run_actions = RunActions(watch, files, keys_in=self.list)
        self._picker = self._made_picker()
        self.view = RunView(watch, files, actions=self.run_actions, picker=self._picker)
        self._filter = Segmented(
            (self.tr("All"), self.tr("Active"), self.tr("Finished")), self._kept_filter(), name=self.tr("Which runs")
        )
        self._none = Empty(
            "download",
            self.tr("Nothing is being downloaded"),
            self.tr("Select conversations and choose Download, or take a whole search."),
            self._go_button(),
        )
        self._none_here = Empty(
            "download", self.tr("No run of this kind"), self.tr("Choose All to see every run of this archive.")
        )
        self._lay_out()
        self._add_actions()
        self._connect()
        self._take()

    def title(self) -> str:
        """Its word in the navigation bar."""
        return self.tr("Downloads")

    def _lay_out(self) -> None:
        head = row(label(self.tr("Runs"), STRONG, bold=True), None, self._filter, margins=(0, 0, 0, 2))
        self._side = frame(column(head, (self.list, 1), margins=(12, 4, 12, 0), gap=8), "ground", width=_SIDE)
        self._nothing = frame(column(self._none, gap=0), "sheet")
        self._nothing_here = frame(column(self._none_here, gap=0), "sheet")
        self._right = QStackedWidget()
        for each in (self.view, self._nothing, self._nothing_here):
            self._right.addWidget(each)
        self._row = row(self._side, (self._right, 1), margins=(0, 0, 8, 0), gap=0)
        self.setLayout(self._row)
        # The segments share the width that their words ask for, not all that is left.
        self._filter.setFixedWidth(self._filter.sizeHint().width())

    def _go_button(self) -> QWidget:
        made = button(self.tr("Go to Conversations"), kind="primary")
        made.clicked.connect(lambda: self.go.emit("conversations"))
        return made

    def _made_picker(self) -> QComboBox:
        made = QComboBox()
        made.setModel(self.model)
        made.setAccessibleName(self.tr("Runs"))
        popup = QListView(made)
        made.setView(popup)
        popup.setItemDelegate(CardDelegate(self.list.glide, popup))
        made.setIconSize(QSize(0, 0))
        made.setMinimumWidth(240)
        made.activated.connect(lambda at: self.list.choose(self.model.cards[at].key))
        return made

    def _add_actions(self) -> None:
        new = QAction(self.tr("New run…"), self)
        theme.of().put_icon(new, "plus")
        new.setToolTip(self.tr("Choose conversations or a search to download"))
        new.triggered.connect(lambda: self.go.emit("conversations"))
        line = QAction(self)
        line.setSeparator(True)
        actions = self.run_actions
        self.addActions([new, actions.pause_all, actions.resume_all, line, actions.reveal])

    def _connect(self) -> None:
        watch = self._watch
        watch.changed.connect(self._take)
        watch.ticked.connect(self._tick)
        watch.badge.connect(self.badge)
        self.session.settings_changed.connect(self._take)
        self.list.current_changed.connect(self._show)
        self.list.chosen_changed.connect(self._aim)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.model.dropped.connect(lambda keys, before: self.run_actions.move(keys, before=before))
        self._filter.chosen.connect(self._filtered)
        self.view.mend_wanted.connect(self._mend)
        theme.of().changed.connect(self.list.viewport().update)

    # --- what is shown

    def show_run(self, key: str) -> None:
        """Choose a run, as after a word of the tray."""
        if self.model.row_of(key) < 0:
            self._filter.choose(_ALL)
            self._take()
        self.list.choose(key)

    def _shown_runs(self) -> Sequence[QueuedRun]:
        which, runs = self._filter.current, self._watch.runs
        if which == _ALL:
            return runs
        return [run for run in runs if (run.standing is Standing.ENDED) == (which == _FINISHED)]

    def _take(self) -> None:
        """What there is has changed. A run that comes into the queue again is the same one to whoever looks at it."""
        shown = self.view.run
        self._draw_cards(at_once=False)
        self._show_side()
        if shown is not None and self.model.row_of(shown.key) < 0:
            same = [run for run in self._shown_runs() if _same(run, shown)]
            if same:
                self.list.choose(same[0].key)
        if self.model.cards and not self.list.current_key:
            self.list.choose(self.model.cards[0].key)
        self._show(self.list.current_key)
        self._aim()

    def _tick(self) -> None:
        """Only figures have moved."""
        self._draw_cards(at_once=False)
        self.view.tick()

    def _draw_cards(self, *, at_once: bool) -> None:
        way = self._watch.way()
        cards = [self._card(run, way) for run in self._shown_runs()]
        self.model.set_cards(cards)
        shares = {card.key: card.parts[0][0] if card.parts else 0.0 for card in cards}
        self.list.glide.go(shares, at_once=at_once or not self.isVisible())
        self._picker.setCurrentIndex(self.model.row_of(self.list.current_key))

    def _card(self, run: QueuedRun, way: Way) -> Card:
        """Earlier runs stay as they are: their cards are made once a day, not ten times a second."""
        today = way.now.astimezone(way.zone).date()
        kept = self._cards.get(run.key)
        if kept is not None and kept[0] is run and kept[1:3] == (today, way.locale):
            return kept[3]
        watch = self._watch
        card = card_of(run, way, wait_began=watch.wait_began(run), name_behind=watch.name)
        self._cards[run.key] = (run, today, way.locale, card)
        return card

    def _show(self, key: str) -> None:
        run = self._watch.run(key) if key else None
        self._picker.setCurrentIndex(self.model.row_of(key))
        if run is not None:
            self._right.setCurrentWidget(self.view)
            self.view.show_run(run)
        else:
            self.view.show_run(None)
            self._right.setCurrentWidget(self._nothing_here if self._watch.runs else self._nothing)

    def _aim(self) -> None:
        runs = [run for key in self.list.chosen_keys() if (run := self._watch.run(key)) is not None]
        if not runs and self.view.run is not None:
            runs = [self.view.run]
        self.run_actions.aim(runs)

    def _filtered(self, which: int) -> None:
        self.session.memory.put(_KEPT, which)
        self._take()

    def _kept_filter(self) -> int:
        untrusted = self.session.memory.get(_KEPT)
        return untrusted if untrusted in (_ACTIVE, _FINISHED) else _ALL

    # --- the window

    def fit(self, *, width: int, height: int) -> None:  # noqa: ARG002 - the base's
        """The list narrows, and folds to a field over the run."""
        folded = width < measures.NARROW_TOOLBAR
        self._folded = folded
        self._show_side()
        self._side.setFixedWidth(_SIDE if width >= measures.NARROW_DETAIL else _SIDE_NARROW)
        side = 0 if folded else self._side.width()
        self.view.table.fit(width - measures.RAIL - side - 24)

    def _show_side(self) -> None:
        """Without any run there is no list of them either."""
        some = bool(self._watch.runs)
        self._side.setVisible(some and not self._folded)
        self.view.set_picker(shown=self._folded)
        self._row.setContentsMargins(0 if some and not self._folded else 8, 0, 8, 0)

    def escape(self) -> bool:
        """Choose no recording any more."""
        if self.view.table.chosen():
            self.view.table.clearSelection()
            return True
        return False

    def entered(self) -> None:
        """The queue is taken up even if nobody could sign in: what is paused is worth seeing."""
        self._watch.take_up()
        self._watch.look_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Figures move while they are seen."""
        super().showEvent(event)
        if not self._looks:
            self._looks = True
            self._watch.look()
            self._draw_cards(at_once=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees them."""
        super().hideEvent(event)
        if self._looks:
            self._looks = False
            self._watch.look_away()

    # --- doing

    def _mend(self, what: Mend) -> None:
        if what is Mend.SIGN_IN:
            self.session.sign_in_wanted.emit()
        else:
            self.settings_wanted.emit()

    def _open_menu(self, at: QPoint) -> None:
        if not self.list.chosen_keys():
            return
        menu = self.run_actions.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))


def _same(run: QueuedRun, other: QueuedRun) -> bool:
    return run.run_id is not None and (run.archive, run.run_id) == (other.archive, other.run_id)
