"""Paints what stands around the lanes: overview, ruler, folds, flags, selection and cursor; it knows no state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from ui.replay.timeline.axis import Axis, Span
from ui.replay.timeline.layout import RULER, Layout
from ui.replay.timeline.palette import Palette
from ui.replay.tracks import Lane
from ui.theme import CAPTION, SMALL, Theme
from ui.theme.measures import text_width
from ui.widgets.painting import CENTRE, RIGHT, write
from ui.words import times

_APART: Final = ((60.0, 50.0), (1.0, 68.0), (0.0, 82.0))
"""Pixels between ticks, at least, for steps from so many seconds on: their words are longer the finer they are."""
_FOLD_LEAST: Final = 30.0
"""A fold wider than this bears its length."""
_NAMES_LEAST, _NAMES_MOST = 160, 150
"""So wide must a lane be on show to bear its parties' names, and so wide may these be."""
_NAMES_FAR: Final = 600
"""How far before a lane a name may begin."""
_TENTHS: Final = 20.0
"""Pixels a second from which on the cursor's label shows tenths."""
_ROWS: Final = 4
"""Of thin bars in the overview, given out in turn."""


def moment_of(at: float) -> datetime:
    """An aware time of seconds since 1970."""
    return datetime.fromtimestamp(at, UTC)


def time_words(at: float, zone: tzinfo, *, step: float) -> str:
    """14:24, 14:24:50, or 14:24:50.3, as fine as the step is."""
    # Binary fractions lie beside the tenth they mean.
    local = moment_of(round(at, 3)).astimezone(zone)
    if step >= 60:
        return f"{local:%H:%M}"
    tenths = f".{local.microsecond // 100_000}" if step < 1 else ""
    return f"{local:%H:%M:%S}{tenths}"


