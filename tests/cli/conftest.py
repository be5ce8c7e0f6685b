"""A service for the command line's own tests, and the program signed in at it; all within this process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.conftest import TINY
from tests.journeys.program import Program


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A small account on this computer, without TLS; who changes it puts it back."""
    with Sandbox.start(conversations=80, options=TINY) as running:
        running.change("available", select={"state": "processing"})
        yield running


@pytest.fixture
def program(tmp_path: Path, sandbox: Sandbox) -> Program:
    """Not signed in anywhere; its archive is `tmp_path`/archive."""
    made = Program(tmp_path, sandbox, sandbox.user(access_level="all"))
    made.settings(
        {
            "transfer.min_free_space": 0,
            "retry.window": "1 s",
            "network.connect_timeout": "2 s",
            "schedule.register": False,
        }
    )
    return made


@pytest.fixture
def signed_in(program: Program) -> Program:
    """Signed in, and remembered by the keyring in memory."""
    ended = program.here("sign-in", "--json")
    assert ended.code == 0, ended.err
    return replace(program, server=program.sandbox.base_url)
