"""The scheme in force: dresses the application, answers with colours and icons, and changes them while it runs.

One `Theme` per application, found with `ui.theme.of()`. It knows no view and no data.
"""

from __future__ import annotations

import weakref
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory
from shiboken6 import isValid

from ui.resources import folder
from ui.theme import style
from ui.theme.icons import Icons
from ui.theme.measures import font
from ui.theme.tokens import DARK, LIGHT, Tokens, mix, of_system

_PROPERTY = "theme"


class Appearance(StrEnum):
    """What the user chose: as the system has it, or always one of the two."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: D102 - Qt's


class Theme(QObject):
    """Colours and icons of the scheme in force. `changed`: paint again; what Qt itself paints is done already.

    When the system asks for high contrast, palette and style sheet are dropped and its own colours are used.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._icons = Icons()
        self._kept: weakref.WeakKeyDictionary[QObject, tuple[str, str, int, int, int]] = weakref.WeakKeyDictionary()
        app.setStyle(QStyleFactory.create("Fusion"))
        self._system_palette = app.style().standardPalette()
        app.setFont(font())
        app.setProperty(_PROPERTY, self)
        self._hints = QGuiApplication.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._again)
        self._accessibility.contrastPreferenceChanged.connect(self._again)
        self.tokens = LIGHT
        self._apply()

    @property
    def appearance(self) -> Appearance:
        """What was chosen."""
        return self._appearance

    def set_appearance(self, appearance: Appearance) -> None:
        """Change it now, without a restart."""
        if appearance is not self._appearance:
            self._appearance = appearance
            self._again()

    @property
    def high_contrast(self) -> bool:
        """The system asks for high contrast."""
        return self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast

    # --- colours

    def colour(self, token: str, *, alpha: float = 1.0) -> QColor:
        """The colour of a token, or of `#RRGGBB`."""
        value = QColor(self.tokens.of(token))
        if alpha < 1:
            value.setAlphaF(alpha)
        return value

    def mixed(self, front: str, back: str, share: float) -> QColor:
        """`share` of one token on another, opaque."""
        return QColor(mix(self.tokens.of(front), self.tokens.of(back), share))

    # --- icons

    def pixmap(self, name: str, token: str = "text2", *, size: int = 16, scale: float = 1.0) -> QPixmap:
        """An icon as a picture of `size` logical pixels."""
        return self._icons.pixmap(name, self.tokens.of(token), size=size, scale=scale)

    def icon(self, name: str, token: str = "text2", *, size: int = 16, before: int = 0, after: int = 0) -> QIcon:
        """An icon for Qt, as the scheme has it now; `put_icon` keeps it right when the scheme changes."""
        ink = self.tokens.of(token)
        pale = mix(ink, self.tokens.paper, style.DISABLED)
        return self._icons.icon(name, normal=ink, disabled=pale, size=size, before=before, after=after)

    def put_icon(
        self,
        target: HasIcon,
        name: str,
        token: str = "text2",
        *,
        size: int = 16,
        before: int = 0,
        after: int = 0,
    ) -> None:
        """Give a button or an action its icon, now and whenever the scheme changes."""
        target.setIcon(self.icon(name, token, size=size, before=before, after=after))
        if isinstance(target, QObject):
            self._kept[target] = (name, token, size, before, after)

    def icon_of(self, target: QObject) -> tuple[str, str] | None:
        """Name and token of the icon that `put_icon` gave a target."""
        kept = self._kept.get(target)
        return kept[:2] if kept is not None else None

    def draw_icon(self, painter: QPainter, name: str, token: str, rect: QRectF) -> None:
        """Paint an icon into a square."""
        scale = painter.device().devicePixelRatioF()
        picture = self.pixmap(name, token, size=round(rect.width()), scale=scale)
        painter.drawPixmap(rect.topLeft(), picture)

    # --- behind

    def _scheme(self) -> Tokens:
        if self.high_contrast:
            return of_system(self._system_palette)
        dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        if self._appearance is not Appearance.SYSTEM:
            dark = self._appearance is Appearance.DARK
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        self.tokens = self._scheme()
        if self.high_contrast:
            self._app.setStyleSheet("")
            self._app.setPalette(self._system_palette)
        else:
            self._app.setPalette(style.palette(self.tokens))
            self._app.setStyleSheet(style.sheet(self.tokens, pictures=folder("icons") / self.tokens.name))

    def _again(self) -> None:
        self._icons.clear()
        self._apply()
        for target, (name, token, size, before, after) in list(self._kept.items()):
            if isValid(target):
                target.setIcon(self.icon(name, token, size=size, before=before, after=after))  # type: ignore[attr-defined]
        self.changed.emit()


def of(_: QObject | None = None) -> Theme:
    """The theme of the running application. Raises RuntimeError: there is none yet."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    if isinstance(found, Theme):
        return found
    raise RuntimeError("no Theme has been made for this application")
