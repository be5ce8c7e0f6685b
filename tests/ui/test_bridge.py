from __future__ import annotations

import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from download_client.errors import MirError, Offline
from tests.ui.conftest import SECONDS
from ui.bridge import Bridge, Ticket, in_our_terms


class Owner(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.errors: list[MirError] = []
        self.threads: set[QThread] = set()

    def take(self, result: Any) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())

    def sorry(self, error: MirError) -> None:
        self.errors.append(error)
        self.threads.add(QThread.currentThread())


def ask(bridge: Bridge, owner: Owner, work: Any) -> Ticket:
    return bridge.ask(work, then=owner.take, sorry=owner.sorry, owner=owner)


def test_work_runs_elsewhere_and_its_result_comes_back(bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    ask(bridge, owner, lambda _: threading.current_thread().name)
    qtbot.waitUntil(lambda: bool(owner.results), timeout=SECONDS)
    assert owner.results[0].startswith("worker-")
    assert owner.threads == {owner.thread()}


def test_an_error_of_ours_comes_back_as_it_is(bridge: Bridge, qtbot: QtBot) -> None:
    def work(_: Ticket) -> None:
        raise Offline("no route", subject="https://x.example")

    owner = Owner()
    ask(bridge, owner, work)
    qtbot.waitUntil(lambda: bool(owner.errors), timeout=SECONDS)
    assert isinstance(owner.errors[0], Offline)
    assert owner.errors[0].subject == "https://x.example"
    assert owner.errors[0].__traceback__ is None
    assert owner.results == []


@pytest.mark.expects_log("unexpected error on a worker")
def test_a_bug_is_logged_told_without_its_words_and_ends_the_waiting(bridge: Bridge, qtbot: QtBot) -> None:
    def work(_: Ticket) -> None:
        raise ValueError("+442079460112")

    owner = Owner()
    seen: list[MirError] = []
    bridge.unexpected.connect(seen.append)
    ask(bridge, owner, work)
    qtbot.waitUntil(lambda: bool(owner.errors), timeout=SECONDS)
    assert type(owner.errors[0]) is MirError
    assert owner.errors == seen
    assert str(owner.errors[0]).startswith("Something went wrong: ValueError in test_bridge.py, line ")


@pytest.mark.expects_log("unexpected error in the window")
def test_one_that_fails_does_not_keep_the_others_from_theirs(bridge: Bridge, qtbot: QtBot) -> None:
    def fails(_: object) -> None:
        raise ValueError

    owner = Owner()
    seen: list[MirError] = []
    bridge.unexpected.connect(seen.append)
    bridge.tell(1, fails, owner)
    bridge.tell(2, owner.take, owner)
    qtbot.waitUntil(lambda: owner.results == [2], timeout=SECONDS)
    assert len(seen) == 1


def test_what_was_cancelled_is_not_delivered_and_the_work_can_know(bridge: Bridge, qtbot: QtBot) -> None:
    owner, other, begun, ended = Owner(), Owner(), threading.Event(), threading.Event()

    def work(ticket: Ticket) -> int:
        begun.set()
        ticket.cancelled.wait(30)
        ended.set()
        return 1

    ticket = ask(bridge, owner, work)
    assert begun.wait(30)
    ticket.cancel()
    assert ended.wait(30)
    ask(bridge, other, lambda _: 2)
    qtbot.waitUntil(lambda: other.results == [2], timeout=SECONDS)
    assert owner.results == owner.errors == []


def test_nothing_is_delivered_to_an_owner_that_was_deleted(bridge: Bridge, qtbot: QtBot) -> None:
    owner, other, go = Owner(), Owner(), threading.Event()
    results = owner.results
    ask(bridge, owner, lambda _: go.wait(30))
    with qtbot.waitSignal(owner.destroyed, timeout=SECONDS):
        owner.deleteLater()
    bridge.tell(1, owner.take, owner)
    go.set()
    ask(bridge, other, lambda _: 2)
    qtbot.waitUntil(lambda: other.results == [2], timeout=SECONDS)
    assert results == []


def test_only_the_latest_of_many_values_is_delivered_and_before_the_result(bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    values: list[Any] = []

    def work(_: Ticket) -> str:
        for number in range(20_000):
            bridge.tell(number, values.append, owner, latest=True)
        return "end"

    def end(result: str) -> None:
        values.append(result)

    bridge.ask(work, then=end, sorry=owner.sorry, owner=owner)
    qtbot.waitUntil(lambda: values[-1:] == ["end"], timeout=SECONDS)
    assert values[-2] == 19_999
    assert len(values) < 2_000
    assert values[:-1] == sorted(values[:-1])


def test_a_hammering_from_many_threads_loses_nothing(bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()
    told: list[int] = []
    tickets: list[Ticket] = []

    def work(number: int) -> int:
        bridge.tell(number, told.append, owner)
        return number

    for number in range(1_500):
        tickets.append(ask(bridge, owner, lambda _, number=number: work(number)))
        if number % 10 == 0:
            tickets[-1].cancel()
    wanted = [number for number in range(1_500) if number % 10]
    qtbot.waitUntil(lambda: len(owner.results) == len(wanted), timeout=SECONDS)
    assert sorted(owner.results) == wanted
    assert set(wanted) <= set(told)
    assert owner.threads == {owner.thread()}


def test_a_worker_never_lets_go_of_what_belongs_to_the_window(bridge: Bridge, qtbot: QtBot) -> None:
    """The last reference to what work and answer hold is dropped on the UI thread, also when the work fails."""
    died: list[threading.Thread] = []

    class Thing:
        pass

    def begin(number: int) -> None:
        thing = Thing()
        weakref.finalize(thing, lambda: died.append(threading.current_thread()))

        def work(_: Ticket) -> Thing:
            if number % 3 == 0:
                held = thing
                raise Offline(str(type(held)))
            return thing

        bridge.ask(work, then=lambda _: None, sorry=lambda _: None, owner=bridge)

    for number in range(300):
        begin(number)
    qtbot.waitUntil(lambda: len(died) == 300, timeout=SECONDS)
    assert set(died) == {threading.main_thread()}


def test_closing_waits_cancels_and_lets_nothing_through(qtbot: QtBot) -> None:
    bridge, owner, begun = Bridge(), Owner(), threading.Event()

    def work(ticket: Ticket) -> int:
        begun.set()
        ticket.cancelled.wait(30)
        bridge.tell(1, owner.take, owner)
        return 2

    ask(bridge, owner, work)
    assert begun.wait(30)
    assert bridge.close(20)
    assert bridge.close(20)
    assert ask(bridge, owner, lambda _: 3).cancelled.is_set()
    with qtbot.waitSignal(owner.destroyed, timeout=SECONDS):
        owner.deleteLater()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("worker-")]


def test_closing_does_not_wait_for_ever() -> None:
    bridge, owner, begun, go = Bridge(), Owner(), threading.Event(), threading.Event()

    def work(_: Ticket) -> None:
        begun.set()
        go.wait(60)

    ask(bridge, owner, work)
    assert begun.wait(30)
    assert not bridge.close(0.01)
    go.set()
    assert bridge.close(20)
    assert owner.results == []


def test_only_the_ui_thread_asks(bridge: Bridge, qtbot: QtBot) -> None:
    owner = Owner()

    def work(_: Ticket) -> None:
        with pytest.raises(RuntimeError):
            ask(bridge, owner, lambda _: 1)

    ask(bridge, owner, work)
    qtbot.waitUntil(lambda: owner.results == [None], timeout=SECONDS)


def test_an_error_of_ours_stays_and_another_says_no_more_than_its_kind() -> None:
    ours = Offline("x")
    assert in_our_terms(ours) is ours
    assert str(in_our_terms(KeyError("secret"))) == "Something went wrong: KeyError"
