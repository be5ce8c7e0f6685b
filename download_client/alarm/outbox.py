"""What is to be told and what has been, for one schedule, in one file changed whole; it sends nothing.

A letter is written down before it is sent, and each of its ways when it is done: what is written down as done is never
sent again. Between sending and writing down a kill makes the next start send it once more; its id says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from download_client.alarm.message import Message
from download_client.errors import DiskError, FileNewer, check_format
from download_client.model import Channel, Outcome
from download_client.settings import files

FORMAT = 1
MOST_LETTERS = 200
MOST_DAYS = 400
GIVEN_UP_AFTER = timedelta(days=7)


class Standing(StrEnum):
    """How far a letter is on one way."""

    MEANT = "meant"
    """To be sent; perhaps tried, perhaps even sent by a process that was killed."""
    DONE = "done"
    DROPPED = "dropped"
    """Not sent, and not any more: too old, or no longer true."""


@dataclass(frozen=True, slots=True)
class Way:
    """One letter on one way. `code` and `said` are those of the last failure; `at` is when it was tried last."""

    standing: Standing = Standing.MEANT
    tries: int = 0
    code: str = ""
    said: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message and its ways."""

    message: Message
    ways: dict[Channel, Way]

    def with_way(self, channel: Channel, way: Way) -> Letter:
        """The same with another standing on one way."""
        return replace(self, ways={**self.ways, channel: way})


@dataclass(frozen=True, slots=True)
class Outbox:
    """Everything told of one schedule. `handled` nights of its book were looked at, in their order.

    Days before `since` are nobody's affair: the schedule was other then, or was not. `missing` are the nights without
    any run that were noticed, oldest first.
    """

    since: datetime | None = None
    handled: int = 0
    missing: tuple[date, ...] = ()
    letters: tuple[Letter, ...] = ()
    format: int = field(default=FORMAT)

    def knows(self, message_id: str) -> bool:
        """Whether it was written down before."""
        return any(letter.message.id == message_id for letter in self.letters)

    def with_letter(self, letter: Letter) -> Outbox:
        """One more; of what is done, the oldest are forgotten."""
        letters = [*self.letters, letter]
        while len(letters) > MOST_LETTERS:
            done = (at for at, each in enumerate(letters) if not open_ways(each))
            letters.pop(next(done, 0))
        return replace(self, letters=tuple(letters))

    def with_changed(self, letter: Letter) -> Outbox:
        """The letter of the same id as it stands now."""
        same = letter.message.id
        return replace(self, letters=tuple(letter if each.message.id == same else each for each in self.letters))

    def with_missing(self, days: tuple[date, ...]) -> Outbox:
        """More nights without any run."""
        return replace(self, missing=tuple(sorted({*self.missing, *days}))[-MOST_DAYS:])

    def told_of_trouble(self, days: tuple[date, ...]) -> bool:
        """Whether somebody was told something bad of one of the days."""
        bad = (each.message for each in self.letters if each.message.outcome is not Outcome.CLEAN)
        return any(set(days) & set(message.days) for message in bad)


class _Format(msgspec.Struct):
    format: int


def open_ways(letter: Letter) -> list[Channel]:
    """The ways on which it is still to go."""
    return [channel for channel, way in letter.ways.items() if way.standing is Standing.MEANT]


def load(path: Path) -> Outbox:
    """What the file says; an empty one where there is none.

    A file that cannot be read begins anew: what was waiting in it is not told any more, and nothing is told twice.

    Raises:
        FileNewer: a newer version made it.

    """
    try:
        text = files.read_text(path)
        if text is None:
            return Outbox()
        number = msgspec.json.decode(text, type=_Format).format
        check_format(number, known=FORMAT, newer=FileNewer, subject=str(path))
        return msgspec.json.decode(text, type=Outbox)
    except (OSError, ValueError):
        return Outbox()


def save(path: Path, box: Outbox) -> None:
    """Make it the whole file, for good. Raises DiskError."""
    try:
        files.replace_text(path, msgspec.json.format(msgspec.json.encode(box), indent=1).decode() + "\n")
    except OSError as error:
        raise DiskError(f"what is to be told cannot be written down ({error.strerror})", subject=str(path)) from error
