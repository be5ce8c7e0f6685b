"""The values in force: policy above the user's file above the defaults, and a file that loses nothing."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from download_client.errors import InvalidSetting
from download_client.settings import (
    TABLE,
    Given,
    Origin,
    Paths,
    Setting,
    Settings,
    table,
)
from tests.windows import makes_links


class Fixed:
    """A policy in memory."""

    def __init__(self, **values: object) -> None:
        self.values = {name.replace("__", "."): Given(value, f"policy: {name}") for name, value in values.items()}

    def read(self) -> dict[str, Given]:
        return self.values


@pytest.fixture
def paths() -> Paths:
    return Paths.of_user()


def load(paths: Paths, text: str | bytes | None = None, **policy: object) -> Settings:
    if text is not None:
        paths.config.mkdir(parents=True, exist_ok=True)
        paths.settings_file.write_bytes(text.encode() if isinstance(text, str) else text)
    return Settings.load(paths, policy=Fixed(**policy))


# --- reading ---------------------------------------------------------------------------------------------------------


def test_without_a_file_everything_is_as_the_table_says_and_nothing_is_written(paths: Paths, home: Path) -> None:
    settings = load(paths)
    for setting in TABLE:
        assert settings.get(setting) == setting.default
        assert settings.origin(setting) is Origin.DEFAULT
        assert settings.where(setting) == ""
    assert settings.problems == ()
    assert not home.exists()


def test_values_come_with_their_type_origin_and_place(paths: Paths) -> None:
    settings = load(
        paths, '[transfer]\n# why\nconcurrency = 8 # eight\nlimit_rate = "1.5 MB"\n[log]\nlevel = "debug"\n'
    )
    assert settings.get(table.CONCURRENCY) == 8
    assert settings.get("transfer.limit_rate") == 1_500_000
    assert settings.get(table.LOG_LEVEL) == "debug"
    assert settings.origin("transfer.concurrency") is Origin.USER
    assert settings.where("transfer.concurrency") == f"{paths.settings_file}:3"
    assert settings.where(table.LOG_LEVEL) == f"{paths.settings_file}:6"
    assert settings.shown("transfer.limit_rate") == "1.5 MB/s"
    assert type(settings.get(table.CONCURRENCY)) is int


@pytest.mark.parametrize(
    "text",
    [
        "transfer.concurrency = 8\n",
        "[transfer]\r\nconcurrency = 8\r\n",
        "transfer = { concurrency = 8 }\n",
        "[transfer]\n'concurrency' = 8",
        b"\xef\xbb\xbf[transfer]\nconcurrency = 8\n",
    ],
)
def test_every_way_to_write_it_is_read(paths: Paths, text: str | bytes) -> None:
    assert load(paths, text).get(table.CONCURRENCY) == 8


def test_policy_lies_above_the_user_and_the_user_above_the_default(paths: Paths) -> None:
    settings = load(paths, "[transfer]\nconcurrency = 8\n[search]\npage_size = 50\n", transfer__concurrency=2)
    assert (settings.get(table.CONCURRENCY), settings.origin(table.CONCURRENCY)) == (2, Origin.POLICY)
    assert settings.where(table.CONCURRENCY) == "policy: transfer__concurrency"
    assert (settings.get(table.PAGE_SIZE), settings.origin(table.PAGE_SIZE)) == (50, Origin.USER)
    assert settings.origin(table.PROXY) is Origin.DEFAULT


def test_unknown_names_are_reported_with_their_place_and_hurt_nobody(paths: Paths) -> None:
    settings = load(
        paths, "colour = 1\n[transfer]\nconcurency = 8\n[transfer.xyz]\nx = 1\n[other]\n", policy__unknown=1
    )
    assert settings.get(table.CONCURRENCY) == 4
    assert [str(problem) for problem in settings.problems] == [
        f"{paths.settings_file}:1: colour: there is no such setting",
        f"{paths.settings_file}:3: transfer.concurency: there is no such setting; did you mean transfer.concurrency?",
        f"{paths.settings_file}: transfer.xyz: there is no such setting",
        "policy: policy__unknown: policy.unknown: there is no such setting",
    ]


def test_a_bad_value_hurts_only_whoever_asks_for_it(paths: Paths) -> None:
    settings = load(paths, "[transfer]\nconcurrency = 99\n")
    with pytest.raises(InvalidSetting) as caught:
        settings.get(table.CONCURRENCY)
    assert caught.value.subject == "transfer.concurrency"
    assert caught.value.detail == f"99 is outside of 1 to 32 ({paths.settings_file}:2)"
    assert [problem.name for problem in settings.problems] == ["transfer.concurrency"]
    assert settings.shown(table.CONCURRENCY) == "99"
    assert settings.origin(table.CONCURRENCY) is Origin.USER
    assert settings.get(table.PAGE_SIZE) == 500


def test_a_bad_value_is_mended_by_setting_or_unsetting_it(paths: Paths) -> None:
    settings = load(paths, "[transfer]\nconcurrency = 99\n[search]\npage_size = 0\n")
    settings.set(table.CONCURRENCY, "6")
    settings.unset(table.PAGE_SIZE)
    assert settings.problems == ()
    assert (settings.get(table.CONCURRENCY), settings.get(table.PAGE_SIZE)) == (6, 500)


def test_a_policy_that_fixes_what_is_the_users_own_is_reported_and_not_followed(paths: Paths) -> None:
    settings = load(paths, csv__separator=";")
    assert settings.get(table.CSV_SEPARATOR) == ","
    assert [problem.name for problem in settings.problems] == ["csv.separator"]


def test_a_bad_policy_is_not_replaced_by_the_users_value(paths: Paths) -> None:
    settings = load(paths, '[network]\nproxy = "none"\n', network__proxy="nonsense")
    with pytest.raises(InvalidSetting, match="policy: network__proxy"):
        settings.get(table.PROXY)
    with pytest.raises(InvalidSetting, match="fixed by this computer's policy"):
        settings.set(table.PROXY, "none")


def test_an_unknown_name_is_an_error_everywhere(paths: Paths) -> None:
    settings = load(paths)
    for call in (settings.get, settings.shown, settings.origin, settings.where, settings.unset):
        with pytest.raises(InvalidSetting, match="no such setting"):
            call("no.such")
    with pytest.raises(InvalidSetting, match="no such setting"):
        settings.set("no.such", 1)


BROKEN = {
    "a word": (b"[transfer]\nconcurrency = eight\n", 2),
    "an open bracket": (b"\n\n[transfer\nconcurrency = 8\n", 3),
    "an open quote": (b'[log]\nlevel = "debug\n', 2),
    "a conflict": (b"<<<<<<< mine\n[log]\n", 1),
    "twice the same": (b"[log]\nlevel = 'info'\nlevel = 'debug'\n", None),
    "twice the same table": (b"[log]\n[log]\n", None),
    "another encoding": (b"[log]\n# caf\xe9\n", None),
    "utf-16": ("[log]\n".encode("utf-16"), None),
    "a control character": (b"[log]\nlevel = 'in\x00fo'\n", 2),
    "too large": (b"# " + b"x" * (1 << 20), None),
    "too deep": (b"x = " + b"[" * 50_000, None),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_its_line_and_never_overwritten(paths: Paths, case: str) -> None:
    content, line = BROKEN[case]
    good = load(paths, "")
    paths.settings_file.write_bytes(content)
    with pytest.raises(InvalidSetting) as caught:
        load(paths)
    assert str(paths.settings_file) in str(caught.value)
    if line is not None:
        assert caught.value.subject == f"{paths.settings_file}:{line}"
    with pytest.raises(InvalidSetting):
        good.set(table.CONCURRENCY, 8)
    with pytest.raises(InvalidSetting):
        good.unset(table.CONCURRENCY)
    assert paths.settings_file.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_named(paths: Paths) -> None:
    paths.settings_file.mkdir(parents=True)
    with pytest.raises(InvalidSetting) as caught:
        load(paths)
    assert caught.value.subject == str(paths.settings_file)


# --- writing ---------------------------------------------------------------------------------------------------------

COMMENTED = """\
# My settings.

