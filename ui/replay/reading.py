"""Opens the files of a lane and reads their waveforms, on a worker; it shows nothing and never writes to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from download_client.engine import Voice
from download_client.errors import DiskFailed, Interrupted, MirError, NotPlayable, RecordingVanished
from download_client.model import Pause
from download_client.sound import Peaks, PeakStore, Sound, key_of, read_peaks
from download_client.wav import WavInfo


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be heard. `sha256` empty: nobody knows it; `start` None: when the file was written last."""

    path: Path
    recording_id: str = ""
    start: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be played. `start` is aware UTC; `seconds` is what is there to be heard."""

    source: Source
    start: datetime
    seconds: float
    channels: int
    sample_rate: int
    info: WavInfo


@dataclass(frozen=True, slots=True)
class Found:
    """Which files of a lane can be played, and which cannot."""

    opened: tuple[Opened, ...]
    refused: tuple[tuple[Source, MirError], ...]


def of_voices(voices: Sequence[Voice]) -> tuple[Source, ...]:
    """What an engine found, or fetched."""
    return tuple(
        Source(
            path=each.path,
            recording_id=each.recording.id,
            start=each.recording.start_time,
            pauses=each.recording.pauses,
            sha256=each.sha256,
        )
        for each in voices
    )


def open_all(sources: Sequence[Source]) -> Found:
    """Look into each file: a few milliseconds."""
    opened: list[Opened] = []
    refused: list[tuple[Source, MirError]] = []
    for source in sources:
        try:
            opened.append(_open(source))
        except (NotPlayable, RecordingVanished, DiskFailed) as error:
            refused.append((source, error))
    return Found(tuple(opened), tuple(refused))


def read_all(
    opened: Sequence[Opened],
    store: PeakStore,
    *,
    heard: Callable[[int, Peaks, float], None],
    stop: Event,
) -> tuple[Peaks | None, ...]:
    """The waveforms of them all, kept ones first asked for; None: it cannot be read to the end.

    `heard` is told which one, what is known of it, and how much of all is read (0…1). Raises Interrupted.
    """
    whole = sum(each.seconds for each in opened) or 1.0
    return tuple(_read(number, opened, store, heard=heard, stop=stop, whole=whole) for number in range(len(opened)))


def _read(
    number: int,
    opened: Sequence[Opened],
    store: PeakStore,
    *,
    heard: Callable[[int, Peaks, float], None],
    stop: Event,
    whole: float,
) -> Peaks | None:
    if stop.is_set():
        raise Interrupted
    it = opened[number]
    before = sum(each.seconds for each in opened[:number])

    def told(share: float, peaks: Peaks | None) -> None:
        if peaks is not None:
            heard(number, peaks, min(1.0, (before + share * it.seconds) / whole))

    try:
        key = key_of(it.source.path, sha256=it.source.sha256)
        kept = store.get(key)
        if kept is not None:
            told(1.0, kept)
            return kept
        peaks = read_peaks(it.source.path, progress=told, stop=stop)
    except (NotPlayable, RecordingVanished, DiskFailed):
        # It could be opened a moment ago; the player says what is wrong when it gets there.
        return None
    store.put(key, peaks)
    return peaks


def _open(source: Source) -> Opened:
    with Sound.open(source.path) as sound:
        seconds = sound.seconds
        return Opened(
            source=source,
            start=source.start or _begun(source.path, seconds),
            seconds=seconds,
            channels=sound.channels,
            sample_rate=sound.sample_rate,
            info=sound.info,
        )


def _begun(path: Path, seconds: float) -> datetime:
    """Nothing says when it was recorded: a recorder writes the last of a file when it ends."""
    try:
        ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        ended = datetime.now(UTC)
    return ended - timedelta(seconds=seconds)


def wav_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files among these paths, and those of the folders among them, in their order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix.lower() == ".wav" and each.is_file())
        else:
            yield path
