"""One measurement of replay, in a process of its own: `python -m bench.listening waveform|window|seek FILE`."""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.frames import resident, spread, timed

_LANES: Final = 12
_FRAMES: Final = 300
_SEEKS: Final = 30
_WAIT: Final = 60.0
_BEGUN: Final = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


def main() -> None:
    """Measure one thing."""
    what, path = sys.argv[1], Path(sys.argv[2])
    measure: dict[str, Callable[[Path], dict[str, Any]]] = {"waveform": _waveform, "window": _window, "seek": _seek}
    print(json.dumps(measure[what](path)))


def _waveform(path: Path) -> dict[str, Any]:
    """A waveform read for the first time, while another thread looks how long it is kept waiting; then a kept one."""
    from download_client.sound import PeakStore, read_peaks
    from mir_sandbox.audio import SPEECH

    stop = threading.Event()
    read_peaks(SPEECH / "alaw-stereo.wav", progress=lambda *_: None, stop=stop)
    before, first, gaps = resident(), [0.0], [0.0]
    done = threading.Event()
    most = [before]

    def beat() -> None:
        last = time.perf_counter()
        while not done.wait(0.001):
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
            if len(gaps) % 50 == 0:
                most.append(resident())
                last = time.perf_counter()

    beating = threading.Thread(target=beat)
    beating.start()
    begun = time.perf_counter()

    def told(*_: object) -> None:
        if not first[0]:
            first[0] = time.perf_counter() - begun

    peaks = read_peaks(path, progress=told, stop=stop)
    seconds = time.perf_counter() - begun
    most.append(resident())
    done.set()
    beating.join()
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        store = PeakStore(Path(folder))
        store.put("a", peaks)
        del peaks
        again = timed(lambda: store.get("a"))
    return {
        "seconds": seconds,
        "first": first[0],
        "again": again,
        "rss": max(most) - before,
        "gap": spread(gaps)["p99"],
        "longest_gap": max(gaps),
    }


def _window(path: Path) -> dict[str, Any]:
    """The timeline with the hours of the file in a dozen lanes: frames while it plays, zooms and is drawn anew."""
    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication

    from download_client.sound import read_peaks
    from ui.replay.timeline.timeline import Timeline
    from ui.replay.tracks import Clip, Deck, Lane, LaneState
    from ui.theme import Appearance, Theme

    app = QApplication([])
    theme = Theme(app, Appearance.LIGHT)
    gc.disable()
    deck = Deck()
    timeline = Timeline(deck, zone=lambda: UTC, locale=QLocale)
    timeline.resize(1400, 700)
    timeline.set_large(True)
    timeline.show()
    app.processEvents()
    before = resident()
    peaks = read_peaks(path, progress=lambda *_: None, stop=threading.Event())
    lanes = []
    for number in range(_LANES):
        start = _BEGUN + timedelta(hours=2 * number)
        clip = Clip(path, start, peaks.seconds, peaks.channels, peaks.sample_rate)
        lane = Lane(f"{number}", 0, "Harbour Dental Clinic – Priya Raman", start, peaks.seconds)
        lanes.append(replace(lane, state=LaneState.READY, clips=(clip,), peaks=(peaks,)))
    deck.add(lanes)
    whole = timed(timeline.repaint)

    def play(at: float) -> float:
        timeline.set_position("0", at)
        return timed(app.processEvents)

    playing = [play(60.0 + 0.016 * frame) for frame in range(_FRAMES)]
    rng = random.Random(1)

    def zoom() -> None:
        timeline.set_zoom_share(rng.random())
        app.processEvents()

    zooming = [timed(zoom) for _ in range(_FRAMES)]
    found = {
        "whole": whole,
        "playing": spread(playing),
        "zooming": spread(zooming),
        "rss": resident() - before,
        "lanes": _LANES,
    }
    timeline.close()
    theme.deleteLater()
    return found


def _seek(path: Path) -> dict[str, Any]:
    """From the wish to hear a place to its first samples on the way to the device."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from download_client.sound import Sound
    from ui.replay.outputs import Outputs, SilentOutput
    from ui.replay.player import Player
    from ui.replay.tracks import Clip, Lane

    class Noted(SilentOutput):
        given = 0

        def write(self, frames: bytes) -> None:
            super().write(frames)
            self.given += len(frames)

    class Notes(Outputs):
        last: Noted | None = None

        def open(self, device: str, *, sample_rate: int) -> SilentOutput:  # noqa: ARG002
            self.last = Noted(sample_rate)
            return self.last

    app = QCoreApplication([])
    with Sound.open(path) as sound:
        clip = Clip(path, _BEGUN, sound.seconds, sound.channels, sound.sample_rate)
    notes = Notes()
    player = Player(outputs=notes)
    player.load(Lane("a", 1, "", _BEGUN, clip.seconds, clips=(clip,)))
    player.play()
    rng, times = random.Random(1), []
    for _ in range(_SEEKS):
        place = rng.random() * (clip.seconds - 10)
        begun = time.perf_counter()
        player.seek(place)
        while notes.last is None or not notes.last.given:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() - begun > _WAIT:
                raise TimeoutError("it never came")
        times.append(time.perf_counter() - begun)
    player.stop()
    return {"seek": spread(times)["median"]}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
