"""Paper: the grid, the five sizes, the fonts and the colours of a printed page (LOOK.md).

All lengths are points; heights are counted from the top of the page downwards.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from crm_pilot.palette import palette
from crm_pilot.paths import resource

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89  # A4
MARGIN = 36.0
CONTENT = PAGE_WIDTH - 2 * MARGIN
GUTTER = 22.0
MAIN, SIDE = 336.0, CONTENT - 336.0 - GUTTER
TOP = 60.0  # first line of the page's sentence starts below the head rule
BOTTOM = 790.0  # nothing but the foot below
GAP = 13.0  # least distance of sections; spare height widens it
MOST_GAP = 24.0

NOTE, BODY, SECTION, KEY, TITLE = 8.0, 9.5, 11.0, 14.0, 20.0
ROW = 18.0  # one line of a table
LEADING = 1.36

REGULAR, SEMIBOLD = "Inter", "Inter-SemiBold"
_FILES = {REGULAR: "Inter-Regular.ttf", SEMIBOLD: "Inter-SemiBold.ttf"}
_TABULAR_ZERO = 1212  # glyph of the tabular 0 in the bundled Inter; 1 to 9 follow it


def font(*, bold: bool = False, tabular: bool = False) -> str:
    """Name of a registered font. Tabular: every digit is equally wide."""
    register_fonts()
    name = SEMIBOLD if bold else REGULAR
    return f"{name}-Tabular" if tabular else name


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the bundled fonts known to reportlab, once."""
    rl_config.useA85 = 0  # plain compressed streams: a fifth smaller and quicker to write
    for name, file in _FILES.items():
        loaded = TTFont(name, str(resource("fonts", file)))
        pdfmetrics.registerFont(loaded)
        pdfmetrics.registerFont(_tabular(loaded))


def _tabular(loaded: TTFont) -> TTFont:
    """The same font, parsed once, with its tabular digits in place of the others."""
    made, face = copy.copy(loaded), copy.copy(loaded.face)
    made.fontName = f"{loaded.fontName}-Tabular"
    made.face, made.state = face, WeakKeyDictionary()
    # reportlab takes two fonts with one face name for the same
    face.name = type(face.name)(face.name + b"-Tabular")
    face.charToGlyph, face.charWidths = dict(face.charToGlyph), dict(face.charWidths)
    width = face.hmetrics[_TABULAR_ZERO][0] * 1000 / face.unitsPerEm
    for digit in range(10):
        face.charToGlyph[ord("0") + digit] = _TABULAR_ZERO + digit
        face.charWidths[ord("0") + digit] = width
    return made


@lru_cache(maxsize=256)
def colour(token: str) -> Color:
    """A colour of the light theme by name; `hesitant 13%` is a tint on white, as plain colour."""
    if token.startswith("#"):
        return HexColor(token)
    name, _, share = token.partition(" ")
    theme = palette("light")
    if share:
        return HexColor(theme.mix(name, int(share.rstrip("%")) / 100))
    return HexColor(theme[name])
