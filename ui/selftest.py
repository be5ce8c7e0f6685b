"""What of the window works on this machine, for whoever installs it: a look at each part; nothing is shown."""

from __future__ import annotations

import json
import struct
import sys
import tempfile
import threading
import wave
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from download_client.engine import selftest
from ui import resources

_TONE = bytes(8000 * 2)
"""A second of silence, 16 bit, 8 kHz."""
_G729 = struct.pack("<HHIIHHH", 0x83, 1, 8000, 1000, 10, 0, 0), bytes(10 * 100)
"""The head of a WAV file of G.729, 8 kHz, and a second of it: ten bytes are ten milliseconds."""
_PATIENCE_MS = 30_000


def run(app: QApplication, to: Path | None) -> int:
    """Look at everything, write the report to a file or to standard output; 0: all of it works."""
    looks = [
        *selftest.headless(),
        ("window", lambda: _window(app)),
        ("resources", _resources),
        ("waveforms", _waveforms),
        ("sound", lambda: _sound(app)),
        ("decoders", lambda: _decoders(app)),
    ]
    found = selftest.report("mir-download-client", looks)
    text = json.dumps(found, indent=2) + "\n"
    if to is not None:
        to.write_text(text, encoding="utf-8")
    elif sys.stdout is not None:
        sys.stdout.write(text)
    return 0 if found["healthy"] else 1


def _window(app: QApplication) -> str:
    families = len(QFontDatabase.families())
    if not families and QGuiApplication.platformName() != "offscreen":
        raise OSError("there are no fonts")
    return f"Qt {qVersion()}, platform {QGuiApplication.platformName()}, style {app.style().name()}, {families} fonts"


def _resources() -> str:
    icon = QIcon(str(resources.folder("icons") / "app.svg"))
    if icon.pixmap(32, 32).isNull():
        raise OSError("the icons cannot be drawn")
    translations = sorted(path.stem for path in resources.folder("translations").glob("*.qm"))
    pages = len(list((resources.folder("help") / "en").glob("*.md")))
    if not translations or not pages:
        raise OSError("translations or help are missing")
    return f"icons, {', '.join(translations)}, {pages} pages of help"


def _tone(folder: str) -> Path:
    path = Path(folder) / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(_TONE)
    return path


def _waveforms() -> str:
    import soundfile

    from download_client.sound import read_peaks

    with tempfile.TemporaryDirectory() as folder:
        peaks = read_peaks(_tone(folder), progress=lambda *_: None, stop=threading.Event())
        coded = Path(folder) / "coded.wav"
        soundfile.write(str(coded), [0.0] * 8000, 8000, subtype="GSM610")
        read_peaks(coded, progress=lambda *_: None, stop=threading.Event())
    if peaks.frames != len(_TONE) // 2:
        raise OSError("a waveform is not as long as its sound")
    return f"libsndfile {soundfile.__libsndfile_version__}"


def _sound(app: QApplication) -> str:
    """Play a second to its end; without a device it goes on in silence and in time."""
    from datetime import UTC, datetime

    from ui.replay.player import Player, PlayerState
    from ui.replay.tracks import Clip, Lane, LaneState

    with tempfile.TemporaryDirectory() as folder:
        start = datetime(2026, 1, 1, tzinfo=UTC)
        clip = Clip(_tone(folder), start, 1.0)
        player = Player()
        player.ended.connect(app.quit)
        player.broken.connect(lambda _: app.quit())
        QTimer.singleShot(_PATIENCE_MS, app, app.quit)
        player.load(Lane("tone", 1, "tone", start, 1.0, state=LaneState.READY, clips=(clip,)))
        player.play()
        app.exec()
        state, outputs = player.state, len(player.outputs())
        player.release()
    if state is not PlayerState.ENDED:
        raise OSError(f"a second of sound was not played to its end ({state.value})")
    return f"a second was played to its end; outputs: {outputs}"


def _decoders(app: QApplication) -> str:
    """Decode a second of what only Qt's decoders know, as *Convert a copy…* does."""
    from PySide6.QtMultimedia import QAudioDecoder, QMediaFormat

    head, sound = _G729
    chunks = struct.pack("<4sI", b"fmt ", len(head)) + head + struct.pack("<4sI", b"data", len(sound)) + sound
    frames: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coded.wav"
        path.write_bytes(struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks)
        decoder = QAudioDecoder()
        decoder.bufferReady.connect(lambda: frames.append(decoder.read().frameCount()))
        # Queued, since what cannot begin says so before anybody waits.
        decoder.finished.connect(app.quit, Qt.ConnectionType.QueuedConnection)
        decoder.error.connect(app.quit, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(_PATIENCE_MS, app, app.quit)
        decoder.setSource(QUrl.fromLocalFile(str(path)))
        decoder.start()
        app.exec()
        said = decoder.errorString()
        decoder.stop()
        decoder.setSource(QUrl())  # Windows deletes no file that is open
    if sum(frames) < 8000 - 80:
        raise OSError(f"a second of G.729 gave {sum(frames)} samples ({said or 'no decoder'})")
    known = len(QMediaFormat().supportedAudioCodecs(QMediaFormat.ConversionMode.Decode))
    return f"a second of G.729 was decoded; {known} kinds of sound are known"
