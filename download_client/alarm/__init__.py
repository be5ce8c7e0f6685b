"""Tells people of nights: a message, the ways it goes, and what was told; it decides neither what is told nor when.

`message` what is told · `outbox` what is to be told and what has been · `mail`, `web`, `desktop`, `system_log` the
ways, each loaded with its first message: no start of the program pays for them.
"""

from download_client.alarm.message import Message, identity
from download_client.alarm.outbox import GIVEN_UP_AFTER, Letter, Outbox, Standing, Way, load, open_ways, save

__all__ = [
    "GIVEN_UP_AFTER",
    "Letter",
    "Message",
    "Outbox",
    "Standing",
    "Way",
    "identity",
    "load",
    "open_ways",
    "save",
]
