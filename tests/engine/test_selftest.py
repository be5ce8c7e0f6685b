"""The look at this machine says of each part whether it works, and ends where nothing is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from download_client.cli.arguments import parser
from download_client.engine import selftest
from download_client.errors import ProtocolBroken
from tests.keyrings import MemoryKeyring


def test_what_this_machine_can_do(capsys: pytest.CaptureFixture[str], memory_keyring: MemoryKeyring) -> None:
    del memory_keyring
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--selftest"])
    found = json.loads(capsys.readouterr().out)
    assert {check["name"]: check["works"] for check in found["checks"]} == dict.fromkeys(
        ("program", "tls", "downloads", "keyring", "ledger", "locks", "long_paths", "time_zones"), True
    ), found
    assert (found["healthy"], ended.value.code) == (True, 0)


def test_what_raises_does_not_work_and_the_others_are_looked_at() -> None:
    def broken() -> str:
        raise ProtocolBroken("nonsense")

    def missing() -> str:
        raise ImportError("no such library")

    found = selftest.report("x", [("a", broken), ("b", missing), ("c", lambda: "well")])
    assert [check["works"] for check in found["checks"]] == [False, False, True]  # type: ignore[attr-defined]
    assert found["healthy"] is False


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    selftest.report("x", [look for look in selftest.headless() if look[0] != "keyring"])
    assert list(tmp_path.iterdir()) == []
