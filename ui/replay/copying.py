"""From what is loaded to a copy of it: which pieces, whose, and where to; the room of sound writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from download_client.engine import Copied, Voice
from download_client.model import Conversation
from download_client.sound import Form, Piece, Saved, save_copy
from ui.replay.convert_dialog import ConvertDialog
from ui.replay.copy_dialog import CopyDialog, Write
from ui.replay.replay import Replay
from ui.replay.timeline import Selection
from ui.replay.tracks import Lane

_MOST_GAP = 60.0
"""Seconds of a gap between two recordings that a copy keeps; more would be nothing to listen to."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be copied: a stretch of a lane's voice. `of_engine`: whose conversation it is, where that is known."""

    lane: Lane
    first: float
    last: float
    conversation: Conversation | None
    voices: tuple[Voice, ...]

    def pieces(self) -> list[Piece]:
        """The stretches of its files, with what lies between them as silence."""
        found: list[Piece] = []
        ended: datetime | None = None
        for begins, clip in self.lane.placed():
            first, last = max(self.first - begins, 0.0), min(self.last - begins, clip.seconds)
            if last <= first:
                continue
            gap = (clip.start - ended).total_seconds() if ended is not None else 0.0
            found.append(Piece(clip.path, first, last, min(max(gap, 0.0), _MOST_GAP)))
            ended = clip.end
        return found

    def sources(self) -> list[Copied]:
        """The same for the note beside the copy."""
        if self.conversation is None:
            return []
        by_path = {voice.path: voice for voice in self.voices}
        return [
            Copied(self.conversation, by_path[piece.path], piece.first, piece.last or 0.0)
            for piece in self.pieces()
            if piece.path in by_path
        ]

    def origin(self) -> str:
        """Kept inside of the copy: ids and digests, no names and no numbers."""
        lines = []
        digests = {clip.path: (clip.recording_id or clip.path.name, clip.sha256) for clip in self.lane.clips}
        for piece in self.pieces():
            name, sha256 = digests[piece.path]
            proof = f", SHA-256 {sha256}" if sha256 else ""
            lines.append(f"{name}, {piece.first:.2f} to {piece.last or 0.0:.2f} s{proof}")
        return "Copy for listening, not the original. " + "; ".join(lines)


class Copying(QObject):
    """Opens the dialog and writes the copy on a worker."""

    def __init__(self, replay: Replay, window: QWidget) -> None:
        super().__init__(window)
        self._replay = replay
        self._window = window

    def save(self, selection: Selection | None) -> None:
        """Ask what, how and where to; the selection first, else the current conversation."""
        deck = self._replay.deck
        lane = deck.get(selection.key) if selection is not None else deck.current
        if lane is None or not lane.playable:
            return
        conversation, voices = self._replay.loader.voices(lane.key)
        whole = Cut(lane, 0.0, lane.seconds, conversation, voices)
        part = Cut(lane, selection.first, selection.last, conversation, voices) if selection is not None else None
        dialog = CopyDialog(self._replay.session, self._write, whole=whole, part=part, parent=self._window.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def convert(self, key: str) -> None:
        """Of what is not played here, make a file that plays elsewhere, as far as this installation can."""
        lane = self._replay.deck.get(key)
        if lane is None or not lane.files:
            return
        dialog = ConvertDialog(self._replay.session, lane.files[0], title=lane.title, parent=self._window.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _write(self, cut: Cut) -> Write:
        replays = self._replay.loader.replays

        def write(to: Path, form: Form, progress: Callable[[float], None], stop: Event) -> Saved:
            saved = save_copy(cut.pieces(), to=to, form=form, origin=cut.origin(), progress=progress, stop=stop)
            sources = cut.sources()
            if replays is not None and sources:
                replays.note_copy(saved.path, sources)
            return saved

        return write
