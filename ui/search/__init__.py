"""Searching: the panel with the three groups of criteria of the portal (F5), saved searches at hand; it fetches nothing.

`periods` words ↔ span of time · `panel` the form · `saved` saved searches · `chips` what is searched, in short.
"""

from ui.search.panel import SearchPanel
from ui.search.saved import SavedSearches

__all__ = ["SavedSearches", "SearchPanel"]
