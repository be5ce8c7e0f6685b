"""The queue of runs: order, pauses, holds, restarts; nothing is lost or asked for twice by any of it."""

from __future__ import annotations

import json
import threading

import pytest

from download_client.engine import Engine, Standing, WaitsFor
from download_client.errors import ArchiveMissing, DiskFull, SignInAgain, UnknownName
from download_client.model import ItemGroup, RunPhase, State
from tests.engine.queue_rig import OVER, Watched, holding, whole
from tests.engine.rig import House, adds_up


def test_one_after_another_in_one_archive_and_all_come_home(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first, second = (engine.downloads.add(house.request(), name=name) for name in ("one", "two"))
    held.wait(waiting=1)
    waiting = queue.one(second.key, lambda run: run.waits_for is WaitsFor.TURN)
    assert waiting.behind == first.key
    assert [run.name for run in engine.downloads.entries()] == ["one", "two"]
    held.clear()
    done, again = queue.ended(first.key), queue.ended(second.key)
    assert done.result is not None
    assert again.result is not None
    adds_up(done.result)
    assert done.result.archived == whole(house) > 0
    assert again.result.content_requests == 0
    assert (done.user, done.table) == (engine.whoami().user.name, done.result.table)
    assert done.phase in OVER
    assert engine.downloads.settle(20.0)
    assert [run.run_id for run in engine.downloads.history(house.archive)] == []
    engine.downloads.remove()
    assert engine.downloads.entries() == ()
    assert engine.downloads.history(house.archive) == (), "who takes a run away does not want to see it again"
    later = house.engine()
    assert later.downloads.history(house.archive) == ()
    other = later.pull(house.request(name="by hand")).run()
    (seen,) = later.downloads.history(house.archive)
    assert (seen.run_id, seen.name, seen.user) == (other.run_id, "by hand", done.user)
    assert seen.figures is not None
    assert seen.figures.counts == other.counts
    later.downloads.remove(seen.key, archive=house.archive)
    assert later.downloads.history(house.archive) == ()


def test_archives_side_by_side(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house, skip=0)
    keys = [engine.downloads.add(house.request(archive=house.folder / name)).key for name in "ab"]
    queue.until(lambda runs: [run.standing for run in runs] == [Standing.AT_WORK] * 2 and all(r.run_id for r in runs))
    held.wait(waiting=2)
    held.clear()
    assert {queue.ended(key).phase for key in keys} <= OVER


def test_paused_it_is_durable_and_lets_others_through_then_goes_on(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first = engine.downloads.add(house.request())
    held.wait(waiting=1)
    engine.downloads.pause(first.key)
    chosen = tuple(each.id for each in engine.search(house.request().criteria, limit=2))
    second = engine.downloads.add(house.request(conversations=chosen), name="chosen")
    queue.one(second.key, lambda run: run.standing is Standing.AT_WORK and run.run_id is not None)
    paused = engine.downloads.entry(first.key)
    assert (paused.standing, paused.figures is not None) == (Standing.PAUSED, True)
    held.clear()
    assert queue.ended(second.key).chosen == 2
    before = whole(house)
    engine.downloads.resume(first.key)
    done = queue.ended(first.key)
    assert done.run_id == paused.run_id, "the same run went on"
    assert done.phase in OVER
    assert whole(house) > before
    assert len(engine.runs(house.archive)) == 2


def test_whoever_is_put_first_overtakes(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first = engine.downloads.add(house.request(), name="long")
    held.wait(waiting=1)
    second = engine.downloads.add(house.request(), name="urgent")
    engine.downloads.first(second.key)
    queue.one(second.key, lambda run: run.standing is Standing.AT_WORK and run.run_id is not None)
    assert queue.standing(first.key, Standing.WAITING).behind == second.key
    held.clear()
    assert queue.ended(second.key).phase in OVER
    assert queue.ended(first.key).phase in OVER
    assert [run.name for run in engine.downloads.entries()] == ["long", "urgent"], "latest first"
    assert whole(house) > 0


def test_cancelled_at_work_waiting_and_paused(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first, second, third = (engine.downloads.add(house.request()) for _ in range(3))
    held.wait(waiting=1)
    engine.downloads.pause(second.key)
    engine.downloads.cancel(second.key, third.key)
    engine.downloads.cancel()
    assert {queue.ended(run.key).phase for run in (first, second, third)} == {RunPhase.CANCELLED}
    (run,) = engine.runs(house.archive)
    assert run[0].phase is RunPhase.CANCELLED
    groups = engine.downloads.groups(house.archive, run[0].id)
    assert groups[ItemGroup.LEFT_OUT].count > 0 == groups[ItemGroup.QUEUED].count
    assert sum(group.count for group in groups.values()) == sum(run[1].values())
    held.clear()
    again = queue.ended(engine.downloads.add_retry(house.archive, run[0].id).key)
    assert (again.run_id, again.key) == (run[0].id, first.key)
    assert again.phase in OVER
    assert again.figures is not None
    assert whole(house) == again.figures.done


def test_a_paused_run_is_called_off(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    run = engine.downloads.add(house.request())
    held.wait(waiting=1)
    engine.downloads.pause()
    assert engine.downloads.settle(20.0)
    engine.downloads.cancel(run.key)
    held.clear()
    assert queue.ended(run.key).phase is RunPhase.CANCELLED
    assert engine.runs(house.archive)[0][0].phase is RunPhase.CANCELLED


def test_a_sign_in_that_ended_holds_everything_until_somebody_signs_in(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first, second = (engine.downloads.add(house.request()) for _ in range(2))
    other = engine.downloads.add(house.request(archive=house.folder / "other"))
    held.wait(waiting=1)
    house.sandbox.end_tokens(access=True, refresh=True)
    held.clear()
    queue.until(
        lambda runs: (
            any(run.standing is Standing.HELD for run in runs)
            and all(run.standing is Standing.HELD or run.waits_for is WaitsFor.SIGN_IN for run in runs)
        )
    )
    for run in engine.downloads.entries():
        assert run.reason in (SignInAgain.code, "")
        assert run.phase is None
        assert run.figures is None or State.FAILED not in run.figures.counts, "it is nobody's fault"
    house.sign_in(engine)
    assert {queue.ended(run.key).phase for run in (first, second, other)} <= OVER
    assert whole(house) > 0


def test_another_user_does_not_go_on_with_the_run_of_the_first(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    first = engine.downloads.add(house.request())
    held.wait(waiting=1)
    engine.downloads.pause()
    assert engine.downloads.settle(20.0)
    held.clear()
    house.sign_in(engine, house.sandbox.user(role="manager"))
    engine.downloads.resume()
    assert queue.standing(first.key, Standing.HELD).reason == SignInAgain.code
    second = engine.downloads.add(house.request(archive=house.folder / "managers"))
    assert queue.ended(second.key).phase in OVER, "others go on"
    house.sign_in(engine)
    assert queue.ended(first.key).phase in OVER


def test_a_full_drive_holds_the_archive_and_no_other(house: House) -> None:
    engine = house.engine()
    engine.settings.set("transfer.min_free_space", "90TB")
    crowded = Engine(paths=engine.paths, settings=engine.settings.load(engine.paths), profile="d", vault=house.vault)
    house.engines.append(crowded)
    house.sign_in(crowded)
    queue = Watched(crowded.downloads)
    first, second = (crowded.downloads.add(house.request()) for _ in range(2))
    full = queue.standing(first.key, Standing.HELD)
    assert (full.reason, full.needs_somebody) == (DiskFull.code, True)
    queue.one(second.key, lambda run: run.waits_for is WaitsFor.DISK)
    crowded.settings.set("transfer.min_free_space", "0")
    crowded.downloads.resume(first.key)
    assert queue.ended(first.key).phase in OVER
    assert queue.ended(second.key).phase in OVER


def test_another_program_in_the_archive_is_waited_for(house: House) -> None:
    engine, other = house.engine(), house.engine()
    held = holding(house)
    job = other.pull(house.request())
    thread = threading.Thread(target=job.run)
    thread.start()
    held.wait(waiting=1)
    queue = Watched(engine.downloads)
    run = engine.downloads.add(house.request())
    waiting = queue.one(run.key, lambda seen: seen.waits_for is WaitsFor.PROGRAM)
    assert waiting.error is not None
    assert str(waiting.error)
    (elsewhere,) = engine.downloads.history(house.archive)
    assert (elsewhere.standing, elsewhere.phase) == (Standing.AT_WORK, None)
    held.clear()
    thread.join()
    done = queue.ended(run.key)
    assert done.result is not None
    assert done.result.content_requests == 0


def test_a_gate_is_a_wait_with_an_end(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    shut = house.sandbox.fault("rate-limited", {"retryAfter": "3"}, where={"route": "content"}, times=2)
    run = engine.downloads.add(house.request())
    waiting = queue.one(run.key, lambda seen: seen.waits_for is WaitsFor.SERVICE and seen.wait is not None)
    assert waiting.standing is Standing.AT_WORK
    assert waiting.wait is not None
    assert waiting.wait.until is not None
    shut.clear()
    assert queue.ended(run.key).phase in OVER


def test_stopped_and_started_again_everything_stands_as_it_did(house: House) -> None:
    engine = house.engine()
    held = holding(house)
    runs = [engine.downloads.add(house.request(), name=name) for name in ("a", "b", "c")]
    begun = Watched(engine.downloads)
    held.wait(waiting=1)
    begun.one(runs[0].key, lambda run: run.figures is not None and run.figures.done == 10)
    engine.downloads.pause(runs[1].key)
    assert engine.downloads.stop(20.0)
    assert whole(house) == 10
    engine.close()
    held.clear()
    later = house.engine()
    queue = Watched(later.downloads)
    assert [run.name for run in later.downloads.entries()] == ["a", "b", "c"]
    assert queue.ended(runs[0].key).phase in OVER
    assert queue.ended(runs[2].key).phase in OVER
    paused = later.downloads.entry(runs[1].key)
    assert (paused.standing, paused.run_id) == (Standing.PAUSED, None)
    assert len(later.runs(house.archive)) == 2
    assert whole(house) > 10


def test_a_damaged_file_is_set_aside_and_said(house: House) -> None:
    engine = house.engine()
    file = engine.paths.state / "downloads" / "default.json"
    engine.downloads.add(house.request())
    told = json.loads(file.read_text(encoding="utf-8"))
    del told["runs"][0]["request"]["archive"]
    file.write_text(json.dumps(told), encoding="utf-8")
    later = house.engine()
    later.downloads.start()
    assert later.downloads.entries() == ()
    assert later.downloads.damaged is not None
    assert later.downloads.damaged.exists()
    with pytest.raises(UnknownName):
        later.downloads.entry("x")


def test_an_archive_that_is_gone_holds_its_runs_and_is_made_nowhere_else(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house)
    run = engine.downloads.add(house.request())
    held.wait(waiting=1)
    engine.downloads.pause()
    assert engine.downloads.settle(20.0)
    held.clear()
    other = engine.downloads.add(house.request(archive=house.folder / "other"))
    assert queue.ended(other.key).phase in OVER, "now another archive is the one used last"
    drive = house.archive.rename(house.folder / "unplugged")
    engine.downloads.resume(run.key)
    assert queue.standing(run.key, Standing.HELD).reason == ArchiveMissing.code
    assert not house.archive.exists()
    drive.rename(house.archive)
    engine.downloads.resume(run.key)
    assert queue.ended(run.key).phase in OVER
    assert whole(house) > 10


def test_limits_are_changed_while_it_is_at_work(house: House) -> None:
    """As it was limited it would take some minutes."""
    engine = house.engine()
    queue = Watched(engine.downloads)
    run = engine.downloads.add(house.request(limit_rate=5_000, concurrency=1))
    queue.one(run.key, lambda seen: seen.figures is not None and bool(seen.figures.in_hand))
    engine.downloads.set_limits(concurrency=None, limit_rate=None)
    assert queue.ended(run.key).phase in OVER
    assert whole(house) > 10
