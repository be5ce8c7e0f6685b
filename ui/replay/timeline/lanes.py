"""Paints the lanes of the replay bar: their voices, pauses, gaps and loading states; heads and cursor are elsewhere.

A lane is drawn into pictures of its own, as played and as to come, and only anew when it, the stretch on show or the
colours are others. While the cursor moves, two parts of two pictures are all that is painted.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ui.replay.timeline import waves
from ui.replay.timeline.axis import Axis
from ui.replay.timeline.palette import Palette
from ui.replay.timeline.waves import Stretch
from ui.replay.tracks import Clip, Lane, LaneState
from ui.theme import SMALL, Theme, font
from ui.theme.measures import metrics, text_width
from ui.widgets.painting import LEFT, RIGHT, smooth, write

_ROUND: Final = 5.0
_STEREO_BANDS: Final = (0.27, 0.73)
_STEREO_TALL, _TALL = 0.21, 0.42
_DOTS: Final = 9.0
"""From dot to dot where the waveform is not read yet."""
_HATCH: Final = 6.0
_FETCHED: Final = 0.30
_ICON_ROOM: Final = 40.0
"""A lane narrower than this bears no icon."""
_WORDS_LEAST: Final = 60.0
_SIGN: Final = 20.0
"""A pause wider than this bears its sign."""


class LanePicture:
    """The stretch of a lane that is on show, as played and as to come; each is painted when it is first wanted.

    `scale` is screen pixels per logical pixel.
    """

    def __init__(self, lane: Lane, axis: Axis, *, height: float, scale: float, by: Theme) -> None:
        self.lane = lane
        self._axis = axis
        self._height = height
        self._scale = scale
        self._by = by
        self._scheme = by.tokens
        self._palette = Palette(by, lane.colour)
        self.left, self.width = self._extent()
        """What it covers; nothing where nothing of the lane is on show."""
        self._ground: QPixmap | None = None
        self._shape: NDArray[np.uint8] | None = None

    def still(self, lane: Lane, axis: Axis, *, height: float, scale: float) -> bool:
        """Whether it shows that, in the colours in force."""
        mine = (self._axis, self._height, self._scale, self._scheme)
        return self.lane is lane and mine == (axis, height, scale, self._by.tokens)

    def _extent(self) -> tuple[float, float]:
        """Of its voices what is on show; a state in words may need all the width."""
        axis = self._axis
        if not self.lane.playable:
            return axis.left, axis.width
        first = axis.x(min(clip.start for clip in self.lane.clips).timestamp())
        last = axis.x(self.lane.end.timestamp())
        left = max(math.floor(first - _ROUND), axis.left)
        right = min(math.ceil(last + _ROUND), axis.right)
        return left, max(right - left, 0.0)

    @cached_property
    def played(self) -> QPixmap:
        """In the basic colour itself."""
        return self._painted(self._palette.played)

    @cached_property
    def coming(self) -> QPixmap:
        """Paler."""
        return self._painted(self._palette.coming)

    def _painted(self, colour: QColor) -> QPixmap:
        if self._ground is None:
            self._ground = _pixmap(self.width, self._height, self._scale)
            with QPainter(self._ground) as painter:
                self._strokes(painter).ground()
            if self.lane.playable:
                stretches = list(_stretches(self.lane, self._axis, self._height, left=self.left))
                size = (self._ground.height(), self._ground.width())
                self._shape = waves.coverage(stretches, size=size, scale=self._scale)
        if self._shape is None:
            return self._ground
        picture = QPixmap(self._ground)
        with QPainter(picture) as painter:
            painter.drawImage(QPointF(0, 0), waves.coloured(self._shape, colour, scale=self._scale))
            self._strokes(painter).over()
        return picture

    def _strokes(self, painter: QPainter) -> _LanePainter:
        smooth(painter).translate(-self.left, 0)
        return _LanePainter(painter, self.lane, self._axis, self._height, self._palette, self._by)


class LanePictures:
    """Keeps the pictures of the lanes that are on show."""

    def __init__(self, by: Theme) -> None:
        self._by = by
        self._kept: dict[str, LanePicture] = {}

    def __len__(self) -> int:
        """How many lanes are held."""
        return len(self._kept)

    def keep(self, keys: Collection[str]) -> None:
        """Forget all others."""
        self._kept = {key: kept for key, kept in self._kept.items() if key in keys}

    def draw(
        self, painter: QPainter, lane: Lane, axis: Axis, place: QRectF, *, cursor: float | None, within: QRect
    ) -> None:
        """Paint a lane, played as far as the place of the cursor (None: nothing was played).

        `place` is its row of the widget; only what lies `within` needs to be painted.
        """
        height = place.height()
        scale = painter.device().devicePixelRatioF()
        kept = self._kept.get(lane.key)
        if kept is None or not kept.still(lane, axis, height=height, scale=scale):
            kept = self._kept[lane.key] = LanePicture(lane, axis, height=height, scale=scale, by=self._by)
        if kept.width < 1:
            return
        split = min(max(cursor - kept.left, 0.0), kept.width) if cursor is not None else 0.0
        # On a pixel of the screen: parts of pixels are painted ten times slower.
        split = round(split * scale) / scale
        begin = max(within.left() - kept.left, 0.0)
        end = min(within.right() + 1 - kept.left, kept.width)
        for played, first, last in ((True, begin, min(split, end)), (False, max(split, begin), end)):
            if last > first:
                picture = kept.played if played else kept.coming
                source = QRectF(first * scale, 0, (last - first) * scale, picture.height())
                painter.drawPixmap(QRectF(kept.left + first, place.top(), last - first, height), picture, source)


def _pixmap(width: float, height: float, scale: float) -> QPixmap:
    made = QPixmap(max(round(width * scale), 1), max(round(height * scale), 1))
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _stretches(lane: Lane, axis: Axis, height: float, *, left: float) -> Iterator[Stretch]:
    """What is drawn of its voices: each stretch between pauses on show, by channels; the picture begins at `left`."""
    for clip, peaks in zip(lane.clips, lane.peaks, strict=False):
        if peaks is None:
            continue
        channels = min(clip.channels, peaks.channels)
        for first, last in clip.stretches():
            x0, x1 = (axis.x(_wall(clip, second)) for second in (first + 1e-6, last))
            if x1 <= axis.left or x0 >= axis.right or x1 <= x0:
                continue
            # Only what is on show is asked for, on whole bars, so that scrolling does not make them dance.
            bars_before = max(int((axis.left - x0) // waves.STEP), 0)
            begin = x0 + bars_before * waves.STEP
            end = min(x1, axis.right + waves.STEP)
            per_pixel = (last - first) / (x1 - x0)
            for channel in range(channels):
                stereo = channels == 2
                yield Stretch(
                    peaks=peaks,
                    channel=channel,
                    first=first + (begin - x0) * per_pixel,
                    last=first + (end - x0) * per_pixel,
                    x=begin - left,
                    width=end - begin,
                    middle=height * (_STEREO_BANDS[channel] if stereo else 0.5),
                    tall=height * (_STEREO_TALL if stereo else _TALL),
                )


def _wall(clip: Clip, voice: float) -> float:
    return clip.start.timestamp() + clip.wall(voice)


class _LanePainter:
    """The strokes of one lane, in the places of the widget."""

    def __init__(self, painter: QPainter, lane: Lane, axis: Axis, height: float, palette: Palette, by: Theme) -> None:
        self._p = painter
        self._lane = lane
        self._axis = axis
        self._height = height
        self._palette = palette
        self._by = by

    def ground(self) -> None:
        """What lies under the waveform; all there is, where there is none."""
        lane, whole = self._lane, self._whole()
        if whole.right() < self._axis.left or whole.left() > self._axis.right:
            return
        if lane.state in (LaneState.UNPLAYABLE, LaneState.GONE):
            self._refused()
            return
        for area in self._areas():
            self._fill(area, self._palette.ground)
        if lane.state is LaneState.WAITING:
            self._dots(whole, self._palette.played)
        elif lane.state is LaneState.FETCHING:
            self._fetching()
        else:
            self._gaps()
            self._unread()
            if lane.stereo:
                self._between()

    def over(self) -> None:
        """What lies over the waveform."""
        for clip in self._lane.clips:
            for pause in clip.pauses:
                begin = clip.start.timestamp() + pause.start_seconds
                end = clip.start.timestamp() + pause.end_seconds
                area = self._between_moments(begin, end)
                if area.right() > self._axis.left and area.left() < self._axis.right:
                    self._pause(area)

    # --- places

    def _between_moments(self, begin: float, end: float) -> QRectF:
        x0, x1 = self._axis.x(begin), self._axis.x(end)
        return QRectF(x0, 0, max(x1 - x0, 2.0), self._height)

    def _whole(self) -> QRectF:
        return self._between_moments(self._lane.start.timestamp(), self._lane.end.timestamp())

    def _areas(self) -> Iterator[QRectF]:
        if not self._lane.clips:
            yield self._whole()
        for clip in self._lane.clips:
            yield self._between_moments(clip.start.timestamp(), clip.end.timestamp())

    def _on_show(self, area: QRectF, *, room: float = 0.0) -> QRectF:
        """The part of it that is on show; its ends lie a little outside where it goes on."""
        left = max(area.left(), self._axis.left - _ROUND - room)
        right = min(area.right(), self._axis.right + _ROUND + room)
        return QRectF(left, area.top(), max(right - left, 0.0), area.height())

    # --- strokes

    def _fill(self, area: QRectF, colour: QColor) -> None:
        shown = self._on_show(area)
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(colour)
        self._p.drawRoundedRect(shown, _ROUND, _ROUND)

    def _dots(self, area: QRectF, colour: QColor) -> None:
        shown = self._on_show(area)
        y = area.center().y()
        self._p.setPen(QPen(colour, 1.4, Qt.PenStyle.DotLine))
        self._p.drawLine(QPointF(shown.left() + 8, y), QPointF(shown.right() - 8, y))

    def _gaps(self) -> None:
        y = self._height / 2
        self._p.setPen(QPen(self._by.colour("underline"), 1.4, Qt.PenStyle.DotLine))
        for before, after in zip(self._lane.clips, self._lane.clips[1:], strict=False):
            area = self._between_moments(before.end.timestamp(), after.start.timestamp())
            if area.width() > 6 and area.right() > self._axis.left and area.left() < self._axis.right:
                self._p.drawLine(QPointF(area.left() + 3, y), QPointF(area.right() - 3, y))

    def _unread(self) -> None:
        """Dots where the waveform is still to come."""
        self._p.setPen(QPen(self._palette.coming, 1.6, c=Qt.PenCapStyle.RoundCap))
        peaks = (*self._lane.peaks, *(None for _ in self._lane.clips))
        for clip, known in zip(self._lane.clips, peaks, strict=False):
            read = known.seconds_read if known is not None else 0.0
            if read >= clip.seconds - 0.05:
                continue
            area = self._between_moments(_wall(clip, read), clip.end.timestamp())
            bands = _STEREO_BANDS if clip.channels == 2 else (0.5,)
            x = max(area.left() + 3, self._axis.left + (area.left() - self._axis.left) % _DOTS)
            points = []
            while x < min(area.right() - 3, self._axis.right):
                points += [QPointF(x, self._height * band) for band in bands]
                x += _DOTS
            self._p.drawPoints(points)

    def _between(self) -> None:
        """The line between two parties."""
        y = self._height / 2
        self._p.setPen(QPen(self._palette.share(0.35), 1))
        for clip in self._lane.clips:
            if clip.channels == 2 and self._height >= 64:
                area = self._on_show(self._between_moments(clip.start.timestamp(), clip.end.timestamp()))
                self._p.drawLine(QPointF(area.left() + 6, y), QPointF(area.right() - 6, y))

    def _fetching(self) -> None:
        area = self._whole()
        shown = self._on_show(area)
        done = area.left() + area.width() * min(max(self._lane.share, 0.0), 1.0)
        path = QPainterPath()
        path.addRoundedRect(shown, _ROUND, _ROUND)
        self._p.save()
        self._p.setClipPath(path)
        self._p.fillRect(
            QRectF(shown.left(), 0, max(done - shown.left(), 0.0), self._height), self._palette.share(_FETCHED)
        )
        self._p.fillRect(QRectF(done - 1, 0, 2, self._height), self._palette.played)
        self._p.restore()
        self._say(self._lane.words, area, before=12)

    def _refused(self) -> None:
        area = self._whole()
        shown = self._on_show(area).adjusted(0.5, 0.5, -0.5, -0.5)
        self._p.setBrush(Qt.BrushStyle.NoBrush)
        self._p.setPen(QPen(self._by.colour("danger"), 1.2, Qt.PenStyle.DashLine))
        self._p.drawRoundedRect(shown, _ROUND, _ROUND)
        if shown.width() >= _ICON_ROOM:
            left = max(area.left(), self._axis.left)
            self._by.draw_icon(self._p, "circle-slash", "danger", QRectF(left + 12, self._height / 2 - 8, 16, 16))
        self._say(self._lane.reason, area, before=_ICON_ROOM - 2)

    def _say(self, words: str, area: QRectF, *, before: float) -> None:
        """Words in a lane, so many pixels after its beginning; where they do not fit, in one line beside it."""
        left, right = max(area.left(), self._axis.left), min(area.right(), self._axis.right)
        if not words or right <= left:
            return
        inside = QRectF(left + before, 2, right - left - before - 8, self._height - 4)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        needed = QRectF(metrics(SMALL).boundingRect(inside.toRect(), int(flags), words))
        if needed.width() <= inside.width() and needed.height() <= inside.height():
            self._p.setFont(font(SMALL))
            self._p.setPen(self._by.colour("text"))
            self._p.drawText(inside, flags, words)
            return
        line = " ".join(words.split())
        width = text_width(line, SMALL) + 2
        after = QRectF(right + 8, 0, self._axis.right - right - 8, self._height)
        ahead = QRectF(self._axis.left, 0, left - self._axis.left - 8, self._height)
        # Beside it, where it fits; if it fits nowhere, where most of it does.
        room = next((each for each in (after, ahead) if each.width() >= width), None)
        room = room or max((inside, after, ahead), key=QRectF.width)
        if room.width() > _WORDS_LEAST:
            write(self._p, room, line, "text", SMALL, align=RIGHT if room is ahead else LEFT, by=self._by)

    def _pause(self, area: QRectF) -> None:
        shown = self._on_show(area)
        self._p.save()
        self._p.setClipRect(shown)
        self._p.fillRect(shown, self._by.colour("paper"))
        self._p.setPen(QPen(self._by.colour("control"), 1))
        x = area.left() - area.height()
        x += max(int((shown.left() - area.height() - x) // _HATCH), 0) * _HATCH
        while x < shown.right():
            self._p.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
            x += _HATCH
        self._p.restore()
        if area.width() > _SIGN:
            spot = QRectF(area.center().x() - 10, area.center().y() - 10, 20, 20)
            self._p.setPen(Qt.PenStyle.NoPen)
            self._p.setBrush(self._by.colour("paper"))
            self._p.drawEllipse(spot)
            self._by.draw_icon(self._p, "pause", "text2", spot.adjusted(4, 4, -4, -4))
