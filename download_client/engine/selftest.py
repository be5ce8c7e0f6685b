"""What of this program works on this machine, for whoever installs it: no service, no account, nothing is left behind.

The answer is a value for JSON: `{"program", "version", "healthy", "checks": [{"name", "works", "said"}, …]}`.
"""

from __future__ import annotations

import secrets
import sqlite3
import ssl
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from download_client import __version__
from download_client.errors import MirError
from download_client.wav import extended

_LONG = 300
"""Characters of a path that Windows opens in its extended form alone, as the archive names it."""

Look = tuple[str, Callable[[], str]]


def headless() -> list[Look]:
    """What the command line needs."""
    return [
        ("program", _program),
        ("tls", _tls),
        ("downloads", _downloads),
        ("keyring", _keyring),
        ("ledger", _ledger),
        ("locks", _locks),
        ("long_paths", _long_paths),
        ("time_zones", _time_zones),
    ]


def report(program: str, looks: Sequence[Look]) -> dict[str, object]:
    """Every look, in order; one that raises does not work, whatever it raised."""
    checks = []
    for name, look in looks:
        try:
            works, said = True, look()
        except MirError as error:
            works, said = False, str(error)
        except Exception as error:  # a part that is missing from what was installed may fail in any way
            works, said = False, f"{type(error).__name__}: {error}"
        checks.append({"name": name, "works": works, "said": said})
    healthy = all(check["works"] for check in checks)
    return {"program": program, "version": __version__, "healthy": healthy, "checks": checks}


def _program() -> str:
    kind = "installed" if getattr(sys, "frozen", False) else "from source"
    return f"{__version__}, {kind}, Python {'.'.join(map(str, sys.version_info[:3]))}, {sys.platform}"


def _tls() -> str:
    import truststore

    truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.platform == "win32":
        known = len(ssl.enum_certificates("ROOT"))
    else:
        known = len(ssl.create_default_context().get_ca_certs()) or sum(1 for _ in _authorities().iterdir())
    if not known:
        raise OSError("the system trusts no authority")
    return f"{ssl.OPENSSL_VERSION}, {known} authorities in the system's store"


def _authorities() -> Path:
    return Path(ssl.get_default_verify_paths().capath or "/etc/ssl/certs")


def _downloads() -> str:
    import pycurl

    return str(pycurl.version).split(" zlib", maxsplit=1)[0]


def _keyring() -> str:
    from download_client.credentials import Kept, KeyringVault, Secret, SecretKind

    profile = f"selftest-{secrets.token_hex(4)}"
    vault = KeyringVault(service_url="https://selftest.invalid", profile=profile)
    try:
        vault.keep(Kept(kind=SecretKind.REFRESH, secret=Secret("selftest"), user=""))
        held = vault.load()
        if held is None or held.secret != Secret("selftest"):
            raise OSError("the keyring does not give back what it was given")
    finally:
        vault.forget()
    return f"{vault.backend_name}: kept, given back, forgotten"


def _ledger() -> str:
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "x.db")) as base:
        mode = base.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        base.execute("CREATE TABLE x (y TEXT) STRICT")
    if mode != "wal":
        raise OSError(f"SQLite answers {mode} instead of wal")
    return f"SQLite {sqlite3.sqlite_version}, WAL"


def _locks() -> str:
    import filelock

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lock"
        with filelock.FileLock(path):
            try:
                filelock.FileLock(path, is_singleton=False).acquire(blocking=False)
            except filelock.Timeout:
                return "a second one is refused"
    raise OSError("a second lock was not refused")


def _long_paths() -> str:
    temporary = tempfile.gettempdir()
    with tempfile.TemporaryDirectory(dir=extended(temporary) if sys.platform == "win32" else temporary) as folder:
        place = Path(folder)
        while len(str(place)) < _LONG:
            place /= "long-name-" * 5
        place.mkdir(parents=True)
        file = place / "Aufzeichnung ü.wav"
        file.write_bytes(b"x")
        moved = file.rename(place / "moved.wav")
        length = len(str(moved))
        moved.unlink()
    return f"{length} characters"


def _time_zones() -> str:
    here = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    return f"Europe/Berlin is UTC{here:%z} in July"
