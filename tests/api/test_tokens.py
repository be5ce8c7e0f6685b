"""One renewal for all threads and processes; a dead sign-in ends for everybody at once (faults 49, 50, 51, 53)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from filelock import FileLock

from download_client.api import (
    Api,
    Doorway,
    sign_in_client,
    sign_in_password,
    signed_in,
)
from download_client.credentials import Kept, KeyringVault, MemoryVault, Secret, SecretKind
from download_client.errors import (
    ConnectionLost,
    DiskFailed,
    Interrupted,
    KeyringUnavailable,
    MirError,
    NotSignedIn,
    ProtocolBroken,
    RateLimited,
    SecretTooLong,
    ServiceUnavailable,
    SignInAgain,
    SignInRefused,
    WrongCredentials,
)
from download_client.retry import SIGN_IN
from tests.api.doors import doorway, remembered
from tests.api.liar import Act, Answering, Asked, Liar, Portal, honest, http, metadata, problem
from tests.fake_clock import FakeClock
from tests.keyrings import FileKeyring

ME = json.loads(
    """{"user": {"userId": "u-1", "name": "N", "email": "", "extension": ""}, "account": {"id": "a-1", "name": "A"},
    "accessLevel": "all", "managedGroups": [], "permissions": [], "timeZone": "UTC",
    "retention": {"months": 12, "archiving": false},
    "limits": {"maxConcurrentDownloads": 8, "maxPageSize": 500, "maxWindowDays": 31}}"""
)


def bearer(asked: Asked) -> str:
    return asked.headers.get("authorization", "").removeprefix("Bearer ")


def only(token: Callable[[], str]) -> Answering:
    """A resource that accepts one token."""

    def answer(asked: Asked) -> Iterable[bytes]:
        if bearer(asked) != token():
            return [problem(401, "token_expired")]
        return [honest(ME)]

    return answer


# Signing in


def test_by_password() -> None:
    vault = MemoryVault()
    with Portal(only(lambda: "access-1")) as portal:
        api = sign_in_password(doorway(portal.base, vault=vault), user="ana", password=Secret("right"))
        assert api.me().user.user_id == "u-1"
    assert vault.load() == Kept(SecretKind.REFRESH, "ana", Secret("refresh-1"))
    form = portal.asked[1].form
    assert (form["client_id"], form["scope"]) == ("mir-download-client", "recordings.read recordings.download")


def test_by_a_wrong_password_nothing_else_is_tried() -> None:
    vault = MemoryVault()
    with Portal(only(lambda: "")) as portal:
        with pytest.raises(WrongCredentials):
            sign_in_password(doorway(portal.base, vault=vault), user="ana", password=Secret("wrong"))
        assert [asked.path for asked in portal.asked].count("/auth/token") == 1
    assert vault.load() is None


def test_as_a_service_account() -> None:
    vault = MemoryVault()
    with Portal(only(lambda: "access-2")) as portal:
        api = sign_in_client(doorway(portal.base, vault=vault), client_id="nightly", secret=Secret("right"))
        assert api.me().user.user_id == "u-1", "the token of the sign-in was refused, and another one asked for"
        assert vault.load() == Kept(SecretKind.CLIENT, "nightly", Secret("right"))
        with pytest.raises(WrongCredentials):
            sign_in_client(doorway(portal.base), client_id="nightly", secret=Secret("wrong"))
        api.sign_out()
        assert portal.revoked == ["access-2"]
    assert vault.load() is None


def test_a_way_that_the_service_does_not_offer() -> None:
    with Liar(lambda _: [honest(metadata(liar.base) | {"grant_types_supported": ["authorization_code"]})]) as liar:
        with pytest.raises(SignInRefused):
            sign_in_password(doorway(liar.base), user="ana", password=Secret("p"))
        with pytest.raises(SignInRefused):
            sign_in_client(doorway(liar.base), client_id="c", secret=Secret("p"))
        assert len(liar.asked) == 2


NO_SERVICE = {
    "another service": honest(metadata("https://evil.example")),
    "a web site": http(b"<html>", media="text/html"),
    "not there": http(b"<html>", status=404, media="text/html"),
    "another API": honest({"hello": "world"}),
    "a redirect": http(b"", status=301, headers="Location: https://evil.example/\r\n"),
}


@pytest.mark.parametrize("what", NO_SERVICE)
def test_a_mistyped_address_is_told_at_once_and_no_password_goes_there(what: str, clock: FakeClock) -> None:
    with Liar(lambda _: [NO_SERVICE[what]]) as liar:
        door = doorway(liar.base, clock=clock)
        with pytest.raises(SignInRefused, match="no MIR service"):
            sign_in_password(door, user="ana", password=Secret("p"))
        with pytest.raises(SignInRefused, match="no MIR service"):
            sign_in_client(door, client_id="c", secret=Secret("p"))
        assert [asked.path for asked in liar.asked] == ["/.well-known/oauth-authorization-server"] * 2
    assert clock.waits == []


class Forgetful(MemoryVault):
    """A vault whose keyring is locked."""

    error: type[MirError] = KeyringUnavailable

    def keep(self, kept: Kept) -> None:
        raise self.error


class TooSmall(Forgetful):
    """A vault that is too small."""

    error = SecretTooLong


@pytest.mark.parametrize("vault", [Forgetful(), TooSmall()])
def test_what_cannot_be_kept_is_revoked_and_sign_in_refuses(vault: Forgetful) -> None:
    with Portal(only(lambda: "")) as portal:
        with pytest.raises(vault.error):
            sign_in_password(doorway(portal.base, vault=vault), user="ana", password=Secret("right"))
        assert portal.revoked == ["refresh-1"]


def test_nothing_is_kept() -> None:
    with Portal(only(lambda: "")) as portal:
        with pytest.raises(NotSignedIn):
            signed_in(doorway(portal.base))
        assert portal.asked == []


def test_sign_out_revokes_and_forgets() -> None:
    vault = remembered()
    with Portal(only(lambda: "access-1")) as portal:
        api = signed_in(doorway(portal.base, vault=vault))
        api.me()
        api.sign_out()
        assert portal.revoked == ["refresh-1"]
        assert vault.load() is None
        with pytest.raises(NotSignedIn):
            api.me()


def test_sign_out_forgets_also_when_the_service_does_not_hear() -> None:
    vault = remembered()
    with Liar(lambda _: [Act.CLOSE]) as liar:
        api = signed_in(doorway(liar.base, vault=vault))
        with pytest.raises(ConnectionLost):
            api.sign_out()
    assert vault.load() is None


# Renewing


def test_a_token_that_expired_in_mid_run_is_renewed_once_and_the_request_sent_once_more() -> None:
    vault = remembered()
    with Portal(only(lambda: f"access-{portal.refreshes}" if portal.refreshes != 1 else "none yet")) as portal:
        api = signed_in(doorway(portal.base, vault=vault))
        api.me()
        assert [bearer(asked) for asked in portal.asked if asked.path == "/me"] == ["access-1", "access-2"]
    kept = vault.load()
    assert kept is not None
    assert kept.secret == Secret("refresh-2")


def test_a_service_that_accepts_no_token_is_asked_twice_and_no_more() -> None:
    with Portal(only(lambda: "never")) as portal:
        api = signed_in(doorway(portal.base, vault=remembered()))
        with pytest.raises(SignInAgain):
            api.me()
        assert [asked.path for asked in portal.asked].count("/me") == 2
        assert portal.refreshes == 2


def test_many_threads_get_one_new_token_by_one_request() -> None:
    everybody = threading.Barrier(8)
    with Portal(only(lambda: "access-2")) as portal:
        api = signed_in(doorway(portal.base, vault=remembered()))
        old = api.access_token()
        found: list[Secret] = []

        def work() -> None:
            everybody.wait()
            found.append(api.renew(old))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [Secret("access-2")] * 8
        assert portal.refreshes == 2
        assert api.renew(old) == Secret("access-2"), "who comes late gets it too"
        assert portal.refreshes == 2


def test_a_token_is_renewed_shortly_before_its_end(clock: FakeClock) -> None:
    with Portal(only(lambda: "")) as portal:
        api = signed_in(doorway(portal.base, vault=remembered(), clock=clock))
        assert api.access_token() == Secret("access-1")
        clock.advance(3600 - 61)
        assert api.access_token() == Secret("access-1")
        clock.advance(2)
        assert api.access_token() == Secret("access-2")


def test_an_early_renewal_that_fails_leaves_the_old_token_in_use(clock: FakeClock) -> None:
    broken = threading.Event()

    def route(asked: Asked) -> Iterable[bytes | Act]:
        if asked.path == "/auth/token" and broken.is_set():
            return [Act.CLOSE]
        return Portal._route(portal, asked)

    with Portal(lambda _: []) as portal:
        portal._answer = route
        api = signed_in(doorway(portal.base, vault=remembered(), clock=clock))
        first = api.access_token()
        broken.set()
        clock.advance(3600 - 30)
        assert api.access_token() == first
        count = len(portal.asked)
        assert api.access_token() == first
        assert len(portal.asked) == count, "it is put off"
        clock.advance(31)
        with pytest.raises(ConnectionLost):
            api.access_token()
        broken.clear()
        assert api.access_token() == Secret("access-2")


def test_a_dead_sign_in_ends_for_everybody_and_nothing_else_is_tried(clock: FakeClock) -> None:
    vault = remembered("revoked")
    with Portal(only(lambda: "access-1")) as portal:
        api = signed_in(doorway(portal.base, vault=vault, clock=clock))
        errors: list[BaseException] = []

        def work() -> None:
            try:
                api.me()
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {type(error) for error in errors} == {SignInAgain}
        assert len(errors) == 6
        assert [asked.path for asked in portal.asked].count("/auth/token") == 1
        with pytest.raises(SignInAgain):
            api.access_token()
        assert [asked.path for asked in portal.asked].count("/auth/token") == 1
    assert vault.load() is None
    assert clock.waits == []


def test_a_service_account_that_is_no_longer_known_keeps_its_secret_but_is_asked_for_once() -> None:
    vault = MemoryVault()
    vault.keep(Kept(SecretKind.CLIENT, "nightly", Secret("changed")))
    with Portal(only(lambda: "")) as portal:
        api = signed_in(doorway(portal.base, vault=vault))
        with pytest.raises(WrongCredentials):
            api.me()
        with pytest.raises(SignInAgain):
            api.me()
        assert [asked.path for asked in portal.asked].count("/auth/token") == 1
    assert vault.load() is not None


@pytest.mark.expects_log("the renewed sign-in could not be kept .keyring_unavailable.")
def test_a_keyring_that_is_locked_in_mid_run_does_not_end_the_run() -> None:
    vault = remembered()
    locked = Forgetful()
    with Portal(only(lambda: f"access-{portal.refreshes}")) as portal:
        api = signed_in(doorway(portal.base, vault=vault))
        vault.keep = locked.keep  # type: ignore[method-assign]
        api.renew(api.access_token())
        del vault.keep
        api.renew(api.access_token())
        assert portal.refreshes == 3
    kept = vault.load()
    assert kept is not None
    assert kept.secret == Secret("refresh-3")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (problem(429, "rate_limited", headers="Retry-After: 12\r\n"), RateLimited),
        (problem(503, "maintenance", headers="Retry-After: 12\r\n"), ServiceUnavailable),
        (problem(500, "internal"), ServiceUnavailable),
        (http(b"<html>", media="text/html"), ProtocolBroken),
        (honest({"access_token": "a"}), ProtocolBroken),
    ],
)
def test_a_renewal_that_fails_holds_everybody_back(answer: bytes, expected: type[MirError], clock: FakeClock) -> None:
    def route(asked: Asked) -> Iterable[bytes]:
        return [honest(metadata(liar.base))] if asked.path != "/auth/token" else [answer]

    with Liar(route) as liar:
        door = doorway(liar.base, vault=remembered(), clock=clock)
        api = signed_in(door)
        with pytest.raises(expected):
            api.access_token()
        held = door.around.gate.closed_for(SIGN_IN)
        assert held == (12.0 if b"Retry-After" in answer else 1.0)
        with pytest.raises(expected):
            api.access_token()
        assert sum(clock.waits) == held, "it waited at the gate"


def test_a_closed_gate_that_stays_closed_is_told(clock: FakeClock) -> None:
    with Portal(only(lambda: "")) as portal:
        door = doorway(portal.base, vault=remembered(), clock=clock)
        door.around.gate.close(SIGN_IN, seconds=600, code="rate_limited")
        with pytest.raises(RateLimited):
            signed_in(door).access_token()
        assert portal.asked == []


# Processes


def test_the_lock_file_is_waited_for_until_stop(tmp_path: Path) -> None:
    lock_file = tmp_path / "state" / "profile.lock"
    lock_file.parent.mkdir()
    stop = threading.Event()
    outcome: list[BaseException] = []
    with Portal(only(lambda: "")) as portal:
        api = signed_in(doorway(portal.base, vault=remembered(), lock_file=lock_file, stop=stop))

        def work() -> None:
            try:
                api.access_token()
            except BaseException as error:
                outcome.append(error)

        with FileLock(lock_file):
            thread = threading.Thread(target=work)
            thread.start()
            stop.set()
            thread.join(5)
        assert [type(error) for error in outcome] == [Interrupted]
        assert portal.refreshes == 0
        stop.clear()
        assert api.access_token() == Secret("access-1")


def test_a_lock_file_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with Portal(only(lambda: "")) as portal:
        api = signed_in(doorway(portal.base, vault=remembered(), lock_file=tmp_path / "file" / "x.lock"))
        with pytest.raises(DiskFailed):
            api.access_token()


PROCESS = """
import sys, threading
from pathlib import Path
from download_client.api import Doorway, ServiceAddress, Surroundings, signed_in
from download_client.credentials import KeyringVault
from download_client.retry import Gate, SystemClock

