"""Every colour of the window, in light and dark, by what it is for; it paints nothing.

`contrast` measures a pair as WCAG 2 does; the tests hold every text colour to AA on every ground it stands on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme; each field is `#RRGGBB`. Views name a token, never a colour."""

    name: str
    chrome: str
    """The ground: window, navigation bar, toolbar, search panel, dialogs."""
    paper: str
    """The sheets: lists, detail view, replay dock."""
    raised: str
    """Menus, tooltips, and buttons in the dark."""
    sunken: str
    """Tracks, segmented controls, notes, chips."""
    hover: str
    """A row or a flat button under the pointer."""
    hairline: str
    """The only dividing line."""
    control: str
    """Border of buttons and fields; the words carry them."""
    underline: str
    """Lower edge of fields, border of check boxes: 3 : 1 against its ground."""
    text: str
    text2: str
    """Labels, second words, icons."""
    text3: str
    """Captions, units, placeholders."""
    accent: str
    """Chosen, in progress, go; focus ring, link."""
    accent_hover: str
    on_accent: str
    tint: str
    """Selected row, pill, card."""
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    danger: str
    danger_tint: str
    field: str
    """Ground of fields."""
    button: str
    """Ground of buttons."""
    chosen: str
    """Ground of the chosen segment."""

    def of(self, token: str) -> str:
        """The colour of a token by its name; anything that begins with `#` is a colour itself."""
        if token.startswith("#"):
            return token
        value: str = getattr(self, token)
        return value


LIGHT = Tokens(
    name="light",
    chrome="#F3F4F6",
    paper="#FFFFFF",
    raised="#FFFFFF",
    sunken="#E9EBEF",
    hover="#F2F4F7",
    hairline="#E3E6EB",
    control="#D3D7DE",
    underline="#858C99",
    text="#1A1D23",
    text2="#535A66",
    text3="#626976",
    accent="#2A5BC7",
    accent_hover="#214CA9",
    on_accent="#FFFFFF",
    tint="#E6EEFB",
    ok="#1A7444",
    ok_tint="#E4F3EA",
    warn="#8F5500",
    warn_tint="#FBF0DA",
    danger="#B3261E",
    danger_tint="#FCE8E6",
    field="#FFFFFF",
    button="#FFFFFF",
    chosen="#FFFFFF",
)

DARK = Tokens(
    name="dark",
    chrome="#17191D",
    paper="#1E2126",
    raised="#282C33",
    sunken="#2D3139",
    hover="#262A30",
    hairline="#2E323A",
    control="#3D424C",
    underline="#7F8794",
    text="#E9EBEF",
    text2="#B0B6C2",
    text3="#959CAA",
    accent="#8AB0FF",
    accent_hover="#A5C2FF",
    on_accent="#0B1530",
    tint="#232D48",
    ok="#6CCB93",
    ok_tint="#1C3327",
    warn="#F0B35A",
    warn_tint="#3A2D16",
    danger="#FF938A",
    danger_tint="#42211F",
    field="#24282E",
    button="#282C33",
    chosen="#3A4049",
)


def of_system(palette: QPalette) -> Tokens:
    """High contrast: only the colours the system's own palette has, so that nothing is told by a shade of ours."""

    def colour(role: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, role).name()

    role = QPalette.ColorRole
    window, base, text = colour(role.Window), colour(role.Base), colour(role.WindowText)
    high, on_high = colour(role.Highlight), colour(role.HighlightedText)
    return Tokens(
        name="system",
        chrome=window,
        paper=base,
        raised=window,
        sunken=window,
        hover=window,
        hairline=text,
        control=text,
        underline=text,
        text=text,
        text2=text,
        text3=text,
        accent=high,
        accent_hover=high,
        on_accent=on_high,
        tint=base,
        ok=text,
        ok_tint=window,
        warn=text,
        warn_tint=window,
        danger=text,
        danger_tint=window,
        field=base,
        button=colour(role.Button),
        chosen=base,
    )


def mix(front: str, back: str, share: float) -> str:
    """`share` of `front` on `back`, opaque: cheaper to paint than alpha, and the same on every ground."""
    mixed = (round(255 * (a * share + b * (1 - share))) for a, b in zip(_parts(front), _parts(back), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def contrast(front: str, back: str) -> float:
    """1 to 21, after WCAG 2."""
    high, low = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _parts(value: str) -> tuple[float, float, float]:
    colour = QColor(value)
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(value: str) -> float:
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in _parts(value))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
