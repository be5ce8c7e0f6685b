"""Every setting there is: name, kind, default, unit, range, what it does, may policy fix it; no value of a user.

`Settings.get` takes one of these and gives back its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from download_client.errors import InvalidSetting
from download_client.settings import kinds
from download_client.settings.kinds import Kind
from download_client.settings.profiles import DEFAULT_PROFILE

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One line of the table. `doc` is one sentence; `by_policy`: the machine's policy may fix it."""

    name: str
    kind: Kind[T]
    default: T
    doc: str
    by_policy: bool = True

    @property
    def section(self) -> str:
        """The table of a TOML file it stands in."""
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        """Its name inside the section."""
        return self.name.partition(".")[2]


SERVER_URL: Final = Setting(
    "server.url",
    kinds.service_address(),
    "",
    "Address of the MIR service; --server and a profile's own address come first.",
)
PROFILE: Final = Setting(
    "account.profile", kinds.profile(), DEFAULT_PROFILE, "Profile that is used where --profile names none."
)
SIGN_IN_WAYS: Final[Setting[tuple[str, ...]]] = Setting(
    "account.sign_in_ways",
    kinds.several("browser", "password", "service"),
    ("browser", "password", "service"),
    "Ways in which one may sign in: with the browser, with a password, as a service account.",
)
ARCHIVE_FOLDER: Final[Setting[Path | None]] = Setting(
    "archive.folder", kinds.place("a folder"), None, "Folder of the archive where --archive names none."
)
FOLDER_TEMPLATE: Final = Setting(
    "archive.folder_template",
    kinds.text(),
    "{start:%Y}/{start:%m}/{start:%d}",
    "Folders inside the archive, made from fields of the conversation.",
)
NAME_TEMPLATE: Final = Setting(
    "archive.name_template",
    kinds.text(),
    "{start:%Y-%m-%d %H.%M.%S} {direction} {calling_number} to {called_number}",
    "File names inside those folders, made from fields of the conversation.",
)
TIME_ZONE: Final = Setting(
    "archive.time_zone", kinds.zone(), kinds.ACCOUNT, "Time zone of local times in names and CSV files."
)
CSV_SEPARATOR: Final = Setting(
    "csv.separator", kinds.choice(",", ";"), ",", "What stands between the cells of a CSV file.", by_policy=False
)
SPREADSHEET_SAFE: Final = Setting(
    "csv.spreadsheet_safe",
    kinds.yes_no(),
    False,
    "Write, beside the exact CSV files, a variant in which no cell can act as a formula.",
)
CONCURRENCY: Final = Setting(
    "transfer.concurrency",
    kinds.whole(1, 32),
    4,
    "Recordings downloaded at once, at first; it adapts to what the service bears; fixed by policy, it is the most.",
)
LIMIT_RATE: Final[Setting[int | None]] = Setting(
    "transfer.limit_rate", kinds.rate(1_000, 10**11), None, "The most bytes per second that downloads take together."
)
MIN_FREE_SPACE: Final = Setting(
    "transfer.min_free_space",
    kinds.size(0, 10**14),
    10**9,
    "Downloads stop when less than this is free on the archive's drive.",
)
REPLAY_CACHE: Final = Setting(
    "replay.cache_size",
    kinds.size(0, 10**12),
    2 * 10**9,
    "Recordings fetched only to be listened to are kept up to so many bytes; the one not heard for longest goes first.",
)
PROXY: Final = Setting("network.proxy", kinds.proxy(), kinds.SYSTEM, "How the service is reached.")
CA_FILE: Final[Setting[Path | None]] = Setting(
    "network.ca_file",
    kinds.place("a PEM file"),
    None,
    "Certificates of signing authorities that are trusted besides those of the system.",
)
CONNECT_TIMEOUT: Final = Setting(
    "network.connect_timeout", kinds.duration(1, 300), 15.0, "How long a connection may take to come about."
)
STALL_TIMEOUT: Final = Setting(
    "network.stall_timeout", kinds.duration(1, 600), 30.0, "How long an answer may stand still before it is broken off."
)
RETRY_WINDOW: Final = Setting(
    "retry.window",
    kinds.duration(0, 86_400),
    900.0,
    "How long a request that fails for a passing reason is tried again.",
)
PAGE_SIZE: Final = Setting(
    "search.page_size",
    kinds.whole(1, 500),
    500,
    "Conversations per page of a listing, under the service's limit.",
    by_policy=False,
)
REGISTER_SCHEDULES: Final = Setting(
    "schedule.register",
    kinds.yes_no(),
    True,
    "Tell the system's scheduler of schedules; no where tasks are rolled out by other means.",
)
ALARM_DESKTOP: Final = Setting(
    "alarm.desktop", kinds.yes_no(), True, "Tell of nights by a notification on this account's desktop."
)
ALARM_SYSTEM_LOG: Final = Setting(
    "alarm.system_log", kinds.yes_no(), False, "Tell of nights by the Windows Event Log, or this system's log."
)
SMTP_HOST: Final = Setting("alarm.smtp_host", kinds.host(), "", "Server that takes mail about nights.")
SMTP_PORT: Final = Setting("alarm.smtp_port", kinds.whole(1, 65_535), 587, "Its port.")
SMTP_SECURITY: Final = Setting(
    "alarm.smtp_security",
    kinds.choice("starttls", "tls"),
    "starttls",
    "How the way to it is secured: the connection becomes secure before anything is said, or is from the beginning.",
)
SMTP_USER: Final = Setting(
    "alarm.smtp_user", kinds.line(), "", "Who signs in there; nothing where the server asks nobody for a password."
)
MAIL_FROM: Final = Setting("alarm.mail_from", kinds.mail_addresses(1), (), "Sender of mail about nights.")
MAIL_TO: Final = Setting(
    "alarm.mail_to", kinds.mail_addresses(), (), "Who gets mail about nights where a schedule names nobody else."
)
MAIL_PAGE: Final = Setting("alarm.mail_page", kinds.yes_no(), True, "Attach the report's page to such mail.")
WEBHOOK_URL: Final = Setting(
    "alarm.webhook_url", kinds.web_address(), "", "Address that signed messages about nights are sent to."
)
HEARTBEAT_URL: Final = Setting(
    "alarm.heartbeat_url",
    kinds.web_address(),
    "",
    "Address that is called when a night was complete, where a schedule has none of its own.",
)
MISSING_AFTER: Final = Setting(
    "alarm.missing_after",
    kinds.duration(600, 86_400),
    43_200.0,
    "How long after its time a night without any run counts as missing, where its schedule has no end of its window.",
)
GUARD_DAYS: Final = Setting(
    "schedule.guard_days",
    kinds.whole(1, 3660),
    30,
    "What the service deletes within so many days and the archive lacks comes first in every pull of a schedule.",
)
KEEP_DAYS: Final[Setting[int | None]] = Setting(
    "housekeeping.keep_days",
    kinds.whole_or_off(1, 36_500),
    None,
    "How old a call may become in the archive before housekeeping erases it for good.",
)
NIGHTLY_HOUSEKEEPING: Final = Setting(
    "housekeeping.nightly",
    kinds.yes_no(),
    False,
    "Erase what is older than housekeeping.keep_days after each complete pull of a schedule.",
)
HOLD: Final = Setting("housekeeping.hold", kinds.yes_no(), False, "Erase nothing, whatever else is said: a legal hold.")
UPDATE_CHECK: Final = Setting(
    "update.check", kinds.yes_no(), True, "Ask at update.url, once a day at most, whether there is a newer version."
)
UPDATE_URL: Final = Setting(
    "update.url",
    kinds.service_address(),
    "",
    "Where the newest version is told, as JSON; nothing is asked where there is no address.",
)
LOG_LEVEL: Final = Setting(
    "log.level", kinds.choice("error", "warning", "info", "debug"), "info", "How much the log file tells."
)

