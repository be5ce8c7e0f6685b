"""The marks of what is loaded: read from the archive, put into the lanes, told as rows; it draws nothing.

Only recordings of an archive have marks; each lies beside its recording, and the engine keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from download_client.engine import Engine, Mark, Marks
from download_client.model import Conversation, Party
from ui.replay import said
from ui.replay.loader import Loader
from ui.replay.marks_model import MarkRow
from ui.replay.tracks import Deck, Flag, Lane
from ui.replay.wish import Wanted, Wish
from ui.session import Session

_MOST_FOUND: Final = 500
"""Marks of the whole archive that are listed at once: the newest."""


class MarkBook(QObject):
    """`changed`: rows are others than they were. Lives on the UI thread, asks on workers."""

    changed = Signal()
    found = Signal(str, object)
    """What was looked for in the whole archive, and its rows; the newest first, not more than are read."""

    def __init__(self, session: Session, deck: Deck, loader: Loader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._deck = deck
        self._loader = loader
        self._known: dict[str, tuple[Mark, ...]] = {}
        """By the key of the lane."""
        self._asked: dict[str, tuple[str, ...]] = {}
        deck.loaded.connect(self._forget)
        deck.changed.connect(self._look)

    # --- what is known

    def rows(self) -> tuple[MarkRow, ...]:
        """Marks and pauses of everything that is loaded."""
        return tuple(row for lane in self._deck.lanes for row in (*self._marks(lane), *_pauses(lane)))

    def possible(self, lane: Lane | None, voice: float) -> bool:
        """A mark can be made there."""
        if lane is None or not lane.clips or self._session.archive is None:
            return False
        index, _ = lane.clip_at(voice)
        return self._loader.in_archive(lane.key, lane.clips[index].recording_id)

    def _marks(self, lane: Lane) -> list[MarkRow]:
        found = []
        places = {clip.recording_id: (begins, clip) for begins, clip in lane.placed()}
        for mark in self._known.get(lane.key, ()):
            if mark.recording_id in places:
                begins, clip = places[mark.recording_id]
                at = clip.start + timedelta(seconds=clip.wall(mark.at))
                found.append(MarkRow(mark.id, lane.key, begins + mark.at, at, mark.length, lane.title, mark.by, mark))
        return found

    def look_for(self, words: str) -> None:
        """Search the marks of the whole archive, also of what is not loaded; `found` tells."""
        archive = self._session.archive
        if archive is not None:
            self._session.ask_long(
                lambda engine, ticket: _search(engine, archive, words, ticket.cancelled),
                then=lambda rows: self.found.emit(words, rows),
                owner=self,
            )

    def conversation_of(self, row: MarkRow) -> Wish:
        """What is to be loaded to hear a mark."""
        archive, key = self._session.archive, row.lane
        engine = self._session.engine

        def read() -> list[Wanted]:
            if archive is None:
                return []
            with closing(engine.library(archive)) as library:
                return [Wanted(each.conversation) for each in islice(library.held([key], conversations=True), 1)]

        return Wish(read)

    # --- changing them

    def add(self, lane: Lane, *, first: float, last: float, note: str) -> None:
        """Mark a moment of a lane's voice, or a stretch of it; a stretch ends with the recording it begins in."""
        index, at = lane.clip_at(first)
        clip = lane.clips[index]
        length = max(0.0, min(last - first, clip.seconds - at))
        self._do(lane.key, lambda marks: marks.add(clip.recording_id, at=at, length=length, note=note))

    def change(self, row: MarkRow, note: str) -> None:
        """Another note."""
        mark = row.mark
        if mark is not None and note != mark.note:
            self._do(row.lane, lambda marks: marks.change(mark, note=note))

    def remove(self, rows: Sequence[MarkRow]) -> None:
        """Take marks away."""
        for lane in dict.fromkeys(row.lane for row in rows):
            gone = [row.mark for row in rows if row.lane == lane and row.mark is not None]
            self._do(lane, partial(_remove, gone))

    def export(self, rows: Sequence[MarkRow], target: Path) -> None:
        """Save marks as a table."""
        told = [row.mark for row in rows if row.mark is not None]
        self._ask(lambda marks: marks.export_csv(target, told), lambda _: None)

    # --- asking

    def _do(self, lane: str, work: Callable[[Marks], Any]) -> None:
        def then(_: object) -> None:
            self._read(lane)
            self.changed.emit()

        self._ask(work, then)

    def _ask(self, work: Callable[[Marks], Any], then: Callable[[Any], None]) -> None:
        archive = self._session.archive
        if archive is None:
            return

        def asked(marks: Marks) -> Any:
            try:
                return work(marks)
            finally:
                marks.close()

        self._session.ask(lambda engine: asked(engine.marks(archive)), then=then, owner=self)

    def _look(self, key: str) -> None:
        """Its clips are known now, or are others."""
        lane = self._deck.get(key)
        if lane is None:
            return
        ids = tuple(clip.recording_id for clip in lane.clips if self._loader.in_archive(key, clip.recording_id))
        if self._asked.get(key, ()) != ids:
            self._asked[key] = ids
            self._read(key)
            self.changed.emit()

    def _read(self, key: str) -> None:
        ids = self._asked.get(key, ())
        if ids:
            self._ask(lambda marks: marks.of(ids), lambda found: self._take(key, ids, found))

    def _take(self, key: str, ids: tuple[str, ...], found: tuple[Mark, ...]) -> None:
        lane = self._deck.get(key)
        if lane is None or self._asked.get(key) != ids:
            return
        self._known[key] = found
        flags = tuple(Flag(row.key, row.seconds, row.length, row.mark.note) for row in self._marks(lane) if row.mark)
        if flags != lane.flags:
            self._deck.update(key, flags=flags)
        self.changed.emit()

    def _forget(self) -> None:
        for key in [key for key in self._asked if self._deck.get(key) is None]:
            del self._asked[key]
            self._known.pop(key, None)
        self.changed.emit()


