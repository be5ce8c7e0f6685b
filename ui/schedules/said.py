"""A schedule and its nights in words, icons and colours; it asks nobody what they came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from download_client.engine import Schedule
from download_client.model import Channel, Tell
from ui.schedules.days import TROUBLE, Almanac, Day, Fate
from ui.words import numbers, times
from ui.words.errors import title_of_code
from ui.words.plurals import ScheduleWords

_WEEK = frozenset(range(1, 8))
_EVENING, _MORNING = 18, 6
"""Hours between which it is night."""


@dataclass(frozen=True, slots=True)
class Said:
    """An icon, its colour, words and theirs; `ground` tints what they stand on (empty: not)."""

    icon: str
    tone: str
    words: str
    ink: str = "text"
    ground: str = ""


def fate_of(fate: Fate) -> Said:
    """What became of a day, in a word."""
    translate = QCoreApplication.translate
    return {
        Fate.COMPLETE: Said("circle-check", "ok", translate("ScheduleWords", "Complete")),
        Fate.CAUGHT_UP: Said("history", "ok", translate("ScheduleWords", "Caught up")),
        Fate.PARTIAL: Said("triangle-alert", "warn", translate("ScheduleWords", "Partial"), "warn", "warn_tint"),
        Fate.FAILED: Said("circle-x", "danger", translate("ScheduleWords", "Failed"), "danger", "danger_tint"),
        Fate.MISSING: Said("circle-dashed", "danger", translate("ScheduleWords", "Missing"), "danger", "danger_tint"),
        Fate.COVERED: Said("history", "text3", translate("ScheduleWords", "Covered"), "text2"),
        Fate.NEXT: Said("clock", "text3", translate("ScheduleWords", "Next")),
    }[fate]


def below(it: Day, zone: tzinfo, locale: QLocale, *, short: bool = False) -> str:
    """The small line under it in the calendar; `short` where there is little room."""
    translate = QCoreApplication.translate
    if it.fate is Fate.NEXT:
        if it.next_at is None:
            return translate("ScheduleWords", "due now")
        return translate("ScheduleWords", "at {time}").format(time=times.clock(it.next_at, zone, seconds=False))
    if it.fate is Fate.COVERED and it.by is not None:
        form = translate("ScheduleWords", "by {day}")
        return form.format(day=times.date_words(it.by, locale, year=False, weekday=True))
    if it.fate is Fate.MISSING or it.night is None:
        return translate("ScheduleWords", "did not run")
    if it.fate is Fate.CAUGHT_UP:
        return ScheduleWords.tr("%n day(s)", "covered by one pull", len(it.night.missed) + 1)
    if it.fate is Fate.COMPLETE:
        if short:
            return numbers.size(it.bytes, locale)
        form = translate("ScheduleWords", "{count} · {size}")
        return form.format(count=numbers.count(it.archived, locale), size=numbers.size(it.bytes, locale))
    if it.open:
        return ScheduleWords.tr("%n exception(s)", "", it.open)
    if short and (words := _in_short(it.night.code)):
        return words
    return title_of_code(it.night.code) or translate("ScheduleWords", "not complete")


def _in_short(code: str) -> str:
    """Why a night failed, in a word or two; empty: only the whole sentence says it."""
    translate = QCoreApplication.translate
    no_way = translate("ScheduleWords", "no connection")
    signed_out = translate("ScheduleWords", "not signed in")
    return {
        "offline": no_way,
        "network": no_way,
        "connection_lost": no_way,
        "timed_out": no_way,
        "service_unavailable": translate("ScheduleWords", "service down"),
        "not_signed_in": signed_out,
        "sign_in_again": signed_out,
        "sign_in_refused": signed_out,
        "keyring_unavailable": translate("ScheduleWords", "keyring locked"),
        "access_none": translate("ScheduleWords", "no access"),
        "disk_full": translate("ScheduleWords", "drive full"),
        "archive_missing": translate("ScheduleWords", "archive gone"),
        "archive_locked": translate("ScheduleWords", "archive in use"),
        "interrupted": translate("ScheduleWords", "stopped"),
    }.get(code, "")


def outcome_words(it: Day) -> str:
    """What became of a day, in one line."""
    translate = QCoreApplication.translate
    word, more = fate_of(it.fate).words, _more(it)
    return translate("ScheduleWords", "{outcome}: {more}").format(outcome=word, more=more) if more else word


def _more(it: Day) -> str:
    if it.fate is Fate.MISSING:
        return QCoreApplication.translate("ScheduleWords", "the schedule did not run")
    if it.fate is Fate.COVERED:
        return QCoreApplication.translate("ScheduleWords", "a later pull brought what came")
    if it.night is not None and it.fate is Fate.CAUGHT_UP:
        return ScheduleWords.tr("%n day(s) by one pull", "", len(it.night.missed) + 1)
    if it.night is not None and it.fate in (Fate.PARTIAL, Fate.FAILED):
        return ScheduleWords.tr("%n exception(s)", "", it.open) if it.open else title_of_code(it.night.code)
    return ""


def standing(it: Almanac, locale: QLocale, *, running: bool) -> Said:
    """How a schedule stands, for its card."""
    translate = QCoreApplication.translate
    if running:
        return Said("arrow-down-to-line", "accent", translate("ScheduleWords", "Running now"))
    if it.outline.schedule.paused:
        return Said("circle-pause", "text2", translate("ScheduleWords", "Paused"), "text2")
    last = it.last
    if last is None:
        return Said("clock", "text3", translate("ScheduleWords", "Has not run yet"), "text2")
    said = fate_of(last.fate)
    form, more = translate("ScheduleWords", "{outcome} on {day}"), _more(last) if last.fate in TROUBLE else ""
    if more:
        form = translate("ScheduleWords", "{outcome} on {day}: {more}")
    day = times.date_words(last.day, locale, year=False, weekday=True)
    words = form.format(outcome=said.words, day=day, more=more)
    return Said(said.icon, said.tone, words, said.ink if said.ground else "text2")


def when(schedule: Schedule, locale: QLocale) -> str:
    """On which days, at what time, until when."""
    translate = QCoreApplication.translate
    at = f"{schedule.at:%H:%M}"
    if schedule.days == _WEEK:
        words = translate("ScheduleWords", "Every day at {time}").format(time=at)
    else:
        names = [locale.dayName(day, QLocale.FormatType.ShortFormat) for day in sorted(schedule.days)]
        form = translate("ScheduleWords", "{days} at {time}")
        words = form.format(days=", ".join(names), time=at)
    if schedule.window is None:
        return words
    until = (datetime.combine(date.min, schedule.at) + schedule.window).time()
    return translate("ScheduleWords", "{when}, until {end}").format(when=words, end=f"{until:%H:%M}")


def what(schedule: Schedule) -> str:
    """What it pulls."""
    translate = QCoreApplication.translate
    if schedule.search:
        return translate("ScheduleWords", "Search “{name}”").format(name=schedule.search)
    if schedule.criteria is not None:
        return translate("ScheduleWords", "A search of its own")
    return translate("ScheduleWords", "Everything that became available")


def coming(it: Day, zone: tzinfo, locale: QLocale, *, now: datetime) -> tuple[str, str]:
    """When a schedule runs next, and how long that is away."""
    translate = QCoreApplication.translate
    if it.next_at is None:
        return translate("ScheduleWords", "Now"), translate("ScheduleWords", "due since its time has passed")
    left = times.span(max(0.0, (it.next_at - now).total_seconds()))
    away = translate("ScheduleWords", "next run, in {span}").format(span=left)
    return moment(it.next_at, zone, locale, now=now), away


def moment(at: datetime, zone: tzinfo, locale: QLocale, *, now: datetime) -> str:
    """When something comes: Tonight 02:00, Tomorrow 12:00, Mon 23 Nov 05:30."""
    translate = QCoreApplication.translate
    local = at.astimezone(zone)
    then, today = local.date(), now.astimezone(zone).date()
    clock = times.clock(at, zone, seconds=False)
    if (then == today and local.hour >= _EVENING) or (then == today + timedelta(days=1) and local.hour < _MORNING):
        return translate("ScheduleWords", "Tonight {time}").format(time=clock)
    if then == today:
        return translate("ScheduleWords", "Today {time}").format(time=clock)
    if then == today + timedelta(days=1):
        return translate("ScheduleWords", "Tomorrow {time}").format(time=clock)
    form = translate("ScheduleWords", "{day} {time}")
    return form.format(day=times.date_words(then, locale, year=False, weekday=True), time=clock)


def told_by(schedule: Schedule) -> str:
    """Who is told of which nights."""
    translate = QCoreApplication.translate
    if schedule.tell is Tell.NEVER:
        return translate("ScheduleWords", "Nobody is told; reports are written")
    names = {
        Channel.DESKTOP: translate("ScheduleWords", "notification"),
        Channel.MAIL: translate("ScheduleWords", "e-mail"),
        Channel.WEBHOOK: translate("ScheduleWords", "webhook"),
        Channel.SYSTEM_LOG: translate("ScheduleWords", "the system's log"),
    }
    ways = ", ".join(names[each] for each in names if each in schedule.tell_by)
    if not ways:
        ways = translate("ScheduleWords", "every way that is set up")
    if schedule.tell is Tell.ALWAYS:
        return translate("ScheduleWords", "Told of every night by {ways}").format(ways=ways)
    return translate("ScheduleWords", "Told of partial, failed and missing nights by {ways}").format(ways=ways)
