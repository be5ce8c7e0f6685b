"""Searching: the panel with the portal's three groups of criteria (F5), saved searches at hand; it fetches nothing.

`periods` `lengths` `moments` `form` values and words, without widgets · `store` what all panels of a session share ·
`panel` with `form_view` and its fields · `grip` its edge · `strip` the folded search · `saved` saved searches at hand.
"""

from ui.search.panel import SearchPanel
from ui.search.saved import SavedSearches

__all__ = ["SavedSearches", "SearchPanel"]
