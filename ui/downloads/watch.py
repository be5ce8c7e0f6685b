"""Looks after the queue of runs for the whole window: what there is, its figures on a clock, what has ended.

Lives as long as the window, whether or not anybody looks at the Downloads. It shows nothing and keeps no truth: what
the engine says now is what is so; a word that gets lost only delays the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from download_client.engine import Downloads, Engine, QueuedRun, Standing
from download_client.errors import MirError
from ui.bridge import Ticket
from ui.downloads.figures import Way, name_of, waits
from ui.session import Session

T = TypeVar("T")

_CLOCK = 100
"""Milliseconds between two looks at the figures, while somebody looks at them."""
_LINGERS = 40
"""So many looks more when nothing is at work: what was told to pause still makes durable what it has in hand."""
_EARLIER = 200
"""Earlier runs of the archive that are listed."""
_BUSY = frozenset({Standing.AT_WORK, Standing.WAITING})


class Watch(QObject):
    """Everybody who shows runs is handed this one. Lives on the UI thread."""

    changed = Signal()
    """The set of runs, or the standing of one; look at `runs`."""
    ticked = Signal()
    """Figures may have moved; comes ten times a second while somebody looks and something moves."""
    badge = Signal(int, bool)
    """How many runs are at work, wait, or need the user; whether one needs the user."""
    ended = Signal(object)
    """A `QueuedRun` ended by itself or by somebody's word."""
    held = Signal(object)
    """A `QueuedRun` came to need somebody."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._downloads: Downloads | None = None
        self._deaf: Callable[[], None] = _nothing
        self._runs: tuple[QueuedRun, ...] = ()
        self._earlier: tuple[QueuedRun, ...] = ()
        self._standings: dict[str, Standing] = {}
        self._waits: dict[str, tuple[datetime | None, datetime]] = {}
        self._lookers = 0
        self._lingers = 0
        self._begins: Ticket | None = None
        self._looks_back: Ticket | None = None
        self._clock = QTimer(self, interval=_CLOCK)
        self._clock.timeout.connect(self._tick)
        session.me_changed.connect(self._signed_in)
        session.profile_changed.connect(self._begin_anew)
        session.archive_changed.connect(self.look_back)
        self.take_up()

    # --- looking

    @property
    def ready(self) -> bool:
        """The queue was taken up."""
        return self._downloads is not None

    @property
    def runs(self) -> tuple[QueuedRun, ...]:
        """The queue in its order, what ended lately, and the earlier runs of the archive."""
        here = {run.key for run in self._runs} | {f"run:{run.run_id}" for run in self._runs if run.run_id is not None}
        return (*self._runs, *(run for run in self._earlier if run.key not in here))

    def run(self, key: str) -> QueuedRun | None:
        """One of them."""
        return next((run for run in self.runs if run.key == key), None)

    def name(self, key: str) -> str:
        """What a run is called; empty: there is none."""
        run = self.run(key)
        return name_of(run) if run is not None else ""

    @property
    def unended(self) -> tuple[QueuedRun, ...]:
        """Those that are not over, paused ones included."""
        return tuple(run for run in self._runs if run.standing is not Standing.ENDED)

    @property
    def busy(self) -> tuple[QueuedRun, ...]:
        """Those that are at work or go on by themselves."""
        return tuple(run for run in self._runs if run.standing in _BUSY)

    @property
    def needing(self) -> tuple[QueuedRun, ...]:
        """Those that wait for somebody to act."""
        return tuple(run for run in self._runs if run.needs_somebody)

    def way(self) -> Way:
        """How figures and times are written now."""
        return Way(self._session.locale, self._session.zone, datetime.now(UTC))

    def wait_began(self, run: QueuedRun) -> datetime | None:
        """When its present wait was first seen."""
        wait = waits(run)
        kept = self._waits.get(run.key)
        return kept[1] if wait is not None and kept is not None and kept[0] == wait.until else None

    def look(self) -> None:
        """Somebody looks at the figures from now on."""
        self._lookers += 1
        self._mind_clock()
        self._tick()

    def look_away(self) -> None:
        """No longer."""
        self._lookers -= 1
        self._mind_clock()

    # --- acting; each on a worker, an error goes to the error dialog

    def do(self, work: Callable[[Downloads], object], *, then: Callable[[], None] | None = None) -> None:
        """Ask something of the queue; nothing happens before it was taken up."""
        downloads = self._downloads
        if downloads is None:
            return

        def done(_: object) -> None:
            self.look_again()
            if then is not None:
                then()

        self._session.ask(lambda _: work(downloads), then=done, owner=self)

    def ask(
        self,
        work: Callable[[Downloads], T],
        *,
        then: Callable[[T], None],
        sorry: Callable[[MirError], None],
        owner: QObject,
    ) -> Ticket | None:
        """Read something of the queue on a worker; None: it was not taken up yet."""
        downloads = self._downloads
        if downloads is None:
            return None
        return self._session.ask(lambda _: work(downloads), then=then, sorry=sorry, owner=owner)

    def take_up(self) -> None:
        """Take up the queue where the last process left it; a second time does nothing."""
        if self._downloads is None and self._begins is None:
            self._begins = self._session.ask(_begun, then=self._taken_up, sorry=self._not_taken_up, owner=self)

    def look_again(self) -> None:
        """Look at the queue now."""
        downloads = self._downloads
        if downloads is None:
            return
        before, self._runs = self._shape, downloads.entries()
        self._mark_waits()
        if self._shape != before:
            self._mind_clock()
            self._tell_standings()
            self._tell_badge()
            self.changed.emit()

    # --- behind

    def _taken_up(self, downloads: Downloads) -> None:
        self._begins = None
        self._downloads = downloads
        bridge = self._session.bridge
        # From any thread; on this one only the latest counts.
        self._deaf = downloads.listen(lambda: bridge.tell(None, self._told, self, latest=True))
        self._runs = downloads.entries()
        self._standings = {run.key: run.standing for run in self._runs}
        self._mark_waits()
        self._mind_clock()
        self._tell_badge()
        self.changed.emit()
        self.look_back()

    def _not_taken_up(self, error: MirError) -> None:
        self._begins = None
        self._session.show_error.emit(error)

    def _told(self, _: None) -> None:
        self.look_again()
        self.ticked.emit()
        self._session.runs_changed.emit()

    @property
    def _shape(self) -> tuple[object, ...]:
        """What `changed` is about: everything but figures."""
        return tuple((run.key, run.name, run.standing, run.phase, run.reason, run.waits_for) for run in self._runs)

    def _tell_badge(self) -> None:
        self.badge.emit(len(self.busy) + len(self.needing), bool(self.needing))

    def _tell_standings(self) -> None:
        before, self._standings = self._standings, {run.key: run.standing for run in self._runs}
        for run in self._runs:
            if before.get(run.key) == run.standing:
                continue
            if run.standing is Standing.ENDED:
                self.ended.emit(run)
            elif run.standing is Standing.HELD:
                self.held.emit(run)

    def _tick(self) -> None:
        if self._downloads is not None:
            self.look_again()
            self.ticked.emit()
            self._mind_clock()

    def _mind_clock(self) -> None:
        if self.busy:
            self._lingers = _LINGERS
        if self._lookers > 0 and self._lingers > 0:
            self._lingers -= 1
            if not self._clock.isActive():
                self._clock.start()
        else:
            self._clock.stop()

    def _mark_waits(self) -> None:
        now = datetime.now(UTC)
        marked: dict[str, tuple[datetime | None, datetime]] = {}
        for run in self._runs:
            wait = waits(run)
            if wait is not None:
                kept = self._waits.get(run.key)
                marked[run.key] = kept if kept is not None and kept[0] == wait.until else (wait.until, now)
        self._waits = marked

    def _signed_in(self) -> None:
        if self._session.me is not None:
            self.take_up()

    def _begin_anew(self) -> None:
        self._forget()
        self.take_up()

    def _forget(self) -> None:
        self._deaf()
        self._deaf = _nothing
        for ticket in (self._begins, self._looks_back):
            if ticket is not None:
                ticket.cancel()
        self._downloads = self._begins = self._looks_back = None
        self._runs = self._earlier = ()
        self._standings, self._waits = {}, {}
        self._mind_clock()
        self.badge.emit(0, False)
        self.changed.emit()

    def look_back(self) -> None:
        """Read the earlier runs of the archive anew."""
        downloads, archive = self._downloads, self._session.archive
        if downloads is None or archive is None:
            self._found_earlier(())
            return
        if self._looks_back is not None:
            self._looks_back.cancel()
        self._looks_back = self._session.ask(
            lambda _: _history(downloads, archive), then=self._found_earlier, sorry=self._no_history, owner=self
        )

    def _no_history(self, _: MirError) -> None:
        """The archive is not there now: other views say so; what runs is listed all the same."""
        self._found_earlier(())

    def _found_earlier(self, found: tuple[QueuedRun, ...]) -> None:
        if found != self._earlier:
            self._earlier = found
            self.changed.emit()


def _begun(engine: Engine) -> Downloads:
    downloads = engine.downloads
    downloads.start()
    return downloads


def _history(downloads: Downloads, archive: Path) -> tuple[QueuedRun, ...]:
    return downloads.history(archive, limit=_EARLIER)


def _nothing() -> None:
    """Nobody listens yet."""
