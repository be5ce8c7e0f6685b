"""The computer's own time zone, with its rules for both halves of the year; no setting is read here."""

from __future__ import annotations

import os
import sys
import warnings
from datetime import UTC, datetime, tzinfo


def local_zone() -> tzinfo:
    """The zone the system is set to; where it cannot be named, the offset that holds now, and else UTC."""
    import tzlocal  # most commands name no time

    try:
        # It warns where the system names no zone at all; the offset below is right then. On Windows it also warns of a
        # name that programs of other systems left in TZ: its C library takes that for an offset, but the name is right.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore" if sys.platform == "win32" and os.environ.get("TZ") else "error")
            return tzlocal.reload_localzone()
    except Exception:  # whatever a system is set to, there is a zone to speak in
        return datetime.now().astimezone().tzinfo or UTC
