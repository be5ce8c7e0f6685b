"""Services and programs for journeys: one service per module where tests leave it as they found it, else one each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.program import Program
from tests.windows import WINE

NOW = "2026-11-20T12:00:00Z"
WINDOW = ("--from", "2026-10-21T00:00:00Z", "--to", "2026-11-20T12:00:00Z")
"""The made-up account lies in fixed days, so that what is listed is the same each time."""
TINY = ("--now", NOW, "--tiny")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A service over TLS (which Wine cannot be told to trust) with an account of short calls."""
    with Sandbox.start(conversations=300, tls=not WINE, options=TINY) as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, sandbox: Sandbox) -> Program:
    """The program for the user who sees everything, trusting the service's authority."""
    return program_of(tmp_path / "p", sandbox)


def program_of(folder: Path, sandbox: Sandbox, access_level: str = "all", /, **settings: object) -> Program:
    """A program with a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Program(folder, sandbox, sandbox.user(access_level=access_level))
    made.settings({**trusting(sandbox), "transfer.min_free_space": 0, **settings})
    return made


def trusting(sandbox: Sandbox) -> dict[str, object]:
    """The setting that makes the program trust the service's authority, where it has one."""
    return {"network.ca_file": str(sandbox.ca_file)} if sandbox.ca_file is not None else {}


@pytest.fixture
def checker(program: Program) -> Checker:
    """The independent checker, with the service's own list of everything this user may see."""
    made = Checker(program.archive)
    made.learn(truth(program))
    return made


def truth(program: Program, *, window: bool = False) -> list[dict[str, Any]]:
    """The service's own list for the program's user, worked out the plain way; perhaps of the window alone."""
    query = f"?user={program.user.username}" + (f"&from={WINDOW[1]}&to={WINDOW[3]}" if window else "")
    rows: list[dict[str, Any]] = program.sandbox.control("GET", f"/truth{query}")["recordings"]
    return rows
