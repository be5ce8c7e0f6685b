"""Mail goes over TLS that our authority signed or not at all, arrives whole, and no error repeats a secret."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from download_client.alarm import Message
from download_client.alarm.mail import MailServer, send_mail
from download_client.api import ConnectionOptions
from download_client.credentials import Secret
from download_client.errors import (
    CertificateRejected,
    ChannelBusy,
    ChannelRefused,
    ConnectionLost,
    MirError,
    Offline,
    TimedOut,
)
from tests.alarm.servers import LOOPBACK, Authority, Mailbox

CANARY = "canary-Password-7731"
TO = ("ann@example.com", "bob@example.com")


def send(message: Message, box: Mailbox, authority: Authority | None, **different: object) -> str:
    given: dict[str, object] = {"at_once": False, "user": "", "password": None, "to": TO, "attach": True, **different}
    return send_mail(
        message,
        server=MailServer(LOOPBACK, box.port, bool(given["at_once"]), str(given["user"]), given["password"]),  # type: ignore[arg-type]
        sender="mir@example.com",
        recipients=given["to"],  # type: ignore[arg-type]
        attach=bool(given["attach"]),
        options=ConnectionOptions(ca_file=authority.ca_file if authority else None, read=10.0),
    )


@pytest.mark.parametrize("at_once", [False, True], ids=["starttls", "tls"])
def test_it_arrives_whole_with_its_page_and_its_id(message: Message, authority: Authority, at_once: bool) -> None:
    with Mailbox().open(authority.context(), at_once=at_once) as box:
        assert send(message, box, authority, at_once=at_once) == ""
    (letter,) = box.letters
    assert letter["Subject"] == message.title
    assert letter["Message-ID"] == f"<{message.id}@example.com>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["To"] == ", ".join(TO)
    assert box.recipients == [list(TO)]
    text, page = letter.iter_parts()
    assert text.get_content().splitlines() == list(message.lines)
    assert (page.get_content_type(), page.get_filename()) == ("text/html", "2026-11-22.html")
    assert "ü" in page.get_content()


def test_without_a_page_it_is_text(message: Message, authority: Authority) -> None:
    with Mailbox().open(authority.context()) as box:
        send(message, box, authority, attach=False)
        send(replace(message, page="/nowhere/at/all.html"), box, authority)
    assert [letter.get_content_type() for letter in box.letters] == ["text/plain", "text/plain"]


def test_who_signs_in_does_so_after_the_way_is_secure(message: Message, authority: Authority) -> None:
    with Mailbox(password=CANARY).open(authority.context()) as box:
        send(message, box, authority, user="nightly", password=Secret(CANARY))
    assert box.logins == [("nightly", CANARY)]
    assert len(box.letters) == 1


def fails(kind: type[MirError], message: Message, box: Mailbox, authority: Authority | None, **how: object) -> None:
    with pytest.raises(kind) as caught:
        send(message, box, authority, **how)
    assert type(caught.value) is kind
    error: BaseException | None = caught.value
    while error is not None:
        assert CANARY not in f"{error!r} {error} {error.args}"
        error = error.__cause__ or error.__context__
    assert box.letters == []


def test_a_stranger_gets_neither_password_nor_message(message: Message, authority: Authority) -> None:
    password = Secret(CANARY)
    for at_once in (False, True):
        with Mailbox(password=CANARY).open(authority.context(), at_once=at_once) as box:
            fails(CertificateRejected, message, box, None, at_once=at_once, user="n", password=password)
        with Mailbox(password=CANARY).open(authority.context("mail.example"), at_once=at_once) as box:
            fails(CertificateRejected, message, box, authority, at_once=at_once, user="n", password=password)
        assert box.logins == []


def test_a_server_without_tls_gets_nothing(message: Message, authority: Authority) -> None:
    with Mailbox(password=CANARY).open(None) as box:
        fails(ChannelRefused, message, box, authority, user="nightly", password=Secret(CANARY))
        fails(ConnectionLost, message, box, authority, at_once=True, user="nightly", password=Secret(CANARY))
    assert box.logins == []


def test_what_the_server_says_is_for_good_or_for_now(message: Message, authority: Authority) -> None:
    with Mailbox(password="another").open(authority.context()) as box:
        fails(ChannelRefused, message, box, authority, user="nightly", password=Secret(CANARY))
    with Mailbox(answer="554 no").open(authority.context()) as box:
        fails(ChannelRefused, message, box, authority)
    with Mailbox(answer="451 later").open(authority.context()) as box:
        fails(ChannelBusy, message, box, authority)
    with Mailbox(unknown=frozenset(TO)).open(authority.context()) as box:
        fails(ChannelRefused, message, box, authority)


def test_one_unknown_recipient_does_not_keep_it_from_the_others(message: Message, authority: Authority) -> None:
    with Mailbox(unknown=frozenset(TO[:1])).open(authority.context()) as box:
        assert send(message, box, authority) == "1 of 2 recipients were refused"
    assert box.recipients == [[TO[1]]]


@contextmanager
def mute() -> Iterator[int]:
    """A server that takes a connection and says nothing."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        over = threading.Event()
        held: list[socket.socket] = []

        def run() -> None:
            held.append(listening.accept()[0])
            over.wait(60)

        thread = threading.Thread(target=run)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join()
        for each in held:
            each.close()


def test_nobody_there_and_nobody_speaking(message: Message, authority: Authority) -> None:
    with socket.create_server((LOOPBACK, 0)) as gone:
        port = gone.getsockname()[1]
    fails(Offline, message, Mailbox(port=port), authority)
    options = ConnectionOptions(ca_file=authority.ca_file, read=0.3)
    with mute() as port, pytest.raises(TimedOut):
        send_mail(
            message,
            server=MailServer(LOOPBACK, port, at_once=False),
            sender="mir@example.com",
            recipients=TO,
            attach=False,
            options=options,
        )


def test_a_name_cannot_add_a_line_to_the_head(message: Message, authority: Authority) -> None:
    with Mailbox().open(authority.context()) as box:
        send(replace(message, title="Nightly: <b>&\u202efailed"), box, authority)
        with pytest.raises(ConnectionLost):
            send(replace(message, title="Nightly\r\nBcc: eve@example.com"), box, authority)
    assert len(box.letters) == 1
    assert box.letters[0]["Bcc"] is None
