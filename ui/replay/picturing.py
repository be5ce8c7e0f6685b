"""Saves the picture of a conversation as a PNG file, where one wants it; it paints nothing and replaces no file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSaveFile, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from download_client.errors import DiskFailed
from ui.replay.picture import overview_picture
from ui.replay.tracks import Lane
from ui.session import Session

_FORBIDDEN: Final = '<>:"/\\|?*'
_MOST_NAMES: Final = 1000


class Picturing(QObject):
    """Asks where to, and writes there on a worker."""

    saved = Signal(object)
    """The `Path` of the picture."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def save(self, lane: Lane) -> None:
        """Of a lane that has a waveform; nothing happens with another."""
        if not lane.playable:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._window.window(), self.tr("Save a picture"), folder, self.tr("PNG pictures (*.png)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a name that is taken gets a number
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{self._file_name(lane)}.png")
        dialog.fileSelected.connect(lambda path: self.save_to(lane, Path(path)))
        dialog.open()

    def save_to(self, lane: Lane, to: Path) -> None:
        """Paint it now, and write it there, or under the next free name beside it."""
        session = self._session
        image = overview_picture(lane, zone=session.zone, locale=session.locale, made=datetime.now(UTC))
        session.bridge.ask(lambda _: write(image, to), then=self.saved.emit, sorry=session.show_error.emit, owner=self)

    def _file_name(self, lane: Lane) -> str:
        name = f"{lane.moment(0.0).astimezone(self._session.zone):%Y-%m-%d %H%M%S} {lane.title}"
        return "".join(" " if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in name).strip(". ")


def write(image: QImage, to: Path) -> Path:
    """The whole file or none, under a free name; answers where it lies. Raises DiskFailed."""
    for number in range(1, _MOST_NAMES):
        named = to if number == 1 else to.with_name(f"{to.stem} ({number}){to.suffix}")
        try:
            named.open("xb").close()
        except FileExistsError:
            continue
        except OSError as error:
            raise DiskFailed(error.strerror or "", subject=str(named)) from error
        # The name is ours now; its bytes come in one piece.
        file = QSaveFile(str(named))
        if file.open(QSaveFile.OpenModeFlag.WriteOnly) and image.save(file, "PNG") and file.commit():  # type: ignore[call-overload]
            return named
        named.unlink(missing_ok=True)
        raise DiskFailed(file.errorString(), subject=str(named))
    raise DiskFailed("every name for it is taken", subject=str(to))
