"""The whole room against the stand-in service; every exchange is held against the contract."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import requests

from download_client.api import (
    Api,
    ConnectionOptions,
    Doorway,
    sign_in_browser,
    sign_in_client,
    sign_in_password,
)
from download_client.credentials import Secret
from download_client.errors import (
    AccessNone,
    ConnectionLost,
    CursorExpired,
    ListingBroken,
    MirError,
    NotFound,
    Offline,
    PageTokenExpired,
    ProtocolBroken,
    ProxyRejected,
    RateLimited,
    RequestRejected,
    ServiceUnavailable,
    SignInAgain,
    TimedOut,
    WindowTooLarge,
    WrongCredentials,
)
from download_client.model import AccessLevel, Criteria, Direction, RecordingMode, SavedSearch, Scope, Window
from download_client.retry import Patience
from mir_sandbox.remote import Sandbox, User
from tests.api.doors import doorway, record
from tests.contract.conformance import Contract, Exchange
from tests.windows import needs_schannel

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=31), NOW)
YEAR = Window(NOW - timedelta(days=500), NOW)
MONTH = timedelta(days=31)
QUICK = ConnectionOptions(read=0.3, total=0.6)
SMALL = ConnectionOptions(largest_body=3_000_000)
TWICE = Patience(window=60.0, first=1.0, factor=2.0, longest=8.0, attempts=2)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    options = ["--now", "2026-11-20T12:00:00Z", "--tiny", "--bad-certificates"]
    with Sandbox.start(conversations=300, tls=True, options=options) as started:
        yield started


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract.load()


def door(sandbox: Sandbox) -> Doorway:
    return doorway(sandbox.base_url, options=ConnectionOptions(ca_file=sandbox.ca_file))


def entered(sandbox: Sandbox, user: User, into: Doorway | None = None) -> Api:
    return sign_in_password(into or door(sandbox), user=user.username, password=Secret(user.password))


def everything(api: Api, criteria: Criteria | None = None) -> list[str]:
    found = []
    for window in YEAR.slices(MONTH):
        for page in api.pages(criteria or Criteria(), window):
            assert page.refused == ()
            found += [each.id for each in page.conversations]
    return found


def _ids(api: Api, criteria: Criteria) -> set[str]:
    return {each.id for page in api.pages(criteria, WINDOW) for each in page.conversations}


def conforming(contract: Contract, exchanges: list[Exchange]) -> None:
    departures = [each for exchange in exchanges for each in contract.departures(exchange)]
    assert departures == []


@needs_schannel
def test_everything_that_is_sent_and_answered_is_as_the_contract_says(sandbox: Sandbox, contract: Contract) -> None:
    user = sandbox.user(access_level="all")
    api = entered(sandbox, user)
    exchanges = record(api)
    me = api.me()
    users, groups = api.users(), api.groups()
    assert me.access_level is AccessLevel.ALL
    full = Criteria(
        direction=Direction.INBOUND,
        mode=RecordingMode.ALWAYS_ON,
        min_duration=1,
        max_duration=3600,
        conversation_id="cnv-none",
        has_voice_recording=True,
        group_id=groups[0].group_id,
        owner_user_id=users[0].user_id,
        scope=Scope.ALL,
        calling_number="*1*",
        calling_name="Jürgen*",
        calling_extension="2*",
        called_number="*",
        called_name="*ü",
        called_extension="2001",
        available_after=NOW - timedelta(days=9),
    )
    assert next(api.pages(full, WINDOW)).total_count == 0
    count = api.count(Criteria(), WINDOW)
    pages = list(api.pages(Criteria(), WINDOW, page_size=20))
    assert sum(len(page.conversations) for page in pages) == count.total_count
    listed = [each for page in pages for each in page.conversations]
    assert count.total_bytes == sum(
        recording.size_bytes or 0
        for each in listed
        for recording in each.recordings
        if recording.status.value == "available"
    )
    assert api.conversation(listed[0].id) == listed[0]
    rows = [row for page in api.participants(Criteria(), WINDOW, page_size=100) for row in page.rows]
    assert {row.conversation_id for row in rows} <= {each.id for each in listed}
    changes = list(api.changes("", page_size=200))
    assert {each.id for page in changes for each in page.conversations} == set(everything(entered(sandbox, user)))
    assert sum(len(page.conversations) for page in api.changes(changes[-1].next_cursor)) == 0
    saved = api.save_search(SavedSearch("every call", Criteria(direction=Direction.OUTBOUND, called_name="*ü*")))
    assert saved in api.saved_searches()
    renamed = api.save_search(SavedSearch("nothing", Criteria(), id=saved.id))
    assert (renamed.id, renamed.name) == (saved.id, "nothing")
    with pytest.raises(RequestRejected, match="about name"):
        api.save_search(SavedSearch("nothing", Criteria()))
    api.delete_search(saved.id)
    with pytest.raises(NotFound):
        api.delete_search(saved.id)
    with pytest.raises(NotFound):
        api.conversation("cnv-none")
    with pytest.raises(WindowTooLarge):
        api.count(Criteria(), YEAR)
    api.renew(api.access_token())
    api.sign_out()
    assert len(exchanges) > 20
    conforming(contract, exchanges)


@needs_schannel
def test_each_access_level_sees_what_the_service_says(sandbox: Sandbox) -> None:
    whole = set(everything(entered(sandbox, sandbox.user(access_level="all"))))
    for user in sandbox.users:
        if user.role == "serviceAccount":
            continue
        api = entered(sandbox, user)
        assert api.me().access_level.value == user.access_level
        if user.access_level == "none":
            with pytest.raises(AccessNone):
                everything(api)
            continue
        seen = set(everything(api))
        assert seen <= whole
        in_window = {scope: _ids(api, Criteria(scope=scope)) for scope in Scope}
        assert in_window[Scope.OWN] <= in_window[Scope.ALL] <= seen, "scope widens nothing"


@needs_schannel
def test_a_service_account(sandbox: Sandbox) -> None:
    account = sandbox.user(role="serviceAccount")
    api = sign_in_client(door(sandbox), client_id=account.username, secret=Secret(account.password))
    first = api.access_token()
    assert api.renew(first) != first
    assert api.me().account.account_id
    with pytest.raises(WrongCredentials):
        sign_in_client(door(sandbox), client_id=account.username, secret=Secret("wrong"))


@needs_schannel
def test_a_wrong_password(sandbox: Sandbox) -> None:
    with pytest.raises(WrongCredentials):
        sign_in_password(door(sandbox), user=sandbox.users[0].username, password=Secret("wrong"))


@needs_schannel
def test_through_the_sign_in_page(sandbox: Sandbox, contract: Contract) -> None:
    user = sandbox.user(access_level="ownGroup", role="manager")

    def browse(url: str) -> bool:
        """What a person does: read the page, fill in the form, and follow where it leads."""
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(sandbox.ca_file)
            page = session.get(url, timeout=10)
            conforming(contract, [Exchange.of(page)])
            fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
            form = {name: unescape(value) for name, value in fields.items()}
            form |= {"username": user.username, "password": user.password}
            action = unescape(re.findall(r'<form method="post" action="([^"]*)"', page.text)[0])
            answer = session.post(requests.compat.urljoin(url, action), form, timeout=10)
            assert "You are signed in" in answer.text
        return True

    api = sign_in_browser(door(sandbox), open_browser=browse)
    assert api.me().access_level is AccessLevel.OWN_GROUP
    assert api.renew(api.access_token())


@needs_schannel
def test_a_refresh_token_used_twice_ends_the_sign_in(sandbox: Sandbox) -> None:
    user = sandbox.user(access_level="all")
    first = door(sandbox)
    api = sign_in_password(first, user=user.username, password=Secret(user.password))
    stolen = first.vault.load()
    assert stolen is not None
    api.renew(api.access_token())
    first.vault.keep(stolen)
    with pytest.raises(SignInAgain):
        api.renew(api.access_token())
    with pytest.raises(SignInAgain):
        api.access_token()


FAULTS: dict[str, tuple[str, dict[str, object], type[MirError] | None]] = {
    # name: fault, its parameters, the error that stays (None: it passes)
    "reset": ("reset", {"after": 100}, ConnectionLost),
    "hang up": ("hang-up", {}, ConnectionLost),
    "cut": ("cut", {"after": 100}, ConnectionLost),
    "cut in chunks": ("cut-chunked", {"after": 100}, ConnectionLost),
    "last chunk missing": ("cut-chunked", {}, ConnectionLost),
    "chunks": ("chunked", {}, None),
    "bad chunk": ("bad-chunk", {}, ConnectionLost),
    "silence": ("silence", {}, TimedOut),
    "stall": ("stall", {"after": 100}, TimedOut),
    "drip": ("drip", {"every": 0.05, "bytes": 1}, TimedOut),
    "slow headers": ("slow-headers", {"every": 0.05, "bytes": 1}, TimedOut),
    "endless headers": ("endless-headers", {}, ProtocolBroken),
    "a huge header": ("huge-header", {}, ProtocolBroken),
    "interim answers": ("informational", {"count": 3}, None),
    "garbage": ("garbage", {}, ProtocolBroken),
    "two lengths": ("content-length", {"kind": "twoDifferent"}, ProtocolBroken),
    "negative length": ("content-length", {"kind": "negative"}, ProtocolBroken),
    "rubbish length": ("content-length", {"kind": "rubbish"}, ProtocolBroken),
    "length and chunks": ("content-length", {"kind": "withChunked"}, ProtocolBroken),
    "encoded after all": ("encoded", {}, None),
    "encoded unknown": ("encoded", {"coding": "br"}, ProtocolBroken),
    "encoded in name only": ("encoded", {"truly": False}, ProtocolBroken),
    "sign-in page": ("page", {"page": "signIn"}, ProtocolBroken),
    "captive portal": ("page", {"page": "captivePortal"}, ProtocolBroken),
    "captive portal called JSON": (
        "page",
        {"page": "captivePortal", "contentType": "application/json"},
        ProtocolBroken,
    ),
    "an error as success": ("json-error", {}, ProtocolBroken),
    "redirect elsewhere": ("redirect", {"to": "other"}, ProtocolBroken),
    "redirect to http": ("redirect", {"to": "http"}, ProtocolBroken),
    "redirect to a file": ("redirect", {"to": "file"}, ProtocolBroken),
    "redirect in a loop": ("redirect", {"to": "loop"}, ProtocolBroken),
    "limited": ("rate-limited", {"retryAfter": "2"}, RateLimited),
    "limited until a date": ("rate-limited", {"retryAfter": "date-100"}, RateLimited),
    "limited for ever": ("rate-limited", {"retryAfter": "1000000000"}, RateLimited),
    "limited by rubbish": ("rate-limited", {"retryAfter": "soon"}, RateLimited),
    "unavailable": ("unavailable", {"retryAfter": "5"}, ServiceUnavailable),
    "broken": ("server-error", {}, ServiceUnavailable),
    "407": ("proxy-authentication", {}, ProxyRejected),
    "access withdrawn": ("denied", {"code": "access_none"}, AccessNone),
    "page token expired": ("gone", {"code": "page_token_expired"}, PageTokenExpired),
    "cursor expired": ("gone", {"code": "cursor_expired"}, CursorExpired),
    "a token that is refused for ever": ("token-expired", {}, SignInAgain),
    "repeated page": ("repeat-page", {}, ListingBroken),
    "cursor loop": ("cursor-loop", {"length": 1}, ListingBroken),
    "longer cursor loop": ("cursor-loop", {"length": 3}, ListingBroken),
    "repeated id": ("repeat-id", {}, ListingBroken),
    "cut off": ("cut-listing", {"keep": 10}, ListingBroken),
    "items dropped": ("drop-items", {"count": 1}, ListingBroken),
    "JSON cut": ("cut-json", {"after": 500}, ProtocolBroken),
    "rubbish text": ("rubbish", {"kind": "text"}, ProtocolBroken),
    "rubbish array": ("rubbish", {"kind": "array"}, ProtocolBroken),
    "rubbish null": ("rubbish", {"kind": "null"}, ProtocolBroken),
    "rubbish in UTF-16": ("rubbish", {"kind": "utf16"}, ProtocolBroken),
    "rubbish bytes": ("rubbish", {"kind": "badUtf8"}, ProtocolBroken),
    "rubbish twice": ("rubbish", {"kind": "twice"}, ProtocolBroken),
    "2 GB of items": ("huge-json", {"shape": "items"}, ProtocolBroken),
    "2 GB of one text": ("huge-json", {"shape": "string", "framing": "chunked"}, ProtocolBroken),
    "2 GB of blanks": ("huge-json", {"shape": "whitespace", "framing": "chunked"}, ProtocolBroken),
    "deep arrays": ("deep-json", {"of": "arrays"}, ProtocolBroken),
    "deep objects": ("deep-json", {"of": "objects"}, ProtocolBroken),
    "a bomb": ("compression-bomb", {"bytes": 200_000_000}, ProtocolBroken),
    "refused": ("refuse", {}, Offline),
    "closed on accept": ("close-on-accept", {}, ConnectionLost),
}
HOPELESS_AT_ONCE = {"refused", "closed on accept"}


@pytest.fixture(scope="module")
def plain() -> Iterator[Sandbox]:
    with Sandbox.start(conversations=900, options=["--now", "2026-11-20T12:00:00Z", "--tiny"]) as started:
        yield started


@pytest.fixture(scope="module")
def exact(plain: Sandbox) -> list[str]:
    api = entered(plain, plain.user(access_level="all"))
    ids = [each.id for page in api.pages(Criteria(), WINDOW, page_size=30) for each in page.conversations]
    assert len(ids) > 60
    return ids


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_ends_in_its_error_and_passes_when_it_passes(case: str, plain: Sandbox, exact: list[str]) -> None:
    name, parameters, expected = FAULTS[case]
    user = plain.user(access_level="all")
    api = entered(plain, user, doorway(plain.base_url, patience=TWICE))
    plain.forget()
    # New connections; they are short of patience only where it is the patience that ends the fault.
    api.close()
    api._exchange._connection._options = QUICK if expected is TimedOut else SMALL
    where = None if case in HOPELESS_AT_ONCE else {"route": "conversations"}
    with plain.fault(name, parameters, where=where):
        if expected is None:
            pages = list(api.pages(Criteria(), WINDOW, page_size=30))
            assert [each.id for page in pages for each in page.conversations] == exact
        else:
            with pytest.raises(expected) as caught:
                list(api.pages(Criteria(), WINDOW, page_size=30))
            assert "+49" not in str(caught.value)
    requests_made = len(plain.journal(route="conversations"))
    assert requests_made <= len(exact) // 30 + 6, "they stay bounded"
    again = next(entered(plain, user).pages(Criteria(), WINDOW, page_size=3))
    assert [each.id for each in again.conversations] == exact[:3]
    api.close()


@needs_schannel
@pytest.mark.parametrize("kind", ["expired", "notYetValid", "wrongHost", "selfSigned", "unknownCa"])
def test_no_token_goes_to_a_service_whose_certificate_is_not_good(kind: str, sandbox: Sandbox) -> None:
    from download_client.errors import CertificateRejected

    api = entered(sandbox, sandbox.user(access_level="all"))
    api.me()
    api.close()
    sandbox.forget()
    with sandbox.fault("certificate", {"kind": kind}), pytest.raises(CertificateRejected):
        api.me()
    assert sandbox.journal(route="me") == []
    assert api.me()


def test_importing_the_room_does_not_import_what_only_a_request_needs() -> None:
    code = "import download_client.api, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "download_client.api.facade" in loaded
    assert not {"requests", "urllib3", "truststore", "keyring", "filelock", "http.server", "webbrowser"} & set(loaded)
