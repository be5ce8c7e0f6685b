"""The tables of runs, one row per file a run brought home: written at its end, or by the next run.

A table is a projection; everything in it is in the ledger, the manifest and beside the recordings.
"""

from __future__ import annotations

import logging
from itertools import chain
from pathlib import Path

import msgspec

from download_client.archive import Entry
from download_client.engine.custody import Custody
from download_client.errors import DiskError, FileHeld, MirError
from download_client.ledger import Item
from download_client.model import Conversation, Recording, RecordingStatus, Run, moment
from download_client.transfer import in_hand
from download_client.wav import WavInfo

_log = logging.getLogger(__name__)

_DUE = "tables due"
"""The note that names the runs whose table is still to be written."""


class RunTables:
    """Those of one archive, which is in hand. `source` is the service's host, for a column of the table."""

    def __init__(self, custody: Custody, *, source: str) -> None:
        self._custody = custody
        self._source = source

    def write_missing(self, *, but: int | None) -> None:
        """Of runs that were killed before, or had no room for it: what they brought home is in no other table.

        `but`: this one writes its own when it ends.
        """
        missing = {*self._custody.ledger.runs.unended(), *self._due()}
        for run_id in sorted(missing - {but}):
            self.write(run_id)

    def write(self, run_id: int) -> tuple[Path | None, MirError | None]:
        """The table of a run, None where nothing came; where the disk does not let it be written, the next run does it.

        The error says so, unless somebody looks at an older one: not worth a word.
        """
        due = self._due()
        try:
            table, error, left = self._write(run_id), None, due - {run_id}
        except DiskError as failed:
            _log.info("run %s: its table was not written: %s", run_id, failed.code)
            table, error, left = None, None if isinstance(failed, FileHeld) else failed, due | {run_id}
        self._say_due(left, before=due)
        return table, error

    def put_off(self, run_id: int) -> None:
        """A run that was stopped and goes on writes it when it has ended: there is no time for it at a stop."""
        due = self._due()
        self._say_due(due | {run_id}, before=due)

    def _due(self) -> set[int]:
        return {int(number) for number in self._custody.ledger.database.note(_DUE).split(",") if number}

    def _say_due(self, runs: set[int], *, before: set[int]) -> None:
        if runs != before:
            self._custody.ledger.database.set_note(_DUE, ",".join(map(str, sorted(runs))))

    def _write(self, run_id: int) -> Path | None:
        run = self._custody.ledger.runs.get(run_id)
        rows = (
            entry_of(item, conversation, run=run, source=self._source)
            for item, conversation in self._custody.ledger.runs.archived(run_id)
        )
        first = next(rows, None)
        if first is None:
            return None
        return self._custody.archive.write_run_csv(table_name(run), chain((first,), rows)).path


def table_name(run: Run) -> str:
    """What the table of a run is called."""
    return f"{run.started_at:%Y-%m-%d %H.%M.%S} run {run.id}"


def entry_of(item: Item, conversation: Conversation, *, run: Run, source: str) -> Entry:
    """A row of the ledger as the archive speaks of it."""
    hand = in_hand(item, conversation)
    return Entry(
        path=item.path,
        conversation=conversation,
        recording=hand.recording if hand is not None else _unlisted(item, conversation),
        version_number=item.version,
        size=item.done_size or 0,
        sha256=item.done_sha256,
        etag=item.done_etag,
        verified_by=item.verified_by,
        wav=msgspec.json.decode(item.wav, type=WavInfo) if item.wav else None,
        downloaded_at=moment(item.archived_at or 0.0),
        run_id=run.id,
        access_level=run.access_level,
        source=source,
    )


def _unlisted(item: Item, conversation: Conversation) -> Recording:
    """The conversation was updated since and no longer names the recording: what the ledger still knows of it."""
    return Recording(
        id=item.recording_id,
        sequence=0,
        start_time=conversation.start_time,
        duration_seconds=conversation.duration_seconds,
        status=RecordingStatus.AVAILABLE,
        size_bytes=item.size,
        etag=item.etag,
    )
