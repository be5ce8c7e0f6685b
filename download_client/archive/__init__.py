"""The folder of finished recordings: names, parts, placing, tables, manifest, verify, rebuild; it knows no network and
no ledger, and does not promise that nobody else writes into the folder.

`archive` is the door. Behind it: `root` the folder and its identity, `risk` whether it is a wise place, `lock` one
puller, `template`, `safe` and `names` what a recording is called, `publish` how it gets its name, `table` and
`run_table` the CSV, `manifest` what was placed, `audit` who did it, `erase` what must go, `verify` whether it is still
so, `rebuild` what the archive alone tells, `walk` its files, `files` and `trouble` the file system.
"""

from download_client.archive.archive import Archive
from download_client.archive.audit import Audit, AuditEntry, Deed, DeedKind, Head, Verdict
from download_client.archive.erase import Doomed, Eraser, Refused
from download_client.archive.files import Files
from download_client.archive.marking import Mark, Subject
from download_client.archive.names import preview
from download_client.archive.risk import risks
from download_client.archive.run_table import RunTable
from download_client.archive.table import COLUMNS
from download_client.archive.template import FIELDS
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
from download_client.archive.verify import Finding, FindingKind, Verifier, VerifyProgress
from download_client.archive.wide_table import Further, write_wide

__all__ = [
    "COLUMNS",
    "DEFAULT_FOLDER",
    "DEFAULT_NAME",
    "FIELDS",
    "Archive",
    "Audit",
    "AuditEntry",
    "Deed",
    "DeedKind",
    "Doomed",
    "Entry",
    "Eraser",
    "Files",
    "Finding",
    "FindingKind",
    "Finished",
    "Further",
    "Head",
    "Identity",
    "Mark",
    "Origin",
    "Placed",
    "Refused",
    "RunTable",
    "Style",
    "Subject",
    "Tombstone",
    "Verdict",
    "Verifier",
    "VerifyProgress",
    "preview",
    "risks",
    "write_wide",
]
