"""The front door of both front ends: sign in, search, pull, pause, cancel, snapshot, verify, close.

Everything a window or a command line needs is here or in `model`, `settings`, `errors`; neither looks behind it.
"""

from download_client.archive import Audit, AuditEntry, Finding, FindingKind, Head, Mark, Verdict, VerifyProgress
from download_client.catalog import (
    Column,
    ConversationRow,
    Filled,
    Filter,
    Group,
    GroupBy,
    Groups,
    Layout,
    Line,
    Order,
    ParticipationRow,
    Presence,
    Presences,
    Proof,
    RecordingRow,
    Span,
    Spans,
    Sums,
    View,
)
from download_client.credentials import Secret
from download_client.engine.aftermath import Watch
from download_client.engine.browsing import Catalogued, Listing
from download_client.engine.chores import Chores
from download_client.engine.doctor import Check, Health
from download_client.engine.downloads import Downloads
from download_client.engine.engine import Engine
from download_client.engine.export import Export, Exported, ExportProgress
from download_client.engine.job import Job
from download_client.engine.library import Archived, CheckReport, Library
from download_client.engine.marks import LONGEST_NOTE, Marks
from download_client.engine.nightly import Told
from download_client.engine.outlook import Chosen, Outlook
from download_client.engine.place import Place
from download_client.engine.post import Post, SecretOf
from download_client.engine.queued import GroupFigures, QueuedRun, RunItem, Standing, WaitsFor
from download_client.engine.replays import MOST_SECONDS, Replays
from download_client.engine.reporting import outcome_of
from download_client.engine.request import Count, Forecast, PullRequest, Result
from download_client.engine.retention import Endangered
from download_client.engine.schedules import Outline, Schedules
from download_client.engine.signing import Browser, Client, Password, SignIn
from download_client.engine.updates import Newest
from download_client.engine.voices import Copied, Fetched, FetchPhase, FetchStep, Voice
from download_client.ledger import Which
from download_client.report import (
    ChannelTrouble,
    EndangeredLine,
    ExceptionLine,
    Exceptions,
    Figures,
    Filed,
    NightLine,
    Report,
)
from download_client.report import as_dict as report_as_dict
from download_client.schedule import DAY_NAMES, Due, Missed, Night, NotDue, Schedule, read_at, read_days, upcoming

__all__ = [
    "DAY_NAMES",
    "LONGEST_NOTE",
    "MOST_SECONDS",
    "Archived",
    "Audit",
    "AuditEntry",
    "Browser",
    "Catalogued",
    "ChannelTrouble",
    "Check",
    "CheckReport",
    "Chores",
    "Chosen",
    "Client",
    "Column",
    "ConversationRow",
    "Copied",
    "Count",
    "Downloads",
    "Due",
    "Endangered",
    "EndangeredLine",
    "Engine",
    "ExceptionLine",
    "Exceptions",
    "Export",
    "ExportProgress",
    "Exported",
    "FetchPhase",
    "FetchStep",
    "Fetched",
    "Figures",
    "Filed",
    "Filled",
    "Filter",
    "Finding",
    "FindingKind",
    "Forecast",
    "Group",
    "GroupBy",
    "GroupFigures",
    "Groups",
    "Head",
    "Health",
    "Job",
    "Layout",
    "Library",
    "Line",
    "Listing",
    "Mark",
    "Marks",
    "Missed",
    "Newest",
    "Night",
    "NightLine",
    "NotDue",
    "Order",
    "Outline",
    "Outlook",
    "ParticipationRow",
    "Password",
    "Place",
    "Post",
    "Presence",
    "Presences",
    "Proof",
    "PullRequest",
    "QueuedRun",
    "RecordingRow",
    "Replays",
    "Report",
    "Result",
    "RunItem",
    "Schedule",
    "Schedules",
    "Secret",
    "SecretOf",
    "SignIn",
    "Span",
    "Spans",
    "Standing",
    "Sums",
    "Told",
    "Verdict",
    "VerifyProgress",
    "View",
    "Voice",
    "WaitsFor",
    "Watch",
    "Which",
    "outcome_of",
    "read_at",
    "read_days",
    "report_as_dict",
    "upcoming",
]
