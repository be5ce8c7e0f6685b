"""The search panel: name, criteria, Search, Save, Reset; beside the list, or folded to chips and opened over it.

It searches nothing itself: it says what is to be searched, and whether that differs from the list on show.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from download_client.errors import InvalidCriteria
from download_client.model import Criteria
from ui.search.form import Form
from ui.search.form_view import FormView
from ui.search.grip import Grip
from ui.search.periods import Period
from ui.search.plain_fields import TextField
from ui.search.rows import Row
from ui.search.store import SearchStore
from ui.search.strip import Strip
from ui.search.words import in_short
from ui.session import Session
from ui.theme import SMALL, STRONG, measures
from ui.widgets import Glyph, box, button, column, fill, label, row, scroll, set_kind, set_property, tool

_FOLDED: Final = "search.folded"
_WIDTH: Final = "search.width"
_LONGEST_NAME: Final = 100
_WEEK: Final = timedelta(days=7)


class _Body(QFrame):
    """`searched`: Enter was pressed in one of its fields. On a button Enter presses the button."""

    searched = Signal()
    least_changed = Signal()
    """What is in it asks for another width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grip = Grip(self)

    def event(self, event: QEvent) -> bool:
        """Its fields may have become wider, or fewer."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.least_changed.emit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The grip stays at the edge."""
        super().resizeEvent(event)
        self.grip.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, from wherever nobody else takes it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        else:
            self.searched.emit()


