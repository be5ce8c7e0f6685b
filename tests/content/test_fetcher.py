"""The fetcher as a machine: stops, limits, memory, disks that fail, and orders that are told exactly once."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from download_client.content import Order, Outcome
from download_client.content.order import MIB
from download_client.errors import (
    ArchiveMissing,
    DiskError,
    FileHeld,
    Interrupted,
    MirError,
)
from download_client.retry import Gate, SystemClock
from tests.content.liar import ETAG, Liar, Request, audio, head, honest, partial_of, stall, whole
from tests.content.rig import QUICK, begun, orders, rig, sha256, sound, until, until_received
from tests.windows import WINDOWS

PATH = "/content"
BODY = sound(48_044)
LARGE = sound(5 * MIB)


def begins(size: int) -> bytes:
    """The head of a body of this size, and nothing of it."""
    return head(200, {"ETag": ETAG, "Content-Type": "audio/wav", "Content-Length": str(size)})


# --- many ------------------------------------------------------------------------------------------------------------


def open_below(folder: Path) -> list[Path]:
    """The files in it that this process holds; on Windows those that cannot be given another name."""
    if not WINDOWS:
        return [Path(file.path) for file in psutil.Process().open_files() if Path(file.path).parent == folder]
    held = []
    for path in list(folder.iterdir()):
        try:
            path.rename(path.with_suffix(".let go")).rename(path)
        except PermissionError:
            held.append(path)
    return held


def test_each_order_is_told_once_and_its_file_is_closed_by_then(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, whole(BODY))
    with rig(at_once=8) as running:
        outcomes = running.fetch_all(orders(service, tmp_path, 200))
        assert not open_below(tmp_path)
        assert sorted(outcome.key for outcome in outcomes) == list(range(200))
        assert {outcome.sha256 for outcome in outcomes} == {sha256(BODY)}
        assert running.events.empty()
        assert service.connections <= 8
        assert running.fetcher.received_bytes == 200 * len(BODY)
    assert {path.read_bytes() for path in tmp_path.glob("p*")} == {BODY}


def test_room(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, stall(service, b""))
    with rig(replace(QUICK, backlog=10), at_once=2) as running:
        assert running.fetcher.room() == 10
        running.fetcher.submit(orders(service, tmp_path, 7))
        assert running.fetcher.room() == 3
        running.fetcher.drop_all()
        assert running.fetcher.room() == 10


def test_never_more_at_once_than_the_pace_allows(service: Liar, tmp_path: Path) -> None:
    reached = threading.Semaphore(0)

    def reply(connection: object, request: Request) -> bool:
        reached.release()
        service.released.wait(20)
        return False

    service.always(PATH, reply)
    with rig(at_once=3) as running:
        running.fetcher.submit(orders(service, tmp_path, 9))
        for _ in range(3):
            assert reached.acquire(timeout=10)
        assert len(running.fetcher.progress()) == 3
        running.fetcher.drop_all()
        assert service.connections == 3


# --- stopping --------------------------------------------------------------------------------------------------------


def test_a_stop_is_quick_and_loses_nothing(service: Liar, tmp_path: Path) -> None:
    """42: what arrived is durable, and the next attempt goes on there."""
    got = 700_000
    service.always(PATH, stall(service, begins(len(LARGE)) + LARGE[:got]))
    with rig(at_once=4) as running:
        running.fetcher.submit(orders(service, tmp_path, 6))
        until_received(running, 4 * got)
        assert {(received, total) for _, received, total in running.fetcher.progress()} == {(got, len(LARGE))}
        begun_at = time.monotonic()
        running.fetcher.drop_all()
        assert time.monotonic() - begun_at < 3
        outcomes = sorted((running.next() for _ in range(6)), key=lambda outcome: outcome.key)
        assert {type(outcome.error) for outcome in outcomes} == {Interrupted}
        assert [outcome.offset for outcome in outcomes] == [got] * 4 + [0] * 2
        assert {durable.offset for durable in running.durable} == {got}
        service.always(PATH, honest(LARGE))
        first = outcomes[0]
        order = Order(0, service.url(PATH), tmp_path / "p0", first.offset, first.prefix_sha256, first.etag, len(LARGE))
        assert running.fetch(order).sha256 == sha256(LARGE)
        assert service.requests[-1].range == f"bytes={got}-"


def test_cancel_one(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, stall(service, begins(len(LARGE)) + LARGE[:1000]))
    with rig(at_once=1) as running:
        running.fetcher.submit(orders(service, tmp_path, 3))
        until_received(running, 1000)
        running.fetcher.cancel(2)
        waiting = running.next()
        assert (waiting.key, type(waiting.error), waiting.requests) == (2, Interrupted, 0)
        service.always(PATH, whole(BODY))
        running.fetcher.cancel(0)
        others = {outcome.key: outcome for outcome in (running.next(), running.next())}
        assert (type(others[0].error), others[0].offset, others[1].error) == (Interrupted, 1000, None)
        running.fetcher.cancel(1)
        assert running.fetcher.room() == QUICK.backlog


def test_a_stop_is_not_undone_by_a_comparison_that_ends_later(
    service: Liar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The overlap differs, which asks for a start-over, but everything was stopped meanwhile."""
    arrived, go, held = threading.Event(), threading.Event(), threading.Event()
    other = bytes(len(BODY))
    real = os.read

    def reply(connection: socket.socket, request: Request) -> bool:
        arrived.set()
        go.wait(20)
        return partial_of(other, first=0)(connection, request)

    def slow(fd: int, size: int) -> bytes:
        if threading.current_thread().name == "mir-content-writer":
            held.wait(20)
        return real(fd, size)

    service.always(PATH, reply)
    with rig() as running:
        running.fetcher.submit([begun(tmp_path / "p", BODY[:9_000], url=service.url(PATH), size=len(BODY))])
        assert arrived.wait(20)
        monkeypatch.setattr("download_client.content.part.os.read", slow)
        go.set()
        until(lambda: not running.fetcher.progress())
        stopping = threading.Thread(target=running.fetcher.drop_all)
        stopping.start()
        until(lambda: running.fetcher._loop._epoch == 1)
        held.set()
        stopping.join()
        outcome = running.next()
        monkeypatch.undo()
        assert (type(outcome.error), outcome.offset) == (Interrupted, 9_000)
        assert len(service.requests) == 1


