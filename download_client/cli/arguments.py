"""The command line as argparse knows it: every command explains itself with examples; nothing is done here."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from download_client import __version__
from download_client.cli.exit_codes import table
from download_client.errors import UsageError

_EPILOG = f"""exit codes:
{table()}

examples:
  mir-download sign-in --server https://mir.example.com --user ann --browser
  mir-download search --from yesterday --count
  mir-download pull --from 7d --archive ~/Recordings
  mir-download verify ~/Recordings

Every command takes --json: one object on standard output and nothing else.
`mir-download COMMAND --help` explains a command with examples."""

_ARCHIVE = "folder of the archive (default: the setting archive.folder, or the last one used)"


class _SelfTest(argparse.Action):
    """Ends the process as --version does: 0 where everything works, 1 where something does not."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from download_client.engine import selftest  # nothing else needs it

        found = selftest.report("mir-download", selftest.headless())
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
        parser.exit(0 if found["healthy"] else 1)


class _Parser(argparse.ArgumentParser):
    """Raises what it cannot read as our own error, so that it is told as every other one is."""

    def error(self, message: str) -> NoReturn:
        """Show the usage. Raises `UsageError`."""
        self.print_usage(sys.stderr)
        raise UsageError(message, subject=self.prog)


def parser() -> argparse.ArgumentParser:
    """The whole command line; reading one that cannot be meant raises `UsageError`."""
    top = _Parser(
        prog="mir-download",
        description="Bring call recordings home from Mitel Interaction Recording: WAV and CSV, proved, resumable.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"mir-download {__version__}")
    top.add_argument("--selftest", action=_SelfTest, help="say as JSON what works on this machine, and end")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _account_commands(commands)
    _search_commands(commands)
    _pull_commands(commands)
    _schedule_commands(commands)
    _alarm_commands(commands)
    _archive_commands(commands)
    _machine_commands(commands)
    return top


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, *, does: str, examples: str
) -> argparse.ArgumentParser:
    """A command with the options that all have."""
    command = commands.add_parser(
        name,
        help=does,
        description=does[0].upper() + does[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  {line.strip()}" for line in examples.strip().splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    general = command.add_argument_group("for every command")
    general.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    general.add_argument("--quiet", action="store_true", help="no progress and no notes on standard error")
    general.add_argument("--verbose", action="store_true", help="log to standard error too")
    general.add_argument("--profile", metavar="NAME", help="which account (default: the setting account.profile)")
    return command


def _one_sign_in(command: argparse.ArgumentParser) -> None:
    """For computers without a keyring: sign in for this command only and keep nothing."""
    once = command.add_argument_group("one sign-in that leaves nothing behind")
    once.add_argument("--server", metavar="URL", help="address of the service, https://…")
    once.add_argument("--user", metavar="NAME", help="user name, or the client id with --client-credentials")
    once.add_argument("--password-stdin", action="store_true", help="read the password (or secret) from standard input")
    once.add_argument("--client-credentials", action="store_true", help="an unattended service account")


def _criteria(command: argparse.ArgumentParser) -> None:
    conversation = command.add_argument_group("Conversation Information")
    conversation.add_argument(
        "--from",
        dest="from_time",
        metavar="TIME",
        help="started at or after: 2026-11-20, 2026-11-20T14:30, today, yesterday, 7d (default: 24h ago)",
    )
    conversation.add_argument("--to", dest="to_time", metavar="TIME", help="started before (default: now)")
    conversation.add_argument("--direction", choices=["inbound", "outbound"])
    conversation.add_argument("--mode", choices=["onDemand", "alwaysOn"], help="recording mode")
    conversation.add_argument("--min-duration", metavar="LENGTH", help="90, 90s, 5m or 1:30")
    conversation.add_argument("--max-duration", metavar="LENGTH", help="as above")
    conversation.add_argument("--recorded", choices=["yes", "no"], help="with or without a voice recording")
    conversation.add_argument("--owner", metavar="USER-ID", help="the user it was recorded for")
    conversation.add_argument(
        "--group", metavar="GROUP-ID", help="a call recording group (`whoami --json` names yours)"
    )
    conversation.add_argument("--scope", choices=["own", "group", "all"], help="never widens your access level")
    conversation.add_argument("--conversation", metavar="ID", help="one conversation, whenever it was")
    for party in ("calling", "called"):
        group = command.add_argument_group(f"{party.capitalize()} Party Information (* at either end is a wildcard)")
        for what, meta in (("number", "NUMBER"), ("name", "NAME"), ("extension", "EXT")):
            group.add_argument(f"--{party}-{what}", metavar=meta)


def _account_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    sign_in = _command(
        commands,
        "sign-in",
        does="sign in and keep the sign-in in the system keyring",
        examples="""mir-download sign-in --server https://mir.example.com --user ann --browser
        mir-download sign-in --server https://mir.example.com --user ann
        mir-download sign-in --server https://mir.example.com --user ann --password-stdin < password.txt
        mir-download sign-in --server https://mir.example.com --user nightly --client-credentials""",
    )
    sign_in.add_argument(
        "--server", metavar="URL", help="address of the service (default: the profile's or the setting)"
    )
    sign_in.add_argument("--user", metavar="NAME", help="user name, or the client id with --client-credentials")
    way = sign_in.add_mutually_exclusive_group()
    way.add_argument("--browser", action="store_true", help="in the system browser; no password passes through here")
    way.add_argument("--client-credentials", action="store_true", help="an unattended service account")
    sign_in.add_argument(
        "--password-stdin", action="store_true", help="read the password (or secret) from standard input"
    )
    _command(
        commands,
        "sign-out",
        does="revoke the sign-in and forget it",
        examples="mir-download sign-out\nmir-download sign-out --profile branch",
    )
    whoami = _command(
        commands,
        "whoami",
        does="show who is signed in, the access level and what the service allows",
        examples="mir-download whoami\nmir-download whoami --json",
    )
    _one_sign_in(whoami)


def _search_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    search = _command(
        commands,
        "search",
        does="list conversations; nothing is downloaded",
        examples="""mir-download search
        mir-download search --from yesterday --to today --direction inbound
        mir-download search --from 2026-11-01 --called-number "4711-*" --count
        mir-download search --search "Complaints" --json""",
    )
    search.add_argument("--search", metavar="NAME", help="a saved search instead of criteria")
    search.add_argument("--count", action="store_true", help="only how many and how large")
    search.add_argument("--limit", type=_positive, metavar="N", help="at most so many conversations")
    _criteria(search)
    _one_sign_in(search)
    searches = _command(
        commands,
        "searches",
        does="list, save or delete saved searches; they are shared with the portal",
        examples="""mir-download searches list
        mir-download searches save "Complaints" --called-extension 201 --min-duration 30
        mir-download searches delete "Complaints\"""",
    )
    searches.add_argument("action", choices=["list", "save", "delete"])
    searches.add_argument("name", nargs="?", help="name of the search (save, delete)")
    _criteria(searches)
    _one_sign_in(searches)


def _pull_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    pull = _command(
        commands,
        "pull",
        does="bring home what a search finds: WAV and CSV into the archive; what is home is skipped",
        examples="""mir-download pull --archive ~/Recordings
        mir-download pull --from 2026-11-01 --to 2026-12-01 --archive /srv/recordings
        mir-download pull --search "Complaints" --dry-run
        mir-download pull --changes --json
        mir-download pull --from 7d --concurrency 8 --limit-rate 2MB""",
    )
    pull.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    what = pull.add_mutually_exclusive_group()
    what.add_argument("--search", metavar="NAME", help="a saved search instead of criteria")
    what.add_argument(
        "--changes",
        action="store_true",
        help="what became available or changed since the last complete pull of changes",
    )
    pull.add_argument("--concurrency", type=_positive, metavar="N", help="at most so many downloads at once")
    pull.add_argument("--limit-rate", metavar="BYTES", help="bytes per second in all, such as 500kB or 2MB")
    pull.add_argument("--dry-run", action="store_true", help="say what would be done; nothing is written")
    pull.add_argument("--accept-risk", action="store_true", help="yes to a folder that is synchronised or temporary")
    _criteria(pull)
    _one_sign_in(pull)
    runs = _command(
        commands,
        "runs",
        does="list the pulls of an archive, or what one of them left open",
        examples="mir-download runs --archive ~/Recordings\nmir-download runs 12 --json",
    )
    runs.add_argument("run", nargs="?", type=_positive, metavar="RUN", help="one run with everything that is not home")
    runs.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    retry = _command(
        commands,
        "retry",
        does="ask again for everything of a run that is not home",
        examples="mir-download retry 12\nmir-download retry 12 --archive ~/Recordings --json",
    )
    retry.add_argument("run", type=_positive, metavar="RUN", help="number of the run, as `runs` shows it")
    retry.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    _one_sign_in(retry)
    retention = _command(
        commands,
        "retention",
        does="list what the service will delete before long and the archive does not hold",
        examples="mir-download retention --within 30\nmir-download retention --archive ~/Recordings --json",
    )
    retention.add_argument(
        "--within", type=_days, default=14, metavar="DAYS", help="how far to look ahead (default: %(default)s)"
    )
    retention.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    _one_sign_in(retention)


def _schedule_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    schedule = _command(
        commands,
        "schedule",
        does="pull on chosen days at a time of day, started by the system's own scheduler",
        examples="""mir-download schedule add Nightly --at 02:15 --archive ~/Recordings
        mir-download schedule add Complaints --at 20:00 --days mon-fri --search "Complaints" --archive ~/Recordings
        mir-download schedule edit Nightly --at 03:00 --until 06:00 --zone Europe/Berlin
        mir-download schedule list
        mir-download schedule show Nightly --json
        mir-download schedule run Nightly
        mir-download schedule edit Nightly --tell problems --tell-by mail,webhook --tell-to ann@example.com
        mir-download schedule report Nightly
        mir-download schedule report Nightly --day 2026-11-22 --path
        mir-download schedule check
        mir-download schedule pause Nightly
        mir-download schedule resume Nightly
        mir-download schedule export Nightly --into ~/units
        mir-download schedule remove Nightly""",
    )
    actions = ["list", "show", "add", "edit", "run", "report", "check", "pause", "resume", "export", "remove"]
    schedule.add_argument("action", choices=actions)
    schedule.add_argument("name", nargs="?", help="name of the schedule; `list` and `check` do without")
    what = schedule.add_argument_group("what, where and when (add, edit)")
    what.add_argument("--at", metavar="HH:MM", help="time of day it begins")
    what.add_argument("--days", metavar="DAYS", help="daily, or such as mon-fri or sat,sun (default: daily)")
    what.add_argument("--zone", metavar="ZONE", help="such as Europe/Berlin (default: this computer's)")
    what.add_argument("--until", metavar="HH:MM", help="when it stops at the latest; the next night goes on")
    what.add_argument(
        "--missed",
        choices=["catch-up", "skip"],
        help="when the computer was off: pull as soon as it is on, or only before --until (default: catch-up)",
    )
    what.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    what.add_argument("--search", metavar="NAME", help="a saved search (default: whatever changed)")
    what.add_argument("--accept-risk", action="store_true", help="yes to a folder that is synchronised or temporary")
    what.add_argument("--no-register", action="store_true", help="keep it, but do not tell the system's scheduler")
    telling = schedule.add_argument_group("who is told of nights (add, edit)")
    telling.add_argument(
        "--tell",
        choices=["always", "problems", "never"],
        help="of every night, or of all but complete ones (default: problems)",
    )
    telling.add_argument(
        "--tell-by",
        metavar="WAYS",
        help="desktop, mail, webhook, system-log with commas between them, or all that are set up (default: all)",
    )
    telling.add_argument("--tell-to", metavar="ADDRESSES", help="who gets mail (default: the setting alarm.mail_to)")
    telling.add_argument(
        "--heartbeat",
        metavar="URL",
        help="called when, and only when, a night was complete (default: the setting alarm.heartbeat_url)",
    )
    telling.add_argument("--reports", metavar="DIR", help="a folder that gets a copy of each report")
    reading = schedule.add_argument_group("which report, and how (report)")
    reading.add_argument("--day", metavar="DAY", help="such as 2026-11-22 (default: the last night)")
    reading.add_argument("--open", action="store_true", help="open its page")
    reading.add_argument("--path", action="store_true", help="say where its page lies")
    schedule.add_argument("--now", action="store_true", help="run: pull although nothing is due")
    schedule.add_argument("--into", type=Path, metavar="DIR", help="export: where the scheduler's files are written")
    _one_sign_in(schedule)


def _alarm_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    alarm = _command(
        commands,
        "alarm",
        does="keep the secrets of mail and webhook in the system keyring, or try out who would be told",
        examples="""mir-download alarm set-password smtp
        mir-download alarm set-password webhook --password-stdin < secret.txt
        mir-download alarm forget-password smtp
        mir-download alarm test
        mir-download alarm test mail --json""",
    )
    alarm.add_argument("action", choices=["set-password", "forget-password", "test"])
    alarm.add_argument("what", nargs="?", help="smtp or webhook; test: desktop, mail, webhook or system-log")
    alarm.add_argument("--password-stdin", action="store_true", help="read the secret from standard input")


def _archive_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    verify = _command(
        commands,
        "verify",
        does="read every recording again and name each damage; nothing is changed",
        examples="mir-download verify ~/Recordings\nmir-download verify ~/Recordings --json",
    )
    verify.add_argument("archive", type=Path, metavar="DIR", help="folder of the archive")
    rebuild = _command(
        commands,
        "rebuild",
        does="make the ledger anew from the archive alone; nothing is downloaded",
        examples="mir-download rebuild ~/Recordings",
    )
    rebuild.add_argument("archive", type=Path, metavar="DIR", help="folder of the archive")
    housekeeping = _command(
        commands,
        "housekeeping",
        does="say which recordings are older than the policy allows, or erase them for good",
        examples="""mir-download housekeeping ~/Recordings --older-than 400
        mir-download housekeeping ~/Recordings --older-than 400 --json
        mir-download housekeeping ~/Recordings --older-than 400 --erase""",
    )
    housekeeping.add_argument("archive", type=Path, metavar="DIR", help="folder of the archive")
    housekeeping.add_argument(
        "--older-than", type=_age, metavar="DAYS", help="age of a call (default: the setting housekeeping.keep_days)"
    )
    housekeeping.add_argument("--dry-run", action="store_true", help="only say what would be erased (the default)")
    housekeeping.add_argument("--erase", action="store_true", help="erase it; it is never fetched again")
    marks = _command(
        commands,
        "marks",
        does="list the marks that were made on recordings, or write them as CSV",
        examples="""mir-download marks ~/Recordings
        mir-download marks ~/Recordings --search "refund"
        mir-download marks ~/Recordings --json""",
    )
    marks.add_argument("archive", type=Path, metavar="DIR", help="folder of the archive")
    marks.add_argument("--search", metavar="WORDS", help="only marks whose note or author holds each of these words")
    marks.add_argument("--csv", type=Path, metavar="FILE", help="write them there, each with its recording's columns")
    audit = _command(
        commands,
        "audit",
        does="show or check the record of who did what with the archive",
        examples="""mir-download audit show --archive ~/Recordings
        mir-download audit head --archive ~/Recordings
        mir-download audit verify --archive ~/Recordings
        mir-download audit verify --head 2c26b46b68ffc68ff99b453c1d3041341342d706483bfa0f98a5e886266e7aef --json""",
    )
    audit.add_argument("action", choices=["show", "verify", "head"])
    audit.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    audit.add_argument("--head", metavar="DIGEST", help="what audit head said before, kept elsewhere (verify)")


def _machine_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    settings = _command(
        commands,
        "settings",
        does="show every setting, or change one",
        examples="""mir-download settings
        mir-download settings archive.folder ~/Recordings
        mir-download settings transfer.limit_rate 2MB/s
        mir-download settings archive.name_template "{start:%H.%M} {direction} {calling_number}"
        mir-download settings --unset transfer.limit_rate""",
    )
    settings.add_argument("name", nargs="?", help="such as archive.folder; without a name all are shown")
    settings.add_argument("value", nargs="?", help="the new value; without one the value in force is shown")
    settings.add_argument("--unset", action="store_true", help="back to the default")
    doctor = _command(
        commands,
        "doctor",
        does="say what this machine, keyring, proxy, service and archive can do",
        examples="""mir-download doctor
        mir-download doctor --archive ~/Recordings --json
        mir-download doctor --as-task Nightly""",
    )
    doctor.add_argument(
        "--as-task", metavar="NAME", help="look from where the system's scheduler starts the schedule of that name"
    )
    doctor.add_argument("--archive", type=Path, metavar="DIR", help=_ARCHIVE)
    _one_sign_in(doctor)


def _days(text: str) -> int:
    days = _positive(text)
    if days > 3660:
        raise argparse.ArgumentTypeError("at most 3660 days can be looked ahead")
    return days


def _age(text: str) -> int:
    days = _positive(text)
    if days > 36_500:
        raise argparse.ArgumentTypeError("at most 36500 days")
    return days


def _positive(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 10**9:
        raise argparse.ArgumentTypeError("a whole number above 0 is needed")
    return int(text)
