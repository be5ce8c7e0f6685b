"""What goes on while nobody looks: the tray, a word at the end of a run, the computer kept awake, the last question.

It joins the watch over the runs with the window and the system; it starts and ends no run by itself.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from download_client.engine import QueuedRun, Standing
from download_client.errors import InvalidSetting
from download_client.model import RunPhase
from download_client.settings import Setting, table
from ui.awake import Awake
from ui.closing import Closing
from ui.downloads.figures import exceptions_of, name_of, said_of, share_of
from ui.downloads.watch import Watch
from ui.session import Session
from ui.tray import Tray
from ui.words import numbers


class Background(QObject):
    """One per window, made after its first frame. `tray` and `awake` may be handed in where the system has others."""

    open_wanted = Signal()
    """Show the window and bring it to the front."""
    run_wanted = Signal(str)
    """Show the run with this key: its message was clicked."""
    quit_wanted = Signal()
    """End the program, durably, without asking."""

    def __init__(
        self,
        session: Session,
        watch: Watch,
        window: QWidget,
        *,
        tray: Tray | None = None,
        awake: Awake | None = None,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._watch = watch
        self._window = window
        self.tray = tray or Tray(window)
        self.awake = awake or Awake(parent=self)
        self.closing = Closing(session, window)
        self._schedules = 0
        self.told: list[str] = []
        """The keys of the runs whose end was told, latest last; the last is the one a click means."""
        watch.changed.connect(self._take)
        watch.ended.connect(self._tell_end)
        watch.held.connect(self._tell_need)
        session.settings_changed.connect(self._take)
        self.tray.open_wanted.connect(self.open_wanted)
        self.tray.message_clicked.connect(self._open_told)
        self.tray.pause_wanted.connect(lambda: watch.do(lambda queue: queue.pause()))
        self.tray.resume_wanted.connect(lambda: watch.do(lambda queue: queue.resume()))
        self.tray.quit_wanted.connect(self.closing.leave)
        self.closing.go_on_wanted.connect(self._go_on)
        self.closing.quit_wanted.connect(self.quit_wanted)
        self._take()

    def may_close(self) -> bool:
        """Whether the window may close now; if not, somebody was asked, or it went into the tray."""
        return self.closing.may_close()

    def mind(self, schedules: int) -> None:
        """So many schedules are at work because somebody said so in this window."""
        if schedules != self._schedules:
            self._schedules = schedules
            self._take()

    def close(self) -> None:
        """Take the icon out of the tray, let the computer sleep."""
        self.tray.hide()
        self.awake.close()

    # --- what is so

    def _take(self) -> None:
        watch = self._watch
        busy, needing, unended = watch.busy, watch.needing, watch.unended
        self.closing.tell(active=len(busy) + self._schedules, tray=self.tray.available)
        if unended or self._schedules:
            self.tray.show()
        self.tray.tell(
            active=len(busy) + len(needing) + self._schedules,
            warn=bool(needing),
            can_pause=bool(busy),
            can_resume=any(run.standing in {Standing.PAUSED, Standing.HELD} for run in unended),
            tip=self._tip(),
        )
        at_work = self._schedules or any(run.standing is Standing.AT_WORK for run in busy)
        if at_work and self._chosen(table.KEEP_AWAKE):
            self.awake.hold(who=self.tr("MIR Download Client"), why=self.tr("Recordings are being downloaded"))
        else:
            self.awake.release()

    def _tip(self) -> str:
        watch, name = self._watch, self.tr("MIR Download Client")
        if watch.needing:
            words = said_of(watch.needing[0], watch.way()).words
            return self.tr("{program}\n{words}").format(program=name, words=words)
        at_work = [run for run in watch.busy if run.standing is Standing.AT_WORK]
        if not at_work:
            return name
        share = sum(share_of(run.figures) for run in at_work) / len(at_work)
        percent = numbers.percent(share, watch.way().locale)
        words = self.tr("%n download(s) at work, {percent}", "", len(at_work)).format(percent=percent)
        return self.tr("{program}\n{words}").format(program=name, words=words)

    # --- what is told

    def _tell_end(self, run: QueuedRun) -> None:
        """One word per run, and none where nothing came: not for what somebody cancelled or what stopped to go on."""
        if run.phase not in {RunPhase.COMPLETE, RunPhase.PARTIAL} or run.figures is None:
            return
        came = run.figures.done - run.figures.skipped
        exceptions = exceptions_of(run)
        if not came and not exceptions and run.phase is RunPhase.COMPLETE:
            return
        locale = self._watch.way().locale
        words = said_of(run, self._watch.way()).words
        text = self.tr("{state}. {count} new in the archive.", "", came).format(
            state=words, count=numbers.count(came, locale)
        )
        self._tell(run, text, warn=run.phase is RunPhase.PARTIAL)

    def _tell_need(self, run: QueuedRun) -> None:
        said = said_of(run, self._watch.way())
        self._tell(run, self.tr("{state}. {advice}").format(state=said.words, advice=said.advice), warn=True)

    def _tell(self, run: QueuedRun, text: str, *, warn: bool) -> None:
        if not self._chosen(table.NOTIFY):
            return
        self.told.append(run.key)
        if not self.tray.message(title=name_of(run), text=text, warn=warn):
            QApplication.alert(self._window)

    def _open_told(self) -> None:
        self.open_wanted.emit()
        if self.told:
            self.run_wanted.emit(self.told[-1])

    # --- the window

    def _go_on(self) -> None:
        if self.tray.available:
            self.tray.show()
            self._window.hide()
        else:
            self._window.showMinimized()

    def _chosen(self, setting: Setting[bool]) -> bool:
        try:
            return self._session.settings.get(setting)
        except InvalidSetting:
            return setting.default
