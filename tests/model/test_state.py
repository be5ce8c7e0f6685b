"""Facts of the one state machine: what the ledger relies on, read from the table itself."""

from __future__ import annotations

import inspect
import re

import pytest

from download_client.model import FINAL, OPEN, REFUSED, TRANSITIONS, Snapshot, State, state
from download_client.model.run import RunPhase

EVERY = pytest.mark.parametrize("here", State)


def reachable(here: State) -> set[State]:
    """Where a recording may still get to, itself not counted."""
    seen: set[State] = set()
    ahead = set(TRANSITIONS[here])
    while ahead:
        seen |= ahead
        ahead = {there for place in ahead for there in TRANSITIONS[place]} - seen
    return seen


def test_every_state_has_its_steps_and_no_other() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(there in State for steps in TRANSITIONS.values() for there in steps)


def test_every_state_can_be_reached_from_the_listing() -> None:
    assert reachable(State.LISTED) | {State.LISTED} == set(State)


@EVERY
def test_whatever_went_wrong_can_still_come_home_except_what_was_erased(here: State) -> None:
    assert (State.ARCHIVED in reachable(here)) == (here is not State.ERASED)


def test_what_was_erased_stays_erased() -> None:
    assert TRANSITIONS[State.ERASED] == frozenset()
    assert {here for here in State if State.ERASED in TRANSITIONS[here]} == {State.LISTED, State.ARCHIVED}


def test_bytes_are_only_fetched_for_what_was_claimed() -> None:
    assert {here for here in State if State.FETCHING in TRANSITIONS[here]} == {State.QUEUED, State.FETCHED}
    assert {here for here in State if State.FETCHED in TRANSITIONS[here]} == {State.FETCHING}


def test_after_an_unclean_stop_what_was_in_hand_goes_back_into_the_queue() -> None:
    assert State.QUEUED in TRANSITIONS[State.FETCHING]
    assert State.QUEUED in TRANSITIONS[State.FETCHED]


def test_what_is_archived_never_becomes_a_failure() -> None:
    assert TRANSITIONS[State.ARCHIVED] == {State.ERASED, State.QUEUED}


def test_open_final_and_the_rest_do_not_overlap() -> None:
    assert not OPEN & FINAL
    assert not OPEN & REFUSED
    assert State.ARCHIVED in FINAL - REFUSED
    assert State.ERASED in FINAL - REFUSED
    assert {State.DENIED, State.DIGEST_MISMATCH, State.NOT_WAV} == REFUSED - FINAL, "may come after somebody acts"
    assert set(State) - OPEN - FINAL - REFUSED == {State.LISTED, State.WAITING, State.FAILED}


@pytest.mark.parametrize("refused", sorted(REFUSED))
def test_what_is_refused_may_be_asked_for_again(refused: State) -> None:
    assert State.QUEUED in TRANSITIONS[refused]


def test_the_drawing_names_every_state() -> None:
    words = set(re.findall(r"[a-z_]+", inspect.getdoc(state) or ""))
    assert {name.value for name in State} <= words


# --- the snapshot counts by these states -----------------------------------------------------------------------------


def test_the_figures_of_a_snapshot_are_sums_of_states() -> None:
    counts = {name: 10**index for index, name in enumerate(State)}
    snapshot = Snapshot(run_id=1, phase=RunPhase.FETCHING, counts=counts)
    assert snapshot.listed == sum(counts.values())
    assert snapshot.done == counts[State.ARCHIVED]
    assert snapshot.open == counts[State.QUEUED] + counts[State.FETCHING] + counts[State.FETCHED]
    assert snapshot.unfinished == snapshot.listed - sum(counts[name] for name in FINAL)


def test_an_empty_snapshot_counts_nothing() -> None:
    snapshot = Snapshot(run_id=1, phase=RunPhase.LISTING)
    assert (snapshot.listed, snapshot.done, snapshot.open, snapshot.unfinished) == (0, 0, 0, 0)
    assert snapshot.remaining is None
