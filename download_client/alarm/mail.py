"""Mail by SMTP, over TLS only: verified by the system's store and a company's own file, or nothing is sent.

The way is secure before user, password or message are said (STARTTLS refused or stripped is an error); there is no
switch. One try: who tries again is told by the error's fate. Its Message-ID is the message's own, so that a copy that
was sent twice, because a kill came between sending and noting, can be told.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from download_client.alarm.message import Message
from download_client.api import ConnectionOptions
from download_client.credentials import Secret
from download_client.errors import (
    CertificateRejected,
    ChannelBusy,
    ChannelRefused,
    ConnectionLost,
    MirError,
    Offline,
    ProtocolBroken,
    TimedOut,
)

_LARGEST_PAGE = 5_000_000
"""Bytes; a larger page is not attached."""
_HELLO = "mir-download-client.invalid"
"""What we call ourselves: the computer's own name is nobody's affair."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in. `at_once`: secure from the first byte, else by STARTTLS. No `user`: nobody signs in."""

    host: str
    port: int
    at_once: bool
    user: str = ""
    password: Secret | None = None


def send_mail(
    message: Message,
    *,
    server: MailServer,
    sender: str,
    recipients: tuple[str, ...],
    attach: bool,
    options: ConnectionOptions,
) -> str:
    """Hand it in once; answers a sentence when some recipients were refused, else nothing.

    Raises:
        CertificateRejected, Offline, TimedOut, ConnectionLost, ProtocolBroken: the way there.
        ChannelRefused, ChannelBusy: the server says no, for good or for now.

    """
    failure: MirError
    try:
        refused = _send(_written(message, sender, recipients, attach=attach), server, sender, recipients, options)
        return f"{refused} of {len(recipients)} recipients were refused" if refused else ""
    except (OSError, smtplib.SMTPException, ssl.SSLError, ValueError) as error:
        failure = _ours(error, host=server.host)
    # Outside the handler: a foreign error may hold the password as it was sent, and would be chained.
    raise failure


def _send(
    mail: EmailMessage, server: MailServer, sender: str, recipients: tuple[str, ...], options: ConnectionOptions
) -> int:
    from download_client.api.transport import trust

    context = trust(options)
    opened = (
        smtplib.SMTP_SSL(server.host, server.port, _HELLO, timeout=options.read, context=context)
        if server.at_once
        else smtplib.SMTP(server.host, server.port, _HELLO, timeout=options.read)
    )
    with closing(opened) as smtp:
        if not server.at_once:
            smtp.starttls(context=context)
        smtp.ehlo()
        if server.user and server.password is not None:
            smtp.login(server.user, server.password.reveal())
        refused = len(smtp.send_message(mail, from_addr=sender, to_addrs=list(recipients)))
        with suppress(OSError, smtplib.SMTPException):
            # It was taken: how the server says goodbye changes nothing.
            smtp.quit()
        return refused


def _written(message: Message, sender: str, recipients: tuple[str, ...], *, attach: bool) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = message.title
    mail["From"] = sender
    mail["To"] = ", ".join(recipients)
    mail["Date"] = format_datetime(message.made_at)
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-MIR-Outcome"] = message.outcome.value
    mail.set_content("\n".join(message.lines) + "\n")
    page = _page(message) if attach else b""
    if page:
        name = f"{message.day.isoformat()}.html"
        mail.add_attachment(page, maintype="text", subtype="html", filename=name, params={"charset": "utf-8"})
    return mail


def _page(message: Message) -> bytes:
    """The report's page; nothing where it is gone: the message is worth more."""
    try:
        content = Path(message.page).read_bytes() if message.page else b""
    except OSError:
        return b""
    return content if len(content) <= _LARGEST_PAGE else b""


def _ours(error: Exception, *, host: str) -> MirError:
    """The one door for what comes out of smtplib; its texts do not pass, they may hold what was sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateRejected(error.verify_message, subject=host)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return ChannelRefused("the server offers no secure connection or no sign-in", subject=host)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _said(min(codes, default=550), "it refused every recipient", host=host)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _said(error.smtp_code, "it refused the sign-in", host=host)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        if isinstance(error.__context__, TimeoutError):
            return TimedOut(subject=host)
        return ConnectionLost("the server hung up", subject=host)
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, "it refused the message", host=host)
    if isinstance(error, smtplib.SMTPException):
        return ProtocolBroken(type(error).__name__, subject=host)
    if isinstance(error, TimeoutError):
        return TimedOut(subject=host)
    if isinstance(error, ssl.SSLError):
        return ConnectionLost("no secure connection came about", subject=host)
    if isinstance(error, socket.gaierror | ConnectionRefusedError):
        return Offline("the mail server cannot be reached", subject=host)
    return ConnectionLost(type(error).__name__, subject=host)


def _said(code: int, words: str, *, host: str) -> MirError:
    """RFC 5321 section 4.2.1: 4yz is for now, 5yz for good; -1 is no answer."""
    kind = ChannelBusy if code < 500 else ChannelRefused
    return kind(f"{words} ({code})", subject=host)
