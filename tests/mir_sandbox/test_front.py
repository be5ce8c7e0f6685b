"""The front without faults: bytes pass as they are, connections are kept, everything is noted."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.mir_sandbox.front_stage import AUDIO, BASE, CONTENT, LISTING, ME, TOKEN, Client, Stage, stage


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A front over plain HTTP."""
    with stage(tmp_path_factory.mktemp("front")) as running:
        yield running


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A front over TLS, with a door for each bad certificate."""
    with stage(tmp_path_factory.mktemp("secure"), tls=True) as running:
        yield running


def _trusting(front: Stage) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(front.sandbox.ca_file))


def _undated(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"date:")) + b"\r\n\r\n" + body


@pytest.mark.parametrize("target", [ME, CONTENT, LISTING, f"{BASE}/users", f"{BASE}/nothing", "/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_answers_pass_byte_for_byte(front: Stage, target: str, method: str) -> None:
    inner = urlsplit(front.sandbox.control_url).port
    assert inner is not None
    heard = []
    for port in (inner, front.port()):
        with Client(port) as client:
            client.send(target, method=method, headers="X-Own: one\r\nConnection: close\r\n")
            heard.append(client.hear())
    direct, passed = heard
    assert _undated(passed.raw) == _undated(direct.raw)
    assert passed.end == "closed"


def test_requests_pass_with_their_bodies(front: Stage) -> None:
    body = b"grant_type=password&username=\xc3\xa4"
    with Client(front.port()) as client:
        for extra in ("", "Expect: 100-continue\r\n"):
            client.send(TOKEN, method="POST", headers=f"x-lower: 1\r\n{extra}", body=body)
            echo = client.hear(keep_open=True).json()
            assert (echo["method"], echo["body"].encode()) == ("POST", body)
            assert echo["headers"]["host"] == "mir.example"
            assert echo["headers"]["x-lower"] == "1"


def test_a_client_that_waits_for_100_gets_it(front: Stage) -> None:
    with Client(front.port()) as client:
        client.send(TOKEN, method="POST", headers="Content-Length: 3\r\nExpect: 100-continue\r\n")
        assert client.receive(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.socket.sendall(b"a=b")
        assert client.hear(keep_open=True).json()["body"] == "a=b"


def test_chunked_requests_pass(front: Stage) -> None:
    with Client(front.port()) as client:
        client.send(TOKEN, method="POST", headers="Transfer-Encoding: chunked\r\n")
        for piece in (b"3\r", b"\nabc\r\n", b"2\r\nde\r\n0\r\n", b"\r\n"):
            client.socket.sendall(piece)
        assert client.hear(keep_open=True).json()["body"] == "abcde"


def test_a_large_body_passes_while_nobody_reads_for_a_while(front: Stage) -> None:
    text = "x" * 5_000_000
    with Client(front.port()) as client:
        client.send(ME, method="PUT", body=text.encode())
        assert client.receive(b"HTTP/1.1 200")
    with Client(front.port()) as client:
        client.send(ME, method="PUT", body=text.encode())
        assert client.hear(keep_open=True).json()["body"] == text


def test_connections_are_kept_and_requests_sent_ahead_wait_their_turn(front: Stage) -> None:
    before = front.sandbox.totals()["connections"].get("main", 0)
    with Client(front.port()) as client:
        for number in range(5):
            client.send(f"{LISTING}?pageToken={number % 3}")
        ids = [client.hear(keep_open=True).json()["items"][0]["id"] for _ in range(5)]
    assert ids == ["cnv-0", "cnv-10", "cnv-20", "cnv-0", "cnv-10"]
    assert front.sandbox.totals()["connections"]["main"] == before + 1


def test_a_request_in_single_bytes(front: Stage) -> None:
    with Client(front.port()) as client:
        for byte in f"\r\nGET {ME} HTTP/1.1\r\nHost: x\r\n\r\n".encode():
            client.socket.sendall(bytes([byte]))
        assert client.hear(keep_open=True).status == 200


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"rubbish\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20) + b"yz", 431),
    ],
)
def test_what_cannot_be_read_is_refused(front: Stage, raw: bytes, status: int) -> None:
    with Client(front.port()) as client:
        client.socket.sendall(raw)
        heard = client.hear()
        assert (heard.status, heard.end) == (status, "closed")


def test_the_journal_tells_what_was_asked(front: Stage) -> None:
    front.sandbox.forget()
    with Client(front.port()) as client:
        client.send(CONTENT, headers='Range: bytes=5000-\r\nIf-Range: "one"\r\nAuthorization: Bearer secret\r\n')
        heard = client.hear(keep_open=True)
        client.send(ME)
        client.hear(keep_open=True)
    first, second = front.sandbox.journal()
    assert first["method"] == "GET"
    assert first["target"] == CONTENT
    assert (first["route"], second["route"]) == ("content", "me")
    assert (first["range"], first["ifRange"]) == ("bytes=5000-", '"one"')
    assert (first["authorization"], second["authorization"]) == ("Bearer", None)
    assert (first["status"], first["sent"], first["ending"]) == (206, len(heard.raw), "complete")
    assert first["connection"] == second["connection"]
    assert (first["door"], first["fault"]) == ("main", None)
    assert "secret" not in json.dumps(first)
    assert front.sandbox.journal(after=first["number"]) == [second]
    assert front.sandbox.content_requests() == 1
    front.sandbox.forget()
    assert (front.sandbox.journal(), front.sandbox.content_requests()) == ([], 0)


def test_a_client_that_leaves_is_noted(front: Stage) -> None:
    front.sandbox.forget()
    with front.sandbox.fault("stall", {"after": 100}, where={"route": "content"}) as fault:
        with Client(front.port()) as client:
            client.send(CONTENT)
            fault.wait(waiting=1)
        while fault.state()["waiting"]:
            pass
    (entry,) = front.sandbox.journal()
    assert (entry["ending"], entry["fault"]) == ("clientLeft", "stall")


def test_tls_passes_the_same_bytes(secure: Stage) -> None:
    context = _trusting(secure)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context.minimum_version = context.maximum_version = version
        with Client(secure.port(), context=context) as client:
            for _ in range(2):
                client.send(CONTENT)
                assert client.hear(keep_open=True).body == AUDIO


def test_other_doors_lead_to_the_same_service(secure: Stage) -> None:
    with Client(secure.port("other"), context=_trusting(secure)) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200
    with Client(secure.port("plain")) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200
    assert [entry["door"] for entry in secure.sandbox.journal()[-2:]] == ["other", "plain"]


BAD = {
    "expired": "certificate has expired",
    "notYetValid": "certificate is not yet valid",
    "wrongHost": "not valid for 'localhost'",
    "selfSigned": "self-signed certificate",
    "unknownCa": "unable to get local issuer certificate",
}


@pytest.mark.parametrize(("kind", "reason"), BAD.items())
def test_certificates_that_are_not_good(secure: Stage, kind: str, reason: str) -> None:
    context = _trusting(secure)
    with pytest.raises(ssl.SSLCertVerificationError, match=reason):
        Client(secure.port(kind), context=context)
    with secure.sandbox.fault("certificate", {"kind": kind}), pytest.raises(ssl.SSLCertVerificationError, match=reason):
        Client(secure.port(), context=context)
    with Client(secure.port(), context=context) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200


@pytest.mark.parametrize(
    ("fault", "parameters", "end"),
    [("reset", {"after": 700}, "reset"), ("cut", {"after": 700}, "closed"), ("hang-up", {}, "closed")],
)
def test_faults_work_over_tls_too(secure: Stage, fault: str, parameters: dict[str, int], end: str) -> None:
    with (
        secure.sandbox.fault(fault, parameters, where={"route": "content"}),
        Client(secure.port(), context=_trusting(secure)) as client,
    ):
        client.send(CONTENT)
        heard = client.hear()
        assert (heard.body, heard.end) == (AUDIO[:700] if parameters else b"", end)


def test_a_black_hole_does_not_even_shake_hands(secure: Stage) -> None:
    with secure.sandbox.fault("black-hole") as fault, Client(secure.port()) as client:
        client.socket.sendall(b"\x16\x03\x01")
        fault.wait(waiting=1)
        assert client.is_silent()


def test_rubbish_instead_of_a_handshake_ends_the_connection(secure: Stage) -> None:
    with Client(secure.port()) as client:
        client.send(ME)
        assert client.hear().end in {"closed", "reset"}


def test_authority_is_used_again(tmp_path: Path) -> None:
    with stage(tmp_path, tls=True) as first:
        old = _trusting(first)
    with stage(tmp_path, tls=True) as second, Client(second.port(), context=old) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200


def test_proxy_forwards_and_tunnels(front: Stage, secure: Stage) -> None:
    session = requests.Session()
    session.trust_env = False
    session.proxies = {"http": front.sandbox.proxy_url, "https": secure.sandbox.proxy_url}
    with session:
        assert session.get(front.sandbox.doors["main"] + CONTENT, timeout=20).content == AUDIO
        posted = session.post(front.sandbox.doors["main"] + TOKEN, data={"a": "b"}, timeout=20)
        assert posted.json()["body"] == "a=b"
        assert "proxy-connection" not in posted.json()["headers"]
        secured = session.get(secure.sandbox.doors["main"] + CONTENT, timeout=20, verify=str(secure.sandbox.ca_file))
        assert secured.content == AUDIO
    proxied = [entry for entry in front.sandbox.journal() if entry["door"] == "proxy"]
    assert [entry["method"] for entry in proxied] == ["GET", "POST"]
    (tunnel,) = [entry for entry in secure.sandbox.journal() if entry["door"] == "proxy"]
    assert (tunnel["method"], tunnel["target"]) == ("CONNECT", f"127.0.0.1:{secure.port()}")


def test_strict_proxy_asks_for_a_password(secure: Stage) -> None:
    origin = secure.sandbox.doors["main"]
    place = urlsplit(secure.sandbox.strict_proxy_url)
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": f"http://127.0.0.1:{place.port}"}
        with pytest.raises(requests.exceptions.ProxyError, match="407"):
            session.get(origin + ME, timeout=20, verify=str(secure.sandbox.ca_file))
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"https": secure.sandbox.strict_proxy_url}
        assert session.get(origin + ME, timeout=20, verify=str(secure.sandbox.ca_file)).ok
    statuses = [entry["status"] for entry in secure.sandbox.journal() if entry["door"] == "strictProxy"]
    assert statuses[0] == 407
    assert statuses[-1] in {200, None}, "the tunnel may still be open"


@pytest.mark.parametrize("target", ["mir.example:443", "10.0.0.1:443", "127.0.0.1:1"])
def test_proxy_leads_nowhere_else(front: Stage, target: str) -> None:
    port = urlsplit(front.sandbox.proxy_url).port
    assert port is not None
    with Client(port) as client:
        client.send(target, method="CONNECT")
        assert client.hear().status == 502


def test_proxy_refuses_what_it_cannot_read(front: Stage) -> None:
    port = urlsplit(front.sandbox.proxy_url).port
    assert port is not None
    with Client(port) as client:
        client.socket.sendall(b"rubbish\r\n\r\n")
        assert client.hear().status == 400
