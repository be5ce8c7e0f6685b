"""audit."""

from __future__ import annotations

from typing import Any

import msgspec

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.engine import Audit, AuditEntry
from download_client.errors import UsageError

_HEAD = ("Entry", "When", "What", "Who", "Access", "Run", "Recordings")
_LIMITS = (
    "It proves that no entry before the last was changed, taken out or put in since it was written, unless the whole "
    "chain was written anew: whoever can write the archive can do that. A head kept where they cannot write shows it: "
    "mir-download audit head, and later mir-download audit verify --head DIGEST."
)


def audit(context: Context) -> Exit:
    """Do what the action says."""
    options = context.options
    if options.head is not None and options.action != "verify":
        raise UsageError("--head belongs to audit verify")
    record = context.engine.audit(context.engine.archive_folder(options.archive))
    if options.action == "show":
        return _show(context, record)
    return _verify(context, record) if options.action == "verify" else _head(context, record)


def _show(context: Context, record: Audit) -> Exit:
    output = context.output
    if output.as_json:
        for _ in output.stream("entries", map(msgspec.to_builtins, record.entries()), {}):
            pass
        return Exit.COMPLETE
    if not output.table(_HEAD, (_row(entry, context) for entry in record.entries())):
        output.say("Nothing was written down yet: the first pull begins the record.")
    return Exit.COMPLETE


def _head(context: Context, record: Audit) -> Exit:
    head = record.head()
    context.output.say(head.digest if head is not None else "Nothing was written down yet.")
    context.output.result(
        {"entries": head.entries if head is not None else 0, "head": head.digest if head is not None else None}
    )
    return Exit.COMPLETE


def _verify(context: Context, record: Audit) -> Exit:
    output, asked = context.output, context.options.head
    told = record.verify(head=asked or "")
    sound = told.sound(with_head=bool(asked))
    if told.broken:
        output.say(f"Line {told.broken} cannot be believed: {told.why}.")
    if told.manifest:
        output.say(f"The manifest is not what was written down of it: {told.manifest}.")
    if asked and told.head_at is None:
        output.say("The given head is none of its entries: it was written anew or cut, or is another archive's.")
    elif asked:
        output.say(f"The given head is entry {told.head_at}: up to there it is what it was.")
    if told.torn:
        output.say("Its last line was never finished; the next entry mends that.")
    if told.mended:
        output.say(f"{told.mended:,} unfinished lines were mended after a kill or a power failure.")
    entries = told.head.entries if told.head is not None else 0
    verdict = "Sound" if sound else "Not sound"
    output.say(f"{verdict}: {entries:,} entries; they tell of {told.told:,} lines of the manifest, {told.untold:,} not")
    output.note(_LIMITS)
    output.result(
        {
            "sound": sound,
            "entries": entries,
            "head": told.head.digest if told.head is not None else None,
            "broken": {"line": told.broken, "why": told.why} if told.broken else None,
            "manifest": told.manifest or None,
            "headAt": told.head_at,
            "torn": told.torn,
            "mended": told.mended,
            "linesTold": told.told,
            "linesUntold": told.untold,
        }
    )
    return Exit.COMPLETE if sound else Exit.DAMAGED


def _row(entry: AuditEntry, context: Context) -> tuple[str, ...]:
    facts: dict[str, Any] = entry.facts
    count = facts.get("archived", facts.get("recordings", facts.get("erased", "")))
    what = entry.kind.value
    detail = facts.get("phase", facts.get("what", ""))
    return (
        str(entry.number),
        words.when(entry.at, context.zone),
        f"{what} ({words.plain(str(detail))})" if detail else what,
        words.plain(entry.user or entry.local),
        words.plain(entry.access),
        str(entry.run or ""),
        str(count),
    )
