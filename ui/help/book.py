"""The pages of the help as values: read from Markdown files, searched, their sections found; it draws nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

KEYS: Final = (
    "index",
    "sign-in",
    "conversations",
    "participants",
    "downloads",
    "library",
    "schedules",
    "replay",
    "settings",
    "keyboard",
    "trouble",
)
"""The pages in the order of the contents list; each is a file of that name in every language."""

LANGUAGE: Final = "en"
"""The language in which every page is written first; it stands in where another one is not there."""

_HEADING: Final = re.compile(r"^(#{1,3}) (.+)$")
_FENCE: Final = "```"
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_RULE: Final = re.compile(r"^\|?[-:| ]+\|?$")
_AROUND: Final = 48
"""Letters of a paragraph that an excerpt shows before what was found."""
_EXCERPT: Final = 140


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it, as plain text. `number` counts the headings of the page from 0."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `title` is its first heading, `sections` begin with that one."""

    key: str
    title: str
    markdown: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the words stand: a page, a section of it, and some text around the first of them."""

    page: Page
    section: Section
    excerpt: str


class Book:
    """Every page in one language. Raises OSError when made: the program's own files are missing."""

    def __init__(self, folder: Path, *, language: str) -> None:
        """Read the pages below `folder`; what the language lacks is shown in English."""
        chosen = folder / language
        self.folder = chosen if chosen.is_dir() else folder / LANGUAGE
        self.pages = tuple(_page(key, self.folder / f"{key}.md") for key in KEYS)

    def page(self, key: str) -> Page:
        """The page of that name, or the first one where there is none."""
        return next((page for page in self.pages if page.key == key), self.pages[0])

    def find(self, untrusted_words: str) -> tuple[Hit, ...]:
        """Every section that holds all the words, those with a word in the heading first."""
        words = untrusted_words.casefold().split()
        if not words:
            return ()
        found = [
            Hit(page, section, _excerpt(section.text, words))
            for page in self.pages
            for section in page.sections
            if all(word in f"{section.title} {section.text}".casefold() for word in words)
        ]
        return tuple(sorted(found, key=lambda hit: not any(word in hit.section.title.casefold() for word in words)))


def _page(key: str, path: Path) -> Page:
    markdown = path.read_text(encoding="utf-8")
    titles: list[str] = []
    texts: list[list[str]] = []
    code = False
    for line in markdown.splitlines():
        if line.startswith(_FENCE):
            code = not code
        elif not code and (heading := _HEADING.match(line)):
            titles.append(_plain(heading[2]))
            texts.append([])
        elif texts and not _RULE.match(line):
            texts[-1].append(line if code else _plain(line))
    sections = tuple(
        Section(number, title, " ".join(" ".join(text).split()))
        for number, (title, text) in enumerate(zip(titles, texts, strict=True))
    )
    return Page(key, sections[0].title if sections else key, markdown, sections)


def _plain(line: str) -> str:
    without = _LINK.sub(r"\1", _PICTURE.sub("", line))
    return without.replace("**", "").replace("*", "").replace("`", "").replace("|", " ").strip()


def _excerpt(text: str, words: list[str]) -> str:
    folded = text.casefold()
    # The words together, else the longest of them: it says most.
    wanted = [" ".join(words), *sorted(words, key=len, reverse=True)]
    first = next((place for part in wanted if (place := folded.find(part)) >= 0), 0)
    begin = max(0, first - _AROUND)
    if begin:
        begin = text.find(" ", begin) + 1
    piece = text[begin : begin + _EXCERPT]
    return ("… " if begin else "") + piece + (" …" if begin + _EXCERPT < len(text) else "")
