"""A search at work: asks the service page by page while views of what is there are taken; it shows nothing.

Only the newest search counts: what an older one still brings is dropped. A listing that broke off keeps what came, and
`go_on` asks for the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from download_client.engine import Engine, Filled, Filter, GroupBy, Listing, Order, Presences, View
from download_client.errors import Interrupted, MirError
from download_client.model import Criteria
from ui.bridge import Ticket
from ui.session import Session

R = TypeVar("R")

_BREATH: Final = 1.0
"""Seconds between two views while rows still come."""
_REFRESH_MS: Final = 700
"""So long after a run has changed: runs change in bursts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How it is to be seen."""

    order: Order = field(default_factory=Order)
    where: Filter = field(default_factory=Filter)
    group_by: GroupBy | None = None


class Lister(QObject, Generic[R]):
    """`shown`: a `View`. `filling`: how far it is (`Filled`). `stood`: `Presences`. `failed`: a `MirError`.

    `begun` and `ended` frame the asking of the service.
    """

    begun = Signal()
    shown = Signal(object)
    filling = Signal(object)
    stood = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self, session: Session, make: Callable[[Engine, Criteria], Listing[R]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._make = make
        self._number = 0
        self._looks = 0
        self._looked_at = 0.0
        self._fill: Ticket | None = None
        self.listing: Listing[R] | None = None
        self.criteria = Criteria()
        self.name = ""
        self.wish = Wish()
        self.filled = Filled()
        self.busy = False
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        session.runs_changed.connect(self._refresh.start)
        session.archive_changed.connect(self._refresh.start)

    # --- asking

    def begin(self, criteria: Criteria, name: str = "") -> None:
        """Another search; the former one ends."""
        self.close()
        self.criteria, self.name = criteria, name
        self.filled = Filled()
        self._begin()

    def go_on(self) -> None:
        """Ask for what is still missing; begins anew where nothing was made yet."""
        if not self.busy:
            self._begin()

    def _begin(self) -> None:
        self.busy = True
        number, listing, criteria = self._number, self.listing, self.criteria

        def work(engine: Engine, ticket: Ticket) -> Listing[R]:
            made = listing or self._make(engine, criteria)
            self._session.bridge.tell((number, made), self._made, self)
            try:
                made.fill(lambda filled: self._tell(number, filled), ticket.cancelled)
            except Interrupted:
                return made
            made.refresh(self._session.archive)
            return made

        def then(_: Listing[R]) -> None:
            if number == self._number:
                self.busy = False
                self._take_filled()
                self.look()
                self.refresh()
                self.ended.emit()

        def sorry(error: MirError) -> None:
            if number == self._number:
                self.busy = False
                self.look()
                self.ended.emit()
                self.failed.emit(error)

        self.begun.emit()
        self._fill = self._session.ask_long(work, then=then, sorry=sorry, owner=self)

    def _made(self, made: tuple[int, Listing[R]]) -> None:
        number, listing = made
        if number == self._number:
            self.listing = listing

    def _tell(self, number: int, filled: Filled) -> None:
        """From the worker, after each page."""
        self._session.bridge.tell((number, filled), self._take, self, latest=True)

    def _take(self, told: tuple[int, Filled]) -> None:
        number, filled = told
        if number != self._number:
            return
        self.filled = filled
        self.filling.emit(filled)
        if time.monotonic() - self._looked_at > _BREATH:
            self.look()

    def _take_filled(self) -> None:
        if self.listing is not None:
            self.filled = self.listing.filled
            self.filling.emit(self.filled)

    # --- looking

    def want(self, **different: Any) -> None:
        """See it in another order or narrower (fields of `Wish`)."""
        self.wish = replace(self.wish, **different)
        self.look()

    def look(self) -> None:
        """Take a view of what is there now."""
        listing, wish, zone = self.listing, self.wish, self._session.zone
        if listing is None:
            return
        self._looks += 1
        self._looked_at = time.monotonic()
        look, number = self._looks, self._number

        def then(view: View[R]) -> None:
            if look == self._looks and number == self._number:
                self.shown.emit(view)
            else:
                self.forget(view)

        self._session.bridge.ask(
            lambda _: listing.view(wish.order, wish.where, group_by=wish.group_by, zone=zone),
            then=then,
            sorry=self._sorry,
            owner=self,
        )

    def refresh(self, on_screen: Sequence[str] = ()) -> None:
        """Bring up to date how its conversations stand with the archive."""
        listing, archive, number = self.listing, self._session.archive, self._number
        if listing is None:
            return

        def then(presences: Presences) -> None:
            if number == self._number:
                self.stood.emit(presences)

        self._session.bridge.ask(
            lambda _: listing.refresh(archive, first=on_screen), then=then, sorry=self._sorry, owner=self
        )

    def _sorry(self, error: MirError) -> None:
        self.failed.emit(error)

    # --- letting go

    def forget(self, view: View[R] | None) -> None:
        """Close a view that is not on show any more."""
        if view is not None:
            self._session.bridge.ask(lambda _: view.close(), then=_nothing, sorry=self._sorry, owner=self)

    def close(self) -> None:
        """End what is under way and let go of the listing."""
        self._number += 1
        self.busy = False
        if self._fill is not None:
            self._fill.cancel()
        listing, self.listing = self.listing, None
        if listing is not None:
            self._session.bridge.ask(lambda _: listing.close(), then=_nothing, sorry=self._sorry, owner=self)


def _nothing(_: object) -> None:
    """Nobody waits for it."""
