"""The file of the queue: what is written is read back; whatever else lies there is set aside, never half believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from download_client.engine import PullRequest
from download_client.engine.job import Earlier
from download_client.engine.queue_file import Kept, Queue, QueueFile
from download_client.errors import DiskFailed
from download_client.model import Criteria, Direction, ItemGroup

AGAIN = (None, Earlier(7), Earlier(7, ItemGroup.FAILED), Earlier(7, frozenset({3, 1})), Earlier(7, frozenset()))


def queue(folder: Path) -> Queue:
    asked = PullRequest(
        archive=folder / "Ärchive \udce9",
        criteria=Criteria(direction=Direction.INBOUND, calling_name="=1+1 \u202e"),
        name="Support, this month",
        changes=True,
        conversations=("c1", "c2"),
        concurrency=3,
        limit_rate=1_000,
        accept_risk=True,
        repair=("r1",),
    )
    at = datetime(2026, 11, 22, 5, tzinfo=UTC)
    runs = tuple(
        Kept(f"key{number}", "name", asked, again, number % 2 == 0, at, begun=True, user_id="u1", user="Dana")
        for number, again in enumerate(AGAIN)
    )
    return Queue(runs, frozenset({("/archive", 4)}))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = QueueFile(tmp_path / "state" / "default.json")
    assert file.read() == (Queue(), None)
    file.write(queue(tmp_path))
    assert file.read() == (queue(tmp_path), None)


@pytest.mark.parametrize(
    "damage",
    [
        lambda told: told | {"format": 0},
        lambda told: told | {"runs": 3},
        lambda told: told | {"runs": [told["runs"][0] | {"paused": "no"}]},
        lambda told: told | {"runs": [told["runs"][0] | {"added_at": "2026-11-22T05:00:00"}]},
        lambda told: told | {"runs": [told["runs"][0] | {"again": {"run_id": None, "which": None}}]},
        lambda told: told | {"runs": [told["runs"][0] | {"again": {"run_id": 1, "which": "everything"}}]},
        lambda told: told | {"runs": [told["runs"][0] | {"request": {}}]},
        lambda told: told | {"hidden": [["/archive"]]},
        lambda told: "[" * 5_000,
    ],
)
def test_what_is_damaged_is_set_aside(tmp_path: Path, damage: Any) -> None:
    path = tmp_path / "default.json"
    file = QueueFile(path)
    file.write(queue(tmp_path))
    told = damage(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    before = path.read_bytes()
    found, aside = file.read()
    assert found == Queue()
    assert aside is not None
    assert aside.read_bytes() == before
    assert file.read() == (Queue(), None)


def test_what_cannot_be_read_or_written_is_an_error_with_a_name(tmp_path: Path) -> None:
    path = tmp_path / "default.json"
    path.mkdir()
    with pytest.raises(DiskFailed, match="read"):
        QueueFile(path).read()
    with pytest.raises(DiskFailed, match="written"):
        QueueFile(path).write(Queue())
