"""Made-up values for tests: conversations and recordings with whatever a test wants different."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from download_client.model import (
    Checksum,
    Codec,
    Conversation,
    Direction,
    Participant,
    Party,
    Recording,
    RecordingMode,
    RecordingStatus,
)

START = datetime(2026, 11, 20, 13, 21, 8, tzinfo=UTC)


def recording(recording_id: str = "r1", **different: Any) -> Recording:
    """An available recording of three seconds of G.711."""
    made = Recording(
        id=recording_id,
        sequence=1,
        start_time=START,
        duration_seconds=3.0,
        status=RecordingStatus.AVAILABLE,
        file_name="call.wav",
        content_type="audio/wav",
        codec=Codec(7, "G.711 mu-law", 8000, 1, 8),
        size_bytes=24_058,
        checksum=Checksum("sha-256", recording_id.encode().hex().ljust(64, "0")),
        etag=f'"{recording_id}"',
    )
    return replace(made, **different)


def conversation(conversation_id: str = "c1", *recordings: Recording, **different: Any) -> Conversation:
    """An inbound call with one recording, unless others are given."""
    made = Conversation(
        id=conversation_id,
        direction=Direction.INBOUND,
        mode=RecordingMode.ALWAYS_ON,
        start_time=START,
        end_time=START + timedelta(seconds=3),
        duration_seconds=3.0,
        time_zone="Europe/Berlin",
        calling_party=Party(name="Zoë Müller", phone_number="+49 30 1234567"),
        called_party=Party(name="Ann Lee", phone_number="4711-201", unique_id="4711", extension="201", user_id="u1"),
        participants=(Participant("Ann Lee", "4711-201", "201", "u1"),),
        owner_user_id="u1",
        owner_name="Ann Lee",
        owner_email="ann@example.com",
        owner_extension="201",
        groups=("Support",),
        recordings=recordings or (recording(f"{conversation_id}-r1"),),
        available_at=START + timedelta(minutes=2),
        updated_at=START + timedelta(minutes=2),
        expires_at=START + timedelta(days=365),
    )
    return replace(made, **different)
