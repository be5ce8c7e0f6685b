"""The reports of one schedule on disk: a JSON file and a page for each, written whole, the oldest thrown away.

It does not promise that a report is there: a disk may have refused it, or somebody took it away.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from download_client.report.codec import decode, encode
from download_client.report.values import Report
from download_client.settings import files

MOST_KEPT = 400
"""Reports of one schedule: more than a year of nights."""
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(\d{1,9})\.json")


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a report lies: `json` for programs, `html` for people (None: it has none)."""

    day: date
    number: int
    json: Path
    html: Path | None


class ReportFolder:
    """One schedule's reports. `folder` need not exist."""

    def __init__(self, folder: Path, *, prefix: str = "") -> None:
        """`prefix` begins each name, in a folder of somebody's: whoever may read the folder may read these."""
        self._folder = folder
        self._prefix = prefix

    def write(self, report: Report) -> Filed:
        """Write both files, in place of those of the same day and number; the oldest above `MOST_KEPT` go.

        Raises OSError: the disk refuses.
        """
        from download_client.report.page import page  # written once a night

        json, html = (self._folder / f"{self._prefix}{report.name}.{kind}" for kind in ("json", "html"))
        files.replace_text(html, page(report))
        files.replace_text(json, encode(report).decode())
        if self._prefix and os.name != "nt":
            for path in (json, html):
                path.chmod(0o600 | (self._folder.stat().st_mode & 0o044))
        for old in self.all()[:-MOST_KEPT]:
            old.json.unlink(missing_ok=True)
            if old.html is not None:
                old.html.unlink(missing_ok=True)
        return Filed(report.day, report.number, json, html)

    def all(self) -> list[Filed]:
        """Every report there is, oldest first."""
        try:
            names = [path.name for path in self._folder.iterdir()]
        except OSError:
            return []
        there = set(names)
        found = []
        for name in names:
            match = _NAME.fullmatch(name.removeprefix(self._prefix)) if name.startswith(self._prefix) else None
            try:
                day = date.fromisoformat(match[1]) if match is not None else None
            except ValueError:
                continue
            if match is None or day is None:
                continue
            html = name.removesuffix("json") + "html"
            page_of = self._folder / html if html in there else None
            found.append(Filed(day, int(match[2]), self._folder / name, page_of))
        return sorted(found, key=lambda each: (each.day, each.number))

    def find(self, *, day: date | None = None, number: int | None = None) -> Filed | None:
        """The last report, or the last of that day, or the one of that number; None: there is none."""
        fitting = [each for each in self.all() if day in (None, each.day) and number in (None, each.number)]
        return fitting[-1] if fitting else None

    def read(self, filed: Filed) -> Report | None:
        """The report of a file; None: it is gone, or cannot be read."""
        try:
            text = files.read_text(filed.json)
        except (OSError, ValueError):
            return None
        return decode(text.encode()) if text is not None else None
