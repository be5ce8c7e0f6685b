"""What WiX 3 says of the elements that the product and its harvested files are made of; it knows no other.

After the reference of the WiX Toolset v3 (docs.firegiant.com, wix3, xsd, wix), element by element. wixl passes over
attributes that it does not know; candle refuses them.
"""

from __future__ import annotations

from installer.harvest import WIX
from tests.installer.xml_rules import MANY, Rule, Schema

TYPES = {
    "id": r"[A-Za-z_][A-Za-z0-9_.]{0,71}",
    "star": r"\*",
    "guid": r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}",
    "yes": "yes|no",
    "number": r"[0-9]{1,10}",
    "text": r"(?s).+",
    "name": r"[^\\?|><:/*\"]{1,255}",
    "version": r"\$\(var\.Version\)|[0-9.]+",
    "root": "HKLM|HKCU|HKMU|HKCR|HKU",
    "value": "string|integer|binary|expandable|multiString",
    "search": "directory|file|raw",
    "scope": "perMachine|perUser",
    "absent": "allow|disallow",
    "part": "all|first|last",
    "action": "create|set|remove",
}
"""Of attributes. An identifier that is a public property has no lower case (see `test_product`)."""

_DIRECTORIES = (("Directory", 0, MANY), ("Component", 0, MANY))
RULES = {
    "Wix": Rule("", (("Product", 0, 1), ("Fragment", 0, MANY)), choice=True),
    "Fragment": Rule("", (("DirectoryRef", 0, MANY), ("ComponentGroup", 0, MANY)), choice=True),
    "Product": Rule(
        "Id:star! Name:text! Language:number! Version:version! Manufacturer:text! UpgradeCode:guid!",
        (
            ("Package", 1, 1),
            ("Media", 1, 1),
            ("Upgrade", 0, 1),
            ("Condition", 0, MANY, "Condition/launch"),
            ("Icon", 0, MANY),
            ("Property", 0, MANY),
            ("CustomAction", 0, MANY),
            ("InstallExecuteSequence", 0, 1),
            ("Directory", 1, MANY),
            ("Feature", 1, MANY),
        ),
        choice=True,
    ),
    "Package": Rule(
        "InstallerVersion:number! Compressed:yes! InstallScope:scope! Description:text Comments:text Manufacturer:text"
    ),
    "Media": Rule("Id:number! Cabinet:text EmbedCab:yes"),
    "Upgrade": Rule("Id:guid!", (("UpgradeVersion", 1, MANY),)),
    "UpgradeVersion": Rule(
        "Minimum:version IncludeMinimum:yes Maximum:version IncludeMaximum:yes OnlyDetect:yes MigrateFeatures:yes "
        "Property:id!"
    ),
    "Condition/launch": Rule("Message:text!", text=255),
    "Condition": Rule(text=255),
    "Icon": Rule("Id:id! SourceFile:text!"),
    "Property": Rule("Id:id! Value:text Secure:yes", (("RegistrySearch", 0, 1),)),
    "RegistrySearch": Rule("Id:id! Root:root! Key:text! Name:text Type:search! Win64:yes"),
    "CustomAction": Rule("Id:id! Property:id! Value:text!"),
    "InstallExecuteSequence": Rule("", (("Custom", 0, MANY), ("RemoveExistingProducts", 0, 1)), choice=True),
    "Custom": Rule("Action:id! After:id!", text=255),
    "RemoveExistingProducts": Rule("After:id!"),
    "Directory": Rule("Id:id! Name:name", _DIRECTORIES, choice=True),
    "DirectoryRef": Rule("Id:id!", _DIRECTORIES, choice=True),
    "Component": Rule(
        "Id:id! Guid:guid! Win64:yes!",
        (
            ("Condition", 0, 1),
            ("File", 0, 1),
            ("Shortcut", 0, MANY),
            ("Environment", 0, MANY),
            ("RegistryValue", 0, MANY),
        ),
        choice=True,
    ),
    "File": Rule("Id:id! Name:name! Source:text! KeyPath:yes"),
    "Shortcut": Rule("Id:id! Directory:id! Name:name! Description:text Target:text! Icon:id WorkingDirectory:id"),
    "Environment": Rule("Id:id! Name:text! Value:text Part:part Action:action System:yes Permanent:yes"),
    "RegistryValue": Rule("Root:root! Key:text! Name:text Type:value! Value:text! KeyPath:yes"),
    "Feature": Rule(
        "Id:id! Title:text Description:text Level:number! Absent:absent",
        (("ComponentRef", 0, MANY), ("ComponentGroupRef", 0, MANY)),
        choice=True,
    ),
    "ComponentGroup": Rule("Id:id!", (("ComponentRef", 0, MANY),)),
    "ComponentRef": Rule("Id:id!"),
    "ComponentGroupRef": Rule("Id:id!"),
}
WIX3 = Schema(WIX, TYPES, RULES)
"""Of sources."""
