"""Canaries: secrets, numbers and names that pass through a run are sought in everything it writes, says and shows."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import TINY, WINDOW, program_of, truth
from tests.journeys.program import end_of, in_the_middle
from tests.windows import WINE

WRONG = "canary-Wr0ng-p4ssword-7719"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A service that answers content by signed links on another port."""
    with Sandbox.start(conversations=300, tls=not WINE, options=(*TINY, "--links-elsewhere")) as running:
        yield running


def words_of(text: str) -> Iterator[str]:
    """Every text in a piece of JSON that is long enough to be a secret."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for each in value.values():
                yield from walk(each)
        elif isinstance(value, list):
            for each in value:
                yield from walk(each)
        elif isinstance(value, str):
            if value.startswith("{"):
                yield from walk(json.loads(value))
            elif len(value) >= 20 and "://" not in value:
                yield value

    yield from walk(json.loads(text))


def test_no_secret_is_found_anywhere(tmp_path: Path, sandbox: Sandbox, file_keyring: Path) -> None:
    names = ("PYTHON_KEYRING_BACKEND", "MIR_TEST_KEYRING", "PYTHONPATH")
    plain = {
        "archive.folder_template": "{start:%Y}",
        "archive.name_template": "{start:%H.%M.%S} {direction}",
        "log.level": "debug",
        "retry.window": "3 s",
    }
    program = program_of(tmp_path / "p", sandbox, **plain)
    program = replace(program, environment={name: os.environ[name] for name in names})
    said = []

    # A wrong password, a right one, and every renewal of what it gave.
    wrong = replace(program, user=replace(program.user, password=WRONG)).run("sign-in", "--verbose", "--json")
    assert wrong.code == 5
    said += [wrong.out, wrong.err]
    signed = program.run("sign-in", "--verbose", "--json")
    assert signed.code == 0, signed.err
    said += [signed.out, signed.err]
    canaries = {program.user.password, WRONG, *words_of(file_keyring.read_text("utf-8"))}
    assert len(canaries) > 2, "the keyring held nothing"

    # A pull with trouble: dead tokens, refusals, lies, broken links; and what it shows while it runs.
    lines: list[str] = []
    sandbox.forget()
    for fault, where in (("not-found", "link"), ("json-error", "link"), ("token-expired", "content"), ("cut", "link")):
        sandbox.fault(fault, where={"route": where}, skip=3, stride=7, times=2)
    sandbox.fault("status", {"status": 500}, where={"route": "conversations"}, times=1)
    with in_the_middle(program, "--verbose", *WINDOW, home=20, signs_in=False) as (process, stall):
        for each in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
            lines += each.cmdline()
        sandbox.end_tokens(user=program.user.username)
        stall.clear()
        ended = end_of(process)
    sandbox.clear()
    assert ended.json["archived"] > 80
    said += [ended.out, ended.err, *lines]
    canaries |= set(words_of(file_keyring.read_text("utf-8")))
    links = {entry["target"].rpartition("/links/")[2] for entry in sandbox.journal(route="link")}
    assert len(links) > 80
    canaries |= links

    for words in (("runs", "1"), ("doctor",), ("settings",), ("whoami",)):
        more = ("--archive", str(program.archive)) if words[0] in {"runs", "doctor"} else ()
        told = program.run(*words, *more, "--verbose", signs_in=False)
        said += [told.out, told.err]
    checker = Checker(program.archive)
    checker.learn(truth(program))
    assert checker.after(ended.json) == []
    folders = [program.home, program.archive]
    assert checker.secrets(canaries, folders, texts=said) == []
    assert checker.secrets(["Bearer ", "access_token", "refresh_token"], folders, texts=said) == []

    tokens = re.compile(rb"\b[ar]t-[A-Za-z0-9_-]{43}")
    written = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert [path for path in written if tokens.search(path.read_bytes())] == []
    assert [text for text in said if tokens.search(text.encode())] == []

    # Numbers and names belong into tables and the ledger; not into logs, and not into names that ask for none.
    calls = program.here("search", *WINDOW, "--json").json["conversations"]
    private = {
        call[party][what]
        for call in calls
        for party in ("calling_party", "called_party")
        for what in ("name", "phone_number")
        if len(call[party][what]) > 7
    }
    assert len(private) > 40
    log = program.home / "log"
    assert sum(path.stat().st_size for path in log.iterdir()) > 500
    found = checker.secrets(private, [log], texts=[*lines, ended.err])
    assert found == []
    paths = [str(path.relative_to(program.archive)) for path in program.archive.rglob("*")]
    assert [text for text in private if any(text in path for path in paths)] == []


def test_a_crash_report_holds_none(tmp_path: Path, sandbox: Sandbox) -> None:
    """A library that fails with a token, a signed link and a number in its words, which nobody expects."""
    token, link, number = "at-" + "C4n4ry" * 7 + "x", "S1gn3d" * 8, "+4930555012345"
    breaking = tmp_path / "breaking"
    breaking.mkdir()
    words = f"Bearer {token} for https://mir.example/mir/api/v1/links/{link}?signature={link} and {number}"
    (breaking / "sitecustomize.py").write_text(
        f"import json\n\ndef dump(*_, **__):\n    raise RuntimeError({words!r})\n\njson.dump = dump\n"
    )
    program = program_of(tmp_path / "p", sandbox)
    program = replace(program, environment={"PYTHONPATH": str(breaking)})
    process = program.start("whoami", "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    report = (program.home / "log" / "mir-download.log").read_text("utf-8")
    assert "RuntimeError" in report
    canaries = [token, link, number, program.user.password]
    assert Checker(program.archive).secrets(canaries, [program.home], texts=[out, err]) == []


def test_the_search_for_canaries_finds_them(tmp_path: Path) -> None:
    """A checker that finds nothing where there is something proves nothing."""
    checker = Checker(tmp_path)
    (tmp_path / "log").write_text("token canary-1 was used")
    (tmp_path / "book").write_bytes("canary-2".encode("utf-16-le"))
    (tmp_path / "canary-3.wav").write_bytes(b"")
    wrong = checker.secrets(["canary-1", "canary-2", "canary-3", "canary-4"], [tmp_path], texts=["so canary-4 it is"])
    assert len(wrong) == 4
