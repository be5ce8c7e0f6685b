"""Rows as they are read from the store, with names for their columns.

Not promised: that a row is still so when it is used; the store may have changed.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from mir_sandbox.calls import State


class ConversationRow(NamedTuple):
    """A conversation. `start` in seconds since 1970; `available`, `updated` and `changed` in milliseconds."""

    number: int
    outbound: int
    on_demand: int
    start: int
    seconds: int
    calling: int
    called: int
    third: int | None
    owner: int
    available: int
    updated: int
    changed: int
    takes: int


class RecordingRow(NamedTuple):
    """A recording. `start` in seconds since 1970; `ready` and `modified` in milliseconds."""

    number: int
    conversation: int
    sequence: int
    variant: int
    start: int
    seconds: float
    pauses: str
    state: int
    ready: int | None
    size: int
    sha256: bytes
    modified: int
    name: str | None
    etag: str | None
    version: int
    cold: int
    lies: str | None

    @property
    def strong_etag(self) -> str:
        """The entity tag with its quotation marks; another version has another."""
        return self.etag or f'"{self.sha256.hex()[:16]}-{self.version}"'

    def state_now(self, *, expired: bool) -> State:
        """Its state; whatever it was, retention ends it."""
        return State.EXPIRED if expired else State(self.state)


CONVERSATION = ", ".join(ConversationRow._fields)
"""Columns to select for a `ConversationRow`."""
RECORDING = ", ".join(RecordingRow._fields)
"""Columns to select for a `RecordingRow`."""


def conversations(rows: Iterable[Any]) -> list[ConversationRow]:
    """Rows of `CONVERSATION`."""
    return [ConversationRow._make(row) for row in rows]


def recordings(rows: Iterable[Any]) -> list[RecordingRow]:
    """Rows of `RECORDING`."""
    return [RecordingRow._make(row) for row in rows]
