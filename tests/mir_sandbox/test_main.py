"""The service as a process: one line of JSON, silence, an end with its parent or on a signal; and the way in."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from mir_sandbox.__main__ import main, options_of, parser
from mir_sandbox.options import Digests, Rate, SandboxOptions
from mir_sandbox.remote import Sandbox, SandboxFailed, User

DEADLINE = 30.0
COMMAND = [sys.executable, "-m", "mir_sandbox", "--conversations", "20"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A service over TLS with signed links on another door."""
    with Sandbox.start(conversations=200, tls=True, options=["--tiny", "--links-elsewhere"]) as started:
        yield started


def _session(sandbox: Sandbox, user: User) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    if sandbox.ca_file is not None:
        session.verify = str(sandbox.ca_file)
    form = {"grant_type": "password", "username": user.username, "password": user.password}
    if user.role == "serviceAccount":
        form = {"grant_type": "client_credentials", "client_id": user.username, "client_secret": user.password}
    else:
        form["client_id"] = "mir-download-client"
    answer = session.post(f"{sandbox.base_url}/auth/token", data=form, timeout=DEADLINE)
    assert answer.status_code == 200, answer.text
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return session


def _contents(sandbox: Sandbox, session: requests.Session) -> list[str]:
    """The addresses of the first recordings that can be fetched."""
    changes = session.get(f"{sandbox.base_url}/changes?pageSize=100", timeout=DEADLINE).json()
    return [
        f"{sandbox.base_url}/conversations/{conversation['id']}/recordings/{recording['id']}/content"
        for conversation in changes["items"]
        for recording in conversation["recordings"]
        if recording["status"] == "available"
    ]


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        with contextlib.suppress(psutil.TimeoutExpired, psutil.NoSuchProcess):
            psutil.Process(pid).wait(timeout=0.2)
    return False


def test_the_announcement_leads_in(sandbox: Sandbox) -> None:
    assert {user.access_level for user in sandbox.users} == {"none", "ownGroup", "all"}
    for user in (sandbox.user(access_level="all"), sandbox.user(role="serviceAccount")):
        with _session(sandbox, user) as session:
            me = session.get(f"{sandbox.base_url}/me", timeout=DEADLINE).json()
            assert me["accessLevel"] == user.access_level
    with pytest.raises(LookupError, match="no user with access level some"):
        sandbox.user(access_level="some")


def test_signed_links_lie_elsewhere_and_are_known(sandbox: Sandbox) -> None:
    sandbox.forget()
    with _session(sandbox, sandbox.user(access_level="all")) as session:
        url = _contents(sandbox, session)[0]
        answer = session.get(url, timeout=DEADLINE)
        assert answer.content.startswith(b"RIFF")
        recording = url.split("/")[-2]
        with sandbox.fault("empty", where={"route": "link", "recording": recording}, times=1, per="recording") as fault:
            assert session.get(url, timeout=DEADLINE).content == b""
            assert session.get(url, timeout=DEADLINE).content == answer.content
            assert fault.hits == 1
    content, link = sandbox.journal(route="content")[0], sandbox.journal(route="link")[0]
    assert (content["door"], content["status"], content["authorization"]) == ("main", 307, "Bearer")
    assert (link["door"], link["status"], link["authorization"]) == ("other", 200, None)
    assert sandbox.content_requests() == 6


def test_faults_know_users(sandbox: Sandbox) -> None:
    member, manager = sandbox.user(role="member"), sandbox.user(role="manager")
    with sandbox.fault("denied", where={"route": "me", "user": member.username}):
        for user, status in ((member, 403), (manager, 200)):
            with _session(sandbox, user) as session:
                assert session.get(f"{sandbox.base_url}/me", timeout=DEADLINE).status_code == status


