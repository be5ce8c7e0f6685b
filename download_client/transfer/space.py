"""The room on the archive's volume, looked at before bytes are asked for; the disk's own word comes with the write."""

from __future__ import annotations

from collections.abc import Sequence

from download_client.archive import Archive
from download_client.errors import DiskFull

_EVERY = 64_000_000
"""Bytes between two looks, at most: not one for every recording."""


class Space:
    """Keeps `min_free` bytes free, as far as the listed sizes are true. One thread uses it."""

    def __init__(self, archive: Archive, *, min_free: int) -> None:
        self._archive = archive
        self._min_free = min_free
        self._until_look = 0

    def fits(self, sizes: Sequence[int], *, under_way: int) -> int:
        """How many of these, from the first on, may be asked for while `under_way` bytes are still to be written.

        Raises:
            ArchiveMissing, DiskError: the drive cannot be asked.

        """
        self._until_look -= sum(sizes)
        if self._until_look > 0:
            return len(sizes)
        left = self._archive.free_bytes() - self._min_free - under_way
        for count, size in enumerate(sizes):
            if size > left:
                self._until_look = 0
                return count
            left -= size
        self._until_look = min(_EVERY, left // 4)
        return len(sizes)

    def full(self, *, wanted: int) -> DiskFull:
        """The error that says so; `wanted` is everything the run still wants."""
        free = self._archive.free_bytes()
        return DiskFull(f"{wanted} bytes are still to come, {free} are free and {self._min_free} are kept free")

    def unlisted(self, size: int) -> None:
        """So many bytes came of which the listing had named none."""
        self._until_look -= size
