"""One recording of a run, in words: icon, what is so, what to do; the reason of each failure. It formats no figure.

Times and days come in already formatted. Every word is ours; nothing of the service's text is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from download_client.model import State


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """`tone` is the token of the icon's colour; `advice` may be empty: nothing is to be done."""

    icon: str
    words: str
    tone: str
    advice: str = ""


def said_of_item(
    state: State, code: str, *, again_at: str = "", expired_on: str = "", attempts: int = 0, active: bool = True
) -> ItemSaid:
    """What is so with a recording. `code` is that of the error it met last, empty where it met none.

    `again_at`: when it is asked for again (a time of day); `expired_on`: the day its retention ended; `attempts`: how
    often it was tried; `active`: its run is still at work and tries again by itself.
    """
    if state is State.FAILED:
        return _failed(code, again_at=again_at, attempts=attempts, active=active)
    if state is State.WAITING:
        return _waiting(again_at=again_at if active else "")
    if state is State.FETCHED:
        return _fetched(code)
    if state is State.EXPIRED and expired_on:
        words = QCoreApplication.translate("ItemWords", "Deleted by the service: retention ended {day}")
        plain = _settled(state)
        return ItemSaid(plain.icon, words.format(day=expired_on), plain.tone, plain.advice)
    return _settled(state)


def _settled(state: State) -> ItemSaid:
    translate = QCoreApplication.translate
    again = translate("ItemWords", "Retry later. If it stays so, tell the service's operator.")
    said = {
        State.LISTED: ItemSaid("circle-dashed", translate("ItemWords", "Not downloaded"), "text3"),
        State.QUEUED: ItemSaid("clock", translate("ItemWords", "Queued"), "text2"),
        State.FETCHING: ItemSaid("arrow-down-to-line", translate("ItemWords", "Downloading"), "accent"),
        State.ARCHIVED: ItemSaid("circle-check", translate("ItemWords", "In archive"), "ok"),
        State.DENIED: ItemSaid(
            "ban",
            translate("ItemWords", "No longer permitted: your access changed"),
            "danger",
            translate("ItemWords", "Ask a Phone Manager, then retry. The others went on."),
        ),
        State.EXPIRED: ItemSaid(
            "circle-x",
            translate("ItemWords", "Deleted by the service: its retention ended"),
            "danger",
            translate("ItemWords", "It cannot be had any more. Download more often than retention deletes."),
        ),
        State.GONE: ItemSaid(
            "circle-x",
            translate("ItemWords", "No longer at the service: deleted, or hidden from you"),
            "danger",
            translate("ItemWords", "Retry if your access has changed since."),
        ),
        State.MISSING: ItemSaid(
            "file-x",
            translate("ItemWords", "The service has no audio for this conversation"),
            "danger",
            translate("ItemWords", "Tell the service's operator if there should be one."),
        ),
        State.EMPTY_AT_SOURCE: ItemSaid(
            "file-x",
            translate("ItemWords", "Empty at the service: there is nothing to download"),
            "danger",
            translate("ItemWords", "Tell the service's operator if there should be sound."),
        ),
        State.DIGEST_MISMATCH: ItemSaid(
            "triangle-alert",
            translate("ItemWords", "Arrived damaged twice: the digest does not match"),
            "danger",
            again,
        ),
        State.NOT_WAV: ItemSaid(
            "triangle-alert", translate("ItemWords", "What arrived is not a whole WAV file"), "danger", again
        ),
        State.ERASED: ItemSaid("circle-slash", translate("ItemWords", "Erased here, never downloaded again"), "text3"),
    }
    return said[state]


def _waiting(*, again_at: str) -> ItemSaid:
    if again_at:
        words = QCoreApplication.translate("ItemWords", "Not ready at the service yet, asked again at {time}")
        return ItemSaid("hourglass", words.format(time=again_at), "text2")
    return ItemSaid(
        "hourglass",
        QCoreApplication.translate("ItemWords", "Not ready at the service yet"),
        "text2",
        QCoreApplication.translate("ItemWords", "Retry later: the service still prepares it."),
    )


