"""`python -m bench`: measures pull against curl, rclone and aria2, prints tables, and writes the figures as JSON."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.compare import compare
from bench.complete import complete
from bench.corpus import CORPORA, MANY
from bench.machine import describe, install_tools
from bench.measure import BenchFailed
from bench.million import million
from bench.replay import replay
from bench.report import Figures
from bench.window import window

_PARTS = (*CORPORA, "complete", "million", "window", "replay")
_EXAMPLES = """\
examples:
  python -m bench                          everything, five rounds: about half an hour
  python -m bench A --rounds 9             one corpus
  python -m bench million --place /var/tmp somewhere else than in memory
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        "python -m bench", description=__doc__, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = made.add_argument
    add("parts", nargs="*", metavar="PART", help=f"of {', '.join(_PARTS)}; default: all")
    add("--rounds", type=int, default=5, metavar="N", help="how often each tool is measured (%(default)s)")
    add("--place", type=Path, metavar="DIR", help="where corpora and archives lie; default: in memory (/dev/shm)")
    add("--keep", action="store_true", help="leave corpora and account there, for the next time")
    add("--json", type=Path, metavar="FILE", help="write the figures here too")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; the exit code."""
    options = parser().parse_args(arguments)
    parts = options.parts or list(_PARTS)
    unknown = sorted(set(parts) - set(_PARTS))
    if unknown:
        print(f"there is no part {', '.join(unknown)}; there are {', '.join(_PARTS)}", file=sys.stderr)
        return 2
    place = options.place or (Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir()))
    place = (place / "mir-bench").absolute()
    place.mkdir(parents=True, exist_ok=True)
    _as_installed(place)
    try:
        install_tools()
        figures = Figures(describe())
        for part in parts:
            if part in CORPORA:
                figures.comparisons.append(compare(CORPORA[part], place=place, rounds=options.rounds))
            elif part == "complete":
                figures.complete = complete(MANY, place=place, rounds=options.rounds)
            elif part == "million":
                figures.memory = million(place=place)
            elif part == "window":
                figures.window = window(place=place)
            else:
                figures.replay = replay(place=place)
    except BenchFailed as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(place, ignore_errors=True)
    print(figures.text())
    if options.json is not None:
        figures.write(options.json)
    return 0


def _as_installed(place: Path) -> None:
    """Our program runs from bytecode, as an installed one does, whatever this shell says about writing it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(place / "bytecode")


if __name__ == "__main__":
    sys.exit(main())
