"""Conversations, recordings and participations on the wire; how pages of them are read is `pages`' affair.

The structs carry the names of `model`, so that `msgspec.convert` makes its values without a line of Python for each.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import msgspec

from download_client.api.wire.base import Count, Id, Moment, Seconds, ShortText, Text, Wire
from download_client.model import Checksum, Direction, RecordingMode, RecordingStatus

_ETAG = re.compile(r'(?:W/)?"[!#-~]{1,128}"')
_SHA256 = re.compile(r"[0-9a-f]{64}")


class WireParty(Wire):
    """One side of a call."""

    name: Text = ""
    phone_number: Text = ""
    unique_id: Text = ""
    extension: Text = ""
    user_id: ShortText = ""


class WireParticipant(Wire):
    """One participation within its conversation, as far as `model` keeps it."""

    name: Text
    phone_number: Text = ""
    extension: Text = ""
    user_id: ShortText = ""


class WireOwner(Wire):
    """For whom the call was recorded."""

    user_id: ShortText
    name: Text
    email: Text = ""
    extension: Text = ""


class WireGroupRef(Wire):
    """A group by id and name."""

    id: ShortText
    name: Text


class WirePause(Wire):
    """A stretch in which nothing was recorded."""

    start_seconds: Seconds = msgspec.field(name="startOffsetSeconds")
    end_seconds: Seconds = msgspec.field(name="endOffsetSeconds")


class WireCodec(Wire):
    """What the WAV holds, as the service says."""

    format_tag: Annotated[int, msgspec.Meta(ge=0, le=65_535)]
    name: ShortText
    sample_rate: Count
    channels: Count
    bits_per_sample: Count


class WireChecksum(Wire):
    """A digest of the whole file."""

    algorithm: ShortText
    value: ShortText


class WireRecording(Wire):
    """One audio file."""

    id: Id
    sequence: Count
    start_time: Moment
    duration_seconds: Seconds
    status: RecordingStatus
    pauses: tuple[WirePause, ...] = ()
    file_name: Text = ""
    content_type: ShortText = ""
    codec: WireCodec | None = None
    size_bytes: Count | None = None
    untrusted_checksum: WireChecksum | None = msgspec.field(default=None, name="checksum")
    untrusted_etag: ShortText = msgspec.field(default="", name="etag")

    @property
    def etag(self) -> str:
        """The validator if it may stand in a header (RFC 9110 section 8.8.3), else none."""
        return self.untrusted_etag if _ETAG.fullmatch(self.untrusted_etag) else ""

    @property
    def checksum(self) -> Checksum | None:
        """The digest; a malformed SHA-256 is no digest at all."""
        given = self.untrusted_checksum
        if given is None or (given.algorithm == "sha-256" and not _SHA256.fullmatch(given.value)):
            return None
        return Checksum(given.algorithm, given.value)


class WireConversation(Wire):
    """One call, with its recordings."""

    id: Id
    direction: Direction
    mode: RecordingMode
    start_time: Moment
    end_time: Moment
    duration_seconds: Seconds
    time_zone: ShortText
    calling_party: WireParty
    called_party: WireParty
    owner: WireOwner
    recordings: tuple[WireRecording, ...]
    available_at: Moment
    updated_at: Moment
    expires_at: Moment | None = None
    participants: tuple[WireParticipant, ...] = ()
    group_refs: tuple[WireGroupRef, ...] = msgspec.field(default=(), name="groups")

    @property
    def owner_user_id(self) -> str:
        """The owner, flat as in `model`."""
        return self.owner.user_id

    @property
    def owner_name(self) -> str:
        """The owner's name."""
        return self.owner.name

    @property
    def owner_email(self) -> str:
        """The owner's address."""
        return self.owner.email

    @property
    def owner_extension(self) -> str:
        """The owner's extension."""
        return self.owner.extension

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the owner's groups."""
        return tuple([each.name for each in self.group_refs])

    def moments(self) -> tuple[datetime | None, ...]:
        """All times; each must be UTC."""
        of_recordings = [each.start_time for each in self.recordings]
        return (self.start_time, self.end_time, self.available_at, self.updated_at, self.expires_at, *of_recordings)


class WireParticipation(Wire):
    """A row of the Participant View."""

    id: Id = msgspec.field(name="participationId")
    conversation_id: Id
    role: ShortText
    name: Text
    joined_at: Moment
    left_at: Moment
    duration_seconds: Seconds
    direction: Direction
    phone_number: Text = ""
    extension: Text = ""
    user_id: ShortText = ""

    def moments(self) -> tuple[datetime | None, ...]:
        """All times; each must be UTC."""
        return (self.joined_at, self.left_at)
