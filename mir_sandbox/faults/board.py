"""The board: all rules that stand, in the order in which they were added. The first that strikes counts.

Not promised: threads; the board lives on the event loop of the service.
"""

import asyncio
from collections.abc import Callable
from itertools import count

from mir_sandbox.faults.plan import Move
from mir_sandbox.faults.rule import Order, Rule
from mir_sandbox.faults.where import Call


class Board:
    """Rules by id; `active` is False while there is none, so that the front need not look."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._numbers = count(1)
        self._listeners: list[Callable[[], None]] = []
        self._changed = asyncio.Event()

    @property
    def active(self) -> bool:
        """Whether any rule stands."""
        return bool(self._rules)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever a rule was added or removed or its time has run out."""
        self._listeners.append(listener)

    def add(self, order: Order) -> Rule:
        """Let a rule stand from now on."""
        loop = asyncio.get_running_loop()
        seconds = order.often.lifetime
        until = None if seconds is None else loop.time() + seconds
        rule = Rule(f"fault-{next(self._numbers)}", order, until, self._stir)
        self._rules[rule.id] = rule
        if until is not None:
            loop.call_at(until + 0.001, self._tell)
        self._tell()
        return rule

    def get(self, identifier: str) -> Rule | None:
        """The rule of this id."""
        return self._rules.get(identifier)

    def rules(self) -> tuple[Rule, ...]:
        """All rules, oldest first."""
        return tuple(self._rules.values())

    def remove(self, identifier: str) -> bool:
        """Clear one rule and let go what waits for it; whether there was one."""
        rule = self._rules.pop(identifier, None)
        if rule is None:
            return False
        rule.end()
        self._tell()
        return True

    def clear(self) -> None:
        """Clear all rules and let go everything that waits."""
        for identifier in tuple(self._rules):
            self.remove(identifier)

    def release(self) -> int:
        """Let go everything that waits now; how many that were. The rules stand."""
        waiting = sum(rule.waiting for rule in self._rules.values())
        for rule in self._rules.values():
            rule.release()
        return waiting

    def choose(self, call: Call) -> Rule | None:
        """The first rule that strikes `call`."""
        return next((rule for rule in self._rules.values() if rule.strikes(call)), None)

    def choose_connection(self, door: str) -> Rule | None:
        """The first rule that strikes a new connection at `door`."""
        return next((rule for rule in self._rules.values() if rule.strikes_connection(door)), None)

    def refuses(self, door: str) -> bool:
        """Whether `door` shall have no listening socket now."""
        return any(
            rule.plan.move is Move.REFUSE and not rule.spent() and rule.order.where.door in {None, door}
            for rule in self._rules.values()
        )

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Wait for a change after which `condition` holds, at most so long; whether it holds."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._changed.wait()
        except TimeoutError:
            return condition()
        return True

    def _stir(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
        self._stir()
