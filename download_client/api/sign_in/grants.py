"""What is asked of the token endpoint (RFC 6749), one request each; it keeps nothing and tries nothing again.

Where the endpoints are is discovered once (RFC 8414).
"""

from __future__ import annotations

import threading

from download_client.api.address import ServiceAddress
from download_client.api.connection import Request
from download_client.api.exchange import Exchange
from download_client.api.problems import INVALID_GRANT, Problem
from download_client.api.wire.oauth import Granted, Metadata, read_granted, read_metadata
from download_client.credentials import Kept, Secret, SecretKind
from download_client.errors import MirError, SignInAgain, SignInRefused, WrongCredentials
from download_client.retry import SIGN_IN

CLIENT_ID = "mir-download-client"
"""This program as the service knows it: a public client, which has no secret of its own."""
SCOPE = "recordings.read recordings.download"

Form = tuple[tuple[str, str | Secret], ...]


class Grants:
    """The token endpoint of one service. Thread-safe. All methods raise as `Exchange.ask`, too."""

    def __init__(self, exchange: Exchange, service: ServiceAddress) -> None:
        self._exchange = exchange
        self._service = service
        self._lock = threading.Lock()
        self._metadata: Metadata | None = None

    def metadata(self) -> Metadata:
        """Where and how to sign in; asked once.

        Raises:
            ProtocolBroken: the answer speaks of another service, or of addresses that are not secure.

        """
        if self._metadata is None:
            url = self._service.below(".well-known", "oauth-authorization-server")
            answer = self._exchange.ask(Request("GET", url), policy=SIGN_IN)
            if isinstance(answer, Problem):
                raise answer.error()
            metadata = read_metadata(answer.body, service=self._service)
            with self._lock:
                self._metadata = metadata
        return self._metadata

    def password(self, *, user: str, password: Secret) -> Granted:
        """By name and password (section 4.3).

        Raises:
            WrongCredentials: they are not accepted.
            SignInRefused: the service does not offer this way.

        """
        self._require("password")
        form = (("username", user), ("password", password), ("client_id", CLIENT_ID), ("scope", SCOPE))
        return self._granted("password", form, refused=WrongCredentials)

    def code(self, *, code: Secret, verifier: Secret, redirect_uri: str) -> Granted:
        """By the code that came back through the browser (section 4.1.3; RFC 7636 section 4.5).

        Raises:
            SignInRefused: the code is not accepted.

        """
        form = (
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("client_id", CLIENT_ID),
            ("code_verifier", verifier),
        )
        return self._granted("authorization_code", form, refused=SignInRefused)

    def client(self, *, client_id: str, secret: Secret) -> Granted:
        """As an unattended service account (section 4.4).

        Raises:
            WrongCredentials: id and secret are not accepted.
            SignInRefused: the service does not offer this way.

        """
        self._require("client_credentials")
        form = (("client_id", client_id), ("client_secret", secret), ("scope", SCOPE))
        return self._granted("client_credentials", form, refused=WrongCredentials)

    def anew(self, kept: Kept) -> Granted:
        """By what was kept: a refresh token (section 6), or the secret of a service account.

        Raises:
            SignInAgain: the refresh token is dead.
            WrongCredentials: the service account is no longer known.

        """
        if kept.kind is SecretKind.CLIENT:
            return self.client(client_id=kept.user, secret=kept.secret)
        form = (("refresh_token", kept.secret), ("client_id", CLIENT_ID))
        return self._granted("refresh_token", form, refused=SignInAgain)

    def revoke(self, token: Secret, *, hint: str, client: Kept | None = None) -> None:
        """End a token, and what came from it (RFC 7009). An unknown one is no error.

        `hint` is `refresh_token` or `access_token`; `client` the service account it belongs to.

        Raises:
            MirError: the service was not told, or refused.

        """
        url = self.metadata().revoke_url
        if not url:
            return
        who: Form = (("client_id", CLIENT_ID),)
        if client is not None:
            who = (("client_id", client.user), ("client_secret", client.secret))
        form: Form = (("token", token), ("token_type_hint", hint), *who)
        answer = self._exchange.ask(Request("POST", url, form=form), policy=SIGN_IN, bodiless=True)
        if isinstance(answer, Problem):
            raise answer.error()

    def _require(self, grant: str) -> None:
        if grant not in self.metadata().grants:
            raise SignInRefused("the service does not offer this way to sign in", subject=grant)

    def _granted(self, grant: str, form: Form, *, refused: type[MirError]) -> Granted:
        request = Request("POST", self.metadata().token_url, form=(("grant_type", grant), *form))
        answer = self._exchange.ask(request, policy=SIGN_IN)
        if not isinstance(answer, Problem):
            return read_granted(answer.body)
        if answer.code == INVALID_GRANT or (answer.status == 401 and not answer.code):
            raise refused(f"request {answer.request_id}")
        raise answer.error()
