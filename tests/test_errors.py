"""Every error says what happened and what to do next, and the tree that is drawn is the tree that there is."""

from __future__ import annotations

import ast
import inspect
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client import errors
from download_client.errors import Fate, MirError
from download_client.model import State

PACKAGE = Path(errors.__file__).parent


def descend(kind: type[MirError]) -> Iterator[type[MirError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__.startswith(errors.__name__):
            yield from descend(child)


EVERY = list(descend(MirError))
LEAVES = [kind for kind in EVERY if not kind.__subclasses__()]


def drawn() -> dict[str, str]:
    """Each name in the drawing with the name it hangs on."""
    drawing = inspect.getdoc(errors) or ""
    found: dict[str, str] = {}
    parents = ["MirError"]
    for line in drawing.splitlines():
        if not (branch := re.match(r"\s*([│ ]*)[├└]── (.*)", line)):
            continue
        depth = 1 if "│" not in branch[1] and len(line) - len(line.lstrip()) <= 4 else 2
        names = re.findall(r"\b[A-Z]\w+", re.split(r" {3,}", branch[2])[0])
        for name in names:
            assert name not in found, f"{name} is drawn twice"
            found[name] = parents[depth - 1]
        parents = [*parents[:depth], names[-1]]
    return found


def test_the_tree_drawn_is_the_tree_there_is() -> None:
    assert drawn() == {kind.__name__: kind.__bases__[0].__name__ for kind in EVERY if kind is not MirError}


def test_every_class_of_the_module_belongs_to_the_tree() -> None:
    there = {
        thing
        for thing in vars(errors).values()
        if inspect.isclass(thing) and thing.__module__.startswith(errors.__name__) and thing is not Fate
    }
    assert there == set(EVERY)
    assert all(len(kind.__bases__) == 1 for kind in EVERY)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_it_says_what_happened_what_to_do_and_whether_again_can_help(kind: type[MirError]) -> None:
    assert re.fullmatch(r"[A-Z].*[^.!?\s]", kind.title), "one title, no full stop"
    assert len(kind.title) <= 80
    assert kind.advice.endswith(".")
    assert kind.advice[0].isupper() or kind.advice[0] == "`"
    assert kind.advice != kind.title
    assert isinstance(kind.fate, Fate)
    assert re.fullmatch(r"[a-z][a-z_]*[a-z]", kind.code)
    assert kind.__doc__
    assert kind.__doc__.strip().endswith(".")


@pytest.mark.parametrize("word", ["code", "title"])
def test_no_two_have_the_same(word: str) -> None:
    assert [value for value, times in Counter(getattr(kind, word) for kind in EVERY).items() if times > 1] == []
    assert all(word in vars(kind) for kind in EVERY)


def test_a_wait_is_only_offered_where_waiting_helps() -> None:
    """What the rooms below rely on: who is tried again, who is skipped, who stops everything."""
    assert {kind.__name__ for kind in LEAVES if kind.fate is Fate.AGAIN} == {
        "Offline",
        "ConnectionLost",
        "TimedOut",
        "RateLimited",
        "ServiceUnavailable",
        "ProtocolBroken",
        "PageTokenExpired",
        "CursorExpired",
        "NotReady",
        "BodyRefused",
        "Truncated",
        "FileChanged",
        "FileHeld",
        "ChannelBusy",
    }
    assert {kind for kind in LEAVES if kind.fate is Fate.SKIP} <= set(descend(errors.RecordingError))
    for kind in descend(errors.SignInError):
        assert kind.fate is Fate.STOP, "a sign-in is never tried again by itself: no lock-out"


def test_every_refused_state_is_an_error_of_the_same_name() -> None:
    codes = {kind.code for kind in descend(errors.RecordingError)}
    for state in (State.DENIED, State.EXPIRED, State.GONE, State.EMPTY_AT_SOURCE, State.DIGEST_MISMATCH, State.NOT_WAV):
        assert state.value in codes


def test_one_line_holds_all_that_is_known() -> None:
    assert str(errors.DiskFull()) == "The archive drive is full"
    assert str(errors.DiskFull("needed 5 GB, free 1 GB")) == "The archive drive is full: needed 5 GB, free 1 GB"
    assert str(errors.NotReady(subject="rec-1")) == "The recording is not ready yet (rec-1)"
    assert str(errors.NotReady("202", subject="rec-1")) == "The recording is not ready yet (rec-1): 202"


def test_a_program_reads_the_same_as_a_person() -> None:
    error = errors.RateLimited("429", subject="search", retry_after=30.0)
    assert error.retry_after == 30.0
    assert error.as_dict() == {
        "code": "rate_limited",
        "title": error.title,
        "subject": "search",
        "detail": "429",
        "advice": error.advice,
    }


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_it_can_be_caught_by_its_family_and_survives_a_process(kind: type[MirError]) -> None:
    again = pickle.loads(pickle.dumps(kind("what", subject="whom", retry_after=1.0)))  # noqa: S301
    assert type(again) is kind
    assert (again.detail, again.subject, again.retry_after) == ("what", "whom", 1.0)
    assert isinstance(again, MirError)


def raised(file: Path) -> Iterator[tuple[int, str]]:
    """The names of what a file raises by a plain call."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and node.exc is not None:
            thing = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if isinstance(thing, ast.Name | ast.Attribute):
                yield node.lineno, thing.id if isinstance(thing, ast.Name) else thing.attr


def test_no_bare_exception_is_raised_anywhere() -> None:
    """Whoever must catch `Exception` because somebody raises it catches mistakes of the program too."""
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for line, name in raised(file)
        if name in ("Exception", "BaseException", "RuntimeError")
    ]
    assert found == []
