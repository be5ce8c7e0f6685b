"""The two ASGI applications of one stand-in service, put together from its options.

Not promised: sockets. Who runs the applications chooses servers and ports; both may run on one event loop or on two.
"""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp


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
    """What `build(options, control_parts={})` gives.

    `service` answers below `/mir/api/v1` and expects the public `Host` header unchanged.
    `control` answers below `control_path` only, which holds a segment nobody can guess; each of `control_parts`
    (name to ASGI application) is mounted at `{control_path}/{name}`.
    `close` ends the store; a temporary one is deleted.
    """

    service: ASGIApp
    control: ASGIApp
    base_path: str
    control_path: str
    users: tuple[SignIn, ...]
    close: Callable[[], None]
