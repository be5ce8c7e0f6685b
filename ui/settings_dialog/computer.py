"""Check this computer: what program, settings, keyring, proxy, service, sign-in and archive can do, and what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from download_client import errors
from download_client.engine import Check, Health
from download_client.errors import MirError
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Glyph, button, clear, column, fill, label, line, row
from ui.words import errors as words

_AROUND: Final = 48
"""So much is seen above and below a finding that is brought into view."""


class Computer(QWidget):
    """A button that looks, and what it found, one line below the other; all of it can be copied."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.checks: tuple[Check, ...] = ()
        self.about = label(
            self.tr("Everything that a download needs, in the order in which it depends on each other"),
            SMALL,
            tone="2",
            wrap=True,
        )
        self.start = button(self.tr("Check now"))
        self.copy = button(self.tr("Copy"), "copy")
        self.copy.setToolTip(self.tr("Copy what was found, for support"))
        self.start.clicked.connect(self.check)
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        self._found = QVBoxLayout()
        self._glyphs: list[Glyph] = []
        self._laid_out = QTimer(self, singleShot=True, interval=0)
        self._laid_out.timeout.connect(self._bring)
        said = column(label(self.tr("What can this computer do?"), bold=True), self.about, gap=2)
        top = row((said, 1), self.copy, self.start, margins=(16, 10, 16, 10), gap=8)
        fill(QVBoxLayout(self), top, self._found, gap=0)
        self._found.setSpacing(0)

    def check(self) -> None:
        """Look at everything; it takes as long as the service takes to answer."""
        self.start.setEnabled(False)
        self.about.setText(self.tr("Looking…"))
        archive = self._session.archive
        self._session.ask(lambda engine: engine.doctor(archive), then=self._show, sorry=self._sorry, owner=self)

    def text(self) -> str:
        """What was found, for support; it holds no secret."""
        return "\n".join(
            f"{check.health.value}: {check.name}: {check.said}"
            + (f" ({check.code})" if check.code else "")
            + (f"\n    {check.advice}" if check.advice else "")
            for check in self.checks
        )

    def _show(self, checks: list[Check]) -> None:
        self.checks = tuple(checks)
        self.start.setEnabled(True)
        self.copy.show()
        wrong = sum(check.health is not Health.GOOD for check in checks)
        all_well = self.tr("Everything is in order")
        self.about.setText(self.tr("%n thing(s) need attention", "", wrong) if wrong else all_well)
        clear(self._found)
        self._glyphs.clear()
        for check in checks:
            icon, token, word = _health(check.health)
            lines = [
                label(f"{_name(check.name)}: {word}", bold=True),
                label(check.said, SMALL, tone="2", wrap=True, selectable=True),
            ]
            if advice := _advice(check):
                lines.append(label(advice, SMALL, wrap=True, selectable=True))
            glyph = Glyph(icon, token, 16)
            self._glyphs.append(glyph)
            found = row(glyph, (column(*lines, gap=2), 1), margins=(16, 9, 16, 9), gap=10)
            found.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
            self._found.addWidget(line())
            self._found.addLayout(found)

        self._laid_out.start()

    @property
    def first(self) -> Glyph | None:
        """Beside the first thing that needs attention, or the first of all; None: nothing was looked at yet."""
        wrong = (n for n, check in enumerate(self.checks) if check.health is not Health.GOOD)
        return self._glyphs[next(wrong, 0)] if self._glyphs else None

    def _bring(self) -> None:
        """Into view: as much as there is room for, the first finding for certain."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.first is not None:
            area.ensureWidgetVisible(self._glyphs[-1], 0, _AROUND)
            area.ensureWidgetVisible(self.first, 0, _AROUND)

    def _sorry(self, error: MirError) -> None:
        self.start.setEnabled(True)
        self.about.setText(words.title(error))
        self._session.show_error.emit(error)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())


def _advice(check: Check) -> str:
    """What to do, in the words of the window: a command line asks for options that there are none of here."""
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MirError))
    kind = next((kind for kind in kinds if check.code and kind.code == check.code), None)
    if kind is not None:
        return words.advice(kind())
    if check.name == "archive" and "archive.folder" in check.advice:
        return QCoreApplication.translate("Computer", "Choose a folder at the top of this page.")
    return check.advice


def _health(health: Health) -> tuple[str, str, str]:
    """Icon, its colour, and the word."""
    return {
        Health.GOOD: ("circle-check", "ok", QCoreApplication.translate("Computer", "in order")),
        Health.WARNING: ("triangle-alert", "warn", QCoreApplication.translate("Computer", "attention")),
        Health.BAD: ("circle-x", "danger", QCoreApplication.translate("Computer", "does not work")),
    }[health]


def _name(name: str) -> str:
    """The name of a look, for people."""
    kind, _, schedule = name.partition(" ")
    if kind == "schedule" and schedule:
        return QCoreApplication.translate("Computer", "Schedule {name}").format(name=schedule)
    return {
        "program": QCoreApplication.translate("Computer", "Program"),
        "update": QCoreApplication.translate("Computer", "Newer version"),
        "settings": QCoreApplication.translate("Computer", "Settings"),
        "keyring": QCoreApplication.translate("Computer", "Keyring"),
        "proxy": QCoreApplication.translate("Computer", "Proxy"),
        "service": QCoreApplication.translate("Computer", "Service"),
        "sign-in": QCoreApplication.translate("Computer", "Sign-in"),
        "archive": QCoreApplication.translate("Computer", "Archive"),
        "schedules": QCoreApplication.translate("Computer", "Schedules"),
    }.get(name, name)
