"""The form of the sign-in: which profile, which service, browser or password, stay signed in or not.

It checks only that nothing is missing; it signs nobody in and keeps no password: the field is emptied when it is used.
Whoever used it may put it back (`put_back`) where it never came to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QVBoxLayout, QWidget

from download_client.engine import Secret
from download_client.settings import Profile
from ui.sign_in.words import Said
from ui.theme import DISPLAY, SMALL, STRONG
from ui.widgets import (
    Glyph,
    Mark,
    Note,
    box,
    button,
    choice,
    column,
    field,
    fill,
    frame,
    label,
    line,
    row,
    set_button_icon,
    set_wrong,
    tool,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form was filled in with. `password` None: with the browser. `profile` empty: the name of a new one is
    in `new_profile`.
    """

    profile: str
    new_profile: str
    server: str
    user: str
    password: Secret | None
    keep: bool


class Form(QWidget):
    """400 pixels wide. `wanted` carries a `Wanted`."""

    wanted = Signal(object)
    session_only = Signal()
    """The keyring cannot be used: sign in all the same, and keep nothing."""
    profile_chosen = Signal(str)
    remove_wanted = Signal(str)
    try_it = Signal()
    settings_wanted = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fixed = ""
        self.title = label(self.tr("Sign in"), DISPLAY, bold=True)
        self.note = Note()
        self.to_settings = button(self.tr("Open Settings"), kind="link")
        self.to_settings.clicked.connect(self.settings_wanted)
        self.once = button(self.tr("Sign in for this session only"))
        self.once.clicked.connect(self.session_only)
        self.detail = ""
        """What went wrong in the engine's own words, for support."""
        self.copy = button(self.tr("Copy details"), "copy", "link")
        self.copy.clicked.connect(self._copy)
        self._said = box(column(self.note, row(self.once, self.to_settings, self.copy, None), gap=6))
        self._make_profiles()
        self._make_address()
        self._make_ways()
        self._make_foot()
        self._lay_out()
        self.say(None)

    # --- parts

    def _make_profiles(self) -> None:
        self.profiles = choice(name=self.tr("Profile"))
        self.profiles.activated.connect(self._profile)
        self.remove = tool("x", self.tr("Remove this profile from this computer"))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self.profile))
        self.new_name = field(name=self.tr("Name of the new profile"), hint=self.tr("such as branch-office"))
        self._new_name = box(_under(self.tr("Name of the new profile"), self.new_name))
        self._profiles = box(_under(self.tr("Profile"), row((self.profiles, 1), self.remove, gap=4)))

    def _make_address(self) -> None:
        self.address = field(hint="https://mir.example.com", icon="globe", name=self.tr("Service address"))
        self._lock = Glyph("lock", "text3", 14)
        self._fixed_words = label(self.tr("Fixed by your organisation"), SMALL, tone="3")
        self._locked = box(row(self._lock, self._fixed_words, None, gap=6))
        self._locked.hide()

    def _make_ways(self) -> None:
        self.browser = button(self.tr("Sign in with your browser"), "external-link", "primary")
        self.browser.setProperty("tall", "true")
        self.browser.clicked.connect(lambda: self._want(browser=True))
        self.user = field(name=self.tr("User name"))
        self.password = field(name=self.tr("Password"), secret=True)
        self.keep = QCheckBox(self.tr("Stay signed in on this computer"))
        self.keep.setChecked(True)
        self._keyring = label("", SMALL, tone="3", wrap=True)
        self.enter = button(self.tr("Sign in"))
        self.enter.clicked.connect(lambda: self._want(browser=False))
        for each in (self.user, self.password):
            each.returnPressed.connect(lambda: self._want(browser=False))
            each.textEdited.connect(lambda _, each=each: set_wrong(each, wrong=False))
        for each in (self.address, self.new_name):
            each.returnPressed.connect(self._enter_address)
            each.textEdited.connect(lambda _, each=each: set_wrong(each, wrong=False))

    def _make_foot(self) -> None:
        self.try_button = button(self.tr("Try it"))
        self.try_button.clicked.connect(self.try_it)
        words = column(
            label(self.tr("No account at hand?"), bold=True),
            label(self.tr("Try it with a made-up account on this computer."), SMALL, tone="2", wrap=True),
            gap=1,
        )
        inside = row(Glyph("sparkles", "accent", 18), (words, 1), self.try_button, margins=(14, 11, 12, 11), gap=12)
        self._trial = frame(inside, "note")
        self.back_button = button(self.tr("Back without signing in"), kind="link")
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()

    def _lay_out(self) -> None:
        self._either = box(row((line(), 1), label(self.tr("or with a password"), SMALL, tone="3"), (line(), 1), gap=12))
        kept = column(self.keep, row(25, (self._keyring, 1), gap=0), gap=1)
        self._by_name = box(
            column(_under(self.tr("User name"), self.user), _under(self.tr("Password"), self.password), gap=9)
        )
        inside = fill(
            QVBoxLayout(self),
            Mark(52),
            10,
            self.title,
            label(self.tr("to Mitel Interaction Recording"), STRONG, tone="2"),
            8,
            self._said,
            self._profiles,
            self._new_name,
            _under(self.tr("Service address"), column(self.address, self._locked, gap=4)),
            4,
            self.browser,
            2,
            self._either,
            2,
            self._by_name,
            kept,
            self.enter,
            12,
            self._trial,
            row(None, self.back_button, None),
            gap=9,
        )
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(400)

    # --- what is in it

    @property
    def profile(self) -> str:
        """The profile chosen; empty: a new one."""
        return str(self.profiles.currentData() or "")

    def show_ways(self, ways: Sequence[str]) -> None:
        """Offer only what `account.sign_in_ways` allows a person: `browser`, `password`."""
        browser, password = "browser" in ways, "password" in ways
        self.browser.setVisible(browser)
        self._either.setVisible(browser and password)
        self._by_name.setVisible(password)
        self.enter.setVisible(password)
        self.keep.setEnabled(browser or password)

    def show_profiles(self, profiles: Sequence[Profile], current: str) -> None:
        """The profiles known here. One that is not among them is as new as its name."""
        self.profiles.clear()
        for each in profiles:
            user = f"  –  {each.user}" if each.user else ""
            self.profiles.addItem(f"{each.name}{user}", each.name)
        known = [each.name for each in profiles]
        if current and current not in known:
            self.profiles.addItem(current, current)
        self.profiles.addItem(self.tr("Another profile…"), "")
        self.profiles.setCurrentIndex(self.profiles.findData(current))
        self._profiles.setVisible(bool(known) or not current)
        self._new_name.setVisible(not current)
        self.remove.setVisible(current in known)

    def show_service(self, address: str, *, user: str, fixed: bool) -> None:
        """The address, perhaps fixed by the machine's policy, and who signed in last."""
        self._fixed = address if fixed else ""
        self.address.setText(address)
        self.address.setReadOnly(fixed)
        self._locked.setVisible(fixed)
        self.user.setText(user)
        self.password.clear()

    def show_keyring(self, name: str) -> None:
        """The system keyring in use; empty: there is none, and nothing can be kept."""
        if name:
            self.keep.setChecked(self.keep.isChecked() or not self.keep.isEnabled())
            self._keyring.setText(self.tr("Kept by {keyring}, or not at all").format(keyring=name))
        else:
            self.keep.setChecked(False)
            self._keyring.setText(self.tr("This computer has no keyring that can be used: for this session only"))
        self.keep.setEnabled(bool(name))

    def offer_trial(self, offered: bool) -> None:
        """Whether the made-up account is offered."""
        self._trial.setVisible(offered)

    def offer_back(self, offered: bool) -> None:
        """Whether one may go back to the window as it is."""
        self.back_button.setVisible(offered)

    def say(self, said: Said | None, *, tone: str = "danger") -> None:
        """What went wrong, or nothing."""
        self._said.setVisible(said is not None)
        self.once.setVisible(said is not None and said.keyring)
        self.to_settings.setVisible(said is not None and said.settings)
        set_wrong(self.address, wrong=said is not None and said.address and not self._fixed)
        for each in (self.user, self.password):
            set_wrong(each, wrong=said is not None and said.password)
        self.detail = said.detail if said is not None else ""
        self.copy.setVisible(bool(self.detail))
        self.copy.setText(self.tr("Copy details"))
        set_button_icon(self.copy, "copy", "accent")
        if said is not None:
            icon = "triangle-alert" if tone == "danger" else "info"
            self.note.say(icon=icon, tone=tone, title=said.title, text=said.text)

    def put_back(self, password: Secret) -> None:
        """The password that was typed: nobody was there to take it."""
        self.password.setText(password.reveal())

    def begin(self) -> None:
        """The cursor goes to what is missing first."""
        for each in (self.new_name, self.address, self.user):
            if each.isVisibleTo(self) and not each.text() and not each.isReadOnly():
                each.setFocus()
                return
        (self.browser if self._by_name.isHidden() else self.password).setFocus()

    # --- doing

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.detail)
        self.copy.setText(self.tr("Copied"))
        set_button_icon(self.copy, "check", "accent")

    def _profile(self) -> None:
        self.profile_chosen.emit(self.profile)

    def _enter_address(self) -> None:
        """Enter in the address goes on to what is missing, or to the browser."""
        if self._by_name.isHidden():
            self._want(browser=True)
        elif not self.user.text():
            self.user.setFocus()
        elif not self.password.text():
            self.password.setFocus()
        else:
            self._want(browser=False)

    def _want(self, *, browser: bool) -> None:
        needed = [self.new_name] if not self.profile else []
        needed += [self.address] if browser else [self.address, self.user, self.password]
        missing = [each for each in needed if not (each.text() if each is self.password else each.text().strip())]
        if missing:
            self._miss(missing)
            return
        secret = None if browser else Secret(self.password.text())
        self.password.clear()
        self.wanted.emit(
            Wanted(
                profile=self.profile,
                new_profile=self.new_name.text().strip(),
                server=self._fixed or _address(self.address.text()),
                user=self.user.text().strip(),
                password=secret,
                keep=self.keep.isChecked(),
            )
        )

    def _miss(self, missing: Sequence[QLineEdit]) -> None:
        names = ", ".join(each.accessibleName() for each in missing)
        self.say(Said(self.tr("Something is missing"), self.tr("Please fill in: {fields}").format(fields=names)))
        for each in missing:
            set_wrong(each, wrong=True)
        missing[0].setFocus()


def _under(words: str, what: QWidget | QLayout) -> QVBoxLayout:
    return column(label(words, SMALL, tone="2"), what, gap=5)


def _address(untrusted: str) -> str:
    """As it was typed; without a scheme https is meant."""
    typed = untrusted.strip()
    return typed if "://" in typed else f"https://{typed}"
