"""Answers that are made without asking the service: problems, pages, JSON that is none of the contract's.

Not promised: rights or state; the service does not know that it was kept out of it.
"""

import json
import re
from http import HTTPStatus

from mir_sandbox.faults.plan import Canned, Scene
from mir_sandbox.problems import Code, Problem

_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
SIGN_IN_PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Sign in</title></head>
<body><form method="post" action="/login"><h1>Your session has ended. Please sign in.</h1>
<input name="username"><input name="password" type="password"><button>Sign in</button></form></body></html>
"""
PORTAL_PAGE = """<!DOCTYPE html>
<html><head><title>Free WiFi</title><meta http-equiv="refresh" content="0; url=http://captive.example/welcome"></head>
<body><h1>Welcome to the guest network</h1><p>Accept the terms of use to go online.</p></body></html>
"""


def reason_of(status: int) -> str:
    """The usual reason phrase."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def request_id_of(scene: Scene) -> str:
    """The id that the answer carries: the request's own where it has a good one."""
    untrusted_id = scene.request.headers.get("x-request-id", "")
    if _REQUEST_ID.fullmatch(untrusted_id):
        return untrusted_id
    return f"front-{scene.random.getrandbits(48):012x}"


def problem(scene: Scene, *, status: int, code: str, headers: tuple[tuple[str, str], ...] = ()) -> Canned:
    """A problem document of the contract; a number in the `Retry-After` of `headers` is repeated in it."""
    wait = next((value for name, value in headers if name == "Retry-After"), "")
    seconds = int(wait) if wait.isdigit() and wait.isascii() else None
    known = next((each for each in Code if each.value[0] == code), Code.INTERNAL)
    request_id = request_id_of(scene)
    made = Problem(known, "This answer was asked for.", retry_after=seconds, status=status)
    _, body, _ = made.answer(request_id)
    if known.value[0] != code:
        body = json.dumps(json.loads(body) | {"code": code}).encode()
    return answer(
        status, body, content_type="application/problem+json", headers=(*headers, ("X-Request-Id", request_id))
    )


def answer(
    status: int, body: bytes, *, content_type: str, headers: tuple[tuple[str, str], ...] = (), reason: str = ""
) -> Canned:
    """A whole answer with honest Content-Length."""
    return Canned(
        status=status,
        reason=reason or reason_of(status),
        headers=(("Content-Type", content_type), ("Cache-Control", "no-store"), *headers),
        body=body,
        length=len(body),
    )
