"""From a listing to the replay module: *Load All* and *Load Voice Recording* (F10); it loads nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from download_client.engine import Listing, Span, Sums, View
from download_client.errors import UnknownName
from download_client.model import Conversation
from ui.listing.module import ListingModule
from ui.replay.wish import Wanted, Wish, everything, one_recording, voice_only


class Replaying(QObject):
    """Puts both actions into a listing's module. `wanted` carries a `Wish`.

    `several`: more than one conversation may be loaded at once, which is Conversations' affair alone (F10).
    """

    wanted = Signal(object)

    def __init__(self, module: ListingModule[Any], *, several: bool) -> None:
        super().__init__(module)
        self._module = module
        self._several = several
        self._counted: tuple[object, list[Span]] | None = None
        self.load_action = module.add_tool("audio-lines", self.tr("Load All"), "Ctrl+L", self.load_all)
        self.voice_action = module.add_tool(
            "audio-waveform", self.tr("Load Voice Recording"), "Ctrl+Shift+L", self.load_voice
        )
        module.changed.connect(self._enable)
        module.detail.replay_wanted.connect(lambda it, recording_id: self.wanted.emit(one_recording(it, recording_id)))
        self._enable()

    def load_all(self) -> None:
        """Everything the chosen conversations have."""
        self._want(everything)

    def load_voice(self) -> None:
        """Their voice recordings, where one was saved."""
        self._want(voice_only)

    def _want(self, chosen: Callable[[Iterator[Conversation]], Sequence[Wanted]]) -> None:
        view, spans, listing = self._module.view, self._module.spans(), self._module.lister.listing
        if view is None or listing is None or not spans:
            return
        self.wanted.emit(Wish(lambda: chosen(_conversations(listing, view, spans))))

    def _enable(self) -> None:
        """The second one is there where a voice recording was saved: how many there are is read off the UI thread."""
        view, spans = self._module.view, self._module.spans()
        rows = sum(span.stop - span.start for span in spans)
        possible = view is not None and rows > 0 and not self._module.keeper.active and (self._several or rows == 1)
        self.load_action.setEnabled(possible)
        if not possible or view is None:
            self._counted = None
            self.voice_action.setEnabled(False)
            return
        if self._counted == (view, spans):
            return
        self._counted = counted = (view, spans)

        def then(sums: Sums) -> None:
            if counted == self._counted:
                self.voice_action.setEnabled(sums.recordings > 0)

        def sorry(_: object) -> None:
            # A view that is not on show any more was closed meanwhile: nobody's affair.
            self.voice_action.setEnabled(False)

        self._module.session.bridge.ask(lambda _: view.selected(spans), then=then, sorry=sorry, owner=self)


def _conversations(listing: Listing[Any], view: View[Any], spans: Sequence[Span]) -> Iterator[Conversation]:
    for conversation_id in view.conversation_ids(spans):
        try:
            yield listing.conversation(conversation_id)
        except UnknownName:
            # A participation may be listed whose conversation is not.
            continue
