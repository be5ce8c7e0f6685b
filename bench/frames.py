"""`python -m bench.frames`: one listing of everything a service has, filled, ordered and drawn; prints JSON.

A process of its own, so that its memory is the window's alone. It reads address, user, password and folder as one line
of JSON. The real table is drawn offscreen by the CPU, whole frames at 1400 x 900.
"""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from download_client.credentials import MemoryVault, Secret
from download_client.engine import (
    Column,
    ConversationRow,
    Engine,
    Filter,
    GroupBy,
    Listing,
    Order,
    Password,
    Span,
    View,
)
from download_client.model import Criteria, Direction
from download_client.settings import Paths, Settings
from ui.bridge import Bridge
from ui.conversations.columns import Columns
from ui.session import Session
from ui.tables import RowsModel, RowsView
from ui.theme import Appearance, Theme, measures
from ui.widgets import Group

_PAGE = 64
_JUMPS = 150
_NOTCHES = 400
_WAIT = 60.0
_FROM = {"from_time": "2025-09-27T00:00:00+00:00"}


def main() -> None:
    """Measure everything once."""
    given = json.loads(sys.stdin.readline())
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    paths = Paths.below(Path(given["folder"]))
    settings = Settings.load(paths)
    settings.set("network.proxy", "none")
    if given["ca_file"]:
        settings.set("network.ca_file", given["ca_file"])
    engine = Engine(paths=paths, settings=settings, profile="default", vault=MemoryVault())
    engine.sign_in(Password(given["server"], given["user"], Secret(given["password"])))
    listing = engine.conversations(Criteria.from_dict(_FROM))
    begun = time.perf_counter()
    filled = listing.fill(lambda _: None, threading.Event())
    seconds = time.perf_counter() - begun
    found: dict[str, Any] = {"rows": filled.rows, "fill_seconds": seconds, "filled_rss": resident()}
    found |= _views(listing)
    found |= _drawn(listing, paths, settings)
    found["rss"] = resident()
    listing.close()
    engine.close()
    print(json.dumps(found))


# --- the engine's side


def _views(listing: Listing[ConversationRow]) -> dict[str, Any]:
    orders = [Order(column, descending) for column in listing.columns for descending in (False, True)]
    filters = {
        "text in one of six": Filter(text="er"),
        "text in few": Filter(text="0123"),
        "inbound": Filter(direction=Direction.INBOUND),
    }
    times = {f"by {order.column.value}": 0.0 for order in orders}
    for order in orders:
        name = f"by {order.column.value}"
        times[name] = max(times[name], _seconds(partial(listing.view, order)))
    by_name = Order(Column.CALLING, descending=False)
    narrowed = {name: _seconds(partial(listing.view, by_name, where)) for name, where in filters.items()}
    gathered = {group.value: _seconds(partial(listing.view, group_by=group)) for group in (GroupBy.DAY, GroupBy.PARTY)}
    view = listing.view(by_name)
    pages = [timed(lambda: view.rows(random.randrange(view.count), _PAGE)) for _ in range(2_000)]
    half = [Span(0, view.count // 2)]
    found = {
        "orders": times,
        "filters": narrowed,
        "groups": gathered,
        "page": spread(pages),
        "sums_of_half": timed(lambda: view.selected(half)),
        "ids_of_all": timed(lambda: sum(1 for _ in view.conversation_ids([Span(0, view.count)]))),
        "find": timed(lambda: view.find("zoe", 0)),
    }
    view.close()
    return found


def _seconds(make: Callable[[], View[ConversationRow]]) -> float:
    """The median of three, closed again."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        with closing(make()):
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


# --- the window's side


def _drawn(listing: Listing[ConversationRow], paths: Paths, settings: Settings) -> dict[str, Any]:
    app = QApplication([])
    theme = Theme(app, Appearance.LIGHT)
    gc.disable()
    bridge = Bridge()
    session = Session(bridge, paths=paths, settings=settings, profile="default")
    model: RowsModel[ConversationRow] = RowsModel(session, Columns(session).all(), lambda each: Group(each.title))
    table = RowsView(session, model, memory="bench", row=measures.ROW, name="Conversations")
    table.resize(1400, 900)
    table.show()
    model.show(listing.view())
    _until(app, lambda: model.row(0) is not None)
    bar = table.verticalScrollBar()

    def frame() -> float:
        return timed(table.viewport().repaint)

    def jump(target: int) -> None:
        bar.setValue(target)
        table.viewport().repaint()

    def notch() -> None:
        bar.setValue(bar.value() + 3)
        app.processEvents()
        table.viewport().repaint()

    jumps: list[float] = []
    arrived: list[float] = []
    for _ in range(_JUMPS):
        jumps.append(timed(partial(jump, random.randrange(bar.maximum()))))
        _until(app, partial(_is_here, table, model))
        arrived.append(frame())
    bar.setValue(bar.maximum() // 2)
    wheel = [timed(notch) for _ in range(_NOTCHES)]
    found = {
        "jump": spread(jumps),
        "arrived": spread(arrived),
        "wheel": spread(wheel),
        "gaps_while_ordering": _gaps(app, bridge, listing),
    }
    old = model.show(None)
    if old is not None:
        old.close()
    table.close()
    bridge.close(_WAIT)
    theme.deleteLater()
    return found


def _is_here(table: RowsView, model: RowsModel[ConversationRow]) -> bool:
    return model.row(table.rowAt(0)) is not None


def _gaps(app: QApplication, bridge: Bridge, listing: Listing[ConversationRow]) -> dict[str, float]:
    """How long the UI thread is kept from its events while worker threads make views and read through all ids."""
    clock, gaps = QElapsedTimer(), [0.0]
    ended: list[object] = []
    clock.start()

    def tick() -> None:
        gaps.append(clock.nsecsElapsed() / 1e9)
        clock.restart()

    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(tick)

    def work(_: object) -> None:
        for order in (Order(Column.CALLING), Order(Column.SIZE), Order(Column.PRESENCE)):
            with closing(listing.view(order)) as view:
                for start in range(0, 64_000, _PAGE):
                    view.rows(start, _PAGE)

    bridge.ask(work, then=ended.append, sorry=ended.append, owner=app)
    timer.start()
    _until(app, lambda: bool(ended))
    timer.stop()
    return spread(gaps)


# --- what both share


def _until(app: QApplication, true: Callable[[], bool]) -> None:
    end = time.monotonic() + _WAIT
    while not true():
        # Asleep until something comes, as the window is: a loop that never sleeps would keep workers from their work.
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError("it never came")


def timed(call: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def spread(times: Sequence[float]) -> dict[str, float]:
    """Median, the 99 % and the most of these."""
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p99": ordered[len(ordered) * 99 // 100], "most": ordered[-1]}


def resident() -> int:
    """Bytes of memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    main()
