"""The product and its files as WiX sources: nothing left out, and the same GUIDs in every version."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import Draft7Validator

from download_client.settings import POLICY_KEY, find
from installer import build, harvest, inside
from installer.winget.make import IDENTIFIER, manifests

INSTALLER = Path(build.__file__).parent
WIX = harvest.WIX


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A frozen folder in small."""
    made = tmp_path / "MIR Download Client"
    for name in (*harvest.PROGRAMS, "_internal/a.dll", "_internal/ui/b & c.qm", "licences/Ünicode.txt"):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return made


def read(source: Path) -> ElementTree.Element:
    return ElementTree.parse(source).getroot()  # noqa: S314 - our own


def tree_of(folder: Path) -> ElementTree.Element:
    return ElementTree.fromstring(harvest.harvest(folder))  # noqa: S314 - our own


def test_every_file_is_harvested_once_and_the_programs_are_the_products_own(folder: Path) -> None:
    tree = tree_of(folder)
    sources = [Path(file.attrib["Source"]) for file in tree.iter(f"{WIX}File")]
    wanted = {path for path in folder.rglob("*") if path.is_file() and path.name not in harvest.PROGRAMS}
    assert set(sources) == wanted
    assert len(sources) == len(wanted)
    components = {component.attrib["Id"] for component in tree.iter(f"{WIX}Component")}
    assert components == {ref.attrib["Id"] for ref in tree.iter(f"{WIX}ComponentRef")}
    assert all(re.fullmatch(r"[a-z][0-9a-f]{1,71}", each) for each in components)


def test_a_file_keeps_its_guid_whatever_is_in_it_or_beside_it(folder: Path) -> None:
    def guids() -> dict[str, str]:
        tree = tree_of(folder)
        return {each[0].attrib["Source"]: each.attrib["Guid"] for each in tree.iter(f"{WIX}Component")}

    before = guids()
    (folder / "_internal" / "a.dll").write_bytes(b"other")
    (folder / "_internal" / "new.dll").write_bytes(b"")
    after = guids()
    assert {source: after[source] for source in before} == before
    assert len(set(after.values())) == len(after)


def test_the_products_guids_are_those_of_their_places() -> None:
    product = read(INSTALLER / "product.wxs")
    (upgrade,) = (each.attrib["UpgradeCode"] for each in product.iter(f"{WIX}Product"))
    assert upgrade == harvest.guid("upgrade")
    assert [each.attrib["Id"] for each in product.iter(f"{WIX}Upgrade")] == [upgrade]
    places = {"Facts": "registry/install", "DesktopLink": "desktop", "CommandPath": "path"}
    for component in product.iter(f"{WIX}Component"):
        file, value = component.find(f"{WIX}File"), component.find(f"{WIX}RegistryValue")
        name = component.attrib["Id"]
        if file is not None:
            place = file.attrib["Name"]
        elif name in places:
            place = places[name]
        else:
            assert value is not None
            place = f"policy/{value.attrib['Name']}"
        assert component.attrib["Guid"] == harvest.guid(place), name


def test_what_is_given_is_written_as_policy_and_found_by_the_next_version() -> None:
    product = read(INSTALLER / "product.wxs")
    values = [value for value in product.iter(f"{WIX}RegistryValue") if value.attrib["Key"] == POLICY_KEY]
    assert {value.attrib["Name"] for value in values} == {
        "server.url", "archive.folder", "account.profile", "window.language", "update.check",
    }  # fmt: skip
    assert all(find(value.attrib["Name"]).by_policy for value in values)
    searched = {
        prop.attrib["Id"]: search.attrib["Name"]
        for prop in product.iter(f"{WIX}Property")
        for search in prop.iter(f"{WIX}RegistrySearch")
    }
    assert not searched.keys() & GIVEN.keys(), "a search would overrule the command line"
    conditions = {each.attrib["Action"]: str(each.text) for each in product.iter(f"{WIX}Custom")}
    set_by = {each.attrib["Id"]: each.attrib for each in product.iter(f"{WIX}CustomAction")}
    for given, name in GIVEN.items():
        (found,) = (each for each, searched_for in searched.items() if searched_for == name)
        (action,) = (key for key, each in set_by.items() if each["Property"] == given)
        assert set_by[action]["Value"] == (f"[{found}]" if given != "DISABLE_UPDATE_CHECK" else "1")
        assert found in conditions[action]
        assert f"NOT {given}" in conditions[action], "only where none is given"
        assert {given, found} <= set(build.secure_properties())
    assert conditions.keys() == set_by.keys()


