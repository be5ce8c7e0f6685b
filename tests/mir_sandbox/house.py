"""A stand-in service on real sockets within the test's process, and a client that knows its ways."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import uvicorn
from starlette.types import ASGIApp

from mir_sandbox.options import SandboxOptions
from mir_sandbox.serve import Apps, build

CLIENT = "mir-download-client"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""The service's clock at the start of every test that does not say otherwise."""


class Bearer(requests.auth.AuthBase):
    """An access token on a request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass(slots=True)
class House:
    """A running service."""

    apps: Apps
    base: str
    control_base: str
    session: requests.Session
    bearers: dict[str, Bearer] = field(default_factory=dict)

    def password(self, username: str) -> str:
        users = self.control("GET", "/users")["users"]
        return str(next(user["password"] for user in users if user["username"] == username))

    def sign_in(self, username: str, scope: str | None = None) -> dict[str, Any]:
        form = {"grant_type": "password", "username": username, "password": self.password(username)}
        form |= {"client_id": CLIENT} | ({"scope": scope} if scope else {})
        answer = self.post("/auth/token", data=form)
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def bearer(self, username: str) -> Bearer:
        if username not in self.bearers:
            self.bearers[username] = Bearer(self.sign_in(username)["access_token"])
        return self.bearers[username]

    def get(self, path: str, username: str | None = None, **more: Any) -> requests.Response:
        return self.request("GET", path, username, **more)

    def post(self, path: str, username: str | None = None, **more: Any) -> requests.Response:
        return self.request("POST", path, username, **more)

    def request(self, method: str, path: str, username: str | None = None, **more: Any) -> requests.Response:
        auth = None if username is None else self.bearer(username)
        url = path if path.startswith("http") else self.base + path
        return self.session.request(method, url, auth=auth, timeout=30, allow_redirects=False, **more)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.session.request(method, self.control_base + path, json=body, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pages(self, path: str, username: str, **query: Any) -> list[dict[str, Any]]:
        """All pages of one list."""
        pages = []
        while True:
            answer = self.get(path, username, params=query)
            assert answer.status_code == 200, answer.text
            pages.append(answer.json())
            if "nextPageToken" not in pages[-1]:
                return pages
            query["pageToken"] = pages[-1]["nextPageToken"]

    def everything(self, username: str, path: str = "/conversations", **query: Any) -> list[dict[str, Any]]:
        """All items over all time, window by window."""
        items: list[dict[str, Any]] = []
        start = NOW - timedelta(days=430)
        while start < NOW + timedelta(days=31):
            end = start + timedelta(days=31)
            window = {"from": text(start), "to": text(end), "pageSize": 500}
            items += [item for page in self.pages(path, username, **(window | query)) for item in page["items"]]
            start = end
        return items

    def available(self, username: str = "all") -> list[tuple[str, dict[str, Any]]]:
        """Conversation id and recording of everything that can be fetched in the last month."""
        window = {"from": text(NOW - timedelta(days=30)), "to": text(NOW), "pageSize": 500}
        items = [item for page in self.pages("/conversations", username, **window) for item in page["items"]]
        return [(item["id"], take) for item in items for take in item["recordings"] if take["status"] == "available"]


def content_path(conversation: str, recording: str) -> str:
    return f"/conversations/{conversation}/recordings/{recording}/content"


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def serving(**options: Any) -> Iterator[House]:
    """A service with these options (by default 300 tiny conversations at `NOW`) until the block ends."""
    usual: dict[str, Any] = {"conversations": 300, "tiny": True, "now": NOW}
    apps = build(SandboxOptions(**(usual | options)))
    servers = [_Server(apps.service), _Server(apps.control)]
    thread = threading.Thread(target=asyncio.run, args=(_run(servers),))
    thread.start()
    try:
        with requests.Session() as session:
            session.trust_env = False
            yield House(
                apps,
                base=f"http://127.0.0.1:{servers[0].port}{apps.base_path}",
                control_base=f"http://127.0.0.1:{servers[1].port}{apps.control_path}",
                session=session,
            )
    finally:
        for server in servers:
            server.should_exit = True
        thread.join()
        apps.close()


class _Server(uvicorn.Server):
    """A server on a port of its own that listens at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = int(self._listening.getsockname()[1])
        super().__init__(
            uvicorn.Config(
                app, http="httptools", ws="none", lifespan="off", access_log=False, log_config=None,
                timeout_graceful_shutdown=1,
            )
        )  # fmt: skip

    async def run_here(self) -> None:
        with self._listening:
            await self.serve([self._listening])


async def _run(servers: list[_Server]) -> None:
    await asyncio.gather(*(server.run_here() for server in servers))
