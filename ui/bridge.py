"""The only crossing between threads and Qt: work goes out to worker threads, results come back on the UI thread.

It promises that nothing is delivered to an owner that is gone or after a ticket was cancelled, and that no object of
the window is ever let go of by a worker. It does not promise an order between two asks, nor that cancelled work ends
at once: work has to look at its ticket.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from shiboken6 import isValid

from download_client.errors import MirError

T = TypeVar("T")

_MOST_THREADS: Final = 8
_BREATH_MS: Final = 100
"""Values of which only the latest counts are delivered at most this often."""
_log = logging.getLogger(__name__)


class Ticket:
    """One piece of work that was asked for. `cancelled` may be handed to long work as its stop event."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to end; its result is not delivered any more."""
        self.cancelled.set()


@dataclass(slots=True)
class _Asked:
    """Held by the bridge until it is delivered, so that the UI thread drops the last reference to what is in it."""

    work: Callable[[Ticket], Any]
    then: Callable[[Any], None]
    sorry: Callable[[MirError], None]
    owner: QObject
    ticket: Ticket = field(default_factory=Ticket)
    result: Any = None
    error: MirError | None = None
    unforeseen: bool = False


class Bridge(QObject):
    """Worker threads on one side, the UI thread on the other. Lives on the UI thread.

    `unexpected` carries a `MirError` for what nobody foresaw (a bug): it is in the log with its traceback, and the
    window shows it.
    """

    unexpected = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._asked: dict[int, _Asked] = {}
        self._queue: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        # Workers without work; below zero, how much work waits for one.
        self._idle = 0
        self._closed = False
        self._awake = False
        self._arrived: deque[int | tuple[Any, Callable[[Any], None], QObject]] = deque()
        self._latest: dict[Callable[[Any], None], tuple[Any, QObject]] = {}
        self._breath = QTimer(self, singleShot=True, interval=_BREATH_MS)
        self._breath.timeout.connect(self._deliver_latest)
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        work: Callable[[Ticket], T],
        *,
        then: Callable[[T], None],
        sorry: Callable[[MirError], None],
        owner: QObject,
    ) -> Ticket:
        """Run `work` on a worker thread, then `then` with its result or `sorry` with its error on the UI thread.

        Both are dropped when the ticket was cancelled or `owner` was deleted meanwhile. What is not a `MirError` is
        logged, emitted by `unexpected`, and handed to `sorry` as a plain `MirError`, so that a waiting state can end.
        After `close` nothing is run.
        """
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("only the UI thread asks")
        asked = _Asked(work, then, sorry, owner)
        if self._closed:
            asked.ticket.cancel()
            return asked.ticket
        number = next(self._numbers)
        self._asked[number] = asked
        with self._lock:
            self._idle -= 1
            if self._idle < 0 and len(self._threads) < _MOST_THREADS:
                self._idle += 1
                thread = threading.Thread(target=self._work, name=f"worker-{len(self._threads) + 1}", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._queue.put(number)
        return asked.ticket

    def tell(self, value: T, to: Callable[[T], None], owner: QObject, *, latest: bool = False) -> None:
        """Deliver a value on the UI thread, from any thread; dropped when `owner` was deleted.

        `latest`: only the newest value counts, and `to` is called at most ten times a second. Whatever was told is
        delivered before the result of work that ends later.
        """
        with self._lock:
            if self._closed:
                return
            if latest:
                self._latest[to] = (value, owner)
            else:
                self._arrived.append((value, to, owner))
            self._wake()

    @property
    def at_rest(self) -> bool:
        """Nothing that was asked is under way or waits for its delivery."""
        return not self._asked

    def close(self, timeout: float) -> bool:
        """Cancel everything and wait for the workers, at most `timeout` seconds; True: no thread is left.

        From now on nothing is delivered. A second time does nothing.
        """
        with self._lock:
            self._closed = True
            self._arrived.clear()
            self._latest.clear()
        self._breath.stop()
        for asked in self._asked.values():
            asked.ticket.cancel()
        for _ in self._threads:
            self._queue.put(None)
        until = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if not self._threads:
            self._asked.clear()
        return not self._threads

    # --- on a worker

    def _work(self) -> None:
        while True:
            number = self._queue.get()
            if number is None:
                return
            self._run(self._asked[number])
            with self._lock:
                self._idle += 1
                if not self._closed:
                    self._arrived.append(number)
                    self._wake()

    @staticmethod
    def _run(asked: _Asked) -> None:
        """Afterwards the worker holds nothing of it, also no traceback: frames hold what they worked with."""
        if asked.ticket.cancelled.is_set():
            return
        try:
            asked.result = asked.work(asked.ticket)
        except MirError as error:
            asked.error = _alone(error)
        except Exception as error:
            _log.exception("unexpected error on a worker")
            asked.unforeseen = True
            asked.error = in_our_terms(error)
            _alone(error)

    def _wake(self) -> None:
        if not self._awake:
            self._awake = True
            self._woken.emit()

    # --- on the UI thread

    def _deliver(self) -> None:
        with self._lock:
            self._awake = False
            arrived, self._arrived = self._arrived, deque()
        while arrived:
            first = arrived.popleft()
            if isinstance(first, int):
                self._deliver_latest()
                self._finish(self._asked.pop(first))
            else:
                value, to, owner = first
                self._call(to, value, owner)
        if not self._breath.isActive():
            self._deliver_latest()

    def _finish(self, asked: _Asked) -> None:
        if asked.ticket.cancelled.is_set():
            return
        if asked.error is None:
            self._call(asked.then, asked.result, asked.owner)
            return
        if asked.unforeseen:
            self.unexpected.emit(asked.error)
        self._call(asked.sorry, asked.error, asked.owner)

    def _deliver_latest(self) -> None:
        with self._lock:
            latest, self._latest = self._latest, {}
        for to, (value, owner) in latest.items():
            self._call(to, value, owner)
        if latest and not self._closed:
            self._breath.start()

    def _call(self, to: Callable[[Any], None], value: Any, owner: QObject) -> None:
        """One that fails must not keep the others from theirs."""
        if self._closed or not isValid(owner):
            return
        try:
            to(value)
        except Exception as error:
            _log.exception("unexpected error in the window")
            self.unexpected.emit(in_our_terms(error))


def in_our_terms(error: BaseException) -> MirError:
    """An error nobody foresaw, told by its type and place alone: its words might hold what is private."""
    if isinstance(error, MirError):
        return error
    place, trace = "", error.__traceback__
    while trace is not None:
        place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return MirError(f"{type(error).__name__}{place}")


def _alone(error: Any) -> Any:
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error
