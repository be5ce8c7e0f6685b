"""Tables: every value comes back exactly from the exact one, nothing runs in the safe one, and old or new is whole."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.archive import COLUMNS, Entry, Files, Finished, Style
from download_client.archive.table import BOM, LONGEST_CELL, Tables, harmless
from download_client.errors import ArchiveMissing, FileHeld, InvalidSetting
from download_client.model import Direction, Participant, Party, RecordingMode
from tests.archive.rig import finish, finished, make, placed, sound, tree
from tests.making import conversation, recording

ANYTHING = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["=1+1", "+49", "-", "@x", "\tx", "\rx", "a,b", "a;b", 'a"b', '"', "a\r\nb", "a\nb", "a\0b", "007", " ", "'", ""]
)


def read(content: bytes, separator: str = ",") -> list[list[str]]:
    assert content.startswith(BOM)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))


@given(st.lists(ANYTHING, min_size=len(COLUMNS), max_size=len(COLUMNS)), st.sampled_from([",", ";"]))
def test_what_is_read_back_from_the_exact_table_is_what_was_written(cells: list[str], separator: str) -> None:
    tables = Tables(Style(separator=separator))
    assert read(tables.header + tables.line(cells), separator) == [list(COLUMNS), cells]
    assert (tables.header + tables.line(cells)).endswith(b"\r\n")


@given(ANYTHING)
def test_no_cell_of_the_safe_table_begins_as_a_formula(text: str) -> None:
    cell = harmless(text)
    assert cell.replace("'", "") == text.replace("'", "")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    for separator in ",;|\t\n":
        assert not any(piece.lstrip(" ").startswith(("=", "+", "-", "@")) for piece in cell.split(separator))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("  =1", "  '=1"),
        ("\uff1d1", "'\uff1d1"),
        ("+49 30 123", "'+49 30 123"),
        ("00493012", "'00493012"),
        ("493012345678", "'493012345678"),
        ("4711-204", "'4711-204"),
        ("1E5", "'1E5"),
        ("1/2", "'1/2"),
        ("204", "204"),
        ("0", "0"),
        ("Ann, Bob", "Ann, Bob"),
        ("Ann; =1", "Ann; '=1"),
        ("a\r\nb", "a\r\nb"),
        ("rec-000001", "rec-000001"),
        ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
    ],
)
def test_the_safe_table_neutralises_formulas_and_keeps_leading_zeros(text: str, expected: str) -> None:
    assert harmless(text) == expected


def test_a_megabyte_of_digits_is_judged_at_once() -> None:
    assert harmless("1" * LONGEST_CELL + "x") == "1" * LONGEST_CELL + "x"
    assert harmless("," * LONGEST_CELL).count("'") == 0


def test_every_column_says_what_it_is_called(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(zone="Europe/Berlin"))
    call = conversation(
        "cnv-1",
        recording("rec-1", start_time=datetime(2026, 10, 25, 0, 59, 58, 250_000, tzinfo=UTC), duration_seconds=3725.6),
        direction=Direction.OUTBOUND,
        mode=RecordingMode.ON_DEMAND,
        participants=(Participant("Ann Lee", "4711-201"), Participant("", "0123"), Participant("Zoë")),
        groups=("Support", "Sales"),
    )
    job = replace(finish(archive, call, content=sound("x")), verified_by="length", access_level="ownGroup")
    (done,) = placed(archive, job)
    header, row = read((archive.root / done.path).with_suffix(".csv").read_bytes())
    assert header == list(COLUMNS)
    assert dict(zip(header, row, strict=True)) == {
        "Conversation ID": "cnv-1",
        "Recording ID": "rec-1",
        "Conversation Type": "Outbound",
        "Date": "2026-10-25",
        "Start Time": "02:59:58",
        "End Time": "03:02:03",
        "Duration": "01:02:06",
        "Time Zone": "Europe/Berlin",
        "Calling Party Name": "Zoë Müller",
        "Calling Party Phone Number": "+49 30 1234567",
        "Calling Party Extension": "",
        "Called Party Name": "Ann Lee",
        "Called Party Phone Number": "4711-201",
        "Called Party Extension": "201",
        "Participants": "Ann Lee (4711-201); 0123; Zoë",
        "Owner": "Ann Lee",
        "Owner Email": "ann@example.com",
        "Group": "Support; Sales",
        "Recording Mode": "On-Demand",
        "Media": "Voice",
        "Codec": "G.711 mu-law",
        "Channels": "1",
        "File Name": done.path,
        "File Size": str(job.size),
        "SHA-256": job.sha256,
        "Start Time (UTC)": "2026-10-25T00:59:58.250000Z",
        "Available Until": "2027-11-20T13:21:08Z",
        "Verified By": "length",
        "Downloaded At (UTC)": "2026-11-21T13:21:08Z",
        "Access Level": "Own/Group Recordings",
        "Source": "https://mir.example",
    }


def test_the_columns_are_those_of_the_domain() -> None:
    text = (Path(__file__).parents[2] / "docs/domain.md").read_text(encoding="utf-8")
    listed = text.partition("### D4")[2].partition("*Conversation ID*")[2].partition("\n\n")[0]
    plain = ("*Conversation ID*" + listed).replace("*", "").replace("\n", " ").rstrip(".")
    assert tuple(column.strip() for column in plain.split(",")) == COLUMNS


def test_a_file_that_begins_with_an_equals_sign_is_exact_in_one_and_neutral_in_the_other(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(spreadsheet=True, separator=";"))
    job = finished(archive, calling_party=Party("=2+5", "0049301"), owner_name="a;b")
    (done,) = placed(archive, job)
    wav = archive.root / done.path
    exact = read(wav.with_suffix(".csv").read_bytes(), ";")[1]
    safe = read(wav.with_name(wav.name.removesuffix(".wav") + ".spreadsheet.csv").read_bytes(), ";")[1]
    assert exact[COLUMNS.index("Calling Party Name")] == "=2+5"
    assert safe[COLUMNS.index("Calling Party Name")] == "'=2+5"
    assert exact[COLUMNS.index("Calling Party Phone Number")] == "0049301"
    assert safe[COLUMNS.index("Calling Party Phone Number")] == "'0049301"
    assert safe[COLUMNS.index("Date")] == exact[COLUMNS.index("Date")] == "2026-11-20"
    assert list(archive.verify()) == []


def test_another_separator_is_refused() -> None:
    with pytest.raises(InvalidSetting):
        Tables(Style(separator="\t"))


# --- the table of a run -----------------------------------------------------------------------------------------------


def test_a_run_has_one_row_per_recording_and_says_what_it_refused(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(spreadsheet=True))
    jobs = [
        finished(archive, 1, owner_name='nasty "name",\r\nsecond line\0'),
        finished(archive, 2, owner_name="x" * (LONGEST_CELL + 1)),
        finished(archive, 3, owner_name="half a character \ud800"),
        finished(archive, 4, owner_name="x" * 100_000),
    ]
    table = archive.write_run_csv("run 7: all/of it", jobs)
    assert (table.rows, table.refused) == (2, 2)
    assert table.path == archive.root / "Runs/run 7_ all_of it.csv"
    rows = read(table.path.read_bytes())
    assert [row[1] for row in rows[1:]] == ["rec-000001", "rec-000004"]
    assert rows[1][COLUMNS.index("Owner")] == 'nasty "name",\r\nsecond line\0'
    assert table.spreadsheet is not None
    assert table.spreadsheet.name == "run 7_ all_of it.spreadsheet.csv"
    assert len(read(table.spreadsheet.read_bytes())) == 3
    for job in jobs:
        job.part.unlink()
    assert list(archive.verify()) == []


def test_the_rows_of_a_run_can_come_from_the_archive_itself(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, *[finished(archive, number) for number in range(3)])
    entries = [entry for entry in archive.entries() if isinstance(entry, Entry)]
    table = archive.write_run_csv("run", entries)
    rows = read(table.path.read_bytes())[1:]
    assert rows == [read((archive.root / entry.path).with_suffix(".csv").read_bytes())[1] for entry in entries]


def test_a_table_that_fails_on_the_way_leaves_the_older_one_whole(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    path = archive.write_run_csv("run", [job]).path
    job.part.unlink()
    before = tree(archive.root)

    def breaks() -> Iterator[Finished]:
        yield job
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.write_run_csv("run", breaks())
    assert tree(archive.root) == before
    assert path.exists()


def test_a_table_that_somebody_has_open_is_said_and_stays(tmp_path: Path) -> None:
    class Held(Files):
        def replace(self, source: str, target: str) -> None:
            error = PermissionError(13, "The process cannot access the file")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error

    archive = make(tmp_path / "a", files=Held())
    with pytest.raises(FileHeld):
        archive.write_run_csv("run", ())
    assert list((archive.root / "Runs").iterdir()) == []
    assert list((archive.root / ".mir/parts").iterdir()) == []


def test_no_table_is_written_where_the_archive_is_gone(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    archive.root.rename(tmp_path / "b")
    with pytest.raises(ArchiveMissing):
        archive.write_run_csv("run", ())
    assert not archive.root.exists()


WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
from dataclasses import replace
archive = Archive.open(Path(sys.argv[1]), clock=SystemClock())
entry = next(archive.entries())
def rows():
    for number in range(20_000):
        if number == int(sys.argv[2]):
            print("there", flush=True)
        yield entry
while True:
    archive.write_run_csv("run", rows())
"""


@pytest.mark.parametrize("row", [0, 9_000, 19_999])
def test_killed_while_a_table_is_written_the_old_or_the_new_one_is_whole(row: int, tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, finished(archive))
    (entry,) = archive.entries()
    assert isinstance(entry, Entry)
    old = archive.write_run_csv("run", [entry] * 5).path.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(archive.root), str(row)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().rstrip() == b"there"
        process.kill()
    content = (archive.root / "Runs/run.csv").read_bytes()
    assert content == old or len(read(content)) == 20_001


def test_times_at_the_edge_of_the_calendar_make_no_table_fail(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(zone="America/New_York"))
    edges = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    jobs = [
        finish(
            archive,
            conversation(f"c{at.year}", recording(f"r{at.year}", start_time=at, duration_seconds=-5.0 + at.year)),
            content=sound(str(at)),
        )
        for at in edges
    ]
    assert len(placed(archive, *jobs)) == 2
