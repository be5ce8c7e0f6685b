"""Every error this program raises, with its advice and its fate; it does not decide what is tried again (`retry` does).

::

    MirError
    ├── UsageError                the caller asked for something that cannot be meant
    │   ├── InvalidCriteria  InvalidSetting  InvalidTemplate  UnknownName  InvalidSchedule  SchedulerRefused
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
    │   └── BodyRefused  Truncated  RangeBroken  FileChanged  DigestMismatch  NotWav  RecordingDamaged
    ├── DiskError                 the archive and the place it lies in
    │   ├── DiskFull  ArchiveMissing  ArchiveLocked  ArchiveForeign  ArchiveUnwise  FileHeld  DiskFailed  UnsafePath
    │   └── CatalogFailed
    ├── LedgerError
    │   ├── LedgerCorrupt  LedgerNewer
    └── Interrupted

A class carries what is always the same (title, advice, fate, code); an instance what is not (subject, detail).
"""

from download_client.errors.base import (
    Fate,
    Interrupted,
    MirError,
)
from download_client.errors.disk import (
    ArchiveForeign,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveUnwise,
    CatalogFailed,
    DiskError,
    DiskFailed,
    DiskFull,
    FileHeld,
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
    NotReady,
    NotWav,
    RangeBroken,
    RecordingDamaged,
    RecordingDenied,
    RecordingError,
    RecordingExpired,
    RecordingGone,
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
    SecretTooLong,
    SignInAgain,
    SignInError,
    SignInRefused,
    WrongCredentials,
)
from download_client.errors.usage import (
    InvalidCriteria,
    InvalidSchedule,
    InvalidSetting,
    InvalidTemplate,
    SchedulerRefused,
    UnknownName,
    UsageError,
)

__all__ = [
    "AccessNone",
    "ArchiveForeign",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArchiveUnwise",
    "BodyRefused",
    "CatalogFailed",
    "CertificateRejected",
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
    "MediaMissing",
    "MirError",
    "NetworkError",
    "NotFound",
    "NotReady",
    "NotSignedIn",
    "NotWav",
    "Offline",
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
    "RequestRejected",
    "SchedulerRefused",
    "SecretTooLong",
    "ServiceError",
    "ServiceUnavailable",
    "SignInAgain",
    "SignInError",
    "SignInRefused",
    "TimedOut",
    "Truncated",
    "UnknownName",
    "UnsafePath",
    "UsageError",
    "WindowTooLarge",
    "WrongCredentials",
]
