"""One pull at work: the lister fills the ledger, this loop claims, hands over, settles; it can begin again at any step.

::

    lister ─pages→ ledger.listing.add ┐
                                      ├→ queue.claim → fetcher → settle (proof → place → ledger) → next
    a killed run ─recover→ ───────────┘

It does not decide who is signed in nor where the archive lies; it ends, or pauses, when nothing can go on.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from download_client.archive import Archive
from download_client.content import Durable, Fetcher, Order, Outcome
from download_client.errors import Interrupted, MirError, RecordingGone
from download_client.ledger import Change, Item, Ledger, Tally
from download_client.model import (
    FINAL,
    Conversation,
    ItemProgress,
    RunPhase,
    Snapshot,
    State,
    Wait,
)
from download_client.retry import CONTENT, SEARCH, Clock, Gate, Pace
from download_client.transfer.inbox import Event, Inbox, Nudge
from download_client.transfer.judgement import MAKES_EVERYBODY_WAIT
from download_client.transfer.lister import Lister
from download_client.transfer.meter import Meter
from download_client.transfer.settle import InHand, Settler, in_hand
from download_client.transfer.space import Space
from download_client.transfer.trouble import Trouble

_log = logging.getLogger(__name__)

_BATCH = 64
"""Recordings claimed at once, at most."""
_IDLE = 0.25
"""Seconds between two looks at the clock while nothing happens."""
_WIND_DOWN = 2.5
"""Seconds for parts to become durable at a stop (fault 42 asks for less than three in all)."""


PlaceOf = Callable[[str, str], str]
"""From a conversation's and a recording's id to the URL of the content; `api.Api.content_place` knows it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may use. `hold`: pause instead of ending when somebody has to act (the window does; the CLI does not).

    `min_free` bytes stay free on the archive's volume.
    """

    min_free: int
    hold: bool = False


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
        self._archive = archive
        self._tally = tally
        self._lister = lister
        self._listing = listing
        self._settler = settler
        self._inbox = Inbox(clock)
        self._fetcher = fetcher(self._inbox)
        self._place_of = place_of
        self._gate = gate
        self._pace = pace
        self._trouble = trouble
        self._clock = clock
        self._options = options
        self._stop = stop
        self._held = threading.Lock()
        """So that what holds the run and the word to go on never cross."""
        self._go_on = threading.Event()
        self._go_on.set()
        self._cancelled = False
        self._hands: dict[int, InHand] = {}
        self._meter = Meter(clock)
        self._phase = RunPhase.LISTING
        self._requests = 0
        self._told = (0, 0)
        self._space = Space(archive, min_free=options.min_free)
        self._placed_again = False
        self._error: MirError | None = None
        self.news = 0
        """Recordings in a final state that no run has reported before; known at the end."""

    # --- from any thread

    def pause(self) -> None:
        """Stop fetching; parts become durable, nothing is lost."""
        self._go_on.clear()
        self._inbox.put(Nudge())

    def resume(self) -> None:
        """Go on after `pause`, or after what held the run was mended; a listing that broke off goes on, too."""
        with self._held:
            self._error = None
            self._go_on.set()

    def cancel(self) -> None:
        """End the run; what is archived stays, what is not is wanted by nobody."""
        self._cancelled = True
        self.stop()

    def stop(self) -> None:
        """End the run as soon as everything in hand is durable; the next one goes on."""
        self._stop.set()
        self._go_on.set()
        self._inbox.put(Nudge())

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
            ItemProgress(hand.item.recording_id, hand.item.conversation_id, got, total)
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
                if not self._go_on.is_set():
                    self._rest()
                    continue
                self._top_up()
                self._settle(self._drain())
                self._hold_or_end()
        except MirError as error:
            # The ledger itself, or the archive's folder: nothing can be held that cannot be written down.
            self._note(error)
        finally:
            stopped = self._stop.is_set()
            self._wind_down()
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
            return not self._options.hold
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
        hands = []
        for item, conversation in self._ledger.queue.claim(self._tally, room, plan=self._plan):
            hand = in_hand(item, conversation)
            if hand is None:
                gone = RecordingGone.code
                self._ledger.queue.mark(self._tally, [Change(item.id, State.GONE, code=gone)])
            else:
                hands.append(hand)
        fitting = self._fitting(hands)
        for hand in fitting:
            self._hands[hand.item.id] = hand
        self._fetcher.submit([self._order(hand) for hand in fitting])

    def _plan(self, item: Item, conversation: Conversation) -> str:
        hand = in_hand(item, conversation)
        if hand is None:
            return ""
        return self._archive.plan_name(conversation, hand.recording, version_number=item.version)

    def _order(self, hand: InHand) -> Order:
        item = hand.item
        return Order(
            key=item.id,
            url=self._place_of(item.conversation_id, item.recording_id),
            part=self._archive.part_path(item.recording_id, item.version),
            offset=item.offset,
            prefix_sha256=item.prefix_sha256,
            etag=item.part_etag,
            size=item.size,
            sha256=item.sha256,
        )

    def _fitting(self, hands: list[InHand]) -> list[InHand]:
        """Those for which there is room; the others are queued again, until what is under way has come."""
        under_way = sum(hand.item.size or 0 for hand in self._hands.values())
        here = sum(got for _, got, _ in self._fetcher.progress())
        fitting: list[InHand] = []
        try:
            sizes = [hand.item.size or 0 for hand in hands]
            fitting = hands[: self._space.fits(sizes, under_way=max(0, under_way - here))]
            if hands and not fitting and not self._hands:
                self._note(self._space.full(wanted=self._tally.bytes_total - self._tally.bytes_done))
        except MirError as error:
            self._note(error)
        back = [Change(hand.item.id, State.QUEUED) for hand in hands[len(fitting) :]]
        self._ledger.queue.mark(self._tally, back)
        return fitting

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
        if whole:
            self._trouble.succeeded()
            self._note(self._settler.whole(whole))
            self._count_traffic(every=1_000)

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
        with self._held:
            if error is not None and self._error is None:
                self._error = error

    def _hold_or_end(self) -> None:
        with self._held:
            if self._error is not None and self._options.hold:
                self._go_on.clear()

    def _rest(self) -> None:
        """Paused, by somebody or by what holds the run: everything durable, then wait."""
        self._drop()
        reason = self._error.code if self._error is not None else ""
        self._set_phase(RunPhase.PAUSED, reason=reason)
        while not self._go_on.is_set() and not self._stop.is_set():
            self._clock.wait(self._go_on, _IDLE)
        if self._stop.is_set():
            return
        self._set_phase(RunPhase.LISTING)
        if self._lister is not None and self._lister.error is not None:
            self._list()

    def _set_phase(self, phase: RunPhase, *, reason: str = "") -> None:
        self._phase = phase
        self._ledger.runs.set_phase(self._tally.run_id, phase, reason=reason)

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
        if self._cancelled:
            self._ledger.queue.let_go(self._tally)
            phase = RunPhase.CANCELLED
        elif stopped:
            phase, reason = RunPhase.INTERRUPTED, Interrupted.code
        else:
            if lister is not None and lister.broken and not reason:
                reason = lister.broken[0].code
            unfinished = sum(count for state, count in self._tally.figures().counts.items() if state not in FINAL)
            self.news = self._ledger.runs.unreported(self._tally.run_id)
            phase = RunPhase.PARTIAL if reason or unfinished or self.news else RunPhase.COMPLETE
            if not reason and not unfinished and lister is not None and lister.watermark is not None:
                # Everything listed is home or in a named final state: only now the watermark moves (R13).
                mark = lister.watermark
                self._ledger.runs.set_watermark(mark.scope, mark.cursor, as_of=mark.as_of, run_id=self._tally.run_id)
        self._phase = phase
        self._ledger.runs.end(self._tally.run_id, phase, reason=reason, now=self._clock.now().timestamp())
        return phase
