"""Fetches one recording to be heard: asked for as a replay, proved like all others; no ledger, no archive knows of it.

Every fetch shares the connections, the gate and the pace with the others. What broke off goes on where it was.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from download_client.content import ContentOptions, Durable, Fetcher, Order, Outcome
from download_client.credentials import Secret
from download_client.errors import (
    DigestMismatch,
    DiskFailed,
    EmptyAtSource,
    FileChanged,
    Interrupted,
    MirError,
    NotReady,
    NotWav,
    RangeBroken,
    RateLimited,
    RecordingError,
    Truncated,
)
from download_client.model import Wait
from download_client.retry import REPLAY, Clock, Gate, Pace, Patience, again
from download_client.transfer.judgement import prove
from download_client.wav import inspect, inspect_bytes

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 4
"""Far below the replays that a service bears (F9): they belong to everybody of the account."""
_TRIES: Final = 4
"""For somebody who waits. A free replay is waited for as long as the patience lasts."""
_GLANCE: Final = 0.1
"""Seconds between two looks at how far it is."""
_SUSPECT: Final = (DigestMismatch, NotWav, Truncated)
"""Whole on the wire, yet not what was announced: asked for once more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One recording. `size` and `sha256` are the listing's word; `waits` False: one that is not ready is told at once.

    `part` is its own file, whose folder exists.
    """

    recording_id: str
    url: str
    size: int | None
    sha256: str
    part: Path
    waits: bool = True


@dataclass(slots=True)
class Begun:
    """What an earlier try left in the part: so many proved bytes."""

    offset: int = 0
    prefix_sha256: str = ""
    etag: str = ""

    def forget(self) -> None:
        """Begin anew."""
        self.offset, self.prefix_sha256, self.etag = 0, "", ""

    def take(self, told: Outcome | Durable) -> None:
        """Go on from there."""
        self.offset, self.prefix_sha256, self.etag = told.offset, told.prefix_sha256, told.etag


@dataclass(frozen=True, slots=True)
class Heard:
    """A part that is whole and proved."""

    size: int
    sha256: str


Progress = Callable[[int, int | None, bool], None]
"""Bytes here, bytes in all (None: not known), and whether they come now or it waits for its turn."""


class Hearing:
    """Made without asking anybody; connections come with the first fetch. Thread-safe; `close` ends what is under way.

    `token` gives the access token, `renew` a new one for one that was refused.
    """

    def __init__(
        self,
        *,
        options: Callable[[], ContentOptions],
        token: Callable[[], Secret],
        renew: Callable[[Secret], Secret],
        gate: Gate,
        patience: Callable[[], Patience],
        clock: Clock,
    ) -> None:
        self._options = options
        self._token = token
        self._renew = renew
        self._gate = gate
        self._patience = patience
        self._clock = clock
        self._desk = _Desk()
        self._making = threading.Lock()
        self._fetcher: Fetcher | None = None

    def fetch(
        self,
        wanted: Wanted,
        begun: Begun,
        *,
        progress: Progress,
        waits: Callable[[Wait], None],
        stop: threading.Event,
    ) -> Heard:
        """Bring it into its part; `begun` says from where to go on, and is kept up to date. Blocks.

        Raises:
            RecordingError: it cannot be had, or not now (NotReady).
            NetworkError, ServiceError, SignInError: the service cannot be asked.
            DiskError: the part cannot be written.
            Interrupted: `stop` was set; the part can be gone on with.

        """
        tried = _Tried()
        answer = again(
            partial(self._attempt, wanted, begun, tried, progress, stop),
            patience=self._patience(),
            gate=self._gate,
            policy=REPLAY,
            clock=self._clock,
            stop=stop,
            waits=waits,
        )
        if isinstance(answer, MirError):
            raise answer
        return answer

    def close(self) -> None:
        """End what is under way, and let go of connections; the next fetch makes new ones."""
        with self._making:
            old, self._fetcher = self._fetcher, None
        if old is not None:
            old.close()

    def _attempt(
        self, wanted: Wanted, begun: Begun, tried: _Tried, progress: Progress, stop: threading.Event
    ) -> Heard | MirError:
        """One try; an error that is not to be tried again is the answer, one that is, is raised."""
        try:
            return self._once(wanted, begun, progress, stop)
        except RateLimited:
            raise
        except _SUSPECT as error:
            begun.forget()
            with suppress(OSError):
                wanted.part.unlink(missing_ok=True)
            if tried.suspected:
                return error
            tried.suspected = True
            return self._attempt(wanted, begun, tried, progress, stop)
        except MirError as error:
            if isinstance(error, FileChanged | RangeBroken):
                begun.forget()
            tried.times += 1
            if tried.times >= _TRIES or (isinstance(error, NotReady) and not wanted.waits):
                return error
            raise

    def _once(self, wanted: Wanted, begun: Begun, progress: Progress, stop: threading.Event) -> Heard:
        outcome = self._ask(wanted, begun, progress, stop)
        begun.take(outcome)
        if outcome.error is not None:
            if not isinstance(outcome.error, Interrupted):
                _log.info("recording %s to be heard: %s", wanted.recording_id, outcome.error.code)
            raise outcome.error
        if outcome.size == 0:
            kind: type[RecordingError] = Truncated if wanted.size else EmptyAtSource
            raise kind("no bytes", subject=wanted.recording_id)
        try:
            wav = inspect_bytes(outcome.head, size=outcome.size) or inspect(wanted.part)
        except OSError as error:
            raise DiskFailed(type(error).__name__, subject=wanted.recording_id) from error
        prove(wanted, size=outcome.size, sha256=outcome.sha256, server_digest=outcome.server_digest, wav=wav)
        return Heard(outcome.size, outcome.sha256)

    def _ask(self, wanted: Wanted, begun: Begun, progress: Progress, stop: threading.Event) -> Outcome:
        fetcher = self._at_work()
        key, told = self._desk.open()
        order = Order(
            key=key,
            url=wanted.url,
            part=wanted.part,
            offset=begun.offset,
            prefix_sha256=begun.prefix_sha256,
            etag=begun.etag,
            size=wanted.size,
            sha256=wanted.sha256,
        )
        try:
            progress(begun.offset, wanted.size, False)
            fetcher.submit([order])
            while True:
                try:
                    event = told.get(timeout=_GLANCE)
                except Empty:
                    if stop.is_set():
                        fetcher.cancel(key)
                    here = next((row for row in fetcher.progress() if row[0] == key), None)
                    if here is not None:
                        progress(here[1], here[2] or wanted.size, True)
                    else:
                        progress(begun.offset, wanted.size, False)
                    continue
                if isinstance(event, Outcome):
                    return event
                begun.take(event)
        except ValueError:
            raise Interrupted from None  # it was closed while we came
        finally:
            self._desk.close(key)

    def _at_work(self) -> Fetcher:
        with self._making:
            if self._fetcher is None:
                self._fetcher = Fetcher(
                    options=self._options(),
                    token=self._token,
                    renew=self._renew,
                    gate=self._gate,
                    pace=Pace(start=_AT_ONCE, ceiling=_AT_ONCE, clock=self._clock),
                    clock=self._clock,
                    events=self._desk,
                )
            return self._fetcher


@dataclass(slots=True)
class _Tried:
    """How a fetch went so far."""

    times: int = 0
    suspected: bool = False


class _Desk:
    """Brings what the fetcher tells to whoever asked for it."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[int, SimpleQueue[Outcome | Durable]] = {}

    def open(self) -> tuple[int, SimpleQueue[Outcome | Durable]]:
        """A key for an order, and where to hear of it."""
        key = next(self._numbers)
        told = self._waiting[key] = SimpleQueue()
        return key, told

    def close(self, key: int) -> None:
        """Nobody listens any more."""
        del self._waiting[key]

    def put(self, event: Outcome | Durable, /) -> None:
        """Called on the fetcher's threads."""
        told = self._waiting.get(event.key)
        if told is not None:
            told.put(event)
