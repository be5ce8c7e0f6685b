"""Who is signed in with a profile: keeps the vault, the profile and the one `Api`; it searches and fetches nothing."""

from __future__ import annotations

import getpass
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from download_client.api import (
    DIRECT,
    Api,
    ConnectionOptions,
    Doorway,
    ServiceAddress,
    Surroundings,
    clock_of,
    resolve_proxy,
    sign_in_browser,
    sign_in_client,
    sign_in_password,
    signed_in,
)
from download_client.credentials import KeyringVault, MemoryVault, Vault
from download_client.engine.signing import Browser, Client, SignIn, way_of
from download_client.errors import MirError, NetworkError, NotSignedIn, ServiceError, SignInWayClosed, UnknownName
from download_client.model import Me
from download_client.retry import Clock, Gate, Patience
from download_client.settings import Paths, Profile, Profiles, Settings, table
from download_client.settings.kinds import NONE, SYSTEM

_ONCE_MORE = 2
"""Tries, where somebody waits to be told that the service cannot be reached."""


class Account:
    """One profile. Without a vault of its own it uses the system's keyring."""

    def __init__(
        self,
        *,
        paths: Paths,
        settings: Settings,
        profile: str,
        vault: Vault | None,
        gate: Gate,
        patience: Patience,
        clock: Clock,
        stop: threading.Event,
    ) -> None:
        self.profile = profile
        self._paths = paths
        self._settings = settings
        self._profiles = Profiles(paths)
        self._own_vault = self._vault = vault
        self._around = Surroundings(gate=gate, clock=clock, stop=stop, patience=patience)
        self._hasty = replace(patience, attempts=min(patience.attempts, _ONCE_MORE))
        self._opening = threading.RLock()
        """So that runs that begin together, and the window, share one lineage of tokens."""
        self._api: Api | None = None
        self._me: Me | None = None
        self._server = ""
        self._archive: Path | None = None

    @property
    def leaves_nothing(self) -> bool:
        """The sign-in is for this object alone; nothing is written about it."""
        return self._vault is not None

    @property
    def server_url(self) -> str:
        """The address of the service: the one signed in at, the profile's, or the setting's; empty: none is known."""
        known = self.known_profile()
        return self._server or (known.server_url if known is not None else "") or self._settings.get(table.SERVER_URL)

    def known_profile(self) -> Profile | None:
        """What was learned about this profile, if it was used before."""
        try:
            return self._profiles.find(self.profile)
        except UnknownName:
            return None

    def last_archive(self) -> Path | None:
        """The archive this profile used last."""
        known = self.known_profile()
        return self._archive or (known.last_archive if known is not None else None)

    def used_archive(self, archive: Path) -> None:
        """Remember the archive for the next command; where nothing is to be left behind, as long as this object is."""
        self._archive = archive
        if not self.leaves_nothing and self.known_profile() is not None:
            self._profiles.used_archive(self.profile, archive)

    # --- the way there

    def connection(self) -> ConnectionOptions:
        """How the service is reached."""
        return ConnectionOptions(
            ca_file=self._settings.get(table.CA_FILE),
            proxy=self._proxy_setting(),
            connect=self._settings.get(table.CONNECT_TIMEOUT),
            read=self._settings.get(table.STALL_TIMEOUT),
        )

    def proxy(self) -> str:
        """The proxy that leads to the service; empty: none. Raises `ProxyRejected` where it cannot be used."""
        return resolve_proxy(self._proxy_setting(), url=self.server_url) if self.server_url else ""

    def _proxy_setting(self) -> str:
        chosen = self._settings.get(table.PROXY)
        return {SYSTEM: "", NONE: DIRECT}.get(chosen, chosen)

    def reach(self) -> datetime | None:
        """Ask the service for its metadata, without any token; answers its clock, if it told.

        Raises:
            NetworkError, ServiceError: it cannot be reached or is not a MIR service.

        """
        return clock_of(ServiceAddress.parse(self.server_url), self.connection(), stop=self._around.stop)

    def keyring_name(self) -> str:
        """The system keyring in use. Raises `KeyringUnavailable`."""
        return KeyringVault(service_url=self.server_url or "https://localhost", profile=self.profile).backend_name

    # --- signing in and out

    def sign_in(self, how: SignIn, *, keep: bool = True, cancel: threading.Event | None = None) -> Me:
        """Sign in; remembered in the vault, and in the profile where there is one.

        `keep` False: for this object alone, as with a vault in memory. `cancel` ends this sign-in and nothing else;
        whoever gives one sits there, is told soon, and sets it too when everything is to end. What raises has left
        everything as it was before, but for a sign-in that was kept for the same profile: it may be forgotten.
        """
        if way_of(how) not in self._settings.get(table.SIGN_IN_WAYS):
            raise SignInWayClosed(subject=way_of(how))
        before = self._server, self._vault
        self._server = ServiceAddress.parse(how.server).base
        self._vault = self._own_vault or (None if keep else MemoryVault())
        try:
            api = self._enter(how, cancel, at_once=cancel is not None)
            me = self._greet(api)
            if not self.leaves_nothing:
                user = how.client_id if isinstance(how, Client) else how.user
                self._profiles.save(Profile(self.profile, self._server, user, self.last_archive()))
            elif self._own_vault is None:
                # An earlier one that was kept would come back with the next start.
                with suppress(MirError):
                    KeyringVault(service_url=self._server, profile=self.profile).forget()
        except BaseException:
            self._server, self._vault = before
            raise
        self._use(api.until(self._around.stop, patience=self._around.patience))
        self._me = me
        return me

    def _enter(self, how: SignIn, cancel: threading.Event | None, *, at_once: bool) -> Api:
        door = self._door()
        if at_once:
            around = replace(self._around, patience=self._hasty)
            door = replace(door, around=around)
        if isinstance(how, Browser):
            return sign_in_browser(door, user=how.user, open_browser=how.open_browser, cancel=cancel)
        if isinstance(how, Client):
            return sign_in_client(door, client_id=how.client_id, secret=how.secret)
        return sign_in_password(door, user=how.user, password=how.password, cancel=cancel)

    @staticmethod
    def _greet(api: Api) -> Me:
        """Ask who came in; one of whom that cannot be learned is not left signed in."""
        try:
            return api.me()
        except BaseException:
            with suppress(MirError):
                api.sign_out()
            with suppress(MirError):
                api.close()
            raise

    def sign_out(self) -> bool:
        """Forget, and tell the service to forget; False: the service could not be told, here it is forgotten.

        Raises:
            KeyringUnavailable: it could not be forgotten here.

        """
        try:
            self.api().sign_out()
        except NotSignedIn:
            return True
        except (NetworkError, ServiceError):
            return False
        finally:
            self.close()
        return True

    def api(self) -> Api:
        """The service, signed in. Raises `NotSignedIn`, `KeyringUnavailable`."""
        with self._opening:
            api = self._api
            if api is None:
                if not self.server_url:
                    raise NotSignedIn(subject=self.profile)
                api = signed_in(self._door())
                self._use(api)
            return api

    @property
    def known_me(self) -> Me | None:
        """Who is signed in, as far as that was asked before; asks nobody."""
        return self._me

    def name_for_people(self) -> str:
        """Who is at work: as the service says, as the profile says, or as the computer does. Asks nobody."""
        if self._me is not None:
            return self._me.user.name
        known = self.known_profile()
        if known is not None and known.user:
            return known.user
        try:
            return getpass.getuser()
        except (KeyError, OSError, ImportError):
            return ""

    def me(self, *, fresh: bool = False, by: Api | None = None) -> Me:
        """Who is signed in, asked once; `by` brings a patience of its own."""
        me = self._me
        if me is None or fresh:
            me = self._me = (by or self.api()).me()
        return me

    def look_in(self) -> Me:
        """Who is signed in, as the service says now, or soon that it cannot be asked."""
        self._me = self.api().until(self._around.stop, patience=self._hasty).me()
        return self._me

    def close(self) -> None:
        """Let go of the connections."""
        old, self._api, self._me = self._api, None, None
        if old is not None:
            with suppress(MirError):
                old.close()

    def _use(self, api: Api) -> None:
        """At once in place of the old one: a run under way asks for it from other threads."""
        with self._opening:
            old, self._api, self._me = self._api, api, None
        if old is not None:
            with suppress(MirError):
                old.close()

    def _door(self) -> Doorway:
        service = ServiceAddress.parse(self.server_url)
        vault = self._vault or KeyringVault(service_url=service.base, profile=self.profile)
        lock = None if self.leaves_nothing else self._paths.state / "locks" / f"{self.profile}.lock"
        return Doorway(service=service, vault=vault, lock_file=lock, around=self._around, options=self.connection())
