"""The whole program, as a person or a script uses it, asks for nothing that the contract does not know."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mir_sandbox.remote import Sandbox
from tests.contract.conformance import Contract, Exchange
from tests.contract.recorder import Recorder
from tests.journeys.program import here

CONTRACT = Contract.load()
BROWSER = """
import re, sys, html, requests
session = requests.Session()
session.trust_env = False
page = session.get(sys.argv[1], timeout=20)
fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
fields = {name: html.unescape(value) for name, value in fields.items()}
target = requests.compat.urljoin(page.url, re.search(r'action="([^"]+)"', page.text)[1])
session.post(target, data={**fields, "username": sys.argv[2], "password": sys.argv[3]}, timeout=20)
"""


class Person:
    """Somebody at a terminal, whose program reaches the service through a recorder."""

    def __init__(self, sandbox: Sandbox, recorder: Recorder, archive: Path) -> None:
        self.sandbox = sandbox
        self.recorder = recorder
        self.archive = archive

    def runs(self, *words: str, expect: int = 0, given: str = "", environment: dict[str, str] | None = None) -> Any:
        """One command; what its JSON says. The exchanges of the command are held to the contract."""
        before = len(self.recorder.exchanges)
        ended = here([*words, "--json"], given=given, environment=os.environ | (environment or {}))
        assert ended.code == expect, (words, ended)
        assert departures(self.recorder.exchanges[before:]) == []
        return ended.json

    def signs_in(self, username: str, *more: str) -> None:
        """A sign-in by password, or by client credentials, that is remembered."""
        password = next(each.password for each in self.sandbox.users if each.username == username)
        words = ("sign-in", "--server", self.recorder.base_url, "--user", username, "--password-stdin", *more)
        self.runs(*words, given=password + "\n")

    def pulls(self, *words: str) -> Any:
        """A pull, which stays partial: some recordings are still being processed."""
        return self.runs("pull", "--archive", str(self.archive), "--accept-risk", *words, expect=3)


def departures(exchanges: Sequence[Exchange]) -> list[str]:
    """Of the requests all; of the answers, whose faults are others' affair, none."""
    return [found for each in exchanges for found in CONTRACT.request_departures(each)]


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    with Sandbox.start(conversations=60, options=["--tiny"]) as sandbox, Recorder(sandbox.base_url) as recorder:
        yield Person(sandbox, recorder, tmp_path / "archive")


def asked(person: Person) -> set[tuple[str, int]]:
    """Which operations were asked for, with what result."""
    found = set()
    for each in person.recorder.exchanges:
        operation = CONTRACT.operation(method=each.method, path=each.path)
        assert operation is not None, each
        found.add((operation.operation_id, each.status))
    return found


def test_a_day_with_the_program(person: Person) -> None:
    person.signs_in("all")
    person.runs("whoami")
    everything = ("--from", "30d")
    person.runs("search", "--count", *everything)
    person.runs(
        "search", *everything, "--to", "0d", "--direction", "inbound", "--mode", "alwaysOn", "--min-duration", "1",
        "--max-duration", "1:00:00", "--owner", "u-00004", "--group", "g-sales", "--scope", "all", "--calling-number",
        "*5*", "--calling-name", "Jürgen*", "--calling-extension", "2*", "--called-number", "4*", "--called-name", "*ß",
        "--called-extension", "2003", "--conversation", "cnv-7-000000001",
    )  # fmt: skip
    person.runs("searches", "save", "Long calls & others", "--min-duration", "90", "--called-name", "*ö*")
    assert [each["name"] for each in person.runs("searches", "list")["searches"]] == ["Long calls & others"]
    person.runs("searches", "delete", "Long calls & others")
    with person.sandbox.fault("cut", {"after": 700}, where={"route": "content"}, times=1, per="recording"):
        first = person.pulls(*everything)
    assert first["archived"] > 0
    person.pulls("--changes")
    person.sandbox.control("POST", "/tokens", {"expireAccess": True})
    person.pulls("--changes")
    person.runs("sign-out")
    seen = asked(person)
    assert {("getContent", 200), ("getContent", 206), ("getMe", 200), ("searchConversations", 200)} <= seen
    assert {("listChanges", 200), ("createSavedSearch", 201), ("listSavedSearches", 200)} <= seen
    assert {("deleteSavedSearch", 204), ("postToken", 200), ("postRevoke", 200)} <= seen
    assert ("getAuthorizationServerMetadata", 200) in seen


def test_a_service_account(person: Person) -> None:
    person.signs_in("archive-service", "--client-credentials")
    person.runs("sign-out")


def test_sign_in_by_browser(person: Person, tmp_path: Path) -> None:
    script = tmp_path / "browser.py"
    script.write_text(BROWSER, "utf-8")
    user = person.sandbox.user(role="member")
    browser = f"{sys.executable} {script} %s {user.username} {user.password}"
    words = ("sign-in", "--server", person.recorder.base_url, "--user", user.username, "--browser")
    person.runs(*words, environment={"BROWSER": browser})
    assert {("showSignInPage", 200), ("submitSignInPage", 303), ("postToken", 200)} <= asked(person)


def test_a_service_of_small_pages(tmp_path: Path) -> None:
    options = ["--tiny", "--max-page-size", "7"]
    with Sandbox.start(conversations=60, options=options) as sandbox, Recorder(sandbox.base_url) as recorder:
        person = Person(sandbox, recorder, tmp_path / "archive")
        person.signs_in("all")
        person.runs("searches", "list")
        person.pulls("--from", "30d")
        assert all(each.status < 400 for each in recorder.exchanges)
