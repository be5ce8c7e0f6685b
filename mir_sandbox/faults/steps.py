"""What can be done to a body on its way: cut, stalled, dripped, flipped, chunked, made longer.

Not promised: that the head agrees; that is what these are for.
"""

import gzip
from collections.abc import AsyncIterator, Iterator
from time import monotonic

from mir_sandbox.faults.plan import Scene, Step, Stream

BLOCK = 64 * 1024


async def _split(body: Stream, position: int) -> AsyncIterator[tuple[bytes, bool]]:
    """The blocks of `body`, cut at `position`; with each whether it lies before that."""
    left = position
    async for block in body:
        if left > 0 and len(block) > left:
            yield block[:left], True
            yield block[left:], False
        elif block:
            yield block, left > 0
        left -= len(block)


def cut(after: int) -> Step:
    """Nothing after the first `after` bytes."""

    async def step(body: Stream, _scene: Scene) -> Stream:
        if after > 0:
            left = after
            async for block in body:
                yield block[:left]
                left -= len(block)
                if left <= 0:
                    return

    return step


def stall(*, after: int, seconds: float | None) -> Step:
    """A pause after `after` bytes: so long, or until released. A body that is shorter pauses at its end."""

    async def step(body: Stream, scene: Scene) -> Stream:
        stalled = False
        async for block, early in _split(body, after):
            if not early and not stalled:
                stalled = True
                await scene.wait(seconds)
            yield block
        if not stalled:
            await scene.wait(seconds)

    return step


def drip(*, size: int, every: float, after: int) -> Step:
    """The first `after` bytes at once, then `size` bytes every `every` seconds; a release lets the rest go."""

    async def step(body: Stream, scene: Scene) -> Stream:
        released = False
        async for block, early in _split(body, after):
            if early or released:
                yield block
                continue
            for start in range(0, len(block), size):
                begun = monotonic()
                await scene.wait(every)
                released = monotonic() - begun < every * 0.9
                if released:
                    yield block[start:]
                    break
                yield block[start : start + size]

    return step


def pace(bytes_per_second: float) -> Step:
    """The body at a steady rate, in small blocks; a release lets the block that waits go at once."""

    async def step(body: Stream, scene: Scene) -> Stream:
        size = max(1, min(BLOCK, int(bytes_per_second / 20)))
        begun, sent = monotonic(), 0
        async for block in body:
            for start in range(0, len(block), size):
                ahead = sent / bytes_per_second - (monotonic() - begun)
                if ahead > 0:
                    await scene.wait(ahead)
                piece = block[start : start + size]
                sent += len(piece)
                yield piece

    return step


def flip(*, offset: int, count: int) -> Step:
    """`count` bytes from `offset` on with all their bits turned over."""

    async def step(body: Stream, _scene: Scene) -> Stream:
        position = 0
        async for block in body:
            start, end = max(offset - position, 0), min(offset + count - position, len(block))
            position += len(block)
            if start < end:
                turned = bytes(byte ^ 0xFF for byte in block[start:end])
                yield block[:start] + turned + block[end:]
            else:
                yield block

    return step


def extend(count: int) -> Step:
    """`count` bytes more at the end."""

    async def step(body: Stream, _scene: Scene) -> Stream:
        async for block in body:
            yield block
        for block in filler(count):
            yield block

    return step


def chunked(*, ended: bool = True, size_line: str = "") -> Step:
    """The chunked coding; without the last chunk unless `ended`. `size_line` stands in place of the second size.

    A body that comes in one block is sent as two chunks.
    """

    async def step(body: Stream, _scene: Scene) -> Stream:
        number = 0
        async for whole in body:
            half = len(whole) // 2 if not number else 0
            for block in (whole[:half], whole[half:]):
                if not block:
                    continue
                number += 1
                size = size_line.encode("latin-1") if size_line and number == 2 else b"%x" % len(block)
                yield b"%s\r\n%s\r\n" % (size, block)
        if ended:
            yield b"0\r\n\r\n"

    return step


def filler(count: int) -> Iterator[bytes]:
    """`count` bytes that mean nothing."""
    block = b"\x55" * min(count, BLOCK)
    for start in range(0, count, BLOCK):
        yield block[: count - start]


def zipped(body: bytes) -> bytes:
    """`body` as gzip, the same every time."""
    return gzip.compress(body, compresslevel=1, mtime=0)
