"""Makes the recorded calls of this folder: a free synthesiser speaks them, real encoders write them; no test runs this.

Not promised: the same bytes on another version of the tools (`manifest.json` names the ones used).

    apt-get install espeak-ng flite sox ffmpeg && pip install soundfile
    python resources/speech/make.py

English is spoken by flite's voices slt and rms, German by espeak-ng; both parties of a call have their own track, so
that the stereo files hold one party in each channel. Every file is written by sox, ffmpeg or libsndfile as they write
it; nothing is patched afterwards.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
RATE = 16_000

AGENT, CUSTOMER = 0, 1


@dataclass(frozen=True, slots=True)
class Turn:
    """One party says something, so many seconds after the other has ended."""

    party: int
    pause: float
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A dialogue, its language, and the silence after its last word in seconds."""

    language: str
    turns: tuple[Turn, ...]
    tail: float


CALLS = {
    "order": Call(
        "en",
        (
            Turn(AGENT, 0.5, "Brightwater Garden, this is Anna. How can I help?"),
            Turn(CUSTOMER, 0.6, "Hello. I ordered two apple trees, and only one of them came."),
            Turn(AGENT, 0.4, "May I have the order number, please?"),
            Turn(CUSTOMER, 0.8, "Four, seven, one, nine."),
            Turn(AGENT, 1.2, "Thank you. The second one will be with you on Thursday."),
            Turn(CUSTOMER, 0.4, "Wonderful. Good bye."),
        ),
        tail=1.2,
    ),
    "meter": Call(
        "de",
        (
            Turn(AGENT, 0.5, "Stadtwerke Nord, Lang, guten Tag."),
            Turn(CUSTOMER, 0.6, "Guten Tag. Ich möchte meinen Zählerstand durchgeben."),
            Turn(AGENT, 0.4, "Sehr gern. Welche Zahl steht auf dem Zähler?"),
            Turn(CUSTOMER, 0.8, "Null, acht, fünf, drei, zwei, sechs."),
            Turn(AGENT, 1.2, "Vielen Dank, das habe ich eingetragen."),
            Turn(CUSTOMER, 0.4, "Danke, auf Wiederhören."),
        ),
        tail=1.2,
    ),
    "table": Call(
        "en",
        (
            Turn(AGENT, 0.3, "Lakeside Hotel, good evening."),
            Turn(CUSTOMER, 0.4, "Good evening. A table for two, please."),
            Turn(AGENT, 0.3, "At eight?"),
            Turn(CUSTOMER, 0.3, "Yes, thank you."),
        ),
        tail=0.7,
    ),
    "callback": Call(
        "de",
        (
            Turn(AGENT, 0.3, "Autohaus Krause, guten Morgen."),
            Turn(CUSTOMER, 0.4, "Guten Morgen. Ist mein Wagen fertig?"),
            Turn(AGENT, 0.5, "Ja, ab zwölf."),
            Turn(CUSTOMER, 0.3, "Prima, danke."),
        ),
        tail=0.7,
    ),
}

VOICES: dict[tuple[str, int], tuple[str, ...]] = {
    ("en", AGENT): ("flite", "-voice", "slt", "--setf", "duration_stretch=0.92"),
    ("en", CUSTOMER): ("flite", "-voice", "rms", "--setf", "duration_stretch=0.88"),
    ("de", AGENT): ("espeak-ng", "-v", "de+f3", "-s", "160", "-p", "52"),
    ("de", CUSTOMER): ("espeak-ng", "-v", "de+m7", "-s", "165", "-p", "38"),
}


def run(*command: str | Path) -> None:
    """Run a tool; what it says on failure is shown."""
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')}")


def speak(call: Call, turn: Turn, *, work: Path) -> bytes:
    """The turn as PCM16 mono at RATE, without the silence around it, at a level of its own that matches the others."""
    raw, clean = work / "raw.wav", work / "clean.wav"
    voice = VOICES[call.language, turn.party]
    if voice[0] == "flite":
        run(*voice, "-t", turn.text, "-o", raw)
    else:
        run(*voice, "-w", raw, turn.text)
    trim = ("silence", "1", "0.02", "0.5%", "reverse", "silence", "1", "0.02", "0.5%", "reverse")
    run("sox", "-D", raw, "-r", str(RATE), "-c", "1", "-b", "16", clean, *trim, "compand", "0.01,0.2",
        "-60,-60,-30,-18,0,-8", "norm", "-5", "fade", "0.01")  # fmt: skip
    with wave.open(str(clean)) as spoken:
        frames: bytes = spoken.readframes(spoken.getnframes())
    return frames


