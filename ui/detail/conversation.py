"""Everything known of one conversation; rows never move, a missing value shows –, values can be selected and copied."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from download_client.engine import Presence
from download_client.model import Conversation, Party, Pause, Recording, RecordingStatus, local
from ui.detail.frame import DetailFrame
from ui.session import Session
from ui.theme import SMALL, measures
from ui.widgets import Facts, Glyph, clear, column, label, line, row, tool
from ui.words import numbers, standing, times

_NAMES = 84


class ConversationDetail(DetailFrame):
    """Of one conversation. `replay_wanted`: somebody wants to hear a recording of it; it, and the id."""

    replay_wanted = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, names=_NAMES, nothing=self.tr("Select a conversation to see its details."))
        self.setFixedWidth(measures.DETAIL)
        self._recordings = column(gap=8)
        self._standing = Glyph("circle-dashed", "text3", 16)
        self._copy = tool("copy", self.tr("Copy the conversation's ID"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.value("id")))
        self._lay_out()

    def _lay_out(self) -> None:
        call = self._facts(
            ("start", self.tr("Start")),
            ("end", self.tr("End")),
            ("duration", self.tr("Duration")),
            ("mode", self.tr("Mode")),
            ("zone", self.tr("Local time")),
        )
        calling, called = (self._party(side) for side in ("calling", "called"))
        rest = Facts(width=_NAMES)
        archive = label("", wrap=True, selectable=True)
        self._values["archive"] = archive
        rest.add(self.tr("Archive"), row(self._standing, (archive, 1), gap=6))
        for key, word in (
            ("available", self.tr("Available")),
            ("came", self.tr("Came at")),
            ("updated", self.tr("Changed")),
            ("owner", self.tr("Owner")),
            ("mail", self.tr("E-mail")),
            ("groups", self.tr("Groups")),
            ("people", self.tr("Participants")),
        ):
            self._values[key] = rest.add(word)
        number = label("", SMALL, selectable=True, wrap=True)
        number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._values["id"] = number
        rest.add(self.tr("ID"), row((number, 1), self._copy, gap=4))
        recordings = label(self.tr("Voice recording"), SMALL, bold=True)
        self._assemble(call, calling, called, recordings, self._recordings, line(), rest, right=8)

    def _party(self, side: str) -> Facts:
        return self._facts(
            (f"{side}_number", self.tr("Number")),
            (f"{side}_unique", self.tr("Unique ID")),
            (f"{side}_extension", self.tr("Extension")),
            (f"{side}_name", self.tr("Name")),
        )

    # --- what is shown

    def show_conversation(self, it: Conversation, presence: Presence) -> None:
        """All of one."""
        zone, locale = self._session.zone, self._session.locale
        said = {
            "start": times.moment_words(it.start_time, zone, locale),
            "end": times.moment_words(it.end_time, zone, locale),
            "duration": times.duration(it.duration_seconds),
            "mode": self._mode(it),
            "zone": _local(it),
            "archive": self._archive(it, presence),
            "available": self._until(it),
            "came": times.moment_words(it.available_at, zone, locale),
            "updated": times.moment_words(it.updated_at, zone, locale),
            "owner": " · ".join(part for part in (it.owner_name, it.owner_extension) if part),
            "mail": it.owner_email,
            "groups": ", ".join(it.groups),
            "people": "\n".join(_person(each.name, each.phone_number, each.extension) for each in it.participants),
            "id": it.id,
            **_party("calling", it.calling_party),
            **_party("called", it.called_party),
        }
        self._show_recordings(it)
        self._show(it, said)

    def _mode(self, it: Conversation) -> str:
        mode = self._mode_words(it.mode)
        paused = sum(_length(pause) for each in it.recordings for pause in each.pauses)
        if not paused:
            return mode
        return self.tr("{mode}, paused {length}").format(mode=mode, length=times.duration(paused))

    def _archive(self, it: Conversation, presence: Presence) -> str:
        icon, token, word = standing.words(presence)
        self._standing.show_icon(icon, token)
        left = standing.days_left(presence, it.expires_at, now=datetime.now(UTC))
        if left is None:
            return word
        days = self.tr("%n day(s) left", "", left)
        return self.tr("{state}, {days}").format(state=word, days=days)

    def _until(self, it: Conversation) -> str:
        if it.expires_at is None:
            return ""
        day = times.date_words(local(it.expires_at, self._session.zone).date(), self._session.locale)
        return self.tr("until {day}").format(day=day)

    def _show_recordings(self, it: Conversation) -> None:
        clear(self._recordings)
        if not it.recordings:
            self._recordings.addWidget(label(self.tr("No voice recording was saved."), tone="2", wrap=True))
        for each in it.recordings:
            self._recordings.addLayout(self._recording(it, each))

    def _recording(self, of: Conversation, it: Recording) -> QVBoxLayout:
        locale = self._session.locale
        title = label(self.tr("Recording {number}").format(number=it.sequence), selectable=True)
        size = label(numbers.size(it.size_bytes, locale), SMALL, tone="2")
        codec = it.codec
        sound = ""
        if codec is not None:
            channels = self.tr("stereo") if codec.channels == 2 else self.tr("mono")
            sound = self.tr("{codec}, {rate} kHz, {channels}").format(
                codec=codec.name, rate=locale.toString(codec.sample_rate / 1000, "g", 4), channels=channels
            )
        status = {
            RecordingStatus.AVAILABLE: "",
            RecordingStatus.PROCESSING: self.tr("not ready yet"),
            RecordingStatus.EXPIRED: self.tr("deleted by the service"),
            RecordingStatus.MISSING: self.tr("no audio at the service"),
        }[it.status]
        pauses = ", ".join(f"{times.duration(p.start_seconds)}–{times.duration(p.end_seconds)}" for p in it.pauses)
        paused = self.tr("paused {spans}").format(spans=pauses) if pauses else ""
        small = " · ".join(part for part in (times.duration(it.duration_seconds), sound, status) if part)
        listen = tool("audio-waveform", self.tr("Load recording {number}").format(number=it.sequence))
        listen.setEnabled(it.status in (RecordingStatus.AVAILABLE, RecordingStatus.PROCESSING))
        listen.clicked.connect(lambda: self.replay_wanted.emit(of, it.id))
        head = row(Glyph("file-audio", "text2", 16), (title, 1), size, listen, gap=8)
        lines: list[QLayout | QWidget] = [head, label(small, SMALL, tone="2", wrap=True)]
        lines += [label(text, SMALL, tone="2", wrap=True, selectable=True) for text in (paused, it.id) if text]
        return column(*lines, gap=2)


def _local(it: Conversation) -> str:
    """The start as it was where the call took place: the times above are in the zone chosen here."""
    try:
        return f"{times.clock(it.start_time, ZoneInfo(it.time_zone))} {it.time_zone}"
    except (ValueError, OSError, LookupError):
        return it.time_zone


def _length(pause: Pause) -> float:
    return max(0.0, pause.end_seconds - pause.start_seconds)


def _party(side: str, party: Party) -> dict[str, str]:
    return {
        f"{side}_number": party.phone_number,
        f"{side}_unique": party.unique_id,
        f"{side}_extension": party.extension,
        f"{side}_name": party.name,
    }


def _person(name: str, number: str, extension: str) -> str:
    return " · ".join(part for part in (name, number or extension) if part)
