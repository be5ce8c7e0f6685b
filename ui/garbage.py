"""Circles of garbage are looked for on the UI thread only: a worker must not be the one that deletes a widget.

It promises no moment; memory in circles stays a little longer than it would.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2_000
_THRESHOLDS = (5_000, 10, 20)


class Garbage(QObject):
    """In place of Python's automatic collection, from now until `close`."""

    def __init__(self, parent: QObject | None = None, *, every_ms: int = _EVERY_MS) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(_look)
        self._timer.start()

    def close(self) -> None:
        """Python does it again."""
        self._timer.stop()
        gc.enable()


def _look() -> None:
    for generation, (count, threshold) in reversed(list(enumerate(zip(gc.get_count(), _THRESHOLDS, strict=True)))):
        if count > threshold:
            gc.collect(generation)
            return
