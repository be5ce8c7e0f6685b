"""What the service lists: conversations, their parties and recordings. Server text is kept as it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Direction(StrEnum):
    """Which way the call went (F6)."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class RecordingMode(StrEnum):
    """On-Demand or Always-On (F16)."""

    ON_DEMAND = "onDemand"
    ALWAYS_ON = "alwaysOn"


class RecordingStatus(StrEnum):
    """What the service says of a recording; only `available` can be fetched."""

    AVAILABLE = "available"
    PROCESSING = "processing"
    EXPIRED = "expired"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a call. `phone_number` is the portal's raw text (F6); the split parts stand beside it."""

    name: str = ""
    phone_number: str = ""
    unique_id: str = ""
    extension: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part in a conversation."""

    name: str
    phone_number: str = ""
    extension: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of the recording; offsets in seconds from its start."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Codec:
    """How the audio is coded, as the service says; `format_tag` is the WAV format tag."""

    format_tag: int
    name: str
    sample_rate: int
    channels: int
    bits_per_sample: int


@dataclass(frozen=True, slots=True)
class Checksum:
    """A digest of the whole file: algorithm in the contract's spelling, value in lower-case hex."""

    algorithm: str
    value: str


@dataclass(frozen=True, slots=True)
class Recording:
    """One audio file of a conversation. `size_bytes` and `checksum` are the service's word, not yet proof."""

    id: str
    sequence: int
    start_time: datetime
    duration_seconds: float
    status: RecordingStatus
    pauses: tuple[Pause, ...] = ()
    file_name: str = ""
    content_type: str = ""
    codec: Codec | None = None
    size_bytes: int | None = None
    checksum: Checksum | None = None
    etag: str = ""

    @property
    def sha256(self) -> str:
        """The listed SHA-256 in hex; empty where the service names none, or an algorithm we do not know."""
        return self.checksum.value if self.checksum is not None and self.checksum.algorithm == "sha-256" else ""

    @property
    def version(self) -> str:
        """What tells this content from a later one: the digest, else the strong validator, else nothing."""
        return self.sha256 or ("" if self.etag.startswith("W/") else self.etag)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One call. Identity is `id`, never name, time or size."""

    id: str
    direction: Direction
    mode: RecordingMode
    start_time: datetime
    end_time: datetime
    duration_seconds: float
    time_zone: str
    calling_party: Party
    called_party: Party
    participants: tuple[Participant, ...]
    owner_user_id: str
    owner_name: str
    owner_email: str
    owner_extension: str
    groups: tuple[str, ...]
    recordings: tuple[Recording, ...]
    available_at: datetime
    updated_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Participation:
    """One row of the Participant View (F4): one person's part in one conversation."""

    id: str
    conversation_id: str
    role: str
    name: str
    phone_number: str
    extension: str
    user_id: str
    joined_at: datetime
    left_at: datetime
    duration_seconds: float
    direction: Direction
