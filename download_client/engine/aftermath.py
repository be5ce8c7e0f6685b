"""What comes after a night: its report, and who is told; it never changes what a night came to.

Each night of a book is looked at once: its report is written, and whatever is to be told is written down in the
schedule's outbox together with the fact that the night was looked at, in one step. Then what is open is sent. A kill
at any place is made good by the next start of anything: a night that was not looked at is, a letter that is not
written down as sent is sent. So nothing is told twice but what a kill cut off between sending and writing down.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from download_client.alarm import GIVEN_UP_AFTER, Letter, Message, Outbox, Standing, Way, load, open_ways, save
from download_client.engine import letters
from download_client.engine.post import Post
from download_client.engine.reporting import Reporter, outcome_of
from download_client.errors import DiskError, Interrupted, MirError
from download_client.model import Channel, Outcome, Tell
from download_client.report import ChannelTrouble, Filed, Report
from download_client.retry import Clock
from download_client.schedule import Book, Night, Schedule, Try, instant, missing_days, next_days
from download_client.settings import Paths, Settings, table

_LOG = logging.getLogger(__name__)
_LOCK_WAIT = 90.0
"""Seconds: whoever holds it is telling somebody."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a schedule stands, for whoever watches over it.

    `outcome` of its last night, MISSING where a later one had no run; None: there was none yet. `missing` are all
    nights without any run that were noticed, `trouble` the channels that fail, `waiting` counts messages not yet sent.
    """

    schedule: Schedule
    outcome: Outcome | None
    night: Night | None
    missing: tuple[date, ...]
    trouble: tuple[ChannelTrouble, ...]
    waiting: int


class Aftermath:
    """Of one profile's schedules."""

    def __init__(
        self, paths: Paths, book: Book, *, reporter: Reporter, post: Post, settings: Settings, clock: Clock
    ) -> None:
        self._folder = paths.state / "alarms"
        self._book = book
        self._reporter = reporter
        self._post = post
        self._settings = settings
        self._clock = clock

    def begin(self, schedule: Schedule) -> None:
        """The schedule is kept as it is now: days before are judged by what it was before."""
        try:
            with self._alone(schedule.name) as alone:
                if alone:
                    path = self._path(schedule.name)
                    save(path, replace(self._opened(schedule.name), since=self._clock.now()))
        except DiskError as error:
            # The schedule is kept; who watches over it begins with its first night.
            _LOG.warning("what follows a night: %s", error.code)

    def settle(self, schedule: Schedule, *, tell: bool = True) -> None:
        """Look at what was not looked at, and tell what is to be told; `tell` False: write it down only.

        Errors of telling are kept for `watch`; of the disk that refuses they are logged: the next start does it.
        """
        try:
            with self._alone(schedule.name) as alone:
                if alone:
                    box, report = self._looked(schedule)
                    if tell:
                        self._deliver(schedule, box, report)
        except DiskError as error:
            _LOG.warning("what follows a night: %s", error.code)

    def watch(self, schedule: Schedule) -> Watch:
        """How it stands, as far as it was looked at."""
        box, nights = load(self._path(schedule.name)), self._book.nights(schedule.name)
        night = nights[-1] if nights else None
        outcome = outcome_of(night) if night is not None else None
        if box.missing and (night is None or box.missing[-1] > night.day):
            outcome = Outcome.MISSING
        waiting = sum(1 for letter in box.letters if open_ways(letter))
        return Watch(schedule, outcome, night, box.missing, trouble_of(box), waiting)

    # --- looking

    def _looked(self, schedule: Schedule) -> tuple[Outbox, Report | None]:
        path, now = self._path(schedule.name), self._clock.now()
        box = self._opened(schedule.name)
        box = self._missing(schedule, box, now)
        save(path, box)
        nights = self._book.nights(schedule.name)
        report = None
        for count in range(min(box.handled, len(nights)) + 1, len(nights) + 1):
            report, letter = self._looked_at(schedule, nights[:count], box, now)
            if letter is not None:
                box = box.with_letter(letter)
            box = replace(box, handled=count)
            save(path, box)
        return box, report

    def _opened(self, name: str) -> Outbox:
        """The outbox; where there is none, what was before is nobody's affair any more."""
        box = load(self._path(name))
        if box.since is not None:
            return box
        return replace(box, since=self._clock.now(), handled=len(self._book.nights(name)))

    def _missing(self, schedule: Schedule, box: Outbox, now: datetime) -> Outbox:
        if schedule.paused or box.since is None:
            return box
        patience = timedelta(seconds=self._settings.get(table.MISSING_AFTER))
        tries = [Try(each.day, each.started_at, each.ended_at) for each in self._book.nights(schedule.name)]
        begun = self._book.begun(schedule.name)
        if begun is not None:
            tries.append(Try(*begun, now))
        found = missing_days(schedule, tries=tries, since=box.since, now=now, patience=patience)
        days = tuple(day for day in found if day not in box.missing)
        if not days:
            return box
        key = self._book.key(schedule.name)
        message = letters.of_missing(schedule, days, key=key, now=now)
        letter = self._letter(schedule, message, box)
        box = box.with_missing(days)
        return box.with_letter(letter) if letter is not None else box

    def _looked_at(
        self, schedule: Schedule, nights: list[Night], box: Outbox, now: datetime
    ) -> tuple[Report | None, Letter | None]:
        report: Report | None = None
        filed: Filed | None = None
        try:
            report, filed = self._reporter.write(schedule, nights, missing=box.missing, trouble=trouble_of(box))
            self._reporter.copy(schedule, report)
        except OSError as error:
            _LOG.warning("a report cannot be written: %s", error.strerror)
        page = str(filed.html) if filed is not None and filed.html is not None else ""
        key = self._book.key(schedule.name)
        message = letters.of_night(schedule, nights[-1], report, key=key, page=page, now=now)
        return report, self._letter(schedule, message, box)

    def _letter(self, schedule: Schedule, message: Message, box: Outbox) -> Letter | None:
        """What is to be told of it; None: nothing, or it was told."""
        if box.knows(message.id):
            return None
        channels: list[Channel] = []
        if self._is_wanted(schedule, message, box):
            channels += sorted(schedule.tell_by) or self._post.set_up()
        if message.outcome is Outcome.CLEAN and self._post.heartbeat_of(schedule):
            channels.append(Channel.HEARTBEAT)
        return Letter(message, dict.fromkeys(channels, Way())) if channels else None

    @staticmethod
    def _is_wanted(schedule: Schedule, message: Message, box: Outbox) -> bool:
        """Silence when all is well, by choice; but whoever was told of trouble is told that it is over."""
        if schedule.tell is not Tell.PROBLEMS:
            return schedule.tell is Tell.ALWAYS
        return message.outcome is not Outcome.CLEAN or box.told_of_trouble(message.days)

    # --- telling

    def _deliver(self, schedule: Schedule, box: Outbox, report: Report | None) -> None:
        path = self._path(schedule.name)
        try:
            for each in box.letters:
                letter = each
                for channel in open_ways(each):
                    letter = letter.with_way(channel, self._sent(schedule, channel, letter))
                    box = box.with_changed(letter)
                    save(path, box)
        except Interrupted:
            return
        trouble = trouble_of(box)
        if trouble or (report is not None and report.trouble):
            try:
                self._reporter.add_trouble(schedule, trouble)
            except OSError as error:
                _LOG.warning("a report cannot be written: %s", error.strerror)

    def _sent(self, schedule: Schedule, channel: Channel, letter: Letter) -> Way:
        message, way, now = letter.message, letter.ways[channel], self._clock.now()
        if channel is Channel.HEARTBEAT and self._is_over(schedule, message.day, now):
            # It would say that a later night is complete.
            return replace(way, standing=Standing.DROPPED)
        if now - message.made_at > GIVEN_UP_AFTER:
            return replace(way, standing=Standing.DROPPED)
        tried = replace(way, tries=way.tries + 1, at=now)
        try:
            said = self._post.send(channel, message, schedule=schedule)
        except Interrupted:
            raise
        except MirError as error:
            return replace(tried, code=error.code, said=str(error))
        return replace(tried, standing=Standing.DONE, code="channel_refused" if said else "", said=said)

    def _is_over(self, schedule: Schedule, day: date, now: datetime) -> bool:
        """Whether a later day of the schedule has begun."""
        return instant(schedule, next(next_days(schedule, after=day))) <= now

    # --- the file

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._book.key(name)}.json"

    @contextmanager
    def _alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else looks and tells; False: somebody did all the while."""
        import filelock  # not for whoever only looks

        path = self._path(name).with_suffix(".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(path)
            lock.acquire(timeout=_LOCK_WAIT)
        except filelock.Timeout:
            yield False
            return
        except OSError as error:
            raise DiskError(f"cannot be written ({error.strerror})", subject=str(path)) from error
        try:
            yield True
        finally:
            lock.release()


def trouble_of(box: Outbox) -> tuple[ChannelTrouble, ...]:
    """The channels whose last letter did not arrive, or not everywhere."""
    last: dict[Channel, Way] = {}
    for letter in box.letters:
        last |= {channel: way for channel, way in letter.ways.items() if way.tries}
    return tuple(ChannelTrouble(channel, way.code, way.said) for channel, way in sorted(last.items()) if way.code)
