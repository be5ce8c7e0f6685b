"""The ledger's file cannot be used."""

from __future__ import annotations

from download_client.errors.base import MirError


class LedgerError(MirError):
    """The ledger's file."""

    title = "The ledger cannot be used"
    advice = "Run `mir-download rebuild DIR`: it is made anew from the archive alone."
    code = "ledger"


class LedgerCorrupt(LedgerError):
    """SQLite says so, or the ledger contradicts the archive."""

    title = "The ledger is damaged"
    code = "ledger_corrupt"


class LedgerNewer(LedgerError):
    """A newer version of this program wrote it."""

    title = "The ledger was written by a newer version of this program"
    advice = "Update this program."
    code = "ledger_newer"
