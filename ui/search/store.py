"""What the searches of all modules share: saved searches, whom one may name, and what a period was called; no widget.

One store per session, found with `SearchStore.of`. The service's saved searches are the truth; without it the copy on
this computer is used, and `stale` says so. It keeps criteria as absolute times, so the words of a period are remembered
here: comfort for this computer alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from download_client.engine import Engine
from download_client.errors import MirError
from download_client.model import AccessLevel, Criteria, Group, SavedSearch, User
from ui.bridge import Ticket
from ui.search.form import Form
from ui.search.periods import Period
from ui.session import Session

_PERIODS: Final = "search.periods"
_REMEMBERED: Final = 64
People = tuple[tuple[User, ...], tuple[Group, ...]]


class SearchStore(QObject):
    """Lives on the UI thread as a child of its session."""

    changed = Signal()
    """The saved searches are others now, or are known to be a copy."""
    people_changed = Signal()
    """Whom one may name has arrived, or could not be asked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._forms: dict[Criteria, Form] = {}
        self._asked: Ticket | None = None
        self._people_asked: Ticket | None = None
        self.searches: tuple[SavedSearch, ...] = ()
        self.stale = False
        """They are the copy on this computer: the service could not be reached."""
        self.users: tuple[User, ...] | None = None
        self.groups: tuple[Group, ...] | None = None
        self.people_error: MirError | None = None
        self._user_id = self._who()
        session.me_changed.connect(self._me_changed)
        session.offline_changed.connect(lambda _: self.reload())
        self.reload()

    @classmethod
    def of(cls, session: Session) -> SearchStore:
        """The store of a session; made when it is first asked for."""
        found = session.findChild(cls)
        return found if isinstance(found, cls) else cls(session)

    # --- forms and criteria

    def mean(self, form: Form) -> Criteria:
        """The criteria a form means now; `form_of` knows them from then on. Raises `InvalidCriteria`."""
        criteria = form.criteria(self._session.zone, now=datetime.now(UTC))
        self._forms.pop(criteria, None)
        self._forms[criteria] = form
        if len(self._forms) > _REMEMBERED:
            del self._forms[next(iter(self._forms))]
        return criteria

    def form_of(self, criteria: Criteria) -> Form:
        """The form criteria were made from, or one that means them."""
        return self._forms.get(criteria) or Form.of(criteria, self._session.zone, now=datetime.now(UTC))

    # --- saved searches

    def named(self, name: str) -> SavedSearch | None:
        """The saved search of that name."""
        return next((search for search in self.searches if search.name == name), None)

    def form_of_saved(self, search: SavedSearch) -> Form:
        """What a saved search means: its period in words, if it was saved here with words."""
        untrusted = self._periods().get(search.name)
        if isinstance(untrusted, dict) and untrusted.get("span") == _span(search.criteria):
            word = untrusted.get("period")
            if word in [period.value for period in Period if period is not Period.CUSTOM]:
                return Form(Period(word), rest=replace(search.criteria, from_time=None, to_time=None))
        return self.form_of(search.criteria)

    def reload(self) -> None:
        """Ask for the saved searches again."""
        if self._asked is not None:
            self._asked.cancel()
        me = self._session.me
        if me is None or me.access_level is AccessLevel.NONE:
            self._take(((), False))
            return
        self._asked = self._session.ask(_all_saved, then=self._take, sorry=self._fail, owner=self)

    def save(self, name: str, form: Form, *, then: Callable[[], None], sorry: Callable[[], None]) -> None:
        """Save a search at the service; one of the same name is replaced. An error is shown, then `sorry` called."""
        criteria = self.mean(form)

        def done(saved: SavedSearch) -> None:
            self._remember(name, form, saved.criteria)
            self.reload()
            then()

        self._session.ask(
            lambda engine: engine.saved.save(name, criteria), then=done, sorry=self._refused(sorry), owner=self
        )

    def delete(self, name: str) -> None:
        """Delete a saved search at the service."""
        self._session.ask(
            lambda engine: engine.saved.delete(name),
            then=lambda _: self.reload(),
            sorry=self._refused(self.reload),
            owner=self,
        )

    # --- whom one may name

    def ask_people(self) -> None:
        """Ask for users and groups, unless they are known or already asked for."""
        if self.users is not None or self._people_asked is not None:
            return
        self.people_error = None
        self._people_asked = self._session.ask(_people, then=self._take_people, sorry=self._fail_people, owner=self)

    def name_of_user(self, user_id: str) -> str:
        """The name of a user; the id where it is not known."""
        return next((user.name for user in self.users or () if user.user_id == user_id), user_id)

    def name_of_group(self, group_id: str) -> str:
        """The name of a group; the id where it is not known."""
        me = self._session.me
        known = (*(self.groups or ()), *(me.managed_groups if me is not None else ()))
        return next((group.name for group in known if group.group_id == group_id), group_id)

    # --- behind

    def _who(self) -> str:
        return self._session.me.user.user_id if self._session.me is not None else ""

    def _me_changed(self) -> None:
        for ticket in (self._asked, self._people_asked):
            if ticket is not None:
                ticket.cancel()
        self._people_asked = None
        self.users = self.groups = self.people_error = None
        if self._who() != self._user_id:
            self._user_id = self._who()
            self._forms.clear()
            self._take(((), False))
        self.reload()

    def _take(self, found: tuple[tuple[SavedSearch, ...], bool]) -> None:
        if found != (self.searches, self.stale):
            self.searches, self.stale = found
            self.changed.emit()

    def _fail(self, _: MirError) -> None:
        """What is known stays, as a copy: the list says what is wrong with the service."""
        self._take((self.searches, bool(self.searches)))

    def _refused(self, sorry: Callable[[], None]) -> Callable[[MirError], None]:
        def refused(error: MirError) -> None:
            if type(error) is not MirError:  # what nobody foresaw is shown already
                self._session.show_error.emit(error)
            sorry()

        return refused

    def _take_people(self, found: People) -> None:
        self._people_asked = None
        self.users, self.groups = found
        self.people_changed.emit()

    def _fail_people(self, error: MirError) -> None:
        self._people_asked = None
        self.people_error = error
        self.people_changed.emit()

    def _periods(self) -> dict[str, object]:
        untrusted = self._session.memory.get(_PERIODS)
        return untrusted if isinstance(untrusted, dict) else {}

    def _remember(self, name: str, form: Form, criteria: Criteria) -> None:
        names = {search.name for search in self.searches}
        kept = {each: value for each, value in self._periods().items() if each in names and each != name}
        if form.period is not Period.CUSTOM:
            kept[name] = {"period": form.period.value, "span": _span(criteria)}
        self._session.memory.put(_PERIODS, kept)


def _people(engine: Engine) -> People:
    by_name = str.casefold
    users = sorted(engine.users(), key=lambda user: (by_name(user.name), user.user_id))
    groups = sorted(engine.groups(), key=lambda group: (by_name(group.name), group.group_id))
    return tuple(users), tuple(groups)


def _span(criteria: Criteria) -> list[str]:
    return [moment.isoformat() if moment is not None else "" for moment in (criteria.from_time, criteria.to_time)]


def _all_saved(engine: Engine) -> tuple[tuple[SavedSearch, ...], bool]:
    return engine.saved.all()
