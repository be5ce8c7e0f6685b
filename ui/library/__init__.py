"""The library: everything in the archive, also offline and signed out; the engine reads, checks and repairs it.

`module` arranges · `shelf` what is open · `columns` what the list shows · `head`, `notes`, `states`
what is said around it · `checking`, `findings` the check · `detail` one recording · `saving` tables and files.
"""

from ui.library.module import LibraryModule

__all__ = ["LibraryModule"]
