"""What listening takes, for one profile: the way to the service, the folders of what was heard; it fetches nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from download_client.archive import Archive, Entry, Style
from download_client.content import ContentOptions
from download_client.engine.account import Account
from download_client.engine.copy_note import write_note
from download_client.engine.custody import existing
from download_client.engine.homes import Homes
from download_client.engine.voices import Copied
from download_client.errors import AccessNone, ReplayNotPermitted
from download_client.model import AccessLevel
from download_client.retry import REPLAY, Clock, Gate, Patience
from download_client.settings import Paths, Settings, table
from download_client.transfer import Begun, HeardBefore, Hearing

_CACHE: Final = "cache"
_MOST_TRIES: Final = 10_000
"""A free replay is waited for as long as the window of the setting lasts."""


@dataclass(slots=True)
class Doing:
    """What is known of a recording that is fetched, or was begun: one fetch at a time."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    begun: Begun = field(default_factory=Begun)


class Listening:
    """Shared by every `Replays` of one engine. Thread-safe. `library` opens the library of an archive's folder."""

    def __init__(
        self,
        account: Account,
        *,
        paths: Paths,
        settings: Settings,
        gate: Gate,
        clock: Clock,
        homes: Homes,
        style: Callable[[], Style],
    ) -> None:
        self._account = account
        self._paths = paths
        self._settings = settings
        self._clock = clock
        self.homes = homes
        self._style = style
        self.gate = gate
        self.hearing = Hearing(
            options=self._options,
            token=lambda: account.api().access_token(),
            renew=lambda used: account.api().renew(used),
            gate=gate,
            patience=self._patience,
            clock=clock,
        )
        self._guard = threading.Lock()
        self._folders: dict[Path, HeardBefore] = {}
        self._doing: dict[Path, Doing] = {}

    # --- the archive

    def archive(self, folder: Path | None) -> Archive | None:
        """The archive that lies there, if one does. Raises `ArchiveNewer` for one of a newer version."""
        return existing(folder, self._clock) if folder is not None else None

    # --- what was heard before

    def heard(self, archive: Archive | None) -> HeardBefore:
        """The folder for what is only heard: the archive's, or where there is none or it cannot be written, ours.

        Raises OSError.
        """
        for folder in self._places(archive):
            found = self._folder(folder)
            try:
                found.prepare()
            except OSError:
                continue
            return found
        raise PermissionError("no folder for it can be written")

    def heard_everywhere(self, archive: Archive | None) -> list[HeardBefore]:
        """All folders in which it may lie."""
        return [self._folder(folder) for folder in self._places(archive)]

    def doing(self, part: Path) -> Doing:
        """What is known of the recording with this part."""
        with self._guard:
            return self._doing.setdefault(part, Doing())

    def _places(self, archive: Archive | None) -> list[Path]:
        ours = self._paths.cache / "voices" / self._account.profile
        return [ours] if archive is None else [archive.inner(_CACHE), ours]

    def _folder(self, folder: Path) -> HeardBefore:
        with self._guard:
            found = self._folders.get(folder)
            if found is None:
                found = self._folders[folder] = HeardBefore(
                    folder,
                    most=lambda: self._settings.get(table.REPLAY_CACHE),
                    min_free=lambda: self._settings.get(table.MIN_FREE_SPACE),
                    clock=self._clock,
                )
            return found

    # --- the service

    @property
    def source(self) -> str:
        """The service's address, for people."""
        return self._account.server_url

    def place_of(self, conversation_id: str, recording_id: str) -> str:
        """Where the audio lies for whoever is signed in.

        Raises:
            NotSignedIn, NetworkError, ServiceError: it is not known who is signed in.
            AccessNone, ReplayNotPermitted: they may not listen.

        """
        me = self._account.me()
        if me.access_level is AccessLevel.NONE:
            raise AccessNone(subject=me.account.account_id)
        if "replay" not in me.permissions:
            raise ReplayNotPermitted(subject=me.account.account_id)
        return self._account.api().content_place(conversation_id, recording_id, replay=True).url

    def note_copy(
        self, copy: Path, parts: Sequence[Copied], *, archive: Archive | None, known: Mapping[tuple[str, int], Entry]
    ) -> Path:
        """Write what a saved copy holds; see `Replays.note_copy`."""
        return write_note(
            copy, parts, archive=archive, known=known, style=self._style(), source=self.source, now=self._clock.now()
        )

    def close(self) -> None:
        """End what is under way, and let go of connections."""
        self.hearing.close()

    def _patience(self) -> Patience:
        window = self._settings.get(table.RETRY_WINDOW)
        return Patience(window=window, first=0.5, factor=2.0, longest=10.0, attempts=_MOST_TRIES)

    def _options(self) -> ContentOptions:
        connection = self._account.connection()
        return ContentOptions(
            ca_file=connection.ca_file,
            proxy=self._account.proxy(),
            connect=self._settings.get(table.CONNECT_TIMEOUT),
            stall=self._settings.get(table.STALL_TIMEOUT),
            policy=REPLAY,
        )
