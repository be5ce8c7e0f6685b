"""The calls of the made-up account, generated one after the other so that a million need no memory.

Not promised: how a call looks on the wire (`render`). Internal calls never occur: the product does
not record them (F8).
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mir_sandbox.clock import add_months
from mir_sandbox.people import People, User

_DAY = 86_400
_QUIET = 1800
"""Seconds after the start in which nothing arrives, ends or expires by itself, so that a first look stays true."""
_MARGIN = 600
"""Seconds before the start in which no call begins."""


class State(IntEnum):
    """What the store knows of a recording; expiry by retention comes on top."""

    AVAILABLE = 0
    PROCESSING = 1
    EXPIRED = 2
    MISSING = 3


class Sound(NamedTuple):
    """What describing a recording gives."""

    size: int
    sha256: bytes
    seconds: float


class Take(NamedTuple):
    """One recording of a call, in the order of the store's columns. Times in seconds, `ready` and `modified` in
    milliseconds. Within a call the numbers have the order of `sequence`.
    """

    number: int
    conversation: int
    sequence: int
    variant: int
    start: int
    seconds: float
    pauses: str
    state: State
    ready: int | None
    size: int
    sha256: bytes
    modified: int
    name: str | None = None
    etag: str | None = None


_Part = tuple[int, int, int, int, int, float, str, State, int | None, int, bytes]
"""A take as long as it is not known when it became available."""


class Call(NamedTuple):
    """One conversation, in the order of the store's columns. `start` in seconds, the later times in milliseconds."""

    number: int
    outbound: bool
    on_demand: bool
    start: int
    seconds: int
    calling: int
    called: int
    third: int | None
    owner: int
    available: int
    updated: int
    changed: int
    takes: int
    size: int


