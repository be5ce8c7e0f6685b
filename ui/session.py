"""The engine of the profile in use, who is signed in, and which archive is meant; every view is handed one Session.

It starts no sign-in and shows nothing: views ask, and listen to its signals. It lives on the UI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale, QObject, Signal

from download_client.errors import InvalidSetting, MirError, UsageError
from download_client.model import Me
from download_client.settings import Paths, Setting, Settings, local_zone, table
from ui.bridge import Bridge, Ticket
from ui.memory import Memory

if TYPE_CHECKING:
    from download_client.engine import Engine

T = TypeVar("T")


class Session(QObject):
    """What all views share. The engine is made when it is first asked for: it takes a moment to load.

    `language` (a code such as `de`) holds for this time, whatever the setting says.
    """

    me_changed = Signal()
    """Somebody signed in or out, or what they may see has changed."""
    archive_changed = Signal()
    settings_changed = Signal()
    profile_changed = Signal()
    """Another engine is in use: nobody is signed in, every list is stale."""
    offline_changed = Signal(bool)
    runs_changed = Signal()
    """A run was begun, has changed its state, or has ended."""
    show_error = Signal(object)
    """A `MirError` for the error dialog."""
    sign_in_wanted = Signal()
    """Something needs somebody to be signed in."""
    files_wanted = Signal(object)
    """Files of the archive are about to be checked, moved or mended: whoever holds these paths (empty: any) lets go."""
    help_wanted = Signal(str)
    """A page of the help by its key, from where the window's own keys are not heard."""

    def __init__(
        self,
        bridge: Bridge,
        *,
        paths: Paths,
        settings: Settings,
        profile: str,
        language: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self.bridge = bridge
        self.paths = paths
        self.settings = settings
        self.profile = profile
        self.memory = Memory(paths, profile)
        self.me: Me | None = None
        self.archive: Path | None = None
        self.offline = False
        self._zone: tuple[str, tzinfo] | None = None
        self._engine: Engine | None = None
        self._making = threading.Lock()
        self._stop = threading.Event()
        self._looking = Ticket()
        bridge.unexpected.connect(self.show_error)

    # --- asking

    @property
    def engine(self) -> Engine:
        """The engine of the profile; from any thread. The first call takes a moment: on the UI thread use `ask`."""
        with self._making:
            if self._engine is None:
                from download_client.engine import Engine

                self._engine = Engine(
                    paths=self.paths,
                    settings=self.settings,
                    profile=self.profile,
                    program="MIR Download Client",
                    stop=self._stop,
                )
            return self._engine

    def ask(
        self,
        work: Callable[[Engine], T],
        *,
        then: Callable[[T], None],
        owner: QObject,
        sorry: Callable[[MirError], None] | None = None,
    ) -> Ticket:
        """Run `work` with the engine on a worker thread; without `sorry` an error goes to the error dialog."""
        return self.bridge.ask(lambda _: work(self.engine), then=then, sorry=sorry or self._sorry, owner=owner)

    def ask_long(
        self,
        work: Callable[[Engine, Ticket], T],
        *,
        then: Callable[[T], None],
        owner: QObject,
        sorry: Callable[[MirError], None] | None = None,
    ) -> Ticket:
        """As `ask`, for work that looks at its ticket and can be cancelled."""
        return self.bridge.ask(
            lambda ticket: work(self.engine, ticket), then=then, sorry=sorry or self._sorry, owner=owner
        )

    def _sorry(self, error: MirError) -> None:
        if type(error) is not MirError:  # what nobody foresaw is shown by `Bridge.unexpected` already
            self.show_error.emit(error)

    # --- who and where

    def signed_in(self, me: Me | None) -> None:
        """Somebody has signed in (or, None, out); looks up the archive that is meant now."""
        if me != self.me:
            self.me = me
            self.me_changed.emit()
        self.look_for_archive()

    def look_for_archive(self) -> None:
        """Find out which archive is meant: the setting's, or the one this profile used last."""
        self._looking.cancel()
        self._looking = self.ask(_archive, then=self._found_archive, owner=self)

    def _found_archive(self, archive: Path | None) -> None:
        if archive != self.archive:
            self.archive = archive
            self.archive_changed.emit()

    def set_offline(self, offline: bool) -> None:
        """The service can, or cannot, be reached."""
        if offline != self.offline:
            self.offline = offline
            self.offline_changed.emit(offline)

    def use(self, profile: str, *, paths: Paths | None = None, settings: Settings | None = None) -> None:
        """Another profile (perhaps with folders and settings of its own): a new engine, nobody signed in.

        What the old engine had under way ends as soon as it is durable; waiting for that is the caller's affair.
        """
        self.memory.save()
        self._looking.cancel()
        # In one step: a worker that asks for the engine meanwhile must not make one of the former profile.
        with self._making:
            old, stop = self._engine, self._stop
            self._engine, self._stop = None, threading.Event()
            self.profile = profile
            self.paths = paths or self.paths
            self.settings = settings or self.settings
        if old is not None:
            stop.set()
            self.bridge.ask(lambda _: old.close(), then=lambda _: None, sorry=self._sorry, owner=self)
        self.memory = Memory(self.paths, profile)
        self.me, self.archive = None, None
        self.profile_changed.emit()
        self.me_changed.emit()
        self.archive_changed.emit()
        if settings is not None:
            self.settings_changed.emit()
        self.set_offline(False)

    # --- settings

    def change(
        self,
        setting: Setting[Any],
        untrusted_value: object,
        *,
        owner: QObject,
        then: Callable[[], None] | None = None,
        sorry: Callable[[MirError], None] | None = None,
    ) -> None:
        """Write a setting and put it in force; `settings_changed` tells everybody."""
        settings = self.settings

        def done(_: None) -> None:
            self.told_settings()
            if then is not None:
                then()

        self.bridge.ask(
            lambda _: settings.set(setting, untrusted_value), then=done, sorry=sorry or self._sorry, owner=owner
        )

    def told_settings(self) -> None:
        """Settings were changed by somebody else, as by a dialog that writes several."""
        self.settings_changed.emit()
        self.look_for_archive()

    @property
    def locale(self) -> QLocale:
        """How numbers and dates are written: the system's way, in the language chosen."""
        return QLocale(self._language) if self._language else locale_of(self.settings)

    @property
    def zone(self) -> tzinfo:
        """In which zone times are shown: the setting's, the account's, or the computer's."""
        try:
            name = self.settings.get(table.TIME_ZONE)
        except InvalidSetting:
            name = table.TIME_ZONE.default
        if name == "account":
            name = self.me.time_zone if self.me is not None else ""
        # Asked for by every cell that shows a time, while it is painted; the computer's zone is read from files.
        if self._zone is None or self._zone[0] != name:
            self._zone = name, _zone(name)
        return self._zone[1]

    # --- the end

    def stop(self) -> None:
        """Ask everything under way to end as soon as it is durable."""
        self._stop.set()

    def close(self, timeout: float) -> bool:
        """Stop, wait at most `timeout` seconds for the workers, let go of connections; True: no thread is left."""
        self._stop.set()
        self.memory.save()
        ended = self.bridge.close(timeout)
        if self._engine is not None:
            self._engine.close()
        return ended


def locale_of(settings: Settings) -> QLocale:
    """The system's locale, unless another language was chosen."""
    try:
        language = settings.get(table.LANGUAGE)
    except InvalidSetting:
        language = table.LANGUAGE.default
    system = QLocale.system()
    if language == "system" or system.name().startswith(language):
        return system
    return QLocale(language)


def _archive(engine: Engine) -> Path | None:
    try:
        return engine.archive_folder(None)
    except UsageError:
        return None


def _zone(name: str) -> tzinfo:
    """The zone of that name, else the computer's."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return local_zone()
