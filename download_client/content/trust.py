"""Whom TLS trusts: the authorities of the system and, besides, a company's own file; verification is never off.

The libcurl inside a wheel carries its own idea of where authorities lie, so on Linux the place is found here. On
Windows and macOS libcurl asks the system itself.
"""

from __future__ import annotations

import os
import ssl
import sys
import tempfile
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
            self._file = ca_file
            return
        self._file = system_bundle()
        if self._file is None:
            self._folder = ssl.get_default_verify_paths().capath
            self._file = ca_file
        elif extra:
            # One file, because libcurl keeps a parsed file for all connections, but not a folder beside it.
            handle, name = tempfile.mkstemp(prefix="mir-authorities-", suffix=".pem")
            with os.fdopen(handle, "wb") as merged:
                merged.write(self._file.read_bytes() + b"\n" + extra)
            self._file = self._merged = Path(name)

    def apply(self, easy: pycurl.Curl) -> None:
        """Verify the service and a proxy reached over TLS alike."""
        easy.setopt(pycurl.SSL_VERIFYPEER, 1)
        easy.setopt(pycurl.SSL_VERIFYHOST, 2)
        easy.setopt(pycurl.PROXY_SSL_VERIFYPEER, 1)
        easy.setopt(pycurl.PROXY_SSL_VERIFYHOST, 2)
        easy.setopt(pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2)
        if self._native:
            easy.setopt(pycurl.SSL_OPTIONS, pycurl.SSLOPT_NATIVE_CA)
            easy.setopt(pycurl.PROXY_SSL_OPTIONS, pycurl.SSLOPT_NATIVE_CA)
        if self._file is not None:
            easy.setopt(pycurl.CAINFO, str(self._file))
            easy.setopt(pycurl.PROXY_CAINFO, str(self._file))
        if self._folder is not None:
            easy.setopt(pycurl.CAPATH, self._folder)

    def close(self) -> None:
        """Remove what was made for it."""
        if self._merged is not None:
            self._merged.unlink(missing_ok=True)
            self._merged = None


def system_bundle() -> Path | None:
    """The authorities of this Linux or BSD system: what OpenSSL's variables and paths name, else a known place."""
    named = ssl.get_default_verify_paths().cafile
    for place in (named, *_WELL_KNOWN):
        if place and Path(place).is_file():
            return Path(place)
    return None


def _read(ca_file: Path) -> bytes:
    try:
        text = ca_file.read_bytes()
    except OSError as failure:
        raise CertificateRejected(f"the file of authorities cannot be read: {failure.strerror}") from None
    if b"-----BEGIN CERTIFICATE-----" not in text and b"-----BEGIN TRUSTED CERTIFICATE-----" not in text:
        raise CertificateRejected("the file of authorities holds no certificate in PEM form")
    return text
