"""Listening: from the archive offline, else fetched with the same proofs, beside pulls, never part of the archive."""

from __future__ import annotations

import csv
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from download_client.archive import Archive
from download_client.engine import Copied, Engine, Fetched, FetchPhase, FetchStep, Replays
from download_client.errors import (
    DigestMismatch,
    DiskFull,
    DownloadNotPermitted,
    Interrupted,
    MediaMissing,
    MirError,
    NotReady,
    Offline,
    RecordingExpired,
    RecordingGone,
    ReplayNotPermitted,
    TooMuchVoice,
)
from download_client.model import Conversation, Criteria, RecordingStatus
from download_client.retry import SystemClock
from mir_sandbox.remote import Sandbox
from tests.engine.rig import SECONDS, SPAN, Driven, House, adds_up

READY = RecordingStatus.AVAILABLE


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Few calls, of a few kilobytes each."""
    with Sandbox.start(conversations=80, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@pytest.fixture
def engine(house: House) -> Engine:
    return house.engine()


@pytest.fixture
def calls(engine: Engine) -> list[Conversation]:
    """Conversations of which everything can be had, the ones with several recordings first."""
    found = [
        call
        for call in engine.search(SPAN)
        if call.recordings and all(each.status is READY and each.size_bytes for each in call.recordings)
    ]
    return sorted(found, key=lambda call: -len(call.recordings))


class Ear:
    """Fetches, and remembers the steps."""

    def __init__(self, replays: Replays) -> None:
        self.replays = replays
        self.steps: list[FetchStep] = []
        self.stop = threading.Event()
        self.waiting = threading.Event()

    def step(self, step: FetchStep) -> None:
        self.steps.append(step)
        if step.phase is FetchPhase.WAITING and step.code:
            self.waiting.set()

    def fetch(self, call: Conversation, only: frozenset[str] | None = None) -> Fetched:
        return self.replays.fetch(call, only=only, step=self.step, stop=self.stop)


class Aside:
    """A fetch on a thread of its own."""

    def __init__(self, ear: Ear, call: Conversation) -> None:
        self.found: Fetched | None = None
        self.error: MirError | None = None

        def run() -> None:
            try:
                self.found = ear.fetch(call)
            except MirError as error:
                self.error = error

        self.thread = threading.Thread(target=run)
        self.thread.start()

    def end(self) -> None:
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


def true(sandbox: Sandbox, house: House) -> dict[str, str]:
    """The digest of each recording, by the service's own book."""
    return {str(row["recording"]): str(row["sha256"]) for row in sandbox.truth(house.user.username)}


def digests(found: Fetched) -> dict[str, str]:
    read = {each.recording.id: hashlib.sha256(each.path.read_bytes()).hexdigest() for each in found.voices}
    assert read == {each.recording.id: each.sha256 for each in found.voices}
    return read


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_without_an_archive_it_is_fetched_proved_and_kept(
    sandbox: Sandbox, house: House, engine: Engine, calls: list[Conversation]
) -> None:
    call = calls[0]
    with closing(engine.replays(None)) as replays:
        assert replays.here(call) is None
        ear = Ear(replays)
        found = ear.fetch(call)
        assert not found.lacking
        truth = true(sandbox, house)
        assert digests(found) == {each.id: truth[each.id] for each in call.recordings}
        assert not any(each.from_archive or each.version for each in found.voices)
        asked = sandbox.content_requests()
        again = Ear(replays)
        assert again.fetch(call).voices == found.voices
        assert again.steps == []
        assert replays.here(call) == found
        assert sandbox.content_requests() == asked
    assert all(path.is_relative_to(engine.paths.cache) for each in found.voices for path in [each.path])
    assert not house.archive.exists()


def test_from_the_archive_offline_and_for_nobody_in_particular(
    sandbox: Sandbox, house: House, engine: Engine, calls: list[Conversation]
) -> None:
    call = calls[0]
    Driven(engine.pull(house.request(conversations=(call.id,), criteria=Criteria()))).result()
    asked = sandbox.content_requests()
    for ledger in (True, False):
        if not ledger:
            for path in (engine.paths.data / "ledgers").iterdir():
                path.unlink()
        stranger = Engine(paths=engine.paths, settings=engine.settings, profile="nobody")
        with closing(stranger.replays(house.archive)) as replays:
            found = replays.here(call)
            assert found is not None
            assert [each.from_archive for each in found.voices] == [True] * len(call.recordings)
            assert all(each.path.is_relative_to(house.archive) and each.version == 1 for each in found.voices)
            digests(found)
            assert replays.here(call, only=frozenset({call.recordings[0].id})) == Fetched(found.voices[:1])
            replays.let_go(found.voices)
        stranger.close()
    assert sandbox.content_requests() == asked
    assert not (house.archive / ".mir" / "cache").exists()


