"""Sheets as a PDF: the fonts of the house, its language, title and outline."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from crm_pilot.records import dataclass
from crm_pilot.reports.document import LOCALES
from crm_pilot.reports.sheets import Box, Item, Shape, Sheet, Strokes, Text
from crm_pilot.reports.styles import BODY, REGULAR, colour, font, register_fonts


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
    """All items of a sheet; states are set only where they change."""
    pen = _Pen(canvas, sheet.high)
    for item in sheet.items:
        pen.put(item)


class _Pen:
    def __init__(self, canvas: Canvas, high: float) -> None:
        self.canvas, self.high = canvas, high
        self._fill = self._ink = self._font = None  # type: tuple[object, ...] | str | None
        self._weight: float | None = None
        self._dash: tuple[float, ...] | None = None
        canvas.setLineJoin(0)

    def put(self, item: Item) -> None:
        if isinstance(item, Text):
            self._text(item)
        elif isinstance(item, Strokes):
            self._strokes(item)
        elif isinstance(item, Box):
            self._box(item)
        else:
            self._shape(item)

    def _text(self, item: Text) -> None:
        self._filled(item.ink)
        self.canvas.setFont(font(bold=item.bold, tabular=item.tabular), item.size)
        if not item.turn:
            self.canvas.drawString(item.x, self.high - item.y, item.text)
            return
        self.canvas.saveState()
        self.canvas.translate(item.x, self.high - item.y)
        self.canvas.rotate(item.turn)
        self.canvas.drawString(0, 0, item.text)
        self.canvas.restoreState()

    def _strokes(self, item: Strokes) -> None:
        self._stroked(item.ink, item.weight, item.dash)
        path = self.canvas.beginPath()
        for points in item.lines:
            self._run(path, points)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def _shape(self, item: Shape) -> None:
        path = self.canvas.beginPath()
        self._run(path, item.points)
        path.close()
        if item.fill:
            self._filled(item.fill)
        if item.ink:
            self._stroked(item.ink, item.weight, None)
        self.canvas.drawPath(path, stroke=int(bool(item.ink)), fill=int(bool(item.fill)))

    def _box(self, item: Box) -> None:
        inset = item.weight / 2
        if item.fill:
            self._filled(item.fill)
        if item.ink:
            self._stroked(item.ink, item.weight, None)
        left, low = item.x + inset, self.high - item.y - item.high + inset
        size = max(item.wide - 2 * inset, 0.0), max(item.high - 2 * inset, 0.0)
        style = {"stroke": int(bool(item.ink)), "fill": int(bool(item.fill))}
        if item.radius:
            self.canvas.roundRect(left, low, *size, item.radius, **style)
        else:
            self.canvas.rect(left, low, *size, **style)

    def _run(self, path: object, points: tuple[tuple[float, float], ...]) -> None:
        first, *rest = points
        path.moveTo(first[0], self.high - first[1])  # type: ignore[attr-defined]
        for x, y in rest:
            path.lineTo(x, self.high - y)  # type: ignore[attr-defined]

    def _filled(self, token: str) -> None:
        if self._fill != token:
            self._fill = token
            self.canvas.setFillColor(colour(token))

    def _stroked(self, token: str, weight: float, dash: tuple[float, ...] | None) -> None:
        if self._ink != token:
            self._ink = token
            self.canvas.setStrokeColor(colour(token))
        if self._weight != weight:
            self._weight = weight
            self.canvas.setLineWidth(weight)
        if self._dash != dash:
            self._dash = dash
            self.canvas.setDash(list(dash) if dash else [])
