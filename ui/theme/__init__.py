"""How everything looks: colours by what they are for, type, measures, style sheet, icons; it knows no view and no data.

`tokens` colours · `measures` sizes and fonts · `icons` tinted pictures · `style` palette and sheet · `theme` in force.
"""

from ui.theme import measures
from ui.theme.measures import BODY, CAPTION, DISPLAY, SMALL, STRONG, TITLE, font, text_width
from ui.theme.theme import Appearance, Theme, of
from ui.theme.tokens import DARK, LIGHT, Tokens, contrast, mix

__all__ = [
    "BODY",
    "CAPTION",
    "DARK",
    "DISPLAY",
    "LIGHT",
    "SMALL",
    "STRONG",
    "TITLE",
    "Appearance",
    "Theme",
    "Tokens",
    "contrast",
    "font",
    "measures",
    "mix",
    "of",
    "text_width",
]
