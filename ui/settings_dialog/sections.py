"""The sections of the settings: which settings there are, in which words, with which control; it writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from download_client.settings import Setting, Settings, table
from download_client.settings.kinds import SYSTEM, UNLIMITED
from ui.session import Session
from ui.settings_dialog.alarms import Alarms
from ui.settings_dialog.archive_row import ArchiveRow
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.computer import Computer
from ui.settings_dialog.deeds import SecretRow
from ui.settings_dialog.languages import language_options
from ui.settings_dialog.rows import NARROW, ChoiceRow, NumberRow, PathRow, Row, SwitchRow, TextRow
from ui.settings_dialog.templates import Templates
from ui.settings_dialog.zone import ZoneRow


class Takes(Protocol):
    """Whatever shows settings."""

    def take(self, settings: Settings) -> None:
        """Show what is in force."""


@dataclass(frozen=True, slots=True)
class Section:
    """A card of rows under a heading; `key` names it in the program, `make` makes what is on the card."""

    key: str
    icon: str
    title: str
    make: Callable[[], Sequence[QWidget]]
    about: str = ""


class Sections(QObject):
    """Every section, in order. Cards are made one by one: all at once they would hold up the window."""

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__(changes)
        self._session = session
        self._changes = changes
        self._rows: list[Row] = []
        self._takers: list[Takes] = []
        alarms = Alarms(session, changes)
        self.all = (
            Section("archive", "folder", self.tr("Archive"), lambda: (self.archive,)),
            Section(
                "names",
                "tag",
                self.tr("Names and folders"),
                lambda: (self.templates,),
                self.tr("For what is downloaded from now on; nothing is renamed."),
            ),
            Section("csv", "file-text", self.tr("CSV and time zone"), self._csv),
            Section("downloads", "gauge", self.tr("Downloads"), self._downloads),
            Section(
                "network",
                "network",
                self.tr("Network"),
                self._network,
                self.tr("In force from the next sign-in or start of the program."),
            ),
            Section("appearance", "palette", self.tr("Appearance"), self._appearance),
            Section("notifications", "bell", self.tr("Notifications"), self._notifications),
            Section(
                "nights",
                "calendar-clock",
                self.tr("Nights of schedules"),
                alarms.nights,
                self.tr("Each schedule says of which nights somebody is told; these are the ways."),
            ),
            Section("mail", "mail", self.tr("E-mail about nights"), alarms.mail),
            Section("webhook", "globe", self.tr("Webhook about nights"), alarms.webhook),
            Section("computer", "shield-check", self.tr("Check this computer"), lambda: (self.computer,)),
        )

    @cached_property
    def archive(self) -> ArchiveRow:
        """The archive's folder."""
        return ArchiveRow(self._session, self._changes)

    @cached_property
    def templates(self) -> Templates:
        """Both templates and their preview."""
        return Templates(self._session, self._changes)

    @cached_property
    def zone(self) -> ZoneRow:
        """The time zone."""
        return ZoneRow(self._session, self._changes)

    @cached_property
    def computer(self) -> Computer:
        """What this computer can do."""
        return Computer(self._session)

    def made(self, section: Section) -> Sequence[QWidget]:
        """Make what is on a card, with what is in force on it."""
        parts = section.make()
        for part in parts:
            if isinstance(part, ArchiveRow):
                self._rows.append(part.path)
            elif isinstance(part, Templates):
                self._rows.extend(part.rows)
            elif isinstance(part, Row):
                self._rows.append(part)
            if isinstance(part, ArchiveRow | Templates | Row | SecretRow):
                self._takers.append(part)
                part.take(self._session.settings)
        return parts

    @property
    def settings(self) -> tuple[Setting[Any], ...]:
        """Every setting that is shown."""
        return tuple(row.setting for row in self._rows)

    def row(self, name: str) -> Row | None:
        """The row of a setting, by the setting's name."""
        return next((row for row in self._rows if row.setting.name == name), None)

    def take(self, settings: Settings) -> None:
        """Show what is in force everywhere."""
        for taker in self._takers:
            taker.take(settings)

    # --- the rows

    def _csv(self) -> tuple[Row, ...]:
        return (
            self.zone,
            ChoiceRow(
                table.CSV_SEPARATOR,
                self._changes,
                title=self.tr("Separator"),
                about=self.tr("What stands between the cells of a CSV file"),
                options=((",", self.tr("Comma  ,")), (";", self.tr("Semicolon  ;"))),
            ),
            SwitchRow(
                table.SPREADSHEET_SAFE,
                self._changes,
                title=self.tr("Spreadsheet-safe variant"),
                about=self.tr("Beside each exact CSV one in which no cell can act as a formula"),
            ),
        )

    def _downloads(self) -> tuple[Row, ...]:
        decimal = self._session.locale.decimalPoint()
        return (
            NumberRow(
                table.CONCURRENCY,
                self._changes,
                low=1,
                high=32,
                title=self.tr("Downloads at once"),
                about=self.tr("New runs begin with so many and adapt to the service; running ones take no more"),
            ),
            TextRow(
                table.LIMIT_RATE,
                self._changes,
                title=self.tr("Bandwidth"),
                about=self.tr("The most that a run takes; also the running one"),
                wanted=self.tr("Wanted is a rate from 1 kB/s to 100 GB/s, such as 2 MB/s, or nothing for no limit."),
                hint=self.tr("unlimited"),
                empty=UNLIMITED,
                decimal=decimal,
                width=NARROW,
            ),
            TextRow(
                table.MIN_FREE_SPACE,
                self._changes,
                title=self.tr("Keep free"),
                about=self.tr("Downloads stop when less than this is free on the archive's drive"),
                wanted=self.tr("Wanted is a size from 0 B to 100 TB, such as 1 GB."),
                decimal=decimal,
                width=NARROW,
            ),
            TextRow(
                table.REPLAY_CACHE,
                self._changes,
                title=self.tr("Keep to listen again"),
                about=self.tr("Recordings fetched only to be heard are kept up to this size"),
                wanted=self.tr("Wanted is a size from 0 B to 1 TB, such as 2 GB."),
                decimal=decimal,
                width=NARROW,
            ),
            SwitchRow(
                table.KEEP_AWAKE,
                self._changes,
                title=self.tr("Keep the computer awake"),
                about=self.tr("While a run is active"),
            ),
        )

    def _network(self) -> tuple[Row, ...]:
        return (
            TextRow(
                table.PROXY,
                self._changes,
                title=self.tr("Proxy"),
                about=self.tr("Empty: the system's. Or none, or an address without a password."),
                wanted=self.tr(
                    "Wanted is nothing, none, or an address such as http://proxy.example:8080, without a password."
                ),
                hint=self.tr("as the system has it"),
                empty=SYSTEM,
                width=268,
            ),
            PathRow(
                table.CA_FILE,
                self._changes,
                title=self.tr("CA file"),
                about=self.tr("Signing authorities trusted besides those of the system (PEM)"),
                wanted=self.tr("Wanted is the whole path of a PEM file, or nothing."),
                hint=self.tr("no file of your own"),
                folder=False,
                kinds=self.tr("Certificates (*.pem *.crt *.cer);;All files (*)"),
            ),
        )

    def _appearance(self) -> tuple[Row, ...]:
        return (
            ChoiceRow(
                table.APPEARANCE,
                self._changes,
                title=self.tr("Colours"),
                options=(
                    ("system", self.tr("As the system has it")),
                    ("light", self.tr("Light")),
                    ("dark", self.tr("Dark")),
                ),
            ),
            ChoiceRow(
                table.DENSITY,
                self._changes,
                title=self.tr("Rows in lists"),
                options=(("comfortable", self.tr("Two lines")), ("compact", self.tr("One line"))),
            ),
            ChoiceRow(
                table.LANGUAGE,
                self._changes,
                title=self.tr("Language"),
                about=self.tr("At the next start"),
                options=((SYSTEM, self.tr("As the system has it")), *language_options()),
            ),
        )

    def _notifications(self) -> tuple[Row, ...]:
        return (
            SwitchRow(
                table.NOTIFY,
                self._changes,
                title=self.tr("Notifications"),
                about=self.tr("When a run has ended or needs you"),
            ),
            ChoiceRow(
                table.ON_CLOSE,
                self._changes,
                title=self.tr("Closing the window during a run"),
                options=(
                    ("ask", self.tr("Ask")),
                    ("tray", self.tr("Go on in the tray")),
                    ("stop", self.tr("Stop safely")),
                ),
            ),
        )
