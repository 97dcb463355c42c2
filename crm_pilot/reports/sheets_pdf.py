"""Sheets as a PDF: the fonts of the house, its language, title and outline.

Pages are written as PDF operators straight away: most of the time of a document is the library's
own writing of numbers, texts and states one by one. Numbers have two decimals, a hundredth of a
point; states are set only where they change.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from crm_pilot.records import dataclass
from crm_pilot.reports.sheets import (
    Box,
    Dash,
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
from crm_pilot.reports.styles import BODY, REGULAR, font, register_fonts

LOCALES = {"fr": "fr-FR", "en": "en-GB"}
ARC = 0.5522847498307936  # handle of a quarter circle, of its radius: 4 (√2 − 1) ÷ 3
# bytes as a PDF string writes them: printable ASCII as it is, the rest in octal
ESCAPED = [
    f"\\{chr(code)}" if chr(code) in "\\()" else chr(code) if 32 <= code < 127 else f"\\{code:03o}"
    for code in range(256)
]


@dataclass(frozen=True)
class About:
    """What the file says about itself."""

    title: str
    author: str
    subject: str
    language: str
    outline: tuple[tuple[int, str, int], ...] = ()  # depth, name, page


def pdf(sheets: Iterable[Sheet], about: About) -> bytes:
    """The document; same sheets, same bytes."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        initialFontName=REGULAR,
        initialFontSize=BODY,
        pageCompression=1,
        invariant=1,
        lang=LOCALES[about.language],
    )
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("CRM Pilot")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    entries: dict[int, list[tuple[int, str]]] = {}
    for depth, name, number in about.outline:
        entries.setdefault(number, []).append((depth, name))
    count = 0
    for sheet in sheets:
        canvas.setPageSize((sheet.wide, sheet.high))
        for depth, name in entries.get(sheet.number, ()):
            count += 1
            canvas.bookmarkPage(f"entry-{count}")
            canvas.addOutlineEntry(name, f"entry-{count}", level=depth)
        draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw(canvas: Canvas, sheet: Sheet) -> None:
    """All items of a sheet."""
    pen = _Pen(canvas, sheet.high)
    for item in sheet.items:
        pen.put(item)


@lru_cache(maxsize=256)
def _rgb(token: str) -> str:
    colour = plain_colour(token)
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return " ".join(f"{part:.4f}" for part in parts)


