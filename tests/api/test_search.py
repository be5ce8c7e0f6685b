"""Listings that agree with themselves, and every way in which they may not (faults 9, 10, 19, 24, 28, 29)."""

from __future__ import annotations

import copy
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from download_client.api import Api, ConnectionOptions, Page
from download_client.api.listing import _MOST_REMEMBERED, Seen
from download_client.errors import (
    AccessNone,
    ConnectionLost,
    CursorExpired,
    Interrupted,
    ListingBroken,
    MirError,
    NotFound,
    PageTokenExpired,
    ProtocolBroken,
    RateLimited,
    RequestRejected,
    ServiceUnavailable,
    WindowTooLarge,
)
from download_client.model import Criteria, SavedSearch, Window
from download_client.retry import SEARCH
from tests.api.doors import PATIENCE, api_at
from tests.api.liar import Act, Answering, Asked, Portal, honest, http, problem
from tests.api.test_wire import example
from tests.fake_clock import FakeClock

START = datetime(2026, 11, 1, tzinfo=UTC)
WINDOW = Window(START, START + timedelta(days=1))
ALL = Criteria()


def row(number: int, **changes: object) -> dict[str, Any]:
    """Conversation `number`; two of them start in each second."""
    made: dict[str, Any] = example("Conversation") | {
        "id": f"cnv-{number:06d}",
        "startTime": (START + timedelta(seconds=number // 2)).isoformat().replace("+00:00", "Z"),
    }
    made["recordings"][0]["id"] = f"rec-{number:06d}"
    return made | changes


def pages_of(rows: list[dict[str, Any]], *, size: int = 4) -> list[dict[str, Any]]:
    """An honest listing."""
    parts = [rows[at : at + size] for at in range(0, len(rows), size)] or [[]]
    pages: list[dict[str, Any]] = []
    for number, part in enumerate(parts):
        page: dict[str, Any] = {"items": part, "totalCount": len(rows), "asOf": "2026-11-20T12:00:00Z"}
        if number + 1 < len(parts):
            page["nextPageToken"] = f"page-{number + 1}"
        pages.append(page)
    return pages


def serving(pages: list[dict[str, Any]]) -> Answering:
    """Serve pages by their tokens."""

    def answer(asked: Asked) -> Iterable[bytes]:
        return [honest(pages[int(asked.query.get("pageToken", "page-0").removeprefix("page-"))])]

    return answer


def listed(api: Api, **how: Any) -> list[str]:
    return [each.id for page in api.pages(ALL, WINDOW, **how) for each in page.conversations]


def test_pages_come_one_by_one_and_only_when_asked_for() -> None:
    with Portal(serving(pages_of([row(number) for number in range(10)]))) as portal:
        pages = api_at(portal.base).pages(ALL, WINDOW, page_size=4)
        first = next(pages)
        assert (first.next_token, first.total_count, len(first.conversations)) == ("page-1", 10, 4)
        assert [asked.path for asked in portal.asked].count("/conversations") == 1
        assert sum(len(page.conversations) for page in pages) == 6
        asked = [each.query for each in portal.asked if each.path == "/conversations"]
    assert asked[0] == {
        "from": "2026-11-01T00:00:00Z",
        "to": "2026-11-02T00:00:00Z",
        "sort": "startTime",
        "pageSize": "4",
    }
    assert asked[1] == asked[0] | {"pageToken": "page-1"}


def test_a_listing_goes_on_where_it_stopped() -> None:
    with Portal(serving(pages_of([row(number) for number in range(10)]))) as portal:
        assert listed(api_at(portal.base), token="page-2") == ["cnv-000008", "cnv-000009"]


def test_an_empty_window() -> None:
    with Portal(serving(pages_of([]))) as portal:
        pages = list(api_at(portal.base).pages(ALL, WINDOW))
    assert [(page.conversations, page.total_count, page.next_token) for page in pages] == [((), 0, "")]


def test_the_size_of_a_page_is_kept_within_the_contract() -> None:
    with Portal(serving(pages_of([]))) as portal:
        api = api_at(portal.base)
        for size in (-1, 0, 9999):
            listed(api, page_size=size)
        api.count(ALL, WINDOW)
        sizes = [asked.query["pageSize"] for asked in portal.asked if asked.path == "/conversations"]
    assert sizes == ["1", "1", "500", "1"]


def without_total(pages: list[dict[str, Any]]) -> None:
    for page in pages:
        del page["totalCount"]


def again(pages: list[dict[str, Any]]) -> None:
    pages[1]["items"] = pages[0]["items"]


def repeated_id(pages: list[dict[str, Any]]) -> None:
    pages[2]["items"][-1] = row(19, id="cnv-000000")


def circle(pages: list[dict[str, Any]]) -> None:
    without_total(pages)
    pages[2]["nextPageToken"] = "page-1"


def endless(pages: list[dict[str, Any]]) -> None:
    without_total(pages)
    empty = {"items": [], "asOf": "2026-11-20T12:00:00Z"}
    pages += [empty | {"nextPageToken": f"page-{number + 1}"} for number in range(3, 40)]
    pages[2]["nextPageToken"] = "page-3"


LISTING_LIES: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "a page again": again,
    "the token leads to itself": lambda pages: pages[1].update(nextPageToken="page-1"),
    "the tokens form a circle": circle,
    "an id again with other data": repeated_id,
    "an id twice on a page": lambda pages: pages[0]["items"].insert(1, row(0)),
    "cut off by the token": lambda pages: pages[1].pop("nextPageToken"),
    "cut off within a page": lambda pages: pages[2]["items"].pop(),
    "a row dropped": lambda pages: pages[0]["items"].pop(),
    "more rows than counted": lambda pages: [page.update(totalCount=9) for page in pages],
    "the count changes": lambda pages: pages[1].update(totalCount=11),
    "out of order": lambda pages: pages[1]["items"].reverse(),
    "before the window": lambda pages: pages[0]["items"][0].update(startTime="2026-10-31T23:59:59Z"),
    "at the end of the window": lambda pages: pages[2]["items"][-1].update(startTime="2026-11-02T00:00:00Z"),
    "page after page is empty": endless,
}


@pytest.mark.parametrize("lie", LISTING_LIES)
def test_a_listing_that_does_not_agree_with_itself_is_not_complete(lie: str) -> None:
    pages = pages_of([row(number) for number in range(10)])
    LISTING_LIES[lie](pages)
    with Portal(serving(pages)) as portal:
        with pytest.raises(ListingBroken):
            listed(api_at(portal.base))
        assert len(portal.asked) < 12, "it does not go on for ever"


def test_a_row_that_cannot_be_read_is_counted_and_the_others_come() -> None:
    pages = pages_of([row(number) for number in range(10)])
    pages[1]["items"][2]["direction"] = "sideways"
    with Portal(serving(pages)) as portal:
        read = list(api_at(portal.base).pages(ALL, WINDOW))
    assert sum(len(page.conversations) for page in read) == 9
    assert [each.id for page in read for each in page.refused] == ["cnv-000006"]


def test_what_is_remembered_is_bounded() -> None:
    seen = Seen()
    assert all(seen.add(str(number)) for number in range(_MOST_REMEMBERED + 10))
    assert len(seen._numbers) == 10
    assert not seen.add(str(_MOST_REMEMBERED + 9))


# Errors of single requests


REFUSALS: dict[str, tuple[bytes, type[MirError]]] = {
    "access None": (problem(403, "access_none"), AccessNone),
    "window too large": (problem(400, "window_too_large"), WindowTooLarge),
    "page token expired": (problem(410, "page_token_expired"), PageTokenExpired),
    "rejected": (problem(400, "invalid_parameter"), RequestRejected),
    "not found": (problem(404, "not_found"), NotFound),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_told_at_once(refusal: str, clock: FakeClock) -> None:
    answer, expected = REFUSALS[refusal]
    with Portal(lambda _: [answer]) as portal:
        with pytest.raises(expected) as caught:
            listed(api_at(portal.base, clock=clock))
        assert [asked.path for asked in portal.asked].count("/conversations") == 1
    assert "request answer-1" in caught.value.detail
    assert clock.waits == []


PASSING: dict[str, tuple[bytes | Act, list[float]]] = {
    "told in seconds": (problem(429, "rate_limited", headers="Retry-After: 7\r\n"), [7.0]),
    "told by a date": (
        problem(429, "rate_limited", headers="Retry-After: Sun, 22 Nov 2026 00:00:09 GMT\r\n"),
        [9.0],
    ),
    "told by a date in the past": (
        problem(503, "maintenance", headers="Retry-After: Sun, 22 Nov 2020 00:00:09 GMT\r\n"),
        [1.0],
    ),
    "told in the body": (problem(503, "maintenance", retryAfterSeconds=5), [5.0]),
    "told as rubbish": (problem(429, "rate_limited", headers="Retry-After: soon\r\n"), [1.0]),
    "not told": (problem(500, "internal"), [1.0]),
    "a gateway": (http(b"<html>", status=502, media="text/html"), [1.0]),
    "connection lost": (Act.RESET, [1.0]),
    "a captive portal": (http(b"<html>Sign in", media="text/html"), [1.0]),
    "a redirect": (http(b"", status=302, headers="Location: https://evil.example/\r\n"), [1.0]),
    "JSON cut short": (http(b'{"items": ['), [1.0]),
    "not JSON": (http(b"{", media="application/octet-stream"), [1.0]),
}


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_waited_for_and_tried_again(fault: str, clock: FakeClock) -> None:
    bad, waits = PASSING[fault]
    answers: Iterator[list[bytes | Act]] = itertools.chain([[bad]], itertools.repeat([honest(pages_of([row(1)])[0])]))
    with Portal(lambda _: next(answers)) as portal:
        before = clock.monotonic()
        assert listed(api_at(portal.base, clock=clock)) == ["cnv-000001"]
        waited = clock.monotonic() - before
        assert [asked.path for asked in portal.asked].count("/conversations") == 2
    assert sum(waits) <= waited <= sum(waits) * 1.25
    assert waited >= sum(waits), "never earlier than told"


STAYING: dict[str, tuple[bytes | Act, type[MirError], int]] = {
    "maintenance": (problem(503, "maintenance", headers="Retry-After: 20\r\n"), ServiceUnavailable, 3),
    "limited for longer than we wait": (
        problem(429, "rate_limited", headers="Retry-After: 1000000000\r\n"),
        RateLimited,
        1,
    ),
    "broken for good": (http(b"<html>", media="text/html"), ProtocolBroken, 4),
    "lost for good": (Act.CLOSE, ConnectionLost, 4),
}


@pytest.mark.parametrize("fault", STAYING)
def test_what_stays_is_given_up_within_the_window(fault: str, clock: FakeClock) -> None:
    bad, expected, most = STAYING[fault]
    with Portal(lambda _: [bad]) as portal:
        before = clock.monotonic()
        with pytest.raises(expected):
            listed(api_at(portal.base, clock=clock))
        assert clock.monotonic() - before <= 60
        assert [asked.path for asked in portal.asked].count("/conversations") <= most


def test_one_gate_for_all(clock: FakeClock) -> None:
    answers = iter([[problem(429, "rate_limited", headers="Retry-After: 30\r\n")]])
    with Portal(lambda _: next(answers, [honest(pages_of([])[0])])) as portal:
        api = api_at(portal.base, clock=clock)
        gate = api._around.gate
        listed(api)
        gate.close(SEARCH, seconds=30, code="rate_limited")
        before = clock.monotonic()
        api.count(ALL, WINDOW)
    assert clock.monotonic() - before >= 30


def test_what_is_left_of_the_rate_is_heeded(clock: FakeClock) -> None:
    headers = 'RateLimit: "search";r=0;t=3\r\n'
    with Portal(lambda _: [honest(pages_of([])[0], headers=headers)]) as portal:
        api = api_at(portal.base, clock=clock)
        api.count(ALL, WINDOW)
        assert api._around.gate.closed_for(SEARCH) == 3.0
        headers = 'RateLimit: "search";r=0;t=3000\r\n'
        api.count(ALL, WINDOW)
        assert api._around.gate.closed_for(SEARCH) == 10.0, "a hint, not law"
        headers = 'RateLimit: "content";r=0;t=9\r\n'
        api.count(ALL, WINDOW)
        assert api._around.gate.closed_for(SEARCH) == 0.0


def test_stop_ends_the_wait() -> None:
    stop = threading.Event()
    with Portal(lambda _: [problem(503, "maintenance", headers="Retry-After: 30\r\n")]) as portal:
        clock = FakeClock()
        clock.at(5, stop.set)
        with pytest.raises(Interrupted):
            listed(api_at(portal.base, clock=clock).until(stop, patience=PATIENCE))
        assert [asked.path for asked in portal.asked].count("/conversations") == 1


def test_a_page_too_large_is_an_error_and_the_next_window_goes_on() -> None:
    huge = b'{"items": [' + b"1," * 200_000
    with Portal(lambda asked: [http(huge) if "11-02" in asked.query["from"] else honest(pages_of([])[0])]) as portal:
        api = api_at(portal.base, options=ConnectionOptions(largest_body=100_000))
        with pytest.raises(ProtocolBroken):
            list(api.pages(ALL, Window(START + timedelta(days=1), START + timedelta(days=2))))
        assert listed(api) == []


# Changes, participants, detail, people


def change(number: int, cursor: str, *, more: bool, rows: int = 1) -> dict[str, Any]:
    items = [row(number * 10 + each) for each in range(rows)]
    return {"items": items, "nextCursor": cursor, "hasMore": more, "asOf": "2026-11-20T12:00:00Z"}


def changing(by_cursor: dict[str, dict[str, Any]]) -> Answering:
    return lambda asked: [honest(by_cursor[asked.query.get("cursor", "")])]


def test_changes_follow_the_cursor_until_there_is_no_more() -> None:
    by_cursor = {"": change(0, "c1", more=True), "c1": change(1, "c2", more=True), "c2": change(2, "c3", more=False)}
    with Portal(changing(by_cursor)) as portal:
        api = api_at(portal.base)
        assert [page.next_cursor for page in api.changes("")] == ["c1", "c2", "c3"]
        assert [page.next_cursor for page in api.changes("c2")] == ["c3"]


def test_nothing_changed() -> None:
    with Portal(changing({"c9": change(0, "c9", more=False, rows=0)})) as portal:
        assert [page.next_cursor for page in api_at(portal.base).changes("c9")] == ["c9"]


CHANGE_LIES: dict[str, dict[str, dict[str, Any]]] = {
    "the cursor stands still": {"c1": change(0, "c1", more=True)},
    "the cursors form a circle": {"c1": change(0, "c2", more=True), "c2": change(1, "c1", more=True)},
    "page after page is empty": {f"c{n}": change(0, f"c{n + 1}", more=True, rows=0) for n in range(1, 30)},
}


@pytest.mark.parametrize("lie", CHANGE_LIES)
def test_changes_that_lead_nowhere(lie: str) -> None:
    with Portal(changing(CHANGE_LIES[lie])) as portal:
        with pytest.raises(ListingBroken):
            list(api_at(portal.base).changes("c1"))
        assert len(portal.asked) < 10


def test_a_cursor_that_is_forgotten_and_one_that_is_missing() -> None:
    with Portal(lambda _: [problem(410, "cursor_expired")]) as portal, pytest.raises(CursorExpired):
        list(api_at(portal.base).changes("old"))
    nowhere = change(0, "", more=False)
    with Portal(lambda _: [honest(nowhere)]) as portal, pytest.raises(ProtocolBroken):
        list(api_at(portal.base).changes(""))


def test_participants_page_by_page() -> None:
    rows = [example("Participation") | {"participationId": f"par-{number}"} for number in range(6)]
    with Portal(serving(pages_of(rows, size=4))) as portal:
        pages = list(api_at(portal.base).participants(ALL, WINDOW))
    assert [len(page.rows) for page in pages] == [4, 2]
    looping = copy.deepcopy(pages_of(rows, size=4))
    looping[1]["nextPageToken"] = "page-1"
    with Portal(serving(looping)) as portal, pytest.raises(ListingBroken):
        list(api_at(portal.base).participants(ALL, WINDOW))


def test_one_conversation() -> None:
    with Portal(lambda _: [honest(row(7))]) as portal:
        api = api_at(portal.base)
        assert api.conversation("cnv-000007").id == "cnv-000007"
        with pytest.raises(ProtocolBroken):
            api.conversation("cnv-000008")
        assert api.content_place("c", "r").url == f"{portal.base}/conversations/c/recordings/r/content"


def test_short_lists_end() -> None:
    user = example("User")
    with Portal(lambda _: [honest({"items": [user], "nextPageToken": "same", "asOf": "x"})]) as portal:
        with pytest.raises(ListingBroken):
            api_at(portal.base).users()
        assert [asked.path for asked in portal.asked].count("/users") == 2


# Saved searches


def test_a_new_search_is_not_sent_twice_when_the_answer_is_lost() -> None:
    with Portal(lambda _: [Act.RESET]) as portal:
        api = api_at(portal.base)
        with pytest.raises(ConnectionLost):
            api.save_search(SavedSearch("mine", ALL))
        assert [asked.method for asked in portal.asked].count("POST") == 2, "the token, and once the search"


def test_replacing_and_deleting_are_tried_again() -> None:
    saved = example("SavedSearch")
    answers: Iterator[list[bytes | Act]] = iter(
        [[Act.RESET], [honest(saved)], [Act.RESET], [b"HTTP/1.1 204 No Content\r\n\r\n"]]
    )
    with Portal(lambda _: next(answers)) as portal:
        api = api_at(portal.base)
        assert api.save_search(SavedSearch("mine", ALL, id="src-000001")).id == "src-000001"
        api.delete_search("src-000001")
        assert [asked.method for asked in portal.asked[2:]] == ["PUT", "PUT", "DELETE", "DELETE"]


@pytest.mark.expects_log("saved search src-000001 cannot be used")
def test_a_search_that_is_not_understood_is_left_out_and_told() -> None:
    page = example("SavedSearchPage")
    page["items"][0]["criteria"]["language"] = "de"
    with Portal(lambda _: [honest(page)]) as portal:
        assert api_at(portal.base).saved_searches() == ()


def test_a_page_is_a_plain_value() -> None:
    assert Page((), "", None, None, None).refused == ()
