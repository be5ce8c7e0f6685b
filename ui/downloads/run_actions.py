"""What can be done to runs: to the chosen ones, or to all; each an action with its key, offered when it makes sense.

It asks the queue; what becomes of it is seen when the queue says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from download_client.engine import Downloads, QueuedRun, Standing
from download_client.model import ItemGroup, RunPhase
from ui.downloads.figures import exceptions_of
from ui.downloads.keyed import keyed
from ui.downloads.support import details_of_run
from ui.downloads.watch import Watch
from ui.file_manager import FileManager, reveal_words

_GOES_ON = frozenset({Standing.PAUSED, Standing.HELD})
_STOPS = frozenset({Standing.AT_WORK, Standing.WAITING})


class RunActions(QObject):
    """Aimed at runs with `aim`. Keys work where the list of runs has the focus."""

    def __init__(self, watch: Watch, files: FileManager, *, keys_in: QWidget) -> None:
        super().__init__(keys_in)
        self._watch = watch
        self._files = files
        self._keys_in = keys_in
        self._runs: tuple[QueuedRun, ...] = ()
        self.pause = self._action(self.tr("Pause"), "pause", "Space", self._pause)
        self.resume = self._action(self.tr("Resume"), "play", "Space", self._resume)
        self.cancel = self._action(self.tr("Cancel"), "x", "", self._cancel)
        self.retry = self._action(self.tr("Retry what is missing"), "rotate-cw", "R", self._retry)
        self.first = self._action(self.tr("First in the queue"), "chevron-up", "Alt+Home", self._first)
        self.up = self._action(self.tr("Up in the queue"), "", "Alt+Up", lambda: self.step(-1))
        self.down = self._action(self.tr("Down in the queue"), "", "Alt+Down", lambda: self.step(1))
        self.table = self._action(self.tr("Open the run's CSV"), "file-text", "", self._open_table)
        self.reveal = self._action(reveal_words(), "folder-open", "", self._reveal)
        self.copy = self._action(self.tr("Copy details for support"), "copy", "", self._copy)
        self.remove = self._action(self.tr("Remove from the list"), "", "Del", self._remove)
        self.pause_all = self._action(self.tr("Pause all"), "pause", "", self._pause_all)
        self.resume_all = self._action(self.tr("Resume all"), "play", "", self._resume_all)
        self.aim(())

    def _action(self, words: str, icon: str, key: str, does: Callable[[], None]) -> QAction:
        return keyed(self, words, icon, key, does, keys_in=self._keys_in)

    # --- aiming

    @property
    def runs(self) -> tuple[QueuedRun, ...]:
        """The runs aimed at."""
        return self._runs

    def aim(self, runs: Sequence[QueuedRun]) -> None:
        """From now on at these."""
        self._runs = tuple(runs)
        standings = {run.standing for run in runs}
        ended = [run for run in runs if run.standing is Standing.ENDED]
        queued = len(ended) < len(runs)
        alone = len(runs) == 1
        self.pause.setEnabled(bool(standings & _STOPS))
        self.resume.setEnabled(bool(standings & _GOES_ON) and not standings & _STOPS)
        self.cancel.setEnabled(queued)
        self.retry.setEnabled(any(map(_misses_something, runs)))
        for each in (self.first, self.up, self.down):
            each.setEnabled(queued and len(self._watch.unended) > 1)
        self.table.setEnabled(alone and runs[0].table is not None)
        self.reveal.setEnabled(alone)
        self.copy.setEnabled(bool(runs))
        self.remove.setEnabled(bool(ended))
        every = {run.standing for run in self._watch.unended}
        self.pause_all.setEnabled(bool(every & _STOPS))
        self.resume_all.setEnabled(bool(every & _GOES_ON))

    def menu(self, parent: QWidget) -> QMenu:
        """All that can be done to the runs aimed at."""
        made = QMenu(parent)
        made.addActions([self.resume if self.resume.isEnabled() else self.pause, self.cancel, self.retry])
        made.addSeparator()
        made.addActions([self.first, self.up, self.down])
        made.addSeparator()
        made.addActions([self.table, self.reveal, self.copy])
        made.addSeparator()
        made.addAction(self.remove)
        return made

    # --- acting

    def _keys(self, *standings: Standing) -> list[str]:
        return [run.key for run in self._runs if run.standing in standings]

    def _pause(self) -> None:
        self._tell(Downloads.pause, *_STOPS)

    def _resume(self) -> None:
        self._tell(Downloads.resume, *_GOES_ON)

    def _cancel(self) -> None:
        self._tell(Downloads.cancel, *_STOPS, *_GOES_ON)

    def _pause_all(self) -> None:
        self._watch.do(lambda queue: queue.pause())

    def _resume_all(self) -> None:
        self._watch.do(lambda queue: queue.resume())

    def _tell(self, verb: Callable[..., None], *standings: Standing) -> None:
        """The queue takes no name at all for all of them: that is never meant here."""
        keys = self._keys(*standings)
        if keys:
            self._watch.do(lambda queue: verb(queue, *keys))

    def _retry(self) -> None:
        """Of a run that ended everything that is not home, of one that has not what failed."""
        missing = [run for run in self._runs if _misses_something(run)]

        def retry(queue: Downloads) -> None:
            for run in missing:
                if run.run_id is None:
                    continue
                if run.standing is Standing.ENDED:
                    queue.add_retry(run.archive, run.run_id)
                else:
                    queue.retry(run.archive, run.run_id, ItemGroup.FAILED)

        if missing:
            self._watch.do(retry)

    def _first(self) -> None:
        keys = self._keys(*_STOPS, *_GOES_ON)

        def first(queue: Downloads) -> None:
            for key in reversed(keys):
                queue.first(key)

        self._watch.do(first)

    def step(self, by: int) -> None:
        """Move what is aimed at up (-1) or down (1) by one place, all of it together."""
        mine = self._keys(*_STOPS, *_GOES_ON)
        order = [run.key for run in self._watch.unended]
        if not mine:
            return
        place = max(0, order.index(mine[0]) - 1) if by < 0 else order.index(mine[-1]) + 2
        self.move(mine, before=next((key for key in order[place:] if key not in mine), ""))

    def move(self, keys: Sequence[str], *, before: str) -> None:
        """Put these, in their order, before another; empty: at the end."""
        wanted = list(keys)

        def moved(queue: Downloads) -> None:
            for key in wanted:
                queue.move(key, before=before)

        self._watch.do(moved)

    def _open_table(self) -> None:
        if self._runs and self._runs[0].table is not None:
            self._files.open(self._runs[0].table)

    def _reveal(self) -> None:
        if self._runs:
            self._files.open(self._runs[0].archive)

    def _copy(self) -> None:
        now = datetime.now(UTC)
        text = "\n\n".join(details_of_run(run, now=now) for run in self._runs)
        QGuiApplication.clipboard().setText(text)

    def _remove(self) -> None:
        """Those of this session by their keys, earlier ones by their archive too."""
        ended = [run for run in self._runs if run.standing is Standing.ENDED]

        def remove(queue: Downloads) -> None:
            for run in ended:
                queue.remove(run.key, archive=run.archive)

        if ended:
            self._watch.do(remove, then=self._watch.look_back)


def _misses_something(run: QueuedRun) -> bool:
    if run.run_id is None:
        return False
    return bool(exceptions_of(run)) if run.standing is not Standing.ENDED else run.phase is not RunPhase.COMPLETE
