"""WAV files made by hand, for headers that no encoder at hand writes."""

import struct

from download_client.wav import WavInfo, inspect_bytes

PCM16 = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
MU_LAW = struct.pack("<HHIIHHH", 7, 1, 8000, 8000, 1, 8, 0)


def chunk(name: bytes, body: bytes, *, length: int | None = None, pad: bool = True) -> bytes:
    """One chunk; `length` is what it claims instead of the truth."""
    claimed = len(body) if length is None else length
    return name + struct.pack("<I", claimed) + body + (b"\0" if pad and len(body) & 1 else b"")


def wav(*chunks: bytes, riff: bytes = b"RIFF", length: int | None = None, after: bytes = b"") -> bytes:
    """A whole file; `length` is the RIFF length it claims, `after` lies beyond the RIFF's end."""
    body = b"WAVE" + b"".join(chunks)
    return riff + struct.pack("<I", len(body) if length is None else length) + body + after


def proven(content: bytes) -> WavInfo:
    """What its bytes prove, which must be enough."""
    info = inspect_bytes(content, size=len(content))
    assert info is not None
    return info
