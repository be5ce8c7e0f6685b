"""Coming in: the page over the window while nobody is signed in, profiles, the trial, offline, access level None.

`entrance` what happens · `page`, `form`, `wave` what is seen · `words` failures in words · `trial` the stand-in service
as a process · `notes` what stands at the top of the window · `no_access` the level None explained.
"""

from ui.sign_in.entrance import Entrance
from ui.sign_in.no_access import NoAccess

__all__ = ["Entrance", "NoAccess"]