base, lock_file = sys.argv[1:]
clock = SystemClock()
around = Surroundings(Gate(clock), clock, threading.Event())
vault = KeyringVault(service_url=base, profile="p")
api = signed_in(Doorway(ServiceAddress.parse(base), vault, Path(lock_file), around))
print("ready", flush=True)
sys.stdin.readline()
token = api.access_token()
for _ in range(3):
    token = api.renew(token)
print(api.me().user.user_id, flush=True)
"""


def test_many_processes_never_use_one_refresh_token_twice(tmp_path: Path, file_keyring: Path) -> None:
    """Each renews four times; a token used twice would be `invalid_grant` and end one of them."""
    with Portal(lambda _: [honest(ME)]) as portal:
        KeyringVault(service_url=portal.base, profile="p", backend=FileKeyring()).keep(  # type: ignore[no-untyped-call]  # untyped in keyring
            Kept(SecretKind.REFRESH, "ana", Secret("refresh-0"))
        )
        words = [sys.executable, "-c", PROCESS, portal.base, str(tmp_path / "p.lock")]
        processes = [
            subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60)[0] for process in processes]
        assert said == ["u-1\n"] * 3
        assert portal.refreshes == 12
        assert f"refresh-{portal.refreshes}" in file_keyring.read_text("utf-8")


# Secrets


def test_no_secret_is_shown_by_any_part(caplog: pytest.LogCaptureFixture) -> None:
    with Portal(only(lambda: "access-1")) as portal, caplog.at_level("DEBUG"):
        door: Doorway = doorway(portal.base, vault=remembered())
        api: Api = signed_in(door)
        api.me()
        shown = caplog.text + "".join(map(repr, (door, api, vars(api), vars(api._tokens))))
    for canary in ("access-1", "refresh-0", "refresh-1"):
        assert canary not in shown
