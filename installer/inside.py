"""What lies in a frozen folder besides this program: its licences, and a bill of materials (CycloneDX 1.6, JSON).

``python installer/inside.py SOURCES.json FOLDER``, in the environment that froze the folder: SOURCES.json lists the
files it was made of (client.spec writes it). It fills `FOLDER/licences` and writes `FOLDER/sbom.cdx.json`. A file of
which nobody knows whose it is, is said, and not in the bill.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from download_client import __version__  # noqa: E402 - the root must be known first
from installer.carried import MICROSOFT, PYTHON, WHEELS, Library  # noqa: E402

OWN = "mir-download-client"
NAMESPACE = uuid.UUID("5a0c2a8e-2f0c-5a55-9b0a-6a3c1f2d7e44")
SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Of licences as older metadata writes them; those under "BSD License" here are of three clauses."""
BOOTLOADER = "GPL-2.0-or-later WITH Bootloader-exception"
"""Of PyInstaller it is its bootloader that is in the folder, whose exception lets any program be started by it."""
_LICENCE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice|copyright)[^/]*$|/licenses/[^/]+$")
_NOT_OURS = re.compile(r"(?i)LicenseRef-Qt-Commercial")
"""A choice that is not made here; the LGPL's text lies in the folder."""
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")
_BINARY = re.compile(r"(?i)\.(dll|pyd|exe|dylib|so(\.[0-9.]+)?)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A distribution, a library inside of one, or a package of the system. `licence` is an SPDX expression where
    `spdx` says so, else what its author wrote. `kind` is that of a package URL, and empty where there is none."""

    name: str
    version: str
    licence: str
    spdx: bool = True
    inside: str = ""
    kind: str = ""
    copyright: str = ""
    source: str = ""


def parts_of(sources: list[str]) -> list[tuple[Part, Distribution, set[str]]]:
    """The distributions that any of these files belongs to, by name, each with those files."""
    wanted = {_normal(source) for source in sources}
    found: list[tuple[Part, Distribution, set[str]]] = []
    for distribution in distributions():
        root = os.path.realpath(str(distribution.locate_file("")))
        files = {_folded(f"{root}/{file}") for file in distribution.files or []}
        if (mine := wanted & files) and _key(distribution.metadata["Name"]) != _key(OWN):
            found.append((_part(distribution), distribution, mine))
    return sorted(found, key=lambda each: each[0].name.lower())


def bill(parts: list[Part], *, built: datetime | None = None) -> dict[str, object]:
    """The bill of materials; the same for the same parts and time."""
    own = Part(OWN, __version__, "Apache-2.0", kind="pypi")
    number = uuid.uuid5(NAMESPACE, json.dumps([(part.name, part.version, part.inside) for part in (own, *parts)]))
    when = {} if built is None else {"timestamp": built.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": when | {"component": _component(own, type_="application")},
        "components": [_component(part) for part in parts],
        "dependencies": [
            {"ref": _ref(own), "dependsOn": sorted(_ref(part) for part in parts if not part.inside)},
            *({"ref": _ref(owner), "dependsOn": within} for owner in parts if (within := _within(owner, parts))),
        ],
    }


def fill(sources: list[str], folder: Path) -> list[Part]:
    """Write licences and bill into the folder; answers what is inside."""
    licences = folder / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    licences.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", licences / "MIR Download Client.txt")
    shutil.copyfile(ROOT / "resources" / "icons" / "LICENSE-lucide.txt", licences / "Lucide icons.txt")
    for text in sorted((HERE / "licences").glob("*.txt")):
        shutil.copyfile(text, licences / text.name)
    versions = _versions()
    rest = {_normal(source) for source in sources if _BINARY.search(source) and Path(source).is_absolute()}
    wheels: list[Part] = []
    for part, distribution, files in parts_of(sources):
        wheels.append(part)
        wheels += _inside(part.name, WHEELS.get(_key(part.name), ()), files, versions)
        rest -= files
        _copy(distribution, licences / f"{part.name}-{part.version}")
    system, known = _debian(rest, licences)
    rest -= known
    base = {path for path in rest if path.startswith(_normal(sys.base_prefix))}
    parts = [Part("Python", platform.python_version(), "PSF-2.0"), *_inside("Python", PYTHON, base, versions)]
    parts += _inside("", (MICROSOFT,), {_normal(source) for source in sources}, versions)
    parts += [Part("Lucide icons", "", "ISC", source="https://lucide.dev"), *wheels, *system]
    _tell(parts, licences / "Libraries.txt")
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    built = datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    told = json.dumps(bill(parts, built=built), indent=1, ensure_ascii=False)
    (folder / "sbom.cdx.json").write_text(told + "\n", encoding="utf-8", newline="\n")
    if unknown := sorted(path for path in rest - base if not _matches(MICROSOFT, path)):
        sys.stdout.write(f"of unknown origin: {', '.join(unknown)}\n")
    return parts


def _inside(owner: str, libraries: tuple[Library, ...], files: set[str], versions: dict[str, str]) -> list[Part]:
    """The libraries of which any of these files is one."""
    return [
        Part(each.name, versions.get(f"{owner}/{each.name}", ""), each.licence, inside=owner,
             copyright=each.copyright, source=each.source)
        for each in libraries
        if any(_matches(each, path) for path in files)
    ]  # fmt: skip


def _matches(library: Library, path: str) -> bool:
    return re.fullmatch(library.files, Path(path).name.lower()) is not None


def _versions() -> dict[str, str]:
    """Versions that libraries tell of themselves, by "owner/name"; of the environment that froze the folder."""
    import pyexpat
    import sqlite3
    import ssl
    import zlib

    import pycurl
    import soundfile

    told = dict(word.strip("()").split("/", 1) for word in pycurl.version.split() if "/" in word)
    qt = {each.metadata["Name"]: each.version for each in distributions(name="PySide6_Essentials")}
    return {
        "Python/OpenSSL": ssl.OPENSSL_VERSION.split()[1],
        "Python/SQLite": sqlite3.sqlite_version,
        "Python/zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Python/Expat": pyexpat.EXPAT_VERSION.removeprefix("expat_"),
        "soundfile/libsndfile": soundfile.__libsndfile_version__,
        **{f"pycurl/{name}": version for name, version in told.items()},
        **{f"pycurl/{ours}": told[name] for name, ours in _TOLD.items() if name in told},
        **{f"{name}/Qt": version for key, version in qt.items() for name in (key, "PySide6_Addons")},
    }


_TOLD = {"brotli": "Brotli", "mit-krb5": "MIT Kerberos"}
"""What libcurl calls a library, where it is not the library's own name."""


def _copy(distribution: Distribution, to: Path) -> None:
    """A distribution's texts, each below the folder it lies in there: one may hold several of one name."""
    for file in distribution.files or []:
        path, place = Path(str(distribution.locate_file(file))), str(file).replace("\\", "/")
        if not _LICENCE.search(place) or _NOT_OURS.search(place) or path.suffix in (".py", ".pyc", ".pyi"):
            continue
        if path.is_file():
            copy = to / re.sub(r"^[^/]*\.dist-info/(licenses/)?", "", place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _debian(files: set[str], licences: Path) -> tuple[list[Part], set[str]]:
    """The system's packages that any of these files belongs to, with their texts; and those files. Of Debian alone."""
    if not files or shutil.which("dpkg-query") is None:
        return [], set()
    by_name = {alias: path for path in files for alias in (path, path.removeprefix("/usr"))}
    said = _said("dpkg-query", "--search", *sorted(by_name))
    owners = [line.partition(": ") for line in said.splitlines() if not line.startswith("diversion ")]
    known = {by_name[path]: name.partition(",")[0] for name, _, path in owners if path in by_name}
    packages = sorted(set(known.values()))
    told = _said("dpkg-query", "--show", "--showformat=${Package}\t${Version}\n", *packages) if packages else ""
    parts = []
    for line in told.splitlines():
        name, version = line.split("\t")
        text = Path("/usr/share/doc") / name / "copyright"
        if text.is_file():
            shutil.copyfile(text, licences / f"{name}.txt")
        parts.append(Part(name, version, "see licences", spdx=False, kind="deb/debian"))
    return parts, set(known)


def _said(*words: str) -> str:
    """What a program of the system says; it may know nothing of some of what it is asked."""
    return subprocess.run(words, check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}).stdout


def _tell(parts: list[Part], to: Path) -> None:
    """Libraries within wheels and the like, with their copyrights and where their source code is."""
    lines = ["What others made and this program brings, where no folder here is its own.", ""]
    for part in parts:
        if part.source:
            within = f", within {part.inside}" if part.inside else ""
            lines += [f"{part.name} {part.version}".rstrip() + within, f"  Licence: {part.licence}"]
            lines += [f"  Copyright: {part.copyright}"] if part.copyright else []
            lines += [f"  Source code: {part.source}", ""]
    to.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _part(distribution: Distribution) -> Part:
    def said(name: str) -> list[str]:
        return [str(text).strip() for text in distribution.metadata.get_all(name) or []]

    def part(licence: str, *, spdx: bool) -> Part:
        return Part(said("Name")[0], distribution.version, licence, spdx=spdx, kind="pypi")

    if _key(said("Name")[0]) == "pyinstaller":
        return part(BOOTLOADER, spdx=True)
    classes = [line.rpartition("::")[2].strip() for line in said("Classifier") if "License ::" in line]
    written = [text for text in said("License") if text]
    for expression in said("License-Expression") + [text for text in written if _EXPRESSION.fullmatch(text)]:
        return part(expression, spdx=True)
    if len(classes) == 1 and classes[0] in SPDX:
        return part(SPDX[classes[0]], spdx=True)
    return part(", ".join(classes) or "".join(written).partition("\n")[0] or "see licences", spdx=False)


def _component(part: Part, *, type_: str = "library") -> dict[str, object]:
    described: dict[str, object] = {"type": type_, "bom-ref": _ref(part), "name": part.name}
    if part.version:
        described["version"] = part.version
    if part.kind:
        described["purl"] = _ref(part)
    if part.inside:
        described["description"] = f"inside of {part.inside}"
    if part.copyright:
        described["copyright"] = part.copyright
    if part.source:
        described["externalReferences"] = [{"type": "source-distribution", "url": part.source}]
    described["licenses"] = [{"expression": part.licence} if part.spdx else {"license": {"name": part.licence}}]
    return described


def _ref(part: Part) -> str:
    """What a part is called elsewhere in the bill: its package URL, where it has one."""
    if not part.kind:
        return f"{part.name} in {part.inside}" if part.inside else part.name
    name = re.sub(r"[-_.]+", "-", part.name).lower() if part.kind == "pypi" else part.name
    return f"pkg:{part.kind}/{name}@{part.version.replace(':', '%3A').replace('+', '%2B')}"


def _within(owner: Part, parts: list[Part]) -> list[str]:
    return sorted(_ref(part) for part in parts if part.inside == owner.name and not owner.inside)


def _key(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()


def _normal(path: str) -> str:
    return _folded(os.path.realpath(path))


def _folded(path: str) -> str:
    return os.path.normcase(os.path.normpath(path))


if __name__ == "__main__":
    inside = fill(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
    sys.stdout.write(f"{len(inside)} parts inside\n")
