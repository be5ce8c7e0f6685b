"""The truth about every recording a user may see, worked out the plain way from the store.

Not promised: speed; it goes through everything, so that a checker need not trust the code that answers searches.
"""

from collections.abc import Iterator
from datetime import datetime

from mir_sandbox.calls import State
from mir_sandbox.clock import add_months, utc_text, utc_text_ms
from mir_sandbox.people import AccessLevel, User
from mir_sandbox.rows import RecordingRow
from mir_sandbox.service import Service

_BATCH = 5000
_STATEMENT = (
    "SELECT conversation.owner, conversation.start, available, deleted, "  # noqa: S608 - names of columns
    + ", ".join(f"recording.{name}" for name in RecordingRow._fields)
    + " FROM recording JOIN conversation ON conversation.number = recording.conversation"
    " WHERE recording.number > ? ORDER BY recording.number LIMIT ?"
)


def truth(service: Service, user: User, *, start: datetime | None, end: datetime | None) -> Iterator[dict[str, object]]:
    """Every recording of every conversation that has arrived, is still listed, begins in the window and may be seen."""
    now_ms = service.now_ms()
    after = 0
    while rows := service.store.rows(_STATEMENT, (after, _BATCH)):
        for owner, call_start, available, deleted, *columns in rows:
            row = RecordingRow._make(columns)
            after = row.number
            if not _may_see(service, user, owner) or available > now_ms or deleted is not None:
                continue
            if (start and call_start < start.timestamp()) or (end and call_start >= end.timestamp()):
                continue
            expired = add_months(call_start, service.behaviour.months) * 1000 <= now_ms
            yield {
                "conversation": service.ids.conversation(row.conversation),
                "recording": row.name or service.ids.recording(row.number),
                "version": row.version,
                "size": row.size,
                "sha256": row.sha256.hex(),
                "etag": row.strong_etag,
                "status": State(State.EXPIRED if expired else row.state).name.lower(),
                "owner": service.people.users[owner].user_id,
                "startTime": utc_text(call_start),
                "availableAt": utc_text_ms(available),
            }


def _may_see(service: Service, user: User, owner: int) -> bool:
    """F12 and F13, word for word."""
    level = service.visibility.access(user).level
    if level is AccessLevel.ALL:
        return True
    if level is AccessLevel.NONE:
        return False
    owner_id = service.people.users[owner].user_id
    if owner_id == user.user_id:
        return True
    return any(user.user_id in group.managers and owner_id in group.members for group in service.people.groups)
