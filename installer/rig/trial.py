"""A trial of the headless client on Windows, or under Wine: what only Windows does to files, processes and secrets.

``python installer/rig/trial.py [--policy]`` from the root of the repository, in an environment with the `sandbox`
extra. It starts the stand-in service, works in a new temporary folder and in the Windows Credential Manager under a
profile of its own, and prints one line per look; it ends with 1 if one failed. `--policy` also writes and removes the
machine's policy in the registry (administrators only). It does not replace the tests: run those besides.
"""

# ruff: noqa: S101, T201 - looks are assertions, and their answers are printed

from __future__ import annotations

import argparse
import ctypes
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mir_sandbox.remote import Sandbox, User

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""The service's clock, so that every trial sees the same account."""
PERIOD = timedelta(days=30)
POLICY = r"SOFTWARE\Policies\MIR Download Client"
PROFILE = "windows-trial"
S = TypeVar("S")
SOURCE = (sys.executable, "-m", "download_client")
NEW_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


class Skipped(Exception):
    """This machine cannot show it."""


def under_wine() -> bool:
    """This Windows is Wine."""
    return os.name == "nt" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")  # type: ignore[attr-defined,unused-ignore]


class Trial:
    """A service, a user who sees everything, and a home of the program's own."""

    def __init__(self, folder: Path, sandbox: Sandbox, program: Sequence[str] = SOURCE, *, now: datetime = NOW) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.program = program
        self.period = ("--from", (now - PERIOD).isoformat(), "--to", now.isoformat())
        self.server = sandbox.base_url
        self.user: User = sandbox.user(access_level="all")
        self.environment = os.environ | {"MIR_DOWNLOAD_HOME": str(folder / "home")}

    def start(self, *words: str, once: bool = True, group: bool = False) -> subprocess.Popen[bytes]:
        """A command; its password is already on its way."""
        command = [*self.program, *words]
        if once:
            command += ["--server", self.server, "--user", self.user.username, "--password-stdin"]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            creationflags=NEW_GROUP if group else 0,
        )
        assert process.stdin is not None
        process.stdin.write(self.user.password.encode() + b"\n")
        process.stdin.close()
        process.stdin = None
        return process

    def run(self, *words: str, once: bool = True) -> tuple[int, str, str]:
        """A whole command: its exit code, output and errors."""
        process = self.start(*words, once=once)
        out, err = process.communicate(timeout=180)
        assert b"Traceback" not in err, err.decode("utf-8", "replace")
        return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def pull(self, archive: Path, *words: str) -> dict[str, Any]:
        """A whole pull; what it answered, with its exit code."""
        code, out, err = self.run("pull", "--archive", str(archive), "--accept-risk", "--json", *self.period, *words)
        assert out, err
        answer: dict[str, Any] = json.loads(out)
        return answer | {"exit": code}

    def slow(self, archive: Path, *, group: bool = False) -> subprocess.Popen[bytes]:
        """A pull that takes long, on its way: some recordings are home."""
        before = len(wavs(archive))
        words = ("pull", "--archive", str(archive), "--accept-risk", "--json", "--limit-rate", "100kB/s", *self.period)
        process = self.start(*words, group=group)
        deadline = time.monotonic() + 60
        while len(wavs(archive)) < before + 3:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return process

    def verify(self, archive: Path) -> None:
        """The program's own look at the archive finds nothing."""
        code, out, err = self.run("verify", str(archive), once=False)
        assert code == 0, f"{code}\n{out}\n{err}"

    def check(self, archive: Path) -> int:
        """Every available recording lies there once, with the service's own bytes; how many there are."""
        truth = {row["sha256"] for row in self.sandbox.truth(self.user.username) if row["status"] == "available"}
        found = [hashlib.sha256(path.read_bytes()).hexdigest() for path in wavs(archive)]
        assert found, "nothing was archived"
        assert set(found) <= truth, "bytes that the service never served"
        assert all(path.with_suffix(".csv").exists() for path in wavs(archive))
        return len(found)


def wavs(archive: Path) -> list[Path]:
    """The finished recordings, also where the path is long."""
    base = str(archive) if os.name != "nt" else "\\\\?\\" + str(archive.absolute())
    return [
        Path(folder) / name
        for folder, _, names in os.walk(base)
        if ".mir" not in folder
        for name in names
        if name.endswith(".wav")
    ]


@contextmanager
def held(path: Path, *, share: int = 0) -> Iterator[None]:
    """Hold a file as another program does; `share`: 1 others may read, 2 write, 4 delete."""
    if os.name != "nt":
        raise Skipped("only Windows holds files")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(str(path), 0x80000000, share, None, 3, 0x80, None)
    assert handle not in (None, ctypes.c_void_p(-1).value), f"{path} cannot be held"
    try:
        yield
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


