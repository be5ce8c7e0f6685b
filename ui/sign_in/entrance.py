"""Who comes in and how: a kept sign-in taken up at the start, the form where there is none, profiles, trial, offline.

It owns what stands at the top of the window for it; signing in itself is the engine's.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from download_client.engine import Browser, Engine, Password, QueuedRun, SignIn
from download_client.errors import (
    Interrupted,
    InvalidSetting,
    MirError,
    NetworkError,
    NotSignedIn,
    ServiceError,
    SignInAgain,
)
from download_client.model import Me
from download_client.settings import DEFAULT_PROFILE, Origin, Paths, Profile, Profiles, Settings, check_name, table
from ui.bridge import Ticket
from ui.help_key import help_key
from ui.main_window import MainWindow
from ui.session import Session
from ui.sign_in.form import Wanted
from ui.sign_in.notes import EndedNote, OfflineNote, TrialNote
from ui.sign_in.page import SignInPage
from ui.sign_in.trial import PROFILE, Home, Ready, Trial
from ui.sign_in.words import Said, of_failure
from ui.words import errors

_SERVER = "sign_in.server"
"""The address signed in at last, also where nothing else is kept."""


class Entrance(QObject):
    """One per window. `begin` after the first frame; `close` when the session is closed."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        *,
        server: str = "",
        try_it: bool = False,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._server = server
        self._try_at_once = try_it
        self._one = threading.Lock()
        """One sign-in after the other: what was cancelled is undone before the next begins."""
        self._ticket: Ticket | None = None
        self._wanted: Wanted | None = None
        self._by_browser = False
        self._trial: Trial | None = None
        self._old_trials: list[Trial] = []
        self._before: tuple[str, Paths, Settings] | None = None
        self._notes: dict[type[QWidget], QWidget] = {}
        self.page: SignInPage | None = None
        """What covers the window now."""
        session.me_changed.connect(self._me_changed)
        session.sign_in_wanted.connect(self.ask_again)
        window.sign_out_wanted.connect(self.sign_out)
        window.profile_wanted.connect(self.use_profile)
        window.left_wanted.connect(self._leave)

    # --- the start

    def begin(self) -> None:
        """Take up the sign-in that is kept; show the form only where there is none."""
        self._show_profiles()
        if self._try_at_once:
            self._try_at_once = False
            self._ask()
            self.try_it()
        elif self._session.me is None and self._known() is not None and not self._server:
            self._session.look_for_archive()
            self._restore()
        elif self._session.me is None:
            self._session.look_for_archive()
            self._ask()

    def _restore(self) -> None:
        if self.page is not None:
            self.page.show_waiting(self.tr("Signing in…"), where=self._address())
        self._drop()
        self._ticket = self._session.ask(
            lambda engine: engine.look_in(), then=self._came_in, sorry=self._not_restored, owner=self
        )

    def _not_restored(self, error: MirError) -> None:
        self._ticket = None
        if isinstance(error, NetworkError | ServiceError):
            self._offline(error)
        elif isinstance(error, NotSignedIn):
            self._ask()
        elif not isinstance(error, Interrupted):
            self._ask()
            self._say(of_failure(error, browser=False))

    def _offline(self, error: MirError) -> None:
        """Signed in, as far as is known here; the window opens without the service."""
        self._uncover()
        known = self._notes.get(OfflineNote)
        if isinstance(known, OfflineNote):
            known.wait(errors.title(error))
        else:
            note = OfflineNote(errors.title(error))
            note.again.connect(self._restore)
            note.library.connect(lambda: self._window.go("library"))
            self._put(note)
        self._session.set_offline(True)

    # --- the form

    def ask_again(self) -> None:
        """Somebody wants to sign in: the form, with a way back where one came from the window."""
        if self.page is None:
            self._ask()
            if self.page is not None:
                self.page.form.offer_back(True)

    def _ask(self, *, new: bool = False) -> None:
        page = self.page
        if page is None:
            page = self.page = SignInPage()
            form = page.form
            form.wanted.connect(self._sign_in)
            form.session_only.connect(self._once)
            form.profile_chosen.connect(self.use_profile)
            form.remove_wanted.connect(self._ask_remove)
            form.try_it.connect(self.try_it)
            form.settings_wanted.connect(self._window.settings_wanted)
            form.back.connect(self._uncover)
            page.settings_wanted.connect(self._window.settings_wanted)
            page.help_wanted.connect(lambda: self._window.help_wanted.emit("sign-in"))
            page.cancelled.connect(self.cancel)
            page.open_again.connect(self._open_again)
        self._fill(page, new=new)
        self._window.cover(page)
        page.show_form()
        self._session.ask(
            lambda engine: engine.account.keyring_name(),
            then=self._show_keyring,
            sorry=lambda _: self._show_keyring(""),
            owner=page,
        )

    def _fill(self, page: SignInPage, *, new: bool) -> None:
        form, session, known = page.form, self._session, self._known()
        form.say(None)
        form.offer_back(False)
        form.show_profiles(Profiles(session.paths).all(), "" if new else session.profile)
        user = known.user if known is not None and not new else ""
        form.show_service(self._address(new=new), user=user, fixed=self._fixed())
        ways = session.settings.get(table.SIGN_IN_WAYS)
        form.show_ways(ways)
        form.offer_trial(self._trial is None and Trial.possible())

    def _show_keyring(self, name: str) -> None:
        if self.page is not None:
            self.page.form.show_keyring(name)

    def _fixed(self) -> bool:
        return self._session.settings.origin(table.SERVER_URL) is Origin.POLICY

    def _address(self, *, new: bool = False) -> str:
        session, known = self._session, self._known()
        try:
            given = session.settings.get(table.SERVER_URL)
        except InvalidSetting:
            given = ""
        if self._fixed():
            return given
        kept = session.memory.get(_SERVER)
        own = known.server_url if known is not None and not new else ""
        return self._server or own or given or (kept if isinstance(kept, str) else "")

    def _known(self) -> Profile | None:
        everybody = Profiles(self._session.paths).all()
        return next((each for each in everybody if each.name == self._session.profile), None)

    def _say(self, said: Said, *, tone: str = "danger") -> None:
        if self.page is not None:
            self.page.show_form()
            self.page.form.say(said, tone=tone)

    # --- signing in

    def _sign_in(self, wanted: Wanted) -> None:
        if not wanted.profile:
            try:
                check_name(wanted.new_profile)
            except InvalidSetting as error:
                self._say(of_failure(error, browser=False))
                if wanted.password is not None and self.page is not None:
                    self.page.form.put_back(wanted.password)
                return
        profile = wanted.profile or wanted.new_profile
        if profile != self._session.profile:
            self._session.use(profile)
        self._wanted = wanted
        if wanted.password is None:
            self._try(Browser(wanted.server, wanted.user, self._show_browser), keep=wanted.keep)
        else:
            self._try(Password(wanted.server, wanted.user, wanted.password), keep=wanted.keep)

    def _try(self, how: SignIn, *, keep: bool) -> None:
        self._drop()
        self._by_browser = isinstance(how, Browser)
        if self.page is not None:
            self.page.form.say(None)
            self.page.show_waiting(self.tr("Signing in…"), where=how.server)
        one, trial = self._one, self._trial is not None

        def work(engine: Engine, ticket: Ticket) -> Me:
            with one:
                if ticket.cancelled.is_set():
                    raise Interrupted
                me = engine.sign_in(how, keep=keep, cancel=ticket.cancelled)
                if trial:
                    # Nobody is to be asked about a folder that is thrown away.
                    engine.new_archive(engine.archive_folder(None), accept_risk=True)
                if ticket.cancelled.is_set():
                    engine.sign_out()
                return me

        self._ticket = self._session.ask_long(work, then=self._came_in, sorry=self._failed, owner=self)

    def _show_browser(self, url: str) -> bool:
        """On a worker: the browser is opened where Qt lives."""
        self._session.bridge.tell(url, self._open, self)
        return True

    def _open(self, url: str) -> None:
        if self.page is not None and self._ticket is not None:
            self.page.show_browser(url, opened=QDesktopServices.openUrl(QUrl(url)))

    def _open_again(self) -> None:
        if self.page is not None:
            self._open(self.page.url)

    def _once(self) -> None:
        """The same again, and nothing is kept: there is no keyring to keep it in."""
        if self.page is None or self._wanted is None:
            return
        self.page.form.keep.setChecked(False)
        wanted = self._wanted
        if wanted.password is None:
            self._try(Browser(wanted.server, wanted.user, self._show_browser), keep=False)
        else:
            self._try(Password(wanted.server, wanted.user, wanted.password), keep=False)

    def _came_in(self, me: Me) -> None:
        self._ticket = None
        if self._wanted is not None:
            self._session.memory.put(_SERVER, self._wanted.server)
        if me == self._session.me:
            # The same person again: lists that could not be read are read now.
            self._session.me_changed.emit()
        else:
            self._session.signed_in(me)

    def _failed(self, error: MirError) -> None:
        self._ticket = None
        if self._trial is not None:
            self._leave_trial()
            self._ask()
        self._say(of_failure(error, browser=self._by_browser))
        if isinstance(error, NetworkError | InvalidSetting):
            self._put_back()

    def _put_back(self) -> None:
        """The service was not reached: nobody has to type the password again for that."""
        if self.page is not None and self._wanted is not None and self._wanted.password is not None:
            self.page.form.put_back(self._wanted.password)

    def _me_changed(self) -> None:
        """Somebody is in, by whichever way."""
        if self._session.me is None:
            return
        self._wanted = None
        self._server = ""
        self._take(OfflineNote)
        self._take(EndedNote)
        self._session.set_offline(False)
        self._uncover()
        self._show_profiles()
        if self._trial is not None and TrialNote not in self._notes:
            note = TrialNote()
            note.end.connect(self.end_trial)
            self._put(note)

    def cancel(self) -> None:
        """Back to the form; what is under way is undone."""
        self._drop()
        if self._trial is not None:
            self._leave_trial()
        self._ask()

    def _leave(self) -> None:
        if self.page is not None:
            self.page.leave()

    def _drop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    # --- signed in, and out again

    def run_held(self, run: QueuedRun) -> None:
        """A run waits for somebody: say so where it waits for a sign-in."""
        if isinstance(run.error, NotSignedIn | SignInAgain) and EndedNote not in self._notes and self.page is None:
            note = EndedNote()
            note.sign_in.connect(self.ask_again)
            self._put(note)

    def sign_out(self) -> None:
        """Forget here, and tell the service; a trial ends."""
        if self._trial is not None:
            self.end_trial()
            return
        self._session.ask(lambda engine: engine.sign_out(), then=self._signed_out, owner=self)

    def _signed_out(self, told: bool) -> None:
        self._clear_notes()
        self._session.signed_in(None)
        self._ask()
        if not told:
            text = self.tr("The service could not be reached, so it does not know yet. Its side ends by itself.")
            self._say(Said(self.tr("You are signed out on this computer"), text), tone="warn")

    # --- profiles

    def use_profile(self, name: str) -> None:
        """Another profile that is known here; empty: a new one."""
        if self._trial is not None:
            self._leave_trial()
        self._drop()
        if not name:
            self._ask(new=True)
            if self.page is not None:
                self.page.form.offer_back(self._session.me is not None)
        elif name != self._session.profile or self._session.me is None:
            self._clear_notes()
            if name != self._session.profile:
                self._session.use(name)
            self.begin()

    def _show_profiles(self) -> None:
        if self._trial is not None:
            self._window.show_profiles(())
            return
        known = Profiles(self._session.paths).all()
        words = tuple((each.name, f"{each.name} – {each.user}" if each.user else each.name) for each in known)
        self._window.show_profiles(words)

    def _ask_remove(self, name: str) -> None:
        question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Remove a profile"),
            self.tr("Remove “{profile}” from this computer? Its recordings and archives stay.").format(profile=name),
            parent=self._window,
        )
        remove = question.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.buttonClicked.connect(lambda pressed: self._remove(name) if pressed is remove else None)
        question.finished.connect(question.deleteLater)
        help_key(question, lambda: self._window.help_wanted.emit("sign-in"))
        question.open()

    def _remove(self, name: str) -> None:
        paths = self._session.paths

        def work(engine: Engine) -> None:
            engine.sign_out()
            Profiles(paths).forget(name)

        self._session.ask(work, then=lambda _: self._removed(), owner=self)

    def _removed(self) -> None:
        left = Profiles(self._session.paths).all()
        self._session.use(left[0].name if left else DEFAULT_PROFILE)
        self.begin()

    # --- the trial

    def try_it(self) -> None:
        """Start the stand-in service and go in as somebody made up."""
        if not Trial.possible():
            text = self.tr("The stand-in service is not part of this installation.")
            self._say(Said(self.tr("The trial cannot be started"), text))
            return
        self._drop()
        if self.page is not None:
            self.page.show_waiting(self.tr("Making up an account…"), where=self.tr("It stays on this computer."))
        session = self._session
        self._before = session.profile, session.paths, session.settings
        trial = self._trial = Trial(session.paths.cache, self)
        trial.ready.connect(self._trial_ready)
        trial.failed.connect(self._trial_failed)
        trial.begin()

    def _trial_ready(self, ready: Ready) -> None:
        trial, like = self._trial, self._session.settings
        if trial is not None:
            self._ticket = self._session.bridge.ask(
                lambda _: trial.home(like=like),
                then=lambda home: self._enter_trial(home, ready),
                sorry=lambda error: self._trial_failed(str(error)),
                owner=self,
            )

    def _enter_trial(self, home: Home, ready: Ready) -> None:
        self._ticket = None
        self._session.use(PROFILE, paths=home.paths, settings=home.settings)
        self._try(Password(ready.server, ready.user, ready.password), keep=False)

    def _trial_failed(self, why: str) -> None:
        self._leave_trial()
        text = self.tr("The stand-in service did not start on this computer.")
        self._ask()
        self._say(Said(self.tr("The trial cannot be started"), text, why))

    def end_trial(self) -> None:
        """Back to where one was before it; what it made is deleted when the window is closed."""
        self._leave_trial()
        self.begin()

    def _leave_trial(self) -> None:
        if self._trial is None or self._before is None:
            return
        self._clear_notes()
        self._old_trials.append(self._trial)
        self._trial.ready.disconnect(self._trial_ready)
        self._trial.failed.disconnect(self._trial_failed)
        profile, paths, settings = self._before
        self._trial = self._before = None
        if self._session.paths is not paths:
            self._session.use(profile, paths=paths, settings=settings)

    # --- the window

    def _put(self, note: QWidget) -> None:
        self._notes[type(note)] = note
        self._window.add_note(note)

    def _take(self, kind: type[QWidget]) -> None:
        note = self._notes.pop(kind, None)
        if note is not None:
            self._window.remove_note(note)

    def _clear_notes(self) -> None:
        for kind in tuple(self._notes):
            self._take(kind)

    def _uncover(self) -> None:
        if self.page is not None:
            self.page = None
            self._wanted = None
            self._window.uncover()

    def close(self) -> None:
        """End the stand-in service and delete what the trial made; the session is closed already."""
        self._drop()
        for trial in (*self._old_trials, *((self._trial,) if self._trial is not None else ())):
            trial.close()
        self._old_trials.clear()
        self._trial = None
