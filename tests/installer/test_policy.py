"""The policy templates are what Microsoft's schema wants, are whole in both languages, and act as they say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from download_client.errors import InvalidSetting
from download_client.settings import POLICY_KEY, TABLE, Origin, Paths, RegistryPolicy, Setting, Settings
from installer.policy import make
from tests.installer.admx_schema import ADMX as SCHEMA
from tests.installer.admx_schema import NS, SHOWN_BY

POLICIES = Path(make.__file__).parent
FIXABLE = [setting for setting in TABLE if setting.by_policy]


def tree(name: str) -> Element:
    return ElementTree.parse(POLICIES / name).getroot()  # noqa: S314 - our own


def tag(element: Element) -> str:
    return element.tag.removeprefix(NS)


ADMX = tree("MirDownloadClient.admx")
ADML = {language: tree(f"{language}/MirDownloadClient.adml") for language in ("en-US", "de-DE")}


def test_they_are_made_from_the_table_as_it_is() -> None:
    for name, text in make.make().items():
        assert (POLICIES / name).read_text("utf-8") == text, f"{name}: run installer/policy/make.py"


@pytest.mark.parametrize("root", [ADMX, *ADML.values()], ids=["admx", *ADML])
def test_they_are_what_the_schema_wants(root: Element) -> None:
    assert SCHEMA.faults(root) == []


def broken(change: str, name: str) -> list[str]:
    """The faults of a policy of ours after one change to its text."""
    (policy,) = (each for each in ADMX.iter(f"{NS}policy") if each.attrib["name"] == name)
    before, _, after = change.partition(" → ")
    text = ElementTree.tostring(policy, encoding="unicode").replace("ns0:", "").replace("xmlns:ns0", "xmlns")
    assert before in text
    return SCHEMA.faults(ElementTree.fromstring(text.replace(before, after)))  # noqa: S314 - our own


@pytest.mark.parametrize(
    "change",
    [
        'class="Both" → class="All"',
        'displayName="$(string. → displayName="(',
        'key="S → colour="S',
        'name="transfer_concurrency" → name="transfer.concurrency"',
        'minValue=" → minValue="-',
        'maxValue=" → maxValue="99999999',
        "supportedOn → supported",
        "<elements> → <elements>words",
    ],
)
def test_what_breaks_the_schema_is_found(change: str) -> None:
    assert broken(change, "transfer_concurrency")


def test_names_and_references_are_such_as_the_editor_opens() -> None:
    """It shows nothing of a file in which one name stands twice, or one that is asked for is missing."""
    policies = list(ADMX.iter(f"{NS}policy"))
    categories = [each.attrib["name"] for each in ADMX.iter(f"{NS}category")]
    definitions = [each.attrib["name"] for each in ADMX.iter(f"{NS}definition")]
    written = [part.attrib["valueName"] for part in ADMX.iter() if "valueName" in part.attrib]
    strings = [each.attrib["id"] for each in ADML["en-US"].iter(f"{NS}string")]
    for names in (categories, definitions, written, strings, [each.attrib["name"] for each in policies]):
        assert len({name.casefold() for name in names}) == len(names)
    assert {each.attrib["ref"] for each in ADMX.iter(f"{NS}parentCategory")} <= set(categories)
    assert {each.attrib["ref"] for each in ADMX.iter(f"{NS}supportedOn") if each.attrib} <= set(definitions)
    assert all("explainText" in each.attrib for each in policies)
    needed, own = ADMX.find(f"{NS}resources"), {root.attrib["revision"] for root in ADML.values()}
    assert needed is not None
    assert own == {needed.attrib["minRequiredRevision"]}, "the editor refuses an .adml of a lower revision"


def test_what_is_shown_fits_what_is_set() -> None:
    parts = {part.attrib["id"]: part for elements in ADMX.iter(f"{NS}elements") for part in elements}
    for root in ADML.values():
        boxes = {box.attrib["refId"]: box for each in root.iter(f"{NS}presentation") for box in each}
        assert {name: tag(box) for name, box in boxes.items()} == {
            name: SHOWN_BY[tag(part)] for name, part in parts.items()
        }
        for name, box in boxes.items():
            part = parts[name].attrib
            if tag(box) == "decimalTextBox":
                assert int(part["minValue"]) <= int(box.attrib["defaultValue"]) <= int(part["maxValue"])
            elif tag(box) == "dropdownList":
                assert int(box.attrib["defaultItem"]) < len(parts[name])
            else:
                assert len(box.findtext(f"{NS}defaultValue", "")) <= int(part["maxLength"])


def test_every_range_has_its_german() -> None:
    words = tomllib.loads((POLICIES / "words.toml").read_text("utf-8"))
    assert words["ranges"].keys() <= {setting.kind.range for setting in FIXABLE}, "and none that is not asked for"
    helps = [each.text or "" for each in ADML["de-DE"].iter(f"{NS}string") if each.attrib["id"].endswith("_Help")]
    assert len(helps) == len(FIXABLE)
    assert not [text for text in helps if re.search(r"\b(the|or|nothing|such)\b", text)]


def test_files_have_the_names_and_the_encoding_that_windows_reads() -> None:
    found = {path.relative_to(POLICIES).as_posix() for path in POLICIES.rglob("*.adm?")}
    assert found == {f"{make.NAME}.admx", *(f"{language}/{make.NAME}.adml" for language in ADML)}
    for name in found:
        assert (POLICIES / name).read_bytes().startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert not POLICY_KEY.startswith(("HK", "\\"))
    assert not POLICY_KEY.endswith("\\")


@pytest.mark.parametrize("language", ADML)
def test_every_word_is_there_and_none_too_many(language: str) -> None:
    asked = set(re.findall(r"\$\(string\.(\w+)\)", ElementTree.tostring(ADMX, encoding="unicode")))
    shown = set(re.findall(r"\$\(presentation\.(\w+)\)", ElementTree.tostring(ADMX, encoding="unicode")))
    said = {element.attrib["id"]: element.text for element in ADML[language].iter(f"{NS}string")}
    assert asked == said.keys()
    assert all(said.values())
    presentations = {element.attrib["id"]: element for element in ADML[language].iter(f"{NS}presentation")}
    assert shown == presentations.keys()
    elements = {part.attrib["id"] for policy in ADMX.iter(f"{NS}elements") for part in policy}
    assert {box.attrib["refId"] for each in presentations.values() for box in each} == elements


def values_of(policy: Element) -> Iterator[tuple[str, object]]:
    """What Windows writes for a policy that is enabled, with some value its template lets one give."""
    for name, state in (("enabledValue", 1), ("disabledValue", 0)):
        found = policy.find(f"{NS}{name}/{NS}decimal")
        if found is not None:
            assert found.attrib["value"] == str(state)
            yield policy.attrib["valueName"], state
    for element in policy.iterfind(f"{NS}elements/*"):
        name = element.attrib["valueName"]
        if tag(element) == "decimal":
            yield from ((name, int(element.attrib[limit])) for limit in ("minValue", "maxValue"))
        elif tag(element) == "enum":
            yield from ((name, string.text) for string in element.iter(f"{NS}string"))
        else:
            yield name, TEXTS[name]


TEXTS: dict[str, str] = {
    "server.url": "https://mir.example.com",
    "account.profile": "Sales",
    "account.sign_in_ways": "browser",
    "archive.folder": str(Path.cwd().absolute()),
    "archive.folder_template": "{start:%Y}",
    "archive.name_template": "{recording_id}",
    "archive.time_zone": "Europe/Berlin",
    "transfer.limit_rate": "2 MB/s",
    "transfer.min_free_space": "5 GB",
    "replay.cache_size": "3 GB",
    "network.proxy": "http://proxy.example:8080",
    "network.ca_file": str(Path.cwd().absolute() / "company.pem"),
    "network.connect_timeout": "20 s",
    "network.stall_timeout": "40 s",
    "retry.window": "10 min",
    "housekeeping.keep_days": "3650",
    "alarm.smtp_host": "mail.example.com",
    "alarm.smtp_user": "mir",
    "alarm.mail_from": "mir@example.com",
    "alarm.mail_to": "a@example.com, b@example.com",
    "alarm.webhook_url": "https://hooks.example.com/mir",
    "alarm.heartbeat_url": "https://beat.example.com/mir",
    "alarm.missing_after": "2 h",
    "update.url": "https://it.example.com/mir.json",
    "window.language": "de",
}
"""Something else than the default for every policy that takes a line of text."""


def test_every_setting_that_can_be_fixed_has_a_policy() -> None:
    named = {name for policy in ADMX.iter(f"{NS}policy") for name, _ in values_of(policy)}
    assert named == {setting.name for setting in FIXABLE}
    assert {policy.attrib["key"] for policy in ADMX.iter(f"{NS}policy")} == {POLICY_KEY}


@pytest.mark.parametrize("setting", FIXABLE, ids=lambda setting: setting.name)
def test_a_policy_that_is_set_is_in_force_and_refused_to_the_user(setting: Setting[object], tmp_path: Path) -> None:
    (policy,) = (each for each in ADMX.iter(f"{NS}policy") if each.attrib["name"] == setting.name.replace(".", "_"))
    effects = set()
    for name, value in values_of(policy):
        keys: dict[str, list[tuple[str, object]]] = {"HKLM": [(name, value)], "HKCU": []}
        settings = Settings.load(Paths.below(tmp_path), policy=RegistryPolicy(keys.__getitem__))
        assert settings.problems == ()
        assert settings.origin(setting) is Origin.POLICY
        effects.add(settings.shown(setting))
        with pytest.raises(InvalidSetting, match="fixed by this computer's policy"):
            settings.set(setting, setting.kind.show(setting.default))
    assert effects - {setting.kind.show(setting.default)}, "nothing changed"
