"""The token: asked for off the transfer thread, renewed once for all."""

from __future__ import annotations

import queue
from dataclasses import dataclass, field

from download_client.content.bearer import Bearer
from download_client.content.worker import Job
from download_client.credentials import Secret
from download_client.errors import MirError, Offline

OLD = Secret("old")
NEW = Secret("new")


@dataclass
class Bench:
    """A bearer, with this thread in the part of the transfer thread."""

    current: Secret = OLD
    calls: list[str] = field(default_factory=list)
    failures: list[MirError] = field(default_factory=list)
    offline: bool = False

    def __post_init__(self) -> None:
        self.jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self.bearer = Bearer(token=self.token, renew=self.renew, post=self.jobs.put, failed=self.failures.append)

    def token(self) -> Secret:
        self.calls.append("token")
        if self.offline:
            raise Offline
        return self.current

    def renew(self, used: Secret) -> Secret:
        self.calls.append("renew")
        assert used == OLD
        self.current = NEW
        return NEW

    def settle(self) -> None:
        self.jobs.get(timeout=10)()


def test_it_is_there_after_it_was_asked_for() -> None:
    bench = Bench()
    assert bench.bearer.current(now=0.0) is None
    assert bench.bearer.current(now=0.0) is None
    bench.settle()
    assert bench.bearer.current(now=0.0) is OLD
    assert bench.calls == ["token"]


def test_it_is_asked_for_again_now_and_then_while_the_old_one_serves() -> None:
    bench = Bench()
    bench.bearer.current(now=0.0)
    bench.settle()
    bench.current = NEW
    assert bench.bearer.current(now=16.0) is OLD
    bench.settle()
    assert bench.bearer.current(now=16.0) is NEW


def test_many_refusals_are_one_renewal() -> None:
    bench = Bench()
    bench.bearer.current(now=0.0)
    bench.settle()
    for _ in range(3):
        bench.bearer.refused(OLD)
        assert bench.bearer.current(now=1.0) is None
    bench.settle()
    bench.bearer.refused(OLD)
    assert bench.bearer.current(now=1.0) is NEW
    assert bench.calls == ["token", "renew"]


def test_a_refusal_while_the_old_one_is_asked_for_again_still_renews() -> None:
    bench = Bench()
    bench.bearer.current(now=0.0)
    bench.settle()
    bench.bearer.current(now=16.0)
    bench.bearer.refused(OLD)
    bench.settle()
    assert bench.bearer.current(now=16.0) is None
    bench.settle()
    assert bench.bearer.current(now=16.0) is NEW
    assert bench.calls == ["token", "token", "renew"]


def test_a_failure_matters_only_when_there_is_no_token() -> None:
    bench = Bench()
    bench.bearer.current(now=0.0)
    bench.settle()
    bench.offline = True
    bench.bearer.current(now=16.0)
    bench.settle()
    assert (bench.bearer.current(now=17.0), bench.failures) == (OLD, [])
    alone = Bench(offline=True)
    alone.bearer.current(now=0.0)
    alone.settle()
    assert [type(error) for error in alone.failures] == [Offline]
