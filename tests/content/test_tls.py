"""TLS: whom we trust, and that nothing of ours is said to anybody else."""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from download_client.content import ContentOptions, Order
from download_client.content.trust import Trust, system_bundle
from download_client.errors import CertificateRejected
from tests.content.liar import Liar, whole
from tests.content.rig import QUICK, TOKEN, rig
from tests.windows import WINDOWS, needs_schannel

BODY = b"RIFF and so on"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ContentOptions:
    """The company's authority, besides the system's, and a folder of temporary files with a user's name in it."""
    folder = tmp_path / "Jörg Groß"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = folder / "company.pem"
    authority.cert_pem.write_to_path(str(path))
    return replace(QUICK, ca_file=path)


def server(certificate: trustme.LeafCert) -> Liar:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    liar = Liar(tls=context)
    liar.always("/content", whole(BODY))
    return liar


@needs_schannel
def test_a_company_authority(authority: trustme.CA, trusting: ContentOptions, tmp_path: Path) -> None:
    with server(authority.issue_cert("127.0.0.1")) as liar, rig(trusting) as running:
        outcome = running.fetch(Order(1, liar.url("/content"), tmp_path / "p"))
        assert (outcome.error, outcome.size) == (None, len(BODY))
        assert liar.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


BAD: dict[str, Callable[[trustme.CA], trustme.LeafCert]] = {
    "wrong host": lambda authority: authority.issue_cert("mir.example"),
    "expired": lambda authority: authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)),
    "unknown authority": lambda _: trustme.CA().issue_cert("127.0.0.1"),
}


@pytest.mark.parametrize("flaw", BAD)
def test_a_bad_certificate_stops_before_the_token_is_sent(
    flaw: str, authority: trustme.CA, trusting: ContentOptions, tmp_path: Path
) -> None:
    """52."""
    with server(BAD[flaw](authority)) as liar, rig(trusting) as running:
        outcome = running.fetch(Order(1, liar.url("/content"), tmp_path / "p"))
        assert type(outcome.error) is CertificateRejected
        assert outcome.error.detail.removeprefix("libcurl 60: ")
        assert not (tmp_path / "p").exists()
    assert liar.connections == 1
    assert not liar.raw


@needs_schannel
def test_a_company_authority_is_not_trusted_unless_named(authority: trustme.CA, tmp_path: Path) -> None:
    with server(authority.issue_cert("127.0.0.1")) as liar, rig() as running:
        assert type(running.fetch(Order(1, liar.url("/content"), tmp_path / "p")).error) is CertificateRejected
    assert not liar.raw


@needs_schannel
def test_one_connection_serves_many(authority: trustme.CA, trusting: ContentOptions, tmp_path: Path) -> None:
    with server(authority.issue_cert("127.0.0.1")) as liar, rig(trusting, at_once=2) as running:
        orders = [Order(key, liar.url("/content"), tmp_path / f"p{key}") for key in range(40)]
        assert all(outcome.error is None for outcome in running.fetch_all(orders))
        assert len(liar.requests) == 40
        assert liar.connections <= 2


def test_the_merged_file_of_authorities_is_removed(trusting: ContentOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trusting.ca_file is not None
    folder = trusting.ca_file.parent
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    trust = Trust(trusting.ca_file)
    merged = [path for path in folder.iterdir() if path.name.startswith("mir-authorities-")]
    if WINDOWS or system_bundle() is not None:
        both = merged[0].read_bytes()
        assert trusting.ca_file.read_bytes() in both
        assert both.count(b"BEGIN CERTIFICATE") > 1, "the system's authorities are trusted as well"
    trust.close()
    trust.close()
    assert [path.name for path in folder.iterdir()] == ["company.pem"]


def test_what_killed_processes_left_goes_after_a_while(
    trusting: ContentOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trusting.ca_file is not None
    folder = trusting.ca_file.parent
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    old, lately, other = (folder / f"mir-authorities-{name}.pem" for name in ("old", "lately", "other"))
    other = other.with_suffix(".txt")
    for path, age in ((old, 15), (lately, 13), (other, 15)):
        path.touch()
        os.utime(path, times=(time.time() - age * 86_400,) * 2)
    Trust(trusting.ca_file).close()
    left = {path.name for path in folder.iterdir()}
    if WINDOWS or system_bundle() is not None:
        assert left == {"company.pem", lately.name, other.name}


@pytest.mark.parametrize("text", [None, b"", b"not a certificate"])
def test_authorities_that_cannot_be_read(text: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(CertificateRejected):
        Trust(path)
