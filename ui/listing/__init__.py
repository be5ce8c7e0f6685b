"""What Conversations and Participants share: a search's listing, filled while it is looked at; neither knows the other.

`lister` fills and looks · `head` says how much there is · `selection_bar` what is chosen · `states` why there is
nothing · `module` arranges · `replaying` what can be listened to.
"""

from ui.listing.lister import Lister
from ui.listing.module import Kind, ListingModule
from ui.listing.replaying import Replaying

__all__ = ["Kind", "Lister", "ListingModule", "Replaying"]
