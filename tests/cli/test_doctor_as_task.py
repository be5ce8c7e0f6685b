"""`doctor --as-task`: what is found where the system's scheduler starts the program; one that refuses is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.program import Program
from tests.windows import runs_scripts

pytestmark = runs_scripts
STARTS = """#!/bin/sh
for word; do
  shift
  case "$word" in
    --setenv=*) export "${word#--setenv=}" ;;
    --) break ;;
  esac
done
exec "$@"
"""
REFUSES = """#!/bin/sh
echo "Failed to connect to bus: No medium found" >&2
exit 1
"""


@pytest.fixture
def scheduled(signed_in: Program) -> Program:
    archive = str(signed_in.archive)
    made = signed_in.here("schedule", "add", "Nightly", "--at", "02:15", "--archive", archive, signs_in=False)
    assert made.code == 0
    return signed_in


def tool(program: Program, text: str) -> Program:
    """The same, with a program of the system in front."""
    folder = program.folder
    (folder / "bin").mkdir()
    (folder / "bin" / "systemd-run").write_text(text)
    (folder / "bin" / "systemd-run").chmod(0o755)
    return replace(program, environment={**program.environment, "PATH": f"{folder / 'bin'}:/usr/bin:/bin"})


def test_what_is_found_there_is_told(scheduled: Program) -> None:
    told = tool(scheduled, STARTS).here("doctor", "--as-task", "Nightly", "--json", signs_in=False)
    checks = {check["name"]: check for check in told.json["checks"]}
    assert checks["task"]["said"] == "started by systemd; what follows was looked at there"
    # The keyring of these tests lies in the memory of this process: a process of its own finds none.
    assert (checks["keyring"]["health"], checks["sign-in"]["health"]) == ("bad", "bad")
    assert checks["archive"]["health"] == "warning", "a folder of tests is a temporary one"
    assert checks["service"]["health"] == "good"
    assert (told.code, told.json["healthy"]) == (1, False)
    assert checks["schedule Nightly"]["health"] == "good"


def test_a_scheduler_that_refuses_is_told(scheduled: Program) -> None:
    told = tool(scheduled, REFUSES).here("doctor", "--as-task", "Nightly", signs_in=False)
    assert told.code == 1
    assert "Failed to connect to bus" in told.out
    assert "schedule show" in told.out


def test_what_answers_nonsense_is_told(scheduled: Program) -> None:
    told = tool(scheduled, "#!/bin/sh\necho rubbish\n").here("doctor", "--as-task", "Nightly", signs_in=False)
    assert (told.code, "nothing that can be read" in told.out) == (1, True)


def test_its_archive_is_the_schedule_s(scheduled: Program) -> None:
    both = scheduled.here("doctor", "--as-task", "Nightly", "--archive", "/x", signs_in=False)
    assert (both.code, "takes no --archive" in both.err) == (2, True)
    unknown = scheduled.here("doctor", "--as-task", "Weekly", signs_in=False)
    assert (unknown.code, "schedules: Nightly" in unknown.err) == (2, True)
