from __future__ import annotations

import pytest

from download_client import errors
from download_client.errors import MirError
from ui.words.errors import advice, title

CLASSES = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MirError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_words_for_the_window(kind: type[MirError]) -> None:
    error = kind("seen", subject="x-1")
    assert title(error) == error.title
    words = advice(error)
    assert words.endswith(".")
    assert "--" not in words
    assert "`" not in words


def test_an_error_of_another_code_speaks_for_itself() -> None:
    class Newer(MirError):
        title = "Something new"
        advice = "Do this."
        code = "newer"

    assert (title(Newer()), advice(Newer())) == ("Something new", "Do this.")
