"""The replay module without its widgets: deck, loader, marks and player, put together; it shows nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from download_client.errors import MirError
from ui.replay import habits
from ui.replay.habits import Heard, Loudness
from ui.replay.loader import Loader
from ui.replay.mark_book import MarkBook
from ui.replay.marks_model import MarkRow
from ui.replay.player import Player, PlayerState
from ui.replay.tracks import SILENT, Deck, Lane
from ui.session import Session


class Replay(QObject):
    """One per window. The current lane of the deck is what the player plays.

    `broken`: a `MirError`: what was played cannot be read any more.
    """

    broken = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.deck = Deck(self)
        self.player = Player(self)
        self.loader = Loader(session, self.deck, self)
        self.marks = MarkBook(session, self.deck, self.loader, self)
        self._playing = ""
        """The key of the lane whose place is to be remembered."""
        self._wanted: MarkRow | None = None
        """A mark that is gone to as soon as what it is on can be heard."""
        kept = habits.loudness(session.memory)
        self.player.set_volume(kept.volume)
        self.player.set_muted(kept.muted)
        self.player.set_skip_silence(kept.skip_silence)
        self.player.set_output(kept.output)
        self.in_turn = kept.in_turn
        """When one is heard to its end, the next one begins, where it can be heard by then."""
        self.deck.current_changed.connect(self._choose)
        self.deck.changed.connect(self._lane_changed)
        self.player.changed.connect(self._keep_loudness)
        self.player.broken.connect(self._broke)
        self.player.ended.connect(self._go_on)
        session.files_wanted.connect(self._release)
        self._leave_desktop = self._join_desktop()

    # --- what is played

    @property
    def current(self) -> Lane | None:
        """The lane that is played, or would be."""
        return self.deck.current

    def seek(self, key: str, seconds: float) -> None:
        """Go to a second of a lane's voice; another lane goes on as this one did."""
        lane = self.deck.get(key)
        if lane is None or not lane.playable:
            return
        self.deck.choose(key)
        self.player.seek(seconds)

    def set_in_turn(self, in_turn: bool) -> None:
        """Play one after the other, or stop at the end of each."""
        self.in_turn = in_turn
        self._keep_loudness()

    def _go_on(self) -> None:
        """It was heard to its end: the next one, from its beginning."""
        lane = self.deck.following()
        if self.in_turn and lane is not None:
            self.deck.choose(lane.key)
            self.player.seek(0.0)
            self.player.play()

    def go_to_mark(self, row: MarkRow) -> None:
        """Go to a mark; what it is on is loaded first where it is not yet."""
        mark, lane = row.mark, self.deck.get(row.lane)
        if lane is not None and lane.playable:
            self.seek(row.lane, self._place(lane, row) if mark is not None else row.seconds)
        elif mark is not None:
            self._wanted = row
            self.loader.load(self.marks.conversation_of(row))

    def _place(self, lane: Lane, row: MarkRow) -> float:
        """Where a mark is in a lane's voice: it counts in its own recording's."""
        mark = row.mark
        if mark is not None:
            for begins, clip in lane.placed():
                if clip.recording_id == mark.recording_id:
                    return begins + mark.at
        return row.seconds

    def unload(self) -> None:
        """Let go of everything."""
        self._remember()
        self.deck.clear()

    def close(self) -> None:
        """The window goes: remember, and let go of files and devices."""
        self._remember()
        self.player.load(None)
        self._leave_desktop()

    def _join_desktop(self) -> Callable[[], None]:
        """Be found by the media keys of the desktop; answers how to be found no more."""
        if sys.platform != "linux":
            return lambda: None
        from ui.replay.mpris import Mpris  # Linux alone has it

        return Mpris(self.deck, self.player, self.session.bridge, self).close

    def _choose(self, key: str) -> None:
        plays = self.player.state is PlayerState.PLAYING
        self._remember()
        lane = self.deck.get(key)
        self._take(lane if lane is not None and lane.playable else None, plays=plays)

    def _lane_changed(self, key: str) -> None:
        self._follow(key)
        wanted, lane = self._wanted, self.deck.get(key)
        if wanted is not None and wanted.lane == key and lane is not None and lane.playable:
            self._wanted = None
            self.go_to_mark(wanted)

    def _follow(self, key: str) -> None:
        lane, other = self.deck.current, self.deck.get(key)
        if lane is None:
            return
        if key != lane.key:
            # Nothing of what was loaded first can be heard: the first that can takes its place.
            if lane.state in SILENT and other is not None and other.playable and not other.share:
                self.deck.choose(key)
            return
        if not lane.playable:
            self._playing = ""
            self.player.load(None)
            heard = next((each for each in self.deck.lanes if each.playable), None)
            if lane.state in SILENT and heard is not None:
                self.deck.choose(heard.key)
        elif self.player.lane == key:
            self.player.load(lane, at=self.player.position)
        else:
            self._take(lane, plays=False)

    def _take(self, lane: Lane | None, *, plays: bool) -> None:
        self._playing = lane.key if lane is not None else ""
        if lane is None:
            self.player.load(None)
            return
        kept = habits.heard(self.session.memory, lane.key)
        over = kept.position >= lane.seconds - 1.0
        self.player.load(lane, at=0.0 if over else kept.position)
        self.player.set_rate(kept.rate)
        self.player.set_balance(kept.balance)
        if plays:
            self.player.play()

    # --- what is remembered

    def _remember(self) -> None:
        if self._playing and self.player.lane == self._playing:
            player = self.player
            place = 0.0 if player.state is PlayerState.ENDED else player.position
            habits.remember(self.session.memory, self._playing, Heard(place, player.rate, player.balance))

    def _keep_loudness(self) -> None:
        player = self.player
        habits.keep_loudness(
            self.session.memory,
            Loudness(player.volume, player.muted, player.skip_silence, player.output, self.in_turn),
        )

    # --- files

    def _release(self, paths: Sequence[Path]) -> None:
        """Somebody is about to check, move or mend files: let go of them; nothing named means all."""
        lane = self.deck.current
        if lane is not None and (not paths or not set(paths).isdisjoint(lane.files)):
            self.player.release()

    def _broke(self, error: MirError) -> None:
        lane = self.deck.current
        if lane is not None:
            self.loader.vanished(lane.key, error)
        self.broken.emit(error)