def test_many_clients_at_once_get_their_own_bytes(sandbox: Sandbox) -> None:
    with _session(sandbox, sandbox.user(role="serviceAccount")) as session:
        urls = _contents(sandbox, session)[:40]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda url: session.get(url, timeout=DEADLINE), urls))
    for answer in answers:
        digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
        assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert len({answer.headers["ETag"] for answer in answers}) == len(urls) > 20


def test_one_line_and_silence() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        announcement: dict[str, Any] = json.loads(process.stdout.readline())
        assert {"baseUrl", "caFile", "controlUrl", "users"} <= announcement.keys()
        assert announcement["caFile"] is None
        assert announcement["pid"] == process.pid
        assert {"username", "password", "accessLevel", "role"} == announcement["users"][0].keys()
        with requests.get(f"{announcement['baseUrl']}/me", timeout=DEADLINE) as answer:
            assert answer.status_code == 401
        process.send_signal(signal.SIGTERM)
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")
    assert process.returncode == 0


def test_it_ends_in_order_while_it_answers() -> None:
    """The exit code is 0 and nothing is said, whatever is under way; the context manager looks at both."""
    with Sandbox.start(conversations=20) as sandbox, contextlib.ExitStack() as stack:
        port = int(sandbox.doors["main"].rpartition(":")[2])
        for name in ("silence", "endless-headers", "stall", "huge-json", "black-hole"):
            where = {} if name == "black-hole" else {"route": "any"}
            fault = sandbox.fault(name, {"after": 0} if name == "stall" else {}, where=where, times=1)
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=DEADLINE))
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            fault.wait(hits=1)
        if sys.platform == "win32":
            return
        os.kill(sandbox.pid, signal.SIGINT)
        assert _gone(sandbox.pid)


