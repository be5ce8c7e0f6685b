"""Writes docs/cli.md from the parser itself, so that the page and the program cannot differ.

python docs/make_cli.py [--check]
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ["COLUMNS"] = "100"

from download_client.cli.arguments import parser
from download_client.cli.exit_codes import MEANING, Exit

PAGE = Path(__file__).with_name("cli.md")

_HEAD = """# Every command

Made from the program's own help by `docs/make_cli.py`. Results go to standard output, everything else to standard
error. With `--json` standard output holds one object and nothing else; an error is `{"error": {"code", "title",
"subject", "detail", "advice"}}`.

## Exit codes

| Code | Means |
|---|---|
"""


def page() -> str:
    """The whole page."""
    text = _HEAD + "".join(f"| {code.value} | {MEANING[code]} |\n" for code in Exit)
    top = parser()
    commands = next(each for each in top._actions if isinstance(each, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        text += f"\n## {name}\n\n```text\n{command.format_help().rstrip()}\n```\n"
    return text


def main(arguments: list[str]) -> int:
    """Write, or with --check say whether it is up to date."""
    if arguments == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
