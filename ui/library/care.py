"""Looking after the archive: check it, fetch again what is damaged, download what the service will delete before long.

It asks before it begins and tells by notes and the check's strip; a run of the queue does what is to be fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from download_client.engine import Endangered, Engine, PullRequest, RecordingRow, Span, Standing, Sums, View
from download_client.errors import MirError
from ui.downloading import DownloadDialog
from ui.help_key import help_key
from ui.library.checking import CheckBar, CheckDialog, Checking
from ui.library.findings import FindingsDialog
from ui.library.notes import WITHIN, Notes
from ui.library.shelf import Shelf
from ui.session import Session

_ASK_AGAIN_MS: Final = 3_600_000
"""The service is asked once an hour at most what it will delete."""


class Care(QObject):
    """`queued`: a run was put into the queue."""

    queued = Signal()

    def __init__(self, session: Session, shelf: Shelf, notes: Notes, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._shelf = shelf
        self._notes = notes
        self._window = window
        self._ending: tuple[Endangered, ...] = ()
        self._repair: tuple[str, tuple[str, ...]] = ("", ())
        self._asked = QElapsedTimer()
        self.checking = Checking(session, self)
        self.bar = CheckBar(session, self.checking)
        self.checking.ended.connect(lambda _: shelf.look())
        notes.fetch_again.connect(self.repair)
        notes.list_findings.connect(self.list_findings)
        notes.download.connect(self.download_ending)
        session.runs_changed.connect(self._look_at_repair)
        session.me_changed.connect(self._asked.invalidate)
        session.archive_changed.connect(self._asked.invalidate)

    # --- checking

    def ask(self, view: View[RecordingRow], spans: Sequence[Span]) -> None:
        """Ask what is to be checked: everything, or these rows."""
        if self.checking.active:
            return
        facts = self._shelf.facts
        whole = Sums(rows=facts.recordings, bytes=facts.bytes) if facts is not None else Sums()

        def then(selection: Sums) -> None:
            dialog = CheckDialog(self._session, whole, selection, self._window.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            help_key(dialog, self._help)
            dialog.wanted.connect(lambda some: self._begin(view, spans if some else ()))
            dialog.open()

        self._session.bridge.ask(
            lambda _: view.selected(spans) if spans else Sums(),
            then=then,
            sorry=self._session.show_error.emit,
            owner=self,
        )

    def _begin(self, view: View[RecordingRow], spans: Sequence[Span]) -> None:
        library = self._shelf.library
        if library is None:
            return
        self._session.files_wanted.emit(())
        if not spans:
            self.checking.start(library, None)
            return
        self._session.bridge.ask(
            lambda _: tuple(view.recording_ids(spans)),
            then=lambda ids: self.checking.start(library, ids),
            sorry=self._session.show_error.emit,
            owner=self,
        )

    def list_findings(self) -> None:
        """Show everything that the last checks found."""
        facts = self._shelf.facts
        if facts is not None:
            dialog = FindingsDialog(facts.findings, self._window.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            help_key(dialog, self._help)
            dialog.open()

    def _help(self) -> None:
        self._session.help_wanted.emit("library")

    # --- fetching

    def repair(self) -> None:
        """Fetch again what is damaged or missing; the damaged file is kept aside."""
        facts = self._shelf.facts
        if facts is not None and facts.damaged:
            self._session.files_wanted.emit(())
            root, damaged, name = facts.root, facts.damaged, self.tr("Damaged recordings, fetched again")
            self._queue(lambda engine: replace(engine.repair(root, damaged), name=name), checks=damaged)
            self._notes.say_fetching()

    def _look_at_repair(self) -> None:
        """What was fetched again is checked as soon as its run has ended: the note tells of what is so."""
        key, recordings = self._repair
        if not key or self.checking.active:
            return
        runs = self._session.engine.downloads.entries()
        library = self._shelf.library
        if library is not None and all(run.standing is Standing.ENDED for run in runs if run.key == key):
            self._repair = ("", ())
            self.checking.start(library, recordings)

    def look_for_endings(self, archive: Path) -> None:
        """Ask the service what it will delete before long, if it can be asked and was not just now."""
        if self._session.me is None or self._session.offline:
            return
        if self._asked.isValid() and self._asked.elapsed() < _ASK_AGAIN_MS:
            return
        self._asked.start()

        def then(ending: tuple[Endangered, ...]) -> None:
            self._ending = ending
            self._notes.show_ending(ending)

        def sorry(_: MirError) -> None:
            # Nobody asked for it: the note is left out, and asked for again the next time.
            self._asked.invalidate()

        self._session.ask(
            lambda engine: tuple(engine.endangered(archive, within=WITHIN)), then=then, sorry=sorry, owner=self
        )

    def download_ending(self) -> None:
        """Ask, then put what the service will delete into the queue."""
        facts = self._shelf.facts
        if facts is None or not self._ending:
            return
        ids = tuple(dict.fromkeys(each.conversation.id for each in self._ending))
        name = self.tr("Before the service deletes them")
        request = PullRequest(archive=facts.root, conversations=ids, name=name)

        def started(_: str) -> None:
            self._ending = ()
            self._notes.show_ending(())
            self.queued.emit()

        dialog = DownloadDialog(self._session, request, name=name, parent=self._window.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.started.connect(started)
        dialog.open()

    def _queue(self, wanted: Callable[[Engine], PullRequest], *, checks: tuple[str, ...]) -> None:
        def work(engine: Engine) -> str:
            request = wanted(engine)
            return engine.downloads.add(request, name=request.name).key

        def then(key: str) -> None:
            self._repair = (key, checks)
            self.queued.emit()
            self._session.runs_changed.emit()

        self._session.ask(work, then=then, owner=self)
