"""Makes one path component out of any text, safe on Windows, Linux and macOS; it does not promise uniqueness (`names`).

Sources: "Naming Files, Paths, and Namespaces" (Microsoft Learn: characters, reserved names, trailing dots and spaces);
Unicode Standard Annex 9 (bidi controls), 15 (NFC); design rule "names are ours" (R11).

Which characters go is listed here rather than asked of `unicodedata`, whose answers grow with every Python: the same
text must give the same name everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

COMPONENT_UNITS: Final = 120
"""The most UTF-16 code units of a component, its longest suffix included."""
COMPONENT_BYTES: Final = 140
"""The most bytes of UTF-8; encrypted home folders allow 143, all else 255."""

_ORDINARY: Final = re.compile(r"(?:[A-Za-z0-9_+(),;=@#&'!\[\]{}%$^`.-]+(?: |$))*")
"""ASCII that needs no change inside a component: no two spaces together."""

_REPLACED: Final = re.compile(
    "["
    '<>:"/\\\\|?*~'  # Windows; ~ because MIR~1 may be another name of .mir
    "\x00-\x1f\x7f-\x9f"  # controls
    "\ud800-\udfff"  # halves of characters, which are no text
    "\uf000-\uf0ff"  # the private characters by which SMB and NTFS drivers write forbidden ones
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff"
    + "".join(f"{chr((plane << 16) | 0xFFFE)}{chr((plane << 16) | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_INVISIBLE: Final = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
    # The joiner stays where it makes one picture of two: "emoji kept".
    "|(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_SPACES: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CLINGING: Final = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]")
"""What must not be cut from the character before it, besides combining marks."""

_RESERVED: Final = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [f"{device}{digit}" for device in ("COM", "LPT") for digit in "0123456789¹²³"]
)


def clean(untrusted: str) -> str:
    """Text that may stand inside a component: NFC, no forbidden, invisible or direction-changing character."""
    if untrusted.isascii() and _ORDINARY.fullmatch(untrusted) is not None:
        return untrusted
    text = unicodedata.normalize("NFC", untrusted)
    text = _INVISIBLE.sub("", text)
    text = _REPLACED.sub("_", text)
    return _SPACES.sub(" ", text)


def forbidden(text: str) -> str:
    """The first character of `text` that `clean` would not keep; empty where there is none."""
    found = _REPLACED.search(text) or _INVISIBLE.search(text)
    return found.group() if found is not None else ""


def component(cleaned: str, *, units: int, octets: int, ending: str = "") -> str:
    """One component out of cleaned pieces put together: within the limits, not reserved, never empty.

    `ending` (ASCII, not starting with a dot or a space that matters) is kept whole; what stands before it is cut at a
    character a person would see as one.
    """
    if not cleaned.isascii():
        # Pieces that are NFC each may not be so together.
        cleaned = unicodedata.normalize("NFC", cleaned)
    text = shorten(cleaned.strip(" "), units=units - len(ending) - 1, octets=octets - len(ending) - 1)
    if not ending:
        text = text.rstrip(" .")
    if not text or text[0] == ".":
        text = "_" + text[1:]
    text += ending
    if text.partition(".")[0].rstrip(" ").upper() in _RESERVED:
        text = "_" + text
    return text


def shorten(text: str, *, units: int, octets: int) -> str:
    """`text`, or as much of its beginning as keeps within so many UTF-16 units and UTF-8 bytes."""
    if len(text) * 4 <= octets and len(text) * 2 <= units:
        return text
    if width(text) <= units and len(text.encode()) <= octets:
        return text
    end = 0
    used_units = used_octets = 0
    for character in text:
        used_units += 1 + (character > "\uffff")
        used_octets += len(character.encode())
        if used_units > units or used_octets > octets:
            break
        end += 1
    while end > 0 and _clings(text, end):
        end -= 1
    return text[:end].rstrip(" .")


def width(text: str) -> int:
    """UTF-16 code units, as Windows counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _clings(text: str, index: int) -> bool:
    """Whether the character at `index` belongs to the one before it."""
    if unicodedata.category(text[index])[0] == "M" or _CLINGING.match(text[index]) is not None:
        return True
    return text[index - 1] == "\u200d"
