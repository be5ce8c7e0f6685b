"""The help in every language: the same pages of the same shape, whose examples, links and settings are real."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from download_client.archive import FIELDS, Style, preview
from download_client.cli.arguments import parser
from download_client.settings import parse_rate, parse_size, table
from ui import arguments
from ui.help.book import KEYS, LANGUAGE, Book
from ui.resources import folder

HELP = folder("help")
LANGUAGES = sorted(path.name for path in HELP.iterdir() if path.is_dir() and path.name != "pictures")
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def text(language: str, key: str) -> str:
    return (HELP / language / f"{key}.md").read_text(encoding="utf-8")


def shape(markdown: str) -> list[str]:
    """What a translation keeps: headings by level, tables by cells, lists, links, pictures, code."""
    lines = []
    for block in re.split(r"\n\s*\n", markdown):
        first = block.lstrip().splitlines()[0]
        targets = [target.replace("-de.png", "-en.png") for target in re.findall(r"\]\(([^)]+)\)", block)]
        if first.startswith("#"):
            lines.append(first.split(" ")[0])
        elif first.startswith("|"):
            lines.extend(f"row of {row.count('|')}" for row in block.splitlines())
        elif re.match(r"\d\. ", first):
            lines.extend("step" for row in block.splitlines() if re.match(r"\d\. ", row))
        elif first.startswith("```"):
            lines.append(block)
        else:
            lines.append("text")
        lines.extend(targets)
    return lines


def test_both_languages_are_there() -> None:
    assert LANGUAGES == ["de", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_page_and_no_other(language: str) -> None:
    assert sorted(path.stem for path in (HELP / language).iterdir()) == sorted(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_translation_has_the_shape_of_the_page(key: str) -> None:
    wanted = shape(text(LANGUAGE, key))
    assert wanted
    for language in LANGUAGES:
        assert shape(text(language, key)) == wanted, language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_links_lead_to_pages_and_pictures(language: str, key: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", text(language, key)):
        assert (HELP / language / target).resolve().is_file(), target
        assert target.endswith((".md", f"-{language}.png")), target


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_can_be_typed(language: str) -> None:
    lines = [
        line for key in KEYS for block in _BLOCK.findall(text(language, key)) for line in block.splitlines() if line
    ]
    assert lines
    for line in lines:
        words = shlex.split(line)
        if words[0] == "mir-download-client":
            assert arguments.read(words[1:]).play == [Path(word) for word in words[2:]]
            continue
        assert words[0] == "mir-download"
        assert parser().parse_args(words[1:]).command == words[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_make_names(language: str) -> None:
    templates = re.findall(r"^\| `([^`]+)` \|", text(language, "settings"), re.MULTILINE)
    assert len(templates) == 5
    plain = Style(folder="{recording_id}", name="{recording_id}")
    for template in templates:
        assert set(re.findall(r"\{(\w+)", template)) <= set(FIELDS)
        as_folders = "/" in template
        style = Style(folder=template, name=plain.name) if as_folders else Style(folder=plain.folder, name=template)
        made = preview(style)
        assert made
        assert made != preview(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_values_of_the_settings(language: str) -> None:
    page = text(language, "settings")
    rates = re.findall(r"`(\d[^`]*/s)`", page)
    sizes = re.findall(r"`(\d[^`/]*B)`", page)
    proxies = re.findall(r"`(http://[^`]*)`", page)
    assert [parse_rate(rate) for rate in rates] == [2_000_000]
    assert [parse_size(size) for size in sizes] == [10**9]
    assert [table.PROXY.kind.parse(proxy) for proxy in proxies] == proxies
    assert proxies


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_words_are_words_of_the_window(language: str) -> None:
    """What is to be clicked is called as it is called there."""
    known: set[str] = set()
    root = ElementTree.parse(folder("translations") / "mir_de.ts").getroot()  # noqa: S314 - our own file
    for message in root.iter("message"):
        told = message.findtext("source" if language == LANGUAGE else "translation") or ""
        known.add(told.rstrip("…"))
    for key in KEYS:
        for words in re.findall(r"\*\*([^*]+)\*\*", text(language, key)):
            assert " ".join(words.split()).rstrip("…") in known, (key, words)


def test_a_language_without_pages_is_shown_in_english(tmp_path: Path) -> None:
    assert Book(HELP, language="fr").page("library").markdown == text("en", "library")


def test_an_unknown_page_is_the_first_one() -> None:
    assert Book(HELP, language="en").page("nothing").key == "index"


def test_words_are_found_with_their_section() -> None:
    book = Book(HELP, language="en")
    assert not book.find("zeppelin")
    hits = book.find("mobility CALLS")
    assert [(hit.page.key, hit.section.title) for hit in hits] == [("trouble", "Questions")]
    assert "mobility calls" in hits[0].excerpt
    assert hits[0].excerpt.startswith("… ")


def test_a_heading_comes_before_a_mention() -> None:
    hits = Book(HELP, language="en").find("verify")
    assert (hits[0].page.key, hits[0].section.title) == ("library", "Verify")
    assert len(hits) > 1


def test_code_is_found_and_no_word_finds_nothing() -> None:
    book = Book(HELP, language="en")
    assert any(hit.page.key == "settings" for hit in book.find("mir-download doctor"))
    assert book.find("   ") == ()


def test_sections_are_those_of_the_page() -> None:
    page = Book(HELP, language="de").page("library")
    assert page.title == "Bibliothek"
    assert [section.number for section in page.sections] == list(range(len(page.sections)))
    assert [section.title for section in page.sections][:3] == ["Bibliothek", "Finden", "Nachweis"]
