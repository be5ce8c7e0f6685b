"""Where the service is: one base address, checked once; it resolves no names and opens no connection.

HTTPS only. Plain HTTP is for loopback addresses alone, written as numbers: what a name leads to is not ours to know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from download_client.errors import InsecureAddress, InvalidSetting

BASE_PATH = "/mir/api/v1"
"""Where the contract begins on a host; taken when an address names the host alone."""

_LONGEST = 2048
_PLAIN = re.compile("[A-Za-z0-9_~-]+")
"""What quoting leaves as it is; without the dot, which a path may not consist of."""


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """The base of a service, without a slash at the end: `https://mir.example/mir/api/v1`."""

    base: str

    @classmethod
    def parse(cls, untrusted: str) -> ServiceAddress:
        """Read what a person or a profile says: a base, or the host alone.

        Raises:
            InvalidSetting: no address, or one with a user, a query or a fragment.
            InsecureAddress: neither https nor plain http to a loopback address.

        """
        text = untrusted.strip()
        if "://" not in text:
            text = f"https://{text}"
        require_secure(text)
        parts = urlsplit(text)
        if parts.query or parts.fragment:
            raise InvalidSetting("the address of a service has no query and no fragment", subject="server")
        host = f"{parts.scheme}://{parts.netloc.lower()}"
        return cls(host + (parts.path.rstrip("/") or BASE_PATH))

    @property
    def host(self) -> str:
        """Host and port, for messages."""
        return urlsplit(self.base).netloc

    def below(self, *segments: str) -> str:
        """The URL of a resource; every segment is quoted whole, so that an id cannot climb out of its place."""
        # Most segments are plain, and this is asked for every recording.
        quoted = [segment if _PLAIN.fullmatch(segment) else quote(segment, safe="") for segment in segments]
        return "/".join((self.base, *quoted))


def require_secure(untrusted_url: str) -> None:
    """Let pass https, and plain http to 127.0.0.0/8 and ::1.

    Raises:
        InvalidSetting: this is no address, or it holds a user name or password.
        InsecureAddress: anything else.

    """
    try:
        parts = urlsplit(untrusted_url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or len(untrusted_url) > _LONGEST or not _printable(untrusted_url):
        raise InvalidSetting("this is not the address of a service, as in https://mir.example", subject="server")
    if "@" in parts.netloc:
        raise InvalidSetting("an address holds no user name and no password", subject="server")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        advice = "; write 127.0.0.1 for this computer itself" if host == "localhost" else ""
        raise InsecureAddress(f"{parts.scheme}:// leads to another computer{advice}", subject=host)


def is_loopback(host: str) -> bool:
    """True for a loopback address written as a number, without brackets."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _printable(text: str) -> bool:
    return text.isprintable() and not any(character in text for character in ' \\"<>^`{|}')
