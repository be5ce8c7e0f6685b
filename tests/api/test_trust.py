"""Certificates, proxies and addresses: what is believed before a token is sent (faults 11, 52)."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme

from download_client.api import DIRECT, ConnectionOptions, ServiceAddress, resolve_proxy, shown_proxy
from download_client.api.connection import Connection, Request
from download_client.credentials import Secret
from download_client.errors import (
    CertificateRejected,
    ConnectionLost,
    InsecureAddress,
    InvalidSetting,
    MirError,
    Offline,
    ProtocolBroken,
    ProxyRejected,
    TimedOut,
)
from tests.api.liar import Act, Liar, honest
from tests.windows import needs_schannel, own_store


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "corporate ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def served(authority: trustme.CA, *names: str, **how: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **how).configure_cert(context)
    return context


def ask(url: str, **options: Any) -> None:
    patience = {"connect": 3.0, "read": 1.0, "total": 5.0}
    connection = Connection(ConnectionOptions(**patience | options), stop=threading.Event())
    try:
        connection.send(Request("GET", url, token=Secret("canary")))
    finally:
        connection.close()


@needs_schannel
def test_the_corporate_authority_is_trusted_besides_the_system(authority: trustme.CA, ca_file: Path) -> None:
    with Liar(lambda _: [honest({})], context=served(authority, "127.0.0.1")) as liar:
        ask(liar.base, ca_file=ca_file)
        assert len(liar.asked) == 1


@own_store
def test_the_store_of_the_system_is_trusted(
    authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    with Liar(lambda _: [honest({})], context=served(authority, "127.0.0.1")) as liar:
        ask(liar.base)
        assert len(liar.asked) == 1


BAD: dict[str, dict[str, Any]] = {
    "expired": {
        "not_before": datetime(2020, 1, 1, tzinfo=UTC),
        "not_after": datetime(2021, 1, 1, tzinfo=UTC),
    },
    "another host": {},
    "nobody we know": {},
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_certificate_stops_before_the_token_is_sent(bad: str, authority: trustme.CA, ca_file: Path) -> None:
    signer = trustme.CA() if bad == "nobody we know" else authority
    name = "mir.example" if bad == "another host" else "127.0.0.1"
    with Liar(lambda _: [honest({})], context=served(signer, name, **BAD[bad])) as liar:
        with pytest.raises(CertificateRejected) as caught:
            ask(liar.base, ca_file=ca_file)
        assert liar.asked == []
    assert caught.value.subject == f"127.0.0.1:{liar.port}"
    assert caught.value.detail


def test_nothing_in_the_environment_or_in_requests_widens_trust(
    authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(ca_file))
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(ca_file))
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    with Liar(lambda _: [honest({})], context=served(authority, "127.0.0.1")) as liar:
        with pytest.raises(CertificateRejected):
            ask(liar.base)
        assert liar.asked == []


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_ca_file_that_cannot_be_used(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(CertificateRejected) as caught:
        ask("https://127.0.0.1:1/", ca_file=path)
    assert caught.value.subject == str(path)


def test_plain_http_where_tls_is_spoken_and_the_other_way_round(authority: trustme.CA, ca_file: Path) -> None:
    with Liar(lambda _: [honest({})]) as liar, pytest.raises((ConnectionLost, TimedOut)):
        ask(liar.base.replace("http:", "https:"), ca_file=ca_file, connect=0.3, read=0.3)
    with Liar(lambda _: [], context=served(authority, "127.0.0.1")) as liar, pytest.raises(ConnectionLost):
        ask(liar.base.replace("https:", "http:"))


# Proxies


class Tunnel:
    """An honest proxy: every name leads to one port of this computer."""

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            client, _ = self._listener.accept()
            with client, socket.create_connection(("127.0.0.1", self._port)) as server:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    head += client.recv(1)
                self.heads.append(head)
                client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                back = threading.Thread(target=_pump, args=(server, client), daemon=True)
                back.start()
                _pump(client, server)
                with contextlib.suppress(OSError):
                    server.shutdown(socket.SHUT_RDWR)
                back.join()

    def close(self) -> None:
        self._listener.close()
        self._thread.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


def test_through_a_proxy_the_certificate_is_still_the_service_s(authority: trustme.CA, ca_file: Path) -> None:
    with Liar(lambda _: [honest({})], context=served(authority, "mir.test")) as liar:
        tunnel = Tunnel(liar.port)
        ask("https://mir.test/x", proxy=f"http://ana:pass@{tunnel.address}", ca_file=ca_file)
        assert len(liar.asked) == 1
        assert tunnel.heads[0].startswith(b"CONNECT mir.test:443 ")
        assert b"Proxy-Authorization: Basic YW5hOnBhc3M=" in tunnel.heads[0]
        assert "proxy-authorization" not in liar.asked[0].headers
        tunnel.close()
        other = Tunnel(liar.port)
        with pytest.raises(CertificateRejected):
            ask("https://other.test/x", proxy=other.address, ca_file=ca_file)
        other.close()


PROXY_FAULTS: dict[str, tuple[bytes | Act, type[MirError]]] = {
    "407": (b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", ProxyRejected),
    "403": (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", ProxyRejected),
    "502": (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", Offline),
    "closed": (Act.CLOSE, ConnectionLost),
    "reset": (Act.RESET, ConnectionLost),
    "not a proxy": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", ProtocolBroken),
}


@pytest.mark.parametrize("fault", PROXY_FAULTS)
def test_each_fault_of_a_proxy_has_its_error(fault: str) -> None:
    answer, expected = PROXY_FAULTS[fault]
    with Liar(lambda _: [answer, Act.CLOSE]) as proxy, pytest.raises(expected) as caught:
        ask("https://mir.test/x", proxy=f"http://ana:pass@127.0.0.1:{proxy.port}")
    assert "pass" not in "".join(traceback.format_exception_only(caught.value))


def test_a_proxy_that_is_not_there_is_like_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Offline):
        ask("https://mir.test/x", proxy=f"127.0.0.1:{port}")


def test_a_silent_proxy() -> None:
    with Liar(lambda _: [Act.HOLD]) as proxy:
        options = ConnectionOptions(proxy=f"127.0.0.1:{proxy.port}", connect=1, read=0.3, total=0.5)
        connection = Connection(options, stop=threading.Event())
        with pytest.raises(TimedOut):
            connection.send(Request("GET", "https://mir.test/x"))


def test_which_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert resolve_proxy("", url="https://mir.test/") == ""
    monkeypatch.setenv("https_proxy", "proxy.corp:3128")
    assert resolve_proxy("", url="https://mir.test/") == "http://proxy.corp:3128"
    assert resolve_proxy(DIRECT, url="https://mir.test/") == ""
    assert resolve_proxy("http://mine:1", url="https://mir.test/") == "http://mine:1"
    assert resolve_proxy("http://mine:1", url="http://127.0.0.1:5/") == ""
    assert resolve_proxy("http://mine:1", url="https://[::1]:5/") == ""
    monkeypatch.setenv("no_proxy", ".test")
    assert resolve_proxy("", url="https://mir.test/") == ""
    monkeypatch.delenv("no_proxy")
    monkeypatch.delenv("https_proxy")
    monkeypatch.setenv("all_proxy", "http://all:9")
    assert resolve_proxy("", url="https://mir.test/") == "http://all:9"


def test_a_proxy_is_shown_without_its_password() -> None:
    assert shown_proxy("http://ana:p@ss@proxy.corp:3128") == "http://proxy.corp:3128"
    assert shown_proxy("http://proxy.corp:3128") == "http://proxy.corp:3128"
    assert shown_proxy("") == ""


@pytest.mark.parametrize("proxy", ["socks5://h:1", "https://h:1", "http://", "http://h:99999", "http://h:x"])
def test_a_proxy_that_cannot_be_used(proxy: str) -> None:
    with pytest.raises(ProxyRejected):
        resolve_proxy(proxy, url="https://mir.test/")


# Addresses


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("mir.example", "https://mir.example/mir/api/v1"),
        (" https://MIR.example/ ", "https://mir.example/mir/api/v1"),
        ("https://mir.example:8443/recordings/v2/", "https://mir.example:8443/recordings/v2"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80/mir/api/v1"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://127.9.9.9:1", "http://127.9.9.9:1/mir/api/v1"),
    ],
)
def test_addresses(typed: str, base: str) -> None:
    assert ServiceAddress.parse(typed).base == base
    assert ServiceAddress.parse(base).base == base


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("http://mir.example", InsecureAddress),
        ("http://localhost:80", InsecureAddress),
        ("http://10.0.0.1", InsecureAddress),
        ("http://127.0.0.1.evil.example", InsecureAddress),
        ("http://2130706433", InsecureAddress),
        ("ftp://127.0.0.1", InsecureAddress),
        ("file:///etc/passwd", InvalidSetting),
        ("https://user:canary@mir.example", InvalidSetting),
        ("https://mir.example/?a=b", InvalidSetting),
        ("https://mir.example/#f", InvalidSetting),
        ("https://mir.example:99999", InvalidSetting),
        ("https://mir .example", InvalidSetting),
        ("https://mir.example/\n", None),
        ("https://mir.example\\@evil.example", InvalidSetting),
        ("https://", InvalidSetting),
        ("", InvalidSetting),
        ("https://[::1", InvalidSetting),
        ("https://" + "a" * 3000, InvalidSetting),
    ],
)
def test_addresses_that_are_refused(typed: str, expected: type[MirError] | None) -> None:
    if expected is None:
        assert ServiceAddress.parse(typed).base == "https://mir.example/mir/api/v1"
        return
    with pytest.raises(expected) as caught:
        ServiceAddress.parse(typed)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("identifier", ["../../auth/token", "a/b", "a?b", "a#b", "a%2fb", "é", "a b"])
def test_an_id_cannot_climb_out_of_its_place(identifier: str) -> None:
    url = ServiceAddress("https://h/mir/api/v1").below("conversations", identifier, "content")
    prefix, suffix = "https://h/mir/api/v1/conversations/", "/content"
    assert url.startswith(prefix)
    assert url.endswith(suffix)
    assert not set("/?#") & set(url[len(prefix) : -len(suffix)])
