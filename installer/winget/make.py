"""Makes the manifests for winget of one MSI: three YAML files of schema 1.12.0, for a repository of manifests.

``python installer/winget/make.py CLIENT.msi URL OUT``: URL is where the MSI can be had. The product code is read from
the MSI with msiinfo, or given with --product-code.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from installer.harvest import guid  # noqa: E402 - the root must be known first

IDENTIFIER = "MirDownloadClient.MirDownloadClient"
_SCHEMA = "1.12.0"
_VERSION = re.compile(r"^ProductVersion\t(.+)$", re.MULTILINE)
_CODE = re.compile(r"^ProductCode\t(\{[0-9A-Fa-f-]{36}\})$", re.MULTILINE)


def manifests(*, version: str, url: str, sha256: str, product_code: str) -> dict[str, str]:
    """The three files by their names."""
    same = f"PackageIdentifier: {IDENTIFIER}\nPackageVersion: {version}\n"

    def head(kind: str) -> str:
        return f"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.{_SCHEMA}.schema.json\n{same}"

    def foot(kind: str) -> str:
        return f"ManifestType: {kind}\nManifestVersion: {_SCHEMA}\n"

    installer = (
        "InstallerLocale: en-US\nPlatform:\n- Windows.Desktop\nMinimumOSVersion: 10.0.17763.0\n"
        "InstallerType: wix\nScope: machine\nUpgradeBehavior: install\nElevationRequirement: elevatesSelf\n"
        'InstallerSwitches:\n  InstallLocation: INSTALLDIR="<INSTALLPATH>"\n'
        f"ProductCode: '{product_code}'\n"
        f"AppsAndFeaturesEntries:\n- ProductCode: '{product_code}'\n  UpgradeCode: '{{{guid('upgrade')}}}'\n"
        "Installers:\n- Architecture: x64\n"
        f"  InstallerUrl: {url}\n  InstallerSha256: {sha256.upper()}\n"
    )
    locale = (
        "PackageLocale: en-US\nPublisher: MIR Download Client project\nPackageName: MIR Download Client\n"
        "License: Apache-2.0\n"
        "ShortDescription: Brings call recordings home from Mitel Interaction Recording (not a Mitel product)\n"
    )
    return {
        f"{IDENTIFIER}.yaml": head("version") + "DefaultLocale: en-US\n" + foot("version"),
        f"{IDENTIFIER}.installer.yaml": head("installer") + installer + foot("installer"),
        f"{IDENTIFIER}.locale.en-US.yaml": head("defaultLocale") + locale + foot("defaultLocale"),
    }


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("msi", type=Path)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--version")
    parser.add_argument("--product-code")
    options = parser.parse_args()
    version, code = options.version, options.product_code
    if not (version and code):
        command = ["msiinfo", "export", str(options.msi), "Property"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found, known = _VERSION.search(said), _CODE.search(said)
        if found is None or known is None:
            raise SystemExit(f"{options.msi} names no version and product code")
        version, code = version or found[1].strip(), code or known[1]
    digest = hashlib.sha256(options.msi.read_bytes()).hexdigest()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, text in manifests(version=version, url=options.url, sha256=digest, product_code=code).items():
        (options.out / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{options.out}\n")


if __name__ == "__main__":
    main()
