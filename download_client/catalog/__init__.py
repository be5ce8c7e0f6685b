"""A listing kept on disk so that a million rows can be ordered, narrowed and paged at once; it holds no truth."""

from download_client.catalog.values import (
    Column,
    ConversationRow,
    Filled,
    Filter,
    Group,
    GroupBy,
    Order,
    ParticipationRow,
    Proof,
    RecordingRow,
    Span,
    Spans,
    Standing,
    Standings,
    Sums,
)

__all__ = [
    "Column",
    "ConversationRow",
    "Filled",
    "Filter",
    "Group",
    "GroupBy",
    "Order",
    "ParticipationRow",
    "Proof",
    "RecordingRow",
    "Span",
    "Spans",
    "Standing",
    "Standings",
    "Sums",
]
