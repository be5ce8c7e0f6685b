"""marks."""

from __future__ import annotations

from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.engine import Mark

_HEAD = ("Made", "By", "At", "Note", "Recording")


def marks(context: Context) -> Exit:
    """List the marks of an archive, those that hold some words, or write them as CSV."""
    options, output = context.options, context.output
    book = context.engine.marks(options.archive.absolute())
    found = book.search(options.search or "")
    if options.csv is not None:
        written = book.export_csv(options.csv.absolute(), found)
        output.say(f"{written:,} marks in {options.csv}")
        output.result({"marks": written, "file": str(options.csv.absolute())})
        return Exit.COMPLETE
    if output.as_json:
        output.result({"marks": [_as_dict(each) for each in found]})
    elif not output.table(_HEAD, (_row(each, context) for each in found)):
        output.say("No mark holds these words." if options.search else "Nothing in this archive is marked.")
    return Exit.COMPLETE


def _row(each: Mark, context: Context) -> tuple[str, ...]:
    stretch = f"{each.at:.1f} s" + (f" + {each.length:.1f} s" if each.length else "")
    return (
        words.when(each.made_at, context.zone),
        words.plain(each.by),
        stretch,
        words.plain(each.note),
        words.plain(each.recording_id),
    )


def _as_dict(each: Mark) -> dict[str, Any]:
    return {
        "id": each.id,
        "recordingId": each.recording_id,
        "conversationId": each.conversation_id,
        "version": each.version,
        "at": each.at,
        "length": each.length,
        "note": each.note,
        "by": each.by,
        "madeAt": each.made_at.isoformat().replace("+00:00", "Z"),
        "changedAt": each.changed_at.isoformat().replace("+00:00", "Z"),
    }
