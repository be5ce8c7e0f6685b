"""A talk with a stand-in service in which every request and every answer is held to the contract.

Not promised: what the answers mean; other tests look at that.
"""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import requests

from mir_sandbox.remote import Sandbox
from tests.contract.conformance import Contract, Exchange

CLIENT_ID = "mir-download-client"


class Talk:
    """Asks as one of the users of the service's account; tokens are asked for once and kept."""

    def __init__(self, contract: Contract, sandbox: Sandbox) -> None:
        self.contract = contract
        self.sandbox = sandbox
        self.users = {each.username: each for each in sandbox.users}
        self._session = requests.Session()
        self._session.trust_env = False
        self._tokens: dict[tuple[str, str | None], str] = {}

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        user: str | None = "all",
        scope: str | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: object = None,
        wrong: bool = False,
    ) -> Exchange:
        """One exchange. `user` None sends no token; `wrong` says that the request departs from the contract on purpose.

        `path` is below the base. `form` and `body` (JSON) become the body of the request.
        """
        sent = dict(headers or {})
        if user is not None:
            sent["Authorization"] = f"Bearer {self.token(user, scope)}"
        if path.endswith("/content"):
            sent.setdefault("Accept-Encoding", "identity")
        data = None
        if form is not None:
            data = urlencode(form).encode()
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        elif body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        target = self.sandbox.base_url + path + (f"?{urlencode(query)}" if query else "")
        response = self._session.request(method, target, headers=sent, data=data, allow_redirects=False, timeout=20)
        exchange = Exchange.of(response)
        departures = self.contract.answer_departures(exchange)
        assert not departures, f"{exchange}: {departures}"
        departures = self.contract.request_departures(exchange)
        assert bool(departures) == wrong, departures or f"{exchange} was meant to be wrong"
        return exchange

    def token(self, user: str, scope: str | None = None) -> str:
        """An access token of the user."""
        if (user, scope) not in self._tokens:
            answer = json.loads(self.sign_in(user, scope).response_body)
            self._tokens[user, scope] = answer["access_token"]
        return self._tokens[user, scope]

    def sign_in(self, user: str, scope: str | None = None) -> Exchange:
        """A sign-in by password."""
        form = {
            "grant_type": "password",
            "username": user,
            "password": self.users[user].password,
            "client_id": CLIENT_ID,
        }
        return self.ask("POST", "/auth/token", user=None, form=form | ({"scope": scope} if scope else {}))
