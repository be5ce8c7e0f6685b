"""Whether a service is there at all, asked without any token; for `doctor`."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from download_client.api.address import ServiceAddress
from download_client.api.connection import Connection, ConnectionOptions, Request
from download_client.errors import ServiceUnavailable


def clock_of(service: ServiceAddress, options: ConnectionOptions, *, stop: threading.Event) -> datetime | None:
    """Ask for the metadata (RFC 8414); answers the service's own clock (aware UTC), None where it does not tell.

    Raises:
        NetworkError, ProtocolBroken: it cannot be reached.
        ServiceUnavailable: something answers there, but not with the metadata of a service.

    """
    connection = Connection(options, stop=stop)
    try:
        answer = connection.send(Request("GET", service.below(".well-known", "oauth-authorization-server")))
    finally:
        connection.close()
    if answer.status != 200:
        raise ServiceUnavailable(f"status {answer.status}", subject=service.host)
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return None
