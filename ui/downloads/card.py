"""A run as a card shows it: words, parts of the bar, countdown; a value, made from the figures, without a widget."""

from __future__ import annotations

from dataclasses import dataclass

from ui.words.runs import RunSaid


@dataclass(frozen=True, slots=True)
class Card:
    """`key` names the run; `name` is what the user called it, or ours; `right` stands at the upper right.

    `below` is the line under the bar; `ring` the time left of a wait in words and as a share (0 to 1) of the whole.
    """

    key: str
    name: str
    said: RunSaid
    parts: tuple[tuple[float, str], ...] = ()
    right: str = ""
    below: str = ""
    ring: tuple[str, float] | None = None
    movable: bool = False
    """Its place in the list is its place in the queue."""

    @property
    def spoken(self) -> str:
        """The card for a screen reader."""
        wait = (self.ring[0],) if self.ring is not None else ()
        return ". ".join(part for part in (self.name, self.said.words, self.below, self.right, *wait) if part)
