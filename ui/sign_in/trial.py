"""A trial: the bundled stand-in service as a process of its own, a made-up user, and a home that is thrown away.

It signs nobody in. What it prepares lies below the cache folder and goes with it; the user's own profiles, settings and
archives are not touched.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal

from download_client.engine import Secret
from download_client.settings import Origin, Paths, Settings, table

PROFILE: Final = "trial"
_SERVICE: Final = "mir_sandbox"
_CONVERSATIONS: Final = 1200
_STALE: Final = 24 * 3600.0
"""Seconds after which the folder of a trial that did not end in order is taken away by the next one."""
_ENDING_MS: Final = 3000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """The service serves: where, and as whom to sign in."""

    server: str
    user: str
    password: Secret


@dataclass(frozen=True, slots=True)
class Home:
    """Folders and settings of a trial."""

    paths: Paths
    settings: Settings


class Trial(QObject):
    """One trial. `begin`, then `ready` or `failed` (why, for support; in English) comes once; `close` ends it."""

    ready = Signal(object)
    failed = Signal(str)

    def __init__(self, cache: Path, parent: QObject | None = None, *, access_level: str = "all") -> None:
        super().__init__(parent)
        self._folder = cache / "trial" / secrets.token_hex(6)
        self._level = access_level
        self._answered = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.errorOccurred.connect(self._broke)
        self._process.finished.connect(self._finished)

    @staticmethod
    def possible() -> bool:
        """The stand-in service came with this program."""
        return not getattr(sys, "frozen", False) and find_spec(_SERVICE) is not None

    def begin(self) -> None:
        """Start the service; it ends with this process, however that ends."""
        words = ["-m", _SERVICE, "--until-input-ends", "--conversations", str(_CONVERSATIONS), "--tiny"]
        self._process.start(sys.executable, words)

    def home(self, *, like: Settings) -> Home:
        """A fresh home with an archive of its own; the window looks as the user's settings have it. On a worker.

        Raises:
            InvalidSetting: it cannot be written.

        """
        for old in self._folder.parent.glob("*"):
            with suppress(OSError):
                if time.time() - old.stat().st_mtime > _STALE:
                    shutil.rmtree(old)
        paths = Paths.below(self._folder)
        settings = Settings.load(paths)
        chosen: dict[str, object] = {
            setting.name: like.shown(setting)
            for setting in table.TABLE
            if setting.section == "window" and like.origin(setting) is Origin.USER
        }
        chosen |= {
            table.ARCHIVE_FOLDER.name: str(self._folder / "archive"),
            table.PROXY.name: "none",
            table.REGISTER_SCHEDULES.name: False,
            table.ON_CLOSE.name: "stop",
        }
        for name, value in chosen.items():
            if settings.origin(name) is not Origin.POLICY:
                settings.set(name, value)
        return Home(paths, settings)

    def close(self) -> None:
        """End the service and throw the home away; nothing may use it any more."""
        self._answered = True
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(_ENDING_MS):
                self._process.kill()
                self._process.waitForFinished(_ENDING_MS)
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- the process

    def _read(self) -> None:
        if self._answered or not self._process.canReadLine():
            return
        self._answered = True
        try:
            untrusted = json.loads(bytes(self._process.readLine().data()))
            user = next(
                each
                for each in untrusted["users"]
                if each["accessLevel"] == self._level and each["role"] != "serviceAccount"
            )
            ready = Ready(str(untrusted["baseUrl"]), str(user["username"]), Secret(str(user["password"])))
        except (ValueError, KeyError, TypeError, StopIteration):
            self.failed.emit("the stand-in service said something that cannot be understood")
            return
        self.ready.emit(ready)

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(self._process.errorString())

    def _finished(self, code: int) -> None:
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
        self._fail(said[-1] if said else f"it ended with {code}")

    def _fail(self, why: str) -> None:
        if not self._answered:
            self._answered = True
            _log.info("the stand-in service did not start")
            self.failed.emit(why)
