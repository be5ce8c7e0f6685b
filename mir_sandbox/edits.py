"""Changes to conversations and recordings while the service runs: what happens at a real service by itself, on request.

Not promised: that a client sees a change at once; it learns of it by searching again or by the changes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from mir_sandbox.audio import AudioLibrary
from mir_sandbox.calls import Call, State, Take
from mir_sandbox.render import recording_id
from mir_sandbox.rows import RECORDING, RecordingRow, recordings
from mir_sandbox.service import Service
from mir_sandbox.sound import audio_key


class Wrong(ValueError):
    """The control interface was asked for something that is not there or makes no sense."""


class Verb(Enum):
    """What can be done to recordings."""

    REPLACE = "replace"
    """New bytes under the same id: a new version."""
    EXPIRE = "expire"
    MISSING = "missing"
    PROCESSING = "processing"
    AVAILABLE = "available"
    COLD = "cold"
    """Available, but the next questions for its content are answered 202."""
    LIE = "lie"
    """Say wrong things about it; see `Lies`."""
    DELETE = "delete"
    """The whole conversation is gone, from the list too."""


class Lie(Enum):
    """What is wrong with a digest."""

    WRONG = "wrong"
    ABSENT = "absent"
    OTHER = "other"
    """Of another algorithm."""


class Lies(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    """What the service says of a recording against the truth. All absent: it tells the truth again."""

    listed_size: int | msgspec.UnsetType = msgspec.UNSET
    """Bytes in the listing."""
    listed_checksum: Lie | msgspec.UnsetType = msgspec.UNSET
    content_digest: Lie | msgspec.UnsetType = msgspec.UNSET
    """The same for `Repr-Digest` of the content."""


_STATES = {
    Verb.EXPIRE: State.EXPIRED,
    Verb.MISSING: State.MISSING,
    Verb.PROCESSING: State.PROCESSING,
    Verb.AVAILABLE: State.AVAILABLE,
}


class Selection(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """Which recordings: of these ids, of these conversations, of that owner (a user name), in that state.

    Everything absent means all; the newest come first, at most `limit`.
    """

    recordings: list[str] | None = None
    conversations: list[str] | None = None
    owner: str | None = None
    state: str | None = None
    limit: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """What to do to a selection: `lies` for LIE, `variant` for REPLACE (None: as it was), `ready_ms` for PROCESSING
    (None: never by itself), `times` for COLD.
    """

    verb: Verb
    lies: Lies
    variant: int | None = None
    ready_ms: int | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """Conversations to add for one owner."""

    owner: int
    count: int
    started_ms: int
    available_ms: int
    recordings: int
    variant: int


class Edits:
    """Changes to what one service holds."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._library = None if service.options.corpus is not None else AudioLibrary()

    def variant(self, key: str, *, seconds: float) -> int:
        """The variant of that key and about that duration. Raises `Wrong`."""
        if self._library is None or key not in self._library.keys:
            raise Wrong(f"there is no sound {key}; there are {', '.join(self._library.keys if self._library else ())}")
        return self._library.nearest(key, seconds=seconds)

    def select(self, selection: Selection) -> list[RecordingRow]:
        """The recordings of a selection."""
        service = self._service
        conditions, values = ["1"], []  # type: tuple[list[str], list[object]]
        if selection.recordings is not None:
            found = [service.recording(untrusted_id) for untrusted_id in selection.recordings]
            conditions.append("number IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([row.number for row in found if row is not None]))
        if selection.conversations is not None:
            numbers = [service.ids.conversation_number(untrusted_id) for untrusted_id in selection.conversations]
            conditions.append("conversation IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([number for number in numbers if number is not None]))
        if selection.owner is not None:
            user = service.people.by_username(selection.owner)
            conditions.append("conversation IN (SELECT number FROM conversation WHERE owner = ?)")
            values.append(-1 if user is None else user.number)
        if selection.state is not None:
            states = {state.name.lower(): state.value for state in State}
            conditions.append("state = ?")
            values.append(states.get(selection.state, -1))
        rows = service.store.rows(
            f"SELECT {RECORDING} FROM recording WHERE {' AND '.join(conditions)} ORDER BY number DESC LIMIT ?",  # noqa: S608
            (*values, selection.limit),
        )
        return recordings(rows)

    def apply(self, order: Order, rows: Sequence[RecordingRow]) -> list[str]:
        """Do one thing to many recordings, as one change; their ids. Raises `Wrong`."""
        service = self._service
        at = service.moment()
        with service.store.transaction():
            for row in rows:
                self._apply(order, row, at=at)
            if order.verb not in {Verb.COLD, Verb.DELETE}:
                for conversation in {row.conversation for row in rows}:
                    service.store.touch(conversation, at=at)
        service.store.look_ahead()
        return [recording_id(row, service.ids) for row in rows]

    def _apply(self, order: Order, row: RecordingRow, *, at: int) -> None:
        write, verb, number = self._service.store.write, order.verb, row.number
        if verb is Verb.REPLACE:
            self._replace(row, variant=row.variant if order.variant is None else order.variant, at=at)
        elif verb is Verb.DELETE:
            write("UPDATE conversation SET deleted = ? WHERE number = ?", (at, row.conversation))
        elif verb is Verb.COLD:
            write("UPDATE recording SET state = 0, cold = ? WHERE number = ?", (order.times, number))
        elif verb is Verb.LIE:
            told = msgspec.json.encode(order.lies).decode()
            write("UPDATE recording SET lies = ? WHERE number = ?", (None if told == "{}" else told, number))
        else:
            state = _STATES[verb]
            ready = order.ready_ms if verb is Verb.PROCESSING else None
            write("UPDATE recording SET state = ?, ready = ?, cold = 0 WHERE number = ?", (state, ready, number))

    def _replace(self, row: RecordingRow, *, variant: int, at: int) -> None:
        if self._library is None:
            raise Wrong("the bytes of a corpus are files; they cannot be replaced here")
        version = row.version + 1
        key = audio_key(recording_id(row, self._service.ids), version=version)
        sound = self._library.describe(key, variant)
        self._service.store.write(
            "UPDATE recording SET version = ?, variant = ?, size = ?, sha256 = ?, seconds = ?, modified = ?"
            " WHERE number = ?",
            (version, variant, sound.size, sound.sha256, sound.seconds, at, row.number),
        )

    def add(self, arrival: Arrival) -> list[str]:
        """Add conversations to the account; their ids. Raises `Wrong`."""
        if self._library is None:
            raise Wrong("a corpus has the conversations of its files")
        service = self._service
        changed = max(arrival.available_ms, service.moment())
        batch = []
        with service.store.transaction():
            number = service.store.row("SELECT ifnull(max(number), 0) FROM conversation")[0]
            take_number = service.store.row("SELECT ifnull(max(number), 0) FROM recording")[0]
            contacts = service.people.contacts
            for index in range(1, arrival.count + 1):
                takes = []
                start = arrival.started_ms // 1000
                for sequence in range(1, arrival.recordings + 1):
                    take_number += 1
                    sound = self._library.describe(service.ids.recording(take_number), arrival.variant)
                    takes.append(
                        Take(take_number, number + index, sequence, arrival.variant, start, sound.seconds, "[]",
                             State.AVAILABLE, None, sound.size, sound.sha256, arrival.available_ms)
                    )  # fmt: skip
                    start += int(sound.seconds) + 1
                caller = contacts[(number + index) % len(contacts)].number
                call = Call(
                    number + index, False, False, arrival.started_ms // 1000,
                    max(2, start - arrival.started_ms // 1000), caller, arrival.owner, None, arrival.owner,
                    arrival.available_ms, arrival.available_ms, changed, len(takes), sum(take.size for take in takes),
                )  # fmt: skip
                batch.append((call, takes))
            service.store.add(batch)
        return [service.ids.conversation(call.number) for call, _ in batch]
