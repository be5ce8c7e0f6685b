"""Every error this program raises, with its advice and its fate; it does not decide what is tried again (`retry` does).

::

    MirError
    ├── UsageError                the caller asked for something that cannot be meant
    │   ├── InvalidCriteria  InvalidSetting  InvalidTemplate  UnknownName  InvalidSchedule  SchedulerRefused
    │   └── TooMuchVoice  NotArchived  OnHold  SettingsNewer
    ├── SignInError               who we are, and what we may do
    │   ├── NotSignedIn  WrongCredentials  SignInAgain  SignInRefused  SignInWayClosed
    │   ├── AccessNone  DownloadNotPermitted  ReplayNotPermitted
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
    │   ├── NotPlayable  RecordingVanished
    │   └── BodyRefused  Truncated  RangeBroken  FileChanged  DigestMismatch  NotWav  RecordingDamaged
    ├── DiskError                 the archive and the place it lies in
    │   ├── DiskFull  ArchiveMissing  ArchiveLocked  ArchiveForeign  ArchiveUnwise  FileHeld  DiskFailed  UnsafePath
    │   └── ArchiveNewer  CatalogFailed  FileNewer  MarksDamaged
    ├── LedgerError
    │   ├── LedgerCorrupt  LedgerNewer
    ├── TellingError              somebody could not be told of a night
    │   ├── ChannelNotSetUp  ChannelUnavailable  ChannelRefused  ChannelBusy
    └── Interrupted

A class carries what is always the same (title, advice, fate, code); an instance what is not (subject, detail).
"""

from download_client.errors.base import (
    Fate,
    Interrupted,
    MirError,
    check_format,
)
from download_client.errors.disk import (
    ArchiveForeign,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveNewer,
    ArchiveUnwise,
    CatalogFailed,
    DiskError,
    DiskFailed,
    DiskFull,
    FileHeld,
    FileNewer,
    MarksDamaged,
    UnsafePath,
)
from download_client.errors.ledger import (
    LedgerCorrupt,
    LedgerError,
    LedgerNewer,
)
from download_client.errors.network import (
    CertificateRejected,
    ConnectionLost,
    InsecureAddress,
    NetworkError,
    Offline,
    ProxyRejected,
    TimedOut,
)
from download_client.errors.recording import (
    BodyRefused,
    DigestMismatch,
    EmptyAtSource,
    FileChanged,
    MediaMissing,
    NotPlayable,
    NotReady,
    NotWav,
    RangeBroken,
    RecordingDamaged,
    RecordingDenied,
    RecordingError,
    RecordingExpired,
    RecordingGone,
    RecordingVanished,
    Truncated,
)
from download_client.errors.service import (
    CursorExpired,
    ListingBroken,
    NotFound,
    PageTokenExpired,
    ProtocolBroken,
    RateLimited,
    RequestRejected,
    ServiceError,
    ServiceUnavailable,
    WindowTooLarge,
)
from download_client.errors.sign_in import (
    AccessNone,
    DownloadNotPermitted,
    KeyringUnavailable,
    NotSignedIn,
    ReplayNotPermitted,
    SecretTooLong,
    SignInAgain,
    SignInError,
    SignInRefused,
    SignInWayClosed,
    WrongCredentials,
)
from download_client.errors.telling import (
    ChannelBusy,
    ChannelNotSetUp,
    ChannelRefused,
    ChannelUnavailable,
    TellingError,
)
from download_client.errors.usage import (
    InvalidCriteria,
    InvalidSchedule,
    InvalidSetting,
    InvalidTemplate,
    NotArchived,
    OnHold,
    SchedulerRefused,
    SettingsNewer,
    TooMuchVoice,
    UnknownName,
    UsageError,
)

__all__ = [
    "AccessNone",
    "ArchiveForeign",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArchiveNewer",
    "ArchiveUnwise",
    "BodyRefused",
    "CatalogFailed",
    "CertificateRejected",
    "ChannelBusy",
    "ChannelNotSetUp",
    "ChannelRefused",
    "ChannelUnavailable",
    "ConnectionLost",
    "CursorExpired",
    "DigestMismatch",
    "DiskError",
    "DiskFailed",
    "DiskFull",
    "DownloadNotPermitted",
    "EmptyAtSource",
    "Fate",
    "FileChanged",
    "FileHeld",
    "FileNewer",
    "InsecureAddress",
    "Interrupted",
    "InvalidCriteria",
    "InvalidSchedule",
    "InvalidSetting",
    "InvalidTemplate",
    "KeyringUnavailable",
    "LedgerCorrupt",
    "LedgerError",
    "LedgerNewer",
    "ListingBroken",
    "MarksDamaged",
    "MediaMissing",
    "MirError",
    "NetworkError",
    "NotArchived",
    "NotFound",
    "NotPlayable",
    "NotReady",
    "NotSignedIn",
    "NotWav",
    "Offline",
    "OnHold",
    "PageTokenExpired",
    "ProtocolBroken",
    "ProxyRejected",
    "RangeBroken",
    "RateLimited",
    "RecordingDamaged",
    "RecordingDenied",
    "RecordingError",
    "RecordingExpired",
    "RecordingGone",
    "RecordingVanished",
    "ReplayNotPermitted",
    "RequestRejected",
    "SchedulerRefused",
    "SecretTooLong",
    "ServiceError",
    "ServiceUnavailable",
    "SettingsNewer",
    "SignInAgain",
    "SignInError",
    "SignInRefused",
    "SignInWayClosed",
    "TellingError",
    "TimedOut",
    "TooMuchVoice",
    "Truncated",
    "UnknownName",
    "UnsafePath",
    "UsageError",
    "WindowTooLarge",
    "WrongCredentials",
    "check_format",
]
