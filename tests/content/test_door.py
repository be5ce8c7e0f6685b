"""Each failure of libcurl and of the disk has a name of ours."""

from __future__ import annotations

import errno
import os

import pytest

from download_client.content.door import from_curl, from_disk
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


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ((5, 6, 7), Offline),
        ((28,), TimedOut),
        ((16, 35, 52, 55, 56, 92), ConnectionLost),
        ((51, 60, 77, 83, 90, 91), CertificateRejected),
        ((94, 97), ProxyRejected),
        ((18, 63), Truncated),
        ((1, 3, 8, 23, 100), ProtocolBroken),
        ((61,), BodyRefused),
        ((2, 27, 999), NetworkError),
    ],
)
def test_curl(codes: tuple[int, ...], kind: type[MirError]) -> None:
    for code in codes:
        assert type(from_curl(code, text="x", connected=True, proxy_status=0)) is kind


def test_headers_beyond_measure() -> None:
    assert (
        type(from_curl(56, text="Too large response headers: 9 > 8", connected=True, proxy_status=0)) is ProtocolBroken
    )


def test_no_connection_in_time_is_offline() -> None:
    assert type(from_curl(28, text="", connected=False, proxy_status=0)) is Offline


@pytest.mark.parametrize(
    ("status", "kind"), [(407, ProxyRejected), (403, ProxyRejected), (502, Offline), (200, ConnectionLost)]
)
def test_proxy(status: int, kind: type[MirError]) -> None:
    assert type(from_curl(56, text="", connected=True, proxy_status=status)) is kind


def test_only_what_is_said_of_certificates_is_shown() -> None:
    assert "self-signed" in from_curl(60, text="self-signed certificate", connected=True, proxy_status=0).detail
    assert "secret" not in from_curl(3, text="https://x/?secret", connected=True, proxy_status=0).detail


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EIO, DiskFailed),
        (errno.ENOENT, ArchiveMissing),
        (errno.EROFS, ArchiveMissing),
        (errno.ELOOP, UnsafePath),
        (errno.EACCES, FileHeld),
        (errno.EINVAL, DiskError),
    ],
)
def test_disk(number: int, kind: type[MirError]) -> None:
    assert type(from_disk(OSError(number, os.strerror(number), "/a/path"))) is kind


@pytest.mark.parametrize(
    ("number", "kind"), [(5, FileHeld), (32, FileHeld), (33, FileHeld), (112, DiskFull), (53, ArchiveMissing)]
)
def test_windows_disk(number: int, kind: type[MirError]) -> None:
    failure = OSError(errno.EINVAL, "said")
    failure.winerror = number  # type: ignore[attr-defined,unused-ignore]
    assert type(from_disk(failure)) is kind