class _Pen:
    """Writes items as operators."""

    def __init__(self, canvas: Canvas, high: float) -> None:
        self.canvas, self.high = canvas, high
        self._code: list[str] = canvas._code
        self._say = self._code.append
        self._fill = self._ink = ""
        self._weight = -1.0
        self._dash: Dash | None = None
        self._round: bool | None = None
        self._puts: dict[type, Any] = {
            Text: self._text,
            Strokes: self._strokes,
            Box: self._box,
            Shape: self._shape,
            Disc: self._disc,
            Path: self._path,
            Image: self._image,
        }

    def put(self, item: Item) -> None:
        self._puts[type(item)](item)

    # text --------------------------------------------------------------------------------------

    def _text(self, item: Text) -> None:
        """A text of its own with its font: readers then join those of a line and no others."""
        self._filled(item.ink)
        say = self._say
        matrix = _turned(item.turn) if item.turn else "1 0 0 1"
        say(f"BT {matrix} {item.x:.2f} {self.high - item.y:.2f} Tm")
        face, document = getFont(font(bold=item.bold, tabular=item.tabular)), self.canvas._doc
        for subset, codes in face.splitString(item.text, document):
            name = face.getSubsetInternalName(subset, document)
            say(f"{name} {item.size:g} Tf ({''.join(map(ESCAPED.__getitem__, codes))}) Tj")
        say("ET")

    # lines and areas ---------------------------------------------------------------------------

    def _strokes(self, item: Strokes) -> None:
        self._stroked(item.ink, item.weight, item.dash, round=item.round)
        self._say(" ".join(map(self._run, item.lines)) + " S")

    def _shape(self, item: Shape) -> None:
        self._dressed(item.fill, item.ink, item.weight, round=item.round)
        self._say(f"{self._run(item.points)} h {_paint(item.fill, item.ink)}")

    def _box(self, item: Box) -> None:
        self._dressed(item.fill, item.ink, item.weight)
        inset = item.weight / 2 if item.ink else 0.0
        left, low = item.x + inset, self.high - item.y - item.high + inset
        wide, high = max(item.wide - 2 * inset, 0.0), max(item.high - 2 * inset, 0.0)
        if item.radius:
            outline = _rounded(left, low, wide, high, item.radius)
        else:
            outline = f"{left:.2f} {low:.2f} {wide:.2f} {high:.2f} re"
        self._say(f"{outline} {_paint(item.fill, item.ink)}")

    def _disc(self, item: Disc) -> None:
        self._dressed(item.fill, item.ink, item.weight)
        radius = item.radius
        outline = _rounded(
            item.x - radius, self.high - item.y - radius, 2 * radius, 2 * radius, radius
        )
        self._say(f"{outline} {_paint(item.fill, item.ink)}")

    def _path(self, item: Path) -> None:
        self._dressed(item.fill, item.ink, item.weight, round=True)
        high = self.high
        parts = [f"{item.start[0]:.2f} {high - item.start[1]:.2f} m"]
        for curve in item.curves:
            parts += [f"{x:.2f} {high - y:.2f}" for x, y in curve]
            parts.append("c")
        self._say(f"{' '.join(parts)} h {_paint(item.fill, item.ink)}")

    def _image(self, item: Image) -> None:
        from reportlab.lib.utils import ImageReader  # takes Pillow, which only a logo needs

        picture = ImageReader(io.BytesIO(item.data))
        low = self.high - item.y - item.high
        self.canvas.drawImage(picture, item.x, low, item.wide, item.high, mask="auto")

    def _run(self, points: tuple[Point, ...]) -> str:
        high = self.high
        (x, y), *rest = points
        start = f"{x:.2f} {high - y:.2f} m "
        return start + " ".join([f"{a:.2f} {high - b:.2f} l" for a, b in rest])

    # states ------------------------------------------------------------------------------------

    def _filled(self, token: str) -> None:
        if self._fill != token:
            self._fill = token
            self._say(f"{_rgb(token)} rg")

    def _dressed(
        self, fill: str | None, ink: str | None, weight: float, *, round: bool = False
    ) -> None:
        if fill:
            self._filled(fill)
        if ink:
            self._stroked(ink, weight, None, round=round)

    def _stroked(self, token: str, weight: float, dash: Dash | None, *, round: bool) -> None:
        if self._ink != token:
            self._ink = token
            self._say(f"{_rgb(token)} RG")
        if self._weight != weight:
            self._weight = weight
            self._say(f"{weight:.3f} w")
        if self._dash != dash:
            self._dash = dash
            self._say(f"[{' '.join(f'{part:g}' for part in dash or ())}] 0 d")
        if self._round is not round:
            self._round = round
            self._say("1 J 1 j" if round else "0 J 0 j")


def _paint(fill: str | None, ink: str | None) -> str:
    return ("B" if ink else "f") if fill else ("S" if ink else "n")


@lru_cache(maxsize=8)
def _turned(turn: float) -> str:
    """The first four numbers of a matrix that turns by degrees against the clock."""
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f}"


def _rounded(left: float, low: float, wide: float, high: float, radius: float) -> str:
    """A rectangle with round corners, from the middle of its left edge's foot."""
    r = min(radius, wide / 2, high / 2)
    k = r * (1 - ARC)
    right, top = left + wide, low + high
    return " ".join(
        [
            f"{left + r:.3f} {low:.3f} m {right - r:.3f} {low:.3f} l",
            f"{right - k:.3f} {low:.3f} {right:.3f} {low + k:.3f} {right:.3f} {low + r:.3f} c",
            f"{right:.3f} {top - r:.3f} l",
            f"{right:.3f} {top - k:.3f} {right - k:.3f} {top:.3f} {right - r:.3f} {top:.3f} c",
            f"{left + r:.3f} {top:.3f} l",
            f"{left + k:.3f} {top:.3f} {left:.3f} {top - k:.3f} {left:.3f} {top - r:.3f} c",
            f"{left:.3f} {low + r:.3f} l",
            f"{left:.3f} {low + k:.3f} {left + k:.3f} {low:.3f} {left + r:.3f} {low:.3f} c h",
        ]
    )
