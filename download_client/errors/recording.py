"""One recording cannot be had; the others go on."""

from __future__ import annotations

from download_client.errors.base import Fate, MirError


class RecordingError(MirError):
    """One recording cannot be had now or ever; the others go on."""

    title = "The recording cannot be downloaded"
    advice = "`mir-download retry RUN` asks for it again."
    fate = Fate.SKIP
    code = "recording"


class NotReady(RecordingError):
    """202 `not_ready`, or status `processing`: it is still coming."""

    title = "The recording is not ready yet"
    advice = "Nothing to do: it is asked for again."
    fate = Fate.AGAIN
    code = "not_ready"


class RecordingDenied(RecordingError):
    """403: access was withdrawn, or the right to download is missing."""

    title = "The recording is no longer permitted"
    advice = "Your access changed. Ask a Phone Manager; the others went on."
    code = "denied"


class RecordingExpired(RecordingError):
    """410, or status `expired`: retention ended (F15)."""

    title = "The service has deleted the recording: its retention ended"
    advice = "It cannot be had any more. Schedule pulls more often than retention deletes."
    code = "expired"


class RecordingGone(RecordingError):
    """404 for a listed recording; normal after a change of access (F17)."""

    title = "The recording is no longer at the service"
    advice = "It was deleted or hidden from you since it was listed."
    code = "gone"


class MediaMissing(RecordingError):
    """Status `missing`: the service has the conversation but no audio for it."""

    title = "The service has no audio for this conversation"
    advice = "Tell the service's operator if there should be one."
    code = "media_missing"


class EmptyAtSource(RecordingError):
    """The recording has no bytes, or no sound, at the source."""

    title = "The recording is empty at the service"
    advice = "There is nothing to download."
    code = "empty_at_source"


class BodyRefused(RecordingError):
    """Something else than audio came where audio was asked: an error text, a sign-in page, a compressed body."""

    title = "The service sent something else than audio"
    advice = "Nothing was saved. If a sign-in page of a network answered, sign in there first, then retry."
    fate = Fate.AGAIN
    code = "body_refused"


class Truncated(RecordingError):
    """The body was shorter or longer than announced."""

    title = "The recording arrived incomplete"
    advice = "Nothing to do: it is fetched again."
    fate = Fate.AGAIN
    code = "truncated"


class RangeBroken(RecordingError):
    """The service does not resume as RFC 9110 section 14 says, even after one fresh start."""

    title = "The service does not resume downloads correctly"
    advice = "Nothing damaged was saved. Tell the service's operator."
    code = "server_range_broken"


class FileChanged(RecordingError):
    """The recording was replaced at the service while it was fetched; it begins again."""

    title = "The recording changed while it was fetched"
    advice = "Nothing to do: the new version is fetched."
    fate = Fate.AGAIN
    code = "file_changed"


class DigestMismatch(RecordingError):
    """Arrived twice with another digest than the service names."""

    title = "The recording arrived damaged twice: the digest does not match"
    advice = "It is kept under .mir/quarantine. Retry later; if it stays, tell the service's operator."
    code = "digest_mismatch"


class NotWav(RecordingError):
    """The bytes are not a WAV file, or promise more sound than they hold, and no digest vouches for them."""

    title = "The recording is not a whole WAV file"
    advice = "It is kept under .mir/quarantine. Tell the service's operator."
    code = "not_wav"


class RecordingDamaged(RecordingError):
    """What lies in the archive is not what was placed there, or nothing does."""

    title = "The recording in the archive is damaged"
    advice = "Check the archive and fetch the recording again while the service still has it."
    code = "damaged"


class NotPlayable(RecordingError):
    """There is a file, and this program cannot make sound of it. `intact`: the file is not at fault.

    `codec` names, for people, the codec that nobody here decodes; empty where that is not the reason.
    """

    title = "The recording cannot be played here"
    advice = "The file itself is left as it is. Show it in its folder and open it with a program that knows its kind."
    code = "not_playable"

    def __init__(
        self,
        detail: str = "",
        *,
        subject: str = "",
        retry_after: float | None = None,
        intact: bool = True,
        codec: str = "",
    ) -> None:
        super().__init__(detail, subject=subject, retry_after=retry_after)
        self.intact = intact
        self.codec = codec


class RecordingVanished(RecordingError):
    """The file was moved, deleted, or its drive is gone."""

    title = "The file of the recording is not there any more"
    advice = "Connect its drive again, or load the conversation again from the archive or the service."
    code = "vanished"
