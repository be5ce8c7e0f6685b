"""Whole in the end, wherever the connection breaks; and what a resume does with what it finds in the part."""

from __future__ import annotations

import random
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from download_client.content import Order
from download_client.content.order import MIB
from download_client.errors import MirError
from tests.content.liar import Liar, Reply, Request, head, honest, reset, whole
from tests.content.rig import QUICK, Rig, begun, rig, sha256, sound

PATH = "/content"


def cut_at(reply: Reply, count: int) -> Reply:
    """The same answer, but only its first `count` bytes, then a reset or an end."""

    class Cut(socket.socket):
        """Takes what is sent."""

        taken = b""

        def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
            self.taken += data

    def cut(connection: socket.socket, request: Request) -> bool:
        with Cut() as taker:
            reply(taker, request)
        return reset(taker.taken[:count])(connection, request)

    return cut


def again(running: Rig, order: Order, *, tries: int) -> list[MirError]:
    """Go on with what each outcome says is durable, until whole; the errors on the way."""
    errors: list[MirError] = []
    for _ in range(tries):
        outcome = running.fetch(order)
        if outcome.error is None:
            assert outcome.sha256 == sha256(order.part.read_bytes())
            assert outcome.size == order.part.stat().st_size
            return errors
        errors.append(outcome.error)
        order = replace(
            order, offset=outcome.offset, prefix_sha256=outcome.prefix_sha256, etag=outcome.etag or order.etag
        )
    raise AssertionError(f"never whole: {errors}")


@pytest.mark.parametrize("seed", range(12))
def test_cut_anywhere(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    body = sound(dice.choice([10, 5_000, 300_000, 3 * MIB + 1]), seed)
    cuts = sorted(dice.randrange(len(body) + 400) for _ in range(6))
    with Liar() as liar, rig(replace(QUICK, checkpoint=MIB)) as running:
        liar.script(PATH, *(cut_at(honest(body), cut) for cut in cuts), honest(body))
        part = tmp_path / "p"
        errors = again(running, Order(1, liar.url(PATH), part, size=len(body)), tries=8)
        assert part.read_bytes() == body
        assert len(liar.requests) == len(errors) + 1
        for durable in running.durable:
            assert durable.prefix_sha256 == sha256(body[: durable.offset])


def test_a_large_body_is_made_durable_on_the_way(tmp_path: Path) -> None:
    body = sound(6 * MIB + 77)
    with Liar() as liar, rig(replace(QUICK, checkpoint=MIB)) as running:
        liar.script(PATH, whole(body))
        outcome = running.fetch(Order(1, liar.url(PATH), tmp_path / "p", size=len(body)))
        assert outcome.sha256 == sha256(body)
        assert outcome.server_digest == sha256(body)
        assert running.durable
        for durable in running.durable:
            assert (durable.key, durable.etag) == (1, '"v1"')
            assert durable.prefix_sha256 == sha256(body[: durable.offset])
        offsets = [durable.offset for durable in running.durable]
        assert offsets == sorted(set(offsets))


def test_a_body_that_nobody_could_resume_is_not_made_durable(tmp_path: Path) -> None:
    body = sound(2 * MIB)
    with Liar() as liar, rig(replace(QUICK, checkpoint=MIB // 2)) as running:
        liar.script(PATH, whole(body, etag='W/"v1"'))
        assert running.fetch(Order(1, liar.url(PATH), tmp_path / "p")).error is None
        assert not running.durable


def damaged(part: Path, data: bytes) -> None:
    part.write_bytes(bytes([data[0] ^ 1]) + data[1:])


@pytest.mark.parametrize("harm", ["gone", "short", "flipped", "empty"])
def test_a_prefix_that_is_not_what_it_was_counts_for_nothing(harm: str, tmp_path: Path) -> None:
    """40: a zero-filled or missing tail, or a flipped bit."""
    body = sound(50_000)
    part = tmp_path / "p"
    with Liar() as liar, rig() as running:
        liar.script(PATH, honest(body))
        order = begun(part, body[:20_000], url=liar.url(PATH), size=len(body))
        match harm:
            case "gone":
                part.unlink()
            case "short":
                part.write_bytes(body[:19_999])
            case "flipped":
                damaged(part, body[:20_000])
            case "empty":
                part.write_bytes(b"")
        outcome = running.fetch(order)
        assert outcome.error is None
        assert part.read_bytes() == body
        assert [request.range for request in liar.requests] == [""]


def test_what_lies_beyond_the_durable_offset_is_cut_off(tmp_path: Path) -> None:
    body = sound(50_000)
    part = tmp_path / "p"
    with Liar() as liar, rig() as running:
        liar.script(PATH, honest(body))
        order = begun(part, body[:20_000], url=liar.url(PATH), size=len(body))
        with part.open("ab") as tail:
            tail.write(bytes(90_000))
        assert running.fetch(order).error is None
        assert part.read_bytes() == body
        assert [request.range for request in liar.requests] == ["bytes=20000-"]


def test_an_older_part_is_kept_until_the_new_body_begins(tmp_path: Path) -> None:
    """12: a 200 truncates before its first byte is written, an answer without a body does not."""
    part = tmp_path / "p"
    part.write_bytes(b"older and longer than what comes")
    with Liar() as liar, rig() as running:
        liar.script(PATH, reset(head(200, {"Content-Length": "5", "ETag": '"v1"'})), whole(b"hello"))
        order = Order(1, liar.url(PATH), part)
        assert running.fetch(order).offset == 0
        assert part.read_bytes() == b"older and longer than what comes"
        assert running.fetch(order).size == 5
        assert part.read_bytes() == b"hello"
