"""The figures as a table for people and as JSON for programs; it measures nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.compare import Comparison, verdicts
from bench.complete import CHANGES, EVERYTHING, RCLONE_HEADS, Complete
from bench.measure import Spread
from bench.million import Memory
from bench.replay import Replay
from bench.tools import OURS
from bench.window import Window

_MB = 1_000_000
_MOST_RSS = 100
_MOST_CHANGES = 1.0


@dataclass(slots=True)
class Figures:
    """Everything one run of the measurements found."""

    machine: dict[str, str]
    comparisons: list[Comparison] = field(default_factory=list)
    complete: Complete | None = None
    memory: list[Memory] = field(default_factory=list)
    window: Window | None = None
    replay: Replay | None = None

    def write(self, path: Path) -> None:
        """All of it as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    def text(self) -> str:
        """All of it as Markdown tables."""
        parts = ["\n".join(f"{name}: {said}  " for name, said in self.machine.items())]
        parts += [_comparison(each) for each in self.comparisons]
        if self.complete is not None:
            parts.append(_complete(self.complete))
        if self.memory:
            parts.append(_memory(self.memory))
        if self.window is not None:
            parts.append(_window(self.window))
        if self.replay is not None:
            parts.append(_replay(self.replay))
        parts.append(_table(("Target", "Meant", "Measured", ""), self._targets()))
        return "\n\n".join(parts) + "\n"

    def _targets(self) -> list[Sequence[str]]:
        rows: list[Sequence[str]] = []
        for each in self.comparisons:
            for peer, ratio, most in verdicts(each):
                rows.append((f"{each.corpus}, over {peer}", f"≤ {most:.2f}", f"{ratio:.2f}", _met(ratio <= most)))
        if self.complete is not None:
            again = self.complete.tools[EVERYTHING].seconds
            over = self.complete.tools[RCLONE_HEADS].seconds
            changes = self.complete.tools[CHANGES].seconds
            rows.append(
                (
                    f"{self.complete.count:,} complete, asked again",
                    f"< {over:.2f} s",
                    f"{again:.2f} s",
                    _met(again < over),
                )
            )
            limit = _MOST_CHANGES
            rows.append(("the same by the change cursor", f"< {limit} s", f"{changes:.2f} s", _met(changes < limit)))
        for memory in self.memory:
            most = memory.most / _MB
            what = f"{memory.listed:,} listed, {memory.how}"
            rows.append((what, f"≤ {_MOST_RSS} MB", f"{most:.0f} MB", _met(most <= _MOST_RSS)))
        if self.window is not None:
            rows += _window_targets(self.window)
        if self.replay is not None:
            rows += _replay_targets(self.replay)
        return rows


def _comparison(it: Comparison) -> str:
    title = f"**{it.corpus}**: {it.count:,} recordings of {it.size:,} bytes, {it.at_once} at a time"
    head = ("Tool", "Seconds", "Least to most", "Over the best peer", "Processor seconds", "Peak memory")
    rows = [_row(name, spread, over=it.best) for name, spread in it.tools.items()]
    inside = it.inside
    rest = [
        ("start of the program alone (`--version`)", it.start),
        ("start and one sign-in (`whoami`)", it.sign_in),
        (f"the same pull again: nothing to fetch ({inside:.2f} s of it in the run)", it.again),
    ]
    rows += [_row(f"*{name}*", spread, over=None) for name, spread in rest]
    return f"{title}\n\n{_table(head, rows)}"


def _complete(it: Complete) -> str:
    title = f"**{it.count:,} recordings that are all home** (bringing them home took {it.first.seconds:.1f} s)"
    head = ("Tool", "Seconds", "Least to most", f"Over {RCLONE_HEADS}", "Processor seconds", "Peak memory")
    over = it.tools[RCLONE_HEADS].seconds
    return f"{title}\n\n{_table(head, [_row(name, spread, over=over) for name, spread in it.tools.items()])}"


def _memory(them: Sequence[Memory]) -> str:
    head = ("Listing", "Recordings", "Seconds", *(f"{10 * tenth} %" for tenth in range(1, 11)), "Growth")
    rows = [
        (
            each.how,
            f"{each.listed:,}",
            f"{each.seconds:.0f}",
            *(f"{tenth / _MB:.0f}" for tenth in each.tenths),
            f"{each.growth / _MB:+.1f} MB",
        )
        for each in them
    ]
    return f"**Resident memory in MB over the time of the listing**\n\n{_table(head, rows)}"


