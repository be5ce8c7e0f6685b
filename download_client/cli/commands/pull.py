"""pull, runs, retry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit, exit_of
from download_client.cli.progress import run_watched
from download_client.engine import Job, PullRequest, Result
from download_client.errors import InvalidSetting, UsageError
from download_client.model import Criteria, Run, RunPhase, State
from download_client.settings import parse_rate

_SHOWN = 20
_NO_ANSWER = "The service does not answer yet; it is tried for as long as the setting retry.window says. Ctrl+C stops."
_PHASES = {
    RunPhase.COMPLETE: "Complete",
    RunPhase.PARTIAL: "Partial",
    RunPhase.CANCELLED: "Cancelled",
    RunPhase.INTERRUPTED: "Stopped",
    RunPhase.PAUSED: "Paused",
    RunPhase.LISTING: "At work",
    RunPhase.FETCHING: "At work",
}


def pull(context: Context) -> Exit:
    """Bring home what a search finds."""
    options = context.options
    criteria = context.criteria()
    if options.changes and criteria != Criteria():
        raise UsageError("--changes brings everything that changed; it takes no criteria")
    if options.changes and options.dry_run:
        raise UsageError("--dry-run looks at a search; what changed is known only by a pull of changes")
    folder = context.engine.archive_folder(options.archive)
    request = PullRequest(
        archive=folder,
        criteria=criteria,
        name=options.search or "",
        changes=options.changes,
        concurrency=options.concurrency,
        limit_rate=_rate(options.limit_rate),
        accept_risk=options.accept_risk,
    )
    if options.dry_run:
        return _forecast(context, request)
    with context.output.patience(_NO_ANSWER):
        job = context.engine.pull(request)
    return _run(context, job, folder)


def retry(context: Context) -> Exit:
    """Ask again for everything of a run that is not home."""
    folder = context.engine.archive_folder(context.options.archive)
    with context.output.patience(_NO_ANSWER):
        job = context.engine.retry(folder, context.options.run)
    return _run(context, job, folder)


def runs(context: Context) -> Exit:
    """The pulls of an archive, or one with everything that is not home."""
    folder = context.engine.archive_folder(context.options.archive)
    output = context.output
    if context.options.run is not None:
        return _one_run(context, folder, context.options.run)
    found = context.engine.runs(folder)
    rows = [
        (
            str(run.id),
            words.when(run.started_at, context.zone),
            _PHASES[run.phase] + (f" ({run.reason})" if run.reason else ""),
            f"{sum(counts.values()):,}",
            f"{counts.get(State.ARCHIVED, 0):,}",
            f"{sum(counts.values()) - counts.get(State.ARCHIVED, 0):,}",
            words.plain(run.name),
        )
        for run, counts in found
    ]
    if not output.table(("Run", "Started", "Ended", "Listed", "Home", "Not home", "Search"), rows):
        output.say("No pulls yet.")
    output.result({"runs": [_run_dict(run, counts) for run, counts in found]})
    return Exit.COMPLETE


def _one_run(context: Context, folder: Path, run_id: int) -> Exit:
    output = context.output
    rows = (
        {
            "recording": item.recording_id,
            "conversation": item.conversation_id,
            "state": item.state.value,
            "code": item.code,
            "detail": item.detail,
        }
        for item in context.engine.exceptions(folder, run_id)
    )
    if output.as_json:
        for _ in output.stream("notHome", rows, {"run": run_id}):
            pass
        return Exit.COMPLETE
    lines = (
        (
            words.plain(row["recording"]),
            words.plain(row["conversation"]),
            words.STATE_WORDS[State(row["state"])],
            words.plain(row["detail"]),
        )
        for row in rows
    )
    if not output.table(("Recording", "Conversation", "State", "Detail"), lines):
        output.say(f"Everything of run {run_id} is home.")
    return Exit.COMPLETE


def _rate(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_rate(text)
    except ValueError as error:
        raise InvalidSetting(str(error), subject="--limit-rate") from error


def _forecast(context: Context, request: PullRequest) -> Exit:
    forecast = context.engine.forecast(request)
    say = context.output.say
    wanted = forecast.listed - forecast.archived - forecast.unavailable
    say(f"{forecast.listed:,} recordings listed")
    say(f"  {forecast.archived:,} are home already")
    say(f"  {forecast.unavailable:,} cannot be had now")
    say(f"  {wanted:,} would be downloaded, {words.size(forecast.bytes_wanted)}")
    if forecast.free is not None:
        say(f"  {words.size(forecast.free)} are free on the archive's drive")
    context.output.result(
        {
            "dryRun": True,
            "listed": forecast.listed,
            "archived": forecast.archived,
            "unavailable": forecast.unavailable,
            "wanted": wanted,
            "bytes": forecast.bytes_wanted,
            "free": forecast.free,
        }
    )
    return Exit.COMPLETE


def _run(context: Context, job: Job, folder: Path) -> Exit:
    result = run_watched(job, context.output)
    _say(context, result, folder)
    context.output.result(as_dict(result, folder))
    return exit_code(result)


def exit_code(result: Result) -> Exit:
    """What the end of a run means to a script."""
    if result.phase is RunPhase.COMPLETE:
        return Exit.COMPLETE
    if result.error is not None:
        return exit_of(result.error)
    if result.phase in (RunPhase.CANCELLED, RunPhase.INTERRUPTED):
        return Exit.INTERRUPTED
    return Exit.PARTIAL


def as_dict(result: Result, folder: Path) -> dict[str, Any]:
    """The object of `pull --json`."""
    return {
        "run": result.run_id,
        "kind": result.kind.value,
        "phase": result.phase.value,
        "complete": result.complete,
        "listed": result.listed,
        "archived": result.archived,
        "skipped": result.skipped,
        "failed": result.failed,
        "refused": result.refused,
        "waiting": result.waiting,
        "left": result.left,
        "news": result.news,
        "states": {state.value: count for state, count in sorted(result.counts.items())},
        "bytes": result.bytes,
        "seconds": round(result.seconds, 3),
        "content_requests": result.content_requests,
        "archive": str(folder),
        "csv": str(result.table) if result.table is not None else None,
        "error": result.error.as_dict() if result.error is not None else None,
        "listing_errors": [error.as_dict() for error in result.broken],
    }


def _say(context: Context, result: Result, folder: Path) -> None:
    say, note = context.output.say, context.output.note
    say(
        f"{_PHASES[result.phase]}: {result.archived:,} archived, {result.skipped:,} home already, "
        f"{words.size(result.bytes)} in {words.elapsed(result.seconds)} (run {result.run_id}, {folder})"
    )
    quiet = (State.ARCHIVED, State.QUEUED, State.LISTED)
    for state, count in sorted(result.counts.items()):
        if state not in quiet and count:
            say(f"  {count:,} {words.STATE_WORDS[state]}")
    if result.left:
        say(f"  {result.left:,} not yet downloaded")
    if result.table is not None:
        say(f"  table: {result.table}")
    for error in (*result.broken[:_SHOWN], *([result.error] if result.error is not None else [])):
        note(f"mir-download: {words.plain(str(error), longest=600)}\n  {error.advice}")
    if result.phase is RunPhase.PARTIAL and result.error is None:
        where = f'{result.run_id} --archive "{folder}"'
        note(f"  What is not home: mir-download runs {where}\n  Ask again:        mir-download retry {where}")


def _run_dict(run: Run, counts: dict[State, int]) -> dict[str, Any]:
    return {
        "run": run.id,
        "kind": run.kind.value,
        "search": run.name,
        "criteria": run.criteria.as_dict(),
        "started": run.started_at.isoformat(),
        "ended": run.ended_at.isoformat() if run.ended_at is not None else None,
        "phase": run.phase.value,
        "reason": run.reason,
        "accessLevel": run.access_level,
        "listed": sum(counts.values()),
        "states": {state.value: count for state, count in sorted(counts.items())},
        "content_requests": run.content_requests,
        "bytes": run.bytes_fetched,
    }
