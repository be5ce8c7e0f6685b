"""The window of the help: contents at the left, a page at the right, a search above; it works without a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from ui import resources, theme
from ui.help.book import Book, Hit, Page
from ui.help.paper import Paper
from ui.widgets.buttons import tool
from ui.widgets.fields import field
from ui.widgets.labels import label
from ui.widgets.layouts import column, fill, frame, row

_SIZE: Final = QSize(980, 720)
_CONTENTS: Final = 224
_ROW: Final = 30
_PLACE: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody is: a page, and the heading that was gone to."""

    key: str
    section: int = 0


class HelpWindow(QWidget):
    """A window of its own that stays open beside the program's. One is enough: `open_page` shows it again."""

    def __init__(self, *, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("MIR Download Client Help"))
        self.resize(_SIZE)
        self.book = Book(resources.folder("help"), language=language)
        self._past: list[_Place] = []
        self._future: list[_Place] = []
        self._now = _Place("")
        self.search = field(hint=self.tr("Search in help"), icon="search")
        self.contents = QListWidget()
        self.paper = Paper()
        self.back = tool("chevron-left", self.tr("Back (Alt+Left)"))
        self.forward = tool("chevron-right", self.tr("Forward (Alt+Right)"))
        self.found = label("", size=theme.SMALL, tone="2")
        self._lay_out()
        self._connect()
        self._list_pages()
        self.go("index")

    def open_page(self, key: str) -> None:
        """Show the window with this page, in front."""
        self.search.clear()
        self.go(key)
        self.show()
        self.raise_()
        self.activateWindow()
        self.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, key: str, section: int = 0) -> None:
        """Go to a page, and to the heading of that number."""
        place = _Place(self.book.page(key).key, section)
        if place == self._now:
            return
        if self._now.key:
            self._past.append(self._now)
        self._future.clear()
        self._show(place)

    @property
    def page(self) -> Page:
        """The page on show."""
        return self.book.page(self._now.key)

    # --- putting it together

    def _lay_out(self) -> None:
        self.contents.setProperty("role", "plain")
        self.contents.setAccessibleName(self.tr("Contents"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(self.tr("Search in help (Ctrl+F)"))
        bar = row(self.back, self.forward, None, gap=4)
        side = column(bar, self.search, self.found, (self.contents, 1), margins=(12, 4, 0, 4))
        sheet = frame(column(self.paper, margins=(1, 1, 1, 1)), "sheet")
        fill(QHBoxLayout(self), frame(side, "ground", width=_CONTENTS), (sheet, 1), margins=(0, 8, 8, 8))
        self.found.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._first)
        self.contents.currentItemChanged.connect(self._chosen)
        self.contents.itemActivated.connect(lambda _: self.paper.setFocus())
        self.paper.wanted.connect(self.go)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        keys = {
            QKeySequence.StandardKey.Find: self._to_search,
            QKeySequence.StandardKey.Back: self.go_back,
            QKeySequence.StandardKey.Forward: self.go_forward,
        }
        for key, doing in keys.items():
            for sequence in QKeySequence.keyBindings(key):
                QShortcut(sequence, self).activated.connect(doing)

    # --- going

    def go_back(self) -> None:
        """To the place before this one."""
        if self._past:
            self._future.append(self._now)
            self._show(self._past.pop())

    def go_forward(self) -> None:
        """To the place from which one came back."""
        if self._future:
            self._past.append(self._now)
            self._show(self._future.pop())

    def _show(self, place: _Place) -> None:
        same = place.key == self._now.key
        self._now = place
        if same:
            self.paper.scroll_to(place.section)
        else:
            self.paper.show_page(self.page, self.book.folder, section=place.section)
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._future))
        self._mark()

    def _mark(self) -> None:
        """Choose the page on show in the contents, without going there again."""
        self.contents.blockSignals(True)
        for at in range(self.contents.count()):
            found = self.contents.item(at).data(_PLACE)
            if found == self._now or (not self.search.text() and found.key == self._now.key):
                self.contents.setCurrentRow(at)
                break
        self.contents.blockSignals(False)

    # --- searching

    def _list_pages(self) -> None:
        self._fill([(page.title, "", _Place(page.key)) for page in self.book.pages])
        self.found.hide()

    def _look_for(self, words: str) -> None:
        if not words.strip():
            self._list_pages()
            self._mark()
            return
        hits = self.book.find(words)
        self._fill([(_named(hit), hit.excerpt, _Place(hit.page.key, hit.section.number)) for hit in hits])
        self.found.setText(self.tr("%n place(s) found", "", len(hits)) if hits else self.tr("Nothing found"))
        self.found.show()

    def _fill(self, rows: list[tuple[str, str, _Place]]) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for title, tip, place in rows:
            item = QListWidgetItem(title)
            item.setToolTip(tip)
            item.setData(_PLACE, place)
            item.setSizeHint(QSize(0, _ROW))
            self.contents.addItem(item)
        self.contents.blockSignals(False)

    def _first(self) -> None:
        if self.contents.count():
            self.contents.setCurrentRow(0)
            self.contents.setFocus()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            place = item.data(_PLACE)
            self.go(place.key, place.section)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search, then closes the window."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text():
            self.search.clear()
        else:
            self.close()


def _named(hit: Hit) -> str:
    return hit.page.title if hit.section.number == 0 else f"{hit.page.title} · {hit.section.title}"
