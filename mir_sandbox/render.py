"""Conversations as the contract writes them, made from rows of the store: JSON, CSV and the Participant View.

Not promised: that a row may be shown. The JSON is put together as text: a page of 500 shall take few
milliseconds.
"""

import base64
import csv
import io
from collections.abc import Iterable, Sequence

import msgspec

from mir_sandbox.calls import State
from mir_sandbox.clock import add_months, utc_text, utc_text_ms
from mir_sandbox.ids import Ids
from mir_sandbox.people import Contact, Group, User
from mir_sandbox.rows import ConversationRow, RecordingRow
from mir_sandbox.sound import Codec, Sounds
from mir_sandbox.visibility import Visibility

CSV_COLUMNS = (
    "id", "direction", "mode", "startTime", "endTime", "durationSeconds", "timeZone", "callingName", "callingNumber",
    "callingExtension", "calledName", "calledNumber", "calledExtension", "participants", "ownerUserId", "ownerName",
    "ownerEmail", "groups", "recordings", "sizeBytes", "availableAt", "updatedAt", "expiresAt",
)  # fmt: skip
_STATES = {State.AVAILABLE: "available", State.PROCESSING: "processing", State.EXPIRED: "expired"}
_ROLES = ("calling", "called", "participant")
"""By place in a conversation."""
_NASTY_NAMES = (
    "..\\..\\evil.wav", "CON.wav", "a:b/c*d?.wav", "trailing dot. .wav", "\u202evaw.exe", "Jürgen Groß 🎧.wav",
    "line\nbreak.wav", "/etc/passwd", "x" * 300 + ".wav", '=HYPERLINK("x").wav',
)  # fmt: skip
"""What a service may propose as a file name; a client never uses it unchecked."""


def json_text(value: object) -> str:
    """JSON of a plain value."""
    return msgspec.json.encode(value).decode()


def user_fields(user: User) -> dict[str, object]:
    """A user as pickers, owners and groups show one."""
    return {"userId": user.user_id, "name": user.name, "email": user.email, "extension": user.extension}


def group_fields(group: Group, users: Sequence[User]) -> dict[str, object]:
    """A group with those of its people that are among `users`."""
    known = {user.user_id: user_fields(user) for user in users}
    return {
        "id": group.group_id,
        "name": group.name,
        "managers": [known[user_id] for user_id in group.managers if user_id in known],
        "members": [known[user_id] for user_id in group.members if user_id in known],
    }


