"""Signing in once and being remembered, in every way there is; signing out; several profiles; nobody at home."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.program import Program
from tests.keyrings import MemoryKeyring
from tests.windows import lacks_browser

BROWSER = """
import html, re, sys, urllib.parse
import requests
url, user, password = sys.argv[3], sys.argv[1], sys.argv[2]
with requests.Session() as session:
    session.trust_env = False
    page = session.get(url, timeout=20)
    form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    fields = {name: html.unescape(value) for name, value in hidden}
    target = urllib.parse.urljoin(page.url, html.unescape(form[1]))
    answer = session.post(target, data={**fields, "username": user, "password": password}, timeout=20)
    assert "You are signed in" in answer.text, answer.text
"""


def test_remembered_until_signed_out(signed_in: Program, memory_keyring: MemoryKeyring) -> None:
    program = signed_in
    assert len(memory_keyring.entries) == 1
    (kept,) = memory_keyring.entries.values()
    assert program.user.password not in kept
    me = program.here("whoami", "--json", signs_in=False)
    assert me.json["accessLevel"] == "all"
    assert "All Recordings" in program.here("whoami", signs_in=False).out
    program.sandbox.end_tokens(user=program.user.username)
    assert program.here("search", "--count", signs_in=False).code == 0, "renewed without a word"
    program.sandbox.forget()
    out = program.here("sign-out", "--json", signs_in=False)
    assert (out.code, out.json["signedOut"]) == (0, True)
    assert memory_keyring.entries == {}
    assert [entry["status"] for entry in program.sandbox.journal(route="revoke")] == [200]
    again = program.here("whoami", "--json", signs_in=False)
    assert (again.code, again.json["error"]["code"]) == (5, "not_signed_in")
    assert program.here("sign-out", signs_in=False).code == 0, "twice is no fault"


def test_signing_out_without_the_service_forgets_all_the_same(
    signed_in: Program, memory_keyring: MemoryKeyring
) -> None:
    with signed_in.sandbox.fault("refuse"):
        ended = signed_in.here("sign-out", "--json", signs_in=False)
    assert ended.code == 0, ended.err
    assert memory_keyring.entries == {}


def test_one_sign_in_leaves_nothing_behind(program: Program, memory_keyring: MemoryKeyring) -> None:
    ended = program.here("whoami", "--json")
    assert ended.code == 0
    assert memory_keyring.entries == {}
    left = [path for path in program.home.rglob("*") if path.is_file() and path.name != "settings.toml"]
    assert not [
        path for path in left if program.user.username.encode() in path.read_bytes() and "log" not in path.parts
    ]
    assert program.here("whoami", signs_in=False).code == 5


def test_wrong_passwords_are_told_and_not_repeated(program: Program, memory_keyring: MemoryKeyring) -> None:
    program.sandbox.forget()
    wrong = replace(program, user=replace(program.user, password="wrong"))
    ended = wrong.here("sign-in", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (5, "wrong_credentials")
    assert len(program.sandbox.journal(route="token")) == 1, "a second try could lock the account"
    assert memory_keyring.entries == {}


def test_a_dead_sign_in_is_told_and_not_repeated(signed_in: Program) -> None:
    signed_in.sandbox.end_tokens(refresh=True, user=signed_in.user.username)
    signed_in.sandbox.forget()
    ended = signed_in.here("search", "--json", signs_in=False)
    assert (ended.code, ended.json["error"]["code"]) == (5, "sign_in_again")
    assert len(signed_in.sandbox.journal(route="token")) == 1


def test_without_a_keyring_nothing_is_kept(program: Program) -> None:
    """In a process of its own, as a bare server has it."""
    ended = program.run("sign-in", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (5, "keyring_unavailable")
    assert "--password-stdin" in ended.err
    for path in program.home.rglob("*"):
        if path.is_file():
            assert b"rt-" not in path.read_bytes()


def test_profiles_do_not_mix(signed_in: Program, memory_keyring: MemoryKeyring, sandbox: Sandbox) -> None:
    service = next(user for user in sandbox.users if user.role == "serviceAccount")
    member = sandbox.user(role="member")
    assert signed_in.as_user(member).here("sign-in", "--profile", "branch").code == 0
    assert signed_in.as_user(service).here("sign-in", "--profile", "night").code == 0
    assert len(memory_keyring.entries) == 3

    def level(profile: str) -> object:
        return signed_in.here("whoami", "--json", "--profile", profile, signs_in=False).json["accessLevel"]

    assert [level(profile) for profile in ("default", "branch", "night")] == ["all", "ownGroup", "all"]
    assert signed_in.here("sign-out", "--profile", "branch", signs_in=False).code == 0
    assert signed_in.here("whoami", "--profile", "branch", signs_in=False).code == 5
    assert level("default") == level("night") == "all"


@pytest.mark.parametrize("right", [True, pytest.param(False, marks=lacks_browser)], ids=["signs in", "no browser"])
def test_in_the_browser(program: Program, file_keyring: Path, tmp_path: Path, right: bool) -> None:
    """The system's browser is a program that fills in the service's own sign-in page."""
    script = tmp_path / "browser.py"
    script.write_text(BROWSER)
    # With slashes on Windows too: the command is parted as by a shell of Unix.
    command = f"{Path(sys.executable).as_posix()} {script.as_posix()} {program.user.username} {program.user.password}"
    names = ("PYTHON_KEYRING_BACKEND", "MIR_TEST_KEYRING", "PYTHONPATH")
    around = {name: os.environ[name] for name in names} | {
        "BROWSER": f"{command} %s" if right else "/nowhere/browser %s"
    }
    around |= {"DISPLAY": "", "PATH": ""} if not right else {}
    program = replace(program, environment=around)
    words = ("sign-in", "--browser", "--server", program.sandbox.base_url, "--json")
    ended = program.run(*words, signs_in=False)
    if not right:
        assert (ended.code, ended.json["error"]["code"]) == (5, "sign_in_refused")
        return
    assert ended.code == 0, ended.err
    assert ended.json["accessLevel"] == "all"
    assert "open this address" in ended.err
    assert program.run("whoami", "--json", signs_in=False).json == ended.json
