"""Where a list would be: why there is nothing to see, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from download_client.errors import MirError, NetworkError, SignInError
from ui.widgets import Empty, button
from ui.words import errors


class States(QObject):
    """`longer`: the last 7 days; `reset`: the usual search; `again`: ask once more; `sign_in`; `library`."""

    longer = Signal()
    reset = Signal()
    again = Signal()
    sign_in = Signal()
    library = Signal()
    unfilter = Signal()

    def nothing(self) -> QWidget:
        """The usual search finds nothing."""
        return Empty(
            "messages-square",
            self.tr("No conversations in the last 24 hours"),
            self.tr("Calls appear here some minutes after they end. A longer period may help."),
            self._to(self.tr("Last 7 days"), self.longer.emit, kind="primary"),
        )

    def no_match(self) -> QWidget:
        """Another search finds nothing."""
        return Empty(
            "search",
            self.tr("No conversations match"),
            self.tr("Nothing that you may see fits these criteria. A longer period may help."),
            self._to(self.tr("Last 7 days"), self.longer.emit, kind="primary"),
            self._to(self.tr("Reset"), self.reset.emit),
        )

    def nothing_found(self) -> QWidget:
        """The quick filter leaves nothing."""
        return Empty(
            "search",
            self.tr("Nothing in this list matches"),
            self.tr("Every word that you typed must be found in names, numbers, owners or groups."),
            self._to(self.tr("Show everything"), self.unfilter.emit),
        )

    def wrong(self, error: MirError) -> QWidget:
        """The service could not be asked."""
        if isinstance(error, SignInError):
            first = self._to(self.tr("Sign in"), self.sign_in.emit, kind="primary")
        else:
            first = self._to(self.tr("Try again"), self.again.emit, kind="primary")
        second = [self._to(self.tr("Open Library"), self.library.emit)] if isinstance(error, NetworkError) else []
        icon = "cloud-off" if isinstance(error, NetworkError) else "triangle-alert"
        return Empty(icon, errors.title(error), errors.advice(error), first, *second, ground="warn_tint", token="warn")

    def _to(self, words: str, doing: Callable[[], None], *, kind: str = "") -> QPushButton:
        made = button(words, kind=kind)
        made.clicked.connect(doing)
        return made
