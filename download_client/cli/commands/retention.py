"""retention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.engine import Endangered

_HEAD = ("Deleted on", "Started", "Calling party", "Called party", "Recordings", "Size", "Conversation")


def retention(context: Context) -> Exit:
    """List what the service will delete before long and the archive does not hold."""
    output = context.output
    days = f"{context.options.within} days" if context.options.within > 1 else "1 day"
    folder = context.engine.archive_folder(context.options.archive)
    found = _Sum(context.engine.endangered(folder, within=timedelta(days=context.options.within)))
    if output.as_json:
        for _ in output.stream("endangered", map(_as_dict, found), found.rest):
            pass
    else:
        output.table(_HEAD, (_row(each, context) for each in found))
        if found.conversations:
            output.say(
                f"{found.rest['recordings']:,} recordings ({words.size(found.rest['bytes'])}) will be deleted within "
                f"{days} and are not in {folder}. Bring them home: pull, with --from and --to around their start."
            )
        else:
            output.say(f"Whatever the service deletes within {days} is in {folder}.")
    return Exit.ENDANGERED if found.conversations else Exit.COMPLETE


class _Sum:
    """Counts what passes; `rest` is filled when all of it has."""

    def __init__(self, found: Iterator[Endangered]) -> None:
        self._found = found
        self.conversations = 0
        self.rest = {"conversations": 0, "recordings": 0, "bytes": 0}

    def __iter__(self) -> Iterator[Endangered]:
        for each in self._found:
            self.conversations += 1
            self.rest["conversations"] += 1
            self.rest["recordings"] += each.recordings
            self.rest["bytes"] += each.bytes
            yield each


def _row(each: Endangered, context: Context) -> tuple[str, ...]:
    conversation = each.conversation
    return (
        words.when(each.expires_at, context.zone),
        words.when(conversation.start_time, context.zone),
        words.party(conversation.calling_party),
        words.party(conversation.called_party),
        f"{each.recordings:,}",
        words.size(each.bytes),
        words.plain(conversation.id),
    )


def _as_dict(each: Endangered) -> dict[str, Any]:
    return {
        "conversationId": each.conversation.id,
        "expiresAt": each.expires_at.isoformat().replace("+00:00", "Z"),
        "startTime": each.conversation.start_time.isoformat().replace("+00:00", "Z"),
        "recordings": each.recordings,
        "bytes": each.bytes,
    }
