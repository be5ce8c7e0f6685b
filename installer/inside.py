"""What lies in a frozen folder besides this program: its licences, and a bill of materials (CycloneDX 1.6, JSON).

``python installer/inside.py SOURCES.json FOLDER``, in the environment that froze the folder: SOURCES.json lists the
files it was made of (client.spec writes it). It fills `FOLDER/licences` and writes `FOLDER/sbom.cdx.json`. Libraries
that wheels carry within themselves are named by hand in `CARRIED`.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import uuid
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from download_client import __version__  # noqa: E402 - the root must be known first

NAMESPACE = uuid.UUID("5a0c2a8e-2f0c-5a55-9b0a-6a3c1f2d7e44")
CARRIED = {
    "pyside6": (("Qt", "LGPL-3.0-only"), ("FFmpeg", "LGPL-2.1-or-later")),
    "pyside6_addons": (("Qt Multimedia", "LGPL-3.0-only"),),
    "pyside6_essentials": (("Qt", "LGPL-3.0-only"),),
    "soundfile": (("libsndfile", "LGPL-2.1-or-later"),),
    "pycurl": (("libcurl", "curl"), ("OpenSSL", "Apache-2.0")),
    "numpy": (("OpenBLAS", "BSD-3-Clause"),),
}
"""Of a distribution, by its normal name: libraries inside of it, with their licences (SPDX)."""
_LICENCE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice|copyright)[^/]*$|/licenses/[^/]+$")


@dataclass(frozen=True, slots=True)
class Part:
    """A distribution, or a library inside of one. `licence` is an SPDX expression, or what its author wrote."""

    name: str
    version: str
    licence: str
    inside: str = ""


def parts_of(sources: list[str]) -> list[tuple[Part, Distribution]]:
    """The distributions that any of these files belongs to, by name."""
    wanted = {_normal(Path(source)) for source in sources}
    found = []
    for distribution in distributions():
        files = distribution.files or []
        if any(_normal(Path(str(distribution.locate_file(file)))) in wanted for file in files):
            found.append((_part(distribution), distribution))
    return sorted(found, key=lambda pair: pair[0].name.lower())


def bill(parts: list[Part]) -> dict[str, object]:
    """The bill of materials; the same for the same parts."""
    own = Part("mir-download-client", __version__, "Apache-2.0")
    number = uuid.uuid5(NAMESPACE, json.dumps([(part.name, part.version) for part in (own, *parts)]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": _component(own, kind="application")},
        "components": [_component(part) for part in parts],
    }


def fill(sources: list[str], folder: Path) -> list[Part]:
    """Write licences and bill into the folder; answers what is inside."""
    parts: list[Part] = [Part("Python", ".".join(map(str, sys.version_info[:3])), "PSF-2.0")]
    licences = folder / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    licences.mkdir(parents=True)
    shutil.copyfile(HERE.parent / "LICENSE", licences / "MIR Download Client.txt")
    shutil.copyfile(HERE.parent / "resources" / "icons" / "LICENSE-lucide.txt", licences / "Lucide icons.txt")
    for text in sorted((HERE / "licences").glob("*.txt")):
        shutil.copyfile(text, licences / text.name)
    for part, distribution in parts_of(sources):
        parts.append(part)
        for name, licence in CARRIED.get(_key(part.name), ()):
            parts.append(Part(name, "", licence, inside=part.name))
        for file in distribution.files or []:
            path = Path(str(distribution.locate_file(file)))
            if _LICENCE.search(str(file).replace("\\", "/")) and path.is_file() and path.suffix not in (".py", ".pyc"):
                to = licences / f"{part.name}-{part.version}" / path.name
                to.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, to)
    (folder / "sbom.cdx.json").write_text(json.dumps(bill(parts), indent=1) + "\n", encoding="utf-8")
    return parts


def _part(distribution: Distribution) -> Part:
    def said(name: str) -> list[str]:
        return [str(text).strip() for text in distribution.metadata.get_all(name) or []]

    (licence,) = said("License-Expression") or [""]
    if not licence:
        classes = [line.rpartition("::")[2].strip() for line in said("Classifier") if "License ::" in line]
        written = [text.partition("\n")[0] for text in said("License") if text]
        licence = ", ".join(classes or written) or "see licences"
    return Part(said("Name")[0], distribution.version, licence)


def _component(part: Part, *, kind: str = "library") -> dict[str, object]:
    key = f"pkg:pypi/{part.name.lower()}@{part.version}" if not part.inside and part.name != "Python" else part.name
    spdx = re.fullmatch(r"[A-Za-z0-9.+-]+", part.licence) is not None
    described: dict[str, object] = {"type": kind, "bom-ref": key, "name": part.name}
    if part.version:
        described["version"] = part.version
    if key.startswith("pkg:"):
        described["purl"] = key
    if part.inside:
        described["description"] = f"inside of {part.inside}"
    described["licenses"] = [{"license": {"name": part.licence}} if not spdx else {"expression": part.licence}]
    return described


def _key(name: str) -> str:
    return re.sub(r"[-.]+", "_", name).lower()


def _normal(path: Path) -> str:
    return str(path.resolve()).casefold() if sys.platform == "win32" else str(path.resolve())


if __name__ == "__main__":
    inside = fill(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
    sys.stdout.write(f"{len(inside)} parts inside\n")
