"""A name template such as ``{start:%Y-%m-%d} {direction}``: its fields, and how each is written; it cuts nothing.

Forms: a time takes %Y %m %d %H %M %S %f %z (offset) %G %V (ISO 8601 year and week), numbers only, so that a name does
not change with the computer's language; a whole number takes a width such as ``03``; a text ``.20``, its most letters.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final, NamedTuple

from download_client.archive.safe import clean, forbidden
from download_client.errors import InvalidTemplate
from download_client.model import Conversation, Direction, Party, Recording

EMPTY: Final = "unknown"
"""What stands for a text that the service does not give."""

_TIME_FORM: Final = re.compile("%(.?)")
_TIME_PIECES: Final[dict[str, tuple[str, Callable[[datetime], object]]]] = {
    "Y": ("%04d", attrgetter("year")),
    "m": ("%02d", attrgetter("month")),
    "d": ("%02d", attrgetter("day")),
    "H": ("%02d", attrgetter("hour")),
    "M": ("%02d", attrgetter("minute")),
    "S": ("%02d", attrgetter("second")),
    "f": ("%06d", attrgetter("microsecond")),
    "z": ("%s", lambda moment: moment.strftime("%z")),
    "G": ("%04d", lambda moment: moment.isocalendar().year),
    "V": ("%02d", lambda moment: moment.isocalendar().week),
}
_NUMBER_FORM: Final = re.compile("0?[0-9]{0,2}")
_TEXT_FORM: Final = re.compile(r"(?:\.[0-9]{1,3})?")


class Source(NamedTuple):
    """What a name is made of."""

    conversation: Conversation
    recording: Recording


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is for people, and where its value comes from; `moment`: a time, shown in the chosen zone."""

    meaning: str
    value: Callable[[Source], Any]
    moment: bool = False
    number: bool = False


def _who(party: Party) -> str:
    return party.name or party.phone_number


