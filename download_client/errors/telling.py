"""Somebody could not be told of a night; the pull itself is not touched by it."""

from __future__ import annotations

from download_client.errors.base import Fate, MirError


class TellingError(MirError):
    """A channel did not carry a message."""

    title = "A message about a night was not delivered"
    advice = "It is tried again at the next start; `mir-download alarm test` shows what is wrong."
    code = "telling"


class ChannelNotSetUp(TellingError):
    """A setting or a secret that the channel needs is not there."""

    title = "This way to tell somebody is not set up"
    advice = (
        "Set what is missing: `mir-download settings` lists alarm.*, `mir-download alarm set-password` keeps secrets."
    )
    code = "channel_not_set_up"


class ChannelUnavailable(TellingError):
    """This computer or session cannot do it: no desktop, no log."""

    title = "This way to tell somebody does not exist here"
    advice = "Choose another one with `mir-download schedule edit NAME --tell-by mail`."
    code = "channel_unavailable"


class ChannelRefused(TellingError):
    """The other side said no, and would say it again."""

    title = "The message was refused"
    advice = "Correct address, user, password or secret; `mir-download alarm test` tries it out."
    code = "channel_refused"


class ChannelBusy(TellingError):
    """The other side said: later."""

    title = "The message was not taken for now"
    fate = Fate.AGAIN
    code = "channel_busy"
