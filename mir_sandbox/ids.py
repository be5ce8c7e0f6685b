"""Ids of the made-up account: texts for the wire, numbers for the store.

Not promised: any meaning for a client; ids are opaque to it. Their order as texts is the order of their numbers.
"""

import re
from dataclasses import dataclass

ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of one account; `tag` keeps those of different seeds apart."""

    tag: str

    def conversation(self, number: int) -> str:
        """The id of the conversation of that number."""
        return f"cnv-{self.tag}-{number:0{_DIGITS}d}"

    def recording(self, number: int) -> str:
        """The id of the recording of that number, unless it has a name of its own."""
        return f"rec-{self.tag}-{number:0{_DIGITS}d}"

    def participation(self, number: int, *, place: int) -> str:
        """The id of a participation: its conversation and its place there, from 1."""
        return f"par-{self.tag}-{number:0{_DIGITS}d}-{place}"

    def conversation_number(self, untrusted_id: str) -> int | None:
        """The number behind a conversation's id, None when it can be no id of this account."""
        return _number(untrusted_id, prefix=f"cnv-{self.tag}-")

    def recording_number(self, untrusted_id: str) -> int | None:
        """The number behind a recording's id, None when it can be no such id of this account."""
        return _number(untrusted_id, prefix=f"rec-{self.tag}-")


def _number(untrusted_id: str, *, prefix: str) -> int | None:
    digits = untrusted_id.removeprefix(prefix)
    if len(digits) != _DIGITS or len(untrusted_id) != len(prefix) + _DIGITS or not digits.isascii():
        return None
    return int(digits) if digits.isdigit() else None
