"""The fonts of an SVG, inside it: only the characters it writes, as web fonts.

reportlab cuts fonts down for PDF, where a code stands for a glyph; a browser asks by Unicode, so
the table of characters is made anew (OpenType, `cmap`, format 4).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from struct import pack, unpack
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontMaker

from crm_pilot.reports.sheets import Item, Text
from crm_pilot.reports.styles import font

FAMILY, TABULAR = "Inter", "Inter Tabular"


def faces(items: Iterable[Item]) -> str:
    """The style sheet with every face that the texts use."""
    used: dict[tuple[bool, bool], set[str]] = {}
    for item in items:
        if isinstance(item, Text):
            used.setdefault((item.bold, item.tabular), set()).update(item.text)
    rules = []
    for (bold, tabular), letters in sorted(used.items()):
        face = pdfmetrics.getFont(font(bold=bold, tabular=tabular)).face
        data = base64.b64encode(subset(face, sorted(ord(letter) for letter in letters))).decode()
        rules.append(
            f"@font-face{{font-family:'{TABULAR if tabular else FAMILY}';"
            f"font-weight:{600 if bold else 400};"
            f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        )
    return "\n".join(rules)


def subset(face: Any, codes: Sequence[int]) -> bytes:
    """A font with the glyphs of these characters only."""
    made = face.makeSubset(list(codes))
    tables = _tables(made)
    glyphs = unpack(f">{len(codes)}H", tables["cmap"][22 : 22 + 2 * len(codes)])
    tables["cmap"] = _cmap(
        {code: glyph for code, glyph in zip(codes, glyphs, strict=True) if glyph}
    )
    maker = TTFontMaker()
    for tag, data in tables.items():
        maker.add(tag, data)
    return bytes(maker.makeStream())


def _tables(data: bytes) -> dict[str, bytes]:
    count = unpack(">H", data[4:6])[0]
    found = {}
    for place in range(12, 12 + 16 * count, 16):
        tag, _sum, offset, length = unpack(">4sLLL", data[place : place + 16])
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found


def _cmap(glyphs: dict[int, int]) -> bytes:
    """Characters to glyphs, a segment for each character: simple, and large enough for a page."""
    known = [(code, glyph) for code, glyph in sorted(glyphs.items()) if code < 0xFFFF]
    codes = [code for code, _ in known] + [0xFFFF]
    deltas = [(glyph - code) & 0xFFFF for code, glyph in known] + [1]
    count = len(codes)
    power = 1 << (count.bit_length() - 1)
    body = pack(">4H", 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    body += pack(f">{count}H", *codes) + b"\0\0" + pack(f">{count}H", *codes)
    body += pack(f">{count}H", *deltas) + b"\0\0" * count
    table = pack(">3H", 4, 6 + len(body), 0) + body
    return pack(">4HL", 0, 1, 3, 1, 12) + table
