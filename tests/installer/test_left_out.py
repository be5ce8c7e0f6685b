"""What a frozen folder does without is nothing that the programs, or what they link, reach."""

from __future__ import annotations

import re

import pytest

from installer import build, left_out

ROOT = build.ROOT
FFMPEG = ("Multimedia", "Quick", "Qml", "QmlMeta", "QmlModels", "QmlWorkerScript", "OpenGL", "Network", "DBus")
"""Of Qt, what its FFmpeg plugin links on Linux, directly or not: without one of them nothing is converted."""


@pytest.mark.parametrize("windows", [True, False])
def test_nothing_here_imports_what_is_left_out(*, windows: bool) -> None:
    out = left_out.modules(window=True, windows=windows, numpy=2)
    names = "|".join(re.escape(name) for name in out if windows or name != "PySide6.QtDBus")
    line = re.compile(rf"^\s*(?:import|from) ({names})\b.*", re.MULTILINE)
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {match[0].strip()}"
        for package in ("download_client", "ui", "installer/programs")
        for path in (ROOT / package).rglob("*.py")
        for match in line.finditer(path.read_text("utf-8"))
    }
    # What of it speaks to the desktop's bus is imported on Linux alone.
    of_linux = {each for each in found if each.startswith(("ui/replay/mpris.py", "ui/file_manager.py"))}
    assert found - of_linux == set()
    assert bool(of_linux) == windows


def test_the_command_line_has_nothing_of_the_window() -> None:
    window, console = (left_out.modules(window=which, windows=False, numpy=2) for which in (True, False))
    assert set(console) - set(window) == {"ui", "PySide6", "numpy", "soundfile"}
    assert "numpy.random" not in left_out.modules(window=True, windows=True, numpy=1)


@pytest.mark.parametrize("library", FFMPEG)
def test_what_qts_ffmpeg_links_is_kept_on_linux(library: str) -> None:
    assert not left_out.is_file(f"PySide6/Qt/lib/libQt6{library}.so.6", windows=False)


@pytest.mark.parametrize(
    ("name", "out"),
    [
        (r"PySide6\Qt6Quick.dll", True),
        (r"PySide6\Qt6Network.dll", False),
        (r"PySide6\Qt6Multimedia.dll", False),
        (r"PySide6\Qt6MultimediaWidgets.dll", True),
        (r"PySide6\avcodec-61.dll", False),
        (r"PySide6\plugins\multimedia\ffmpegmediaplugin.dll", False),
        (r"PySide6\plugins\multimedia\windowsmediaplugin.dll", True),
        (r"PySide6\plugins\platforms\qwindows.dll", False),
        (r"PySide6\plugins\imageformats\qsvg.dll", False),
        (r"PySide6\plugins\imageformats\qjpeg.dll", True),
        (r"PySide6\translations\qtbase_de.qm", False),
        (r"PySide6\translations\qtbase_fr.qm", True),
        (r"resources\translations\mir_fr.qm", False),
        (r"keyring-25.7.0.dist-info\RECORD", True),
        (r"keyring-25.7.0.dist-info\entry_points.txt", False),
    ],
)
def test_files_of_windows(name: str, *, out: bool) -> None:
    assert left_out.is_file(name, windows=True) == out


def test_libraries_that_only_left_out_ones_link_go_with_their_links() -> None:
    links = {"/w/ui.so": ["libQt6Gui.so.6", "libz.so.1"], "/s/libpython3.11.so.1.0": ["libm.so.6"]}
    entries = [
        ("PySide6/QtGui.abi3.so", "/w/ui.so", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/w/libQt6Gui.so.6", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("PySide6/Qt/lib/libQt6EglFs.so.6", "/w/libQt6EglFs.so.6", "BINARY"),
        ("libQt6EglFs.so.6", "PySide6/Qt/lib/libQt6EglFs.so.6", "SYMLINK"),
        ("libz.so.1", "/s/libz.so.1", "BINARY"),
        ("libgtk-3.so.0", "/s/libgtk-3.so.0", "BINARY"),
        ("libpython3.11.so.1.0", "/s/libpython3.11.so.1.0", "BINARY"),
        ("resources/icons/libfake.so", "/r/libfake.so", "DATA"),
    ]
    gone = left_out.unlinked(entries, lambda source: links.get(source, []))
    assert gone == {"PySide6/Qt/lib/libQt6EglFs.so.6", "libQt6EglFs.so.6", "libgtk-3.so.0"}
