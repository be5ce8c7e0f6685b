"""Reads RIFF/WAVE headers: proves a file whole, names its codec and duration; it decodes, repairs and writes nothing.

`inspect_bytes` proves from the first bytes and the size, `inspect` from a path, `inspect_open` from an open file.
Not a WAV file, or one cut off inside its header → `download_client.errors.NotWav`. A WAV file whose header promises
more than there is → a `WavInfo` whose `wholeness` says so: what to do about it is the caller's to decide.
`openable` is how its path is told to the system.
"""

from download_client.wav.codecs import codec_name
from download_client.wav.info import WavInfo, Wholeness
from download_client.wav.long_path import extended, openable
from download_client.wav.riff import HEAD_BYTES, inspect, inspect_bytes, inspect_open

__all__ = [
    "HEAD_BYTES",
    "WavInfo",
    "Wholeness",
    "codec_name",
    "extended",
    "inspect",
    "inspect_bytes",
    "inspect_open",
    "openable",
]
