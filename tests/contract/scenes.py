"""How each status of each operation comes about at the stand-in service: one scene for each pair.

Not promised: anything about the values in the answers. A pair without a scene is one nobody knows to bring about.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.contract.conformance import Exchange
from tests.contract.talk import CLIENT_ID, Talk

Scene = Callable[[Talk], Exchange]

READ, DOWNLOAD = "recordings.read", "recordings.download"
REDIRECT = "http://127.0.0.1:49152/callback"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
LINK = {
    "response_type": "code",
    "client_id": CLIENT_ID,
    "redirect_uri": REDIRECT,
    "scope": f"{READ} {DOWNLOAD}",
    "state": "Zm9vYmFyYmF6cXV4",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
SAVED = {"name": "Calls of a quarter hour", "criteria": {"minDuration": 900, "direction": "inbound", "scope": "own"}}


def moment(days_ago: float) -> str:
    """A time so many days before now, as the contract writes it."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def window() -> dict[str, str]:
    """The largest window that the service allows, up to now."""
    return {"from": moment(30), "to": moment(0)}


def items(exchange: Exchange) -> list[Any]:
    """The items of a page."""
    found: list[Any] = json.loads(exchange.response_body)["items"]
    return found


def content_path(talk: Talk, status: str) -> str:
    """The content of some recording with that status, which is not empty."""
    known = talk.sandbox.control("GET", "/truth?user=all")["recordings"]
    found = next((each for each in known if each["status"] == status and each["size"] > 0), None)
    assert found is not None, f"no recording is {status}"
    return f"/conversations/{found['conversation']}/recordings/{found['recording']}/content"


def listing(path: str, **more: str) -> Scene:
    """A page of a list, with a query that it knows."""
    return lambda talk: talk.ask("GET", path, query=more)


def search(path: str) -> Scene:
    return lambda talk: talk.ask("GET", path, query=window() | {"pageSize": "50", "sort": "-startTime"})


def csv(talk: Talk) -> Exchange:
    return talk.ask("GET", "/conversations", query=window() | {"pageSize": "50"}, headers={"Accept": "text/csv"})


def misspelled(method: str, path: str) -> Scene:
    """A parameter that the contract does not know."""
    return lambda talk: talk.ask(method, _path(talk, path), query={"minduration": "3"}, wrong=True)


def window_too_large(path: str) -> Scene:
    return lambda talk: talk.ask("GET", path, query={"from": moment(400), "to": moment(0)})


def unsigned(method: str, path: str, body: object = None) -> Scene:
    """Without a token."""
    return lambda talk: talk.ask(method, _path(talk, path), user=None, body=body, wrong=True)


def me(user: str) -> Scene:
    return lambda talk: talk.ask("GET", "/me", user=user)


def signed_out(talk: Talk) -> Exchange:
    """With a token that has died."""
    talk.ask("GET", "/me", user="both")
    talk.sandbox.control("POST", "/tokens", {"user": "both", "expireAccess": True})
    return talk.ask("GET", "/me", user="both")


def too_often(talk: Talk) -> Exchange:
    """More requests than the policy bears."""
    talk.ask("GET", "/me", user="single")
    talk.sandbox.control("POST", "/limits", {"search": {"perSecond": 0.01, "burst": 1}})
    try:
        talk.ask("GET", "/me", user="single")
        return talk.ask("GET", "/me", user="single")
    finally:
        talk.sandbox.control("POST", "/limits", {"search": {"perSecond": 0, "burst": 0}})


def access_none(method: str, path: str) -> Scene:
    """By a user who may see nothing."""
    return lambda talk: talk.ask(method, _path(talk, path), user="none")


def without_scope(method: str, path: str, body: object = None) -> Scene:
    """With a token that may only download."""
    return lambda talk: talk.ask(method, _path(talk, path), scope=DOWNLOAD, body=body)


def unknown(method: str, path: str, body: object = None) -> Scene:
    return lambda talk: talk.ask(method, path, body=body)


