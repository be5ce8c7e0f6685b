"""Turns of short writers: a lock of the system beside a file, held for a moment; it is not the puller's.

So what is written beside recordings, or about them, waits for no pull. The lock dies with its process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from filelock import lock_descriptor, unlock_descriptor

from download_client.archive.files import Files
from download_client.archive.trouble import disk_error
from download_client.errors import DiskError

_PATIENCE: Final = 20.0
"""Seconds; a turn takes a few thousandths."""
_STEP: Final = 0.02


@contextmanager
def turn(files: Files, lock: str, *, what: str) -> Iterator[None]:
    """Wait for the turn of this thread at the lock file `lock`, whose folder exists; `what` is written, for people.

    Raises:
        DiskError: it never came, or the drive knows no locks.

    """
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    except OSError as error:
        raise disk_error(error, subject=what) from error
    try:
        until = time.monotonic() + _PATIENCE
        try:
            while not lock_descriptor(descriptor, blocking=False):
                if time.monotonic() > until:
                    raise DiskError("another program writes there", subject=what)
                files.pause(_STEP)
        except OSError as error:
            raise DiskError(f"this drive has no file locks ({error.strerror})", subject=what) from error
        try:
            yield
        finally:
            unlock_descriptor(descriptor)
    finally:
        os.close(descriptor)
