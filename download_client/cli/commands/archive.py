"""verify, rebuild."""

from __future__ import annotations

from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.cli.progress import Line
from download_client.engine import VerifyProgress


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
