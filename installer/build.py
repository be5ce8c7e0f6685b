"""Builds what is delivered: one frozen folder with both programs, and on Windows, or under the rig, the MSI of it.

freeze OUT      freeze with PyInstaller into OUT, add licences and the bill of materials, run what was built, and say
                its folder and digest (--work FOLDER keeps what a next one need not do again)
msi FOLDER OUT  the MSI of a frozen folder: with candle and light (WiX 3) on Windows, with wixl and msibuild elsewhere
sign FILE…      sign with signtool (Windows: MIR_SIGN_THUMBPRINT) or osslsigncode (MIR_SIGN_PFX, its password in a file
                named by MIR_SIGN_PASSWORD_FILE); ends with 1 where no certificate is named
digest FOLDER   one SHA-256 over all its files, to compare two builds

MIR_TOOLS names a command that every outside tool is run through (the rig gives one). SOURCE_DATE_EPOCH is the time of
the last commit where it is not set, so that two builds of one source differ as little as can be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from download_client import __version__  # noqa: E402 - the root must be known first
from installer import harvest  # noqa: E402

WINDOWS = sys.platform == "win32"
FOLDER = "MIR Download Client" if WINDOWS else "mir-download-client"
CONSOLE = "mir-download.exe" if WINDOWS else "mir-download"
_TIMESTAMPS = "http://timestamp.digicert.com"


def freeze(out: Path, work: Path) -> Path:
    """Freeze both programs; answers their folder. What was built is run: PyInstaller ends with 0 on broken ones too."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": _epoch()}
    command = [sys.executable, "-m", "PyInstaller", str(HERE / "client.spec"), "--noconfirm", "--log-level", "ERROR"]
    subprocess.run([*command, "--distpath", str(out), "--workpath", str(work)], check=True, env=environment, cwd=ROOT)
    folder = out / FOLDER
    sources = work / "client" / "sources.json"
    subprocess.run([sys.executable, str(HERE / "inside.py"), str(sources), str(folder)], check=True, env=environment)
    said = subprocess.run([str(folder / CONSOLE), "--version"], check=True, capture_output=True, text=True).stdout
    if __version__ not in said:
        raise SystemExit(f"the frozen program says {said!r}, not {__version__}")
    return folder


def msi(folder: Path, out: Path, *, icon: Path) -> None:
    """Make the MSI of a frozen folder."""
    with tempfile.TemporaryDirectory(dir=out.parent) as held:
        work = Path(held)
        files = work / "files.wxs"
        files.write_text(harvest.harvest(folder), encoding="utf-8")
        product = work / "product.wxs"
        shutil.copyfile(HERE / "product.wxs", product)
        names = {"Version": version_of(folder), "Icon": str(icon), "Folder": str(folder)}
        if WINDOWS:
            _wix(work, out, names, [product, files])
        else:
            _wixl(out, names, [product, files])


def _wix(work: Path, out: Path, names: dict[str, str], sources: list[Path]) -> None:
    """WiX 3. ICE43 and ICE57 take links for the user's own, but this product is always the computer's."""
    given = [f"-d{name}={value}" for name, value in names.items()]
    objects = [str(work / f"{source.stem}.wixobj") for source in sources]
    _tool("candle", "-nologo", "-arch", "x64", *given, "-out", f"{work}{os.sep}", *map(str, sources))
    _tool("light", "-nologo", "-dcl:high", "-sice:ICE43", "-sice:ICE57", "-out", str(out), *objects)


def _wixl(out: Path, names: dict[str, str], sources: list[Path]) -> None:
    """wixl 0.106, and what it writes wrongly: secure properties, and a PATH that would stay after an uninstall."""
    given = [word for name, value in names.items() for word in ("-D", f"{name}={value}")]
    _tool("wixl", "-a", "x64", *given, "-o", str(out), *map(str, sources))
    secure = ";".join(secure_properties())
    for statement in (
        f"UPDATE `Property` SET `Value`='{secure}' WHERE `Property`='SecureCustomProperties'",  # noqa: S608 - our own
        "UPDATE `Environment` SET `Name`='=-*PATH' WHERE `Name`='=*PATH'",
    ):
        _tool("msibuild", str(out), "-q", statement)


def secure_properties() -> list[str]:
    """What the product passes on to the installation proper, which runs as the system."""
    root = ElementTree.parse(HERE / "product.wxs").getroot()  # noqa: S314 - our own
    found = [each.attrib["Property"] for each in root.iter(f"{harvest.WIX}UpgradeVersion")]
    return found + [each.attrib["Id"] for each in root.iter(f"{harvest.WIX}Property") if each.get("Secure") == "yes"]


def version_of(folder: Path) -> str:
    """The version of the programs in a frozen folder, as its bill of materials has it."""
    told = json.loads((folder / "sbom.cdx.json").read_text("utf-8"))
    version = str(told["metadata"]["component"]["version"])
    if not re.fullmatch(r"\d{1,3}\.\d{1,3}\.\d{1,5}", version):
        raise SystemExit(f"Windows Installer compares three numbers; {version} is something else")
    return version


def sign(files: list[Path]) -> None:
    """Sign in place, with a time stamp."""
    thumbprint, store = os.environ.get("MIR_SIGN_THUMBPRINT"), os.environ.get("MIR_SIGN_PFX")
    stamp = os.environ.get("MIR_SIGN_TIMESTAMP", _TIMESTAMPS)
    for file in files:
        if WINDOWS and thumbprint:
            _tool("signtool", "sign", "/sha1", thumbprint, "/fd", "sha256", "/tr", stamp, "/td", "sha256", str(file))
        elif store:
            signed = file.with_name(f"{file.name}.signed")
            password = os.environ.get("MIR_SIGN_PASSWORD_FILE", "")
            words = ["-pkcs12", store, *(["-readpass", password] if password else []), "-h", "sha256"]
            words += ["-ts", stamp] if stamp else []
            _tool("osslsigncode", "sign", *words, "-n", FOLDER, "-in", str(file), "-out", str(signed))
            signed.replace(file)
        else:
            raise SystemExit("no certificate is named: MIR_SIGN_THUMBPRINT (Windows) or MIR_SIGN_PFX")


def digest(folder: Path) -> str:
    """One SHA-256 over the names and bytes of all files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _tool(*words: str) -> None:
    subprocess.run([*shlex.split(os.environ.get("MIR_TOOLS", "")), *words], check=True)


def _epoch() -> str:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return given
    said = subprocess.run(["git", "log", "-1", "--format=%ct"], check=False, capture_output=True, text=True, cwd=ROOT)
    return said.stdout.strip() or "0"


def main() -> None:
    """One verb."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    freezing = verbs.add_parser("freeze")
    freezing.add_argument("out", type=Path)
    freezing.add_argument("--work", type=Path)
    making = verbs.add_parser("msi")
    making.add_argument("folder", type=Path)
    making.add_argument("out", type=Path)
    making.add_argument("--icon", type=Path, required=True)
    verbs.add_parser("sign").add_argument("files", type=Path, nargs="+")
    verbs.add_parser("digest").add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.verb == "freeze":
        folder = freeze(options.out.absolute(), (options.work or options.out / "work").absolute())
        sys.stdout.write(f"{folder}\n{digest(folder)}\n")
    elif options.verb == "msi":
        msi(options.folder.absolute(), options.out.absolute(), icon=options.icon.absolute())
    elif options.verb == "sign":
        sign(options.files)
    else:
        sys.stdout.write(f"{digest(options.folder)}\n")


if __name__ == "__main__":
    main()
