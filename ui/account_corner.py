"""Who is signed in, with what access level, managing which groups: always on show, at the right of the toolbar.

Name and groups come from the service and are painted as plain text. It offers profiles and signing out, and does
neither.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from download_client.model import AccessLevel, Me
from ui import theme
from ui.theme import BODY, CAPTION, SMALL, text_width
from ui.widgets.focus import Ring
from ui.widgets.meters import initials
from ui.widgets.painting import CENTRE, RIGHT, smooth, write

_AVATAR = 32
_HEIGHT = 44


class AccountCorner(QAbstractButton):
    """A button that opens a menu: the profiles, signing out. `short`: level and number of groups only."""

    sign_out_wanted = Signal()
    profile_wanted = Signal(str)
    """One of the profiles known here, by its name; empty: a new one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me: Me | None = None
        self._ring = Ring()
        self._offline = False
        self._short = False
        self._profiles: tuple[tuple[str, str], ...] = ()
        self._profile = ""
        self._menu = QMenu(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.clicked.connect(self._open)

    def show_me(self, me: Me | None, *, offline: bool) -> None:
        """Another user, or none; or the service can, cannot be reached."""
        self._me, self._offline = me, offline
        self.setVisible(me is not None)
        self.setAccessibleName(f"{self._name()}, {self._line()}")
        self.updateGeometry()
        self.update()

    def show_profiles(self, profiles: tuple[tuple[str, str], ...], current: str) -> None:
        """The profiles known here, each with its name and what to call it, and the one in use."""
        self._profiles, self._profile = profiles, current

    def set_short(self, short: bool) -> None:
        """Shorten it where the window is narrow."""
        self._short = short
        self.show_me(self._me, offline=self._offline)

    # --- words

    def _name(self) -> str:
        return self._me.user.name if self._me is not None else ""

    def _line(self) -> str:
        if self._me is None:
            return ""
        if self._offline:
            return self.tr("Offline")
        level = {
            AccessLevel.NONE: self.tr("Access level: None"),
            AccessLevel.OWN_GROUP: self.tr("Own/Group Recordings"),
            AccessLevel.ALL: self.tr("All Recordings"),
        }[self._me.access_level]
        groups = [group.name for group in self._me.managed_groups]
        if not groups:
            return level
        if self._short or len(groups) > 3:
            managed = self.tr("manages %n group(s)", "", len(groups))
        else:
            managed = self.tr("manages {groups}").format(groups=", ".join(groups))
        return f"{level} · {managed}"

    def _icon(self) -> str:
        if self._offline:
            return "cloud-off"
        none = self._me is not None and self._me.access_level is AccessLevel.NONE
        return "lock" if none else ""

    # --- the menu

    def menu_on_show(self) -> QMenu:
        """The menu as it is now."""
        return self._menu

    def _open(self) -> None:
        menu = self._menu
        menu.clear()
        if self._me is not None:
            for words in (self._me.user.email, self._me.account.name, *(g.name for g in self._me.managed_groups)):
                if words:
                    menu.addAction(words.replace("&", "&&")).setEnabled(False)
            menu.addSeparator()
        for name, words in self._profiles:
            entry = menu.addAction(words.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(name == self._profile)
            entry.triggered.connect(lambda _=False, name=name: self.profile_wanted.emit(name))
        other = menu.addAction(self.tr("Another profile…"))
        other.triggered.connect(lambda: self.profile_wanted.emit(""))
        menu.addSeparator()
        out = menu.addAction(self.tr("Sign out"))
        theme.of().put_icon(out, "log-out")
        out.triggered.connect(self.sign_out_wanted)
        menu.popup(self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height())))

    # --- painting

    def sizeHint(self) -> QSize:
        """As wide as its longer line, and no wider than a third of a wide window."""
        extra = 20 if self._icon() else 0
        words = max(text_width(self._name(), BODY, bold=True), text_width(self._line(), SMALL) + extra)
        return QSize(min(words, 460) + 10 + _AVATAR + 16, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """It gives way: names may be long."""
        return QSize(120, _HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring, if the keyboard came here."""
        self._ring.take(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        self._ring.take(event)
        super().focusOutEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Two lines, the circle, a ground under the pointer, a ring with the keyboard."""
        t, painter, r = theme.of(), smooth(QPainter(self)), QRectF(self.rect())
        if self.underMouse() or self._ring.shown:
            painter.setPen(QPen(t.colour("accent"), 2) if self._ring.shown else Qt.PenStyle.NoPen)
            painter.setBrush(t.mixed("text", "chrome", 0.06) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(r.adjusted(1, 1, -1, -1), 8, 8)
        circle = QRectF(r.right() - _AVATAR - 6, r.center().y() - _AVATAR / 2, _AVATAR, _AVATAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("tint"))
        painter.drawEllipse(circle)
        write(painter, circle, initials(self._name()), "accent", CAPTION, bold=True, align=CENTRE)
        right = circle.left() - 10
        write(painter, QRectF(8, 4, right - 8, 19), self._name(), "text", BODY, bold=True, align=RIGHT)
        line, icon = self._line(), self._icon()
        tone = "warn" if icon else "text3"
        write(painter, QRectF(8, 22, right - 8, 17), line, tone, SMALL, align=RIGHT)
        if icon:
            left = max(8.0, right - text_width(line, SMALL) - 19)
            t.draw_icon(painter, icon, "warn", QRectF(left, 24, 13, 13))
