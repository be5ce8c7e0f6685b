"""What goes where: one object with --json and nothing else; results apart from notes; server text as plain text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program
from tests.windows import WINDOWS


def one_object(text: str) -> dict[str, Any]:
    """The one JSON object that is all of a text."""
    found, end = json.JSONDecoder().raw_decode(text)
    assert text[end:] == "\n"
    assert isinstance(found, dict)
    return found


@pytest.fixture
def stocked(signed_in: Program) -> Program:
    """Signed in, with an archive that holds everything."""
    ended = signed_in.here("pull", "--archive", str(signed_in.archive), "--accept-risk", *WINDOW, signs_in=False)
    assert ended.code in {0, 3}
    return signed_in


ARCHIVE = "ARCHIVE"
COMMANDS: list[tuple[str, int]] = [
    ("whoami", 0),
    (f"search --from {WINDOW[1]}", 0),
    (f"search --from {WINDOW[1]} --limit 3", 0),
    ("search --from 1m", 0),
    (f"search --from {WINDOW[1]} --count", 0),
    ("search --search Nothing", 2),
    ("search --conversation cnv-7-999999999", 1),
    ("searches list", 0),
    ("searches save Mornings --direction inbound", 0),
    ("searches delete Mornings", 0),
    ("searches delete Mornings", 2),
    (f"pull --archive ARCHIVE --from {WINDOW[1]} --dry-run", 0),
    (f"pull --archive ARCHIVE --from {WINDOW[1]} --to {WINDOW[3]}", 0),
    ("pull --archive /nowhere/at/all --accept-risk", 7),
    ("pull --archive ARCHIVE --limit-rate quick", 2),
    ("runs --archive ARCHIVE", 0),
    ("runs 1 --archive ARCHIVE", 0),
    ("runs 77 --archive ARCHIVE", 2),
    ("runs --archive /nowhere", 7),
    ("verify ARCHIVE", 0),
    ("verify /nowhere", 7),
    ("rebuild ARCHIVE", 0),
    ("rebuild /nowhere", 7),
    ("settings", 0),
    ("settings transfer.concurrency", 0),
    ("settings transfer.concurrency 5", 0),
    ("settings transfer.concurrency 5000", 2),
    ("settings no.such.name", 2),
    ("doctor --archive ARCHIVE", 0),
    ("whoami --profile branch", 5),
    ("sign-out --profile branch", 0),
    ("sign-out", 0),
    ("search", 5),
]


def test_every_command_prints_one_object_and_nothing_else(stocked: Program) -> None:
    for line, code in COMMANDS:
        words = [str(stocked.archive) if word == ARCHIVE else word for word in line.split()]
        ended = stocked.here(*words, "--json", "--quiet", signs_in=False)
        assert ended.code == code, f"{line}\n{ended.out}\n{ended.err}"
        found = one_object(ended.out)
        if code in {0, 3}:
            assert found.get("error") is None, line
            assert ended.err == "", line
        else:
            assert set(found["error"]) == {"code", "title", "subject", "detail", "advice"}, line
            assert ended.err.startswith("mir-download: "), line
            assert found["error"]["advice"] in ended.err, line


def test_words_for_people(stocked: Program) -> None:
    """Results on standard output, notes beside; --quiet silences notes alone."""
    listed = stocked.here("search", "--from", WINDOW[1], "--to", WINDOW[3], signs_in=False)
    assert listed.out.startswith("Started ")
    count = len(listed.out.splitlines()) - 1
    assert listed.err == f"{count:,} conversations\n"
    quiet = stocked.here("search", "--from", WINDOW[1], "--to", WINDOW[3], "--quiet", signs_in=False)
    assert (quiet.out, quiet.err) == (listed.out, "")
    error = stocked.here("runs", "77", "--archive", str(stocked.archive), "--quiet", signs_in=False)
    assert error.out == ""
    assert error.err.startswith("mir-download: There is nothing of that name (run 77)")
    pulled = stocked.here("pull", "--archive", str(stocked.archive), *WINDOW, signs_in=False)
    assert pulled.out.startswith(("Complete: 0 archived", "Partial: 0 archived"))
    assert str(stocked.archive) in pulled.out
    nothing = stocked.here("search", "--from", "1m", signs_in=False)
    assert nothing.out.startswith("No conversations match.")


HOSTILE = "\x1b[31mRed\x1b[0m\x07\x9b2J\r\u202eevil\u2066\u200b\x00"


@pytest.mark.parametrize(
    "path", ["items.*.callingParty.name", "items.*.calledParty.phoneNumber", "items.*.owner.name", "items.*.timeZone"]
)
def test_control_characters_of_the_service_never_reach_the_terminal(stocked: Program, path: str) -> None:
    with stocked.sandbox.fault("set-json", {"path": path, "value": HOSTILE}):
        for words in (("search", *WINDOW), ("pull", "--archive", str(stocked.archive), *WINDOW)):
            ended = stocked.here(*words, signs_in=False)
            assert_plain(ended.out + ended.err)


def test_errors_of_the_service_are_plain(stocked: Program, tmp_path: Path) -> None:
    with stocked.sandbox.fault("status", {"status": 400, "code": HOSTILE}, where={"route": "conversations"}):
        ended = stocked.here("search", *WINDOW, signs_in=False)
        assert ended.code == 1
        assert_plain(ended.out + ended.err)
    name = "Red\u202e.wav" if WINDOWS else "\x1b[31mRed\u202e.wav"  # Windows takes no control characters
    (stocked.archive / "2026" / name).write_bytes(b"strange")
    ended = stocked.here("verify", str(stocked.archive), signs_in=False)
    assert "Red" in ended.out
    assert_plain(ended.out + ended.err)
    named = stocked.here("searches", "save", "a\x1b[2Jb", "--direction", "inbound", signs_in=False)
    assert_plain(named.out + named.err)
    assert_plain(stocked.here("searches", "list", signs_in=False).out)


def assert_plain(text: str) -> None:
    bad = {c for c in text if unicodedata.category(c)[0] == "C" and c != "\n"}
    assert not bad, ascii(text)


def test_an_error_in_the_middle_of_a_list_ends_its_one_object(stocked: Program) -> None:
    """The second window of a search fails after the first was printed."""
    words = ("search", "--from", "2026-10-05T00:00:00Z", "--to", WINDOW[3], "--json")
    with stocked.sandbox.fault("rubbish", where={"route": "conversations", "path": "from=2026-11-05"}):
        ended = stocked.here(*words, signs_in=False)
    found = one_object(ended.out)
    assert ended.code == 1
    assert len(found["conversations"]) > 0
    assert found["error"]["code"] == "protocol_broken"
