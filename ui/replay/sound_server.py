"""Whether Qt can still reach PulseAudio (or what stands in for it); it plays nothing.

Where the server died while nothing played, Qt does not tell, and whoever opens a sink then ends the program: libpulse
aborts. So Qt's connection is looked for among the sockets of this process. Qt tries once, three seconds later, to have
it again; as long as nothing was played, also when a sink is opened. Otherwise sound comes back with the next start of
the program only.
"""

from __future__ import annotations

import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path

_SOCKETS = Path("/proc/self/fd")
_NAME = "native"
"""What its socket is called where nobody says otherwise."""


class SoundServer:
    """Linux alone has it; elsewhere, and with another sound system, it is never gone."""

    def __init__(self) -> None:
        self._known: frozenset[str] = frozenset()
        self.used = False
        """Something was played."""

    @property
    def gone(self) -> bool:
        """There was a connection, there is none now, and Qt will not find it by itself. Takes a millisecond."""
        if sys.platform != "linux":
            return False
        now = _connections()
        self._known |= now
        return bool(self._known) and not now and (self.used or not any(map(_answers, self._known)))


def _answers(path: str) -> bool:
    if sys.platform != "linux":
        return False  # sockets with a path are not known to every system's Python
    with socket.socket(socket.AF_UNIX) as made:
        made.setblocking(False)
        return made.connect_ex(path) == 0


def _connections() -> frozenset[str]:
    """The paths of sound servers to which this process has a connection."""
    named = os.environ.get("PULSE_SERVER", "")
    found = (_peer(int(each.name)) for each in _SOCKETS.iterdir())
    return frozenset(path for path in found if path and (Path(path).name == _NAME or named.endswith(path)))


def _peer(number: int) -> str:
    """To which path a descriptor is connected; empty: to none."""
    # It may be closed by another thread at any time.
    with suppress(OSError):
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            with socket.socket(fileno=os.dup(number)) as made:
                name = made.getpeername()
                return name if isinstance(name, str) else ""
    return ""
