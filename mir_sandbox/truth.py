"""The truth about every recording a user may see, worked out the plain way from the store.

Not promised: speed; it goes through everything, so that a checker need not trust the code that answers searches.
"""

from datetime import datetime

from mir_sandbox.calls import State
from mir_sandbox.clock import add_months, utc_text, utc_text_ms
from mir_sandbox.people import AccessLevel, User
from mir_sandbox.rows import RECORDING, RecordingRow
from mir_sandbox.service import Service


def truth(service: Service, user: User, *, start: datetime | None, end: datetime | None) -> list[dict[str, object]]:
    """Every recording of every conversation that has arrived, is still listed, begins in the window and may be seen."""
    now_ms = service.now_ms()
    found: list[dict[str, object]] = []
    rows = service.store.rows(
        f"SELECT conversation.owner, conversation.start, available, deleted, {_columns()} FROM recording"  # noqa: S608
        " JOIN conversation ON conversation.number = recording.conversation ORDER BY recording.number"
    )
    for owner, call_start, available, deleted, *columns in rows:
        row = RecordingRow._make(columns)
        if not _may_see(service, user, owner) or available > now_ms or deleted is not None:
            continue
        if (start and call_start < start.timestamp()) or (end and call_start >= end.timestamp()):
            continue
        expired = add_months(call_start, service.behaviour.months) * 1000 <= now_ms
        found.append(
            {
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
        )
    return found


def _columns() -> str:
    return ", ".join(f"recording.{name}" for name in RECORDING.split(", "))


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