class SearchPanel(QWidget):
    """`strip` is the folded search, laid out over the list by whoever owns the list; it shows itself when folded."""

    searched = Signal(object, str)
    """Criteria, and the name of the search if it is one that has a name."""
    changed = Signal(bool)
    saved = Signal(str)
    """The form was saved under this name."""
    """Whether the form differs from the list on show."""
    folded = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = SearchStore.of(session)
        self._good = Form()
        self._shown: Form | None = None
        self._user_id = self._who()
        self._sheet: QWidget | None = None
        self._narrow = False
        self._closed = session.memory.get(_FOLDED) is True
        self._over = False
        self._width = self._remembered_width()
        self.view = FormView(session, self._store)
        self.strip = Strip(self)
        self._make_body()
        fill(QHBoxLayout(self), self.body, gap=0)
        self._connect()
        self._place()
        self._show_name()
        self._show_chips()

    # --- criteria

    def criteria(self) -> Criteria:
        """What the form asks now; while a field cannot be used, what it asked before."""
        try:
            return self._store.mean(self.view.form() or self._good)
        except InvalidCriteria:
            return self._store.mean(self._good)

    def usual(self) -> Criteria:
        """What an empty form asks: the last 24 hours (F4)."""
        return Criteria()

    def longer(self, length: timedelta) -> Criteria:
        """The form's criteria over the time up to now instead; the form shows it."""
        rest = (self.view.form() or self._good).rest
        if length == _WEEK:
            form = Form(Period.LAST_7_DAYS, rest=rest)
        else:
            form = Form(Period.CUSTOM, (datetime.now(UTC) - length, None), rest)
        self._show(form)
        return self._store.mean(form)

    def asked_again(self, criteria: Criteria) -> Criteria:
        """Criteria that were made here, their period by the clock of now."""
        return self._store.mean(self._store.form_of(criteria))

    def set_criteria(self, criteria: Criteria, name: str = "") -> None:
        """Fill the form."""
        self.name.show_text(name)
        self._name_row.say("")
        self._show(self._store.form_of(criteria))
        self._show_name()

    def shown_criteria(self, criteria: Criteria, name: str = "") -> None:
        """What the list shows now, and what it is called."""
        self._shown = self._store.form_of(criteria)
        if name:
            self.name.show_text(name)
            self._show_name()
        self._tell()
        self._show_chips()

    # --- place

    def focus_first(self) -> None:
        """Into the first field; a folded panel opens."""
        self.open()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def open(self) -> None:
        """Show the panel: beside the list, or over it where the window is narrow."""
        if self._narrow:
            self._over = True
        else:
            self._closed = False
            self._session.memory.put(_FOLDED, False)
        self._place()

    def fold(self) -> None:
        """Close the panel: chips over the list stand for it."""
        if self._over:
            self.close_over()
            return
        self._closed = True
        self._session.memory.put(_FOLDED, True)
        self._place()
        self.strip.search.setFocus()

    def set_folded(self, folded: bool) -> None:
        """The window has no room for the panel beside the list, or has it again."""
        if folded != self._narrow:
            self._narrow, self._over = folded, False
            self._place()

    def close_over(self) -> bool:
        """Close the panel that lies over the list; False: it does not."""
        if not self._over:
            return False
        self._over = False
        self._place()
        self.strip.search.setFocus()
        return True

    def set_place(self, sheet: QWidget) -> None:
        """The sheet it opens over while it is folded."""
        self._sheet = sheet
        sheet.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet has another size."""
        if watched is self._sheet and event.type() == QEvent.Type.Resize and self._over:
            self._fit_over()
        return super().eventFilter(watched, event)

    # --- what is done

    def search(self) -> None:
        """Search what the form asks, or show what is wrong with it."""
        form = self.view.form()
        if form is None:
            self.view.show_first_wrong()
            return
        self._good = form
        self.close_over()
        self.searched.emit(self._store.mean(form), self._name_of(form))

    def save(self) -> None:
        """Save the form under the name in the field, at the service."""
        form, name = self.view.form(), self.name.value
        self._name_row.say("" if name else self.tr("Give the search a name to save it."))
        if not name:
            self.name.setFocus()
            return
        if form is None:
            self.view.show_first_wrong()
            return
        self._good = form
        done = self.tr("Replaced.") if self._store.named(name) is not None else self.tr("Saved.")
        self.save_button.setEnabled(False)
        self._say("")

        def then() -> None:
            self._say(done)
            self._show_name()
            self.saved.emit(name)

        self._store.save(name, form, then=then, sorry=self._show_name)

    def reset(self) -> None:
        """An empty form: the last 24 hours. Nothing is searched yet."""
        self.set_criteria(Criteria())

    # --- putting it together

    def _make_body(self) -> None:
        self.fold_button = tool("panel-left-close", self.tr("Fold the search"))
        self.name = TextField(lambda _: "", hint=self.tr("Name of the search"))
        self.name.setAccessibleName(self.tr("Name of the search"))
        self.name.setMaxLength(_LONGEST_NAME)
        self._name_row = Row(self.name)
        self.search_button = button(self.tr("Search", "verb: the button"), snug=True, tip=self.tr("Search (Enter)"))
        self.save_button = button(self.tr("Save"), snug=True)
        self.reset_button = button(self.tr("Reset"), kind="flat", tip=self.tr("Empty every field: the last 24 hours"))
        for each in (self.search_button, self.save_button):
            each.setMinimumWidth(72)
        self._said = label("", SMALL, tone="ok")
        self._says = box(row(Glyph("circle-check", "ok", 14), (self._said, 1), gap=6))
        self._says.hide()
        head = row(label(self.tr("Search"), STRONG, bold=True), None, self.fold_button, margins=(0, 0, 4, 0))
        inner = QWidget()
        inner.setLayout(column(self._name_row.cell, self.view, None, margins=(0, 0, 10, 0), gap=13))
        foot = row(self.search_button, self.save_button, self.reset_button, None, gap=5)
        self.body = _Body(self)
        self.body.setProperty("role", "ground")
        parts = column(head, (scroll(inner), 1), self._says, foot, margins=(10, 0, 4, 10), gap=10)
        self.body.setLayout(parts)
        QWidget.setTabOrder(self.reset_button, self.body.grip)
        self.body.setAccessibleName(self.tr("Search"))

    def _connect(self) -> None:
        self.body.searched.connect(self.search)
        self.search_button.clicked.connect(self.search)
        self.save_button.clicked.connect(self.save)
        self.reset_button.clicked.connect(self.reset)
        self.fold_button.clicked.connect(self.fold)
        self.body.grip.dragged.connect(self._widen)
        self.body.least_changed.connect(self._fit)
        self.name.edited.connect(self._name_edited)
        self.view.edited.connect(self._edited)
        self.strip.opened.connect(self.focus_first)
        self.strip.removed.connect(self._remove)
        self.strip.reset.connect(self._remove_all)
        self._store.changed.connect(self._show_name)
        self._store.people_changed.connect(self._show_chips)
        self._session.me_changed.connect(self._me_changed)
        self._session.settings_changed.connect(self._settings_changed)

    # --- behind

    def _who(self) -> str:
        return self._session.me.user.user_id if self._session.me is not None else ""

    def _me_changed(self) -> None:
        """Another user's search is nobody's business."""
        if self._who() != self._user_id:
            self._user_id, self._shown = self._who(), None
            self.reset()
        self.view.take_me()
        self._show_chips()

    def _settings_changed(self) -> None:
        self.view.take_zone()
        self._show_chips()

    def _show(self, form: Form) -> None:
        self._good = form
        self.view.show_form(form)
        self._say("")
        self._tell()

    def _edited(self) -> None:
        self._say("")
        self._tell()

    def _name_edited(self) -> None:
        self._name_row.say("")
        self._say("")
        self._show_name()

    def _tell(self) -> None:
        differs = self._shown is not None and self.view.draft() != self._shown
        set_kind(self.search_button, "primary" if differs else "")
        self.changed.emit(differs)

    def _name_of(self, form: Form) -> str:
        """The name in the field, unless it is that of a saved search that asks something else."""
        saved = self._store.named(self.name.value)
        return self.name.value if saved is None or self._store.form_of_saved(saved) == form else ""

    def _show_name(self) -> None:
        """Say before it is done that a search of that name is replaced."""
        replaces = self._store.named(self.name.value) is not None
        self.save_button.setText(self.tr("Replace") if replaces else self.tr("Save"))
        self.save_button.setEnabled(not self._store.stale)
        if self._store.stale:
            tip = self.tr("The service cannot be reached: nothing can be saved now")
        elif replaces:
            tip = self.tr("Replace the saved search of this name")
        else:
            tip = self.tr("Save the search under its name, here and in the portal")
        self.save_button.setToolTip(tip)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._says.setVisible(bool(words))

    def _show_chips(self) -> None:
        form = self._shown or self._good
        session = self._session
        phrases = in_short(form, store=self._store, me=session.me, locale=session.locale, zone=session.zone)
        self.strip.show_criteria(phrases, usual=form == Form())
        if form.rest.group_id or form.rest.owner_user_id:
            self._store.ask_people()

    def _remove(self, key: str) -> None:
        """Search again without the criterion of a chip."""
        form, empty = self._shown or self._good, Criteria()
        if key == "period":
            form = Form(rest=form.rest)
        else:
            form = replace(form, rest=replace(form.rest, **{name: getattr(empty, name) for name in key.split(",")}))
        self._show(form)
        self.searched.emit(self._store.mean(form), self._name_of(form))

    def _remove_all(self) -> None:
        self.reset()
        self.searched.emit(self._store.mean(Form()), "")

    def _place(self) -> None:
        """Beside the list, over it, or away."""
        folded = self._narrow or self._closed
        over = folded and self._over and self._sheet is not None
        self.strip.setVisible(folded)
        set_property(self.body, "role", "over" if over else "ground")
        self.fold_button.setToolTip(self.tr("Close the search (Esc)") if over else self.tr("Fold the search"))
        self.fold_button.setAccessibleName(self.fold_button.toolTip())
        if over and self._sheet is not None:
            self.body.setParent(self._sheet)
            self._fit_over()
            self.body.show()
            self.body.raise_()
        else:
            layout = self.layout()
            if layout is not None and self.body.parent() is not self:
                layout.addWidget(self.body)
            self.body.setVisible(not folded)
        self._fit()
        self.folded.emit(folded)

    def _fit(self) -> None:
        """As wide as somebody wants it, and as its fields need: their words are longer in some languages and fonts."""
        width = max(self._width, self.body.minimumSizeHint().width())
        self.body.setFixedWidth(width)
        self.setFixedWidth(0 if self._narrow or self._closed else width)

    def _fit_over(self) -> None:
        if self._sheet is not None:
            self.body.setGeometry(0, 0, self.body.width(), self._sheet.height())

    def _remembered_width(self) -> int:
        untrusted = self._session.memory.get(_WIDTH)
        if isinstance(untrusted, int) and measures.PANEL_LEAST <= untrusted <= measures.PANEL_MOST:
            return untrusted
        return measures.SEARCH_PANEL

    def _widen(self, width: int) -> None:
        self._width = width
        self._session.memory.put(_WIDTH, width)
        self._fit()
