"""Text as it is ordered and searched: without case and accents, the same everywhere; it is never shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_IN_NUMBERS = re.compile(r"[\s().\-/]+")


def fold(text: str) -> str:
    """Without case, accents and outer spaces: "Zoë" and "ZOE" are alike."""
    if text.isascii():
        return text.strip().lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join([letter for letter in decomposed if not unicodedata.combining(letter)]).strip()


def key(name: str, number: str) -> str:
    """What a party is ordered by: its name, else its number."""
    return fold(name or number)


def haystack(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """What is searched: the texts, and each number also without the spaces and brackets people write it with."""
    parts = [fold(text) for text in texts if text]
    for number in numbers:
        if number:
            folded = fold(number)
            bare = _NOT_IN_NUMBERS.sub("", folded)
            parts.append(folded if bare == folded else f"{folded}\n{bare}")
    return "\n".join(parts)


def needles(text: str) -> list[str]:
    """The words that must all occur."""
    return fold(text.replace("\n", " ")).split()
