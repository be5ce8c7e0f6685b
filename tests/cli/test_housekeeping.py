"""`housekeeping`: a look first, then erased for good, never fetched again; on hold nothing is."""

from __future__ import annotations

from pathlib import Path

from download_client.archive import Archive
from download_client.retry import SystemClock
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


def recordings(program: Program) -> list[Path]:
    return [path for path in program.archive.rglob("*.wav") if ".mir" not in path.parts]


def test_what_is_old_is_erased_and_does_not_come_again(signed_in: Program) -> None:
    program, archive = signed_in, str(signed_in.archive)
    program.pull_here(*WINDOW)
    before = recordings(program)
    assert before

    look = program.here("housekeeping", archive, "--older-than", "12", "--json", signs_in=False)
    assert (look.code, look.json["erased"]) == (0, False)
    assert 0 < look.json["recordings"] < len(before)
    assert recordings(program) == before

    said = program.here("housekeeping", archive, "--older-than", "12", signs_in=False).out
    assert "Nothing was erased." in said
    done = program.here("housekeeping", archive, "--older-than", "12", "--erase", "--json", signs_in=False)
    assert (done.code, done.json["recordings"], done.json["refused"]) == (0, look.json["recordings"], [])
    assert len(recordings(program)) == len(before) - done.json["recordings"]
    assert program.here("verify", archive, "--json", signs_in=False).json["sound"]

    again = program.pull_here(*WINDOW).json
    assert (again["archived"], again["content_requests"]) == (0, 0)
    assert again["states"]["erased"] == done.json["recordings"]
    program.here("rebuild", archive, signs_in=False)
    assert program.pull_here(*WINDOW).json["content_requests"] == 0, "the archive alone knows it too"
    audit = program.here("audit", "verify", "--archive", archive, "--json", signs_in=False)
    assert (audit.code, audit.json["sound"], audit.json["linesUntold"]) == (0, True, 0)
    assert program.here("housekeeping", archive, "--older-than", "12", signs_in=False).out.startswith("Nothing was")


def test_it_is_off_and_can_be_held(signed_in: Program) -> None:
    program, archive = signed_in, str(signed_in.archive)
    program.pull_here(*WINDOW)
    nothing = program.here("housekeeping", archive, signs_in=False)
    assert (nothing.code, "nothing says how old" in nothing.err) == (2, True)
    both = program.here("housekeeping", archive, "--older-than", "5", "--erase", "--dry-run", signs_in=False)
    assert (both.code, "--dry-run erases nothing" in both.err) == (2, True)
    program.settings({"housekeeping.keep_days": 5, "housekeeping.hold": True})
    held = program.here("housekeeping", archive, "--erase", "--json", signs_in=False)
    assert (held.code, held.json["error"]["code"]) == (2, "on_hold")
    program.settings({"housekeeping.keep_days": 5})
    assert program.here("housekeeping", archive, "--erase", "--json", signs_in=False).json["recordings"] > 0


def test_what_is_not_the_recording_that_was_placed_is_told(signed_in: Program) -> None:
    program, archive = signed_in, str(signed_in.archive)
    program.pull_here(*WINDOW)
    path = min(recordings(program))
    path.write_bytes(path.read_bytes() + b"x")
    done = program.here("housekeeping", archive, "--older-than", "12", "--erase", signs_in=False)
    assert done.code == 3
    assert "not erased: rec-" in done.out
    assert path.exists()


def test_beside_a_pull_nothing_is_erased(signed_in: Program) -> None:
    program, archive = signed_in, str(signed_in.archive)
    program.pull_here(*WINDOW)
    before = recordings(program)
    with Archive.open(program.archive, clock=SystemClock()).lock("a pull"):
        done = program.here("housekeeping", archive, "--older-than", "5", "--erase", signs_in=False)
        look = program.here("housekeeping", archive, "--older-than", "5", signs_in=False)
    assert (done.code, look.code) == (9, 0)
    assert recordings(program) == before
