"""Every error this program raises, with its advice and its fate; it does not decide what is tried again (`retry` does).

::

    MirError
    ├── UsageError                the caller asked for something that cannot be meant
    │   ├── InvalidCriteria  InvalidSetting  InvalidTemplate  UnknownName
    ├── SignInError               who we are, and what we may do
    │   ├── NotSignedIn  WrongCredentials  SignInAgain  SignInRefused  AccessNone  DownloadNotPermitted
    │   └── KeyringUnavailable  SecretTooLong
    ├── NetworkError              the way to the service
    │   ├── Offline  ConnectionLost  TimedOut
    │   └── CertificateRejected  ProxyRejected  InsecureAddress
    ├── ServiceError              what the service said or did
    │   ├── RateLimited  ServiceUnavailable  RequestRejected  NotFound
    │   ├── ProtocolBroken  ListingBroken
    │   └── WindowTooLarge  PageTokenExpired  CursorExpired
    ├── RecordingError            one recording; the others go on
    │   ├── NotReady  RecordingDenied  RecordingExpired  RecordingGone  MediaMissing  EmptyAtSource
    │   └── BodyRefused  Truncated  RangeBroken  FileChanged  DigestMismatch  NotWav
    ├── DiskError                 the archive and the place it lies in
    │   ├── DiskFull  ArchiveMissing  ArchiveLocked  ArchiveForeign  ArchiveUnwise  FileHeld  DiskFailed  UnsafePath
    ├── LedgerError
    │   ├── LedgerCorrupt  LedgerNewer
    └── Interrupted

A class carries what is always the same (title, advice, fate, code); an instance what is not (subject, detail).
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar


class Fate(Enum):
    """Whether trying again can help: the whole answer `retry` needs."""

    AGAIN = "again"
    """The same request may succeed later."""
    SKIP = "skip"
    """This recording will not come by trying again now; the others go on."""
    STOP = "stop"
    """Nothing can go on until somebody acts."""


class MirError(Exception):
    """The root. `subject` names what it happened to (an id or a path), `detail` what was seen.

    `retry_after` is in seconds, where the service named a time. Neither subject nor detail ever holds a secret, a
    telephone number, a name of a person or a signed link.
    """

    title: ClassVar[str] = "Something went wrong"
    advice: ClassVar[str] = "Run the command again; if it stays, send the details to support."
    fate: ClassVar[Fate] = Fate.STOP
    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "", *, subject: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.subject = subject
        self.retry_after = retry_after

    def __str__(self) -> str:
        """One line: what happened, to what, what was seen."""
        return self.title + (f" ({self.subject})" if self.subject else "") + (f": {self.detail}" if self.detail else "")

    def as_dict(self) -> dict[str, str]:
        """The error as a program reads it: code, title, subject, detail, advice."""
        return {
            "code": self.code,
            "title": self.title,
            "subject": self.subject,
            "detail": self.detail,
            "advice": self.advice,
        }


# --- the caller ------------------------------------------------------------------------------------------------------


class UsageError(MirError):
    """The caller asked for something that cannot be meant."""

    title = "That cannot be done as asked"
    advice = "Correct the value and try again; --help shows examples."
    code = "usage"


class InvalidCriteria(UsageError):
    """A search criterion has no meaning, or two of them exclude each other."""

    title = "The search criteria do not fit together"
    code = "invalid_criteria"


class InvalidSetting(UsageError):
    """A setting is unknown, of the wrong kind or out of range, or fixed by policy."""

    title = "A setting cannot be used"
    advice = "`mir-download settings` lists every setting with its unit, range and where its value comes from."
    code = "invalid_setting"


class InvalidTemplate(UsageError):
    """A folder or file-name template names an unknown field or cannot give safe names."""

    title = "The name template cannot be used"
    advice = "`mir-download settings --help` lists the fields of a template, with examples."
    code = "invalid_template"


class UnknownName(UsageError):
    """A profile, run, saved search or schedule of that name does not exist."""

    title = "There is nothing of that name"
    advice = "List what there is first; names are matched exactly."
    code = "unknown_name"


# --- who we are ------------------------------------------------------------------------------------------------------


class SignInError(MirError):
    """Signing in, or what the signed-in user may do."""

    title = "Signing in failed"
    advice = "Sign in again."
    code = "sign_in"


class NotSignedIn(SignInError):
    """No secret is kept for this profile and none was given."""

    title = "Not signed in"
    advice = "Run `mir-download sign-in --server URL --user NAME`, or give --server, --user and --password-stdin."
    code = "not_signed_in"


class WrongCredentials(SignInError):
    """The service does not accept this user name and password, or this client and its secret."""

    title = "The user name or password is wrong"
    advice = "Check both and try again. After several failures the service may lock the account for a while."
    code = "wrong_credentials"


class SignInAgain(SignInError):
    """The refresh token is dead (RFC 6749 section 5.2 `invalid_grant`). Nothing else is tried (no lock-out)."""

    title = "The sign-in has ended"
    advice = "Sign in again; the run goes on where it stopped."
    code = "sign_in_again"


class SignInRefused(SignInError):
    """The browser sign-in was cancelled, timed out, or answered something else than was asked."""

    title = "The sign-in was not completed"
    advice = "Start the sign-in again and finish it in the browser window that opens."
    code = "sign_in_refused"


class AccessNone(SignInError):
    """The access level is None (F12): nothing is visible, not even one's own recordings."""

    title = "Your access level is None"
    advice = "Ask a Decision Maker or Phone Manager to set Record Management Access in the Account Portal (F14)."
    code = "access_none"