class Overview:
    """Keeps the picture of everything that is loaded, until that is something else."""

    def __init__(self) -> None:
        self._shows: object = None
        self._picture = QPixmap()

    def picture(self, axis: Axis, area: QRectF, lanes: Sequence[Lane], *, scale: float, by: Theme) -> QPixmap:
        """Of the size of `area`; `scale` is screen pixels per logical pixel."""
        shows = area, scale, by.tokens, axis.segments, [(lane.number, lane.start, lane.end) for lane in lanes]
        if shows != self._shows:
            self._shows = shows
            self._picture = QPixmap(round(area.width() * scale), round(area.height() * scale))
            self._picture.setDevicePixelRatio(scale)
            self._picture.fill(Qt.GlobalColor.transparent)
            with QPainter(self._picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint(painter, axis, QRectF(0, 0, area.width(), area.height()), lanes, by)
        return self._picture

    @staticmethod
    def _paint(p: QPainter, axis: Axis, area: QRectF, lanes: Sequence[Lane], by: Theme) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(by.colour("sunken"))
        p.drawRoundedRect(area, 5, 5)
        whole = whole_in(axis, area)
        for lane in lanes:
            x0, x1 = whole.x(lane.start.timestamp()), whole.x(lane.end.timestamp())
            p.setBrush(Palette(by, lane.colour).played)
            p.drawRoundedRect(QRectF(x0, area.top() + 5 + 4 * (lane.number % _ROWS), max(4.0, x1 - x0), 4), 2, 2)


class Ruler:
    """Keeps the words of the ruler, until another stretch is on show."""

    def __init__(self) -> None:
        self._shows: object = None
        self._labels: list[tuple[float, str, float]] = []

    def labels(
        self, axis: Axis, taken: tuple[Span, ...], *, zone: tzinfo, locale: QLocale
    ) -> list[tuple[float, str, float]]:
        """(place, words, their width) of the ticks; no words where there is no room, or what is `taken`."""
        shows = axis, taken, zone, locale
        if shows != self._shows:
            self._shows = shows
            self._labels = list(self._made(axis, taken, zone, locale))
        return self._labels

    @staticmethod
    def _made(axis: Axis, taken: tuple[Span, ...], zone: tzinfo, locale: QLocale) -> Iterator[tuple[float, str, float]]:
        def day_of(at: float) -> str:
            return times.date_words(moment_of(at).astimezone(zone).date(), locale, year=False)

        apart = next(pixels for seconds, pixels in _APART if axis.step(pixels) >= seconds)
        step = axis.step(apart)
        offset = moment_of(axis.shown[0]).astimezone(zone).utcoffset()
        several = day_of(axis.segments[0][0]) != day_of(axis.segments[-1][1])
        day, end = "", -1e9
        for at, x in axis.ticks(apart=apart, shift=offset.total_seconds() if offset else 0.0):
            words, today = time_words(at, zone, step=step), day_of(at) if several else ""
            if today != day:
                words = f"{today}, {words}"
            width = text_width(words, CAPTION) + 8
            free = not any(x < high and low < x + width for low, high in taken)
            if free and x >= max(axis.left - 2, end) and x + width <= axis.right + 4:
                yield x, words, width
                day, end = today, x + width
            else:
                yield x, "", 0.0


class Scenery:
    """The strokes of one frame. `zone` and `locale` are those of the window."""

    def __init__(
        self, painter: QPainter, layout: Layout, axis: Axis, *, by: Theme, zone: tzinfo, locale: QLocale
    ) -> None:
        self._p = painter
        self._layout = layout
        self._axis = axis
        self._by = by
        self._zone = zone
        self._locale = locale

    def overview(self, lanes: Sequence[Lane], kept: Overview, *, word: str) -> None:
        """Everything that is loaded, and the stretch on show in a frame."""
        area = self._layout.overview
        if area is None:
            return
        by, p = self._by, self._p
        p.drawPixmap(area.topLeft(), kept.picture(self._axis, area, lanes, scale=p.device().devicePixelRatioF(), by=by))
        p.setBrush(by.colour("accent", alpha=0.10))
        p.setPen(QPen(by.colour("accent"), 1.5))
        p.drawRoundedRect(shown_in(self._axis, area), 5, 5)
        first, last = self._axis.segments[0][0], self._axis.segments[-1][1]
        words = f"{time_words(first, self._zone, step=60)} – {time_words(last, self._zone, step=60)}"
        heads = self._layout.heads
        write(p, QRectF(12, 4, heads - 110, 26), word, "text2", SMALL, by=by)
        write(p, QRectF(heads - 108, 4, 100, 26), words, "text3", SMALL, align=RIGHT, by=by)

    def ruler(self, kept: Ruler, *, cursor: float | None, within: QRect) -> None:
        """Times of the clock; one under the cursor's label is left out."""
        axis, p = self._axis, self._p
        base = self._layout.ruler + RULER - 5
        label = self._label(cursor)
        taken = tuple((tag.left(), tag.right()) for tag, _ in self._lengths())
        for x, words, width in kept.labels(axis, taken, zone=self._zone, locale=self._locale):
            if x > within.right() or x + width < within.left() - 1:
                continue
            p.setPen(QPen(self._by.colour("control"), 1))
            p.drawLine(QPointF(x, base - 3), QPointF(x, base + 1))
            if words and not (x < label[1] and label[0] < x + width):
                write(p, QRectF(x + 4, base - 17, width + 4, 16), words, "text3", CAPTION, by=self._by)

    def folds(self, *, bottom: float, within: QRect) -> None:
        """Time without any voice: a double zigzag; only what lies in that part of the widget."""
        p, by, top = self._p, self._by, self._layout.top
        for x0, x1, _ in self._axis.folds():
            if x1 < within.left() or x0 > within.right():
                continue
            if x1 - x0 < 12:
                p.fillRect(QRectF(x0, top, x1 - x0, bottom - top), by.colour("chrome"))
                continue
            middle = (x0 + x1) / 2
            p.fillRect(QRectF(x0 + 4, top, x1 - x0 - 8, bottom - top), by.colour("chrome"))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(by.colour("control"), 1.2))
            for x in (middle - 3, middle + 3):
                path, y, side = QPainterPath(QPointF(x, top)), top, 1
                while y < bottom:
                    y += 8
                    path.lineTo(x + 2.5 * side, min(y, bottom))
                    side = -side
                p.drawPath(path)

    def _label(self, cursor: float | None) -> Span:
        """From where to where the cursor's label may stand in the ruler."""
        return (self._axis.x(cursor) - 40, self._axis.x(cursor) + 40) if cursor is not None else (-1.0, -1.0)

    def fold_lengths(self, *, cursor: float | None) -> None:
        """How long what is folded is, in the ruler; one under the cursor's label is left out."""
        left, right = self._label(cursor)
        for tag, words in self._lengths():
            if tag.left() < right and left < tag.right():
                continue
            self._p.setPen(Qt.PenStyle.NoPen)
            self._p.setBrush(self._by.colour("sunken"))
            self._p.drawRoundedRect(tag, 8, 8)
            write(self._p, tag, words, "text2", CAPTION, align=CENTRE, by=self._by)

    def _lengths(self) -> Iterator[tuple[QRectF, str]]:
        """Where there is room for it, how long a fold is."""
        axis = self._axis
        for x0, x1, seconds in axis.folds() if axis.fold > _FOLD_LEAST else ():
            words = times.span(seconds)
            width = text_width(words, CAPTION) + 14
            tag = QRectF((x0 + x1 - width) / 2, self._layout.ruler + 1, width, 17)
            if tag.left() >= axis.left - 20 and tag.right() <= axis.right + 12:
                yield tag, words

    def parties(self, lane: Lane, area: QRectF, *, within: QRect) -> None:
        """The names of the two parties: before a tall stereo lane where there is room, else in its upper corners."""
        if not lane.stereo or area.height() < 64 or not lane.clips:
            return
        axis = self._axis
        first, last = axis.x(lane.clips[0].start.timestamp()), axis.x(lane.end.timestamp())
        left, right = max(first, axis.left), min(last, axis.right)
        if left - _NAMES_FAR > within.right() or left + _NAMES_MOST < within.left():
            return
        width = max(text_width(words, CAPTION) for words in lane.parties) + 10
        if axis.left < first - width and first < axis.right:
            for band, words in zip((0.27, 0.73), lane.parties, strict=True):
                place = QRectF(first - width - 4, area.top() + area.height() * band - 8, width, 16)
                write(self._p, place, words, "text2", CAPTION, align=RIGHT, by=self._by)
        elif right - left >= _NAMES_LEAST:
            for top, words in zip((area.top() + 1, area.center().y() + 1), lane.parties, strict=True):
                place = QRectF(left + 2, top, min(text_width(words, CAPTION) + 8, _NAMES_MOST), 15)
                if words:
                    self._p.setPen(Qt.PenStyle.NoPen)
                    self._p.setBrush(Palette(self._by, lane.colour).ground)
                    self._p.drawRoundedRect(place, 4, 4)
                    write(self._p, place.adjusted(4, 0, -3, 0), words, "text2", CAPTION, by=self._by)

    def flags(self, lane: Lane, area: QRectF) -> None:
        """Marks of a lane; one over a while has a line along the upper edge."""
        p, axis, y = self._p, self._axis, area.top()
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self._by.colour("text"))
        for mark in lane.flags:
            x, end = (axis.x(lane.moment(at).timestamp()) for at in (mark.seconds, mark.seconds + mark.length))
            left, right = max(x, axis.left), min(end, axis.right)
            if mark.length and right > left:
                p.fillRect(QRectF(left, y - 2, right - left, 2), self._by.colour("text"))
            if not axis.left - 9 <= x <= axis.right:
                continue
            flag = QPainterPath(QPointF(x, y - 2))
            for dx, dy in ((9, -2), (6, 2), (9, 6), (0, 6)):
                flag.lineTo(x + dx, y + dy)
            p.drawPath(flag)
            p.fillRect(QRectF(x - 0.75, y - 2, 1.5, area.height() + 2), self._by.colour("text"))

    def selection(self, first: float, last: float, *, bottom: float) -> None:
        """A veil with two handles."""
        p, top = self._p, self._layout.top - 4
        x0, x1 = self._axis.x(first), self._axis.x(last)
        left, right = max(x0, self._axis.left), min(x1, self._axis.right)
        if right > left:
            p.fillRect(QRectF(left, top, right - left, bottom - top), self._by.colour("accent", alpha=0.13))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self._by.colour("accent"))
        for x in (x0, x1):
            if self._axis.left - 1 <= x <= self._axis.right + 1:
                p.fillRect(QRectF(x - 0.75, top, 1.5, bottom - top), self._by.colour("accent"))
                p.drawRoundedRect(QRectF(x - 3.5, top - 2, 7, 9), 2, 2)

    def cursor(self, at: float, *, bottom: float) -> None:
        """Where it plays, with the time of the day."""
        x = self._axis.x(at)
        if not self._axis.left - 1 <= x <= self._axis.right + 1:
            return
        p, by = self._p, self._by
        top = self._layout.ruler
        p.fillRect(QRectF(x - 0.75, top + 14, 1.5, bottom - top - 14), by.colour("text"))
        words = time_words(at, self._zone, step=0.1 if self._axis.scale > _TENTHS else 1)
        width = text_width(words, CAPTION, bold=True) + 12
        # Beside the line at the very end, rather than cut by the edge.
        tag = QRectF(min(x - width / 2, self._layout.width - width - 2), top, width, 18)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(by.colour("text"))
        p.drawRoundedRect(tag, 5, 5)
        write(p, tag, words, "paper", CAPTION, bold=True, align=CENTRE, by=by)


def whole_in(axis: Axis, area: QRectF) -> Axis:
    """Everything, in the place of the overview."""
    return Axis(axis.segments, left=area.left() + 6, width=area.width() - 12)


def shown_in(axis: Axis, area: QRectF) -> QRectF:
    """The frame in the overview around what is on show."""
    whole = whole_in(axis, area)
    first, last = axis.shown
    x0, x1 = whole.x(first) - 4, whole.x(last) + 4
    return QRectF(x0, area.top() - 1, max(x1 - x0, 12.0), area.height() + 2)
