"""What is remembered of listening: where each recording was left, how it was heard, and how loud; never the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ui.memory import Memory

_PLACES: Final = "replay.places"
_SOUND: Final = "replay.sound"
_MOST: Final = 300
"""So many recordings; the one that was heard longest ago goes first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How one lane was heard: the second of its voice, the speed, the balance of its parties."""

    position: float = 0.0
    rate: float = 1.0
    balance: float = 0.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """How everything is heard. `output` is the id of a device; empty: the system's choice."""

    volume: float = 1.0
    muted: bool = False
    skip_silence: bool = False
    output: str = ""
    in_turn: bool = True
    """One after the other."""


def heard(memory: Memory, key: str) -> Heard:
    """How the lane of that key was heard the last time."""
    kept = _places(memory).get(key)
    if not isinstance(kept, list) or len(kept) != len(Heard.__slots__):
        return Heard()
    numbers = [_number(each, default) for each, default in zip(kept, (0.0, 1.0, 0.0), strict=True)]
    return Heard(max(0.0, numbers[0]), min(3.0, max(0.5, numbers[1])), min(1.0, max(-1.0, numbers[2])))


def remember(memory: Memory, key: str, it: Heard) -> None:
    """Keep it; what says nothing new is not kept."""
    places = _places(memory)
    places.pop(key, None)
    if it != Heard():
        places[key] = [round(it.position, 2), it.rate, it.balance]
    memory.put(_PLACES, dict(list(places.items())[-_MOST:]))


def loudness(memory: Memory) -> Loudness:
    """How loud it was."""
    kept = memory.get(_SOUND)
    if not isinstance(kept, dict):
        return Loudness()
    output = kept.get("output")
    return Loudness(
        volume=min(1.0, max(0.0, _number(kept.get("volume"), 1.0))),
        muted=kept.get("muted") is True,
        skip_silence=kept.get("skip") is True,
        output=output if isinstance(output, str) else "",
        in_turn=kept.get("in_turn") is not False,
    )


def keep_loudness(memory: Memory, it: Loudness) -> None:
    """Keep how loud it is."""
    kept = {"volume": it.volume, "muted": it.muted, "skip": it.skip_silence, "output": it.output}
    memory.put(_SOUND, {**kept, "in_turn": it.in_turn})


def _places(memory: Memory) -> dict[str, Any]:
    kept = memory.get(_PLACES)
    return dict(kept) if isinstance(kept, dict) else {}


def _number(untrusted: object, default: float) -> float:
    if isinstance(untrusted, bool) or not isinstance(untrusted, int | float) or untrusted != untrusted:
        return default
    return float(untrusted)
