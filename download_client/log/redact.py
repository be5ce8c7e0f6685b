"""Takes secrets and private data out of text: the last defence, for what should not be there; it may take too much.

Tokens, passwords, signed links (every query), e-mail addresses, telephone numbers and the user's home folder go; ids,
times, addresses of computers and digests in hex stay.
"""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

HIDDEN = "***"
LONGEST = 16_384
"""Characters; what is longer is cut before anything is sought."""

_QUOTED = r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?"
_HEADER = re.compile(r"\b((?:proxy-)?authorization|(?:set-)?cookie)(\"?'?\s*[:=]\s*).*", re.IGNORECASE)
_SCHEME = re.compile(r"\b((?i:bearer)\s+)\S+|\b((?i:basic|negotiate)\s+)(?=\S*[A-Z0-9=])[\w+/=-]{8,}")
_PASSWORD = re.compile(rf"(pass(?:word|wd|phrase)s?)([\"']?\s*[:=]\s*)(?:{_QUOTED}|[^\n,;&)\]}}]+)", re.IGNORECASE)
_NAMED = re.compile(
    r"(tokens?|secrets?|signature|credentials?|assertion|api[_-]?key|code_verifier|(?<![a-z])sig)"
    rf"([\"']?\s*[:=]\s*)(?:{_QUOTED}|[^\s,;&)\]}}]+)",
    re.IGNORECASE,
)
_USER_IN_URL = re.compile(r"(://)[^\s/@]*@")
_QUERY = re.compile(r"\?[^\s?\"'<>=&]{1,64}=[^\s\"'<>]*")
_JWT = re.compile(r"\beyJ[\w-]+(?:\.[\w-]*){0,4}")
_EMAIL = re.compile(r"[\w.!#$%&*+/?^`{|}~-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})*")
_OPAQUE = re.compile(
    r"(?<![\w~+-])(?=[\w~+-]{0,99}[0-9])(?=[\w~+-]{0,99}[A-Z])(?=[\w~+-]{0,99}[a-z])[\w~+-]{32,}={0,2}", re.ASCII
)
_TELEPHONE = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+\s?)?\(?\d[\d ()/-]{4,}\d(?![\w-]|\s?(?:bytes|B)\b)")
_DIGITS = 7
"""So many digits may be a telephone number; a count of bytes says so."""


def redact(text: str) -> str:
    """`text` with `***` where a secret or something private stood."""
    if len(text) > LONGEST:
        return f"{redact(text[:LONGEST])} … ({len(text)} characters)"
    text = _without_home(text)
    text = _HEADER.sub(rf"\1\2{HIDDEN}", text)
    text = _SCHEME.sub(lambda found: (found[1] or found[2]) + HIDDEN, text)
    text = _PASSWORD.sub(rf"\1\2{HIDDEN}", text)
    text = _NAMED.sub(rf"\1\2{HIDDEN}", text)
    text = _USER_IN_URL.sub(rf"\1{HIDDEN}@", text)
    text = _QUERY.sub(f"?{HIDDEN}", text)
    text = _JWT.sub(HIDDEN, text)
    text = _EMAIL.sub(lambda found: found[0] if HIDDEN in found[0] else HIDDEN, text)
    text = _OPAQUE.sub(HIDDEN, text)
    return _TELEPHONE.sub(lambda found: HIDDEN if _count_digits(found[0]) >= _DIGITS else found[0], text)


def _count_digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _without_home(text: str) -> str:
    """The user's name is part of the home folder's path; what stands right below the root names nobody."""
    try:
        home = Path.home()
    except RuntimeError:
        return text
    if len(home.parts) < 3:
        return text
    if not isinstance(home, PureWindowsPath):
        return text.replace(str(home), "~")
    # Windows does not mind the case, Python doubles backslashes where it quotes, and Qt writes slashes.
    forms = (str(home), str(home).replace("\\", "\\\\"), home.as_posix())
    return re.sub("|".join(map(re.escape, forms)), "~", text, flags=re.IGNORECASE)
