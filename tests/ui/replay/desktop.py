"""Another program on the session's bus: what a desktop does with players. Linux alone has what it needs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.replay.mpris import PLACE, PLAYER, SERVICE

ANSWER = 20.0
CONTROLS = DBusAddress(PLACE, bus_name=SERVICE, interface=PLAYER)
ROOT = DBusAddress(PLACE, bus_name=SERVICE, interface="org.mpris.MediaPlayer2")


class Desktop:
    """It waits on a thread of its own, while the player answers on this one."""

    def __init__(self, address: str, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._worker = ThreadPoolExecutor(1)
        self._bus: DBusConnection = self.do(lambda: open_dbus_connection(address))

    def do(self, work: Callable[[], Any]) -> Any:
        asked = self._worker.submit(work)
        self._qtbot.waitUntil(asked.done, timeout=SECONDS)
        return asked.result()

    def ask(self, message: Any) -> Any:
        return self.do(lambda: unwrap_msg(self._bus.send_and_get_reply(message, timeout=ANSWER)))

    def press(self, method: str, signature: str = "", *words: object) -> None:
        assert self.ask(new_method_call(CONTROLS, method, signature, words)) == ()

    def asks_itself(self, method: str) -> None:
        assert self.ask(new_method_call(ROOT, method)) == ()

    def sees_itself(self) -> dict[str, Any]:
        return self.sees(ROOT)

    def sees(self, of: DBusAddress = CONTROLS) -> dict[str, Any]:
        (found,) = self.ask(Properties(of).get_all())
        return {name: value for name, (_, value) in found.items()}

    def sets(self, name: str, value: float) -> None:
        self.ask(Properties(CONTROLS).set(name, "d", value))

    def knows(self) -> bool:
        return SERVICE in self.ask(message_bus.ListNames())[0]

    def listen(self, member: str) -> Callable[[], tuple[Any, ...]]:
        """Answers how to wait for a signal from now on."""
        rule = MatchRule(type="signal", path=PLACE, member=member)
        self.ask(message_bus.AddMatch(rule))
        kept = self.do(lambda: self._bus.filter(rule, bufsize=50).__enter__())
        return lambda: tuple(self.do(lambda: self._bus.recv_until_filtered(kept, timeout=ANSWER)).body)

    def close(self) -> None:
        self.do(self._bus.close)
        self._worker.shutdown()
