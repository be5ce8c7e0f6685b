"""A schedule that runs because somebody said so here: its figures, its end by hand; the engine pulls, not this."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from download_client.engine import Job, PullRequest, QueuedRun, Result, Standing
from download_client.model import RunKind, Snapshot
from ui.downloads.card import Card
from ui.downloads.figures import Way, card_of
from ui.downloads.parts import PartsBar
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Elided, Glyph, button, column, fill, label, row
from ui.words import times

_CLOCK_MS = 100


class Going:
    """One run of a schedule, from its beginning to its end. `work` is called on a worker, the rest from anywhere."""

    def __init__(self, name: str, archive: Path) -> None:
        self.name = name
        self.archive = archive
        self.began_at = datetime.now(UTC)
        self.stopping = False
        """Somebody has said that it is to end."""
        self._lock = threading.Lock()
        self._job: Job | None = None

    def work(self, job: Job) -> Result:
        """Run a job of the schedule."""
        with self._lock:
            self._job = job
            if self.stopping:
                job.stop()
        return job.run()

    def stop(self) -> None:
        """End it as soon as what is in hand is durable; the next pull goes on where this one stopped."""
        with self._lock:
            self.stopping = True
            if self._job is not None:
                self._job.stop()

    def figures(self) -> Snapshot | None:
        """The figures now; None: it has listed nothing yet."""
        with self._lock:
            job = self._job
        return job.snapshot() if job is not None else None

    def card(self, way: Way, *, wait_began: datetime | None) -> Card:
        """What is said of it, as of any run at work."""
        run = QueuedRun(
            key=self.name,
            name=self.name,
            kind=RunKind.CHANGES,
            archive=self.archive,
            request=PullRequest(archive=self.archive),
            chosen=None,
            standing=Standing.AT_WORK,
            added_at=self.began_at,
            started_at=self.began_at,
            figures=self.figures(),
        )
        return card_of(run, way, wait_began=wait_began)


class GoingBar(QFrame):
    """The strip over the calendar while a schedule runs; looked at ten times a second while it can be seen."""

    stop_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._session = session
        self._going: Going | None = None
        self._glyph = Glyph("arrow-down-to-line", "accent", 18)
        self.words = Elided("", bold=True)
        self.below = Elided("", SMALL, tone="2")
        self.left = label("", SMALL, tone="2")
        self._bar = PartsBar(height=5)
        self.stop = button(self.tr("Stop"), "square")
        self.stop.setToolTip(self.tr("Ends when what is in hand is durable; the next pull goes on"))
        self.stop.clicked.connect(self.stop_wanted)
        head = row((self.words, 1), self.left)
        whole = row(
            self._glyph,
            (column(head, self._bar, self.below, gap=4), 1),
            self.stop,
            margins=(14, 9, 10, 9),
            gap=12,
        )
        fill(QVBoxLayout(self), whole, gap=0)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._draw)
        self.setAccessibleName(self.tr("The run of this schedule"))
        self.hide()

    def show_going(self, going: Going | None) -> None:
        """What runs now; None: nothing, and the strip goes."""
        self._going = going
        self.setVisible(going is not None)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody does."""
        super().hideEvent(event)
        self._clock.stop()

    def _draw(self) -> None:
        going = self._going
        if going is None:
            return
        session = self._session
        way = Way(session.locale, session.zone, datetime.now(UTC))
        card = going.card(way, wait_began=None)
        said = card.said
        self._glyph.show_icon(said.icon, said.tone)
        self.words.setText(self.tr("Stopping: what is in hand becomes durable") if going.stopping else said.words)
        self.stop.setEnabled(not going.stopping)
        self._bar.set_parts(card.parts, of=card.key)
        self.left.setText(card.ring[0] if card.ring is not None else card.right)
        began = self.tr("Began at {time}").format(time=times.clock(going.began_at, session.zone, seconds=False))
        self.below.setText(card.below or began)
