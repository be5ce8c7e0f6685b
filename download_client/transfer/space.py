"""The room on the archive's volume, looked at before bytes are asked for; the disk's own word comes with the write."""

from __future__ import annotations

from download_client.archive import Archive
from download_client.errors import DiskFull, MirError

_EVERY = 64_000_000
"""Bytes between two looks, at most: not one for every recording."""


class Space:
    """Keeps `min_free` bytes free, as far as the listed sizes are true. One thread uses it."""

    def __init__(self, archive: Archive, *, min_free: int) -> None:
        self._archive = archive
        self._min_free = min_free
        self._until_look = 0

    def look(self, *, fresh: int, under_way: int, wanted: int) -> MirError | None:
        """Whether `fresh` bytes may be asked for while `under_way` are still to be written; the error if not.

        `wanted` is everything the run still wants, for the message.
        """
        self._until_look -= fresh
        if self._until_look > 0:
            return None
        try:
            free = self._archive.free_bytes()
        except MirError as error:
            return error
        left = free - fresh - under_way - self._min_free
        if left < 0:
            needed = max(fresh + under_way, wanted)
            return DiskFull(f"{needed} bytes are still to come, {free} are free and {self._min_free} are kept free")
        self._until_look = min(_EVERY, left // 4)
        return None

    def unlisted(self, size: int) -> None:
        """So many bytes came of which the listing had named none."""
        self._until_look -= size
