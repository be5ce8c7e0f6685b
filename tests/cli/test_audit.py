"""`audit`: a pull, a second one, a rebuild stand in it; a head that was kept shows a chain written anew."""

from __future__ import annotations

from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


def test_a_pull_is_written_down_shown_and_held_against_its_head(signed_in: Program) -> None:
    program = signed_in
    assert program.pull_here(*WINDOW).code in (0, 3)
    where = ("--archive", str(program.archive))

    def told(*words: str, code: int = 0) -> str:
        done = program.here("audit", *words, *where, signs_in=False)
        assert done.code == code, done.err
        return done.out

    entries = program.here("audit", "show", *where, "--json", signs_in=False).json["entries"]
    assert [entry["kind"] for entry in entries] == ["begin", "end"]
    end = entries[1]
    assert (end["access"], end["run"], end["facts"]["phase"]) == ("all", 1, end["facts"]["phase"])
    assert end["user"]
    assert end["account"]
    lines = sum(count for _, _, count, _, _ in end["manifest"])
    assert lines == end["facts"]["archived"] > 0
    head = told("head").strip()
    assert "begin (" in told("show")
    assert f"they tell of {lines} lines" in told("verify")

    program.here("rebuild", str(program.archive), signs_in=False)
    verified = program.here("audit", "verify", "--head", head, *where, "--json", signs_in=False)
    assert (verified.code, verified.json["headAt"], verified.json["entries"]) == (0, 2, 3)

    chain = program.archive / ".mir" / "audit" / "chain.jsonl"
    chain.write_bytes(b"".join(chain.read_bytes().splitlines(keepends=True)[1:]))
    assert "Line 1 cannot be believed" in told("verify", code=10)
    chain.unlink()
    assert "is none of its entries" in told("verify", "--head", head, code=10)
    assert "Nothing was written down yet" in told("show")
    assert "Nothing was written down yet" in told("head")


def test_a_head_belongs_to_verify(signed_in: Program) -> None:
    said = signed_in.here("audit", "show", "--head", "x", "--archive", str(signed_in.archive), signs_in=False)
    assert (said.code, "--head belongs to audit verify" in said.err) == (2, True)
