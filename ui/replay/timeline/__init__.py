"""The replay bar (F10, F11): what is loaded, over time; `Timeline` is the widget, everything else serves it."""

from ui.replay.timeline.selection import Selection
from ui.replay.timeline.timeline import Timeline

__all__ = ["Selection", "Timeline"]
