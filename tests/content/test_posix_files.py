"""What only POSIX can stage: pipes in place of parts, a full device, a limit on the size of files, planted links."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from pathlib import Path

import pytest

from download_client.content import ContentOptions, Order
from download_client.content.order import MIB
from download_client.errors import DiskError, DiskFull, Interrupted, UnsafePath
from tests.content.liar import ETAG, Liar, honest, whole
from tests.content.rig import QUICK, begun, orders, rig, sha256, sound, until_received

PATH = "/content"
BODY = sound(48_044)
LARGE = sound(5 * MIB)


def test_an_order_given_again_while_its_part_is_still_looked_at_is_not_lost(service: Liar, tmp_path: Path) -> None:
    """A pipe in place of the part: looking at it lasts until somebody writes into it, and then fails."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    order = Order(1, service.url(PATH), pipe, offset=8, prefix_sha256=sha256(b"whatever"), etag=ETAG)
    with rig() as running:
        running.fetcher.submit([order])
        running.fetcher.drop_all()
        assert type(running.next().error) is Interrupted
        running.fetcher.submit([order])
        writer = os.open(pipe, os.O_RDWR)
        os.write(writer, b"whatever" * 2)
        again = running.next()
        os.close(writer)
        assert isinstance(again.error, DiskError)
        assert (again.offset, again.prefix_sha256) == (8, order.prefix_sha256)
        assert running.fetcher.room() == QUICK.backlog


def test_memory_is_bounded_when_the_disk_is_slow(service: Liar, tmp_path: Path) -> None:
    """A pipe in place of the part: it takes 64 KiB, then blocks the writer until somebody reads."""
    part = tmp_path / "pipe"
    os.mkfifo(part)
    reader = os.open(part, os.O_RDONLY | os.O_NONBLOCK)
    body = sound(24 * MIB)
    service.always(PATH, whole(body, etag=""))
    options = ContentOptions(most_at_once=2, spare_blocks=2)
    with rig(options, at_once=1) as running:
        running.fetcher.submit([Order(1, service.url(PATH), part)])
        bound = 4 * options.block
        until_received(running, bound - 65_536)
        assert running.fetcher.received_bytes <= bound
        os.set_blocking(reader, True)
        read = bytearray()
        while len(read) < len(body):
            read += os.read(reader, MIB)
        outcome = running.next()
        assert (outcome.error, outcome.sha256) == (None, sha256(body))
        assert read == body
    os.close(reader)


def test_a_full_disk_is_named_and_the_others_go_on(service: Liar, tmp_path: Path) -> None:
    """31: /dev/full says ENOSPC to every write."""
    service.always(PATH, whole(LARGE))
    with rig() as running:
        full = replace(orders(service, tmp_path, 1)[0], key=7, part=Path("/dev/full"))
        outcomes = {outcome.key: outcome for outcome in running.fetch_all([full, *orders(service, tmp_path, 3)])}
        assert type(outcomes[7].error) is DiskFull
        assert outcomes[7].offset == 0
        assert [outcomes[key].error for key in range(3)] == [None] * 3


def test_a_disk_that_fills_up_keeps_what_it_has(service: Liar, tmp_path: Path) -> None:
    """31: a limit on the size of files stands in for the end of the disk."""
    service.always(PATH, honest(LARGE))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with rig() as running:
        order = orders(service, tmp_path, 1)[0]
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB + 1000, before[1]))
        try:
            outcome = running.fetch(order)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert type(outcome.error) is DiskFull
        assert 0 < outcome.offset <= 2 * MIB
        assert outcome.prefix_sha256 == sha256(LARGE[: outcome.offset])
        rest = replace(order, offset=outcome.offset, prefix_sha256=outcome.prefix_sha256, etag=outcome.etag)
        assert running.fetch(rest).sha256 == sha256(LARGE)
        assert service.requests[-1].range == f"bytes={outcome.offset}-"


@pytest.mark.parametrize("resumes", [False, True])
def test_a_part_that_is_a_link_is_not_followed(resumes: bool, service: Liar, tmp_path: Path) -> None:
    """55."""
    service.always(PATH, whole(BODY))
    elsewhere = tmp_path / "precious"
    order = begun(elsewhere, b"precious", url=service.url(PATH), size=None)
    part = tmp_path / "p"
    part.symlink_to(elsewhere)
    with rig() as running:
        outcome = running.fetch(replace(order, part=part, offset=8 if resumes else 0))
        assert type(outcome.error) is UnsafePath
        assert elsewhere.read_bytes() == b"precious"
        assert outcome.offset == (8 if resumes else 0)
