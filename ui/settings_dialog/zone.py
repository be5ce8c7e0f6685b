"""Choosing a time zone: a list of all there are, searched by any part of the name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from download_client.settings import Settings, table
from ui.session import Session
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.rows import TextRow
from ui.widgets import tool

_ACCOUNT = "account"
_ROWS = 12


class _Search(QCompleter):
    """Finds "new york" in America/New_York."""

    def splitPath(self, path: str) -> list[str]:
        """What is looked for."""
        return [path.strip().replace(" ", "_")]


class ZoneRow(TextRow):
    """A field that completes what is typed, and a button that shows the whole list."""

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__(
            table.TIME_ZONE,
            changes,
            title=self.tr("Time zone"),
            about=" ",
            wanted=self.tr("There is no such time zone. Type a part of its name, such as berlin, and choose."),
            width=232,
        )
        self._session = session
        self._names = QStringListModel([self._account()], self)
        self.search = _Search(self._names, self)
        self.search.setFilterMode(Qt.MatchFlag.MatchContains)
        self.search.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search.setMaxVisibleItems(_ROWS)
        self.field.setCompleter(self.search)
        self.search.activated.connect(self._picked)
        self.list = tool("chevron-down", self.tr("Show all time zones"))
        self.list.clicked.connect(self._show_all)
        self._controls.addWidget(self.list)
        self.controls: tuple[QWidget, ...] = (self.field, self.list)
        session.bridge.ask(lambda _: zone_names(), then=self._take_names, sorry=self.refused, owner=self)

    def show_value(self, settings: Settings) -> None:
        """The zone, and what time it is there."""
        super().show_value(settings)
        if self._in_force.lower() == _ACCOUNT:
            self._in_force = self._account()
            if not self.field.isModified():
                self.field.setText(self._in_force)
        now = datetime.now(self._session.zone)
        offset = f"UTC{now:%z}"
        words = self.tr("For names, lists and tables; there it is {time} ({offset})")
        self.about.setText(words.format(time=f"{now:%H:%M}", offset=f"{offset[:6]}:{offset[6:8]}"))

    def value(self) -> str:
        """The zone's name, also where it was typed in another case or with spaces."""
        typed = super().value().replace(" ", "_").casefold()
        if typed == self._account().replace(" ", "_").casefold():
            return _ACCOUNT
        return next((name for name in self._names.stringList() if name.casefold() == typed), super().value())

    def _account(self) -> str:
        return self.tr("As the account has it")

    def _take_names(self, names: list[str]) -> None:
        self._names.setStringList([self._account(), *names])

    def _picked(self, name: str) -> None:
        self.field.setText(name)
        self.field.setModified(True)
        self._finished()

    def _show_all(self) -> None:
        self.field.setFocus()
        self.search.setCompletionPrefix("")
        self.search.complete()


def zone_names() -> list[str]:
    """Every zone that can be chosen, by its IANA name; reads the disk."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ["UTC", *names]
