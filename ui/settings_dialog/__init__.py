"""The settings on show, each with the rules of the settings table; what they mean to the engine is not known here.

`dialog` the window · `sections` which settings in which words · `rows` one setting with its control, `archive_row`,
`templates`, `zone` those with more to them, `alarms` and `deeds` the ways to tell of nights · `changes` writing and
undoing · `computer` what this computer can do.
"""

from ui.settings_dialog.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
