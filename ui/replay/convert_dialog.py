"""Convert a copy: of what is not played here, for another program; where to, then its progress and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from download_client.errors import DiskError, MirError, RecordingVanished
from download_client.wav import WavInfo, inspect
from ui.replay.converter import Converter
from ui.replay.making_dialog import MakingDialog
from ui.session import Session
from ui.widgets import button, label

_CHANNELS, _RATE = 2, 48_000
"""At most; a header may claim anything."""


class ConvertDialog(MakingDialog):
    """`open()` it with a file that is not played here."""

    def __init__(self, session: Session, source: Path, *, title: str, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._source = source
        self._converter: Converter | None = None
        about = self.tr(
            "A new WAV file (PCM) is made with the decoders of this installation. The original stays as it is."
        )
        self.lay_out(
            title=self.tr("Convert a copy"),
            of=title,
            about=label(about, tone="2", wrap=True),
            go=button(self.tr("Convert a copy…"), "file-audio", "primary"),
        )

    def choose(self) -> None:
        """Ask where to, and convert."""
        self.ask_where(f"{self._source.stem} PCM.wav", kinds=self.tr("WAV files (*.wav)"), then=self.save_to)

    def save_to(self, target: Path) -> None:
        """Make it there."""
        if self._converter is not None:
            return
        self.show_begun()
        source = self._source
        self._converter = made = Converter(self._session.bridge, source, target, self)
        made.progress.connect(self.bar.set_share)
        made.done.connect(self._done)
        made.failed.connect(self._sorry)

        def begin(info: WavInfo) -> None:
            channels, rate = min(max(info.channels, 1), _CHANNELS), min(max(info.sample_rate, 1), _RATE)
            made.start(sample_rate=rate, channels=channels)

        self._session.bridge.ask(lambda _: _info(source), then=begin, sorry=self._sorry, owner=self)

    def _done(self, path: Path) -> None:
        self.show_made(path, self.tr("Converted"))

    def _sorry(self, error: MirError) -> None:
        self._converter = None
        self.show_failed(error)

    def reject(self) -> None:
        """Stop; nothing is left behind then."""
        if self._converter is not None:
            self._converter.cancel()
        super().reject()


def _info(source: Path) -> WavInfo:
    try:
        return inspect(source)
    except FileNotFoundError as error:
        raise RecordingVanished(subject=source.name) from error
    except OSError as error:
        raise DiskError(error.strerror or "", subject=source.name) from error
