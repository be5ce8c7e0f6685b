"""Looks at everything a pull needs and says what it found, in an order that names the cause before its effects.

It changes nothing, and an error of one look is that look's finding, not the end.
"""

from __future__ import annotations

import platform
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from download_client import __version__
from download_client.api import shown_proxy
from download_client.archive import Archive, risks
from download_client.engine.account import Account
from download_client.engine.custody import ledger_path
from download_client.engine.updates import Updates
from download_client.errors import ArchiveMissing, MirError, NotSignedIn
from download_client.ledger import Ledger, is_older, refuse_newer
from download_client.model import AccessLevel
from download_client.retry import Clock
from download_client.settings import Paths, Settings, show_size, table

_SKEW = 120.0
"""Seconds the clocks may differ before tokens and certificates are in danger."""


class Health(Enum):
    """How a look ended."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One look: what at, how it is, what was said, what to do; `code` is that of the error, if one was met."""

    name: str
    health: Health
    said: str
    advice: str = ""
    code: str = ""


def examine(account: Account, *, paths: Paths, settings: Settings, archive: Path | None, clock: Clock) -> list[Check]:
    """Every look, in order."""
    looks: list[tuple[str, Callable[[], Check]]] = [
        ("program", _program),
        ("update", lambda: _update(account, paths, settings, clock)),
        ("settings", lambda: _settings(settings)),
        ("keyring", lambda: _keyring(account)),
        ("proxy", lambda: _proxy(account)),
        ("service", lambda: _service(account, clock)),
        ("sign-in", lambda: _sign_in(account)),
        (
            "archive",
            lambda: _archive(
                archive or settings.get(table.ARCHIVE_FOLDER) or account.last_archive(), paths, settings, clock
            ),
        ),
    ]
    return [_looked(name, look) for name, look in looks]


def _looked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except MirError as error:
        return Check(name, Health.BAD, str(error), error.advice, error.code)


def _update(account: Account, paths: Paths, settings: Settings, clock: Clock) -> Check:
    updates = Updates(settings, paths.state / "update.json", clock=clock)
    try:
        newest = updates.newest(account.connection(), stop=threading.Event())
    except MirError as error:
        return Check("update", Health.WARNING, str(error), error.advice, error.code)
    if newest is None:
        return Check("update", Health.GOOD, "nobody is asked for a newer version (update.check, update.url)")
    if newest.newer:
        where = f" from {newest.page}" if newest.page else ""
        return Check("update", Health.WARNING, f"there is a newer version, {newest.version}", f"Install it{where}.")
    return Check("update", Health.GOOD, f"{newest.version} is the newest, told {newest.asked_at:%Y-%m-%d %H:%M} UTC")


def _program() -> Check:
    import pycurl

    parts = [
        f"mir-download {__version__}",
        f"Python {platform.python_version()}",
        f"{platform.system()} {platform.release()}",
        f"SQLite {sqlite3.sqlite_version}",
        pycurl.version.split(" ")[1],
    ]
    return Check("program", Health.GOOD, ", ".join(parts))


def _settings(settings: Settings) -> Check:
    problems = settings.problems
    if problems:
        advice = "Mend the file, or set the value anew with `mir-download settings NAME VALUE`."
        return Check("settings", Health.BAD, "; ".join(map(str, problems)), advice, "invalid_setting")
    return Check("settings", Health.GOOD, "every value can be used")


def _keyring(account: Account) -> Check:
    if account.leaves_nothing:
        return Check("keyring", Health.GOOD, "not used: this sign-in leaves nothing behind")
    return Check("keyring", Health.GOOD, account.keyring_name())


def _proxy(account: Account) -> Check:
    return Check("proxy", Health.GOOD, shown_proxy(account.proxy()) or "none is used")


def _service(account: Account, clock: Clock) -> Check:
    if not account.server_url:
        return Check("service", Health.BAD, "no address is known", "Give --server URL, or sign in.", NotSignedIn.code)
    there = account.reach()
    skew = abs((there - clock.now()).total_seconds()) if there is not None else 0.0
    if skew > _SKEW:
        said = f"{account.server_url} answers; its clock and this computer's differ by {round(skew)} s"
        return Check("service", Health.WARNING, said, "Set this computer's clock.")
    return Check("service", Health.GOOD, f"{account.server_url} answers")


def _sign_in(account: Account) -> Check:
    me = account.me(fresh=True)
    if me.access_level is AccessLevel.NONE:
        advice = "Ask a Decision Maker or Phone Manager to set Record Management Access in the Account Portal."
        return Check("sign-in", Health.BAD, "signed in, but the access level is None", advice, "access_none")
    if "download" not in me.permissions:
        advice = "Ask a Decision Maker or Phone Manager for the right to download."
        return Check(
            "sign-in", Health.BAD, "signed in, but downloading is not permitted", advice, "download_not_permitted"
        )
    limits = me.limits
    said = f"access level {me.access_level.value}, up to {limits.max_concurrent_downloads} downloads at once"
    return Check("sign-in", Health.GOOD, said)


def _archive(folder: Path | None, paths: Paths, settings: Settings, clock: Clock) -> Check:
    if folder is None:
        return Check("archive", Health.WARNING, "no folder is chosen yet", "Give --archive DIR, or set archive.folder.")
    against = risks(folder)
    try:
        archive = Archive.open(folder, clock=clock)
    except ArchiveMissing:
        if against:
            return Check(
                "archive", Health.WARNING, "; ".join(against), "Choose a local folder that nobody synchronises."
            )
        return Check("archive", Health.WARNING, f"{folder} is not an archive yet", "The first pull makes it.")
    free, keep = archive.free_bytes(), settings.get(table.MIN_FREE_SPACE)
    path = ledger_path(paths.data, archive)
    if path.exists():
        refuse_newer(path)
        older = is_older(path)
        if not older:
            Ledger.read(path).close()
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        ledger = f"ledger of {since:%Y-%m-%d %H:%M} UTC"
        if older:
            ledger += ", of an older version: it is brought up to date when it is next used"
    else:
        ledger = "no ledger on this computer yet: the next pull makes it from the archive"
    said = f"{archive.root}, {show_size(free)} free, {ledger}"
    if free < keep:
        return Check("archive", Health.BAD, said, f"{show_size(keep)} are to stay free: make room.", "disk_full")
    if against:
        return Check("archive", Health.WARNING, f"{said}; {'; '.join(against)}", "Choose a local folder.")
    return Check("archive", Health.GOOD, said)
