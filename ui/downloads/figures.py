"""From a run of the queue to what is said of it: its card, the figures of its view; values from values, no widget.

Counts are those of the figures the engine gave; a percentage is rounded down and is 100 only when everything is home.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from download_client.engine import QueuedRun, Standing, WaitsFor
from download_client.model import REFUSED, RunKind, RunPhase, Snapshot, State, Wait
from ui.downloads.card import Card
from ui.words import errors, numbers, runs, times
from ui.words.plurals import Runs
from ui.words.runs import RunSaid

_UNITS = {"MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}
_MOST_LEFT = 100 * 3600.0
"""Seconds; a longer forecast is a guess nobody should plan by."""


@dataclass(frozen=True, slots=True)
class Way:
    """How people here read figures and times, and what time it is."""

    locale: QLocale
    zone: tzinfo
    now: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure and the small words under it; `tone` of the figure."""

    large: str
    small: str
    tone: str = ""


def name_of(run: QueuedRun) -> str:
    """What the user called it, else what it is."""
    if run.name:
        return run.name
    if run.kind is RunKind.SELECTION:
        if run.chosen:
            return Runs.tr("Selection of %n", "", run.chosen)
        return QCoreApplication.translate("Runs", "Selection")
    if run.kind is RunKind.CHANGES:
        return QCoreApplication.translate("Runs", "What is new")
    if run.kind is RunKind.RETRY:
        return QCoreApplication.translate("Runs", "Retry")
    return QCoreApplication.translate("Runs", "Search without a name")


def waits(run: QueuedRun) -> Wait | None:
    """What the service makes the run wait for, if it does."""
    if run.standing not in {Standing.AT_WORK, Standing.WAITING}:
        return None
    live = run.figures.wait if run.figures is not None and run.standing is Standing.AT_WORK else None
    return run.wait or live


def said_of(run: QueuedRun, way: Way, *, name_behind: Callable[[str], str] = lambda _: "") -> RunSaid:
    """Where a run stands, in words; `name_behind` knows the name of the run with a key."""
    if run.standing is Standing.ENDED:
        return _ended(run, way)
    if run.standing is Standing.PAUSED:
        return runs.paused("")
    if run.standing is Standing.HELD:
        title, advice = _error_words(run)
        return runs.paused(run.reason or "error", title=title, advice=advice)
    if (wait := waits(run)) is not None:
        return runs.waiting(wait.code)
    if run.standing is Standing.WAITING:
        return {
            WaitsFor.PROGRAM: runs.waiting_for_program,
            WaitsFor.SIGN_IN: runs.waiting_for_sign_in,
            WaitsFor.DISK: runs.waiting_for_disk,
        }.get(run.waits_for or WaitsFor.TURN, lambda: runs.queued(behind=name_behind(run.behind)))()
    now = run.figures
    if now is None or now.phase is RunPhase.LISTING:
        found = now.listed if now is not None else 0
        return runs.listing(found=found, count=numbers.count(found, way.locale))
    return runs.downloading(rate=numbers.rate(now.rate, way.locale) if now.rate > 0 else "")


def _ended(run: QueuedRun, way: Way) -> RunSaid:
    counts = run.figures.counts if run.figures is not None else {}
    if run.phase is RunPhase.COMPLETE:
        return runs.complete(exceptions_of(run))
    if run.phase is RunPhase.CANCELLED:
        kept = counts.get(State.ARCHIVED, 0)
        return runs.cancelled(kept, numbers.count(kept, way.locale))
    if run.phase is RunPhase.PARTIAL:
        title, advice = _error_words(run)
        return runs.finished(exceptions_of(run), run.reason, title=title, advice=advice)
    return runs.interrupted()


def _error_words(run: QueuedRun) -> tuple[str, str]:
    return (errors.title(run.error), errors.advice(run.error)) if run.error is not None else ("", "")


def exceptions_of(run: QueuedRun) -> int:
    """How many recordings it could not bring home; while it is at work only those it will not try again."""
    if run.figures is None:
        return 0
    counts = run.figures.counts
    refused = sum(counts.get(state, 0) for state in REFUSED)
    if run.standing is Standing.ENDED:
        return refused + counts.get(State.FAILED, 0) + counts.get(State.WAITING, 0)
    return refused


def failed_of(run: QueuedRun) -> int:
    """Those of the exceptions that went wrong: what was only not ready yet is no failure."""
    if run.figures is None or run.standing is not Standing.ENDED:
        return exceptions_of(run)
    return exceptions_of(run) - run.figures.counts.get(State.WAITING, 0)


def share_of(figures: Snapshot | None) -> float:
    """How much is home, 0 to 1, with what has come of those in hand; below 1 until the last is proved."""
    if figures is None or not figures.listed:
        return 0.0
    here = sum(item.received / item.total for item in figures.in_hand if item.total)
    if figures.done >= figures.listed:
        return 1.0
    return min((figures.done + here) / figures.listed, 0.999)


def parts_of(run: QueuedRun, said: RunSaid) -> tuple[tuple[float, str], ...]:
    """The bar: what is home, what failed, and at its end what was not ready."""
    figures = run.figures
    if figures is None or not figures.listed:
        return ()
    done = share_of(figures)
    parts, left = [(done, said.bar)], 1 - done
    late = exceptions_of(run) - failed_of(run)
    for count, tone in ((failed_of(run), "danger" if said.bar != "danger" else "warn"), (late, "text3")):
        share = min(count / figures.listed, left)
        if count:
            parts.append((share, tone))
            left -= share
    return tuple(parts)


