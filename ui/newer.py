"""Says that there is a newer version, where IT names an address that tells it; it fetches and installs nothing.

Asked in the background when the window opens, and while it is open as soon as the last answer is a day old; what cannot
be asked is not told at all.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client import __version__
from download_client.engine import Newest
from download_client.errors import InvalidSetting
from download_client.settings import Settings, table
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets import Note, button, fill, tool

_LOOK_EVERY_MS = 3_600_000
"""Of each answer the engine makes do for a day."""
_CLOSED = "update.closed"
"""The version whose note was closed: it is not shown again."""


class NewerNote(QWidget):
    """One line above the modules. `closed`: its cross was chosen; `page_wanted`: its page."""

    closed = Signal()
    page_wanted = Signal()

    def __init__(self, version: str, page: QUrl | None) -> None:
        super().__init__()
        self.version = version
        self.page = button(self.tr("Open its page"), "external-link")
        self.page.clicked.connect(self.page_wanted)
        self.page.setVisible(page is not None)
        if page is not None:
            self.page.setToolTip(page.toDisplayString())
        self.cross = tool("x", self.tr("Close: do not show this version again"))
        self.cross.clicked.connect(self.closed)
        title = self.tr("Version {number} is available").format(number=version)
        text = self.tr("This is version {number}. It stays as it is until somebody installs the newer one.")
        note = Note("info", "accent", title, text.format(number=__version__), self.page, self.cross)
        fill(QVBoxLayout(self), note, margins=(0, 0, 8, 6))


class Newer(QObject):
    """One per window; `begin` after the first frame. `browse` opens an address in the browser."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        *,
        browse: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._browse = browse
        self.note: NewerNote | None = None
        """The one on show."""
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    def begin(self) -> None:
        """Ask now, and from then on."""
        self._timer.start()
        self._ask()

    def _ask(self) -> None:
        if _address(self._session.settings):
            ask = self._session.ask
            ask(lambda engine: engine.newest_version(), then=self._told, sorry=lambda _: None, owner=self)

    def _told(self, newest: Newest | None) -> None:
        closed = self._session.memory.get(_CLOSED)
        if newest is None or not newest.newer or newest.version == closed:
            return
        if self.note is not None and self.note.version == newest.version:
            return
        self._take()
        page = page_of(newest.page, told_by=_address(self._session.settings))
        note = self.note = NewerNote(newest.version, page)
        note.closed.connect(self._close)
        if page is not None:
            note.page_wanted.connect(lambda: self._browse(page))
        self._window.add_note(note)

    def _close(self) -> None:
        if self.note is not None:
            self._session.memory.put(_CLOSED, self.note.version)
        self._take()

    def _take(self) -> None:
        if self.note is not None:
            self._window.remove_note(self.note)
            self.note = None


def page_of(untrusted_page: str, *, told_by: str) -> QUrl | None:
    """The page as an address for the browser: https only, of the computer that told it; None: it is not to be opened.

    Read by the same rules by which it is opened.
    """
    page = QUrl(untrusted_page, QUrl.ParsingMode.StrictMode)
    place = QUrl(told_by, QUrl.ParsingMode.StrictMode)
    good = page.isValid() and page.scheme() == "https" and not page.userInfo()
    return page if good and page.host() and page.host() == place.host() else None


def _address(settings: Settings) -> str:
    """Where it is asked; empty: nowhere."""
    try:
        return settings.get(table.UPDATE_URL) if settings.get(table.UPDATE_CHECK) else ""
    except InvalidSetting:
        return ""