def _search(engine: Engine, archive: Path, words: str, stop: Event) -> tuple[MarkRow, ...]:
    marks = engine.marks(archive)
    try:
        found = marks.search(words)[:_MOST_FOUND]
    finally:
        marks.close()
    with closing(engine.library(archive)) as library:
        library.fill(lambda _: None, stop)
        ids = list(dict.fromkeys(mark.recording_id for mark in found))
        held = {each.recording.id: each for each in library.held(ids, conversations=False)}
    rows = []
    for mark in found:
        it = held.get(mark.recording_id)
        if it is not None:
            calling, called = (each.name or each.phone_number for each in _parties(it.conversation))
            at = it.recording.start_time + timedelta(seconds=mark.at)
            title = said.title(calling, called)
            rows.append(MarkRow(mark.id, it.conversation.id, mark.at, at, mark.length, title, mark.by, mark))
    return tuple(rows)


def _parties(it: Conversation) -> tuple[Party, Party]:
    return it.calling_party, it.called_party


def _remove(gone: Sequence[Mark], marks: Marks) -> None:
    for mark in gone:
        marks.remove(mark)


def _pauses(lane: Lane) -> list[MarkRow]:
    """Where the recording was paused (F16). The service does not say by whom: whose recording it is stands there."""
    found = []
    by = lane.conversation.owner_name if lane.conversation is not None else ""
    for begins, clip in lane.placed():
        for number, pause in enumerate(clip.pauses):
            length = pause.end_seconds - pause.start_seconds
            if length > 0:
                found.append(
                    MarkRow(
                        key=f"{lane.key}/{clip.recording_id}/{number}",
                        lane=lane.key,
                        seconds=begins + clip.voice(pause.start_seconds),
                        at=clip.start + timedelta(seconds=pause.start_seconds),
                        length=length,
                        title=lane.title,
                        by=by,
                    )
                )
    return found