def test_the_cache_of_an_archive_is_no_part_of_it(
    sandbox: Sandbox, house: House, engine: Engine, calls: list[Conversation]
) -> None:
    one, two = calls[0], calls[1]
    Driven(engine.pull(house.request(conversations=(one.id,), criteria=Criteria()))).result()
    archive = Archive.open(house.archive, clock=SystemClock())
    before = archive.manifest_mark(), files(house.archive)
    with closing(engine.replays(house.archive)) as replays:
        found = Ear(replays).fetch(two)
        assert all(each.path.parent == house.archive / ".mir" / "cache" for each in found.voices)
        assert archive.manifest_mark() == before[0]
        assert [path for path in files(house.archive) if path.parent.name != "cache"] == before[1]
        verifier = archive.verify()
        assert list(verifier) == []
        with closing(engine.library(house.archive)) as library:
            library.fill(lambda _: None, threading.Event())
            assert not list(library.held([two.id], conversations=True))
        asked = sandbox.content_requests()
        result = Driven(engine.pull(house.request(conversations=(two.id,), criteria=Criteria()))).result()
        adds_up(result)
        assert sandbox.content_requests() == asked + len(two.recordings), "what is archived came from the service"
        home = Ear(replays).fetch(two)
        assert all(each.from_archive for each in home.voices)
        replays.let_go([*found.voices, *home.voices])
        assert engine.rebuild(house.archive, progress=lambda _: None) == len(one.recordings) + len(two.recordings)


def test_a_free_replay_is_waited_for_and_no_download_with_it(
    sandbox: Sandbox, house: House, engine: Engine, calls: list[Conversation]
) -> None:
    heard, pulled = calls[0], calls[1]
    engine.settings.set("retry.window", "60s")
    with closing(engine.replays(house.archive)) as replays:
        ear = Ear(replays)
        sandbox.limit(max_concurrent_replays=0)
        try:
            aside = Aside(ear, heard)
            assert ear.waiting.wait(SECONDS)
            result = Driven(engine.pull(house.request(conversations=(pulled.id,), criteria=Criteria()))).result()
            assert result.archived == len(pulled.recordings), "a pull goes on while replays wait"
        finally:
            sandbox.limit(max_concurrent_replays=40)
        aside.end()
        assert aside.found is not None, aside.error
        waits = [step for step in ear.steps if step.phase is FetchPhase.WAITING and step.code]
        assert {step.code for step in waits} == {"rate_limited"}
        assert all(step.until is not None and step.until.tzinfo is not None for step in waits)
        assert {entry["status"] for entry in sandbox.journal(route="content")} >= {429, 200}


def test_while_another_program_pulls_the_archive_is_listened_to(
    house: House, engine: Engine, calls: list[Conversation]
) -> None:
    Driven(engine.pull(house.request(conversations=(calls[0].id,), criteria=Criteria()))).result()
    archive = Archive.open(house.archive, clock=SystemClock())
    with archive.lock("another program"), closing(engine.replays(house.archive)) as replays:
        found = [Ear(replays).fetch(call) for call in calls[:2]]
        assert [each.from_archive for one in found for each in one.voices] == [True] * len(calls[0].recordings) + [
            False
        ] * len(calls[1].recordings)


def test_stopped_it_goes_on_where_it_was(sandbox: Sandbox, house: House, engine: Engine) -> None:
    arrived = sandbox.arrive(house.user.username, sound="pcm16-16k-mono", seconds=700, recordings=1)[0]
    call = next(engine.search(Criteria(conversation_id=arrived)))
    size = call.recordings[0].size_bytes or 0
    assert size > 20_000_000
    with closing(engine.replays(None)) as replays:
        ear = Ear(replays)
        broken = sandbox.fault("stall", {"after": 9_000_000, "seconds": 600}, where={"route": "content"}, times=1)
        aside = Aside(ear, call)
        rest = threading.Event()
        for _ in range(int(SECONDS / 0.05)):
            if any(step.done_bytes > 8_500_000 for step in ear.steps):
                break
            rest.wait(0.05)
        ear.stop.set()
        aside.end()
        assert isinstance(aside.error, Interrupted)
        broken.clear()
        sandbox.release()
        sandbox.forget()
        again = Ear(replays)
        found = again.fetch(call)
        assert digests(found)[call.recordings[0].id] == true(sandbox, house)[call.recordings[0].id]
        entries = sandbox.journal(route="content")
        assert [entry["status"] for entry in entries] == [206]
        assert again.steps
        assert {step.total_bytes for step in again.steps} == {size}
        assert again.steps[0].done_bytes >= 8_000_000