GIVEN = {
    "MIR_URL": "server.url",
    "ARCHIVE_DIR": "archive.folder",
    "PROFILE": "account.profile",
    "LANGUAGE": "window.language",
    "DISABLE_UPDATE_CHECK": "update.check",
    "INSTALLDIR": "InstallDir",
}
"""The public properties, each with the registry value that remembers it."""


def test_identifiers_are_unique_and_such_as_windows_installer_takes(folder: Path) -> None:
    for root in (read(INSTALLER / "product.wxs"), tree_of(folder)):
        for kind in ("Component", "File", "Directory", "Shortcut", "Property", "RegistrySearch", "CustomAction"):
            names = [each.attrib["Id"] for each in root.iter(f"{WIX}{kind}")]
            assert len({name.casefold() for name in names}) == len(names)
            assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]{0,71}", name) for name in names)
        for component in root.iter(f"{WIX}Component"):
            assert component.attrib["Win64"] == "yes"
            assert [part.get("KeyPath") for part in component].count("yes") == 1, "it says what the component stands by"
            assert all(value.attrib["Root"] == "HKLM" for value in component.iter(f"{WIX}RegistryValue"))
    product = read(INSTALLER / "product.wxs")
    refs = [ref.attrib["Id"] for ref in product.iter(f"{WIX}ComponentRef")]
    assert sorted(refs) == sorted(each.attrib["Id"] for each in product.iter(f"{WIX}Component"))


def test_a_version_takes_the_place_of_older_ones_and_of_another_build_of_itself() -> None:
    product = read(INSTALLER / "product.wxs")
    older, newer = product.iter(f"{WIX}UpgradeVersion")
    assert (older.attrib["Maximum"], older.attrib["IncludeMaximum"], older.get("OnlyDetect")) == (
        "$(var.Version)", "yes", None,
    )  # fmt: skip
    assert (newer.attrib["Minimum"], newer.attrib["IncludeMinimum"], newer.get("OnlyDetect")) == (
        "$(var.Version)", "no", "yes",
    )  # fmt: skip
    assert f"NOT {newer.attrib['Property']}" in {each.text for each in product.iter(f"{WIX}Condition")}
    (removal,) = product.iter(f"{WIX}RemoveExistingProducts")
    assert removal.attrib == {"After": "InstallInitialize"}, "within the transaction"
    (mode,) = (each for each in product.iter(f"{WIX}Property") if each.attrib["Id"] == "REINSTALLMODE")
    assert "a" in mode.attrib["Value"], "files of a lower version too, or they are gone with the older version"


def test_a_build_can_be_compared(folder: Path) -> None:
    one = build.digest(folder)
    assert build.digest(folder) == one
    (folder / "_internal" / "a.dll").rename(folder / "_internal" / "b.dll")
    assert build.digest(folder) != one


def test_the_bill_names_what_is_inside_and_what_that_carries(folder: Path) -> None:
    import filelock
    import soundfile

    parts = inside.fill([str(filelock.__file__), str(soundfile.__file__)], folder)
    names = [part.name for part in parts]
    assert names == ["Python", "filelock", "soundfile", "libsndfile"]
    assert (folder / "licences" / "LGPL-3.txt").exists()
    assert list((folder / "licences").glob("filelock-*/LICENSE*"))
    assert build.version_of(folder)
    bill = inside.bill(parts)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert inside.bill(parts) == bill, "the same parts, the same bill"


def test_nothing_is_signed_without_a_certificate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MIR_SIGN_PFX", "MIR_SIGN_THUMBPRINT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match="no certificate"):
        build.sign([folder / harvest.PROGRAMS[0]])