class DownloadNotPermitted(SignInError):
    """Listing is allowed, downloading is not: they are separate rights."""

    title = "You may list recordings but not download them"
    advice = "Ask a Decision Maker or Phone Manager for the right to download."
    code = "download_not_permitted"


class KeyringUnavailable(SignInError):
    """The system keyring is absent or locked. There is no plain-text fallback."""

    title = "The system keyring cannot be used"
    advice = "Unlock it, or give --server, --user and --password-stdin with each command: nothing is kept then."
    code = "keyring_unavailable"


class SecretTooLong(SignInError):
    """The secret does not fit the keyring (Windows Credential Manager: 2,560 bytes)."""

    title = "The secret is too long for the system keyring"
    advice = "Sign in for one command only with --password-stdin, and tell the operator of the service."
    code = "secret_too_long"


# --- the way to the service ------------------------------------------------------------------------------------------


class NetworkError(MirError):
    """The way to the service."""

    title = "The network failed"
    advice = "Check the connection; the run goes on where it stopped."
    fate = Fate.AGAIN
    code = "network"


class Offline(NetworkError):
    """No route, no name, nobody listening. Nothing is marked failed for it."""

    title = "The service cannot be reached"
    advice = "Check the network and the service address; the run goes on where it stopped."
    code = "offline"


class ConnectionLost(NetworkError):
    """The connection broke in the middle of an answer."""

    title = "The connection was lost"
    code = "connection_lost"


class TimedOut(NetworkError):
    """No answer, or no progress, within the deadline."""

    title = "The service did not answer in time"
    code = "timed_out"


class CertificateRejected(NetworkError):
    """The certificate is expired, for another host, or signed by nobody known. No token was sent."""

    title = "The service's certificate is not trusted"
    advice = "Have IT add the signing authority to the system's store (or set network.ca_file); check the clock."
    fate = Fate.STOP
    code = "certificate_rejected"


class ProxyRejected(NetworkError):
    """The proxy wants to know who we are (407), or cannot be used."""

    title = "The proxy refused the connection"
    advice = "Ask IT for the proxy's address and sign-in; `mir-download doctor` shows what is used now."
    fate = Fate.STOP
    code = "proxy_rejected"


class InsecureAddress(NetworkError):
    """Plain HTTP is for loopback addresses alone."""

    title = "The address is not secure"
    advice = "Use an https:// address. Plain http is accepted for this computer itself only."
    fate = Fate.STOP
    code = "insecure_address"


# --- the service -----------------------------------------------------------------------------------------------------


class ServiceError(MirError):
    """What the service said or did."""

    title = "The service answered with an error"
    advice = "Try again later; if it stays, give the request id to the service's operator."
    code = "service"


class RateLimited(ServiceError):
    """429, or `concurrency_limited`: the shared gate closes until `retry_after`."""

    title = "The service limits the rate"
    advice = "Nothing to do: the run waits and goes on by itself."
    fate = Fate.AGAIN
    code = "rate_limited"


class ServiceUnavailable(ServiceError):
    """408, 425, 5xx, maintenance."""

    title = "The service is not available"
    fate = Fate.AGAIN
    code = "service_unavailable"


class RequestRejected(ServiceError):
    """400 and its kin: the service does not understand what we sent. Trying again would say the same."""

    title = "The service rejected the request"
    code = "request_rejected"


