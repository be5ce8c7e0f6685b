"""The ways to sign in, as values a front end fills in; the secret in them prints as `***`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from download_client.credentials import Secret


@dataclass(frozen=True, slots=True)
class Password:
    """User name and password (portals without a browser sign-in). Only the refresh token that comes of it is kept."""

    server: str
    user: str
    password: Secret


@dataclass(frozen=True, slots=True)
class Browser:
    """The system browser (RFC 8252): `open_browser` is handed the address to open; True if it could."""

    server: str
    user: str
    open_browser: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Client:
    """An unattended service account: its id and its secret, which is kept as it has nothing else."""

    server: str
    client_id: str
    secret: Secret


SignIn = Password | Browser | Client

_WAYS = {Password: "password", Browser: "browser", Client: "service"}


def way_of(how: SignIn) -> str:
    """Its name in the setting `account.sign_in_ways`."""
    return _WAYS[type(how)]
