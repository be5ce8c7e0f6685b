"""A rule: one fault of the catalogue, where it applies, how often, and what has come of it so far.

Not promised: threads; rules live on the event loop of the service.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any

from mir_sandbox.faults.catalogue import by_name
from mir_sandbox.faults.catalogue.fault import Fault
from mir_sandbox.faults.parameters import Rejected, Values, check
from mir_sandbox.faults.plan import Plan
from mir_sandbox.faults.where import Call, Where, read_where


class Per(Enum):
    """What `skip`, `stride` and `times` are counted for."""

    RULE = "rule"
    RECORDING = "recording"
    TARGET = "target"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """How often a rule applies, of the requests that are meant by its condition."""

    skip: int = 0
    """So many are let through first."""
    stride: int = 1
    """Then each so manieth is hit, beginning with the first."""
    times: int | None = None
    """At most so many are hit; None: until cleared."""
    per: Per = Per.RULE
    probability: float = 1.0
    seed: int = 0
    lifetime: float | None = None
    """Seconds. The rule holds so long from when it was added; None: until cleared."""

    def as_json(self) -> dict[str, object]:
        """The same as `read_rule` reads it."""
        return {
            "skip": self.skip,
            "stride": self.stride,
            "times": self.times,
            "per": self.per.value,
            "probability": self.probability,
            "seed": self.seed,
            "lifetime": self.lifetime,
        }


@dataclass(frozen=True, slots=True)
class Order:
    """A fault as it was asked for, checked."""

    fault: Fault
    values: Values
    where: Where
    often: Often


def read_order(untrusted: object) -> Order:
    """The order in a JSON object: `fault`, and perhaps `parameters`, `where` and the members of `Often`.

    Raises `Rejected`.
    """
    if not isinstance(untrusted, Mapping):
        raise Rejected("a fault is asked for with a JSON object")
    known = {"fault", "parameters", "where", *Often().as_json()}
    if unknown := sorted(untrusted.keys() - known):
        raise Rejected(f"a fault has no {', '.join(map(str, unknown))}; there are: {', '.join(sorted(known))}")
    fault = by_name(untrusted.get("fault"))
    parameters = untrusted.get("parameters", {})
    if not isinstance(parameters, Mapping):
        raise Rejected("parameters must be an object")
    values = check(fault.parameters, parameters)
    fault.plan(values)
    return Order(fault, values, read_where(untrusted.get("where", {}), routes=fault.routes), _read_often(untrusted))


def _read_often(untrusted: Mapping[str, object]) -> Often:
    checked: dict[str, Any] = {}
    for name, least in (("skip", 0), ("stride", 1), ("times", 1), ("seed", None)):
        value = untrusted.get(name)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool) or (least is not None and value < least):
            raise Rejected(f"{name} must be a whole number" + ("" if least is None else f" from {least}"))
        checked[name] = value
    for name, most in (("probability", 1.0), ("lifetime", float("inf"))):
        value = untrusted.get(name)
        if value is None:
            continue
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= most:
            raise Rejected(f"{name} must be a number from 0" + (f" to {most:g}" if most == 1 else ""))
        checked[name] = float(value)
    per = untrusted.get("per", Per.RULE.value)
    if per not in {each.value for each in Per}:
        raise Rejected(f"per must be one of {', '.join(each.value for each in Per)}")
    return Often(per=Per(per), **checked)


@dataclass(eq=False, slots=True)
class Rule:
    """One order that stands, with its counts. `changed` is called after each change of a count."""

    id: str
    order: Order
    until: float | None
    """On the event loop's clock."""
    changed: Callable[[], None]
    plan: Plan = field(init=False)
    memory: dict[str, Any] = field(default_factory=dict)
    matched: int = 0
    hits: int = 0
    waiting: int = 0
    _seen: Counter[str] = field(default_factory=Counter)
    _struck: Counter[str] = field(default_factory=Counter)
    _random: Random = field(init=False)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.plan = self.order.fault.plan(self.order.values)
        self._random = Random(self.order.often.seed)  # noqa: S311 - repeatable on purpose

    @property
    def random(self) -> Random:
        """The rule's own repeatable chance."""
        return self._random

    def spent(self) -> bool:
        """Whether it can hit no more: its time is over, or its times are used up."""
        often = self.order.often
        if self.until is not None and asyncio.get_running_loop().time() >= self.until:
            return True
        return often.per is Per.RULE and often.times is not None and self.hits >= often.times

    def strikes(self, call: Call) -> bool:
        """Whether this rule applies to `call`; counts it. A rule that strikes has been used once."""
        if self.order.fault.at_accept or self.spent() or not self.order.where.holds(call):
            return False
        return self._count(_key(self.order.often.per, call))

    def strikes_connection(self, door: str) -> bool:
        """Whether this rule applies to a new connection at `door`; counts it."""
        where = self.order.where
        if not self.order.fault.at_accept or self.spent() or where.door not in {None, door}:
            return False
        return self._count("")

    def _count(self, key: str) -> bool:
        often = self.order.often
        self.matched += 1
        self._seen[key] += 1
        turn = self._seen[key] - often.skip - 1
        if turn < 0 or turn % often.stride or (often.times is not None and self._struck[key] >= often.times):
            self.changed()
            return False
        if often.probability < 1 and self._random.random() >= often.probability:
            self.changed()
            return False
        self._struck[key] += 1
        self.hits += 1
        self.changed()
        return True

    async def wait(self, seconds: float | None) -> None:
        """Wait so long, or until `release`; counted in `waiting`."""
        self.waiting += 1
        self.changed()
        try:
            async with asyncio.timeout(seconds):
                await self._released.wait()
        except TimeoutError:
            pass
        finally:
            self.waiting -= 1
            self.changed()

    def release(self) -> None:
        """Let go everything that waits now; what waits later waits again."""
        released, self._released = self._released, asyncio.Event()
        released.set()

    def end(self) -> None:
        """Cleared: let go everything, also a call it struck just before, which begins to wait only now."""
        self._released.set()

    def as_json(self) -> dict[str, object]:
        """The rule as the control interface shows it."""
        return {
            "id": self.id,
            "fault": self.order.fault.name,
            "parameters": dict(self.order.values.by_name),
            "where": self.order.where.as_json(),
            **self.order.often.as_json(),
            "matched": self.matched,
            "hits": self.hits,
            "waiting": self.waiting,
            "spent": self.spent(),
        }


def _key(per: Per, call: Call) -> str:
    match per:
        case Per.RULE:
            return ""
        case Per.RECORDING:
            return call.target.recording or call.request.target
        case Per.TARGET:
            return f"{call.request.method} {call.request.target}"
        case Per.CONNECTION:
            return str(call.connection)
