"""The verbs of this project, the same for people and for CI: ``python3 dev.py VERB`` (Windows: ``py dev.py VERB``).

demo      open the window on a made-up account of the bundled stand-in service; where there is no screen, or with
          --terminal, run the main job in the terminal: sign in, search, pull, kill, resume, verify
test      install what the tests need, run every check and every test
lint      the checks alone: style, types, directions of imports, dead code, licences
fix       let the formatter and the linter mend what they can
lock      write the requirement files anew from pyproject.toml
kill      the long trial: kill the program thousands of times and check the invariants (dev.py kill 2000)
bench     measure against curl, rclone and aria2 (Debian, as root)
docs      write the generated pages anew
translate collect the words of the window for the translators, and make what it loads (dev.py translate fr: a new one)
pictures  take the pictures of the online help anew, in both languages, into resources/help/pictures
freeze    freeze both programs into one folder (dev.py freeze OUT); on Windows make the MSI of it too
windows   try the MSI under Wine: build the rig once (Debian, as root; dev.py windows /var/cache/mir-rig), two versions,
          install, use, upgrade, remove
gallery   take pictures of every view of the window: light and dark, both languages, 100 % and 200 %, into .dev/gallery

It needs Python 3.11 and pip, nothing else; everything goes into .venv and .dev beside this file. It is not part of
the program.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PACKAGES = ["download_client", "mir_sandbox", "ui"]
CODE = [
    *PACKAGES,
    "tests",
    "bench",
    "installer",
    "resources/openapi/make_page.py",
    "docs/make_cli.py",
    "docs/pictures/make.py",
    "resources/translations/collect.py",
    "dev.py",
]
LOCKS = {
    "base": [],
    "demo": ["sandbox", "gui"],
    "installer": ["gui", "installer"],
    "dev": ["sandbox", "gui", "installer", "dev"],
}
DEBIAN = {
    "libegl1": "/usr/lib/*/libEGL.so.1",
    "libgl1": "/usr/lib/*/libGL.so.1",
    "libxkbcommon0": "/usr/lib/*/libxkbcommon.so.0",
    "libdbus-1-3": "/usr/lib/*/libdbus-1.so.3",
    "libfontconfig1": "/usr/lib/*/libfontconfig.so.1",
    "libglib2.0-0": "/usr/lib/*/libglib-2.0.so.0",
    "libxcb-cursor0": "/usr/lib/*/libxcb-cursor.so.0",
    "libxcb-icccm4": "/usr/lib/*/libxcb-icccm.so.4",
    "libxcb-keysyms1": "/usr/lib/*/libxcb-keysyms.so.1",
    "libxcb-shape0": "/usr/lib/*/libxcb-shape.so.0",
    "libxcb-xkb1": "/usr/lib/*/libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "/usr/lib/*/libxkbcommon-x11.so.0",
    "libpulse0": "/usr/lib/*/libpulse.so.0",
    "libxrandr2": "/usr/lib/*/libXrandr.so.2",
    "dbus-daemon": "/usr/bin/dbus-daemon",
    "pulseaudio": "/usr/bin/pulseaudio",
    "pulseaudio-utils": "/usr/bin/pactl",
    "xvfb": "/usr/bin/Xvfb",
    "xauth": "/usr/bin/xauth",
}
"""Package of Debian to one file of it: what the tests of the window need beyond Python, a real screen among it."""
PICTURES = {
    "fonts-droid-fallback": "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "fonts-inter": "/usr/share/fonts/*/inter/Inter*Regular.*",
}
"""What the gallery needs besides: the fonts of Windows are not ours to give."""

LICENCES = (
    "Apache|MIT|BSD|ISC|Python Software Foundation|PSF|Mozilla Public License 2.0|MPL-2.0|The Unlicense|Unlicense|"
    "CC0|0BSD|Zlib|LGPL"
)
BUILDS = ("pyinstaller", "pyinstaller-hooks-contrib", "altgraph")
"""What builds the programs, and is not shipped with them (PyInstaller's loader is free of the GPL by its exception)."""


def main(arguments: Sequence[str]) -> int:
    """Run one verb; answers the exit code."""
    verbs = {
        "demo": demo,
        "test": test,
        "lint": lint,
        "fix": fix,
        "lock": lock,
        "kill": kill,
        "bench": bench,
        "docs": docs,
        "gallery": gallery,
        "pictures": pictures,
        "translate": translate,
        "freeze": freeze,
        "windows": windows,
    }
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older one
        print("Python 3.11 or newer is needed; this is", sys.version.split()[0])
        return 2
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 0 if arguments[:1] in ([], ["help"], ["--help"], ["-h"]) else 2
    os.chdir(ROOT)
    # Compiled modules are kept: the tests start the program many hundred times.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        verbs[arguments[0]](list(arguments[1:]))
    except subprocess.CalledProcessError as error:
        print(f"\n{' '.join(map(str, error.cmd[:6]))} … ended with {error.returncode}", flush=True)
        return int(error.returncode) or 1
    except KeyboardInterrupt:
        return 130
    return 0


def demo(arguments: list[str]) -> None:
    """The window on a made-up account, or the main job in the terminal."""
    install("demo")
    folder = ROOT / ".dev" / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    if "--terminal" in arguments or not has_screen():
        run("-m", "mir_sandbox.demo", str(folder), *(word for word in arguments if word != "--terminal"))
        return
    if libraries := [package for package in missing(DEBIAN) if package.startswith("lib")]:
        print("If no window opens, these are missing:", *libraries, flush=True)
    os.environ["MIR_DOWNLOAD_HOME"] = str(folder)
    run("-m", "ui", "--try-it", *arguments)


def has_screen() -> bool:
    """A window can be opened here."""
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return shown or os.name == "nt" or sys.platform == "darwin"


def test(arguments: list[str]) -> None:
    """Everything that must hold before a change lands."""
    with ThreadPoolExecutor() as beside:
        libraries = beside.submit(debian, DEBIAN)
        install("dev")
        libraries.result()
    # One worker more than processors: many tests wait for a process or a socket.
    workers = ["-n", str((os.cpu_count() or 1) + 1)]
    with aside("lint", sys.executable, "dev.py", "lint"):
        run("-m", "pytest", "-q", *(arguments or workers))


def lint(_: list[str]) -> None:
    """Style, types, imports, dead code, licences."""
    install("dev")
    code = [name for name in CODE if (ROOT / name).exists()]
    run("-m", "ruff", "check", *code)
    run("-m", "ruff", "format", "--check", "-q", *code)
    run("-m", "mypy", *code)
    tool("lint-imports")
    dead_code()
    licences()


def fix(_: list[str]) -> None:
    """Mend what a machine can."""
    install("dev")
    run("-m", "ruff", "check", "--fix", ".")
    run("-m", "ruff", "format", ".")


def lock(_: list[str]) -> None:
    """Resolve pyproject.toml for every platform, with hashes."""
    install("dev")
    for name, extras in LOCKS.items():
        options = [part for extra in extras for part in ("--extra", extra)]
        compiled(f"requirements/{name}.txt", "pyproject.toml", "requirements/build.in", *options)
    compiled("requirements/uv.txt", "requirements/uv.in", "--constraint", "requirements/dev.txt")


def compiled(lock_file: str, *words: str) -> None:
    """One lock file."""
    command = ["pip", "compile", "-q", "--universal", "--generate-hashes", "--python-version", "3.11", "--no-header"]
    run("-m", "uv", *command, "-o", lock_file, *words)


def kill(arguments: list[str]) -> None:
    """Kill and resume, again and again."""
    install("dev")
    run("-m", "pytest", "-q", "tests/journeys/test_kill.py", f"--kills={(arguments or ['2000'])[0]}")


def bench(arguments: list[str]) -> None:
    """The measurements of docs/performance.md."""
    install("dev")
    run("-m", "bench", *arguments)


def docs(_: list[str]) -> None:
    """The pages that are made from something else."""
    install("dev")
    run("resources/openapi/make_page.py")
    run("docs/make_cli.py")


def pictures(arguments: list[str]) -> None:
    """The pictures of the online help; `dev.py pictures [PAGE…]`."""
    install("dev")
    debian(DEBIAN | PICTURES)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for language in ("en", "de"):
        run("-m", "tests.ui.help_pictures", "resources/help/pictures", "--language", language, *arguments)


def gallery(arguments: list[str]) -> None:
    """Pictures of the window to look at; `dev.py gallery [DIR [VIEW…]]`."""
    install("dev")
    debian(DEBIAN | PICTURES)
    out = Path(arguments[0]) if arguments else ROOT / ".dev" / "gallery"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for scale in ("1", "2"):
        os.environ["QT_SCALE_FACTOR"] = scale
        for language in ("en", "de"):
            for scheme in ([], ["--dark"]):
                run("-m", "tests.ui.gallery", str(out), *scheme, "--language", language, *arguments[1:])


def translate(arguments: list[str]) -> None:
    """From the code to `mir_<language>.ts`, which people fill in, and from there to the `.qm` that is loaded."""
    install("dev")
    folder = ROOT / "resources" / "translations"
    folder.mkdir(exist_ok=True)
    found = ".dev/translations/texts.py"
    run("resources/translations/collect.py", "ui", found)
    for language in sorted({*arguments, *(file.stem.partition("_")[2] for file in folder.glob("mir_*.ts"))}):
        words = f"resources/translations/mir_{language}.ts"
        # English stands in the code; only its plurals do not.
        plurals = ["-pluralonly"] if language == "en" else []
        options = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", *plurals]
        tool("pyside6-lupdate", found, "-ts", words, *options, "-target-language", language)
        tool("pyside6-lrelease", "-silent", words, "-qm", words.replace(".ts", ".qm"))


def dead_code() -> None:
    """Code that neither the program nor a test uses."""
    found = subprocess.run([PYTHON, "-m", "vulture"], capture_output=True, text=True).stdout.splitlines()
    dead = [line for line in found if not line.startswith("tests")]
    print(*dead, sep="\n", end="\n" if dead else "")
    if dead:
        raise subprocess.CalledProcessError(3, ["vulture"])


def licences() -> None:
    """Every installed package under a licence that this program may be shipped with."""
    options = ["--format=csv", "--from=mixed", "--ignore-packages", *BUILDS]
    text = subprocess.run([PYTHON, "-m", "piplicenses", *options], check=True, capture_output=True, text=True).stdout
    bad = [row for row in csv.DictReader(text.splitlines()) if not re.search(LICENCES, row["License"])]
    for row in bad:
        print(f"{row['Name']} {row['Version']}: licence {row['License']!r} is not on the list in dev.py")
    if bad:
        raise subprocess.CalledProcessError(1, ["licences"])


def freeze(arguments: list[str]) -> None:
    """The folder that is delivered, and on Windows its MSI."""
    install("dev")
    out = Path(arguments[0] if arguments else ".dev/frozen").resolve()
    run("installer/build.py", "freeze", str(out))
    if os.name == "nt":
        icon = out / "work" / "client" / "client.ico"
        run("installer/build.py", "msi", str(out / "MIR Download Client"), str(out / "client.msi"), "--icon", str(icon))


def windows(arguments: list[str]) -> None:
    """The MSI under Wine, from nothing."""
    if not arguments:
        raise SystemExit("a folder outside the repository is needed, such as /var/cache/mir-rig (3 GB)")
    rig = ROOT / "installer" / "rig" / "rig.sh"
    if not (Path(arguments[0]) / "prefix" / "drive_c" / "Python311" / "python.exe").exists():
        subprocess.run([str(rig), "build", arguments[0]], check=True)
    subprocess.run([str(rig), "delivery", *arguments], check=True)


def install(name: str) -> None:
    """Bring .venv to the state of a lock file; quick when it already is."""
    wanted = hashlib.sha256()
    for file in (ROOT / "requirements" / f"{name}.txt", ROOT / "pyproject.toml"):
        wanted.update(file.read_bytes())
    stamp = ENV / f"installed-{name}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted.hexdigest():
        return
    print(f"installing what {name!r} needs into {ENV.name} (once)…", flush=True)
    if not PYTHON.exists():
        # Without pip of its own: Debian ships venv's copy of pip as a package apart.
        venv.create(ENV, with_pip=False, symlinks=os.name != "nt")
    packages(f"requirements/{name}.txt")
    stamp.write_text(wanted.hexdigest())


def packages(lock_file: str) -> None:
    """Install a lock file and the project: by uv, brought by pip, in a fifth of pip's time; by pip where that fails."""
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "-q", "--disable-pip-version-check"]
    # Modules are compiled when they are first loaded; most never are.
    pip.append("--no-compile")
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "-q", "--system-certs", "--python", str(PYTHON)]
    try:
        subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", "requirements/uv.txt"], check=True, cwd=ROOT)
        fill(uv, lock_file)
    except subprocess.CalledProcessError:
        print("uv could not install it, pip tries", flush=True)
        fill(pip, lock_file)


