"""The second run over a complete archive of 100,000 recordings, against `rclone copy` over the same tree."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus, make
from bench.measure import BenchFailed, Cost, Spread
from bench.stage import stage
from bench.tools import Ground, pull, rclone

EVERYTHING = "mir-download pull, asked for everything"
CHANGES = "mir-download pull --changes"
RCLONE_HEADS = "rclone copy"
RCLONE_SIZES = "rclone copy --size-only --http-no-head"


@dataclass(frozen=True, slots=True)
class Complete:
    """What the second runs cost, by name, and the first one that made the archive."""

    count: int
    first: Cost
    tools: dict[str, Spread]


def complete(corpus: Corpus, *, place: Path, rounds: int) -> Complete:
    """Make the archive, then ask again. Raises `BenchFailed` when anything is fetched a second time."""
    made = make(corpus, place / "corpora")
    costs: dict[str, list[Cost]] = {name: [] for name in (EVERYTHING, CHANGES, RCLONE_HEADS, RCLONE_SIZES)}
    with stage(corpus=made.folder, folder=place / "servers") as running:
        ground = Ground(made, running, place / "scratch")
        ground.scratch.mkdir(exist_ok=True)
        ground.clear()
        first, said = pull(ground, "--changes", "--concurrency", str(corpus.at_once))
        if said["archived"] != corpus.count:
            raise BenchFailed(f"the first run did not bring everything home: {said}")
        tree = Ground(made, running, place / "scratch-rclone")
        tree.scratch.mkdir(exist_ok=True)
        tree.clear()
        for path in made.folder.iterdir():
            os.link(path, tree.home / path.name)
        for number in range(rounds):
            costs[EVERYTHING].append(_idle(ground))
            costs[CHANGES].append(_idle(ground, "--changes"))
            costs[RCLONE_HEADS].append(rclone(tree))
            costs[RCLONE_SIZES].append(rclone(tree, "--size-only", "--http-no-head"))
            line = ", ".join(f"{name} {each[-1].seconds:.2f} s" for name, each in costs.items())
            print(f"complete {number + 1}/{rounds}: {line}", file=sys.stderr, flush=True)
        ground.clear()
        tree.clear()
    return Complete(corpus.count, first, {name: Spread.of(each) for name, each in costs.items()})


def _idle(ground: Ground, *options: str) -> Cost:
    cost, said = pull(ground, *options)
    if said["content_requests"] or said["archived"] or not said["complete"]:
        raise BenchFailed(f"the second run was not idle: {said}")
    return cost
