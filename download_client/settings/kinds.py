"""What a setting's value may be: how it is read, checked and written; it knows no name of a setting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from download_client.errors import InvalidSetting
from download_client.settings.profiles import check_name
from download_client.settings.units import (
    parse_duration,
    parse_rate,
    parse_size,
    show_duration,
    show_rate,
    show_size,
)

T = TypeVar("T")
N = TypeVar("N", int, float)

ACCOUNT = "account"
SYSTEM = "system"
NONE = "none"
OFF = "off"
UNLIMITED = "unlimited"

_LONGEST_TEXT = 1024
_LARGEST = 10**15 - 1
_PROXIES = ("http",)
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]{0,252}|[0-9a-f:.]{2,45}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value. `unit` is what the value is counted in (empty: nothing), `range` what is accepted, for people.

    `parse` takes text (a command line, a policy) or the value itself (a file, a form) and raises ValueError with a
    sentence for people. `show` writes text that `parse` reads back; `toml` the same as a TOML value.
    """

    range: str
    parse: Callable[[object], T]
    show: Callable[[T], str]
    unit: str = ""
    plain: bool = False
    """The value stands in a TOML file as itself, not as text."""

    def toml(self, value: T) -> object:
        """The value as a TOML file has it."""
        return value if self.plain else self.show(value)


def text() -> Kind[str]:
    """A line of text that is not empty; what it means is told elsewhere."""
    return Kind("a line of text", _text, str)


def yes_no() -> Kind[bool]:
    """True or false."""
    return Kind("true or false", _yes_no, lambda value: "true" if value else "false", plain=True)


def whole(low: int, high: int) -> Kind[int]:
    """A whole number from `low` to `high`."""
    return Kind(f"{low} to {high}", partial(_whole, low=low, high=high), str, plain=True)


def whole_or_off(low: int, high: int) -> Kind[int | None]:
    """A whole number from `low` to `high`, or off (None)."""

    def parse(untrusted: object) -> int | None:
        if untrusted is None or (isinstance(untrusted, str) and untrusted.strip().lower() == OFF):
            return None
        return _whole(untrusted, low=low, high=high)

    return Kind(f"{OFF}, or {low} to {high}", parse, lambda value: OFF if value is None else str(value))


def size(low: int, high: int) -> Kind[int]:
    """Bytes from `low` to `high`."""
    parse = partial(_measured, low=low, high=high, read=parse_size, show=show_size)
    return Kind(f"{show_size(low)} to {show_size(high)}", parse, show_size, "bytes")


def rate(low: int, high: int) -> Kind[int | None]:
    """Bytes per second from `low` to `high`, or no limit (None)."""
    measured = partial(_measured, low=low, high=high, read=parse_rate, show=show_rate)

    def parse(untrusted: object) -> int | None:
        if untrusted is None or (isinstance(untrusted, str) and untrusted.strip().lower() == UNLIMITED):
            return None
        return measured(untrusted)

    def show(value: int | None) -> str:
        return UNLIMITED if value is None else show_rate(value)

    return Kind(f"{UNLIMITED}, or {show_rate(low)} to {show_rate(high)}", parse, show, "bytes per second")


def duration(low: float, high: float) -> Kind[float]:
    """Seconds from `low` to `high`."""
    parse = partial(_measured, low=low, high=high, read=parse_duration, show=show_duration)
    return Kind(f"{show_duration(low)} to {show_duration(high)}", parse, show_duration, "seconds")


def choice(*options: str) -> Kind[str]:
    """One of a few words."""
    wanted = " or ".join(options)

    def parse(untrusted: object) -> str:
        word = _line(untrusted).lower()
        if word not in options:
            raise ValueError(f"{word!r} is not {wanted}")
        return word

    return Kind(wanted, parse, str)


def several(*options: str) -> Kind[tuple[str, ...]]:
    """One or more of a few words, in the order of the options; as text with commas between them."""

    def parse(untrusted: object) -> tuple[str, ...]:
        given = untrusted if isinstance(untrusted, list | tuple) else _line(untrusted).split(",")
        words = {_line(word).lower() for word in given}
        if not words or not words <= set(options):
            raise ValueError(f"one or more of {', '.join(options)} is wanted, with commas between them")
        return tuple(option for option in options if option in words)

    return Kind(f"one or more of {', '.join(options)}", parse, ", ".join)


def profile() -> Kind[str]:
    """The name of a profile."""

    def parse(untrusted: object) -> str:
        try:
            return check_name(_line(untrusted))
        except InvalidSetting as error:
            raise ValueError(error.detail) from None

    return Kind("the name of a profile", parse, str)


def language() -> Kind[str]:
    """A language by its code (`de`, `pt_BR`), or the system's."""

    def parse(untrusted: object) -> str:
        word = _line(untrusted)
        if word.lower() == SYSTEM:
            return SYSTEM
        if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", word):
            raise ValueError(f"{word!r} is not {SYSTEM} or the code of a language, such as de")
        return word

    return Kind(f"{SYSTEM}, or the code of a language such as de", parse, str)


def place(what: str) -> Kind[Path | None]:
    """A file or folder by its whole path, or none; whether it is there is looked up when it is used."""
    return Kind(f"the whole path of {what}, or nothing", _place, lambda value: "" if value is None else str(value))


def service_address() -> Kind[str]:
    """The service's address, or nothing. That it must be secure is the sign-in's affair."""
    return Kind("an https:// address, or nothing", _service_address, str)


def proxy() -> Kind[str]:
    """The system's proxy, none, or one by its address, without a password."""
    return Kind(f"{SYSTEM}, {NONE}, or the address of a proxy without a password", _proxy, str)


def zone() -> Kind[str]:
    """A time zone: the account's, or one by its IANA name."""
    return Kind(f"{ACCOUNT}, or a name such as Europe/Berlin", _zone, str)


