"""The typed table of settings, and the user's choices in it; secrets and the ledger are not here.

`table` every setting · `kinds`, `units` what values may be · `store` the values in force · `source` the user's file and
the machine's policy · `paths` our own folders · `profiles` what the program learned about accounts ·
`local_zone` the computer's zone.
"""

from download_client.settings import table
from download_client.settings.files import replace_text
from download_client.settings.local_zone import local_zone
from download_client.settings.paths import HOME_VARIABLE, Paths
from download_client.settings.profiles import DEFAULT_PROFILE, Profile, Profiles, check_name
from download_client.settings.source import (
    POLICY_FILE,
    POLICY_KEY,
    FilePolicy,
    Given,
    Policy,
    RegistryPolicy,
    machine_policy,
)
from download_client.settings.store import Origin, Problem, Settings
from download_client.settings.table import TABLE, Setting, find
from download_client.settings.units import (
    parse_duration,
    parse_rate,
    parse_size,
    show_duration,
    show_rate,
    show_size,
)

__all__ = [
    "DEFAULT_PROFILE",
    "HOME_VARIABLE",
    "POLICY_FILE",
    "POLICY_KEY",
    "TABLE",
    "FilePolicy",
    "Given",
    "Origin",
    "Paths",
    "Policy",
    "Problem",
    "Profile",
    "Profiles",
    "RegistryPolicy",
    "Setting",
    "Settings",
    "check_name",
    "find",
    "local_zone",
    "machine_policy",
    "parse_duration",
    "parse_rate",
    "parse_size",
    "replace_text",
    "show_duration",
    "show_rate",
    "show_size",
    "table",
]
