"""An engine in this process, signed in at the stand-in service, with a run that is watched and driven from outside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from download_client.credentials import MemoryVault, Secret
from download_client.engine import Engine, Job, Password, PullRequest, Result
from download_client.model import Criteria, Snapshot, State
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox, User
from tests.journeys.checker import Checker

SPAN = Criteria(from_time=datetime(2026, 10, 21, tzinfo=UTC), to_time=datetime(2026, 11, 20, 12, tzinfo=UTC))
SECONDS = 60.0
"""Nothing here takes as long (I8)."""


@dataclass
class House:
    """One user's computer: engines by profile, one archive, and the checker that trusts only files."""

    sandbox: Sandbox
    folder: Path
    user: User
    vault: MemoryVault = field(default_factory=MemoryVault)
    engines: list[Engine] = field(default_factory=list)

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    def engine(self, *, stop: threading.Event | None = None, page_size: int = 500) -> Engine:
        """An engine that is signed in."""
        paths = Paths.of_user()
        chosen = Settings.load(paths)
        few = {"transfer.min_free_space": "0", "retry.window": "5s", "search.page_size": str(page_size)}
        for name, value in few.items():
            chosen.set(name, value)
        made = Engine(paths=paths, settings=Settings.load(paths), profile="default", vault=self.vault, stop=stop)
        self.engines.append(made)
        self.sign_in(made)
        return made

    def sign_in(self, engine: Engine, user: User | None = None) -> None:
        who = user or self.user
        engine.sign_in(Password(self.sandbox.base_url, who.username, Secret(who.password)))

    def request(self, **different: Any) -> PullRequest:
        return PullRequest(**{"archive": self.archive, "criteria": SPAN, "accept_risk": True, **different})

    def checker(self) -> Checker:
        made = Checker(self.archive)
        made.learn(self.sandbox.truth(self.user.username))
        return made

    def close(self) -> None:
        for engine in self.engines:
            engine.close()


class Driven:
    """A job on a thread of its own. Every look at it is held against the sums."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.looks: list[Snapshot] = []
        self._result: Result | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="driven")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self.job.run()
        except BaseException as error:
            self._error = error

    def look(self) -> Snapshot | None:
        """The figures now: no count below zero, no more done than there is, never fewer listed than before."""
        seen = self.job.snapshot()
        if seen is None:
            return None
        assert all(count > 0 for count in seen.counts.values()), seen
        assert 0 <= seen.bytes_done <= seen.bytes_total
        assert seen.listed >= seen.done >= seen.skipped
        if self.looks:
            assert seen.listed >= self.looks[-1].listed, "what was listed stays counted"
            assert seen.done >= self.looks[-1].done, "what is home stays home"
        self.looks.append(seen)
        return seen

    def until(self, true: Callable[[Snapshot], bool]) -> Snapshot:
        """Look until something is true of the figures."""
        rest = threading.Event()
        for _ in range(int(SECONDS / 0.01)):
            seen = self.look()
            if seen is not None and true(seen):
                return seen
            assert self._thread.is_alive() or self._error is None, self._error
            rest.wait(0.01)
        raise AssertionError(f"it never came true: {self.looks[-1:]}")

    def result(self) -> Result:
        """How it ended."""
        while self._thread.is_alive():
            self.look()
            self._thread.join(0.02)
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result


def adds_up(result: Result) -> None:
    """I3 of a result."""
    parts = result.archived, result.skipped, result.failed, result.refused, result.waiting, result.left
    assert sum(parts) == result.listed == sum(result.counts.values())
    assert min(parts) >= 0


def home(result: Result) -> int:
    return result.counts.get(State.ARCHIVED, 0)
