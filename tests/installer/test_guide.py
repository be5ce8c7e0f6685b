"""The guide for IT says of the MSI what the MSI has."""

from __future__ import annotations

import re

from download_client.settings import TABLE
from installer import build, harvest
from tests.installer.test_product import GIVEN, INSTALLER, WIX, read

GUIDE = (INSTALLER.parent / "docs" / "guide-it.md").read_text("utf-8")
CHECKLIST = (INSTALLER.parent / "docs" / "windows-checklist.md").read_text("utf-8")


def commands(language: str) -> list[str]:
    """The lines of its blocks in a language."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def test_its_properties_and_features_are_those_of_the_product() -> None:
    product = read(INSTALLER / "product.wxs")
    told = re.findall(r"^\| `([A-Z_]+)[=0-9]*` \|", GUIDE, re.MULTILINE)
    assert sorted(told) == sorted([*GIVEN, "ADDLOCAL"])
    features = {each.attrib["Id"] for each in product.iter(f"{WIX}Feature")}
    (line,) = re.findall(r"(?m)^Features: .*$", GUIDE)
    assert set(re.findall(r"`([A-Z]\w+)`", line)) == features
    assert all(f"`{setting}`" in GUIDE for setting in GIVEN.values() if setting)


def test_its_commands_name_properties_programs_and_values_that_there_are() -> None:
    batch = commands("bat")
    given = {name for line in batch for name in re.findall(r" ([A-Z_]+)=", line)}
    assert given
    assert given <= set(build.secure_properties())
    programs = {name for line in batch for name in re.findall(r"MIR Download Client\\([^\"\\]+\.exe)\"", line)}
    assert programs == set(harvest.PROGRAMS)
    product = read(INSTALLER / "product.wxs")
    assert {each.attrib["Name"] for each in product.iter(f"{WIX}Product")} == {"MIR Download Client"}
    assert "DisplayName') -eq 'MIR Download Client'" in "\n".join(commands("powershell"))
    assert "Version" in {each.attrib["Name"] for each in product.iter(f"{WIX}RegistryValue")}, "the detection rule's"


def test_every_command_of_windows_is_on_the_checklist() -> None:
    """They cannot be run here."""
    for word in ("msiexec /i", "/famus", "/x client.msi", "by name", "Get-AuthenticodeSignature", "--selftest", ".mst"):
        assert word in GUIDE, word
        assert word in CHECKLIST, word


def test_its_table_of_policies_is_whole() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (`.*) \|$", GUIDE, re.MULTILINE)
    told = [f"{section}.{name}" for section, names in rows for name in re.findall(r"`(\w+)`", names)]
    assert told == [setting.name for setting in TABLE if setting.by_policy]


def test_its_exit_codes_are_told_once_each() -> None:
    codes = re.findall(r"^\| (\d+) \| ", GUIDE, re.MULTILINE)
    assert len(set(codes)) == len(codes)
    assert {"0", "1602", "1603", "1605", "1618", "1619", "1633", "1638", "1641", "3010"} == set(codes)
