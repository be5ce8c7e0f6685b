"""One pull at work: the lister fills the ledger, this loop claims, hands over, settles; it can begin again at any step.

::

    lister ─pages→ ledger.listing.add ┐
                                      ├→ queue.claim → fetcher → settle (proof → place → ledger) → next
    a killed run ─recover→ ───────────┘

It does not decide who is signed in nor where the archive lies; it ends, or comes to rest, when nothing can go on.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from download_client.archive import Archive
from download_client.content import Durable, Fetcher, Outcome
from download_client.errors import Interrupted, MirError
from download_client.ledger import Asked, Ledger, Tally, Wish
from download_client.model import FINAL, GOES_ON, ItemProgress, RunPhase, Snapshot, State, Summary, Wait
from download_client.retry import CONTENT, SEARCH, Clock, Gate, Pace
from download_client.transfer.claims import Claims, PlaceOf
from download_client.transfer.inbox import Errand, Event, Inbox, Nudge
from download_client.transfer.judgement import MAKES_EVERYBODY_WAIT
from download_client.transfer.lister import Lister
from download_client.transfer.meter import Meter
from download_client.transfer.settle import InHand, Settler
from download_client.transfer.space import Space
from download_client.transfer.trouble import Trouble

_log = logging.getLogger(__name__)

_BATCH = 64
"""Recordings claimed at once, at most."""
_IDLE = 0.25
"""Seconds between two looks at the clock while nothing happens."""
_WIND_DOWN = 2.5
"""Seconds for parts to become durable at a stop (fault 42 asks for less than three in all)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may use. `min_free` bytes stay free on the archive's volume.

    `rests`: when nothing can go on it comes to rest, to go on later (a queue of runs sees to that), instead of ending.
    """

    min_free: int
    rests: bool = False


class Pull:
    """One run. `run` works until it is over; the other methods may be called from any thread.

    `stop` is the run's own: it is set when the run is over, so that nobody goes on for it.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        archive: Archive,
        tally: Tally,
        lister: Lister | None,
        listing: Callable[[], None] | None,
        settler: Settler,
        fetcher: Callable[[Inbox], Fetcher],
        place_of: PlaceOf,
        gate: Gate,
        pace: Pace,
        trouble: Trouble,
        clock: Clock,
        options: Options,
        stop: threading.Event,
    ) -> None:
        self._ledger = ledger
        self._tally = tally
        self._lister = lister
        self._listing = listing
        self._settler = settler
        self._inbox = Inbox(clock)
        self._fetcher = fetcher(self._inbox)
        self._gate = gate
        self._pace = pace
        self._trouble = trouble
        self._clock = clock
        self._options = options
        self._stop = stop
        self._stopped_as: RunPhase = RunPhase.INTERRUPTED
        self._hands: dict[int, InHand] = {}
        self._leaving: set[int] = set()
        """In hand, and to be left out as soon as they are not."""
        self._meter = Meter(clock)
        self._phase = RunPhase.LISTING
        self._requests = 0
        self._told = (0, 0)
        self._space = Space(archive, min_free=options.min_free)
        self._claims = Claims(ledger=ledger, archive=archive, tally=tally, space=self._space, place_of=place_of)
        self._placed_again = False
        self._error: MirError | None = None
        self.news = 0
        """Recordings in a final state that no run has reported before; known at the end."""

    # --- from any thread

    def stop(self, phase: RunPhase = RunPhase.INTERRUPTED) -> None:
        """End the run as soon as everything in hand is durable.

        Interrupted or paused, it goes on another time; cancelled, what is not home is wanted by nobody, whatever else
        is asked.
        """
        if self._stopped_as is not RunPhase.CANCELLED:
            self._stopped_as = phase
        self._stop.set()
        self._inbox.put(Nudge())

    def ask(self, wish: Wish) -> Future[int]:
        """Have a wish carried out while the run is at work; cancelled if it ends before."""
        errand = Errand(wish)
        self._inbox.put(errand)
        return errand.answer

    def set_rate(self, bytes_per_second: int | None) -> None:
        """The rate of all downloads of this run together; None: no limit."""
        self._fetcher.set_rate(bytes_per_second)

    def snapshot(self) -> Snapshot:
        """The figures now."""
        figures = self._tally.figures()
        progress = self._fetcher.progress()
        received = self._fetcher.received_bytes
        rate = self._meter.rate(received)
        in_hand_bytes = sum(got for _, got, _ in progress)
        done = figures.bytes_done + in_hand_bytes
        left = max(0, figures.bytes_total - done)
        listing = self._lister is not None and not self._lister.done.is_set()
        items = tuple(
            ItemProgress(hand.item.id, hand.item.recording_id, hand.item.conversation_id, got, total)
            for key, got, total in progress
            if (hand := self._hands.get(key)) is not None
        )
        return Snapshot(
            run_id=self._tally.run_id,
            phase=self._phase,
            counts=figures.counts,
            skipped=figures.skipped,
            bytes_total=figures.bytes_total,
            bytes_done=min(done, figures.bytes_total),
            content_requests=self._requests,
            rate=rate,
            remaining=left / rate if left and rate > 0 and not listing else None,
            elapsed=self._meter.elapsed,
            concurrency=self._pace.allowed,
            in_hand=items,
            wait=self._wait(),
            pages=self._lister.pages if self._lister is not None else 0,
            sizes=figures.sizes,
            bytes_skipped=figures.bytes_skipped,
        )

    def _wait(self) -> Wait | None:
        error = self._error
        if error is not None:
            return Wait(error.code, None)
        return self._gate.wait_state(CONTENT) or self._gate.wait_state(SEARCH)

    # --- the run

    @property
    def error(self) -> MirError | None:
        """What ended or holds the run, if anything did."""
        return self._error

    @property
    def received(self) -> int:
        """Bytes of audio that came over the network."""
        return self._fetcher.received_bytes

    def run(self) -> RunPhase:
        """Work until everything listed is settled, or nothing can go on; answers how it ended.

        Raises:
            LedgerError, DiskError: not even the end of the run could be written; the next run goes on from the rows.

        """
        self._list()
        try:
            while not self._over():
                self._top_up()
                self._settle(self._drain())
        except MirError as error:
            # The ledger itself, or the archive's folder: nothing can be held that cannot be written down.
            self._note(error)
        finally:
            stopped = self._stop.is_set()
            self._wind_down()
            self._inbox.close()
        return self._end(stopped=stopped)

    def _list(self) -> None:
        if self._lister is not None and self._listing is not None:
            self._lister.start(self._listing, listed=lambda: self._inbox.put(Nudge()))

    def _over(self) -> bool:
        if self._stop.is_set():
            return True
        listing = self._lister is not None and not self._lister.done.is_set()
        self._heed_lister()
        if self._error is not None:
            return True
        if listing or self._hands or self._tally.counts[State.QUEUED] > 0:
            return False
        if self._tally.counts[State.FETCHED] > 0 and not self._placed_again:
            # Left by a kill, or held by another program a moment ago (faults 33, 39): only placed, not fetched.
            self._placed_again = True
            self._note(self._settler.leftovers())
            return False
        return not self._settler.expects

    def _heed_lister(self) -> None:
        """A listing that broke off is no listing; its error stands before it says that it is done."""
        failed = self._lister.error if self._lister is not None else None
        if not isinstance(failed, Interrupted):
            self._note(failed)

    def _top_up(self) -> None:
        if due := self._settler.due():
            self._ledger.queue.come_back(self._tally, due)
        if self._tally.counts[State.QUEUED] <= 0 or self._gate.closed_for(CONTENT) > 0 or self._error is not None:
            return
        room = min(_BATCH, self._fetcher.room())
        if room <= 0:
            return
        if self._phase is RunPhase.LISTING:
            self._set_phase(RunPhase.FETCHING)
        here = sum(got for _, got, _ in self._fetcher.progress())
        hands, full = self._claims.take(room, in_hand_now=self._hands.values(), here=here)
        self._note(full)
        for hand in hands:
            self._hands[hand.item.id] = hand
        self._fetcher.submit([self._claims.order(hand) for hand in hands])

    def _drain(self) -> list[Event]:
        return self._inbox.gather(wait=self._patience_of_idle(), in_hand=len(self._hands), hurry=self._stop.is_set())

    def _patience_of_idle(self) -> float:
        closed = self._gate.closed_for(CONTENT)
        return min(_IDLE, closed) if closed > 0 else _IDLE

    def _settle(self, events: list[Event]) -> None:
        whole: list[tuple[InHand, Outcome]] = []
        for event in events:
            if isinstance(event, Durable):
                self._ledger.queue.durable(
                    event.key, offset=event.offset, prefix_sha256=event.prefix_sha256, etag=event.etag
                )
            elif isinstance(event, Outcome):
                self._requests += event.requests
                hand = self._hands.pop(event.key)
                if event.error is None:
                    whole.append((hand, event))
                    if hand.item.size is None:
                        self._space.unlisted(event.size)
                else:
                    self._failed(hand, event, event.error)
            elif isinstance(event, Errand):
                self._carry_out(event)
        if whole:
            self._trouble.succeeded()
            self._note(self._settler.whole(whole))
            self._count_traffic(every=1_000)
        if self._leaving and (out := self._leaving - self._hands.keys()):
            self._leaving -= out
            self._ledger.wishes.leave_out(self._tally, self._tally.run_id, out)

    def _carry_out(self, errand: Errand) -> None:
        """A wish, by the thread that knows what is in hand. Whoever asked is told of an error; the run goes on."""
        wish = errand.wish
        if not errand.answer.set_running_or_notify_cancel():
            return
        aside: set[int] = set()
        try:
            if wish.run_id == self._tally.run_id and wish.asked is Asked.LEAVE_OUT:
                aside = self._hands.keys() & set(self._ledger.wishes.meant(wish.run_id, wish.which))
                self._leaving |= aside
            elif wish.run_id == self._tally.run_id and wish.asked is Asked.PUT_FIRST:
                # What is claimed but not begun goes back behind it.
                aside = self._hands.keys() - {key for key, _, _ in self._fetcher.progress()}
            errand.answer.set_result(self._ledger.wishes.carry_out(wish, self._tally))
            for key in aside:
                self._fetcher.cancel(key)
        except MirError as error:
            errand.answer.set_exception(error)

    def _failed(self, hand: InHand, outcome: Outcome, error: MirError) -> None:
        if self._trouble.failed(error):
            self._note(error)
        elif not isinstance(error, MAKES_EVERYBODY_WAIT) and outcome.requests and not isinstance(error, Interrupted):
            _log.debug("item %s: %s", hand.item.id, error.code)
        stopped = self._settler.failed(hand, outcome)
        if stopped is not None and not isinstance(stopped, Interrupted):
            self._note(stopped)

    def _note(self, error: MirError | None) -> None:
        """Remember the first error that stops the run."""
        if self._error is None:
            self._error = error

    def _set_phase(self, phase: RunPhase) -> None:
        self._phase = phase
        self._ledger.runs.set_phase(self._tally.run_id, phase)

    def _drop(self) -> None:
        """Stop what is in hand and keep its parts durable; each order answers with an outcome."""
        self._fetcher.drop_all()
        until = self._clock.monotonic() + _WIND_DOWN
        while self._hands and self._clock.monotonic() < until:
            self._settle(self._drain())

    def _wind_down(self) -> None:
        """Nobody works for the run any more when it ends: not the fetcher, not the lister."""
        self._stop.set()
        try:
            self._drop()
        except MirError as error:
            self._note(error)
        finally:
            self._fetcher.close()
            if self._lister is not None:
                self._lister.join(_WIND_DOWN)

    def _count_traffic(self, *, every: int = 1) -> None:
        requests, received = self._requests, self._fetcher.received_bytes
        if requests - self._told[0] >= every:
            self._ledger.runs.add_traffic(
                self._tally.run_id, requests=requests - self._told[0], received=received - self._told[1]
            )
            self._told = (requests, received)

    def _end(self, *, stopped: bool) -> RunPhase:
        lister = self._lister
        self._count_traffic()
        reason = self._error.code if self._error is not None else ""
        figures = self._tally.figures()
        phase = self._stopped_as
        if stopped and self._stopped_as is not RunPhase.CANCELLED:
            reason = "" if phase is RunPhase.PAUSED else Interrupted.code
        elif stopped:
            self._ledger.wishes.let_go(self._tally)
            figures = self._tally.figures()
        elif self._error is not None and self._options.rests:
            phase = RunPhase.PAUSED
        else:
            if lister is not None and lister.broken and not reason:
                reason = lister.broken[0].code
            unfinished = sum(count for state, count in figures.counts.items() if state not in FINAL)
            self.news = self._ledger.runs.unreported(self._tally.run_id)
            phase = RunPhase.PARTIAL if reason or unfinished or self.news else RunPhase.COMPLETE
            if not reason and not unfinished and lister is not None and lister.watermark is not None:
                # Everything listed is home or in a named final state: only now the watermark moves (R13).
                mark = lister.watermark
                self._ledger.runs.set_watermark(mark.scope, mark.cursor, as_of=mark.as_of, run_id=self._tally.run_id)
        self._phase = phase
        write = self._ledger.runs.rest if phase in GOES_ON else self._ledger.runs.end
        summary = Summary(
            figures.counts,
            skipped=figures.skipped,
            bytes_total=figures.bytes_total,
            bytes_done=figures.bytes_done,
            seconds=self._meter.elapsed,
            news=self.news,
        )
        write(self._tally.run_id, phase, reason=reason, now=self._clock.now().timestamp(), summary=summary)
        return phase
