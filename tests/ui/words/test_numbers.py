from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from ui.words import numbers

EN = QLocale("en_GB")
DE = QLocale("de_DE")
GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (None, "–"),
        (0, "0 bytes"),
        (9_999, "9,999 bytes"),
        (10_000, f"10{GAP}kB"),
        (999_499, f"999{GAP}kB"),
        (999_960, f"1.0{GAP}MB"),
        (24_200_000, f"24.2{GAP}MB"),
        (9_400_000_000, f"9.4{GAP}GB"),
        (999_960_000_000, f"1.0{GAP}TB"),
        (5 * 10**18, f"5,000.0{GAP}PB"),
    ],
)
def test_sizes(size: int | None, words: str) -> None:
    assert numbers.size(size, EN) == words


def test_german_writes_numbers_its_own_way() -> None:
    assert numbers.count(1_046, DE) == "1.046"
    assert numbers.size(24_200_000, DE) == f"24,2{GAP}MB"


def test_counts_keep_all_digits() -> None:
    assert numbers.count(1_234_567, EN) == "1,234,567"


@pytest.mark.parametrize(
    ("rate", "words"),
    [(None, "–"), (0.0, f"0.0{GAP}kB/s"), (2_340.0, f"2.3{GAP}kB/s"), (11_200_000.4, f"11.2{GAP}MB/s")],
)
def test_rates(rate: float | None, words: str) -> None:
    assert numbers.rate(rate, EN) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0"), (0.58, "58"), (0.639, "63"), (0.99999, "99"), (1.0, "100"), (1.2, "100"), (-0.1, "0")],
)
def test_all_of_it_is_said_of_what_is_whole_only(share: float, words: str) -> None:
    assert numbers.percent(share, EN) == f"{words}{GAP}%"
