"""Save a copy: what of it, in which form, and where to; then its progress. It decides nothing about pieces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from download_client.errors import Interrupted, MirError
from download_client.sound import Form, Saved
from ui.bridge import Ticket
from ui.replay.making_dialog import MakingDialog
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Facts, Segmented, button, label, row
from ui.words import numbers, times

if TYPE_CHECKING:
    from ui.replay.copying import Cut

_FORMS: Final = (Form.WAV, Form.FLAC)
_FORBIDDEN: Final = '<>:"/\\|?*'

Write = Callable[[Path, Form, Callable[[float], None], Event], Saved]
"""Writes a copy on a worker: where to, in which form, who hears of it, when it is to stop."""


class CopyDialog(MakingDialog):
    """`open()` it. `part` None: nothing is selected, so it is of the whole."""

    def __init__(
        self,
        session: Session,
        write: Callable[[Cut], Write],
        *,
        whole: Cut,
        part: Cut | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._write = write
        self._cuts = (part, whole) if part is not None else (whole,)
        self._ticket: Ticket | None = None
        words = [self.tr("The selection"), self.tr("The whole")] if part is not None else [self.tr("The whole")]
        self.what = Segmented(words, 0, name=self.tr("What is copied"))
        self.form = Segmented([self.tr("WAV (PCM)"), self.tr("FLAC")], 0, name=self.tr("Form"))
        facts = Facts(width=96)
        facts.add(self.tr("Copy"), row(self.what, None))
        self.length = facts.add(self.tr("Length"))
        facts.add(self.tr("Form"), row(self.form, None))
        about = self.tr("A copy for listening, with a table that says where it came from. The original stays as it is.")
        if whole.conversation is None:
            about = self.tr("A copy for listening. The original stays as it is.")
        self.lay_out(
            title=self.tr("Save a copy"),
            of=whole.lane.title,
            about=label(about, SMALL, tone="2", wrap=True),
            go=button(self.tr("Save a copy…"), "scissors", "primary"),
            choices=facts,
        )
        self.what.chosen.connect(lambda _: self._show_length())
        self._show_length()

    @property
    def _cut(self) -> Cut:
        return self._cuts[self.what.current]

    @property
    def _form(self) -> Form:
        return _FORMS[self.form.current]

    def _show_length(self) -> None:
        self.length.setText(times.duration(self._cut.last - self._cut.first))

    # --- where to

    def choose(self) -> None:
        """Ask where to, and write it there."""
        kinds = self.tr("WAV files (*.wav)") if self._form is Form.WAV else self.tr("FLAC files (*.flac)")
        self.ask_where(f"{self._file_name()}.{self._form.value}", kinds=kinds, then=self.save_to)

    def _file_name(self) -> str:
        cut = self._cut
        began = cut.lane.moment(cut.first).astimezone(self._session.zone)
        # A file is titled by its name, which has an ending of its own already.
        title = cut.lane.title if cut.lane.conversation is not None else Path(cut.lane.title).stem
        name = f"{began:%Y-%m-%d %H%M%S} {title}"
        return "".join(" " if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in name).strip(". ")

    def save_to(self, to: Path) -> None:
        """Write it there."""
        if self._ticket is not None:
            return
        write, form = self._write(self._cut), self._form
        bridge, show = self._session.bridge, self._show_share
        self.show_begun()
        self.what.setEnabled(False)
        self.form.setEnabled(False)

        def heard(share: float) -> None:
            bridge.tell(share, show, self, latest=True)

        def work(ticket: Ticket) -> Saved:
            return write(to, form, heard, ticket.cancelled)

        self._ticket = bridge.ask(work, then=self._done, sorry=self._sorry, owner=self)

    def _show_share(self, share: float) -> None:
        self.bar.set_share(share)

    def _done(self, saved: Saved) -> None:
        self._ticket = None
        size = numbers.size(saved.size, self._session.locale)
        self.show_made(saved.path, self.tr("Saved, {size}").format(size=size))

    def _sorry(self, error: MirError) -> None:
        self._ticket = None
        self.what.setEnabled(True)
        self.form.setEnabled(True)
        self.show_failed(None if isinstance(error, Interrupted) else error)

    def reject(self) -> None:
        """Stop writing; nothing is left behind then."""
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()
