"""One service for the tests of a module, without faults before each; a house of its own for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.engine.rig import House


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Short calls, no TLS: what is tried here is the engine."""
    with Sandbox.start(conversations=150, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@pytest.fixture
def house(sandbox: Sandbox, tmp_path: Path) -> Iterator[House]:
    """The computer of the user who sees everything."""
    sandbox.clear()
    made = House(sandbox, tmp_path, sandbox.user(access_level="all"))
    yield made
    made.close()
    sandbox.clear()
