"""A trial of the MSI on Windows, or under Wine: installed in silence, used, upgraded, not downgraded, removed.

``python installer/rig/delivery.py OLD.msi NEW.msi [--pictures FOLDER]`` as an administrator, from the root of the
repository, in an environment with the `sandbox` and `gui` extras. It begins and ends with nothing installed, prints one
line per look, in their order, and ends with 1 if one failed; each look stands on those before it.
"""

# ruff: noqa: S101 - looks are assertions

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import wave
import winreg
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installer.rig.trial import PROFILE, Skipped, Trial, take, wavs
from mir_sandbox.remote import Sandbox

assert sys.platform == "win32", "only Windows installs it"

POLICY = r"SOFTWARE\Policies\MIR Download Client"
FACTS = r"SOFTWARE\MIR Download Client"
UNINSTALL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
ENVIRONMENT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
PROGRAM_FILES = Path(os.environ.get("PROGRAMW6432", r"C:\Program Files")) / "MIR Download Client"
WINDOW, CONSOLE = PROGRAM_FILES / "MIR Download Client.exe", PROGRAM_FILES / "mir-download.exe"
REFUSED = 1603
_WAIT = 120


class Delivery:
    """Two versions, and a service with a user who sees everything."""

    def __init__(self, folder: Path, sandbox: Sandbox, *, old: Path, new: Path, pictures: Path | None) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.old = old
        self.new = new
        self.pictures = pictures
        self.archive = folder / "Archiv Übung"
        self.trial = Trial(folder, sandbox, (str(CONSOLE),))
        # Wine knows no address in a certificate, only names.
        self.trial.server = sandbox.base_url.replace("127.0.0.1", "localhost")
        self.version = ""

    def msiexec(self, verb: str, package: Path, **properties: str) -> int:
        """Windows Installer in silence; its exit code. It wants a property's value in quotes, not the whole word."""
        given = " ".join(f'{name}="{value}"' for name, value in properties.items())
        log = self.folder / "msi.log"
        line = f'msiexec {verb} "{package}" {given} /qn /norestart /l*v "{log}"'
        return subprocess.run(line, check=False).returncode

    def settings(self) -> dict[str, dict[str, Any]]:
        """Every setting as the installed program tells it, by name."""
        code, out, err = self.trial.run("settings", "--json", once=False)
        assert code == 0, err
        return {each["name"]: each for each in json.loads(out)["settings"]}


def value(key: str, name: str) -> object:
    """A value of HKLM; None where there is none."""
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except FileNotFoundError:
        return None


def apps() -> list[dict[str, object]]:
    """What Apps & Features shows of this program."""
    found = []
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, UNINSTALL, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
        for index in range(winreg.QueryInfoKey(key)[0]):
            product = f"{UNINSTALL}\\{winreg.EnumKey(key, index)}"
            if value(product, "DisplayName") == "MIR Download Client":
                found.append(
                    {name: value(product, name) for name in ("DisplayVersion", "Publisher", "UninstallString")}
                )
    return found


def links() -> list[Path]:
    """The links of this program in the Start menu and on the desktop, of everybody and of this user."""
    places = [os.environ.get(name, "") for name in ("ProgramData", "APPDATA", "PUBLIC", "USERPROFILE")]
    found: list[Path] = []
    for place in filter(None, places):
        for sub in (r"Microsoft\Windows\Start Menu\Programs", "Desktop"):
            found += (Path(place) / sub).glob("MIR Download Client.lnk")
    return found


def installed(delivery: Delivery) -> str:
    """In silence, with properties and every feature."""
    assert not CONSOLE.exists(), "something is installed already"
    code = delivery.msiexec(
        "/i",
        delivery.old,
        MIR_URL=delivery.trial.server,
        ARCHIVE_DIR=str(delivery.archive),
        PROFILE="Sales",
        LANGUAGE="de",
        DISABLE_UPDATE_CHECK="1",
        ADDLOCAL="ALL",
    )
    assert code == 0, code
    (app,) = apps()
    delivery.version = str(app["DisplayVersion"])
    assert value(FACTS, "Version") == delivery.version
    assert str(PROGRAM_FILES) in str(value(ENVIRONMENT, "PATH")), "not on the PATH"
    found = links()
    assert len(found) >= 2, found
    files = sum(1 for path in PROGRAM_FILES.rglob("*") if path.is_file())
    assert (PROGRAM_FILES / "sbom.cdx.json").exists()
    assert list((PROGRAM_FILES / "licences").glob("LGPL-3*"))
    return f"{delivery.version}, {files} files, {len(found)} links, {app['Publisher']}"


def policy(delivery: Delivery) -> str:
    """What was given on the command line is policy, in force and refused to the user."""
    found = delivery.settings()
    wanted = {
        "server.url": delivery.trial.server,
        "archive.folder": str(delivery.archive),
        "account.profile": "Sales",
        "window.language": "de",
        "update.check": "false",
    }
    for name, text in wanted.items():
        assert (found[name]["value"], found[name]["origin"]) == (text, "policy"), found[name]
    code, _, err = delivery.trial.run("settings", "window.language", "en", once=False)
    assert code == 2, code
    assert "policy" in err, err
    return ", ".join(wanted)


