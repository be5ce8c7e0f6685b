"""A stand-in service in a process of its own, as tests, journeys and measurements drive it.

Not promised: use from several threads at once; one `Sandbox` belongs to one.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import requests

from mir_sandbox.faults.parameters import camel

Json = Any
_CONTROL_SECONDS = 330.0


class SandboxFailed(Exception):
    """The service did not start, refused what it was asked for, or said something it should not have."""


@dataclass(frozen=True, slots=True)
class User:
    """One way into the made-up account; of the role `serviceAccount` these are client id and client secret."""

    username: str
    password: str
    access_level: str
    role: str


class StandingFault:
    """One fault that stands in a running service. As a context manager it is cleared at the end."""

    def __init__(self, sandbox: "Sandbox", identifier: str) -> None:
        self._sandbox = sandbox
        self.id = identifier

    def state(self) -> dict[str, Json]:
        """Its parameters and counts: `matched`, `hits`, `waiting`, `spent`."""
        found: dict[str, Json] = self._sandbox.control("GET", f"/faults/{self.id}")
        return found

    @property
    def hits(self) -> int:
        """How often it has struck."""
        return int(self.state()["hits"])

    def wait(self, *, hits: int = 0, waiting: int = 0, seconds: float = 80.0) -> dict[str, Json]:
        """Wait until it has struck so often and so many answers stand still in it. Raises `TimeoutError`."""
        query = f"?hits={hits}&waiting={waiting}&timeout={seconds}"
        state: dict[str, Json] = self._sandbox.control("GET", f"/faults/{self.id}{query}")
        if state["hits"] < hits or state["waiting"] < waiting:
            raise TimeoutError(f"{state['fault']} has {state['hits']} hits and {state['waiting']} waiting")
        return state

    def release(self) -> int:
        """Let go what waits in it; how many that were. It stands."""
        return int(self._sandbox.control("POST", f"/faults/{self.id}/release")["released"])

    def clear(self) -> None:
        """Clear it; what waits in it is let go. A second time does nothing."""
        self._sandbox.control("DELETE", f"/faults/{self.id}", missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()


class Sandbox:
    """A running service. `Sandbox.start(...)` begins a process; as a context manager it is closed at the end."""

    def __init__(self, announcement: Mapping[str, Json], process: "_Process | None" = None) -> None:
        self._process = process
        self._read(announcement)
        self._session = requests.Session()
        self._session.trust_env = False

    def _read(self, announcement: Mapping[str, Json]) -> None:
        self.base_url: str = announcement["baseUrl"]
        self.control_url: str = announcement["controlUrl"]
        self.ca_file = Path(announcement["caFile"]) if announcement["caFile"] else None
        self.users = tuple(
            User(each["username"], each["password"], each["accessLevel"], each["role"])
            for each in announcement["users"]
        )
        self.doors: dict[str, str] = dict(announcement["doors"])
        self.proxy_url: str = announcement["proxyUrl"]
        self.strict_proxy_url: str = announcement["strictProxyUrl"]
        self.pid: int = announcement["pid"]

    @classmethod
    def start(
        cls,
        *,
        conversations: int = 200,
        seed: int = 7,
        tls: bool = False,
        port: int = 0,
        options: Sequence[str] = (),
        seconds: float = 180.0,
    ) -> Self:
        """Start a service; `options` are further words of its command line, for which see `--help`.

        It ends when this process ends. Raises `SandboxFailed` if it does not serve after so many `seconds`.
        """
        words = ["--conversations", str(conversations), "--seed", str(seed), *(["--tls"] if tls else ()), *options]
        process = _Process(words, port=port)
        return cls(process.begin(seconds), process)

    @classmethod
    def of(cls, announcement: Mapping[str, Json]) -> Self:
        """A service that somebody else has started, by its line of JSON."""
        return cls(announcement)

    # -- the account -----------------------------------------------------------------------------------------------

    def user(self, *, access_level: str | None = None, role: str | None = None) -> User:
        """The first user with this access level and this role. Raises `LookupError`."""
        for user in self.users:
            if access_level in {None, user.access_level} and role in {None, user.role}:
                return user
        raise LookupError(f"no user with access level {access_level} and role {role}")

    def truth(self, user: str, *, start: datetime | None = None, end: datetime | None = None) -> list[dict[str, Json]]:
        """Every recording that user may see now, of calls that began in the window, as it really is."""
        window = {"from": start and start.isoformat(), "to": end and end.isoformat()}
        query = urlencode({"user": user} | {name: text for name, text in window.items() if text})
        return list(self.control("GET", f"/truth?{query}")["recordings"])

    def clock(self, *, advance: float = 0.0, now: datetime | None = None) -> datetime:
        """Move the service's clock on by seconds, or set it; the time it is then."""
        body = {"advanceSeconds": advance, **({} if now is None else {"now": now.isoformat()})}
        return datetime.fromisoformat(self.control("POST", "/clock", body)["now"])

    def change(self, verb: str, *, select: Mapping[str, Json] | None = None, **more: Json) -> list[str]:
        """Do something to recordings; the ids of those it was done to.

        `verb`: replace, expire, missing, processing, available, cold, lie, delete. `select`: `recordings`,
        `conversations`, `owner`, `state`, `limit`; without it all. `more`: `lies`, `sound`, `seconds`,
        `ready_in_seconds`, `times`.
        """
        body = {"verb": verb, "select": dict(select or {})} | {camel(name): value for name, value in more.items()}
        return list(self.control("POST", "/recordings", body)["recordings"])

    def arrive(self, owner: str, **more: Json) -> list[str]:
        """Let conversations of the user `owner` arrive; their ids.

        `more`: `count`, `recordings`, `started_seconds_ago`, `available_in_seconds`, `sound`, `seconds`.
        """
        body = {"owner": owner} | {camel(name): value for name, value in more.items()}
        return list(self.control("POST", "/arrivals", body)["conversations"])

    def grant(self, user: str, *, access_level: str | None = None, permissions: Sequence[str] | None = None) -> None:
        """Give a user another access level or other permissions (list, replay, download); what is None stays."""
        given = {"accessLevel": access_level, "permissions": None if permissions is None else [*permissions]}
        self.control("POST", f"/users/{quote(user)}", given)

    def end_tokens(self, *, access: bool = True, refresh: bool = False, user: str | None = None) -> None:
        """End access tokens or refresh tokens, of one user or of all."""
        self.control("POST", "/tokens", {"expireAccess": access, "revokeRefresh": refresh, "user": user})

    def limit(self, **limits: Json) -> None:
        """Set limits: `max_concurrent_downloads`, `max_concurrent_replays` (0 holds every replay up), `max_page_size`,
        `max_window_days`, or the rates `search`, `content` and `sign_in`, each `{"perSecond": N, "burst": N}`. What is
        absent stays.
        """
        self.control("POST", "/limits", {camel(name): value for name, value in limits.items()})

    def retain(self, *, months: int | None = None, archiving: bool | None = None) -> None:
        """Change how long recordings are kept."""
        self.control("POST", "/retention", {"months": months, "archiving": archiving})

    def link(self, *, signed: bool, elsewhere: bool = False) -> None:
        """Answer content by signed links, or no longer; they may lie on the other door."""
        self.control("POST", "/links", {"signed": signed, "base": self.doors["other"] if elsewhere else None})

    def expire_listings(self, *, page_tokens: bool = False, cursors: bool = False) -> None:
        """Let all page tokens or cursors that were given out answer 410."""
        self.control("POST", "/listings", {"expirePageTokens": page_tokens, "expireCursors": cursors})

    # -- faults ----------------------------------------------------------------------------------------------------

    def fault(
        self,
        name: str,
        parameters: Mapping[str, Json] | None = None,
        *,
        where: Mapping[str, Json] | None = None,
        skip: int = 0,
        stride: int = 1,
        times: int | None = None,
        per: str = "rule",
        probability: float = 1.0,
        seed: int = 0,
        lifetime: float | None = None,
    ) -> StandingFault:
        """Add a fault of the catalogue, with its own `parameters` (names as in JSON, or with underscores).

        `where`: `route`, `method`, `path` (regular expression), `recording`, `conversation`, `user`, `ranged`, `door`.
        Of the requests meant, `skip` are let through, then each `stride`-th is hit, at most `times`; these are counted
        `per` rule, recording, target or connection. After `lifetime` seconds it ends by itself.
        Raises `SandboxFailed` if there is no such fault or parameter.
        """
        order = {
            "fault": name,
            "parameters": {camel(key): value for key, value in (parameters or {}).items()},
            "where": dict(where or {}),
            "skip": skip,
            "stride": stride,
            "times": times,
            "per": per,
            "probability": probability,
            "seed": seed,
            "lifetime": lifetime,
        }
        return StandingFault(self, self.control("POST", "/faults/", order)["id"])

    def faults(self) -> list[dict[str, Json]]:
        """All faults that stand, with their counts."""
        return list(self.control("GET", "/faults/")["items"])

    def catalogue(self) -> list[dict[str, Json]]:
        """All faults there are."""
        return list(self.control("GET", "/faults/catalogue")["items"])

    def clear(self) -> None:
        """Clear all faults."""
        self.control("DELETE", "/faults/")

    def release(self) -> int:
        """Let go everything that waits in any fault; how many that were."""
        return int(self.control("POST", "/faults/release")["released"])

    # -- the wire --------------------------------------------------------------------------------------------------

    def journal(self, *, after: int = 0, route: str | None = None) -> list[dict[str, Json]]:
        """What was asked on the wire after that entry, oldest first, perhaps of one route only."""
        entries: list[dict[str, Json]] = []
        while page := self.control("GET", f"/wire/journal?after={after}")["items"]:
            entries += page
            after = page[-1]["number"]
        return [entry for entry in entries if route in {None, entry["route"]}]

    def totals(self) -> dict[str, Json]:
        """Connections by door, requests by route, since the start or `forget`."""
        found: dict[str, Json] = self.control("GET", "/wire/totals")
        return found

    def content_requests(self) -> int:
        """Requests for content since the start or `forget`, signed links included."""
        requests_by_route = self.totals()["requests"]
        return int(requests_by_route["content"] + requests_by_route["link"])

    def forget(self) -> None:
        """Empty the journal and its counts."""
        self.control("DELETE", "/wire/journal")

    # -- the control interface and the process ----------------------------------------------------------------------

    def control(self, method: str, path: str, body: Json = None, *, missing_ok: bool = False) -> Json:
        """One request to the control interface; its JSON, None without. Raises `SandboxFailed` for any error."""
        answer = self._session.request(method, self.control_url + path, json=body, timeout=_CONTROL_SECONDS)
        if answer.status_code == 404 and missing_ok:
            return None
        if not answer.ok:
            raise SandboxFailed(f"{method} {path}: {answer.status_code} {answer.text[:4000]}")
        return answer.json() if answer.content else None

    def restart(self, *, kill: bool = False, seconds: float = 180.0) -> None:
        """End the process, or kill it, and start it again on the same port. Faults and journal are gone.

        The account is kept when `--store` was among the options, and the authority in any case.
        """
        if self._process is None:
            raise SandboxFailed("only who has started a service can restart it")
        self._process.end(kill=kill)
        self._read(self._process.begin(seconds))

    def kill(self) -> None:
        """End the process at once; `restart` starts it again."""
        if self._process is not None:
            self._process.end(kill=True)

    def close(self) -> None:
        """End the process in order. Raises `SandboxFailed` if it had anything to say or did not end well."""
        self._session.close()
        if self._process is not None:
            self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            self.close()
        except SandboxFailed as failed:
            if error is None:
                raise
            error.add_note(str(failed))


