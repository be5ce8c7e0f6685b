"""Options of one stand-in service: everything that decides what it serves and how it behaves at the start.

Not promised: that an option keeps its value; the control interface changes limits, retention and links while
the service runs, and the store remembers what it changed.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path


class Digests(Enum):
    """What the content answers say in `Repr-Digest` (RFC 9530)."""

    SHA256 = "sha-256"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: `per_second` requests a second in the long run, `burst` at once. Zero per second: no limit."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What the service bears. The defaults are generous, so that a demonstration is quick."""

    search: Rate = Rate(per_second=200.0, burst=400)
    content: Rate = Rate(per_second=2000.0, burst=4000)
    sign_in: Rate = Rate(per_second=20.0, burst=100)
    max_concurrent_downloads: int = 16
    """Content answers of one user that may be open at once; one more is answered `concurrency_limited`."""
    max_concurrent_replays: int = 40
    """Content answers with `purpose=replay` of all users together that may be open at once (F9)."""
    max_page_size: int = 500
    max_window_days: int = 31


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long what the service hands out is good for, in seconds."""

    access_token: int = 3600
    refresh_token: int = 90 * 86_400
    authorization_code: int = 60
    page_token: int = 900
    cursor: int = 30 * 86_400
    signed_link: int = 60


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """The stand-in service of one process."""

    host: str = "127.0.0.1"
    port: int = 0
    """TCP port of the public side; 0 lets the system choose."""
    tls: bool = False
    """The public side speaks HTTPS; the addresses the service gives out begin accordingly."""
    conversations: int = 2000
    """Size of the made-up account, 0 to a few million."""
    seed: int = 7
    now: datetime | None = None
    """The service's clock at its start (aware); None is the real time. It runs on from there."""
    tiny: bool = False
    """Calls of two or three seconds only, so that recordings are a few kilobytes."""
    time_zone: str = "Europe/Berlin"
    """IANA name of the account's zone; single users have others."""
    retention_months: int = 12
    archiving: bool = False
    """The archiving subscription: recordings are kept 7 years, and the account reaches back further (F15)."""
    limits: Limits = field(default_factory=Limits)
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    digests: Digests = Digests.SHA256
    signed_links: bool = False
    """Content is answered by 307 to a link that is good for a short time."""
    signed_link_base: str | None = None
    """Scheme, host and port of signed links when they shall lie elsewhere; None: the service itself."""
    store: Path | None = None
    """Keep the account in this SQLite file and use it again; None: a temporary file that goes away."""
    corpus: Path | None = None
    """One conversation for each WAV file of this directory instead of generated audio; for measurements."""
