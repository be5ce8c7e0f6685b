"""The program `mir-download`: reads the command line, runs one command, ends with a code of the table."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from download_client import log
from download_client.cli import arguments, console_end
from download_client.cli.commands import (
    account,
    archive,
    audit,
    machine,
    marks,
    pull,
    retention,
    schedule,
    search,
    watching,
)
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit, exit_of
from download_client.cli.output import Output, show_what_can_be_shown
from download_client.errors import MirError, UsageError

COMMANDS: dict[str, Callable[[Context], Exit]] = {
    "sign-in": account.sign_in,
    "sign-out": account.sign_out,
    "whoami": account.whoami,
    "search": search.search,
    "searches": search.searches,
    "pull": pull.pull,
    "runs": pull.runs,
    "retry": pull.retry,
    "retention": retention.retention,
    "schedule": schedule.schedule,
    "alarm": watching.alarm,
    "verify": archive.verify,
    "rebuild": archive.rebuild,
    "audit": audit.audit,
    "marks": marks.marks,
    "housekeeping": archive.housekeeping,
    "settings": machine.settings,
    "doctor": machine.doctor,
}


def main(untrusted_arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers its exit code (`exit_codes.Exit`)."""
    show_what_can_be_shown()  # before --help, which ends within the parser
    try:
        options = arguments.parser().parse_args(untrusted_arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except UsageError as error:
        words = sys.argv[1:] if untrusted_arguments is None else untrusted_arguments
        Output.of(as_json="--json" in words, quiet=False).error(error)
        return int(Exit.USAGE)
    output = Output.of(as_json=options.json, quiet=options.quiet)
    with _stopped_by_signals() as stop, _seldom_collected():
        context = Context(options, output, stop)
        try:
            log.setup(context.paths, verbose=options.verbose, level=context.log_level)
            ended = int(COMMANDS[options.command](context))
            output.out.flush()  # that nobody reads it is to be seen here, not when Python ends
            return ended
        except MirError as error:
            output.error(error)
            return int(exit_of(error))
        except OSError as error:
            if not _nobody_reads(error):
                raise
            # What is left goes nowhere, and saying so would break again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.stderr.close()
            return int(Exit.FAILED)
        finally:
            context.close()


def _nobody_reads(error: OSError) -> bool:
    """Whoever read our output has gone; Windows calls that an invalid argument, of no file with a name."""
    invalid = sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or invalid


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage in circles seldom: what a pull lists and fetches makes none, and is looked through each time."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Ctrl+C, a request to terminate and the end of the session set the event; a second signal ends the process."""
    stop = threading.Event()

    def handler(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    names = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        with console_end.watched(stop):
            yield stop
    finally:
        for number, old in before.items():
            signal.signal(number, old)
