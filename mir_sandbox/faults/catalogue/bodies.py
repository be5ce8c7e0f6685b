"""Faults of framing: bodies that are shorter or longer than they say, chunked wrongly, or of no certain length.

Not promised: false content; that is another part of the catalogue.
"""

from mir_sandbox.faults import steps
from mir_sandbox.faults.catalogue.fault import CONTENT, Fault
from mir_sandbox.faults.parameters import Values, choice, flag, integer, text
from mir_sandbox.faults.plan import End, Plan, Scene
from mir_sandbox.front.http1 import Head

_CHUNKED = ("Transfer-Encoding", "chunked")


def _as_chunked(head: Head, _scene: Scene) -> Head:
    return head.without("Content-Length", "Transfer-Encoding").adding(_CHUNKED)


def _lengths(values: Values) -> Plan:
    kind, given = values.text("kind"), values.text("value")

    def edit(head: Head, _scene: Scene) -> Head:
        true = (head.first("Content-Length") or b"0").decode("latin-1")
        other = str(max(int(true) - 1, 0))
        forms: dict[str, tuple[str, ...]] = {
            "twoDifferent": (true, other),
            "twoEqual": (true, true),
            "list": (f"{true}, {other}",),
            "negative": ("-1",),
            "rubbish": ("12abc",),
            "plus": (f"+{true}",),
            "hex": (f"0x{int(true):x}",),
            "huge": (str(2**64 + int(true)),),
            "empty": ("",),
            "withChunked": (true,),
            "value": (given,),
        }
        named = head.without("Content-Length", "Transfer-Encoding")
        named = named.adding(*(("Content-Length", form) for form in forms[kind]))
        return named.adding(_CHUNKED) if kind == "withChunked" else named

    coding = (steps.chunked(),) if kind == "withChunked" else ()
    return Plan(head=(edit,), steps=coding, end=End.CLOSE)


BODIES = (
    Fault(
        "cut",
        "Sends so many bytes of the body under the full Content-Length, then closes.",
        lambda values: Plan(steps=(steps.cut(values.integer("after")),), end=End.CLOSE),
        (integer("after", 1000, "Bytes of the body."),),
        CONTENT,
    ),
    Fault(
        "chunked",
        "Sends the body chunked, without Content-Length, as HTTP allows.",
        lambda _: Plan(head=(_as_chunked,), steps=(steps.chunked(),)),
        routes=CONTENT,
    ),
    Fault(
        "cut-chunked",
        "Sends the body chunked and closes before the last chunk.",
        lambda values: Plan(
            head=(_as_chunked,),
            steps=(
                *(() if values.json("after") is None else (steps.cut(values.integer("after")),)),
                steps.chunked(ended=False),
            ),
            end=End.CLOSE,
        ),
        (integer("after", None, "Bytes of the body; null: the whole body, only the last chunk is missing."),),
        CONTENT,
    ),
    Fault(
        "bad-chunk",
        "Sends the body chunked with a size line that is none.",
        lambda values: Plan(head=(_as_chunked,), steps=(steps.chunked(size_line=values.text("line")),), end=End.CLOSE),
        (text("line", "zz", "What stands in place of the second chunk's size."),),
        CONTENT,
    ),
    Fault(
        "no-length",
        "Leaves Content-Length out; the body ends with the connection, perhaps too early.",
        lambda values: Plan(
            head=(lambda head, _: head.without("Content-Length").having("Connection", "close"),),
            steps=() if values.json("after") is None else (steps.cut(values.integer("after")),),
            end=End.CLOSE,
        ),
        (integer("after", None, "Bytes of the body; null: all."),),
        CONTENT,
    ),
    Fault(
        "extra-bytes",
        "Sends more bytes than Content-Length says.",
        lambda values: Plan(
            steps=(steps.extend(values.integer("count")),), end=End.CLOSE if values.flag("close") else End.KEEP
        ),
        (
            integer("count", 1000, "Bytes too many."),
            flag("close", "Close afterwards; otherwise the bytes stand before the next answer.", default=True),
        ),
        CONTENT,
    ),
    Fault(
        "content-length",
        "Says Content-Length in a way that cannot be right; the body is whole, then the connection closes.",
        _lengths,
        (
            choice(
                "kind",
                (
                    "twoDifferent",
                    "twoEqual",
                    "list",
                    "negative",
                    "rubbish",
                    "plus",
                    "hex",
                    "huge",
                    "empty",
                    "withChunked",
                    "value",
                ),
                "What it says; `withChunked` adds Transfer-Encoding and sends chunks.",
            ),
            text("value", "", "The text for `kind` value."),
        ),
        CONTENT,
    ),
)
