"""How an error is told when a decision is needed: a dialog with what happened, what to do, and details for support.

`details` the text for support · `dialog` the dialog. Words of an error are in `ui.words.errors`.
"""

from ui.errors.details import details
from ui.errors.dialog import ErrorDialog

__all__ = ["ErrorDialog", "details"]
