"""Participants: the Participant View; exporting, and loading several, is Conversations' affair alone (F3, F10)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from download_client.engine import Engine, GroupBy, Listing, ParticipationRow
from download_client.engine import Group as CatalogGroup
from download_client.model import Criteria
from ui.listing import Kind, ListingModule, Replaying
from ui.participants.columns import Columns
from ui.session import Session
from ui.widgets import Group
from ui.words import times


class ParticipantsModule(ListingModule[ParticipationRow]):
    """The module of the navigation bar. `conversation_wanted` tells the id of one to be shown in Conversations."""

    key: ClassVar[str] = "participants"
    icon: ClassVar[str] = "users"
    help_page: ClassVar[str] = "participants"

    conversation_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        kind = Kind(
            make=_participants,
            columns=Columns(session).all(),
            sentence=lambda count: self.tr("%n participation(s)", "", count),
            name="Participants",
            memory="participants",
            rows_are_calls=False,
            groupings=((self.tr("None"), None), (self.tr("Person"), GroupBy.PERSON), (self.tr("Day"), GroupBy.DAY)),
            heading=self._heading,
        )
        super().__init__(session, kind, parent)
        self.list.setAccessibleName(self.tr("Participants"))
        self.show_action = self.add_tool(
            "messages-square", self.tr("Show the conversation"), "Ctrl+Return", self.show_conversation
        )
        self.replaying = Replaying(self, several=False)
        self.replaying.wanted.connect(self.load_wanted)
        self.add_again()
        self.changed.connect(self._enable_show)
        self._enable_show()

    def title(self) -> str:
        """Its name."""
        return self.tr("Participants")

    def show_conversation(self) -> None:
        """Go to the conversation of the current row."""
        row = self.list.current_row()
        if row is not None:
            self.conversation_wanted.emit(row.conversation_id)

    def _enable_show(self) -> None:
        self.show_action.setEnabled(self.list.current_row() is not None)

    def _heading(self, group: CatalogGroup) -> Group:
        """Who, or which day; how many, how long."""
        title = group.title
        if self.lister.wish.group_by is GroupBy.DAY:
            title = times.date_words(date.fromisoformat(title), self.session.locale, weekday=True)
        count = self.tr("%n participation(s)", "", group.count)
        note = "  ·  ".join(part for part in (group.detail, count, times.span(group.seconds)) if part)
        person = self.lister.wish.group_by is GroupBy.PERSON
        return Group(title or self.tr("Number withheld"), note=note, icon="user-round" if person else "")


def _participants(engine: Engine, criteria: Criteria) -> Listing[ParticipationRow]:
    return engine.participants(criteria)
