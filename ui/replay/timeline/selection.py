"""What is selected on the replay bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST: Final = 0.05
"""Seconds that a selection has at least while one of its handles is moved."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a lane, in seconds of its voice; `first` lies before `last`."""

    key: str
    first: float
    last: float
