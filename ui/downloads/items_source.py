"""Fills the table of one run's recordings from the engine: counts of its groups now and then, pages when wanted.

Everything is asked on a worker; what comes for a run that is no longer on show is dropped. It draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QTimer, Signal

from download_client.engine import GroupFigures, QueuedRun, RunItem, Standing
from download_client.errors import MirError
from download_client.model import ItemGroup
from ui.bridge import Ticket
from ui.downloads.items_model import PAGE, ItemsModel
from ui.downloads.rows import progress_cells, row_of
from ui.downloads.watch import Watch
from ui.widgets import Group
from ui.words import numbers
from ui.words.plurals import RunItems

_BREATH = 300
"""Milliseconds between two counts at least."""
_REST = 5
_SETTLES = 30
"""So many looks after the last change of the figures the groups are still counted: the ledger may follow them."""
SHOWN = (
    (ItemGroup.FAILED.value, True),
    (ItemGroup.DOWNLOADING.value, True),
    (ItemGroup.WAITING.value, True),
    (ItemGroup.QUEUED.value, False),
    (ItemGroup.LEFT_OUT.value, False),
    (ItemGroup.ARCHIVED.value, False),
)
"""The groups in their order, and whether they begin open."""


class ItemsSource(QObject):
    """`counted`: the groups were counted anew."""

    counted = Signal()
    failed = Signal(object)
    """A `MirError`: the recordings cannot be read now; nothing when they can again (None)."""

    def __init__(self, watch: Watch, model: ItemsModel) -> None:
        super().__init__(model)
        self._watch = watch
        self._model = model
        self._run: QueuedRun | None = None
        self._counting: Ticket | None = None
        self._again = False
        self._settles = 0
        self._seen: object = None
        self.groups: dict[ItemGroup, GroupFigures] = {}
        self._took = QElapsedTimer()
        self._breath = QTimer(self, singleShot=True)
        self._breath.timeout.connect(self._rested)
        model.wanted.connect(self._page)

    def show(self, run: QueuedRun | None) -> None:
        """The recordings of this run, or none."""
        other = run is None or self._run is None or (run.key, run.run_id) != (self._run.key, self._run.run_id)
        self._run = run
        if other:
            self._drop()
            self._model.clear()
            self.groups = {}
            self.failed.emit(None)
            self.count()

    def tick(self, run: QueuedRun) -> None:
        """Live figures of the run on show: what is in hand moves at once, groups are counted when they changed."""
        self.show(run)
        figures = run.figures
        in_hand = figures.in_hand if figures is not None else ()
        self._model.set_progress(ItemGroup.DOWNLOADING.value, progress_cells(in_hand, self._watch.way()))
        counts = dict(figures.counts) if figures is not None else {}
        seen = (counts, tuple(item.recording_id for item in in_hand), run.standing, run.phase)
        if seen != self._seen:
            self._seen = seen
            self._settles = _SETTLES
        if self._settles > 0:
            self._settles -= 1
            self.count()

    def count(self) -> None:
        """Count the groups anew; while that is under way another wish waits for its end."""
        run = self._run
        if run is None or run.run_id is None:
            return
        if self._counting is not None or self._breath.isActive():
            self._again = True
            return
        self._took.start()
        archive, run_id = run.archive, run.run_id
        self._again = False
        self._counting = self._watch.ask(
            lambda queue: queue.groups(archive, run_id), then=self._counted, sorry=self._not_counted, owner=self
        )

    # --- behind

    def _drop(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
        self._counting, self._again, self._seen = None, False, None
        self._breath.stop()

    def _counted(self, groups: dict[ItemGroup, GroupFigures]) -> None:
        self._counting = None
        changed = [group for group, now in groups.items() if self.groups.get(group) != now]
        self.groups = groups
        for key, _ in SHOWN:
            group = ItemGroup(key)
            figures = groups.get(group, GroupFigures(0, 0))
            self._model.set_group(key, figures.count, self._heading(group, figures))
        # What stands in a group may have changed although there are as many as before; downloads change all the time.
        self._model.set_stale(*{group.value for group in changed} | {ItemGroup.DOWNLOADING.value})
        self.failed.emit(None)
        self.counted.emit()
        self._rest()

    def _not_counted(self, error: MirError) -> None:
        self._counting = None
        self.failed.emit(error)
        self._rest()

    def _rest(self) -> None:
        """A count of very many takes its time: it rests for longer than it took."""
        self._breath.start(max(_BREATH, _REST * self._took.elapsed()))

    def _rested(self) -> None:
        if self._again:
            self.count()

    def _page(self, key: str, page: int) -> None:
        run = self._run
        if run is None or run.run_id is None:
            self._model.refuse(key, page)
            return
        archive, run_id, shown = run.archive, run.run_id, (run.key, run.run_id)

        def here(items: Sequence[RunItem]) -> None:
            now = self._run
            if now is not None and (now.key, now.run_id) == shown:
                way, active = self._watch.way(), now.standing is Standing.AT_WORK
                self._model.put(key, page, [row_of(item, way, active=active) for item in items])

        def not_here(_: MirError) -> None:
            now = self._run
            if now is not None and (now.key, now.run_id) == shown:
                self._model.refuse(key, page)

        asked = self._watch.ask(
            lambda queue: queue.items(archive, run_id, ItemGroup(key), start=page * PAGE, count=PAGE),
            then=here,
            sorry=not_here,
            owner=self,
        )
        if asked is None:
            self._model.refuse(key, page)

    def _heading(self, group: ItemGroup, figures: GroupFigures) -> Group:
        locale = self._watch.way().locale
        translate = QCoreApplication.translate
        count = numbers.count(figures.count, locale)
        size = numbers.size(figures.bytes, locale) if figures.bytes else ""
        if group is ItemGroup.FAILED:
            action = RunItems.tr("Retry {count} failed", "", figures.count).format(count=count)
            note = translate("RunItems", "the run cannot mend these by itself")
            title = translate("RunItems", "Failed")
            return Group(title, count, note, icon="triangle-alert", tone="danger", action=action)
        if group is ItemGroup.LEFT_OUT:
            action = RunItems.tr("Take in {count}", "", figures.count).format(count=count)
            title = translate("RunItems", "Left out")
            return Group(title, count, size, icon="circle-dashed", tone="text2", action=action)
        if group is ItemGroup.ARCHIVED:
            note = translate("RunItems", "{size}, every one proved whole").format(size=size) if size else ""
            return Group(translate("RunItems", "In archive"), count, note, icon="circle-check", tone="text2")
        if group is ItemGroup.WAITING and self._run is not None and self._run.standing is Standing.ENDED:
            action = RunItems.tr("Retry {count}", "", figures.count).format(count=count)
            title = translate("RunItems", "Not ready yet")
            return Group(title, count, size, icon="hourglass", tone="text2", action=action)
        icon, title = {
            ItemGroup.DOWNLOADING: ("arrow-down-to-line", translate("RunItems", "Downloading")),
            ItemGroup.WAITING: ("hourglass", translate("RunItems", "Waiting")),
            ItemGroup.QUEUED: ("clock", translate("RunItems", "Queued")),
        }[group]
        return Group(title, count, size, icon=icon, tone="text2")
