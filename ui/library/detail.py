"""Everything known of one archived recording, at the right of the list; rows never move, values can be copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from download_client.engine import Archived
from download_client.model import local
from ui.detail import DetailFrame
from ui.library.columns import encoding, proof_words
from ui.session import Session
from ui.theme import measures
from ui.widgets import Glyph, button, label, row
from ui.words import numbers, times

_NAMES = 88


class Detail(DetailFrame):
    """Of one archived recording. `reveal`: show the file where it lies.

    `replay_wanted`: somebody wants to hear it; its conversation, and its id.
    """

    reveal = Signal(object)
    replay_wanted = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, names=_NAMES, nothing=self.tr("Select a recording to see its details."))
        self._file: Path | None = None
        self._it: Archived | None = None
        self.set_narrow(False)
        self.show_file = button(self.tr("Show the file"), "folder-open")
        self.show_file.clicked.connect(lambda: self.reveal.emit(self._file))
        self.listen = button(
            self.tr("Load"), "audio-waveform", tip=self.tr("Load this recording into the replay module")
        )
        self.listen.clicked.connect(self._listen)
        self._shield = Glyph("shield-check", "ok", 16)
        self.proof = label("", bold=True)
        self._lay_out()

    def _lay_out(self) -> None:
        call = self._facts(
            ("start", self.tr("Start")),
            ("end", self.tr("End")),
            ("duration", self.tr("Duration")),
            ("mode", self.tr("Mode")),
            ("owner", self.tr("Owner")),
            ("groups", self.tr("Groups")),
        )
        calling = self._facts(
            ("calling_number", self.tr("Number")),
            ("calling_name", self.tr("Name")),
            ("calling_extension", self.tr("Extension")),
        )
        called = self._facts(
            ("called_number", self.tr("Number")),
            ("called_name", self.tr("Name")),
            ("called_extension", self.tr("Extension")),
        )
        file = self._facts(
            ("checked", self.tr("Checked")),
            ("verified", self.tr("On arrival")),
            ("size", self.tr("Size")),
            ("encoding", self.tr("Encoding")),
            ("sha256", self.tr("SHA-256")),
            ("path", self.tr("File")),
            ("downloaded", self.tr("Downloaded")),
            ("run", self.tr("Run")),
            ("expires", self.tr("At the service")),
            ("id", self.tr("ID")),
        )
        proof = row(self._shield, self.proof, None, gap=7)
        self._assemble(call, calling, called, proof, file, row(self.listen, self.show_file, None), right=14)

    def set_narrow(self, narrow: bool) -> None:
        """As narrow as a panel may be, where the window is."""
        self.setFixedWidth(measures.PANEL_LEAST if narrow else measures.DETAIL + 20)

    def show_recording(self, it: Archived) -> None:
        """All of one."""
        session, row_ = self._session, it.row
        zone, locale = session.zone, session.locale
        self._file, self._it = it.file, it
        calling, called = it.conversation.calling_party, it.conversation.called_party
        icon, token, word = proof_words(row_.proof)
        self._shield.show_icon(icon, token)
        self.proof.setText(word)
        run = self.tr("{number}, {search}").format(number=row_.run_id, search=row_.search) if row_.search else ""
        expires = times.date_words(local(row_.expires_at, zone).date(), locale) if row_.expires_at else ""
        until = self.tr("until {day}").format(day=expires) if expires else ""
        said = {
            "start": times.moment_words(it.conversation.start_time, zone, locale),
            "end": times.moment_words(it.conversation.end_time, zone, locale),
            "duration": times.duration(row_.duration),
            "mode": self._mode_words(row_.mode),
            "owner": row_.owner,
            "groups": row_.groups,
            "calling_number": calling.phone_number,
            "calling_name": calling.name,
            "calling_extension": calling.extension,
            "called_number": called.phone_number,
            "called_name": called.name,
            "called_extension": called.extension,
            "checked": times.moment_words(row_.checked_at, zone, locale),
            "verified": self._arrival(row_.verified_by),
            "size": numbers.size(row_.size, locale),
            "encoding": encoding(row_),
            "sha256": _broken(row_.sha256),
            "path": row_.path,
            "downloaded": times.moment_words(row_.downloaded_at, zone, locale),
            "run": run or (str(row_.run_id) if row_.run_id else ""),
            "expires": until,
            "id": row_.recording_id,
        }
        self._show(it.conversation, said)

    def _listen(self) -> None:
        if self._it is not None:
            self.replay_wanted.emit(self._it.conversation, self._it.recording.id)

    def _arrival(self, verified_by: str) -> str:
        """What was proved on arrival, by the words of the tables."""
        if verified_by.startswith("sha-256"):
            return self.tr("length, digest and WAV structure")
        return self.tr("length and WAV structure") if verified_by else ""


def _broken(digest: str) -> str:
    """A digest in four lines: it would not fit in one."""
    return "\n".join(digest[start : start + 16] for start in range(0, len(digest), 16))
