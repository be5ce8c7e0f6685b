"""The one door through which libcurl's and the disk's failures become ours; what is tried again is decided elsewhere.

libcurl's numbers are written out: pycurl does not name all of them in every version.
"""

from __future__ import annotations

import errno

from download_client.errors import (
    ArchiveMissing,
    BodyRefused,
    CertificateRejected,
    ConnectionLost,
    DiskError,
    DiskFailed,
    DiskFull,
    FileHeld,
    MirError,
    NetworkError,
    Offline,
    ProtocolBroken,
    ProxyRejected,
    TimedOut,
    Truncated,
    UnsafePath,
)

_TIMED_OUT = 28
_BY_CODE: dict[int, type[MirError]] = {
    1: ProtocolBroken,  # unsupported protocol, or HTTP/0.9: no status line
    3: ProtocolBroken,  # malformed address
    5: Offline,  # the proxy's name does not resolve
    6: Offline,  # the name does not resolve
    7: Offline,  # nobody listens, no route
    8: ProtocolBroken,  # weird server reply: lengths that cannot be meant
    16: ConnectionLost,  # HTTP/2 framing
    18: Truncated,  # fewer bytes than announced, or no last chunk
    23: ProtocolBroken,  # we refused the body without a reason of ours
    35: ConnectionLost,  # the handshake broke
    51: CertificateRejected,
    52: ConnectionLost,  # nothing came
    55: ConnectionLost,  # sending failed
    56: ConnectionLost,  # receiving failed
    60: CertificateRejected,
    61: BodyRefused,  # a transfer coding nobody asked for
    63: Truncated,  # longer than allowed
    77: CertificateRejected,  # the file of authorities cannot be read
    83: CertificateRejected,
    90: CertificateRejected,
    91: CertificateRejected,
    92: ConnectionLost,  # HTTP/2 stream
    94: ProxyRejected,
    97: ProxyRejected,
    100: ProtocolBroken,  # headers beyond libcurl's cap
}
_SAYS_WHY = frozenset({35, 51, 60, 77, 83, 90, 91})
"""Codes whose text names only the certificate and the handshake."""

_BY_ERRNO: dict[int, type[DiskError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EIO: DiskFailed,
    errno.ENXIO: DiskFailed,
    errno.ENOENT: ArchiveMissing,
    errno.ENOTDIR: ArchiveMissing,
    errno.ENODEV: ArchiveMissing,
    errno.EROFS: ArchiveMissing,
    errno.ESTALE: ArchiveMissing,
    errno.ELOOP: UnsafePath,
    errno.EACCES: FileHeld,
    errno.EBUSY: FileHeld,
}
_BY_WINERROR: dict[int, type[DiskError]] = {
    5: FileHeld,
    32: FileHeld,
    33: FileHeld,
    112: DiskFull,
    39: DiskFull,
    21: ArchiveMissing,
    53: ArchiveMissing,
    55: ArchiveMissing,
    64: ArchiveMissing,
    67: ArchiveMissing,
    23: DiskFailed,
    1117: DiskFailed,
}


def from_curl(code: int, *, text: str, connected: bool, proxy_status: int) -> MirError:
    """The error of a transfer that libcurl ended with `code`.

    `text` is libcurl's own; only what it says of certificates is shown. `connected`: a connection had been made.
    `proxy_status` is the proxy's answer to CONNECT, 0 when there was none.
    """
    if proxy_status >= 400 and code in (7, 35, 52, 56, 97):
        if proxy_status >= 500:
            return Offline(f"the proxy answered {proxy_status}")
        return ProxyRejected(f"the proxy answered {proxy_status}")
    if code == _TIMED_OUT:
        return TimedOut("no answer") if connected else Offline("no connection in time")
    kind = _BY_CODE.get(code, NetworkError)
    if code == 56 and "headers" in text:
        # "Too large response headers": libcurl's cap over all interim answers.
        kind = ProtocolBroken
    shown = text if code in _SAYS_WHY else ""
    return kind(": ".join(part for part in (f"libcurl {code}", shown[:200]) if part))


def from_disk(failure: OSError) -> DiskError:
    """The error of a part file that could not be opened, written or made durable."""
    winerror = getattr(failure, "winerror", None)
    kind = _BY_WINERROR.get(winerror) if winerror is not None else None
    if kind is None:
        kind = _BY_ERRNO.get(failure.errno or 0, DiskError)
    return kind(failure.strerror or type(failure).__name__)