class NotFound(ServiceError):
    """404 for something that is not a recording."""

    title = "The service does not know it"
    code = "not_found"


class ProtocolBroken(ServiceError):
    """The answer breaks HTTP or the contract: wrong type, too large, too deep, fields missing."""

    title = "The service's answer cannot be understood"
    fate = Fate.AGAIN
    code = "protocol_broken"


class ListingBroken(ServiceError):
    """A listing repeats a page, loops its cursor, repeats an id with other data or is cut off: it is not complete."""

    title = "The service's listing is not consistent"
    advice = "Run again; nothing was counted as complete. If it stays, tell the service's operator."
    code = "listing_broken"


class WindowTooLarge(ServiceError):
    """The time window is above the service's maximum; the client slices."""

    title = "The time window is too large for the service"
    code = "window_too_large"


class PageTokenExpired(ServiceError):
    """The page token died; this window begins again."""

    title = "The listing took too long and begins again"
    fate = Fate.AGAIN
    code = "page_token_expired"


class CursorExpired(ServiceError):
    """The change cursor died; the windows are listed again."""

    title = "The service has forgotten where the last pull stopped"
    advice = "Nothing to do: everything is listed again, nothing is fetched twice."
    fate = Fate.AGAIN
    code = "cursor_expired"


# --- one recording ---------------------------------------------------------------------------------------------------


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


# --- the disk --------------------------------------------------------------------------------------------------------


class DiskError(MirError):
    """The archive and the place it lies in."""

    title = "The archive cannot be written"
    advice = "Check the drive and its permissions; the run goes on where it stopped."
    code = "disk"


class DiskFull(DiskError):
    """No room. Writers stop once; parts stay."""

    title = "The archive drive is full"
    advice = "Free some space or choose another drive; the run goes on where it stopped."
    code = "disk_full"


class ArchiveMissing(DiskError):
    """The folder, its drive or its identity is not there. Nothing is recreated elsewhere."""

    title = "The archive is not there"
    advice = "Connect the drive that holds it, or choose another archive folder."
    code = "archive_missing"


class ArchiveLocked(DiskError):
    """Another puller holds the archive's lock. The detail says who."""

    title = "Another pull is at work in this archive"
    advice = "Wait until it has finished, or stop it first."
    code = "archive_locked"


class ArchiveForeign(DiskError):
    """The archive belongs to another account or service, or to a newer version of this program."""

    title = "This archive belongs to another account"
    advice = "Choose another archive folder for this account."
    code = "archive_foreign"


class ArchiveUnwise(DiskError):
    """The folder lies in a synchronised or temporary place, or its path is too long; it needs a yes."""

    title = "This folder is a risky place for an archive"
    advice = "Choose a local folder that no program synchronises or cleans, or confirm with --accept-risk."
    code = "archive_unwise"


class FileHeld(DiskError):
    """Another program (often an antivirus) holds the file; WinError 5, 32, 33."""

    title = "Another program holds the file"
    advice = "Nothing to do: it is placed at the next try. Exclude the archive's .mir folder from scanning if it stays."
    fate = Fate.AGAIN
    code = "file_held"


class DiskFailed(DiskError):
    """EIO and its kin: this part is abandoned."""

    title = "The drive reported an error"
    advice = "Check the drive's health before going on."
    code = "disk_failed"


class UnsafePath(DiskError):
    """A link or junction in the archive leads out of it, or a name would."""

    title = "A path would lead out of the archive"
    advice = "Remove the link that was planted in the archive folder."
    code = "unsafe_path"


# --- the ledger ------------------------------------------------------------------------------------------------------


class LedgerError(MirError):
    """The ledger's file."""

    title = "The ledger cannot be used"
    advice = "Run `mir-download rebuild DIR`: it is made anew from the archive alone."
    code = "ledger"


class LedgerCorrupt(LedgerError):
    """SQLite says so, or the ledger contradicts the archive."""

    title = "The ledger is damaged"
    code = "ledger_corrupt"


class LedgerNewer(LedgerError):
    """A newer version of this program wrote it."""

    title = "The ledger was written by a newer version of this program"
    advice = "Update this program."
    code = "ledger_newer"


class Interrupted(MirError):
    """Ctrl+C, log-off, shutdown, or cancel. Not a failure: everything is durable."""

    title = "Stopped on request"
    advice = "Run the same command again; it goes on where it stopped."
    code = "interrupted"
