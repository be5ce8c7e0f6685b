"""Checking the archive from the window: the question before, progress while it reads, the end; it mends nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFrame, QRadioButton, QVBoxLayout, QWidget

from download_client.engine import CheckReport, Library, Sums, VerifyProgress
from download_client.errors import MirError
from ui.bridge import Ticket
from ui.session import Session
from ui.theme import SMALL, TITLE
from ui.widgets import Glyph, Progress, button, column, fill, frame, label, row, set_button_icon
from ui.words import numbers, times

_SETTLED: Final = 2.0
"""Seconds of reading before a remaining time is said."""


class CheckDialog(QDialog):
    """What is to be checked: everything, or the selection. `wanted` says True for the selection."""

    wanted = Signal(bool)

    def __init__(self, session: Session, whole: Sums, selection: Sums, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Verify the archive"))
        locale = session.locale
        every = self.tr("Everything: {count}, {size}").format(
            count=self.tr("%n recording(s)", "", whole.rows), size=numbers.size(whole.bytes, locale)
        )
        some = self.tr("The selection: {count}, {size}").format(
            count=self.tr("%n recording(s)", "", selection.rows), size=numbers.size(selection.bytes, locale)
        )
        self.everything = QRadioButton(every)
        self.selection = QRadioButton(some)
        if not selection.rows:
            self.selection.hide()
        (self.selection if selection.rows > 1 else self.everything).setChecked(True)
        self.start = button(self.tr("Verify"), "shield-check", "primary")
        self.start.setDefault(True)
        self.start.clicked.connect(self._begin)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        about = self.tr(
            "Every byte is read again and held against the digest of the day it was archived. Nothing is changed."
        )
        words = label(about, tone="2", wrap=True)
        words.setMinimumWidth(420)
        fill(
            QVBoxLayout(self),
            label(self.tr("Is everything still whole?"), TITLE, bold=True),
            words,
            self.everything,
            self.selection,
            8,
            row(None, cancel, self.start),
            margins=(24, 20, 24, 18),
            gap=10,
        )
        self.start.setFocus()

    def _begin(self) -> None:
        self.accept()
        self.wanted.emit(self.selection.isChecked())


class Checking(QObject):
    """One check at a time. `ended`: its `CheckReport`, None where it could not go on (`failed` tells why)."""

    begun = Signal()
    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ticket: Ticket | None = None
        self._stop = threading.Event()
        self._pause = threading.Event()

    @property
    def active(self) -> bool:
        """A check is under way."""
        return self._ticket is not None

    @property
    def paused(self) -> bool:
        """It rests."""
        return self._pause.is_set()

    def start(self, library: Library, only: Sequence[str] | None) -> None:
        """Check these recordings, or everything (None)."""
        if self._ticket is not None:
            return
        self._stop, self._pause = threading.Event(), threading.Event()
        stop, pause, bridge = self._stop, self._pause, self._session.bridge

        def tell(progress: VerifyProgress) -> None:
            bridge.tell(progress, self.progressed.emit, self, latest=True)

        def work(ticket: Ticket) -> CheckReport:
            # The bridge cancels tickets when the program ends; a stop of ours keeps what was found.
            return library.check(tell, _Either(stop, ticket.cancelled), only=only, pause=pause)

        self._ticket = bridge.ask(work, then=self._then, sorry=self._sorry, owner=self)
        self.begun.emit()

    def pause(self) -> None:
        """Rest, or go on."""
        if self._pause.is_set():
            self._pause.clear()
        else:
            self._pause.set()

    def stop(self) -> None:
        """End it; what was found is kept."""
        self._stop.set()
        self._pause.clear()

    def _then(self, report: CheckReport) -> None:
        self._ticket = None
        self.ended.emit(report)

    def _sorry(self, error: MirError) -> None:
        self._ticket = None
        self.ended.emit(None)
        self._session.show_error.emit(error)


class _Either(threading.Event):
    """Set as soon as one of two is."""

    def __init__(self, one: threading.Event, other: threading.Event) -> None:
        super().__init__()
        self._both = (one, other)

    def is_set(self) -> bool:
        return any(each.is_set() for each in self._both)

    def wait(self, timeout: float | None = None) -> bool:
        return self._both[0].wait(timeout) or self.is_set()


class CheckBar(QFrame):
    """The strip above the list while a check is under way: how far, how fast, how long still; Pause and Stop."""

    def __init__(self, session: Session, checking: Checking) -> None:
        super().__init__()
        self._session = session
        self._checking = checking
        self.said = label("", bold=True)
        self.figures = label("", SMALL, tone="2")
        self.bar = Progress(name=self.tr("Progress of the check"))
        self.pause = button(self.tr("Pause"), "pause")
        self.halt = button(self.tr("Stop"), "square")
        self.pause.clicked.connect(self._pause)
        self.halt.clicked.connect(checking.stop)
        words = column(row(self.said, None, self.figures), self.bar, gap=6)
        strip = row(
            Glyph("shield-check", "accent", 18), (words, 1), self.pause, self.halt, margins=(14, 9, 10, 9), gap=12
        )
        fill(QVBoxLayout(self), frame(strip, "note", tone="accent"), gap=0)
        checking.begun.connect(self._begin)
        checking.progressed.connect(self._show)
        checking.ended.connect(lambda _: self.hide())
        self.hide()

    def _begin(self) -> None:
        self.said.setText(self.tr("Checking…"))
        self.figures.clear()
        self.bar.set_share(0.0)
        self._mark()
        self.show()

    def _pause(self) -> None:
        self._checking.pause()
        self._mark()

    def _mark(self) -> None:
        resting = self._checking.paused
        self.pause.setText(self.tr("Go on") if resting else self.tr("Pause"))
        set_button_icon(self.pause, "play" if resting else "pause")
        if resting:
            self.said.setText(self.tr("The check rests"))

    def _show(self, at: VerifyProgress) -> None:
        locale = self._session.locale
        if self._checking.paused:
            return
        done, whole = numbers.count(at.recordings, locale), numbers.count(at.recordings_total, locale)
        self.said.setText(self.tr("{done} of {total} checked").format(done=done, total=whole))
        parts = [numbers.percent(at.size / at.size_total if at.size_total else 0.0, locale)]
        if at.rate > 0:
            parts.append(numbers.rate(at.rate, locale))
            if at.size > at.rate * _SETTLED:
                parts.append(times.left((at.size_total - at.size) / at.rate))
        self.figures.setText("  ·  ".join(parts))
        self.bar.set_share(at.size / at.size_total if at.size_total else 0.0)
