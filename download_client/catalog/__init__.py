"""A listing kept on disk so that a million rows can be ordered, narrowed and paged at once; it holds no truth."""

from download_client.catalog.groups import Groups, Layout, Line
from download_client.catalog.holdings import SHOWN, Found, Holdings, Kept
from download_client.catalog.kinds import CONVERSATIONS, PARTICIPATIONS, RECORDINGS, Kind
from download_client.catalog.store import Store
from download_client.catalog.values import (
    Column,
    ConversationRow,
    Filled,
    Filter,
    Group,
    GroupBy,
    Order,
    ParticipationRow,
    Presence,
    Presences,
    Proof,
    RecordingRow,
    Span,
    Spans,
    Sums,
)
from download_client.catalog.view import View
from download_client.catalog.writing import Stand, Writer

__all__ = [
    "CONVERSATIONS",
    "PARTICIPATIONS",
    "RECORDINGS",
    "SHOWN",
    "Column",
    "ConversationRow",
    "Filled",
    "Filter",
    "Found",
    "Group",
    "GroupBy",
    "Groups",
    "Holdings",
    "Kept",
    "Kind",
    "Layout",
    "Line",
    "Order",
    "ParticipationRow",
    "Presence",
    "Presences",
    "Proof",
    "RecordingRow",
    "Span",
    "Spans",
    "Stand",
    "Store",
    "Sums",
    "View",
    "Writer",
]
