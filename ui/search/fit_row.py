"""Widgets beside each other, as many of them as there is room for; the rest hides, and a last one stands behind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FitRow(QWidget):
    """`last` is always shown. A widget that does not fit takes those behind it along."""

    def __init__(self, last: QWidget, *, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._parts: list[QWidget] = []
        self._least = 0
        self._last = last
        last.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[QWidget], *, least: int = 0) -> None:
        """Other widgets; the first `least` of them are shown whatever the room is. Those before are deleted."""
        focused = next((i for i, part in enumerate(self._parts) if part.hasFocus()), None)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self._least = list(parts), least
        before: QWidget | None = None
        for part in (*self._parts, self._last):
            if part is not self._last:
                part.setParent(self)
            if before is not None:
                QWidget.setTabOrder(before, part)
            before = part
        self.fit()
        if focused is not None and self._parts:
            self._parts[min(focused, len(self._parts) - 1)].setFocus()
        self.updateGeometry()

    @property
    def hidden(self) -> int:
        """How many have no room."""
        return sum(part.isHidden() for part in self._parts)

    def fit(self) -> None:
        """Place them anew."""
        self.setMinimumWidth(self.minimumSizeHint().width())
        room = self.width() - (0 if self._last.isHidden() else self._last.sizeHint().width() + self._gap)
        left, full = 0, False
        for i, part in enumerate(self._parts):
            width = part.sizeHint().width()
            full = full or (i >= self._least and left + width > room)
            part.setVisible(not full)
            if not full:
                part.setGeometry(left, 0, width, self.height())
                left += width + self._gap
        self._last.setGeometry(left, 0, min(self._last.sizeHint().width(), max(0, self.width() - left)), self.height())

    def sizeHint(self) -> QSize:
        """As wide as all of them, as high as the highest."""
        sizes = [part.sizeHint() for part in (*self._parts, self._last)]
        return QSize(sum(size.width() + self._gap for size in sizes), max(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        """Those that are always shown."""
        shown = [*self._parts[: self._least], *([] if self._last.isHidden() else [self._last])]
        width = sum(part.sizeHint().width() + self._gap for part in shown) - self._gap
        return QSize(max(0, width), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """One of them has become wider, as words do that become bold."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self.fit()