APPEARANCE: Final = Setting(
    "window.appearance",
    kinds.choice("system", "light", "dark"),
    "system",
    "Colours of the window: as the system has it, or always light or dark.",
    by_policy=False,
)
LANGUAGE: Final = Setting(
    "window.language",
    kinds.language(),
    kinds.SYSTEM,
    "Language of the window: the system's, or one by its code such as de.",
)
DENSITY: Final = Setting(
    "window.density",
    kinds.choice("comfortable", "compact"),
    "comfortable",
    "Height of the rows in lists: two lines, or one.",
    by_policy=False,
)
KEEP_AWAKE: Final = Setting(
    "window.keep_awake", kinds.yes_no(), True, "Keep the computer from sleeping while recordings are downloaded."
)
NOTIFY: Final = Setting("window.notify", kinds.yes_no(), True, "Notify when a run has ended or needs somebody.")
ON_CLOSE: Final = Setting(
    "window.on_close",
    kinds.choice("ask", "tray", "stop"),
    "ask",
    "What closing the window does while recordings are downloaded: ask, go on in the tray, or stop.",
    by_policy=False,
)

TABLE: Final[tuple[Setting[Any], ...]] = (
    SERVER_URL,
    PROFILE,
    SIGN_IN_WAYS,
    ARCHIVE_FOLDER,
    FOLDER_TEMPLATE,
    NAME_TEMPLATE,
    TIME_ZONE,
    CSV_SEPARATOR,
    SPREADSHEET_SAFE,
    CONCURRENCY,
    LIMIT_RATE,
    MIN_FREE_SPACE,
    REPLAY_CACHE,
    PROXY,
    CA_FILE,
    CONNECT_TIMEOUT,
    STALL_TIMEOUT,
    RETRY_WINDOW,
    PAGE_SIZE,
    REGISTER_SCHEDULES,
    GUARD_DAYS,
    KEEP_DAYS,
    NIGHTLY_HOUSEKEEPING,
    HOLD,
    ALARM_DESKTOP,
    ALARM_SYSTEM_LOG,
    SMTP_HOST,
    SMTP_PORT,
    SMTP_SECURITY,
    SMTP_USER,
    MAIL_FROM,
    MAIL_TO,
    MAIL_PAGE,
    WEBHOOK_URL,
    HEARTBEAT_URL,
    MISSING_AFTER,
    UPDATE_CHECK,
    UPDATE_URL,
    LOG_LEVEL,
    APPEARANCE,
    LANGUAGE,
    DENSITY,
    KEEP_AWAKE,
    NOTIFY,
    ON_CLOSE,
)
"""In the order in which people read them."""

_BY_NAME: Final = {setting.name: setting for setting in TABLE}


def find(untrusted_name: str) -> Setting[Any]:
    """The setting of that name.

    Raises:
        InvalidSetting: there is none; the detail names the nearest.

    """
    setting = _BY_NAME.get(untrusted_name)
    if setting is None:
        raise InvalidSetting(unknown(untrusted_name), subject=untrusted_name[:80])
    return setting


def unknown(untrusted_name: str) -> str:
    """The sentence for a name that is none of ours."""
    import difflib  # rarely needed

    near = difflib.get_close_matches(untrusted_name[:80], _BY_NAME, n=1, cutoff=0.75)
    return "there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
