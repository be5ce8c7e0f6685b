"""This computer's own ways: a desktop that answers on a bus, one that is not there, the system's log."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from download_client.alarm import Message
from download_client.alarm.desktop import PROGRAM, notify
from download_client.alarm.system_log import EVENTS, write_line
from download_client.errors import ChannelUnavailable
from download_client.model import Outcome

ELSEWHERE = pytest.mark.skipif(sys.platform != "linux", reason="a bus and a socket of Linux")


@dataclass
class Desktop:
    """A bus with a desktop behind it, by the wire protocol of D-Bus; `shown` are the notifications."""

    capabilities: tuple[str, ...] = ("body",)
    refuses: bool = False
    shown: list[tuple[Any, ...]] = field(default_factory=list)

    @contextmanager
    def open(self, path: Path) -> Iterator[str]:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
            listening.listen()
            listening.settimeout(20)
            thread = threading.Thread(target=self._serve, args=(listening,))
            thread.start()
            yield f"unix:path={path}"
            thread.join()

    def _serve(self, listening: socket.socket) -> None:
        from jeepney import new_error, new_method_return
        from jeepney.low_level import Parser

        bus, _ = listening.accept()
        with bus:
            bus.settimeout(20)
            said = b""
            while b"BEGIN\r\n" not in said:
                piece = bus.recv(4096)
                if not piece:
                    return
                said += piece
                if b"AUTH" in piece:
                    bus.sendall(b"OK 1234567890abcdef1234567890abcdef\r\n")
            parser = Parser()
            parser.add_data(said.partition(b"BEGIN\r\n")[2])
            serial = 0
            while True:
                call = parser.get_next_message()
                if call is None:
                    piece = bus.recv(4096)
                    if not piece:
                        return
                    parser.add_data(piece)
                    continue
                serial += 1
                bus.sendall(self._answer(call, new_method_return, new_error).serialise(serial))

    def _answer(self, call: Any, back: Any, error: Any) -> Any:
        member = next(value for name, value in call.header.fields.items() if name.name == "member")
        if member == "Hello":
            return back(call, "s", (":1.7",))
        if self.refuses:
            return error(call, "org.freedesktop.DBus.Error.ServiceUnknown", "s", ("nobody",))
        if member == "GetCapabilities":
            return back(call, "as", (list(self.capabilities),))
        self.shown.append(call.body)
        return back(call, "u", (1,))


@ELSEWHERE
def test_a_desktop_shows_it(message: Message, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = replace(message, lines=("<b>3</b> & more",))
    for number, (able, text) in enumerate(
        ((("body",), "<b>3</b> & more"), (("body", "body-markup"), "&lt;b&gt;3&lt;/b&gt; &amp; more"))
    ):
        desktop = Desktop(capabilities=able)
        with desktop.open(tmp_path / str(number)) as address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            notify(message)
        ((program, _, _, title, body, _, hints, _),) = desktop.shown
        assert (program, title, body) == (PROGRAM, message.title, text)
        assert hints["urgency"] == ("y", 2)


@ELSEWHERE
def test_no_desktop_is_said_and_not_waited_for(
    message: Message, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desktop(refuses=True).open(tmp_path / "bus") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(ChannelUnavailable):
            notify(message)
    for address in (f"unix:path={tmp_path}/nowhere", "rubbish", "tcp:host=1", ""):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "none"))
        with pytest.raises(ChannelUnavailable):
            notify(message)


@ELSEWHERE
def test_a_line_for_the_system_log(message: Message, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(str(tmp_path / "log"))
        log.settimeout(20)
        for outcome, priority in ((Outcome.CLEAN, 14), (Outcome.PARTIAL, 12), (Outcome.FAILED, 11)):
            write_line(replace(message, outcome=outcome), sockets=(tmp_path / "none", tmp_path / "log"))
            line = log.recv(4096).decode()
            assert line.startswith(f"<{priority}>mir-download[")
            assert message.title in line
            assert "\n" not in line
    with pytest.raises(ChannelUnavailable):
        write_line(message, sockets=(tmp_path / "none",))


def test_each_outcome_is_an_event_of_its_own() -> None:
    assert len(set(EVENTS.values())) == len(Outcome)
    assert set(EVENTS.values()) <= set(range(1, 1001)), "what EventCreate.exe has words for"
