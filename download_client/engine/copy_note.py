"""What is written beside a saved copy: what it holds and where that came from, as a table; it copies no sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from download_client import __version__
from download_client.archive import Archive, Entry, Further, Style, write_wide
from download_client.engine.voices import Copied

_FIGURES: Final = ("From Second", "To Second", "Copied At (UTC)")
COLUMNS: Final = Further(
    ("Copy File", "Copied From", "Copied From SHA-256", *_FIGURES, "Copied By"), frozenset(_FIGURES)
)


def write_note(
    copy: Path,
    parts: Sequence[Copied],
    *,
    archive: Archive | None,
    known: Mapping[tuple[str, int], Entry],
    style: Style,
    source: str,
    now: datetime,
) -> Path:
    """One row for each part, behind the columns of its recording as the archive (`known`) or the service tells it.

    What was only heard has no file name there, and no words of a proof. Answers the table, which replaces none.
    Raises DiskError.
    """
    rows: list[tuple[Entry, Sequence[str]]] = []
    for part in parts:
        voice = part.voice
        entry = known.get((voice.recording.id, voice.version)) or _heard(part, source, now)
        of = f"{archive.root.name}/{entry.path}" if archive is not None and entry.path else source
        figures = [f"{part.start:.3f}", f"{part.end:.3f}", f"{now:%Y-%m-%dT%H:%M:%SZ}"]
        rows.append((entry, [copy.name, of, voice.sha256, *figures, f"MIR Download Client {__version__}"]))
    return write_wide(copy.with_suffix(".csv"), style, COLUMNS, rows, replace=False)


def _heard(part: Copied, source: str, now: datetime) -> Entry:
    return Entry(
        path="",
        conversation=part.conversation,
        recording=part.voice.recording,
        version_number=0,
        size=part.voice.recording.size_bytes or 0,
        sha256=part.voice.sha256,
        etag="",
        verified_by="",
        wav=None,
        downloaded_at=now,
        run_id=0,
        access_level="",
        source=source,
    )
