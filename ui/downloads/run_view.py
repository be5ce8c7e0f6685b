"""One run large: what it is, its figures, the one thing that mends it, its recordings in groups; it is told the run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLayout, QMenu, QPushButton, QWidget

from download_client.engine import QueuedRun, Standing
from download_client.errors import MirError
from download_client.model import ItemGroup
from ui import theme
from ui.downloads.figures import Figure, failed_of, figures_of, name_of, parts_of, said_of
from ui.downloads.item_actions import ItemActions
from ui.downloads.items_model import ItemsModel
from ui.downloads.items_source import SHOWN, ItemsSource
from ui.downloads.items_table import ItemsTable
from ui.downloads.parts import PartsBar
from ui.downloads.rows import clean
from ui.downloads.run_actions import RunActions
from ui.downloads.watch import Watch
from ui.file_manager import FileManager
from ui.theme import SMALL, TITLE
from ui.widgets import Elided, Note, box, button, column, label, row, set_tone, tool
from ui.words import errors, numbers, times
from ui.words.runs import Mend, RunSaid

_MOST_FIGURES = 5


class RunView(QFrame):
    """A sheet. `mend_wanted`: the button of the note was pressed and it is not for the queue to mend it."""

    mend_wanted = Signal(object)

    def __init__(self, watch: Watch, files: FileManager, *, actions: RunActions, picker: QComboBox) -> None:
        super().__init__()
        self.setProperty("role", "sheet")
        self._watch = watch
        self._actions = actions
        self._run: QueuedRun | None = None
        self._said: RunSaid | None = None
        self.model = ItemsModel(SHOWN, self)
        self.source = ItemsSource(watch, self.model)
        self.table = ItemsTable(self.model, name=self.tr("Recordings of the run"))
        self.items = ItemActions(watch, files, keys_in=self.table, done=self.source.count)
        self._title = Elided("", TITLE, bold=True)
        self._about = Elided("", SMALL, tone="3", where=Qt.TextElideMode.ElideMiddle)
        self._switch = button("")
        self._cancel = button(actions.cancel.text(), "x")
        self._more = tool("ellipsis", self.tr("More"))
        self._figures = [(label("", TITLE, bold=True), label("", SMALL, tone="3")) for _ in range(_MOST_FIGURES)]
        self._bar = PartsBar()
        self._mend = button("", kind="primary")
        self.note = Note("triangle-alert", "danger", "", "", self._mend)
        self._trouble = Note("triangle-alert", "warn")
        self._chosen_words = label("", tone="2")
        self._chosen_bar = self._selection_bar()
        self._lay_out(picker)
        self._connect()

    def _lay_out(self, picker: QComboBox) -> None:
        words = column(self._title, self._about, gap=2)
        head = row((words, 1), 12, self._switch, self._cancel, self._more, margins=(20, 14, 14, 0))
        self._numbers = [box(column(large, small, gap=0)) for large, small in self._figures]
        figures = row(*self._numbers, None, margins=(20, 14, 20, 12), gap=34)
        bar = row(self._bar, margins=(20, 0, 20, 10))
        self._notes = _inside(column(self.note, self._trouble, margins=(14, 12, 14, 0)))
        self._picker = _inside(row((picker, 1), margins=(14, 12, 14, 0)))
        parts = (self._picker, self._notes, head, figures, bar, (self.table, 1), self._chosen_bar)
        self.setLayout(column(*parts, gap=0))
        self._trouble.hide()
        self.set_picker(shown=False)

    def _selection_bar(self) -> QWidget:
        self._item_buttons: list[tuple[QAction, QPushButton]] = []
        parts: list[QWidget] = []
        for action in self.items.all[:5]:
            made = button(action.text(), kind="flat")
            made.clicked.connect(action.trigger)
            made.setToolTip(_tip(action))
            self._item_buttons.append((action, made))
            parts.append(made)
        clear = tool("x", self.tr("Choose none (Esc)"))
        clear.clicked.connect(self.table.clearSelection)
        made_bar = QFrame()
        made_bar.setProperty("role", "strip")
        made_bar.setLayout(row(self._chosen_words, None, *parts, clear, margins=(14, 4, 6, 4), gap=2))
        outer = _inside(row(made_bar, margins=(10, 4, 10, 10)))
        outer.hide()
        return outer

    def _connect(self) -> None:
        self._switch.clicked.connect(self._pause_or_resume)
        self._cancel.clicked.connect(self._actions.cancel.trigger)
        self._more.clicked.connect(self._open_menu)
        self._mend.clicked.connect(self._mend_it)
        self.table.chosen_changed.connect(self._aim)
        self.table.acted.connect(self._act_on)
        self.table.opened.connect(lambda _: self.items.reveal.trigger())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_items_menu)
        self.source.counted.connect(self._draw_figures)
        self.source.failed.connect(self._say_trouble)

    # --- what is shown

    @property
    def run(self) -> QueuedRun | None:
        """The run on show."""
        return self._run

    def show_run(self, run: QueuedRun | None) -> None:
        """Another run, or the same as it is now."""
        self._run = run
        if run is None:
            self.source.show(None)
        else:
            self.source.tick(run)
        self.draw()
        self._aim()

    def tick(self) -> None:
        """Its figures have moved."""
        run = self._watch.run(self._run.key) if self._run is not None else None
        if run is not None:
            self._run = run
            self.source.tick(run)
            self.draw()

    def draw(self) -> None:
        """Draw all of it but the table."""
        run = self._run
        if run is None:
            return
        way = self._watch.way()
        said = self._said = said_of(run, way, name_behind=self._watch.name)
        self._title.setText(name_of(run))
        self._about.setText(self._about_words(run))
        goes_on = run.standing in {Standing.PAUSED, Standing.HELD}
        # What the note offers stands in one place only.
        self._switch.setVisible(run.standing is not Standing.ENDED and not said.title)
        self._cancel.setVisible(run.standing is not Standing.ENDED)
        action = self._actions.resume if goes_on else self._actions.pause
        if self._switch.text() != action.text():
            self._switch.setText(action.text())
            theme.of().put_icon(self._switch, "play" if goes_on else "pause", after=5)
            self._switch.setToolTip(_tip(action))
        self._bar.set_parts(parts_of(run, said), of=run.key)
        self._draw_note(said)
        self._draw_figures()

    def _draw_figures(self) -> None:
        run = self._run
        if run is None:
            return
        failed = self.source.groups.get(ItemGroup.FAILED)
        count = failed.count if failed is not None else failed_of(run)
        self._put_figures(figures_of(run, self._watch.way(), failed=count))

    def _put_figures(self, figures: Sequence[Figure]) -> None:
        for number, ((large, small), whole) in enumerate(zip(self._figures, self._numbers, strict=True)):
            figure = figures[number] if number < len(figures) else None
            whole.setVisible(figure is not None)
            if figure is not None:
                _say(large, figure.large)
                _say(small, figure.small)
                set_tone(large, figure.tone)

    def _draw_note(self, said: RunSaid) -> None:
        """What somebody has to mend, with the button that does it."""
        shown = bool(said.title)
        if shown:
            self.note.say(icon="triangle-alert", tone=said.ink, title=said.title, text=said.advice)
            words = {
                Mend.RETRY: self.tr("Retry"),
                Mend.SIGN_IN: self.tr("Sign in…"),
                Mend.SETTINGS: self.tr("Settings…"),
            }.get(said.mend, self._actions.resume.text())
            _say(self._mend, words)
        self.note.setVisible(shown)
        self._notes.setVisible(shown or not self._trouble.isHidden())

    def _say_trouble(self, error: MirError | None) -> None:
        """The recordings cannot be read: their drive is gone, or the ledger is being made anew."""
        if error is not None:
            self._trouble.say(
                icon="triangle-alert",
                tone="warn",
                title=self.tr("The recordings of this run cannot be shown now"),
                text=errors.title(error),
            )
        self._trouble.setVisible(error is not None)
        self._notes.setVisible(error is not None or not self.note.isHidden())

    def _about_words(self, run: QueuedRun) -> str:
        way = self._watch.way()
        moment = run.started_at or run.added_at
        clock = times.clock(moment, way.zone, seconds=False)
        if moment.astimezone(way.zone).date() == way.now.astimezone(way.zone).date():
            when = self.tr("today {time}").format(time=clock)
        else:
            day = times.date_words(moment.astimezone(way.zone).date(), way.locale, weekday=True)
            when = self.tr("{day} {time}").format(day=day, time=clock)
        user = clean(run.user)
        if run.started_at is None:
            words = self.tr("Queued {when}").format(when=when)
        elif user:
            words = self.tr("Started {when} by {user}").format(when=when, user=user)
        else:
            words = self.tr("Started {when}").format(when=when)
        return f"{words}  ·  {run.archive}"

    # --- narrow

    def set_picker(self, *, shown: bool) -> None:
        """The list of runs is folded to a field over this one."""
        self._picker.setVisible(shown)

    # --- doing

    def _pause_or_resume(self) -> None:
        run = self._run
        if run is not None:
            resume = run.standing in {Standing.PAUSED, Standing.HELD}
            self._watch.do(lambda queue: queue.resume(run.key) if resume else queue.pause(run.key))

    def _mend_it(self) -> None:
        run, said = self._run, self._said
        if run is None or said is None:
            return
        if said.mend in {Mend.SIGN_IN, Mend.SETTINGS}:
            self.mend_wanted.emit(said.mend)
        elif said.mend is Mend.RETRY:
            self._actions.retry.trigger()
        else:
            self._watch.do(lambda queue: queue.resume(run.key))

    def _act_on(self, key: str) -> None:
        if self._run is not None:
            self.items.act_on(self._run, ItemGroup(key))

    def _aim(self) -> None:
        items = [each.item for each in self.table.chosen() if each.item is not None]
        stretches = self.table.stretches()
        self.items.aim(self._run, items, stretches)
        chosen = sum(count for _, _, count in stretches)
        count = numbers.count(chosen, self._watch.way().locale)
        self._chosen_words.setText(self.tr("{count} chosen", "", chosen).format(count=count))
        self._chosen_bar.setVisible(bool(chosen))
        for action, made in self._item_buttons:
            made.setVisible(action.isEnabled())

    def _open_menu(self) -> None:
        menu = self._actions.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(self._more.width() - menu.sizeHint().width(), self._more.height())))

    def _open_items_menu(self, at: QPoint) -> None:
        if not self.table.chosen():
            return
        menu: QMenu = self.items.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))


def _inside(layout: QLayout) -> QWidget:
    """A widget around a layout that keeps its margins."""
    made = QWidget()
    made.setLayout(layout)
    return made


def _say(where: QLabel | QPushButton, words: str) -> None:
    """Only what has changed is laid out anew."""
    if where.text() != words:
        where.setText(words)


def _tip(action: QAction) -> str:
    key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    return f"{action.text()} ({key})" if key else action.text()
