"""Turns a frozen folder into the WiX source of its files; what the product is besides stands in ``product.wxs``.

``python installer/harvest.py FOLDER OUT.wxs``. The source is of WiX 3, as far as wixl 0.106 reads it too: one
component per file, whose GUID follows from the file's place alone, so that it is the same in every version ("Component
Rules 101" of Windows Installer).
"""

from __future__ import annotations

import hashlib
import sys
import uuid
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = uuid.UUID("0d3c7f52-3c1b-5f0e-9a64-6f0f4d3c9b11")
"""Of every GUID of this product. It must never change: an upgrade would no longer know what it replaces."""
PROGRAMS = ("MIR Download Client.exe", "mir-download.exe")
"""They have shortcuts and the PATH with them, and stand in the product itself."""
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"
"""Before the names of elements, as ElementTree writes them."""


def guid(place: str) -> str:
    """The GUID of a component by its place in the folder, with forward slashes; case does not count on Windows."""
    return str(uuid.uuid5(NAMESPACE, place.casefold())).upper()


def harvest(folder: Path) -> str:
    """The source: a fragment with the folders and files, and the component group `Files`."""
    ElementTree.register_namespace("", WIX.strip("{}"))
    wix = ElementTree.Element(f"{WIX}Wix")
    fragment = ElementTree.SubElement(wix, f"{WIX}Fragment")
    root = ElementTree.SubElement(fragment, f"{WIX}DirectoryRef", Id="INSTALLDIR")
    components: list[str] = []
    _folder(folder, place="", into=root, components=components)
    group = ElementTree.SubElement(fragment, f"{WIX}ComponentGroup", Id="Files")
    for component in components:
        ElementTree.SubElement(group, f"{WIX}ComponentRef", Id=component)
    ElementTree.indent(wix, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(wix, encoding="unicode") + "\n"


def _folder(folder: Path, *, place: str, into: ElementTree.Element[str], components: list[str]) -> None:
    for path in sorted(folder.iterdir()):
        here = f"{place}/{path.name}" if place else path.name
        if path.is_dir():
            inner = ElementTree.SubElement(into, f"{WIX}Directory", Id=_id("d", here), Name=path.name)
            _folder(path, place=here, into=inner, components=components)
        elif here not in PROGRAMS:
            component = ElementTree.SubElement(into, f"{WIX}Component", Id=_id("c", here), Guid=guid(here), Win64="yes")
            ElementTree.SubElement(
                component, f"{WIX}File", Id=_id("f", here), Name=path.name, Source=str(path), KeyPath="yes"
            )
            components.append(_id("c", here))


def _id(kind: str, place: str) -> str:
    """An identifier that WiX takes: letters, digits and at most 72 of them."""
    return kind + hashlib.sha256(place.casefold().encode()).hexdigest()[:20]


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(harvest(Path(sys.argv[1])), encoding="utf-8")
