"""`python -m mir_sandbox`: starts one stand-in service, prints one line of JSON about it, and ends with its parent.

Not promised: a service for the world; it listens on loopback unless told otherwise, and its account is made up.
"""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from mir_sandbox.front.parent import watch_parent, watch_standard_input
from mir_sandbox.front.service import FrontOptions, Service
from mir_sandbox.options import Digests, Lifetimes, Limits, Rate, SandboxOptions
from mir_sandbox.serve import build

_DESCRIPTION = """\
Starts a stand-in MIR service with a made-up account. When it serves, it prints one line of JSON:

  baseUrl      where a client begins
  caFile       the certificate to trust, null without --tls
  controlUrl   where faults are asked for and the account is changed
  users        [{"username", "password", "accessLevel", "role"}, ...]; of the role serviceAccount these are the
               client id and the client secret
  doors        origins by name: main, other (another port), plain (http), and those of --bad-certificates
  proxyUrl     a forward proxy; strictProxyUrl asks for the name and password that stand in it
  pid          the process

It ends when its parent ends, and in order on Ctrl+C or a termination signal.
"""
_EXAMPLES = """\
examples:
  python -m mir_sandbox                                    2,000 conversations, plain HTTP on a free port
  python -m mir_sandbox --port 8443 --tls --seed 11        another account, HTTPS
  python -m mir_sandbox --conversations 1000000 --tiny     a very large account of very short calls
  python -m mir_sandbox --store account.db --tls-directory ca
                                                           an account and an authority that outlive the process
  python -m mir_sandbox.faults CONTROL_URL add stall --after 1000 --times 3
                                                           a fault in a service that runs
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        "python -m mir_sandbox",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    usual = SandboxOptions()
    add("--host", default=usual.host, help="address to listen on (%(default)s)")
    add("--port", type=int, default=usual.port, help="port of the public side; 0 takes a free one (%(default)s)")
    add("--tls", action="store_true", help="HTTPS with a certificate of an authority made for it")
    add("--tls-directory", type=Path, metavar="DIR", help="keep the authority here and use it again")
    add(
        "--bad-certificates",
        action="store_true",
        help="with --tls: one more port for each certificate that is not good",
    )
    account = made.add_argument_group("the account")
    add = account.add_argument
    add("--conversations", type=int, default=usual.conversations, metavar="N", help="how many (%(default)s)")
    add("--seed", type=int, default=usual.seed, help="another seed is another account (%(default)s)")
    add("--now", type=_moment, metavar="TIME", help="the service's clock at its start, such as 2026-03-29T03:30:00Z")
    add("--tiny", action="store_true", help="calls of two or three seconds only")
    add("--time-zone", default=usual.time_zone, metavar="IANA", help="zone of the account (%(default)s)")
    add("--retention-months", type=int, default=usual.retention_months, metavar="N", help="(%(default)s)")
    add("--archiving", action="store_true", help="recordings are kept for 7 years")
    add("--store", type=Path, metavar="FILE", help="keep the account in this file and use it again")
    add("--corpus", type=Path, metavar="DIR", help="the WAV files of this directory instead of a made-up account")
    service = made.add_argument_group("the service")
    add = service.add_argument
    add("--digests", choices=[each.value for each in Digests], default=usual.digests.value, help="(%(default)s)")
    add(
        "--signed-links", action="store_true", help="content is answered by 307 to a link that is good for a short time"
    )
    add("--links-elsewhere", action="store_true", help="such links lie on another port")
    add("--max-concurrent-downloads", type=int, default=usual.limits.max_concurrent_downloads, metavar="N")
    add("--max-page-size", type=int, default=usual.limits.max_page_size, metavar="N")
    add("--max-window-days", type=int, default=usual.limits.max_window_days, metavar="N")
    for name, rate in (
        ("search", usual.limits.search),
        ("content", usual.limits.content),
        ("sign-in", usual.limits.sign_in),
    ):
        add(
            f"--{name}-rate",
            type=_rate,
            default=rate,
            metavar="RATE",
            help=f"requests a second and burst; 0/0 is no limit ({rate.per_second:g}/{rate.burst})",
        )
    add("--access-token-seconds", type=int, default=usual.lifetimes.access_token, metavar="N", help="(%(default)s)")
    add("--page-token-seconds", type=int, default=usual.lifetimes.page_token, metavar="N", help="(%(default)s)")
    add("--signed-link-seconds", type=int, default=usual.lifetimes.signed_link, metavar="N", help="(%(default)s)")
    process = made.add_argument_group("the process")
    add = process.add_argument
    add("--until-input-ends", action="store_true", help="also end when standard input does")
    add("--stay", action="store_true", help="do not end with the parent")
    return made


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("say the offset too, such as a Z at the end")
    return moment


def _rate(text: str) -> Rate:
    per_second, _, burst = text.partition("/")
    return Rate(per_second=float(per_second), burst=int(burst or float(per_second)))


def options_of(arguments: argparse.Namespace) -> SandboxOptions:
    """The options of the service that a command line asks for."""
    return SandboxOptions(
        host=arguments.host,
        port=arguments.port,
        tls=arguments.tls,
        conversations=arguments.conversations,
        seed=arguments.seed,
        now=arguments.now,
        tiny=arguments.tiny,
        time_zone=arguments.time_zone,
        retention_months=arguments.retention_months,
        archiving=arguments.archiving,
        limits=Limits(
            search=arguments.search_rate,
            content=arguments.content_rate,
            sign_in=arguments.sign_in_rate,
            max_concurrent_downloads=arguments.max_concurrent_downloads,
            max_page_size=arguments.max_page_size,
            max_window_days=arguments.max_window_days,
        ),
        lifetimes=Lifetimes(
            access_token=arguments.access_token_seconds,
            page_token=arguments.page_token_seconds,
            signed_link=arguments.signed_link_seconds,
        ),
        digests=Digests(arguments.digests),
        signed_links=arguments.signed_links or arguments.links_elsewhere,
        store=arguments.store,
        corpus=arguments.corpus,
    )


def announcement(service: Service) -> dict[str, object]:
    """What the line of JSON says."""
    doors = {"main": service.main, "other": service.other, "plain": service.plain} | service.bad
    login = service.login
    host = service.options.host
    return {
        "baseUrl": service.main.origin + service.apps.base_path,
        "caFile": str(service.ca_file.absolute()) if service.ca_file is not None else None,
        "controlUrl": service.control_url,
        "users": [
            {
                "username": user.username,
                "password": user.password,
                "accessLevel": user.access_level,
                "role": user.role,
            }
            for user in service.apps.users
        ],
        "doors": {name: door.origin for name, door in doors.items()},
        "proxyUrl": f"http://{host}:{service.proxy.port}",
        "strictProxyUrl": f"http://{login.username}:{login.password}@{host}:{service.strict_proxy.port}",
        "pid": os.getpid(),
    }


async def serve(arguments: argparse.Namespace, directory: Path) -> int:
    """Serve until a signal comes or the parent is gone; the exit code."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def end() -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(ended.set)

    _on_signals(end)
    # Clients that leave in the middle are daily bread here; asyncio warns of each.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    if not arguments.stay:
        watch_parent(end)
    if arguments.until_input_ends:
        watch_standard_input(end)
    front = FrontOptions(
        directory=arguments.tls_directory or directory,
        bad_certificates=arguments.bad_certificates,
        links_elsewhere=arguments.links_elsewhere,
    )
    try:
        service = Service(options_of(arguments), front, build)
    except (OSError, ValueError, sqlite3.Error) as error:
        print(f"The service cannot start: {error}", file=sys.stderr)  # noqa: T201 - the command line
        return 1
    await service.open()
    try:
        print(json.dumps(announcement(service)), flush=True)  # noqa: T201 - the one line
        await ended.wait()
    finally:
        await service.close()
    return 0


def _on_signals(end: Callable[[], None]) -> None:
    names = ("SIGINT", "SIGTERM", "SIGBREAK")
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        signal.signal(number, lambda _number, _frame: end())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    with tempfile.TemporaryDirectory(prefix="mir-sandbox-", ignore_cleanup_errors=True) as directory:
        return asyncio.run(serve(parser().parse_args(arguments), Path(directory)))


if __name__ == "__main__":
    sys.exit(main())