def _fetched(code: str) -> ItemSaid:
    if code == "file_held":
        return ItemSaid(
            "hourglass",
            QCoreApplication.translate("ItemWords", "Downloaded; another program holds the file"),
            "text2",
            QCoreApplication.translate("ItemWords", "It is placed at the next try. Nothing is fetched again."),
        )
    return ItemSaid(
        "shield-check", QCoreApplication.translate("ItemWords", "Downloaded and proved, being placed"), "text2"
    )


def _failed(code: str, *, again_at: str, attempts: int, active: bool) -> ItemSaid:
    reason, advice = _reason(code)
    if active and again_at:
        words = QCoreApplication.translate("ItemWords", "{reason}, tried again at {time} (try {number})")
        words = words.format(reason=reason, time=again_at, number=attempts + 1)
        return ItemSaid("rotate-cw", words, "text2")
    if again_at:
        words = QCoreApplication.translate("ItemWords", "{reason}, tried again when the run goes on")
        return ItemSaid("rotate-cw", words.format(reason=reason), "text2")
    return ItemSaid("triangle-alert", reason, "danger", advice)


def _reason(code: str) -> tuple[str, str]:
    """What went wrong and what to do, by the code of the error."""
    translate = QCoreApplication.translate
    retry = translate("ItemWords", "Retry: it goes on where it stopped.")
    operator = translate("ItemWords", "Retry later. If it stays so, tell the service's operator.")
    known = {
        "connection_lost": (translate("ItemWords", "Connection lost"), retry),
        "offline": (translate("ItemWords", "The service could not be reached"), retry),
        "network": (translate("ItemWords", "The network failed"), retry),
        "timed_out": (translate("ItemWords", "The service did not answer in time"), retry),
        "service_unavailable": (translate("ItemWords", "The service was not available"), operator),
        "rate_limited": (translate("ItemWords", "The service limited the rate"), retry),
        "protocol_broken": (translate("ItemWords", "The service's answer could not be understood"), operator),
        "request_rejected": (translate("ItemWords", "The service rejected the request"), operator),
        "service": (translate("ItemWords", "The service answered with an error"), operator),
        "body_refused": (
            translate("ItemWords", "The service sent something else than audio"),
            translate("ItemWords", "Nothing was saved. If a network asks you to sign in first, do so, then retry."),
        ),
        "truncated": (translate("ItemWords", "Arrived incomplete"), retry),
        "file_changed": (translate("ItemWords", "Changed at the service while it was downloaded"), retry),
        "server_range_broken": (translate("ItemWords", "The service does not resume downloads correctly"), operator),
        "digest_mismatch": (translate("ItemWords", "Arrived damaged: the digest does not match"), operator),
        "not_wav": (translate("ItemWords", "What arrived is not a whole WAV file"), operator),
        "not_ready": (translate("ItemWords", "Not ready at the service yet"), retry),
        "disk_failed": (
            translate("ItemWords", "The drive reported an error"),
            translate("ItemWords", "Check the drive's health, then retry."),
        ),
        "file_held": (
            translate("ItemWords", "Another program holds the file"),
            translate("ItemWords", "Retry; exclude the archive's .mir folder from scanning if it stays so."),
        ),
        "disk_full": (
            translate("ItemWords", "The archive drive is full"),
            translate("ItemWords", "Free some space, then retry."),
        ),
        "disk": (
            translate("ItemWords", "The archive could not be written"),
            translate("ItemWords", "Check the drive and its permissions, then retry."),
        ),
        "unsafe_path": (
            translate("ItemWords", "A path would lead out of the archive"),
            translate("ItemWords", "Remove the link that was planted in the archive folder, then retry."),
        ),
        "interrupted": (translate("ItemWords", "Stopped before it was whole"), retry),
    }
    return known.get(code, (translate("ItemWords", "It could not be downloaded"), retry))
