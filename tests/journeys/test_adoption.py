"""A kill between the rename and the manifest's line: the next run completes both books and fetches nothing (39)."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


@pytest.mark.parametrize("state", ["fetched", "queued", "lost"])
def test_what_was_placed_but_not_written_down_is_written_down(program: Program, checker: Checker, state: str) -> None:
    first = program.pull_here(*WINDOW)
    assert checker.after(first.json) == []
    (manifest,) = (program.archive / ".mir" / "manifest").glob("*.jsonl")
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:-3]))
    ids = [json.loads(line)["recording"] for line in lines[-3:]]
    (ledger,) = (program.home / "data" / "ledgers").glob("*.sqlite3")
    if state == "lost":
        ledger.unlink()
    else:
        raw = sqlite3.connect(ledger)
        raw.executemany(
            "UPDATE item SET state = ?, archived_at = NULL WHERE recording_id = ?", [(state, each) for each in ids]
        )
        raw.commit()
        raw.close()
    program.sandbox.forget()
    second = program.pull_here(*WINDOW)
    assert checker.after(second.json) == []
    assert program.sandbox.content_requests() == 0
    assert second.json["archived"] + second.json["skipped"] == first.json["archived"]
    verified = program.here("verify", str(program.archive), "--json", signs_in=False)
    assert verified.json["sound"], verified.out
    assert verified.json["whole"] == first.json["archived"]


def test_verify_says_in_words_what_is_wrong(program: Program) -> None:
    program.pull_here("--from", "2026-11-19T00:00:00Z", "--to", WINDOW[3])
    victim = min(program.archive.rglob("2026/**/*.wav"))
    victim.unlink()
    told = program.here("verify", str(program.archive), signs_in=False)
    assert told.code == 10
    assert f"The recording is missing: {victim.relative_to(program.archive).as_posix()}" in told.out
    assert "Pull it again while the service still has it" in told.out
