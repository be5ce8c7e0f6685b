"""The two ASGI applications of one stand-in service, put together from its options.

Not promised: sockets. Who runs the applications chooses servers and ports; both may run on one event loop or on two.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp

from mir_sandbox.answers import BASE
from mir_sandbox.app import service_app
from mir_sandbox.control import control_app
from mir_sandbox.options import SandboxOptions
from mir_sandbox.service import open_service

_SHOWN = 10
"""Users that are announced: one of every kind; the others can be asked for over the control interface."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the made-up account, as it is printed when the service starts.

    For the role `serviceAccount` the user name is the client id and the password the client secret.
    """

    username: str
    password: str
    access_level: str
    role: str


@dataclass(frozen=True, slots=True)
class Apps:
    """What `build` gives.

    `service` answers below `base_path` and expects the public `Host` header unchanged.
    `control` answers below `control_path` only, which holds a segment nobody can guess.
    `close` ends the store; a temporary one is deleted.
    `whose` tells the user name behind an access token, None when the token is not good now.
    """

    service: ASGIApp
    control: ASGIApp
    base_path: str
    control_path: str
    users: tuple[SignIn, ...]
    close: Callable[[], None]
    whose: Callable[[str], str | None]


def build(options: SandboxOptions, control_parts: Mapping[str, ASGIApp] | None = None) -> Apps:
    """Make the account and its applications; each of `control_parts` is mounted at `{control_path}/{name}`.

    Raises `OSError` or `ValueError` when store or corpus cannot be used.
    """
    service = open_service(options)
    path = f"/control/{secrets.token_urlsafe(16)}"
    users = [user for user in service.people.users if user.number < _SHOWN or user.service]

    def whose(untrusted_token: str) -> str | None:
        grant = service.tokens.grant(untrusted_token, now_ms=service.now_ms())
        return None if grant is None else service.users[grant.user_id].username

    return Apps(
        service=service_app(service),
        control=control_app(service, path=path, parts=control_parts or {}),
        base_path=BASE,
        control_path=path,
        users=tuple(SignIn(user.username, user.password, user.access.value, user.role) for user in users),
        close=service.close,
        whose=whose,
    )
