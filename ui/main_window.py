"""The main window: arranges navigation bar, toolbar and modules, and passes signals between them; it decides nothing.

What lies outside a window (settings, help, signing in, closing) is asked for by signal; the composition root answers.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from download_client.model import AccessLevel
from ui.account_corner import AccountCorner
from ui.busy_line import BusyLine
from ui.docked import Docked
from ui.module import Module
from ui.navigation_bar import NavigationBar
from ui.places import Place
from ui.session import Session
from ui.theme import measures
from ui.toolbar import Toolbar
from ui.widgets import box, column, frame, row

_GEOMETRY, _PLACE = "window.geometry", "window.module"
_CONVERSATIONS = "conversations"
"""The module whose actions the portal's menu of that name offers, whichever is on show."""


class MainWindow(QMainWindow):
    """One per program. A module is made when it is first gone to; the first of `places` is where it begins."""

    settings_wanted = Signal()
    help_wanted = Signal(str)
    """A page of the help by its key; empty: the first."""
    sign_out_wanted = Signal()
    profile_wanted = Signal(str)
    quit_wanted = Signal()
    left_wanted = Signal()
    """Esc, while something covers everything."""
    closed = Signal()
    first_shown = Signal()
    """The first frame is on the screen: what takes time may begin."""

    def __init__(
        self,
        session: Session,
        places: Sequence[Place],
        *,
        explain_no_access: Callable[[], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._places = {place.key: place for place in places}
        self._order = [place.key for place in places]
        self._modules: dict[str, Module] = {}
        self._current = ""
        self._painted = False
        self._explain_no_access = explain_no_access
        self._no_access: QWidget | None = None
        self._may_close: Callable[[], bool] = _always
        self._account = AccountCorner()
        self._toolbar = Toolbar(self._account)
        self._bar = NavigationBar(places)
        self._busy = BusyLine()
        self._notes = QVBoxLayout()
        self._stack = QStackedWidget()
        self._dock: Docked | None = None
        self._cover: QWidget | None = None
        self._whole = QStackedWidget()
        self._whole.addWidget(self._workspace())
        self.setCentralWidget(self._whole)
        self.setMinimumSize(QSize(*measures.LEAST_SIZE))
        self._connect()
        self._restore()
        self._show_me()

    def _workspace(self) -> QFrame:
        self._body = column(self._toolbar, self._busy, self._notes, (self._stack, 1), margins=(0, 0, 0, 8), gap=0)
        return frame(row(self._bar, (self._body, 1), gap=0), "ground")

    def _connect(self) -> None:
        session, toolbar, bar, account = self._session, self._toolbar, self._bar, self._account
        session.me_changed.connect(self._show_me)
        session.offline_changed.connect(self._show_me)
        session.profile_changed.connect(self._show_title)
        bar.chosen.connect(self.go)
        bar.settings_wanted.connect(self.settings_wanted)
        bar.help_wanted.connect(lambda: self.help_wanted.emit(""))
        toolbar.settings.triggered.connect(self.settings_wanted)
        toolbar.general_help.triggered.connect(lambda: self.help_wanted.emit(""))
        toolbar.module_help.triggered.connect(self._module_help)
        toolbar.search.triggered.connect(self._search)
        toolbar.leave.triggered.connect(self.quit_wanted)
        account.sign_out_wanted.connect(self.sign_out_wanted)
        account.profile_wanted.connect(self.profile_wanted)
        for number, key in enumerate(self._order):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda key=key: self.go(key))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._escape)

    # --- modules

    @property
    def current(self) -> str:
        """The key of the module on show; empty before the first is made."""
        return self._current

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all places, from the top down."""
        return tuple(self._order)

    def begin(self) -> None:
        """Go to where one was the last time: to be called after the first frame, as modules take their time."""
        last = self._session.memory.get(_PLACE)
        if self._order:
            self.go(last if isinstance(last, str) and last in self._places else self._order[0])
        if _CONVERSATIONS in self._places:
            # The menu of that name is always there.
            QTimer.singleShot(0, self, self._make_conversations)

    def go(self, key: str) -> None:
        """Show a module; it is made if it was not yet."""
        module = self.module(key)
        if self._dock is not None:
            self._dock.shrink()
        self._current = key
        self._bar.show_chosen(key)
        self._session.memory.put(_PLACE, key)
        self._show_module()
        held = self.focusWidget()
        module.entered()
        if self._cover is not None and held is not None and self._cover.isAncestorOf(held):
            # What lies under the cover has taken the keyboard, unseen.
            held.setFocus()

    def module(self, key: str) -> Module:
        """The module itself, made if it was not yet. Raises KeyError: there is no such place."""
        made = self._modules.get(key)
        if made is None:
            made = self._modules[key] = self._places[key].make()
            made.setAccessibleName(self._places[key].title)
            made.go.connect(self.go)
            made.busy.connect(self._busy.set_busy)
            made.badge.connect(lambda count, warn: self.set_badge(key, count, warn=warn))
            made.fit(width=self.width(), height=self.height())
            self._stack.addWidget(made)
            if key == _CONVERSATIONS:
                self._toolbar.show_conversations(made.actions())
        return made

    def set_badge(self, key: str, count: int, *, warn: bool) -> None:
        """How many things a module has to tell of, and whether one of them needs the user."""
        self._bar.set_badge(key, count, warn=warn)

    def _make_conversations(self) -> None:
        self.module(_CONVERSATIONS)

    def _show_module(self) -> None:
        if not self._current:
            return
        module = self._modules[self._current]
        me = self._session.me
        refused = me is not None and me.access_level is AccessLevel.NONE and self._places[self._current].needs_access
        if refused and self._no_access is None:
            explained = frame(column(self._explain_no_access()), "sheet")
            self._no_access = box(row(explained), margins=(0, 0, 8, 0))
            self._stack.addWidget(self._no_access)
        self._stack.setCurrentWidget(self._no_access if refused and self._no_access is not None else module)
        self._toolbar.show_actions([] if refused else module.actions())

    # --- what lies under the modules

    def add_dock(self, dock: Docked) -> None:
        """Put it under the modules; it takes their place while it is large. It belongs to the window from now on."""
        self._dock = dock
        self._body.addWidget(dock)
        dock.enlarged.connect(self._enlarge)
        dock.left.connect(self._focus_module)
        dock.fit(width=self.width(), height=self.height())

    def _enlarge(self, large: bool) -> None:
        if self._dock is None:
            return
        self._stack.setVisible(not large)
        self._body.setStretchFactor(self._dock, 1 if large else 0)
        if large:
            self._dock.setFocus()
        else:
            self._focus_module()

    def _dock_in_use(self) -> Docked | None:
        """It, while it is in the modules' place, or has the keyboard."""
        dock, held = self._dock, self.focusWidget()
        if dock is None or not dock.isVisible():
            return None
        return dock if dock.large or (held is not None and dock.isAncestorOf(held)) else None

    # --- notes over the modules

    def add_note(self, note: QWidget) -> None:
        """Show a note above whichever module is on show; it belongs to the window from now on."""
        self._notes.addWidget(note)
        note.show()

    def remove_note(self, note: QWidget) -> None:
        """Take a note away; it is deleted."""
        self._notes.removeWidget(note)
        note.hide()
        note.deleteLater()

    # --- what covers everything

    def cover(self, widget: QWidget) -> None:
        """Show one widget in place of everything, as for signing in; it belongs to the window from now on."""
        if self._cover is not widget:
            self.uncover()
            self._cover = widget
            self._whole.addWidget(widget)
        self._whole.setCurrentWidget(widget)
        widget.setFocus()

    def uncover(self) -> None:
        """Show the modules again; what covered them is deleted."""
        if self._cover is not None:
            self._whole.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None
            self._focus_module()

    def _focus_module(self) -> None:
        """The keyboard goes to what the module works with, not to the first button there is."""
        module = self._modules.get(self._current)
        first = module.focusProxy() if module is not None else None
        if first is not None and first.isVisible():
            first.setFocus()

    # --- who

    def _show_me(self) -> None:
        self._account.show_me(self._session.me, offline=self._session.offline)
        self._toolbar.fit()
        self._show_title()
        self._show_module()

    def show_profiles(self, profiles: tuple[tuple[str, str], ...]) -> None:
        """The profiles known here, each with its name and what to call it."""
        self._account.show_profiles(profiles, self._session.profile)

    def _show_title(self) -> None:
        title = self.tr("MIR Download Client")
        self.setWindowTitle(title if self._session.profile == "default" else f"{title} – {self._session.profile}")

    # --- keys

    def _search(self) -> None:
        if self._current:
            self._modules[self._current].focus_search()

    def _module_help(self) -> None:
        dock = self._dock_in_use()
        if dock is not None:
            self.help_wanted.emit(dock.help_page)
        else:
            self.help_wanted.emit(self._modules[self._current].help_page if self._current else "")

    def _escape(self) -> None:
        dock = self._dock_in_use()
        if self._cover is not None:
            self.left_wanted.emit()
        elif dock is not None and dock.escape():
            return
        elif self._current:
            self._modules[self._current].escape()

    # --- place and size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first frame."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_shown.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what does not fit any more."""
        super().resizeEvent(event)
        self._toolbar.set_narrow(self.width() < measures.NARROW_TOOLBAR)
        for module in self._modules.values():
            module.fit(width=self.width(), height=self.height())
        if self._dock is not None:
            self._dock.fit(width=self.width(), height=self.height())

    def _restore(self) -> None:
        self.resize(QSize(*measures.FIRST_SIZE))
        kept = self._session.memory.get(_GEOMETRY)
        if isinstance(kept, str):
            try:
                self.restoreGeometry(QByteArray(base64.b64decode(kept, validate=True)))
            except (binascii.Error, ValueError):
                return

    def remember(self) -> None:
        """Keep place and size, and all that modules have put into the session's memory."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self._session.memory.put(_GEOMETRY, geometry)
        self._session.memory.save()

    # --- the end

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        """Who answers whether the window may close now; it may ask somebody first, and close it itself later."""
        self._may_close = may_close

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or leave that to whoever is asked."""
        if not self._may_close():
            event.ignore()
            return
        self.remember()
        super().closeEvent(event)
        self.closed.emit()


def _always() -> bool:
    return True
