"""Faults of content: false facts in the head of a recording's answer, or other bytes than the listing told of.

Not promised: that the service keeps such a lie up; what is asked of it directly it answers truly.
"""

import base64
import binascii
import hashlib
import re

from mir_sandbox.faults import steps
from mir_sandbox.faults.catalogue.fault import CONTENT, Fault
from mir_sandbox.faults.parameters import Rejected, Values, choice, flag, integer, text
from mir_sandbox.faults.plan import Plan, Scene
from mir_sandbox.front.http1 import Head, Request

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_CONTENT_RANGE = re.compile(rb"bytes (\d+)-(\d+)/(\d+)")
BOUNDARY = "THIS_SEPARATES_THE_PARTS"


def _whole(request: Request) -> Request:
    return request.edited(drop=("range", "if-range"))


def _digest_of(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _shifted(values: Values) -> Plan:
    shift = values.integer("shift")

    def ask(request: Request) -> Request:
        found = _RANGE.fullmatch(request.headers.get("range", ""))
        if found is None:
            return request
        return request.edited(put=(("Range", f"bytes={max(int(found[1]) + shift, 0)}-{found[2]}"),))

    spoil = (steps.flip(offset=0, count=8),) if values.flag("corrupt") else ()
    return Plan(ask=ask, steps=spoil)


def _content_range(values: Values) -> Plan:
    kind, given = values.text("kind"), values.text("text")

    def edit(head: Head, _scene: Scene) -> Head:
        found = _CONTENT_RANGE.fullmatch(head.first("Content-Range") or b"")
        if found is None:
            return head
        start, end, total = (int(number) for number in found.groups())
        forms = {
            "otherTotal": f"bytes {start}-{end}/{total + 1000}",
            "otherStart": f"bytes {start + 100}-{end}/{total}",
            "earlierStart": f"bytes {max(start - 100, 0)}-{end}/{total}",
            "otherEnd": f"bytes {start}-{end + 100}/{total}",
            "malformed": f"bytes {start}-{end}",
            "unknownTotal": f"bytes {start}-{end}/*",
            "otherUnit": f"seconds {start}-{end}/{total}",
            "negative": f"bytes -{start}-{end}/{total}",
            "text": given,
        }
        return head.without("Content-Range") if kind == "missing" else head.having("Content-Range", forms[kind])

    return Plan(head=(edit,))


def _multipart(_values: Values) -> Plan:
    def rewrite(body: bytes, scene: Scene) -> bytes:
        part_range = (scene.true_head and scene.true_head.first("Content-Range")) or b"bytes 0-%d/%d" % (
            max(len(body) - 1, 0),
            len(body),
        )
        mark = BOUNDARY.encode()
        part = b"--%s\r\nContent-Type: audio/wav\r\nContent-Range: %s\r\n\r\n%s\r\n" % (mark, part_range, body)
        return part + b"--%s--\r\n" % mark

    def edit(head: Head, _scene: Scene) -> Head:
        head = Head(206, b"Partial Content", head.headers).without("Content-Range")
        return head.having("Content-Type", f"multipart/byteranges; boundary={BOUNDARY}")

    return Plan(rewrite=rewrite, head=(edit,))


def _etag(values: Values) -> Plan:
    kind = values.text("kind")

    def edit(head: Head, _scene: Scene) -> Head:
        true = (head.first("ETag") or b'"none"').decode("latin-1")
        forms = {"changed": '"changed-' + true.strip('W/"') + '"', "weak": f"W/{true}", "malformed": true.strip('"')}
        return head.without("ETag") if kind == "missing" else head.having("ETag", forms[kind])

    return Plan(head=(edit,))


def _changed_file(values: Values) -> Plan:
    offset = values.integer("offset")

    def rewrite(body: bytes, scene: Scene) -> bytes:
        changed = body[:offset] + bytes(byte ^ 0xFF for byte in body[offset : offset + 8]) + body[offset + 8 :]
        digest = scene.memory["digest"] = _digest_of(changed)
        etag = scene.memory["etag"] = f'"{digest[9:25]}"'
        wanted = _RANGE.fullmatch(scene.request.headers.get("range", ""))
        asked_of_this = scene.request.headers.get("if-range") == etag
        start = scene.memory["start"] = int(wanted[1]) if wanted and asked_of_this and not wanted[2] else 0
        scene.memory["size"] = len(changed)
        return changed[start:]

    def edit(head: Head, scene: Scene) -> Head:
        memory = scene.memory
        head = head.having("ETag", memory["etag"]).having("Repr-Digest", memory["digest"])
        if not memory["start"]:
            return head
        head = Head(206, b"Partial Content", head.headers)
        return head.having("Content-Range", f"bytes {memory['start']}-{memory['size'] - 1}/{memory['size']}")

    return Plan(ask=_whole, rewrite=rewrite, head=(edit,))


def _encoded(values: Values) -> Plan:
    coding = (lambda head, _: head.having("Content-Encoding", values.text("coding")),)
    if not values.flag("truly"):
        return Plan(head=coding)
    return Plan(rewrite=lambda body, _: steps.zipped(body), head=coding)


def _wrong_length(values: Values) -> Plan:
    delta = values.integer("delta")
    return Plan(
        ask=_whole,
        rewrite=lambda body, _: body[:delta] if delta < 0 else body + b"".join(steps.filler(delta)),
    )


def _digest(values: Values) -> Plan:
    kind = values.text("kind")
    other = base64.b64encode(hashlib.sha256(b"another file").digest()).decode()
    md5 = base64.b64encode(hashlib.md5(b"another file", usedforsecurity=False).digest()).decode()
    forms = {
        "wrong": f"sha-256=:{other}:",
        "unknownAlgorithm": f"sha3-999=:{other}:",
        "weakAlgorithm": f"md5=:{md5}:",
        "malformed": f"sha-256={other}",
        "notBase64": "sha-256=:%%%:",
        "short": "sha-256=:AAAA:",
        "hex": "sha-256=" + hashlib.sha256(b"another file").hexdigest(),
        "empty": "",
    }

    def edit(head: Head, _scene: Scene) -> Head:
        if kind == "unknownBesideTrue":
            true = (head.first("Repr-Digest") or b"").decode("latin-1")
            return head.having("Repr-Digest", f"sha3-999=:{other}:, {true}")
        return head.without("Repr-Digest") if kind == "missing" else head.having("Repr-Digest", forms[kind])

    return Plan(head=(edit,))


def _replace(values: Values) -> Plan:
    try:
        body = base64.b64decode(values.text("base64"), validate=True) or values.text("text").encode()
    except binascii.Error as error:
        raise Rejected(f"parameter base64: {error}") from None
    given_type = values.text("contentType")

    def edit(head: Head, _scene: Scene) -> Head:
        typed = head.having("Content-Type", given_type) if given_type else head
        return typed.having("Repr-Digest", _digest_of(body)) if values.flag("digest") else typed

    return Plan(ask=_whole, rewrite=lambda _body, _scene: body, head=(edit,))


def _empty(values: Values) -> Plan:
    def edit(head: Head, _scene: Scene) -> Head:
        return head.having("Repr-Digest", _digest_of(b"")) if values.flag("digest") else head

    return Plan(ask=_whole, rewrite=lambda _body, _scene: b"", head=(edit,))


CONTENTS = (
    Fault(
        "ignore-range",
        "Answers 200 with the whole body to a request for a range.",
        lambda _: Plan(ask=_whole),
        routes=CONTENT,
    ),
    Fault(
        "shifted-range",
        "Answers with a range that begins elsewhere, and says so in Content-Range.",
        _shifted,
        (
            integer("shift", -100, "Bytes by which it begins later; negative: earlier."),
            flag("corrupt", "The first bytes differ from what the file holds there."),
        ),
        CONTENT,
    ),
    Fault(
        "content-range",
        "Answers with the right bytes and a Content-Range that says something else.",
        _content_range,
        (
            choice(
                "kind",
                (
                    "missing",
                    "malformed",
                    "otherTotal",
                    "otherStart",
                    "earlierStart",
                    "otherEnd",
                    "unknownTotal",
                    "otherUnit",
                    "negative",
                    "text",
                ),
                "What it says.",
            ),
            text("text", "", "The header for `kind` text."),
        ),
        CONTENT,
    ),
    Fault("multipart-range", "Answers 206 with multipart/byteranges.", _multipart, routes=CONTENT),
    Fault(
        "etag",
        "Gives another ETag with the same bytes.",
        _etag,
        (choice("kind", ("changed", "weak", "malformed", "missing"), "What it says."),),
        CONTENT,
    ),
    Fault(
        "changed-file",
        "Another file from now on: other bytes, ETag and digest to match; If-Range with the old ETag gives the whole.",
        _changed_file,
        (integer("offset", 64, "Where eight bytes differ."),),
        CONTENT,
    ),
    Fault(
        "encoded",
        "Sends the body in a Content-Encoding that was not asked for.",
        _encoded,
        (
            text("coding", "gzip", "What Content-Encoding says."),
            flag("truly", "The body is really gzip; otherwise only the header says so.", default=True),
        ),
        CONTENT,
    ),
    Fault(
        "wrong-length",
        "Sends a whole file of another length than was listed, under an honest Content-Length.",
        _wrong_length,
        (integer("delta", -100, "Bytes more; negative: fewer."),),
        CONTENT,
    ),
    Fault(
        "digest",
        "Says something else in Repr-Digest; the bytes are right.",
        _digest,
        (
            choice(
                "kind",
                (
                    "wrong",
                    "missing",
                    "unknownAlgorithm",
                    "unknownBesideTrue",
                    "weakAlgorithm",
                    "malformed",
                    "notBase64",
                    "short",
                    "hex",
                    "empty",
                ),
                "What it says.",
            ),
        ),
        CONTENT,
    ),
    Fault(
        "flip",
        "Sends some bytes with all their bits turned over; length and digest are those of the true file.",
        lambda values: Plan(steps=(steps.flip(offset=values.integer("offset"), count=values.integer("count")),)),
        (integer("offset", 100, "Where in the body that is sent."), integer("count", 1, "How many bytes.")),
        CONTENT,
    ),
    Fault(
        "empty",
        "Sends no body at all, and says so.",
        _empty,
        (flag("digest", "Repr-Digest is that of nothing.", default=True),),
        CONTENT,
    ),
    Fault(
        "content-type",
        "Calls the content something else.",
        lambda values: Plan(head=(lambda head, _: head.having("Content-Type", values.text("value")),)),
        (text("value", "application/octet-stream", "The Content-Type header."),),
        CONTENT,
    ),
    Fault(
        "replace",
        "Sends another body, under an honest Content-Length.",
        _replace,
        (
            text("text", "not a recording", "The body as text."),
            text("base64", None, "The body as base64 instead."),
            text("contentType", None, "Content-Type; null: as it was."),
            flag("digest", "Repr-Digest is made to match."),
        ),
        CONTENT,
    ),
)
