"""The values everything speaks in: frozen, without I/O; what the service sends becomes one of these or is refused.

`criteria` what is searched · `conversation` what is found · `account` who searches · `state` where a recording is ·
`run` one pull · `item_group` its recordings as people look at them · `snapshot` its figures now · `telling` what is
told of a night.
"""

from download_client.model.account import AccessLevel, Account, Group, Limits, Me, Member, Retention, User
from download_client.model.conversation import (
    Checksum,
    Codec,
    Conversation,
    Direction,
    Participant,
    Participation,
    Party,
    Pause,
    Recording,
    RecordingMode,
    RecordingStatus,
)
from download_client.model.criteria import Criteria, SavedSearch, Scope, Sort, Window
from download_client.model.encoding import decode_conversation, encode_conversation
from download_client.model.item_group import ItemGroup, group_of
from download_client.model.moments import local, moment, moment_if
from download_client.model.run import GOES_ON, Run, RunKind, RunPhase, Summary
from download_client.model.snapshot import ItemProgress, Snapshot, Wait
from download_client.model.state import FINAL, OPEN, REFUSED, TRANSITIONS, State
from download_client.model.telling import MESSAGES, Channel, Outcome, Tell

__all__ = [
    "FINAL",
    "GOES_ON",
    "MESSAGES",
    "OPEN",
    "REFUSED",
    "TRANSITIONS",
    "AccessLevel",
    "Account",
    "Channel",
    "Checksum",
    "Codec",
    "Conversation",
    "Criteria",
    "Direction",
    "Group",
    "ItemGroup",
    "ItemProgress",
    "Limits",
    "Me",
    "Member",
    "Outcome",
    "Participant",
    "Participation",
    "Party",
    "Pause",
    "Recording",
    "RecordingMode",
    "RecordingStatus",
    "Retention",
    "Run",
    "RunKind",
    "RunPhase",
    "SavedSearch",
    "Scope",
    "Snapshot",
    "Sort",
    "State",
    "Summary",
    "Tell",
    "User",
    "Wait",
    "Window",
    "decode_conversation",
    "encode_conversation",
    "group_of",
    "local",
    "moment",
    "moment_if",
]
