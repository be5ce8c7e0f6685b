"""Schedules and their nights on disk: what somebody chose, and what became of each day; it decides nothing.

Schedules lie in one JSON file (`schedules.json`, changed whole), nights in one file of JSON lines per schedule, each
appended and flushed to the disk when a pull has ended. Losing the nights costs one pull that finds everything home.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import filelock
import msgspec

from download_client.errors import FileNewer, InvalidSchedule, MirError, UnknownName, check_format
from download_client.model import Channel, Criteria, RunPhase, Tell
from download_client.schedule.schedule import Missed, Schedule
from download_client.settings import Paths, files

_FORMAT = 1
"""Of the schedules, and of their nights: an older version passes over a line of a night that it cannot read."""
KILLED = "killed"
"""The code of a night that began and was never written down."""
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Night:
    """What became of one day: one try. `missed` are earlier days it covered; figures as in a run's result.

    `code` is that of the error that ended it and `said` what was seen of it; both are empty where none did. `KILLED`
    is no error's: the run ended without a word, `ended_at` is not known. `run_id` 0: it did not come so far. `erased`
    recordings went by housekeeping afterwards; `chores` is the code of the error that kept it from more.
    """

    day: date
    started_at: datetime
    ended_at: datetime
    phase: RunPhase
    missed: tuple[date, ...] = ()
    run_id: int = 0
    code: str = ""
    listed: int = 0
    archived: int = 0
    skipped: int = 0
    unfinished: int = 0
    refused: int = 0
    bytes: int = 0
    said: str = ""
    erased: int = 0
    chores: str = ""


class Book:
    """Every schedule of one profile, and its nights. Two processes may use it at once.

    Methods that read the schedules raise FileNewer where a newer version made their file.
    """

    def __init__(self, paths: Paths, *, profile: str) -> None:
        self._file = paths.config / "schedules.json"
        self._nights = paths.state / "nights"
        self._profile = profile

    def key(self, name: str) -> str:
        """A short name of the schedule for files and the system's scheduler: ASCII, and no other schedule's."""
        digest = hashlib.sha256(f"{self._profile}\0{name}".encode()).hexdigest()[:8]
        return "-".join(part for part in (_SLUG.sub("-", name.lower()).strip("-")[:40], digest) if part)

    # --- what somebody chose

    def all(self) -> tuple[Schedule, ...]:
        """The profile's schedules, by name. Raises InvalidSchedule: the file cannot be read."""
        rows = self._read()
        return tuple(_schedule(row) for row in sorted(rows, key=_name) if row.get("profile") == self._profile)

    def find(self, name: str) -> Schedule:
        """The schedule of exactly that name.

        Raises:
            UnknownName: there is none; the detail lists those there are.

        """
        known = self.all()
        for each in known:
            if each.name == name:
                return each
        names = ", ".join(each.name for each in known) or "none"
        raise UnknownName(f"schedules: {names}", subject=name)

    def put(self, schedule: Schedule) -> None:
        """Add it, or replace the one of its name."""
        self._change(lambda rows: [*(row for row in rows if not self._is(row, schedule.name)), _row(schedule)])

    def remove(self, name: str) -> None:
        """Take it out; its nights stay. Raises UnknownName."""
        self.find(name)
        self._change(lambda rows: [row for row in rows if not self._is(row, name)])

    def _is(self, row: dict[str, Any], name: str) -> bool:
        return row.get("profile") == self._profile and row.get("name") == name

    def _change(self, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
        try:
            with files.changing(self._file):
                rows = change(self._read())
                text = json.dumps({"format": _FORMAT, "schedules": rows}, indent=1, ensure_ascii=False)
                files.replace_text(self._file, text + "\n")
        except OSError as error:
            raise InvalidSchedule(f"cannot be written ({error.strerror})", subject=str(self._file)) from error

    def _read(self) -> list[dict[str, Any]]:
        try:
            text = files.read_text(self._file)
            if text is None:
                return []
            content = json.loads(text)
            number = int(content["format"])
            check_format(number, known=_FORMAT, newer=FileNewer, subject=str(self._file))
            return [dict(row) for row in content["schedules"]]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise InvalidSchedule(f"cannot be read ({type(error).__name__})", subject=str(self._file)) from error

    # --- what became of its days

    def nights(self, name: str) -> list[Night]:
        """Every try of every day, oldest first; a line that a kill cut off is no night."""
        try:
            lines = (self._nights / f"{self.key(name)}.jsonl").read_bytes().splitlines()
        except OSError:
            return []
        found = []
        for line in lines:
            try:
                found.append(msgspec.json.decode(line, type=Night))
            except (msgspec.DecodeError, msgspec.ValidationError):
                continue
        return found

    def completed(self, name: str) -> set[date]:
        """The days that a complete pull belongs to."""
        return {night.day for night in self.nights(name) if night.phase is RunPhase.COMPLETE}

    def begin(self, name: str, day: date, *, at: datetime) -> None:
        """Write down that a try begins, so that a kill is noticed. Raises InvalidSchedule: the disk refuses."""
        path = self._begun(name)
        try:
            files.replace_text(path, f"{day.isoformat()} {at.isoformat()}\n")
        except OSError as error:
            raise InvalidSchedule(f"the night cannot be written down ({error.strerror})", subject=str(path)) from error

    def begun(self, name: str) -> tuple[date, datetime] | None:
        """The day and the moment of a try that has begun and is not written down; of one that was killed as well."""
        try:
            day, moment = (files.read_text(self._begun(name)) or "").split()
            return date.fromisoformat(day), datetime.fromisoformat(moment)
        except (OSError, ValueError):
            return None

    def note_killed(self, name: str) -> None:
        """Write down the try that was killed, if there is one; only for whoever is `alone`."""
        found = self.begun(name)
        if found is not None:
            day, at = found
            self.add(name, Night(day, at, at, RunPhase.INTERRUPTED, code=KILLED))

    def _begun(self, name: str) -> Path:
        return self._nights / f"{self.key(name)}.begun"

    def add(self, name: str, night: Night) -> None:
        """Write a night down, for good. Raises InvalidSchedule: the disk refuses."""
        path = self._nights / f"{self.key(name)}.jsonl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                # A line that a kill cut off ends here.
                torn = file.tell() and path.read_bytes()[-1:] != b"\n"
                file.write((b"\n" if torn else b"") + msgspec.json.encode(night) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            self._begun(name).unlink(missing_ok=True)
        except OSError as error:
            raise InvalidSchedule(f"the night cannot be written down ({error.strerror})", subject=str(path)) from error

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether no other process works on this schedule; while inside, none does. The lock dies with its process."""
        path: Path = self._nights / f"{self.key(name)}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(path)
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def _name(row: dict[str, Any]) -> str:
    return str(row.get("name", "")).casefold()


def _row(schedule: Schedule) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": schedule.name,
        "profile": schedule.profile,
        "archive": str(schedule.archive),
        "at": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "days": sorted(schedule.days),
        "missed": schedule.missed.value,
        "paused": schedule.paused,
        "accept_risk": schedule.accept_risk,
    }
    if schedule.search:
        row["search"] = schedule.search
    if schedule.criteria is not None:
        row["criteria"] = schedule.criteria.as_dict()
    if schedule.window is not None:
        row["window_minutes"] = round(schedule.window.total_seconds() / 60)
    if schedule.tell is not Tell.PROBLEMS:
        row["tell"] = schedule.tell.value
    if schedule.tell_by:
        row["tell_by"] = sorted(schedule.tell_by)
    if schedule.tell_to:
        row["tell_to"] = list(schedule.tell_to)
    if schedule.heartbeat:
        row["heartbeat"] = schedule.heartbeat
    if schedule.reports is not None:
        row["reports"] = str(schedule.reports)
    return row


def _schedule(untrusted: dict[str, Any]) -> Schedule:
    try:
        minutes = untrusted.get("window_minutes")
        criteria = untrusted.get("criteria")
        return Schedule(
            name=str(untrusted["name"]),
            profile=str(untrusted["profile"]),
            archive=Path(untrusted["archive"]),
            at=time.fromisoformat(untrusted["at"]),
            zone=str(untrusted["zone"]),
            days=frozenset(int(day) for day in untrusted["days"]),
            search=str(untrusted.get("search", "")),
            criteria=None if criteria is None else Criteria.from_dict(criteria),
            window=None if minutes is None else timedelta(minutes=int(minutes)),
            missed=Missed(untrusted["missed"]),
            paused=bool(untrusted["paused"]),
            accept_risk=bool(untrusted["accept_risk"]),
            tell=Tell(untrusted.get("tell", Tell.PROBLEMS)),
            tell_by=frozenset(Channel(each) for each in untrusted.get("tell_by", ())),
            tell_to=tuple(str(each) for each in untrusted.get("tell_to", ())),
            heartbeat=str(untrusted.get("heartbeat", "")),
            reports=Path(untrusted["reports"]) if "reports" in untrusted else None,
        )
    except MirError:
        raise
    except (LookupError, TypeError, ValueError) as error:
        name = repr(str(untrusted.get("name", ""))[:80])
        raise InvalidSchedule(f"its line cannot be read ({type(error).__name__})", subject=name) from error
