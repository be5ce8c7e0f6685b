"""A secret shows itself to nobody who prints, logs, copies, pickles or encodes it (I4, fault 53)."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable
from dataclasses import asdict, astuple, replace
from functools import partial

import msgspec
import pytest
from rich.console import Console
from rich.pretty import pretty_repr

from download_client.credentials import Kept, Secret, SecretKind

CANARY = "canary-7Qm2xZ"
SECRET = Secret(CANARY)
KEPT = Kept(kind=SecretKind.REFRESH, user="anna", secret=SECRET)


def logged(*, message: str, args: tuple[object, ...]) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s %(args)s"))
    handler.handle(logging.LogRecord("x", logging.INFO, __file__, 1, message, args, None))
    return stream.getvalue()


def raised(*, locals_too: bool) -> str:
    def fail(secret: Secret, kept: Kept) -> None:
        raise RuntimeError(f"{secret} {kept}", secret, kept)

    try:
        fail(SECRET, KEPT)
    except RuntimeError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=locals_too).format())
    raise AssertionError


def on_rich_traceback() -> str:
    secret, kept, stream = SECRET, KEPT, io.StringIO()
    try:
        raise RuntimeError(secret, kept)
    except RuntimeError:
        Console(file=stream, width=200).print_exception(show_locals=True)
    return stream.getvalue()


SHOWN: dict[str, Callable[[], str]] = {
    "repr": lambda: repr(SECRET),
    "str": lambda: str(SECRET),
    "ascii": lambda: ascii(SECRET),
    "f-string": lambda: f"{SECRET} {SECRET!r} {SECRET!s} {SECRET:>40} {SECRET:.3}",
    "format": lambda: "{} {!r} {:s}".format(SECRET, SECRET, SECRET),  # noqa: UP032
    "percent": lambda: "%s %r %a %.3s" % (SECRET, SECRET, SECRET, SECRET),  # noqa: UP031
    "in a list": lambda: str([SECRET]) + str({"a": SECRET}) + str((SECRET,)),
    "dataclass": lambda: repr(KEPT) + str(KEPT) + f"{KEPT}",
    "asdict": lambda: str(asdict(KEPT)) + str(astuple(KEPT)),
    "replace": lambda: repr(replace(KEPT, user="ben")),
    "pprint": lambda: pprint.pformat({"kept": KEPT, "secret": SECRET}, width=20),
    "rich": lambda: pretty_repr(KEPT) + pretty_repr(SECRET),
    "rich traceback": on_rich_traceback,
    "exception": lambda: str(RuntimeError(SECRET)) + repr(RuntimeError(KEPT)),
    "log": lambda: logged(message="token %s %r", args=(SECRET, KEPT)),
    "traceback": lambda: raised(locals_too=False),
    "traceback with locals": lambda: raised(locals_too=True),
    "copy": lambda: repr(copy.copy(SECRET)) + repr(copy.deepcopy([SECRET, KEPT])) + repr(copy.copy(KEPT)),
    "json, default=str": lambda: json.dumps({"secret": SECRET, "kept": KEPT}, default=str),
}


@pytest.mark.parametrize("way", SHOWN)
def test_it_shows_itself_to_no_printer(way: str) -> None:
    shown = SHOWN[way]()
    assert "***" in shown
    assert CANARY not in shown


REFUSED: dict[str, Callable[[], object]] = {
    **{
        f"pickle {protocol}": partial(pickle.dumps, SECRET, protocol) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
    "pickled inside": lambda: pickle.dumps(KEPT),
    "state": SECRET.__getstate__,
    "json": lambda: json.dumps(SECRET),
    "json inside": lambda: json.dumps({"a": [SECRET]}),
    "msgspec json": lambda: msgspec.json.encode(SECRET),
    "msgspec json inside": lambda: msgspec.json.encode(KEPT),
    "msgspec builtins": lambda: msgspec.to_builtins(KEPT),
    "msgpack": lambda: msgspec.msgpack.encode([SECRET]),
    "vars": lambda: vars(SECRET),
    "length": lambda: len(SECRET),  # type: ignore[arg-type]
    "letters": lambda: list(SECRET),  # type: ignore[call-overload]
    "number": lambda: "%d" % SECRET,  # type: ignore[str-format]  # noqa: UP031
    "sum": lambda: SECRET + "x",  # type: ignore[operator]
    "join": lambda: " ".join([SECRET]),  # type: ignore[list-item]
    "another attribute": lambda: setattr(SECRET, "text", "x"),
    "not text": lambda: Secret(CANARY.encode()),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("way", REFUSED)
def test_whoever_takes_it_apart_is_refused_without_a_hint(way: str) -> None:
    with pytest.raises((TypeError, AttributeError)) as caught:
        REFUSED[way]()
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None or CANARY not in str(caught.value.__cause__)


def test_only_reveal_gives_it() -> None:
    assert SECRET.reveal() == CANARY


def test_it_equals_its_like_only() -> None:
    assert Secret(CANARY) == SECRET
    assert Secret(CANARY + "x") != SECRET
    assert SECRET != CANARY
    assert Secret("\ud800ü") == Secret("\ud800ü")
    assert {SECRET: 1}[Secret(CANARY)] == 1
    assert hash(SECRET) != hash(CANARY)


def test_an_empty_one_is_false() -> None:
    assert SECRET
    assert not Secret("")


def test_a_copy_is_the_same() -> None:
    assert copy.copy(SECRET) is SECRET
    assert copy.deepcopy(KEPT).secret is SECRET