def fill(way: list[str], lock_file: str) -> None:
    """Install a lock file and the project in one way; from the index that pip is told of, when it is one's own."""
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    own = re.search(r"(?m)^[^=]*\.index-url='([^']+)'", told)
    index = {"UV_DEFAULT_INDEX": own[1]} if own else {}
    for what in (["--require-hashes", "-r", lock_file], ["--no-deps", "--no-build-isolation", "-e", "."]):
        subprocess.run([*way, *what], check=True, cwd=ROOT, env={**index, **os.environ})


def debian(packages: dict[str, str]) -> None:
    """Install Debian packages that are missing; elsewhere say what is missing. Only Linux is asked."""
    absent = missing(packages)
    if not absent:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print("missing, and only root on Debian can install them here:", *absent)
        raise subprocess.CalledProcessError(1, ["apt-get"])
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *absent], check=True)


def missing(packages: dict[str, str]) -> list[str]:
    """Those of which a file is not there; none where the system is not Linux."""
    if sys.platform != "linux":
        return []
    return sorted(package for package, file in packages.items() if not any(Path("/").glob(file[1:])))


def run(*arguments: str) -> None:
    """A Python command in the environment."""
    subprocess.run([str(PYTHON), *arguments], check=True, cwd=ROOT)


@contextlib.contextmanager
def aside(name: str, *command: str) -> Iterator[None]:
    """Run a command beside the body; what it said is told in one piece afterwards, and its failure is one here too."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=ROOT)
        try:
            yield
        finally:
            code = process.wait()
            said.seek(0)
            print(f"\n{name}, run beside that, {f'FAILED with {code}' if code else 'passed'}:", flush=True)
            sys.stdout.buffer.write(said.read())
            sys.stdout.flush()
    if code:
        raise subprocess.CalledProcessError(code, command)


def tool(name: str, *arguments: str) -> None:
    """An installed command of the environment."""
    subprocess.run([str(PYTHON.parent / name), *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