def line() -> Kind[str]:
    """A line of text, or nothing."""
    return Kind("a line of text, or nothing", _line, str)


def host() -> Kind[str]:
    """A computer by its name or number, without a port, or nothing."""
    return Kind("the name of a computer, or nothing", _host, str.lower)


def web_address() -> Kind[str]:
    """An address that something is sent to, or nothing: https, or plain http to this computer by its number."""
    return Kind("an https:// address, or nothing", _web_address, str)


def mail_addresses(most: int = 20) -> Kind[tuple[str, ...]]:
    """At most so many addresses for mail with commas between them, or nothing."""
    said = "mail addresses with commas between them" if most > 1 else "a mail address"
    return Kind(f"{said}, or nothing", partial(_mail_addresses, most=most), ", ".join)


def _line(untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise ValueError(f"text is wanted, not {_named(untrusted)}")  # noqa: TRY004
    if len(untrusted) > _LONGEST_TEXT or not untrusted.isprintable():
        raise ValueError("the text is too long or holds characters that cannot be printed")
    return untrusted.strip()


def _named(untrusted: object) -> str:
    return "a table" if isinstance(untrusted, dict) else f"{untrusted!r:.60}"


def _text(untrusted: object) -> str:
    if not (line := _line(untrusted)):
        raise ValueError("the text is empty")
    return line


def _yes_no(untrusted: object) -> bool:
    word = untrusted.strip().lower() if isinstance(untrusted, str) else untrusted
    # A registry has no booleans, only 0 and 1.
    if word in ("true", "yes", "on", "1", 1):
        return True
    if word in ("false", "no", "off", "0", 0):
        return False
    raise ValueError(f"true or false is wanted, not {_named(untrusted)}")


def _whole(untrusted: object, *, low: int, high: int) -> int:
    number = untrusted
    if isinstance(number, str) and number.strip().isascii() and number.strip().isdigit() and len(number) < 20:
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(f"a whole number is wanted, not {_named(untrusted)}")  # noqa: TRY004
    if not low <= number <= high:
        raise ValueError(f"{number!r:.30} is outside of {low} to {high}")
    return int(number)


def _measured(untrusted: object, *, low: N, high: N, read: Callable[[str], N], show: Callable[[N], str]) -> N:
    """A number of the unit itself, or text with a unit."""
    if isinstance(untrusted, str):
        number = read(_line(untrusted))
    elif isinstance(untrusted, int | float) and not isinstance(untrusted, bool) and untrusted >= 0:
        number = read(
            f"{min(untrusted, _LARGEST):f}" if isinstance(untrusted, float) else str(min(untrusted, _LARGEST))
        )
    else:
        raise ValueError(f"a number with a unit is wanted, not {_named(untrusted)}")
    if not low <= number <= high:
        raise ValueError(f"{show(number)} is outside of {show(low)} to {show(high)}")
    return number


def _place(untrusted: object) -> Path | None:
    line = _line(str(untrusted) if isinstance(untrusted, Path) else untrusted)
    if not line:
        return None
    try:
        path = Path(line).expanduser()
    except RuntimeError:
        raise ValueError(f"the home folder in {line!r} is not known") from None
    if not path.is_absolute():
        raise ValueError(f"{line!r} is not a whole path: it would mean another place in each folder")
    return path


def _service_address(untrusted: object) -> str:
    line = _line(untrusted)
    if any(letter in line for letter in "@?#"):
        raise ValueError("the service's address holds no user, no question mark and no fragment")
    return _address(line, schemes=("https", "http")).rstrip("/") if line else ""


def _host(untrusted: object) -> str:
    name = _line(untrusted).lower()
    if name and not _HOST.fullmatch(name):
        raise ValueError("this is no name of a computer, such as mail.example.com; the port is a setting of its own")
    return name


def _web_address(untrusted: object) -> str:
    address = _line(untrusted)
    if not address:
        return ""
    if "@" in address or "#" in address or not address.isascii():
        raise ValueError("such an address holds no user, no fragment and ASCII only")
    parts = urlsplit(_address(address, schemes=("https", "http")))
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ValueError("plain http leads to this computer itself only (127.0.0.1); use https://")
    return address


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _mail_addresses(untrusted: object, *, most: int) -> tuple[str, ...]:
    listed = untrusted if isinstance(untrusted, list | tuple) else _line(untrusted).split(",")
    found = tuple(dict.fromkeys(each for part in listed if (each := _line(part))))
    if len(found) > most:
        raise ValueError(f"at most {most} of them can be given")
    for each in found:
        if not _MAIL.fullmatch(each):
            raise ValueError("each is written as name@example.com, with commas between them")
    return found


def _proxy(untrusted: object) -> str:
    line = _line(untrusted)
    if line.lower() in (SYSTEM, NONE):
        return line.lower()
    if urlsplit(_address(line, schemes=_PROXIES)).password is not None:
        raise ValueError("a password does not belong into the settings: the system's sign-in is used for the proxy")
    return line


def _address(line: str, *, schemes: tuple[str, ...]) -> str:
    """Check scheme and host. The text is not repeated in the error: it may hold a password."""
    try:
        parts = urlsplit(line)
        good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and " " not in line
    except ValueError:
        good = False
    if not good:
        raise ValueError("this is no address beginning with " + " or ".join(f"{scheme}://" for scheme in schemes))
    return line


def _zone(untrusted: object) -> str:
    line = _line(untrusted)
    if line.lower() == ACCOUNT:
        return ACCOUNT
    try:
        return ZoneInfo(line).key
    except (ValueError, KeyError, OSError):
        raise ValueError(f"{line!r} is no time zone; wanted is {ACCOUNT} or a name such as Europe/Berlin") from None
