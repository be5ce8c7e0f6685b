"""The puller's lock: one writer per archive (R10), by a lock of the operating system that dies with its process.

`.mir/lock` is what is locked, `.mir/lock.json` tells people who holds it (a locked file cannot be read on Windows). On
a share whose server keeps no locks between machines the holder's sign of life, a fresh time on `lock.json`, refuses
the second machine; a machine that died without letting go is believed dead after `DEAD_AFTER`.
"""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from filelock import lock_descriptor, unlock_descriptor

from download_client.archive.files import Files
from download_client.archive.root import HOLDER, Root
from download_client.archive.trouble import disk_error
from download_client.errors import ArchiveLocked, DiskError

BEAT: Final = 30.0
"""Seconds between two signs of life."""
DEAD_AFTER: Final = 120.0
"""Seconds without one."""

_PATIENCE: Final = (0.02, 0.06, 0.2)
"""Seconds between the tries to say who holds the lock."""

_BOOT_ID: Final = "/proc/sys/kernel/random/boot_id"
_MOST: Final = 4096


class _Holder(msgspec.Struct):
    holder: str
    pid: int
    host: str
    machine: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.holder}, process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


@contextmanager
def hold(root: Root, files: Files, *, holder: str, now: datetime) -> Iterator[None]:
    """Hold the lock of the archive; `holder` says for people which program it is.

    Raises:
        ArchiveLocked: another process holds it, or another machine showed a sign of life.
        DiskError: the drive cannot be written, or knows no locks.

    """
    root.check()
    root.prepare()
    subject = str(root.path)
    try:
        descriptor = os.open(root.lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        raise disk_error(error, subject=subject) from error
    try:
        try:
            locked = lock_descriptor(descriptor, blocking=False)
        except OSError as error:
            raise DiskError(f"this drive has no file locks ({error.strerror})", subject=subject) from error
        if not locked:
            other = _read(root, files)
            raise ArchiveLocked(str(other or "it has not said who it is"), subject=subject)
        try:
            _announce(root, files, _Holder(holder, os.getpid(), platform.node(), _machine(), now.astimezone(UTC)))
            root.sweep()
            with _beating(root.holder):
                yield
        finally:
            with suppress(OSError):
                unlock_descriptor(descriptor)
    finally:
        os.close(descriptor)


def shows_life(root: Root) -> bool:
    """Whether whoever holds the lock has said so within two beats."""
    try:
        return datetime.now(UTC).timestamp() - Path(root.holder).stat().st_mtime < 2 * BEAT
    except OSError:
        return False


def _announce(root: Root, files: Files, mine: _Holder) -> None:
    """Write who holds the lock, unless another machine holds it that the lock could not tell us of."""
    fresh = f"{root.parts}{os.sep}{HOLDER}{mine.pid}.json"
    try:
        files.write(fresh, msgspec.json.encode(mine))
        other = _read(root, files)
        if other is not None and other.machine != mine.machine:
            # Both times are the file server's own: clocks of machines differ.
            silence = files.look(fresh).st_mtime - files.look(root.holder).st_mtime
            if silence < DEAD_AFTER:
                files.remove(fresh)
                raise ArchiveLocked(f"{other}; last sign of life {max(0, silence):.0f} s ago", subject=str(root.path))
        _replace(files, fresh, root.holder)
    except OSError as error:
        raise disk_error(error, subject=str(root.path)) from error


def _replace(files: Files, fresh: str, holder: str) -> None:
    """On Windows whoever just reads who holds the lock is in the way for a moment."""
    for seconds in _PATIENCE:
        try:
            files.replace(fresh, holder)
        except PermissionError:
            files.pause(seconds)
        else:
            return
    files.replace(fresh, holder)


@contextmanager
def _beating(path: str) -> Iterator[None]:
    """Show signs of life while the body runs, and take the name away after it."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT):
            with suppress(OSError):
                os.utime(path)

    thread = threading.Thread(target=beat, name="archive-lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        with suppress(OSError):
            Path(path).unlink()


def _read(root: Root, files: Files) -> _Holder | None:
    try:
        return msgspec.json.decode(files.read(root.holder, _MOST), type=_Holder)
    except (OSError, msgspec.DecodeError):
        return None


def _machine() -> str:
    """What tells this running machine from others: containers change their host name, but not their kernel."""
    try:
        return Path(_BOOT_ID).read_text(encoding="ascii").strip()
    except OSError:
        return platform.node()
