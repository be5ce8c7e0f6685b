"""The queue of runs on the disk: one small file per profile, replaced whole; it runs nothing.

It holds what was asked and in which order, not what came of it: that is in the ledger of each archive.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from download_client.engine.job import Earlier
from download_client.engine.request import PullRequest
from download_client.errors import DiskFailed, FileNewer, InvalidCriteria, check_format
from download_client.model import Criteria, ItemGroup
from download_client.settings import replace_text

_FORMAT = 1
_LONGEST = 1 << 28
"""Bytes. A selection of a million conversations is a seventh of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One run as it is kept. `paused`: by somebody; everything else goes on by itself."""

    key: str
    name: str
    request: PullRequest
    again: Earlier | None
    paused: bool
    added_at: datetime
    begun: bool
    user_id: str
    user: str


@dataclass(frozen=True, slots=True)
class Queue:
    """All that is kept: the runs in their order, and those (archive, number) not to be shown among earlier ones."""

    runs: tuple[Kept, ...] = ()
    hidden: frozenset[tuple[str, int]] = frozenset()


class QueueFile:
    """Read once, then written whenever the queue changes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Queue, Path | None]:
        """What was kept, and where a damaged file was set aside, if it had to be.

        Raises:
            DiskFailed: it cannot be read, or not be set aside.
            FileNewer: a newer version made it.

        """
        try:
            with self._path.open("rb") as file:
                content = file.read(_LONGEST + 1)
        except FileNotFoundError:
            return Queue(), None
        except OSError as error:
            raise DiskFailed(f"it cannot be read ({error.strerror})", subject=self._path.name) from error
        try:
            return self._decoded(content), None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidCriteria):
            return Queue(), self._set_aside()

    def write(self, queue: Queue) -> None:
        """Replace it.

        Raises:
            DiskFailed: it cannot be written; the old one stands.

        """
        told = {
            "format": _FORMAT,
            "runs": [_row(each) for each in queue.runs],
            "hidden": [list(each) for each in sorted(queue.hidden)],
        }
        try:
            replace_text(self._path, json.dumps(told) + "\n")
        except OSError as error:
            raise DiskFailed(f"it cannot be written ({error.strerror})", subject=self._path.name) from error

    def _decoded(self, untrusted: bytes) -> Queue:
        """What it says. Raises FileNewer; ValueError and its kin: it is damaged."""
        if len(untrusted) > _LONGEST:
            raise ValueError("it is longer than any queue")
        told = json.loads(untrusted)
        check_format(told["format"], known=_FORMAT, newer=FileNewer, subject=str(self._path))
        return _decode(told)

    def _set_aside(self) -> Path:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        aside = self._path.with_suffix(f".{stamp}.damaged.json")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise DiskFailed(f"it is damaged and cannot be set aside ({error.strerror})", subject=str(aside)) from error
        return aside


def _row(kept: Kept) -> dict[str, Any]:
    request = asdict(kept.request) | {
        "archive": str(kept.request.archive),
        "criteria": kept.request.criteria.as_dict(),
    }
    which = kept.again.which if kept.again is not None else None
    again = None
    if kept.again is not None:
        again = {
            "run_id": kept.again.run_id,
            "which": which.value if isinstance(which, ItemGroup) else None if which is None else sorted(which),
        }
    return {
        "key": kept.key,
        "name": kept.name,
        "request": request,
        "again": again,
        "paused": kept.paused,
        "added_at": kept.added_at.isoformat(),
        "begun": kept.begun,
        "user_id": kept.user_id,
        "user": kept.user,
    }


def _decode(told: dict[str, Any]) -> Queue:
    if told["format"] != _FORMAT:
        raise ValueError("another format")
    hidden = frozenset((_text(place), int(number)) for place, number in told.get("hidden", ()))
    return Queue(tuple(_kept(row) for row in told["runs"]), hidden)


def _kept(untrusted: dict[str, Any]) -> Kept:
    asked = untrusted["request"]
    again = untrusted["again"]
    added_at = datetime.fromisoformat(untrusted["added_at"])
    if added_at.tzinfo is None:
        raise ValueError("a time without a zone")
    return Kept(
        key=_text(untrusted["key"]),
        name=_text(untrusted["name"]),
        request=PullRequest(
            archive=Path(_text(asked["archive"])),
            criteria=Criteria.from_dict(asked["criteria"]),
            name=_text(asked["name"]),
            changes=_flag(asked["changes"]),
            conversations=tuple(_text(each) for each in asked["conversations"]),
            concurrency=_number(asked["concurrency"]),
            limit_rate=_number(asked["limit_rate"]),
            accept_risk=_flag(asked["accept_risk"]),
            repair=tuple(_text(each) for each in asked.get("repair", ())),
        ),
        again=None if again is None else _earlier(again),
        paused=_flag(untrusted["paused"]),
        added_at=added_at,
        begun=_flag(untrusted["begun"]),
        user_id=_text(untrusted["user_id"]),
        user=_text(untrusted["user"]),
    )


def _earlier(untrusted: dict[str, Any]) -> Earlier:
    run_id, which = _number(untrusted["run_id"]), untrusted["which"]
    if run_id is None:
        raise ValueError("no number")
    if isinstance(which, str):
        return Earlier(run_id, ItemGroup(which))
    return Earlier(run_id, None if which is None else frozenset(int(each) for each in which))


def _text(untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise TypeError
    return untrusted


def _flag(untrusted: object) -> bool:
    if not isinstance(untrusted, bool):
        raise TypeError
    return untrusted


def _number(untrusted: object) -> int | None:
    if untrusted is not None and (not isinstance(untrusted, int) or isinstance(untrusted, bool)):
        raise TypeError
    return untrusted
