"""The archive, and the place it lies in."""

from __future__ import annotations

from download_client.errors.base import Fate, MirError


class DiskError(MirError):
    """The archive and the place it lies in."""

    title = "The archive cannot be written"
    advice = "Check the drive and its permissions; the run goes on where it stopped."
    code = "disk"


class DiskFull(DiskError):
    """No room. Writers stop once; parts stay."""

    title = "The archive drive is full"
    advice = "Free some space or choose another drive; the run goes on where it stopped."
    code = "disk_full"


class ArchiveMissing(DiskError):
    """The folder, its drive or its identity is not there. Nothing is recreated elsewhere."""

    title = "The archive is not there"
    advice = "Connect the drive that holds it, or choose another archive folder."
    code = "archive_missing"


class ArchiveLocked(DiskError):
    """Another puller holds the archive's lock. The detail says who."""

    title = "Another pull is at work in this archive"
    advice = "Wait until it has finished, or stop it first."
    code = "archive_locked"


class ArchiveForeign(DiskError):
    """The archive belongs to another account or service."""

    title = "This archive belongs to another account"
    advice = "Choose another archive folder for this account."
    code = "archive_foreign"


class ArchiveNewer(DiskError):
    """A newer version of this program made the archive; nothing of it was changed."""

    title = "A newer version of this program made this archive"
    advice = "Install the newer version again, or choose another archive folder. Nothing was changed."
    code = "archive_newer"


class FileNewer(DiskError):
    """A newer version of this program made a file of ours, such as the queue; nothing of it was changed."""

    title = "A newer version of this program made this file"
    advice = "Install the newer version again, or take the file away. Nothing was changed."
    code = "file_newer"


class ArchiveUnwise(DiskError):
    """The folder lies in a synchronised or temporary place, or its path is too long; it needs a yes."""

    title = "This folder is a risky place for an archive"
    advice = "Choose a local folder that no program synchronises or cleans, or confirm with --accept-risk."
    code = "archive_unwise"


class FileHeld(DiskError):
    """Another program (often an antivirus) holds the file; WinError 5, 32, 33."""

    title = "Another program holds the file"
    advice = "Nothing to do: it is placed at the next try. Exclude the archive's .mir folder from scanning if it stays."
    fate = Fate.AGAIN
    code = "file_held"


class DiskFailed(DiskError):
    """EIO and its kin: this part is abandoned."""

    title = "The drive reported an error"
    advice = "Check the drive's health before going on."
    code = "disk_failed"


class UnsafePath(DiskError):
    """A link or junction in the archive leads out of it, or a name would."""

    title = "A path would lead out of the archive"
    advice = "Remove the link that was planted in the archive folder."
    code = "unsafe_path"


class CatalogFailed(DiskError):
    """The copy of a list that this computer keeps to order and search it cannot be used."""

    title = "The list cannot be kept on this computer"
    advice = "Free some space on the system drive and check its permissions; then search again."
    code = "catalog"


class MarksDamaged(DiskError):
    """The file with the marks of a recording is not one of ours any more; it is not written over."""

    title = "The marks of the recording cannot be read"
    advice = "Take the file with the marks beside the recording away, or put back one that was kept; then try again."
    code = "marks_damaged"
