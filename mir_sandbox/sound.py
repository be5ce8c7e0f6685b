"""Where the bytes of a recording come from: the interface between the account and its audio.

Not promised: that audio is ever whole in memory, or that a variant sounds like the call it stands for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Codec:
    """What the `fmt ` chunk of a WAV file says."""

    format_tag: int
    name: str
    sample_rate: int
    channels: int
    bits_per_sample: int


@dataclass(frozen=True, slots=True)
class Sounds:
    """All audio of one service. `codecs` are by variant; `read(key, variant, start, length)` gives a block.

    The key is the recording's id, with `.v2`, `.v3` … once its bytes were replaced.
    """

    codecs: Sequence[Codec]
    read: Callable[[str, int, int, int], bytes]
