"""Every text of the window in the code, written down for Qt's lupdate, which reads only part of Python.

    python resources/translations/collect.py ui OUT.py

It finds `self.tr(text[, comment[, n]])` and `Context.tr(…)`, `translate(context, text[, comment[, n]])` and
`QT_TRANSLATE_NOOP(context, text)` with literal texts; lupdate itself loses those whose number is more than a name.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

Found = tuple[str, str, str, bool]
"""Context, text, comment, whether it has a plural."""


def main(arguments: list[str]) -> int:
    """Write them all; answers the exit code."""
    folder, out = map(Path, arguments)
    found = sorted({each for file in folder.rglob("*.py") for each in texts(file.read_text("utf-8"))})
    lines = [_line(*each) for each in found]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def texts(code: str) -> Iterator[Found]:
    """Those of one file."""
    return _walk(ast.parse(code), "")


def _walk(node: ast.AST, name: str) -> Iterator[Found]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield from _call(child, name)
        yield from _walk(child, child.name if isinstance(child, ast.ClassDef) else name)


def _call(call: ast.Call, class_name: str) -> Iterator[Found]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [part.value if isinstance(part, ast.Constant) else None for part in call.args]
    if called == "tr":
        owner = getattr(getattr(call.func, "value", None), "id", "self")
        given = [owner if owner[:1].isupper() else class_name, *given]
    elif called not in ("translate", "QT_TRANSLATE_NOOP"):
        return
    plural = len(given) > 3 or any(word.arg == "n" for word in call.keywords)
    context, text, comment = [*given, None, None, None][:3]
    if isinstance(context, str) and isinstance(text, str):
        yield context, text, comment if isinstance(comment, str) else "", plural


def _line(context: str, text: str, comment: str, plural: bool) -> str:
    words = ", ".join(_quoted(each) for each in (context, text, comment))
    return f"QCoreApplication.translate({words}{', 1' if plural else ''})"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
