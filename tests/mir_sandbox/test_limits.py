import pytest

from mir_sandbox.limits import Gate, Policy
from mir_sandbox.options import Limits, Rate
from mir_sandbox.people import Permission
from mir_sandbox.problems import Code, Problem
from tests.mir_sandbox.house import serving


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def refused(gate: Gate, policy: Policy = Policy.SEARCH, who: str = "a") -> int:
    """Seconds to wait."""
    with pytest.raises(Problem) as caught:
        gate.pass_through(policy, who)
    assert caught.value.code is Code.RATE_LIMITED
    assert caught.value.retry_after is not None
    return caught.value.retry_after


def headers(gate: Gate, who: str = "a") -> dict[bytes, bytes]:
    return dict(gate.pass_through(Policy.SEARCH, who))


def test_a_bucket_empties_and_fills() -> None:
    clock = Clock()
    gate = Gate(Limits(search=Rate(per_second=0.5, burst=3)), clock)
    left = [headers(gate)[b"ratelimit"] for _ in range(3)]
    assert left == [b'"search";r=2;t=2', b'"search";r=1;t=4', b'"search";r=0;t=6']
    assert refused(gate) == 2
    clock.now += 2
    assert headers(gate)[b"ratelimit-policy"] == b'"search";q=3;w=6'
    assert refused(gate) == 2


def test_a_request_inside_a_penalty_begins_it_anew() -> None:
    clock = Clock()
    gate = Gate(Limits(search=Rate(per_second=1, burst=1)), clock)
    headers(gate)
    for _ in range(5):
        assert refused(gate) == 1
        clock.now += 0.6
    clock.now += 0.4
    headers(gate)


def test_users_and_policies_have_buckets_of_their_own() -> None:
    gate = Gate(Limits(search=Rate(1, 1), content=Rate(1, 1)), Clock())
    headers(gate)
    headers(gate, who="b")
    gate.pass_through(Policy.CONTENT, "a")
    refused(gate)
    refused(gate, Policy.CONTENT)


def test_no_rate_is_no_limit() -> None:
    gate = Gate(Limits(search=Rate(0, 0)), Clock())
    assert [gate.pass_through(Policy.SEARCH, "a") for _ in range(1000)] == [[]] * 1000


def test_downloads_are_counted_by_user() -> None:
    gate = Gate(Limits(max_concurrent_downloads=1))
    gate.enter("a", Permission.DOWNLOAD)
    gate.enter("b", Permission.DOWNLOAD)
    with pytest.raises(Problem) as caught:
        gate.enter("a", Permission.DOWNLOAD)
    assert caught.value.code is Code.CONCURRENCY_LIMITED
    gate.leave("a", Permission.DOWNLOAD)
    gate.enter("a", Permission.DOWNLOAD)
    assert gate.downloads() == {"a": 1, "b": 1}


def test_replays_are_counted_of_all_users_and_beside_downloads() -> None:
    gate = Gate(Limits(max_concurrent_downloads=1, max_concurrent_replays=2))
    gate.enter("a", Permission.DOWNLOAD)
    gate.enter("a", Permission.REPLAY)
    gate.enter("b", Permission.REPLAY)
    with pytest.raises(Problem) as caught:
        gate.enter("c", Permission.REPLAY)
    assert caught.value.code is Code.CONCURRENCY_LIMITED
    gate.leave("b", Permission.REPLAY)
    gate.enter("c", Permission.REPLAY)
    assert gate.downloads() == {"a": 1}
    assert Limits().max_concurrent_replays == 40


def test_each_policy_answers_429() -> None:
    with serving(conversations=60) as house:
        conversation, take = house.available()[0]
        house.control(
            "POST",
            "/limits",
            {name: {"perSecond": 0.01, "burst": 1} for name in ("search", "content", "signIn")},
        )
        for method, path, policy in (
            ("GET", "/me", "search"),
            ("GET", f"/conversations/{conversation}/recordings/{take['id']}/content", "content"),
            ("POST", "/auth/token", "sign-in"),
        ):
            first = house.request(method, path, "all")
            assert first.status_code < 429
            assert first.headers["RateLimit"] == f'"{policy}";r=0;t=100'
            answer = house.request(method, path, "all")
            assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
            assert answer.headers["Retry-After"] == "100"
            assert answer.json()["retryAfterSeconds"] == 100
            assert answer.headers["RateLimit-Policy"] == f'"{policy}";q=1;w=100'