def _window(it: Window) -> str:
    told = it.frames
    title = f"**The window: {told['rows']:,} conversations**, listed in {told['fill_seconds']:.0f} s"
    views = [
        *told["orders"].items(),
        *told["filters"].items(),
        *((f"groups: {n}", s) for n, s in told["groups"].items()),
    ]
    made = _table(("View", "Seconds to make it"), [(name, f"{seconds:.2f}") for name, seconds in views])
    drawn = [
        (what, *(f"{told[key][which] * 1000:.1f}" for which in ("median", "p99", "most")))
        for key, what in (
            ("page", "64 rows read"),
            ("jump", "frame after a leap, rows still to come"),
            ("arrived", "frame with all rows"),
            ("wheel", "one notch of the wheel: events and frame"),
            ("gaps_while_ordering", "UI thread between two events, while workers order and read"),
        )
    ]
    rest = [
        ("a selection of half of them, summed", f"{told['sums_of_half']:.2f} s"),
        ("all ids for a download", f"{told['ids_of_all']:.2f} s"),
        ("memory at the end", f"{told['rss'] / _MB:.0f} MB"),
        ("first frame, from source", f"{it.first_frame:.2f} s"),
    ]
    times = _table(("Milliseconds", "Median", "99 %", "Most"), drawn)
    return "\n\n".join((title, made, times, _table(("Besides", ""), rest)))


def _window_targets(it: Window) -> list[Sequence[str]]:
    told = it.frames
    slowest = max(told["orders"].values())
    frame = max(told["arrived"]["p99"], told["wheel"]["p99"]) * 1000
    blocked = told["gaps_while_ordering"]["p99"] * 1000
    return [
        (f"{told['rows']:,} rows in any order", "< 1 s", f"{slowest:.2f} s", _met(slowest < 1)),
        ("a frame of them (99 %)", "< 16 ms", f"{frame:.1f} ms", _met(frame < 16)),
        ("the UI thread kept from its events (99 %)", "< 50 ms", f"{blocked:.1f} ms", _met(blocked < 50)),
        ("first frame", "< 0.6 s", f"{it.first_frame:.2f} s", _met(it.first_frame < 0.6)),
    ]


def _replay(it: Replay) -> str:
    head = ("Encoding", "Waveform", "First of it", "Kept one", "More memory", "Others wait (99 %)", "Seek to sound")
    rows = [
        (
            name,
            f"{told['seconds']:.2f} s",
            f"{told['first']:.2f} s",
            f"{told['again'] * 1000:.0f} ms",
            f"{told['rss'] / _MB:.0f} MB",
            f"{told['gap'] * 1000:.1f} ms",
            f"{told['seek'] * 1000:.0f} ms",
        )
        for name, told in it.kinds.items()
    ]
    drawn = [
        (what, *(f"{it.window[key][which] * 1000:.1f}" for which in ("median", "p99", "most")))
        for key, what in (("playing", "frame while it plays"), ("zooming", "frame after a leap of the zoom"))
    ]
    title = f"**Replay: {it.hours:g} hours in one file**"
    lanes = f"The timeline with {it.window['lanes']} such lanes, {it.window['rss'] / _MB:.0f} MB more memory:"
    return "\n\n".join((title, _table(head, rows), lanes, _table(("Milliseconds", "Median", "99 %", "Most"), drawn)))


def _replay_targets(it: Replay) -> list[Sequence[str]]:
    first = next(iter(it.kinds))
    told = it.kinds[first]
    frame = max(it.window["playing"]["p99"], it.window["zooming"]["p99"]) * 1000
    more = it.window["rss"] / _MB
    return [
        (f"waveform of {it.hours:g} h, {first}", "< 2 s", f"{told['seconds']:.2f} s", _met(told["seconds"] < 2)),
        ("a frame of the timeline (99 %)", "< 16 ms", f"{frame:.1f} ms", _met(frame < 16)),
        ("memory for them", "< 150 MB", f"{more:.0f} MB", _met(more < 150)),
    ]


def _row(name: str, spread: Spread, *, over: float | None) -> Sequence[str]:
    return (
        f"**{name}**" if name.startswith(OURS) else name,
        f"{spread.seconds:.2f}",
        f"{spread.least:.2f} to {spread.most:.2f}",
        f"{spread.seconds / over:.2f}" if over else "",
        f"{spread.processor:.2f}",
        f"{spread.rss / _MB:.0f} MB",
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _met(yes: bool) -> str:
    return "met" if yes else "**missed**"
