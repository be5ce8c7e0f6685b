"""Requests in the name of who is signed in, through the one loop that tries again; reading them is the caller's affair.

A 401 `token_expired` is answered by one renewal and one more request (fault 49).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from download_client.api.connection import Answer, Request
from download_client.api.exchange import Exchange
from download_client.api.problems import TOKEN_EXPIRED, Problem
from download_client.api.tokens import Tokens
from download_client.errors import SignInAgain
from download_client.retry import SEARCH, Clock, Gate, Patience, again

T = TypeVar("T")

PATIENCE = Patience(window=120.0, first=0.5, factor=2.0, longest=20.0, attempts=8)
"""Before a request is given up: about two minutes."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all requests of a program share; handed in, so that tests own it."""

    gate: Gate
    clock: Clock
    stop: threading.Event
    patience: Patience = PATIENCE


class Caller:
    """Sends requests with the current token. Thread-safe."""

    def __init__(self, exchange: Exchange, tokens: Tokens, surroundings: Surroundings) -> None:
        self._exchange = exchange
        self._tokens = tokens
        self._around = surroundings

    def call(self, request: Request, read: Callable[[bytes], T], *, expected: int = 200, once: bool = False) -> T:
        """What `read` makes of the answer with the status expected; one that cannot be read is asked for again.

        `once`: what must not happen twice is not sent again, when it is not known whether it happened.

        Raises:
            Interrupted: the stop event.
            MirError: what the service said, or how it could not be reached, after the patience was over.

        """
        around = self._around
        return again(
            lambda: read(self._authorised(request, expected=expected).body),
            patience=replace(around.patience, attempts=1) if once else around.patience,
            gate=around.gate,
            policy=SEARCH,
            clock=around.clock,
            stop=around.stop,
        )

    def _authorised(self, request: Request, *, expected: int) -> Answer:
        token = self._tokens.current()
        request = replace(request, token=token, stop=self._around.stop)
        answer = self._send(request, expected=expected)
        if _wants_another_token(answer):
            answer = self._send(replace(request, token=self._tokens.renew(token)), expected=expected)
        if isinstance(answer, Answer):
            return answer
        if _wants_another_token(answer):
            raise SignInAgain(f"the service accepts no token, request {answer.request_id}")
        raise answer.error()

    def _send(self, request: Request, *, expected: int) -> Answer | Problem:
        return self._exchange.ask(request, policy=SEARCH, expected=expected, bodiless=expected == 204)


def _wants_another_token(answer: Answer | Problem) -> bool:
    """401 means the token and nothing else, also where something in between wrote the answer."""
    return isinstance(answer, Problem) and (answer.code == TOKEN_EXPIRED or (answer.status == 401 and not answer.code))
