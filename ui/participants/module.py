"""Participants: the Participant View; exporting and downloading are Conversations' affair, as in the portal (F3)."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from download_client.engine import Engine, Listing, ParticipationRow
from download_client.model import Criteria
from ui.listing import Kind, ListingModule
from ui.participants.columns import Columns
from ui.session import Session


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
            narrow=("role",),
            downloads=False,
        )
        super().__init__(session, kind, parent)
        self.list.setAccessibleName(self.tr("Participants"))
        self.show_action = self.add_tool(
            "messages-square", self.tr("Show the conversation"), "Ctrl+Return", self.show_conversation
        )
        self.again_action = self.add_tool("refresh-cw", self.tr("Ask again"), "F5", self._again)
        self.again_action.setVisible(False)
        self.changed.connect(self._enable)
        self._enable()

    def title(self) -> str:
        """Its name."""
        return self.tr("Participants")

    def show_conversation(self) -> None:
        """Go to the conversation of the current row."""
        row = self.list.current_row()
        if row is not None:
            self.conversation_wanted.emit(row.conversation_id)

    def _enable(self) -> None:
        self.show_action.setEnabled(self.list.current_row() is not None)


def _participants(engine: Engine, criteria: Criteria) -> Listing[ParticipationRow]:
    return engine.participants(criteria)