def old_token(path: str, name: str) -> Scene:
    """A page token or cursor of the right form whose service is long gone."""

    def scene(talk: Talk) -> Exchange:
        query = {"pageSize": "1"} | (window() if path in ("/conversations", "/participants") else {})
        page = json.loads(talk.ask("GET", path, query=query).response_body)
        token = page["nextPageToken" if name == "pageToken" else "nextCursor"]
        talk.sandbox.control("POST", "/listings", {"expirePageTokens": True, "expireCursors": True})
        return talk.ask("GET", path, query=query | {name: token})

    return scene


def _path(talk: Talk, path: str) -> str:
    return content_path(talk, "available") if path == "content" else path


# Sign-in


def token(**form: str) -> Scene:
    return lambda talk: talk.ask("POST", "/auth/token", user=None, form=form)


def all_grants(talk: Talk) -> Exchange:
    """Password, refresh, service account (twice), and the authorization code last."""
    tokens = json.loads(talk.sign_in("member").response_body)
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], "client_id": CLIENT_ID}
    talk.ask("POST", "/auth/token", user=None, form=refresh)
    account = talk.sandbox.user(role="serviceAccount")
    own = {"client_id": account.username, "client_secret": account.password}
    talk.ask("POST", "/auth/token", user=None, form={"grant_type": "client_credentials", **own})
    basic = base64.b64encode(f"{account.username}:{account.password}".encode()).decode()
    talk.ask(
        "POST",
        "/auth/token",
        user=None,
        form={"grant_type": "client_credentials", "scope": READ},
        headers={"Authorization": f"Basic {basic}"},
    )
    back = parse_qs(urlsplit(submit(talk).answered("Location") or "").query)
    assert back["state"] == [LINK["state"]]
    assert back["iss"] == [talk.sandbox.base_url]
    form = {"grant_type": "authorization_code", "code": back["code"][0], "code_verifier": VERIFIER}
    return talk.ask("POST", "/auth/token", user=None, form=form | {"redirect_uri": REDIRECT, "client_id": CLIENT_ID})


def wrong_secret(path: str, **form: str) -> Scene:
    basic = base64.b64encode(b"archive-service:wrong").decode()
    headers = {"Authorization": f"Basic {basic}"}
    return lambda talk: talk.ask("POST", path, user=None, form=form, headers=headers)


def submit(talk: Talk) -> Exchange:
    form = LINK | {"username": "member", "password": talk.users["member"].password}
    return talk.ask("POST", "/auth/authorize", user=None, form=form)


def page(**changed: str) -> Scene:
    """The sign-in page, by a link in which something may be wrong."""
    return lambda talk: talk.ask("GET", "/auth/authorize", user=None, query=LINK | changed, wrong=bool(changed))


def form(**changed: str) -> Scene:
    wrong = "redirect_uri" in changed
    sent = LINK | {"username": "member", "password": "wrong"} | changed
    return lambda talk: talk.ask("POST", "/auth/authorize", user=None, form=sent, wrong=wrong)


# Content


def content(method: str, status: str = "available", **headers: str) -> Scene:
    """The content of a recording with that status; `etag` in a header stands for the right entity tag."""

    def scene(talk: Talk) -> Exchange:
        path = content_path(talk, status)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if "etag" in sent.values():
            tag = talk.ask("HEAD", path).answered("ETag") or ""
            sent = {name: tag if value == "etag" else value for name, value in sent.items()}
        return talk.ask(method, path, headers=sent)

    return scene


def signed_link(method: str) -> Scene:
    def scene(talk: Talk) -> Exchange:
        path = content_path(talk, "available")
        talk.sandbox.control("POST", "/links", {"signed": True})
        try:
            return talk.ask(method, path)
        finally:
            talk.sandbox.control("POST", "/links", {"signed": False})

    return scene


def may_not_download(method: str) -> Scene:
    return lambda talk: talk.ask(method, content_path(talk, "available"), scope=READ)


# Saved searches


def saved(talk: Talk, name: str) -> str:
    made = talk.ask("POST", "/saved-searches", body=SAVED | {"name": name})
    return f"/saved-searches/{json.loads(made.response_body)['id']}"


def save(talk: Talk) -> Exchange:
    return talk.ask("POST", "/saved-searches", body=SAVED)


