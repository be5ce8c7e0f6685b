"""verify, rebuild, housekeeping."""

from __future__ import annotations

from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit, exit_of
from download_client.cli.progress import Line
from download_client.engine import Chores, VerifyProgress
from download_client.errors import UsageError


def verify(context: Context) -> Exit:
    """Read everything again and name each damage."""
    output = context.output
    line = Line(output)

    def progress(now: VerifyProgress) -> None:
        left = (now.size_total - now.size) / now.rate if now.rate > 0 else None
        line.draw(
            f"{now.recordings:,} of {now.recordings_total:,} recordings, "
            f"{words.size(now.size)} of {words.size(now.size_total)}, {words.size(round(now.rate))}/s, "
            f"{words.remaining(left)}"
        )

    verifier = context.engine.verify(context.options.archive.absolute(), progress=progress)
    found: list[dict[str, Any]] = []
    for finding in verifier:
        line.clear()
        kind = finding.kind
        output.say(f"{kind.what}: {words.plain(finding.path)}{f' ({finding.detail})' if finding.detail else ''}")
        if not kind.harmless:
            output.say(f"    {kind.advice}")
        found.append(
            {
                "kind": kind.value,
                "path": finding.path,
                "recording": finding.recording_id,
                "detail": finding.detail,
                "harmless": kind.harmless,
            }
        )
    line.clear()
    damaged = sum(count for kind, count in verifier.counts.items() if not kind.harmless)
    verdict = "Sound" if verifier.sound else f"Damaged: {damaged:,} findings"
    whole = f"{verifier.whole:,} of {verifier.recordings:,} recordings are whole"
    output.say(f"{verdict}: {whole}, {words.size(verifier.size)} read")
    output.result(
        {
            "sound": verifier.sound,
            "recordings": verifier.recordings,
            "whole": verifier.whole,
            "bytes": verifier.size,
            "findings": found,
        }
    )
    return Exit.COMPLETE if verifier.sound else Exit.DAMAGED


def rebuild(context: Context) -> Exit:
    """Make the ledger anew from the archive alone."""
    line = Line(context.output)

    def progress(count: int) -> None:
        if count % 1_000 == 0:
            line.draw(f"{count:,} recordings read")

    adopted = context.engine.rebuild(context.options.archive.absolute(), progress=progress)
    line.clear()
    context.output.say(f"The ledger holds {adopted:,} recordings now, made from the archive alone.")
    context.output.result({"recordings": adopted})
    return Exit.COMPLETE


def housekeeping(context: Context) -> Exit:
    """Say what is older than the policy allows; with --erase, erase it for good."""
    options, output = context.options, context.output
    if options.erase and options.dry_run:
        raise UsageError("--dry-run erases nothing; give one or the other")
    folder = options.archive.absolute()
    chores = context.engine.housekeeping(folder, days=options.older_than, erase=options.erase)
    what = f"{chores.recordings:,} recordings ({words.size(chores.bytes)})"
    since = words.when(chores.before, context.zone)
    if chores.done:
        output.say(f"Erased for good: {what} of calls before {since}.")
    else:
        output.say(f"Nothing was erased. {what} are of calls before {since}; --erase erases them for good.")
    if chores.left_over:
        output.say(f"  {chores.left_over:,} recordings of an erasure that was broken off {_be_finished(chores)}.")
    for refused in chores.refused:
        output.say(f"  not erased: {words.plain(refused.recording_id)}: {refused.why}")
    if chores.error is not None:
        output.note(f"mir-download: {words.plain(str(chores.error), longest=600)}\n  {chores.error.advice}")
    output.result(
        {
            "erased": chores.done,
            "days": chores.days,
            "before": chores.before.isoformat(),
            "recordings": chores.recordings,
            "bytes": chores.bytes,
            "oldest": chores.oldest.isoformat() if chores.oldest is not None else None,
            "leftOver": chores.left_over,
            "refused": [{"recording": each.recording_id, "why": each.why} for each in chores.refused],
            "error": chores.error.as_dict() if chores.error is not None else None,
        }
    )
    if chores.error is not None:
        return exit_of(chores.error)
    return Exit.PARTIAL if chores.refused else Exit.COMPLETE


def _be_finished(chores: Chores) -> str:
    return "were finished" if chores.done else "will be finished by the next one"
