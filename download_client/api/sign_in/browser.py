"""Signing in with the system's browser: authorization code with PKCE and a loopback redirect (RFC 8252, RFC 7636).

The password is typed into the portal's own page; this program never sees it.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from download_client.api.sign_in.grants import CLIENT_ID, SCOPE
from download_client.api.wire.oauth import Metadata
from download_client.credentials import Secret
from download_client.errors import Interrupted, SignInRefused

PATIENCE = 300.0
"""Seconds for a person to sign in."""
_GLANCE = 0.1
_KNOWN_ERRORS = frozenset(
    {
        "access_denied",
        "invalid_request",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_response_type",
    }
)
"""RFC 6749 section 4.1.2.1; other words of the answer are not repeated."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that came back, with what the token endpoint wants to see besides."""

    code: Secret
    verifier: Secret
    redirect_uri: str


def system_browser(url: str) -> bool:
    """Open the address in the person's browser; False: there is none."""
    import webbrowser

    return webbrowser.open(url)


def ask_browser(
    metadata: Metadata,
    *,
    open_browser: Callable[[str], bool],
    cancel: threading.Event,
    stop: threading.Event,
    seconds: float = PATIENCE,
) -> Code:
    """Send the person to the sign-in page and wait for the answer. Answers with another `state` are passed over.

    Raises:
        SignInRefused: there is no browser, it was cancelled there or by `cancel`, it took longer than `seconds`, or the
            answer came from another service (RFC 9207).
        Interrupted: `stop`.

    """
    from download_client.api.sign_in.loopback import Loopback

    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")
    with Loopback(state=state) as loopback:
        query = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": loopback.redirect_uri,
            "scope": SCOPE,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in metadata.authorize_url else "?"
        if not open_browser(f"{metadata.authorize_url}{joint}{urlencode(query)}"):
            raise SignInRefused("no browser could be opened")
        deadline = time.monotonic() + seconds
        while (returned := loopback.wait(_GLANCE)) is None:
            if stop.is_set():
                raise Interrupted
            if cancel.is_set():
                raise SignInRefused("it was cancelled")
            if time.monotonic() >= deadline:
                raise SignInRefused("no answer came from the browser in time")
        redirect_uri = loopback.redirect_uri
    if returned.code is None:
        raise SignInRefused(returned.error if returned.error in _KNOWN_ERRORS else "the service refused")
    if (returned.issuer or metadata.names_itself) and returned.issuer != metadata.issuer:
        raise SignInRefused("the answer came from another service")
    return Code(returned.code, Secret(verifier), redirect_uri)
