"""How long a window takes to its first frame, as somebody sees it: from the command to a screen that shows it.

The screen is Xvfb's, which keeps its picture in a file; that file is watched, so that any program can be measured, from
source or frozen, and nothing of the program is changed for it. On a machine that is busy with something else, the
processor's seconds say more than the clock's.

    python -m bench.start                                           from source
    python -m bench.start source out/mir-download-client/mir-download-client     by turns
"""

from __future__ import annotations

import argparse
import mmap
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import BenchFailed

SOURCE = "source"
"""The window as it runs from here."""
_SOURCE = [sys.executable, "-m", "ui"]
_WIDTH, _HEIGHT = 1440, 900
_SHOWN = 0.25
"""Share of the screen that is no longer empty when there is a frame; a window takes most of it."""
_PATIENCE = 60.0
_LOOK_EVERY = 0.002
_STRIDE = 401
"""Every so many pixels one is looked at."""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command to the first frame, by the clock and of the processors."""

    clock: float
    processor: float


def first_frames(programs: Sequence[str], *, rounds: int) -> dict[str, list[Start]]:
    """Start each of them so often, by turns, nobody signed in; the first round may be cold."""
    found: dict[str, list[Start]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as held, _screen(Path(held)) as (display, picture):
        for _ in range(rounds):
            for name, starts in found.items():
                command = _SOURCE if name == SOURCE else [name]
                starts.append(_once(command, display=display, picture=picture, home=Path(held) / "home"))
    return found


def _once(command: Sequence[str], *, display: str, picture: mmap.mmap, home: Path) -> Start:
    look = _Look(picture)
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "MIR_DOWNLOAD_HOME": str(home)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        list(command), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        while not look.changed():
            if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                raise BenchFailed(f"{command[0]} showed no window")
            time.sleep(_LOOK_EVERY)
        took = Start(time.perf_counter() - begun, _processor(process.pid))
    finally:
        process.terminate()
        process.wait()
    while look.changed():
        time.sleep(_LOOK_EVERY)
    return took


def _processor(pid: int) -> float:
    """Seconds that a process has computed so far (proc(5): utime and stime, after the name in brackets)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Look:
    """Compares a screen with what it was."""

    def __init__(self, picture: mmap.mmap) -> None:
        self._picture = picture
        self._empty = self._pixels()

    def changed(self) -> bool:
        """Enough of it shows something else."""
        now = self._pixels()
        return sum(a != b for a, b in zip(self._empty, now, strict=True)) > _SHOWN * len(now)

    def _pixels(self) -> Sequence[int]:
        # The file is that of xwd: its first number says how long the head is, the 20th how many colours follow it.
        numbers = struct.unpack(">20I", self._picture[:80])
        begin = numbers[0] + 12 * numbers[19]
        return memoryview(self._picture)[begin : begin + 4 * _WIDTH * _HEIGHT].cast("I")[::_STRIDE].tolist()


@contextmanager
def _screen(folder: Path) -> Iterator[tuple[str, mmap.mmap]]:
    """A screen, as display and picture."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{_WIDTH}x{_HEIGHT}x24", "-fbdir", str(folder)]
    process = subprocess.Popen([*command, "-noreset"], pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        if not number:
            raise BenchFailed("Xvfb did not start")
        with (folder / "Xvfb_screen0").open("rb") as file:
            yield f":{number}", mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Measure programs; the first start of each is left out of its median."""
    parser = argparse.ArgumentParser("python -m bench.start", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10, metavar="N", help="starts that count (%(default)s)")
    parser.add_argument("programs", nargs="*", default=[SOURCE], help=f"a frozen window, or {SOURCE} (the default)")
    options = parser.parse_args()
    for name, took in first_frames(options.programs, rounds=options.rounds + 1).items():
        clock, processor = ([getattr(each, kind) for each in took[1:]] for kind in ("clock", "processor"))
        sys.stdout.write(
            f"{name}: first frame after {statistics.median(clock):.2f} s ({min(clock):.2f} to {max(clock):.2f}, first"
            f" start {took[0].clock:.2f}), {statistics.median(processor):.2f} s of the processor\n"
        )


if __name__ == "__main__":
    main()
