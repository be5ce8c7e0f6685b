"""Settles what came back from the service: proof, then a name in the archive, then the ledger; or the error's step.

Killed between any two of the three, the next run finds the item `fetching` (it resumes), `fetched` (it is only
placed, or adopted if it already lies there) or `archived`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from pathlib import Path
from random import random as system_random

import msgspec

from download_client.archive import Archive, Finished, Placed
from download_client.content import Outcome
from download_client.errors import (
    ArchiveMissing,
    DigestMismatch,
    DiskError,
    DiskFailed,
    DiskFull,
    EmptyAtSource,
    Interrupted,
    MirError,
    NotWav,
    RecordingError,
    Truncated,
)
from download_client.ledger import Change, Item, Ledger, Tally
from download_client.model import Conversation, Recording, State
from download_client.retry import Clock, Patience
from download_client.transfer.judgement import Proof, after, prove
from download_client.wav import WavInfo, inspect, inspect_bytes

_log = logging.getLogger(__name__)

_SUSPECT = (DigestMismatch, NotWav, Truncated)
"""Whole on the wire, yet not what was announced: set aside, fetched once more, then refused (fault 20)."""

_NOBODY_CAN_PLACE = (DiskFull, ArchiveMissing)
"""Errors of placing that are not one recording's: the run cannot go on."""

_DENIED_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class InHand:
    """A claimed item with what its name, its CSV and its manifest line need."""

    item: Item
    conversation: Conversation
    recording: Recording


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for every recording of a run. `source` is the service's host, for the CSV."""

    run_id: int
    access_level: str
    source: str


Refresh = Callable[[str], Conversation]
"""From a conversation's id to what the service lists for it now; `api.Api.conversation` is one."""


