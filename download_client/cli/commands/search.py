"""search, searches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.errors import UsageError
from download_client.model import Conversation, encode_conversation

_HEAD = ("Started", "Way", "Length", "Calling party", "Called party", "Audio", "Conversation")


def search(context: Context) -> Exit:
    """List what a search finds, or only count it."""
    criteria = context.criteria()
    output = context.output
    if context.options.count:
        count = context.engine.count(criteria)
        about = "" if count.known else "at least "
        output.say(f"{about}{count.conversations:,} conversations, {words.size(count.bytes)}")
        output.result({"conversations": count.conversations, "bytes": count.bytes, "exact": count.known})
        return Exit.COMPLETE
    found = context.engine.search(criteria, limit=context.options.limit)
    if output.as_json:
        first = next(found, None)
        rest = found if first is None else _with_first(first, found)
        for _ in output.stream("conversations", map(_as_dict, rest), {}):
            pass
        return Exit.COMPLETE
    count_shown = output.table(_HEAD, (words.row(each, context.zone) for each in found))
    if not count_shown:
        output.say("No conversations match. Without --from and --to a search looks at the last 24 hours.")
    else:
        output.note(f"{count_shown:,} conversations")
    return Exit.COMPLETE


def _with_first(first: Conversation, rest: Iterator[Conversation]) -> Iterator[Conversation]:
    yield first
    yield from rest


def _as_dict(conversation: Conversation) -> dict[str, Any]:
    encoded: dict[str, Any] = json.loads(encode_conversation(conversation))
    return encoded


def searches(context: Context) -> Exit:
    """List, save or delete saved searches."""
    action, name = context.options.action, context.options.name
    output = context.output
    if action == "list":
        found, offline = context.engine.saved.all()
        for each in found:
            output.say(words.plain(each.name))
            for key, value in each.criteria.as_dict().items():
                output.say(f"  {key.replace('_', ' ')}: {words.plain(str(value))}")
        if not found:
            output.say("No saved searches.")
        if offline:
            output.note("The service cannot be reached; these are the searches as last seen.")
        output.result(
            {
                "searches": [{"id": s.id, "name": s.name, "criteria": s.criteria.as_dict()} for s in found],
                "offline": offline,
            }
        )
        return Exit.COMPLETE
    if not name:
        raise UsageError(f"searches {action} needs the name of the search")
    if action == "save":
        saved = context.engine.saved.save(name, context.criteria())
        output.say(f"Saved: {words.plain(saved.name)}")
        output.result({"saved": {"id": saved.id, "name": saved.name, "criteria": saved.criteria.as_dict()}})
    else:
        context.engine.saved.delete(name)
        output.say(f"Deleted: {words.plain(name)}")
        output.result({"deleted": name})
    return Exit.COMPLETE
