"""Signing in through a browser: what comes back is believed for its state alone, and only once (RFC 8252)."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from download_client.api import Api, sign_in_browser
from download_client.api.sign_in.browser import ask_browser
from download_client.api.wire.oauth import Metadata
from download_client.credentials import Kept, MemoryVault, Secret, SecretKind
from download_client.errors import Interrupted, SignInRefused
from tests.api.doors import doorway
from tests.api.liar import Asked, Portal, honest

METADATA = Metadata("https://mir.example", "https://mir.example/auth", "", "", frozenset(), names_itself=True)


def parameters(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


class Browser:
    """Goes where a function of the link's parameters sends it, in a thread of its own, as a browser would."""

    def __init__(self, go: Callable[[dict[str, str]], Iterable[str]]) -> None:
        self.link = ""
        self.pages: list[requests.Response] = []
        self._go = go
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __call__(self, url: str) -> bool:
        self.link = url
        self._thread.start()
        return True

    def _run(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            for url in self._go(parameters(self.link)):
                self.pages.append(session.get(url, timeout=10))

    def join(self) -> None:
        self._thread.join()


def back(asked: dict[str, str], **changes: str) -> str:
    answer = {"code": "the-code", "state": asked["state"], "iss": METADATA.issuer} | changes
    return f"{asked['redirect_uri']}?{urlencode({name: value for name, value in answer.items() if value})}"


def ask(browser: Callable[[str], bool], *, seconds: float = 10.0, cancel: bool = False, stop: bool = False) -> Secret:
    events = (threading.Event(), threading.Event())
    if cancel:
        events[0].set()
    if stop:
        events[1].set()
    return ask_browser(METADATA, open_browser=browser, cancel=events[0], stop=events[1], seconds=seconds).code


def test_the_link_asks_for_a_code_with_a_challenge() -> None:
    browser = Browser(lambda asked: [back(asked)])
    found = ask_browser(METADATA, open_browser=browser, cancel=threading.Event(), stop=threading.Event())
    browser.join()
    asked = parameters(browser.link)
    digest = hashlib.sha256(found.verifier.reveal().encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == found.redirect_uri
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert (asked["response_type"], asked["client_id"]) == ("code", "mir-download-client")
    assert 43 <= len(found.verifier.reveal()) <= 128
    assert found.code == Secret("the-code")
    (page,) = browser.pages
    assert page.status_code == 200
    assert "You are signed in" in page.text
    assert "the-code" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    with pytest.raises(OSError, match=r"refused|reset"):
        socket.create_connection(("127.0.0.1", urlsplit(found.redirect_uri).port or 0), 1)


def test_two_sign_ins_share_nothing() -> None:
    links = []
    for _ in range(2):
        browser = Browser(lambda asked: [back(asked)])
        ask(browser)
        browser.join()
        links.append(parameters(browser.link))
    assert links[0]["state"] != links[1]["state"]
    assert links[0]["code_challenge"] != links[1]["code_challenge"]


def test_answers_with_another_state_are_passed_over() -> None:
    def go(asked: dict[str, str]) -> Iterable[str]:
        yield back(asked, code="evil", state="guessed")
        yield back(asked, code="evil", state="")
        yield asked["redirect_uri"].replace("/callback", "/favicon.ico")
        yield asked["redirect_uri"]
        yield back(asked, code="evil") + f"&state={asked['state']}"
        yield back(asked)

    browser = Browser(go)
    assert ask(browser) == Secret("the-code")
    browser.join()
    assert [page.status_code for page in browser.pages] == [400, 400, 404, 400, 400, 200]


def test_a_page_of_the_world_that_leads_here_by_another_name_is_refused() -> None:
    def knock(asked: dict[str, str]) -> Iterable[str]:
        port = urlsplit(asked["redirect_uri"]).port
        with socket.create_connection(("127.0.0.1", port or 0)) as raw:
            path = back(asked, code="evil").partition(f":{port}")[2]
            raw.sendall(f"GET {path} HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n".encode())
            assert raw.recv(100).startswith(b"HTTP/1.0 404")
        yield back(asked)

    browser = Browser(knock)
    assert ask(browser) == Secret("the-code")
    browser.join()


def test_connections_that_stay_silent_do_not_hold_it_up() -> None:
    silent: list[socket.socket] = []

    def go(asked: dict[str, str]) -> Iterable[str]:
        port = urlsplit(asked["redirect_uri"]).port
        silent.extend(socket.create_connection(("127.0.0.1", port or 0)) for _ in range(3))
        yield back(asked)

    browser = Browser(go)
    assert ask(browser) == Secret("the-code")
    browser.join()
    for each in silent:
        each.close()


REFUSED = {
    "denied there": ({"code": "", "error": "access_denied"}, "access_denied"),
    "an error of its own": ({"code": "", "error": "canary"}, "the service refused"),
    "neither code nor error": ({"code": ""}, "the service refused"),
    "both": ({"error": "server_error"}, "server_error"),
    "another issuer": ({"iss": "https://evil.example"}, "the answer came from another service"),
    "no issuer": ({"iss": ""}, "the answer came from another service"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_answer_that_is_no_sign_in(case: str) -> None:
    changes, detail = REFUSED[case]
    browser = Browser(lambda asked: [back(asked, **changes)])
    with pytest.raises(SignInRefused) as caught:
        ask(browser)
    browser.join()
    assert caught.value.detail == detail


def test_it_can_be_cancelled_stopped_and_runs_out_of_time() -> None:
    for how, expected in (({"cancel": True}, SignInRefused), ({"stop": True}, Interrupted)):
        with pytest.raises(expected):
            ask(lambda _: True, **how)
    with pytest.raises(SignInRefused, match="in time"):
        ask(lambda _: True, seconds=0.2)
    with pytest.raises(SignInRefused, match="no browser"):
        ask(lambda _: False)


def test_the_code_becomes_tokens() -> None:
    vault = MemoryVault()

    def sign_in(portal: Portal, browser: Browser) -> Api:
        return sign_in_browser(doorway(portal.base, vault=vault), user="ana", open_browser=browser)

    with Portal(lambda _: [honest({})]) as portal:
        browser = Browser(lambda asked: [back(asked, iss=portal.base)])
        api = sign_in(portal, browser)
        browser.join()
        assert api.access_token() == Secret("access-1")
        form = next(asked.form for asked in portal.asked if asked.path == "/auth/token")
    assert vault.load() == Kept(SecretKind.REFRESH, "ana", Secret("refresh-1"))
    assert (form["grant_type"], form["code"]) == ("authorization_code", "the-code")
    assert form["redirect_uri"] == parameters(browser.link)["redirect_uri"]


def test_a_code_that_is_not_accepted() -> None:
    def refuse(asked: Asked) -> bytes:
        return honest({"error": "invalid_grant"}, status=400) if asked.path == "/auth/token" else honest({})

    with Portal(lambda _: []) as portal:
        honestly = portal._route
        portal._answer = lambda asked: [refuse(asked)] if asked.path == "/auth/token" else honestly(asked)
        browser = Browser(lambda asked: [back(asked, iss=portal.base)])
        with pytest.raises(SignInRefused):
            sign_in_browser(doorway(portal.base), open_browser=browser)
        browser.join()
