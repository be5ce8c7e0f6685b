"""Where words go: results to standard output, everything else to standard error; with --json one object, no words."""

from __future__ import annotations

import codecs
import json
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TextIO

from download_client.cli.words import plain
from download_client.errors import MirError

_EXPECTED = 4.0
"""Seconds."""


def show_what_can_be_shown() -> None:
    """From now on a character that the process's own streams lack is replaced; it does not stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@dataclass(frozen=True, slots=True)
class Output:
    """The streams of one command. `quiet` silences notes and progress, never results or errors."""

    as_json: bool
    quiet: bool
    out: TextIO
    err: TextIO
    _told: threading.Event = field(default_factory=threading.Event)
    """The one object of --json is out."""

    @classmethod
    def of(cls, *, as_json: bool, quiet: bool) -> Output:
        """The process's own streams."""
        return cls(as_json, quiet, sys.stdout, sys.stderr)

    @property
    def on_terminal(self) -> bool:
        """Whether a person watches standard error."""
        return self.err.isatty() and not self.quiet

    @property
    def _escapes(self) -> bool:
        """Whether JSON keeps to ASCII: a pipe of Windows speaks a code page that its reader would have to guess."""
        encoding = getattr(self.out, "encoding", None)
        return encoding is not None and codecs.lookup(encoding).name != "utf-8"

    def say(self, text: str = "") -> None:
        """A line of the result, for people."""
        if not self.as_json:
            self.out.write(text + "\n")

    def note(self, text: str) -> None:
        """A line beside the result."""
        if not self.quiet:
            self.err.write(text + "\n")
            self.err.flush()

    @contextmanager
    def patience(self, text: str) -> Iterator[None]:
        """Say `text` if what follows takes longer than a person expects."""
        timer = threading.Timer(_EXPECTED, self.note, (text,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def result(self, value: dict[str, Any]) -> None:
        """The one object of --json."""
        if self.as_json and not self._told.is_set():
            self._told.set()
            json.dump(value, self.out, ensure_ascii=self._escapes, indent=2)
            self.out.write("\n")

    def stream(self, name: str, rows: Iterable[dict[str, Any]], rest: dict[str, Any]) -> Iterator[None]:
        """The one object of --json with a long list in it, written row by row: memory stays flat.

        Yields after each row, so that the caller can count; `rest` is written behind the list. An error before the
        first row leaves the object to `error`; one after it ends the list and stands behind it.
        """
        begun = False
        try:
            for each in rows:
                self.out.write(",\n" if begun else f'{{"{name}": [\n')
                self.out.write(json.dumps(each, ensure_ascii=self._escapes))
                begun = True
                self._told.set()
                yield
        except MirError as error:
            if begun:
                self._end_list({**rest, "error": error.as_dict()})
            raise
        if not begun:
            self._told.set()
            self.out.write(f'{{"{name}": [')
        self._end_list(rest)

    def _end_list(self, rest: dict[str, Any]) -> None:
        told = "".join(f', "{key}": {json.dumps(value, ensure_ascii=self._escapes)}' for key, value in rest.items())
        self.out.write(f"\n]{told}}}\n")

    def error(self, error: MirError) -> None:
        """What happened, to what, what to do; with --json the object on standard output as well."""
        self.err.write(f"mir-download: {plain(str(error), longest=600)}\n  {error.advice}\n")
        self.err.flush()
        self.result({"error": error.as_dict()})

    def table(self, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> int:
        """Aligned columns; long lists begin before they end, aligned by their first block. Answers the count."""
        widths: list[int] = [len(cell) for cell in head]
        count = 0
        block: list[tuple[str, ...]] = [head]

        def flush() -> None:
            for line in block:
                for at, cell in enumerate(line):
                    widths[at] = max(widths[at], len(cell))
            for line in block:
                self.say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
            block.clear()

        for line in rows:
            count += 1
            block.append(line)
            if len(block) >= 200:
                flush()
        if count:
            flush()
        return count
