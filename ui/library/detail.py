"""Everything known of one archived recording, at the right of the list; rows never move, values can be copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from download_client.engine import Archived
from download_client.model import Direction, RecordingMode
from ui.library.columns import encoding, proof_words
from ui.session import Session
from ui.theme import SMALL, STRONG, measures
from ui.widgets import Facts, Glyph, button, fill, label, line, row, scroll, tool
from ui.words import numbers, times

_NAMES = 88


class Detail(QFrame):
    """`closed`: its cross was chosen. `reveal`: show the file where it lies."""

    closed = Signal()
    reveal = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._file: Path | None = None
        self.setProperty("role", "paper")
        self.set_narrow(False)
        self.way = label("", SMALL, tone="2")
        self.name = label("", STRONG, bold=True, wrap=True, selectable=True)
        self.other = label("", tone="2", wrap=True, selectable=True)
        self.close_button = tool("x", self.tr("Close the details (Esc)"))
        self.close_button.clicked.connect(self.closed)
        self.show_file = button(self.tr("Show the file"), "folder-open")
        self.show_file.clicked.connect(lambda: self.reveal.emit(self._file))
        self._arrow = Glyph("arrow-down-left", "text2", 14)
        self._shield = Glyph("shield-check", "ok", 16)
        self.proof = label("", bold=True)
        self._values: dict[str, QLabel] = {}
        self._lay_out()
        self.show_nothing()

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
        body = QWidget()
        fill(
            QVBoxLayout(body),
            self.name,
            self.other,
            2,
            call,
            line(),
            label(self.tr("Calling Party Information"), SMALL, bold=True),
            calling,
            label(self.tr("Called Party Information"), SMALL, bold=True),
            called,
            line(),
            row(self._shield, self.proof, None, gap=7),
            file,
            row(self.show_file, None),
            None,
            margins=(18, 0, 14, 14),
            gap=8,
        )
        head = row(self._arrow, self.way, None, self.close_button, margins=(18, 12, 10, 2), gap=6)
        self.empty = label(self.tr("Select a recording to see its details."), tone="2", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = scroll(body)
        fill(QVBoxLayout(self), head, (self._body, 1), (self.empty, 1), gap=0)

    def set_narrow(self, narrow: bool) -> None:
        """As narrow as a panel may be, where the window is."""
        self.setFixedWidth(measures.PANEL_LEAST if narrow else measures.DETAIL + 20)

    def _facts(self, *names: tuple[str, str]) -> Facts:
        made = Facts(width=_NAMES)
        for key, word in names:
            self._values[key] = made.add(word)
        return made

    def show_nothing(self) -> None:
        """No recording is chosen."""
        self._body.hide()
        self._arrow.hide()
        self.way.clear()
        self.empty.show()

    def show_recording(self, it: Archived) -> None:
        """All of one."""
        session, row_ = self._session, it.row
        zone, locale = session.zone, session.locale
        inbound = row_.direction is Direction.INBOUND
        self._file = it.file
        self._arrow.show_icon("arrow-down-left" if inbound else "arrow-up-right")
        self._arrow.show()
        self.way.setText(self.tr("Inbound conversation") if inbound else self.tr("Outbound conversation"))
        calling, called = it.conversation.calling_party, it.conversation.called_party
        outside, inside = (calling, called) if inbound else (called, calling)
        self.name.setText(outside.name or outside.phone_number or self.tr("Number withheld"))
        self.other.setText(self.tr("with {name}").format(name=inside.name or inside.phone_number))
        icon, token, word = proof_words(row_.proof)
        self._shield.show_icon(icon, token)
        self.proof.setText(word)
        run = self.tr("{number}, {search}").format(number=row_.run_id, search=row_.search) if row_.search else ""
        mode = self.tr("Always-On") if row_.mode is RecordingMode.ALWAYS_ON else self.tr("On-Demand")
        expires = times.date_words(row_.expires_at.astimezone(zone).date(), locale) if row_.expires_at else ""
        until = self.tr("until {day}").format(day=expires) if expires else ""
        said = {
            "start": times.moment_words(it.conversation.start_time, zone, locale),
            "end": times.moment_words(it.conversation.end_time, zone, locale),
            "duration": times.duration(row_.duration),
            "mode": mode,
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
        for key, words in said.items():
            self._values[key].setText(words or numbers.NOTHING)
        self.empty.hide()
        self._body.show()

    def _arrival(self, verified_by: str) -> str:
        """What was proved on arrival, by the words of the tables."""
        if verified_by.startswith("sha-256"):
            return self.tr("length, digest and WAV structure")
        return self.tr("length and WAV structure") if verified_by else ""

    def value(self, key: str) -> str:
        """What is shown for one of the facts."""
        return self._values[key].text()


def _broken(digest: str) -> str:
    """A digest in four lines: it would not fit in one."""
    return "\n".join(digest[start : start + 16] for start in range(0, len(digest), 16))
