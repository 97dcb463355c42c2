"""Slides: the grid, the five sizes and the colours (LOOK.md). Lengths are points, y downwards.

A slide is 960 × 540 points, 16:9. Colours are those of the theme of the presentation, which are
those of the light theme of the product, so that what people add looks like ours.
"""

from __future__ import annotations

from crm_pilot.palette import palette
from crm_pilot.reports.typography import width, wrap

WIDE, HIGH = 960.0, 540.0
MARGIN = 40.0
ROOM = WIDE - 2 * MARGIN
HEAD_RULE = 38.0
TITLE_TOP = 48.0
TITLE_HIGH = 84.0  # two lines, or three smaller ones
BOTTOM = 490.0  # nothing but the foot below
FOOT = 500.0
GUTTER = 32.0
GAP = 18.0

NOTE, BODY, SECTION, KEY, TITLE = 12.0, 14.0, 16.0, 20.0, 28.0
FONT, PANOSE = "Arial", "020B0604020202020204"  # measured as Inter, which is wider
CAREFUL = 0.965  # of a room, when lines are counted: programs break lines a little differently
EMU = 12_700  # in a point

# Tokens of the theme that have a place among the twelve colours of a presentation.
SCHEME = {
    "text": "tx1",
    "surface": "bg1",
    "muted": "tx2",
    "raised": "bg2",
    "deployment": "accent1",
    "locomotive": "accent1",
    "adoption": "accent2",
    "good": "accent2",
    "feedback": "accent3",
    "hesitant": "accent4",
    "watch": "accent4",
    "opponent": "accent5",
    "alert": "accent5",
    "accent": "accent6",
}
SLOTS = {  # the same the other way: what the theme is filled with
    "dk1": "text",
    "lt1": "surface",
    "dk2": "muted",
    "lt2": "raised",
    "accent1": "deployment",
    "accent2": "adoption",
    "accent3": "feedback",
    "accent4": "hesitant",
    "accent5": "opponent",
    "accent6": "accent",
    "hlink": "accent",
    "folHlink": "muted",
}


def emu(points: float) -> int:
    """Points in the unit of the format."""
    return round(points * EMU)


def leading(size: float) -> float:
    """Height of a line of text of a size; lines are set to it, whatever font is there."""
    return round(size * 1.36)


def colour(token: str) -> str:
    """The XML of a colour: a token, a tint such as `hesitant 13%`, or `#RRGGBB`."""
    if token.startswith("#"):
        return f'<a:srgbClr val="{token[1:].upper()}"/>'
    name, _, share = token.partition(" ")
    if not share and name in SCHEME:
        return f'<a:schemeClr val="{SCHEME[name]}"/>'
    light = palette("light")
    found = light.mix(name, int(share.rstrip("%")) / 100) if share else light[name]
    return f'<a:srgbClr val="{found[1:]}"/>'


def lines(
    text: str, room: float, size: float = BODY, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """The lines a text takes in a box `room` points wide, beyond `most` shortened by “…”."""
    return wrap(text, room * CAREFUL, size, bold=bold, most=most)


def cut(text: str, room: float, size: float = BODY, *, bold: bool = False, most: int = 1) -> str:
    """The text, or as much as fits on `most` lines with “…”."""
    found = lines(text, room, size, bold=bold, most=most)
    whole = lines(text, room, size, bold=bold)
    return text if found == whole else " ".join(found)


def wide(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """Width of a text, with what programs differ by."""
    return width(text, size, bold) / CAREFUL
