"""`marks`: what was marked in the window is listed, found and written down by the command line, offline."""

from __future__ import annotations

import csv
import threading
from contextlib import closing

from download_client.engine import Engine
from download_client.settings import Paths, Settings
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


def test_marks_are_listed_found_and_written(signed_in: Program) -> None:
    program, archive = signed_in, str(signed_in.archive)
    assert program.here("pull", "--archive", archive, "--accept-risk", *WINDOW, "--json", signs_in=False).code in (0, 3)
    empty = program.here("marks", archive, signs_in=False)
    assert (empty.code, "Nothing in this archive is marked" in empty.out) == (0, True)
    paths = Paths.below(program.home)
    engine = Engine(paths=paths, settings=Settings.load(paths), profile="default")
    with closing(engine.library(program.archive)) as library:
        library.fill(lambda _: None, threading.Event())
        with closing(library.view()) as view:
            one, two = (row.recording_id for row in view.rows(0, 2))
    with closing(engine.marks(program.archive)) as book:
        book.add(one, at=1.5, length=0.5, note="Refund\x1b[31m promised")
        book.add(two, at=0, note="other")
    engine.close()
    listed = program.here("marks", archive, "--json", signs_in=False)
    assert [each["recordingId"] for each in listed.json["marks"]] == [two, one]
    found = program.here("marks", archive, "--search", "REFUND", signs_in=False)
    assert found.code == 0
    assert "1.5 s + 0.5 s" in found.out
    assert "\x1b" not in found.out
    assert two not in found.out
    nothing = program.here("marks", archive, "--search", "nobody", signs_in=False)
    assert "No mark holds these words" in nothing.out
    target = program.archive.parent / "marks.csv"
    written = program.here("marks", archive, "--search", "other", "--csv", str(target), "--json", signs_in=False)
    assert written.json["marks"] == 1
    with target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Recording ID"], row["Note"]) == (two, "other")
    gone = program.here("marks", str(program.archive / "nowhere"), signs_in=False)
    assert gone.code != 0
    assert "is not there" in gone.err
