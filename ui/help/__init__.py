"""Help in the program, offline: pages in Markdown, their window; what the pages say is in resources/help.

`book` the pages as values · `paper` one page on show · `window` contents, search and page.
"""

from ui.help.book import KEYS, Book
from ui.help.window import HelpWindow

__all__ = ["KEYS", "Book", "HelpWindow"]
