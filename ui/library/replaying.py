"""From the library to the replay module: whole conversations, or the chosen recordings (F10); it loads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from download_client.engine import Library, RecordingRow, Span, View
from download_client.model import Conversation
from ui.library.detail import Detail
from ui.library.shelf import Shelf
from ui.module import Module
from ui.replay.wish import Wanted, Wish, everything, one_recording
from ui.tables import RowsModel, RowsView


class Replaying(QObject):
    """Puts both actions into the library's module. `wanted` carries a `Wish`."""

    wanted = Signal(object)

    def __init__(
        self, module: Module, shelf: Shelf, model: RowsModel[RecordingRow], rows: RowsView, detail: Detail
    ) -> None:
        super().__init__(module)
        self._shelf = shelf
        self._model = model
        self._rows = rows
        self.load_action = module.add_tool("audio-lines", self.tr("Load All"), "Ctrl+L", self.load_all)
        self.voice_action = module.add_tool(
            "audio-waveform", self.tr("Load Voice Recording"), "Ctrl+Shift+L", self.load_voice
        )
        detail.replay_wanted.connect(lambda it, recording_id: self.wanted.emit(one_recording(it, recording_id)))

    def enable(self, *, known: bool) -> None:
        """`known`: what is selected is that of the list on show."""
        possible = known and bool(self._rows.spans())
        self.load_action.setEnabled(possible)
        self.voice_action.setEnabled(possible)

    def load_all(self) -> None:
        """The conversations of the chosen recordings, with everything they have."""
        self._want(whole=True)

    def load_voice(self) -> None:
        """The chosen recordings alone."""
        self._want(whole=False)

    def _want(self, *, whole: bool) -> None:
        view, spans, library = self._model.view, self._rows.spans(), self._shelf.library
        if view is not None and library is not None and spans:
            self.wanted.emit(Wish(lambda: _read(library, view, spans, whole=whole)))


def _read(library: Library, view: View[RecordingRow], spans: Sequence[Span], *, whole: bool) -> list[Wanted]:
    chosen: dict[str, list[str]] = {}
    calls: dict[str, Conversation] = {}
    for each in library.recordings(view, spans):
        calls[each.conversation.id] = each.conversation
        chosen.setdefault(each.conversation.id, []).append(each.recording.id)
    loaded = everything(iter(calls.values()))
    return loaded if whole else [Wanted(it.conversation, frozenset(chosen[it.conversation.id])) for it in loaded]
