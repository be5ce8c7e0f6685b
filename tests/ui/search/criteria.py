"""Criteria for property tests: whatever the service takes, with periods that have begun."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from download_client.model import Criteria, Direction, RecordingMode, Scope
from ui.search.lengths import MOST

ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Berlin", "America/Havana", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
]
_MOMENTS = st.integers(0, 25 * 365 * 86_400 * 10**6).map(
    lambda n: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(microseconds=n)
)
_TEXTS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=12).map(
    lambda text: text.replace("*", "x")
)
_PATTERNS = st.just("") | st.builds("{}{}{}".format, st.sampled_from(["", "*"]), _TEXTS, st.sampled_from(["", "*"]))
_IDS = st.just("") | st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._~-]{0,20}\Z")


@st.composite
def criteria(draw: st.DrawFn) -> Criteria:
    """Any."""
    first = draw(st.none() | _MOMENTS)
    last = draw(st.none() | _MOMENTS)
    if first is not None and last is not None and first >= last:
        last = first + timedelta(microseconds=draw(st.integers(1, 10**12)))
    least, most = sorted(draw(st.tuples(st.integers(0, MOST), st.integers(0, MOST))))
    texts: dict[str, Any] = {
        f"{side}_{what}": draw(_PATTERNS) for side in ("calling", "called") for what in ("number", "name", "extension")
    }
    return Criteria(
        from_time=first,
        to_time=last,
        direction=draw(st.sampled_from([None, *Direction])),
        mode=draw(st.sampled_from([None, *RecordingMode])),
        min_duration=draw(st.sampled_from([None, least])),
        max_duration=draw(st.sampled_from([None, most])),
        conversation_id=draw(_IDS),
        has_voice_recording=draw(st.sampled_from([None, True, False])),
        group_id=draw(_IDS),
        owner_user_id=draw(_IDS),
        scope=draw(st.sampled_from([None, *Scope])),
        available_after=draw(st.none() | _MOMENTS),
        **texts,
    )
