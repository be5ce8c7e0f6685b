"""A computer whose policy says something else than its user's file, for every setting that a policy may fix."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from download_client.settings import FilePolicy, Paths, Policy, RegistryPolicy, Settings, find


def policy_of(file: Path, values: Mapping[str, object]) -> Policy:
    """The policy as this system keeps it: a file that is the administrator's, or the registry's two keys."""
    if sys.platform == "win32":
        return RegistryPolicy(lambda root: [(n, _entry(n, v)) for n, v in values.items()] if root == "HKLM" else [])
    rows = [f"{name} = {_toml(name, value)}" for name, value in values.items()]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    file.chmod(0o644)
    return FilePolicy(file, owner=os.getuid())


def settings_of(paths: Paths, *, user: Mapping[str, object], policy: Mapping[str, object]) -> Settings:
    """What is in force where both say something; the user's file was written when there was no policy yet."""
    paths.config.mkdir(parents=True, exist_ok=True)
    rows = [f"{name} = {_toml(name, value)}" for name, value in user.items()]
    paths.settings_file.write_text("\n".join(rows) + "\n", "utf-8")
    made = Settings.load(paths, policy=policy_of(paths.config / "policy.toml", policy))
    assert made.problems == ()
    return made


def _entry(name: str, value: object) -> object:
    """As a policy template writes it: numbers for switches and counts, else text."""
    kept = find(name).kind.toml(find(name).kind.parse(value))
    return int(kept) if isinstance(kept, bool | int) else kept


def _toml(name: str, value: object) -> str:
    kept: Any = find(name).kind.toml(find(name).kind.parse(value))
    if isinstance(kept, bool):
        return "true" if kept else "false"
    return str(kept) if isinstance(kept, int) else "'" + str(kept) + "'"
