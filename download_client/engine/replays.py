"""Where the voices of conversations lie: the archive, a cache, else they are fetched into it; it plays none of them.

What lies in the cache was proved like everything that is archived, but is no part of the archive: it is in no manifest
and no count, is thrown away oldest first, and a download fetches it again.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from download_client.archive import Archive
from download_client.engine.homes import Home
from download_client.engine.listening import Listening
from download_client.engine.voices import Copied, Fetched, FetchPhase, FetchStep, Voice
from download_client.errors import (
    DiskError,
    Fate,
    Interrupted,
    MediaMissing,
    MirError,
    NetworkError,
    RecordingDamaged,
    RecordingExpired,
    RecordingGone,
    TooMuchVoice,
)
from download_client.model import Conversation, Recording, RecordingStatus, Wait
from download_client.retry import REPLAY
from download_client.transfer import HeardBefore, Wanted
from download_client.wav import openable

MOST_SECONDS: Final = 24 * 3600.0
"""Of voice loaded at once (F10)."""

_GLANCE: Final = 0.2
"""Seconds between two looks at whether somebody else's fetch of the same recording has ended."""
_FINAL: Final[dict[RecordingStatus, type[MirError]]] = {
    RecordingStatus.EXPIRED: RecordingExpired,
    RecordingStatus.MISSING: MediaMissing,
}


