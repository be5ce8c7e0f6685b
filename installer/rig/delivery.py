"""A trial of the MSI on Windows, or under Wine: installed in silence, used, upgraded, not downgraded, removed.

``python installer/rig/delivery.py OLD.msi NEW.msi [--pictures FOLDER]`` as an administrator, from the root of the
repository, in an environment with the `sandbox` and `gui` extras. It begins and ends with nothing installed, prints one
line per look, in their order, and ends with 1 if one failed; each look stands on those before it. With a folder for
pictures the window is used as well: by keys that go to whatever is in front, so that nobody may touch the machine.
"""

# ruff: noqa: S101, E402 - looks are assertions, and nothing but Windows reads further than the first

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import wave
import winreg
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

assert sys.platform == "win32", "only Windows installs it"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installer.rig.desk import Desk
from installer.rig.trial import Skipped, Trial, take, under_wine, wavs
from mir_sandbox.remote import Sandbox

POLICY = r"SOFTWARE\Policies\MIR Download Client"
FACTS = r"SOFTWARE\MIR Download Client"
UNINSTALL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
ENVIRONMENT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
PROGRAM_FILES = Path(os.environ.get("PROGRAMW6432", r"C:\Program Files")) / "MIR Download Client"
WINDOW, CONSOLE = PROGRAM_FILES / "MIR Download Client.exe", PROGRAM_FILES / "mir-download.exe"
REFUSED = 1603
PROFILE = "Sales"
LOADED = 8.0
"""Seconds without a change after which a busy machine has read a call."""
_WAIT = 120


class Delivery:
    """Two versions, and a service with a user who sees everything."""

    def __init__(
        self, folder: Path, sandbox: Sandbox, *, now: datetime, old: Path, new: Path, pictures: Path | None
    ) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.old = old
        self.new = new
        self.pictures = pictures
        self.archive = folder / "Archiv Übung"
        self.now = now
        self.trial = Trial(folder, sandbox, (str(CONSOLE),), now=now)
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
    return typed(key, name)[0]


def typed(key: str, name: str) -> tuple[object, int]:
    """A value of HKLM and its type; None and REG_NONE where there is none."""
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
            return winreg.QueryValueEx(opened, name)
    except FileNotFoundError:
        return None, winreg.REG_NONE


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
        PROFILE=PROFILE,
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


def policy(delivery: Delivery, *, profile: str = PROFILE) -> str:
    """What was given on the command line is policy, in force and refused to the user."""
    found = delivery.settings()
    wanted = {
        "server.url": delivery.trial.server,
        "archive.folder": str(delivery.archive),
        "account.profile": profile,
        "window.language": "de",
        "update.check": "false",
    }
    for name, text in wanted.items():
        assert (found[name]["value"], found[name]["origin"]) == (text, "policy"), found[name]
    # IT may write %USERPROFILE% there.
    assert typed(POLICY, "archive.folder")[1] == winreg.REG_EXPAND_SZ
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


def window(delivery: Delivery) -> str:
    """By keyboard: signed in with a password, the last day downloaded, heard; pictures for somebody to look at."""
    if delivery.pictures is None:
        raise Skipped("no folder for pictures was named")
    trial, desk = delivery.trial, Desk()
    with opened(delivery) as process:
        _, shown = desk.opened(process.pid)
        desk.type(trial.user.username)
        desk.press("tab")
        desk.type(trial.user.password)
        desk.settle().save(delivery.pictures / "1-sign-in.png")
        desk.press("enter")
        signed_in = ("whoami", "--profile", PROFILE)
        desk.until("a sign-in that is kept", lambda: trial.run(*signed_in, once=False)[0] == 0)
        desk.settle().save(delivery.pictures / "2-conversations.png")

        def ask() -> None:
            desk.press("ctrl+a")
            desk.press("ctrl+d")

        ask()
        desk.until("the question what to download", lambda: len(desk.windows(process.pid)) > 1, again=ask)
        desk.settle().save(delivery.pictures / "3-download.png")
        desk.press("enter")
        desk.until("downloads", lambda: bool(wavs(delivery.archive)))
        downloaded = desk.settle()
        downloaded.save(delivery.pictures / "4-downloaded.png")
        home = {hashlib.sha256(path.read_bytes()).hexdigest() for path in wavs(delivery.archive)}
        # An hour less than the day that was asked for: it has begun to pass.
        rows = trial.sandbox.truth(trial.user.username, start=delivery.now - timedelta(hours=23))
        wanted = {row["sha256"] for row in rows if row["status"] == "available"}
        assert wanted, "the service has nothing of the last day"
        assert wanted <= home, f"{len(wanted - home)} of {len(wanted)} are missing"
        desk.press("ctrl+l")
        loaded = desk.settle(LOADED)
        desk.press("1")  # half as fast: the call is short
        desk.press("space")
        desk.going_on(loaded, 3).save(delivery.pictures / "5-playing.png")
        desk.press("space")
        desk.settle()
        desk.press("ctrl+4")
        desk.settle().save(delivery.pictures / "6-library.png")
        desk.press("ctrl+q")
        process.wait(_WAIT)
        assert process.returncode == 0, process.returncode
    trial.verify(delivery.archive)
    return f"on the screen after {shown:.1f} s; signed in, {len(home)} recordings of the last day, played"


