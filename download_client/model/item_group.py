"""The recordings of a run as people look at them: six groups, each recording in exactly one; it decides no state."""

from __future__ import annotations

from enum import StrEnum

from download_client.model.state import State


class ItemGroup(StrEnum):
    """In the order in which they are shown. Their counts add up to everything the run listed (I3)."""

    FAILED = "failed"
    """The run cannot mend these by itself: refused by the service, or tried as often as it makes sense."""
    DOWNLOADING = "downloading"
    """In hand, or whole and on the way to its place."""
    WAITING = "waiting"
    """Tried again at a time, or when the service has it ready."""
    QUEUED = "queued"
    """Wanted, in the order in which they come."""
    LEFT_OUT = "left_out"
    """Listed and not wanted: set aside by somebody, or the run was cancelled before their turn."""
    ARCHIVED = "archived"
    """Brought home by this run, or home already when it listed them."""


def group_of(state: State, *, again: bool) -> ItemGroup:
    """The group of a recording; `again`: there is a time at which it is tried again."""
    if state is State.FAILED and again:
        return ItemGroup.WAITING
    return _GROUPS.get(state, ItemGroup.FAILED)


_GROUPS = {
    State.FETCHING: ItemGroup.DOWNLOADING,
    State.FETCHED: ItemGroup.DOWNLOADING,
    State.WAITING: ItemGroup.WAITING,
    State.QUEUED: ItemGroup.QUEUED,
    State.LISTED: ItemGroup.LEFT_OUT,
    State.ARCHIVED: ItemGroup.ARCHIVED,
    State.ERASED: ItemGroup.ARCHIVED,
}
