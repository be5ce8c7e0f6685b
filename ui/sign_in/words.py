"""What is said when signing in fails, so that it fits the form: what happened, and what to do about it here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from download_client.errors import (
    CertificateRejected,
    InsecureAddress,
    InvalidSetting,
    KeyringUnavailable,
    MirError,
    NetworkError,
    ProxyRejected,
    SecretTooLong,
    SignInAgain,
    SignInRefused,
    WrongCredentials,
)
from ui.words import errors


@dataclass(frozen=True, slots=True)
class Said:
    """`title` and `text` in the user's language; `detail` as the engine has it, for support."""

    title: str
    text: str
    detail: str = ""
    address: bool = False
    """The address is to be looked at."""
    password: bool = False
    """Name and password are."""
    settings: bool = False
    """Settings may mend it."""
    keyring: bool = False
    """Signing in for this session only is a way on."""


def of_failure(error: MirError, *, browser: bool) -> Said:
    """What the form says to an error; `browser`: it was tried with the browser."""
    title = errors.title(error)
    detail = " · ".join(part for part in (error.subject, error.detail) if part)
    if isinstance(error, WrongCredentials):
        return Said(title, errors.advice(error), password=True)
    if isinstance(error, SignInAgain):
        return Said(title, QCoreApplication.translate("sign-in", "Sign in again; what was under way goes on then."))
    if isinstance(error, KeyringUnavailable | SecretTooLong):
        text = QCoreApplication.translate(
            "sign-in", "Unlock it and try again, or sign in for this session only: nothing is kept then."
        )
        return Said(title, text, detail, keyring=True)
    if isinstance(error, CertificateRejected):
        text = QCoreApplication.translate(
            "sign-in",
            "No password was sent. Check that this computer's date and time are right. If your organisation signs its "
            "certificates itself, give its CA file in Settings, or have IT add it to the system.",
        )
        return Said(title, text, detail, settings=True)
    if isinstance(error, ProxyRejected):
        return Said(title, errors.advice(error), detail, settings=True)
    if isinstance(error, InsecureAddress | InvalidSetting):
        return Said(title, errors.advice(error), detail, address=True)
    if isinstance(error, NetworkError):
        text = QCoreApplication.translate("sign-in", "Check the service address, and whether this computer is online.")
        return Said(title, text, detail, address=True)
    if isinstance(error, SignInRefused) and not browser:
        text = QCoreApplication.translate(
            "sign-in", "Check the service address. If it is right, sign in with your browser instead."
        )
        return Said(title, text, detail, address=True)
    return Said(title, errors.advice(error), detail)