def file_name(begin: str, recording_id: str, number: int) -> str:
    """The name the service proposes for a recording that began then (RFC 3339); some are hostile."""
    if number % 41 == 11:
        return _NASTY_NAMES[number // 41 % len(_NASTY_NAMES)]
    return f"{begin[:19].replace(':', '-')} {recording_id}.wav"


def recording_id(row: RecordingRow, ids: Ids) -> str:
    """The id of a recording."""
    return row.name or ids.recording(row.number)


class Renderer:
    """Writes the conversations of one account. What never changes is written once."""

    def __init__(self, visibility: Visibility, ids: Ids, sounds: Sounds) -> None:
        self._ids = ids
        people = visibility.people
        self._parties: Sequence[User | Contact] = (*people.users, *people.contacts)
        self._party_json = [json_text(_party(party)) for party in self._parties]
        who = [json_text(_who(party))[1:-1] for party in self._parties]
        self._who_json = {role: [f'"role":"{role}",{text}' for text in who] for role in _ROLES}
        self._groups = [visibility.groups_of(user) for user in people.users]
        self._owner_json = [
            f'"owner":{json_text(user_fields(user))},"groups":'
            + json_text([{"id": group.group_id, "name": group.name} for group in groups])
            for user, groups in zip(people.users, self._groups, strict=True)
        ]
        self._zones = [user.time_zone for user in people.users]
        self._codec_json = [json_text(_codec(codec)) for codec in sounds.codecs]

    def conversation(self, row: ConversationRow, recordings: Sequence[RecordingRow], *, now: int, months: int) -> str:
        """JSON of a conversation with its recordings."""
        number, outbound, on_demand, start, seconds, calling, called, third, owner, available, updated, _, _ = row
        begin, end = utc_text(start), utc_text(start + seconds)
        expires = add_months(start, months)
        expired = expires <= now
        parts = (
            f"{self._participant(number, 1, calling, begin, end)},{self._participant(number, 2, called, begin, end)}"
        )
        if third is not None:
            parts += "," + self._participant(number, 3, third, utc_text(start + seconds // 2), end)
        takes = ",".join([self._recording(take, expired=expired) for take in recordings])
        came = utc_text_ms(available)
        changed = came if updated == available else utc_text_ms(updated)
        return (
            f'{{"id":"{self._ids.conversation(number)}","direction":"{"outbound" if outbound else "inbound"}",'
            f'"mode":"{"onDemand" if on_demand else "alwaysOn"}","startTime":"{begin}","endTime":"{end}",'
            f'"durationSeconds":{seconds},"timeZone":"{self._zones[owner]}","callingParty":{self._party_json[calling]},'
            f'"calledParty":{self._party_json[called]},"participants":[{parts}],{self._owner_json[owner]},'
            f'"recordings":[{takes}],"availableAt":"{came}","updatedAt":"{changed}",'
            f'"expiresAt":"{utc_text(expires)}"}}'
        )

    def _participant(self, number: int, place: int, party: int, joined: str, left: str) -> str:
        who = self._who_json[_ROLES[place - 1]][party]
        name = self._ids.participation(number, place=place)
        return f'{{"participationId":"{name}",{who},"joinedAt":"{joined}","leftAt":"{left}"}}'

    def _recording(self, row: RecordingRow, *, expired: bool) -> str:
        name, begin = recording_id(row, self._ids), utc_text(row.start)
        state = row.state_now(expired=expired)
        text = (
            f'{{"id":"{name}","sequence":{row.sequence},"startTime":"{begin}",'
            f'"durationSeconds":{row.seconds!r},"pauses":{row.pauses},"status":"{_STATES.get(state, "missing")}"'
        )
        if state is not State.AVAILABLE:
            return text + "}"
        size, digest = row.size, f',"checksum":{{"algorithm":"sha-256","value":"{row.sha256.hex()}"}}'
        if row.lies:
            size, digest = _lies(row, row.lies)
        return (
            f'{text},"fileName":{json_text(file_name(begin, name, row.number))},"contentType":"audio/wav",'
            f'"codec":{self._codec_json[row.variant]},"sizeBytes":{size}{digest},"etag":"\\"{row.strong_etag[1:-1]}\\""}}'
        )

    def participations(self, row: ConversationRow) -> list[str]:
        """JSON of the rows of the Participant View for a conversation."""
        number, start, seconds = row.number, row.start, row.seconds
        begin = utc_text(start)
        end = utc_text(start + seconds)
        texts = []
        for place, party in enumerate((row.calling, row.called, row.third), start=1):
            if party is None:
                continue
            later = seconds // 2 if place == 3 else 0
            texts.append(
                f"{self._participant(number, place, party, utc_text(start + later), end)[:-1]},"
                f'"conversationId":"{self._ids.conversation(number)}","durationSeconds":{seconds - later},'
                f'"direction":"{"outbound" if row.outbound else "inbound"}",'
                f'"mode":"{"onDemand" if row.on_demand else "alwaysOn"}",'
                f'"conversationStartTime":"{begin}","hasVoiceRecording":{"true" if row.takes else "false"}}}'
            )
        return texts

    def csv(self, rows: Iterable[tuple[ConversationRow, Sequence[RecordingRow]]], *, now: int, months: int) -> str:
        """Conversations with their recordings as CSV (RFC 4180) with its header."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(CSV_COLUMNS)
        for row, recordings in rows:
            number, outbound, on_demand, start, seconds, calling, called, third, owner, available, updated, _, _ = row
            expires = add_months(start, months)
            user = self._parties[owner]
            parties = [self._parties[party] for party in (calling, called, third) if party is not None]
            sizes = [take.size for take in recordings if take.state_now(expired=expires <= now) is State.AVAILABLE]
            writer.writerow(
                (
                    self._ids.conversation(number), "outbound" if outbound else "inbound",
                    "onDemand" if on_demand else "alwaysOn", utc_text(start), utc_text(start + seconds), seconds,
                    self._zones[owner],
                    parties[0].name, parties[0].phone_number, _extension(parties[0]),
                    parties[1].name, parties[1].phone_number, _extension(parties[1]),
                    "; ".join(party.name for party in parties),
                    *((user.user_id, user.name, user.email) if isinstance(user, User) else ("", "", "")),
                    "; ".join(group.name for group in self._groups[owner]),
                    "; ".join(recording_id(take, self._ids) for take in recordings), sum(sizes),
                    utc_text_ms(available), utc_text_ms(updated), utc_text(expires),
                )
            )  # fmt: skip
        return out.getvalue()


def _lies(row: RecordingRow, told: str) -> tuple[int, str]:
    """Size and checksum of a recording about which the listing does not tell the truth."""
    lies = msgspec.json.decode(told)
    size = lies.get("listedSize", row.size)
    said = lies.get("listedChecksum")
    if said == "absent":
        return size, ""
    if said == "other":
        other = base64.b64encode(row.sha256[:16]).decode()
        return size, f',"checksum":{{"algorithm":"md5","value":"{other}"}}'
    value = bytes(255 - byte for byte in row.sha256) if said == "wrong" else row.sha256
    return size, f',"checksum":{{"algorithm":"sha-256","value":"{value.hex()}"}}'


def _party(party: User | Contact) -> dict[str, object]:
    fields: dict[str, object] = {"name": party.name, "phoneNumber": party.phone_number}
    if isinstance(party, User):
        fields |= {"uniqueId": party.unique_id, "extension": party.extension, "userId": party.user_id}
    return fields


def _who(party: User | Contact) -> dict[str, object]:
    fields: dict[str, object] = {"name": party.name, "phoneNumber": party.phone_number}
    if isinstance(party, User):
        fields |= {"extension": party.extension, "userId": party.user_id}
    return fields


def _codec(codec: Codec) -> dict[str, object]:
    return {
        "formatTag": codec.format_tag,
        "name": codec.name,
        "sampleRate": codec.sample_rate,
        "channels": codec.channels,
        "bitsPerSample": codec.bits_per_sample,
    }


def _extension(party: User | Contact) -> str:
    return party.extension if isinstance(party, User) else ""
