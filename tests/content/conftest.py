"""A service on a socket for each test that wants one; files that need POSIX are not collected elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.content.liar import Liar

collect_ignore = ["test_posix_files.py"] if sys.platform == "win32" else []


@pytest.fixture
def service() -> Iterator[Liar]:
    """A server without any script yet."""
    with Liar() as liar:
        yield liar
