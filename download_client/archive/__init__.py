"""The folder of finished recordings: names, parts, placing, tables, manifest, verify, rebuild; it knows no network and
no ledger, and does not promise that nobody else writes into the folder.

The door is `Archive`:

    create(root, *, service, account_id, accept_risk, clock, style)
    open(root, *, archive_id, service, account_id, style)
    root, identity, style
    lock(holder) -> context manager
    part_path(recording_id, version_number) -> Path
    plan_name(conversation, recording, *, version_number) -> str
    place(finished: Sequence[Finished]) -> list[Placed | MirError]     can be repeated: what is there already is adopted
    adopt(path, *, sha256, size) -> bool
    quarantine(part, *, reason) -> Path
    free_bytes() -> int
    write_run_csv(name, rows: Iterable[Finished | Entry]) -> RunTable
    remember_erased(tombstones)
    entries() -> Iterator[Entry | Tombstone]
    verify(...) -> Iterator[Finding]
"""

from download_client.archive.values import (
    DEFAULT_FOLDER,
    DEFAULT_NAME,
    Entry,
    Finished,
    Identity,
    Origin,
    Placed,
    Style,
    Tombstone,
)

__all__ = [
    "DEFAULT_FOLDER",
    "DEFAULT_NAME",
    "Entry",
    "Finished",
    "Identity",
    "Origin",
    "Placed",
    "Style",
    "Tombstone",
]