def keyring(trial: Trial) -> str:
    """Sign-in is kept in the Credential Manager, used, and gone after sign-out."""
    words = ("--server", trial.server, "--user", trial.user.username, "--password-stdin")
    code, _, err = trial.run("sign-in", *words, "--profile", PROFILE, once=False)
    assert code == 0, err
    code, out, err = trial.run("whoami", "--profile", PROFILE, "--json", once=False)
    assert code == 0, err
    _, out, _ = trial.run("doctor", "--profile", PROFILE, "--json", once=False)
    (ring,) = (each["said"] for each in json.loads(out)["checks"] if each["name"] == "keyring")
    assert trial.run("sign-out", "--profile", PROFILE, once=False)[0] == 0
    assert trial.run("whoami", "--profile", PROFILE, once=False)[0] == 5
    return str(ring)


def killed(trial: Trial) -> str:
    """Ended by TerminateProcess in mid-run, three times; the next runs bring everything home, once."""
    archive = trial.folder / "killed"
    for _ in range(3):
        process = trial.slow(archive)
        process.kill()
        process.communicate()
    answer = trial.pull(archive)
    count = trial.check(archive)
    assert answer["phase"] in ("complete", "partial"), answer
    assert answer["states"]["archived"] == count, answer
    again = trial.pull(archive)
    assert again["content_requests"] == 0, again
    trial.verify(archive)
    return f"{count} recordings, none twice, the last run asked for none"


def second(trial: Trial) -> str:
    """A second puller is told who is at work, and ends with 9."""
    archive = trial.folder / "second"
    # The first stands still: on a busy machine it would be done before the second has begun.
    with trial.sandbox.fault("stall", {"after": 1}, where={"route": "content"}, skip=4):
        process = trial.slow(archive)
        answer = trial.pull(archive)
        process.kill()
        process.communicate()
    assert answer["exit"] == 9, answer
    return str(answer["error"]["detail"])


def ctrl_break(trial: Trial) -> str:
    """Ctrl+Break ends a run durably and soon, with 130."""
    if os.name != "nt":
        raise Skipped("there is no Ctrl+Break")
    if under_wine():
        raise Skipped("Wine ends a program at Ctrl+Break itself, whatever it asked for")
    process = trial.slow(trial.folder / "break", group=True)
    began = time.monotonic()
    process.send_signal(getattr(signal, "CTRL_BREAK_EVENT"))  # noqa: B009 - mypy on Linux
    process.communicate(timeout=30)
    took = time.monotonic() - began
    assert process.returncode == 130, process.returncode
    assert took < 10, took
    return f"after {took:.1f} s"


def rebuilt(trial: Trial) -> str:
    """Without its ledger everything is known again from the archive alone; nothing is downloaded again."""
    archive = trial.folder / "killed"
    for ledger in (trial.folder / "home" / "data" / "ledgers").glob("*.sqlite3*"):
        ledger.unlink()
    assert trial.run("rebuild", str(archive), once=False)[0] == 0
    answer = trial.pull(archive)
    assert answer["content_requests"] == 0, answer
    return f"{answer['skipped']} recordings known again"


def part_held(trial: Trial) -> str:
    """A virus scanner that holds parts for a moment delays recordings, and loses none."""
    archive = trial.folder / "scanned"
    process = trial.slow(archive)
    seen = 0
    while process.poll() is None and seen < 200:
        for part in list((archive / ".mir" / "parts").glob("*.part")):
            try:
                with held(part, share=7 if seen % 2 else 3):
                    seen += 1
                    time.sleep(0.02)
            except AssertionError:
                continue  # it was quicker
    process.communicate()
    trial.pull(archive)
    return f"{seen} times held, {trial.check(archive)} recordings"


def table_open(trial: Trial) -> str:
    """A table that a person has open in a spreadsheet stays whole, and the run says so or writes another."""
    archive = trial.folder / "killed"
    (first, *_) = sorted((archive / "Runs").glob("*.csv"))
    before = first.read_bytes()
    with held(first, share=1):
        answer = trial.pull(archive)
    assert first.read_bytes() == before
    return f"exit {answer['exit']}, the open table is as it was"