def test_close_tells_everything_and_refuses_more(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, stall(service, b""))
    with rig() as running:
        running.fetcher.submit(orders(service, tmp_path, 9))
        running.fetcher.close()
        running.fetcher.close()
        assert {type(running.next().error) for _ in range(9)} == {Interrupted}
        with pytest.raises(ValueError, match="closed"):
            running.fetcher.submit(orders(service, tmp_path, 1))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("mir-content")]


class StumblingGate(Gate):
    """Fails once, as a bug of ours would."""

    failed = False

    def closed_for(self, policy: str) -> float:
        if not self.failed:
            self.failed = True
            raise RuntimeError("a bug")
        return super().closed_for(policy)


@pytest.mark.expects_log("the transfer thread stumbled")
def test_a_fault_of_ours_ends_the_orders_instead_of_hanging(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, whole(BODY))
    with rig(gate=StumblingGate(SystemClock())) as running:
        outcome = running.fetch(orders(service, tmp_path, 1)[0])
        assert type(outcome.error) is MirError
        assert running.fetch(orders(service, tmp_path, 1)[0]).error is None


# --- rate and memory -------------------------------------------------------------------------------------------------


def test_the_rate_is_shared_and_a_pause_of_ours_is_no_stall(service: Liar, tmp_path: Path) -> None:
    service.always(PATH, whole(BODY))
    with rig(replace(QUICK, stall=0.6, grace=1.2, floor_rate=10**9), at_once=2) as running:
        running.fetcher.set_rate(25_000)
        begun_at = time.monotonic()
        outcomes = running.fetch_all(orders(service, tmp_path, 2))
        took = time.monotonic() - begun_at
        assert [outcome.error for outcome in outcomes] == [None, None]
        # The last chunk may be taken on credit.
        assert took > (2 * len(BODY) - 2 * 65_536) / 25_000
        assert took > 2.0
        # A rate by which the same would take minutes, and then none.
        running.fetcher.set_rate(200)
        running.fetcher.set_rate(None)
        begun_at = time.monotonic()
        running.fetch_all(orders(service, tmp_path, 2))
        assert time.monotonic() - begun_at < 30


