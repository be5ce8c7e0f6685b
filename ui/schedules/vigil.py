"""Notices nights without any run when the window starts and while it is open, and tells how many schedules need a look.

The engine tells of them by the ways that are set up; this asks it to, and shows nothing but a figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from download_client.engine import Watch
from download_client.model import Outcome
from ui.session import Session

_EVERY_MS = 600_000


class Vigil(QObject):
    """Looks by itself, from `begin` on. Errors are told by the module itself, when somebody goes there."""

    badge = Signal(int, bool)
    """How many schedules have something to tell, and whether somebody is needed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Look now, and again and again."""
        self._session.profile_changed.connect(self._look)
        self._timer.start()
        self._look()

    def _look(self) -> None:
        self._session.ask(
            lambda engine: engine.schedules.check(),
            then=self._found,
            sorry=lambda _: None,
            owner=self,
        )

    def _found(self, watches: Sequence[Watch]) -> None:
        count = sum(1 for each in watches if not each.schedule.paused and each.outcome not in (None, Outcome.CLEAN))
        self.badge.emit(count, count > 0)
