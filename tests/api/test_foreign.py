"""Every error of the libraries below becomes one of ours."""

from __future__ import annotations

import http.client
import inspect
import socket
import ssl
import zlib

import pytest
import requests
import urllib3

from download_client.api.foreign import FOREIGN, ours
from download_client.errors import (
    CertificateRejected,
    ConnectionLost,
    MirError,
    NetworkError,
    Offline,
    ProtocolBroken,
    ProxyRejected,
    ServiceError,
    TimedOut,
)

LINE = urllib3.connection.HTTPConnection("h")


def _classes(module: object) -> list[type[Exception]]:
    found = [each for _, each in inspect.getmembers(module, inspect.isclass) if issubclass(each, Exception)]
    return [each for each in found if not issubclass(each, Warning)]


@pytest.mark.parametrize(
    "kind",
    [*_classes(requests.exceptions), *_classes(urllib3.exceptions), *_classes(http.client)],
    ids=lambda kind: f"{kind.__module__}.{kind.__name__}",
)
def test_each_class_has_its_error(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    error.args = ("canary",)
    if not isinstance(error, FOREIGN):
        # Python's own, which these modules only import.
        assert not kind.__module__.startswith(("requests", "urllib3", "http"))
        return
    mapped = ours(error, host="h", request_id="r-1")
    assert isinstance(mapped, NetworkError | ServiceError)
    assert "canary" not in str(mapped)
    assert mapped.subject == "h"


def chained(outer: BaseException, inner: BaseException) -> BaseException:
    outer.__cause__ = inner
    return outer


CASES: dict[str, tuple[BaseException, type[MirError]]] = {
    "name": (requests.ConnectionError(urllib3.exceptions.NameResolutionError("h", LINE, socket.gaierror())), Offline),
    "bare name": (socket.gaierror(-2, "Name or service not known"), Offline),
    "refused": (urllib3.exceptions.NewConnectionError(LINE, "refused"), Offline),
    "connect timeout": (requests.ConnectTimeout(), Offline),
    "read timeout": (requests.ReadTimeout(), TimedOut),
    "bare timeout": (TimeoutError(), TimedOut),
    "reset": (urllib3.exceptions.ProtocolError("aborted", ConnectionResetError(104, "reset")), ConnectionLost),
    "gone": (requests.ConnectionError(http.client.RemoteDisconnected("gone")), ConnectionLost),
    "pipe": (BrokenPipeError(), ConnectionLost),
    "incomplete": (urllib3.exceptions.ProtocolError(http.client.IncompleteRead(b"")), ConnectionLost),
    "bad status line": (requests.ConnectionError(http.client.BadStatusLine("x")), ProtocolBroken),
    "zlib": (zlib.error(), ProtocolBroken),
    "handshake": (requests.exceptions.SSLError(ssl.SSLError(1, "handshake failure")), ConnectionLost),
    "certificate": (chained(requests.exceptions.SSLError(), ssl.SSLCertVerificationError("x")), CertificateRejected),
    "407": (urllib3.exceptions.ProxyError("x", OSError("Tunnel connection failed: 407 Who")), ProxyRejected),
    "503": (urllib3.exceptions.ProxyError("x", OSError("Tunnel connection failed: 503 Later")), Offline),
    "proxy gone": (urllib3.exceptions.ProxyError("x", ConnectionResetError()), Offline),
    "unknown": (requests.RequestException(), ConnectionLost),
}


@pytest.mark.parametrize("case", CASES)
def test_the_innermost_error_decides(case: str) -> None:
    error, expected = CASES[case]
    assert isinstance(error, FOREIGN)
    assert type(ours(error, host="h", request_id="r-1")) is expected


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = OSError("a"), OSError("b")
    first.__context__, second.__context__ = second, first
    assert isinstance(ours(first, host="h", request_id="r-1"), ConnectionLost)
