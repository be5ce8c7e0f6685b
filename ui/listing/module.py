"""A listing with its search, table, selection and details: arranges, and passes words between them; asks nobody itself.

::

    search panel │ chips
                 │ 1,046 conversations · 6.2 GB · …        [Download all 1,046…] │ details
                 │ table, or why there is nothing                              │
                 │ 3 selected · 38:12 · 24.2 MB                                │
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from download_client.engine import Engine, Filter, GroupBy, Listing, Order, Presence, Presences, Span, View
from download_client.engine import Group as CatalogGroup
from download_client.errors import MirError
from download_client.model import AccessLevel, Conversation, Criteria
from ui.detail import ConversationDetail
from ui.listing.downloads import Downloading
from ui.listing.head import Head
from ui.listing.lister import Lister
from ui.listing.selection_bar import SelectionBar
from ui.listing.states import States
from ui.module import Module
from ui.search import SavedSearches, SearchPanel
from ui.session import Session
from ui.tables import Keeper, RowColumn, RowsModel, RowsView, row_height
from ui.theme import SMALL, measures
from ui.widgets import Elided, Group, Pages, Segmented, column, fill, frame, line, row

_TYPING_MS: Final = 200


class Shown(Protocol):
    """What every row of a listing tells."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def conversation_id(self) -> str: ...  # noqa: D102
    @property
    def presence(self) -> Presence: ...  # noqa: D102


R = TypeVar("R", bound=Shown)


def _no_heading(_: object) -> Group:
    """Nothing is gathered."""
    return Group("")


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """What tells one listing from another. `sentence` says how many there are.

    `groupings` are offered in words, the first is in force at first; `heading` is that of a group.
    """

    make: Callable[[Engine, Criteria], Listing[R]]
    columns: Sequence[RowColumn[R]]
    sentence: Callable[[int], str]
    name: str
    memory: str
    rows_are_calls: bool = True
    groupings: tuple[tuple[str, GroupBy | None], ...] = ()
    heading: Callable[[CatalogGroup], Group] = _no_heading


