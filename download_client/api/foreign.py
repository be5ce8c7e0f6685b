"""The one door through which errors of requests, urllib3, http.client and ssl become ours; it raises nothing.

Their texts never pass: they hold addresses with what was searched for, and sometimes headers.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import zlib
from collections.abc import Iterator

import requests
import urllib3

from download_client.errors import (
    CertificateRejected,
    ConnectionLost,
    MirError,
    Offline,
    ProtocolBroken,
    ProxyRejected,
    TimedOut,
)

FOREIGN = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    urllib3.exceptions.ProxySchemeUnsupported,
    OSError,
    zlib.error,
)
"""What may come out of an exchange. Anything else is a mistake of this program and passes as it is."""

_LONGEST_CHAIN = 16
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})\b")

_UNREACHABLE = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    requests.ConnectTimeout,
    socket.gaierror,
    socket.herror,
    ConnectionRefusedError,
)
_SLOW = (urllib3.exceptions.ReadTimeoutError, requests.ReadTimeout, TimeoutError)
_LOST = (
    ConnectionError,
    http.client.IncompleteRead,
    http.client.RemoteDisconnected,
    ssl.SSLError,
    urllib3.exceptions.SSLError,
    urllib3.exceptions.IncompleteRead,
)
_BROKEN = (
    http.client.HTTPException,
    zlib.error,
    urllib3.exceptions.DecodeError,
    urllib3.exceptions.InvalidHeader,
    urllib3.exceptions.LocationValueError,
    urllib3.exceptions.HeaderParsingError,
    urllib3.exceptions.ResponseError,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidJSONError,
    requests.exceptions.ContentDecodingError,
    requests.exceptions.TooManyRedirects,
    requests.exceptions.StreamConsumedError,
    requests.exceptions.HTTPError,
    ValueError,
)
_PROXY = (
    urllib3.exceptions.ProxyError,
    urllib3.exceptions.ProxySchemeUnsupported,
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidProxyURL,
)


def ours(error: BaseException, *, host: str, request_id: str) -> MirError:
    """The error to raise for one of `FOREIGN`; `host` is what was spoken to, `request_id` ours."""
    chain = list(_chain(error))
    certificate = _first(chain, (ssl.SSLCertVerificationError,))
    if isinstance(certificate, ssl.SSLCertVerificationError):
        # OpenSSL's words on the certificate: they hold the host at most.
        return CertificateRejected(getattr(certificate, "verify_message", ""), subject=host)
    if _first(chain, _PROXY) is not None:
        return _of_proxy(chain, host=host)
    for kinds, kind in ((_UNREACHABLE, Offline), (_SLOW, TimedOut), (_LOST, ConnectionLost), (_BROKEN, ProtocolBroken)):
        seen = _first(chain, kinds)
        if seen is not None:
            return kind(f"{type(seen).__name__}, request {request_id}", subject=host)
    return ConnectionLost(f"{type(error).__name__}, request {request_id}", subject=host)


def _of_proxy(chain: list[BaseException], *, host: str) -> MirError:
    """A proxy that cannot be reached, or cannot reach the service, is like no network; one that says no is final."""
    said = (_TUNNEL.search(str(each)) for each in chain if isinstance(each, OSError))
    status = next((int(found[1]) for found in said if found is not None), 0)
    if status >= 500:
        return Offline(f"the proxy cannot reach it ({status})", subject=host)
    if not status and _first(chain, (*_UNREACHABLE, *_SLOW, *_LOST)) is not None:
        return Offline("the proxy does not answer", subject=host)
    return ProxyRejected(str(status or ""), subject=host)


def _first(chain: list[BaseException], kinds: tuple[type[BaseException], ...]) -> BaseException | None:
    return next((each for each in chain if isinstance(each, kinds)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of, the innermost first: it knows best."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < _LONGEST_CHAIN:
        each = waiting.pop(0)
        if not isinstance(each, BaseException) or each in found:
            continue
        found.append(each)
        waiting += [getattr(each, "reason", None), getattr(each, "original_error", None), *each.args]
        waiting += [each.__cause__, each.__context__]
    yield from reversed(found)
