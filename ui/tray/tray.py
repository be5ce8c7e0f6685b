"""The icon in the system's tray with its menu and messages; it shows, and says what was chosen, and decides nothing.

Where the desktop has no tray, `available` says so, nothing is shown, and messages are not delivered.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from ui import theme
from ui.tray.picture import badged

_MESSAGE = 10_000
"""Milliseconds a message asks to stay; the system may think otherwise."""


class Tray(QObject):
    """`is_available` stands for the question whether the desktop has a tray."""

    open_wanted = Signal()
    message_clicked = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._is_available = is_available
        self._shown: tuple[int, bool] = (0, False)
        self._menu = QMenu(parent)
        self.open_action = self._action(self.tr("Open"), "", self.open_wanted)
        self._menu.addSeparator()
        self.pause_action = self._action(self.tr("Pause all"), "pause", self.pause_wanted)
        self.resume_action = self._action(self.tr("Resume all"), "play", self.resume_wanted)
        self._menu.addSeparator()
        self.quit_action = self._action(self.tr("Quit"), "", self.quit_wanted)
        self._menu.setDefaultAction(self.open_action)
        self._icon = QSystemTrayIcon(badged(0, warn=False), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.message_clicked)

    def _action(self, words: str, icon: str, chosen: SignalInstance) -> QAction:
        made = self._menu.addAction(words)
        if icon:
            theme.of().put_icon(made, icon)

        def choose() -> None:
            chosen.emit()

        made.triggered.connect(choose)
        return made

    @property
    def available(self) -> bool:
        """The desktop has a tray."""
        return self._is_available()

    @property
    def visible(self) -> bool:
        """The icon is on show."""
        return self._icon.isVisible()

    @property
    def tip(self) -> str:
        """What the icon says when it is pointed at."""
        return self._icon.toolTip()

    def show(self) -> None:
        """Put the icon into the tray, if there is one."""
        if self.available:
            self._icon.show()

    def hide(self) -> None:
        """Take it out."""
        self._icon.hide()

    def tell(self, *, active: int, warn: bool, can_pause: bool, can_resume: bool, tip: str) -> None:
        """How many runs are at work, whether one needs the user, and what can be done to all of them."""
        if (active, warn) != self._shown:
            self._shown = (active, warn)
            self._icon.setIcon(badged(active, warn=warn))
        self.pause_action.setEnabled(can_pause)
        self.resume_action.setEnabled(can_resume)
        self._icon.setToolTip(tip)

    def message(self, *, title: str, text: str, warn: bool) -> bool:
        """Show a message of the system; False: there is no tray to show it."""
        if not self.available:
            return False
        self._icon.show()
        kind = QSystemTrayIcon.MessageIcon.Warning if warn else QSystemTrayIcon.MessageIcon.Information
        self._icon.showMessage(title, text, kind, _MESSAGE)
        return True

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_wanted.emit()
