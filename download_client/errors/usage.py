"""What was asked cannot be meant."""

from __future__ import annotations

from download_client.errors.base import MirError


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


class SettingsNewer(UsageError):
    """A newer version of this program made the file of settings or of profiles; nothing of it was changed."""

    title = "A newer version of this program made the settings"
    advice = "Install the newer version again, or take the file away. Nothing was changed."
    code = "settings_newer"


class InvalidTemplate(UsageError):
    """A folder or file-name template names an unknown field or cannot give safe names."""

    title = "The name template cannot be used"
    advice = "`mir-download settings` lists the fields of a template, each with its meaning."
    code = "invalid_template"


class OnHold(UsageError):
    """Somebody has said that nothing may be erased now: a legal hold."""

    title = "Nothing may be erased now"
    advice = "Ask who set the hold; `mir-download settings housekeeping.hold` says where it comes from."
    code = "on_hold"


class InvalidSchedule(UsageError):
    """A schedule cannot be meant, or the file that holds them cannot be used."""

    title = "The schedule cannot be used"
    advice = "`mir-download schedule list` shows every schedule; `mir-download schedule --help` shows examples."
    code = "invalid_schedule"


class SchedulerRefused(UsageError):
    """The operating system's scheduler is not there, or does not take the entry."""

    title = "The system's scheduler did not take it"
    advice = (
        "The schedule itself is kept. `mir-download schedule export` writes the files for whoever may register them; "
        "`mir-download schedule run` pulls now."
    )
    code = "scheduler_refused"


class UnknownName(UsageError):
    """A profile, run, saved search or schedule of that name does not exist."""

    title = "There is nothing of that name"
    advice = "List what there is first; names are matched exactly."
    code = "unknown_name"


class TooMuchVoice(UsageError):
    """More voice than the replay module loads at once (F10); nothing was loaded."""

    title = "That is more voice than can be loaded at once"
    advice = "Load fewer conversations, or unload some: 24 hours of voice fit at once."
    code = "too_much_voice"


class NotArchived(UsageError):
    """Something was asked of a recording that only one of the archive can have, such as a mark."""

    title = "The recording is not in the archive"
    advice = "Download it first; then it can be marked."
    code = "not_archived"
