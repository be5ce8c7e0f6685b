"""The second thread: hashes and writes what the first one receives, and tells the outcomes; it fetches nothing.

A third thread makes parts durable, so that a slow fsync holds up no other body.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from download_client.content.answer import Verdict
from download_client.content.door import from_disk
from download_client.content.fields import strong
from download_client.content.journey import Journey
from download_client.content.order import ContentOptions, Durable, Order, Outcome
from download_client.content.part import Part
from download_client.content.pool import Pool
from download_client.content.worker import Job, Worker
from download_client.errors import DiskError, MirError


class Stream:
    """One accepted body on its way into its part. The transfer thread makes it, the writing thread owns it."""

    __slots__ = (
        "compare_at",
        "differs",
        "durable",
        "durable_sha256",
        "error",
        "etag",
        "journey",
        "keeps",
        "order",
        "part",
        "server_digest",
        "settled",
        "syncs_asked",
        "syncs_done",
    )

    def __init__(self, journey: Journey, part: Part, verdict: Verdict) -> None:
        self.journey = journey
        self.order = order = journey.order
        self.part = part
        # An answer to a range without a validator belongs to what is here, as far as anybody can tell.
        etag = verdict.etag or (strong(order.etag) if part.offset else "")
        self.etag = etag
        self.server_digest = verdict.digest
        self.keeps = etag != "" or order.sha256 != ""
        """Whether a beginning of this body is worth anything later."""
        self.compare_at: int | None = verdict.start if verdict.start < part.offset else None
        self.differs = False
        self.error: DiskError | None = None
        self.settled = False
        """The transfer thread has said how it ends."""
        self.durable = part.offset
        self.durable_sha256 = order.prefix_sha256 if part.offset else ""
        self.syncs_asked = 0
        self.syncs_done = 0


class Writer:
    """Used by the transfer thread: work is gathered and handed over once a turn (`flush`).

    `tell` is called with outcomes and durable points, on either thread. `broken` is called once for a
    stream whose disk fails or whose overlap differs, perhaps after its `finish` was handed over: nothing is told of
    it then until `fail` or `abandon` follows.
    """

    def __init__(
        self,
        *,
        options: ContentOptions,
        pool: Pool,
        tell: Callable[[Sequence[Outcome | Durable]], None],
        broken: Callable[[Stream], None],
    ) -> None:
        self._checkpoint = options.checkpoint
        self._pool = pool
        self._tell = tell
        self._broken = broken
        self._gathered: list[Job] = []
        # Told together after a batch: each telling may wake a thread that then wants the interpreter.
        self._told: list[Outcome | Durable] = []
        self._told_by_sync: list[Outcome | Durable] = []
        self._writing = Worker("mir-content-writer", after=partial(self._tell_all, self._told))
        self._syncing = Worker("mir-content-sync", after=partial(self._tell_all, self._told_by_sync))

    def prepare(self, order: Order, ready: Callable[[Part, DiskError | None], None]) -> None:
        """Look at the part of an order that resumes, off the transfer thread; `ready` gets what is left of it."""
        self._gathered.append(partial(self._prepare, order, ready))

    def block(self, stream: Stream, block: bytearray, size: int) -> None:
        """The next `size` bytes of a body; the block goes back to the pool afterwards."""
        self._gathered.append(partial(self._block, stream, block, size))

    def finish(self, stream: Stream, *, requests: int) -> None:
        """The body is whole: close, then tell."""
        self._gathered.append(partial(self._finish, stream, requests))

    def fail(self, stream: Stream, error: MirError, *, requests: int) -> None:
        """The body broke off: make durable what is worth keeping, close, then tell."""
        self._gathered.append(partial(self._fail, stream, error, requests))

    def abandon(self, stream: Stream) -> None:
        """This body is not wanted any more; nothing is told, another request takes its place."""
        self._gathered.append(stream.part.close)

    def flush(self) -> None:
        """Hand over what was gathered."""
        if self._gathered:
            self._writing.do(self._gathered)
            self._gathered = []

    def close(self) -> None:
        """End both threads when their work is done."""
        self.flush()
        self._writing.close()
        self._syncing.close()

    # --- on the writing thread ---------------------------------------------------------------------------------------

    def _prepare(self, order: Order, ready: Callable[[Part, DiskError | None], None]) -> None:
        part = Part(order.part)
        error = None
        try:
            part.resume(offset=order.offset, prefix_sha256=order.prefix_sha256)
        except OSError as failure:
            error = from_disk(failure)
        ready(part, error)

    def _block(self, stream: Stream, block: bytearray, size: int) -> None:
        try:
            if stream.error is None and not stream.differs:
                self._write(stream, memoryview(block)[:size])
        except OSError as failure:
            stream.error = from_disk(failure)
            self._broken(stream)
        finally:
            self._pool.give(block)

    def _write(self, stream: Stream, data: memoryview) -> None:
        part = stream.part
        if stream.compare_at is not None:
            overlap = data[: part.offset - stream.compare_at]
            if not part.same(overlap, start=stream.compare_at):
                stream.differs = True
                part.close()
                self._broken(stream)
                return
            stream.compare_at += len(overlap)
            if stream.compare_at < part.offset:
                return
            stream.compare_at = None
            data = data[len(overlap) :]
        if data:
            part.write(data)
        if (
            stream.keeps
            and part.offset - stream.durable >= self._checkpoint
            and stream.syncs_asked == stream.syncs_done
        ):
            stream.syncs_asked += 1
            self._syncing.do([partial(self._sync, stream, part.offset, part.sha256())])

    def _tell_all(self, told: list[Outcome | Durable]) -> None:
        if told:
            self._tell(tuple(told))
            told.clear()

    def _finish(self, stream: Stream, requests: int) -> None:
        if stream.syncs_asked != stream.syncs_done:
            # The file is still in use on the other thread: it closes it, and tells.
            self._syncing.do([partial(self._close_whole, stream, requests, self._told_by_sync)])
        else:
            self._close_whole(stream, requests, self._told)

    def _fail(self, stream: Stream, error: MirError, requests: int) -> None:
        self._syncing.do([partial(self._settle, stream, stream.error or error, requests)])

    # --- on whichever thread has the part last -----------------------------------------------------------------------

    def _close_whole(self, stream: Stream, requests: int, told: list[Outcome | Durable]) -> None:
        if stream.error is not None or stream.differs:
            return
        part, order = stream.part, stream.order
        try:
            part.close()
        except OSError as failure:
            told.append(_failed(stream, from_disk(failure), requests))
            return
        sha256 = part.sha256()
        told.append(
            Outcome(
                key=order.key,
                error=None,
                size=part.offset,
                sha256=sha256,
                etag=stream.etag,
                server_digest=stream.server_digest,
                head=part.head,
                requests=requests,
                offset=part.offset,
                prefix_sha256=sha256,
            )
        )

    # --- on the durable-making thread --------------------------------------------------------------------------------

    def _sync(self, stream: Stream, offset: int, sha256: str) -> None:
        try:
            stream.part.sync()
        except OSError as failure:
            stream.error = from_disk(failure)
            self._broken(stream)
        else:
            stream.durable, stream.durable_sha256 = offset, sha256
            self._told_by_sync.append(Durable(stream.order.key, offset, sha256, stream.etag))
        stream.syncs_done += 1

    def _settle(self, stream: Stream, error: MirError, requests: int) -> None:
        part = stream.part
        try:
            if stream.keeps and part.offset != stream.durable:
                part.sync()
                stream.durable, stream.durable_sha256 = part.offset, part.sha256()
                self._told_by_sync.append(Durable(stream.order.key, stream.durable, stream.durable_sha256, stream.etag))
            part.close()
        except OSError as failure:
            error = from_disk(failure)
        self._told_by_sync.append(_failed(stream, error, requests))


def _failed(stream: Stream, error: MirError, requests: int) -> Outcome:
    """The outcome of a body that broke off: what is durable of it, if it can be gone on with."""
    kept = stream.keeps and stream.durable > 0
    return Outcome(
        key=stream.order.key,
        error=error,
        size=0,
        sha256="",
        etag=stream.etag if kept else "",
        server_digest=stream.server_digest,
        head=b"",
        requests=requests,
        offset=stream.durable if kept else 0,
        prefix_sha256=stream.durable_sha256 if kept else "",
    )
