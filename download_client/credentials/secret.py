"""Text that prints as `***` everywhere; it hides itself from printers, not from a debugger."""

from __future__ import annotations

import hmac
from typing import NoReturn, Self, SupportsIndex, final

_SHOWN = "***"


@final
class Secret:
    """A password, token or client secret (R12). Only `reveal` gives the text; call it at the last moment.

    `repr`, `str` and every format give `***`; pickling is refused and JSON encoders do not know the type; a copy is
    the same object. Comparing takes the same time wherever the texts differ.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"a secret is text, not {type(text).__name__}")
        self.__text = text

    def reveal(self) -> str:
        """The text itself."""
        return self.__text

    def __repr__(self) -> str:
        return _SHOWN

    def __str__(self) -> str:
        return _SHOWN

    def __format__(self, spec: str) -> str:
        return _SHOWN

    def __bool__(self) -> bool:
        return bool(self.__text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        mine, theirs = self.__text, other.__text
        return hmac.compare_digest(mine.encode("utf-8", "surrogatepass"), theirs.encode("utf-8", "surrogatepass"))

    def __hash__(self) -> int:
        # Python keys the hash of text anew in every process; the type keeps it apart from the bare text's.
        return hash((Secret, self.__text))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret is not pickled")
