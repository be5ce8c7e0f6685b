"""Errors in the words of the window: title and advice of each code, in the language of the user.

What happened in particular (subject and detail) stays as the engine says it: it is for support, and copied with the
details. A code that is not here speaks as the engine has it, in English.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from download_client.errors import MirError


def title(error: MirError) -> str:
    """What happened."""
    return QCoreApplication.translate("errors", _WORDS.get(error.code, (error.title, error.advice))[0])


def title_of_code(code: str) -> str:
    """What happened, by the code alone, as nights are kept with it; empty: no error of that code is known here."""
    said = _WORDS.get(code)
    return QCoreApplication.translate("errors", said[0]) if said is not None else ""


def advice(error: MirError) -> str:
    """What to do."""
    return QCoreApplication.translate("errors", _WORDS.get(error.code, (error.title, error.advice))[1])


_WORDS: Final[dict[str, tuple[Any, Any]]] = {
    "access_none": (
        QT_TRANSLATE_NOOP("errors", "Your access level is None"),
        QT_TRANSLATE_NOOP(
            "errors", "Ask a Decision Maker or Phone Manager to set Record Management Access in the Account Portal."
        ),
    ),
    "archive_foreign": (
        QT_TRANSLATE_NOOP("errors", "This archive belongs to another account"),
        QT_TRANSLATE_NOOP("errors", "Choose another archive folder for this account."),
    ),
    "archive_locked": (
        QT_TRANSLATE_NOOP("errors", "Another pull is at work in this archive"),
        QT_TRANSLATE_NOOP("errors", "Wait until it has finished, or stop it first."),
    ),
    "archive_missing": (
        QT_TRANSLATE_NOOP("errors", "The archive is not there"),
        QT_TRANSLATE_NOOP("errors", "Connect the drive that holds it, or choose another archive folder."),
    ),
    "archive_newer": (
        QT_TRANSLATE_NOOP("errors", "A newer version of this program made this archive"),
        QT_TRANSLATE_NOOP(
            "errors", "Install the newer version again, or choose another archive folder. Nothing was changed."
        ),
    ),
    "archive_unwise": (
        QT_TRANSLATE_NOOP("errors", "This folder is a risky place for an archive"),
        QT_TRANSLATE_NOOP(
            "errors", "Choose a local folder that no program synchronises or cleans, or confirm that you want it there."
        ),
    ),
    "body_refused": (
        QT_TRANSLATE_NOOP("errors", "The service sent something else than audio"),
        QT_TRANSLATE_NOOP(
            "errors", "Nothing was saved. If a sign-in page of a network answered, sign in there first, then retry."
        ),
    ),
    "catalog": (
        QT_TRANSLATE_NOOP("errors", "The list cannot be kept on this computer"),
        QT_TRANSLATE_NOOP(
            "errors", "Free some space on the system drive and check its permissions; then search again."
        ),
    ),
    "certificate_rejected": (
        QT_TRANSLATE_NOOP("errors", "The service's certificate is not trusted"),
        QT_TRANSLATE_NOOP(
            "errors", "Have IT add the signing authority to the system's store (or to the settings); check the clock."
        ),
    ),
    "channel_busy": (
        QT_TRANSLATE_NOOP("errors", "The message was not taken for now"),
        QT_TRANSLATE_NOOP("errors", "It is tried again by itself."),
    ),
    "channel_not_set_up": (
        QT_TRANSLATE_NOOP("errors", "This way to tell somebody is not set up"),
        QT_TRANSLATE_NOOP("errors", "Fill in what is missing in the settings, the password too."),
    ),
    "channel_refused": (
        QT_TRANSLATE_NOOP("errors", "The message was refused"),
        QT_TRANSLATE_NOOP("errors", "Correct address, user, or password in the settings, then send a test."),
    ),
    "channel_unavailable": (
        QT_TRANSLATE_NOOP("errors", "This way to tell somebody does not exist here"),
        QT_TRANSLATE_NOOP("errors", "Choose another one in the settings."),
    ),
    "connection_lost": (
        QT_TRANSLATE_NOOP("errors", "The connection was lost"),
        QT_TRANSLATE_NOOP("errors", "Check the connection; the run goes on where it stopped."),
    ),
    "cursor_expired": (
        QT_TRANSLATE_NOOP("errors", "The service has forgotten where the last pull stopped"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: everything is listed again, nothing is fetched twice."),
    ),
    "digest_mismatch": (
        QT_TRANSLATE_NOOP("errors", "The recording arrived damaged twice: the digest does not match"),
        QT_TRANSLATE_NOOP(
            "errors", "It is kept under .mir/quarantine. Retry later; if it stays, tell the service's operator."
        ),
    ),
    "disk": (
        QT_TRANSLATE_NOOP("errors", "The archive cannot be written"),
        QT_TRANSLATE_NOOP("errors", "Check the drive and its permissions; the run goes on where it stopped."),
    ),
    "disk_failed": (
        QT_TRANSLATE_NOOP("errors", "The drive reported an error"),
        QT_TRANSLATE_NOOP("errors", "Check the drive's health before going on."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("errors", "The archive drive is full"),
        QT_TRANSLATE_NOOP("errors", "Free some space or choose another drive; the run goes on where it stopped."),
    ),
    "download_not_permitted": (
        QT_TRANSLATE_NOOP("errors", "You may list recordings but not download them"),
        QT_TRANSLATE_NOOP("errors", "Ask a Decision Maker or Phone Manager for the right to download."),
    ),
    "empty_at_source": (
        QT_TRANSLATE_NOOP("errors", "The recording is empty at the service"),
        QT_TRANSLATE_NOOP("errors", "There is nothing to download."),
    ),
    "file_changed": (
        QT_TRANSLATE_NOOP("errors", "The recording changed while it was fetched"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: the new version is fetched."),
    ),
    "file_held": (
        QT_TRANSLATE_NOOP("errors", "Another program holds the file"),
        QT_TRANSLATE_NOOP(
            "errors",
            "Nothing to do: it is placed at the next try. Exclude the archive's .mir folder from scanning if it stays.",
        ),
    ),
    "file_newer": (
        QT_TRANSLATE_NOOP("errors", "A newer version of this program made this file"),
        QT_TRANSLATE_NOOP("errors", "Install the newer version again, or take the file away. Nothing was changed."),
    ),
    "insecure_address": (
        QT_TRANSLATE_NOOP("errors", "The address is not secure"),
        QT_TRANSLATE_NOOP("errors", "Use an https:// address. Plain http is accepted for this computer itself only."),
    ),
    "interrupted": (
        QT_TRANSLATE_NOOP("errors", "Stopped on request"),
        QT_TRANSLATE_NOOP("errors", "Nothing is lost: it goes on where it stopped."),
    ),
    "invalid_criteria": (
        QT_TRANSLATE_NOOP("errors", "The search criteria do not fit together"),
        QT_TRANSLATE_NOOP("errors", "Correct the value and search again."),
    ),
    "invalid_schedule": (
        QT_TRANSLATE_NOOP("errors", "The schedule cannot be used"),
        QT_TRANSLATE_NOOP("errors", "Correct the schedule and save it again."),
    ),
    "invalid_setting": (
        QT_TRANSLATE_NOOP("errors", "A setting cannot be used"),
        QT_TRANSLATE_NOOP("errors", "Correct the value in Settings."),
    ),
    "invalid_template": (
        QT_TRANSLATE_NOOP("errors", "The name template cannot be used"),
        QT_TRANSLATE_NOOP("errors", "Correct the template in Settings; the fields it may have are listed there."),
    ),
    "keyring_unavailable": (
        QT_TRANSLATE_NOOP("errors", "The system keyring cannot be used"),
        QT_TRANSLATE_NOOP("errors", "Unlock it, or sign in without staying signed in: nothing is kept then."),
    ),
    "ledger_corrupt": (
        QT_TRANSLATE_NOOP("errors", "The ledger is damaged"),
        QT_TRANSLATE_NOOP(
            "errors", "Close the window and run mir-download rebuild with the archive's folder: it is made anew."
        ),
    ),
    "ledger": (
        QT_TRANSLATE_NOOP("errors", "The ledger cannot be used"),
        QT_TRANSLATE_NOOP(
            "errors", "Close the window and run mir-download rebuild with the archive's folder: it is made anew."
        ),
    ),
    "ledger_newer": (
        QT_TRANSLATE_NOOP("errors", "A newer version of this program made the ledger"),
        QT_TRANSLATE_NOOP("errors", "Install the newer version again. Nothing was changed."),
    ),
    "listing_broken": (
        QT_TRANSLATE_NOOP("errors", "The service's listing is not consistent"),
        QT_TRANSLATE_NOOP(
            "errors", "Search again; nothing was counted as complete. If it stays, tell the service's operator."
        ),
    ),
    "marks_damaged": (
        QT_TRANSLATE_NOOP("errors", "The marks of the recording cannot be read"),
        QT_TRANSLATE_NOOP(
            "errors",
            "Take the file with the marks beside the recording away, or put back one that was kept; then try again.",
        ),
    ),
    "media_missing": (
        QT_TRANSLATE_NOOP("errors", "The service has no audio for this conversation"),
        QT_TRANSLATE_NOOP("errors", "Tell the service's operator if there should be one."),
    ),
    "error": (
        QT_TRANSLATE_NOOP("errors", "Something went wrong"),
        QT_TRANSLATE_NOOP("errors", "Do it again; if it stays, copy the details and send them to support."),
    ),
    "network": (
        QT_TRANSLATE_NOOP("errors", "The network failed"),
        QT_TRANSLATE_NOOP("errors", "Check the connection; the run goes on where it stopped."),
    ),
    "not_archived": (
        QT_TRANSLATE_NOOP("errors", "The recording is not in the archive"),
        QT_TRANSLATE_NOOP("errors", "Download it first; then it can be marked."),
    ),
    "not_found": (
        QT_TRANSLATE_NOOP("errors", "The service does not know it"),
        QT_TRANSLATE_NOOP(
            "errors", "Try again later; if it stays, give the request id in the details to the service's operator."
        ),
    ),
    "not_playable": (
        QT_TRANSLATE_NOOP("errors", "The recording cannot be played here"),
        QT_TRANSLATE_NOOP(
            "errors",
            "The file itself is left as it is. Show it in its folder and open it with a program that knows its kind.",
        ),
    ),
    "not_ready": (
        QT_TRANSLATE_NOOP("errors", "The recording is not ready yet"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: it is asked for again."),
    ),
    "not_signed_in": (
        QT_TRANSLATE_NOOP("errors", "Not signed in"),
        QT_TRANSLATE_NOOP("errors", "Sign in."),
    ),
    "not_wav": (
        QT_TRANSLATE_NOOP("errors", "The recording is not a whole WAV file"),
        QT_TRANSLATE_NOOP("errors", "It is kept under .mir/quarantine. Tell the service's operator."),
    ),
    "offline": (
        QT_TRANSLATE_NOOP("errors", "The service cannot be reached"),
        QT_TRANSLATE_NOOP("errors", "Check the network and the service address; the run goes on where it stopped."),
    ),
    "on_hold": (
        QT_TRANSLATE_NOOP("errors", "Nothing may be erased now"),
        QT_TRANSLATE_NOOP("errors", "Ask who set the hold; the setting housekeeping.hold says where it comes from."),
    ),
    "page_token_expired": (
        QT_TRANSLATE_NOOP("errors", "The listing took too long and begins again"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: it begins again by itself."),
    ),
    "protocol_broken": (
        QT_TRANSLATE_NOOP("errors", "The service's answer cannot be understood"),
        QT_TRANSLATE_NOOP(
            "errors", "Try again later; if it stays, give the request id in the details to the service's operator."
        ),
    ),
    "proxy_rejected": (
        QT_TRANSLATE_NOOP("errors", "The proxy refused the connection"),
        QT_TRANSLATE_NOOP("errors", "Ask IT for the proxy's address and sign-in, and enter it in Settings."),
    ),
    "server_range_broken": (
        QT_TRANSLATE_NOOP("errors", "The service does not resume downloads correctly"),
        QT_TRANSLATE_NOOP("errors", "Nothing damaged was saved. Tell the service's operator."),
    ),
    "rate_limited": (
        QT_TRANSLATE_NOOP("errors", "The service limits the rate"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: the run waits and goes on by itself."),
    ),
    "damaged": (
        QT_TRANSLATE_NOOP("errors", "The recording in the archive is damaged"),
        QT_TRANSLATE_NOOP("errors", "Check the archive and fetch the recording again while the service still has it."),
    ),
    "denied": (
        QT_TRANSLATE_NOOP("errors", "The recording is no longer permitted"),
        QT_TRANSLATE_NOOP("errors", "Your access changed. Ask a Phone Manager; the others went on."),
    ),
    "recording": (
        QT_TRANSLATE_NOOP("errors", "The recording cannot be downloaded"),
        QT_TRANSLATE_NOOP("errors", "Retry asks for it again."),
    ),
    "expired": (
        QT_TRANSLATE_NOOP("errors", "The service has deleted the recording: its retention ended"),
        QT_TRANSLATE_NOOP("errors", "It cannot be had any more. Schedule pulls more often than retention deletes."),
    ),
    "gone": (
        QT_TRANSLATE_NOOP("errors", "The recording is no longer at the service"),
        QT_TRANSLATE_NOOP("errors", "It was deleted or hidden from you since it was listed."),
    ),
    "replay_not_permitted": (
        QT_TRANSLATE_NOOP("errors", "You may list recordings but not listen to them"),
        QT_TRANSLATE_NOOP(
            "errors",
            "Ask a Decision Maker or Phone Manager for the right to replay. What is in the archive needs none.",
        ),
    ),
    "request_rejected": (
        QT_TRANSLATE_NOOP("errors", "The service rejected the request"),
        QT_TRANSLATE_NOOP(
            "errors", "Try again later; if it stays, give the request id in the details to the service's operator."
        ),
    ),
    "scheduler_refused": (
        QT_TRANSLATE_NOOP("errors", "The system's scheduler did not take it"),
        QT_TRANSLATE_NOOP(
            "errors", "The schedule itself is kept. Ask IT whether schedules may be registered on this computer."
        ),
    ),
    "secret_too_long": (
        QT_TRANSLATE_NOOP("errors", "The secret is too long for the system keyring"),
        QT_TRANSLATE_NOOP("errors", "Sign in without staying signed in, and tell the operator of the service."),
    ),
    "service": (
        QT_TRANSLATE_NOOP("errors", "The service answered with an error"),
        QT_TRANSLATE_NOOP(
            "errors", "Try again later; if it stays, give the request id in the details to the service's operator."
        ),
    ),
    "service_unavailable": (
        QT_TRANSLATE_NOOP("errors", "The service is not available"),
        QT_TRANSLATE_NOOP(
            "errors", "Try again later; if it stays, give the request id in the details to the service's operator."
        ),
    ),
    "settings_newer": (
        QT_TRANSLATE_NOOP("errors", "A newer version of this program made the settings"),
        QT_TRANSLATE_NOOP("errors", "Install the newer version again, or take the file away. Nothing was changed."),
    ),
    "sign_in_again": (
        QT_TRANSLATE_NOOP("errors", "The sign-in has ended"),
        QT_TRANSLATE_NOOP("errors", "Sign in again; the run goes on where it stopped."),
    ),
    "sign_in": (
        QT_TRANSLATE_NOOP("errors", "Signing in failed"),
        QT_TRANSLATE_NOOP("errors", "Sign in again."),
    ),
    "sign_in_way_closed": (
        QT_TRANSLATE_NOOP("errors", "This way to sign in is not allowed here"),
        QT_TRANSLATE_NOOP("errors", "Sign in another way; who looks after this computer can tell why."),
    ),
    "sign_in_refused": (
        QT_TRANSLATE_NOOP("errors", "The sign-in was not completed"),
        QT_TRANSLATE_NOOP("errors", "Start the sign-in again and finish it in the browser window that opens."),
    ),
    "telling": (
        QT_TRANSLATE_NOOP("errors", "A message about a night was not delivered"),
        QT_TRANSLATE_NOOP("errors", "It is tried again at the next start; a test in the settings shows what is wrong."),
    ),
    "timed_out": (
        QT_TRANSLATE_NOOP("errors", "The service did not answer in time"),
        QT_TRANSLATE_NOOP("errors", "Check the connection; the run goes on where it stopped."),
    ),
    "too_much_voice": (
        QT_TRANSLATE_NOOP("errors", "That is more voice than can be loaded at once"),
        QT_TRANSLATE_NOOP("errors", "Load fewer conversations, or unload some: 24 hours of voice fit at once."),
    ),
    "truncated": (
        QT_TRANSLATE_NOOP("errors", "The recording arrived incomplete"),
        QT_TRANSLATE_NOOP("errors", "Nothing to do: it is fetched again."),
    ),
    "unknown_name": (
        QT_TRANSLATE_NOOP("errors", "There is nothing of that name"),
        QT_TRANSLATE_NOOP("errors", "It may have been renamed or deleted meanwhile. Names are matched exactly."),
    ),
    "unsafe_path": (
        QT_TRANSLATE_NOOP("errors", "A path would lead out of the archive"),
        QT_TRANSLATE_NOOP("errors", "Remove the link that was planted in the archive folder."),
    ),
    "usage": (
        QT_TRANSLATE_NOOP("errors", "That cannot be done as asked"),
        QT_TRANSLATE_NOOP("errors", "Correct the value and try again."),
    ),
    "vanished": (
        QT_TRANSLATE_NOOP("errors", "The file of the recording is not there any more"),
        QT_TRANSLATE_NOOP(
            "errors", "Connect its drive again, or load the conversation again from the archive or the service."
        ),
    ),
    "window_too_large": (
        QT_TRANSLATE_NOOP("errors", "The time window is too large for the service"),
        QT_TRANSLATE_NOOP("errors", "Search in a shorter period."),
    ),
    "wrong_credentials": (
        QT_TRANSLATE_NOOP("errors", "The user name or password is wrong"),
        QT_TRANSLATE_NOOP(
            "errors", "Check both and try again. After several failures the service may lock the account for a while."
        ),
    ),
}
