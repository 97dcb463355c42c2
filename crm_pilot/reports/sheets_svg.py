"""A sheet as SVG. Texts stay texts, in the fonts of the house, which come with it; a program that
does not take these finds the width and the anchor of each text."""

from __future__ import annotations

from base64 import b64encode
from xml.sax.saxutils import escape, quoteattr

from crm_pilot.reports.sheets import (
    Box,
    Disc,
    Image,
    Item,
    Path,
    Point,
    Shape,
    Sheet,
    Strokes,
    Text,
    plain_colour,
)
from crm_pilot.reports.sheets_fonts import TABULAR, faces

FALLBACK = "Inter, 'Inter Variable', 'Helvetica Neue', Arial, sans-serif"
DIGITS = f"'{TABULAR}', {FALLBACK}"


def svg(sheet: Sheet, title: str, language: str) -> bytes:
    """One page, in points."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(sheet.wide)}pt"'
        f' height="{_n(sheet.high)}pt" viewBox="0 0 {_n(sheet.wide)} {_n(sheet.high)}"'
        f" xml:lang={quoteattr(language)} font-family={quoteattr(FALLBACK)}>\n"
        f"<title>{escape(title)}</title>\n<style>\n{faces(sheet.items)}\n</style>\n"
        f'<rect width="100%" height="100%" fill="{plain_colour("surface")}"/>\n'
    )
    body = "\n".join(_item(item) for item in sheet.items)
    return f"{head}{body}\n</svg>\n".encode()


def _item(item: Item) -> str:
    if isinstance(item, Text):
        return _text(item)
    if isinstance(item, Strokes):
        data = "".join(_path(points) for points in item.lines)
        dash = f' stroke-dasharray="{" ".join(map(_n, item.dash))}"' if item.dash else ""
        style = f"{_stroke(item.ink, item.weight)}{dash}{_ROUND if item.round else ''}"
        return f'<path d="{data}" fill="none"{style}/>'
    if isinstance(item, Box):
        return _box(item)
    if isinstance(item, Shape):
        style = f"{_fill(item.fill)}{_edge(item)}{_ROUND if item.round and item.ink else ''}"
        return f'<path d="{_path(item.points)}Z"{style}/>'
    if isinstance(item, Disc):
        place = f'cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.radius)}"'
        return f"<circle {place}{_fill(item.fill)}{_edge(item)}/>"
    if isinstance(item, Path):
        data = _path((item.start,)) + "".join(
            "C" + " ".join(f"{_n(x)} {_n(y)}" for x, y in curve) for curve in item.curves
        )
        return f'<path d="{data}Z"{_fill(item.fill)}{_edge(item)}/>'
    return _image(item)


_ROUND = ' stroke-linecap="round" stroke-linejoin="round"'


def _image(item: Image) -> str:
    kind = "png" if item.data.startswith(b"\x89PNG") else "jpeg"
    return (
        f'<image x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.wide)}"'
        f' height="{_n(item.high)}" preserveAspectRatio="none"'
        f' href="data:image/{kind};base64,{b64encode(item.data).decode()}"/>'
    )


ANCHORS = {"left": (0.0, ""), "middle": (0.5, "middle"), "right": (1.0, "end")}


def _text(item: Text) -> str:
    share, anchor = ANCHORS[item.align]
    x, y = _n(item.x + share * item.wide), _n(item.y)
    style = ' font-weight="600"' if item.bold else ""
    if item.tabular:
        style += f" font-family={quoteattr(DIGITS)}"
    if anchor:
        style += f' text-anchor="{anchor}"'
    if item.turn:
        style += f' transform="rotate({_n(-item.turn)} {x} {y})"'
    return (
        f'<text x="{x}" y="{y}" font-size="{_n(item.size)}"'
        f'{style}{_fill(item.ink)} textLength="{_n(item.wide)}" lengthAdjust="spacingAndGlyphs"'
        f' xml:space="preserve">{escape(item.text)}</text>'
    )


def _box(item: Box) -> str:
    inset = item.weight / 2
    radius = f' rx="{_n(item.radius)}"' if item.radius else ""
    return (
        f'<rect x="{_n(item.x + inset)}" y="{_n(item.y + inset)}"'
        f' width="{_n(max(item.wide - item.weight, 0))}"'
        f' height="{_n(max(item.high - item.weight, 0))}"{radius}{_fill(item.fill)}{_edge(item)}/>'
    )


def _edge(item: Box | Shape | Disc | Path) -> str:
    return _stroke(item.ink, item.weight) if item.ink else ""


def _fill(token: str | None) -> str:
    return f' fill="{plain_colour(token)}"' if token else ' fill="none"'


def _stroke(token: str, weight: float) -> str:
    return f' stroke="{plain_colour(token)}" stroke-width="{_n(weight)}"'


def _path(points: tuple[Point, ...]) -> str:
    (x, y), *rest = points
    return f"M{_n(x)} {_n(y)}" + "".join(f"L{_n(a)} {_n(b)}" for a, b in rest)


def _n(value: float) -> str:
    """A number with at most two decimals, as short as it can be."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
