"""The ways in: each gives an `Api` that is ready to use; what renews the sign-in lies in the vault, or nowhere.

Every one of them first finds out where the service signs in, and asks `sign_in` at the shared gate.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from download_client.api.address import ServiceAddress
from download_client.api.caller import Surroundings
from download_client.api.connection import Connection, ConnectionOptions
from download_client.api.exchange import Exchange
from download_client.api.facade import Api
from download_client.api.sign_in.browser import PATIENCE, ask_browser, system_browser
from download_client.api.sign_in.grants import Grants
from download_client.api.tokens import Tokens
from download_client.api.wire.oauth import Granted, Metadata
from download_client.credentials import Kept, Secret, SecretKind, Vault
from download_client.errors import (
    Interrupted,
    MirError,
    NotFound,
    NotSignedIn,
    ProtocolBroken,
    RequestRejected,
    SignInRefused,
)
from download_client.retry import SIGN_IN, again

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Doorway:
    """A service and a profile to sign in with.

    `lock_file` stands beside the profile and keeps processes from using one refresh token twice; None with a vault
    that other processes do not see.
    """

    service: ServiceAddress
    vault: Vault
    lock_file: Path | None
    around: Surroundings
    options: ConnectionOptions = field(default_factory=ConnectionOptions)


def sign_in_password(door: Doorway, *, user: str, password: Secret, cancel: threading.Event | None = None) -> Api:
    """By name and password, for portals without a sign-in page.

    `cancel` ends this sign-in alone, in the place of the stop of everything.

    Raises:
        Interrupted: `cancel`; nothing was kept.
        WrongCredentials: they are not accepted; nothing else was tried.
        SignInRefused: no MIR service answers there, or it does not offer this way.
        KeyringUnavailable, SecretTooLong: the vault does not keep it; the service was told to forget it.

    """
    api = _Opening(door, cancel=cancel)
    api.find()
    granted = api.ask(lambda: api.grants.password(user=user, password=password))
    return api.begun(granted, user=user)


def sign_in_browser(
    door: Doorway,
    *,
    user: str = "",
    open_browser: Callable[[str], bool] = system_browser,
    cancel: threading.Event | None = None,
    seconds: float = PATIENCE,
) -> Api:
    """By the system's browser; blocks until the person has finished, `cancel` is set, or `seconds` are over.

    `user` is only remembered; `cancel` as `sign_in_password`.

    Raises:
        SignInRefused: it was not completed.
        KeyringUnavailable, SecretTooLong: as `sign_in_password`.

    """
    api = _Opening(door, cancel=cancel)
    metadata = api.find()
    stop = door.around.stop
    came = ask_browser(
        metadata, open_browser=open_browser, cancel=cancel or threading.Event(), stop=stop, seconds=seconds
    )
    granted = api.ask(lambda: api.grants.code(code=came.code, verifier=came.verifier, redirect_uri=came.redirect_uri))
    return api.begun(granted, user=user)


def sign_in_client(door: Doorway, *, client_id: str, secret: Secret) -> Api:
    """As an unattended service account, whose secret is kept; raises as `sign_in_password`."""
    api = _Opening(door)
    api.find()
    granted = api.ask(lambda: api.grants.client(client_id=client_id, secret=secret))
    return api.begun(granted, user=client_id, kept=Kept(SecretKind.CLIENT, client_id, secret))


def signed_in(door: Doorway) -> Api:
    """By what the vault keeps. Asks nobody yet: the first request gets the token.

    Raises:
        NotSignedIn: nothing is kept.

    """
    if door.vault.load() is None:
        raise NotSignedIn
    return _Opening(door).api


class _Opening:
    """The parts of an `Api`, before and after its sign-in. With `cancel` the sign-in has a stop of its own."""

    def __init__(self, door: Doorway, *, cancel: threading.Event | None = None) -> None:
        self._lasting = door
        if cancel is not None:
            door = replace(door, around=replace(door.around, stop=cancel))
        around = door.around
        exchange = Exchange(Connection(door.options, stop=around.stop), gate=around.gate, clock=around.clock)
        self._door = door
        self.grants = Grants(exchange, door.service)
        self.tokens = Tokens(
            self.grants,
            vault=door.vault,
            lock_file=door.lock_file,
            gate=around.gate,
            clock=around.clock,
            stop=around.stop,
        )
        self.api = Api(door.service, exchange, self.tokens, around)

    def find(self) -> Metadata:
        """Where to sign in. Whoever sits there and mistyped the address is told at once.

        Raises:
            SignInRefused: what answers there is no MIR service, or not the one that was asked for.

        """

        def look() -> Metadata:
            try:
                return self.grants.metadata()
            except (ProtocolBroken, NotFound, RequestRejected) as error:
                reason = f"no MIR service answers at this address ({error.detail})"
                raise SignInRefused(reason, subject=self._door.service.host) from None

        return self.ask(look)

    def ask(self, call: Callable[[], T]) -> T:
        around = self._door.around
        return again(
            call, patience=around.patience, gate=around.gate, policy=SIGN_IN, clock=around.clock, stop=around.stop
        )

    def begun(self, granted: Granted, *, user: str, kept: Kept | None = None) -> Api:
        if kept is None and granted.refresh is not None:
            kept = Kept(SecretKind.REFRESH, user, granted.refresh)
        # What ends the sign-in must not end what is done with it.
        lasting = self if self._lasting is self._door else _Opening(self._lasting)
        try:
            if self._door.around.stop.is_set():
                raise Interrupted
            lasting.tokens.begin(granted, kept=kept)
        except MirError:
            lasting._forget_there(granted)  # noqa: SLF001 - one of our own
            raise
        if lasting is not self:
            self.api.close()
        return lasting.api

    def _forget_there(self, granted: Granted) -> None:
        """What cannot be kept here shall not live on at the service; whether it hears us changes nothing."""
        if granted.refresh is not None:
            try:
                self.grants.revoke(granted.refresh, hint="refresh_token")
            except MirError:
                return
