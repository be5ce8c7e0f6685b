"""How a night ended in a word, and who is told of it how; it tells nobody."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a night, as it is told."""

    CLEAN = "clean"
    """Complete: everything is home, or in a final state that was reported before."""
    PARTIAL = "partial"
    """It ended by itself, by the end of its window or by a kill; something may still come."""
    FAILED = "failed"
    """An error ended it, perhaps before anything was listed."""
    MISSING = "missing"
    """Its time and its window passed without any run."""


class Tell(StrEnum):
    """Of which nights somebody is told."""

    ALWAYS = "always"
    PROBLEMS = "problems"
    """Of all but clean ones; silence when all is well."""
    NEVER = "never"
    """Reports are written, nobody is told."""


class Channel(StrEnum):
    """A way to tell somebody."""

    DESKTOP = "desktop"
    """A notification on the desktop of the account that runs."""
    MAIL = "mail"
    WEBHOOK = "webhook"
    SYSTEM_LOG = "systemLog"
    """Windows Event Log; the system's log elsewhere."""
    HEARTBEAT = "heartbeat"
    """Called when, and only when, a night was complete: silence is the alarm. Nobody chooses it for a message."""


MESSAGES = (Channel.DESKTOP, Channel.MAIL, Channel.WEBHOOK, Channel.SYSTEM_LOG)
"""Those that carry a message, in the order in which they are tried."""
