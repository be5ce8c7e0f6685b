"""Faults of connections: refused, cut off, silent, with a certificate that is not good.

Not promised: the absence of DNS or of a route; a refused port and a black hole stand for them.
"""

from mir_sandbox.faults import steps
from mir_sandbox.faults.catalogue.fault import CONTENT, Fault
from mir_sandbox.faults.parameters import Values, choice, flag, integer, number
from mir_sandbox.faults.plan import Certificate, End, Move, Plan

_UNTIL_RELEASED = "Seconds; null waits until released or cleared."
_BAD_CERTIFICATES = tuple(each.value for each in Certificate if each is not Certificate.VALID)


def _stall(values: Values) -> Plan:
    ends = {"goOn": End.KEEP, "close": End.CLOSE, "reset": End.RESET}
    after = values.integer("after")
    then = ends[values.text("then")]
    pausing = steps.stall(after=after, seconds=values.seconds("seconds"))
    return Plan(steps=(pausing,) if then is End.KEEP else (steps.cut(after), pausing), end=then)


CONNECTIONS = (
    Fault(
        "refuse",
        "Closes the listening socket and resets open connections, so that the system refuses; until cleared.",
        lambda _: Plan(move=Move.REFUSE),
        at_accept=True,
    ),
    Fault(
        "close-on-accept",
        "Accepts a connection and closes it before reading anything.",
        lambda values: Plan(move=Move.RESET if values.flag("reset") else Move.CLOSE),
        (flag("reset", "By RST instead of FIN."),),
        at_accept=True,
    ),
    Fault(
        "black-hole",
        "Accepts a connection, reads nothing and answers nothing, not even TLS; until released or cleared.",
        lambda _: Plan(move=Move.BLACK_HOLE),
        at_accept=True,
    ),
    Fault(
        "certificate",
        "Presents a certificate that is not good; with TLS only.",
        lambda values: Plan(certificate=Certificate(values.text("kind"))),
        (choice("kind", _BAD_CERTIFICATES, "What is wrong with it."),),
        at_accept=True,
    ),
    Fault(
        "silence",
        "Takes the request and never answers; the connection is closed in the end.",
        lambda values: Plan(silence=True, hold=True, hold_seconds=values.seconds("seconds"), end=End.CLOSE),
        (number("seconds", None, _UNTIL_RELEASED),),
    ),
    Fault(
        "hang-up",
        "Closes the connection when the request is there, without an answer.",
        lambda values: Plan(silence=True, end=End.RESET if values.flag("reset") else End.CLOSE),
        (flag("reset", "By RST instead of FIN."),),
    ),
    Fault(
        "slow-first-byte",
        "Waits before the service is asked; the answer is as it should be.",
        lambda values: Plan(hold=True, hold_seconds=values.seconds("seconds")),
        (number("seconds", 2.0, _UNTIL_RELEASED, nullable=True),),
    ),
    Fault(
        "reset",
        "Sends so many bytes of the body, waits until they have arrived, then resets the connection (RST).",
        lambda values: Plan(steps=(steps.cut(values.integer("after")),), end=End.RESET),
        (integer("after", 1000, "Bytes of the body."),),
        CONTENT,
    ),
    Fault(
        "stall",
        "Sends so many bytes of the body, then nothing.",
        _stall,
        (
            integer("after", 1, "Bytes of the body."),
            number("seconds", None, _UNTIL_RELEASED),
            choice("then", ("goOn", "close", "reset"), "What comes after the wait."),
        ),
        CONTENT,
    ),
    Fault(
        "drip",
        "Sends the body a few bytes at a time; a release sends the rest of a block at once.",
        lambda values: Plan(
            steps=(
                steps.drip(size=values.integer("bytes"), every=values.number("every"), after=values.integer("after")),
            )
        ),
        (
            integer("bytes", 1, "Bytes sent at once.", positive=True),
            number("every", 2.0, "Seconds between them."),
            integer("after", 0, "Bytes of the body that are sent at full speed first."),
        ),
        CONTENT,
    ),
    Fault(
        "pace",
        "Sends the body at a steady rate.",
        lambda values: Plan(steps=(steps.pace(values.number("bytesPerSecond")),)),
        (number("bytesPerSecond", 100_000.0, "Bytes of the body in a second.", positive=True),),
        CONTENT,
    ),
    Fault(
        "close-kept-alive",
        "Answers as it should, promises nothing, and ends the connection that the client would use again.",
        lambda values: Plan(end=End.CLOSE_ON_NEXT if values.text("when") == "onNextRequest" else End.CLOSE),
        (choice("when", ("atOnce", "onNextRequest"), "After the answer, or when the next request is there."),),
    ),
)
