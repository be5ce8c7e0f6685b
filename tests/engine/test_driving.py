"""A run driven from outside: paused, resumed, cancelled, stopped, held; nothing is lost or doubled by any of it."""

from __future__ import annotations

import threading

import pytest

from download_client.errors import ArchiveLocked, Interrupted
from download_client.model import RunPhase
from mir_sandbox.remote import StandingFault
from tests.engine.rig import Driven, House, adds_up, home


def holding(house: House, *, skip: int = 10) -> StandingFault:
    """Some recordings come at once, the others wait until they are let go."""
    return house.sandbox.fault("slow-first-byte", {"seconds": None}, where={"route": "content"}, skip=skip)


def whole(house: House) -> int:
    """How many files lie in the archive, each what the service served."""
    checker = house.checker()
    assert checker.after(None) == []
    return len(checker.finals())


def test_cancelled_before_it_began_it_is_cancelled(house: House) -> None:
    job = house.engine().pull(house.request())
    job.cancel()
    assert Driven(job).result().phase is RunPhase.CANCELLED


@pytest.mark.parametrize("how", ["cancel", "stop"])
def test_an_ended_run_leaves_the_engine_as_it_was(house: House, how: str) -> None:
    """The end of a run is not the end of the program: the window goes on searching, and pulls again."""
    engine = house.engine()
    held = holding(house)
    run = Driven(engine.pull(house.request()))
    held.wait(waiting=1)
    getattr(run.job, how)()
    result = run.result()
    adds_up(result)
    assert result.phase is (RunPhase.CANCELLED if how == "cancel" else RunPhase.INTERRUPTED)
    assert home(result) == whole(house)
    held.clear()
    assert next(iter(engine.search(house.request().criteria, limit=1))).id
    last = Driven(engine.pull(house.request())).result()
    adds_up(last)
    assert last.skipped == home(result)
    assert home(last) == whole(house)


def test_the_end_of_everything_ends_the_run(house: House) -> None:
    stop = threading.Event()
    engine = house.engine(stop=stop)
    held = holding(house)
    run = Driven(engine.pull(house.request()))
    held.wait(waiting=1)
    stop.set()
    result = run.result()
    assert result.phase is RunPhase.INTERRUPTED
    with pytest.raises(Interrupted):
        engine.whoami()


def test_two_engines_of_one_profile_are_one_puller(house: House) -> None:
    first, second = house.engine(), house.engine()
    held = holding(house)
    run = Driven(first.pull(house.request()))
    held.wait(waiting=1)
    with pytest.raises(ArchiveLocked):
        second.pull(house.request()).run()
    held.clear()
    result = run.result()
    assert home(result) == whole(house)
    assert Driven(second.pull(house.request())).result().content_requests == 0


def test_a_selection_that_was_stopped_is_known_to_its_retry(house: House) -> None:
    engine = house.engine()
    chosen = tuple(each.id for each in engine.search(house.request().criteria, limit=12))
    held = house.sandbox.fault("slow-first-byte", {"seconds": None}, where={"route": "conversation"}, skip=3)
    run = Driven(engine.pull(house.request(conversations=chosen)))
    held.wait(waiting=1)
    run.job.stop()
    first = run.result()
    held.clear()
    again = Driven(engine.retry(house.archive, first.run_id)).result()
    adds_up(again)
    wanted = {row["recording"] for row in house.sandbox.truth(house.user.username) if row["conversation"] in chosen}
    assert again.listed == len(wanted) > 0
    assert home(again) == whole(house)
