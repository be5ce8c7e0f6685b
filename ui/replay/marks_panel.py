"""The list of marks under the large replay view: shows them, narrows them, and tells what is wanted; it keeps none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from ui import theme
from ui.replay.marks_model import AT, BY, CONVERSATION, KIND, WORDS, MarkRow, MarksModel
from ui.session import Session
from ui.theme import SMALL, STRONG
from ui.widgets import Table, box, button, column, field, fill, label, pill, row

_ROW = 32
_WIDTHS = {KIND: 40, AT: 92, BY: 150}
_CONVERSATION = 250, 5
"""At most so wide; at most so large a part of it all."""
_SEARCH = 220
_TYPING_MS = 250


class MarksPanel(QWidget):
    """`jump` a `MarkRow` was opened · `add` one is wanted here · `change`, `remove` of rows · `export` to a file."""

    jump = Signal(object)
    add = Signal()
    change = Signal(object)
    remove = Signal(object)
    export = Signal(object)
    look_for = Signal(str)
    """Words that are looked for in the whole archive."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = MarksModel(session, self)
        self.list = Table(row=_ROW, name=self.tr("Marks"))
        self.list.setModel(self.model)
        self.search = field(hint=self.tr("Search marks"), icon="search")
        self.search.setFixedWidth(_SEARCH)
        self.search.setClearButtonEnabled(True)
        self.everywhere = pill(self.tr("Whole archive"))
        self.everywhere.setToolTip(self.tr("Search the marks of the whole archive, not only of what is loaded"))
        self._loaded: tuple[MarkRow, ...] = ()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self.none = label(self.tr("No marks yet. Ctrl+M marks what you hear now, or what you have selected."), tone="2")
        self.add_button = button(self.tr("Add mark"), "plus", "flat", tip=self.tr("Mark this moment (Ctrl+M)"))
        self.export_button = button(
            self.tr("Export CSV…"), "file-text", "flat", tip=self.tr("Save the marks on show as a table")
        )
        self._change = self._action("pencil", self.tr("Change…"), "F2")
        self._remove = self._action("x", self.tr("Remove"), "Del")
        head = label(self.tr("Marks"), STRONG, bold=True)
        top = row(
            head,
            8,
            self.search,
            self.everywhere,
            None,
            self.export_button,
            self.add_button,
            margins=(18, 8, 14, 2),
            gap=6,
        )
        self._empty = box(column(self.none, None), margins=(18, 8, 18, 8))
        self.why = label("", SMALL, tone="2", wrap=True)
        self.why.hide()
        fill(
            QVBoxLayout(self),
            top,
            row(self.why, margins=(18, 0, 18, 0)),
            (self._empty, 1),
            (self.list, 1),
            gap=0,
        )
        self._connect()
        self._taken()

    def _action(self, icon: str, words: str, key: str) -> QAction:
        made = QAction(words, self.list)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        theme.of().put_icon(made, icon)
        self.list.addAction(made)
        return made

    def _connect(self) -> None:
        self.search.textChanged.connect(self._find)
        self.everywhere.toggled.connect(self._find_elsewhere)
        self._typing.timeout.connect(lambda: self.look_for.emit(self.search.text().strip()))
        self.add_button.clicked.connect(self.add)
        self.export_button.clicked.connect(self._ask_where)
        self._change.triggered.connect(self._change_current)
        self._remove.triggered.connect(self._remove_chosen)
        self.list.activated.connect(lambda _: self._jump())
        self.list.clicked.connect(lambda _: self._jump())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self.model.modelReset.connect(self._taken)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            go = QShortcut(QKeySequence(key), self.list)
            go.setContext(Qt.ShortcutContext.WidgetShortcut)
            go.activated.connect(self._jump)

    # --- what it shows

    def _find(self, words: str) -> None:
        if self.everywhere.isChecked():
            self._typing.start()
        else:
            self.model.find(words)

    def _find_elsewhere(self, everywhere: bool) -> None:
        if everywhere:
            self.look_for.emit(self.search.text().strip())
        else:
            self._show(self._loaded)
            self.model.find(self.search.text())

    def show_found(self, words: str, rows: tuple[MarkRow, ...]) -> None:
        """What the whole archive has, if that is still what is looked for."""
        if self.everywhere.isChecked() and words == self.search.text().strip():
            self.model.find("")
            self._show(rows)

    def show_rows(self, rows: tuple[MarkRow, ...]) -> None:
        """The marks of what is loaded are others."""
        self._loaded = rows
        if self.everywhere.isChecked():
            self._typing.start()
        else:
            self._show(rows)

    def _show(self, rows: tuple[MarkRow, ...]) -> None:
        """Other marks; what was chosen stays chosen."""
        chosen = {each.key for each in self.chosen()}
        current = self._current()
        self.model.show(rows)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for line, each in enumerate(self.model.rows):
            if each.key in chosen:
                self.list.selectionModel().select(self.model.index(line, 0), flags)
            if current is not None and each.key == current.key:
                self.list.selectionModel().setCurrentIndex(
                    self.model.index(line, 0), QItemSelectionModel.SelectionFlag.NoUpdate
                )
        self._taken()

    def allow(self, *, marking: bool, why: str = "") -> None:
        """Whether marks can be made here; `why` not is said."""
        self.add_button.setEnabled(marking)
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def chosen(self) -> list[MarkRow]:
        """The rows that are selected."""
        lines = sorted({index.row() for index in self.list.selectionModel().selectedRows()})
        return [self.model.rows[line] for line in lines if line < len(self.model.rows)]

    def show_chosen(self, key: str) -> None:
        """Choose the row of a mark, without telling that somebody opened it."""
        for number, each in enumerate(self.model.rows):
            if each.key == key:
                self.list.selectRow(number)
                self.list.scrollTo(self.model.index(number, 0))

    def _taken(self) -> None:
        self._empty.setVisible(not self.model.count)
        self.list.setVisible(bool(self.model.count))
        self.export_button.setEnabled(any(each.mark is not None for each in self.model.rows))
        self._enable()

    def _enable(self) -> None:
        current = self._current()
        self._change.setEnabled(current is not None and current.mark is not None)
        self._remove.setEnabled(any(each.mark is not None for each in self.chosen()))

    def _current(self) -> MarkRow | None:
        line = self.list.currentIndex().row()
        return self.model.rows[line] if 0 <= line < len(self.model.rows) else None

    # --- what is wanted

    def _jump(self) -> None:
        current = self._current()
        if current is not None:
            self.jump.emit(current)

    def _change_current(self) -> None:
        current = self._current()
        if current is not None and current.mark is not None:
            self.change.emit(current)

    def _remove_chosen(self) -> None:
        gone = [each for each in self.chosen() if each.mark is not None]
        if gone:
            self.remove.emit(gone)

    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Go to it"), self._jump)
        menu.addActions([self._change, self._remove])
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self.window(), self.tr("Export marks"), folder, self.tr("Tables (*.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("Marks") + ".csv")
        dialog.fileSelected.connect(lambda path: self.export.emit(Path(path)))
        dialog.open()

    # --- widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The mark itself takes what is left."""
        super().resizeEvent(event)
        room = self.list.viewport().width()
        widest, part = _CONVERSATION
        widths = {**_WIDTHS, CONVERSATION: min(widest, room // part)}
        for number, width in widths.items():
            self.list.setColumnWidth(number, width)
        self.list.setColumnWidth(WORDS, max(120, room - sum(widths.values())))
