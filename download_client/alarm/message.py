"""What somebody is told of a night: a value with an identity, the same however often it is made; it is told nowhere.

No name of a person, no telephone number and no secret is in it: counts, days, words of ours and the names that
somebody gave a schedule and a computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from download_client.model import Outcome

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `id` tells a receiver that it is this one again; `days` are those it is about, `day` the last.

    `title` and `lines` are plain text; `figures` by name; `code` is that of the error that ended the night. `page` is
    where the report's page lies on that computer, empty where there is none.
    """

    id: str
    schedule: str
    computer: str
    outcome: Outcome
    day: date
    days: tuple[date, ...]
    made_at: datetime
    title: str
    lines: tuple[str, ...]
    code: str = ""
    figures: dict[str, int] | None = None
    page: str = ""
    test: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What a webhook gets as JSON."""
        return {
            "format": FORMAT,
            "id": self.id,
            "test": self.test,
            "schedule": self.schedule,
            "computer": self.computer,
            "outcome": self.outcome.value,
            "day": self.day.isoformat(),
            "days": [day.isoformat() for day in self.days],
            "madeAt": self.made_at.isoformat().replace("+00:00", "Z"),
            "title": self.title,
            "text": "\n".join(self.lines),
            "code": self.code,
            "figures": self.figures,
        }


def identity(*, computer: str, key: str, outcome: Outcome, day: date) -> str:
    """The id of what is told of that day: the same on each try, another for another computer, schedule or outcome."""
    from uuid import NAMESPACE_URL, uuid5  # rarely needed

    return str(uuid5(NAMESPACE_URL, f"mir-download:{computer}/{key}/{day.isoformat()}/{outcome.value}"))
