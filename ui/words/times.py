"""Clocks, days and durations in the chosen zone and the locale's way; it asks no clock: `now` is handed in.

A table shows `clock` over `day`; the detail view `moment`; prose `span`, `left`; a player and lists `duration`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from download_client.model import local
from ui.words.numbers import NOTHING


def clock(moment: datetime, zone: tzinfo, *, seconds: bool = True) -> str:
    """14:21:08, by 24 hours in every language: recordings are compared by it."""
    return local(moment, zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def day(moment: datetime, zone: tzinfo, locale: QLocale, *, now: datetime) -> str:
    """Today, Yesterday, Wed 18 Nov, and 18 Nov 2025 in another year."""
    then, today = local(moment, zone).date(), now.astimezone(zone).date()
    if then == today:
        return QCoreApplication.translate("words", "Today")
    if then == today - timedelta(days=1):
        return QCoreApplication.translate("words", "Yesterday")
    return date_words(then, locale, year=then.year != today.year, weekday=then.year == today.year)


def date_words(then: date, locale: QLocale, *, year: bool = True, weekday: bool = False) -> str:
    """Fri 20 Nov 2026; without the weekday or the year if it says so."""
    if weekday and year:
        form = QCoreApplication.translate("words", "ddd d MMM yyyy", "date with weekday and year")
    elif weekday:
        form = QCoreApplication.translate("words", "ddd d MMM", "date with weekday, this year")
    else:
        form = QCoreApplication.translate("words", "d MMM yyyy", "date")
    return locale.toString(QDate(then.year, then.month, then.day), form)


def moment_words(moment: datetime | None, zone: tzinfo, locale: QLocale) -> str:
    """Fri 20 Nov 2026, 14:21:08; – for None."""
    if moment is None:
        return NOTHING
    words = date_words(local(moment, zone).date(), locale, weekday=True)
    form = QCoreApplication.translate("words", "{date}, {time}")
    return form.format(date=words, time=clock(moment, zone))


def duration(length: float | timedelta | None) -> str:
    """12:08, from one hour 1:02:33; – for None. Seconds or a timedelta."""
    if length is None:
        return NOTHING
    seconds = round(length.total_seconds() if isinstance(length, timedelta) else length)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def countdown(seconds: float) -> str:
    """0:42, each second; never below 0:00."""
    whole = max(0, int(seconds + 0.999))
    return f"{whole // 60}:{whole % 60:02d}" if whole < 3600 else duration(whole)


def span(seconds: float) -> str:
    """38 min, 4 h 02 min, 12 s: how long something took or takes, in prose."""
    whole = max(0, round(seconds))
    if whole < 60:
        return QCoreApplication.translate("words", "{seconds} s").format(seconds=whole)
    minutes = whole // 60
    if minutes < 60:
        return QCoreApplication.translate("words", "{minutes} min").format(minutes=minutes)
    form = QCoreApplication.translate("words", "{hours} h {minutes} min")
    return form.format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def left(seconds: float | None) -> str:
    """5 min left, under a minute; empty for None: nobody can say yet."""
    if seconds is None:
        return ""
    if seconds < 60:
        return QCoreApplication.translate("words", "under a minute left")
    return QCoreApplication.translate("words", "{span} left").format(span=span(seconds))


def zone_words(zone: tzinfo, moment: datetime) -> str:
    """The name of a zone at that moment, for a tooltip: Europe/Berlin (CET)."""
    name, short = str(zone), local(moment, zone).tzname() or ""
    return name if short in ("", name) else f"{name} ({short})"