def replace_saved(talk: Talk) -> Exchange:
    return talk.ask("PUT", saved(talk, "to be replaced"), body={"name": "replaced", "criteria": {}})


def delete_saved(talk: Talk) -> Exchange:
    return talk.ask("DELETE", saved(talk, "to be deleted"))


def old_page_of_saved(talk: Talk) -> Exchange:
    saved(talk, "one")
    saved(talk, "two")
    return old_token("/saved-searches", "pageToken")(talk)


def bad_criteria(method: str) -> Scene:
    body = {"name": "wrong", "criteria": {"minDuration": "long"}}

    def scene(talk: Talk) -> Exchange:
        path = "/saved-searches" if method == "POST" else saved(talk, "to be spoilt")
        return talk.ask(method, path, body=body, wrong=True)

    return scene


def one_conversation(talk: Talk) -> Exchange:
    found = items(search("/conversations")(talk))[0]
    return talk.ask("GET", f"/conversations/{found['id']}")


NOWHERE = "/conversations/cnv-nowhere"
NO_CONTENT = f"{NOWHERE}/recordings/rec-nowhere/content"
NO_SEARCH = "/saved-searches/src-nowhere"

SCENES: dict[tuple[str, str], tuple[Scene, ...]] = {
    ("getAuthorizationServerMetadata", "200"): (
        lambda talk: talk.ask("GET", "/.well-known/oauth-authorization-server", user=None),
    ),
    ("showSignInPage", "200"): (page(),),
    ("showSignInPage", "303"): (page(response_type="token"), page(code_challenge_method="plain")),
    ("showSignInPage", "400"): (page(redirect_uri="https://evil.example/callback"),),
    ("submitSignInPage", "303"): (submit,),
    ("submitSignInPage", "400"): (form(redirect_uri="https://evil.example/callback"),),
    ("submitSignInPage", "403"): (form(), form(username="nobody")),
    ("postToken", "200"): (all_grants,),
    ("postToken", "400"): (
        token(grant_type="refresh_token", refresh_token="rt-unknown", client_id=CLIENT_ID),
        token(grant_type="password", username="member", password="wrong", client_id=CLIENT_ID),
        lambda talk: talk.ask("POST", "/auth/token", user=None, form={"grant_type": "magic"}, wrong=True),
        lambda talk: talk.ask("POST", "/auth/token", user=None, form={}, wrong=True),
    ),
    ("postToken", "401"): (
        token(grant_type="client_credentials", client_id="archive-service", client_secret="wrong"),
        wrong_secret("/auth/token", grant_type="client_credentials"),
    ),
    ("postRevoke", "200"): (
        lambda talk: talk.ask("POST", "/auth/revoke", user=None, form={"token": "rt-unknown", "client_id": CLIENT_ID}),
        lambda talk: talk.ask(
            "POST",
            "/auth/revoke",
            user=None,
            form={
                "token": json.loads(talk.sign_in("single").response_body)["refresh_token"],
                "token_type_hint": "refresh_token",
                "client_id": CLIENT_ID,
            },
        ),
    ),
    ("postRevoke", "400"): (lambda talk: talk.ask("POST", "/auth/revoke", user=None, form={}, wrong=True),),
    ("postRevoke", "401"): (wrong_secret("/auth/revoke", token="rt-unknown"),),
    ("getMe", "200"): (me("none"), me("manager"), me("all")),
    ("getMe", "401"): (unsigned("GET", "/me"), signed_out),
    ("getMe", "429"): (too_often,),
    ("searchConversations", "200"): (search("/conversations"), listing("/conversations"), csv),
    ("searchConversations", "400"): (misspelled("GET", "/conversations"), window_too_large("/conversations")),
    ("listParticipants", "200"): (search("/participants"), listing("/participants")),
    ("listParticipants", "400"): (misspelled("GET", "/participants"), window_too_large("/participants")),
    ("getConversation", "200"): (one_conversation,),
    ("getConversation", "400"): (misspelled("GET", NOWHERE),),
    ("getConversation", "401"): (unsigned("GET", NOWHERE),),
    ("getConversation", "403"): (access_none("GET", NOWHERE), without_scope("GET", NOWHERE)),
    ("getConversation", "404"): (unknown("GET", NOWHERE),),
    ("listChanges", "200"): (listing("/changes"), listing("/changes", pageSize="3")),
    ("listChanges", "400"): (misspelled("GET", "/changes"), listing("/changes", cursor="rubbish")),
    ("listChanges", "410"): (old_token("/changes", "cursor"),),
    ("getContent", "200"): (content("GET"), content("GET", If_None_Match='"another"')),
    ("getContent", "206"): (
        content("GET", Range="bytes=1-"),
        content("GET", Range="bytes=5-9", If_Range="etag"),
    ),
    ("getContent", "416"): (content("GET", Range="bytes=99999999999-"),),
    ("headContent", "200"): (content("HEAD"),),
    ("listSavedSearches", "200"): (lambda talk: (saved(talk, "listed"), listing("/saved-searches")(talk))[1],),
    ("listSavedSearches", "400"): (misspelled("GET", "/saved-searches"),),
    ("listSavedSearches", "401"): (unsigned("GET", "/saved-searches"),),
    ("listSavedSearches", "403"): (without_scope("GET", "/saved-searches"),),
    ("listSavedSearches", "410"): (old_page_of_saved,),
    ("createSavedSearch", "201"): (save,),
    ("createSavedSearch", "400"): (
        bad_criteria("POST"),
        lambda talk: (saved(talk, "twice"), talk.ask("POST", "/saved-searches", body=SAVED | {"name": "twice"}))[1],
    ),
    ("createSavedSearch", "401"): (unsigned("POST", "/saved-searches", SAVED),),
    ("createSavedSearch", "403"): (without_scope("POST", "/saved-searches", SAVED),),
    ("replaceSavedSearch", "200"): (replace_saved,),
    ("replaceSavedSearch", "400"): (bad_criteria("PUT"),),
    ("replaceSavedSearch", "401"): (unsigned("PUT", NO_SEARCH, SAVED),),
    ("replaceSavedSearch", "403"): (without_scope("PUT", NO_SEARCH, SAVED),),
    ("replaceSavedSearch", "404"): (unknown("PUT", NO_SEARCH, SAVED),),
    ("deleteSavedSearch", "204"): (delete_saved,),
    ("deleteSavedSearch", "400"): (misspelled("DELETE", NO_SEARCH),),
    ("deleteSavedSearch", "401"): (unsigned("DELETE", NO_SEARCH),),
    ("deleteSavedSearch", "403"): (without_scope("DELETE", NO_SEARCH),),
    ("deleteSavedSearch", "404"): (unknown("DELETE", NO_SEARCH),),
}
for name, path in (
    ("listUsers", "/users"),
    ("listGroups", "/groups"),
    ("searchConversations", "/conversations"),
    ("listParticipants", "/participants"),
    ("listChanges", "/changes"),
):
    SCENES |= {
        (name, "401"): (unsigned("GET", path),),
        (name, "403"): (access_none("GET", path), without_scope("GET", path)),
    }
    if name != "listChanges":
        SCENES[name, "410"] = (old_token(path, "pageToken"),)
    if name in ("listUsers", "listGroups"):
        SCENES[name, "200"] = (listing(path), listing(path, pageSize="1"))
        SCENES[name, "400"] = (misspelled("GET", path),)
for name, method in (("getContent", "GET"), ("headContent", "HEAD")):
    SCENES |= {
        (name, "202"): (content(method, "processing"),),
        (name, "304"): (content(method, If_None_Match="etag"),),
        (name, "307"): (signed_link(method),),
        (name, "400"): (misspelled(method, "content"),),
        (name, "401"): (unsigned(method, NO_CONTENT),),
        (name, "403"): (access_none(method, NO_CONTENT), may_not_download(method)),
        (name, "404"): (unknown(method, NO_CONTENT), content(method, "missing")),
        (name, "410"): (content(method, "expired"),),
    }
FAULTS = {"429": "rate-limited", "500": "server-error", "503": "unavailable"}
