from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from mir_sandbox.audio import AudioLibrary
from mir_sandbox.calls import Call, Shelf, Sound, Span, State, Take, generate
from mir_sandbox.clock import add_months, utc_text, utc_text_ms
from mir_sandbox.people import AccessLevel, People, make_people
from mir_sandbox.sound import shelf_of
from tests.mir_sandbox.house import NOW

ZONE = "Europe/Berlin"
SPAN = Span(int(NOW.timestamp()), 12, ZONE)
Account = tuple[People, list[tuple[Call, list[Take]]]]


def account(*, seed: int = 7, count: int = 2000) -> Account:
    people = make_people(seed=seed, conversations=count, time_zone=ZONE)
    library = AudioLibrary()

    def describe(number: int, variant: int) -> Sound:
        described = library.describe(str(number), variant)
        return Sound(described.size, described.sha256, described.seconds)

    shelf = Shelf(shelf_of(library, tiny=False), describe)
    return people, list(generate(people, SPAN, shelf, seed=seed, count=count))


@pytest.fixture(scope="module")
def made() -> Account:
    return account()


def test_the_same_seed_gives_the_same_account(made: Account) -> None:
    assert account() == made
    assert account(seed=8)[1] != made[1]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 200, 1234])
def test_it_has_as_many_calls_as_asked_for(count: int) -> None:
    calls = account(count=count)[1]
    assert len(calls) == count
    assert [call.number for call, _ in calls] == list(range(1, count + 1))


def test_groups_come_in_every_shape(made: Account) -> None:
    people = made[0]
    shapes = {(min(len(group.managers), 2), min(len(group.members), 2)) for group in people.groups}
    assert {(2, 2), (1, 2), (0, 2), (1, 0), (0, 0)} <= shapes
    managers = {user_id for group in people.groups for user_id in group.managers}
    members = [user_id for group in people.groups for user_id in group.members]
    assert managers & set(members), "somebody manages one group and is a member of another"
    assert max(Counter(members).values()) > 1, "somebody is in two groups"
    assert any(not user.recorded and user.user_id in managers for user in people.users)
    assert {user.access for user in people.users} == set(AccessLevel)


def test_names_are_difficult(made: Account) -> None:
    names = [user.name for user in made[0].users] + [contact.name for contact in made[0].contacts]
    for part in ("ü", "山", "🎧", '"', "محمد", "\u202e", "<b>", "\n", "\t"):
        assert any(part in name for name in names), part
    for first in "=+@-":
        assert any(name.startswith(first) for name in names), first


def test_calls_are_between_inside_and_outside(made: Account) -> None:
    people, calls = made
    inside = len(people.users)
    for call, _ in calls:
        assert call.owner == (call.calling if call.outbound else call.called)
        assert (call.calling < inside) != (call.called < inside)
        assert call.seconds >= 2
        assert call.third is None or call.third >= inside
    assert {call.outbound for call, _ in calls} == {call.on_demand for call, _ in calls} == {False, True}
    assert any(call.third is not None for call, _ in calls)


def test_inside_numbers_have_the_portals_notation(made: Account) -> None:
    users = made[0].users
    assert all(user.phone_number == f"{user.unique_id}-{user.extension}" for user in users)
    assert len({user.unique_id for user in users}) == len({user.extension for user in users}) == len(users)


def test_there_are_calls_of_every_kind(made: Account) -> None:
    calls = made[1]
    takes = [take for _, several in calls for take in several]
    assert {0, 1, 2, 3} <= {len(several) for _, several in calls}
    assert {State.AVAILABLE, State.PROCESSING, State.MISSING} == {take.state for take in takes}
    assert any(take.pauses != "[]" for take in takes)
    assert len({take.variant for take in takes}) > 100
    twins = [(a.start, a.calling, a.called) == (b.start, b.calling, b.called) for (a, _), (b, _) in pairwise(calls)]
    assert sum(twins) >= 10


def test_calls_lie_over_the_whole_retention_and_recent_days_are_full(made: Account) -> None:
    starts = [call.start for call, _ in made[1]]
    now = SPAN.now
    assert starts == sorted(starts)
    assert max(starts) < now
    assert sum(start > now - 86_400 for start in starts) > 100
    expired = [start for start in starts if add_months(start, 12) <= now]
    assert 50 < len(expired) < 300
    assert any(0 < add_months(start, 12) - now < 3 * 3600 for start in starts), "about to expire"


def test_some_calls_arrive_late_and_nothing_happens_in_the_first_half_hour(made: Account) -> None:
    now_ms = SPAN.now * 1000
    delays = [call.available - (call.start + call.seconds) * 1000 for call, _ in made[1]]
    assert min(delays) > 0
    assert max(delays) > 40 * 3_600_000
    assert any(call.available > now_ms for call, _ in made[1])
    quiet = range(now_ms, now_ms + 1_800_000)
    assert not any(call.available in quiet for call, _ in made[1])
    assert not any(add_months(call.start, 12) * 1000 in quiet for call, _ in made[1])
    assert not any(take.ready in quiet for _, takes in made[1] for take in takes if take.ready)


def test_calls_lie_around_the_change_of_the_clocks(made: Account) -> None:
    zone = ZoneInfo(ZONE)
    local = [datetime.fromtimestamp(call.start, UTC).astimezone(zone) for call, _ in made[1]]
    october = [moment for moment in local if (moment.month, moment.day, moment.hour) == (10, 25, 2)]
    assert {moment.fold for moment in october} == {0, 1}


def test_a_demonstration_is_small(made: Account) -> None:
    sizes = [take.size for _, takes in made[1] for take in takes]
    assert 100_000 < sum(sizes) / len(sizes) < 200_000
    assert max(take.seconds for _, takes in made[1] for take in takes) > 100


def test_months_are_calendar_months() -> None:
    def months(text: str, number: int) -> str:
        return utc_text(add_months(int(datetime.fromisoformat(text).timestamp()), number))

    assert months("2025-11-20T09:14:07Z", 12) == "2026-11-20T09:14:07Z"
    assert months("2024-02-29T23:59:59Z", 12) == "2025-02-28T23:59:59Z"
    assert months("2026-03-31T00:00:00Z", -1) == "2026-02-28T00:00:00Z"
    assert months("2019-12-01T00:00:00Z", 84) == "2026-12-01T00:00:00Z"
    assert utc_text_ms(1_500) == "1970-01-01T00:00:01.500Z"
    assert utc_text_ms(-1_000) == "1969-12-31T23:59:59Z"
