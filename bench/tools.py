"""The tools that are compared: how each is told to bring a corpus home, with certificates verified.

All fetch the same files from the same nginx, as many at a time, into the same place. The peers do no more than fetch;
ours signs in, lists, hashes with SHA-256, proves each WAV, keeps its ledger, and writes a CSV for each recording, the
manifest and the table of the run, from the start of the process to its end.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Made
from bench.measure import BenchFailed, Cost, measure
from bench.stage import Stage

PROGRAM = (sys.executable, "-m", "download_client")
"""What the command `mir-download` runs."""

OURS = "mir-download"
CURL = "curl -Z"
RCLONE = "rclone copy"
ARIA2 = "aria2c"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one measurement happens: what is served, by whom, and a scratch folder for what comes home."""

    made: Made
    stage: Stage
    scratch: Path

    @property
    def home(self) -> Path:
        """What comes home lies here."""
        return self.scratch / "home"

    def clear(self) -> None:
        """Everything anew."""
        for folder in (self.home, self.scratch / "own"):
            shutil.rmtree(folder, ignore_errors=True)
        self.home.mkdir(parents=True)


Tool = Callable[[Ground], Cost]


def curl(ground: Ground) -> Cost:
    """`curl -Z`: parallel, from a list."""
    lines = []
    for name in _names(ground):
        lines += [f'url = "{ground.stage.file_url(name)}"', f'output = "{ground.home / name}"']
    listing = ground.scratch / "curl.txt"
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    parallel = ["--parallel", "--parallel-immediate", "--parallel-max", str(ground.made.corpus.at_once)]
    command: list[str | Path] = ["curl", "-q", "--silent", "--show-error", "--fail", *parallel]
    return measure([*command, "--cacert", ground.stage.ca_file, "-K", listing], scratch=ground.scratch)


def rclone(ground: Ground, *options: str) -> Cost:
    """`rclone copy` from nginx's own directory listing; it asks for the head of each file first."""
    at_once = str(ground.made.corpus.at_once)
    command: list[str | Path] = ["rclone", "copy", ":http:", ground.home, "--http-url", ground.stage.file_url("")]
    command += ["--ca-cert", ground.stage.ca_file, "--transfers", at_once, "--checkers", at_once, "--quiet", *options]
    return measure(command, scratch=ground.scratch, environment={"RCLONE_CONFIG": "/notfound"})


def aria2(ground: Ground) -> Cost:
    """`aria2c` from a list, one connection per file, without preallocation and without checksums, its default."""
    lines = []
    for name in _names(ground):
        lines += [ground.stage.file_url(name), f"  out={name}"]
    listing = ground.scratch / "aria2.txt"
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command: list[str | Path] = ["aria2c", "--no-conf", "--quiet", "--file-allocation=none", "-x", "1", "-s", "1"]
    command += ["-j", str(ground.made.corpus.at_once), f"--ca-certificate={ground.stage.ca_file}"]
    return measure([*command, "-d", ground.home, "-i", listing], scratch=ground.scratch)


def ours(ground: Ground) -> Cost:
    """The whole program, into an archive that does not exist yet."""
    cost, said = pull(ground, "--concurrency", str(ground.made.corpus.at_once))
    count = ground.made.corpus.count
    if (said["archived"], said["content_requests"], said["bytes"]) != (count, count, ground.made.total):
        raise BenchFailed(f"mir-download pull brought something else home: {said}")
    return cost


TOOLS: dict[str, Tool] = {OURS: ours, CURL: curl, RCLONE: rclone, ARIA2: aria2}


def environment(ground: Ground) -> dict[str, str]:
    """Folders of our own program in the scratch folder, with the authority it is to trust."""
    own = ground.scratch / "own"
    settings = own / "config" / "settings.toml"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(f'[network]\nca_file = "{ground.stage.ca_file}"\n', encoding="utf-8")
    return {"MIR_DOWNLOAD_HOME": str(own)}


def command_line(ground: Ground, *options: str) -> list[str | Path]:
    """Our `pull` with one sign-in; its password comes on standard input."""
    user = ground.stage.user
    sign_in = ["--server", ground.stage.server, "--user", user.username, "--password-stdin"]
    archive = ["--archive", str(ground.home / "archive"), "--accept-risk"]
    return [*PROGRAM, "pull", *archive, "--json", "--quiet", *sign_in, *options]


def pull(ground: Ground, *options: str) -> tuple[Cost, dict[str, int]]:
    """One `pull` and what it says of itself. Raises `BenchFailed` unless it ended with 0."""
    cost = measure(
        command_line(ground, *options),
        scratch=ground.scratch,
        environment=environment(ground),
        given=ground.stage.user.password + "\n",
    )
    return cost, json.loads(cost.output)


def start(ground: Ground) -> Cost:
    """Our program's start alone."""
    command = [*PROGRAM, "--version"]
    return measure(command, scratch=ground.scratch, environment=environment(ground))


def whoami(ground: Ground) -> Cost:
    """Our program's start with one sign-in."""
    user = ground.stage.user
    sign_in = ["--server", ground.stage.server, "--user", user.username, "--password-stdin"]
    command = [*PROGRAM, "whoami", "--json", *sign_in]
    return measure(
        command, scratch=ground.scratch, environment=environment(ground), given=ground.stage.user.password + "\n"
    )


def _names(ground: Ground) -> list[str]:
    corpus = ground.made.corpus
    return [f"{corpus.stem(number)}.wav" for number in range(1, corpus.count + 1)]