class ListingModule(Module, Generic[R]):
    """The base of both. `changed`: the selection, or the list, is another now."""

    changed = Signal()

    def __init__(self, session: Session, kind: Kind[R], parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._kind = kind
        self.lister: Lister[R] = Lister(session, kind.make, self)
        self.model: RowsModel[R] = RowsModel(session, kind.columns, kind.heading, self)
        self.list = RowsView(session, self.model, memory=kind.memory, row=measures.ROW, name=kind.name)
        self.search = SearchPanel(session)
        self.searches = SavedSearches(session)
        self.head = Head(session, rows_are_calls=kind.rows_are_calls)
        self.group_word = Elided(self.tr("Group by"), SMALL, tone="2")
        self.groups = Segmented([word for word, _ in kind.groupings], 0, name=self.tr("Group by"))
        self.downloads = Downloading(session, self)
        self.bar = SelectionBar(session, rows_are_calls=kind.rows_are_calls)
        self.keeper = Keeper(session, self.model, self.list, self)
        self.detail = ConversationDetail(session)
        self.states = States(self)
        self._presences = Presences()
        self._wide = True
        self._closed_detail = False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._differs = False
        self._shown = Filter()
        self.download_action = self.add_tool("download", self.tr("Download"), "Ctrl+D", self.download)
        self._lay_out()
        self._connect()
        self._take_density()

    def focus_search(self) -> None:
        """To the first field of the search."""
        self.search.focus_first()

    def fit(self, *, width: int, height: int) -> None:  # noqa: ARG002 - its height folds nothing
        """Close the details, fold the search, let columns go."""
        wide = width >= measures.NARROW_DETAIL
        if wide != self._wide:
            self._wide = wide
            self._show_detail(wide and not self._closed_detail)
        self.search.set_folded(width < measures.NARROW_SEARCH)

    def escape(self) -> bool:
        """Close what lies uppermost: the search over the list, the details, the quick filter, the selection."""
        if self.search.close_over():
            return True
        if self.detail.isVisible() and not self._wide:
            self._show_detail(False)
            self.list.setFocus()
            return True
        if self.head.quick.text():
            self.head.quick.clear()
            return True
        if self.list.selectionModel().hasSelection():
            self.list.clearSelection()
            return True
        return False

    def entered(self) -> None:
        """The first time: the last 24 hours (F4)."""
        if self.lister.listing is None and not self.lister.busy and self._may_look():
            self.begin(self.search.criteria(), "")
        self.list.setFocus()

    def begin(self, criteria: Criteria, name: str) -> None:
        """Show what a search finds."""
        self.head.clear()
        self.head.quick.clear()
        self.bar.hide()
        self.detail.show_nothing()
        self._presences = Presences()
        self.pages.put(None)
        self.keeper.drop()
        self.lister.forget(self.model.show(None))
        self.lister.begin(criteria, name)
        self.search.shown_criteria(criteria, name)
        self.searches.set_current(name, criteria)
        self.changed.emit()

    # --- what is chosen

    @property
    def view(self) -> View[R] | None:
        """The view on show."""
        return self.model.view

    def spans(self) -> list[Span]:
        """The selected rows."""
        return self.list.spans()

    @property
    def name(self) -> str:
        """What the search on show is called; empty: it has no name."""
        return self.lister.name

    # --- putting it together

    def _lay_out(self) -> None:
        self.pages = Pages(self.list)
        for each in (self.group_word, self.groups):
            each.setVisible(bool(self._kind.groupings))
        tools = (self.group_word, self.groups, self.head.quick, self.head.columns, self.head.refresh)
        chips = row((self.searches, 1), *tools, margins=(10, 10, 12, 0))
        left = column(
            chips, self.head, self.search.strip, (self.pages, 1), row((self.bar, 1), margins=(8, 0, 8, 8)), gap=4
        )
        self._divider = line(vertical=True)
        whole = row((left, 1), self._divider, self.detail, gap=0, margins=(1, 1, 1, 1))
        self._sheet = frame(whole, "sheet")
        outside = row(self.search, (self._sheet, 1), gap=0, margins=(0, 0, 8, 0))
        fill(QVBoxLayout(self), outside, gap=0)
        self.search.set_place(self._sheet)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        session, lister = self.session, self.lister
        session.me_changed.connect(self._me_changed)
        session.settings_changed.connect(self._take_density)
        lister.begun.connect(lambda: self.busy.emit(True))
        lister.ended.connect(lambda: self.busy.emit(False))
        lister.shown.connect(self._show)
        lister.filling.connect(lambda _: self._show_facts())
        lister.stood.connect(self._stand)
        lister.failed.connect(self._fail)
        self.search.searched.connect(self.begin)
        self.search.changed.connect(self._search_differs)
        self.search.saved.connect(self._search_saved)
        self.searches.chosen.connect(self._chosen_search)
        self.head.download_all.connect(self.download_all)
        self.groups.chosen.connect(lambda number: lister.want(group_by=self._kind.groupings[number][1]))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        self.changed.connect(self._enable)
        self.head.again.connect(self._again)
        self.head.narrowed.connect(lambda _: self._typing.start())
        self.head.columns.clicked.connect(lambda: self.list.offer_columns(self.head.columns))
        self._typing.timeout.connect(self._narrow)
        self.list.order_wanted.connect(self._sort)
        self.list.chosen.connect(self._selected)
        self.list.opened.connect(self._open_detail)
        self.keeper.ended.connect(self._selected)
        self.detail.closed.connect(self._close_detail)
        self.bar.everything.connect(self.select_all)
        self.bar.nothing.connect(self.list.clearSelection)
        self.states.longer.connect(self._longer)
        self.states.reset.connect(self._reset)
        self.states.again.connect(lister.go_on)
        self.states.unfilter.connect(self.head.quick.clear)
        self.states.sign_in.connect(session.sign_in_wanted)
        self.states.library.connect(lambda: self.go.emit("library"))

    def add_again(self) -> None:
        """F5 asks the service again; the button for it stands beside the list."""
        again = QShortcut(QKeySequence.StandardKey.Refresh, self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self._again)

    # --- who

    def _may_look(self) -> bool:
        me = self.session.me
        return me is not None and me.access_level is not AccessLevel.NONE

    def _me_changed(self) -> None:
        """Another user, or another access level: what is on show is not theirs."""
        self.keeper.drop()
        self.lister.forget(self.model.show(None))
        self.lister.close()
        self.head.clear()
        if self._may_look() and self.isVisible():
            self.begin(self.search.criteria(), "")

    # --- what is to be seen

    def _search_differs(self, differs: bool) -> None:
        self._differs = differs
        self.head.set_primary(not differs)

    def _search_saved(self, name: str) -> None:
        """The list on show is that of the search that was just saved, unless the form asks something else by now."""
        if not self._differs:
            self.lister.name = name
            self.searches.set_current(name, self.lister.criteria)

    def _chosen_search(self, criteria: Criteria, name: str) -> None:
        self.search.set_criteria(criteria, name)
        self.begin(criteria, name)

    def _again(self) -> None:
        self.begin(self.search.asked_again(self.lister.criteria), self.lister.name)

    def _longer(self) -> None:
        self._chosen_search(self.search.longer(timedelta(days=7)), "")

    def _reset(self) -> None:
        self._chosen_search(Criteria(), "")

    def _narrow(self) -> None:
        self.lister.want(where=Filter(text=self.head.quick.text().strip()))

    def _sort(self, order: Order) -> None:
        self.lister.want(order=order)

    def _show(self, view: View[R]) -> None:
        top = self.list.verticalScrollBar().value()
        before, self._shown = self._shown, self.lister.wish.where
        self.keeper.take(all_stays=before == self._shown)
        old = self.model.show(view)
        self.list.show_order(view.order)
        if view.count:
            self.pages.put(None)
        elif self.lister.wish.where.text:
            self.pages.put(self.states.nothing_found())
        elif not self.lister.busy:
            usual = self.lister.criteria == self.search.usual()
            self.pages.put(self.states.nothing() if usual else self.states.no_match())
        self.list.verticalScrollBar().setValue(top)
        if not self.keeper.bring():
            self.lister.forget(old)
        self._show_facts()
        self._selected()

    def _show_facts(self) -> None:
        filled, view = self.lister.filled, self.view
        count = filled.total if filled.total is not None else filled.rows
        narrowed = view is not None and bool(self.lister.wish.where.text)
        self.head.show_facts(
            self._kind.sentence(count),
            filled,
            self._presences,
            size=filled.bytes,
            shown=view.count if narrowed and view is not None else None,
        )
        self.changed.emit()

    def _stand(self, presences: Presences) -> None:
        if presences != self._presences:
            self._presences = presences
            self.model.again()
            self._show_facts()

    def _fail(self, error: MirError) -> None:
        if self.view is not None and self.view.count:
            self.session.show_error.emit(error)
        else:
            self.head.clear()
            self.pages.put(self.states.wrong(error))
        self.changed.emit()

    def _take_density(self) -> None:
        self.list.set_row_height(row_height(self.session, comfortable=measures.ROW))
        # Zone and language may be others now.
        self.model.again()

    # --- selection and detail

    def select_all(self) -> None:
        """Every row of the list, not only those that are read."""
        self.list.selectAll()

    def _selected(self) -> None:
        self.bar.sum_up(self.model, self.list)
        if self.detail.isVisible():
            self._fill_detail()
        self.changed.emit()

    def _open_detail(self) -> None:
        self._closed_detail = False
        self._show_detail(True)

    def _close_detail(self) -> None:
        self._closed_detail = True
        self._show_detail(False)
        self.list.setFocus()

    def _show_detail(self, shown: bool) -> None:
        self.detail.setVisible(shown)
        self._divider.setVisible(shown)
        if shown:
            self._fill_detail()

    def _fill_detail(self) -> None:
        chosen, listing = self.list.current_row(), self.lister.listing
        if chosen is None or listing is None:
            self.detail.show_nothing()
            return
        conversation_id, presence = chosen.conversation_id, chosen.presence

        def then(it: Conversation) -> None:
            now = self.list.current_row()
            if now is not None and now.conversation_id == conversation_id:
                self.detail.show_conversation(it, presence)

        self._ask(lambda: listing.conversation(conversation_id), then)

    def _ask(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.session.bridge.ask(lambda _: work(), then=then, sorry=self.session.show_error.emit, owner=self)

    # --- what can be done

    def download(self) -> None:
        """The selection; all of the search where everything, or nothing, is selected."""
        view, spans = self.view, self.spans()
        if view is None or not view.count or self.keeper.active:
            return
        whole = not spans or spans == [Span(0, view.count)]
        if whole and not self.lister.wish.where.text:
            self.download_all()
        else:
            self.downloads.some(view, spans or [Span(0, view.count)])

    def download_all(self) -> None:
        """Everything the search finds, also what is not read yet."""
        view, filled = self.view, self.lister.filled
        whole = view is not None and filled.complete and not self.lister.wish.where.text and view.count == filled.rows
        self.downloads.all(self.lister.criteria, self.name, view=view if whole else None)

    def _enable(self) -> None:
        view = self.view
        self.download_action.setEnabled(view is not None and view.count > 0 and not self.keeper.active)

    def _offer(self, at: QPoint) -> None:
        """What can be done with the selection, at the pointer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([action for action in self.actions() if action.isVisible()])
        menu.addSeparator()
        menu.addAction(self.tr("Show the details"), self._open_detail)
        menu.addAction(self.tr("Select all"), self.select_all)
        menu.popup(self.list.viewport().mapToGlobal(at))