def listening(delivery: Delivery) -> str:
    """The window of a file alone plays it."""
    if delivery.pictures is None:
        raise Skipped("no folder for pictures was named")
    desk, tone = Desk(), delivery.folder / "tone.wav"
    with wave.open(str(tone), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join((value * 120).to_bytes(2, "little", signed=True) for value in range(-90, 90)) * 1500)
    with opened(delivery, "--play", str(tone)) as process:
        loaded, shown = desk.opened(process.pid)
        desk.press("space")
        desk.going_on(loaded, 10).save(delivery.pictures / "7-listening.png")
    return f"on the screen after {shown:.1f} s, played"


@contextmanager
def opened(delivery: Delivery, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The installed window; it is gone afterwards."""
    process = subprocess.Popen([str(WINDOW), *words], env=delivery.trial.environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


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
    """A sign-in by the command line in the Credential Manager, and a choice in the settings, for the next version."""
    words = ("--server", delivery.trial.server, "--user", delivery.trial.user.username, "--password-stdin")
    code, _, err = delivery.trial.run("sign-in", *words, "--profile", PROFILE, once=False)
    assert code == 0, err
    assert delivery.trial.run("settings", "transfer.concurrency", "3", once=False)[0] == 0
    return "signed in, transfer.concurrency = 3"


def upgraded(delivery: Delivery) -> str:
    """The newer version takes the older one's place; but for the one property given, all is as it was."""
    before, linked = sorted(wavs(delivery.archive)), links()
    assert delivery.msiexec("/i", delivery.new, PROFILE="Support") == 0
    (app,) = apps()
    assert app["DisplayVersion"] != delivery.version
    code, out, _ = delivery.trial.run("--version", once=False)
    assert code == 0
    assert str(app["DisplayVersion"]) in out, out
    policy(delivery, profile="Support")
    assert delivery.settings()["transfer.concurrency"]["value"] == "3"
    assert delivery.trial.run("whoami", "--profile", PROFILE, once=False)[0] == 0
    if not under_wine():  # it has no MigrateFeatureStates
        assert links() == linked, links()
        assert str(PROGRAM_FILES) in str(value(ENVIRONMENT, "PATH")), "no longer on the PATH"
    assert sorted(wavs(delivery.archive)) == before
    delivery.trial.verify(delivery.archive)
    return f"{delivery.version} → {app['DisplayVersion']}, still {len(before)} recordings"


def repaired(delivery: Delivery) -> str:
    """A program that somebody deleted is back after a repair."""
    aside = delivery.folder / CONSOLE.name
    shutil.move(CONSOLE, aside)
    code = delivery.msiexec("/fa", delivery.new)
    if not CONSOLE.exists() and under_wine():
        shutil.move(aside, CONSOLE)
        raise Skipped("Wine repairs nothing")
    assert code == 0, code
    assert delivery.trial.run("--version", once=False)[0] == 0
    return f"{CONSOLE.name} is back"


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
    for name in ("Version", "InstallDir", "MIR_URL", "ARCHIVE_DIR", "PROFILE", "LANGUAGE", "DISABLE_UPDATE_CHECK"):
        assert value(FACTS, name) is None, name
    assert str(PROGRAM_FILES) not in str(value(ENVIRONMENT, "PATH")), "still on the PATH"
    assert sorted(wavs(delivery.archive)) == before
    return f"{len(before)} recordings stay"


LOOKS: list[Callable[[Delivery], str]] = [
    installed, policy, selftests, window, listening, pulled, kept, upgraded, repaired, downgraded, removed,
]  # fmt: skip


def main() -> int:
    """Every look, in their order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    # The window asks for the last day by this computer's clock.
    now = datetime.now(UTC).replace(microsecond=0)
    account = ("--now", now.isoformat(), "--tiny")
    with (
        # In the user's own folder: the program warns of archives in a temporary one.
        tempfile.TemporaryDirectory(prefix="mir delivery ü ", dir=Path.home(), ignore_cleanup_errors=True) as folder,
        Sandbox.start(conversations=300, options=account, tls=True) as sandbox,
    ):
        delivery = Delivery(
            Path(folder).resolve(),
            sandbox,
            now=now,
            old=options.old.resolve(),
            new=options.new.resolve(),
            pictures=options.pictures.resolve() if options.pictures is not None else None,
        )
        return take(delivery, LOOKS)


if __name__ == "__main__":
    sys.exit(main())
