"""The translations are whole, fit the code, and are what the program loads."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from ui import translation
from ui.resources import folder

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(folder("translations").glob("mir_*.ts"))
PLACE = re.compile(r"\{[a-z_]*\}")


def tool(name: str, *words: str) -> None:
    """One of Qt's own programs for translators."""
    program = Path(sys.executable).parent / name
    subprocess.run([str(program), *words], check=True, capture_output=True, cwd=ROOT)


def messages(file: Path) -> Iterator[tuple[str, str, str, ET.Element]]:
    """Context, source, comment and translation of each message."""
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translated = message.find("translation")
            assert translated is not None
            words = (message.findtext("source") or "", message.findtext("comment") or "")
            yield context.findtext("name") or "", *words, translated


def forms(translated: ET.Element) -> list[str]:
    """What is shown: one text, or one for each number."""
    plural = [form.text or "" for form in translated.iter("numerusform")]
    return plural or [translated.text or ""]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_word_is_translated_and_keeps_its_places(file: Path) -> None:
    for context, source, _, translated in messages(file):
        assert translated.get("type") is None, f"{context}: {source!r} is {translated.get('type')}"
        for form in forms(translated):
            assert form, f"{context}: {source!r} is empty"
            assert set(PLACE.findall(form)) == set(PLACE.findall(source)), f"{context}: {source!r} and {form!r}"
            assert ("%n" in source) == bool(re.search("%L?n", form)), f"{context}: {source!r} and {form!r}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_code_says_nothing_that_is_not_in_the_file(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    texts = tmp_path / "texts.py"
    collector = [sys.executable, "resources/translations/collect.py", "ui", str(texts)]
    subprocess.run(collector, check=True, cwd=ROOT)
    plurals = ["-pluralonly"] if file.stem == "mir_en" else []
    tool("pyside6-lupdate", str(texts), "-ts", str(copy), "-silent", "-no-obsolete", "-locations", "none", *plurals)
    before = {found[:3] for found in messages(file)}
    assert before == {found[:3] for found in messages(copy)}, "run: python3 dev.py translate"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_loaded_is_made_from_the_words(file: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    tool("pyside6-lrelease", "-silent", str(file), "-qm", str(made))
    assert made.read_bytes() == file.with_suffix(".qm").read_bytes(), "run: python3 dev.py translate"


@pytest.mark.parametrize("language", ["en", "fr", *(file.stem.partition("_")[2] for file in FILES)])
def test_plurals_are_right_in_every_language_there_is(qapp: QApplication, language: str) -> None:
    loaded = translation.install(qapp, QLocale(language))
    try:
        one = QCoreApplication.translate("AccountCorner", "manages %n group(s)", "", 1)
        two = QCoreApplication.translate("AccountCorner", "manages %n group(s)", "", 2)
    finally:
        for translator in loaded:
            qapp.removeTranslator(translator)
    assert one != two.replace("2", "1")
    assert "(s)" not in one + two
    if language in ("en", "fr"):
        assert (one, two) == ("manages 1 group", "manages 2 groups")
