"""The command line of `mir-download-client`; what it asks for is done elsewhere."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from download_client import __version__
from download_client.errors import InvalidSetting
from download_client.settings import check_name


def read(untrusted_arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options: `profile` (None: the usual one), `server`, `language`, `try_it`, `play` (files),
    `selftest` (a file, `-` for standard output, or None), `verbose`.

    Ends the process as argparse does: 0 for --help and --version, 2 for what cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="mir-download-client",
        description="The window of the MIR Download Client: search, download and keep the call recordings of "
        "Mitel Interaction Recording. `mir-download` does the same on the command line.",
    )
    parser.add_argument("--profile", type=_profile, metavar="NAME", help="which account; one window each")
    parser.add_argument("--server", default="", metavar="URL", help="address of the service, for signing in")
    parser.add_argument("--language", default="", metavar="CODE", help="language of the window this time, such as de")
    parser.add_argument("--try-it", action="store_true", help="sign in to the bundled stand-in service; keeps nothing")
    parser.add_argument(
        "--play",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="listen to WAV files in a window of their own, without signing in",
    )
    parser.add_argument(
        "--selftest",
        nargs="?",
        type=Path,
        const=Path("-"),
        metavar="FILE",
        help="say as JSON what works on this machine, in a file or on standard output, and end",
    )
    parser.add_argument("--verbose", action="store_true", help="log more, and on standard error too")
    parser.add_argument("--version", action="version", version=f"mir-download-client {__version__}")
    return parser.parse_args(untrusted_arguments)


def _profile(untrusted_name: str) -> str:
    try:
        return check_name(untrusted_name)
    except InvalidSetting as error:
        raise argparse.ArgumentTypeError(error.detail) from None