def selftests(delivery: Delivery) -> str:
    """Both programs find all that they need."""
    code, out, err = delivery.trial.run("--selftest", once=False)
    assert code == 0, out + err
    file = delivery.folder / "selftest.json"
    ended = subprocess.run([str(WINDOW), "--selftest", str(file)], check=False, timeout=_WAIT)
    found = json.loads(file.read_text("utf-8"))
    assert ended.returncode == 0, found
    return "; ".join(f"{check['name']}: {check['said']}" for check in found["checks"])


def pulled(delivery: Delivery) -> str:
    """The installed program pulls over TLS, is ended in mid-run, resumes; verify agrees."""
    trial, archive = delivery.trial, delivery.archive
    for _ in range(2):
        process = trial.slow(archive)
        process.kill()
        process.communicate()
    answer = trial.pull(archive)
    count = trial.check(archive)
    assert answer["states"]["archived"] == count, answer
    again = trial.pull(archive)
    assert again["content_requests"] == 0, again
    trial.verify(archive)
    return f"{count} recordings, each once, over {delivery.trial.server.partition(':')[0]}"


def kept(delivery: Delivery) -> str:
    """A sign-in in the Credential Manager, and a choice in the settings, for the version to come."""
    words = ("--server", delivery.trial.server, "--user", delivery.trial.user.username, "--password-stdin")
    code, _, err = delivery.trial.run("sign-in", *words, "--profile", PROFILE, once=False)
    assert code == 0, err
    assert delivery.trial.run("settings", "transfer.concurrency", "3", once=False)[0] == 0
    return "signed in, transfer.concurrency = 3"


def window(delivery: Delivery) -> str:
    """The window opens, signed in, and listens to a file; pictures are taken for somebody to look at."""
    if delivery.pictures is None:
        raise Skipped("no folder for pictures was named")
    tone = delivery.folder / "tone.wav"
    with wave.open(str(tone), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join((value * 120).to_bytes(2, "little", signed=True) for value in range(-90, 90)) * 1500)
    taken = []
    for name, words in (("signed-in", ["--profile", PROFILE]), ("listening", ["--play", str(tone)])):
        environment = delivery.trial.environment
        process = subprocess.Popen([str(WINDOW), *words], env=environment)
        try:
            time.sleep(20)
            assert process.poll() is None, f"it ended with {process.returncode}"
            taken.append(_picture(delivery.pictures / f"{name}.png"))
        finally:
            process.kill()
            process.wait()
    return ", ".join(taken)


def _picture(to: Path) -> str:
    """The whole screen, by a process of its own: Qt wants to be the first thing in one."""
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]); "
        "sys.exit(0 if app.primaryScreen().grabWindow(0).save(sys.argv[1]) else 1)"
    )
    subprocess.run([sys.executable, "-c", code, str(to)], check=True, timeout=_WAIT)
    return to.name


def upgraded(delivery: Delivery) -> str:
    """The newer version takes the older one's place; properties, settings, sign-in and archive are as they were."""
    before = sorted(wavs(delivery.archive))
    assert delivery.msiexec("/i", delivery.new) == 0
    (app,) = apps()
    assert app["DisplayVersion"] != delivery.version
    code, out, _ = delivery.trial.run("--version", once=False)
    assert code == 0
    assert str(app["DisplayVersion"]) in out, out
    policy(delivery)
    assert delivery.settings()["transfer.concurrency"]["value"] == "3"
    assert delivery.trial.run("whoami", "--profile", PROFILE, once=False)[0] == 0
    assert sorted(wavs(delivery.archive)) == before
    delivery.trial.verify(delivery.archive)
    return f"{delivery.version} → {app['DisplayVersion']}, still {len(before)} recordings"


def downgraded(delivery: Delivery) -> str:
    """The older version is refused, and nothing changes."""
    code = delivery.msiexec("/i", delivery.old)
    assert code == REFUSED, code
    (app,) = apps()
    assert app["DisplayVersion"] != delivery.version
    return f"refused with {code}"


def removed(delivery: Delivery) -> str:
    """Removed without a question; the archive stays, and nothing of the computer's does."""
    before = sorted(wavs(delivery.archive))
    assert delivery.trial.run("sign-out", "--profile", PROFILE, once=False)[0] == 0
    assert delivery.msiexec("/x", delivery.new) == 0
    left = [path for path in PROGRAM_FILES.rglob("*") if path.is_file()] if PROGRAM_FILES.exists() else []
    assert not left, left
    assert not apps()
    assert not links(), links()
    for name in ("server.url", "archive.folder", "account.profile", "window.language", "update.check"):
        assert value(POLICY, name) is None, name
    assert value(FACTS, "Version") is None
    assert str(PROGRAM_FILES) not in str(value(ENVIRONMENT, "PATH")), "still on the PATH"
    assert sorted(wavs(delivery.archive)) == before
    return f"{len(before)} recordings stay"


LOOKS: list[Callable[[Delivery], str]] = [
    installed, policy, selftests, pulled, kept, window, upgraded, downgraded, removed,
]  # fmt: skip


def main() -> int:
    """Every look, in their order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    account = ("--now", "2026-11-20T12:00:00Z", "--tiny")
    with (
        tempfile.TemporaryDirectory(prefix="mir delivery ü ", ignore_cleanup_errors=True) as folder,
        Sandbox.start(conversations=300, options=account, tls=True) as sandbox,
    ):
        delivery = Delivery(
            Path(folder).resolve(),
            sandbox,
            old=options.old.resolve(),
            new=options.new.resolve(),
            pictures=options.pictures.resolve() if options.pictures is not None else None,
        )
        return take(delivery, LOOKS)


if __name__ == "__main__":
    sys.exit(main())
