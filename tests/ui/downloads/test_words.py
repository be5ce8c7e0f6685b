"""Every state of a recording and every reason of a run in words: an icon that exists, plain words, what to do."""

from __future__ import annotations

import pytest

from download_client import errors
from download_client.errors import Fate, Interrupted, MirError
from download_client.model import FINAL, REFUSED, State
from ui import resources, theme
from ui.words import runs
from ui.words.items import said_of_item
from ui.words.runs import Mend, RunSaid

EVERY_ERROR = [
    each for name in errors.__all__ if isinstance(each := getattr(errors, name), type) and issubclass(each, MirError)
]
SKIPPED = [each for each in EVERY_ERROR if each.fate is not Fate.STOP]
STOPPED = [each for each in EVERY_ERROR if each.fate is Fate.STOP and each not in (MirError, Interrupted)]


def plain(words: str) -> None:
    assert words
    assert "{" not in words
    assert "!" not in words
    assert not words.endswith(".")


def seen(icon: str, *tokens: str) -> None:
    assert (resources.folder("icons") / f"{icon}.svg").is_file()
    assert all(theme.of().tokens.of(token) for token in tokens)


@pytest.mark.parametrize("state", State)
def test_every_state_says_what_is_so(state: State) -> None:
    said = said_of_item(state, "")
    plain(said.words)
    seen(said.icon, said.tone)
    if state in REFUSED:
        assert said.tone == "danger"
        assert said.advice.endswith(".")
    else:
        assert (said.tone == "danger") == (state is State.FAILED)


def test_no_two_ends_sound_alike() -> None:
    said = [said_of_item(state, "") for state in REFUSED | FINAL]
    assert len({each.words for each in said}) == len(said)


@pytest.mark.parametrize("error", SKIPPED)
def test_every_reason_of_a_failure_is_said(error: type[MirError]) -> None:
    said = said_of_item(State.FAILED, error.code, attempts=6)
    plain(said.words)
    seen(said.icon, said.tone)
    assert said.advice.endswith(".")
    assert "mir-download" not in said.words + said.advice


def test_what_mends_itself_says_when() -> None:
    said = said_of_item(State.FAILED, "connection_lost", again_at="14:36", attempts=1)
    assert said.words == "Connection lost, tried again at 14:36 (try 2)"
    assert (said.icon, said.tone, said.advice) == ("rotate-cw", "text2", "")
    assert "14:36" not in said_of_item(State.FAILED, "connection_lost", again_at="14:36", active=False).words
    assert "14:36" in said_of_item(State.WAITING, "not_ready", again_at="14:36").words
    assert "another program" in said_of_item(State.FETCHED, "file_held").words
    assert "19 Nov 2026" in said_of_item(State.EXPIRED, "expired", expired_on="19 Nov 2026").words


@pytest.mark.parametrize("error", STOPPED)
def test_whatever_holds_a_run_has_one_thing_that_mends_it(error: type[MirError]) -> None:
    said = runs.paused(error.code)
    plain(said.words)
    assert said.title
    assert said.advice.endswith(".")
    assert said.mend is not Mend.NONE
    assert "mir-download" not in said.title + said.advice
    seen(said.icon, said.tone, said.ink, said.bar)


def test_a_sign_in_that_ended_is_mended_by_signing_in() -> None:
    for error in (errors.SignInAgain, errors.NotSignedIn, errors.WrongCredentials, errors.KeyringUnavailable):
        assert runs.paused(error.code).mend is Mend.SIGN_IN
    assert runs.waiting_for_sign_in().mend is Mend.SIGN_IN
    assert runs.paused("").mend is Mend.RESUME
    assert not runs.paused("").title


def test_what_has_no_words_here_speaks_as_the_error_does() -> None:
    said = runs.paused("request_rejected", title="The service rejected the request", advice="Try again later.")
    assert (said.title, said.advice) == ("The service rejected the request", "Try again later.")
    ended = runs.finished(4, "offline", title="The service cannot be reached", advice="Check the network.")
    assert (ended.title, ended.mend) == ("The service cannot be reached", Mend.RETRY)
    assert runs.finished(4, "").mend is Mend.NONE


@pytest.mark.parametrize(
    "said",
    [
        runs.queued(),
        runs.queued(behind="Support"),
        runs.waiting_for_program(),
        runs.waiting_for_disk(),
        runs.waiting_for_sign_in(),
        runs.listing(found=3, count="3"),
        runs.downloading(rate="11.2 MB/s"),
        *(runs.waiting(code) for code in ("rate_limited", "service_unavailable", "offline", "timed_out", "other")),
        runs.complete(),
        runs.complete(2),
        runs.finished(4, ""),
        runs.finished(0, "listing_broken"),
        runs.finished(0, "offline"),
        runs.cancelled(84, "84"),
        runs.interrupted(),
    ],
    ids=lambda said: said.words,
)
def test_every_standing_is_said(said: RunSaid) -> None:
    plain(said.words)
    seen(said.icon, said.tone, said.ink, said.bar)
