"""Faults of whole answers: errors of the service, of a proxy, of something else that answers in its place.

Not promised: that the service knows; an expired token here is still good there.
"""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from mir_sandbox.faults.canned import PORTAL_PAGE, SIGN_IN_PAGE, answer, problem, reason_of, request_id_of
from mir_sandbox.faults.catalogue.fault import API, CONTENT, Fault
from mir_sandbox.faults.parameters import Parameter, Rejected, Values, anything, choice, integer, text
from mir_sandbox.faults.plan import Canned, Plan, Scene
from mir_sandbox.front.http1 import Head
from mir_sandbox.front.route import Route

_RETRY_AFTER = text(
    "retryAfter",
    "1",
    "Any text; `date+N` and `date-N` give the HTTP date N seconds from now; null: no header.",
    nullable=True,
)


def _retry_after(values: Values) -> tuple[tuple[str, str], ...]:
    given = values.json("retryAfter")
    if given is None:
        return ()
    sign = {"date+": 1, "date-": -1}.get(given[:5], 0)
    if sign and given[5:].isdigit():
        moment = datetime.now(UTC) + sign * timedelta(seconds=int(given[5:]))
        given = format_datetime(moment, usegmt=True)
    return (("Retry-After", given),)


def _problem(
    name: str, description: str, *, status: int, codes: tuple[str, ...], routes: tuple[Route, ...], wait: bool = False
) -> Fault:
    """A fault that answers with one status and one of a few codes."""

    def make(values: Values) -> Plan:
        def act(scene: Scene) -> Canned:
            headers = _retry_after(values) if wait else ()
            if status == 401:
                headers = (*headers, ("WWW-Authenticate", 'Bearer error="invalid_token"'))
            return problem(scene, status=status, code=values.text("code"), headers=headers)

        return Plan(answer=act)

    parameters: tuple[Parameter, ...] = (choice("code", codes, "The code in the problem document."),)
    return Fault(name, description, make, (*parameters, _RETRY_AFTER) if wait else parameters, routes)


def _status(values: Values) -> Plan:
    extra = values.json("headers")
    if not isinstance(extra, dict):
        raise Rejected("parameter headers must be an object")
    headers = tuple((str(name), str(value)) for name, value in extra.items())
    status = values.integer("status")
    if not 100 <= status <= 999:
        raise Rejected("parameter status must be from 100 to 999")

    def act(scene: Scene) -> Canned:
        return problem(scene, status=status, code=values.text("code"), headers=(*_retry_after(values), *headers))

    return Plan(answer=act)


def _not_ready(values: Values) -> Plan:
    return Plan(answer=lambda scene: problem(scene, status=202, code="not_ready", headers=_retry_after(values)))


def _invalid_grant(values: Values) -> Plan:
    body = {"error": values.text("error"), "error_description": "This answer was asked for."}
    status = 401 if body["error"] == "invalid_client" else 400

    def act(scene: Scene) -> Canned:
        headers: tuple[tuple[str, str], ...] = (("X-Request-Id", request_id_of(scene)),)
        if status == 401:
            headers = (*headers, ("WWW-Authenticate", 'Basic realm="mir"'))
        return answer(status, json.dumps(body).encode(), content_type="application/json", headers=headers)

    return Plan(answer=act)


def _range_refused(values: Values) -> Plan:
    forms = {"actual": "bytes */{size}", "other": "bytes */{more}", "malformed": "bytes */many", "range": "bytes 0-1/2"}
    form = forms.get(values.text("total"), values.text("text"))

    def rewrite(_body: bytes, scene: Scene) -> bytes:
        canned = problem(scene, status=416, code="range_not_satisfiable")
        return canned.body if isinstance(canned.body, bytes) else b""

    def edit(head: Head, scene: Scene) -> Head:
        size = scene.true_size()
        refused = Head(416, reason_of(416).encode(), head.headers).without("Content-Range", "Repr-Digest")
        refused = refused.having("Content-Type", "application/problem+json")
        if values.text("total") == "missing":
            return refused
        return refused.having("Content-Range", form.format(size=size, more=size + 1))

    return Plan(rewrite=rewrite, head=(edit,))


def _proxy_authentication(values: Values) -> Plan:
    headers = (("Proxy-Authenticate", values.text("challenge")),)
    return Plan(
        answer=lambda _: answer(
            407, b"<h1>Proxy authentication required</h1>", content_type="text/html", headers=headers
        )
    )


_TO = ("other", "http", "file", "itself", "loop", "far", "relative", "ftp", "nowhere")


