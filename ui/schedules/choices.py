"""Parts of the editor of a schedule: days of the week, a time zone, who is told; they check by the engine's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from download_client.model import MESSAGES, Channel, Tell
from download_client.settings import kinds
from ui.theme import SMALL
from ui.widgets import box, choice, column, field, label, row, set_wrong

_ROWS = 12


class Complaint:
    """A line of what is wrong, under what it is about; nothing where all is well."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self.said = label("", SMALL, tone="danger", wrap=True)
        self.said.hide()

    def say(self, words: str) -> bool:
        """Say it, or with nothing to say be silent; True: all is well."""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        set_wrong(self._widget, bool(words))
        self._widget.setAccessibleDescription(words)
        return not words


class Days(QWidget):
    """Seven boxes, Monday first; at least one is to be ticked."""

    changed = Signal()

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self.boxes = [QCheckBox(locale.dayName(day, QLocale.FormatType.ShortFormat)) for day in range(1, 8)]
        for day, each in enumerate(self.boxes, start=1):
            each.setAccessibleName(locale.dayName(day, QLocale.FormatType.LongFormat))
            each.toggled.connect(self.changed)
        self.complaint = Complaint(self)
        self.setLayout(column(row(*self.boxes, None, gap=10), self.complaint.said, gap=2))

    def days(self) -> frozenset[int]:
        """ISO weekdays."""
        return frozenset(day for day, each in enumerate(self.boxes, start=1) if each.isChecked())

    def choose(self, days: Iterable[int]) -> None:
        """Tick these."""
        for day, each in enumerate(self.boxes, start=1):
            each.setChecked(day in set(days))

    def check(self) -> bool:
        """Whether a day is ticked."""
        words = QCoreApplication.translate("Days", "At least one day of the week is needed.")
        return self.complaint.say("" if self.days() else words)


class _Search(QCompleter):
    """Finds "new york" in America/New_York."""

    def splitPath(self, path: str) -> list[str]:
        """What is looked for."""
        return [path.strip().replace(" ", "_")]


class Zone(QWidget):
    """A time zone by any part of its name."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = field(name=name)
        self._names = QStringListModel(self)
        search = _Search(self._names, self)
        search.setFilterMode(Qt.MatchFlag.MatchContains)
        search.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        search.setMaxVisibleItems(_ROWS)
        self.field.setCompleter(search)
        self.field.textChanged.connect(lambda _: self.changed.emit())
        self.complaint = Complaint(self.field)
        self.setLayout(column(self.field, self.complaint.said, gap=2))

    def offer(self, names: list[str]) -> None:
        """What can be chosen."""
        self._names.setStringList(names)

    def zone(self) -> str:
        """Its name, as typed."""
        return self.field.text().strip().replace(" ", "_")

    def check(self) -> bool:
        """Whether there is such a zone."""
        try:
            ZoneInfo(self.zone())
        except (OSError, ValueError, LookupError):
            return self.complaint.say(
                QCoreApplication.translate(
                    "ZoneRow", "There is no such time zone. Type a part of its name, such as berlin, and choose."
                )
            )
        return self.complaint.say("")


class Telling(QWidget):
    """Of which nights who is told how."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.which: QComboBox = choice(name=self.tr("Of which nights somebody is told"))
        for value, word in (
            (Tell.PROBLEMS, self.tr("Of nights that were not complete")),
            (Tell.ALWAYS, self.tr("Of every night")),
            (Tell.NEVER, self.tr("Of none")),
        ):
            self.which.addItem(word, value)
        self.every = QCheckBox(self.tr("Every way that the settings set up"))
        self.ways = {channel: QCheckBox(word) for channel, word in self._words().items()}
        self.to = field(hint=self.tr("as the settings say"), name=self.tr("Mail to"))
        self.heartbeat = field(hint=self.tr("as the settings say"), name=self.tr("Heartbeat address"))
        self._to_wrong, self._heartbeat_wrong = Complaint(self.to), Complaint(self.heartbeat)
        self._some = box(row(*self.ways.values(), None, gap=10))
        self._how = box(
            column(
                self.every,
                self._some,
                label(self.tr("Mail to"), SMALL, tone="2"),
                self.to,
                self._to_wrong.said,
                gap=4,
            )
        )
        self.setLayout(
            column(
                self.which,
                self._how,
                label(self.tr("Heartbeat: called after each complete night, and only then"), SMALL, tone="2"),
                self.heartbeat,
                self._heartbeat_wrong.said,
                gap=6,
            )
        )
        self.which.currentIndexChanged.connect(self._show)
        self.every.toggled.connect(self._show)
        for each in self.ways.values():
            each.toggled.connect(self.changed)
        for line in (self.to, self.heartbeat):
            line.textChanged.connect(lambda _: self.changed.emit())
        self._show()

    def choose(self, tell: Tell, by: frozenset[Channel], to: tuple[str, ...], heartbeat: str) -> None:
        """Show what is chosen."""
        self.which.setCurrentIndex(self.which.findData(tell))
        self.every.setChecked(not by)
        for channel, each in self.ways.items():
            each.setChecked(channel in by)
        self.to.setText(", ".join(to))
        self.heartbeat.setText(heartbeat)
        self._show()

    @property
    def tell(self) -> Tell:
        """Of which nights."""
        return Tell(self.which.currentData())

    @property
    def by(self) -> frozenset[Channel]:
        """By which ways; empty: every one that is set up."""
        chosen = (channel for channel, each in self.ways.items() if each.isChecked())
        return frozenset() if self.every.isChecked() else frozenset(chosen)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Who gets mail."""
        return kinds.mail_addresses().parse(self.to.text())

    def check(self) -> bool:
        """Whether what is typed are addresses."""
        mail = QCoreApplication.translate("Telling", "Wanted are addresses such as ann@example.com, with commas.")
        web = QCoreApplication.translate("Telling", "Wanted is an https:// address, or nothing.")
        good = [
            self._to_wrong.say("" if _can(kinds.mail_addresses().parse, self.to) else mail),
            self._heartbeat_wrong.say("" if _can(kinds.web_address().parse, self.heartbeat) else web),
        ]
        return all(good)

    def _show(self) -> None:
        self._how.setVisible(self.tell is not Tell.NEVER)
        self._some.setVisible(not self.every.isChecked())
        self.changed.emit()

    def _words(self) -> dict[Channel, str]:
        words = {
            Channel.DESKTOP: self.tr("Desktop"),
            Channel.MAIL: self.tr("Mail"),
            Channel.WEBHOOK: self.tr("Webhook"),
            Channel.SYSTEM_LOG: self.tr("System log"),
        }
        return {channel: words[channel] for channel in MESSAGES}


def _can(parse: Callable[[object], object], line: QLineEdit) -> bool:
    try:
        parse(line.text())
    except ValueError:
        return False
    return True