class Replays:
    """For one archive, or for none. Made by `Engine.replays`; thread-safe: several fetches share connections and waits.

    Close it when nothing of it is played any more.
    """

    def __init__(self, listening: Listening, archive: Path | None) -> None:
        self._listening = listening
        self._archive = archive
        self._guard = threading.Lock()
        self._lent: dict[Path, list[HeardBefore]] = {}

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

    def here(self, conversation: Conversation, *, only: frozenset[str] | None = None) -> Fetched | None:
        """Its voices as `fetch` answers them, where nothing has to be fetched for it; else None. Asks nobody.

        Raises:
            ArchiveNewer, CatalogFailed, DiskError: the archive cannot be read.

        """
        voices: list[Voice] = []
        lacking: list[tuple[Recording, MirError]] = []
        for recording, found in self._look(conversation, only):
            if isinstance(found, Voice):
                voices.append(found)
            elif isinstance(found, MirError):
                lacking.append((recording, found))
            else:
                self.let_go(voices)
                return None
        return Fetched(tuple(voices), tuple(lacking)) if voices or not lacking else None

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
        until `let_go` is told of it. Blocks; `step` is called on the calling thread. A conversation without recordings
        has no voices.

        Raises:
            NotReady, RecordingExpired, RecordingGone, RecordingDenied, MediaMissing, EmptyAtSource, …: nothing of it
                can be had, for the reason of its first recording; as also SignInError, NetworkError, ServiceError,
                ReplayNotPermitted, DiskFull.
            ArchiveNewer, CatalogFailed, DiskError: the archive cannot be read.
            Interrupted: `stop` was set; what arrived is kept for the next time.

        """
        voices: list[Voice] = []
        lacking: list[tuple[Recording, MirError]] = []
        found = self._look(conversation, only)
        figures = _Figures([recording for recording, there in found if there is None], step)
        met: MirError | None = None
        try:
            for recording, there in found:
                if isinstance(there, Voice):
                    voices.append(there)
                    continue
                error = there or met
                if error is None:
                    try:
                        voices.append(self._fetch(conversation, recording, figures, stop))
                        continue
                    except Interrupted:
                        raise
                    except MirError as failed:
                        error = failed
                        if failed.fate is Fate.STOP or isinstance(failed, NetworkError):
                            met = failed  # the next one would meet the same
                lacking.append((recording, error))
            if lacking and not voices:
                raise lacking[0][1]
        except BaseException:
            self.let_go(voices)
            raise
        return Fetched(tuple(voices), tuple(lacking))

    def let_go(self, voices: Sequence[Voice]) -> None:
        """These are not played any more: what of them lies in the cache may be thrown away when room is needed."""
        for voice in voices:
            with self._guard:
                lenders = self._lent.get(voice.path, [])
                lender = lenders.pop() if lenders else None
                if not lenders:
                    self._lent.pop(voice.path, None)
            if lender is not None:
                lender.let_go(voice.path)

    def note_copy(self, copy: Path, parts: Sequence[Copied]) -> Path:
        """Write beside a saved copy, as CSV, what it holds and where it came from; answers that file.

        One row for each part, in the archive's columns, and behind them: Copy File, Copied From (the archive's file,
        or the service), Copied From SHA-256, From Second, To Second, Copied At (UTC), Copied By. Where a file of that
        name lies it gets the next free one.

        Raises:
            DiskError: it cannot be written.
            ArchiveNewer, CatalogFailed: the archive cannot be read.

        """
        archive = self._listening.archive(self._archive)
        ids = [part.voice.recording.id for part in parts if part.voice.from_archive]
        known = self._listening.homes.entries(archive, ids) if archive is not None and ids else {}
        return self._listening.note_copy(copy, parts, archive=archive, known=known)

    def close(self) -> None:
        """Let go of everything."""
        with self._guard:
            lent, self._lent = self._lent, {}
        for path, lenders in lent.items():
            for lender in lenders:
                lender.let_go(path)

    # --- one recording

    def _look(
        self, conversation: Conversation, only: frozenset[str] | None
    ) -> list[tuple[Recording, Voice | MirError | None]]:
        """Of each recording the voice that is here, why it cannot be had, or None: the service is to be asked."""
        archive = self._listening.archive(self._archive)
        home: dict[str, Home] = {}
        erased: frozenset[str] = frozenset()
        if archive is not None:
            home, erased = self._listening.homes.of_conversation(archive, conversation.id)
        return [
            (recording, self._find(archive, recording, home.get(recording.id), erased))
            for recording in conversation.recordings
            if only is None or recording.id in only
        ]

    def _find(
        self, archive: Archive | None, recording: Recording, home: Home | None, erased: frozenset[str]
    ) -> Voice | MirError | None:
        if archive is not None and home is not None and _lies_there(archive.root / home.place, home.size):
            return Voice(recording, archive.root / home.place, True, home.version, home.sha256)
        if recording.id in erased:
            return RecordingGone("it was erased from this archive for good", subject=recording.id)
        for heard in self._listening.heard_everywhere(archive):
            kept = heard.take(recording)
            if kept is not None:
                return self._lend(recording, kept, heard)
        gone = _FINAL.get(recording.status)
        if gone is None:
            return None
        if home is not None:
            return RecordingDamaged("it is not where it was placed", subject=recording.id)
        return gone("as it is listed", subject=recording.id)

    def _fetch(
        self, conversation: Conversation, recording: Recording, figures: _Figures, stop: threading.Event
    ) -> Voice:
        listening = self._listening
        url = listening.place_of(conversation.id, recording.id)
        try:
            heard = listening.heard(listening.archive(self._archive))
        except OSError as error:
            raise DiskError(str(error), subject="cache") from error
        wanted = Wanted(
            recording_id=recording.id,
            url=url,
            size=recording.size_bytes,
            sha256=recording.sha256,
            part=heard.part(recording),
            waits=recording.status is not RecordingStatus.PROCESSING,
        )
        doing = listening.doing(wanted.part)
        while not doing.lock.acquire(timeout=_GLANCE):
            figures.tell(FetchPhase.WAITING, 0, wanted.size)
            if stop.is_set():
                raise Interrupted
        try:
            kept = heard.take(recording)  # while we waited somebody else may have brought it
            if kept is None:
                heard.make_room(max(0, (wanted.size or 0) - doing.begun.offset))
                whole = listening.hearing.fetch(
                    wanted,
                    doing.begun,
                    progress=partial(self._progress, figures),
                    waits=partial(figures.waits, wanted.size),
                    stop=stop,
                )
                doing.begun.forget()
                kept = heard.keep(recording, wanted.part, whole.sha256), whole.sha256
        finally:
            doing.lock.release()
        figures.done(wanted.size or 0)
        return self._lend(recording, kept, heard)

    def _progress(self, figures: _Figures, here: int, total: int | None, comes: bool) -> None:
        wait = None if comes else self._listening.gate.wait_state(REPLAY)
        figures.tell(FetchPhase.FETCHING if comes else FetchPhase.WAITING, here, total, wait)

    def _lend(self, recording: Recording, kept: tuple[Path, str], heard: HeardBefore) -> Voice:
        with self._guard:
            self._lent.setdefault(kept[0], []).append(heard)
        return Voice(recording, kept[0], False, 0, kept[1])


class _Figures:
    """The bytes of everything that one fetch brings. Used by its thread alone."""

    def __init__(self, recordings: Sequence[Recording], step: Callable[[FetchStep], None]) -> None:
        sizes = [each.size_bytes for each in recordings]
        self._total = sum(each or 0 for each in sizes) if None not in sizes else None
        self._before = 0
        self._here = 0
        self._step = step

    def tell(self, phase: FetchPhase, here: int, total: int | None, wait: Wait | None = None) -> None:
        """Of the one that comes now `here` bytes of `total`."""
        self._here = here
        done = self._before + here
        whole = self._total if self._total is None or total is None else max(self._total, self._before + total)
        self._step(
            FetchStep(
                phase,
                done if whole is None else min(done, whole),
                whole,
                wait.until if wait is not None else None,
                wait.code if wait is not None else "",
            )
        )

    def waits(self, total: int | None, wait: Wait) -> None:
        """The next try is later."""
        self.tell(FetchPhase.WAITING, self._here, total, wait)

    def done(self, size: int) -> None:
        """The one that came is whole."""
        self._before += size
        self._here = 0


def _lies_there(path: Path, size: int) -> bool:
    with suppress(OSError):
        found = os.lstat(openable(str(path)))
        return stat.S_ISREG(found.st_mode) and found.st_size == size
    return False
