"""The building blocks every view is put together from: dressed by the theme, reachable by keyboard, without rules.

`label button tool pill field choice` make Qt's own widgets in the house's dress · `row column frame line` arrange ·
`Glyph Progress Stack` show a value · `Note Empty` speak, `Pages` gives them their place · `Table Cell Group` are lists.
"""

from ui.widgets.buttons import ActionButton, Button, button, pill, set_button_icon, set_kind, tool
from ui.widgets.fields import Segmented, Toggle, choice, field, set_wrong
from ui.widgets.labels import Elided, Facts, label, plain_tip, set_property, set_tone
from ui.widgets.layouts import Part, box, clear, column, fill, frame, line, row, scroll
from ui.widgets.meters import Glyph, Progress, Stack
from ui.widgets.navigation import Mark, NavButton
from ui.widgets.notes import Empty, Note
from ui.widgets.pages import Pages
from ui.widgets.rows import CELL, Cell, Group, RowDelegate
from ui.widgets.slider import Slider
from ui.widgets.table import Table

__all__ = [
    "CELL",
    "ActionButton",
    "Button",
    "Cell",
    "Elided",
    "Empty",
    "Facts",
    "Glyph",
    "Group",
    "Mark",
    "NavButton",
    "Note",
    "Pages",
    "Part",
    "Progress",
    "RowDelegate",
    "Segmented",
    "Slider",
    "Stack",
    "Table",
    "Toggle",
    "box",
    "button",
    "choice",
    "clear",
    "column",
    "field",
    "fill",
    "frame",
    "label",
    "line",
    "pill",
    "plain_tip",
    "row",
    "scroll",
    "set_button_icon",
    "set_kind",
    "set_property",
    "set_tone",
    "set_wrong",
    "tool",
]
