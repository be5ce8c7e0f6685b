"""The pages say what is: links lead somewhere, examples can be typed, tables are those of the program."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from download_client.cli.arguments import parser
from download_client.cli.exit_codes import Exit
from download_client.settings import TABLE, parse_rate
from ui.arguments import read

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("resources/**/*.md")] if path.is_file()
)
GUIDES = [ROOT / "README.md", *sorted(ROOT.glob("docs/guide-*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [target for target in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def shell(page: Path) -> list[str]:
    """What is typed in a shell, block by block."""
    return [text for language, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if language in ("", "sh")]


def examples() -> list[tuple[str, str]]:
    found = []
    for page in GUIDES:
        for block in shell(page):
            for line in block.splitlines():
                if "mir-download " in line:
                    command = line[line.index("mir-download ") :]
                    found.append((page.name, re.split(r" (?:<|>>?|\|) ", command)[0]))
    return found


@pytest.mark.parametrize(("page", "line"), examples())
def test_every_example_can_be_typed(page: str, line: str) -> None:
    words = shlex.split(line)[1:]
    assert parser().parse_args(words).command == words[0]


def test_every_start_of_the_window_can_be_typed() -> None:
    lines = [
        line
        for page in GUIDES
        for block in shell(page)
        for line in block.splitlines()
        if line.startswith("mir-download-client")
    ]
    assert lines
    for line in lines:
        read(shlex.split(line)[1:])


def test_there_are_examples_in_every_guide() -> None:
    assert {page for page, _ in examples()} == {page.name for page in GUIDES}


def test_the_page_of_commands_is_that_of_the_program() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "make_cli.py"), "--check"], timeout=60)
    assert done.returncode == 0, "write it anew: python3 dev.py docs"


def test_the_supervisors_table_names_codes_that_there_are() -> None:
    text = (ROOT / "docs" / "guide-supervisors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d, ]+) \|", text, re.MULTILINE)
    codes = {int(code) for row in rows for code in row.split(",")}
    assert codes <= {code.value for code in Exit}
    assert {0, 3, 4, 5, 6, 7, 8, 9} <= codes


def test_settings_that_are_named_exist() -> None:
    known = {setting.name for setting in TABLE}
    for page in GUIDES:
        named = re.findall(
            r"(?:archive|network|transfer|retry|csv|search|log|server)\.[a-z_]+", page.read_text("utf-8")
        )
        named = [name for name in named if not name.startswith(("search.py", "archive.json"))]
        assert set(named) <= known, page.name


def test_every_fault_has_its_line_and_says_where_it_is_tested() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "faults.md").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 66))
    for number, _, tested in rows:
        assert "(../tests/" in tested or "not" in tested, number


def test_rates_that_are_shown_can_be_read() -> None:
    shown = [rate for page in PAGES for rate in re.findall(r"--limit-rate (\d[^\s`|]*)", page.read_text("utf-8"))]
    assert [parse_rate(rate) for rate in shown]


def test_the_two_commands_are_verbs_of_the_bootstrap() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^python3 dev\.py (\w+)$", readme, re.MULTILINE) == ["demo", "test"]
    told = subprocess.run([sys.executable, str(ROOT / "dev.py")], capture_output=True, text=True, timeout=60)
    assert "demo " in told.stdout
    assert "test " in told.stdout
