"""What is asked of the fetcher and what it tells: values only; nothing here says whether a body is the right one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from download_client.credentials import Secret
from download_client.errors import MirError
from download_client.retry import CONTENT

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """One body to fetch into one part file, whose folder exists.

    `offset` and `prefix_sha256` are what was durable before, with the validator `etag` it had then; offset 0 begins
    anew. `size` (bytes) and `sha256` (hex) are what the listing says; None and "": not listed.
    """

    key: int
    url: str
    part: Path
    offset: int = 0
    prefix_sha256: str = ""
    etag: str = ""
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one order. The part file is closed when this is told.

    Without an error the part holds `size` bytes with this `sha256`; nothing is said about whether they are the right
    ones. With an error the part holds `offset` durable bytes (0: nothing worth keeping) whose hash is `prefix_sha256`.
    `etag` is the strong validator of those bytes or "", `server_digest` the hex SHA-256 of Repr-Digest or "",
    `head` at most the first 4 KiB of a whole body, `requests` how many were sent.
    """

    key: int
    error: MirError | None
    size: int
    sha256: str
    etag: str
    server_digest: str
    head: bytes
    requests: int
    offset: int
    prefix_sha256: str


@dataclass(frozen=True, slots=True)
class Durable:
    """So many bytes of this order's part are on the disk (told after fsync, every `checkpoint` of a large body)."""

    key: int
    offset: int
    prefix_sha256: str
    etag: str


@dataclass(frozen=True, slots=True)
class ContentOptions:
    """How to fetch. Times in seconds, sizes in bytes, rates in bytes per second. There is no option to trust anybody.

    `proxy` is a URL, "" goes directly; the environment is not read here. Without `proxy_credentials` ("user:password")
    a proxy is offered the sign-in of the computer's user (Negotiate, NTLM). `no_proxy` is curl's list of hosts;
    loopback never uses a proxy. `ca_file` adds a company's authority (PEM) to those of the system.
    A body may take `stall` seconds without a byte, and in all `grace` plus its bytes so far over `floor_rate`.
    `policy` is the leaf of the gate that is waited at and closed. `backlog` is how many orders are welcome; `block`
    what is handed to the writing thread at once.
    """

    ca_file: Path | None = None
    proxy: str = ""
    no_proxy: str = ""
    proxy_credentials: Secret | None = None
    user_agent: str = "mir-download"
    policy: str = CONTENT
    connect: float = 20.0
    answer: float = 60.0
    stall: float = 30.0
    grace: float = 120.0
    floor_rate: int = 512
    most_at_once: int = 40
    backlog: int = 128
    block: int = MIB // 4
    spare_blocks: int = 8
    checkpoint: int = 8 * MIB
    largest: int = 4 * 1024 * MIB
    """Of a body that announces no length: as much as a WAV can be."""
