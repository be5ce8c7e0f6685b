"""What becomes of bodies that came whole: a real ledger, a real archive, parts on the disk; no service is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.archive import Archive
from download_client.content import Outcome
from download_client.errors import Offline
from download_client.ledger import Ledger, Tally
from download_client.model import Checksum, Conversation, Recording, State
from download_client.retry import Patience
from download_client.transfer import Context, Settler, in_hand
from tests.fake_clock import FakeClock
from tests.ledger.rig import adds_up, begin
from tests.making import START, conversation, recording
from tests.wav.build import PCM16, chunk, wav


def pcm(sound: bytes) -> bytes:
    """A whole file of 16 bits."""
    return wav(chunk(b"fmt ", PCM16), chunk(b"data", sound))


SOUND = pcm(b"\x01\x02" * 400)


@dataclass
class Bench:
    """A run with its settler."""

    ledger: Ledger
    archive: Archive
    clock: FakeClock
    tally: Tally
    settler: Settler

    def run(self) -> None:
        """A new run, with a settler of its own."""
        self.tally = begin(self.ledger)
        self.settler = Settler(
            ledger=self.ledger,
            archive=self.archive,
            tally=self.tally,
            context=Context(self.tally.run_id, "all", "mir.example"),
            patience=Patience(window=60, first=1, factor=2, longest=8, attempts=3),
            clock=self.clock,
            refresh=unreachable,
        )

    def lists(self, listed: Conversation) -> None:
        now = self.clock.now().timestamp()
        self.ledger.listing.add(self.tally, [listed], position=None, now=now, urgent_before=now)

    def comes(self, body: bytes | None, *, said: bytes | None = None) -> None:
        """The next recording is claimed, and its part holds `body` (None: no part); `said` is what the fetcher saw."""
        ((item, listed),) = self.ledger.queue.claim(self.tally, 1, plan=self._plan)
        hand = in_hand(item, listed)
        assert hand is not None
        part = self.archive.part_path(item.recording_id, item.version)
        if body is not None:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(body)
        seen = said if said is not None else body or b""
        digest = hashlib.sha256(seen).hexdigest()
        head = b"" if len(seen) > 4096 else seen
        whole = Outcome(item.id, None, len(seen), digest, '"e"', "", head[:4096], 1, len(seen), digest)
        self.stopped = self.settler.whole([(hand, whole)])
        adds_up(self.ledger, self.tally)

    def _plan(self, item: object, listed: Conversation) -> str:
        version = getattr(item, "version", 1)
        return self.archive.plan_name(listed, listed.recordings[0], version_number=version)

    def finals(self) -> list[Path]:
        return [path for path in self.archive.root.rglob("*.wav") if ".mir" not in path.parts]

    @property
    def counts(self) -> dict[State, int]:
        return self.tally.figures().counts


def unreachable(_: str) -> Conversation:
    raise Offline


@pytest.fixture
def bench(tmp_path: Path, clock: FakeClock) -> Iterator[Bench]:
    archive = Archive.create(tmp_path / "a", service="s", account_id="x", accept_risk=True, clock=clock)
    with archive.lock("test"), Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        made = object.__new__(Bench)
        made.ledger, made.archive, made.clock = ledger, archive, clock
        made.run()
        yield made


def undigested(etag: str, *, size: int | None = len(SOUND)) -> Recording:
    """As a service lists it that knows no digests."""
    return recording("r1", checksum=None, size_bytes=size, etag=etag)


def test_the_same_bytes_under_a_new_validator_are_not_archived_twice(bench: Bench) -> None:
    bench.lists(conversation("c1", undigested('"1"')))
    bench.comes(SOUND)
    (first,) = bench.finals()
    bench.run()
    moved = conversation("c1", undigested('"2"'), updated_at=START + timedelta(days=1))
    bench.lists(moved)
    bench.comes(SOUND)
    assert bench.finals() == [first]
    assert bench.counts == {State.ARCHIVED: 1}
    assert list((bench.archive.root / ".mir").rglob("*.part")) == []
    bench.run()
    bench.lists(moved)
    assert bench.tally.skipped == 1, "and it is not asked for again"


def test_new_bytes_are_placed_beside_the_old(bench: Bench) -> None:
    bench.lists(conversation("c1", undigested('"1"')))
    bench.comes(SOUND)
    bench.run()
    other = pcm(b"\x05\x06" * 400)
    bench.lists(conversation("c1", undigested('"2"'), updated_at=START + timedelta(days=1)))
    bench.comes(other)
    assert sorted(path.read_bytes() for path in bench.finals()) == sorted((SOUND, other))


@pytest.mark.parametrize("digest", [True, False])
def test_no_bytes_where_some_were_listed_are_asked_for_once_more(bench: Bench, digest: bool) -> None:
    listed = undigested('"1"')
    if digest:
        listed = replace(listed, checksum=Checksum("sha-256", hashlib.sha256(SOUND).hexdigest()))
    bench.lists(conversation("c1", listed))
    bench.comes(b"")
    assert bench.counts == {State.QUEUED: 1}, "one empty answer is not yet the end of a recording"
    bench.comes(SOUND)
    assert bench.counts == {State.ARCHIVED: 1}


def test_no_bytes_twice_is_empty_at_the_source(bench: Bench) -> None:
    bench.lists(conversation("c1", undigested('"1"')))
    bench.comes(b"")
    bench.comes(b"")
    assert bench.counts == {State.EMPTY_AT_SOURCE: 1}


def test_no_bytes_where_none_were_listed_is_believed(bench: Bench) -> None:
    bench.lists(conversation("c1", undigested('"1"', size=0)))
    bench.comes(b"")
    assert bench.counts == {State.EMPTY_AT_SOURCE: 1}


def test_a_part_taken_away_before_it_was_proved_is_fetched_anew(bench: Bench) -> None:
    large = pcm(b"\x01\x02" * 4_000)
    bench.lists(conversation("c1", undigested('"1"', size=len(large))))
    bench.comes(None, said=large)
    assert bench.stopped is None
    assert bench.counts == {State.FAILED: 1}
    assert bench.settler.expects
    bench.clock.advance(10)
    assert bench.ledger.queue.come_back(bench.tally, bench.settler.due()) == 1
    bench.comes(large)
    assert bench.counts == {State.ARCHIVED: 1}
