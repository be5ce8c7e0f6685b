"""Certificates of the public side: one good one, and those that are not, all made here.

Not promised: keys that are safe to use anywhere else.
"""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mir_sandbox.faults.plan import Certificate

_NAMES = ("localhost", "127.0.0.1", "::1")


class Certificates:
    """Server contexts by kind of certificate; made when first asked for.

    `directory` keeps the authority (`ca.pem`, `ca-key.pem`) and uses it again, so that a service that starts anew is
    trusted by who trusted the old one.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.ca_file = directory / "ca.pem"
        key_file = directory / "ca-key.pem"
        if self.ca_file.exists() and key_file.exists():
            self._authority = trustme.CA.from_pem(self.ca_file.read_bytes(), key_file.read_bytes())
        else:
            directory.mkdir(parents=True, exist_ok=True)
            self._authority = trustme.CA(organization_name="Stand-in MIR service")
            self.ca_file.write_bytes(self._authority.cert_pem.bytes())
            key_file.touch(mode=0o600)
            key_file.write_bytes(self._authority.private_key_pem.bytes())
        self._contexts: dict[Certificate, ssl.SSLContext] = {}

    def context(self, kind: Certificate = Certificate.VALID) -> ssl.SSLContext:
        """A server context for TLS 1.2 and 1.3 with the certificate of this kind."""
        if kind not in self._contexts:
            self._contexts[kind] = self._make(kind)
        return self._contexts[kind]

    def _make(self, kind: Certificate) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        if kind is Certificate.SELF_SIGNED:
            self._load_self_signed(context)
            return context
        now = datetime.now(UTC)
        match kind:
            case Certificate.EXPIRED:
                leaf = self._authority.issue_cert(
                    *_NAMES, not_before=now - timedelta(days=30), not_after=now - timedelta(days=1)
                )
            case Certificate.NOT_YET_VALID:
                leaf = self._authority.issue_cert(
                    *_NAMES, not_before=now + timedelta(days=1), not_after=now + timedelta(days=30)
                )
            case Certificate.WRONG_HOST:
                leaf = self._authority.issue_cert("another-host.example")
            case Certificate.UNKNOWN_CA:
                leaf = trustme.CA(organization_name="Nobody knows").issue_cert(*_NAMES)
            case _:
                leaf = self._authority.issue_cert(*_NAMES)
        leaf.configure_cert(context)
        return context

    def _load_self_signed(self, context: ssl.SSLContext) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )
        file = self._directory / "self-signed.pem"
        file.touch(mode=0o600)
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(file)
        file.unlink()
