"""Conversations: the listing with what can be done to it: download, export; it begins no run itself."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from download_client.engine import ConversationRow, Engine, Listing, PullRequest, Span
from download_client.model import Criteria
from ui.conversations.columns import Columns
from ui.downloading import DownloadDialog, ExportDialog
from ui.listing import Kind, ListingModule
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
            narrow=("mode", "duration"),
            downloads=True,
        )
        super().__init__(session, kind, parent)
        self.list.setAccessibleName(self.tr("Conversations"))
        self.download_action = self.add_tool("download", self.tr("Download"), "Ctrl+D", self.download)
        self.export_action = self.add_tool("folder-down", self.tr("Export…"), "Ctrl+E", self.export)
        self.again_action = self.add_tool("refresh-cw", self.tr("Ask again"), "F5", self._again)
        self.again_action.setVisible(False)
        self.head.download_all.connect(self.download_all)
        self.changed.connect(self._enable)
        self._enable()

    def title(self) -> str:
        """Its name."""
        return self.tr("Conversations")

    # --- what can be done

    def download(self) -> None:
        """The selection; all of the search where nothing, or everything, is selected."""
        view, spans = self.view, self.spans()
        if view is None or not view.count:
            return
        whole = not spans or spans == [Span(0, view.count)]
        if whole and not self.lister.wish.where.text:
            self.download_all()
            return
        spans = spans or [Span(0, view.count)]

        def then(ids: tuple[str, ...]) -> None:
            request = PullRequest(archive=self._archive(), conversations=ids)
            name = self.tr("Selection of %n", "", len(ids))
            self._ask_first(request, name=name, spans=spans)

        self._ask(lambda: tuple(view.conversation_ids(spans)), then)

    def download_all(self) -> None:
        """Everything the search finds, also what is not read yet."""
        criteria = self.lister.criteria
        request = PullRequest(archive=self._archive(), criteria=criteria, name=self.name)
        self._ask_first(request, name=self.name or self.tr("Search"), spans=[])

    def _ask_first(self, request: PullRequest, *, name: str, spans: list[Span]) -> None:
        dialog = DownloadDialog(
            self.session, request, name=name, view=self.view if spans else None, spans=spans, parent=self.window()
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self) -> None:
        """Save the selection elsewhere."""
        view, spans = self.view, self.spans()
        if view is not None and spans:
            dialog = ExportDialog(self.session, view, spans, self.window())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _archive(self) -> Path:
        """The archive that is meant; where there is none yet, the dialog asks for one."""
        return self.session.archive or Path()

    def _enable(self) -> None:
        view = self.view
        self.download_action.setEnabled(view is not None and view.count > 0)
        self.export_action.setEnabled(bool(self.spans()))


def _conversations(engine: Engine, criteria: Criteria) -> Listing[ConversationRow]:
    return engine.conversations(criteria)
