"""The basic colours of conversations: seen on their sheet, and told apart by those who see fewer colours."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.replay.timeline.palette import Palette
from ui.replay.tracks import COLOURS
from ui.theme import DARK, LIGHT, Appearance, Theme, Tokens, contrast

SCHEMES = [Appearance.LIGHT, Appearance.DARK]
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira, Fernandes 2009, severity 1.0, on linear light."""
NEAREST = 8.0
"""In OKLab × 100; below 2 two colours look the same beside each other."""


def linear(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    cones = np.array([
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]) @ light  # fmt: skip
    return np.array([
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]) @ np.cbrt(cones)  # fmt: skip


@pytest.mark.parametrize("appearance", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_are_told_apart(theme: Theme, appearance: Appearance, sight: str) -> None:
    theme.set_appearance(appearance)
    names = [Palette(theme, colour).played.name() for colour in range(COLOURS)]
    seen = [100 * oklab(np.clip(np.array(SIGHTS[sight]) @ linear(name), 0, 1)) for name in names]
    apart = {
        (names[one], names[other]): float(np.linalg.norm(seen[one] - seen[other]))
        for one, other in itertools.combinations(range(COLOURS), 2)
    }
    assert {pair: far for pair, far in apart.items() if far < NEAREST} == {}


@pytest.mark.parametrize("appearance", SCHEMES)
@pytest.mark.parametrize("colour", range(COLOURS))
def test_each_is_seen_on_its_sheet_and_bears_its_number(theme: Theme, appearance: Appearance, colour: int) -> None:
    theme.set_appearance(appearance)
    palette = Palette(theme, colour)
    assert contrast(palette.played.name(), theme.tokens.paper) >= 3
    assert contrast(palette.ink.name(), palette.played.name()) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_with_high_contrast_they_go_with_the_sheet_of_the_system(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, scheme: Tokens
) -> None:
    monkeypatch.setattr(theme, "tokens", replace(scheme, name="system"))
    for colour in range(COLOURS):
        assert contrast(Palette(theme, colour).played.name(), scheme.paper) >= 3
