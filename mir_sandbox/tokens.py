"""The tokens the service has given out: access tokens, rotating refresh tokens, authorization codes.

Not promised: that a name and a password are right; whoever asks for tokens has checked that. Only digests are stored.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from mir_sandbox.options import Lifetimes
from mir_sandbox.store import Store

READ = "recordings.read"
DOWNLOAD = "recordings.download"


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access token stands for."""

    user_id: str
    scopes: frozenset[str]
    family: str


@dataclass(frozen=True, slots=True)
class Issued:
    """New tokens; `refresh` is None for service accounts."""

    access: str
    refresh: str | None
    seconds: int
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code that waits for its exchange."""

    user_id: str
    scopes: frozenset[str]
    client_id: str
    redirect_uri: str
    challenge: str
    expires: int


class InvalidGrant(Exception):
    """A code or refresh token that is not accepted; the text says why."""


class Tokens:
    """All tokens of one service. Times are the service's, in milliseconds."""

    def __init__(self, store: Store, lifetimes: Lifetimes) -> None:
        self._store = store
        self._lifetimes = lifetimes
        self._codes: dict[str, Code] = {}
        self._spent_codes: dict[str, str] = {}

    def issue(self, user_id: str, scopes: frozenset[str], *, now_ms: int, refreshable: bool) -> Issued:
        """The first tokens of a new sign-in."""
        return self._issue(user_id, scopes, secrets.token_hex(8), now_ms=now_ms, refreshable=refreshable)

    def _issue(self, user_id: str, scopes: frozenset[str], family: str, *, now_ms: int, refreshable: bool) -> Issued:
        access, refresh = f"at-{secrets.token_urlsafe(32)}", f"rt-{secrets.token_urlsafe(32)}"
        seconds = self._lifetimes.access_token
        text = " ".join(sorted(scopes))
        with self._store.transaction():
            self._store.write("DELETE FROM access_token WHERE expires < ?", (now_ms - 3_600_000,))
            self._store.write(
                "INSERT INTO access_token VALUES (?, ?, ?, ?, ?)",
                (_digest(access), user_id, text, now_ms + seconds * 1000, family),
            )
            if refreshable:
                expires = now_ms + self._lifetimes.refresh_token * 1000
                self._store.write(
                    "INSERT INTO refresh_token VALUES (?, ?, ?, ?, ?, 0)",
                    (_digest(refresh), user_id, text, expires, family),
                )
        return Issued(access, refresh if refreshable else None, seconds, scopes)

    def grant(self, untrusted_token: str, *, now_ms: int) -> Grant | None:
        """What an access token stands for, None when it is not known or has expired."""
        row = self._store.row(
            "SELECT user_id, scopes, expires, family FROM access_token WHERE digest = ?", (_digest(untrusted_token),)
        )
        if row is None or row[2] <= now_ms:
            return None
        return Grant(row[0], frozenset(row[1].split()), row[3])

    def refresh(self, untrusted_token: str, scopes: frozenset[str] | None, *, now_ms: int) -> Issued:
        """New tokens for a refresh token, which dies; used again, its whole family dies. Raises `InvalidGrant`."""
        digest = _digest(untrusted_token)
        with self._store.transaction():
            row = self._store.row(
                "SELECT user_id, scopes, expires, family, used FROM refresh_token WHERE digest = ?", (digest,)
            )
            if row is None or row[2] <= now_ms:
                raise InvalidGrant("The refresh token is not known any more. Sign in again.")
            user_id, text, _, family, used = row
            if not used:
                self._store.write("UPDATE refresh_token SET used = 1 WHERE digest = ?", (digest,))
                self._store.write("DELETE FROM access_token WHERE family = ? AND expires < ?", (family, now_ms))
                granted = frozenset(text.split())
                wanted = granted if scopes is None else granted & scopes
                return self._issue(user_id, wanted, family, now_ms=now_ms, refreshable=True)
            self._end_family(family)
        raise InvalidGrant("The refresh token was used before. Sign in again.")

    def make_code(self, code: Code) -> str:
        """An authorization code for a user who has signed in on the page."""
        text = secrets.token_urlsafe(24)
        self._codes[text] = code
        return text

    def exchange(
        self, untrusted_code: str, *, client_id: str, redirect_uri: str, untrusted_verifier: str, now_ms: int
    ) -> Issued:
        """The tokens for an authorization code, good for one use (RFC 7636, 4.6). Raises `InvalidGrant`."""
        code = self._codes.pop(untrusted_code, None)
        if code is None:
            if (family := self._spent_codes.get(untrusted_code)) is not None:
                self._end_family(family)
            raise InvalidGrant("The code is not known any more.")
        if code.expires <= now_ms or code.client_id != client_id or code.redirect_uri != redirect_uri:
            raise InvalidGrant("The code has expired or belongs to another request.")
        challenge = urlsafe_b64encode(hashlib.sha256(untrusted_verifier.encode()).digest()).rstrip(b"=").decode()
        if not secrets.compare_digest(challenge, code.challenge):
            raise InvalidGrant("The code verifier does not fit.")
        issued = self.issue(code.user_id, code.scopes, now_ms=now_ms, refreshable=True)
        grant = self.grant(issued.access, now_ms=now_ms)
        self._spent_codes[untrusted_code] = grant.family if grant else ""
        return issued

    def revoke(self, untrusted_token: str) -> None:
        """End a token; a refresh token with everything that came from it (RFC 7009)."""
        digest = _digest(untrusted_token)
        row = self._store.row("SELECT family FROM refresh_token WHERE digest = ?", (digest,))
        if row is not None:
            self._end_family(row[0])
        self._store.write("DELETE FROM access_token WHERE digest = ?", (digest,))

    def _end_family(self, family: str) -> None:
        with self._store.transaction():
            self._store.write("DELETE FROM access_token WHERE family = ?", (family,))
            self._store.write("DELETE FROM refresh_token WHERE family = ?", (family,))

    def end_access(self, user_id: str | None = None) -> int:
        """End all access tokens, of one user or of all; how many there were."""
        return self._end("DELETE FROM access_token", user_id)

    def end_refresh(self, user_id: str | None = None) -> int:
        """End all refresh tokens, of one user or of all; how many there were."""
        return self._end("DELETE FROM refresh_token", user_id)

    def _end(self, statement: str, user_id: str | None) -> int:
        if user_id is None:
            return self._store.write(statement)
        return self._store.write(statement + " WHERE user_id = ?", (user_id,))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
