"""A report says the same in JSON, as a page and after years; the page needs nothing and lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.model import Channel, Outcome, RunPhase, State
from download_client.report import (
    NIGHTS,
    ChannelTrouble,
    EndangeredLine,
    ExceptionLine,
    Exceptions,
    Figures,
    NightLine,
    Report,
    ReportFolder,
    as_dict,
    decode,
    encode,
    store,
)
from download_client.report.page import POLICY, page

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, 15, tzinfo=UTC)
EVIL = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x00'\"&"
VOID = {"meta", "br", "img", "hr", "link", "input"}


def report(**different: Any) -> Report:
    nights = tuple(
        NightLine(DAY - timedelta(NIGHTS - 1 - n), list(Outcome)[n % 4], 1, 10 * n, 9 * n, n, 10**6 * n, 60.0 * n)
        for n in range(NIGHTS)
    )
    whole = Report(
        schedule="Nightly",
        profile="default",
        archive="/srv/recordings",
        zone="Europe/Berlin",
        day=DAY,
        number=2,
        started_at=AT,
        ended_at=AT + timedelta(minutes=23),
        outcome=Outcome.PARTIAL,
        phase=RunPhase.PARTIAL,
        figures=Figures(412, 391, 12, 7, 2, 190_000_000, 1380.0),
        run_id=12,
        code="disk_full",
        title="The archive drive is full",
        detail="needed 5 GB",
        advice="Free some space.",
        caught_up=(DAY - timedelta(2),),
        missing=(DAY - timedelta(1),),
        exceptions=(
            Exceptions(State.WAITING, 700, (ExceptionLine("rec-1", "conv-1", "not_ready", AT),)),
            Exceptions(State.EXPIRED, 1, (ExceptionLine("rec-2", "conv-2", "expired"),)),
        ),
        endangered=(EndangeredLine("conv-3", AT + timedelta(days=3), 2, 10**6),),
        endangered_count=4,
        endangered_within_days=14,
        erased=1234,
        chores="archive_locked",
        nights=nights,
        trouble=(ChannelTrouble(Channel.MAIL, "offline", "The service cannot be reached"),),
        program="MIR Download Client 1",
    )
    return replace(whole, **different)


class Reader(HTMLParser):
    """Reads a page as strictly as it can be: every element is closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.cells: list[list[str]] = []
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag == "tr":
            self.cells.append([])
        if tag in ("td", "th"):
            self.cells[-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if "td" in self.open or "th" in self.open:
            self.cells[-1][-1] += data

    def tags(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.seen if tag == name]


def test_json_comes_back_and_has_the_shape_that_is_written_down() -> None:
    whole = report()
    told = json.loads(encode(whole))
    assert decode(encode(whole)) == whole
    assert told["format"] == 1
    assert {"schedule", "day", "number", "startedAt", "outcome", "figures", "runId", "caughtUp", "nights"} <= set(told)
    assert told["exceptions"][0] == {
        "state": "waiting",
        "count": 700,
        "recordings": [
            {
                "recordingId": "rec-1",
                "conversationId": "conv-1",
                "code": "not_ready",
                "againAt": "2026-11-22T01:15:00Z",
            }
        ],
    }
    assert told == as_dict(whole)
    documented = (Path(__file__).parents[2] / "docs" / "reports.md").read_text("utf-8")
    for name in told:
        assert f"`{name}`" in documented, name


def test_what_is_none_is_not_read() -> None:
    good = json.loads(encode(report()))
    for bad in (b"", b"[]", b"{", b"null", b'{"format": 1}', json.dumps({**good, "format": 2}).encode()):
        assert decode(bad) is None
    assert decode(json.dumps({**good, "later": 5}).encode()) == report()


def test_the_page_is_whole_and_needs_nothing() -> None:
    text = page(report())
    reader = Reader(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not {"script", "img", "link", "iframe", "object", "form", "a", "base"} & {tag for tag, _ in reader.seen}
    for tag, attributes in reader.seen:
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "style")}, tag
    assert "url(" not in text.replace("url(#hatch)", "")
    assert "http" not in re.sub(r'http-equiv="[^"]+"', "", text)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [each["content"] for each in reader.tags("meta") if "http-equiv" in each]
    assert policy == POLICY
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "prefers-color-scheme:dark" in style
    assert "@media print" in style