[log]   # about the log
level = "debug" # for a while

# Slow line here.
[transfer]
limit_rate  =  "1 MB"   # evenings
# nothing more
"""


def test_a_change_keeps_comments_order_and_spaces(paths: Paths) -> None:
    settings = load(paths, COMMENTED)
    settings.set("transfer.limit_rate", "2 MB")
    assert paths.settings_file.read_text() == COMMENTED.replace('"1 MB"', '"2 MB/s"')
    assert settings.get(table.LIMIT_RATE) == 2_000_000
    settings.set(table.LOG_LEVEL, "info")
    settings.set(table.CONCURRENCY, 8)
    settings.set(table.TIME_ZONE, "Europe/Berlin")
    text = paths.settings_file.read_text()
    for comment in ("# My settings.", "# about the log", "# for a while", "# Slow line here.", "# evenings"):
        assert comment in text
    again = load(paths)
    assert again.get(table.CONCURRENCY) == 8
    assert again.get(table.TIME_ZONE) == "Europe/Berlin"
    assert again.problems == ()


def test_what_is_unset_leaves_the_rest(paths: Paths) -> None:
    settings = load(paths, COMMENTED)
    settings.unset(table.LOG_LEVEL)
    assert settings.origin(table.LOG_LEVEL) is Origin.DEFAULT
    assert settings.get(table.LIMIT_RATE) == 1_000_000
    assert "# Slow line here." in paths.settings_file.read_text()
    settings.unset(table.LOG_LEVEL)
    settings.unset(table.CSV_SEPARATOR)


@pytest.mark.parametrize(
    "text",
    [
        "transfer.concurrency = 8\nlog.level = 'info'\n",
        "transfer = { concurrency = 8 }\n",
        "[transfer]\nconcurrency = 8\n[log]\n[transfer.unknown]\nx = 1\n",
        "[transfer]\r\nconcurrency = 8\r\n",
        "[transfer]",
        "log.level = 'info'",
    ],
)
def test_a_change_finds_its_place_in_every_form(paths: Paths, text: str) -> None:
    settings = load(paths, text)
    for setting, value in ((table.CONCURRENCY, 9), (table.LIMIT_RATE, "3 MB/s"), (table.LOG_LEVEL, "error")):
        settings.set(setting, value)
    again = load(paths)
    assert (again.get(table.CONCURRENCY), again.get(table.LIMIT_RATE)) == (9, 3_000_000)
    assert again.get(table.LOG_LEVEL) == "error"
    for setting in (table.CONCURRENCY, table.LIMIT_RATE, table.LOG_LEVEL):
        again.unset(setting)
        assert again.origin(setting) is Origin.DEFAULT


def test_every_setting_can_be_set_by_text_and_comes_back(paths: Paths, tmp_path: Path) -> None:
    values = {
        "server.url": "https://mir.example/mir/api/v1",
        "archive.folder": str(tmp_path / "Anrufe ü"),
        "archive.folder_template": "{start:%Y}",
        "archive.name_template": 'a "quoted" {calling_name} \\ name',
        "archive.time_zone": "Asia/Kolkata",
        "csv.separator": ";",
        "csv.spreadsheet_safe": "true",
        "transfer.concurrency": "12",
        "transfer.limit_rate": "10 MB/s",
        "transfer.min_free_space": "5 GB",
        "replay.cache_size": "300 MB",
        "network.proxy": "http://proxy.example:3128",
        "network.ca_file": str(tmp_path / "ca.pem"),
        "network.connect_timeout": "20 s",
        "network.stall_timeout": "0.5 min",
        "retry.window": "1 h",
        "search.page_size": "100",
        "schedule.register": "no",
        "schedule.guard_days": "60",
        "housekeeping.keep_days": "400",
        "housekeeping.nightly": "yes",
        "housekeeping.hold": "yes",
        "alarm.desktop": "no",
        "alarm.system_log": "yes",
        "alarm.smtp_host": "mail.example.com",
        "alarm.smtp_port": "465",
        "alarm.smtp_security": "tls",
        "alarm.smtp_user": "nightly",
        "alarm.mail_from": "mir@example.com",
        "alarm.mail_to": "a@example.com, b@example.com",
        "alarm.mail_page": "no",
        "alarm.webhook_url": "https://hooks.example/x",
        "alarm.heartbeat_url": "https://beat.example/x",
        "alarm.missing_after": "6 h",
        "log.level": "warning",
        "window.appearance": "dark",
        "window.language": "de",
        "window.density": "compact",
        "account.profile": "Sales",
        "account.sign_in_ways": "browser, service",
        "update.check": "no",
        "update.url": "https://it.example.com/mir.json",
        "window.keep_awake": "no",
        "window.notify": "no",
        "window.on_close": "tray",
    }
    assert set(values) == {setting.name for setting in TABLE}
    settings = load(paths)
    for name, value in values.items():
        settings.set(name, value)
    again = load(paths)
    for name, value in values.items():
        assert again.get(name) == table.find(name).kind.parse(value)
        assert again.origin(name) is Origin.USER
    assert again.problems == ()


def test_a_bad_value_is_not_written(paths: Paths) -> None:
    settings = load(paths, COMMENTED)
    with pytest.raises(InvalidSetting) as caught:
        settings.set(table.CONCURRENCY, "many")
    assert caught.value.subject == "transfer.concurrency"
    assert paths.settings_file.read_text() == COMMENTED


def test_what_a_policy_fixes_cannot_be_set_but_the_own_value_can_be_dropped(paths: Paths) -> None:
    settings = load(paths, "[transfer]\nconcurrency = 8\n", transfer__concurrency=2)
    with pytest.raises(InvalidSetting, match="policy: transfer__concurrency"):
        settings.set(table.CONCURRENCY, 3)
    assert "concurrency = 8" in paths.settings_file.read_text()
    settings.unset(table.CONCURRENCY)
    assert settings.get(table.CONCURRENCY) == 2
    assert "concurrency" not in paths.settings_file.read_text()


def test_a_section_that_is_no_table_is_not_overwritten(paths: Paths) -> None:
    settings = load(paths, "transfer = 5\n")
    assert [problem.name for problem in settings.problems] == ["transfer"]
    with pytest.raises(InvalidSetting, match="must be a table"):
        settings.set(table.CONCURRENCY, 8)
    assert paths.settings_file.read_text() == "transfer = 5\n"


def test_a_failed_write_leaves_the_old_file_whole_and_nothing_beside_it(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load(paths, COMMENTED)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InvalidSetting, match="cannot be written"):
        settings.set(table.CONCURRENCY, 8)
    assert paths.settings_file.read_text() == COMMENTED
    assert settings.get(table.CONCURRENCY) == 4
    assert {file.name for file in paths.config.iterdir()} <= {"settings.toml", ".settings.toml.lock"}


def test_the_file_is_for_its_owner_alone(paths: Paths) -> None:
    load(paths).set(table.CONCURRENCY, 8)
    if os.name != "nt":
        assert stat.S_IMODE(paths.settings_file.stat().st_mode) == 0o600


@makes_links
def test_a_link_to_the_file_stays_a_link(paths: Paths, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "mine.toml"
    real.parent.mkdir()
    real.write_text(COMMENTED)
    paths.config.mkdir(parents=True)
    paths.settings_file.symlink_to(real)
    load(paths).set(table.CONCURRENCY, 8)
    assert paths.settings_file.is_symlink()
    assert "concurrency = 8" in real.read_text()


def test_two_who_change_different_settings_at_once_both_get_their_way(paths: Paths) -> None:
    values: list[tuple[Setting[Any], object]] = [
        (table.CONCURRENCY, 8),
        (table.PAGE_SIZE, 50),
        (table.LOG_LEVEL, "debug"),
        (table.CSV_SEPARATOR, ";"),
    ]
    together = threading.Barrier(len(values))
    failures: list[Exception] = []

    def change(setting: Setting[Any], value: object) -> None:
        try:
            mine = load(paths)
            together.wait()
            mine.set(setting, value)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=change, args=pair) for pair in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    settings = load(paths)
    assert [settings.get(setting.name) for setting, _ in values] == [value for _, value in values]