def settings_held(trial: Trial) -> str:
    """Settings that another program reads for a moment are changed a moment later; held for ever, it is said."""
    assert trial.run("settings", "transfer.concurrency", "3", once=False)[0] == 0
    file = trial.folder / "home" / "config" / "settings.toml"
    release = threading.Event()

    def hold() -> None:
        with held(file, share=3):
            release.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    code, _, err = trial.run("settings", "transfer.concurrency", "5", once=False)
    release.set()
    holder.join()
    assert code == 2, (code, err)
    assert "concurrency = 3" in file.read_text("utf-8")
    assert trial.run("settings", "transfer.concurrency", "5", once=False)[0] == 0
    return "said while it was held, changed afterwards"


def long_path(trial: Trial) -> str:
    """An archive whose names are longer than 260 characters."""
    archive = trial.folder / ("Aufzeichnungen " + "ä" * 60) / ("b" * 60)
    archive.parent.mkdir()
    answer = trial.pull(archive)
    longest = max(len(str(path).removeprefix("\\\\?\\")) for path in wavs(archive))
    assert longest > 260, longest
    trial.verify(archive)
    assert "?" not in str(answer["csv"]), answer["csv"]
    return f"{trial.check(archive)} recordings, the longest path has {longest} characters"


def junction(trial: Trial) -> str:
    """A junction planted in the archive is not followed."""
    archive = trial.folder / "junction"
    outside = trial.folder / "outside"
    outside.mkdir()
    trial.pull(archive)
    year = next(path for path in archive.iterdir() if path.name.startswith("20"))
    year.rename(outside / year.name)
    made = subprocess.run(
        ["cmd", "/c", "mklink", "/J", str(year), str(outside / year.name)], check=False, capture_output=True
    )
    if made.returncode or not os.lstat(year).st_file_attributes & 0x400:  # type: ignore[attr-defined,unused-ignore]
        raise Skipped("no junction can be made here")
    code, out, _ = trial.run("verify", str(archive), once=False)
    assert code == 10, out
    return "named by verify, not followed"


def policy(trial: Trial) -> str:
    """A value of HKLM is in force above the user's, and cannot be changed."""
    if sys.platform != "win32":
        raise Skipped("there is no registry")
    import winreg

    access = winreg.KEY_ALL_ACCESS | winreg.KEY_WOW64_64KEY
    with winreg.CreateKeyEx(winreg.HKEY_LOCAL_MACHINE, POLICY, 0, access) as key:
        winreg.SetValueEx(key, "transfer.concurrency", 0, winreg.REG_DWORD, 2)
        winreg.SetValueEx(key, "network.ca_file", 0, winreg.REG_EXPAND_SZ, r"%SystemRoot%\company.pem")
    try:
        _, out, _ = trial.run("settings", "--json", once=False)
        found = {each["name"]: each for each in json.loads(out)["settings"]}
        assert found["transfer.concurrency"]["origin"] == "policy"
        assert found["transfer.concurrency"]["value"] == "2"
        assert "%" not in found["network.ca_file"]["value"]
        code, _, err = trial.run("settings", "transfer.concurrency", "8", once=False)
        assert code == 2
        assert "policy" in err
    finally:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, POLICY, 0, access) as key:
            for name in ("transfer.concurrency", "network.ca_file"):
                winreg.DeleteValue(key, name)
        winreg.DeleteKeyEx(winreg.HKEY_LOCAL_MACHINE, POLICY, winreg.KEY_WOW64_64KEY)
    return "in force, and refused to the user"


LOOKS: list[Callable[[Trial], str]] = [
    keyring, killed, second, ctrl_break, table_open, rebuilt, part_held, settings_held, long_path, junction,
]  # fmt: skip


def take(subject: S, looks: Sequence[Callable[[S], str]]) -> int:
    """Every look, one line each with the seconds it took; 1 where one failed."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    failed = False
    for look in looks:
        began = time.monotonic()
        try:
            verdict, said = "ok  ", look(subject)
        except Skipped as reason:
            verdict, said = "none", str(reason)
        except Exception:
            failed = True
            verdict, said = "BAD ", traceback.format_exc()
        print(verdict, f"{look.__name__} ({time.monotonic() - began:.1f} s): {said}", flush=True)
    return int(failed)


def main() -> int:
    """Every look, or one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policy", action="store_true", help="also write and remove the machine's policy")
    parser.add_argument("--only", metavar="NAME", help="one look alone")
    options = parser.parse_args()
    looks = [*LOOKS, *([policy] if options.policy else [])]
    account = ("--now", NOW.isoformat(), "--tiny")
    with (
        tempfile.TemporaryDirectory(prefix="mir trial ü ", ignore_cleanup_errors=True) as folder,
        Sandbox.start(conversations=300, options=account) as sandbox,
    ):
        trial = Trial(Path(folder).resolve(), sandbox)
        return take(trial, [look for look in looks if options.only in (None, look.__name__)])


if __name__ == "__main__":
    sys.exit(main())
