"""The page that covers the window while nobody is signed in: the picture, and beside it the form or what is waited for.

It shows; `entrance` decides.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from download_client import __version__
from ui.help_key import help_key
from ui.sign_in.form import Form
from ui.sign_in.wave import Wave
from ui.theme import DISPLAY, SMALL, STRONG
from ui.widgets import Mark, box, button, column, fill, frame, label, row, scroll, set_button_icon

_NARROW = 1080
"""Below this width the picture is left out."""


class SignInPage(QWidget):
    """Form and wait states in one place."""

    cancelled = Signal()
    help_wanted = Signal()
    settings_wanted = Signal()
    open_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.wave = Wave(
            self.tr("Every recording,\nwhole and at home."),
            (
                self.tr("Search what your access level lets you see"),
                self.tr("Download in bulk: audio and a CSV row for each"),
                self.tr("Look at what was downloaded, also offline"),
            ),
        )
        self._url = ""
        self._stack = QStackedWidget()
        self._middle = scroll(box(row(None, column(None, self.form, None), None)))
        self._stack.addWidget(self._middle)
        self._stack.addWidget(self._make_waiting())
        self._lay_out()
        help_key(self, self.help_wanted.emit)
        self.setFocusProxy(self.form)

    def _make_waiting(self) -> QWidget:
        self.waiting = label("", DISPLAY, bold=True, wrap=True)
        self._where = label("", STRONG, tone="2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self.cancel = button(self.tr("Cancel"), tip=self.tr("Cancel (Esc)"))
        self.cancel.clicked.connect(self.cancelled)
        self.again = button(self.tr("Open the browser again"), "external-link")
        self.again.clicked.connect(self.open_again)
        self.copy = button(self.tr("Copy the address"), "copy", "link")
        self.copy.clicked.connect(self._copy)
        self._browser = box(row(self.again, self.copy, None))
        inside = column(
            Mark(52), 10, self.waiting, self._where, 8, self._bar, 8, self._browser, row(self.cancel, None), gap=9
        )
        return box(row(None, column(None, frame(inside, width=400), None), None))

    def _lay_out(self) -> None:
        settings = button(self.tr("Settings…"), kind="link")
        settings.clicked.connect(self.settings_wanted)
        helps = button(self.tr("Help"), kind="link", tip=self.tr("Help (F1)"))
        helps.clicked.connect(self.help_wanted)
        version = label(self.tr("Version {number}").format(number=__version__), SMALL, tone="3")
        foot = row(None, settings, label("·", tone="3"), helps, label("·", tone="3"), version, None, gap=8)
        side = frame(column((self._stack, 1), foot, margins=(24, 12, 24, 16), gap=8), "ground")
        fill(QHBoxLayout(self), (self.wave, 5), (side, 6), gap=0)

    # --- what is on show

    @property
    def waits(self) -> bool:
        """Something is waited for."""
        return self._stack.currentIndex() == 1

    def show_form(self) -> None:
        """The form."""
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self.form)
        self.form.begin()

    def show_waiting(self, words: str, *, where: str = "") -> None:
        """What is waited for; `where` a second line."""
        self.waiting.setText(words)
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self._browser.hide()
        self._stack.setCurrentIndex(1)
        self.setFocusProxy(self.cancel)
        self.cancel.setFocus()

    def show_browser(self, url: str, *, opened: bool) -> None:
        """The sign-in goes on in the browser, at this address."""
        self._url = url
        self.waiting.setText(self.tr("Finish signing in in your browser"))
        words = self.tr("This window goes on by itself. If no page opened, copy its address into a browser.")
        failed = self.tr("No browser could be opened. Copy the address into a browser on this computer.")
        self._where.setText(words if opened else failed)
        self._where.show()
        self.copy.setText(self.tr("Copy the address"))
        set_button_icon(self.copy, "copy", "accent")
        self._browser.show()

    @property
    def url(self) -> str:
        """Where the browser was sent."""
        return self._url

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
        self.copy.setText(self.tr("Copied"))
        set_button_icon(self.copy, "check", "accent")

    def leave(self) -> None:
        """Esc: no longer wait, or go back to the window."""
        if self.waits:
            self.cancelled.emit()
        elif self.form.back_button.isVisibleTo(self.form):
            self.form.back.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture gives way to the form."""
        super().resizeEvent(event)
        self.wave.setVisible(self.width() >= _NARROW)
