"""What no line of a log may hold, and what must stay readable (I4, fault 53)."""

from __future__ import annotations

import time
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.log import redact
from download_client.log.redact import LONGEST

TOKEN = "c4naryTOKENvalue"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c4naryTOKENvalue"
OPAQUE = "c4naryTOKENvalueABCDEFGHIJKLMNOPQRSTUVWX"

HIDDEN = [
    (f"Authorization: Bearer {TOKEN}", "Authorization: ***"),
    (f"sent Bearer {TOKEN} to it", "sent Bearer *** to it"),
    (f"bearer\t{TOKEN}", "bearer\t***"),
    ("Basic YW5uYTpjNG5hcnk=", "Basic ***"),
    ("Proxy-Authorization: Negotiate YII= and more", "Proxy-Authorization: ***"),
    (f"{{'Authorization': 'Bearer {TOKEN}', 'x': 1}}", "{'Authorization': ***"),
    (f"Cookie: a={TOKEN}; b={TOKEN}", "Cookie: ***"),
    (f'{{"access_token":"{TOKEN}","expires_in":3600}}', '{"access_token":***,"expires_in":3600}'),
    (f'{{"refresh_token": "{TOKEN} \\" {TOKEN}"}}', '{"refresh_token": ***}'),
    (f"refresh_token={TOKEN}&grant_type=refresh_token", "refresh_token=***&grant_type=refresh_token"),
    (f"client_secret = '{TOKEN} {TOKEN}'", "client_secret = ***"),
    (f"password: {TOKEN} with {TOKEN}", "password: ***"),
    (f'"password":"{TOKEN}","user":"a"', '"password":***,"user":"a"'),
    (f"pageToken={TOKEN}", "pageToken=***"),
    (f"sig={TOKEN}", "sig=***"),
    (f"X-Amz-Signature={TOKEN}", "X-Amz-Signature=***"),
    (f"code_verifier={TOKEN}", "code_verifier=***"),
    (f"https://cdn.example/a/b.wav?sig={TOKEN}&e=1 was refused", "https://cdn.example/a/b.wav?*** was refused"),
    (f"GET /mir/x?cursor={TOKEN} HTTP/1.1", "GET /mir/x?*** HTTP/1.1"),
    (f"http://127.0.0.1:1/cb?code={TOKEN}&state={TOKEN}", "http://127.0.0.1:1/cb?***"),
    (f"http://anna:{TOKEN}@proxy.example:8080", "http://***@proxy.example:8080"),
    (f"answer {JWT}.", "answer ***"),
    (f"unknown {OPAQUE} here", "unknown *** here"),
    (f"/signed/{OPAQUE}/b.wav", "/signed/***/b.wav"),
    ("from anna.meier+x@mail.example.org to", "from *** to"),
    ("called +49 30 1234567 twice", "called *** twice"),
    ("called (030) 123-4567", "called ***"),
    ("number:4930123456", "number:***"),
    ("0049/30/1234567, 5550123", "***, ***"),
    ("+1 555 0100", "***"),
]


@pytest.mark.parametrize(("text", "left"), HIDDEN)
def test_secrets_and_private_data_go(text: str, left: str) -> None:
    assert redact(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "run 17: listed 2000, archived 1998, failed 2",
        "recording rec-000000123456 of cnv-00000042 queued",
        "archive 550e8400-e29b-41d4-a716-446655440000",
        "archive 550E8400-E29B-41D4-A716-446655440000",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "window 2026-11-22T00:00:00Z to 2026-11-23T00:00:00.123456+00:00",
        "window 2026-11-22 00:00:00 to 2026-11-23 10:20:30",
        "connecting to 192.168.100.200:8443",
        "closed for 3600 s (rate_limited)",
        "received 8388608 bytes of 123456789 B",
        "digest mismatch, basic check, token expired",
        "what? yes",
        'File "/opt/mir/download_client/engine/run.py", line 123456, in work',
        "request 8f14e45f-ceea-467f-a0e1-c5f1d1c1b2c3",
        "https://mir.example/mir/api/v1/conversations/cnv-1/recordings/rec-1/content",
        'etag "v1-abc"',
        "",
    ],
)
def test_what_helps_to_understand_stays(text: str) -> None:
    assert redact(text) == text


def test_the_home_folder_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/anna.meier"))
    calls = str(Path("/home/anna.meier/Calls/.mir"))
    assert redact(calls) == str(Path("~/Calls/.mir"))
    monkeypatch.setattr(Path, "home", lambda: Path("/root"))
    assert redact("/root/x") == "/root/x"


@pytest.mark.parametrize(
    "told", [r"C:\Users\Anna Meier", r"c:\users\anna meier", r"'C:\\Users\\Anna Meier", "file:///C:/Users/Anna Meier"]
)
def test_the_home_folder_of_windows_is_not_told_however_it_is_written(
    told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: PureWindowsPath("C:/Users/Anna Meier"))
    assert "meier" not in redact(f"cannot open {told}/x").casefold()
    assert "~" in redact(told)


def test_a_user_without_a_home_hurts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert redact("/a") == "/a"


def test_long_text_is_cut_first() -> None:
    short = redact("x" * 1_000_000)
    assert short.startswith("x" * LONGEST)
    assert short.endswith(" … (1000000 characters)")


LABELS = [
    "Bearer ",
    "refresh_token=",
    '"access_token": "',
    "password: ",
    "https://h/x?sig=",
    "client_secret='",
    "Cookie: a=",
]
AROUND = st.text(max_size=40)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~", max_size=60)


@given(before=AROUND, label=st.sampled_from(LABELS), secret=LETTERS, after=AROUND)
def test_a_labelled_secret_never_comes_through(before: str, label: str, secret: str, after: str) -> None:
    shown = redact(f"{before} {label}qzCANARY{secret} {after}")
    assert "qzCANARY" not in shown


@given(digits=st.text("0123456789", min_size=7, max_size=20), plus=st.sampled_from(["", "+", "tel: ", "("]))
def test_a_telephone_number_never_comes_through(digits: str, plus: str) -> None:
    assert digits not in redact(f"calling {plus}{digits} failed")


@given(st.text() | st.text("=:\"'\\?@+-/ 019aZ.*eyJ(", max_size=300))
def test_any_text_is_borne_and_twice_is_as_good_as_once(text: str) -> None:
    once = redact(text)
    assert redact(once).count("***") >= once.count("***")


@pytest.mark.parametrize(
    "piece", ["a", "1", "1 ", "(1", "a@", "?a=", "token", "://", "eyJ", "aA1-", "'", '"\\', "bearer ", "+1 ("]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    began = time.process_time()
    redact(text)
    assert time.process_time() - began < 2
