"""Buttons of every kind: with words, bare icons, pills, links; none has a fixed width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from ui import theme
from ui.theme import BODY, font
from ui.widgets.labels import set_property

_INK = {"primary": "on_accent", "link": "accent", "danger": "danger"}


def button(
    text: str,
    icon: str = "",
    kind: str = "",
    *,
    tip: str = "",
    token: str = "",
    menu: QMenu | None = None,
    snug: bool = False,
) -> QPushButton:
    """A button with words. `kind`: empty, `primary`, `flat`, `link`, `pill`, `danger`; `token` is the icon's colour.

    With a `menu` it opens it and shows a chevron behind its words.
    """
    made = QPushButton(text)
    made.setFont(font(BODY, bold=kind == "primary"))
    made.setProperty("kind", kind)
    if snug:
        made.setProperty("snug", "true")
    if menu is not None:
        made.setMenu(menu)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        theme.of().put_icon(made, "chevron-down", "text3", size=14, before=4)
        made.setIconSize(QSize(18, 14))
    elif icon:
        theme.of().put_icon(made, icon, token or _INK.get(kind, "text2"), after=5)
        made.setIconSize(QSize(21, 16))
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    return made


def tool(icon: str, tip: str, *, token: str = "text2", checkable: bool = False) -> QPushButton:
    """A bare icon, 32 px square; `tip` is its tooltip (with its key, if it has one) and its accessible name."""
    made = QPushButton()
    made.setProperty("kind", "tool")
    theme.of().put_icon(made, icon, token)
    made.setIconSize(QSize(16, 16))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    return made


def pill(text: str) -> QPushButton:
    """One of several quick choices; bold on a tinted ground while it is checked."""
    made = button(text, kind="pill")
    made.setCheckable(True)

    def weigh(on: bool) -> None:
        made.setFont(font(BODY, bold=on))

    made.toggled.connect(weigh)
    return made


def set_kind(made: QPushButton, kind: str, *, icon: str = "") -> None:
    """Make a button primary, or take that from it; its icon (by name) changes colour with it."""
    set_property(made, "kind", kind)
    made.setFont(font(BODY, bold=kind == "primary"))
    if icon:
        theme.of().put_icon(made, icon, _INK.get(kind, "text2"), after=5)


def set_button_icon(made: QPushButton, icon: str, token: str = "text2") -> None:
    """Another icon for a button that is on show."""
    theme.of().put_icon(made, icon, token, after=5 if made.text() else 0)


class ActionButton(QPushButton):
    """A flat button that shows an action: its words, icon, tooltip, key and whether it can be done now."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._bare = False
        self.setProperty("kind", "flat")
        self.setFont(font(BODY))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._take)
        self._take()

    @property
    def room(self) -> int:
        """How wide it is with its words."""
        icon = 0 if self._action.icon().isNull() else 25
        return self.fontMetrics().horizontalAdvance(self._action.text()) + icon + 22

    def set_bare(self, bare: bool) -> None:
        """The icon alone; the words stay as tooltip and accessible name."""
        self._bare = bare and not self._action.icon().isNull()
        self._take()

    def _take(self) -> None:
        action = self._action
        words = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        self.setText("" if self._bare else action.text())
        kept = theme.of().icon_of(action)
        if kept is not None:
            theme.of().put_icon(self, *kept, after=0 if self._bare else 5)
            self.setIconSize(QSize(16 if self._bare else 21, 16))
        tip = action.toolTip() if action.toolTip() != words else words
        self.setToolTip(f"{tip} ({keys})" if keys and keys not in tip else tip)
        self.setAccessibleName(words)
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
