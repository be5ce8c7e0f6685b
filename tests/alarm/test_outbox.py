"""What was told is kept: whole or not at all, bounded, and known again by its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from download_client.alarm import Letter, Message, Outbox, Standing, Way, identity, load, open_ways, save
from download_client.alarm.outbox import MOST_LETTERS
from download_client.errors import DiskError
from download_client.model import Channel, Outcome


def letter(message: Message, standing: Standing = Standing.MEANT) -> Letter:
    return Letter(message, {Channel.MAIL: Way(standing), Channel.DESKTOP: Way(Standing.DONE, tries=1)})


def test_it_comes_back_as_it_was(message: Message, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "box.json"
    assert load(path) == Outbox()
    box = Outbox(since=message.made_at, handled=3, missing=(message.day,)).with_letter(letter(message))
    save(path, box)
    assert load(path) == box
    assert box.knows(message.id)
    assert open_ways(box.letters[0]) == [Channel.MAIL]
    done = box.with_changed(box.letters[0].with_way(Channel.MAIL, Way(Standing.DONE)))
    assert open_ways(done.letters[0]) == []


@pytest.mark.parametrize("text", ["", "{", '{"format": "two"}', '{"letters": 5}', "\x00"])
def test_a_file_that_cannot_be_read_is_an_empty_box(tmp_path: Path, text: str) -> None:
    (tmp_path / "box.json").write_text(text)
    assert load(tmp_path / "box.json") == Outbox()


def test_what_is_done_is_forgotten_first(message: Message) -> None:
    box = Outbox()
    for number in range(MOST_LETTERS + 20):
        each = replace(message, id=str(number))
        box = box.with_letter(Letter(each, {Channel.MAIL: Way(Standing.MEANT if number < 5 else Standing.DONE)}))
    assert len(box.letters) == MOST_LETTERS
    assert [each.message.id for each in box.letters[:6]] == ["0", "1", "2", "3", "4", "25"]


def test_an_id_is_one_of_computer_schedule_day_and_outcome() -> None:
    day = date(2026, 11, 22)
    ids = {
        identity(computer=computer, key=key, outcome=outcome, day=each)
        for computer in ("a", "b")
        for key in ("x", "y")
        for outcome in Outcome
        for each in (day, day + timedelta(days=1))
    }
    assert len(ids) == 2 * 2 * 4 * 2
    again = identity(computer="a", key="x", outcome=Outcome.CLEAN, day=day)
    assert again in ids


def test_trouble_that_was_told_is_remembered(message: Message) -> None:
    box = Outbox().with_letter(letter(message))
    assert box.told_of_trouble((message.day,))
    assert not box.told_of_trouble((message.day + timedelta(days=1),))
    assert not Outbox().with_letter(letter(replace(message, outcome=Outcome.CLEAN))).told_of_trouble(message.days)


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskError):
        save(tmp_path / "file" / "box.json", Outbox())