def test_the_time_in_which_we_paused_counts_for_no_deadline(service: Liar, tmp_path: Path) -> None:
    """Some three seconds of pauses, then bytes that come one by one while nothing is paused."""
    body = sound(60_000)

    def reply(connection: socket.socket, _: Request) -> bool:
        connection.sendall(begins(len(body)) + body[:-5])
        until_received(running, len(body) - 5)
        running.fetcher.set_rate(None)
        for byte in body[-5:]:
            service.released.wait(0.1)
            connection.sendall(bytes([byte]))
        return True

    service.always(PATH, reply)
    with rig(replace(QUICK, stall=1.6, grace=1.6, floor_rate=10**9)) as running:
        running.fetcher.set_rate(15_000)
        assert running.fetch(*orders(service, tmp_path, 1)).error is None


# --- the disk --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("no folder", ArchiveMissing),
        ("a folder", FileHeld if WINDOWS else DiskError),
        ("a file as folder", ArchiveMissing),
    ],
)
def test_a_part_that_cannot_be_opened(spoil: str, kind: type[DiskError], service: Liar, tmp_path: Path) -> None:
    service.always(PATH, whole(BODY))
    part = tmp_path / "folder" / "p"
    if spoil == "a folder":
        part.mkdir(parents=True)
    elif spoil == "a file as folder":
        part.parent.touch()
    with rig() as running:
        outcome = running.fetch(Order(1, service.url(PATH), part))
        assert type(outcome.error) is kind
        assert outcome.error.subject == "p"
        assert str(tmp_path) not in str(outcome.error)


def test_a_held_file_is_named(service: Liar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """33: root may open everything here, so the operating system's answer is put in its place."""
    service.always(PATH, whole(BODY))
    real = os.open

    def held(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).parent == tmp_path:
            raise PermissionError(errno.EACCES, "held", str(path))
        return real(path, flags, mode)

    with rig() as running:
        monkeypatch.setattr("download_client.content.part.os.open", held)
        outcome: Outcome = running.fetch(orders(service, tmp_path, 1)[0])
        monkeypatch.undo()
        assert type(outcome.error) is FileHeld


def test_an_fsync_that_fails_is_the_outcome(service: Liar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """32: nothing counts as durable that was not made so."""
    service.always(PATH, whole(LARGE))

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "broken")

    with rig(replace(QUICK, checkpoint=MIB)) as running:
        monkeypatch.setattr("download_client.content.part.os.fsync", broken)
        outcome = running.fetch(orders(service, tmp_path, 1)[0])
        monkeypatch.undo()
        assert outcome.error is not None
        assert outcome.error.code == "disk_failed"
        assert (outcome.offset, outcome.prefix_sha256) == (0, "")
        assert not running.durable
        assert running.fetcher.room() == QUICK.backlog


def test_the_progress_of_a_resume_counts_what_is_here(service: Liar, tmp_path: Path) -> None:
    span = {**audio(BODY), "Content-Range": f"bytes 20000-{len(BODY) - 1}/{len(BODY)}"}
    service.always(PATH, stall(service, head(206, span) + BODY[20_000:30_000]))
    with rig() as running:
        running.fetcher.submit([begun(tmp_path / "p", BODY[:20_000], url=service.url(PATH), size=len(BODY))])
        until_received(running, 10_000)
        assert running.fetcher.progress() == ((1, 30_000, len(BODY)),)
