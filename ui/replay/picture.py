"""The picture of one conversation for a report: what, when, who, its waveform, pauses and marks; it plays nothing.

Always in light, whatever the window wears: it is for a page. Server text is painted, never interpreted.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from ui.replay.timeline.axis import Axis
from ui.replay.timeline.heads import more_words
from ui.replay.timeline.lanes import LanePicture
from ui.replay.timeline.palette import Palette
from ui.replay.timeline.scenery import time_words
from ui.replay.tracks import Lane
from ui.theme import BODY, CAPTION, LIGHT, SMALL, TITLE, Theme, font
from ui.theme.icons import Icons
from ui.theme.measures import text_width
from ui.widgets.painting import smooth, write
from ui.words import times

_WIDTH: Final = 1000
_SCALE: Final = 2.0
"""Pixels of the picture per logical one: sharp in print."""
_MARGIN: Final = 28.0
_TOP: Final = 108.0
_LANE: Final = 120.0
_PARTIES: Final = 150.0
_ROW: Final = 22.0
_MOST_ROWS: Final = 60
_APART: Final = 72.0
_BANDS: Final = (0.27, 0.73)


class _Paper(Theme):
    """The light scheme, without dressing anything."""

    def __init__(self) -> None:
        QObject.__init__(self)
        self.tokens = LIGHT
        self._icons = Icons()


def overview_picture(lane: Lane, *, zone: tzinfo, locale: QLocale, made: datetime) -> QImage:
    """Paint a lane that has a waveform; on the UI thread, some 50 ms. `made` is when: it stands at the foot."""
    return _Picture(lane, zone, locale).painted(made)


class _Picture:
    def __init__(self, lane: Lane, zone: tzinfo, locale: QLocale) -> None:
        self._lane = lane
        self._zone = zone
        self._locale = locale
        self._by = _Paper()
        left = _MARGIN + (_PARTIES if lane.stereo and any(lane.parties) else 0.0)
        first, last = lane.moment(0.0).timestamp(), lane.end.timestamp()
        self._axis = Axis(segments=((first, max(last, first + 0.1)),), left=left, width=_WIDTH - _MARGIN - left)

    def painted(self, made: datetime) -> QImage:
        rows = self._rows()
        below = _TOP + _LANE + 18
        height = below + _ROW * len(rows) + (14 if rows else 0) + 34
        image = QImage(round(_WIDTH * _SCALE), round(height * _SCALE), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        image.fill(self._by.colour("paper"))
        painter = smooth(QPainter(image))
        self._head(painter)
        self._parties(painter)
        self._ruler(painter)
        lane = LanePicture(self._lane, self._axis, height=_LANE, scale=_SCALE, by=self._by)
        painter.drawPixmap(QRectF(lane.left, _TOP, lane.width, _LANE), lane.played, QRectF(lane.played.rect()))
        for number, (at, icon, words) in enumerate(rows):
            self._row(painter, below + _ROW * number, at, icon, words)
        for flag in self._lane.flags:
            self._flag(painter, flag.seconds)
        self._foot(painter, height - 34, made)
        painter.end()
        return image

    def _head(self, p: QPainter) -> None:
        lane, square = self._lane, QRectF(_MARGIN, 24, 26, 26)
        palette = Palette(self._by, lane.colour)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(palette.played)
        p.drawRoundedRect(square, 6, 6)
        p.setPen(palette.ink)
        p.setFont(font(BODY, bold=True))
        p.drawText(square, Qt.AlignmentFlag.AlignCenter, str(lane.number))
        room = _WIDTH - 2 * _MARGIN
        write(p, QRectF(_MARGIN + 38, 22, room - 38, 30), lane.title, size=TITLE, bold=True, by=self._by)
        words = [times.moment_words(lane.moment(0.0), self._zone, self._locale), times.duration(lane.seconds)]
        words += [more_words(lane)]
        said = " · ".join(word for word in words if word)
        write(p, QRectF(_MARGIN + 38, 52, room - 38, 20), said, "text2", SMALL, by=self._by)

    def _parties(self, p: QPainter) -> None:
        if not self._lane.stereo:
            return
        for band, name in zip(_BANDS, self._lane.parties, strict=True):
            write(p, QRectF(_MARGIN, _TOP + _LANE * band - 9, _PARTIES - 12, 18), name, "text2", SMALL, by=self._by)

    def _ruler(self, p: QPainter) -> None:
        step = self._axis.step(_APART)
        offset = self._lane.moment(0.0).astimezone(self._zone).utcoffset()
        for at, x in self._axis.ticks(apart=_APART, shift=offset.total_seconds() if offset else 0.0):
            p.setPen(QPen(self._by.colour("control"), 1))
            p.drawLine(int(x), int(_TOP) - 7, int(x), int(_TOP) - 3)
            words = time_words(at, self._zone, step=step)
            if x + text_width(words, CAPTION) + 6 <= _WIDTH - _MARGIN + 4:
                write(p, QRectF(x + 4, _TOP - 21, _APART, 16), words, "text3", CAPTION, by=self._by)

    def _rows(self) -> list[tuple[datetime, str, str]]:
        """Marks and pauses in the order of their time."""
        found = [(self._lane.moment(flag.seconds), "bookmark", flag.note) for flag in self._lane.flags]
        form = QCoreApplication.translate("Picture", "Recording was paused for {length}")
        for clip in self._lane.clips:
            for pause in clip.pauses:
                length = times.duration(pause.end_seconds - pause.start_seconds)
                begun = datetime.fromtimestamp(clip.start.timestamp() + pause.start_seconds, self._zone)
                found.append((begun, "pause", form.format(length=length)))
        rows = sorted(found)
        if len(rows) > _MOST_ROWS:
            rest = rows[_MOST_ROWS - 1 :]
            more = QCoreApplication.translate("Picture", "%n more", None, len(rest))
            rows = [*rows[: _MOST_ROWS - 1], (rest[0][0], "ellipsis", more)]
        return rows

    def _row(self, p: QPainter, y: float, at: datetime, icon: str, words: str) -> None:
        self._by.draw_icon(p, icon, "text2", QRectF(_MARGIN, y + 3, 16, 16))
        write(p, QRectF(_MARGIN + 24, y, 80, _ROW), times.clock(at, self._zone), bold=True, size=SMALL, by=self._by)
        write(p, QRectF(_MARGIN + 104, y, _WIDTH - 2 * _MARGIN - 104, _ROW), words, size=SMALL, by=self._by)

    def _flag(self, p: QPainter, seconds: float) -> None:
        x = self._axis.x(self._lane.moment(seconds).timestamp())
        p.fillRect(QRectF(x - 0.75, _TOP - 3, 1.5, _LANE + 6), self._by.colour("text"))
        p.fillRect(QRectF(x - 0.75, _TOP - 3, 8, 7), self._by.colour("text"))

    def _foot(self, p: QPainter, y: float, made: datetime) -> None:
        form = QCoreApplication.translate("Picture", "Times in {zone}. Made by MIR Download Client on {moment}.")
        begun = self._lane.moment(0.0)
        words = form.format(
            zone=times.zone_words(self._zone, begun), moment=times.moment_words(made, self._zone, self._locale)
        )
        write(p, QRectF(_MARGIN, y, _WIDTH - 2 * _MARGIN, 18), words, "text3", CAPTION, by=self._by)