class Settler:
    """Turns outcomes into steps of the ledger. One thread uses it."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        archive: Archive,
        tally: Tally,
        context: Context,
        patience: Patience,
        clock: Clock,
        refresh: Refresh,
        random: Callable[[], float] = system_random,
    ) -> None:
        self._ledger = ledger
        self._archive = archive
        self._tally = tally
        self._context = context
        self._patience = patience
        self._clock = clock
        self._refresh = refresh
        self._random = random
        self._later: list[tuple[float, int]] = []

    def due(self) -> list[int]:
        """Items that failed or wait in this run and whose time has come, by a clock that never jumps (fault 45)."""
        now = self._clock.monotonic()
        found: list[int] = []
        while self._later and self._later[0][0] <= now:
            found.append(heappop(self._later)[1])
        return found

    def expect(self, later: Sequence[tuple[int, float]]) -> None:
        """Items that an earlier part of this run left to be tried again, each at a time (seconds, UTC)."""
        now, at = self._clock.now().timestamp(), self._clock.monotonic()
        for item_id, again_at in later:
            # The clock may have been put back since.
            heappush(self._later, (at + min(max(0.0, again_at - now), _DENIED_SECONDS), item_id))

    @property
    def expects(self) -> bool:
        """Whether anything that failed or waits will be tried again in this run."""
        return bool(self._later)

    def whole(self, batch: Sequence[tuple[InHand, Outcome]]) -> MirError | None:
        """Prove and place bodies that arrived whole; answers the error that stops the run, if one does."""
        fetched: list[Change] = []
        finished: list[tuple[InHand, Finished]] = []
        stop: MirError | None = None
        for hand, outcome in batch:
            try:
                wav = self._wav(hand, outcome)
                proof = prove(
                    hand.item,
                    size=outcome.size,
                    sha256=outcome.sha256,
                    server_digest=outcome.server_digest,
                    wav=wav,
                )
            except FileNotFoundError:
                # Taken away behind our back: fetched anew, a little later.
                vanished = Truncated("its part is gone", subject=hand.item.recording_id)
                stop = self._step(hand, vanished) or stop
                continue
            except OSError as error:
                held = DiskFailed(type(error).__name__, subject=hand.item.recording_id)
                stop = self._step(hand, held) or stop
                continue
            except MirError as error:
                stop = self._suspect(hand, error) or stop
                continue
            if self._home_already(hand, outcome, proof, wav):
                continue
            done = self._finished(
                hand,
                wav,
                size=outcome.size,
                sha256=outcome.sha256,
                etag=outcome.etag,
                verified_by=str(proof),
            )
            finished.append((hand, done))
            fetched.append(self._fetched(hand, outcome, proof, wav))
        self._ledger.queue.mark(self._tally, fetched)
        return self._place(finished) or stop

    def leftovers(self) -> MirError | None:
        """Place what an earlier stop left proved but not placed; nothing is fetched for it."""
        finished: list[tuple[InHand, Finished]] = []
        again: list[Change] = []
        for item, conversation in self._ledger.queue.fetched(self._tally.run_id):
            hand = in_hand(item, conversation)
            part = self._archive.part_path(item.recording_id, item.version)
            where = part if part.exists() else self._archive.root / item.path
            try:
                if hand is None:
                    raise Truncated("its conversation no longer names it", subject=item.recording_id)
                wav = inspect(where)
            except (MirError, OSError):
                again.append(Change(item.id, State.QUEUED, offset=0))
                continue
            done = self._finished(
                hand,
                wav,
                size=item.done_size or 0,
                sha256=item.done_sha256,
                etag=item.done_etag,
                verified_by=item.verified_by,
            )
            finished.append((hand, done))
        self._ledger.queue.mark(self._tally, again)
        return self._place(finished)

    def _finished(self, hand: InHand, wav: WavInfo, *, size: int, sha256: str, etag: str, verified_by: str) -> Finished:
        """What the archive is given to place, now, in the name of this run."""
        return Finished(
            part=self._archive.part_path(hand.item.recording_id, hand.item.version),
            path=hand.item.path,
            conversation=hand.conversation,
            recording=hand.recording,
            version_number=hand.item.version,
            size=size,
            sha256=sha256,
            etag=etag,
            verified_by=verified_by,
            wav=wav,
            downloaded_at=self._clock.now(),
            run_id=self._context.run_id,
            access_level=self._context.access_level,
            source=self._context.source,
        )

    def failed(self, hand: InHand, outcome: Outcome) -> MirError | None:
        """Write the step after an error; answers the error again where it stops the run."""
        error = outcome.error
        assert error is not None  # noqa: S101 - the caller's split
        return self._step(hand, error, outcome=outcome)

    def _step(self, hand: InHand, error: MirError, *, outcome: Outcome | None = None) -> MirError | None:
        step = after(error)
        item = hand.item
        now = self._clock.now().timestamp()
        moved_on = outcome is not None and outcome.offset > item.offset
        attempts = (0 if moved_on else item.attempts) + step.attempt
        again_at: float | None = None
        state = step.state
        if state in (State.FAILED, State.WAITING):
            delay = self._patience.delay(attempt=max(attempts, 1), error=error, random=self._random())
            if delay is not None:
                again_at = now + delay
                heappush(self._later, (self._clock.monotonic() + delay, item.id))
        elif state is State.DENIED:
            again_at = now + _DENIED_SECONDS
        keep = outcome is not None and not step.fresh
        self._ledger.queue.mark(
            self._tally,
            [
                Change(
                    item.id,
                    state,
                    code="" if state is State.QUEUED else error.code,
                    detail="" if state is State.QUEUED else error.detail,
                    again_at=again_at,
                    attempts=attempts,
                    offset=outcome.offset if keep and outcome is not None else 0,
                    prefix_sha256=outcome.prefix_sha256 if keep and outcome is not None else "",
                    part_etag=outcome.etag if keep and outcome is not None else "",
                )
            ],
        )
        if not isinstance(error, Interrupted):
            _log.info("recording %s: %s", item.recording_id, error.code)
        return error if step.stop else None

    def _suspect(self, hand: InHand, error: MirError) -> MirError | None:
        """What arrived is not what was announced: once set aside and asked for anew, twice refused."""
        item = hand.item
        part = self._archive.part_path(item.recording_id, item.version)
        if isinstance(error, _SUSPECT) and part.exists() and part.stat().st_size:
            try:
                self._archive.quarantine(part, reason=error.code)
            except DiskError as disk:
                return self._step(hand, disk)
        else:
            _remove(part)
        if isinstance(error, EmptyAtSource) or item.mismatches:
            refused = DigestMismatch(error.detail, subject=error.subject) if isinstance(error, Truncated) else error
            return self._step(hand, refused)
        try:
            fresh = self._refresh(item.conversation_id)
            now = self._clock.now().timestamp()
            self._ledger.listing.add(self._tally, (fresh,), position=None, now=now, urgent_before=now)
        except MirError as not_now:
            _log.info("conversation %s could not be asked again: %s", item.conversation_id, not_now.code)
        self._ledger.queue.mark(
            self._tally, [Change(item.id, State.QUEUED, offset=0, prefix_sha256="", part_etag="", mismatches=1)]
        )
        return None

    def _wav(self, hand: InHand, outcome: Outcome) -> WavInfo:
        if outcome.size == 0:
            listed = hand.item.size or hand.item.sha256 not in ("", outcome.sha256)
            kind = Truncated if listed and not hand.item.mismatches else EmptyAtSource
            raise kind("no bytes", subject=hand.item.recording_id)
        wav = inspect_bytes(outcome.head, size=outcome.size)
        if wav is None:
            wav = inspect(self._archive.part_path(hand.item.recording_id, hand.item.version))
        return wav

    def _home_already(self, hand: InHand, outcome: Outcome, proof: Proof, wav: WavInfo) -> bool:
        """A new version by the service's word, whose bytes are those of an older one: no second file for them."""
        item = hand.item
        path = self._ledger.queue.home_of(item.recording_id, outcome.sha256) if item.version > 1 else ""
        if not path:
            return False
        known = replace(self._fetched(hand, outcome, proof, wav), state=State.ARCHIVED, path=path, offset=0)
        now = self._clock.now().timestamp()
        self._ledger.queue.mark(self._tally, [replace(known, archived_at=now)])
        _remove(self._archive.part_path(item.recording_id, item.version))
        return True

    def _fetched(self, hand: InHand, outcome: Outcome, proof: Proof, wav: WavInfo) -> Change:
        return Change(
            hand.item.id,
            State.FETCHED,
            done_size=outcome.size,
            done_sha256=outcome.sha256,
            done_etag=outcome.etag,
            verified_by=str(proof),
            wav=msgspec.json.encode(wav).decode(),
        )

    def _place(self, finished: Sequence[tuple[InHand, Finished]]) -> MirError | None:
        if not finished:
            return None
        stop: MirError | None = None
        changes: list[Change] = []
        results = self._archive.place([done for _, done in finished])
        for (hand, done), result in zip(finished, results, strict=True):
            if isinstance(result, Placed):
                changes.append(
                    Change(
                        hand.item.id,
                        State.ARCHIVED,
                        path=result.path,
                        archived_at=done.downloaded_at.timestamp(),
                        offset=0,
                    )
                )
                continue
            changes.append(_not_placed(hand.item.id, result))
            _log.info("recording %s: not placed: %s", hand.item.recording_id, result.code)
            if isinstance(result, _NOBODY_CAN_PLACE):
                stop = result
        self._ledger.queue.mark(self._tally, changes)
        return stop


def _remove(part: Path) -> None:
    """A part of no worth goes; one that another program holds is written over the next time."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _not_placed(item_id: int, error: MirError) -> Change:
    """What becomes of a recording that was whole and proved but could not be given its name."""
    if isinstance(error, RecordingError):
        # Its part is gone or was cut behind our back: there is nothing left to place.
        return Change(item_id, State.QUEUED, offset=0, prefix_sha256="", part_etag="")
    if isinstance(error, DiskFailed):
        # The part is on a bad spot: it is abandoned (fault 32), and fetched anew by the next run.
        return Change(item_id, State.FAILED, code=error.code, detail=error.detail, offset=0)
    # It stays `fetched` and is only placed next time (fault 33).
    return Change(item_id, State.FETCHED, code=error.code, detail=error.detail)


def in_hand(item: Item, conversation: Conversation) -> InHand | None:
    """Join an item with its recording; None where the conversation as last listed no longer names it."""
    recording = next((r for r in conversation.recordings if r.id == item.recording_id), None)
    return None if recording is None else InHand(item, conversation, recording)
