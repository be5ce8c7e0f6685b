"""settings and doctor: every value can be seen, changed and refused; every ill has its name and its advice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from download_client.settings import TABLE
from download_client.settings.source import FilePolicy
from tests.journeys.conftest import WINDOW
from tests.journeys.program import Program


def test_settings_are_shown_set_and_unset(program: Program) -> None:
    shown = program.here("settings", "--json", signs_in=False).json
    assert [each["name"] for each in shown["settings"]] == [setting.name for setting in TABLE]
    assert shown["problems"] == []
    assert {"start", "direction", "calling_number"} <= shown["templateFields"].keys()
    text = program.here("settings", signs_in=False).out
    for each in shown["settings"]:
        assert f"{each['name']} = {each['value']}  (" in text
        assert each["description"] in text

    changed = program.here("settings", "transfer.limit_rate", "2MB/s", "--json", signs_in=False).json
    assert changed["origin"] == "user"
    assert program.here("settings", "transfer.limit_rate", "--json", signs_in=False).json == changed
    assert "(yours)" in program.here("settings", "transfer.limit_rate", signs_in=False).out
    back = program.here("settings", "--unset", "transfer.limit_rate", "--json", signs_in=False).json
    assert back["origin"] == "default"
    assert program.here("settings", "--unset", "transfer.limit_rate", signs_in=False).code == 0


def test_a_template_is_shown_before_it_is_used(program: Program) -> None:
    ended = program.here("settings", "archive.name_template", "{start:%H.%M} {calling_number}", signs_in=False)
    assert ended.code == 0
    assert ".wav" in ended.err
    bad = program.here("settings", "archive.name_template", "{nobody}", "--json", signs_in=False)
    assert (bad.code, bad.json["error"]["code"]) == (2, "invalid_template")
    kept = program.here("settings", "archive.name_template", "--json", signs_in=False).json["value"]
    assert kept == "{start:%H.%M} {calling_number}"


def test_what_policy_fixed_cannot_be_changed(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = program.folder / "policy.toml"
    policy.write_text('transfer.concurrency = 2\nserver.url = "https://mir.example.com/mir/api/v1"\n')
    policy.chmod(0o644)
    owner = os.getuid() if hasattr(os, "getuid") else 0
    monkeypatch.setattr("download_client.settings.store.machine_policy", lambda: FilePolicy(policy, owner=owner))
    shown = program.here("settings", "transfer.concurrency", "--json", signs_in=False).json
    assert (shown["value"], shown["origin"]) == ("2", "policy")
    assert "fixed by your organisation" in program.here("settings", signs_in=False).out
    ended = program.here("settings", "transfer.concurrency", "9", "--json", signs_in=False)
    assert (ended.code, ended.json["error"]["code"]) == (2, "invalid_setting")
    ended = program.here("settings", "--unset", "transfer.concurrency", "--json", signs_in=False)
    assert ended.code == 2 or ended.json["value"] == "2", "what the policy says stays"


def test_bad_values_in_the_file_are_named_where_they_matter(program: Program) -> None:
    program.settings({"transfer.concurrency": "many", "no.such": 1, "retry.window": "1 s"})
    shown = program.here("settings", "--json", signs_in=False)
    assert shown.code == 0
    assert len(shown.json["problems"]) == 2
    used = program.here("pull", "--archive", str(program.archive), "--accept-risk", "--json")
    assert (used.code, used.json["error"]["code"]) == (2, "invalid_setting")
    assert "transfer.concurrency" in used.err
    assert program.here("whoami").code == 0, "who does not need it is not stopped by it"


def test_the_log_tells_as_much_as_was_asked(program: Program) -> None:
    log = program.home / "log" / "mir-download.log"

    def told(level: str) -> int:
        log.unlink(missing_ok=True)
        program.settings({"log.level": level, "retry.window": "1 s", "transfer.min_free_space": 0})
        with program.sandbox.fault("not-found", where={"route": "content"}):
            program.here("pull", "--archive", str(program.folder / level), "--accept-risk", *WINDOW)
        return log.stat().st_size if log.exists() else 0

    assert told("error") == 0
    assert told("info") > 0


# --- doctor -----------------------------------------------------------------------------------------------------------


def looks(program: Program, *words: str, signs_in: bool = False) -> tuple[int, dict[str, dict[str, Any]]]:
    ended = program.here("doctor", "--json", *words, signs_in=signs_in)
    assert ended.json["healthy"] == (ended.code == 0), ended.out
    return ended.code, {check["name"]: check for check in ended.json["checks"]}


def test_a_healthy_computer(signed_in: Program) -> None:
    signed_in.here("pull", "--archive", str(signed_in.archive), "--accept-risk", *WINDOW, signs_in=False)
    code, found = looks(signed_in, "--archive", str(signed_in.archive))
    assert code == 0
    assert list(found) == [*("program", "update", "settings", "keyring", "proxy", "service", "sign-in", "archive")]
    assert {name: check["health"] for name, check in found.items() if name != "archive"} == dict.fromkeys(
        ["program", "update", "settings", "keyring", "proxy", "service", "sign-in"], "good"
    )
    assert "ledger of" in found["archive"]["said"]


def spoil_settings(program: Program) -> None:
    program.settings({"transfer.concurrency": "many"})


def no_archive(program: Program) -> None:
    program.archive.mkdir()


def little_room(program: Program) -> None:
    program.here("pull", "--archive", str(program.archive), "--accept-risk", *WINDOW, signs_in=False)
    program.settings({"transfer.min_free_space": 10**14})


def no_access(program: Program) -> None:
    program.sandbox.grant(program.user.username, access_level="none")


def no_download(program: Program) -> None:
    program.sandbox.grant(program.user.username, permissions=["list"])


def away(program: Program) -> None:
    program.sandbox.fault("refuse")


def dead_sign_in(program: Program) -> None:
    program.sandbox.end_tokens(refresh=True, user=program.user.username)


def signed_out(program: Program) -> None:
    program.here("sign-out", signs_in=False)


def bad_ledger(program: Program) -> None:
    program.here("pull", "--archive", str(program.archive), "--accept-risk", *WINDOW, signs_in=False)
    (ledger,) = (program.home / "data" / "ledgers").glob("*.sqlite3")
    for side in ("-wal", "-shm"):
        ledger.with_name(ledger.name + side).unlink(missing_ok=True)
    ledger.write_bytes(b"not a ledger" * 1000)


@pytest.mark.parametrize(
    ("ill", "look", "health", "code"),
    [
        (spoil_settings, "settings", "bad", "invalid_setting"),
        (no_archive, "archive", "warning", ""),
        (little_room, "archive", "bad", "disk_full"),
        (no_access, "sign-in", "bad", "access_none"),
        (no_download, "sign-in", "bad", "download_not_permitted"),
        (away, "service", "bad", "offline"),
        (dead_sign_in, "sign-in", "bad", "sign_in_again"),
        (signed_out, "sign-in", "bad", "not_signed_in"),
        (bad_ledger, "archive", "bad", "ledger_corrupt"),
    ],
)
def test_an_ill_is_named(signed_in: Program, ill: Callable[[Program], None], look: str, health: str, code: str) -> None:
    sandbox = signed_in.sandbox
    try:
        ill(signed_in)
        ended, found = looks(signed_in, "--archive", str(signed_in.archive))
    finally:
        sandbox.clear()
        sandbox.grant(signed_in.user.username, access_level="all", permissions=["list", "replay", "download"])
    assert (found[look]["health"], found[look]["code"]) == (health, code)
    assert found[look]["advice"]
    assert ended == (1 if health == "bad" else ended)


def test_a_stranger_is_told_where_to_begin(program: Program) -> None:
    code, found = looks(program)
    assert code == 1
    assert (found["service"]["health"], found["sign-in"]["code"]) == ("bad", "not_signed_in")


# --- what is loaded ---------------------------------------------------------------------------------------------------


def test_only_what_is_needed_is_loaded(tmp_path: Path) -> None:
    script = (
        "import sys; import download_client.cli as cli\n"
        "heavy = {'PySide6', 'numpy', 'requests', 'rich', 'pycurl', 'keyring'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "for words in (['--help'], ['--version'], ['pull', '--help']):\n"
        "    assert cli.main(words) == 0\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    first = ended.stdout.splitlines()[0]
    assert "PySide6" not in first
    assert "numpy" not in first
    assert not {"PySide6", "numpy", "requests", "rich"} & set(eval(ended.stderr.splitlines()[-1]))  # noqa: S307 - ours
