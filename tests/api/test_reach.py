"""Whether a service is there at all."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from download_client.api import ConnectionOptions, ServiceAddress, clock_of
from download_client.errors import ConnectionLost, MirError, ServiceUnavailable
from tests.api.liar import Act, Liar, honest, http, metadata


def ask(liar: Liar) -> datetime | None:
    return clock_of(ServiceAddress.parse(liar.base), ConnectionOptions(read=1, total=2), stop=threading.Event())


def test_the_clock_of_a_service_is_told_without_any_token() -> None:
    with Liar(lambda _: [honest(metadata("x"), headers="Date: Sun, 22 Nov 2026 02:00:00 GMT\r\n")]) as liar:
        assert ask(liar) == datetime(2026, 11, 22, 2, tzinfo=UTC)
        assert "authorization" not in liar.asked[0].headers
    for rubbish in ("", "Date: soon\r\n"):
        with Liar(lambda _, headers=rubbish: [honest({}, headers=headers)]) as liar:  # type: ignore[misc]
            assert ask(liar) is None


@pytest.mark.parametrize(
    ("answer", "expected"), [(Act.CLOSE, ConnectionLost), (http(b"", status=404), ServiceUnavailable)]
)
def test_nothing_is_there(answer: bytes | Act, expected: type[MirError]) -> None:
    with Liar(lambda _: [answer]) as liar, pytest.raises(expected):
        ask(liar)
