"""A place of the navigation bar before its module is made: enough to draw its button, and the way to make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.module import Module


@dataclass(frozen=True, slots=True)
class Place:
    """`title` is its word in the user's language; `make` is called once, when it is first gone to.

    `needs_access`: where the access level is None, the window explains that instead.
    """

    key: str
    icon: str
    title: str
    make: Callable[[], Module]
    needs_access: bool = False
