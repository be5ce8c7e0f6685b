"""The error dialog: what happened, to what, what to do, folded details for support; it mends nothing itself."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from download_client.errors import (
    CertificateRejected,
    DiskError,
    InvalidSetting,
    InvalidTemplate,
    LedgerError,
    MirError,
    NetworkError,
    NotSignedIn,
    ProxyRejected,
    SignInAgain,
    SignInError,
)
from ui.errors.details import details
from ui.theme import BODY, CAPTION, SMALL, TITLE
from ui.widgets import Glyph, button, column, fill, frame, label, line, row, set_button_icon
from ui.words import errors as words

_WIDTH = 600
_SIGN_IN = (NotSignedIn, SignInAgain)
_SETTINGS = (InvalidSetting, InvalidTemplate, ProxyRejected, CertificateRejected)
_ICONS: tuple[tuple[type[MirError], str], ...] = (
    (SignInError, "lock"),
    (NetworkError, "cloud-off"),
    (DiskError, "hard-drive"),
    (LedgerError, "hard-drive"),
)


class ErrorDialog(QDialog):
    """`open()` it; it does not block. It offers the way on where there is one: signing in, or the settings."""

    sign_in_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, error: MirError, parent: QWidget | None = None, *, run: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("MIR Download Client"))
        self.setFixedWidth(_WIDTH)
        self.error = error
        self._text = details(error, when=datetime.now().astimezone(), run=run)
        self.fold = button(self.tr("Details for support"), "chevron-right", "flat", snug=True)
        self.fold.clicked.connect(self._unfold)
        self.copy = button(self.tr("Copy details"), "copy", "link")
        self.copy.clicked.connect(self._copy)
        self._shown = label(self._text, SMALL, mono=True, tone="2", wrap=True, selectable=True)
        self._promise = label(self.tr("No names, numbers or passwords are in these details."), CAPTION, tone="3")
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.way_on = self._way_on()
        self._whole = QVBoxLayout(self)
        self._lay_out()
        self._fold(folded=True)
        self.setAccessibleName(words.title(error))
        self.setAccessibleDescription(words.advice(error))
        (self.way_on or self.close_button).setFocus()

    def _lay_out(self) -> None:
        error = self.error
        said = [label(words.title(error), TITLE, bold=True, wrap=True)]
        happened = " · ".join(part for part in (error.subject, error.detail) if part)
        if happened:
            said.append(label(happened, BODY, wrap=True, selectable=True))
        todo = column(
            label(self.tr("What you can do"), BODY, bold=True),
            label(words.advice(error), BODY, tone="2", wrap=True),
            gap=3,
        )
        head = row(self.fold, None, self.copy, gap=6)
        inside = column(self._shown, self._promise, margins=(9, 0, 0, 4), gap=6)
        folded = frame(column(head, inside, margins=(5, 4, 12, 4), gap=2), "note")
        says = column(*said, 4, todo, 6, folded, None, gap=8)
        icon = Glyph(self._icon(), "danger", 24, ground="danger_tint", pad=12)
        body = row(column(icon, None), (says, 1), margins=(24, 20, 24, 18), gap=18)
        buttons = [self.close_button, *([self.way_on] if self.way_on is not None else [])]
        foot = row(None, *buttons, margins=(24, 14, 24, 16), gap=8)
        fill(self._whole, (body, 1), line(), foot, gap=0)

    def _icon(self) -> str:
        return next((icon for kind, icon in _ICONS if isinstance(self.error, kind)), "triangle-alert")

    def _way_on(self) -> QPushButton | None:
        if isinstance(self.error, _SIGN_IN):
            made, wanted = button(self.tr("Sign in"), "log-in", "primary"), self.sign_in_wanted
        elif isinstance(self.error, _SETTINGS):
            made, wanted = button(self.tr("Open Settings"), "settings", "primary"), self.settings_wanted
        else:
            self.close_button.setDefault(True)
            return None
        made.setDefault(True)
        made.clicked.connect(wanted)
        made.clicked.connect(self.accept)
        return made

    def _unfold(self) -> None:
        self._fold(folded=self._shown.isVisibleTo(self))

    def _fold(self, *, folded: bool) -> None:
        self._shown.setVisible(not folded)
        self._promise.setVisible(not folded)
        set_button_icon(self.fold, "chevron-right" if folded else "chevron-down")
        self.fold.setAccessibleDescription(self.tr("folded") if folded else self.tr("open"))
        # Lines that wrap ask for more than they need unless they are told their width.
        self.setFixedHeight(self._whole.totalHeightForWidth(_WIDTH))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText(self.tr("Copied"))
        set_button_icon(self.copy, "check", "accent")
