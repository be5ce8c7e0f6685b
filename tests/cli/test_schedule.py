"""`schedule`: made, looked at, changed, run, paused, exported, removed; what cannot be meant is said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.program import Program

NOON = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
"""Where it is about noon: no day ends there while this is tried."""
NIGHTLY = ("schedule", "add", "Nightly", "--at", "00:00", "--zone", NOON, "--accept-risk")


def test_from_the_first_to_the_last(signed_in: Program, tmp_path: Path) -> None:
    program, archive = signed_in, str(signed_in.archive)

    made = program.here(*NIGHTLY, "--archive", archive, "--days", "daily", "--json", signs_in=False)
    assert (made.code, made.json["due"], made.json["registered"]) == (0, True, None)
    listed = program.here("schedule", "list", "--json", signs_in=False).json["schedules"]
    assert [(each["name"], each["at"], each["archive"]) for each in listed] == [("Nightly", "00:00", archive)]

    night = program.here("schedule", "run", "Nightly", "--json", signs_in=False)
    assert night.json["nights"][0]["day"] == datetime.now(ZoneInfo(NOON)).date().isoformat()
    assert night.json["nights"][0]["archived"] > 0
    # What expired or is missing for the first time makes the first night partial, and is reported with it.
    again = program.here("schedule", "run", "Nightly", "--json", signs_in=False)
    assert again.code == 0
    idle = program.here("schedule", "run", "Nightly", signs_in=False)
    assert (idle.code, idle.out.startswith("Nothing is due.")) == (0, True)

    edited = program.here(
        "schedule", "edit", "Nightly", "--at", "23:59", "--until", "02:00", "--days", "sun", "--json", signs_in=False
    )
    assert (edited.json["at"], edited.json["windowMinutes"], edited.json["days"]) == ("23:59", 121, ["sun"])
    shown = program.here("schedule", "show", "Nightly", signs_in=False)
    assert "last complete:" in shown.out
    assert len(program.here("schedule", "show", "Nightly", "--json", signs_in=False).json["nights"]) >= 1

    assert program.here("schedule", "pause", "Nightly", signs_in=False).code == 0
    assert "It is paused" in program.here("schedule", "run", "Nightly", signs_in=False).out
    assert program.here("schedule", "resume", "Nightly", "--json", signs_in=False).json["paused"] is False

    folder = tmp_path / "units"
    written = program.here("schedule", "export", "Nightly", "--into", str(folder), "--json", signs_in=False)
    assert {Path(path).parent for path in written.json["written"]} == {folder}
    refused = program.here("schedule", "export", "Nightly", "--into", str(folder), signs_in=False)
    assert refused.code != 0
    assert "there already" in refused.err

    assert program.here("schedule", "remove", "Nightly", signs_in=False).code == 0
    gone = program.here("schedule", "show", "Nightly", signs_in=False)
    assert (gone.code, "schedules: none" in gone.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Nightly"), "needs --at"),
        (("add",), "needs the name"),
        (("add", "N", "--at", "25:00"), "02:15"),
        (("add", "N", "--at", "02:00", "--days", "never"), "mon"),
        (("add", "N", "--at", "02:00", "--zone", "Nowhere/At_All"), "zone"),
        (("run", "N", "--at", "02:00"), "belongs to schedule add"),
        (("export", "N"), "--into"),
        (("edit", "N", "--at", "02:00"), "schedules: none"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_said(program: Program, words: tuple[str, ...], said: str) -> None:
    ended = program.here("schedule", *words, *(["--archive", "/srv/x"] if words[0] == "add" else []), signs_in=False)
    assert (ended.code, said in ended.err) == (2, True), ended.err


def test_a_name_is_given_once(signed_in: Program) -> None:
    words = (*NIGHTLY, "--archive", str(signed_in.archive))
    assert signed_in.here(*words, signs_in=False).code == 0
    twice = signed_in.here(*words, signs_in=False)
    assert (twice.code, "schedule edit" in twice.err) == (2, True)
