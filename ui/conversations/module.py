"""Conversations: the listing with what can be done to it: download, export, load; it begins none of it itself."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from download_client.engine import ConversationRow, Engine, Listing
from download_client.model import Criteria
from ui.conversations.columns import Columns
from ui.downloading import ExportDialog
from ui.listing import Kind, ListingModule, Replaying
from ui.session import Session


class ConversationsModule(ListingModule[ConversationRow]):
    """The module of the navigation bar."""

    key: ClassVar[str] = "conversations"
    icon: ClassVar[str] = "messages-square"
    help_page: ClassVar[str] = "conversations"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        kind = Kind(
            make=_conversations,
            columns=Columns(session).all(),
            sentence=lambda count: self.tr("%n conversation(s)", "", count),
            name="Conversations",
            memory="conversations",
        )
        super().__init__(session, kind, parent)
        self.list.setAccessibleName(self.tr("Conversations"))
        self.export_action = self.add_tool("folder-down", self.tr("Export…"), "Ctrl+E", self.export)
        self.replaying = Replaying(self, several=True)
        self.replaying.wanted.connect(self.load_wanted)
        self.add_again()
        self.changed.connect(self._enable_export)
        self._enable_export()

    def title(self) -> str:
        """Its name."""
        return self.tr("Conversations")

    def show_one(self, conversation_id: str) -> None:
        """One conversation, whenever it was."""
        self._chosen_search(Criteria(conversation_id=conversation_id), "")

    def export(self) -> None:
        """Save the selection elsewhere (F3)."""
        view, spans = self.view, self.spans()
        if view is not None and spans:
            dialog = ExportDialog(self.session, view, spans, self.window())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _enable_export(self) -> None:
        self.export_action.setEnabled(bool(self.spans()))


def _conversations(engine: Engine, criteria: Criteria) -> Listing[ConversationRow]:
    return engine.conversations(criteria)
