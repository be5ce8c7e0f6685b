"""Choosing one of many people or groups: a field whose list is searched by any part of a name; it asks nobody itself.

Names come from the service and are shown as plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QListView, QSizePolicy

from ui.search.popup import Popup
from ui.search.words import one_line
from ui.theme import SMALL
from ui.widgets import column, field, label

_WIDTH, _HEIGHT = 260, 220


@dataclass(frozen=True, slots=True)
class Person:
    """One that can be chosen: a user or a group. `more` tells those of one name apart."""

    id: str
    name: str
    more: str = ""

    @property
    def words(self) -> str:
        """Name, and what tells it apart."""
        return one_line(f"{self.name}  {self.more}" if self.more else self.name)


class PeoplePicker(QComboBox):
    """`edited`: somebody chose. `wanted`: the list is to be shown and nothing was offered yet."""

    edited = Signal()
    wanted = Signal()

    def __init__(self, *, anyone: str, find: str) -> None:
        super().__init__()
        self._anyone = anyone
        self._chosen = ""
        self._people: tuple[Person, ...] = ()
        self._offered = False
        self.addItem(anyone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.sought = field(hint=find, icon="search")
        self.list = QListView()
        self.list.setProperty("role", "plain")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(find)
        self.list.setFixedHeight(_HEIGHT)
        self._says = label("", SMALL, tone="2", wrap=True)
        self._names = QStringListModel(self.list)
        self._found = QSortFilterProxyModel(self.list)
        self._found.setSourceModel(self._names)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setModel(self._found)
        self.popup: Popup | None = None
        self.sought.textChanged.connect(self._narrow)
        self.sought.installEventFilter(self)
        # No lambda: what stands on the popup has no parent yet, and would hold this for ever.
        self.sought.returnPressed.connect(self._take_current)
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)

    @property
    def chosen(self) -> str:
        """The id of whom was chosen; empty: anyone."""
        return self._chosen

    def choose(self, person_id: str) -> None:
        """Choose one, without telling; one that is not among those offered is shown by its id."""
        self._chosen = person_id
        found = next((person.words for person in self._people if person.id == person_id), person_id)
        self.setItemText(0, found if person_id else self._anyone)

    def offer(self, people: Sequence[Person]) -> None:
        """Those that can be chosen, in order."""
        self._people, self._offered = tuple(people), True
        self._names.setStringList([self._anyone, *(person.words for person in people)])
        self._show_what_there_is()
        self.choose(self._chosen)
        self._narrow(self.sought.text())

    def say(self, words: str) -> None:
        """Why nobody can be chosen yet."""
        self._offered = False
        self._names.setStringList([])
        self._says.setText(words)
        self._show_what_there_is()

    def showPopup(self) -> None:
        """The list, and a field to search it."""
        if not self._offered:
            self.wanted.emit()
        self.sought.clear()
        self._narrow("")
        if self.popup is None:
            # Not a child of this field: the style sheet would dress it as the list of a combo box.
            inside = column(self.sought, self._says, self.list, margins=(8, 8, 8, 8), gap=6)
            self.popup = Popup(self.parentWidget() or self, inside)
            self._show_what_there_is()
        self.popup.open_under(self, width=_WIDTH)
        self.sought.setFocus()

    def hidePopup(self) -> None:
        """Close the list."""
        if self.popup is not None:
            self.popup.hide()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the panel; it chooses nobody."""
        event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field go through the list."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 7, Qt.Key.Key_PageUp: -7}
        if watched is self.sought and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                row = max(0, min(self._found.rowCount() - 1, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self._found.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _show_what_there_is(self) -> None:
        """The list, or why there is none. Before they lie on a popup they would be windows of their own."""
        if self.popup is not None:
            self._says.setVisible(not self._offered)
            self.list.setVisible(self._offered)

    def _narrow(self, text: str) -> None:
        self._found.setFilterFixedString(text.strip())
        at = 0
        if not text and self._chosen:
            at = next((i + 1 for i, person in enumerate(self._people) if person.id == self._chosen), 0)
        self.list.setCurrentIndex(self._found.index(at, 0))

    def _take_current(self) -> None:
        self._take(self.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self._found.mapToSource(index).row()
        self.choose(self._people[row - 1].id if row else "")
        self.hidePopup()
        self.setFocus()
        self.edited.emit()
