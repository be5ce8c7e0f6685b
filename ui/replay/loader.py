"""Brings what is wanted into the deck: found or fetched, opened, its waveform read; it plays and draws nothing.

What lies in the archive never waits behind what has to be fetched. Few are fetched at once: a service bears 40 replays
of an account (F9).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from download_client.engine import MOST_SECONDS, Engine, Fetched, FetchPhase, FetchStep, Replays, Voice
from download_client.errors import (
    Interrupted,
    MirError,
    NotPlayable,
    RecordingExpired,
    RecordingGone,
    RecordingVanished,
    TooMuchVoice,
)
from download_client.model import Conversation
from download_client.sound import Peaks, PeakStore
from ui.bridge import Ticket
from ui.replay import said
from ui.replay.loads import Load, archived_of, clip_of, lane_of, recordings_of
from ui.replay.reading import Found, Source, of_voices, open_all, read_all, wav_files
from ui.replay.tracks import Deck, Lane, LaneState
from ui.replay.wish import Wanted, Wish
from ui.session import Session
from ui.words import times

_FETCHED_AT_ONCE: Final = 3
_READ_AT_ONCE: Final = 2
_GONE: Final = (RecordingVanished, RecordingExpired, RecordingGone)


class Loader(QObject):
    """`refused` carries the `MirError` that kept everything from being loaded. Lives on the UI thread."""

    refused = Signal(object)
    begun = Signal()
    """Something was loaded anew: it is in the deck."""

    def __init__(self, session: Session, deck: Deck, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._deck = deck
        self._loads: dict[str, Load] = {}
        self._to_fetch: list[Load] = []
        self._fetching: list[Load] = []
        self._to_read: list[Load] = []
        self._reading: list[Load] = []
        self._replays: Replays | None = None
        deck.loaded.connect(self._look_for_unloaded)
        session.profile_changed.connect(self._profile_changed)
        session.me_changed.connect(self._me_changed)
        session.archive_changed.connect(self._archive_changed)
        session.runs_changed.connect(self._look_for_archived)

    # --- loading

    def load(self, wish: Wish) -> None:
        """Load what is wanted besides what is loaded; all of it, or nothing where it is too much (F10)."""
        archive, replays = self._session.archive, self._replays

        def work(engine: Engine) -> tuple[Replays, list[tuple[Wanted, Fetched | None]]]:
            used = replays or engine.replays(archive)
            wanted = list(wish.read())
            used.room_for(recording for each in wanted for recording in recordings_of(each))
            return used, [(each, used.here(each.conversation, only=each.only)) for each in wanted]

        self._session.ask(work, then=self._take, sorry=self.refused.emit, owner=self)

    def load_files(self, paths: Sequence[Path]) -> None:
        """Load files from anywhere, also all WAV files of a folder."""

        def work(_: Ticket) -> list[tuple[Path, Found]]:
            return [
                (path, open_all([Source(path)])) for path in dict.fromkeys(each.absolute() for each in wav_files(paths))
            ]

        self._session.bridge.ask(work, then=self._take_files, sorry=self.refused.emit, owner=self)

    def stop(self, key: str) -> None:
        """Do not wait for a lane any longer: it is unloaded."""
        self._deck.remove(key)

    # --- taking what was found

    def _take(self, found: tuple[Replays, list[tuple[Wanted, Fetched | None]]]) -> None:
        replays, wanted = found
        if self._replays is None:
            self._replays = replays
        fresh = [(each, here) for each, here in wanted if self._is_new(each)]
        try:
            # Looked at once more: something else may have come into the deck meanwhile.
            replays.room_for(
                [recording for each, _ in fresh for recording in recordings_of(each)], loaded_seconds=self._deck.seconds
            )
        except MirError as error:
            self.refused.emit(error)
            return
        for each, _ in fresh:
            self._deck.remove(each.conversation.id)
        self._deck.add([lane_of(each) for each, _ in fresh])
        for each, here in fresh:
            self._begin(Load(each.conversation.id, each), here)
        if wanted:
            self._deck.choose(wanted[0][0].conversation.id)
            self.begun.emit()

    def _is_new(self, wanted: Wanted) -> bool:
        """What is loaded already stays; more of it takes its place."""
        known = self._loads.get(wanted.conversation.id)
        if known is None or known.wanted is None:
            return True
        lane = self._deck.get(known.key)
        if lane is not None and lane.state in (LaneState.UNPLAYABLE, LaneState.GONE):
            return True
        only = known.wanted.only
        return only is not None and (wanted.only is None or not wanted.only <= only)

    def _begin(self, load: Load, here: Fetched | None) -> None:
        self._loads[load.key] = load
        wanted = load.wanted
        if wanted is not None and not wanted.conversation.recordings:
            self._fail(load, said.no_recording(), LaneState.UNPLAYABLE)
        elif here is not None:
            self._fetched(load, here)
        else:
            self._to_fetch.append(load)
            self._go_on()

    def _take_files(self, found: list[tuple[Path, Found]]) -> None:
        lanes, loads = [], []
        for path, it in found:
            lane = Lane(
                key=str(path),
                number=0,
                title=path.name,
                start=it.opened[0].start if it.opened else datetime.now(UTC),
                seconds=sum(each.seconds for each in it.opened),
                files=(path,),
            )
            if self._deck.get(lane.key) is None:
                lanes.append(lane)
                loads.append((Load(lane.key, sources=(Source(path),)), it))
        seconds = sum(lane.seconds for lane in lanes)
        if seconds and self._deck.seconds + seconds > MOST_SECONDS:
            self.refused.emit(TooMuchVoice(f"{(self._deck.seconds + seconds) / 3600:.1f} hours together"))
            return
        self._deck.add(lanes)
        for load, it in loads:
            self._loads[load.key] = load
            self._take_opened(load, it)
        if found:
            self._deck.choose(str(found[0][0]))
            self.begun.emit()

    # --- fetching

    def _go_on(self) -> None:
        while self._to_fetch and len(self._fetching) < _FETCHED_AT_ONCE:
            self._fetch(self._to_fetch.pop(0))
        while self._to_read and len(self._reading) < _READ_AT_ONCE:
            self._read(self._to_read.pop(0))

    def _fetch(self, load: Load) -> None:
        replays, wanted = self._replays, load.wanted
        if replays is None or wanted is None:
            return
        self._fetching.append(load)
        bridge, heard = self._session.bridge, partial(self._heard, load)

        def step(it: FetchStep) -> None:
            bridge.tell(it, heard, self, latest=True)

        def work(ticket: Ticket) -> Fetched:
            return replays.fetch(wanted.conversation, only=wanted.only, step=step, stop=ticket.cancelled)

        load.ticket = bridge.ask(
            work, then=partial(self._fetched, load), sorry=partial(self._not_fetched, load), owner=self
        )

    def _heard(self, load: Load, step: FetchStep) -> None:
        if not self._still(load) or load not in self._fetching:
            return
        clock = times.clock(step.until, self._session.zone) if step.until is not None else ""
        fetching = step.phase is FetchPhase.FETCHING
        total = step.total_bytes
        left = load.remaining.seconds(done=step.done_bytes, total=total) if fetching else None
        self._deck.update(
            load.key,
            state=LaneState.FETCHING if fetching else LaneState.WAITING,
            share=min(1.0, step.done_bytes / total) if fetching and total else 0.0,
            words=said.step_words(step, self._session.locale, clock=clock, left=left),
        )

    def _not_fetched(self, load: Load, error: MirError) -> None:
        self._fetching.remove(load)
        if self._still(load) and not isinstance(error, Interrupted):
            self._fail(load, said.why(error), LaneState.GONE if isinstance(error, _GONE) else LaneState.UNPLAYABLE)
        self._go_on()

    def _fetched(self, load: Load, fetched: Fetched) -> None:
        if load in self._fetching:
            self._fetching.remove(load)
        if not self._still(load):
            self._let_go(fetched.voices)
            self._go_on()
            return
        load.voices = fetched.voices
        load.sources = of_voices(fetched.voices)
        load.lacking = tuple(error for _, error in fetched.lacking)
        sources = load.sources
        self._deck.update(load.key, state=LaneState.READING, share=0.0, words="", files=tuple(s.path for s in sources))
        self._session.bridge.ask(
            lambda _: open_all(sources),
            then=partial(self._take_opened, load),
            sorry=lambda error: self._fail(load, said.why(error), LaneState.UNPLAYABLE),
            owner=self,
        )
        self._go_on()

    # --- reading

    def _take_opened(self, load: Load, found: Found) -> None:
        if not self._still(load):
            return
        errors = [error for _, error in found.refused] + list(load.lacking)
        if not found.opened:
            if errors:
                self._refuse(load, errors[0])
            else:
                self._fail(load, said.no_recording(), LaneState.UNPLAYABLE)
            return
        load.opened = tuple(sorted(found.opened, key=lambda it: it.start))
        infos = {each.info.codec for each in load.opened}
        self._deck.update(
            load.key,
            state=LaneState.READING,
            share=0.0,
            words=said.some_lacking(len(errors), said.why(errors[0])) if errors else "",
            codec=", ".join(sorted(infos)),
            start=load.opened[0].start,
            seconds=sum(each.seconds for each in load.opened),
            clips=tuple(clip_of(each) for each in load.opened),
            peaks=(None,) * len(load.opened),
            files=tuple(each.path for each in load.sources),
        )
        self._to_read.append(load)
        self._go_on()

    def _refuse(self, load: Load, error: MirError) -> None:
        codec, intact = "", True
        if isinstance(error, NotPlayable):
            codec, intact = error.codec, error.intact
        state = LaneState.GONE if isinstance(error, _GONE) else LaneState.UNPLAYABLE
        self._fail(load, said.why(error), state, codec=codec, intact=intact)

    def _fail(self, load: Load, reason: str, state: LaneState, *, codec: str = "", intact: bool = True) -> None:
        self._deck.update(load.key, state=state, reason=reason, share=0.0, words="", codec=codec, intact=intact)

    def _read(self, load: Load) -> None:
        self._reading.append(load)
        bridge, told = self._session.bridge, partial(self._told, load)
        opened, store = load.opened, PeakStore(self._session.paths.cache / "peaks")

        def work(ticket: Ticket) -> tuple[Peaks | None, ...]:
            def heard(number: int, peaks: Peaks, share: float) -> None:
                bridge.tell((number, peaks, share), told, self, latest=True)

            return read_all(opened, store, heard=heard, stop=ticket.cancelled)

        load.ticket = bridge.ask(
            work, then=partial(self._was_read, load), sorry=partial(self._not_read, load), owner=self
        )

    def _told(self, load: Load, news: tuple[int, Peaks, float]) -> None:
        lane = self._deck.get(load.key)
        if lane is None or not self._still(load) or lane.state is not LaneState.READING:
            return
        number, peaks, share = news
        known = list(lane.peaks)
        known[number] = peaks
        self._deck.update(load.key, peaks=tuple(known), share=share)

    def _was_read(self, load: Load, peaks: tuple[Peaks | None, ...]) -> None:
        self._reading.remove(load)
        if self._still(load):
            self._deck.update(load.key, state=LaneState.READY, peaks=peaks, share=1.0)
        self._go_on()

    def _not_read(self, load: Load, error: MirError) -> None:
        self._reading.remove(load)
        if self._still(load) and not isinstance(error, Interrupted):
            self._refuse(load, error)
        self._go_on()

    def vanished(self, key: str, error: MirError) -> None:
        """What was loaded cannot be played on: its file went, or its drive."""
        load = self._loads.get(key)
        if load is not None:
            load.ticket.cancel()
            self._refuse(load, error)

    # --- unloading

    def _still(self, load: Load) -> bool:
        """It is loaded, and not once more in place of this one."""
        return self._loads.get(load.key) is load

    def _look_for_unloaded(self) -> None:
        for key in [key for key in self._loads if self._deck.get(key) is None]:
            self._drop(self._loads.pop(key))
        self._go_on()

    def _drop(self, load: Load) -> None:
        """The ticket's worker sees to it that it ends; until then it counts as being at work."""
        load.ticket.cancel()
        for waiting in (self._to_fetch, self._to_read, self._fetching, self._reading):
            if load in waiting:
                waiting.remove(load)
        self._let_go(load.voices)

    def _let_go(self, voices: Sequence[Voice]) -> None:
        replays = self._replays
        if replays is not None and voices:
            self._quietly(lambda: replays.let_go(voices))

    def _quietly(self, work: Callable[[], None]) -> None:
        self._session.bridge.ask(lambda _: work(), then=lambda _: None, sorry=lambda _: None, owner=self)

    @property
    def replays(self) -> Replays | None:
        """What answers for the voices that are loaded; None: nothing came through an engine yet."""
        return self._replays

    def voices(self, key: str) -> tuple[Conversation | None, tuple[Voice, ...]]:
        """Whose lane it is, and the files an engine answers for."""
        load = self._loads.get(key)
        if load is None or load.wanted is None:
            return None, ()
        return load.wanted.conversation, load.voices

    def in_archive(self, key: str, recording_id: str) -> bool:
        """A recording of a lane lies in the archive, so that it can be marked."""
        load = self._loads.get(key)
        return load is not None and any(
            voice.recording.id == recording_id and (voice.from_archive or recording_id in load.archived)
            for voice in load.voices
        )

    def _look_for_archived(self) -> None:
        """What was kept aside may be in the archive by now, so that it can be marked."""
        replays = self._replays
        for load in self._loads.values():
            wanted, aside = load.wanted, [v for v in load.voices if not self.in_archive(load.key, v.recording.id)]
            if replays is not None and wanted is not None and aside:
                look = partial(archived_of, replays, wanted)
                then = partial(self._found_archived, load)
                # Where it cannot be looked now, the next run that ends has it looked once more.
                self._session.bridge.ask(look, then=then, sorry=lambda _: None, owner=self)

    def _found_archived(self, load: Load, found: frozenset[tuple[str, str]]) -> None:
        load.archived = frozenset(v.recording.id for v in load.voices if (v.recording.id, v.sha256) in found)
        if load.archived and self._still(load):
            self._deck.update(load.key)

    # --- who, and where

    def _profile_changed(self) -> None:
        """What was loaded belongs to somebody else."""
        self._deck.clear()
        self._forget_replays()

    def _me_changed(self) -> None:
        """Signed out: what came from the service goes; what lies in the archive stays."""
        if self._session.me is None:
            self._unload_fetched()

    def _archive_changed(self) -> None:
        """What lies in the former archive stays; what is wanted next is looked for in this one."""
        self._unload_fetched()
        self._forget_replays()

    def _unload_fetched(self) -> None:
        for key, load in list(self._loads.items()):
            here = bool(load.voices) and all(voice.from_archive for voice in load.voices)
            if load.wanted is not None and not here:
                self._deck.remove(key)

    def _forget_replays(self) -> None:
        replays, self._replays = self._replays, None
        if replays is not None:
            self._quietly(replays.close)
