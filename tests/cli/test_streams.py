"""Streams in a code page, as Windows has them in a pipe: nothing that is said or typed there breaks a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOUND = "Übungen 録音"


def run(*words: str, encoding: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The program with standard streams in that encoding; its output as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "download_client", *words],
        input=typed,
        capture_output=True,
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-8"])
def test_json_is_whole_in_any_code_page(encoding: str, tmp_path: Path) -> None:
    folder = str(tmp_path / SOUND)
    ended = run("settings", "archive.folder", folder, "--json", encoding=encoding)
    assert ended.returncode == 0, ended.stderr
    assert folder in json.loads(ended.stdout.decode("utf-8")).values()
    assert ended.stdout.isascii() == (encoding != "utf-8")


@pytest.mark.parametrize(("encoding", "seen"), [("cp1252", "Übungen ??"), ("utf-8", SOUND)])
def test_words_that_a_code_page_lacks_are_replaced(encoding: str, seen: str, tmp_path: Path) -> None:
    ended = run("settings", "archive.folder", str(tmp_path / SOUND), encoding=encoding)
    assert ended.returncode == 0, ended.stderr
    assert seen in ended.stdout.decode(encoding)


@pytest.mark.parametrize("words", [("settings",), ("settings", "--json")])
def test_a_reader_that_goes_away_is_no_news(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "download_client", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        said = process.stderr.read() if process.stderr is not None else b"?"
        assert (process.wait(60), said) == (1, b"")


def test_help_is_shown_in_any_code_page() -> None:
    ended = run("pull", "--help", encoding="cp437")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"https://?" in ended.stdout


@pytest.mark.parametrize(
    ("encoding", "typed", "code"),
    [
        ("utf-8", "Paßwort\n".encode(), 11),
        ("utf-8", "\ufeffPaßwort\r\n".encode(), 11),
        ("cp1252", "Paßwort\r\n".encode("cp1252"), 11),
        ("utf-8", "Paßwort\n".encode("cp1252"), 2),
        ("utf-8", b"\n", 2),
    ],
    ids=["utf-8", "with a mark", "code page", "no text", "empty"],
)
def test_a_password_is_read_in_utf_8_or_the_code_page(encoding: str, typed: bytes, code: int) -> None:
    """11: it was read, and is not sent to such an address. 2: it was not read."""
    where = ("--server", "http://mir.example/mir/api/v1", "--user", "ann", "--password-stdin")
    ended = run("whoami", *where, encoding=encoding, typed=typed)
    assert b"Traceback" not in ended.stderr
    assert ended.returncode == code, ended.stderr
