"""Who is signed in, and what they may do."""

from __future__ import annotations

from download_client.errors.base import MirError


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


class SignInWayClosed(SignInError):
    """The settings, or this computer's policy, do not let one sign in this way."""

    title = "This way to sign in is not allowed here"
    advice = "Sign in as `account.sign_in_ways` allows it; who looks after this computer can tell why."
    code = "sign_in_way_closed"


class AccessNone(SignInError):
    """The access level is None (F12): nothing is visible, not even one's own recordings."""

    title = "Your access level is None"
    advice = "Ask a Decision Maker or Phone Manager to set Record Management Access in the Account Portal."
    code = "access_none"


class DownloadNotPermitted(SignInError):
    """Listing is allowed, downloading is not: they are separate rights."""

    title = "You may list recordings but not download them"
    advice = "Ask a Decision Maker or Phone Manager for the right to download."
    code = "download_not_permitted"


class ReplayNotPermitted(SignInError):
    """Listing is allowed, listening is not: they are separate rights."""

    title = "You may list recordings but not listen to them"
    advice = "Ask a Decision Maker or Phone Manager for the right to replay. What is in the archive needs none."
    code = "replay_not_permitted"


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
