from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.resources import folder
from ui.theme import DARK, LIGHT, Appearance, Theme, Tokens, contrast, font, measures, mix, of
from ui.theme.tokens import of_system
from ui.widgets import button, label

ICONS = folder("icons")
CODE = Path(__file__).resolve().parents[2] / "ui"
INKS = ("text", "text2", "text3", "accent", "ok", "warn", "danger")
PAIRS = [(ink, ground, 4.5) for ink in INKS for ground in ("chrome", "paper", "raised", "hover", "tint")]
PAIRS += [(ink, "sunken", 4.5) for ink in ("text", "text2", "text3")]
PAIRS += [(ink, f"{ink}_tint", 4.5) for ink in ("ok", "warn", "danger")]
PAIRS += [(ink, f"{tone}_tint", 4.5) for ink in ("text", "text2") for tone in ("ok", "warn", "danger")]
PAIRS += [("on_accent", "accent", 4.5), ("on_accent", "accent_hover", 4.5)]
PAIRS += [(ink, ground, 4.5) for ink in ("text", "text2", "text3") for ground in ("field", "button")]
PAIRS += [("text", "chosen", 4.5), ("underline", "paper", 3.0), ("underline", "chrome", 3.0)]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda scheme: scheme.name)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_words_can_be_read_on_every_ground_they_stand_on(scheme: Tokens, ink: str, ground: str, least: float) -> None:
    assert contrast(scheme.of(ink), scheme.of(ground)) >= least


def test_contrast_and_mixture() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert mix("#FF0000", "#0000FF", 1) == "#FF0000"
    assert mix("#FFFFFF", "#000000", 0.5) == "#808080"
    assert LIGHT.of("#123456") == "#123456"


def test_the_scheme_changes_while_the_window_is_open(theme: Theme, qtbot: QtBot) -> None:
    shown = button("Download", "download")
    action = QAction("Export…", shown)
    theme.put_icon(action, "folder-down")
    qtbot.addWidget(shown)
    shown.show()

    def inks() -> list[QColor]:
        return [_darkest(icon.pixmap(QSize(16, 16)).toImage()) for icon in (shown.icon(), action.icon())]

    light = inks()
    with qtbot.waitSignal(theme.changed, timeout=SECONDS):
        theme.set_appearance(Appearance.DARK)
    assert theme.tokens is DARK
    assert shown.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.text
    assert inks() != light
    assert all(ink.lightnessF() > 0.5 for ink in inks())
    assert theme.icon_of(action) == ("folder-down", "text2")
    theme.set_appearance(Appearance.LIGHT)
    assert inks() == light


def test_what_was_deleted_keeps_no_icon(theme: Theme, qtbot: QtBot) -> None:
    gone = QPushButton()
    theme.put_icon(gone, "x")
    with qtbot.waitSignal(gone.destroyed, timeout=SECONDS):
        gone.deleteLater()
    theme.set_appearance(Appearance.DARK)
    theme.set_appearance(Appearance.LIGHT)


def test_without_a_theme_nobody_paints(qapp: QApplication, theme: Theme) -> None:
    assert of() is theme
    qapp.setProperty("theme", None)
    with pytest.raises(RuntimeError):
        of()
    qapp.setProperty("theme", theme)


def test_high_contrast_uses_only_what_the_system_has(theme: Theme) -> None:
    palette = QPalette(QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#00FF00"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#000000"))
    tokens = of_system(palette)
    assert (tokens.text, tokens.danger, tokens.hairline) == ("#ffff00",) * 3
    assert (tokens.accent, tokens.on_accent) == ("#00ff00", "#000000")
    assert not theme.high_contrast


def _named() -> Iterator[str]:
    """Everything in the code of the window that could be the name of an icon."""
    for file in CODE.rglob("*.py"):
        yield from re.findall(r"\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"", file.read_text("utf-8"))


def test_every_icon_is_used_and_has_its_licence() -> None:
    named = set(_named())
    unused = {file.stem for file in ICONS.glob("*.svg")} - named - {"app", "app-16"}
    assert not unused
    assert "ISC License" in (ICONS / "LICENSE-lucide.txt").read_text("utf-8")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda scheme: scheme.name)
def test_the_marks_of_the_style_sheet_are_the_icons_in_its_colours(scheme: Tokens) -> None:
    inks = {
        "check": ("check", scheme.on_accent),
        "check-accent": ("check", scheme.accent),
        "chevron-down": ("chevron-down", scheme.text2),
        "chevron-up": ("chevron-up", scheme.text2),
        "minus": ("minus", scheme.on_accent),
    }
    assert {file.stem for file in (ICONS / scheme.name).glob("*.svg")} == set(inks)
    for name, (icon, ink) in inks.items():
        drawn = (ICONS / f"{icon}.svg").read_text("utf-8").replace("currentColor", ink)
        drawn = drawn.replace('stroke-width="2"', 'stroke-width="2.4"')
        assert (ICONS / scheme.name / f"{name}.svg").read_text("utf-8") == drawn


@pytest.mark.parametrize("mono", [False, True])
def test_only_families_that_are_there_are_asked_for(theme: Theme, monkeypatch: pytest.MonkeyPatch, mono: bool) -> None:
    assert all(QFontDatabase.hasFamily(family) for family in measures.families(mono=mono))
    assert QFontInfo(font(measures.STRONG, bold=True, mono=mono)).family() == measures.families(mono=mono)[0]
    monkeypatch.setattr(measures, "MONO" if mono else "FAMILIES", ("No such family",))
    nothing = measures.families.__wrapped__(mono=mono)
    assert len(nothing) == 1
    assert "No such family" not in nothing


def test_words_from_outside_are_never_read_as_html(qtbot: QtBot) -> None:
    shown = label("<b>Dana</b>")
    qtbot.addWidget(shown)
    plain = label("Dana")
    qtbot.addWidget(plain)
    assert shown.sizeHint().width() > plain.sizeHint().width() * 1.5


def _darkest(image: object) -> QColor:
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda pixel: pixel.alpha())
