from pathlib import Path

import pytest

from mir_sandbox.options import SandboxOptions
from mir_sandbox.seals import BrokenSeal, NotSealed, Seal, Sealer
from mir_sandbox.serve import build
from mir_sandbox.store import StoreMismatch
from tests.mir_sandbox.house import Bearer, content_path, serving


def test_a_kept_store_remembers_everything(tmp_path: Path) -> None:
    kept = tmp_path / "account.db"
    with serving(conversations=80, store=kept) as house:
        tokens = house.sign_in("member")
        conversation, take = house.available()[0]
        house.control("POST", "/recordings", {"verb": "replace", "select": {"recordings": [take["id"]]}})
        house.control("POST", "/users/member", {"accessLevel": "all"})
        house.post("/saved-searches", "member", json={"name": "Mine", "criteria": {}})
        cursor = house.get("/changes", "all").json()["nextCursor"]
        replaced = house.get(content_path(conversation, take["id"]), "all").content
        truth = house.control("GET", "/truth?user=member")
    with serving(conversations=80, store=kept) as house:
        house.bearers["member"] = Bearer(tokens["access_token"])
        assert house.get("/me", "member").json()["accessLevel"] == "all"
        assert [row["name"] for row in house.get("/saved-searches", "member").json()["items"]] == ["Mine"]
        assert house.get(content_path(conversation, take["id"]), "member").content == replaced
        assert house.get("/changes", "all", params={"cursor": cursor}).status_code == 200
        assert house.control("GET", "/truth?user=member") == truth


def test_a_store_of_another_account_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "account.db"
    build(SandboxOptions(conversations=10, store=kept)).close()
    with pytest.raises(StoreMismatch, match="name another file"):
        build(SandboxOptions(conversations=11, store=kept))
    build(SandboxOptions(conversations=10, store=kept)).close()


def test_seals() -> None:
    sealer = Sealer(b"secret")
    token = sealer.close(Seal.PAGE, 1, "two", None, [3])
    assert sealer.open(Seal.PAGE, token) == [1, "two", None, [3]]
    with pytest.raises(NotSealed):
        sealer.open(Seal.CURSOR, token)
    for untrusted_token in ("", "p", "p.", "pabc", "x" + token):
        with pytest.raises(NotSealed):
            sealer.open(Seal.PAGE, untrusted_token)
    for untrusted_token in (token + "A", token[:3] + "x" + token[4:], "c" + token[1:]):
        with pytest.raises(BrokenSeal):
            sealer.open(Seal(untrusted_token[0]), untrusted_token)
    with pytest.raises(BrokenSeal):
        Sealer(b"other").open(Seal.PAGE, token)
