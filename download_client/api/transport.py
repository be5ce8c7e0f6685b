"""The one place that speaks HTTP for JSON calls, by `requests`; imported with the first request only.

Its adapter is used without the session's manners: nothing is taken from `.netrc` or the environment, no cookie is
kept, no redirect is followed, and the body of one is not read unbounded. Trust is the system's store (truststore)
and, if given, one CA file more; nothing can switch it off. Bodies are read in pieces with a cap that holds after
decompression too: a bomb costs no more than the cap (fault 29).
"""

from __future__ import annotations

import logging
import re
import ssl
import threading
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from download_client.api.connection import FORM, JSON, USER_AGENT, Answer, ConnectionOptions, Request
from download_client.api.foreign import FOREIGN, ours
from download_client.api.framing import Watch, watched_pools
from download_client.api.proxies import resolve_proxy
from download_client.credentials import Secret
from download_client.errors import CertificateRejected, MirError, ProtocolBroken

_PIECE = 64 * 1024
_MOST_CONNECTIONS = 16
_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class Transport:
    """Sends requests over kept connections. Thread-safe."""

    def __init__(self, options: ConnectionOptions, *, first_url: str, stop: threading.Event) -> None:
        # Its DEBUG lines hold whole addresses, and with them what is searched for.
        logging.getLogger("urllib3").setLevel(logging.WARNING)
        self._options = options
        self._watch = Watch(stop)
        self._proxy = resolve_proxy(options.proxy, url=first_url)
        self._adapter = _Adapter(trust(options), self._watch)

    def send(self, request: Request) -> Answer:
        """One exchange, as `Connection.send` promises it."""
        request_id = uuid4().hex
        failure: MirError
        try:
            self._watch.start(total=self._options.total, read=self._options.read, stop=request.stop)
            return self._exchange(prepared(request, request_id=request_id), request_id)
        except FOREIGN as error:
            failure = ours(error, host=urlsplit(request.url).netloc, request_id=request_id)
        # Outside the handler: the foreign error holds the address and headers, and would be chained.
        raise failure

    def _exchange(self, request: requests.PreparedRequest, request_id: str) -> Answer:
        options = self._options
        proxies = {"https": self._proxy, "http": self._proxy} if self._proxy else {}
        response = self._adapter.send(request, stream=True, timeout=(options.connect, options.read), proxies=proxies)
        raw: urllib3.HTTPResponse = response.raw
        headers = {name.lower(): value for name, value in response.headers.items()}
        theirs = headers.get("x-request-id", "")
        request_id = theirs if _REQUEST_ID.fullmatch(theirs) else request_id
        try:
            body = self._body(raw, coding=headers.get("content-encoding", ""), request_id=request_id)
        except BaseException:
            raw.close()
            raise
        raw.release_conn()
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, headers, content_type, body, request_id)

    def _body(self, raw: urllib3.HTTPResponse, *, coding: str, request_id: str) -> bytes:
        largest = self._options.largest_body
        body = bytearray()
        try:
            for piece in _decoded(_pieces(raw), coding=coding.strip().lower()):
                body += piece
                if len(body) > largest:
                    raise _Refused(f"it is larger than {largest} bytes")
        except _Refused as refused:
            raise ProtocolBroken(f"{refused}, request {request_id}") from None
        return bytes(body)

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._adapter.close()


class _Refused(Exception):
    """A body that is not read to its end."""


class _Adapter(HTTPAdapter):
    """Verifies by our context alone, and reads under the watch."""

    def __init__(self, context: ssl.SSLContext, watch: Watch) -> None:
        self._context = context
        self._watch = watch
        super().__init__(pool_maxsize=_MOST_CONNECTIONS, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        watched_pools(self.poolmanager, self._watch)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)
        if not known:
            watched_pools(manager, self._watch)
        return manager

    def cert_verify(self, conn: Any, *_: Any) -> None:
        """Leave trust to the context. The inherited way would add the roots that come with `requests`."""
        conn.cert_reqs = "CERT_REQUIRED"


def trust(options: ConnectionOptions) -> ssl.SSLContext:
    """The system's store, and one CA file more if given.

    Raises:
        CertificateRejected: the file cannot be read, or holds no certificates.

    """
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if options.ca_file is not None:
        try:
            context.load_verify_locations(cafile=options.ca_file)
        except (OSError, ValueError):
            raise CertificateRejected("the CA file cannot be used", subject=str(options.ca_file)) from None
    return context


def prepared(request: Request, *, request_id: str) -> requests.PreparedRequest:
    """The request as it goes out; secrets are revealed here."""
    headers = {
        "Accept": f"{JSON}, application/problem+json",
        "Accept-Encoding": "gzip",
        "User-Agent": USER_AGENT,
        "X-Request-Id": request_id,
        **dict(request.headers),
    }
    body: bytes | None = None
    if request.form:
        body = urlencode([(name, _revealed(value)) for name, value in request.form]).encode("ascii")
        headers["Content-Type"] = FORM
    elif request.json:
        body = request.json
        headers["Content-Type"] = JSON
    if request.token is not None:
        headers["Authorization"] = f"Bearer {request.token.reveal()}"
    url = f"{request.url}?{urlencode(request.query)}" if request.query else request.url
    return requests.Request(request.method, url, headers=headers, data=body).prepare()


def _revealed(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _pieces(raw: urllib3.HTTPResponse) -> Iterator[bytes]:
    while piece := raw.read(_PIECE, decode_content=False):
        yield piece


def _decoded(pieces: Iterator[bytes], *, coding: str) -> Iterator[bytes]:
    """The body without its content coding: none, or the gzip we offered."""
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in ("gzip", "x-gzip"):
        raise _Refused("it is coded in a way that was not offered")
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for coded in pieces:
        rest = coded
        while rest:
            yield inflater.decompress(rest, _PIECE)
            rest = inflater.unconsumed_tail
    yield inflater.flush()
    if not inflater.eof or inflater.unused_data:
        raise _Refused("its gzip coding is not whole")