def _outside(conversation: Conversation) -> Party:
    return conversation.calling_party if conversation.direction is Direction.INBOUND else conversation.called_party


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 3600:02}.{whole // 60 % 60:02}.{whole % 60:02}"


FIELDS: Final[dict[str, Field]] = {
    "start": Field("when the recording begins", lambda it: it.recording.start_time, moment=True),
    "end": Field(
        "when the recording ends",
        lambda it: it.recording.start_time + timedelta(seconds=it.recording.duration_seconds),
        moment=True,
    ),
    "call_start": Field("when the conversation begins", lambda it: it.conversation.start_time, moment=True),
    "call_end": Field("when the conversation ends", lambda it: it.conversation.end_time, moment=True),
    "direction": Field("inbound or outbound", lambda it: it.conversation.direction.value),
    "mode": Field("onDemand or alwaysOn", lambda it: it.conversation.mode.value),
    "duration": Field("length of the recording as 00.03.12", lambda it: _clock(it.recording.duration_seconds)),
    "seconds": Field(
        "length of the recording in seconds", lambda it: max(0, round(it.recording.duration_seconds)), number=True
    ),
    "calling": Field("calling party: name, else number", lambda it: _who(it.conversation.calling_party)),
    "calling_name": Field("calling party's name", lambda it: it.conversation.calling_party.name),
    "calling_number": Field(
        "calling party's number as the portal shows it", lambda it: it.conversation.calling_party.phone_number
    ),
    "calling_extension": Field("calling party's extension", lambda it: it.conversation.calling_party.extension),
    "called": Field("called party: name, else number", lambda it: _who(it.conversation.called_party)),
    "called_name": Field("called party's name", lambda it: it.conversation.called_party.name),
    "called_number": Field(
        "called party's number as the portal shows it", lambda it: it.conversation.called_party.phone_number
    ),
    "called_extension": Field("called party's extension", lambda it: it.conversation.called_party.extension),
    "outside": Field("party outside the account: name, else number", lambda it: _who(_outside(it.conversation))),
    "outside_number": Field(
        "number of the party outside the account", lambda it: _outside(it.conversation).phone_number
    ),
    "owner": Field("name of the user it was recorded for", lambda it: it.conversation.owner_name),
    "owner_email": Field("e-mail address of that user", lambda it: it.conversation.owner_email),
    "owner_extension": Field("extension of that user", lambda it: it.conversation.owner_extension),
    "group": Field(
        "first call recording group of that user",
        lambda it: it.conversation.groups[0] if it.conversation.groups else "",
    ),
    "groups": Field("all call recording groups of that user", lambda it: ", ".join(it.conversation.groups)),
    "conversation_id": Field("the conversation's id", lambda it: it.conversation.id),
    "recording_id": Field("the recording's id", lambda it: it.recording.id),
    "sequence": Field("which recording of the conversation", lambda it: it.recording.sequence, number=True),
}


class Template:
    """A folder or file name, compiled.

    Raises:
        InvalidTemplate: it cannot be read, names an unknown field, or holds what no file name can.

    """

    def __init__(self, text: str, *, folders: bool = False) -> None:
        self._text = text
        self._folders = folders
        self.fields: set[str] = set()
        pieces: list[_Piece] = []
        try:
            parsed = list(string.Formatter().parse(text))
        except ValueError as error:
            raise InvalidTemplate(f"its braces do not match: {error}", subject=text) from error
        for literal, name, form, conversion in parsed:
            if literal:
                pieces.append(_Piece("", self._literal(literal).replace("%", "%%")))
            if name is None:
                continue
            if conversion is not None:
                raise InvalidTemplate(f"{{{name}!{conversion}}}: a field has no conversions", subject=text)
            if name not in FIELDS:
                raise InvalidTemplate(f"there is no field {{{name}}}; there are: {', '.join(FIELDS)}", subject=text)
            self.fields.add(name)
            pieces.append(self._piece(FIELDS[name], name, form or ""))
        self._pattern = "".join(piece.pattern for piece in pieces)
        self._writers = [(piece.field, writer) for piece in pieces for writer in piece.writers]

    def fill(self, values: dict[str, Any]) -> str:
        """The text for these values (times already in their zone), each cleaned; not yet whole components."""
        return self._pattern % tuple([write(values[name]) for name, write in self._writers])

    def _literal(self, text: str) -> str:
        wrong = forbidden(text.replace("/", "") if self._folders else text)
        if wrong:
            raise InvalidTemplate(f"a name cannot hold {wrong!a}", subject=self._text)
        return "/".join(map(clean, text.split("/"))) if self._folders else clean(text)

    def _piece(self, field: Field, name: str, form: str) -> _Piece:
        if field.moment:
            return self._moment(name, form or "%Y-%m-%d %H.%M.%S")
        if field.number:
            if _NUMBER_FORM.fullmatch(form) is None:
                raise InvalidTemplate(f"{{{name}:{form}}}: a number takes a width such as 03", subject=self._text)
            return _Piece(name, f"%{form}d", (int,))
        if _TEXT_FORM.fullmatch(form) is None:
            raise InvalidTemplate(f"{{{name}:{form}}}: a text takes its most letters, such as .20", subject=self._text)
        most = int(form[1:]) if form else None
        return _Piece(name, "%s", (lambda value: clean(value[:most]).strip(" ") or EMPTY,))

    def _moment(self, name: str, form: str) -> _Piece:
        writers: list[Callable[[Any], object]] = []

        def piece(found: re.Match[str]) -> str:
            if found.group(1) not in _TIME_PIECES:
                known = " ".join(f"%{letter}" for letter in _TIME_PIECES)
                raise InvalidTemplate(f"{{{name}:{form}}}: a time takes {known}", subject=self._text)
            pattern, writer = _TIME_PIECES[found.group(1)]
            writers.append(writer)
            return pattern

        return _Piece(name, _TIME_FORM.sub(piece, self._literal(form)), tuple(writers))


class _Piece(NamedTuple):
    """A stretch of a template: a pattern for ``%``, and what writes each of its places from the field's value."""

    field: str
    pattern: str
    writers: tuple[Callable[[Any], object], ...] = ()
