"""The access level is None: what that means, whom to ask, and a message for them; it changes nothing itself."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client.errors import MirError
from download_client.model import Me
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Empty, button, column, fill, label, row, set_button_icon


class NoAccess(QWidget):
    """In the place of Conversations and Participants; a change of the level shows at the next look."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.again = button(self.tr("Check again"), "refresh-cw", "primary")
        self.again.clicked.connect(self._check)
        self.copy = button(self.tr("Copy a message to your Phone Manager"), "copy")
        self.copy.clicked.connect(self._copy)
        self.said = label("", SMALL, tone="2")
        kept = label(self.tr("What was downloaded before stays in the Library."), SMALL, tone="3")
        self._empty = Empty(
            "lock",
            self.tr("Your access level is None"),
            self.tr(
                "You are signed in, but the service shows you no recordings, not even your own. A Decision Maker or "
                "Phone Manager of your account grants access in the Account Portal, under Record Management Access. "
                "A change shows here within 5 minutes."
            ),
            self.again,
            self.copy,
            ground="sunken",
            token="text2",
            width=520,
            below=column(row(None, kept, None), row(None, self.said, None), gap=6),
        )
        fill(QVBoxLayout(self), self._empty, gap=0)

    def _check(self) -> None:
        self.again.setEnabled(False)
        self.said.setText("")
        self._session.ask(lambda engine: engine.whoami(), then=self._know, sorry=self._sorry, owner=self)

    def _know(self, me: Me) -> None:
        self.again.setEnabled(True)
        unchanged = me == self._session.me
        self.said.setText(self.tr("Checked just now: it is still None.") if unchanged else "")
        self._session.signed_in(me)

    def _sorry(self, error: MirError) -> None:
        self.again.setEnabled(True)
        self._session.show_error.emit(error)

    def _copy(self) -> None:
        me = self._session.me
        words = self.tr(
            "Hello,\n\nI can sign in to Mitel Interaction Recording, but my access level is None, so I see no "
            "recordings. Please set Record Management Access for me in the Account Portal (Own/Group Recordings or "
            "All Recordings).\n\nName: {name}\nE-mail: {email}\n\nThank you"
        )
        name, email = (me.user.name, me.user.email) if me is not None else ("", "")
        QGuiApplication.clipboard().setText(words.format(name=name, email=email))
        self.copy.setText(self.tr("Copied"))
        set_button_icon(self.copy, "check", "accent")
