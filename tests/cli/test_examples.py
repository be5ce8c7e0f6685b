"""Every command explains itself, and every example that is shown anywhere can be typed: those that can run do run."""

from __future__ import annotations

import argparse
import re
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from download_client.cli import main
from download_client.cli.arguments import parser
from download_client.cli.main import COMMANDS
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program
from tests.windows import WINE

ROOT = Path(__file__).parents[2]
_LINE = re.compile(r"^\s*(?:\$ )?(mir-download .*)$", re.MULTILINE)


def help_of(*words: str) -> str:
    out = StringIO()
    with redirect_stdout(out):
        assert main([*words, "--help"]) == 0
    return out.getvalue()


def examples() -> list[str]:
    """From every --help, and from every page that shows some."""
    texts = [help_of(), *(help_of(name) for name in COMMANDS)]
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    blocks = [block for page in pages for block in re.findall(r"```.*?```", page.read_text("utf-8"), re.DOTALL)]
    found = [line.strip() for text in (*texts, *blocks) for line in _LINE.findall(text)]
    return sorted({line for line in found if "COMMAND" not in line and "…" not in line and "..." not in line})


def typed(example: str) -> list[str]:
    """As a shell would hand it over, without redirections and comments."""
    words = shlex.split(example, comments=True)
    return words[1 : words.index("<")] if "<" in words else words[1:]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples(name: str) -> None:
    text = help_of(name)
    assert text.startswith(f"usage: mir-download {name}")
    shown = _LINE.findall(text.partition("examples:\n")[2])
    assert shown
    assert all(line.startswith(f"mir-download {name}") for line in shown)
    assert "--json" in text
    assert "--profile" in text


def test_commands_and_parser_know_each_other() -> None:
    (choices,) = [action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    assert set(choices) == set(COMMANDS)


@pytest.mark.parametrize("example", examples())
def test_every_example_can_be_typed(example: str) -> None:
    words = typed(example)
    if words not in (["--version"], ["--selftest"]) and "--help" not in words:
        assert parser().parse_args(words).command in COMMANDS


def test_examples_run(signed_in: Program) -> None:
    """In an order in which they make sense, with this test's folder and service in the place of those shown."""
    program = signed_in
    archive = str(program.archive)
    assert program.here("searches", "save", "Complaints", "--direction", "inbound", signs_in=False).code == 0
    pulled = program.here("pull", "--archive", archive, "--accept-risk", *WINDOW, "--json", signs_in=False)
    assert pulled.json["archived"] > 0
    ran: set[tuple[str, ...]] = set()
    last = (" delete ", " remove ", " rebuild ", " --as-task ")
    for example in sorted(examples(), key=lambda line: (any(word in line for word in last), " report " in line)):
        words = typed(example)
        elsewhere = {"--profile", "--server"} & set(words) or "settings archive.folder " in example
        if words[0] in {"sign-in", "sign-out", "alarm"} or elsewhere:
            continue
        words = [archive if word in {"~/Recordings", "/srv/recordings"} else word for word in words]
        words = ["1" if word == "12" else word for word in words]
        if "--day" in words:
            nights = program.here("schedule", "show", "Nightly", "--json", signs_in=False).json["nights"]
            words[words.index("--day") + 1] = nights[-1]["day"]
        if "--head" in words:
            head = program.here("audit", "head", "--archive", archive, signs_in=False).out.strip()
            words[words.index("--head") + 1] = head
        words = [str(program.archive.parent / "units") if word == "~/units" else word for word in words]
        if words[0] in {"pull", "runs", "retry"} and "--archive" not in words:
            words += ["--archive", archive]
        if words[0] == "pull" or words[:2] == ["schedule", "add"]:
            words.append("--accept-risk")
        if tuple(words) in ran or (WINE and "--as-task" in words):
            continue  # Wine's Task Scheduler keeps tasks, but starts none
        ran.add(tuple(words))
        ended = program.here(*words, signs_in=False)
        # Without a user's systemd, or with a keyring of this process only, the look from a task finds just that.
        known = {"retention": {0, 12}, "doctor": {0, 1, 3} if "--as-task" in words else {0, 3}}
        assert ended.code in known.get(words[0], {0, 3}), f"{words}\n{ended.out}\n{ended.err}"
    assert len(ran) > 15
