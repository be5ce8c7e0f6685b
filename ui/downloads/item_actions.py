"""What can be done to recordings of a run: to the chosen ones, or to a whole group; it asks the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from download_client.engine import Downloads, QueuedRun, RunItem
from download_client.model import ItemGroup
from ui.downloads.keyed import keyed
from ui.downloads.support import details_of_items
from ui.downloads.watch import Watch
from ui.file_manager import FileManager, reveal_words

_AGAIN = frozenset({ItemGroup.FAILED, ItemGroup.WAITING})
_LEAVES = frozenset({ItemGroup.FAILED, ItemGroup.WAITING, ItemGroup.QUEUED, ItemGroup.DOWNLOADING})


Stretch = tuple[str, int, int]
"""A group, where in it a stretch begins, and how many recordings it holds."""
_MANY = 1_000
"""Recordings read at once where the numbers of many are needed."""


class ItemActions(QObject):
    """Aimed at recordings of one run with `aim`. Keys work where the table has the focus."""

    def __init__(self, watch: Watch, files: FileManager, *, keys_in: QWidget, done: Callable[[], None]) -> None:
        super().__init__(keys_in)
        self._watch = watch
        self._files = files
        self._keys_in = keys_in
        self._done = done
        self._run: QueuedRun | None = None
        self._items: tuple[RunItem, ...] = ()
        self._stretches: tuple[Stretch, ...] = ()
        self.retry = self._action(self.tr("Retry"), "rotate-cw", "R", self._retry)
        self.first = self._action(self.tr("Put first"), "chevron-up", "Alt+Home", self._first)
        self.leave_out = self._action(self.tr("Leave out"), "circle-slash", "Del", self._leave_out)
        self.take_in = self._action(self.tr("Take in again"), "plus", "Ins", self._take_in)
        self.reveal = self._action(reveal_words(), "folder-open", "", self._reveal)
        self.copy = self._action(self.tr("Copy details for support"), "copy", "Ctrl+C", self._copy)
        self.aim(None, ())

    def _action(self, words: str, icon: str, key: str, does: Callable[[], None]) -> QAction:
        return keyed(self, words, icon, key, does, keys_in=self._keys_in)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every one of them, in the order in which they are offered."""
        return self.retry, self.first, self.leave_out, self.take_in, self.reveal, self.copy

    def aim(self, run: QueuedRun | None, items: Sequence[RunItem], stretches: Sequence[Stretch] = ()) -> None:
        """From now on at these recordings of that run: what is here of them, and all of them by stretches of groups."""
        self._run, self._items, self._stretches = run, tuple(items), tuple(stretches)
        groups = {ItemGroup(key) for key, _, _ in stretches}
        self.retry.setEnabled(bool(groups & _AGAIN))
        self.first.setEnabled(ItemGroup.QUEUED in groups)
        self.leave_out.setEnabled(bool(groups & _LEAVES))
        self.take_in.setEnabled(ItemGroup.LEFT_OUT in groups)
        self.reveal.setEnabled(len(items) == 1 and items[0].path is not None)
        self.copy.setEnabled(bool(items))

    def menu(self, parent: QWidget) -> QMenu:
        """What makes sense for what is aimed at, and what always stands there."""
        made = QMenu(parent)
        made.addActions([each for each in (self.retry, self.first, self.leave_out, self.take_in) if each.isEnabled()])
        made.addSeparator()
        made.addActions([self.reveal, self.copy])
        return made

    def act_on(self, run: QueuedRun, group: ItemGroup) -> None:
        """What the heading of a group offers: to retry what failed or was not ready, to take in what was left out."""
        verbs: dict[ItemGroup, Callable[..., None]] = {
            ItemGroup.FAILED: Downloads.retry,
            ItemGroup.WAITING: Downloads.retry,
            ItemGroup.LEFT_OUT: Downloads.take_in,
        }
        if (verb := verbs.get(group)) is not None and run.run_id is not None:
            archive, run_id = run.archive, run.run_id
            self._watch.do(lambda queue: verb(queue, archive, run_id, group), then=self._done)

    # --- acting

    def _tell(self, verb: Callable[..., None], groups: frozenset[ItemGroup]) -> None:
        run = self._run
        meant = [each for each in self._stretches if ItemGroup(each[0]) in groups]
        if run is None or run.run_id is None or not meant:
            return
        archive, run_id = run.archive, run.run_id
        here = [item.id for item in self._items if item.group in groups]
        whole = sum(count for _, _, count in meant) == len(here)

        def tell(queue: Downloads) -> None:
            verb(queue, archive, run_id, here if whole else _numbers(queue, run, meant))

        self._watch.do(tell, then=self._done)

    def _retry(self) -> None:
        self._tell(Downloads.retry, _AGAIN)

    def _first(self) -> None:
        self._tell(Downloads.put_first, frozenset({ItemGroup.QUEUED}))

    def _leave_out(self) -> None:
        self._tell(Downloads.leave_out, _LEAVES)

    def _take_in(self) -> None:
        self._tell(Downloads.take_in, frozenset({ItemGroup.LEFT_OUT}))

    def _reveal(self) -> None:
        if self._items and self._items[0].path is not None:
            self._files.reveal(self._items[0].path)

    def _copy(self) -> None:
        if self._run is not None and self._items:
            text = details_of_items(list(self._items), run_id=self._run.run_id or 0, now=datetime.now(UTC))
            QGuiApplication.clipboard().setText(text)


def _numbers(queue: Downloads, run: QueuedRun, stretches: Sequence[Stretch]) -> list[int]:
    """The ledger's numbers of recordings that were chosen but never scrolled into view; on a worker."""
    found: list[int] = []
    for key, start, count in stretches:
        for at in range(start, start + count, _MANY):
            some = min(_MANY, start + count - at)
            items = queue.items(run.archive, run.run_id or 0, ItemGroup(key), start=at, count=some)
            found += [item.id for item in items]
    return found
