"""A report as JSON and back: `format` 1, names in camel case, times in RFC 3339; an unknown name is passed over."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from download_client.report.values import Report

FORMAT = 1
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
_BAR = re.compile(r"_([a-z0-9])")


def encode(report: Report) -> bytes:
    """Its JSON, indented, with a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(as_dict(report)), indent=1) + b"\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The same as plain values."""
    return {"format": FORMAT, **_renamed(msgspec.to_builtins(report), _camel)}


def decode(untrusted: bytes) -> Report | None:
    """Read back `encode`; None: it is no report, or one of a newer program."""
    try:
        content = msgspec.json.decode(untrusted)
        if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
            return None
        return msgspec.convert(_renamed(content, _snake), type=Report)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _camel(name: str) -> str:
    return _BAR.sub(lambda found: found[1].upper(), name)


def _snake(name: str) -> str:
    return _HUMP.sub(lambda found: f"_{found[1].lower()}", name)


def _renamed(value: Any, rename: Any) -> Any:
    if isinstance(value, dict):
        return {rename(name): _renamed(each, rename) for name, each in value.items()}
    return [_renamed(each, rename) for each in value] if isinstance(value, list | tuple) else value
