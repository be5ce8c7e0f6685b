"""Names: safe on Windows and Linux whatever the service says, unique, always the same, and as the template asks."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from download_client.archive import Style, preview
from download_client.archive.names import LONGER_TAGS, RELATIVE_UNITS, SPREADSHEET, Naming, retag, tag, tag_of
from download_client.archive.safe import COMPONENT_BYTES, COMPONENT_UNITS, width
from download_client.errors import InvalidSetting, InvalidTemplate
from download_client.model import Conversation, Direction, Participant, Party
from tests.making import START, conversation, recording

EVERYTHING = Style(
    folder="{owner}/{group}/{calling}",
    name="{called} {calling_number} {called_number} {conversation_id} {recording_id} {outside}",
)
NASTY = [
    "..\\..\\x",
    "../../x",
    "C:\\x",
    "\\\\host\\s",
    "\\\\?\\C:\\x",
    "\\\\.\\PhysicalDrive0",
    "/etc/x",
    "a:b",
    "\0",
    "CON",
    "con.txt",
    "COM\u00b9",
    "COM1",
    "CONIN$",
    "LPT\u00b3.wav",
    "NUL",
    "AUX ",
    "x.",
    "x ",
    " ",
    "...",
    ".mir",
    "MIR~1",
    "Runs",
    "RUNS",
    "x" * 300,
    "\U0001f600" * 300,
    "漢" * 300,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u202egpj.exe",
    "\u2066a\u2069",
    "a\u200bb",
    "Ame\u0301lie",
    "e" + "\u0301" * 300,
    "<|>?*\"'",
    "line\r\nline\ttab",
    "\x7f\x85",
    "\ud800",
    "\ufdd0\uffff\U0010ffff",
    "{start}%d%%",
    "",
]

TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.text(alphabet=st.characters(), max_size=400),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
)
# What Windows and Linux take: no device name, no forbidden character, no dot or space at the end of a component.
DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)


def call(text: str, recording_id: str = "r1", **different: Any) -> Conversation:
    """A conversation that says the same in every field."""
    party = Party(text, text, text, text, text)
    return conversation(
        text,
        recording(recording_id),
        calling_party=party,
        called_party=party,
        participants=(Participant(text, text),),
        owner_name=text,
        owner_email=text,
        groups=(text,),
        **different,
    )


def plan(style: Style, it: Conversation, *, version_number: int = 1) -> str:
    return Naming(style).plan(it, it.recordings[0], version_number=version_number)


def assert_safe(path: str) -> None:
    parts = path.split("/")
    assert width(path.removesuffix(".wav")) + len(SPREADSHEET) <= RELATIVE_UNITS
    for part in parts:
        assert part
        assert part not in (".", "..")
        assert not part.startswith((".", " "))
        assert not part.endswith((".", " "))
        assert not re.search(r'[<>:"/\\|?*~\x00-\x1f\x7f-\x9f]', part)
        assert DEVICE.fullmatch(part.split(".")[0].rstrip(" ")) is None
        longest = part.removesuffix(".wav") + SPREADSHEET if part is parts[-1] else part
        assert width(longest) <= COMPONENT_UNITS
        assert len(longest.encode()) <= COMPONENT_BYTES
        assert unicodedata.normalize("NFC", part) == part
        assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in part)
        assert not any(unicodedata.bidirectional(letter) in BIDI_CONTROLS for letter in part)
    windows = PureWindowsPath(path)
    assert not windows.is_absolute()
    assert not windows.drive
    assert not windows.is_reserved()


BIDI_CONTROLS = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(TEXTS)
@example("\ud800")
def test_whatever_the_service_says_the_name_is_safe_everywhere_and_always_the_same(text: str) -> None:
    path = plan(EVERYTHING, call(text))
    assert_safe(path)
    assert plan(EVERYTHING, call(text)) == path
    assert_safe(plan(Style(folder="{owner}", name="{owner}"), call(text), version_number=10**9 - 1))


@given(TEXTS, TEXTS, st.sampled_from([EVERYTHING, Style(folder="", name="{direction}")]))
@example("abc", "ABC", EVERYTHING)
@example("Am\u00e9lie", "Ame\u0301lie", EVERYTHING)
@example("x" * 300, "x" * 301, EVERYTHING)
def test_two_recordings_never_share_a_name_not_even_for_a_disk_that_knows_no_case(
    one: str, other: str, style: Style
) -> None:
    names = [
        unicodedata.normalize("NFD", plan(style, call("same", recording_id))).casefold()
        for recording_id in (one, other)
    ]
    assert (names[0] == names[1]) == (one == other)


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_name_is_inside_the_root_and_comes_back_from_a_real_disk(text: str, tmp_path: Path) -> None:
    path = tmp_path / plan(EVERYTHING, call(text))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert path.resolve().is_relative_to(tmp_path.resolve())
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    path.with_name(path.name.removesuffix(".wav") + SPREADSHEET).write_bytes(b"x")


def test_versions_of_a_recording_lie_beside_each_other() -> None:
    it = call("Ann")
    first, second = (plan(Style(), it, version_number=number) for number in (1, 2))
    assert second == first.replace("].wav", " v2].wav")
    assert tag_of(first.removesuffix(".wav")) == (tag("r1"), 1)
    assert tag_of(second.removesuffix(".wav")) == (tag("r1"), 2)
    assert tag_of("somebody else's file") is None


def test_a_longer_tag_keeps_the_version_and_begins_as_the_short_one() -> None:
    it = call("Ann")
    for length in LONGER_TAGS:
        longer = tag("r1", length=length)
        assert longer.startswith(tag("r1"))
        assert retag(plan(Style(), it, version_number=2), longer).endswith(f" [{longer} v2].wav")
    assert retag("Ann.wav", "abcdefgh") == "Ann [abcdefgh].wav"


def test_the_default_name_is_as_documented() -> None:
    it = conversation("c1", recording("r1"))
    assert plan(Style(zone="Europe/Berlin"), it) == (
        f"2026/11/20/2026-11-20 14.21.08 inbound +49 30 1234567 to 4711-201 [{tag('r1')}].wav"
    )


def test_emoji_are_kept_and_joined_ones_stay_joined() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert plan(Style(folder="", name="{owner}"), call(f"Ann {family} \u2615\ufe0f")).startswith(
        f"Ann {family} \u2615\ufe0f "
    )
    assert "\u200d" not in plan(Style(folder="", name="{owner}"), call("a\u200db"))


def test_what_is_cut_is_cut_between_what_a_person_sees_as_letters() -> None:
    stem = plan(Style(folder="", name="{owner}"), call("e" + "x" * 60 + "\u0928\u093f" * 200)).partition(" [")[0]
    assert not stem.endswith("\u0928")


def test_an_empty_text_is_called_unknown() -> None:
    assert plan(Style(folder="{group}", name="{calling}"), call("")).startswith("unknown/unknown [")


def test_a_folder_can_never_be_that_of_the_run_tables() -> None:
    assert plan(Style(folder="{owner}", name="x"), call("rUNS")).startswith("_rUNS/")


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25 02.30.00 +0200"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25 02.30.00 +0100"),
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "Europe/Berlin", "2026-03-29 01.59.59 +0100"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Berlin", "2026-03-29 03.00.00 +0200"),
        (datetime(1, 1, 1, tzinfo=UTC), "America/New_York", "0001-01-01 00.00.00 +0000"),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "Asia/Tokyo", "9999-12-31 23.00.00 +0000"),
    ],
)
def test_times_are_those_of_the_chosen_zone(moment: datetime, zone: str, expected: str) -> None:
    it = conversation("c1", recording("r1", start_time=moment))
    style = Style(folder="", name="{start:%Y-%m-%d %H.%M.%S} {start:%z}", zone=zone)
    assert plan(style, it).startswith(f"{expected} [")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{start:%G-W%V}", "2026-W47"),
        ("{end:%H%M%S}", "132111"),
        ("{call_start} {call_end:%S.%f}", "2026-11-20 13.21.08 11.000000"),
        ("{duration} {seconds} {seconds:05} {sequence:02}", "00.00.03 3 00003 01"),
        ("{owner:.3}", "Ann"),
        ("{outside} {outside_number}", "Zoë Müller +49 30 1234567"),
        ("{calling} {called_name} {called_extension}", "Zoë Müller Ann Lee 201"),
        ("{mode} {direction} {groups} {owner_email}", "alwaysOn inbound Support ann@example.com"),
        ("100% {{x}} {conversation_id}", "100% {x} c1"),
    ],
)
def test_a_template_says_what_it_is_asked_to(template: str, expected: str) -> None:
    it = conversation("c1", recording("r1"))
    assert plan(Style(folder="", name=template), it) == f"{expected} [{tag('r1')}].wav"


def test_the_party_outside_is_the_other_one_on_an_outbound_call() -> None:
    it = conversation("c1", recording("r1"), direction=Direction.OUTBOUND)
    assert plan(Style(folder="", name="{outside}"), it).startswith("Ann Lee [")


@pytest.mark.parametrize(
    "template",
    [
        "{nothing}",
        "{owner.name}",
        "{owner[0]}",
        "{0}",
        "{}",
        "{owner!r}",
        "{owner:>10}",
        "{start:%B}",
        "{start:%H:%M}",
        "{seconds:x}",
        "{owner",
        "owner}",
        "a/b",
        "a\\b",
        "a:b",
        "a\u202eb",
        "",
        " ",
        "..",
    ],
)
def test_a_template_that_cannot_be_meant_is_refused_with_the_reason(template: str) -> None:
    with pytest.raises(InvalidTemplate) as refused:
        Naming(Style(name=template))
    assert refused.value.detail


@pytest.mark.parametrize(
    "folder", ["/etc", "a//b", "../x", "a/..", "C:/x", "\\\\host\\share", "a/b/c/d/e/f/g", "a/ /b"]
)
def test_a_folder_template_never_leads_out(folder: str) -> None:
    with pytest.raises(InvalidTemplate):
        Naming(Style(folder=folder))


def test_an_unknown_field_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InvalidTemplate, match="calling_number"):
        Naming(Style(name="{caller}"))


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidSetting):
        Naming(Style(zone=zone))


def test_the_preview_shows_an_inbound_and_an_outbound_call_in_the_chosen_zone() -> None:
    assert preview(Style(folder="{owner}\\{direction}", name="{start} {outside}", zone="Asia/Kolkata")) == (
        f"Ana Marín/inbound/2026-03-09 17.11.27 Jürgen Groß [{tag('rec-000001')}].wav",
        f"Ana Marín/outbound/2026-03-09 20.11.27 Jürgen Groß [{tag('rec-000002')}].wav",
    )


def test_calls_in_the_same_second_between_the_same_parties_have_names_of_their_own() -> None:
    calls = [conversation(f"c{number}", recording(f"r{number}", start_time=START)) for number in range(2000)]
    names = {plan(Style(), it).casefold() for it in calls}
    assert len(names) == len(calls)
