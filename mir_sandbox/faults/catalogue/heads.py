"""Faults of answer heads: slow, endless, huge, early, or no HTTP at all.

Not promised: false facts about the content; that is another part of the catalogue.
"""

from collections.abc import Iterator, Mapping
from itertools import count, islice

from mir_sandbox.faults.catalogue.fault import Fault
from mir_sandbox.faults.parameters import Rejected, Values, anything, integer, number, text
from mir_sandbox.faults.plan import End, Plan, Scene, Writing
from mir_sandbox.front.http1 import Head

_LINE = 8 * 1024


def _padding(values: Values) -> Plan:
    most = values.json("lines")

    def lines() -> Iterator[bytes]:
        numbers = count() if most is None else islice(count(), values.integer("lines"))
        for number_ in numbers:
            yield b"X-Padding-%d: %s\r\n" % (number_, b"x" * (values.integer("bytes") - 16))

    return Plan(writing=Writing(every=values.number("every"), padding=lines))


def _headers(values: Values) -> Plan:
    given = values.json("set")
    if not isinstance(given, Mapping):
        raise Rejected("parameter set must be an object")

    def edit(head: Head, _scene: Scene) -> Head:
        for name, value in given.items():
            head = head.without(name) if value is None else head.having(name, str(value))
        return head

    return Plan(head=(edit,))


def _informational(values: Values) -> Plan:
    line = f"HTTP/1.1 {values.integer('status')} Early\r\nX-Early: yes\r\n\r\n"
    return Plan(before=line.encode("latin-1") * values.integer("count"))


HEADS = (
    Fault(
        "slow-headers",
        "Sends the head a few bytes at a time.",
        lambda values: Plan(writing=Writing(size=values.integer("bytes"), every=values.number("every"))),
        (integer("bytes", 1, "Bytes sent at once.", positive=True), number("every", 2.0, "Seconds between them.")),
    ),
    Fault(
        "endless-headers",
        "Sends header lines without end; the head is never complete unless `lines` says so.",
        _padding,
        (
            integer("lines", None, "So many, then the rest of the answer; null: without end."),
            integer("bytes", _LINE, "Length of a line."),
            number("every", 0.0, "Seconds between lines; 0: as fast as they are taken."),
        ),
    ),
    Fault(
        "huge-header",
        "Adds one long header.",
        lambda values: Plan(
            head=(lambda head, _: head.adding(("X-Huge", "x" * values.integer("bytes"))),),
        ),
        (integer("bytes", 1_000_000, "Length of its value."),),
    ),
    Fault(
        "header",
        "Puts any headers in place of the answer's own, or takes them away.",
        _headers,
        (anything("set", {"X-Fault": "yes"}, "An object: header name to text, or to null for none."),),
    ),
    Fault(
        "informational",
        "Sends informational answers (1xx) before the true one.",
        _informational,
        (integer("status", 103, "100 to 199."), integer("count", 1, "How many.")),
    ),
    Fault(
        "garbage",
        "Answers with something that is no HTTP, then closes.",
        lambda values: Plan(silence=True, before=values.text("text").encode("latin-1", "replace"), end=End.CLOSE),
        (text("text", "\x16\x03\x01 220 mail.example ESMTP\r\n", "What is sent."),),
    ),
)
