"""The product and its files as WiX sources: nothing left out, and the same GUIDs in every version."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from jsonschema import Draft7Validator

from download_client.settings import POLICY_KEY, find
from installer import build, harvest, inside
from installer.carried import PYTHON, WHEELS, Library
from installer.winget.make import IDENTIFIER, manifests
from tests.installer.wix_schema import WIX3

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


def test_what_is_given_is_policy_and_found_by_the_next_version() -> None:
    product = read(INSTALLER / "product.wxs")
    values = [value for value in product.iter(f"{WIX}RegistryValue") if value.attrib["Key"] == POLICY_KEY]
    assert {value.attrib["Name"] for value in values} == {
        "server.url", "archive.folder", "account.profile", "window.language", "update.check",
    }  # fmt: skip
    assert all(find(value.attrib["Name"]).by_policy for value in values)
    facts = r"SOFTWARE\MIR Download Client"
    searched = {
        prop.attrib["Id"]: search.attrib["Name"]
        for prop in product.iter(f"{WIX}Property")
        for search in prop.iter(f"{WIX}RegistrySearch")
        if search.attrib["Key"] == facts
    }
    assert not searched.keys() & GIVEN.keys(), "a search would overrule the command line"
    conditions = {each.attrib["Action"]: str(each.text) for each in product.iter(f"{WIX}Custom")}
    set_by = {each.attrib["Id"]: each.attrib for each in product.iter(f"{WIX}CustomAction")}
    for given, setting in GIVEN.items():
        remembered = given if setting else "InstallDir"
        (found,) = (each for each, name in searched.items() if name == remembered)
        (action,) = (key for key, each in set_by.items() if each["Property"] == given)
        assert set_by[action]["Value"] == f"[{found}]"
        assert conditions[action] == f"{found} AND NOT {given}", "only where none is given"
        assert {given, found} <= set(build.secure_properties())
        (component,) = (
            each for each in product.iter(f"{WIX}Component")
            if any(value.get("Name") == remembered for value in each.iter(f"{WIX}RegistryValue"))
        )  # fmt: skip
        written = {(value.attrib["Key"], value.attrib["Name"]) for value in component.iter(f"{WIX}RegistryValue")}
        assert (facts, remembered) in written
        assert not setting or (POLICY_KEY, setting) in written
        assert not setting or str(component.findtext(f"{WIX}Condition")).startswith(given), "only where it is given"
    assert conditions.keys() == set_by.keys()


GIVEN = {
    "MIR_URL": "server.url",
    "ARCHIVE_DIR": "archive.folder",
    "PROFILE": "account.profile",
    "LANGUAGE": "window.language",
    "DISABLE_UPDATE_CHECK": "update.check",
    "INSTALLDIR": "",
}
"""The public properties, each with the setting that it fixes."""


def test_the_sources_are_what_wix_3_takes(folder: Path) -> None:
    for root in (read(INSTALLER / "product.wxs"), tree_of(folder)):
        assert WIX3.faults(root) == []
    broken = read(INSTALLER / "product.wxs")
    next(broken.iter(f"{WIX}Media")).set("CompressionLevels", "high")
    assert WIX3.faults(broken) == ["/Wix/Product/Media: CompressionLevels='high'"]
    product = read(INSTALLER / "product.wxs")
    public = [each.attrib["Id"] for each in product.iter(f"{WIX}Property") if each.get("Secure") == "yes"]
    assert [name for name in public if name.upper() != name] == [], "only such are passed on, and searched for"
    assert next(iter(product))[0].tag == f"{WIX}Package", "first of all"


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


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with licences and bill, made of a few files of a few wheels."""
    made = tmp_path_factory.mktemp("filled")
    wanted = re.compile(
        r"filelock/__init__\.py|soundfile\.py|_soundfile_data/lib.*|pycurl\.libs/.*|PySide6/QtCore\.\w+"
    )
    sources = [
        str(file.locate())
        for name in ("filelock", "soundfile", "pycurl", "PySide6_Essentials")
        for file in distribution(name).files or []
        if wanted.match(str(file).replace("\\", "/"))
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795000000")
        parts = inside.fill(sources, made)
    told = json.loads((made / "sbom.cdx.json").read_text("utf-8"))
    assert inside.bill(parts, built=datetime.fromtimestamp(1795000000, UTC)) == told, "the same of the same"
    return made


@pytest.fixture
def bill(filled: Path) -> dict[str, dict[str, Any]]:
    """The parts that the bill names, by their references."""
    told = json.loads((filled / "sbom.cdx.json").read_text("utf-8"))
    by_ref = {each["bom-ref"]: each for each in told["components"]}
    assert len(by_ref) == len(told["components"])
    return by_ref


def test_the_bill_is_what_its_schema_wants(filled: Path) -> None:
    text = (filled / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace("serialNumber", "number")) is not None
    assert json.loads(text)["metadata"]["timestamp"] == "2026-11-18T11:06:40Z"
    assert build.version_of(filled)


def test_the_bill_names_what_is_inside_and_what_that_carries(bill: dict[str, dict[str, Any]]) -> None:
    known = {each["name"]: each for each in bill.values()}
    assert {"Python", "Lucide icons", "filelock", "soundfile", "pycurl", "PySide6_Essentials"} <= known.keys()
    for name, owner in (("libsndfile", "soundfile"), ("libcurl", "pycurl"), ("OpenSSL", "pycurl")):
        assert known[name]["description"] == f"inside of {owner}"
        assert re.match(r"\d+\.\d+", known[name]["version"]), "scanners for known faults want it"
    assert known["filelock"]["purl"] == f"pkg:pypi/filelock@{version('filelock')}"
    assert "mir-download-client" not in known, "it is what the bill is of"


def test_every_part_of_the_bill_is_within_the_program(filled: Path) -> None:
    told = json.loads((filled / "sbom.cdx.json").read_text("utf-8"))
    needs = {each["ref"]: each["dependsOn"] for each in told["dependencies"]}
    top = needs[told["metadata"]["component"]["bom-ref"]]
    reached = {*top, *(ref for each in top for ref in needs.get(each, ()))}
    assert reached == {each["bom-ref"] for each in told["components"]}


def test_every_licence_that_the_bill_names_has_its_text(bill: dict[str, dict[str, Any]], filled: Path) -> None:
    licences = filled / "licences"
    files = [path for path in licences.rglob("*") if path.is_file()]
    texts = {path.relative_to(licences).as_posix(): path.read_text("utf-8") for path in files}
    for each in bill.values():
        own = [name for name in texts if name.startswith(f"{each['name']}-")]
        expression = each["licenses"][0].get("expression", "")
        assert own or all(
            re.search(TEXTS.get(name, rf"(?m)^{re.escape(name)}\b"), "\n".join(texts.values()))
            for name in re.findall(r"[\w.-]+", expression)
            if name not in ("OR", "AND", "WITH")
        ), each
    assert not [name for name in texts if "Commercial" in name], "that licence is not the one it is used under"
    assert "in the place of the one that is there" in texts["READ ME.txt"]


TEXTS = {
    "Apache-2.0": "Apache License\n +Version 2.0",
    "GPL-2.0-only": "GPL-3",
    "GPL-3.0-only": "GNU GENERAL PUBLIC LICENSE\n +Version 3",
    "GPL-3.0-or-later": "GNU GENERAL PUBLIC LICENSE\n +Version 3",
    "LGPL-2.0-or-later": "GNU LESSER GENERAL PUBLIC LICENSE\n +Version 2.1",
    "LGPL-2.1-only": "GNU LESSER GENERAL PUBLIC LICENSE\n +Version 2.1",
    "LGPL-2.1-or-later": "GNU LESSER GENERAL PUBLIC LICENSE\n +Version 2.1",
    "LGPL-3.0-only": "GNU LESSER GENERAL PUBLIC LICENSE\n +Version 3",
    "LGPL-3.0-or-later": "GNU LESSER GENERAL PUBLIC LICENSE\n +Version 3",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "ISC": "ISC License",
}
"""How the text of a licence begins, where not by its SPDX name."""


@pytest.mark.parametrize("libraries", [PYTHON, *WHEELS.values()])
def test_a_library_is_known_by_its_files_alone(libraries: tuple[Library, ...]) -> None:
    for library in libraries:
        assert re.fullmatch(r"[A-Za-z0-9.-]+( WITH [A-Za-z0-9.-]+)?", library.licence)
        assert library.source.startswith("https://")
        assert not re.fullmatch(library.files, "python311.zip")
    names = [
        "libcurl-9482290b.dll",
        "libcurl-330bcbb6.so.4.8.0",
        "z-3abd2df3.dll",
        "icudt78-5dc0.dll",
        "psl-5-9f70.dll",
    ]
    found = [[each.name for each in WHEELS["pycurl"] if re.fullmatch(each.files, name)] for name in names]
    assert found == [["libcurl"], ["libcurl"], ["zlib"], ["ICU"], ["libpsl"]]


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


def test_the_workflow_for_windows_runs_verbs_and_files_that_there_are() -> None:
    root = INSTALLER.parent
    (job,) = yaml.safe_load((root / ".github" / "workflows" / "windows.yml").read_text("utf-8"))["jobs"].values()
    assert job["runs-on"] == "windows-2022", "WiX 3 is part of this image"
    verbs = re.findall(r"(?m)^def (\w+)\(", (root / "dev.py").read_text("utf-8"))
    for step in job["steps"]:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v0"))
        command = step.get("run", "")
        assert len(command.splitlines()) <= 1, "PowerShell goes on after a program that failed, but for the last one"
        assert set(re.findall(r"dev\.py (\w+)", command)) <= set(verbs)
        assert all(
            (root / name.replace("\\", "/")).is_file() for name in re.findall(r"installer\\[\w\\]+\.py", command)
        )
