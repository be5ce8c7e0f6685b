"""The independent checker: trusts only the files on the disk and the service's own list; no line of the client.

It answers with sentences, one for each invariant broken (I1-I7, I9); an empty answer is the proof of a trial.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FINAL = {"archived", "expired", "gone", "missing", "empty_at_source", "erased"}
_MOST_SEARCHED = 64 * 1024 * 1024


@dataclass(frozen=True)
class Print:
    """A file as it was: enough to see whether anybody wrote to it."""

    size: int
    modified: int
    inode: int
    sha256: str


@dataclass
class Checker:
    """Looks at one archive. `served`: recording id to every SHA-256 the service ever served for it."""

    archive: Path
    served: dict[str, set[str]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    _finals: dict[str, Print] = field(default_factory=dict)
    _around: dict[str, Print] | None = None

    def learn(self, truth: Iterable[Mapping[str, Any]]) -> None:
        """Take in the service's own list."""
        for row in truth:
            self.served.setdefault(row["recording"], set()).add(row["sha256"])
            self.statuses[row["recording"]] = row["status"]

    def look_around(self, *, ours: Sequence[Path]) -> None:
        """Remember everything beside the archive, so that a stray write is seen (I5)."""
        self._around = self._beside(ours)

    def finals(self) -> dict[str, Path]:
        """Finished recordings by their path below the root."""
        return {
            path.relative_to(self.archive).as_posix(): path
            for path in sorted(self.archive.rglob("*.wav"))
            if ".mir" not in path.relative_to(self.archive).parts
        }

    def after(self, result: Mapping[str, Any] | None, *, ours: Sequence[Path] = ()) -> list[str]:
        """Check everything that must hold after a run; `result` is its JSON object, None where it was killed."""
        wrong: list[str] = []
        ids = Counter[str]()
        seen: dict[str, Print] = {}
        finals = self.finals()
        for name, path in finals.items():
            seen[name] = printed = fingerprint(path)
            recording, listed = self._explained(path)
            ids[f"{recording} {printed.sha256}"] += 1
            if recording is None:
                if result is not None:
                    wrong.append(f"I2 {name} has no table beside it that explains it")
            elif printed.sha256 not in self.served.get(recording, set()):
                wrong.append(f"I1 {name} differs from every version served of {recording}")
            elif listed != printed.sha256:
                wrong.append(f"I2 {name} has another SHA-256 than its table says")
        wrong += [f"I1 {key} was archived {count} times" for key, count in ids.items() if count > 1]
        for name, before in self._finals.items():
            if name not in seen:
                wrong.append(f"I6 {name} is gone")
            elif seen[name] != before:
                wrong.append(f"I6 {name} was written to")
        self._finals = seen
        if result is not None:
            wrong += self._sums(result, len(finals))
        if self._around is not None:
            wrong += self._outside(self._around, ours)
        return wrong

    def secrets(self, canaries: Iterable[str], folders: Iterable[Path], *, texts: Iterable[str] = ()) -> list[str]:
        """Seek secrets in everything written and said (I4); also in UTF-16 and as names."""
        wanted = [canary for canary in canaries if canary]
        wrong: list[str] = []
        for folder in folders:
            for path in folder.rglob("*"):
                if any(canary in path.name for canary in wanted):
                    wrong.append(f"I4 a secret is part of the name {path.name!r}")
                if path.is_file():
                    content = path.read_bytes()[:_MOST_SEARCHED]
                    wrong += [
                        f"I4 a secret stands in {path}"
                        for canary in wanted
                        if canary.encode() in content or canary.encode("utf-16-le") in content
                    ]
        wrong += ["I4 a secret was printed" for text in texts for canary in wanted if canary in text]
        return wrong

    def state(self) -> dict[str, Print]:
        """Every byte of the archive, to see that a second run changes none (I7).

        The lock is nobody's content, and the audit record says of the second run that it was made.
        """
        return {
            path.relative_to(self.archive).as_posix(): fingerprint(path)
            for path in sorted(self.archive.rglob("*"))
            if path.is_file() and not path.name.startswith("lock") and path.parent.name != "audit"
        }

    def exit_code(self, result: Mapping[str, Any], code: int, *, reported_before: bool) -> list[str]:
        """0 exactly when nothing may still come and every final exception was reported by an earlier run (I9)."""
        states = result["states"]
        open_states = {state for state, count in states.items() if count and state not in FINAL}
        exceptions = {state for state, count in states.items() if count and state in FINAL - {"archived", "erased"}}
        clean = not open_states and (reported_before or not exceptions) and not result["listing_errors"]
        if clean != (code == 0):
            return [f"I9 exit code {code} with states {dict(states)}, reported before: {reported_before}"]
        return []

    def _explained(self, path: Path) -> tuple[str | None, str]:
        table = path.with_suffix(".csv")
        if not table.exists():
            return None, ""
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        if len(rows) != 1:
            return None, ""
        return rows[0]["Recording ID"], rows[0]["SHA-256"]

    def _sums(self, result: Mapping[str, Any], finals: int) -> list[str]:
        wrong = []
        states = result["states"]
        if sum(states.values()) != result["listed"]:
            wrong.append(f"I3 listed {result['listed']}, but the states add up to {sum(states.values())}")
        parts = ("archived", "skipped", "failed", "refused", "waiting", "left")
        if sum(result[part] for part in parts) != result["listed"]:
            wrong.append(f"I3 {[f'{part} {result[part]}' for part in parts]} do not add up to {result['listed']}")
        if result["archived"] + result["skipped"] > finals:
            wrong.append(f"I2 {result['archived']} + {result['skipped']} are said to be home, {finals} files lie there")
        return wrong

    def _outside(self, before: Mapping[str, Print], ours: Sequence[Path]) -> list[str]:
        now = self._beside(ours)
        changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
        return [f"I5 {name} outside the archive was touched" for name in sorted(changed)]

    def _beside(self, ours: Sequence[Path]) -> dict[str, Print]:
        skip = {self.archive, *ours}
        found: dict[str, Print] = {}
        for child in self.archive.parent.iterdir():
            if child in skip:
                continue
            for path in (child, *child.rglob("*")) if child.is_dir() else (child,):
                if path.is_file():
                    found[path.relative_to(self.archive.parent).as_posix()] = fingerprint(path)
        return found


def fingerprint(path: Path) -> Print:
    """A file as it is now."""
    status = path.stat()
    return Print(status.st_size, status.st_mtime_ns, status.st_ino, hashlib.sha256(path.read_bytes()).hexdigest())


def manifest_ids(archive: Path) -> list[str]:
    """Recording ids of the manifest's lines, in order; whole lines only."""
    found = []
    for path in sorted((archive / ".mir" / "manifest").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                found.append(json.loads(line)["recording"])
            except (ValueError, KeyError, TypeError):
                continue
    return found
