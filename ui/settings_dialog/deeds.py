"""Rows of the settings that hold no setting: a password for the keyring, a message to try a way out; words and a deed.

A password that was typed is handed to the engine and forgotten here; nothing shows it again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from download_client.engine import Secret, SecretOf
from download_client.errors import MirError
from download_client.model import Channel
from download_client.settings import Settings, table
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Glyph, box, button, column, field, label, line, row, set_wrong
from ui.words import errors

_WIDTH = 168
_PLACE = {SecretOf.SMTP: (table.SMTP_HOST, table.SMTP_PORT, table.SMTP_USER), SecretOf.WEBHOOK: (table.WEBHOOK_URL,)}
"""The settings that say which server a secret is for."""


class _Deed(QFrame):
    """Words at the left, controls at the right, and under both what went wrong."""

    def __init__(self, title: str, *controls: QWidget, last: bool = False) -> None:
        super().__init__()
        self.about = label("", SMALL, tone="2", wrap=True)
        self._said = label("", SMALL, tone="danger", wrap=True)
        self.error = box(row(Glyph("triangle-alert", "danger", 14), (self._said, 1), gap=6))
        words = column(label(title, bold=True, wrap=True), self.about, gap=2)
        top = row((words, 1), *controls, gap=8)
        rule = line()
        self.setLayout(column(column(top, self.error, gap=6, margins=(16, 10, 16, 10)), rule, gap=0))
        self.error.hide()
        rule.setVisible(not last)

    @property
    def complaint(self) -> str:
        """What is said to be wrong; empty: nothing."""
        return "" if self.error.isHidden() else self._said.text()

    def complain(self, error: MirError | None) -> None:
        """Say what went wrong; None: nothing did."""
        self.error.setVisible(error is not None)
        if error is not None:
            said = f"{errors.title(error)}: {error.detail}" if error.detail else errors.title(error)
            self._said.setText(f"{said}\n{errors.advice(error)}" if errors.advice(error) else said)


class SecretRow(_Deed):
    """A password that goes to the keyring, for the server that the settings name; Enter keeps it."""

    def __init__(self, session: Session, what: SecretOf, *, title: str) -> None:
        self.field = field(secret=True, name=title)
        self.field.setMinimumWidth(_WIDTH)
        self.keep = button(self.tr("Keep"), tip=self.tr("Put it into the keyring of this computer"))
        self.forget = button(self.tr("Forget"), kind="flat", tip=self.tr("Take it out of the keyring"))
        super().__init__(title, self.field, self.keep, self.forget)
        self._session = session
        self._what = what
        self._place: tuple[str, ...] | None = None
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(lambda: self._ask(None))
        self.field.textEdited.connect(lambda _: self._enable())
        self.field.installEventFilter(self)

    def take(self, settings: Settings) -> None:
        """Whether one is kept for the server that the settings name now."""
        place = tuple(settings.shown(each) for each in _PLACE[self._what])
        if place == self._place:
            return
        self._place = place
        self.complain(None)
        if not place[0]:
            self._show(None)
            return
        what = self._what
        self._session.ask(lambda engine: engine.post.keeps(what), then=self._show, sorry=self._sorry, owner=self)

    def _show(self, kept: bool | None) -> None:
        """None: no server is named yet."""
        self.about.setText(
            {
                None: self.tr("Name the server first; a password is kept for that server only"),
                True: self.tr("One is kept in the keyring of this computer"),
                False: self.tr("None is kept for this server"),
            }[kept]
        )
        self.forget.setVisible(bool(kept))
        self.field.setEnabled(kept is not None)
        self._enable()

    def _enable(self) -> None:
        self.keep.setEnabled(self.field.isEnabled() and bool(self.field.text()))

    def _keep(self) -> None:
        if self.keep.isEnabled():
            secret = Secret(self.field.text())
            self.field.clear()
            self._ask(secret)

    def _ask(self, secret: Secret | None) -> None:
        self.keep.setEnabled(False)
        what, kept = self._what, secret is not None
        self._session.ask(
            lambda engine: engine.post.keep(what, secret),
            then=lambda _: self._done(kept),
            sorry=self._sorry,
            owner=self,
        )

    def _done(self, kept: bool) -> None:
        self.complain(None)
        set_wrong(self.field, False)
        self._show(kept)

    def _sorry(self, error: MirError) -> None:
        set_wrong(self.field, True)
        self.complain(error)
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps what is typed, Esc takes it back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.field.text():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                self._enable()
                return True
        return super().eventFilter(watched, event)


class TestRow(_Deed):
    """A button that sends a message which says that it is a test, by one channel."""

    __test__ = False  # no test of pytest's

    def __init__(self, session: Session, channel: Channel, *, about: str) -> None:
        self.send = button(self.tr("Send a test"))
        super().__init__(self.tr("Does it arrive?"), self.send, last=True)
        self._session = session
        self._channel = channel
        self.about.setText(about)
        self.send.clicked.connect(self._send)

    def _send(self) -> None:
        self.send.setEnabled(False)
        self.complain(None)
        self.about.setText(self.tr("Sending…"))
        channel = self._channel
        self._session.ask(lambda engine: engine.post.test(channel), then=self._sent, sorry=self._sorry, owner=self)

    def _sent(self, said: str) -> None:
        self.send.setEnabled(True)
        words = self.tr("It was taken. Look whether it has arrived.")
        self.about.setText(f"{words} {said}" if said else words)

    def _sorry(self, error: MirError) -> None:
        self.send.setEnabled(True)
        self.about.setText(self.tr("It was not taken."))
        self.complain(error)
