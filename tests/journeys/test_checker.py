"""The checker itself: on a sound archive it is silent, on each deliberate damage it speaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def swap(path: Path) -> None:
    """Another recording's whole file under this name: only the bytes tell."""
    other = next(each for each in sorted(path.parent.parent.rglob("*.wav")) if each != path)
    path.write_bytes(other.read_bytes())


def double(path: Path) -> None:
    path.with_name("copy.wav").write_bytes(path.read_bytes())
    path.with_name("copy.csv").write_bytes(path.with_suffix(".csv").read_bytes())


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a flipped bit": (flip, "I1"),
    "cut by a byte": (lambda path: path.write_bytes(path.read_bytes()[:-1]), "I1"),
    "another recording": (swap, "I1"),
    "archived twice": (double, "I1"),
    "its table gone": (lambda path: path.with_suffix(".csv").unlink(), "I2"),
    "deleted": (lambda path: path.unlink(), "I2"),
    "touched": (lambda path: path.touch(), "I6"),
    "a file beside the archive": (lambda path: (path.parents[4] / "stray.txt").write_text("x"), "I5"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found(program: Program, checker: Checker, name: str) -> None:
    day = ("--from", "2026-11-18T00:00:00Z", "--to", WINDOW[3])
    result = program.pull_here(*day).json
    checker.look_around(ours=[program.home])
    assert checker.after(result, ours=[program.home]) == []
    damage, invariant = DAMAGES[name]
    victim = min(checker.finals().values())
    damage(victim)
    found = checker.after(result, ours=[program.home])
    assert any(sentence.startswith(invariant) for sentence in found), found


def test_sums_exit_codes_and_secrets_are_looked_at(program: Program, checker: Checker) -> None:
    ended = program.pull_here("--from", "2026-11-18T00:00:00Z", "--to", WINDOW[3])
    result = ended.json
    lost = {**result, "listed": result["listed"] + 1}
    assert any(sentence.startswith("I3") for sentence in checker.after(lost))
    assert checker.exit_code(result, ended.code, reported_before=False) == []
    assert checker.exit_code(result, 0 if ended.code else 3, reported_before=False)
    (program.archive / "note.txt").write_text(f"the password is {program.user.password}")
    assert checker.secrets([program.user.password], [program.archive])
    assert checker.secrets(["nowhere-canary"], [program.archive], texts=[ended.out, ended.err]) == []
    assert checker.secrets([program.user.password], [], texts=[program.user.password])
