"""A recording opens however long its path is; nobody else sees the form that Windows needs for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from download_client.wav import extended, inspect, openable
from tests.wav.build import PCM16, chunk, wav


@pytest.mark.parametrize(
    ("told", "opened"),
    [
        (r"C:\Archiv\a.wav", r"\\?\C:\Archiv\a.wav"),
        (r"\\server\Aufnahmen\a.wav", r"\\?\UNC\server\Aufnahmen\a.wav"),
        (r"\\?\C:\Archiv\a.wav", r"\\?\C:\Archiv\a.wav"),
    ],
)
def test_the_form_that_has_no_limit(told: str, opened: str) -> None:
    assert extended(told) == opened


def test_a_recording_opens_where_its_path_is_long(tmp_path: Path) -> None:
    place = tmp_path
    while len(str(place)) < 300:
        place /= "long name " * 5 + "ä"
    path = place / "a.wav"
    really = Path(extended(str(path))) if os.name == "nt" else path
    really.parent.mkdir(parents=True)
    really.write_bytes(wav(chunk(b"fmt ", PCM16), chunk(b"data", bytes(160))))
    assert inspect(path).codec == inspect(really).codec
    assert openable(str(tmp_path)) == str(tmp_path)