def silence(seconds: float) -> bytes:
    """Digital silence as PCM16 mono at RATE."""
    return bytes(2 * round(seconds * RATE))


def write_track(path: Path, frames: bytes) -> None:
    """A PCM16 mono file at RATE."""
    with wave.open(str(path), "wb") as track:
        track.setnchannels(1)
        track.setsampwidth(2)
        track.setframerate(RATE)
        track.writeframes(frames)


def perform(name: str, call: Call, *, work: Path) -> None:
    """Write the call's masters: NAME-mono.wav (both parties) and NAME-stereo.wav (agent left, customer right)."""
    tracks = [bytearray(), bytearray()]
    for turn in call.turns:
        spoken = silence(turn.pause) + speak(call, turn, work=work)
        tracks[turn.party] += spoken
        tracks[1 - turn.party] += bytes(len(spoken))
    parts = []
    for party, track in enumerate(tracks):
        part = work / f"{name}-{party}.wav"
        write_track(part, bytes(track) + silence(call.tail))
        parts.append(part)
    run("sox", "-D", "-M", *parts, work / f"{name}-stereo.wav")
    run("sox", "-D", "-m", "-v", "1", parts[0], "-v", "1", parts[1], work / f"{name}-mono.wav")


Encode = Callable[[Path, Path], None]


def sox(*options: str, trim: str = "") -> Encode:
    """Written by sox; `trim` cuts to so many samples (`1001s`)."""

    def encode(master: Path, out: Path) -> None:
        run("sox", "-D", "-R", master, *options, out, "sinc", "250-3500", *(("trim", "0", trim) if trim else ()))

    return encode


def sox_to_pipe(*options: str, seconds: float) -> Encode:
    """Written by sox from one pipe into another, so that it neither knows the length nor can go back to write it."""

    def encode(master: Path, out: Path) -> None:
        with wave.open(str(master)) as spoken:
            frames = spoken.readframes(round(seconds * RATE))
        raw = ("-t", "raw", "-r", str(RATE), "-c", "1", "-e", "signed", "-b", "16", "-")
        command = ["sox", "-D", "-R", *raw, *options, "-t", "wav", "-", "sinc", "250-3500"]
        out.write_bytes(subprocess.run(command, input=frames, capture_output=True, check=True).stdout)

    return encode


def ffmpeg(*options: str, to_pipe: bool = False) -> Encode:
    """Written by ffmpeg, into a pipe on request."""

    def encode(master: Path, out: Path) -> None:
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(master), "-af", "highpass=250,lowpass=3500", *options]
        if to_pipe:
            out.write_bytes(subprocess.run([*command, "-f", "wav", "-"], capture_output=True, check=True).stdout)
        else:
            run(*command, out)

    return encode


def sndfile(subtype: str, *, container: str = "WAV", rate: int = 8000, seconds: float | None = None) -> Encode:
    """Written by libsndfile; all of the call, or its first seconds."""

    def encode(master: Path, out: Path) -> None:
        import soundfile

        narrow = out.with_suffix(".narrow")
        band = ("sinc", "250-3500") if rate == 8000 else ("sinc", "60-7200")
        run("sox", "-D", "-R", master, "-r", str(rate), "-b", "16", "-t", "wav", narrow, *band)
        samples, _ = soundfile.read(narrow, dtype="int16")
        soundfile.write(
            out, samples[: None if seconds is None else round(seconds * rate)], rate, subtype=subtype, format=container
        )
        narrow.unlink()

    return encode


def recorder_killed(subtype: str) -> Encode:
    """Written by libsndfile, and taken before it was closed: the header still holds no length."""

    def encode(master: Path, out: Path) -> None:
        import soundfile

        narrow, growing = out.with_suffix(".narrow"), out.with_suffix(".growing")
        run("sox", "-D", "-R", master, "-r", "8000", "-b", "16", "-t", "wav", narrow, "sinc", "250-3500")
        samples, _ = soundfile.read(narrow, dtype="int16")
        with soundfile.SoundFile(growing, "w", 8000, 1, subtype=subtype, format="WAV") as recorder:
            recorder.write(samples[: 5 * 8000])
            # libsndfile keeps no sound back, so that all of it is in the file by now; its lengths are not.
            out.write_bytes(growing.read_bytes())
        narrow.unlink()
        growing.unlink()

    return encode


BEXT = ("-write_bext", "1", "-metadata", "description=Call recorded on line 4", "-metadata", "originator=Front desk",
        "-metadata", "origination_date=2026-03-02", "-metadata", "origination_time=09-15-00",
        "-metadata", "title=Table for two")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clip:
    """One file of this folder: which call, its mono or stereo master, who writes it, what is particular about it."""

    call: str
    stereo: bool
    encode: Encode
    writer: str
    about: str


