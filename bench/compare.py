"""The corpora fetched by each tool in turn, round after round: what else the machine does hits all alike."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus, make
from bench.measure import BenchFailed, Cost, Spread
from bench.stage import stage
from bench.tools import ARIA2, CURL, OURS, RCLONE, TOOLS, Ground, pull, start, whoami

PEERS = (CURL, RCLONE, ARIA2)


@dataclass(frozen=True, slots=True)
class Target:
    """At most `most` times the seconds of `peer`; an empty peer is the quickest of them."""

    peer: str
    most: float


TARGETS = {
    "A": (Target(CURL, 1.5), Target(RCLONE, 1.0), Target(ARIA2, 1.0)),
    "B": (Target("", 1.15),),
    "C": (Target("", 1.15),),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One corpus by all tools. `again`: our second run over the complete archive, `inside`: what it says it took."""

    corpus: str
    count: int
    size: int
    at_once: int
    tools: dict[str, Spread]
    start: Spread
    sign_in: Spread
    again: Spread
    inside: float

    def ratio(self, peer: str) -> float:
        """Our seconds over those of a peer, or of the quickest for an empty name."""
        return self.tools[OURS].seconds / (self.tools[peer].seconds if peer else self.best)

    @property
    def best(self) -> float:
        """Seconds of the quickest peer."""
        return min(self.tools[peer].seconds for peer in PEERS)


def compare(corpus: Corpus, *, place: Path, rounds: int) -> Comparison:
    """Measure one corpus. Raises `BenchFailed` when a tool brings something else home than was served."""
    made = make(corpus, place / "corpora")
    costs: dict[str, list[Cost]] = {name: [] for name in TOOLS}
    starts: list[Cost] = []
    sign_ins: list[Cost] = []
    agains: list[Cost] = []
    inside: list[float] = []
    at_once = ("--concurrency", str(corpus.at_once))
    with stage(corpus=made.folder, folder=place / "servers") as running:
        ground = Ground(made, running, place / "scratch")
        ground.scratch.mkdir(exist_ok=True)
        for number in range(rounds + 1):
            for name, tool in TOOLS.items():
                ground.clear()
                cost = tool(ground)
                _check(ground, name, digests=number == 0)
                if number:
                    costs[name].append(cost)
                    _say(f"{corpus.name} {number}/{rounds} {name:13} {cost.seconds:6.2f} s")
                if name == OURS:
                    again, said = pull(ground, *at_once)
                    if said["content_requests"] or said["skipped"] != corpus.count:
                        raise BenchFailed(f"the second run was not idle: {said}")
                    if number:
                        agains.append(again)
                        inside.append(said["seconds"])
                        starts.append(start(ground))
                        sign_ins.append(whoami(ground))
        ground.clear()
    return Comparison(
        corpus=corpus.name,
        count=corpus.count,
        size=made.size,
        at_once=corpus.at_once,
        tools={name: Spread.of(each) for name, each in costs.items()},
        start=Spread.of(starts),
        sign_in=Spread.of(sign_ins),
        again=Spread.of(agains),
        inside=sorted(inside)[len(inside) // 2],
    )


def _check(ground: Ground, name: str, *, digests: bool) -> None:
    try:
        ground.made.check(ground.home, digests=digests)
    except ValueError as error:
        raise BenchFailed(f"{name}: {error}") from error


def verdicts(comparison: Comparison) -> Sequence[tuple[str, float, float]]:
    """Each target of the corpus: what against, the ratio that was measured, the ratio that was meant."""
    return [
        (target.peer or "the best peer", comparison.ratio(target.peer), target.most)
        for target in TARGETS.get(comparison.corpus, ())
    ]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
