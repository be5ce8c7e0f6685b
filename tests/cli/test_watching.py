"""`schedule report` and `check`, `alarm`, whom a schedule tells: what is said, with which code, and no secret."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from download_client.cli import main
from download_client.model import RunPhase
from download_client.schedule import Book
from download_client.settings import Paths
from tests.alarm.servers import LOOPBACK, Authority, Mailbox
from tests.cli.test_schedule import NIGHTLY
from tests.journeys.program import Ended, Program
from tests.keyrings import MemoryKeyring
from tests.windows import needs_schannel

CANARY = "Canary-password-12"


def typing(text: str, *words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ended:
    """A command that reads its secret from standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code = main(words)
    told = capsys.readouterr()
    return Ended(code, told.out, told.err)


@pytest.fixture
def nightly(signed_in: Program) -> Program:
    assert signed_in.here(*NIGHTLY, "--archive", str(signed_in.archive), signs_in=False).code == 0
    return signed_in


def test_a_night_leaves_a_report_that_can_be_read(nightly: Program) -> None:
    none = nightly.here("schedule", "report", "Nightly", signs_in=False)
    assert (none.code, "no report" in none.err) == (2, True)
    night = nightly.here("schedule", "run", "Nightly", "--json", signs_in=False).json["nights"][0]
    told = nightly.here("schedule", "report", "Nightly", "--json", signs_in=False).json
    assert (told["format"], told["day"], told["number"]) == (1, night["day"], 1)
    assert told["figures"]["archived"] == night["archived"] > 0
    assert {group["state"] for group in told["exceptions"]} >= {"expired", "missing"}
    text = nightly.here("schedule", "report", "Nightly", "--day", night["day"], signs_in=False)
    assert f"night of {night['day']} (try 1)" in text.out
    assert "deleted by the service: retention ended" in text.out
    path = Path(nightly.here("schedule", "report", "Nightly", "--path", signs_in=False).out.strip())
    assert path.suffix == ".html"
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    shown = nightly.here("schedule", "show", "Nightly", "--json", signs_in=False).json
    assert Path(shown["nights"][0]["report"]) == path.with_suffix(".json")
    assert shown["watch"]["outcome"] == told["outcome"]
    assert f"{night['day']}-1" in nightly.here("schedule", "show", "Nightly", signs_in=False).out
    other = nightly.here("schedule", "report", "Nightly", "--day", "2001-01-01", signs_in=False)
    assert (other.code, "no report" in other.err) == (2, True)


def test_check_ends_with_what_is_wrong(nightly: Program) -> None:
    assert nightly.here("schedule", "check", signs_in=False).code == 0
    first = nightly.here("schedule", "run", "Nightly", signs_in=False)
    checked = nightly.here("schedule", "check", "--json", signs_in=False)
    assert first.code == checked.code == 3
    (stands,) = checked.json["schedules"]
    assert (stands["name"], stands["outcome"], stands["missing"]) == ("Nightly", "partial", [])
    assert nightly.here("schedule", "run", "Nightly", signs_in=False).code == 0
    assert nightly.here("schedule", "check", "Nightly", signs_in=False).code == 0
    book = Book(Paths.below(nightly.home), profile="default")
    night = book.nights("Nightly")[-1]
    for code, ends in (("offline", 4), ("sign_in_again", 5), ("disk_full", 8), ("of a later program", 1)):
        book.add("Nightly", type(night)(night.day, night.started_at, night.ended_at, RunPhase.PARTIAL, code=code))
        told = nightly.here("schedule", "check", signs_in=False)
        assert (told.code, code in told.out) == (ends, True)
    nightly.here("schedule", "pause", "Nightly", signs_in=False)
    assert nightly.here("schedule", "check", signs_in=False).code == 0
    assert nightly.here("schedule", "check", "Nobody", signs_in=False).code == 2


