import base64
import hashlib
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from mir_sandbox.options import Lifetimes
from tests.mir_sandbox.house import CLIENT, House, serving

VERIFIER = "v" * 43 + "-._~123"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
RETURN = "http://127.0.0.1:49152/callback"
LINK = {
    "response_type": "code",
    "client_id": CLIENT,
    "redirect_uri": RETURN,
    "scope": "recordings.read recordings.download",
    "state": "state-1234.~_",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


class Form(HTMLParser):
    """The form of the sign-in page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.action = values["action"] or ""
        if tag == "input":
            self.fields[values["name"] or ""] = values.get("value") or ""


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with serving(conversations=60) as house:
        yield house


def ask(house: House, **form: str) -> requests.Response:
    return house.post("/auth/token", data={"client_id": CLIENT} | form)


def refresh(house: House, token: str, **more: str) -> requests.Response:
    return ask(house, grant_type="refresh_token", refresh_token=token, **more)


def error(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()["error"]


def works(house: House, token: str) -> bool:
    answer = house.get("/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


def test_metadata_names_the_endpoints(house: House) -> None:
    metadata = house.get("/.well-known/oauth-authorization-server").json()
    assert metadata["issuer"] == house.base
    assert metadata["token_endpoint"] == f"{house.base}/auth/token"
    assert metadata["code_challenge_methods_supported"] == ["S256"]


def test_password(house: House) -> None:
    tokens = house.sign_in("member")
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 3600
    assert tokens["scope"] == "recordings.read recordings.download"
    assert works(house, tokens["access_token"])
    password = house.password("member")
    for name, wrong in (("member", "x"), ("nobody", password), ("archive-service", house.password("archive-service"))):
        assert error(ask(house, grant_type="password", username=name, password=wrong)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, (400, "invalid_request")),
        ({"grant_type": "implicit"}, (400, "unsupported_grant_type")),
        ({"grant_type": "password", "username": "member"}, (400, "invalid_request")),
        ({"grant_type": "refresh_token", "refresh_token": "rt-unknown"}, (400, "invalid_grant")),
        ({"grant_type": "refresh_token", "refresh_token": "x", "colour": "red"}, (400, "invalid_request")),
        ({"grant_type": "refresh_token", "refresh_token": "x", "client_id": "other"}, (401, "invalid_client")),
        ({"grant_type": "client_credentials", "client_secret": "x"}, (401, "invalid_client")),
        ({"grant_type": "client_credentials", "client_id": "member", "client_secret": "x"}, (401, "invalid_client")),
    ],
)
def test_a_wrong_request_is_refused(house: House, form: dict[str, str], expected: tuple[int, str]) -> None:
    assert error(ask(house, **form)) == expected


def test_a_body_that_is_no_form_is_refused(house: House) -> None:
    assert error(house.post("/auth/token", json={"grant_type": "password"})) == (400, "invalid_request")
    twice = "grant_type=password&grant_type=password"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert error(house.post("/auth/token", data=twice, headers=headers)) == (400, "invalid_request")


def test_a_refresh_token_dies_with_its_use_and_used_again_takes_all_along(house: House) -> None:
    first = house.sign_in("member")
    second = refresh(house, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert works(house, second["access_token"])
    other = house.sign_in("member")
    assert error(refresh(house, first["refresh_token"])) == (400, "invalid_grant")
    assert not works(house, second["access_token"])
    assert error(refresh(house, second["refresh_token"])) == (400, "invalid_grant")
    assert works(house, other["access_token"]), "another sign-in is another family"


def test_a_refresh_may_narrow_but_not_widen(house: House) -> None:
    tokens = house.sign_in("member", "recordings.read")
    narrow = refresh(house, tokens["refresh_token"], scope="recordings.read recordings.download").json()
    assert narrow["scope"] == "recordings.read"
    assert error(refresh(house, narrow["refresh_token"], scope="everything")) == (400, "invalid_scope")
    assert refresh(house, narrow["refresh_token"]).status_code == 200, "a refused request does not use it up"


def test_revoking_ends_everything_that_came_from_the_sign_in(house: House) -> None:
    first = house.sign_in("member")
    second = refresh(house, first["refresh_token"]).json()
    assert house.post("/auth/revoke", data={"token": "never lived"}).status_code == 200
    assert house.post("/auth/revoke", data={"token": second["refresh_token"], "client_id": CLIENT}).status_code == 200
    assert not works(house, second["access_token"])
    assert error(refresh(house, second["refresh_token"])) == (400, "invalid_grant")
    assert error(house.post("/auth/revoke", data={"client_id": CLIENT})) == (400, "invalid_request")
    assert error(house.post("/auth/revoke", data={"token": "x", "client_id": "other"})) == (401, "invalid_client")
    alone = house.sign_in("member")
    house.post("/auth/revoke", data={"token": alone["access_token"]})
    assert not works(house, alone["access_token"])
    assert refresh(house, alone["refresh_token"]).status_code == 200


@pytest.mark.parametrize("way", ["form", "basic"])
def test_service_accounts_get_no_refresh_token(house: House, way: str) -> None:
    secret = house.password("archive-service")
    form: dict[str, str] = {"grant_type": "client_credentials"}
    more: dict[str, Any] = {}
    if way == "form":
        form |= {"client_id": "archive-service", "client_secret": secret}
    else:
        more["auth"] = ("archive-service", secret)
    answer = house.session.post(f"{house.base}/auth/token", data=form, timeout=30, **more)
    assert answer.status_code == 200
    assert "refresh_token" not in answer.json()
    me = house.get("/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"}).json()
    assert me["accessLevel"] == "all"


def test_tokens_expire_and_can_be_ended() -> None:
    with serving(conversations=60, lifetimes=Lifetimes(access_token=600, refresh_token=3000)) as house:
        tokens = house.sign_in("member")
        assert tokens["expires_in"] == 600
        house.control("POST", "/clock", {"advanceSeconds": 400})
        assert works(house, tokens["access_token"])
        house.control("POST", "/clock", {"advanceSeconds": 201})
        assert not works(house, tokens["access_token"])
        tokens = refresh(house, tokens["refresh_token"]).json()
        assert house.control("POST", "/tokens", {"expireAccess": True, "user": "manager"})["access"] == 0
        assert works(house, tokens["access_token"])
        house.control("POST", "/tokens", {"expireAccess": True})
        assert not works(house, tokens["access_token"])
        tokens = refresh(house, tokens["refresh_token"]).json()
        house.control("POST", "/tokens", {"revokeRefresh": True, "user": "member"})
        assert error(refresh(house, tokens["refresh_token"])) == (400, "invalid_grant")
        tokens = house.sign_in("member")
        house.control("POST", "/clock", {"advanceSeconds": 3001})
        assert error(refresh(house, tokens["refresh_token"])) == (400, "invalid_grant")


def browse(house: House, password: str, username: str = "member") -> dict[str, str]:
    """Go through the page as a browser would; what comes back to the client."""
    page = house.get("/auth/authorize", params=LINK)
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    form = Form(page.text)
    origin = house.base.removesuffix(house.apps.base_path)
    answer = house.post(origin + form.action, data=form.fields | {"username": username, "password": password})
    if answer.status_code == 403:
        assert "Name or password is wrong" in answer.text
        assert Form(answer.text).fields["state"] == LINK["state"]
        return {}
    assert answer.status_code == 303
    location = urlsplit(answer.headers["Location"])
    assert location.geturl().partition("?")[0] == RETURN
    return {name: values[0] for name, values in parse_qs(location.query).items()}


def exchange(house: House, code: str, **other: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": RETURN, "code_verifier": VERIFIER}
    return ask(house, **(form | other))


def test_browser_with_pkce(house: House) -> None:
    back = browse(house, house.password("member"))
    assert (back["state"], back["iss"]) == (LINK["state"], house.base)
    answer = exchange(house, back["code"])
    assert answer.status_code == 200
    assert works(house, answer.json()["access_token"])
    assert refresh(house, answer.json()["refresh_token"]).status_code == 200
    assert error(exchange(house, back["code"])) == (400, "invalid_grant")
    assert not works(house, answer.json()["access_token"]), "a code used twice ends what came from it"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/callback"}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_request"),
        ({"code": "never"}, "invalid_grant"),
    ],
)
def test_a_code_is_bound_to_its_request(house: House, other: dict[str, str], expected: str) -> None:
    back = browse(house, house.password("member"))
    assert error(exchange(house, **({"code": back["code"]} | other))) == (400, expected)


def test_a_code_expires(house: House) -> None:
    back = browse(house, house.password("member"))
    house.control("POST", "/clock", {"advanceSeconds": 61})
    assert error(exchange(house, back["code"])) == (400, "invalid_grant")


def test_a_wrong_password_shows_the_page_again(house: House) -> None:
    assert browse(house, "wrong") == {}
    assert browse(house, "x", username='"><script>') == {}


def test_what_is_shown_comes_escaped(house: House) -> None:
    form = LINK | {"username": '"><script>alert(1)</script>', "password": "x"}
    page = house.post("/auth/authorize", data=form).text
    assert "<script>" not in page
    assert Form(page).fields["username"] == form["username"]


@pytest.mark.parametrize(
    "other",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1.evil.example:1/callback"},
        {"redirect_uri": "http://127.0.0.1:1/callback?x=1"},
        {"redirect_uri": ""},
        {"state": "short"},
        {"colour": "red"},
    ],
)
def test_a_wrong_link_is_told_on_the_page_and_never_redirected(house: House, other: dict[str, str]) -> None:
    for answer in (
        house.get("/auth/authorize", params=LINK | other),
        house.post("/auth/authorize", data=LINK | other | {"username": "member", "password": "x"}),
    ):
        assert answer.status_code == 400
        assert "not valid" in answer.text
        assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_the_client_learns_what_it_asked_wrongly(house: House, other: dict[str, str], expected: str) -> None:
    answer = house.get("/auth/authorize", params=LINK | other)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (query["error"], query["state"]) == ([expected], [LINK["state"]])


@pytest.mark.parametrize("host", ["127.0.0.1:1", "127.0.0.1:65535", "[::1]:50000"])
def test_any_port_of_the_loopback_address_will_do(house: House, host: str) -> None:
    assert house.get("/auth/authorize", params=LINK | {"redirect_uri": f"http://{host}/cb"}).status_code == 200
