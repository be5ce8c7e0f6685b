"""The access token of one sign-in, renewed once for all workers and processes; it never asks a person anything.

The access token lives in memory alone, what renews it in the vault alone. A refresh token dies with its use, so one
process at a time uses it: under a lock file beside the profile, read from the vault anew each time, and its successor
kept before the lock is let go. A renewal is one try; whoever needs the token tries again (there is one loop, R9), and
the gate `sign_in` keeps all of them from asking too soon.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from download_client.api.sign_in.grants import Grants
from download_client.api.wire.oauth import Granted
from download_client.credentials import Kept, Secret, SecretKind, Vault
from download_client.errors import (
    DiskFailed,
    Fate,
    Interrupted,
    KeyringUnavailable,
    MirError,
    NotSignedIn,
    SecretTooLong,
    SignInAgain,
    SignInError,
    TimedOut,
)
from download_client.retry import SIGN_IN, Clock, Gate

_EARLY = 60.0
"""Seconds before its end at which a token is renewed; a tenth of its life if that is less."""
_PUT_OFF = 5.0
"""Seconds until an early renewal is tried again."""
_GATE_PATIENCE = 30.0
"""Seconds to wait at the gate; a longer closure is told to the caller."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 10.0
_GLANCE = 0.25
_LOCK_GLANCES = 480
"""Two minutes: longer than one exchange may take."""

log = logging.getLogger(__name__)


class Tokens:
    """The tokens of one sign-in. Thread-safe; threads and processes that need a new one get it by one request each."""

    def __init__(
        self,
        grants: Grants,
        *,
        vault: Vault,
        lock_file: Path | None,
        gate: Gate,
        clock: Clock,
        stop: threading.Event,
    ) -> None:
        self._grants = grants
        self._vault = vault
        self._lock_file = lock_file
        self._gate = gate
        self._clock = clock
        self._stop = stop
        self._lock = threading.Lock()
        self._access: Secret | None = None
        self._good_until = 0.0
        self._renew_at = 0.0
        self._dead: Secret | None = None
        self._unkept: Kept | None = None
        self._failures = 0
        self._renewal: Future[Secret] | None = None

    def begin(self, granted: Granted, *, kept: Kept | None) -> None:
        """A sign-in has just been granted: keep what renews it, and use its access token.

        Raises:
            KeyringUnavailable, SecretTooLong: it cannot be kept; nothing is used then.

        """
        with self._one_process():
            if kept is not None:
                self._vault.keep(kept)
        self._take(granted)

    def current(self) -> Secret:
        """A token that is good for a little while yet; renewed early, while the old one still works.

        Raises:
            NotSignedIn: nothing is kept.
            SignInAgain: what was kept is dead.
            MirError: it could not be renewed now.

        """
        with self._lock:
            now = self._clock.monotonic()
            access, good = self._access, now < self._good_until
            if access is not None and good and (now < self._renew_at or self._renewal is not None):
                return access
        try:
            return self._renewed(access)
        except SignInError:
            raise
        except MirError:
            if access is None or not good:
                raise
            with self._lock:
                self._renew_at = max(self._renew_at, now + _PUT_OFF)
            return access

    def renew(self, used: Secret) -> Secret:
        """The service did not accept `used`: the token that came after it, or a new one; raises as `current`."""
        return self._renewed(used)

    def end(self) -> None:
        """Sign out: forget here at once, then tell the service.

        Raises:
            MirError: the service was not told; here it is forgotten all the same.

        """
        with self._one_process():
            kept, self._unkept = self._unkept or self._vault.load(), None
            self._vault.forget()
        with self._lock:
            access, self._access = self._access, None
        if kept is None:
            return
        if kept.kind is SecretKind.REFRESH:
            self._grants.revoke(kept.secret, hint="refresh_token")
        elif access is not None:
            self._grants.revoke(access, hint="access_token", client=kept)

    def _renewed(self, used: Secret | None) -> Secret:
        with self._lock:
            if self._access is not None and self._access != used:
                return self._access
            renewal = self._renewal
            if renewal is None:
                mine: Future[Secret] = Future()
                self._renewal = mine
        if renewal is not None:
            return self._await(renewal)
        try:
            mine.set_result(self._renew())
        except BaseException as error:
            mine.set_exception(error)
        finally:
            with self._lock:
                self._renewal = None
        return mine.result()

    def _await(self, renewal: Future[Secret]) -> Secret:
        while True:
            if self._stop.is_set():
                raise Interrupted
            try:
                return renewal.result(_GLANCE)
            except NotYet:
                if renewal.done():
                    raise

    def _renew(self) -> Secret:
        deadline = self._clock.monotonic() + _GATE_PATIENCE
        self._gate.wait_open(SIGN_IN, stop=self._stop, deadline=deadline)
        try:
            with self._one_process():
                granted = self._ask_anew()
        except MirError as error:
            self._hold_back(error)
            raise
        self._failures = 0
        self._take(granted)
        return granted.access

    def _ask_anew(self) -> Granted:
        kept = self._unkept or self._vault.load()
        if kept is None:
            raise NotSignedIn if self._dead is None and self._access is None else SignInAgain
        if kept.secret == self._dead:
            raise SignInAgain
        try:
            granted = self._grants.anew(kept)
        except SignInError:
            # Nothing else is tried with it, here or by another process: no lock-out.
            self._dead, self._unkept = kept.secret, None
            with self._lock:
                self._access = None
            if kept.kind is SecretKind.REFRESH:
                self._vault.forget()
            raise
        if kept.kind is SecretKind.REFRESH and granted.refresh is not None:
            self._keep(replace(kept, secret=granted.refresh))
        return granted

    def _keep(self, kept: Kept) -> None:
        try:
            self._vault.keep(kept)
        except (KeyringUnavailable, SecretTooLong) as error:
            # The old token is dead by now. The new one, in memory, carries this run on; the next has to sign in.
            self._unkept = kept
            log.warning("the renewed sign-in could not be kept (%s); it ends with this run", error.code)
        else:
            self._unkept = None

    def _take(self, granted: Granted) -> None:
        with self._lock:
            now = self._clock.monotonic()
            self._access = granted.access
            self._good_until = now + granted.seconds
            self._renew_at = self._good_until - min(_EARLY, granted.seconds / 10)

    def _hold_back(self, error: MirError) -> None:
        """Nobody asks again before a while, whoever it is that tries."""
        if error.fate is not Fate.AGAIN:
            return
        self._failures += 1
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._failures, 10))
        self._gate.close(SIGN_IN, seconds=pause if error.retry_after is None else error.retry_after, code=error.code)

    @contextmanager
    def _one_process(self) -> Iterator[None]:
        """Hold the lock file, if there is one.

        Raises:
            TimedOut: another process holds it for too long.
            DiskFailed: it cannot be used.
            Interrupted: stop.

        """
        if self._lock_file is None:
            yield
            return
        from filelock import FileLock, Timeout

        lock = FileLock(self._lock_file)
        for _ in range(_LOCK_GLANCES):
            if self._stop.is_set():
                raise Interrupted
            try:
                self._lock_file.parent.mkdir(parents=True, exist_ok=True)
                lock.acquire(timeout=_GLANCE)
            except Timeout:
                continue
            except OSError as error:
                raise DiskFailed(type(error).__name__, subject=str(self._lock_file)) from None
            break
        else:
            raise TimedOut("another process is signing in for too long", subject=str(self._lock_file))
        try:
            yield
        finally:
            lock.release()
