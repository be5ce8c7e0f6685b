"""The translations are whole, fit the code, and are what the program loads."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from download_client import errors
from download_client.engine import Presence
from download_client.errors import MirError
from download_client.model import State
from ui import translation
from ui.resources import folder
from ui.settings_dialog.languages import language_options
from ui.words import errors as words_of_errors
from ui.words import standing
from ui.words.items import said_of_item

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(folder("translations").glob("mir_*.ts"))
PLACE = re.compile(r"\{[a-z_]*\}|\n")
LOOSE = re.compile(r"[0-9}] (kB|MB|GB|TB|B|s|min|h|kHz|Tage|Tagen|Stunden|Minuten|%)(?![a-zäöü])")
"""A figure and its unit, with a space where a line may break."""
ERRORS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MirError)),
    key=lambda kind: kind.__name__,
)


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Makes the application speak a language until the end of the test."""
    before = QLocale()
    loaded: list[QTranslator] = []

    def install(language: str) -> None:
        QLocale.setDefault(QLocale(language))
        loaded.extend(translation.install(qapp, QLocale(language)))

    yield install
    for translator in loaded:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


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
            assert Counter(PLACE.findall(form)) == Counter(PLACE.findall(source)), f"{context}: {source!r} and {form!r}"
            assert form.strip() == form, f"{context}: {form!r} has blanks around it"
            for end in ("…", ".", "?", ":"):
                assert source.endswith(end) == form.endswith(end), f"{context}: {source!r} and {form!r}"
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
def test_plurals_are_right_in_every_language_there_is(speak: Callable[[str], None], language: str) -> None:
    speak(language)
    one = QCoreApplication.translate("AccountCorner", "manages %n group(s)", "", 1)
    two = QCoreApplication.translate("AccountCorner", "manages %n group(s)", "", 2)
    assert one != two.replace("2", "1")
    assert "(s)" not in one + two
    if language in ("en", "fr"):
        assert (one, two) == ("manages 1 group", "manages 2 groups")


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("en_GB", "1 conversation", "1,046 conversations"), ("de_DE", "1 Gespräch", "1.046 Gespräche")],
)
def test_a_number_in_a_sentence_is_written_as_the_locale_has_it(
    speak: Callable[[str], None], language: str, one: str, many: str
) -> None:
    speak(language)
    found = [QCoreApplication.translate("ConversationsModule", "%n conversation(s)", "", n) for n in (1, 1046)]
    assert found == [one, many]


@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_speaks_german(speak: Callable[[str], None], kind: type[MirError]) -> None:
    error = kind("seen", subject="x-1")
    english = words_of_errors.title(error), words_of_errors.advice(error)
    speak("de")
    title, advice = words_of_errors.title(error), words_of_errors.advice(error)
    assert title != english[0]
    assert advice != english[1]
    assert advice.endswith(".")


def test_every_state_speaks_german(speak: Callable[[str], None]) -> None:
    def said() -> list[str]:
        words = [standing.words(presence)[2] for presence in Presence]
        return words + [said_of_item(state, "network").words for state in State]

    english = said()
    speak("de")
    for before, now in zip(english, said(), strict=True):
        assert now != before


def test_german_is_set_as_germans_set_it() -> None:
    for context, source, _, translated in messages(folder("translations") / "mir_de.ts"):
        for form in forms(translated):
            where = f"{context}: {source!r} and {form!r}"
            assert '"' not in form, where
            assert "..." not in form, where
            assert form.count("„") == form.count("“"), where
            assert not LOOSE.search(form), f"{where}: a line may break before a unit"
            assert not re.search(r"\b(Ctrl|Shift)\b", form), where


def test_the_menus_have_keys_of_their_own_in_every_language() -> None:
    for file in FILES:
        keys = [forms(found)[0] for _, _, comment, found in messages(file) if comment.startswith("key of the menu")]
        assert len(set(keys)) == len(keys)


def test_a_further_language_is_one_file(
    speak: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "resources" / "translations"
    place.mkdir(parents=True)
    shutil.copy(folder("translations") / "mir_en.qm", place)
    words = tmp_path / "mir_sv.ts"
    words.write_text(
        '<!DOCTYPE TS><TS version="2.1" language="sv" sourcelanguage="en"><context><name>Standing</name><message>'
        "<source>Queued</source><translation>I kö</translation></message></context></TS>",
        "utf-8",
    )
    tool("pyside6-lrelease", "-silent", str(words), "-qm", str(place / "mir_sv.qm"))
    # As in the program that is installed, which brings its own folder.
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert dict(language_options()) == {"en": "English", "sv": "Svenska"}
    speak("sv_SE")
    assert standing.words(Presence.QUEUED)[2] == "I kö"
    assert standing.words(Presence.WAITING)[2] == "Not ready yet"
    assert QCoreApplication.translate("ConversationsModule", "%n conversation(s)", "", 1) == "1 conversation"