@dataclass(frozen=True, slots=True)
class Span:
    """Over which time the calls lie: `now` and the months of retention; a month more than that has expired calls."""

    now: int
    months: int
    zone: str

    @property
    def start(self) -> int:
        """Begin of the oldest day, seconds since 1970."""
        return add_months(self.now - _MARGIN, -self.months) - 30 * _DAY

    @property
    def edge(self) -> int:
        """Calls that began before this moment have expired."""
        return add_months(self.now, -self.months)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sounds to choose from: `variants` each as often as it shall occur, and how to describe a recording."""

    variants: Sequence[int]
    describe: Callable[[int, int], Sound]
    """Recording number and variant to the sound."""


def generate(people: People, span: Span, shelf: Shelf, *, seed: int, count: int) -> Iterator[tuple[Call, list[Take]]]:
    """`count` calls in the order of their start, each with its recordings."""
    rng = random.Random(f"calls {seed}")  # noqa: S311 - made-up data
    maker = _Maker(people, span, shelf, rng, count)
    for start in _starts(rng, span, count):
        yield maker.make(start)


def _starts(rng: random.Random, span: Span, count: int) -> Iterator[int]:
    special = sorted(_special_starts(span))[: count // 10] if count >= 50 else []
    end = span.now - _MARGIN
    days = (end - span.start) // _DAY
    edges = [0.0]
    for age in range(days - 1, -1, -1):
        edges.append(edges[-1] + _share(age, days=days))
    plain = count - len(special)
    for index, (left, right) in enumerate(pairwise(edges)):
        day_start = end - (days - index) * _DAY
        number = round(plain * right / edges[-1]) - round(plain * left / edges[-1])
        starts = _starts_of_day(rng, span, day_start, number)
        day_end = day_start + _DAY
        while special and special[0] < day_end:
            starts.append(special.pop(0))
        yield from sorted(starts)
    yield from special


def _share(age: int, *, days: int) -> float:
    """The weight of the day of that age: recent days hold more, so that the last 24 hours are not empty."""
    if age == 0:
        return 0.08
    if age < 7:
        return 0.12 / 6
    if age < 31:
        return 0.20 / 24
    return 0.60 / max(1, days - 31)


def _starts_of_day(rng: random.Random, span: Span, day_start: int, number: int) -> list[int]:
    if not number:
        return []
    offset = ZoneInfo(span.zone).utcoffset(datetime.fromtimestamp(day_start, UTC).replace(tzinfo=None))
    midnight = -((day_start + int(offset.total_seconds() if offset else 0)) % _DAY)
    starts = []
    for _ in range(number):
        # Most calls between 8 and 18 o'clock, some at any hour.
        within = 8 * 3600 + rng.random() * 36_000 if rng.random() < 0.85 else rng.random() * _DAY
        start = day_start + int(midnight + within) % _DAY
        if span.edge <= start < span.edge + _QUIET:
            start -= _QUIET
        starts.append(start)
    return starts


def _special_starts(span: Span) -> Iterator[int]:
    """Calls that are about to expire, and calls around each change of the clocks."""
    yield from (span.edge + 2 * 3600, span.edge + 26 * 3600, span.edge + 6 * _DAY)
    zone = ZoneInfo(span.zone)

    def offset(moment: int) -> object:
        return datetime.fromtimestamp(moment, zone).utcoffset()

    for hour in range(span.start - span.start % _DAY, span.now - _DAY, _DAY):
        if offset(hour) != offset(hour + _DAY):
            change = next(moment for moment in range(hour, hour + _DAY, 900) if offset(moment + 900) != offset(hour))
            yield from (change - 900, change + 880, change + 900, change + 2700)


class _Maker:
    """Makes one call after the other."""

    def __init__(self, people: People, span: Span, shelf: Shelf, rng: random.Random, count: int) -> None:
        self._random = rng.random
        recorded = [user for user in people.users if user.recorded]
        self._busy: Sequence[User] = recorded[:17]
        self._users: Sequence[User] = recorded
        self._contacts = people.contacts
        self._now_ms = span.now * 1000
        self._shelf = shelf
        self._count = count
        self._number = 0
        self._take_number = 0
        self._last: Call | None = None

    def make(self, start: int) -> tuple[Call, list[Take]]:
        chance = self._random
        self._number = number = self._number + 1
        twin = self._last if number % 97 == 50 else None
        if twin is not None:
            start = twin.start
            outbound, on_demand = twin.outbound, twin.on_demand
            calling, called, owner = twin.calling, twin.called, twin.owner
        else:
            outbound, on_demand = chance() < 0.45, chance() < 0.3
            pool = self._busy if chance() < 0.5 else self._users
            owner = pool[int(chance() * len(pool))].number
            contact = self._contacts[int(chance() * len(self._contacts))].number
            calling, called = (owner, contact) if outbound else (contact, owner)
        third = None
        if chance() < 0.04:
            third = self._contacts[int(chance() * len(self._contacts))].number
            third = None if third in {calling, called} else third
        parts, seconds = self._parts(start, on_demand=on_demand)
        available = self._available(start + seconds)
        takes = [Take(*part, available) for part in parts]
        size = sum(take.size for take in takes if take.state is State.AVAILABLE)
        self._last = Call(
            number, outbound, on_demand, start, seconds, calling, called, third, owner,
            available, available, available, len(takes), size,
        )  # fmt: skip
        return self._last, takes

    def _parts(self, start: int, *, on_demand: bool) -> tuple[list[_Part], int]:
        chance = self._random
        several = chance() < 0.06
        count = (2 + int(chance() * 2)) if several else 1
        if on_demand and chance() < 0.08:
            return [], 3 + int(chance() * 40)
        parts: list[_Part] = []
        position = start + (1 + int(chance() * 5) if on_demand else 0)
        for sequence in range(1, count + 1):
            self._take_number += 1
            variant = self._shelf.variants[int(chance() * len(self._shelf.variants))]
            sound = self._shelf.describe(self._take_number, variant)
            pauses, paused = ("[]", 0) if on_demand or chance() > 0.08 else self._pauses(sound.seconds)
            state, ready = self._state()
            parts.append(
                (self._take_number, self._number, sequence, variant, position, sound.seconds, pauses,
                 state, ready, sound.size, sound.sha256)
            )  # fmt: skip
            position += int(sound.seconds) + paused + 1 + (int(chance() * 6) if on_demand else 0)
        return parts, max(2, position - start)

    def _pauses(self, seconds: float) -> tuple[str, int]:
        first = round(seconds * (0.2 + self._random() * 0.5), 1)
        length = 2 + int(self._random() * 20)
        return f'[{{"startOffsetSeconds":{first},"endOffsetSeconds":{round(first + length, 1)}}}]', length

    def _state(self) -> tuple[State, int | None]:
        left = self._count - self._number
        if left in {4, 23}:
            return State.PROCESSING, self._now_ms + (3600 + left * 600) * 1000
        if self._take_number % 211 == 60:
            return State.MISSING, None
        return State.AVAILABLE, None

    def _available(self, end: int) -> int:
        """Usually a minute after the call, sometimes up to two days (recordings arrive late)."""
        delay = 20_000 + int(self._random() * 100_000)
        if self._number % 31 == 7:
            delay = int((3600 + self._random() * 169_000) * 1000)
        available = end * 1000 + delay
        if self._now_ms < available < self._now_ms + 2 * _QUIET * 1000:
            available = self._now_ms + 2 * _QUIET * 1000 + delay
        return available
