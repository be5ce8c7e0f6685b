"""Where the voices of conversations lie: the archive, a cache, else they are fetched into it; it plays and archives none.

What lies in the cache was proved like everything that is archived, but is no part of the archive: it is in no manifest
and no count, is thrown away oldest first, and a download fetches it again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from download_client.engine.voices import Copied, Fetched, FetchStep, Voice
from download_client.errors import NotArchived, TooMuchVoice
from download_client.model import Conversation, Recording

MOST_SECONDS: Final = 24 * 3600.0
"""Of voice loaded at once (F10)."""


class Replays:
    """For one archive, or for none. Made by `Engine.replays`; thread-safe: several fetches share connections and waits.

    Close it when nothing of it is played any more.
    """

    def __init__(self, archive: Path | None) -> None:
        self._archive = archive

    def room_for(self, recordings: Iterable[Recording], *, loaded_seconds: float = 0.0) -> float:
        """How many seconds these would add to what is loaded, by the service's word.

        Raises:
            TooMuchVoice: together it is more than 24 hours; nothing is to be loaded then.

        """
        wanted = sum(each.duration_seconds for each in recordings)
        if loaded_seconds + wanted > MOST_SECONDS:
            hours = (loaded_seconds + wanted) / 3600
            raise TooMuchVoice(f"{hours:.1f} hours together, {loaded_seconds / 3600:.1f} of them loaded already")
        return wanted

    def fetch(
        self,
        conversation: Conversation,
        *,
        only: frozenset[str] | None = None,
        step: Callable[[FetchStep], None],
        stop: threading.Event,
    ) -> Fetched:
        """Its voices (`only` these recordings), each from the archive, else from the cache, else from the service.

        What is here needs no service and no sign-in, and `step` is not called for it. A file in the cache stays there
        until `let_go` is told of it. Blocks; `step` is called on the calling thread.

        Raises:
            NotReady, RecordingExpired, RecordingGone, RecordingDenied, MediaMissing, EmptyAtSource, …: nothing of it
                can be had, for the reason of its first recording.
            SignInError, NetworkError, ServiceError: the service cannot be asked; what is here is not told either.
            DiskFull, DiskError: there is no room for it.
            Interrupted: `stop` was set; what arrived is kept for the next time.

        """
        raise NotArchived(subject=conversation.id)

    def let_go(self, voices: Sequence[Voice]) -> None:
        """These are not played any more: what of them lies in the cache may be thrown away when room is needed."""

    def note_copy(self, copy: Path, parts: Sequence[Copied]) -> Path:
        """Write beside a saved copy, as CSV, what it holds and where it came from; answers that file.

        One row for each part, in the archive's columns, and after them: Copy File, Copied From (below the archive's
        folder, or the service's address), Copied From SHA-256, From Second, To Second, Copied At (UTC), Copied By. An
        older note of that name is replaced whole.

        Raises:
            DiskError: it cannot be written.

        """
        raise NotArchived(subject=copy.name)

    def close(self) -> None:
        """Let go of everything."""
