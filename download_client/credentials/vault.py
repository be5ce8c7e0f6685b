"""What a profile's vault holds and can do, and the vault that forgets; where a real one lies is `system`'s affair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from download_client.credentials.secret import Secret


class SecretKind(StrEnum):
    """What the kept secret is good for."""

    REFRESH = "refresh"
    """A refresh token (RFC 6749 section 1.5); a new one replaces it at each use."""
    CLIENT = "client"
    """The secret of an unattended service account (`client_credentials`); `user` is its client id."""
    ALARM = "alarm"
    """What sends a message about nights: a password of a mail server, the secret that signs. No sign-in uses it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One sign-in that can be used again without asking anybody."""

    kind: SecretKind
    user: str
    secret: Secret


class Vault(Protocol):
    """Holds at most one `Kept`."""

    def load(self) -> Kept | None:
        """What is kept; None: nothing usable."""
        ...

    def keep(self, kept: Kept) -> None:
        """Replace what is kept."""
        ...

    def forget(self) -> None:
        """Keep nothing; harmless when nothing is kept."""
        ...


class MemoryVault:
    """One sign-in that leaves nothing behind: it ends with this object."""

    def __init__(self) -> None:
        self._kept: Kept | None = None

    def load(self) -> Kept | None:
        """What is kept."""
        return self._kept

    def keep(self, kept: Kept) -> None:
        """Replace what is kept."""
        self._kept = kept

    def forget(self) -> None:
        """Keep nothing."""
        self._kept = None
