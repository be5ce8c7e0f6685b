"""Makes PCM of what only the decoders of Qt know, such as G.729: a new WAV file; the source stays as it is.

The decoder works on a thread of its own and hands pieces over on the UI thread; workers write them one after another.
What comes of it is as good as that decoder: nobody here has proved it.
"""

from __future__ import annotations

import os
import struct
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal

from download_client.errors import DiskError, MirError, NotPlayable
from ui.bridge import Bridge

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDecoder

_ENOUGH: Final = 1 << 20
"""Bytes that are written at once."""
_MOST_NAMES: Final = 1000
_MOST_RIFF: Final = 0xFFFF_0000


class Converter(QObject):
    """One file. `progress` 0…1 · `done` with the path it has now · `failed` with a `MirError`; nothing is left then."""

    progress = Signal(float)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, source: Path, target: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._source = source
        self._target = target
        self._part = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}.part")
        self._decoder: QAudioDecoder | None = None
        self._shape = (0, 0)
        self._waiting = bytearray()
        self._writing = False
        self._written = False
        self._all_read = False
        self._over = False

    def start(self, *, sample_rate: int, channels: int) -> None:
        """Begin; the first call imports QtMultimedia."""
        from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat

        made = QAudioDecoder(self)
        form = QAudioFormat()
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        form.setSampleRate(sample_rate)
        form.setChannelCount(channels)
        made.setAudioFormat(form)
        made.setSource(QUrl.fromLocalFile(str(self._source)))
        made.bufferReady.connect(self._take)
        made.finished.connect(self._finished)
        made.error.connect(lambda _: self._fail(NotPlayable(subject=self._source.name)))
        self._decoder = made
        made.start()

    def cancel(self) -> None:
        """Stop; nothing is left behind."""
        self._fail(None)

    # --- decoded

    def _take(self) -> None:
        decoder = self._decoder
        if decoder is None or self._over:
            return
        buffer = decoder.read()
        form = buffer.format()
        self._shape = (form.channelCount(), form.sampleRate())
        self._waiting += bytes(buffer.constData())
        if decoder.duration() > 0:
            self.progress.emit(min(1.0, max(0.0, decoder.position() / decoder.duration())))
        self._write()

    def _finished(self) -> None:
        self._all_read = True
        self._write()

    # --- written

    def _write(self) -> None:
        if self._writing or self._over or (len(self._waiting) < _ENOUGH and not self._all_read):
            return
        if not self._waiting:
            self._end()
            return
        piece, self._waiting = bytes(self._waiting), bytearray()
        self._writing, first = True, not self._written
        self._written = True
        self._bridge.ask(
            lambda _: _append(self._part, piece, shape=self._shape, first=first),
            then=lambda _: self._go_on(),
            sorry=self._fail,
            owner=self,
        )

    def _go_on(self) -> None:
        self._writing = False
        if self._over:
            self._clean()
        else:
            self._write()

    def _end(self) -> None:
        if not self._written:
            self._fail(NotPlayable(subject=self._source.name))
            return
        self._writing = True
        shape = self._shape
        self._bridge.ask(
            lambda _: _named(self._part, self._target, shape=shape), then=self._ended, sorry=self._fail, owner=self
        )

    def _ended(self, path: Path) -> None:
        self._over = True
        self.progress.emit(1.0)
        self.done.emit(path)

    def _fail(self, error: MirError | None) -> None:
        if self._over:
            return
        self._over = True
        if self._decoder is not None:
            self._decoder.stop()
        if not self._writing:
            self._clean()
        if error is not None:
            self.failed.emit(error)

    def _clean(self) -> None:
        part = self._part
        self._bridge.ask(lambda _: part.unlink(missing_ok=True), then=lambda _: None, sorry=lambda _: None, owner=self)


def _append(part: Path, piece: bytes, *, shape: tuple[int, int], first: bool) -> None:
    """Samples behind room for a header, which is written when it is known how many there are."""
    try:
        with part.open("xb" if first else "ab") as file:
            if first:
                file.write(_head(shape, 0))
            file.write(piece)
    except OSError as error:
        raise DiskError(error.strerror or "", subject=part.name) from error


def _named(part: Path, target: Path, *, shape: tuple[int, int]) -> Path:
    """The header, and the first name that is free."""
    try:
        with part.open("r+b") as file:
            length = part.stat().st_size - len(_head(shape, 0))
            file.write(_head(shape, length))
            file.flush()
            os.fsync(file.fileno())
        for number in range(1, _MOST_NAMES):
            name = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
            try:
                name.touch(exist_ok=False)
            except FileExistsError:
                continue
            part.replace(name)
            return name
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise DiskError(error.strerror or "", subject=target.name) from error
    raise DiskError("no name is free", subject=target.name)


def _head(shape: tuple[int, int], length: int) -> bytes:
    """The header of a WAV file of PCM16, of channels and rate, for so many bytes of sound."""
    channels, rate = shape
    form = struct.pack("<HHIIHH", 1, channels, rate, 2 * channels * rate, 2 * channels, 16)
    sound = min(length, _MOST_RIFF)
    return (
        struct.pack("<4sI4s4sI", b"RIFF", sound + 36, b"WAVE", b"fmt ", len(form))
        + form
        + struct.pack("<4sI", b"data", sound)
    )