def test_the_table_says_what_the_chart_draws() -> None:
    reader = Reader(page(report()))
    rows = [row for row in reader.cells if re.fullmatch(r"\d{4}-\d\d-\d\d", row[0])]
    assert len(rows) == NIGHTS
    assert rows[0][0] == DAY.isoformat()
    assert rows[2][1].endswith("missing")
    (svg,) = reader.tags("svg")
    assert svg["role"] == "img"
    assert svg["aria-labelledby"] == "chart-title chart-words"
    assert all(each.get("scope") == "col" for each in reader.tags("th"))
    assert len(reader.tags("caption")) == len(reader.tags("table"))
    told = " ".join(reader.text)
    for words in (
        "rec-1",
        "not ready at the service yet",
        "And 699 more",
        "1,234 recordings were erased",
        "conv-3",
        "2026-11-21",
        "could not be told",
    ):
        assert words in told


def test_text_from_outside_is_text() -> None:
    line = ExceptionLine(EVIL, EVIL, EVIL)
    evil = report(
        schedule="Nightly " + EVIL[:40],
        archive=EVIL,
        detail=EVIL,
        exceptions=(Exceptions(State.GONE, 1, (line,)),),
        endangered=(EndangeredLine(EVIL, AT, 1, 1),),
        trouble=(ChannelTrouble(Channel.MAIL, EVIL, EVIL),),
    )
    reader = Reader(page(evil))
    assert not {"script", "img"} & {tag for tag, _ in reader.seen}
    told = "".join(reader.text)
    assert "<script>alert(1)</script>" in told
    assert "\u202e" not in told
    assert "\x00" not in told


@given(text=st.text(max_size=60))
def test_any_text_leaves_a_whole_page(text: str) -> None:
    evil = report(detail=text, nights=(), exceptions=(Exceptions(State.GONE, 1, (ExceptionLine(text, text),)),))
    assert not Reader(page(evil)).tags("script")


@pytest.mark.parametrize("different", [{"nights": ()}, {"endangered": None}, {"exceptions": (), "endangered": ()}])
def test_what_is_not_known_is_said(different: dict[str, Any]) -> None:
    Reader(page(report(**different)))
    assert decode(encode(report(**different))) == report(**different)


def test_a_night_of_zeros_can_be_drawn() -> None:
    nights = (NightLine(DAY, Outcome.MISSING), NightLine(DAY, Outcome.CLEAN, 1, 3, 3, 0, 5, 0.1))
    for some in (nights[:1], nights):
        Reader(page(report(nights=some, zone="UTC")))


def test_a_folder_keeps_the_last_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.MOST_KEPT >= 366, "a year of nights"
    monkeypatch.setattr(store, "MOST_KEPT", 20)
    folder = ReportFolder(tmp_path / "reports", prefix="nightly-1-")
    (tmp_path / "reports").mkdir()
    for name in ("note.txt", "nightly-1-2026-99-99-1.json", "other-2026-01-01-1.json"):
        (tmp_path / "reports" / name).write_text("mine")
    small = report(nights=(), exceptions=(), endangered=())
    for number in range(23):
        folder.write(replace(small, day=DAY - timedelta(days=1), number=number + 1))
    last = folder.write(small)
    kept = folder.all()
    assert len(kept) == 20
    assert kept[-1] == last == folder.find() == folder.find(day=DAY)
    assert kept[0].number == 5
    assert folder.find(day=DAY - timedelta(days=9)) is None
    assert folder.read(last) == small
    assert sorted(path.name for path in (tmp_path / "reports").iterdir() if path.read_text("utf-8") == "mine") == [
        "nightly-1-2026-99-99-1.json",
        "note.txt",
        "other-2026-01-01-1.json",
    ]
    last.json.write_text("{")
    assert folder.read(last) is None
    assert ReportFolder(tmp_path / "nowhere").all() == []
