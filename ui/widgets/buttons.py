"""Buttons of every kind: with words, bare icons, pills, links; none has a fixed width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ui import theme
from ui.theme import BODY, font
from ui.widgets.labels import set_property

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INK = {"primary": "on_accent", "link": "accent", "danger": "danger"}


class Button(QPushButton):
    """Return and Enter press it as the space bar does, in windows and dialogs alike, whatever else is the default."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: once, however long it is held down."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            event.accept()
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


class MenuButton(Button):
    """Opens its menu; its icon, the chevron, stands behind its words. Its own direction stays: the menu follows it."""

    def setMenu(self, menu: QMenu) -> None:
        """It looks pressed as long as this is open."""
        super().setMenu(menu)
        menu.aboutToHide.connect(self._let_go)

    def _let_go(self) -> None:
        # Qt paints it no more when the menu was opened by its key.
        QTimer.singleShot(0, self, self.update)

    def paintEvent(self, _: QPaintEvent) -> None:
        """As every button, the icon at the other side."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if not self.menu().isVisible() and not self.isDown():
            option.state &= ~QStyle.StateFlag.State_Sunken
        option.direction = Qt.LayoutDirection.RightToLeft
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


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
    made = Button(text) if menu is None else MenuButton(text)
    made.setFont(font(BODY, bold=kind == "primary"))
    made.setProperty("kind", kind)
    if snug:
        made.setProperty("snug", "true")
    if menu is not None:
        made.setMenu(menu)
        theme.of().put_icon(made, "chevron-down", "text3", size=14, before=4)
        made.setIconSize(QSize(18, 14))
    elif icon:
        theme.of().put_icon(made, icon, token or _INK.get(kind, "text2"), after=5)
        made.setIconSize(QSize(21, 16))
    made.setToolTip(tip)
    return made


def tool(icon: str, tip: str, *, token: str = "text2", checkable: bool = False) -> QPushButton:
    """A bare icon, 32 px square; `tip` is its tooltip (with its key, if it has one) and its accessible name."""
    made = Button()
    made.setProperty("kind", "tool")
    theme.of().put_icon(made, icon, token)
    made.setIconSize(QSize(16, 16))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setCheckable(checkable)
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


class ActionButton(Button):
    """A flat button that shows an action: its words, icon, tooltip, key and whether it can be done now."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._bare = False
        self.setProperty("kind", "flat")
        self.setFont(font(BODY))
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
