"""A run driven from outside: paused, resumed, cancelled, stopped, held; nothing is lost or doubled by any of it."""

from __future__ import annotations

import threading

import pytest

from download_client.errors import ArchiveLocked, Interrupted, SignInAgain
from download_client.model import RunPhase, State
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


def test_paused_and_resumed_it_brings_everything_home(house: House) -> None:
    engine = house.engine()
    held = holding(house)
    run = Driven(engine.pull(house.request()))
    held.wait(waiting=1)
    run.job.pause()
    paused = run.until(lambda seen: seen.phase is RunPhase.PAUSED)
    assert paused.in_hand == ()
    assert State.FETCHING not in paused.counts, "nothing is in hand while it is paused"
    before = whole(house)
    assert before == paused.done - paused.skipped
    held.clear()
    run.job.resume()
    result = run.result()
    adds_up(result)
    assert home(result) == whole(house) > before
    assert len(engine.runs(house.archive)) == 1


def test_paused_before_it_began_it_begins_paused_and_cancelled_it_lets_go(house: House) -> None:
    engine = house.engine()
    job = engine.pull(house.request())
    job.pause()
    run = Driven(job)
    paused = run.until(lambda seen: seen.phase is RunPhase.PAUSED and seen.pages > 0)
    assert paused.content_requests == 0
    job.cancel()
    result = run.result()
    adds_up(result)
    assert result.phase is RunPhase.CANCELLED
    assert result.counts.get(State.QUEUED, 0) == 0
    assert result.left == result.counts[State.LISTED]
    again = Driven(engine.pull(house.request())).result()
    adds_up(again)
    assert home(again) == whole(house) > 0


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


def test_pause_resume_pause_cancel(house: House) -> None:
    engine = house.engine(hold=True)
    held = holding(house)
    run = Driven(engine.pull(house.request()))
    for _ in range(3):
        held.wait(waiting=1)
        run.job.pause()
        run.until(lambda seen: seen.phase is RunPhase.PAUSED)
        run.job.resume()
        run.until(lambda seen: seen.phase is not RunPhase.PAUSED)
    run.job.pause()
    run.job.cancel()
    result = run.result()
    adds_up(result)
    assert result.phase is RunPhase.CANCELLED
    assert home(result) == whole(house)


def test_a_listing_that_broke_while_paused_is_no_complete_listing(house: House) -> None:
    engine = house.engine()
    job = engine.pull(house.request())
    job.pause()
    house.sandbox.fault("status", {"status": 403, "code": "access_none"}, where={"route": "conversations"})
    run = Driven(job)
    run.until(lambda seen: seen.phase is RunPhase.PAUSED)
    threads = {thread.name for thread in threading.enumerate()}
    while "lister" in threads:
        threads = {thread.name for thread in threading.enumerate()}
    house.sandbox.clear()
    job.resume()
    result = run.result()
    assert result.listed > 0, "resumed, it lists again"
    assert home(result) == whole(house)


def test_held_until_somebody_signs_in_again(house: House) -> None:
    engine = house.engine(hold=True)
    held = holding(house)
    run = Driven(engine.pull(house.request()))
    held.wait(waiting=1)
    house.sandbox.end_tokens(access=True, refresh=True)
    held.clear()
    paused = run.until(lambda seen: seen.phase is RunPhase.PAUSED)
    assert paused.wait is not None
    assert paused.wait.code == SignInAgain.code
    assert State.FAILED not in paused.counts, "it is nobody's fault"
    run.job.resume()
    run.until(lambda seen: seen.phase is RunPhase.PAUSED and seen.wait is not None)
    house.sign_in(engine)
    run.job.resume()
    result = run.result()
    adds_up(result)
    assert result.error is None
    assert home(result) == whole(house)


def test_held_while_listing_until_somebody_signs_in_again(house: House) -> None:
    engine = house.engine(hold=True, page_size=20)
    job = engine.pull(house.request())
    house.sandbox.end_tokens(access=True, refresh=True)
    run = Driven(job)
    run.until(lambda seen: seen.phase is RunPhase.PAUSED and seen.wait is not None)
    house.sign_in(engine)
    job.resume()
    result = run.result()
    adds_up(result)
    assert result.error is None
    assert home(result) == whole(house) > 0


def test_another_user_does_not_go_on_with_the_run_of_the_first(house: House) -> None:
    engine = house.engine(hold=True)
    job = engine.pull(house.request())
    house.sandbox.end_tokens(access=True, refresh=True)
    run = Driven(job)
    run.until(lambda seen: seen.phase is RunPhase.PAUSED and seen.wait is not None)
    house.sign_in(engine, house.sandbox.user(role="manager"))
    job.resume()
    seen = run.until(lambda seen: seen.phase is RunPhase.PAUSED and seen.wait is not None)
    assert seen.listed == 0
    job.stop()
    assert run.result().phase is RunPhase.INTERRUPTED


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