@pytest.mark.parametrize(
    ("fault", "parameters"),
    [("cut", {"after": 900}), ("json-error", {}), ("digest", {"kind": "wrong"})],
    ids=["cut", "error body", "digest"],
)
def test_what_comes_wrong_once_is_asked_for_again(
    sandbox: Sandbox,
    house: House,
    engine: Engine,
    calls: list[Conversation],
    fault: str,
    parameters: dict[str, object],
) -> None:
    call = calls[-1]
    sandbox.fault(fault, parameters, where={"route": "content"}, times=1)
    with closing(engine.replays(None)) as replays:
        found = Ear(replays).fetch(call)
        truth = true(sandbox, house)
        assert digests(found) == {each.id: truth[each.id] for each in call.recordings}


def test_what_stays_wrong_is_never_heard(sandbox: Sandbox, engine: Engine, calls: list[Conversation]) -> None:
    sandbox.fault("digest", {"kind": "wrong"}, where={"route": "content"})
    with closing(engine.replays(None)) as replays:
        with pytest.raises(DigestMismatch):
            Ear(replays).fetch(calls[0])
        assert not [path for path in files(engine.paths.cache / "voices") if path.suffix == ".wav"]


def test_what_cannot_be_had_says_why_and_keeps_nothing_from_the_others(
    sandbox: Sandbox, house: House, engine: Engine
) -> None:
    arrived = sandbox.arrive(house.user.username, recordings=4, seconds=2)[0]

    def listed() -> Conversation:
        return next(engine.search(Criteria(conversation_id=arrived)))

    call = listed()
    assert len(call.recordings) == 4
    one, two, three, four = (each.id for each in call.recordings)
    sandbox.change("expire", select={"recordings": [one]})
    sandbox.change("missing", select={"recordings": [two]})
    sandbox.change("processing", select={"recordings": [three]}, ready_in_seconds=100_000)
    with closing(engine.replays(None)) as replays:
        for now in (call, listed()):
            found = Ear(replays).fetch(now)
            assert [each.recording.id for each in found.voices] == [four]
            assert [(recording.id, type(error)) for recording, error in found.lacking] == [
                (one, RecordingExpired),
                (two, MediaMissing),
                (three, NotReady),
            ]
        with pytest.raises(RecordingExpired):
            Ear(replays).fetch(listed(), frozenset({one, two}))
        sandbox.change("delete", select={"recordings": [four]})
        gone = replace(call, recordings=call.recordings[3:], id=call.id)
        replays.let_go(found.voices)
        replays.let_go(found.voices)
        for path in files(engine.paths.cache / "voices"):
            path.unlink()
        with pytest.raises(RecordingGone):
            Ear(replays).fetch(gone)


def test_who_may_listen_but_not_download_and_the_other_way_round(
    sandbox: Sandbox, house: House, engine: Engine, calls: list[Conversation]
) -> None:
    name = house.user.username
    try:
        sandbox.grant(name, permissions=["list", "replay"])
        house.sign_in(engine)
        with pytest.raises(DownloadNotPermitted):
            engine.pull(house.request()).run()
        with closing(engine.replays(None)) as replays:
            assert Ear(replays).fetch(calls[0]).voices
        sandbox.grant(name, permissions=["list", "download"])
        house.sign_in(engine)
        with closing(engine.replays(None)) as replays, pytest.raises(ReplayNotPermitted):
            Ear(replays).fetch(calls[1])
    finally:
        sandbox.grant(name, permissions=["list", "replay", "download"])


def test_more_than_a_day_is_not_loaded(engine: Engine, calls: list[Conversation]) -> None:
    one = calls[0].recordings[0]
    with closing(engine.replays(None)) as replays:
        assert replays.room_for([replace(one, duration_seconds=43_200.0)] * 2) == 86_400.0
        with pytest.raises(TooMuchVoice, match=r"24\.5 hours together, 0\.5 of them"):
            replays.room_for([replace(one, duration_seconds=86_400.0)], loaded_seconds=1800.0)


