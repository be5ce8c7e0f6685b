"""Whom TLS trusts: the authorities of the system and, besides, a company's own file; verification is never off.

The libcurl inside a wheel carries its own idea of where authorities lie, so on Linux the place is found here. On
Windows and macOS libcurl asks the system itself. On Windows it then asks only the system, or only a file: a company's
file is merged with the roots of the system's store, without those that Windows would fetch when it first needs them.
"""

from __future__ import annotations

import os
import ssl
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pycurl

from download_client.errors import CertificateRejected

_WELL_KNOWN = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
)

_PREFIX, _SUFFIX = "mir-authorities-", ".pem"
_LONGEST_RUN = 14 * 86_400.0
"""Seconds."""
_SERVERS = "1.3.6.1.5.5.7.3.1"
"""The purpose "authentication of servers" (RFC 5280, 4.2.1.12)."""

_NATIVE = pycurl.SSLOPT_NATIVE_CA | pycurl.SSLOPT_REVOKE_BEST_EFFORT
"""The second is Schannel's: a revoked certificate is refused, but a company's own authority often publishes no list of
the revoked, or one that cannot be reached from here; without it every such certificate is refused."""


class Trust:
    """Applied to every easy handle; closed with the fetcher.

    Raises CertificateRejected when `ca_file` cannot be read: going on without it would only fail later.
    """

    def __init__(self, ca_file: Path | None) -> None:
        self._merged: Path | None = None
        self._file: Path | None = None
        self._folder: str | None = None
        self._native = sys.platform in ("win32", "darwin")
        extra = _read(ca_file) if ca_file else b""
        if self._native:
            if extra and sys.platform == "win32":
                self._merge(extra, _windows_roots())
            else:
                self._file = ca_file
            return
        self._file = system_bundle()
        if self._file is None:
            self._folder = ssl.get_default_verify_paths().capath
            self._file = ca_file
        elif extra:
            self._merge(self._file.read_bytes(), extra)

    def apply(self, easy: pycurl.Curl) -> None:
        """Verify the service and a proxy reached over TLS alike."""
        easy.setopt(pycurl.SSL_VERIFYPEER, 1)
        easy.setopt(pycurl.SSL_VERIFYHOST, 2)
        easy.setopt(pycurl.PROXY_SSL_VERIFYPEER, 1)
        easy.setopt(pycurl.PROXY_SSL_VERIFYHOST, 2)
        easy.setopt(pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2)
        if self._native:
            easy.setopt(pycurl.SSL_OPTIONS, _NATIVE)
            easy.setopt(pycurl.PROXY_SSL_OPTIONS, _NATIVE)
        # As bytes, on Windows in UTF-8, which libcurl reads there: of text pycurl takes ASCII alone, and the folder of
        # temporary files bears the user's name.
        if self._file is not None:
            easy.setopt(pycurl.CAINFO, os.fsencode(self._file))
            easy.setopt(pycurl.PROXY_CAINFO, os.fsencode(self._file))
        if self._folder is not None:
            easy.setopt(pycurl.CAPATH, os.fsencode(self._folder))

    def close(self) -> None:
        """Remove what was made for it."""
        if self._merged is not None:
            self._merged.unlink(missing_ok=True)
            self._merged = None

    def _merge(self, *authorities: bytes) -> None:
        """One file, because libcurl keeps a parsed file for all connections, but not a folder beside it."""
        _sweep()
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX)
        with os.fdopen(handle, "wb") as merged:
            merged.write(b"\n".join(authorities))
        self._file = self._merged = Path(name)


def _sweep() -> None:
    """Remove what killed processes left; no run lasts that long."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):  # another user's, or gone meanwhile
            if time.time() - left.stat().st_mtime > _LONGEST_RUN:
                left.unlink()


def system_bundle() -> Path | None:
    """The authorities of this Linux or BSD system: what OpenSSL's variables and paths name, else a known place."""
    named = ssl.get_default_verify_paths().cafile
    for place in (named, *_WELL_KNOWN):
        if place and Path(place).is_file():
            return Path(place)
    return None


def _windows_roots() -> bytes:
    """The roots that Windows trusts for servers, in PEM form."""
    if sys.platform != "win32":
        return b""
    found = [
        ssl.DER_cert_to_PEM_cert(certificate)
        for certificate, encoding, purposes in ssl.enum_certificates("ROOT")
        if encoding == "x509_asn" and (purposes is True or (purposes and _SERVERS in purposes))
    ]
    return "".join(found).encode("ascii")


def _read(ca_file: Path) -> bytes:
    try:
        text = ca_file.read_bytes()
    except OSError as failure:
        raise CertificateRejected(f"the file of authorities cannot be read: {failure.strerror}") from None
    if b"-----BEGIN CERTIFICATE-----" not in text and b"-----BEGIN TRUSTED CERTIFICATE-----" not in text:
        raise CertificateRejected("the file of authorities holds no certificate in PEM form")
    return text
