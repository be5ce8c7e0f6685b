"""Whatever is done to a ledger in whatever order: the figures add up, what is home stays home, nothing comes twice."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from download_client.errors import LedgerError, ListingBroken
from download_client.ledger import Adopted, Asked, Change, Item, Ledger, Tally, Wish
from download_client.model import TRANSITIONS, Checksum, Conversation, ItemGroup, RecordingStatus, RunPhase, State
from tests.ledger.rig import NOW, adds_up, begin, summary
from tests.making import START, conversation, recording

NAMES = st.sampled_from(("a", "b", "c", "d"))
BYTES = st.sampled_from(("1" * 64, "2" * 64, ""))
ENDS = st.sampled_from([State.FAILED, State.WAITING, State.GONE, State.DENIED, State.DIGEST_MISMATCH, State.QUEUED])


class AnyOrder(RuleBasedStateMachine):
    """One ledger with few recordings, so that everything happens to each of them."""

    @initialize()
    def made(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = Ledger.open(self.folder / "ledger.sqlite3")
        self.tally: Tally | None = None
        self.hand: dict[int, Item] = {}
        self.home: dict[tuple[str, int], str] = {}
        self.told: list[Adopted] = []
        self.days = 0

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.folder)

    @rule(user=st.sampled_from(("u1", "u2")))
    def begins(self, user: str) -> None:
        self.ledger.queue.recover()
        self.hand.clear()
        self.tally = begin(self.ledger, user=user)

    @precondition(lambda self: self.tally is not None)
    @rule(
        names=st.lists(NAMES, min_size=1, max_size=4, unique=True),
        status=st.sampled_from(RecordingStatus),
        sha256=BYTES,
        size=st.sampled_from((None, 10, 20)),
        updated=st.booleans(),
    )
    def lists(self, names: list[str], status: RecordingStatus, sha256: str, size: int | None, updated: bool) -> None:
        assert self.tally is not None
        self.days += updated
        page = [self.listed(name, status, sha256, size) for name in names]
        before = self.tally.figures()
        try:
            for _ in range(2):
                self.ledger.listing.add(self.tally, page, position=None, now=NOW, urgent_before=NOW)
        except ListingBroken:
            assert self.tally.figures() == before, "nothing of a broken page counts"

    def listed(self, name: str, status: RecordingStatus, sha256: str, size: int | None) -> Conversation:
        checksum = Checksum("sha-256", sha256) if sha256 else None
        made = replace(recording(name), status=status, checksum=checksum, size_bytes=size, etag="")
        return conversation(f"conversation-{name}", made, updated_at=START + timedelta(days=self.days))

    @precondition(lambda self: self.tally is not None)
    @rule(limit=st.integers(1, 3))
    def claims(self, limit: int) -> None:
        assert self.tally is not None
        for item, _ in self.ledger.queue.claim(self.tally, limit, plan=lambda item, _: f"{item.recording_id}.wav"):
            assert item.id not in self.hand
            assert (item.recording_id, item.version) not in self.home, "fetched again though it is home"
            self.hand[item.id] = item

    @precondition(lambda self: self.hand)
    @rule(placed=st.booleans())
    def comes_home(self, placed: bool) -> None:
        number, item = self.hand.popitem()
        sha256 = item.sha256 or "3" * 64
        done = Change(number, State.FETCHED, done_sha256=sha256, done_size=item.size or 5)
        self.ledger.queue.mark(self.tally, [done])
        if placed:
            self.ledger.queue.mark(self.tally, [Change(number, State.ARCHIVED, archived_at=NOW)])
            self.home[item.recording_id, item.version] = sha256
            said = self.listed(item.recording_id, RecordingStatus.AVAILABLE, item.sha256, item.size)
            self.told.append(
                Adopted(said, item.recording_id, item.version, item.path, 5, sha256, "", "length", "", NOW)
            )

    @precondition(lambda self: self.hand)
    @rule(state=ENDS)
    def ends_otherwise(self, state: State) -> None:
        number, _ = self.hand.popitem()
        self.ledger.queue.mark(self.tally, [Change(number, state, code="x", attempts=1, again_at=NOW + 5)])
        if self.tally is not None and state in (State.FAILED, State.WAITING):
            assert self.ledger.queue.come_back(self.tally, [number]) == 1

    @precondition(lambda self: self.tally is not None)
    @rule()
    def asks_again(self) -> None:
        assert self.tally is not None
        self.ledger.queue.recover()
        self.hand.clear()
        self.tally = self.ledger.runs.resume(self.tally.run_id, now=NOW)
        self.ledger.wishes.ask_again(self.tally)

    @precondition(lambda self: self.tally is not None)
    @rule()
    def goes_on(self) -> None:
        """Stopped before its end: what it wanted then it wants now."""
        assert self.tally is not None
        self.ledger.queue.recover()
        self.hand.clear()
        wanted = self.ledger.groups.figures(self.tally.run_id)[ItemGroup.QUEUED]
        self.tally = self.ledger.runs.resume(self.tally.run_id, now=NOW)
        self.ledger.wishes.go_on(self.tally)
        assert self.ledger.groups.figures(self.tally.run_id)[ItemGroup.QUEUED] == wanted

    @precondition(lambda self: self.ledger.runs.latest(1))
    @rule(
        asked=st.sampled_from(Asked),
        which=st.sampled_from(ItemGroup) | st.sets(st.integers(1, 6)),
        back=st.integers(0, 2),
    )
    def is_asked(self, asked: Asked, which: ItemGroup | set[int], back: int) -> None:
        """Of the run at work, or of another."""
        runs = self.ledger.runs.latest(back + 1)
        at_work = self.tally is not None and runs[-1].id == self.tally.run_id
        if asked is Asked.CALL_OFF and at_work:
            return
        self.ledger.wishes.carry_out(Wish(asked, runs[-1].id, which), self.tally)
        if at_work and asked is Asked.LEAVE_OUT and isinstance(which, set):
            rows = self.ledger.groups.page(runs[-1].id, ItemGroup.QUEUED, start=0, count=99)
            assert not which & {row.item.id for row in rows}

    @invariant()
    def each_is_in_one_group(self) -> None:
        for run in self.ledger.runs.latest(3) if hasattr(self, "ledger") else ():
            figures = self.ledger.groups.figures(run.id)
            assert sum(count for count, _ in figures.values()) == sum(self.ledger.runs.counts(run.id).values())
            seen = [
                row.item.id
                for group, (count, _) in figures.items()
                for row in [
                    *self.ledger.groups.page(run.id, group, start=0, count=2),
                    *self.ledger.groups.page(run.id, group, start=2, count=count),
                ]
            ]
            assert len(seen) == len(set(seen)) == sum(count for count, _ in figures.values())

    @precondition(lambda self: self.tally is not None)
    @rule(cancelled=st.booleans())
    def ends(self, cancelled: bool) -> None:
        assert self.tally is not None
        if cancelled:
            self.ledger.wishes.let_go(self.tally)
        adds_up(self.ledger, self.tally)
        self.ledger.runs.end(self.tally.run_id, RunPhase.PARTIAL, reason="", now=NOW, summary=summary(self.tally))
        assert self.ledger.runs.unreported(self.tally.run_id) == 0
        self.tally = None
        self.hand.clear()

    @rule(clean=st.booleans())
    def reopens(self, clean: bool) -> None:
        """A kill leaves the file as the last commit left it: so does a copy made in the middle."""
        if clean:
            self.ledger.close()
        else:
            killed = self.ledger
            shutil.copytree(self.folder, moved := Path(tempfile.mkdtemp()) / "copy")
            killed.close()
            shutil.rmtree(self.folder)
            self.folder = moved
        self.ledger = Ledger.open(self.folder / "ledger.sqlite3")
        self.tally = None
        self.hand.clear()

    @rule(lost=st.booleans())
    def is_made_anew(self, lost: bool) -> None:
        """From what the archive tells, into the old ledger or a new one; twice changes nothing."""
        if lost:
            self.ledger.close()
            shutil.rmtree(self.folder)
            self.ledger = Ledger.open(self.folder / "ledger.sqlite3")
        self.tally = None
        self.hand.clear()
        self.ledger.adoption.adopt(self.told)
        assert self.ledger.adoption.adopt(self.told) == 0

    @precondition(lambda self: self.home)
    @rule()
    def no_step_leads_out_of_nowhere(self) -> None:
        ((number, state),) = self.ledger.database.query(
            "SELECT id, state FROM item WHERE state = 'archived' ORDER BY id LIMIT 1"
        )
        for new in State:
            if new is not State(state) and new not in TRANSITIONS[State(state)]:
                with pytest.raises(LedgerError):
                    self.ledger.queue.mark(self.tally, [Change(number, new)])

    @invariant()
    def figures_add_up(self) -> None:
        if getattr(self, "tally", None) is not None:
            assert self.tally is not None
            adds_up(self.ledger, self.tally)

    @invariant()
    def home_stays_home(self) -> None:
        if hasattr(self, "home"):
            rows = self.ledger.database.query(
                "SELECT recording_id, version, done_sha256 FROM item WHERE state = 'archived'"
            )
            assert {(row[0], row[1]): row[2] for row in rows} == self.home


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=25, stateful_step_count=30)
