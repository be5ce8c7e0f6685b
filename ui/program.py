"""What the window is made of, put together: the composition root. It knows every part by name and none by its inside.

Parts that are not needed for the first frame are loaded when they are first wanted.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from download_client.errors import MirError
from download_client.model import Criteria
from download_client.settings import Paths, Profiles, Settings
from ui.bridge import Bridge
from ui.dress import Dress
from ui.help_key import help_key
from ui.main_window import MainWindow
from ui.module import Module
from ui.places import Place
from ui.session import Session

if TYPE_CHECKING:
    from ui.background import Background
    from ui.downloads.watch import Watch
    from ui.help import HelpWindow
    from ui.replay.replay import Replay
    from ui.replay.wish import Wish
    from ui.sign_in import Entrance

_PARTS = (
    "ui.sign_in",
    "ui.background",
    "ui.conversations",
    "ui.participants",
    "ui.downloads.module",
    "ui.library",
    "ui.schedules.module",
    "ui.newer",
)
"""What is read after the first frame, the most wanted first."""
_SOUND = ("ui.replay.dock", "ui.replay.panel", "ui.replay.replay")
"""What is read when somebody first wants to listen: it takes a moment."""
_MOST_ERRORS = 5
"""Nobody reads more of them one after the other."""
_SYSTEM_ENDS = 3.0
"""Seconds that a system that shuts down gives us (fault 42)."""
CLOSING = 5.0
"""Seconds until the program is gone, whatever is under way (fault 62)."""


class Program(QObject):
    """One per process. `show` begins it, `close` ends it; between them everything happens by signals."""

    begun = Signal()
    """The first frame is on the screen, and what it did not need is made."""

    def __init__(
        self,
        app: QApplication,
        *,
        paths: Paths,
        profile: str,
        server: str = "",
        language: str = "",
        try_it: bool = False,
    ) -> None:
        super().__init__()
        self._app = app
        self._server = server
        self._try_it = try_it
        self._help: HelpWindow | None = None
        self._errors: list[MirError] = []
        """The one on show, and those that wait for it to be read."""
        self._watch: Watch | None = None
        self._background: Background | None = None
        self._replay: Replay | None = None
        self.entrance: Entrance | None = None
        """Who comes in; made with the parts that the first frame does not need."""
        settings = Settings.load(paths)
        # Those of a newer version are told of before a window could write any.
        Profiles(paths).all()
        self._dress = Dress(app, settings, language=language)
        self._bridge = Bridge()
        self.session = Session(
            self._bridge, paths=paths, settings=settings, profile=profile, language=language, parent=self
        )
        self.window = MainWindow(self.session, self._places(), explain_no_access=self._explain_no_access)
        self._connect()

    def _connect(self) -> None:
        session, window = self.session, self.window
        session.show_error.connect(self.show_error)
        session.settings_changed.connect(self._take_settings)
        session.help_wanted.connect(self._show_help)
        window.settings_wanted.connect(self._show_settings)
        window.help_wanted.connect(self._show_help)
        window.quit_wanted.connect(self.leave)
        window.closed.connect(self._app.quit)

    def show(self) -> None:
        """Open the window; what takes time follows the first frame."""
        self.window.first_shown.connect(self._load)
        self.window.show()

    def _load(self) -> None:
        """Python reads what the first frame did not need on a worker: here, the window would stand still."""
        self._bridge.ask(lambda _: _read_parts(_PARTS), then=lambda _: self._begin(), sorry=self.show_error, owner=self)

    def _begin(self) -> None:
        """Make what the first frame did not need: who comes in first, the modules when that is on show."""
        from ui.background import Background
        from ui.downloads.watch import Watch
        from ui.newer import Newer
        from ui.schedules.vigil import Vigil
        from ui.sign_in import Entrance

        self._watch = Watch(self.session, self)
        self._watch.badge.connect(lambda count, warn: self.window.set_badge("downloads", count, warn=warn))
        self._background = Background(self.session, self._watch, self.window)
        self._background.open_wanted.connect(self.come_to_front)
        self._background.run_wanted.connect(self._show_run)
        self._background.quit_wanted.connect(self.leave)
        self.window.ask_before_closing(self._background.may_close)
        self.entrance = Entrance(self.session, self.window, server=self._server, try_it=self._try_it)
        self._watch.held.connect(self.entrance.run_held)
        vigil = Vigil(self.session, self)
        vigil.badge.connect(lambda count, warn: self.window.set_badge("schedules", count, warn=warn))
        vigil.begin()
        Newer(self.session, self.window).begin()
        self.entrance.begin()
        QTimer.singleShot(0, self, self._begin_modules)

    def _begin_modules(self) -> None:
        self.window.begin()
        self.begun.emit()

    def come_to_front(self) -> None:
        """Another start, or the tray, asked for the window."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def show_error(self, error: MirError) -> None:
        """The error dialog; one at a time, and none twice while it is open."""
        from ui.errors import ErrorDialog

        if self._errors and any(str(known) == str(error) for known in self._errors):
            return
        self._errors.append(error)
        if len(self._errors) > 1:
            return
        dialog = ErrorDialog(error, self.window)
        dialog.sign_in_wanted.connect(self.session.sign_in_wanted)
        dialog.settings_wanted.connect(self._show_settings)
        help_key(dialog, lambda: self._show_help("trouble"))
        dialog.finished.connect(self._error_was_read)
        dialog.open()

    def _error_was_read(self) -> None:
        waiting = self._errors[1:]
        self._errors.clear()
        for error in waiting[:_MOST_ERRORS]:
            self.show_error(error)

    def leave(self) -> None:
        """End, durably, without asking: Quit, Ctrl+C, a termination signal."""
        self.window.remember()
        self.window.hide()
        self._app.quit()

    def stop(self) -> None:
        """The user's session ends: everything must be durable when this returns."""
        self.window.remember()
        self.session.close(_SYSTEM_ENDS)
        self._app.quit()

    def close(self) -> bool:
        """Take everything apart; True: no thread of ours is left."""
        self.window.hide()
        if self._background is not None:
            self._background.close()
        if self._replay is not None:
            self._replay.close()
        ended = self.session.close(CLOSING)
        if self.entrance is not None:
            self.entrance.close()
        if self._help is not None:
            self._help.deleteLater()
        self._dress.off()
        self.window.deleteLater()
        self.deleteLater()
        return ended

    # --- parts made when they are wanted

    def _places(self) -> tuple[Place, ...]:
        return (
            Place("conversations", "messages-square", self.tr("Conversations"), self._conversations, needs_access=True),
            Place("participants", "users", self.tr("Participants"), self._participants, needs_access=True),
            Place("downloads", "download", self.tr("Downloads"), self._downloads),
            Place("library", "library", self.tr("Library"), self._library),
            Place("schedules", "calendar-clock", self.tr("Schedules"), self._schedules),
        )

    def _conversations(self) -> Module:
        from ui.conversations import ConversationsModule

        module = ConversationsModule(self.session)
        module.load_wanted.connect(self._listen)
        return module

    def _participants(self) -> Module:
        from ui.participants import ParticipantsModule

        module = ParticipantsModule(self.session)
        module.conversation_wanted.connect(self._show_conversation)
        module.load_wanted.connect(self._listen)
        return module

    def _show_conversation(self, conversation_id: str) -> None:
        from ui.conversations import ConversationsModule

        self.window.go("conversations")
        module = self.window.module("conversations")
        if isinstance(module, ConversationsModule):
            module.show_one(conversation_id)

    def _downloads(self) -> Module:
        from ui.downloads.module import DownloadsModule

        assert self._watch is not None  # noqa: S101 - modules are made after `begin`
        module = DownloadsModule(self.session, self._watch)
        module.settings_wanted.connect(self._show_settings)
        return module

    def _library(self) -> Module:
        from ui.library import LibraryModule

        module = LibraryModule(self.session)
        module.load_wanted.connect(self._listen)
        return module

    def _schedules(self) -> Module:
        from ui.schedules.module import SchedulesModule

        module = SchedulesModule(self.session, criteria=self._criteria)
        if self._background is not None:
            module.going.connect(self._background.mind)
        return module

    def _criteria(self) -> Criteria:
        """What the search in Conversations asks now."""
        from ui.conversations import ConversationsModule

        module = self.window.module("conversations")
        return module.search.criteria() if isinstance(module, ConversationsModule) else Criteria()

    def _listen(self, wish: Wish) -> None:
        """Load what is wanted into the replay module, which is made when something is wanted first."""
        self._bridge.ask(
            lambda _: _read_parts(_SOUND),
            then=lambda _: self.replay().loader.load(wish),
            sorry=self.show_error,
            owner=self,
        )

    def replay(self) -> Replay:
        """The replay module; made when it is first wanted."""
        if self._replay is None:
            from ui.replay.dock import Dock
            from ui.replay.panel import Panel
            from ui.replay.replay import Replay

            self._replay = Replay(self.session, self)
            self.window.add_dock(Dock(self.session, Panel(self._replay)))
        return self._replay

    def _show_run(self, key: str) -> None:
        from ui.downloads.module import DownloadsModule

        self.come_to_front()
        self.window.go("downloads")
        module = self.window.module("downloads")
        if isinstance(module, DownloadsModule):
            module.show_run(key)

    def _explain_no_access(self) -> QWidget:
        from ui.sign_in import NoAccess

        return NoAccess(self.session)

    def _show_settings(self) -> None:
        from ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.session, self.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_help(self, page: str) -> None:
        from ui.help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(language=self._dress.language)
        self._help.open_page(page or "index")

    def _take_settings(self) -> None:
        self._dress.take(self.session.settings)


def _read_parts(names: Sequence[str]) -> None:
    for name in names:
        importlib.import_module(name)
