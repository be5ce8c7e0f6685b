"""schedule."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from download_client.cli import words
from download_client.cli.commands import watching
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit, exit_of
from download_client.cli.progress import run_watched
from download_client.engine import DAY_NAMES, Due, Filed, Missed, Night, Outline, Schedule, Told, read_at, read_days
from download_client.errors import MirError, SchedulerRefused, UsageError
from download_client.model import RunPhase, Tell
from download_client.settings import local_zone

_MISSED = {"catch-up": Missed.CATCH_UP, "skip": Missed.SKIP}
_OF_ADD = ("at", "days", "zone", "until", "missed", "archive", "search", "accept_risk", "no_register")
_OF_TELLING = ("tell", "tell_by", "tell_to", "heartbeat", "reports")
_OF_REPORT = ("day", "open", "path")
_LAST = 10


def schedule(context: Context) -> Exit:
    """Do what the action says."""
    options = context.options
    if options.action not in ("list", "check") and not options.name:
        raise UsageError(f"schedule {options.action} needs the name of the schedule")
    if options.action not in ("add", "edit"):
        _refuse(options, (*_OF_ADD, *_OF_TELLING), "schedule add and schedule edit")
    if options.action != "report":
        _refuse(options, _OF_REPORT, "schedule report")
    actions: dict[str, Callable[[Context], Exit]] = {
        "list": _list,
        "show": _show,
        "add": _add,
        "edit": _edit,
        "run": _run,
        "report": watching.report,
        "check": watching.check,
        "pause": partial(_pause, paused=True),
        "resume": partial(_pause, paused=False),
        "export": _export,
        "remove": _remove,
    }
    return actions[options.action](context)


def _refuse(options: argparse.Namespace, names: tuple[str, ...], where: str) -> None:
    typed = [name for name in names if getattr(options, name) not in (None, False)]
    if typed:
        raise UsageError(f"--{typed[0].replace('_', '-')} belongs to {where}")


def _list(context: Context) -> Exit:
    output = context.output
    found = context.engine.schedules.all()
    rows = [
        (
            words.plain(each.schedule.name),
            _days(each.schedule),
            f"{each.schedule.at:%H:%M} {each.schedule.zone}",
            _next(each, context),
            each.complete.day.isoformat() if each.complete is not None else "never",
            _registered(each),
        )
        for each in found
    ]
    if not output.table(("Schedule", "Days", "At", "Next", "Last complete", "Started by the system"), rows):
        output.say("No schedules yet. `mir-download schedule add Nightly --at 02:15` makes one.")
    output.result({"schedules": [_as_dict(each) for each in found]})
    return Exit.COMPLETE


def _show(context: Context) -> Exit:
    name, output = context.options.name, context.output
    each, nights = context.engine.schedules.find(name), context.engine.schedules.nights(name)
    chosen = each.schedule
    output.say(f"{words.plain(chosen.name)}: {_days(chosen)} at {chosen.at:%H:%M} {chosen.zone}")
    output.say(f"  brings {words.plain(chosen.search) if chosen.search else 'whatever changed'} into {chosen.archive}")
    output.say(f"  next: {_next(each, context)}")
    output.say(f"  last complete: {each.complete.day if each.complete is not None else 'never'}")
    output.say(f"  {context.engine.schedules.scheduler_name}: {_registered(each)}")
    watch = context.engine.schedules.watch(name)
    output.say(f"  tells: {_telling(chosen)}")
    watching.tell_trouble(context, watch.trouble)
    if watch.missing:
        output.say(f"  nights without any run: {', '.join(day.isoformat() for day in watch.missing[-_LAST:])}")
    reports = _reports(context, nights)
    rows = [
        (
            night.day.isoformat(),
            words.when(night.started_at, context.zone),
            night.phase.value + (f" ({night.code})" if night.code else ""),
            f"{night.listed:,}",
            f"{night.archived:,}",
            f"{night.unfinished:,}",
            str(night.run_id or "–"),
            filed.json.stem if filed is not None else "–",
        )
        for night, filed in list(zip(nights, reports, strict=True))[-_LAST:]
    ]
    output.table(("Night", "Started", "Ended", "Listed", "Archived", "Open", "Run", "Report"), rows)
    told = [
        {**_night(night), "report": str(filed.json) if filed is not None else None}
        for night, filed in zip(nights, reports, strict=True)
    ]
    output.result({**_as_dict(each), "watch": watching.as_dict(watch), "nights": told})
    return Exit.COMPLETE


def _reports(context: Context, nights: list[Night]) -> list[Filed | None]:
    """The report of each night, in the same order."""
    kept = {(filed.day, filed.number): filed for filed in context.engine.schedules.reports(context.options.name)}
    tries: Counter[date] = Counter()
    found = []
    for night in nights:
        tries[night.day] += 1
        found.append(kept.get((night.day, tries[night.day])))
    return found


def _add(context: Context) -> Exit:
    options = context.options
    if context.engine.schedules.knows(options.name):
        raise UsageError("there is a schedule of that name; change it with schedule edit", subject=options.name)
    if not options.at:
        raise UsageError("schedule add needs --at, such as --at 02:15")
    zone = getattr(local_zone(), "key", "UTC")
    at = read_at(options.at)
    made = Schedule(
        name=options.name,
        profile=context.profile,
        archive=context.engine.archive_folder(options.archive),
        at=at,
        zone=options.zone or zone,
        days=read_days(options.days or "daily"),
        search=options.search or "",
        window=_window(options.until, at),
        missed=_MISSED[options.missed or "catch-up"],
        accept_risk=options.accept_risk,
        **_told_who(options),
    )
    return _put(context, made)


def _edit(context: Context) -> Exit:
    options = context.options
    before = context.engine.schedules.find(options.name).schedule
    at = read_at(options.at) if options.at else before.at
    changed: dict[str, Any] = {"at": at}
    if options.zone:
        changed["zone"] = options.zone
    if options.days:
        changed["days"] = read_days(options.days)
    if options.until:
        changed["window"] = _window(options.until, at)
    if options.missed:
        changed["missed"] = _MISSED[options.missed]
    if options.archive:
        changed["archive"] = options.archive.absolute()
    if options.accept_risk:
        changed["accept_risk"] = True
    changed |= _told_who(options)
    if options.search:
        changed |= {"search": options.search, "criteria": None}
    return _put(context, replace(before, **changed))


def _told_who(options: argparse.Namespace) -> dict[str, Any]:
    """What was typed about telling; an empty text takes an address or a folder back."""
    found: dict[str, Any] = {}
    if options.tell is not None:
        found["tell"] = Tell(options.tell)
    if options.tell_by is not None:
        found["tell_by"] = watching.read_channels(options.tell_by)
    if options.tell_to is not None:
        found["tell_to"] = tuple(each for part in options.tell_to.split(",") if (each := part.strip()))
    if options.heartbeat is not None:
        found["heartbeat"] = options.heartbeat.strip()
    if options.reports is not None:
        found["reports"] = Path(options.reports).expanduser().absolute() if options.reports.strip() else None
    return found


def _telling(chosen: Schedule) -> str:
    ways = ", ".join(sorted(map(watching.name_of, chosen.tell_by))) or "every way that is set up"
    return f"{chosen.tell.value}, by {ways}" if chosen.tell is not Tell.NEVER else "nobody"


def _pause(context: Context, *, paused: bool) -> Exit:
    before = context.engine.schedules.find(context.options.name).schedule
    return _put(context, replace(before, paused=paused))


def _put(context: Context, made: Schedule) -> Exit:
    schedules, output = context.engine.schedules, context.output
    refused: MirError | None = None
    try:
        schedules.put(made, register=not context.options.no_register)
    except SchedulerRefused as error:
        # It is kept: whoever may register it does that by other means.
        refused = error
    each = schedules.find(made.name)
    output.say(f"{words.plain(made.name)}: {_days(made)} at {made.at:%H:%M} {made.zone}; next: {_next(each, context)}")
    if refused is not None:
        output.note(f"mir-download: {words.plain(str(refused), longest=600)}\n  {refused.advice}")
    output.result({**_as_dict(each), "error": refused.as_dict() if refused is not None else None})
    return Exit.COMPLETE if refused is None else exit_of(refused)


def _run(context: Context) -> Exit:
    output = context.output
    told = context.engine.schedules.run(
        context.options.name, partial(run_watched, output=output), now=context.options.now
    )
    for night in told.nights:
        output.say(
            f"{night.day}: {night.phase.value}, {night.archived:,} archived, {night.skipped:,} home already, "
            f"{night.unfinished:,} open"
        )
    if told.running:
        output.say("It is running already; nothing was begun.")
    elif told.paused:
        output.say("It is paused; nothing was begun. --now pulls all the same.")
    elif not told.nights:
        output.say(f"Nothing is due. {_next(context.engine.schedules.find(context.options.name), context)}")
    if told.error is not None:
        output.note(f"mir-download: {words.plain(str(told.error), longest=600)}\n  {told.error.advice}")
    output.result(
        {
            "schedule": context.options.name,
            "running": told.running,
            "paused": told.paused,
            "nights": [_night(night) for night in told.nights],
            "error": told.error.as_dict() if told.error is not None else None,
        }
    )
    return _exit(told)


def _exit(told: Told) -> Exit:
    if told.complete:
        return Exit.COMPLETE
    if told.error is not None:
        return exit_of(told.error)
    return Exit.INTERRUPTED if told.nights[-1].phase is RunPhase.INTERRUPTED else Exit.PARTIAL


def _export(context: Context) -> Exit:
    if context.options.into is None:
        raise UsageError("schedule export needs --into, the folder to write to")
    written = context.engine.schedules.export(context.options.name, context.options.into.absolute())
    for path in written:
        context.output.say(str(path))
    context.output.result({"written": [str(path) for path in written]})
    return Exit.COMPLETE


def _remove(context: Context) -> Exit:
    context.engine.schedules.remove(context.options.name)
    context.output.say(
        f"Removed: {words.plain(context.options.name)}. Its archive and what is known of its nights stay."
    )
    context.output.result({"removed": context.options.name})
    return Exit.COMPLETE


def _window(until: str | None, at: time) -> timedelta | None:
    """From the beginning to the given time of day, perhaps of the next one."""
    if until is None:
        return None
    day = datetime(2026, 1, 1)  # noqa: DTZ001 - only the difference counts
    length = datetime.combine(day, read_at(until)) - datetime.combine(day, at)
    return length if length > timedelta(0) else length + timedelta(days=1)


def _days(schedule: Schedule) -> str:
    names = [DAY_NAMES[day - 1] for day in sorted(schedule.days)]
    return "daily" if len(names) == len(DAY_NAMES) else ",".join(names)


def _next(each: Outline, context: Context) -> str:
    if each.schedule.paused:
        return "paused"
    if isinstance(each.plan, Due):
        missed = f", with {len(each.plan.missed)} missed before" if each.plan.missed else ""
        return f"due now, for {each.plan.day}{missed}"
    return words.when(each.plan.next_at, context.zone)


def _registered(each: Outline) -> str:
    if each.registration is None or not each.registration.registered:
        return f"no ({each.registration.detail})" if each.registration is not None else "not asked"
    return f"yes ({each.registration.detail})"


def _night(night: Night) -> dict[str, Any]:
    return {
        "day": night.day.isoformat(),
        "started": night.started_at.isoformat(),
        "ended": night.ended_at.isoformat(),
        "phase": night.phase.value,
        "missed": [day.isoformat() for day in night.missed],
        "run": night.run_id or None,
        "code": night.code,
        "listed": night.listed,
        "archived": night.archived,
        "skipped": night.skipped,
        "unfinished": night.unfinished,
        "refused": night.refused,
        "bytes": night.bytes,
    }


def _as_dict(each: Outline) -> dict[str, Any]:
    chosen = each.schedule
    due = isinstance(each.plan, Due)
    return {
        "name": chosen.name,
        "profile": chosen.profile,
        "archive": str(chosen.archive),
        "at": f"{chosen.at:%H:%M}",
        "zone": chosen.zone,
        "days": [DAY_NAMES[day - 1] for day in sorted(chosen.days)],
        "search": chosen.search,
        "windowMinutes": round(chosen.window.total_seconds() / 60) if chosen.window is not None else None,
        "missed": chosen.missed.value,
        "paused": chosen.paused,
        "tell": chosen.tell.value,
        "tellBy": sorted(chosen.tell_by),
        "tellTo": list(chosen.tell_to),
        "heartbeat": bool(chosen.heartbeat),
        "reports": str(chosen.reports) if chosen.reports is not None else None,
        "due": due,
        "next": None if isinstance(each.plan, Due) else each.plan.next_at.isoformat(),
        "lastComplete": _night(each.complete) if each.complete is not None else None,
        "registered": each.registration.registered if each.registration is not None else None,
    }
