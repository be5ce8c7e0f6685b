"""A run in words: icon, what is so with it, and the one thing that mends it. It formats no figure and asks nobody.

Rates and counts come in already formatted where they stand in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from ui.words.plurals import RunWords


class Mend(Enum):
    """What the user can do about a run that stands still; the one button of its note."""

    NONE = "none"
    RESUME = "resume"
    RETRY = "retry"
    SIGN_IN = "sign in"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class RunSaid:
    """`tone` colours the icon, `ink` the words; `bar` the progress. `title` and `advice` fill the note, if any."""

    icon: str
    words: str
    tone: str = "text2"
    ink: str = "text2"
    bar: str = "text3"
    mend: Mend = Mend.NONE
    title: str = ""
    advice: str = ""


def queued(*, behind: str = "") -> RunSaid:
    """Begins by itself; `behind` names the run it waits for."""
    words = QCoreApplication.translate("RunWords", "Queued")
    if behind:
        words = QCoreApplication.translate("RunWords", "Queued behind {name}").format(name=behind)
    return RunSaid("clock", words)


def waiting_for_program() -> RunSaid:
    """Another process holds the archive."""
    words = QCoreApplication.translate("RunWords", "Waiting: another program downloads into this archive")
    return RunSaid("hourglass", words)


def waiting_for_sign_in() -> RunSaid:
    """Another run met the end of the sign-in; nobody is asked before somebody signs in."""
    words = QCoreApplication.translate("RunWords", "Waiting: sign in again")
    title = QCoreApplication.translate("RunWords", "The sign-in has ended")
    advice = QCoreApplication.translate("RunWords", "After you have signed in, everything goes on where it stopped.")
    return RunSaid("circle-pause", words, "danger", "danger", "text3", Mend.SIGN_IN, title, advice)


def waiting_for_disk() -> RunSaid:
    """Another run of the same archive is held by its drive."""
    words = QCoreApplication.translate("RunWords", "Waiting: the archive's drive holds up another run")
    return RunSaid("hourglass", words)


def listing(*, found: int, count: str) -> RunSaid:
    """The service is asked what there is; `count` is `found` as people read it."""
    words = RunWords.tr("Listing, {count} found so far", "", found)
    return RunSaid("arrow-down-to-line", words.format(count=count), "accent", "text", "accent")


def downloading(*, rate: str) -> RunSaid:
    """Bytes come; `rate` may be empty: not known yet."""
    words = QCoreApplication.translate("RunWords", "Downloading")
    if rate:
        words = QCoreApplication.translate("RunWords", "Downloading  ·  {rate}").format(rate=rate)
    return RunSaid("arrow-down-to-line", words, "accent", "text", "accent")


def waiting(code: str) -> RunSaid:
    """Everything waits for the service; the run goes on by itself."""
    translate = QCoreApplication.translate
    reach = translate("RunWords", "Waiting: the service cannot be reached")
    words = {
        "rate_limited": translate("RunWords", "Waiting: the service limits the rate"),
        "service_unavailable": translate("RunWords", "Waiting: the service is not available"),
        "offline": reach,
        "network": reach,
        "connection_lost": reach,
        "timed_out": translate("RunWords", "Waiting: the service does not answer"),
    }.get(code, translate("RunWords", "Waiting for the service"))
    return RunSaid("timer", words, "warn", "warn", "warn")


def paused(code: str, *, title: str = "", advice: str = "") -> RunSaid:
    """Stands still, by the user's own word (`code` empty) or because somebody has to act.

    `title` and `advice` are those of the error, for one that has no words of its own here.
    """
    translate = QCoreApplication.translate
    if not code:
        return RunSaid("circle-pause", translate("RunWords", "Paused by you"), mend=Mend.RESUME)
    sign_in = (
        translate("RunWords", "Paused: sign in again"),
        translate("RunWords", "The sign-in has ended. After you have signed in, the run goes on where it stopped."),
    )
    keyring = translate("RunWords", "Paused: the keyring cannot be used")
    newer = (
        translate("RunWords", "Paused: a newer version of this program was here"),
        translate("RunWords", "Update this program, then resume."),
        Mend.RESUME,
    )
    known: dict[str, tuple[str, str, Mend]] = {
        "sign_in_again": (*sign_in, Mend.SIGN_IN),
        "not_signed_in": (*sign_in, Mend.SIGN_IN),
        "wrong_credentials": (*sign_in, Mend.SIGN_IN),
        "sign_in_refused": (*sign_in, Mend.SIGN_IN),
        "sign_in": (*sign_in, Mend.SIGN_IN),
        "keyring_unavailable": (
            keyring,
            translate("RunWords", "Unlock the system's keyring, then sign in."),
            Mend.SIGN_IN,
        ),
        "secret_too_long": (keyring, translate("RunWords", "Sign in for this session only."), Mend.SIGN_IN),
        "access_none": (
            translate("RunWords", "Paused: your access level is None"),
            translate("RunWords", "Ask a Decision Maker or Phone Manager for access, then resume."),
            Mend.RESUME,
        ),
        "download_not_permitted": (
            translate("RunWords", "Paused: you may list recordings but not download them"),
            translate("RunWords", "Ask a Decision Maker or Phone Manager for the right to download, then resume."),
            Mend.RESUME,
        ),
        "disk_full": (
            translate("RunWords", "Paused: the archive drive is full"),
            translate("RunWords", "Free some space on the drive, then resume. Nothing is fetched twice."),
            Mend.RESUME,
        ),
        "archive_missing": (
            translate("RunWords", "Paused: the archive is not there"),
            translate("RunWords", "Connect the drive that holds it, then resume. Nothing is written elsewhere."),
            Mend.RESUME,
        ),
        "archive_locked": (
            translate("RunWords", "Paused: another program downloads into this archive"),
            translate("RunWords", "Wait until it has finished or stop it, then resume."),
            Mend.RESUME,
        ),
        "archive_foreign": (
            translate("RunWords", "Paused: this archive belongs to another account"),
            translate("RunWords", "Choose another archive folder for this account."),
            Mend.SETTINGS,
        ),
        "archive_newer": newer,
        "archive_unwise": (
            translate("RunWords", "Paused: the folder is a risky place for an archive"),
            translate("RunWords", "Choose a local folder that no program synchronises or cleans."),
            Mend.SETTINGS,
        ),
        "disk_failed": (
            translate("RunWords", "Paused: the drive reported an error"),
            translate("RunWords", "Check the drive's health before you resume."),
            Mend.RESUME,
        ),
        "disk": (
            translate("RunWords", "Paused: the archive cannot be written"),
            translate("RunWords", "Check the drive and its permissions, then resume."),
            Mend.RESUME,
        ),
        "unsafe_path": (
            translate("RunWords", "Paused: a link in the archive leads out of it"),
            translate("RunWords", "Remove the link that was planted in the archive folder, then resume."),
            Mend.RESUME,
        ),
        "certificate_rejected": (
            translate("RunWords", "Paused: the service's certificate is not trusted"),
            translate("RunWords", "Check the computer's clock, or name the signing authority in the settings."),
            Mend.SETTINGS,
        ),
        "proxy_rejected": (
            translate("RunWords", "Paused: the proxy refused the connection"),
            translate("RunWords", "Ask IT for the proxy's address and sign-in."),
            Mend.SETTINGS,
        ),
        "insecure_address": (
            translate("RunWords", "Paused: the address is not secure"),
            translate("RunWords", "The service needs an https:// address."),
            Mend.SETTINGS,
        ),
        "listing_broken": (
            translate("RunWords", "Paused: the service's listing is not consistent"),
            translate("RunWords", "Resume: it is listed again. If it stays so, tell the service's operator."),
            Mend.RESUME,
        ),
        "ledger": (*_ledger(), Mend.RESUME),
        "ledger_corrupt": (*_ledger(), Mend.RESUME),
        "ledger_newer": newer,
    }
    network = (
        translate("RunWords", "Paused: the service cannot be reached"),
        translate("RunWords", "Check the network, then resume; the run goes on where it stopped."),
        Mend.RESUME,
    )
    known |= dict.fromkeys(("offline", "network", "connection_lost", "timed_out"), network)
    if code in known:
        words, advice, mend = known[code]
        return RunSaid("circle-pause", words, "danger", "danger", "text3", mend, words, advice)
    words = translate("RunWords", "Paused: something has to be put right first")
    advice = advice or translate("RunWords", "Copy the details for support, then resume.")
    return RunSaid("circle-pause", words, "danger", "danger", "text3", Mend.RESUME, title or words, advice)


def complete(gone: int = 0) -> RunSaid:
    """Everything listed is home, or (`gone`) in a final state that an earlier run reported."""
    words = QCoreApplication.translate("RunWords", "Complete")
    if gone:
        words = RunWords.tr("Complete, %n no longer to be had", "", gone)
    return RunSaid("circle-check", words, "ok", "text2", "ok")


def finished(exceptions: int, code: str, *, title: str = "", advice: str = "") -> RunSaid:
    """It ended, but something may still come; `code`: what ended it, empty where it ran to its end.

    `title` and `advice` are those of what ended it.
    """
    translate = QCoreApplication.translate
    mend = Mend.RETRY if code else Mend.NONE
    if exceptions:
        words = RunWords.tr("Finished, %n exception(s)", "", exceptions)
        return RunSaid("triangle-alert", words, "warn", "warn", "ok", mend, title, advice)
    words = translate("RunWords", "Finished, something is still missing")
    if code == "listing_broken":
        words = translate("RunWords", "Finished, the listing is not complete")
    return RunSaid("triangle-alert", words, "warn", "warn", "ok", Mend.RETRY, title or words, advice)


def cancelled(kept: int, count: str) -> RunSaid:
    """By the user; what had come stays."""
    words = RunWords.tr("Cancelled by you, {count} kept", "", kept)
    return RunSaid("circle-slash", words.format(count=count))


def interrupted() -> RunSaid:
    """Killed or stopped; it goes on when somebody says so."""
    words = QCoreApplication.translate("RunWords", "Stopped before its end")
    advice = QCoreApplication.translate("RunWords", "Nothing is lost: a retry goes on where it stopped.")
    return RunSaid("circle-pause", words, "warn", "warn", "text3", Mend.RETRY, words, advice)


def _ledger() -> tuple[str, str]:
    return (
        QCoreApplication.translate("RunWords", "Paused: the ledger cannot be used"),
        QCoreApplication.translate("RunWords", "Rebuild it from the archive in the Library, then resume."),
    )
