"""The transfer thread: libcurl's multi handle with all its transfers; what an answer means is decided elsewhere.

One thread drives all connections (`perform`, then wait), everything else comes to it as jobs: from callers, from the
writing thread, from the token's thread. `answer` says what an answer means, `journey` where to go next.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

import pycurl

from download_client.content import door
from download_client.content.answer import Action, Verdict
from download_client.content.bearer import Bearer
from download_client.content.fields import Fields
from download_client.content.journey import Journey
from download_client.content.line import Line
from download_client.content.order import ContentOptions, Durable, Order, Outcome
from download_client.content.part import Part
from download_client.content.pool import Pool, Rate
from download_client.content.trust import Trust
from download_client.content.worker import Job
from download_client.content.writer import Stream, Writer
from download_client.credentials import Secret
from download_client.errors import (
    ConnectionLost,
    DiskError,
    Interrupted,
    MirError,
    RangeBroken,
    RateLimited,
    ServiceUnavailable,
)
from download_client.retry import Clock, Gate, Pace, parse_retry_after

_LOG = logging.getLogger(__name__)
_SMALLEST_BLOCK = 128 * 1024
_TURN = 0.1
"""Longest wait in seconds while transfers are under way; new orders are seen that late at worst."""
_PAUSED_TURN = 0.002


class Loop:
    """Everything here but `do`, `progress` and `received_bytes` runs on the transfer thread, as a job or by itself.

    `tell` is called with outcomes and durable points, from this thread and from those of the writer.
    """

    def __init__(
        self,
        *,
        options: ContentOptions,
        token: Callable[[], Secret],
        renew: Callable[[Secret], Secret],
        gate: Gate,
        pace: Pace,
        clock: Clock,
        tell: Callable[[Sequence[Outcome | Durable]], None],
    ) -> None:
        self._options = options
        self._gate = gate
        self._policy = options.policy
        self._pace = pace
        self._clock = clock
        self._tell_all = tell
        self._trust = Trust(options.ca_file)
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._bearer = Bearer(token=token, renew=renew, post=self._jobs.put, failed=self._no_token)
        most = options.most_at_once
        self._pool = Pool(block=max(options.block, _SMALLEST_BLOCK), most=most + options.spare_blocks)
        self._rate = Rate()
        self._writer = Writer(options=options, pool=self._pool, tell=tell, broken=self._post_broken)
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, most)
        self._waiting: deque[Journey] = deque()
        self._preparing: dict[int, Journey] = {}
        self._active: dict[int, Line] = {}
        self._idle: list[Line] = []
        self._paused: set[Line] = set()
        self._epoch = 0
        self._watched_at = 0.0
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="mir-content-transfer", daemon=True)
        self._thread.start()

    # --- from any thread ---------------------------------------------------------------------------------------------

    def do(self, job: Job) -> None:
        """Do this soon, on the transfer thread."""
        self._jobs.put(job)

    def progress(self) -> tuple[tuple[int, int, int | None], ...]:
        """Of each transfer under way: its order's key, bytes here, and bytes in all (None: not known)."""
        rows = []
        for key, line in tuple(self._active.items()):
            verdict, journey = line.verdict, line.journey
            if journey is not None:
                start = verdict.start if verdict else journey.asked.offset
                rows.append((key, start + line.received, (verdict.total if verdict else None) or journey.order.size))
        return tuple(rows)

    @property
    def received_bytes(self) -> int:
        """Bytes of bodies that arrived since the beginning, kept or not."""
        return self._rate.spent

    def close(self) -> None:
        """End the threads; everything should be told by then."""
        self._jobs.put(self._end)
        self._thread.join()
        self._writer.close()
        self._trust.close()

    # --- jobs --------------------------------------------------------------------------------------------------------

    def accept(self, orders: Sequence[Order]) -> None:
        """Take these in."""
        for order in orders:
            try:
                journey = Journey(order, epoch=self._epoch)
            except MirError as error:
                self._tell(Outcome(order.key, error, 0, "", order.etag, "", b"", 0, order.offset, order.prefix_sha256))
                continue
            if journey.wants_part:
                self._preparing[order.key] = journey
                self._writer.prepare(order, partial(self._post_prepared, journey))
            else:
                self._waiting.append(journey)
        self._writer.flush()

    def cancel(self, key: int) -> None:
        """Stop this order, if it is still here."""
        for journey in self._waiting:
            if journey.order.key == key:
                self._waiting.remove(journey)
                self._tell(journey.outcome(Interrupted()))
                return
        preparing = self._preparing.pop(key, None)
        if preparing is not None:
            self._tell(preparing.outcome(Interrupted()))
        line = self._active.get(key)
        if line is not None:
            self._ended(line, Interrupted(), ours=True)

    def drop(self) -> None:
        """Stop everything."""
        self._stop_all(Interrupted)

    def set_rate(self, bytes_per_second: float | None) -> None:
        """The rate of all transfers together; None: no limit."""
        self._rate.set(bytes_per_second, now=self._clock.monotonic())

    # --- the loop ----------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ending:
            try:
                self._one_turn()
            except Exception as failure:
                # A fault of ours: nobody may wait for ever for an outcome that does not come.
                _LOG.exception("the transfer thread stumbled")
                self._stop_all(partial(MirError, f"inside the fetcher: {type(failure).__name__}"))
        for line in self._idle:
            line.close()
        self._multi.close()

    def _one_turn(self) -> None:
        self._do_jobs()
        now = self._clock.monotonic()
        self._rate.refill(now)
        self._unpause()
        self._start(now)
        if self._active:
            self._multi.perform()
            self._reap()
            self._watch(now)
        self._writer.flush()
        if self._active and not self._could_start():
            self._multi.select(self._turn())

    def _turn(self) -> float:
        if not self._paused:
            return _TURN
        return min(_TURN, max(_PAUSED_TURN, self._rate.opens_in()))

    def _do_jobs(self) -> None:
        """Do what was posted; with no transfer under way, wait for it (or for the gate)."""
        try:
            if not self._active and not self._could_start():
                # With orders waiting, for the gate or the token, look again in any case: a gate opens without a word.
                self._jobs.get(timeout=(self._gate.closed_for(self._policy) or _TURN) if self._waiting else None)()
            while True:
                self._jobs.get_nowait()()
        except queue.Empty:
            return

    def _could_start(self) -> bool:
        """Whether `_start` would start something."""
        return (
            bool(self._waiting)
            and len(self._active) < self._allowed()
            and self._gate.closed_for(self._policy) <= 0
            and (self._waiting[0].foreign or self._bearer.current(now=self._clock.monotonic()) is not None)
        )

    def _allowed(self) -> int:
        return min(self._pace.allowed, self._options.most_at_once)

    def _start(self, now: float) -> None:
        if not self._could_start():
            return
        secret = self._bearer.current(now=now)
        for _ in range(min(self._allowed() - len(self._active), len(self._waiting))):
            journey = self._waiting.popleft()
            if secret is None and not journey.foreign:
                self._waiting.appendleft(journey)
                return
            line = self._idle.pop() if self._idle else self._new_line()
            line.start(journey, secret, now=now)
            self._active[journey.order.key] = line
            self._multi.add_handle(line.easy)

    def _new_line(self) -> Line:
        return Line(
            options=self._options, trust=self._trust, pool=self._pool, rate=self._rate, writer=self._writer, desk=self
        )

    def _reap(self) -> None:
        """Everything that libcurl has ended."""
        left = 1
        while left:
            left, whole, failed = self._multi.info_read()
            for easy in whole:
                self._ended(easy.line, None)
            for easy, code, text in failed:
                self._ended(easy.line, self._failure(easy, code=code, text=text))

    @staticmethod
    def _failure(easy: pycurl.Curl, *, code: int, text: str) -> MirError:
        return door.from_curl(
            code,
            text=text,
            connected=easy.getinfo(pycurl.CONNECT_TIME) > 0,
            proxy_status=easy.getinfo(pycurl.HTTP_CONNECTCODE),
        )

    def _watch(self, now: float) -> None:
        options = self._options
        if now - self._watched_at < min(1.0, options.stall / 4, options.answer / 4):
            return
        self._watched_at = now
        for line in tuple(self._active.values()):
            error = line.overdue(now=now)
            if error is not None:
                self._pace.pushed_back()
                self._ended(line, error, ours=True)

    def _unpause(self) -> None:
        if self._paused and self._rate.open and self._pool.has_room:
            lines, self._paused = self._paused, set()
            for line in lines:
                if not (self._rate.open and self._pool.has_room):
                    self._paused.add(line)
                    continue
                try:
                    line.go_on()
                except pycurl.error:
                    self._ended(line, line.error or ConnectionLost("after a pause"))

    # --- what a line asks --------------------------------------------------------------------------------------------

    def verdict(self, journey: Journey, fields: Fields) -> Verdict:
        """Judge an answer; a told wait closes the gate before the body has arrived."""
        if fields.status in (429, 503):
            seconds = parse_retry_after(fields.one("retry-after"), now=self._clock.now())
            self._push_back(seconds, RateLimited if fields.status == 429 else ServiceUnavailable)
        return journey.judge(fields, largest=self._options.largest)

    def paused(self, line: Line) -> None:
        """Remember to tell this line when it may go on."""
        self._paused.add(line)

    def _push_back(self, seconds: float | None, kind: type[MirError]) -> None:
        self._pace.pushed_back()
        if seconds is not None:
            self._gate.close(self._policy, seconds=seconds, code=kind.code)

    # --- the end of a transfer ---------------------------------------------------------------------------------------

    def _ended(self, line: Line, failure: MirError | None, *, ours: bool = False) -> None:
        """A transfer is over, by libcurl's word (`failure` None: whole) or by `ours`."""
        journey = line.journey
        if journey is None:
            return
        if not ours:
            line.judge()
        verdict, stream = line.verdict, line.stream
        if stream is not None:
            error = line.error or failure or line.ended_well()
            line.hand_over()
            self._release(line)
            if error is None:
                self._pace.succeeded()
                self._writer.finish(stream, requests=journey.requests)
            else:
                self._fail(stream, error)
            return
        fields, body = line.fields, bytes(line.note)
        self._release(line)
        if verdict is None or ours:
            self._tell(journey.outcome(failure or ConnectionLost("no answer")))
        elif verdict.action is Action.COMPLETE:
            self._tell(journey.outcome(None))
        else:
            self._go_on(journey, verdict, fields, body)

    def _go_on(self, journey: Journey, verdict: Verdict, fields: Fields, body: bytes) -> None:
        """After an answer without a body to keep: ask again at once, or end."""
        error = journey.after(verdict, fields, body, now=self._clock.now())
        if error is None:
            if verdict.action is Action.RENEW and journey.used is not None:
                self._bearer.refused(journey.used)
            self._waiting.appendleft(journey)
            return
        if isinstance(error, (RateLimited, ServiceUnavailable)):
            self._push_back(error.retry_after, type(error))
        self._tell(journey.outcome(error))

    def _fail(self, stream: Stream, error: MirError) -> None:
        stream.settled = True
        if not error.subject:
            error.subject = stream.order.part.name
        self._writer.fail(stream, error, requests=stream.journey.requests)

    def _release(self, line: Line) -> None:
        """The line is free; a transfer that is not over loses its connection."""
        self._multi.remove_handle(line.easy)
        self._paused.discard(line)
        journey, line.journey = line.journey, None
        if journey is not None:
            del self._active[journey.order.key]
        self._idle.append(line)

    # --- on the way --------------------------------------------------------------------------------------------------

    def _tell(self, outcome: Outcome) -> None:
        self._tell_all((outcome,))

    def _post_broken(self, stream: Stream) -> None:
        self._jobs.put(partial(self._on_broken, stream))

    def _post_prepared(self, journey: Journey, part: Part, error: DiskError | None) -> None:
        self._jobs.put(partial(self._on_prepared, journey, part, error))

    def _on_prepared(self, journey: Journey, part: Part, error: DiskError | None) -> None:
        if self._preparing.get(journey.order.key) is not journey:
            return
        del self._preparing[journey.order.key]
        if error is not None:
            self._tell(journey.outcome(error))
            return
        journey.resume(part)
        self._waiting.append(journey)

    def _on_broken(self, stream: Stream) -> None:
        """The disk failed, or an overlap differs; the transfer may be under way or over."""
        if stream.settled:
            return
        line = self._active.get(stream.order.key)
        if line is not None and line.stream is stream:
            line.hand_over()
            self._release(line)
        journey = stream.journey
        if stream.error is not None:
            self._fail(stream, stream.error)
            return
        stream.settled = True
        self._writer.abandon(stream)
        if journey.epoch != self._epoch:
            # Everything was stopped while the writing thread still compared.
            self._tell(journey.outcome(Interrupted()))
            return
        differs = Verdict(Action.START_OVER, error=RangeBroken("the answer overlaps what is here, with other bytes"))
        self._go_on(journey, differs, Fields(()), b"")

    def _stop_all(self, why: Callable[[], MirError]) -> None:
        self._epoch += 1
        for journey in (*self._waiting, *self._preparing.values()):
            self._tell(journey.outcome(why()))
        self._waiting.clear()
        self._preparing.clear()
        for line in tuple(self._active.values()):
            self._ended(line, why(), ours=True)
        self._writer.flush()

    def _no_token(self, error: MirError) -> None:
        """There is no token: whatever needs one ends here."""
        needs = [journey for journey in self._waiting if not journey.foreign]
        for journey in needs:
            self._waiting.remove(journey)
            self._tell(journey.outcome(error))

    def _end(self) -> None:
        self._ending = True
