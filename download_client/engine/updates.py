"""Whether there is a newer version, asked at an address of IT's choice, once a day at most; it installs nothing.

The address answers `{"version": "1.4.0", "page": "https://…"}`; `page` says where the new version can be had, and may
be left out. Nothing is asked where `update.check` is off or `update.url` is empty, and nothing is sent but the request.
"""

from __future__ import annotations

import json
import re
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from download_client import __version__
from download_client.api import Connection, ConnectionOptions, Request
from download_client.errors import ProtocolBroken
from download_client.retry import Clock
from download_client.settings import Settings, files, table

_AGAIN = timedelta(days=1)
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version as it was told at `asked_at` (aware UTC). `page` is an https address, or empty."""

    version: str
    page: str
    asked_at: datetime

    @property
    def newer(self) -> bool:
        """It is newer than this program."""
        return _numbers(self.version) > _numbers(__version__)


class Updates:
    """`memory` is a file of ours that keeps the last answer."""

    def __init__(self, settings: Settings, memory: Path, *, clock: Clock) -> None:
        self._settings = settings
        self._memory = memory
        self._clock = clock

    @property
    def wanted(self) -> bool:
        """The settings let it be asked, and say where."""
        return self._settings.get(table.UPDATE_CHECK) and bool(self._settings.get(table.UPDATE_URL))

    def newest(self, options: ConnectionOptions, *, stop: threading.Event) -> Newest | None:
        """What is newest, as told today; None: nothing is to be asked.

        Raises:
            NetworkError, InsecureAddress: it cannot be asked.
            ProtocolBroken: the answer is no such thing.

        """
        if not self.wanted:
            return None
        now = self._clock.now()
        known = self._remembered()
        if known is not None and now - _AGAIN < known.asked_at <= now:
            return known
        url = self._settings.get(table.UPDATE_URL)
        with closing(Connection(options, stop=stop)) as connection:
            answer = connection.send(Request("GET", url))
        if answer.status != 200:
            raise ProtocolBroken(f"the update address answered {answer.status}", subject=urlsplit(url).netloc)
        found = _read(answer.body, now=now, host=urlsplit(url).netloc)
        files.replace_text(self._memory, msgspec.json.encode(found).decode())
        return found

    def _remembered(self) -> Newest | None:
        try:
            return msgspec.json.decode(files.read_text(self._memory) or "", type=Newest)
        except (OSError, ValueError):
            return None


def _read(untrusted: bytes, *, now: datetime, host: str) -> Newest:
    try:
        content = json.loads(untrusted)
        version, page = content["version"], content.get("page", "")
        if not _VERSION.fullmatch(version):
            raise ValueError(version)
        if page and (urlsplit(page).scheme != "https" or len(page) > _LONGEST or not page.isprintable()):
            raise ValueError(page)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ProtocolBroken("the update address answered something that names no version", subject=host) from error
    return Newest(version, page, now)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
