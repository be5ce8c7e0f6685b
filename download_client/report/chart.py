"""The chart of a report: the last nights as bars in one inline SVG; no script, no style of its own, no resource.

Three bands over one axis of days: recordings (listed as an outline, archived filled, failed hatched), bytes, duration.
The page's style sheet gives it its colours; every night says its figures in a `title`, and a table says them again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from download_client.model import Outcome
from download_client.model.wording import elapsed, size
from download_client.report.values import NightLine
from download_client.report.words import OUTCOME_SIGNS, OUTCOME_WORDS

_WIDTH = 900
_LEFT, _RIGHT = 74, 10
_BANDS = ((26, 120), (182, 60), (278, 60))
"""Top and height of each."""
_HEIGHT = 372
_LONGEST_STEP = 56.0


def chart(nights: Sequence[NightLine]) -> str:
    """The SVG; empty: there is nothing to draw."""
    if not nights:
        return ""
    step = min((_WIDTH - _LEFT - _RIGHT) / len(nights), _LONGEST_STEP)
    wide = step * 0.7
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="chart-title chart-words">',
        f'<title id="chart-title">The last {len(nights)} nights</title>',
        f'<desc id="chart-words">{_words(nights)}</desc>',
        (
            '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect class="hatch-ground" width="5" height="5"/>'
            '<rect class="hatch-line" width="2" height="5"/></pattern></defs>'
        ),
    ]
    bands: tuple[tuple[str, float, Callable[[float], str]], ...] = (
        ("Recordings", max(max(each.listed, each.archived + each.failed) for each in nights), _count),
        ("Bytes", max(each.bytes for each in nights), size),
        ("Duration", max(each.seconds for each in nights), elapsed),
    )
    for (top, height), (name, most, words) in zip(_BANDS, bands, strict=True):
        parts.append(_band(name, most=most, words=words, top=top, height=height))
    tops = [_top(most) for _, most, _ in bands]
    for at, each in enumerate(nights):
        left = _LEFT + step * at + (step - wide) / 2
        parts.append("<g>" + f"<title>{_night(each)}</title>")
        parts += _recordings(each, left=left, wide=wide, most=tops[0])
        for value, most, (top, height) in zip((each.bytes, each.seconds), tops[1:], _BANDS[1:], strict=True):
            parts.append(_bar("amount", value, most=most, left=left, wide=wide, base=top + height, height=height))
        middle = left + wide / 2
        parts.append(
            f'<text class="sign {each.outcome.value}" x="{middle:.1f}" y="164" text-anchor="middle">'
            f"{OUTCOME_SIGNS[each.outcome]}</text>"
        )
        if at % math.ceil(len(nights) / 10) == 0:
            label = f'<text class="label" x="{middle:.1f}" y="{_HEIGHT - 14}" text-anchor="middle">'
            parts.append(f"{label}{each.day:%m-%d}</text>")
        parts.append("</g>")
    parts.append("</svg>")
    return "".join(parts)


def _recordings(each: NightLine, *, left: float, wide: float, most: float) -> list[str]:
    top, height = _BANDS[0]
    base = top + height
    archived = _bar("archived", each.archived, most=most, left=left, wide=wide, base=base, height=height)
    above = base - _high(each.archived, most=most, height=height)
    failed = _bar("failed", each.failed, most=most, left=left, wide=wide, base=above, height=height)
    listed = _bar("listed", each.listed, most=most, left=left, wide=wide, base=base, height=height)
    return [archived, failed, listed]


def _band(name: str, *, most: float, words: Callable[[float], str], top: float, height: float) -> str:
    base = top + height
    top_words = words(_top(most)) if most else ""
    return (
        f'<text class="band" x="0" y="{top - 12}">{name}</text>'
        f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _RIGHT}" y2="{base}"/>'
        f'<line class="grid" x1="{_LEFT}" y1="{top}" x2="{_WIDTH - _RIGHT}" y2="{top}"/>'
        f'<text class="label" x="{_LEFT - 6}" y="{top + 4}" text-anchor="end">{top_words}</text>'
        f'<text class="label" x="{_LEFT - 6}" y="{base + 4}" text-anchor="end">0</text>'
    )


def _bar(kind: str, value: float, *, most: float, left: float, wide: float, base: float, height: float) -> str:
    high = _high(value, most=most, height=height)
    if not high:
        return ""
    return f'<rect class="{kind}" x="{left:.1f}" y="{base - high:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def _high(value: float, *, most: float, height: float) -> float:
    """What is there at all is seen."""
    return max(2.0, height * value / most) if value > 0 and most > 0 else 0.0


def _top(most: float) -> float:
    """The figure at the top of a band: the largest, rounded up to two digits."""
    if most < 10:
        return float(math.ceil(most))
    digits = 10.0 ** (math.floor(math.log10(most)) - 1)
    return math.ceil(most / digits) * digits


def _count(count: float) -> str:
    return f"{round(count):,}"


def _night(each: NightLine) -> str:
    return (
        f"{each.day.isoformat()}: {OUTCOME_WORDS[each.outcome]}; {each.listed:,} listed, {each.archived:,} archived, "
        f"{each.failed:,} not home; {size(each.bytes)} in {elapsed(each.seconds)}"
    )


def _words(nights: Sequence[NightLine]) -> str:
    counts = {kind: sum(each.outcome is kind for each in nights) for kind in Outcome}
    told = ", ".join(f"{count} {OUTCOME_WORDS[kind]}" for kind, count in counts.items() if count)
    archived, fetched = sum(each.archived for each in nights), sum(each.bytes for each in nights)
    return f"{told}; {archived:,} recordings archived, {size(fetched)} fetched. The table below says the same."
