"""What somebody wants pulled, on which days and when; it does not know whether a day is due."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from download_client.errors import InvalidSchedule
from download_client.model import MESSAGES, Channel, Criteria, Tell
from download_client.settings import kinds

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(1, 8))
_LONGEST_NAME = 80
_DAY = timedelta(days=1)


class Missed(StrEnum):
    """What becomes of a day whose time passed while the computer was off."""

    CATCH_UP = "catchUp"
    """One pull, as soon as it can be, for all days that were missed."""
    SKIP = "skip"
    """Only inside the day's own window; the next day's pull covers it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule. `days` are ISO weekdays (1 is Monday), `at` the time of day in `zone`.

    Without `search` and `criteria` it brings whatever became available or changed; with a saved `search` (its name) or
    criteria of its own what of that became available. `window` is how long after `at` a pull may work (None: until it
    is done); the next one goes on. `accept_risk`: yes to an archive in a folder that is synchronised or temporary.

    `tell` says of which nights somebody is told: by the channels `tell_by` (empty: every one set up), mail to `tell_to`
    (empty: the setting's). `heartbeat` is called after each complete night (empty: the setting's); `reports` is a
    folder that gets a copy of each report.

    Raises:
        InvalidSchedule: it cannot be meant.

    """

    name: str
    archive: Path
    at: time
    zone: str
    days: frozenset[int] = EVERY_DAY
    search: str = ""
    criteria: Criteria | None = None
    window: timedelta | None = None
    missed: Missed = Missed.CATCH_UP
    paused: bool = False
    accept_risk: bool = False
    profile: str = "default"
    tell: Tell = Tell.PROBLEMS
    tell_by: frozenset[Channel] = frozenset()
    tell_to: tuple[str, ...] = ()
    heartbeat: str = ""
    reports: Path | None = None
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not self.name.strip() or len(self.name) > _LONGEST_NAME or not self.name.isprintable():
            raise InvalidSchedule(f"a name is 1 to {_LONGEST_NAME} printable characters", subject=repr(self.name[:80]))
        if not self.days or not self.days <= EVERY_DAY:
            raise InvalidSchedule("at least one day of the week is needed", subject=self.name)
        if self.at.tzinfo is not None:
            raise InvalidSchedule("the time of day stands in the schedule's own zone", subject=self.name)
        if self.search and self.criteria is not None:
            raise InvalidSchedule("a saved search takes the place of criteria", subject=self.name)
        if self.window is not None and not timedelta(minutes=1) <= self.window <= _DAY:
            raise InvalidSchedule("its window is between a minute and a day", subject=self.name)
        for folder in (self.archive, self.reports):
            if folder is not None and not folder.is_absolute():
                what = "archive" if folder is self.archive else "folder of reports"
                raise InvalidSchedule(f"the {what} needs its whole path", subject=str(folder))
        if not self.tell_by <= set(MESSAGES):
            raise InvalidSchedule("the heartbeat carries no message", subject=self.name)
        for kind, value in ((kinds.mail_addresses(), self.tell_to), (kinds.web_address(), self.heartbeat)):
            try:
                kind.parse(value)
            except ValueError as error:
                raise InvalidSchedule(str(error), subject=self.name) from None
        try:
            object.__setattr__(self, "_zone", ZoneInfo(self.zone))
        except (OSError, ValueError, LookupError) as error:
            raise InvalidSchedule("this time zone is not known", subject=repr(self.zone[:80])) from error

    @property
    def place(self) -> ZoneInfo:
        """The zone as a value to calculate with."""
        return self._zone


def read_days(untrusted: str) -> frozenset[int]:
    """`mon-fri`, `sat,sun`, `daily` as ISO weekdays. Raises InvalidSchedule."""
    text = untrusted.strip().lower()
    if text == "daily":
        return EVERY_DAY
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if first not in DAY_NAMES or (dash and last not in DAY_NAMES):
            raise InvalidSchedule("days are daily, or mon … sun with , and -", subject=repr(untrusted[:40]))
        start, end = DAY_NAMES.index(first), DAY_NAMES.index(last if dash else first)
        days.update((start + step) % 7 + 1 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def read_at(untrusted: str) -> time:
    """`02:15` as a time of day. Raises InvalidSchedule."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", untrusted.strip())
    if found is None:
        raise InvalidSchedule("a time of day is written as 02:15", subject=repr(untrusted[:40]))
    return time(int(found[1]), int(found[2]))
