"""One question to the service and what came of it: an answer of the contract or a problem; it does not try again.

Also heeds the RateLimit field (draft-ietf-httpapi-ratelimit-headers): when nothing is left of a policy, everybody
waits a little instead of running into a 429. That is politeness; Retry-After is law, and `retry` keeps it.
"""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from download_client.api.connection import JSON, Answer, Connection, Request
from download_client.api.problems import Problem, read_problem
from download_client.errors import ProtocolBroken, RateLimited
from download_client.retry import Clock, Gate, parse_retry_after

log = logging.getLogger(__name__)

_SPENT = re.compile(r'"(?P<policy>[a-z-]{1,40})";r=0;t=(?P<seconds>\d{1,9})')
_LONGEST_COURTESY = 10.0
"""Seconds. A hint costs no more than this."""


class Exchange:
    """Asks over one connection. Thread-safe."""

    def __init__(self, connection: Connection, *, gate: Gate, clock: Clock) -> None:
        self._connection = connection
        self._gate = gate
        self._clock = clock

    def ask(self, request: Request, *, policy: str, expected: int = 200, bodiless: bool = False) -> Answer | Problem:
        """Send once. An `Answer` has the status expected, and JSON unless `bodiless`.

        Raises:
            NetworkError, ProtocolBroken, Interrupted: as `Connection.send`; ProtocolBroken also for a web page where
                data was asked for, such as the sign-in page of a network (fault 19).

        """
        began = self._clock.monotonic()
        answer = self._connection.send(request)
        # The path holds ids alone; what is searched for stands in the query.
        log.debug(
            "%s %s: %s, %d bytes, %.0f ms, request %s",
            request.method,
            urlsplit(request.url).path,
            answer.status,
            len(answer.body),
            (self._clock.monotonic() - began) * 1000,
            answer.request_id,
        )
        self._heed(answer, policy=policy)
        if answer.status != expected:
            return read_problem(
                status=answer.status,
                content_type=answer.content_type,
                body=answer.body,
                retry_after=parse_retry_after(answer.headers.get("retry-after"), now=self._clock.now()),
                request_id=answer.request_id,
            )
        if not bodiless and answer.content_type != JSON:
            page = "a web page came instead of data, perhaps the sign-in page of a network"
            what = page if answer.content_type == "text/html" else "something else than data came"
            raise ProtocolBroken(f"{what}, request {answer.request_id}")
        return answer

    def _heed(self, answer: Answer, *, policy: str) -> None:
        spent = _SPENT.fullmatch(answer.headers.get("ratelimit", ""))
        if spent is not None and spent["policy"].replace("-", "_") == policy:
            seconds = min(float(spent["seconds"]), _LONGEST_COURTESY)
            self._gate.close(policy, seconds=seconds, code=RateLimited.code)

    def close(self) -> None:
        """Let go of the sockets."""
        self._connection.close()
