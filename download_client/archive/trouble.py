"""The one door through which errors of the file system become ours; it decides nothing but which one it is.

Numbers: errno of POSIX; "System Error Codes" (Microsoft Learn) for Windows. What an error is called never holds a file
name: names of recordings hold telephone numbers.
"""

from __future__ import annotations

import errno
import os
from typing import Final

from download_client.errors import ArchiveMissing, DiskError, DiskFailed, DiskFull, FileHeld, UnsafePath

_WINDOWS: Final[dict[int, type[DiskError]]] = {
    **dict.fromkeys((5, 32, 33), FileHeld),  # access denied, sharing violation, lock violation
    **dict.fromkeys((39, 112, 1295), DiskFull),  # handle disk full, disk full, disk quota exceeded
    # device not ready, invalid drive, write protected, bad network path, network busy, device gone, network name
    # deleted, bad network name, no such device, volume changed outside, device not connected, network unreachable
    **dict.fromkeys((15, 19, 21, 53, 54, 55, 59, 64, 67, 121, 433, 1006, 1167, 1231), ArchiveMissing),
    **dict.fromkeys((23, 27, 29, 30, 483, 1117, 1392, 1393), DiskFailed),  # CRC, sector, write, read, device, corrupt
}
_POSIX: Final[dict[int, type[DiskError]]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), DiskFull),
    **dict.fromkeys((errno.EIO, getattr(errno, "EUCLEAN", errno.EIO)), DiskFailed),
    **dict.fromkeys(
        (errno.EROFS, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH),
        ArchiveMissing,
    ),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), FileHeld),
    **dict.fromkeys((errno.ELOOP,), UnsafePath),
}
_STOPS_ALL: Final = (DiskFull, ArchiveMissing)


def kind(error: OSError) -> type[DiskError]:
    """Which of our errors it is; `DiskError` itself where it is none of the named ones."""
    windows = getattr(error, "winerror", None)
    if windows is not None:
        return _WINDOWS.get(windows, DiskError)
    if os.name == "nt" and error.errno == errno.EACCES:
        # What opens a file by descriptor has no more to say on Windows, not even for a sharing violation.
        return FileHeld
    return _POSIX.get(error.errno or 0, DiskError)


def disk_error(error: OSError, *, subject: str, needed: int | None = None, free: int | None = None) -> DiskError:
    """Our error for the file system's; `needed` and `free` in bytes, where they are known."""
    ours = kind(error)
    seen = error.strerror or type(error).__name__
    if error.errno == errno.EROFS or getattr(error, "winerror", None) == 19:
        seen = "the drive is read-only"
    elif ours is DiskFull and needed is not None and free is not None:
        seen = f"{needed} bytes are needed, {free} are free"
    elif error.errno in (errno.EACCES, errno.EPERM) and ours is DiskError:
        seen = "this user may not write there"
    return ours(seen, subject=subject)


def stops_all(error: DiskError) -> bool:
    """Whether the next file would meet the same."""
    return isinstance(error, _STOPS_ALL)
