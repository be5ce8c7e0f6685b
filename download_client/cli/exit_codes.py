"""The one table of exit codes; scripts rely on it, so a number never changes its meaning."""

from __future__ import annotations

from enum import IntEnum

from download_client import errors
from download_client.errors import (
    AccessNone,
    ArchiveForeign,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveUnwise,
    CertificateRejected,
    ChannelNotSetUp,
    DiskError,
    DiskFull,
    DownloadNotPermitted,
    InsecureAddress,
    Interrupted,
    LedgerError,
    MirError,
    NetworkError,
    ProxyRejected,
    RateLimited,
    ServiceUnavailable,
    SignInError,
    TellingError,
    UsageError,
)


class Exit(IntEnum):
    """What a command's end means."""

    COMPLETE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    OFFLINE = 4
    SIGN_IN = 5
    ACCESS = 6
    ARCHIVE = 7
    FULL = 8
    LOCKED = 9
    DAMAGED = 10
    REFUSED_CONNECTION = 11
    ENDANGERED = 12
    MISSED = 13
    UNTOLD = 14
    INTERRUPTED = 130


MEANING = {
    Exit.COMPLETE: "done; a pull: everything listed is archived, or in a final state that an earlier run reported",
    Exit.FAILED: "something unexpected failed; the message and the log say what",
    Exit.USAGE: "the command, a criterion or a setting cannot be meant",
    Exit.PARTIAL: "a pull ended, but something may still come or is missing for the first time; run it again",
    Exit.OFFLINE: "the service cannot be reached or is not available; the next run goes on where this one stopped",
    Exit.SIGN_IN: "not signed in, wrong credentials, the sign-in has ended, or the keyring cannot be used",
    Exit.ACCESS: "the access level is None, or downloading is not permitted",
    Exit.ARCHIVE: "the archive or its ledger is missing, foreign, in a risky place, or cannot be used",
    Exit.FULL: "the archive's drive is full; nothing is lost, the next run goes on",
    Exit.LOCKED: "another pull is at work in this archive",
    Exit.DAMAGED: "verify or audit verify found damage; each is named",
    Exit.ENDANGERED: "retention found recordings that the service deletes within that time and the archive lacks",
    Exit.MISSED: "schedule check: a night passed without any run",
    Exit.UNTOLD: "alarm test: a message could not be delivered",
    Exit.REFUSED_CONNECTION: "the certificate is not trusted, the proxy refused, or the address is not secure",
    Exit.INTERRUPTED: "stopped on request; everything is durable, the next run goes on",
}

_BY_ERROR: tuple[tuple[type[MirError], Exit], ...] = (
    (UsageError, Exit.USAGE),
    (AccessNone, Exit.ACCESS),
    (DownloadNotPermitted, Exit.ACCESS),
    (SignInError, Exit.SIGN_IN),
    (CertificateRejected, Exit.REFUSED_CONNECTION),
    (ProxyRejected, Exit.REFUSED_CONNECTION),
    (InsecureAddress, Exit.REFUSED_CONNECTION),
    (NetworkError, Exit.OFFLINE),
    (RateLimited, Exit.OFFLINE),
    (ServiceUnavailable, Exit.OFFLINE),
    (DiskFull, Exit.FULL),
    (ArchiveLocked, Exit.LOCKED),
    (ArchiveMissing, Exit.ARCHIVE),
    (ArchiveForeign, Exit.ARCHIVE),
    (ArchiveUnwise, Exit.ARCHIVE),
    (DiskError, Exit.ARCHIVE),
    (LedgerError, Exit.ARCHIVE),
    (ChannelNotSetUp, Exit.USAGE),
    (TellingError, Exit.UNTOLD),
    (Interrupted, Exit.INTERRUPTED),
)


def exit_of(error: MirError) -> Exit:
    """The exit code of an error that ended a command."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.FAILED)


def exit_of_code(code: str) -> Exit:
    """The exit code of an error that is known by its code only, as a night keeps it."""
    kinds = (getattr(errors, name) for name in errors.__all__)
    found = next((kind for kind in kinds if getattr(kind, "code", None) == code), None)
    return exit_of(found()) if isinstance(found, type) and issubclass(found, MirError) else Exit.FAILED


def table() -> str:
    """The table as --help and the guides show it."""
    return "\n".join(f"  {code.value:>3}  {MEANING[code]}" for code in Exit)
