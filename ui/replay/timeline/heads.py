"""The heads of lanes: number, title, state in words and icon, what can be done about it; where each of these lies.

Geometry and words are answered for the widget, which also hits them; painting is the last function here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.replay.timeline.palette import Palette
from ui.replay.tracks import Lane, LaneState
from ui.theme import BODY, CAPTION, SMALL, Theme, font
from ui.theme.measures import RADIUS_CONTROL, text_width
from ui.widgets.painting import write
from ui.words import numbers, times

_ICONS: Final = {
    LaneState.WAITING: ("hourglass", "text3"),
    LaneState.FETCHING: ("arrow-down-to-line", "accent"),
    LaneState.READING: ("audio-waveform", "accent"),
    LaneState.READY: ("circle-check", "ok"),
    LaneState.UNPLAYABLE: ("circle-slash", "danger"),
    LaneState.GONE: ("circle-slash", "danger"),
}
_BETWEEN: Final = 14
_TALL: Final = 72


class Link(Enum):
    """What can be done about a lane."""

    STOP = "stop"
    REVEAL = "reveal"
    CONVERT = "convert"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Spot:
    """A link, its words and where it lies; the words of CLOSE are its name, it is painted as a cross."""

    link: Link
    words: str
    area: QRectF


def state_words(lane: Lane, locale: QLocale) -> str:
    """The state of a lane: `Ready · 12:08`, `Fetching · 63 %`."""
    translate = QCoreApplication.translate
    share = numbers.percent(lane.share, locale)
    match lane.state:
        case LaneState.WAITING:
            return lane.words or translate("Replay", "Waiting")
        case LaneState.FETCHING:
            return translate("Replay", "Fetching · {share}").format(share=share)
        case LaneState.READING:
            return translate("Replay", "Reading the waveform · {share}").format(share=share)
        case LaneState.READY:
            length = times.duration(lane.seconds)
            if lane.stereo:
                return translate("Replay", "Ready · {length}, stereo").format(length=length)
            return translate("Replay", "Ready · {length}").format(length=length)
        case LaneState.UNPLAYABLE:
            return translate("Replay", "Cannot be played here")
        case LaneState.GONE:
            return translate("Replay", "Not there any more")


def more_words(lane: Lane) -> str:
    """The third line beside a tall lane: how it is coded, how many recordings and marks."""
    parts = [lane.codec] if lane.codec else []
    translate = QCoreApplication.translate
    if len(lane.clips) > 1:
        parts.append(translate("Replay", "%n recording(s)", None, len(lane.clips)))
    if lane.flags:
        parts.append(translate("Replay", "%n mark(s)", None, len(lane.flags)))
    return " · ".join(parts)


def links(lane: Lane) -> list[tuple[Link, str]]:
    """What can be done about its state, with its words."""
    translate = QCoreApplication.translate
    if lane.state in (LaneState.WAITING, LaneState.FETCHING):
        return [(Link.STOP, translate("Replay", "Stop"))]
    if lane.state is LaneState.UNPLAYABLE and lane.files:
        shown = [(Link.REVEAL, translate("Replay", "Show in folder"))]
        # Of what is empty or no recording nothing can be made.
        return [*shown, (Link.CONVERT, translate("Replay", "Convert a copy…"))] if lane.codec else shown
    return []


def _third_line(lane: Lane, area: QRectF) -> str:
    """What is told beside the links of a tall lane; nothing where the links need the room."""
    more = more_words(lane)
    wanted = [text_width(words, SMALL) + _BETWEEN for _, words in links(lane)]
    return more if not wanted or 38 + text_width(more, SMALL) + sum(wanted) < area.width() - 34 else ""


def spots(lane: Lane, area: QRectF, locale: QLocale) -> list[Spot]:
    """Where its links lie; the cross is the last. In a low lane they stand behind the state, where there is room."""
    found = []
    tall = area.height() >= _TALL
    wanted = links(lane)
    widths = [text_width(words, SMALL) for _, words in wanted]
    if tall:
        more = _third_line(lane, area)
        x = area.left() + 38 + (text_width(more, SMALL) + _BETWEEN if more else 0)
        y = area.center().y() + 8
    else:
        x = area.right() - 34 - sum(widths) - _BETWEEN * max(len(widths) - 1, 0)
        y = area.center().y()
        if x < area.left() + 64 + text_width(state_words(lane, locale), SMALL):
            wanted = []
    for (link, words), width in zip(wanted, widths, strict=False):
        found.append(Spot(link, words, QRectF(x, y, width, 18)))
        x += width + _BETWEEN
    middle = area.center().y()
    unload = QCoreApplication.translate("Replay", "Unload")
    found.append(Spot(Link.CLOSE, unload, QRectF(area.right() - 28, middle - 14, 28, 28)))
    return found


def paint_head(
    painter: QPainter, lane: Lane, area: QRectF, *, chosen: bool, hovered: bool, locale: QLocale, by: Theme
) -> None:
    """Paint it; `hovered`: the pointer is over it, so that the cross shows."""
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen or hovered:
        painter.setBrush(by.colour("tint" if chosen else "hover"))
        painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)
    middle, left = area.center().y(), area.left() + 38
    _number(painter, lane, QRectF(area.left() + 8, middle - 10, 20, 20), by)
    places = spots(lane, area, locale)
    tall = area.height() >= _TALL
    y = middle - (30 if tall else 18)
    right = area.right() - (32 if chosen or hovered else 8)
    write(painter, QRectF(left, y, right - left, 18), lane.title, "text", BODY, bold=chosen, by=by)
    name, tone = _ICONS[lane.state]
    by.draw_icon(painter, name, tone, QRectF(left, y + 20, 13, 13))
    refused = lane.state in (LaneState.UNPLAYABLE, LaneState.GONE)
    end = right if tall or len(places) < 2 else places[0].area.left() - 8
    words = state_words(lane, locale)
    write(
        painter, QRectF(left + 18, y + 18, end - left - 18, 17), words, "danger" if refused else "text2", SMALL, by=by
    )
    if tall:
        write(
            painter, QRectF(left, y + 38, area.right() - left - 8, 18), _third_line(lane, area), "text3", SMALL, by=by
        )
    for spot in places[:-1]:
        write(painter, spot.area.adjusted(0, 0, 2, 0), spot.words, "accent", SMALL, by=by)
    if chosen or hovered:
        by.draw_icon(painter, "x", "text3", QRectF(area.right() - 22, middle - 7, 14, 14))


def _number(painter: QPainter, lane: Lane, area: QRectF, by: Theme) -> None:
    palette = Palette(by, lane.colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.played)
    painter.drawRoundedRect(area, 5, 5)
    painter.setPen(palette.ink)
    painter.setFont(font(CAPTION, bold=True))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(lane.number))
