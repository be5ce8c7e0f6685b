"""Who is told of a schedule's nights, and how: its rows, in words for people; what is told is not decided here."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from download_client.engine import SecretOf
from download_client.model import Channel
from download_client.settings import table
from ui.session import Session
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.deeds import SecretRow, TestRow
from ui.settings_dialog.rows import NARROW, ChoiceRow, NumberRow, SwitchRow, TextRow

_ADDRESS = 268
_CHOICE = 220


class Alarms(QObject):
    """Makes the rows of three cards; each schedule says of which nights somebody is told."""

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__(changes)
        self._session = session
        self._changes = changes

    def nights(self) -> tuple[QWidget, ...]:
        """This computer, its log, the heartbeat, and when a night is missing."""
        return (
            SwitchRow(
                table.ALARM_DESKTOP,
                self._changes,
                title=self.tr("Notification on this computer"),
                about=self.tr("Also while this window is closed"),
            ),
            SwitchRow(
                table.ALARM_SYSTEM_LOG,
                self._changes,
                title=self.tr("Log of this system"),
                about=self.tr("A line in the Windows Event Log, or in the log that this system has"),
            ),
            TextRow(
                table.MISSING_AFTER,
                self._changes,
                title=self.tr("A night is missing after"),
                about=self.tr("So long after its time without any run, where its schedule has no end of its window"),
                wanted=self.tr("Wanted is a time from 10 min to 1 d, such as 12 h."),
                decimal=self._session.locale.decimalPoint(),
                width=NARROW,
            ),
            TextRow(
                table.HEARTBEAT_URL,
                self._changes,
                title=self.tr("Heartbeat"),
                about=self.tr("Called after each complete night, so that silence is noticed elsewhere"),
                wanted=self.tr("Wanted is an address that begins with https://, or nothing."),
                hint=self.tr("no address"),
                width=_ADDRESS,
            ),
            TestRow(self._session, Channel.DESKTOP, about=self.tr("Shows a notification on this computer")),
        )

    def mail(self) -> tuple[QWidget, ...]:
        """The server that takes mail, and who gets it."""
        return (
            TextRow(
                table.SMTP_HOST,
                self._changes,
                title=self.tr("Mail server"),
                about=self.tr("Its name without a port; empty: nobody is told by e-mail"),
                wanted=self.tr("Wanted is the name of a computer, such as mail.example.com, or nothing."),
                hint=self.tr("no server"),
                width=_ADDRESS,
            ),
            NumberRow(table.SMTP_PORT, self._changes, low=1, high=65_535, title=self.tr("Port")),
            ChoiceRow(
                table.SMTP_SECURITY,
                self._changes,
                title=self.tr("Security"),
                about=self.tr("Nothing is ever sent in the open"),
                options=(
                    ("starttls", self.tr("STARTTLS (usually 587)")),
                    ("tls", self.tr("TLS from the beginning (465)")),
                ),
                width=_CHOICE,
            ),
            TextRow(
                table.SMTP_USER,
                self._changes,
                title=self.tr("User"),
                about=self.tr("Empty where the server asks nobody for a password"),
                hint=self.tr("no user"),
                width=_ADDRESS,
            ),
            SecretRow(self._session, SecretOf.SMTP, title=self.tr("Password")),
            TextRow(
                table.MAIL_FROM,
                self._changes,
                title=self.tr("From"),
                wanted=self.tr("Wanted is one mail address, or nothing."),
                hint=self.tr("nobody"),
                width=_ADDRESS,
            ),
            TextRow(
                table.MAIL_TO,
                self._changes,
                title=self.tr("To"),
                about=self.tr("Where a schedule names nobody else"),
                wanted=self.tr("Wanted are mail addresses with commas between them, or nothing."),
                hint=self.tr("nobody"),
                width=_ADDRESS,
            ),
            SwitchRow(
                table.MAIL_PAGE,
                self._changes,
                title=self.tr("Attach the report"),
                about=self.tr("The page with every exception and the last 30 nights"),
            ),
            TestRow(self._session, Channel.MAIL, about=self.tr("Sends an e-mail to those named above")),
        )

    def webhook(self) -> tuple[QWidget, ...]:
        """The address that signed messages go to."""
        return (
            TextRow(
                table.WEBHOOK_URL,
                self._changes,
                title=self.tr("Webhook"),
                about=self.tr("Gets a signed message (JSON); empty: none is sent"),
                wanted=self.tr("Wanted is an address that begins with https://, or nothing."),
                hint=self.tr("no address"),
                width=_ADDRESS,
            ),
            SecretRow(self._session, SecretOf.WEBHOOK, title=self.tr("Secret it is signed with")),
            TestRow(self._session, Channel.WEBHOOK, about=self.tr("Sends a message to the address above")),
        )
