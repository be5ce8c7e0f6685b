"""A table of a run or of a choice, written row by row, put in place whole (fault 58); memory does not grow with it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from download_client.archive.files import Files
from download_client.archive.names import EXACT, RUNS, SPREADSHEET, run_name
from download_client.archive.root import RUN, Root
from download_client.archive.table import LONGEST_CELL, Tables
from download_client.archive.trouble import disk_error
from download_client.archive.values import Entry, Finished

_BUFFER: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class RunTable:
    """The exact table, and the spreadsheet-safe one where it was asked for.

    `refused`: how many recordings have no row, because a cell is longer than 1 MiB or holds half a character.
    """

    path: Path
    spreadsheet: Path | None
    rows: int
    refused: int


def write_run_table(
    root: Root, files: Files, tables: Tables, name: str, it: Iterable[Finished | Entry], *, spreadsheet: bool
) -> RunTable:
    """Write the table of a run in place of an older one of that name.

    Raises:
        DiskError: it cannot be written, or (FileHeld) somebody has the older one open; that one stays whole.

    """
    stem = run_name(name)
    suffixes = (EXACT, SPREADSHEET) if spreadsheet else (EXACT,)
    fresh = [f"{root.parts}{os.sep}{RUN}{stem}{suffix}" for suffix in suffixes]
    final = [f"{root.runs}{os.sep}{stem}{suffix}" for suffix in suffixes]
    try:
        root.make_runs()
        with ExitStack() as stack:
            outputs = [stack.enter_context(Path(path).open("wb", buffering=_BUFFER)) for path in fresh]
            rows, refused = _write_rows(outputs, tables, it)
        failed = files.flush(fresh, root=root.base)
        for error in failed.values():
            raise error
        for source, target in zip(fresh, final, strict=True):
            files.replace(source, target)
        files.flush_folders([root.runs])
    except OSError as error:
        _forget(files, fresh)
        raise disk_error(error, subject=f"table of run {stem}") from error
    except BaseException:
        _forget(files, fresh)
        raise
    # Told as people write it: other programs do not know the form for long paths.
    told = [root.path / RUNS / (stem + suffix) for suffix in suffixes]
    return RunTable(told[0], told[1] if spreadsheet else None, rows, refused)


def write_table(target: Path, files: Files, tables: Tables, it: Iterable[Finished | Entry]) -> RunTable:
    """Write an exact table anywhere, in place of what lies there: old whole or new whole.

    Raises:
        DiskError: it cannot be written, or (FileHeld) somebody has the older one open; that one stays whole.

    """
    fresh = f"{target}.{uuid.uuid4().hex[:8]}.part"
    try:
        with Path(fresh).open("wb", buffering=_BUFFER) as output:
            rows, refused = _write_rows([output], tables, it)
        for error in files.flush([fresh], root=str(target.parent)).values():
            raise error
        files.replace(fresh, str(target))
    except OSError as error:
        _forget(files, [fresh])
        raise disk_error(error, subject="table") from error
    except BaseException:
        _forget(files, [fresh])
        raise
    return RunTable(target, None, rows, refused)


def _write_rows(outputs: list[BinaryIO], tables: Tables, it: Iterable[Finished | Entry]) -> tuple[int, int]:
    writers = (tables.line, tables.safe_line)[: len(outputs)]
    for output in outputs:
        output.write(tables.header)
    rows = refused = 0
    for recording in it:
        cells = tables.row(recording, recording.path)
        try:
            if max(map(len, cells)) > LONGEST_CELL:
                refused += 1
                continue
            lines = [write(cells) for write in writers]
        except UnicodeEncodeError:
            refused += 1
            continue
        for output, line in zip(outputs, lines, strict=True):
            output.write(line)
        rows += 1
    return rows, refused


def _forget(files: Files, paths: list[str]) -> None:
    for path in paths:
        try:
            files.remove(path)
        except OSError:
            return
