"""A catalog's file: private, gone with its listing or with its program, thrown away when it cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from download_client.catalog import Store
from download_client.catalog.store import sweep
from download_client.errors import CatalogFailed, DiskFull

_ANOTHER = """
import sys
from pathlib import Path
from download_client.catalog import Store
store = Store.scratch(Path(sys.argv[1]))
print(store.path, flush=True)
sys.stdin.read()
"""


def test_a_listings_file_goes_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "listings"
    store = Store.scratch(folder)
    store.note("some", "thing")
    assert store.path.is_file()
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store.close()
    assert list(folder.iterdir()) == []


def test_what_a_killed_program_left_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "listings"
    mine = Store.scratch(folder)
    with subprocess.Popen(
        [sys.executable, "-c", _ANOTHER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        assert sweep(folder) == 0
        assert theirs.is_file()
        other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        other.wait()
    assert sweep(folder) == 1
    assert not theirs.exists()
    assert mine.noted("nothing") == ""
    mine.close()


def test_a_kept_file_stays_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "one.sqlite3"
    for owner, expected in (("a", ""), ("a", "a was here"), ("b", ""), ("a", "")):
        with closing(Store.kept(path, owner=owner)) as store:
            assert store.noted("who") == expected
            store.note("who", f"{owner} was here")


@pytest.mark.parametrize("damage", ["not a database", "an older format", "cut"])
def test_a_kept_file_that_cannot_be_used_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "one.sqlite3"
    with closing(Store.kept(path, owner="a")) as store:
        store.note("who", "a")
    if damage == "not a database":
        path.write_bytes(b"something else" * 1000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:4096])
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 99")
    with closing(Store.kept(path, owner="a")) as store:
        assert store.noted("who") == ""
        store.note("who", "anew")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CatalogFailed):
        Store.scratch(tmp_path / "file" / "listings")


def test_a_full_drive_is_told_as_such(tmp_path: Path) -> None:
    store = Store.scratch(tmp_path / "listings")
    with store.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 40")
    with pytest.raises(DiskFull):
        store.note("much", "x" * 1_000_000)
    assert store.noted("much") == ""
    store.close()