def test_the_cache_is_bounded_and_what_is_in_use_stays(house: House, engine: Engine, calls: list[Conversation]) -> None:
    small = [call for call in calls if len(call.recordings) == 1][:4]
    sizes = [call.recordings[0].size_bytes or 0 for call in small]
    engine.settings.set("replay.cache_size", str(max(sizes) + min(sizes) // 2))
    tight = house.engine()
    with closing(tight.replays(None)) as replays:
        kept = [Ear(replays).fetch(call).voices[0] for call in small]
        assert all(each.path.exists() for each in kept), "all of them are in use"
        for age, each in enumerate(kept[:3]):
            os.utime(each.path, (1_000_000 + age, 1_000_000 + age))
        replays.let_go(kept[:3])
        assert [each.path.exists() for each in kept] == [False, False, False, True]
    assert kept[3].path.exists()
    kept[3].path.write_bytes(b"x" + kept[3].path.read_bytes()[1:])
    with closing(tight.replays(None)) as replays:
        assert replays.here(small[3]) is None, "a damaged one is not heard"
        assert not kept[3].path.exists()


def test_no_room_is_said(house: House, engine: Engine, calls: list[Conversation]) -> None:
    full = house.engine()
    full.settings.set("transfer.min_free_space", "90TB")
    with closing(full.replays(None)) as replays, pytest.raises(DiskFull):
        Ear(replays).fetch(calls[0])


def test_a_link_in_the_place_of_the_cache_is_not_followed(
    house: House, engine: Engine, calls: list[Conversation], tmp_path: Path
) -> None:
    Driven(engine.pull(house.request(conversations=(calls[0].id,), criteria=Criteria()))).result()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (house.archive / ".mir" / "cache").symlink_to(elsewhere)
    with closing(engine.replays(house.archive)) as replays:
        found = Ear(replays).fetch(calls[1])
    assert found.voices[0].path.is_relative_to(engine.paths.cache)
    assert not list(elsewhere.iterdir())


def test_offline_what_is_here_is_heard_and_the_rest_is_named(sandbox: Sandbox, house: House, engine: Engine) -> None:
    arrived = sandbox.arrive(house.user.username, recordings=3, seconds=2)[0]
    call = next(engine.search(Criteria(conversation_id=arrived)))
    with closing(engine.replays(None)) as replays:
        first = Ear(replays).fetch(call, frozenset({call.recordings[0].id}))
        sandbox.fault("refuse")
        found = Ear(replays).fetch(call)
        assert found.voices == first.voices
        assert [recording.id for recording, _ in found.lacking] == [each.id for each in call.recordings[1:]]
        assert {type(error) for _, error in found.lacking} == {Offline}


def test_the_note_beside_a_copy_says_what_it_holds_and_where_it_came_from(
    house: House, engine: Engine, calls: list[Conversation]
) -> None:
    home, heard = calls[0], calls[1]
    Driven(engine.pull(house.request(conversations=(home.id,), criteria=Criteria()))).result()
    copy = house.folder / "copy.flac"
    (house.folder / "copy.csv").write_text("somebody's")
    with closing(engine.replays(house.archive)) as replays:
        parts = [Copied(call, Ear(replays).fetch(call).voices[0], 0.25, 1.5) for call in (home, heard)]
        note = replays.note_copy(copy, parts)
    assert note == house.folder / "copy (2).csv"
    with note.open(encoding="utf-8-sig", newline="") as file:
        one, two = csv.DictReader(file)
    assert [row["Recording ID"] for row in (one, two)] == [home.recordings[0].id, heard.recordings[0].id]
    assert (house.archive / one["File Name"]).exists()
    assert one["Copied From"] == f"archive/{one['File Name']}"
    assert one["SHA-256"] == one["Copied From SHA-256"] == parts[0].voice.sha256
    assert one["Verified By"] == "sha-256"
    assert (two["File Name"], two["Verified By"]) == ("", "")
    assert two["Copied From"] == house.sandbox.base_url
    assert two["Copied From SHA-256"] == parts[1].voice.sha256
    assert (one["Copy File"], one["From Second"], one["To Second"]) == ("copy.flac", "0.250", "1.500")
    assert one["Copied By"].startswith("MIR Download Client ")
    assert datetime.fromisoformat(one["Copied At (UTC)"]).tzinfo is not None
