"""Makes `pull.svg`: a real pull from the stand-in service, as a terminal of 100 columns shows it on its way.

Not promised: the same picture twice; speeds and times are those of the moment. It needs a pseudo-terminal.

    python docs/pictures/make.py
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mir_sandbox.remote import Sandbox

WIDTH = 100
PART = 0.6
PICTURE = Path(__file__).with_name("pull.svg")
WORDS = "--from 30d --archive ~/Recordings"
_PROGRAM = (sys.executable, "-m", "download_client")
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_HOW_FAR = re.compile(r"([\d,]+) of ([\d,]+)\s*$", re.MULTILINE)
_DRAWN_OVER = re.compile(r"\x1b\[2K|\x1b\[\d*A|\x1b\[\?25[lh]|\r")


def main() -> None:
    """Serve, pull, watch, draw."""
    with tempfile.TemporaryDirectory() as folder, Sandbox.start(conversations=2000, tls=True) as sandbox:
        user = sandbox.user(access_level="all")
        home = {"HOME": folder, "MIR_DOWNLOAD_HOME": f"{folder}/home"}
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": str(WIDTH)}
        environment = {**os.environ, **home, **terminal}
        trust = [*_PROGRAM, "settings", "network.ca_file", str(sandbox.ca_file)]
        subprocess.run(trust, check=True, capture_output=True, env=environment)
        sign_in = ["--server", sandbox.base_url, "--user", user.username, "--password-stdin"]
        count = subprocess.run(
            [*_PROGRAM, "search", "--from", "30d", "--count", *sign_in],
            check=True,
            capture_output=True,
            text=True,
            input=user.password,
            env=environment,
        ).stdout
        words = WORDS.replace("~", folder).split()
        options = ["--accept-risk", "--limit-rate", "10MB", *sign_in]
        frame = watched([*_PROGRAM, "pull", *words, *options], password=user.password, environment=environment)
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(
        Text.from_ansi(f"$ mir-download search --from 30d --count\n{count}$ mir-download pull {WORDS}\n{frame}")
    )
    # Nothing is loaded from elsewhere: whoever looks at the picture has a font of even width.
    drawn = _FONTS.sub("", console.export_svg(title="mir-download"))
    PICTURE.write_text(drawn, encoding="utf-8")


def watched(command: list[str], *, password: str, environment: Mapping[str, str]) -> str:
    """What stands on the terminal when `PART` of the recordings are home; the pull is ended then."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.write(f"{password}\n".encode())
        process.stdin.close()
        drawn = b""
        while True:
            drawn += os.read(ours, 65536)
            frames = re.split(r"\r\x1b\[2K(?:\x1b\[1A\x1b\[2K)+", drawn.decode(errors="replace"))
            frame = _DRAWN_OVER.sub("", frames[-2]) if len(frames) > 1 else ""
            plain = re.sub(r"\x1b\[[\d;]*m", "", frame)
            if (found := _HOW_FAR.search(plain)) is not None:
                home, listed = (int(figure.replace(",", "")) for figure in found.groups())
                if home >= PART * listed:
                    process.terminate()
                    break
        while _more(ours):
            pass
    os.close(ours)
    return frame


def _more(descriptor: int) -> bool:
    try:
        return bool(os.read(descriptor, 65536))
    except OSError:
        return False


if __name__ == "__main__":
    main()
