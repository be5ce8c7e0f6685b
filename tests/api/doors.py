"""Ways into a service for tests: a clock that tests own, a vault in memory, and exchanges written down."""

from __future__ import annotations

import threading
from pathlib import Path

import requests

from download_client.api import Api, ConnectionOptions, Doorway, ServiceAddress, Surroundings, signed_in
from download_client.api.connection import Answer, Request
from download_client.api.transport import Transport
from download_client.credentials import Kept, MemoryVault, Secret, SecretKind, Vault
from download_client.retry import Clock, Gate, Patience
from tests.contract.conformance import Exchange
from tests.fake_clock import FakeClock

PATIENCE = Patience(window=60.0, first=1.0, factor=2.0, longest=8.0, attempts=4)


def doorway(
    base: str,
    *,
    vault: Vault | None = None,
    lock_file: Path | None = None,
    clock: Clock | None = None,
    stop: threading.Event | None = None,
    options: ConnectionOptions | None = None,
    patience: Patience = PATIENCE,
) -> Doorway:
    """A door to the service at `base`; nothing is kept unless a vault is given."""
    clock = clock or FakeClock()
    around = Surroundings(Gate(clock, random=lambda: 0.0), clock, stop or threading.Event(), patience)
    return Doorway(
        ServiceAddress.parse(base), vault or MemoryVault(), lock_file, around, options or ConnectionOptions()
    )


def remembered(refresh: str = "refresh-0") -> MemoryVault:
    """A vault with a refresh token."""
    vault = MemoryVault()
    vault.keep(Kept(SecretKind.REFRESH, "ana", Secret(refresh)))
    return vault


def api_at(base: str, *, clock: Clock | None = None, options: ConnectionOptions | None = None) -> Api:
    """Signed in at a `Portal`."""
    return signed_in(doorway(base, vault=remembered(), clock=clock, options=options))


class RecordingTransport(Transport):
    """A transport that writes down what went over the wire."""

    exchanges: list[Exchange]

    def _exchange(self, request: requests.PreparedRequest, request_id: str) -> Answer:
        answer = super()._exchange(request, request_id)
        body = request.body or b""
        self.exchanges.append(
            Exchange.recorded(
                method=request.method or "",
                target=request.url or "",
                status=answer.status,
                request_headers=tuple((name, str(value)) for name, value in request.headers.items()),
                request_body=body.encode() if isinstance(body, str) else bytes(body),
                response_headers=tuple(answer.headers.items()),
                response_body=answer.body,
            )
        )
        return answer


def record(api: Api) -> list[Exchange]:
    """Write down the exchanges of a signed-in `Api` from now on."""
    connection = api._exchange._connection
    transport = RecordingTransport(connection._options, first_url=api.service.base, stop=connection._stop)
    transport.exchanges = []
    connection._transport = transport
    return transport.exchanges


def get(base: str, *, path: str = "/me") -> Request:
    """A plain request."""
    return Request("GET", base + path)
