"""Tables of recordings with further columns behind the archive's own: marks, copies; written whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from download_client.archive.files import Files
from download_client.archive.names import SPREADSHEET
from download_client.archive.table import BOM, COLUMNS, Tables, harmless
from download_client.archive.trouble import disk_error
from download_client.archive.values import Entry, Style


@dataclass(frozen=True, slots=True)
class Further:
    """Columns behind the archive's own; `numbers` are those of them that a spreadsheet shall read as figures."""

    columns: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


def write_wide(
    target: Path,
    style: Style,
    further: Further,
    rows: Iterable[tuple[Entry, Sequence[str]]],
    *,
    replace: bool = True,
) -> Path:
    """Write the exact table to `target`, and beside it, where the style asks for it, the one for spreadsheets.

    What lies there is replaced, or else the table gets the next free name; answers which. Rows are written as they
    stand in the archive's tables, a cell with half a character with a question mark in its place.

    Raises:
        DiskError: it cannot be written, or (FileHeld) somebody has the older one open; that one stays whole.

    """
    files, tables, spreadsheet = Files(), Tables(style), style.spreadsheet
    exact, safe = [BOM + tables.line([*COLUMNS, *further.columns])], [BOM + tables.line([*COLUMNS, *further.columns])]
    for entry, more in rows:
        cells = [_whole(cell) for cell in tables.row(entry, entry.path)]
        told = [_whole(cell) for cell in more]
        exact.append(tables.line([*cells, *told]))
        if spreadsheet:
            named = zip(further.columns, told, strict=True)
            kept = [cell if name in further.numbers else harmless(cell) for name, cell in named]
            safe.append(tables.line([*tables.safe_cells(cells), *kept]))
    named_target = _put(target, files, b"".join(exact), replace=replace)
    if spreadsheet:
        _put(named_target.with_name(named_target.stem + SPREADSHEET), files, b"".join(safe), replace=True)
    return named_target


def _put(target: Path, files: Files, data: bytes, *, replace: bool) -> Path:
    fresh = f"{target}.{uuid.uuid4().hex[:8]}.part"
    try:
        files.write(fresh, data)
        for error in files.flush([fresh], root=str(target.parent)).values():
            raise error
        if replace:
            files.replace(fresh, str(target))
            return target
        number = 1
        while True:
            named = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
            try:
                files.rename_new(fresh, str(named))
            except FileExistsError:
                number += 1
            else:
                return named
    except OSError as error:
        raise disk_error(error, subject="table") from error
    finally:
        with suppress(OSError):
            files.remove(fresh)


def _whole(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()