def manifest(kind: str, needed: dict[str, object], **others: object) -> dict[str, object]:
    """The rules of one kind of manifest, after the schemas 1.12.0 of winget-cli: of their fields, those used here."""
    same: dict[str, object] = {
        "PackageIdentifier": {
            "type": "string",
            "pattern": r"^[^.\s\\/:*?\"<>|]{1,32}(\.[^.\s\\/:*?\"<>|]{1,32}){1,7}$",
        },
        "PackageVersion": {"type": "string", "pattern": r"^[^\\/:*?\"<>|]{1,128}$"},
        "ManifestType": {"const": kind},
        "ManifestVersion": {"const": "1.12.0"},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*same, *needed],
        "properties": same | needed | others,
    }


def text(least: int, most: int) -> dict[str, object]:
    return {"type": "string", "minLength": least, "maxLength": most}


CODE = {"type": "string", "pattern": r"^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$"}
LOCALE = {"type": "string", "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*$", "maxLength": 20}
MANIFESTS = {
    "version": manifest("version", {"DefaultLocale": LOCALE}),
    "defaultLocale": manifest(
        "defaultLocale",
        {
            "PackageLocale": LOCALE,
            "Publisher": text(2, 256),
            "PackageName": text(2, 256),
            "License": text(3, 512),
            "ShortDescription": text(3, 256),
        },
    ),
    "installer": manifest(
        "installer",
        {
            "Installers": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["Architecture", "InstallerUrl", "InstallerSha256"],
                    "properties": {
                        "Architecture": {"enum": ["x86", "x64", "arm", "arm64", "neutral"]},
                        "InstallerUrl": {"type": "string", "pattern": "^https?://.+$", "maxLength": 2048},
                        "InstallerSha256": {"type": "string", "pattern": "^[A-Fa-f0-9]{64}$"},
                    },
                },
            }
        },
        InstallerLocale=LOCALE,
        Platform={"type": "array", "uniqueItems": True, "items": {"enum": ["Windows.Desktop", "Windows.Universal"]}},
        MinimumOSVersion={"type": "string", "pattern": r"^[0-9]{1,5}(\.[0-9]{1,5}){0,3}$"},
        InstallerType={"enum": ["msi", "wix"]},
        Scope={"enum": ["user", "machine"]},
        UpgradeBehavior={"enum": ["install", "uninstallPrevious", "deny"]},
        ElevationRequirement={"enum": ["elevationRequired", "elevationProhibited", "elevatesSelf"]},
        InstallerSwitches={
            "type": "object",
            "additionalProperties": False,
            "properties": {"InstallLocation": text(1, 512)},
        },
        ProductCode=CODE,
        AppsAndFeaturesEntries={
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"ProductCode": CODE, "UpgradeCode": CODE},
            },
        },
    ),
}


def test_the_manifests_for_winget_are_what_their_schema_wants_and_agree_with_the_product() -> None:
    code = "{CFAF6B8D-BD73-49FE-A22B-8F5EE60B03DF}"
    files = manifests(version="1.2.3", url="https://it.example.com/client.msi", sha256="ab" * 32, product_code=code)
    read_back = {name: yaml.safe_load(content) for name, content in files.items()}
    for each in read_back.values():
        Draft7Validator(MANIFESTS[each["ManifestType"]]).validate(each)
    assert [each["ManifestType"] for each in read_back.values()] == ["version", "installer", "defaultLocale"]
    assert {(each["PackageIdentifier"], each["PackageVersion"]) for each in read_back.values()} == {
        (IDENTIFIER, "1.2.3")
    }
    installer = read_back[f"{IDENTIFIER}.installer.yaml"]
    assert (installer["ProductCode"], installer["Installers"][0]["InstallerSha256"]) == (code, "AB" * 32)
    product = (INSTALLER / "product.wxs").read_text("utf-8")
    assert installer["AppsAndFeaturesEntries"][0]["UpgradeCode"].strip("{}") in product
    assert installer["InstallerSwitches"]["InstallLocation"].partition("=")[0] in GIVEN
    build_number = installer["MinimumOSVersion"].split(".")[2]
    assert f"WINDOWS_BUILD &gt;= {build_number})" in product
    locale = read_back[f"{IDENTIFIER}.locale.en-US.yaml"]
    assert f'Name="{locale["PackageName"]}"' in product
    assert f'Manufacturer="{locale["Publisher"]}"' in product
