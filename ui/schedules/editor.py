"""The editor of a schedule: what, when, where to, who is told, in one dialog with a sentence that says it all.

It checks at the field, by the engine's own rules, and keeps by the engine; it registers nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QTimeEdit, QVBoxLayout, QWidget

from download_client.engine import Engine, Missed, Schedule, upcoming
from download_client.errors import InvalidSchedule, MirError, SchedulerRefused
from download_client.model import Criteria
from download_client.settings import local_zone, table
from ui.help_key import help_key
from ui.schedules import said
from ui.schedules.choices import Complaint, Days, Telling, Zone
from ui.session import Session
from ui.settings_dialog.zone import zone_names
from ui.theme import SMALL, TITLE
from ui.widgets import Facts, Note, box, button, choice, column, field, fill, label, line, row, scroll
from ui.words import errors, risks

_WIDTH, _HEIGHT = 680, 720
_NAMES = 128
_MARGIN = 8
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the engine said when the editor was opened."""

    names: frozenset[str]
    searches: tuple[str, ...]
    scheduler: str


class ScheduleEditor(QDialog):
    """`open()` it; without a `schedule` a new one is made. `kept` names the schedule that the engine keeps now.

    `criteria` are those of the search as it stands elsewhere, to be taken over; its time is left out.
    """

    kept = Signal(str)

    def __init__(
        self,
        session: Session,
        schedule: Schedule | None = None,
        parent: QWidget | None = None,
        *,
        criteria: Criteria | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._before = schedule
        self._criteria = replace(criteria or Criteria(), from_time=None, to_time=None, available_after=None)
        self._known = _Known(frozenset(), (), "")
        self._risky = False
        self.setWindowTitle(self.tr("Schedule") if schedule is not None else self.tr("New schedule"))
        self.resize(_WIDTH, _HEIGHT)
        self.name = field(name=self.tr("Name"), hint=self.tr("such as Nightly"))
        self.what: QComboBox = choice(name=self.tr("What is pulled"))
        self.folder = field(name=self.tr("Archive folder"))
        self.browse = button(self.tr("Choose…"))
        self.browse.setAccessibleName(self.tr("Choose: {setting}").format(setting=self.tr("Archive folder")))
        self.risk = Note("shield-alert", "warn", " ", " ")
        self.accept_risk = QCheckBox(self.tr("Use this folder all the same"))
        self.days = Days(session.locale)
        self.at = _clock(self.tr("Time of day"))
        self.zone = Zone(self.tr("Time zone"))
        self.ends = QCheckBox(self.tr("Ends at the latest at"))
        self.until = _clock(self.tr("End of its window"))
        self.missed: QComboBox = choice(name=self.tr("Missed nights"))
        self.missed.addItem(self.tr("Caught up by one pull as soon as the computer is on"), Missed.CATCH_UP)
        self.missed.addItem(self.tr("Only before its end; the next night covers them"), Missed.SKIP)
        self.telling = Telling()
        self.reports = field(hint=self.tr("no folder besides"), name=self.tr("Copies of reports"))
        self.sentence = label("", wrap=True)
        self.registered = label("", SMALL, tone="2", wrap=True)
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.save = button(self.tr("Save"), kind="primary")
        self.cancel = button(self.tr("Cancel"))
        self._wrong = {each: Complaint(each) for each in (self.name, self.folder, self.reports, self.missed)}
        self._lay_out()
        self._connect()
        self._show(schedule)
        session.ask(self._look, then=self._take, owner=self)
        session.bridge.ask(lambda _: zone_names(), then=self.zone.offer, sorry=self._sorry, owner=self)

    # --- putting it together

    def _lay_out(self) -> None:
        facts = Facts(width=_NAMES)
        facts.setVerticalSpacing(12)
        facts.add(self.tr("Name"), column(self.name, self._wrong[self.name].said, gap=2))
        facts.add(self.tr("What"), self.what)
        place = row((self.folder, 1), self.browse, gap=8)
        self.warning = box(column(self.risk, self.accept_risk, gap=6))
        facts.add(self.tr("Archive folder"), column(place, self._wrong[self.folder].said, self.warning, gap=4))
        facts.add(self.tr("Days"), self.days)
        when = row(self.at, (self.zone, 1), gap=8)
        when.setAlignment(self.at, Qt.AlignmentFlag.AlignTop)
        facts.add(self.tr("Time"), when)
        facts.add(self.tr("End"), row(self.ends, self.until, None, gap=8))
        facts.add(self.tr("Missed nights"), column(self.missed, self._wrong[self.missed].said, gap=2))
        facts.add(self.tr("Who is told"), self.telling)
        facts.add(self.tr("Copies of reports"), column(self.reports, self._wrong[self.reports].said, gap=2))
        inside = QWidget()
        fill(QVBoxLayout(inside), facts, None, margins=(24, 4, 20, 8), gap=10)
        head = label(self.tr("When is what pulled, and who is told?"), TITLE, bold=True)
        buttons = row(None, self.cancel, self.save)
        foot = column(self.sentence, self.registered, self.note, buttons, margins=(24, 10, 24, 18), gap=8)
        whole = fill(QVBoxLayout(self), row(head, margins=(24, 18, 24, 8)), scroll(inside), line(), foot, gap=0)
        whole.setStretch(1, 1)
        self.save.setDefault(True)
        self.warning.hide()
        self.note.hide()
        for first, second in zip(self._order[:-1], self._order[1:], strict=True):
            QWidget.setTabOrder(first, second)

    @property
    def _order(self) -> list[QWidget]:
        """From one to the next by Tab."""
        telling = self.telling
        return [
            *(self.name, self.what, self.folder, self.browse, self.accept_risk, *self.days.boxes, self.at),
            *(self.zone.field, self.ends, self.until, self.missed, telling.which, telling.every),
            *(*telling.ways.values(), telling.to, telling.heartbeat, self.reports, self.cancel, self.save),
        ]

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose_folder)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.folder.editingFinished.connect(self._look_at_folder)
        self.ends.toggled.connect(self.until.setEnabled)
        for signal in (self.name.textChanged, self.folder.textChanged, self.what.currentIndexChanged):
            signal.connect(self._said)
        for signal in (self.days.changed, self.zone.changed, self.telling.changed, self.ends.toggled):
            signal.connect(self._said)
        for signal in (self.at.timeChanged, self.until.timeChanged, self.missed.currentIndexChanged):
            signal.connect(self._said)
        help_key(self, lambda: self._session.help_wanted.emit("schedules"))

    # --- what is known

    def _look(self, engine: Engine) -> _Known:
        names = frozenset(each.schedule.name for each in engine.schedules.all(ask_system=False))
        try:
            searches = tuple(search.name for search in engine.saved.all()[0])
        except MirError:
            # Whatever changed can be pulled all the same, and what was chosen stays.
            searches = ()
        return _Known(names, searches, engine.schedules.scheduler_name)

    def _take(self, known: _Known) -> None:
        self._known = known
        for name in known.searches:
            if self.what.findData(name) < 0:
                self.what.addItem(self.tr("Search “{name}”").format(name=name), name)
        if self._session.settings.get(table.REGISTER_SCHEDULES):
            words = self.tr("{scheduler} starts it while this account is signed in to the computer.")
        else:
            words = self.tr("It is not registered with {scheduler}: your organisation starts it by other means.")
        self.registered.setText(words.format(scheduler=known.scheduler))

    def _show(self, chosen: Schedule | None) -> None:
        self.what.addItem(self.tr("Everything that became available or changed"), "")
        if chosen is not None and chosen.criteria is not None:
            self.what.addItem(self.tr("A search of its own"), chosen.criteria)
            self.what.setCurrentIndex(1)
        elif chosen is not None and chosen.search:
            self.what.addItem(self.tr("Search “{name}”").format(name=chosen.search), chosen.search)
            self.what.setCurrentIndex(1)
        if self._criteria not in (Criteria(), chosen.criteria if chosen is not None else None):
            self.what.addItem(self.tr("The search as it stands in Conversations, of any time"), self._criteria)
        self.name.setText(chosen.name if chosen is not None else "")
        self.name.setReadOnly(chosen is not None)
        self.name.setToolTip(self.tr("The nights belong to the name: it stays") if chosen is not None else "")
        archive = chosen.archive if chosen is not None else self._session.archive
        self.folder.setText(str(archive) if archive is not None else "")
        self.accept_risk.setChecked(chosen is not None and chosen.accept_risk)
        self.days.choose(chosen.days if chosen is not None else range(1, 8))
        at = chosen.at if chosen is not None else time(2, 15)
        self.at.setTime(QTime(at.hour, at.minute))
        self.zone.field.setText(chosen.zone if chosen is not None else getattr(local_zone(), "key", "UTC"))
        window = chosen.window if chosen is not None else None
        end = (datetime.combine(date.min, at) + (window or timedelta(hours=4))).time()
        self.ends.setChecked(window is not None)
        self.until.setTime(QTime(end.hour, end.minute))
        self.until.setEnabled(window is not None)
        if chosen is not None:
            self.missed.setCurrentIndex(self.missed.findData(chosen.missed))
            self.telling.choose(chosen.tell, chosen.tell_by, chosen.tell_to, chosen.heartbeat)
            self.reports.setText(str(chosen.reports) if chosen.reports is not None else "")
        else:
            self.telling.every.setChecked(True)
        self._said()
        self._look_at_folder()

    # --- the folder

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Archive folder"), self.folder.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, path: str) -> None:
        """A folder was chosen in the system's dialog."""
        self.folder.setText(str(Path(path)))
        self._look_at_folder()

    def _look_at_folder(self) -> None:
        folder = Path(self.folder.text().strip())
        if not folder.is_absolute():
            return
        self._session.ask(
            lambda engine: engine.place(folder),
            then=lambda place: self._warn(folder, () if place.archive else place.risks),
            sorry=lambda _: self._warn(folder, ()),
            owner=self,
        )

    def _warn(self, folder: Path, against: tuple[str, ...]) -> None:
        if folder != Path(self.folder.text().strip()):
            return
        self._risky = bool(against)
        self.warning.setVisible(self._risky)
        if against:
            title = self.tr("This folder is a risky place for an archive")
            self.risk.say(icon="shield-alert", tone="warn", title=title, text=risks.sentence(against))

    # --- what it comes to

    def check(self) -> bool:
        """Whether everything can be meant; what cannot is said where it stands."""
        name = self.name.text().strip()
        taken = self._before is None and name in self._known.names
        said_of_name = self.tr("A schedule of that name is there already.") if taken else ""
        folder, reports = self.folder.text().strip(), self.reports.text().strip()
        whole = self.tr("Wanted is the whole path of a folder.")
        good = [
            self._wrong[self.name].say(said_of_name if name else self.tr("A name is needed.")),
            self._wrong[self.folder].say("" if Path(folder).is_absolute() else whole),
            self._wrong[self.reports].say("" if not reports or Path(reports).is_absolute() else whole),
            self._wrong[self.missed].say(
                self.tr("Without an end there is nothing to keep to: choose one, or catch up.")
                if self.missed.currentData() == Missed.SKIP and not self.ends.isChecked()
                else ""
            ),
            self.days.check(),
            self.zone.check(),
            self.telling.check(),
        ]
        return all(good)

    def schedule(self) -> Schedule:
        """What is chosen. Raises InvalidSchedule, ValueError: it cannot be meant."""
        at, until = (time(each.time().hour(), each.time().minute()) for each in (self.at, self.until))
        length = datetime.combine(date.min, until) - datetime.combine(date.min, at)
        reports = self.reports.text().strip()
        search = self.what.currentData()
        before = self._before
        criteria = search if isinstance(search, Criteria) else None
        return Schedule(
            name=self.name.text().strip(),
            profile=self._session.profile,
            archive=Path(self.folder.text().strip()),
            at=at,
            zone=self.zone.zone(),
            days=self.days.days(),
            search="" if criteria is not None else search,
            criteria=criteria,
            window=(length if length > timedelta(0) else length + _DAY) if self.ends.isChecked() else None,
            missed=Missed(self.missed.currentData()),
            paused=before is not None and before.paused,
            accept_risk=self.accept_risk.isChecked(),
            tell=self.telling.tell,
            tell_by=self.telling.by,
            tell_to=self.telling.recipients,
            heartbeat=self.telling.heartbeat.text().strip(),
            reports=Path(reports) if reports else None,
        )

    def _said(self) -> None:
        """The sentence follows each choice; where something is missing it waits."""
        try:
            chosen = self.schedule()
        except (InvalidSchedule, ValueError):
            self.sentence.setText(self.tr("Something is missing yet."))
            return
        when, what = said.when(chosen, self._session.locale), said.what(chosen)
        form = self.tr("{when} ({zone}): {what}, into {folder}. Next: {next}.")
        now = datetime.now(UTC)
        if chosen.paused:
            comes = self.tr("none as long as it is paused")
        else:
            comes = said.moment(upcoming(chosen, now=now), chosen.place, self._session.locale, now=now)
        self.sentence.setText(form.format(when=when, zone=chosen.zone, what=what, folder=chosen.archive, next=comes))

    def _save(self) -> None:
        self.note.hide()
        if not self.check():
            return
        try:
            chosen = self.schedule()
        except (InvalidSchedule, ValueError) as error:
            # The engine's rule is stricter than a field's: its own words say where.
            self._sorry(error if isinstance(error, MirError) else InvalidSchedule(str(error)))
            return
        register = self._session.settings.get(table.REGISTER_SCHEDULES)

        def work(engine: Engine) -> MirError | None:
            try:
                engine.schedules.put(chosen, register=register)
            except SchedulerRefused as error:
                return error
            return None

        self.save.setEnabled(False)
        self._session.ask(work, then=lambda refused: self._kept(chosen.name, refused), sorry=self._sorry, owner=self)

    def _kept(self, name: str, refused: MirError | None) -> None:
        self.kept.emit(name)
        if refused is None:
            self.accept()
            return
        # It is kept: whoever may register it does that by other means.
        self._sorry(refused)
        self.cancel.setText(self.tr("Close"))

    def _sorry(self, error: MirError) -> None:
        self.save.setEnabled(True)
        title = errors.title(error)
        title = f"{title}: {error.detail}" if error.detail else title
        self.note.say(icon="triangle-alert", tone="danger", title=title, text=errors.advice(error))
        self.note.show()


def _clock(name: str) -> QTimeEdit:
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    made.setAccessibleName(name)
    made.setMinimumWidth(96)
    made.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
    return made
