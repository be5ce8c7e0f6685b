"""A report as one page that needs nothing else: no script, no resource from anywhere, text from outside as text.

The content security policy allows the one style sheet inside by its digest, and nothing besides.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from download_client.model.wording import STATE_WORDS, elapsed, size
from download_client.report.chart import chart
from download_client.report.style import STYLE
from download_client.report.values import EndangeredLine, Exceptions, NightLine, Report
from download_client.report.words import (
    OUTCOME_MEANS,
    OUTCOME_SIGNS,
    OUTCOME_WORDS,
    plain,
    when,
)

_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""Content Security Policy Level 3; scripts, pictures, frames and connections are all refused."""


def page(report: Report) -> str:
    """The whole page, HTML in UTF-8."""
    zone = ZoneInfo(report.zone)
    title = f"{report.schedule}: {report.day.isoformat()}, {OUTCOME_WORDS[report.outcome]}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(POLICY)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        _head(report, zone),
        _figures(report),
        _trouble(report),
        _missed(report),
        _endangered(report, zone),
        _housekeeping(report),
        _exceptions(report.exceptions, zone),
        _nights(report.nights),
        (
            f"<footer><p>{escaped(report.program)}. Figures are those of this run; what became of a recording later is "
            "in the archive. It cannot say what the service never listed.</p></footer>\n</main>\n</body>\n</html>\n"
        ),
    ]
    return "".join(parts)


def _head(report: Report, zone: ZoneInfo) -> str:
    kind = report.outcome.value
    said = (
        f"<p><strong>{escaped(report.title)}</strong>{f': {escaped(report.detail)}' if report.detail else ''} "
        f"<code>{escaped(report.code)}</code></p><p>{escaped(report.advice)}</p>"
        if report.code
        else ""
    )
    rows = [
        ("Schedule", escaped(report.schedule)),
        ("Archive", f"<code>{escaped(report.archive)}</code>"),
        ("Began", escaped(when(report.started_at, zone))),
        ("Ended", escaped(when(report.ended_at, zone))),
        ("Run", str(report.run_id) if report.run_id else "none was begun"),
        ("Try of this day", str(report.number)),
    ]
    return (
        f'<header><p class="eyebrow">Nightly pull</p><h1>{report.day.isoformat()}</h1>'
        f'<div class="outcome {kind}"><p class="word"><span aria-hidden="true">{OUTCOME_SIGNS[report.outcome]}</span> '
        f"{OUTCOME_WORDS[report.outcome]}</p><p>{OUTCOME_MEANS[report.outcome]}</p>{said}</div></header>\n"
        f"<dl>{''.join(f'<div><dt>{name}</dt><dd>{value}</dd></div>' for name, value in rows)}</dl>\n"
    )


def _figures(report: Report) -> str:
    figures = report.figures
    rows = [
        (f"{figures.listed:,}", "listed"),
        (f"{figures.archived:,}", "archived"),
        (f"{figures.skipped:,}", "home already"),
        (f"{figures.unfinished:,}", "may still come"),
        (f"{figures.refused:,}", "refused"),
        (size(figures.bytes), "fetched"),
        (elapsed(figures.seconds), "duration"),
    ]
    tiles = "".join(f"<li><b>{value}</b> <span>{name}</span></li>" for value, name in rows)
    return f'<section aria-label="Figures"><ul class="figures">{tiles}</ul></section>\n'


def _trouble(report: Report) -> str:
    if not report.trouble:
        return ""
    rows = "".join(
        f"<li><strong>{each.channel.value}</strong>: {escaped(each.said)} <code>{escaped(each.code)}</code></li>"
        for each in report.trouble
    )
    return f'<section class="note"><h2>Somebody could not be told</h2><ul>{rows}</ul></section>\n'


def _missed(report: Report) -> str:
    parts = []
    if report.missing:
        days = ", ".join(day.isoformat() for day in report.missing)
        parts.append(f"<li>Nights without any run: {days}.</li>")
    if report.caught_up:
        days = ", ".join(day.isoformat() for day in report.caught_up)
        parts.append(f"<li>This run covers earlier days as well: {days}.</li>")
    return f'<section class="note"><h2>Missed</h2><ul>{"".join(parts)}</ul></section>\n' if parts else ""