def _redirect(values: Values) -> Plan:
    kind, given = values.text("to"), values.text("location")

    def act(scene: Scene) -> Canned:
        target, origins = scene.request.target, scene.origins
        turn = scene.memory["turn"] = scene.memory.get("turn", 0) + 1
        plain, _, query = target.partition("?")
        again = f"{plain}?{query}&" if query else f"{plain}?"
        places = {
            "other": origins.other + target,
            "http": origins.plain + target,
            "file": "file:///etc/hostname",
            "itself": origins.own + target,
            "loop": f"{origins.own}{again}turn={turn % 2}",
            "far": f"{origins.own}{again}hop={turn}",
            "relative": target,
            "ftp": "ftp://127.0.0.1/recording.wav",
            "nowhere": "",
        }
        location = given.format(own=origins.own, other=origins.other, plain=origins.plain, target=target)
        headers = (("Location", location or places[kind]),)
        return answer(values.integer("status"), b"", content_type="text/plain", headers=headers)

    return Plan(answer=act)


def _page(values: Values) -> Plan:
    page = PORTAL_PAGE if values.text("page") == "captivePortal" else SIGN_IN_PAGE
    return Plan(
        answer=lambda _: answer(
            values.integer("status"),
            page.encode(),
            content_type=values.text("contentType"),
            headers=(("Set-Cookie", "session=; Path=/"),),
        )
    )


def _json_error(values: Values) -> Plan:
    body = json.dumps(values.json("body")).encode()
    return Plan(answer=lambda _: answer(200, body, content_type=values.text("contentType")))


_SERVER = ("internal", "media_missing", "not_ready")
_CONTENT_ONLY = (Route.CONTENT,)

ANSWERS = (
    Fault(
        "status",
        "Answers with any status and code, as a problem document.",
        _status,
        (
            integer("status", 500, "100 to 999."),
            text("code", "internal", "The code in the problem document."),
            text("retryAfter", None, _RETRY_AFTER.description),
            anything("headers", {}, "An object of further headers."),
        ),
    ),
    _problem(
        "rate-limited",
        "429 with Retry-After.",
        status=429,
        codes=("rate_limited", "concurrency_limited"),
        routes=(*CONTENT, *API),
        wait=True,
    ),
    _problem(
        "unavailable",
        "503 with Retry-After; give the rule a `lifetime` for a window.",
        status=503,
        codes=("maintenance", "internal"),
        routes=(*CONTENT, *API),
        wait=True,
    ),
    _problem("server-error", "500 without Retry-After.", status=500, codes=_SERVER, routes=(*CONTENT, *API)),
    _problem(
        "token-expired",
        "401, as if the access token had run out; it is still good.",
        status=401,
        codes=("token_expired",),
        routes=tuple(route for route in (*CONTENT, *API) if route not in {Route.TOKEN, Route.REVOKE, Route.DISCOVERY}),
    ),
    Fault(
        "invalid-grant",
        "Refuses a sign-in or a refresh, as RFC 6749 says it.",
        _invalid_grant,
        (choice("error", ("invalid_grant", "invalid_client", "invalid_scope"), "The error in the answer."),),
        (Route.TOKEN,),
    ),
    _problem(
        "denied",
        "403 for something that was listed.",
        status=403,
        codes=("download_not_permitted", "access_none"),
        routes=CONTENT,
    ),
    _problem(
        "not-found",
        "404 for something that was listed.",
        status=404,
        codes=("not_found", "media_missing"),
        routes=CONTENT,
    ),
    _problem(
        "gone",
        "410 for something that was listed or for a token.",
        status=410,
        codes=("recording_expired", "page_token_expired", "cursor_expired"),
        routes=CONTENT,
    ),
    Fault("not-ready", "202 with Retry-After: coming back from the archive.", _not_ready, (_RETRY_AFTER,), CONTENT),
    Fault(
        "range-refused",
        "416, whatever range was asked for.",
        _range_refused,
        (
            choice("total", ("actual", "other", "malformed", "range", "missing", "text"), "What Content-Range says."),
            text("text", "bytes */{size}", "Content-Range for `total` text; `{size}` is the true size."),
        ),
        CONTENT,
    ),
    Fault(
        "proxy-authentication",
        "407, as from a proxy.",
        _proxy_authentication,
        (text("challenge", 'Basic realm="proxy"', "The Proxy-Authenticate header."),),
    ),
    Fault(
        "redirect",
        "Sends the client elsewhere: another port, plain http, a file, in a loop, further and further.",
        _redirect,
        (
            choice("to", _TO, "Where to; `far` never ends, `nowhere` has an empty Location."),
            text("location", None, "Any Location instead; `{own}`, `{other}`, `{plain}`, `{target}` are filled in."),
            integer("status", 307, "301, 302, 303, 307 or 308."),
        ),
        _CONTENT_ONLY,
    ),
    Fault(
        "page",
        "200 with a web page: a sign-in page or a captive portal, perhaps called audio.",
        _page,
        (
            choice("page", ("signIn", "captivePortal"), "Which page."),
            text("contentType", "text/html; charset=utf-8", "What it is called, such as audio/wav."),
            integer("status", 200, "The status."),
        ),
        CONTENT,
    ),
    Fault(
        "json-error",
        "200 with an error in JSON where audio is expected.",
        _json_error,
        (
            text("contentType", "application/json", "What it is called, such as audio/wav."),
            anything("body", {"error": "token_expired", "message": "Please sign in again"}, "The JSON."),
        ),
        CONTENT,
    ),
)
