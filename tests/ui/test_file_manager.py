"""A file is shown where it lies: each system's own way, arguments as a list, a folder where nothing better is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from ui.file_manager import FileManager

LONG = 30_000
ODD = Path("/archive/2026/11/20/a, b & $(c) ü#1.wav")


def test_explorer_of_windows_itself_gets_the_path_as_one_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMROOT", r"D:\Windows")
    started: list[tuple[str, list[str]]] = []
    FileManager(platform="win32", start=lambda program, words: started.append((program, words))).reveal(ODD)
    assert started == [(r"D:\Windows\explorer.exe", ["/select,", str(ODD)])]


def test_finder_reveals() -> None:
    started: list[tuple[str, list[str]]] = []
    FileManager(platform="darwin", start=lambda program, words: started.append((program, words))).reveal(ODD)
    assert started == [("open", ["-R", str(ODD)])]


def test_without_a_bus_the_folder_is_opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []

    def browse(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    FileManager(platform="linux", browse=browse).reveal(ODD)
    assert [url.toLocalFile() for url in opened] == [str(ODD.parent)]


def test_where_the_bus_is_gone_the_folder_is_opened(tmp_path: Path) -> None:
    """In a process of its own: Qt remembers the session's bus for as long as a process lives."""
    program = tmp_path / "reveal.py"
    program.write_text(
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from ui.file_manager import FileManager\n"
        "app = QCoreApplication([])\n"
        "manager = FileManager(platform='linux', browse=lambda url: print(url.toLocalFile()) or True)\n"
        f"manager.reveal(Path({str(ODD)!r}))\n"
    )
    root = Path(__file__).parents[2]
    gone = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'gone'}"}
    done = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1", **gone},
    )
    assert done.stdout.strip() == str(ODD.parent)
