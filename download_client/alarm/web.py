"""A webhook that can be checked, and a heartbeat: one request each, over https or to this computer itself.

The body is signed: `MIR-Signature: t=<seconds>,v1=<hex>`, where hex is the HMAC-SHA256 of `<seconds>.<body>` under a
secret that both sides know. Redirects are not followed. An address may itself be a secret: no error repeats it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from contextlib import closing
from datetime import datetime
from urllib.parse import urlsplit

from download_client.alarm.message import Message
from download_client.api import Answer, Connection, ConnectionOptions, Request
from download_client.credentials import Secret
from download_client.errors import ChannelBusy, ChannelRefused
from download_client.retry import parse_retry_after

SIGNATURE = "MIR-Signature"
_LATER = (408, 425, 429)


def send_webhook(
    message: Message, *, url: str, secret: Secret, now: datetime, options: ConnectionOptions, stop: threading.Event
) -> None:
    """Post it once. `now` is when it is sent: a receiver refuses what is old.

    Raises:
        InsecureAddress, InvalidSetting, NetworkError, ProtocolBroken: the way there.
        ChannelRefused, ChannelBusy: it answered with anything but success.

    """
    body = json.dumps(message.as_dict(), separators=(",", ":")).encode()
    headers = (
        (SIGNATURE, signature(body, secret=secret, seconds=int(now.timestamp()))),
        ("Idempotency-Key", message.id),
    )
    _exchange(Request("POST", url, json=body, headers=headers), now=now, options=options, stop=stop)


def send_heartbeat(
    message: Message, *, url: str, now: datetime, options: ConnectionOptions, stop: threading.Event
) -> None:
    """Call the address. Raises as `send_webhook`."""
    headers = (("Idempotency-Key", message.id),)
    _exchange(Request("GET", url, headers=headers), now=now, options=options, stop=stop)


def signature(body: bytes, *, secret: Secret, seconds: int) -> str:
    """The value of the header for a body sent at so many seconds since 1970."""
    digest = hmac.new(secret.reveal().encode(), str(seconds).encode() + b"." + body, hashlib.sha256)
    return f"t={seconds},v1={digest.hexdigest()}"


def origin(url: str) -> str:
    """Scheme, host and port of an address: what may be shown of it, and what a secret is kept for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _exchange(request: Request, *, now: datetime, options: ConnectionOptions, stop: threading.Event) -> None:
    with closing(Connection(options, stop=stop)) as connection:
        answer = connection.send(request)
    if 200 <= answer.status < 300:
        return
    host = urlsplit(request.url).netloc
    if answer.status >= 500 or answer.status in _LATER:
        told = parse_retry_after(answer.headers.get("retry-after"), now=now)
        raise ChannelBusy(f"it answered {answer.status}", subject=host, retry_after=told)
    raise ChannelRefused(_no(answer), subject=host)


def _no(answer: Answer) -> str:
    redirected = " and redirects, which is not followed" if 300 <= answer.status < 400 else ""
    return f"it answered {answer.status}{redirected}"
