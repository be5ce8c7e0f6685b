"""The table of exit codes is one: what --help shows, what errors end in, what the pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client import errors
from download_client.cli.arguments import parser
from download_client.cli.exit_codes import MEANING, Exit, exit_of, table
from tests.journeys.program import Program

ROOT = Path(__file__).parents[2]
PUBLISHED = {
    "COMPLETE": 0,
    "FAILED": 1,
    "USAGE": 2,
    "PARTIAL": 3,
    "OFFLINE": 4,
    "SIGN_IN": 5,
    "ACCESS": 6,
    "ARCHIVE": 7,
    "FULL": 8,
    "LOCKED": 9,
    "DAMAGED": 10,
    "REFUSED_CONNECTION": 11,
    "ENDANGERED": 12,
    "MISSED": 13,
    "UNTOLD": 14,
    "INTERRUPTED": 130,
}
"""Scripts rely on these: a number never changes its meaning."""


def kinds(kind: type[errors.MirError] = errors.MirError) -> Iterator[type[errors.MirError]]:
    yield kind
    for each in kind.__subclasses__():
        if each.__module__.startswith("download_client."):
            yield from kinds(each)


def test_the_numbers_are_those_that_were_published() -> None:
    assert {code.name: code.value for code in Exit} == PUBLISHED
    assert set(MEANING) == set(Exit)


def test_help_shows_the_table() -> None:
    text = parser().format_help()
    assert table() in text
    for code in Exit:
        assert re.search(rf"^ +{code.value}  \S", text, re.MULTILINE)


def test_the_page_of_the_command_line_shows_the_table() -> None:
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    rows = {int(code): meaning for code, meaning in re.findall(r"^\| *(\d+) *\| (.*?) *\|$", text, re.MULTILINE)}
    assert rows == {code.value: meaning for code, meaning in MEANING.items()}


def test_other_pages_name_only_codes_there_are() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for code in re.findall(r"exit code \W*(\d+)", page.read_text("utf-8").lower()):
            assert int(code) in PUBLISHED.values(), page


def test_every_error_has_an_end() -> None:
    ends = {kind.__name__: exit_of(kind()) for kind in kinds()}
    assert Exit.COMPLETE not in ends.values()
    unexpected = {name for name, end in ends.items() if end is Exit.FAILED}
    assert unexpected <= {
        "MirError",
        *(kind.__name__ for kind in kinds(errors.ServiceError)),
        *(kind.__name__ for kind in kinds(errors.RecordingError)),
    }
    assert {ends[name] for name in ("UsageError", "InvalidSetting", "UnknownName")} == {Exit.USAGE}
    assert (ends["AccessNone"], ends["NotSignedIn"], ends["Interrupted"]) == (Exit.ACCESS, Exit.SIGN_IN, Exit(130))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("no-such-command",),
        ("pull", "--no-such-option"),
        ("pull", "--concurrency", "0"),
        ("pull", "--arch", "x"),
        ("search", "--direction", "sideways"),
        ("retry",),
        ("retry", "-3"),
        ("verify",),
        ("pull", "--search", "x", "--changes"),
        ("search", "--from", "whenever", "--json"),
        ("search", "--min-duration", "long"),
        ("search", "--from", "2026-11-02", "--to", "2026-11-01"),
        ("search", "--server", "https://mir.example.com", "--user", "ann"),
        ("search", "--search", "x", "--direction", "inbound"),
        ("pull", "--limit-rate", "fast", "--archive", "x"),
        ("pull",),
        ("searches", "save"),
        ("settings", "no.such.setting"),
        ("settings", "transfer.concurrency", "many"),
        ("settings", "--unset", "transfer.concurrency", "3"),
        ("sign-in",),
        ("whoami", "--password-stdin"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_ends_with_two(program: Program, words: tuple[str, ...]) -> None:
    ended = program.here(*words, signs_in=False)
    assert ended.code == 2, ended.err
    assert "mir-download: " in ended.err
    as_json = program.here(*words, *([] if "--json" in words else ["--json"]), signs_in=False)
    assert as_json.code == 2
    assert as_json.json["error"]["advice"] in as_json.err
    assert not program.archive.exists()
