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
    """A newer version of this program wrote it; nothing of it was changed."""

    title = "A newer version of this program made the ledger"
    advice = "Install the newer version again. Nothing was changed."
    code = "ledger_newer"
