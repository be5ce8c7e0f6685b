"""The table of settings says everything about each line, and each line holds to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.archive.values import Style
from download_client.errors import InvalidSetting
from download_client.settings import TABLE, Setting, find, table
from tests.windows import WINDOWS

EVERY = pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)


def test_these_settings_there_are() -> None:
    assert [setting.name for setting in TABLE] == [
        "server.url",
        "account.profile",
        "account.sign_in_ways",
        "archive.folder",
        "archive.folder_template",
        "archive.name_template",
        "archive.time_zone",
        "csv.separator",
        "csv.spreadsheet_safe",
        "transfer.concurrency",
        "transfer.limit_rate",
        "transfer.min_free_space",
        "replay.cache_size",
        "network.proxy",
        "network.ca_file",
        "network.connect_timeout",
        "network.stall_timeout",
        "retry.window",
        "search.page_size",
        "schedule.register",
        "schedule.guard_days",
        "housekeeping.keep_days",
        "housekeeping.nightly",
        "housekeeping.hold",
        "alarm.desktop",
        "alarm.system_log",
        "alarm.smtp_host",
        "alarm.smtp_port",
        "alarm.smtp_security",
        "alarm.smtp_user",
        "alarm.mail_from",
        "alarm.mail_to",
        "alarm.mail_page",
        "alarm.webhook_url",
        "alarm.heartbeat_url",
        "alarm.missing_after",
        "update.check",
        "update.url",
        "log.level",
        "window.appearance",
        "window.language",
        "window.density",
        "window.keep_awake",
        "window.notify",
        "window.on_close",
    ]


@EVERY
def test_each_line_explains_itself(setting: Setting[Any]) -> None:
    assert setting.doc.endswith(".")
    assert setting.doc.count(". ") == 0, "one sentence"
    assert setting.kind.range
    assert setting.name == f"{setting.section}.{setting.key}"
    assert find(setting.name) is setting


@EVERY
def test_each_default_is_a_good_value_and_survives_being_written(setting: Setting[Any]) -> None:
    if setting.default not in (None, ""):
        assert setting.kind.parse(setting.default) == setting.default
    assert setting.kind.parse(setting.kind.show(setting.default)) == setting.default
    assert setting.kind.parse(setting.kind.toml(setting.default)) == setting.default


def test_every_constant_is_in_the_table() -> None:
    assert {value for value in vars(table).values() if isinstance(value, Setting)} == set(TABLE)


def test_the_templates_are_those_of_an_archive_without_settings() -> None:
    assert (table.FOLDER_TEMPLATE.default, table.NAME_TEMPLATE.default) == (Style().folder, Style().name)


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("server.url", "https://mir.example/mir/api/v1/", "https://mir.example/mir/api/v1"),
        ("server.url", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("server.url", "https://[::1]:8443/x", "https://[::1]:8443/x"),
        ("server.url", "", ""),
        ("archive.folder", "", None),
        ("archive.time_zone", "Account", "account"),
        ("archive.time_zone", "Europe/Berlin", "Europe/Berlin"),
        ("archive.time_zone", "UTC", "UTC"),
        ("csv.separator", ";", ";"),
        ("alarm.smtp_host", "Mail.Example.COM", "mail.example.com"),
        ("alarm.smtp_host", "127.0.0.1", "127.0.0.1"),
        ("alarm.smtp_host", "", ""),
        ("alarm.mail_to", "a@example.com, b@example.org,a@example.com", ("a@example.com", "b@example.org")),
        ("alarm.mail_to", "", ()),
        ("alarm.webhook_url", "https://hooks.example/x?key=1", "https://hooks.example/x?key=1"),
        ("alarm.heartbeat_url", "http://127.0.0.1:8080/ping", "http://127.0.0.1:8080/ping"),
        ("alarm.missing_after", "6 h", 21_600.0),
        ("csv.spreadsheet_safe", "Yes", True),
        ("csv.spreadsheet_safe", 1, True),
        ("csv.spreadsheet_safe", "off", False),
        ("csv.spreadsheet_safe", False, False),
        ("transfer.concurrency", "8", 8),
        ("transfer.concurrency", 1, 1),
        ("transfer.concurrency", 32, 32),
        ("transfer.limit_rate", "10MB", 10_000_000),
        ("transfer.limit_rate", "1.5 MB/s", 1_500_000),
        ("transfer.limit_rate", "Unlimited", None),
        ("transfer.limit_rate", None, None),
        ("transfer.limit_rate", 1000, 1000),
        ("transfer.min_free_space", "1.5 GB", 1_500_000_000),
        ("transfer.min_free_space", 0, 0),
        ("network.proxy", "System", "system"),
        ("network.proxy", "none", "none"),
        ("network.proxy", "http://proxy.example:8080", "http://proxy.example:8080"),
        ("network.proxy", "http://anna@proxy.example:1080", "http://anna@proxy.example:1080"),
        ("network.connect_timeout", "30 s", 30.0),
        ("network.connect_timeout", 2.5, 2.5),
        ("network.stall_timeout", "1 min", 60.0),
        ("retry.window", "1 d", 86_400.0),
        ("retry.window", 0, 0.0),
        ("search.page_size", 500, 500),
        ("log.level", "DEBUG", "debug"),
        ("archive.name_template", " {start} ", "{start}"),
    ],
)
def test_good_values(name: str, given: object, value: object) -> None:
    parsed = find(name).kind.parse(given)
    assert parsed == value
    assert type(parsed) is type(value)


# Windows takes any name for that of a user.
HOMELESS = [] if WINDOWS else [("archive.folder", "~nobody-of-that-name/x", "home folder")]
BAD: list[tuple[str, object, str]] = [
    ("account.profile", "-x", "letters"),
    ("account.sign_in_ways", "browser, letter", "one or more of"),
    ("account.sign_in_ways", "", "one or more of"),
    ("update.check", "perhaps", "true or false"),
    ("update.url", "ftp://x", "https://"),
    *HOMELESS,
    ("server.url", "mir.example", "https://"),
    ("server.url", "ftp://mir.example", "https://"),
    ("server.url", "https://", "https://"),
    ("server.url", "https://mir.example:99999", "https://"),
    ("server.url", "https://[::1", "https://"),
    ("server.url", "https://mir example", "https://"),
    ("server.url", "https://anna:canary@mir.example", "no user"),
    ("server.url", "https://mir.example/?token=canary", "no question mark"),
    ("server.url", 7, "text is wanted"),
    ("schedule.guard_days", 0, "1 to 3660"),
    ("housekeeping.keep_days", "never", "a whole number"),
    ("housekeeping.keep_days", 0, "1 to 36500"),
    ("housekeeping.nightly", "perhaps", "true or false"),
    ("housekeeping.hold", 2, "true or false"),
    ("archive.folder", "recordings", "whole path"),
    ("archive.folder", "/x\n/y", "cannot be printed"),
    ("archive.folder", "/x" * 600, "too long"),
    ("archive.folder_template", " ", "empty"),
    ("archive.name_template", ["a"], "text is wanted"),
    ("archive.time_zone", "Berlin", "no time zone"),
    ("archive.time_zone", "../etc/passwd", "no time zone"),
    ("archive.time_zone", "Europe", "no time zone"),
    ("archive.time_zone", "", "no time zone"),
    ("csv.separator", "\t", "cannot be printed"),
    ("csv.separator", "|", "is not"),
    ("csv.spreadsheet_safe", "maybe", "true or false"),
    ("csv.spreadsheet_safe", 2, "true or false"),
    ("csv.spreadsheet_safe", [], "true or false"),
    ("transfer.concurrency", 0, "1 to 32"),
    ("transfer.concurrency", 33, "1 to 32"),
    ("transfer.concurrency", "-1", "whole number"),
    ("transfer.concurrency", "4.0", "whole number"),
    ("transfer.concurrency", 4.0, "whole number"),
    ("transfer.concurrency", True, "whole number"),
    ("transfer.concurrency", "9" * 5000, "whole number"),
    ("transfer.concurrency", 10**4000, "1 to 32"),
    ("transfer.limit_rate", 999, "outside"),
    ("transfer.limit_rate", "10 M", "unknown unit"),
    ("transfer.limit_rate", "1,5 MB", "number with a unit"),
    ("transfer.limit_rate", -1, "number with a unit"),
    ("transfer.limit_rate", {"a": 1}, "a table"),
    ("transfer.min_free_space", "200 TB", "outside"),
    ("replay.cache_size", "2 TB", "outside"),
    ("transfer.min_free_space", float("nan"), "number with a unit"),
    ("transfer.min_free_space", float("inf"), "outside"),
    ("transfer.min_free_space", 10**400, "outside"),
    ("network.proxy", "proxy.example:8080", "address"),
    ("network.proxy", "http://anna:canary@proxy.example:8080", "password"),
    ("network.proxy", "http://anna:@proxy.example:8080", "password"),
    ("network.proxy", "http://anna:canary@proxy.example:x", "address"),
    ("network.proxy", "", "address"),
    ("network.ca_file", "ca.pem", "whole path"),
    ("network.connect_timeout", "0 s", "outside"),
    ("network.connect_timeout", "10 minutes", "unknown unit"),
    ("network.stall_timeout", 601, "outside"),
    ("network.stall_timeout", True, "number with a unit"),
    ("retry.window", "2 d", "outside"),
    ("search.page_size", 501, "1 to 500"),
    ("log.level", "verbose", "error or warning or info or debug"),
    ("log.level", None, "text is wanted"),
    ("schedule.register", "perhaps", "true or false"),
    ("alarm.desktop", "perhaps", "true or false"),
    ("alarm.system_log", 2, "true or false"),
    ("alarm.smtp_host", "mail.example.com:587", "port"),
    ("alarm.smtp_host", "mail server", "no name"),
    ("alarm.smtp_port", 0, "1 to 65535"),
    ("alarm.smtp_security", "none", "starttls or tls"),
    ("alarm.smtp_user", 5, "text is wanted"),
    ("alarm.mail_from", "nobody", "name@example.com"),
    ("alarm.mail_to", "a@example.com, b", "name@example.com"),
    ("alarm.mail_to", "a@example.com\nBcc: b@example.com", "cannot be printed"),
    ("alarm.mail_to", ",".join(f"a{n}@example.com" for n in range(21)), "at most 20"),
    ("alarm.mail_page", "perhaps", "true or false"),
    ("alarm.webhook_url", "http://hooks.example/x", "https"),
    ("alarm.webhook_url", "https://anna:canary@hooks.example/x", "no user"),
    ("alarm.heartbeat_url", "http://localhost/x", "127.0.0.1"),
    ("alarm.missing_after", "5 min", "outside"),
    ("window.appearance", "pink", "system or light or dark"),
    ("window.language", "German", "code of a language"),
    ("window.density", "airy", "comfortable or compact"),
    ("window.keep_awake", "perhaps", "true or false"),
    ("window.notify", "perhaps", "true or false"),
    ("window.on_close", "explode", "ask or tray or stop"),
]


@pytest.mark.parametrize(("name", "given", "words"), BAD)
def test_bad_values_are_refused_with_a_sentence_that_tells_no_secret(name: str, given: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        find(name).kind.parse(given)
    assert "canary" not in str(caught.value)
    assert len(str(caught.value)) < 1200


def test_every_setting_has_a_bad_value_in_the_list() -> None:
    assert {name for name, _, _ in BAD} == {setting.name for setting in TABLE}


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert table.ARCHIVE_FOLDER.kind.parse("~/Recordings") == tmp_path / "Recordings"


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(InvalidSetting, match=r"did you mean transfer\.limit_rate"):
        find("transfer.limitrate")
    with pytest.raises(InvalidSetting) as caught:
        find("x" * 100_000)
    assert len(str(caught.value)) < 300


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=2)
)


@EVERY
@hypothesis.settings(max_examples=40)
@given(value=VALUES)
def test_any_value_is_good_or_refused_and_what_is_good_survives(setting: Setting[Any], value: object) -> None:
    try:
        parsed = setting.kind.parse(value)
    except ValueError:
        return
    assert setting.kind.parse(setting.kind.toml(parsed)) == parsed
    assert setting.kind.parse(setting.kind.show(parsed)) == parsed
