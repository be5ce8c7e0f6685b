"""The three groups of criteria as fields (F5), and what is wrong with them; it searches nothing and knows no list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client.model import AccessLevel, Criteria, Direction, RecordingMode, Scope
from ui.search.form import Form
from ui.search.lengths_field import LengthsField
from ui.search.moment_field import MomentField
from ui.search.people_picker import PeoplePicker, Person
from ui.search.periods import Period, Span, midnight, span_of
from ui.search.plain_fields import ChoiceField, TextField, id_wrong, pattern_wrong
from ui.search.rows import Row, Rows, name_width
from ui.search.store import SearchStore
from ui.search.words import period_words, scope_words, span_words
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Segmented, box, button, column, fill, label, row

_DIRECTIONS = (None, Direction.INBOUND, Direction.OUTBOUND)
_PARTIES = (
    "calling_number",
    "calling_name",
    "calling_extension",
    "called_number",
    "called_name",
    "called_extension",
)


class FormView(QWidget):
    """`edited`: somebody changed a criterion."""

    edited = Signal()

    def __init__(self, session: Session, store: SearchStore) -> None:
        super().__init__()
        self._session = session
        self._store = store
        self._available_after: datetime | None = None
        self._words = (
            self.tr("Period"),
            self.tr("Direction"),
            self.tr("Duration"),
            self.tr("Mode"),
            self.tr("Scope"),
            self.tr("Group"),
            self.tr("Owner"),
            self.tr("Voice"),
            self.tr("Number"),
            self.tr("Name"),
            self.tr("Extension"),
        )
        self._make_fields()
        self._lay_out()
        store.people_changed.connect(self._take_people)
        self.take_me()
        self.show_form(Form())

    # --- what it holds

    def form(self) -> Form | None:
        """The form; None: something in it cannot be used, and stands under its field."""
        wrong = self._wrong()
        for each in self.rows:
            each.say(*wrong.get(each, ("", None)))
        return self._form() if not wrong else None

    def draft(self) -> Form | None:
        """The form while somebody is at it: nothing is said of what cannot be used."""
        return self._form() if not self._wrong() else None

    def _form(self) -> Form:
        least, most = self.lengths.lengths()
        period = self.period.value
        rest = Criteria(
            direction=_DIRECTIONS[self.direction.current],
            mode=self.mode.value,
            min_duration=least,
            max_duration=most,
            conversation_id=self.conversation.value,
            has_voice_recording=self.voice.value,
            group_id=self.group.chosen,
            owner_user_id=self.owner.chosen,
            scope=self.scope.value,
            available_after=self._available_after,
        )
        texts: dict[str, Any] = {name: made.value for name, made in self.parties.items()}
        rest = replace(rest, **texts)
        return Form(period, self._span() if period is Period.CUSTOM else (None, None), rest)

    def show_form(self, form: Form) -> None:
        """Fill the fields; nothing is wrong with them then."""
        rest, zone, locale = form.rest, self._session.zone, self._session.locale
        self.period.choose(form.period)
        self.first.show_moment(form.span[0], zone=zone, locale=locale)
        self.last.show_moment(form.span[1], zone=zone, locale=locale)
        self.direction.choose(_DIRECTIONS.index(rest.direction))
        self.lengths.show_lengths(rest.min_duration, rest.max_duration)
        self.mode.choose(rest.mode)
        self.voice.choose(rest.has_voice_recording)
        self.conversation.show_text(rest.conversation_id)
        for name, made in self.parties.items():
            made.show_text(getattr(rest, name))
        self._offer_scopes(rest.scope)
        self.group.choose(rest.group_id)
        self.owner.choose(rest.owner_user_id)
        self._available_after = rest.available_after
        if rest.group_id or rest.owner_user_id:
            self._store.ask_people()
        for each in self.rows:
            each.say("")
        self._show_rows()

    def take_me(self) -> None:
        """Another user, or another access level: offer what they reach."""
        self._offer_scopes(self.scope.value)
        self.group.say(self.tr("Asking the service…"))
        self.owner.say(self.tr("Asking the service…"))
        if self._store.users is not None or self.group.chosen or self.owner.chosen:
            self._take_people()
        self._show_rows()

    def take_zone(self) -> None:
        """Another time zone or language: moments are written anew."""
        zone, locale = self._session.zone, self._session.locale
        try:
            first, last = self._span()
        except ValueError:
            return
        self.first.show_moment(first, zone=zone, locale=locale)
        self.last.show_moment(last, zone=zone, locale=locale)

    def show_first_wrong(self) -> None:
        """Bring the first field that cannot be used into view, and the cursor to it."""
        wrong = next((each for each in self.rows if each.wrong), None)
        if wrong is not None:
            wrong.focus()

    # --- putting it together

    def _make_fields(self) -> None:
        self.period = ChoiceField()
        self.period.offer([(period, period_words(period)) for period in Period])
        self.first, self.last = MomentField(end=False), MomentField(end=True)
        self.direction = Segmented([self.tr("All"), self.tr("Inbound"), self.tr("Outbound")], name=self.tr("Direction"))
        self.lengths = LengthsField()
        self.mode = ChoiceField()
        self.mode.offer(
            [
                (None, self.tr("Any recording mode")),
                (RecordingMode.ALWAYS_ON, self.tr("Always-On")),
                (RecordingMode.ON_DEMAND, self.tr("On-Demand")),
            ]
        )
        self.scope = ChoiceField()
        self.scope.offer([(None, "")])
        self.group = PeoplePicker(anyone=self.tr("Any group"), find=self.tr("Find a group"))
        self.owner = PeoplePicker(anyone=self.tr("Anyone"), find=self.tr("Find a person"))
        self.voice = ChoiceField()
        self.voice.offer(
            [
                (None, self.tr("With or without")),
                (True, self.tr("With voice recording")),
                (False, self.tr("Without voice recording")),
            ]
        )
        self.conversation = TextField(id_wrong)
        hint = self.tr("* stands for any")
        self.parties = {name: TextField(pattern_wrong) for name in _PARTIES}
        for name, made in self.parties.items():
            made.setToolTip(hint)
            made.setPlaceholderText(hint if name.endswith("number") else "")
        for choice in (self.period, self.mode, self.scope, self.voice):
            choice.edited.connect(self._edited)
        for picker in (self.group, self.owner):
            picker.edited.connect(self._edited)
        for text in (self.conversation, *self.parties.values()):
            text.edited.connect(self._edited)
        for moment in (self.first, self.last):
            moment.edited.connect(self._edited)
        self.lengths.edited.connect(self._edited)
        self.direction.chosen.connect(lambda _: self._edited())
        self.period.edited.connect(self._period_chosen)
        self.group.wanted.connect(self._store.ask_people)
        self.owner.wanted.connect(self._store.ask_people)
        self._since = label("", SMALL, wrap=True)
        forget = button(self.tr("Remove"), kind="link")
        forget.clicked.connect(self._forget_since)
        self._since_box = box(row((self._since, 1), forget, gap=4))

    def _lay_out(self) -> None:
        width = name_width(self._words)
        rows = Rows(width)
        parties = self.parties
        period = rows.add(self.tr("Period"), self.period)
        self._from = rows.add(self.tr("From"), self.first, spoken=self.tr("Period from"))
        self._to = rows.add(self.tr("To"), self.last, spoken=self.tr("Period to"))
        direction = rows.add(self.tr("Direction"), self.direction)
        self._lengths = rows.add(self.tr("Duration"), self.lengths, self.lengths.least, self.lengths.most)
        mode = rows.add(self.tr("Mode"), self.mode, spoken=self.tr("Recording mode"))
        self._scope = rows.add(self.tr("Scope"), self.scope)
        self._group = rows.add(self.tr("Group"), self.group)
        self._owner = rows.add(self.tr("Owner"), self.owner)
        voice = rows.add(self.tr("Voice"), self.voice, spoken=self.tr("Voice recording"))
        number = rows.add(self.tr("ID"), self.conversation, spoken=self.tr("Conversation ID"))
        self._typed = {number: self.conversation}
        self._available = rows.add(self.tr("Available"), self._since_box, spoken=self.tr("Available since"))
        self.rows: list[Row] = [period, self._from, self._to, direction, self._lengths, mode]
        self.rows += [self._scope, self._group, self._owner, voice, number, self._available]
        groups = [column(label(self.tr("Conversation Information"), SMALL, bold=True), rows, gap=6)]
        titles = (self.tr("Calling Party Information"), self.tr("Called Party Information"))
        spoken = (
            self.tr("Calling party's number"),
            self.tr("Calling party's name"),
            self.tr("Calling party's extension"),
            self.tr("Called party's number"),
            self.tr("Called party's name"),
            self.tr("Called party's extension"),
        )
        words = (self.tr("Number"), self.tr("Name"), self.tr("Extension"))
        for at, title in enumerate(titles):
            rows = Rows(width)
            for i, word in enumerate(words):
                name = _PARTIES[3 * at + i]
                self._typed[rows.add(word, parties[name], spoken=spoken[3 * at + i])] = parties[name]
            groups.append(column(label(title, SMALL, bold=True), rows, gap=6))
        self.rows += [each for each in self._typed if each not in self.rows]
        for each in self.rows:
            each.when_left(self._left)
        fill(QVBoxLayout(self), *groups, gap=13)

    # --- behind

    def _edited(self) -> None:
        """What is mended is not called wrong any more; what is being typed is not called wrong yet."""
        wrong = self._wrong()
        for each in self.rows:
            if each.wrong and each not in wrong:
                each.say("")
        self.edited.emit()

    def _left(self, row: Row) -> None:
        row.say(*self._wrong().get(row, ("", None)))

    def _period_chosen(self) -> None:
        if self.period.value is Period.CUSTOM and self._empty_span():
            zone, locale = self._session.zone, self._session.locale
            today = datetime.now(UTC).astimezone(zone).date()
            week, _ = span_of(Period.LAST_7_DAYS, zone, now=datetime.now(UTC))
            self.first.show_moment(week, zone=zone, locale=locale)
            self.last.show_moment(midnight(today + timedelta(days=1), zone), zone=zone, locale=locale)
            self.edited.emit()
        self._show_rows()

    def _empty_span(self) -> bool:
        return not self.first.text().strip() and not self.last.text().strip()

    def _span(self) -> Span:
        return self.first.moment(), self.last.moment()

    def _forget_since(self) -> None:
        self._available_after = None
        self._show_rows()
        self.edited.emit()

    def _offer_scopes(self, asked: Scope | None) -> None:
        """As far as the access level reaches; what a search asks besides is shown as well: it never widens rights."""
        me = self._session.me
        scopes: list[Scope | None] = [Scope.ALL if asked is Scope.ALL else None]
        if me is not None and (me.managed_groups or me.access_level is AccessLevel.ALL):
            scopes.append(Scope.OWN)
        if me is not None and me.managed_groups:
            scopes.append(Scope.GROUP)
        if asked not in scopes and asked is not None:
            scopes.append(asked)
        self.scope.offer([(scope, scope_words(scope, me)) for scope in scopes])
        self.scope.choose(asked if asked in scopes else scopes[0])

    def _show_rows(self) -> None:
        me = self._session.me
        reaches = me is not None and (bool(me.managed_groups) or me.access_level is AccessLevel.ALL)
        custom = self.period.value is Period.CUSTOM
        self._from.set_shown(custom)
        self._to.set_shown(custom)
        self._scope.set_shown(len(self.scope.values) > 1)
        self._group.set_shown(reaches or bool(self.group.chosen))
        self._owner.set_shown(reaches or bool(self.owner.chosen))
        self._available.set_shown(self._available_after is not None)
        if self._available_after is not None:
            span = (self._available_after, None)
            self._since.setText(span_words(span, self._session.locale, self._session.zone))

    def _take_people(self) -> None:
        error = self._store.people_error
        if error is not None or self._store.users is None or self._store.groups is None:
            words = self.tr("The service could not be asked. Close the list and open it to try again.")
            waiting = self.tr("Asking the service…")
            for made in (self.group, self.owner):
                made.say(words if error is not None else waiting)
            return
        self.group.offer([Person(group.group_id, group.name) for group in self._store.groups])
        self.owner.offer([Person(user.user_id, user.name, user.extension) for user in self._store.users])

    def _wrong(self) -> dict[Row, tuple[str, QWidget | None]]:
        """What cannot be used: why, and where in its row."""
        found: dict[Row, tuple[str, QWidget | None]] = {}
        if self.period.value is Period.CUSTOM:
            found |= self._wrong_span()
        if (lengths := self.lengths.wrong()) is not None:
            found[self._lengths] = (lengths[1], lengths[0])
        for each, typed in self._typed.items():
            if typed.wrong:
                found[each] = (typed.wrong, None)
        return found

    def _wrong_span(self) -> dict[Row, tuple[str, QWidget | None]]:
        now = datetime.now(UTC)
        found: dict[Row, tuple[str, QWidget | None]] = {}
        ends: list[datetime | None] = []
        for each, made in ((self._from, self.first), (self._to, self.last)):
            try:
                ends.append(made.moment())
            except ValueError:
                form = self.tr("Write a day as {day}, with a time if you like.")
                day = made.example(now.astimezone(self._session.zone).date())
                found[each] = (form.format(day=day), None)
        if found:
            return found
        first, last = ends
        if first is None and last is None:
            return {self._from: (self.tr("Say from when, or until when."), None)}
        if first is not None and last is not None and first >= last:
            return {self._to: (self.tr("The period ends before it begins."), None)}
        if first is not None and first >= now:
            return {self._from: (self.tr("The period lies in the future."), None)}
        return {}
