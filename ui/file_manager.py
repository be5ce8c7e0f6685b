"""Shows a file where it lies, and opens it with the program the system chose for its kind.

It starts the system's file manager and does not wait for it; whether a window came to the front is not known. Paths are
handed over as arguments of a list or as a URL, never through a shell. The caller knows that the file exists.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_SERVICE = "org.freedesktop.FileManager1"
_PLACE = "/org/freedesktop/FileManager1"


def command(platform: str, path: Path) -> list[str]:
    """The program, with its words, that opens the folder of a file with the file chosen; empty: there is none."""
    if platform == "win32":
        # By its whole path: a name alone is sought in the folder we stand in before it is in that of Windows.
        explorer = PureWindowsPath(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "explorer.exe"
        return [str(explorer), "/select,", str(path)]
    if platform == "darwin":
        return ["open", "-R", str(path)]
    return []


def _start_detached(program: str, words: list[str]) -> None:
    process = QProcess()
    process.setProgram(program)
    if sys.platform == "win32":
        # Explorer reads its line itself: outside of quotes a comma would end the path, which can hold no quote there.
        getattr(process, "setNativeArguments")(f'{words[0]}"{words[1]}"')  # noqa: B009 - the name exists there only
    else:
        process.setArguments(words)
    process.startDetached()


def reveal_words(platform: str = sys.platform) -> str:
    """What the action is called on this system."""
    if platform == "win32":
        return QCoreApplication.translate("FileManager", "Show in Explorer")
    if platform == "darwin":
        return QCoreApplication.translate("FileManager", "Show in Finder")
    return QCoreApplication.translate("FileManager", "Show in folder")


class FileManager(QObject):
    """The way to the system's file manager. `start` and `browse` stand for how programs and URLs are opened."""

    def __init__(
        self,
        *,
        platform: str = sys.platform,
        start: Callable[[str, list[str]], object] = _start_detached,
        browse: Callable[[QUrl], bool] = QDesktopServices.openUrl,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._platform = platform
        self._start = start
        self._browse = browse

    def reveal(self, path: Path) -> None:
        """Open the folder of a file, with the file chosen where the file manager can do that."""
        words = command(self._platform, path)
        if words:
            self._start(words[0], words[1:])
        elif not self._reveal_by_bus(path):
            self.open(path.parent)

    def open(self, path: Path) -> None:
        """Open a folder, or a file with its program."""
        self._browse(QUrl.fromLocalFile(str(path)))

    def _reveal_by_bus(self, path: Path) -> bool:
        """Ask the file manager on the session's bus; when it answers with an error, the folder is opened after all."""
        if not self._platform.startswith("linux") or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return False
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher  # Linux alone needs it

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        url = QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
        message = QDBusMessage.createMethodCall(_SERVICE, _PLACE, _SERVICE, "ShowItems")
        message.setArguments([[url], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)

        def answered() -> None:
            if watcher.isError():
                self.open(path.parent)
            watcher.deleteLater()

        watcher.finished.connect(answered)
        return True