CLIPS = {
    "pcm16-8k-mono": Clip("table", False, sox("-r", "8000"), "sox", "16-bit PCM"),
    "pcm16-16k-mono": Clip("callback", False, sndfile("PCM_16", rate=16_000), "libsndfile", "16-bit PCM, wide band"),
    "pcm16-8k-stereo": Clip(
        "table",
        True,
        ffmpeg("-ar", "8000", "-bitexact", "-c:a", "pcm_s16le"),
        "ffmpeg",
        "16-bit PCM, a party per channel",
    ),
    "pcm16-8k-extensible": Clip(
        "callback",
        False,
        sndfile("PCM_16", container="WAVEX", seconds=4),
        "libsndfile",
        "16-bit PCM, WAVE_FORMAT_EXTENSIBLE",
    ),
    "pcm8-8k-mono": Clip("callback", False, sndfile("PCM_U8"), "libsndfile", "8-bit PCM"),
    "alaw-mono": Clip("meter", False, sox("-r", "8000", "-e", "a-law"), "sox", "18-byte fmt and fact"),
    "alaw-stereo": Clip("callback", True, sox("-r", "8000", "-e", "a-law"), "sox", "a party per channel"),
    "alaw-odd": Clip(
        "callback", False, sox("-r", "8000", "-e", "a-law", trim="80001s"), "sox", "odd number of bytes, padded"
    ),
    "alaw-bext": Clip(
        "table", False, ffmpeg("-ar", "8000", "-c:a", "pcm_alaw", *BEXT), "ffmpeg", "bext and LIST before the sound"
    ),
    "mulaw-mono": Clip("order", False, sox("-r", "8000", "-e", "u-law"), "sox", "18-byte fmt and fact"),
    "mulaw-stereo": Clip("table", True, sndfile("ULAW"), "libsndfile", "a party per channel"),
    "gsm-mono-en": Clip("order", False, sox("-r", "8000", "-e", "gsm-full-rate"), "sox", "GSM 6.10, 65-byte blocks"),
    "gsm-mono-de": Clip("meter", False, sndfile("GSM610"), "libsndfile", "GSM 6.10, 65-byte blocks"),
    "ima-adpcm-mono": Clip("meter", False, sox("-r", "8000", "-e", "ima-adpcm"), "sox", "256-byte blocks"),
    "ima-adpcm-stereo": Clip(
        "callback",
        True,
        ffmpeg("-ar", "8000", "-c:a", "adpcm_ima_wav"),
        "ffmpeg",
        "1,024-byte blocks, a party per channel",
    ),
    "ms-adpcm-mono": Clip("order", False, ffmpeg("-ar", "8000", "-c:a", "adpcm_ms"), "ffmpeg", "1,024-byte blocks"),
    "stream-pcm16-8k-mono": Clip(
        "table",
        False,
        ffmpeg("-t", "4", "-ar", "8000", "-c:a", "pcm_s16le", to_pipe=True),
        "ffmpeg",
        "into a pipe: 0xFFFFFFFF",
    ),
    "stream-mulaw-mono": Clip(
        "callback", False, sox_to_pipe("-r", "8000", "-e", "u-law", seconds=5), "sox", "into a pipe: 0x7FFFF000"
    ),
    "killed-mulaw-mono": Clip("callback", False, recorder_killed("ULAW"), "libsndfile", "never closed: no lengths"),
}


def version(*command: str) -> str:
    """What a tool says about its version: the first word with a dot between digits."""
    said = subprocess.run(command, capture_output=True, check=False)
    found = re.search(r"v?\d+\.\d\S*", (said.stdout or said.stderr).decode())
    return found.group() if found else ""


def main() -> None:
    """Make every file of the folder, and the manifest that names them."""
    import soundfile

    files: dict[str, dict[str, str | int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name, call in CALLS.items():
            perform(name, call, work=work)
        for name, clip in CLIPS.items():
            out = HERE / f"{name}.wav"
            clip.encode(work / f"{clip.call}-{'stereo' if clip.stereo else 'mono'}.wav", out)
            content = out.read_bytes()
            files[out.name] = {
                "call": clip.call,
                "language": CALLS[clip.call].language,
                "writer": clip.writer,
                "about": clip.about,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
    tools = {
        "espeak-ng": version("espeak-ng", "--version"),
        "flite": version("flite", "--version"),
        "sox": version("sox", "--version"),
        "ffmpeg": version("ffmpeg", "-version"),
        "libsndfile": soundfile.__libsndfile_version__,
    }
    text = json.dumps({"tools": tools, "files": files}, indent=2, ensure_ascii=False)
    (HERE / "manifest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
