"""One authority for all tests of this folder, and a message."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from download_client.alarm import Message, identity
from download_client.model import Outcome
from tests.alarm.servers import Authority
from tests.windows import WINE


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if WINE:
        pytest.skip("Wine's TLS trusts no authority in a file")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def message(tmp_path: Path) -> Message:
    page = tmp_path / "2026-11-22-1.html"
    page.write_text("<!DOCTYPE html><title>ü</title>", encoding="utf-8")
    return Message(
        id=identity(computer="pc", key="nightly-1234", outcome=Outcome.FAILED, day=date(2026, 11, 22)),
        schedule="Nächtlich",
        computer="pc",
        outcome=Outcome.FAILED,
        day=date(2026, 11, 22),
        days=(date(2026, 11, 22),),
        made_at=datetime(2026, 11, 22, 2, 20, tzinfo=UTC),
        title="Nächtlich: 2026-11-22, failed",
        lines=("The service cannot be reached (offline).", "3 listed."),
        code="offline",
        figures={"listed": 3},
        page=str(page),
    )
