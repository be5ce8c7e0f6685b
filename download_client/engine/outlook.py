"""What a download would bring, before it starts; it begins nothing, and asks the service as little as it can."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from download_client.archive import Style, preview, risks
from download_client.catalog import Span, Spans, View
from download_client.engine.custody import existing
from download_client.engine.place import look_at_place
from download_client.engine.request import PullRequest
from download_client.engine.searching import Searching
from download_client.errors import ArchiveMissing
from download_client.model import Conversation
from download_client.retry import Clock

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows of a view of a listing, which is not closed meanwhile."""

    view: View[Any]
    spans: Spans

    @classmethod
    def all(cls, view: View[Any]) -> Chosen:
        """Everything on show."""
        return cls(view, [Span(0, view.count)])


@dataclass(frozen=True, slots=True)
class Outlook:
    """Before anything is fetched. Bytes are the service's word; `known`: the figures are all of it, no lower bound.

    `here` conversations, of `bytes_here`, are in the archive already. `recordings` is None where nobody has listed
    them; `missing` conversations are to be fetched, None where nobody compared. `free` bytes on the archive's drive,
    None where nobody can say. `names` are paths that recordings would get below the archive's folder. `risks` speak
    against the folder, one clause each. `new`: no archive lies there yet.
    """

    conversations: int
    recordings: int | None
    bytes: int
    here: int
    bytes_here: int
    known: bool
    free: int | None
    names: tuple[str, ...]
    risks: tuple[str, ...]
    new: bool
    missing: int | None = None

    @property
    def bytes_wanted(self) -> int:
        """What is still to come."""
        return max(0, self.bytes - self.bytes_here)

    @property
    def fits(self) -> bool:
        """There is room, as far as anybody can say."""
        return self.free is None or self.free >= self.bytes_wanted


def outlook_of(
    request: PullRequest, *, chosen: Chosen | None, searching: Searching, style: Style, clock: Clock
) -> Outlook:
    """From a listing without any request, else by one count for each window and one short page for the names.

    Raises:
        AccessNone, SignInError, NetworkError, ServiceError: only without a listing.

    """
    counted: tuple[int, int | None, int, int, int, bool]
    missing: int | None = None
    if chosen is not None:
        sums, examples = chosen.view.conversations(chosen.spans), chosen.view.examples(chosen.spans)
        counted = (sums.rows, sums.recordings, sums.bytes, sums.here, sums.bytes_here, True)
        missing = chosen.view.missing(chosen.spans)
    elif request.conversations:
        examples = tuple(call for block in islice(searching.blocks(request), _EXAMPLES) for call in block)
        counted = (len(request.conversations), None, 0, 0, 0, False)
    else:
        count = searching.count(request.criteria)
        examples = tuple(searching.conversations(request.criteria, limit=_EXAMPLES)) if count.conversations else ()
        counted = (count.conversations, None, count.bytes, 0, 0, count.known)
    conversations, recordings, size, here, size_here, known = counted
    archive = existing(request.archive, clock)
    free = look_at_place(request.archive, clock=clock).free
    if archive is not None:
        with suppress(ArchiveMissing):
            free = archive.free_bytes()
    return Outlook(
        conversations=conversations,
        recordings=recordings,
        bytes=size,
        here=here,
        bytes_here=size_here,
        known=known,
        free=free,
        names=names_of(examples, style),
        risks=risks(request.archive),
        new=archive is None,
        missing=missing,
    )


def names_of(conversations: Sequence[Conversation], style: Style) -> tuple[str, ...]:
    """What the first recording of each would be called; of none, made-up calls.

    Raises:
        InvalidTemplate, InvalidSetting: the style cannot be used.

    """
    heard = [each for each in conversations if each.recordings]
    return preview(style, heard) if heard else preview(style)