def _endangered(report: Report, zone: ZoneInfo) -> str:
    if report.endangered is None:
        body = "<p>It is not known what the service deletes before long: this run did not come so far.</p>"
    elif not report.endangered:
        body = f"<p>Whatever the service deletes within {report.endangered_within_days} days is home.</p>"
    else:
        more = report.endangered_count - len(report.endangered)
        rest = f"<p>And {more:,} more: <code>mir-download retention</code> lists them all.</p>" if more else ""
        body = (
            f"<p>{report.endangered_count:,} conversations will be deleted by the service within "
            f"{report.endangered_within_days} days and are not home.</p>"
            + _table(
                "Conversations that will be deleted",
                ("Deleted on", "Recordings", "Size", "Conversation"),
                (_of_endangered(each, zone) for each in report.endangered),
                figures=(1, 2),
            )
            + rest
        )
    return f"<section><h2>Deleted by the service soon</h2>{body}</section>\n"


def _housekeeping(report: Report) -> str:
    if not report.erased and not report.chores:
        return ""
    parts = [f"<p>{report.erased:,} recordings were erased here for good, as the policy says.</p>"]
    if report.chores:
        parts.append(
            f"<p>It could not go on: <code>{escaped(report.chores)}</code>. The pull is complete all the same.</p>"
        )
    return f"<section><h2>Housekeeping</h2>{''.join(parts)}</section>\n"


def _of_endangered(each: EndangeredLine, zone: ZoneInfo) -> Sequence[str]:
    conversation = f"<code>{escaped(each.conversation_id)}</code>"
    return (escaped(when(each.expires_at, zone)), f"{each.recordings:,}", size(each.bytes), conversation)


def _exceptions(groups: Sequence[Exceptions], zone: ZoneInfo) -> str:
    if not groups:
        return "<section><h2>Not home</h2><p>Everything this run listed is home.</p></section>\n"
    parts = []
    for group in groups:
        more = group.count - len(group.recordings)
        parts.append(f"<h3>{group.count:,} {escaped(STATE_WORDS[group.state])}</h3>")
        parts.append(
            _table(
                f"Recordings: {STATE_WORDS[group.state]}",
                ("Recording", "Conversation", "Reason", "Again not before"),
                (
                    (
                        f"<code>{escaped(each.recording_id)}</code>",
                        f"<code>{escaped(each.conversation_id)}</code>",
                        f"<code>{escaped(each.code)}</code>" if each.code else "",
                        escaped(when(each.again_at, zone)) if each.again_at is not None else "",
                    )
                    for each in group.recordings
                ),
            )
        )
        if more:
            parts.append(f"<p>And {more:,} more: <code>mir-download runs RUN</code> lists them all.</p>")
    return f"<section><h2>Not home</h2>{''.join(parts)}</section>\n"


def _nights(nights: Sequence[NightLine]) -> str:
    if not nights:
        return ""
    table = _table(
        "The last nights, newest first",
        ("Night", "Ended", "Tries", "Listed", "Archived", "Not home", "Bytes", "Duration"),
        (
            (
                each.day.isoformat(),
                (
                    f'<span class="{each.outcome.value}"><span aria-hidden="true">{OUTCOME_SIGNS[each.outcome]}</span> '
                    f"{OUTCOME_WORDS[each.outcome]}</span>"
                ),
                str(each.tries),
                f"{each.listed:,}",
                f"{each.archived:,}",
                f"{each.failed:,}",
                size(each.bytes),
                elapsed(each.seconds),
            )
            for each in reversed(nights)
        ),
        figures=range(2, 8),
    )
    key = (
        '<p class="key"><span class="swatch listed"></span> listed <span class="swatch archived"></span> archived '
        '<span class="swatch failed"></span> not home</p>'
    )
    return f"<section><h2>The last {len(nights)} nights</h2>{chart(nights)}{key}{table}</section>\n"


def escaped(untrusted: str) -> str:
    """Text from outside: whatever it holds, it is text."""
    return html.escape(plain(untrusted), quote=True)


def _table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, figures: Sequence[int] | range = ()
) -> str:
    """Cells are HTML already."""

    def cell(kind: str, at: int, text: str) -> str:
        scope = ' scope="col"' if kind == "th" else ""
        right = ' class="figure"' if at in figures else ""
        return f"<{kind}{scope}{right}>{text}</{kind}>"

    titles = "".join(cell("th", at, text) for at, text in enumerate(head))
    lines = ("<tr>" + "".join(cell("td", at, text) for at, text in enumerate(row)) + "</tr>\n" for row in rows)
    return (
        f'<div class="wide"><table><caption>{escaped(caption)}</caption>\n<thead><tr>{titles}</tr></thead>\n'
        f"<tbody>\n{''.join(lines)}</tbody></table></div>"
    )
