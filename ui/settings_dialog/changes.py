"""What the user changes in the settings: written one after the other, at once, each to be undone; it shows nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from download_client.engine import Engine
from download_client.errors import InvalidSetting, MirError
from download_client.settings import Origin, Setting, Settings, table
from ui.session import Session

_LIVE: Final = frozenset({table.CONCURRENCY.name, table.LIMIT_RATE.name})
"""What runs at work are told at once."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A setting and what is given for it; None takes the user's value out."""

    setting: Setting[Any]
    given: object


@dataclass(frozen=True, slots=True)
class _Step:
    """What is written together; `back`: it undoes another step, and is not kept to be undone itself."""

    values: tuple[_Value, ...]
    back: bool = False


class Changes(QObject):
    """Writes the settings of a session on a worker thread, in the order in which they were given.

    `written`: something new is in force. `refused`: the name of a setting and the `MirError`; the old value holds.
    """

    written = Signal()
    refused = Signal(str, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[_Step | None] = deque()
        """None: take the last step back, whichever it is when its turn comes."""
        self._past: list[_Step] = []
        self._busy = False

    @property
    def settings(self) -> Settings:
        """Those that are changed."""
        return self._session.settings

    @property
    def can_undo(self) -> bool:
        """There is a change of this sitting to take back."""
        return bool(self._past)

    def put(self, setting: Setting[Any], untrusted_value: object) -> None:
        """Put a value in force, unless it is already."""
        self._queue(_Step((_Value(setting, untrusted_value),)))

    def restore(self, settings: Sequence[Setting[Any]]) -> None:
        """Take out everything that the user chose among these; one step to undo."""
        chosen = [each for each in settings if self._session.settings.origin(each) is Origin.USER]
        if chosen:
            self._queue(_Step(tuple(_Value(each, None) for each in chosen)))

    def undo(self) -> None:
        """Take the last step back."""
        self._queue(None)

    def _queue(self, step: _Step | None) -> None:
        self._waiting.append(step)
        self._next()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        step = self._waiting.popleft() or (self._past.pop() if self._past else _Step((), back=True))
        self._busy, settings = True, self.settings

        def done(back: _Step) -> None:
            self._busy = False
            if back.values and not step.back:
                self._past.append(back)
            self._session.told_settings()
            if {value.setting.name for value in back.values} & _LIVE:
                self._limit()
            self.written.emit()
            self._next()

        def sorry(error: MirError) -> None:
            self._busy = False
            self.refused.emit(step.values[0].setting.name, error)
            self._next()

        self._session.bridge.ask(lambda _: _write(settings, step), then=done, sorry=sorry, owner=self)

    def _limit(self) -> None:
        """Runs at work keep to the new limits from now on."""
        settings = self.settings
        chosen = settings.origin(table.CONCURRENCY) is not Origin.DEFAULT

        def work(engine: Engine) -> None:
            most = settings.get(table.CONCURRENCY) if chosen else None
            engine.downloads.set_limits(concurrency=most, limit_rate=settings.get(table.LIMIT_RATE))

        self._session.ask(work, then=lambda _: None, owner=self)


def _write(settings: Settings, step: _Step) -> _Step:
    """Write what is not so already; answers the step that takes it back."""
    before: list[_Value] = []
    for value in step.values:
        if _in_force(settings, value):
            continue
        before.append(_Value(value.setting, _chosen(settings, value.setting)))
        if value.given is None:
            settings.unset(value.setting)
        else:
            settings.set(value.setting, value.given)
    return _Step(tuple(before), back=True)


def _in_force(settings: Settings, value: _Value) -> bool:
    if value.given is None:
        return settings.origin(value.setting) is not Origin.USER
    try:
        return bool(settings.get(value.setting) == value.setting.kind.parse(value.given))
    except (InvalidSetting, ValueError):
        return False


def _chosen(settings: Settings, setting: Setting[Any]) -> object:
    """What the user chose, None where it was nothing that can be used."""
    if settings.origin(setting) is not Origin.USER:
        return None
    try:
        settings.get(setting)
    except InvalidSetting:
        return None
    return settings.shown(setting)