def amount(done: int, total: int, locale: QLocale) -> str:
    """6.1 of 9.4 GB: both in the unit of the whole."""
    all_of_it = numbers.size(total, locale)
    size_of_unit = _UNITS.get(all_of_it.rpartition("\N{NO-BREAK SPACE}")[2])
    here = locale.toString(done / size_of_unit, "f", 1) if size_of_unit else numbers.size(done, locale)
    form = QCoreApplication.translate("Runs", "{done} of {total}")
    return form.format(done=here, total=all_of_it)


def counted(run: QueuedRun, locale: QLocale) -> str:
    """812 of 1,284; only the first where nobody knows yet how many there are."""
    figures = run.figures
    if figures is None:
        return ""
    form = QCoreApplication.translate("Runs", "{done} of {total}")
    return form.format(done=numbers.count(figures.done, locale), total=numbers.count(figures.listed, locale))


def card_of(
    run: QueuedRun,
    way: Way,
    *,
    wait_began: datetime | None = None,
    name_behind: Callable[[str], str] = lambda _: "",
) -> Card:
    """The card of a run; `wait_began` is when its present wait was first seen."""
    said = said_of(run, way, name_behind=name_behind)
    return Card(
        key=run.key,
        name=name_of(run),
        said=said,
        parts=parts_of(run, said),
        right=_right(run, way),
        below="  ·  ".join(part for part in _below(run, way) if part),
        ring=ring_of(waits(run), way, began=wait_began),
        movable=run.standing is not Standing.ENDED,
    )


def _below(run: QueuedRun, way: Way) -> list[str]:
    figures, wait = run.figures, waits(run)
    if figures is None:
        return []
    parts = [counted(run, way.locale)] if figures.listed else []
    if wait is not None and wait.until is not None:
        form = QCoreApplication.translate("Runs", "continues at {time}")
        return [*parts, form.format(time=times.clock(wait.until, way.zone))]
    if run.standing is Standing.ENDED:
        if figures.bytes_done:
            parts.append(numbers.size(figures.bytes_done, way.locale))
        if run.started_at is not None and run.ended_at is not None:
            parts.append(times.span((run.ended_at - run.started_at).total_seconds()))
        return parts
    if figures.bytes_total:
        parts.append(amount(figures.bytes_done, figures.bytes_total, way.locale))
    if failed := exceptions_of(run):
        words = Runs.tr("{count} failed", "", failed)
        parts.append(words.format(count=numbers.count(failed, way.locale)))
    return parts


def _right(run: QueuedRun, way: Way) -> str:
    if run.standing is Standing.AT_WORK:
        if waits(run) is not None or run.figures is None:
            return ""
        remaining = run.figures.remaining
        return times.left(remaining) if remaining is not None and remaining < _MOST_LEFT else ""
    moment = run.ended_at or run.started_at or run.added_at
    if moment.astimezone(way.zone).date() == way.now.astimezone(way.zone).date():
        return times.clock(moment, way.zone, seconds=False)
    return times.day(moment, way.zone, way.locale, now=way.now)


def ring_of(wait: Wait | None, way: Way, *, began: datetime | None) -> tuple[str, float] | None:
    """What is left of a wait whose end is known: in words, and as a share of the whole."""
    if wait is None or wait.until is None:
        return None
    left = (wait.until - way.now).total_seconds()
    whole = (wait.until - began).total_seconds() if began is not None else left
    return times.countdown(left), max(0.0, min(1.0, left / whole)) if whole > 0 else 0.0


def figures_of(run: QueuedRun, way: Way, *, failed: int) -> list[Figure]:
    """The large figures over a run's recordings; `failed` as its groups count them."""
    figures, locale = run.figures, way.locale
    if figures is None:
        return []
    translate = QCoreApplication.translate
    if figures.bytes_total:
        share = figures.done / figures.listed if figures.listed else 0.0
        of_bytes = translate("Runs", "of {total}").format(total=numbers.size(figures.bytes_total, locale))
        found = [
            Figure(numbers.percent(share, locale), counted(run, locale)),
            Figure(numbers.size(figures.bytes_done, locale), of_bytes),
        ]
    else:
        # Nothing is fetched: a share of nothing says nothing.
        found = [Figure(counted(run, locale), translate("Runs", "in the archive"))]
    wait = waits(run)
    if run.standing is Standing.AT_WORK and wait is None:
        found.append(
            Figure(
                numbers.rate(figures.rate, locale),
                Runs.tr("%n at once", "", len(figures.in_hand)),
            )
        )
        if figures.remaining is not None and figures.remaining < _MOST_LEFT:
            until = times.clock(way.now + timedelta(seconds=figures.remaining), way.zone, seconds=False)
            remaining = max(60.0, figures.remaining)
            small = translate("Runs", "until about {time}").format(time=until)
            large = times.span(remaining) if figures.remaining >= 60 else translate("Runs", "under 1 min")
            found.append(Figure(large, small))
    elif wait is not None and wait.until is not None:
        small = translate("Runs", "continues at {time}").format(time=times.clock(wait.until, way.zone))
        found.append(Figure(times.countdown((wait.until - way.now).total_seconds()), small, "warn"))
    elif run.standing is Standing.ENDED and run.started_at is not None and run.ended_at is not None:
        large = times.span((run.ended_at - run.started_at).total_seconds())
        found.append(Figure(large, translate("Runs", "from beginning to end")))
    if failed:
        found.append(Figure(numbers.count(failed, locale), translate("Runs", "failed"), "danger"))
    return found