def test_whom_to_tell_is_chosen_and_taken_back(nightly: Program, tmp_path: Path) -> None:
    folder = tmp_path / "for ann"
    words = ("--tell", "always", "--tell-by", "mail,system-log", "--tell-to", "a@example.com, b@example.com")
    more = ("--heartbeat", "https://beat.example/canary", "--reports", str(folder), "--json")
    told = nightly.here("schedule", "edit", "Nightly", *words, *more, signs_in=False).json
    assert (told["tell"], told["tellBy"]) == ("always", ["mail", "systemLog"])
    assert (told["tellTo"], told["heartbeat"]) == (["a@example.com", "b@example.com"], True)
    assert told["reports"] == str(folder)
    shown = nightly.here("schedule", "show", "Nightly", signs_in=False).out
    assert "tells: always, by mail, system-log" in shown
    assert "canary" not in shown
    back = ("--tell", "problems", "--tell-by", "all", "--tell-to", "", "--heartbeat", "", "--reports", "", "--json")
    told = nightly.here("schedule", "edit", "Nightly", *back, signs_in=False).json
    assert (told["tell"], told["tellBy"], told["tellTo"], told["reports"]) == ("problems", [], [], None)
    assert not told["heartbeat"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("schedule", "edit", "Nightly", "--tell-by", "pigeon"), "channels are all"),
        (("schedule", "edit", "Nightly", "--tell-to", "nobody"), "name@example.com"),
        (("schedule", "edit", "Nightly", "--heartbeat", "http://beat.example"), "https"),
        (("schedule", "run", "Nightly", "--tell", "never"), "belongs to schedule add"),
        (("schedule", "show", "Nightly", "--open"), "belongs to schedule report"),
        (("schedule", "report", "Nightly", "--day", "today"), "2026-11-22"),
        (("schedule", "report"), "needs the name"),
        (("alarm", "set-password"), "needs one of smtp, webhook"),
        (("alarm", "set-password", "smtp"), "no terminal"),
        (("alarm", "forget-password", "webhook"), "alarm.webhook_url is empty"),
        (("alarm", "test", "pigeon"), "desktop, mail, webhook, system-log"),
        (("alarm", "test", "mail"), "alarm.smtp_host is empty"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_said(nightly: Program, words: tuple[str, ...], said: str) -> None:
    ended = nightly.here(*words, signs_in=False)
    assert ended.code == 2
    assert said in ended.err + ended.out


@needs_schannel
def test_a_password_is_kept_and_a_test_says_how_it_went(
    program: Program,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority = Authority(tmp_path)
    with Mailbox(password=CANARY).open(authority.context()) as box:
        program.settings(
            {
                "network.ca_file": str(authority.ca_file),
                "retry.window": "1 s",
                "alarm.desktop": False,
                "alarm.smtp_host": LOOPBACK,
                "alarm.smtp_port": box.port,
                "alarm.smtp_user": "nightly",
                "alarm.mail_from": "mir@example.com",
                "alarm.mail_to": "ann@example.com",
            }
        )
        none = program.here("alarm", "test", signs_in=False)
        assert (none.code, "alarm set-password smtp" in none.out) == (2, True)
        words = ("alarm", "set-password", "smtp", "--password-stdin")
        kept = typing(f"{CANARY}\n", *words, capsys=capsys, monkeypatch=monkeypatch)
        assert (kept.code, kept.out) == (0, "Kept: the secret for smtp.\n")
        assert any(CANARY in entry for entry in memory_keyring.entries.values())
        sent = program.here("alarm", "test", "--json", signs_in=False)
        assert sent.code == 0
        assert sent.json == {"channels": [{"channel": "mail", "said": "", "error": None}]}
        assert str(box.letters[0]["Subject"]).startswith("Test: MIR Download Client")
        box.answer = "554 no"
        refused = program.here("alarm", "test", "mail", signs_in=False)
        assert (refused.code, "refused" in refused.out) == (14, True)
        assert program.here("alarm", "forget-password", "smtp", signs_in=False).code == 0
        assert not memory_keyring.entries
    for path in program.home.rglob("*"):
        assert path.is_dir() or CANARY.encode() not in path.read_bytes(), path
