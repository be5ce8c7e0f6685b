"""Why something cannot be heard, in words for its lane; always ours, never a server's text. It decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from download_client.engine import FetchPhase, FetchStep
from download_client.errors import MirError, NotPlayable, RecordingVanished
from ui.words import errors, numbers, times


def why(error: MirError) -> str:
    """One or two short sentences."""
    translate = QCoreApplication.translate
    if isinstance(error, NotPlayable):
        if error.codec and error.intact:
            words = translate("Replay", "{codec} has no player here. The file is intact.")
            return words.format(codec=error.codec)
        if error.codec:
            words = translate("Replay", "{codec} has no player here, and the file is damaged.")
            return words.format(codec=error.codec)
        if error.intact:
            return translate("Replay", "There is nothing in it that can be heard here. The file is intact.")
        return translate("Replay", "The file is damaged, or no WAV file.")
    if isinstance(error, RecordingVanished):
        return translate("Replay", "The file is not there any more.")
    return errors.title(error)


def no_recording() -> str:
    """A conversation of which no voice was saved."""
    return QCoreApplication.translate("Replay", "No voice recording was saved.")


def some_lacking(count: int, reason: str) -> str:
    """Some of its recordings cannot be heard."""
    words = QCoreApplication.translate("Replay", "%n recording(s) cannot be played: {reason}", None, count)
    return words.format(reason=reason)


def title(calling: str, called: str) -> str:
    """What a lane is called."""
    withheld = QCoreApplication.translate("Replay", "Number withheld")
    form = QCoreApplication.translate("Replay", "{calling} – {called}")
    return form.format(calling=calling or withheld, called=called or withheld)


def step_words(step: FetchStep, locale: QLocale, *, clock: str, left: float | None = None) -> str:
    """What a fetch waits for, or how much has come. `clock` is when it goes on, empty where nobody knows.

    `left` is how many seconds it will still take, None where nobody can say.
    """
    translate = QCoreApplication.translate
    if step.phase is FetchPhase.WAITING:
        if not step.code:
            return translate("Replay", "Waiting for a free replay")
        if clock:
            return translate("Replay", "Waiting for the service until {time}").format(time=clock)
        return translate("Replay", "Waiting for the service")
    if step.total_bytes is None:
        return numbers.size(step.done_bytes, locale)
    done, total = numbers.size(step.done_bytes, locale), numbers.size(step.total_bytes, locale)
    if left is None or left < 1:
        return translate("Replay", "{done} of {total}").format(done=done, total=total)
    words = translate("Replay", "{done} of {total} · about {span}")
    return words.format(done=done, total=total, span=times.span(left))