def test_it_ends_with_its_parent() -> None:
    """A parent that is killed leaves nobody behind, although standard input stays open."""
    script = (
        "import subprocess, sys\n"
        f"process = subprocess.Popen({COMMAND!r}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)\n"
        "print(process.stdout.readline().decode(), end='', flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout is not None
        pid = json.loads(parent.stdout.readline())["pid"]
        assert psutil.pid_exists(pid)
        parent.kill()
        assert _gone(pid)


def test_it_ends_with_standard_input() -> None:
    command = [*COMMAND, "--until-input-ends"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(DEADLINE) == 0
        assert process.stderr.read() == b""


def test_a_restart_keeps_port_account_and_trust(tmp_path: Path) -> None:
    options = ["--store", str(tmp_path / "account.db")]
    with Sandbox.start(conversations=20, tls=True, options=options) as sandbox:
        with _session(sandbox, sandbox.user(access_level="all")) as session:
            address, pid = sandbox.base_url, sandbox.pid
            sandbox.restart(kill=True)
            assert (sandbox.base_url, sandbox.pid != pid) == (address, True)
            assert session.get(f"{address}/me", timeout=DEADLINE).status_code == 200, "the token is still good"
        sandbox.kill()
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{address}/me", timeout=DEADLINE)


def test_what_cannot_start_says_why(tmp_path: Path, sandbox: Sandbox) -> None:
    port = int(sandbox.doors["main"].rpartition(":")[2])
    with pytest.raises(SandboxFailed, match="cannot start"):
        Sandbox.start(port=port)
    (tmp_path / "store").write_bytes(b"no database" * 100)
    with pytest.raises(SandboxFailed, match="cannot start"):
        Sandbox.start(options=["--store", str(tmp_path / "store")])
    with pytest.raises(SandboxFailed, match="not in time"):
        Sandbox.start(seconds=0.01)


def test_only_who_started_a_service_restarts_it(sandbox: Sandbox) -> None:
    announcement: dict[str, Any] = {
        "baseUrl": sandbox.base_url,
        "controlUrl": sandbox.control_url,
        "caFile": None,
        "users": [],
        "doors": sandbox.doors,
        "proxyUrl": sandbox.proxy_url,
        "strictProxyUrl": sandbox.strict_proxy_url,
        "pid": sandbox.pid,
    }
    with Sandbox.of(announcement) as other:
        other.kill()
        assert other.faults() == []
        with pytest.raises(SandboxFailed, match="only who has started"):
            other.restart()
    assert psutil.pid_exists(sandbox.pid)


def test_options_without_words_are_the_usual_ones() -> None:
    assert options_of(parser().parse_args([])) == SandboxOptions()


def test_options_from_words() -> None:
    words = ["--now", "2026-03-29T03:30:00+02:00", "--content-rate", "5/2", "--search-rate", "7", "--digests", "absent"]
    options = options_of(parser().parse_args([*words, "--links-elsewhere", "--max-window-days", "3"]))
    assert options.now is not None
    assert options.now.isoformat() == "2026-03-29T03:30:00+02:00"
    assert (options.limits.content, options.limits.search) == (Rate(5.0, 2), Rate(7.0, 7))
    assert (options.digests, options.signed_links, options.limits.max_window_days) == (Digests.ABSENT, True, 3)


@pytest.mark.parametrize("words", [["--now", "2026-03-29T03:30:00"], ["--now", "soon"], ["--content-rate", "x"]])
def test_words_that_mean_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "python -m mir_sandbox --port 8443 --tls --seed 11" in said
    assert "controlUrl" in said


def test_verbs_that_change_the_account() -> None:
    with Sandbox.start(conversations=60, options=["--tiny", "--now", "2026-05-01T12:00:00Z"]) as sandbox:
        user = sandbox.user(access_level="all").username
        assert sandbox.clock().isoformat().startswith("2026-05-01T12:00:")
        assert sandbox.clock(advance=3600).isoformat().startswith("2026-05-01T13:00:")
        noon = datetime(2026, 5, 2, 12, tzinfo=UTC)
        assert sandbox.clock(now=noon) - noon < timedelta(minutes=1)
        before = {row["recording"] for row in sandbox.truth(user)}
        (arrived,) = sandbox.arrive("member", started_seconds_ago=60)
        (new,) = [row for row in sandbox.truth(user) if row["recording"] not in before]
        assert (new["conversation"], new["status"]) == (arrived, "available")
        assert sandbox.truth(user, start=noon, end=noon + timedelta(hours=1)) == []
        assert new in sandbox.truth(user, start=noon - timedelta(hours=1), end=noon + timedelta(hours=1))
        assert sandbox.change("expire", select={"recordings": [new["recording"]]}) == [new["recording"]]
        assert [row["status"] for row in sandbox.truth(user) if row["conversation"] == arrived] == ["expired"]
        with _session(sandbox, sandbox.user(role="member")) as session:
            me = f"{sandbox.base_url}/me"
            sandbox.grant("member", access_level="all", permissions=["list"])
            assert session.get(me, timeout=DEADLINE).json()["accessLevel"] == "all"
            sandbox.limit(max_page_size=170)
            sandbox.retain(months=3)
            answer = session.get(me, timeout=DEADLINE).json()
            assert (answer["limits"]["maxPageSize"], answer["retention"]["months"]) == (170, 3)
            cursor = session.get(f"{sandbox.base_url}/changes", timeout=DEADLINE).json()["nextCursor"]
            sandbox.expire_listings(cursors=True)
            changes = session.get(f"{sandbox.base_url}/changes", params={"cursor": cursor}, timeout=DEADLINE)
            assert changes.status_code == 410
            sandbox.end_tokens(user="member")
            assert session.get(me, timeout=DEADLINE).status_code == 401
        with _session(sandbox, sandbox.user(role="serviceAccount")) as session:
            sandbox.retain(archiving=True)
            sandbox.link(signed=True, elsewhere=True)
            (url, *_) = _contents(sandbox, session)
            redirect = session.get(url, allow_redirects=False, timeout=DEADLINE)
            assert redirect.status_code == 307
            assert redirect.headers["Location"].startswith(sandbox.doors["other"])
        with pytest.raises(SandboxFailed, match="there is no user nobody"):
            sandbox.arrive("nobody")