class _Process:
    """The process behind a `Sandbox`, which can be begun again on the port it had."""

    def __init__(self, words: Sequence[str], *, port: int) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="mir-sandbox-", ignore_cleanup_errors=True)
        self._words = [*words]
        if "--tls" in words and "--tls-directory" not in words:
            self._words += ["--tls-directory", str(Path(self._directory.name) / "authority")]
        self._port = port
        self._errors = Path(self._directory.name) / "errors"
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, seconds: float) -> Mapping[str, Json]:
        """Start it and read its line."""
        command = [sys.executable, "-m", "mir_sandbox", "--port", str(self._port), "--until-input-ends", *self._words]
        with self._errors.open("wb") as errors:
            self._process = process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        impatience = threading.Timer(seconds, process.kill)
        impatience.start()
        try:
            line = process.stdout.readline() if process.stdout is not None else b""
        finally:
            impatience.cancel()
        if not line.endswith(b"\n"):
            self.end(kill=True)
            said = self._said()
            self._directory.cleanup()
            raise SandboxFailed(f"the service did not start: {said or 'not in time'}")
        announcement: dict[str, Json] = json.loads(line)
        self._port = int(announcement["doors"]["main"].rpartition(":")[2])
        return announcement

    def end(self, *, kill: bool) -> int:
        """End the process; its exit code."""
        process = self._process
        if process is None:
            return 0
        self._process = None
        if kill:
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        try:
            code = process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return code

    def close(self) -> None:
        """End the process in order and look whether it was silent."""
        begun = self._process is not None
        code = self.end(kill=False)
        said = self._said()
        self._directory.cleanup()
        if begun and (code or said):
            raise SandboxFailed(f"the service ended with {code} and said: {said}")

    def _said(self) -> str:
        return self._errors.read_text("utf-8", "replace").strip()[-4000:] if self._errors.exists() else ""
