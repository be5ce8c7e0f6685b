"""The library: everything in the archive, also offline; it arranges list, notes, check and detail, decides little."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client.engine import (
    Archived,
    Filter,
    GroupBy,
    Order,
    Proof,
    RecordingRow,
    Span,
    View,
)
from download_client.errors import ArchiveMissing, MirError
from download_client.settings import Origin, table
from ui.downloading import ExportDialog
from ui.library.care import Care
from ui.library.columns import Columns
from ui.library.detail import Detail
from ui.library.head import Foot, Head
from ui.library.notes import Notes
from ui.library.replaying import Replaying
from ui.library.saving import Saving
from ui.library.shelf import Facts, Shelf
from ui.library.states import States
from ui.module import Module
from ui.session import Session
from ui.tables import Keeper, RowsModel, RowsView, row_height
from ui.theme import measures
from ui.widgets import Pages, column, frame, line, row

_TYPING_MS: Final = 200
_GATHER_MS: Final = 600
"""So long after a run changed before the list is looked at again: runs change in bursts."""
_NARROW: Final = 1190
_SEEN: Final = "library.archive"
_DAMAGED: Final = frozenset({Proof.DAMAGED, Proof.MISSING})


class LibraryModule(Module):
    """The module of the navigation bar."""

    key: ClassVar[str] = "library"
    icon: ClassVar[str] = "library"
    help_page: ClassVar[str] = "library"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._columns = Columns(session)
        self.shelf = Shelf(session, self)
        self.model: RowsModel[RecordingRow] = RowsModel(session, self._columns.all(), self._columns.heading, self)
        self.list = RowsView(
            session,
            self.model,
            memory="library",
            row=row_height(session, comfortable=measures.ROW_LIBRARY),
            name=self.tr("Recordings in the archive"),
        )
        self.keeper = Keeper(session, self.model, self.list, self)
        self.detail = Detail(session)
        self.head = Head(session)
        self.foot = Foot(session)
        self.notes = Notes(session)
        self.care = Care(session, self.shelf, self.notes, self)
        self.states = States(self)
        self._archive: Path | None = None
        self._opened = False
        self._only_damaged = False
        self._shown = Filter()
        self._width = measures.FIRST_SIZE[0]
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._make_actions()
        self.saving = Saving(session, self)
        self.replaying = Replaying(self, self.shelf, self.model, self.list, self.detail)
        self._lay_out()
        self._connect()
        self._enable()

    def title(self) -> str:
        """Its name."""
        return self.tr("Library")

    def focus_search(self) -> None:
        """To the field in which the archive is searched."""
        self.head.search.setFocus()
        self.head.search.selectAll()

    def fit(self, *, width: int, height: int) -> None:  # noqa: ARG002 - every module is told both
        """Fold what does not fit."""
        self._width = width
        self._fold()

    def _fold(self) -> None:
        """The head and the details take less room; the table lets columns go by itself."""
        open_, width = not self.detail.isHidden(), self._width
        narrow, tiny = width < _NARROW, width < measures.NARROW_TOOLBAR
        self.head.set_narrow(narrow or open_)
        self.detail.set_narrow(tiny)

    def escape(self) -> bool:
        """Close the details, else empty the search."""
        if self.detail.isVisible():
            self.detail.hide()
            self._divider.hide()
            self._fold()
            self.list.setFocus()
            return True
        if self.head.search.text() or self._only_damaged:
            self._reset()
            return True
        return False

    def entered(self) -> None:
        """Look at the archive, or look again."""
        if self._opened:
            self.shelf.look()
        else:
            self._open()
        if self.head.isVisible():
            self.list.setFocus()

    # --- putting it together

    def _make_actions(self) -> None:
        self.verify_action = self.add_tool("shield-check", self.tr("Verify…"), "Ctrl+Shift+V", self._verify)
        self.csv_action = self.add_tool("file-text", self.tr("Export CSV…"), "Ctrl+Shift+E", self.export_csv)
        self.export_action = self.add_tool("folder-down", self.tr("Export…"), "Ctrl+E", self.export)
        self.reveal_action = self.add_tool("folder-open", self.tr("Show the file"), "Ctrl+R", self.reveal)
        self.add_tool("library", self.tr("Open another archive…"), "Ctrl+O", self.choose)
        self.again = QShortcut(QKeySequence(QKeySequence.StandardKey.Refresh), self)
        self.again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.again.activated.connect(self._look_again)

    def _lay_out(self) -> None:
        self.pages = Pages(self.list)
        top = column(self.head, self.notes, self.care.bar, gap=0)
        left = column(top, (self.pages, 1), line(), self.foot, gap=0)
        divider = line(vertical=True)
        self.detail.hide()
        divider.hide()
        self._divider = divider
        whole = row((left, 1), divider, self.detail, gap=0, margins=(1, 1, 1, 1))
        sheet = frame(whole, "sheet")
        self.setLayout(QVBoxLayout())
        inside = self.layout()
        assert inside is not None  # noqa: S101 - set in the line before
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(sheet)

    def _connect(self) -> None:
        session = self.session
        session.archive_changed.connect(self._archive_changed)
        session.settings_changed.connect(self._take_settings)
        session.runs_changed.connect(self._gather.start)
        self._gather.timeout.connect(self._look_again)
        self.shelf.shown.connect(self._show)
        self.shelf.failed.connect(self._fail)
        self.shelf.filling.connect(self.head.tell_filling)
        self.head.search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._want_filter)
        self.head.group_wanted.connect(self._group)
        self.head.columns.clicked.connect(lambda: self.list.offer_columns(self.head.columns))
        self.list.order_wanted.connect(self._sort)
        self.list.chosen.connect(self._chosen)
        self.keeper.ended.connect(self._chosen)
        self.list.opened.connect(self._open_detail)
        self.detail.closed.connect(self.escape)
        self.detail.reveal.connect(self.saving.reveal)
        self.saving.gone.connect(self.notes.say_gone)
        self.replaying.wanted.connect(self.load_wanted)
        self.care.checking.begun.connect(self._enable)
        self.notes.show_damage.connect(self._show_damaged)
        self.states.choose.connect(self.choose)
        self.states.again.connect(self._open)
        self.states.reset.connect(self._reset)
        self.states.search.connect(lambda: self.go.emit("conversations"))

    # --- opening

    def _open(self) -> None:
        self._opened = True
        self._archive = self.session.archive
        self.keeper.drop()
        self.model_shows(None)
        self.foot.clear()
        if self._archive is None:
            self.pages.put(self.states.none_chosen())
        self.busy.emit(self._archive is not None)
        self.shelf.open(self._archive)

    def _archive_changed(self) -> None:
        if self._opened and self.session.archive != self._archive:
            self._open()

    def _take_settings(self) -> None:
        self.list.set_row_height(row_height(self.session, comfortable=measures.ROW_LIBRARY))
        self._look_again()

    def _look_again(self) -> None:
        if self._opened and self.isVisible():
            self.shelf.look()

    def _show(self, view: View[RecordingRow], facts: Facts) -> None:
        self.busy.emit(False)
        self.session.memory.put(_SEEN, str(self._archive))
        top = self.list.verticalScrollBar().value()
        before, self._shown = self._shown, self.shelf.wish.where
        self.keeper.take(all_stays=before == self._shown)
        folded = self.model.layout.folded if self.model.layout is not None else frozenset()
        same = self.model.view is not None and self.model.view.group_by == view.group_by
        old = self.model_shows(view)
        if same and folded and self.model.layout is not None and max(folded) < len(view.groups or ()):
            for group in folded:
                self.model.fold(self.model.layout.toggled(group))
        self.list.show_order(view.order)
        self.head.show_facts(facts, view, searching=self._searching)
        self.foot.show_facts(facts)
        self.notes.show_facts(facts, me=self.session.me)
        self.care.look_for_endings(facts.root)
        if view.count:
            self.pages.put(None)
        elif self._searching:
            self.pages.put(self.states.nothing_found())
        else:
            self.pages.put(self.states.empty(facts.root))
        self.list.verticalScrollBar().setValue(top)
        if not self.keeper.bring():
            self.shelf.forget(old)
        self._enable()

    def model_shows(self, view: View[RecordingRow] | None) -> View[RecordingRow] | None:
        """Put a view into the table; answers the one before."""
        self._columns.by = (view.group_by if view is not None else None) or GroupBy.DAY
        return self.model.show(view)

    def _fail(self, error: MirError) -> None:
        self.busy.emit(False)
        self.shelf.forget(self.model_shows(None))
        archive = self._archive
        if archive is None:
            return
        self.head.show_nothing(archive)
        self.notes.show_nothing()
        self.foot.clear()
        if not isinstance(error, ArchiveMissing):
            self.pages.put(self.states.wrong(error, archive))
        else:
            # A folder that is there and holds no archive yet is no loss: the first download makes it one.
            self.session.ask(
                lambda engine: engine.place(archive).error,
                then=lambda gone: self.pages.put(
                    self.states.wrong(error, archive)
                    if gone or self._was_there(archive)
                    else self.states.empty(archive)
                ),
                owner=self,
            )
        self._enable()

    def _was_there(self, archive: Path) -> bool:
        """It was seen here before, or is no fresh choice of the settings."""
        chosen = self.session.settings.origin(table.ARCHIVE_FOLDER) is not Origin.DEFAULT
        return not chosen or self.session.memory.get(_SEEN) == str(archive)

    # --- what is to be seen

    @property
    def _searching(self) -> bool:
        return bool(self.head.search.text().strip()) or self._only_damaged

    def _want_filter(self) -> None:
        proofs = _DAMAGED if self._only_damaged else frozenset()
        self.shelf.want(where=Filter(text=self.head.search.text().strip(), proofs=proofs))

    def _reset(self) -> None:
        self._only_damaged = False
        self.head.search.clear()
        self._typing.stop()
        self._want_filter()

    def _show_damaged(self) -> None:
        self._only_damaged = not self._only_damaged
        self.notes.mark_damage(shown=self._only_damaged)
        self._want_filter()

    def _group(self, by: GroupBy) -> None:
        self.shelf.want(group_by=by)

    def _sort(self, order: Order) -> None:
        self.shelf.want(order=order)

    # --- selection and detail

    def _chosen(self) -> None:
        self._enable()
        if self.detail.isVisible() and not self.keeper.active:
            self._fill_detail()

    def _open_detail(self) -> None:
        self.detail.show()
        self._divider.show()
        self._fold()
        self._fill_detail()

    def _fill_detail(self) -> None:
        row, library = self.list.current_row(), self.shelf.library
        if row is None or library is None:
            self.detail.show_nothing()
            return
        number = row.number

        def then(it: Archived) -> None:
            now = self.list.current_row()
            if now is not None and now.number == number:
                self.detail.show_recording(it)

        self.session.bridge.ask(
            lambda _: library.recording(number), then=then, sorry=self.session.show_error.emit, owner=self
        )

    def _enable(self) -> None:
        there = self.model.view is not None and self.model.view.count > 0
        known = there and not self.keeper.active  # else it would be of everything instead of the selection
        self.verify_action.setEnabled(self.shelf.library is not None and known and not self.care.checking.active)
        self.csv_action.setEnabled(known)
        self.export_action.setEnabled(there and self.list.selectionModel().hasSelection())
        self.reveal_action.setEnabled(self.list.current_row() is not None)
        self.replaying.enable(known=known)

    # --- what can be done

    def spans(self) -> list[Span]:
        """The selection, or all that is shown where nothing is selected."""
        view = self.model.view
        if view is None:
            return []
        return self.list.spans() or [Span(0, view.count)]

    def _verify(self) -> None:
        if self.model.view is not None:
            self.care.ask(self.model.view, self.list.spans())

    def export_csv(self) -> None:
        """Ask where, then write the table of the selection, or of all that is shown."""
        view, library = self.model.view, self.shelf.library
        if view is not None and library is not None:
            self.saving.ask_for_table(library, view, self.spans())

    def export(self) -> None:
        """Copy the selected recordings elsewhere, with one table."""
        view, spans = self.model.view, self.list.spans()
        if view is not None and spans:
            dialog = ExportDialog(self.session, view, spans, self.window(), recordings=True)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def reveal(self) -> None:
        """Show the file of the current row in the file manager."""
        row, library = self.list.current_row(), self.shelf.library
        if row is not None and library is not None:
            self.saving.reveal(library.archive.root / row.path)

    def choose(self) -> None:
        """Ask for another archive's folder."""
        self.saving.ask_for_folder(self._archive).fileSelected.connect(lambda path: self.chosen(Path(path)))

    def chosen(self, folder: Path) -> None:
        """Another folder was chosen: it is the archive from now on."""
        self.session.change(table.ARCHIVE_FOLDER, folder, owner=self)
