"""Where a redirect may lead: by hand, https only, at most three; a link is used once, never stored and never logged."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from download_client.content.fields import Fields
from download_client.errors import InsecureAddress, ProtocolBroken

MOST_REDIRECTS = 3
_LONGEST = 8192
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: only to the very same three goes our token."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """Where to go next. `url` may be a signed link, so this has no repr. `foreign`: no Authorization goes there."""

    url: str
    foreign: bool


def origin(url: str) -> Origin:
    """The origin of an order's address.

    Raises:
        InsecureAddress: neither https nor plain http to this computer itself, or no address at all.

    """
    if not _plain(url):
        raise InsecureAddress("the address of a recording cannot be read")
    # All recordings of a service share what comes before the path.
    end = url.find("/", 8)
    return _home(url if end < 0 else url[:end])


@lru_cache(maxsize=16)
def _home(url: str) -> Origin:
    try:
        parts = _parts(url)
    except ValueError:
        raise InsecureAddress("the address of a recording cannot be read") from None
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise InsecureAddress("plain http to another computer")
    return _origin(parts)


def follow(fields: Fields, *, url: str, home: Origin, foreign: bool, hops: int) -> Target:
    """The next address after a redirect from `url`; `hops` counts this one.

    `home` is the order's origin. Once it was left, the token stays at home for the rest of the journey.

    Raises:
        ProtocolBroken: no address, too many, or one that is not allowed.

    """
    if hops > MOST_REDIRECTS:
        raise ProtocolBroken(f"more than {MOST_REDIRECTS} redirects")
    untrusted_location = fields.one("location")
    if not untrusted_location:
        raise ProtocolBroken("a redirect without one address")
    try:
        target = urljoin(url, untrusted_location)
        parts = _parts(target)
    except ValueError:
        raise ProtocolBroken("a redirect to an address that is not allowed") from None
    if parts.scheme == "http" and not (home.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ProtocolBroken("a redirect to an address that is not https")
    there = _origin(parts)
    return Target(parts._replace(fragment="").geturl(), foreign=foreign or there != home)


def is_loopback(host: str) -> bool:
    """Whether a host names this computer itself: `localhost`, 127.0.0.0/8 or ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parts(untrusted: str) -> SplitResult:
    """The parts of an http(s) address. Raises ValueError for all others, and for one that carries a user name."""
    if not _plain(untrusted):
        raise ValueError
    parts = urlsplit(untrusted)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError
    _ = parts.port
    return parts


def _plain(untrusted: str) -> bool:
    """Whether it has only the signs of an address: libcurl and Python read others, as a backslash, differently."""
    return (
        len(untrusted) <= _LONGEST
        and untrusted.isascii()
        and untrusted.isprintable()
        and " " not in untrusted
        and "\\" not in untrusted
    )


def _origin(parts: SplitResult) -> Origin:
    return Origin(parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme])
