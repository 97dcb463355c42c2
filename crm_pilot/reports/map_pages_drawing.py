"""Draws the plane of the printed map: ground, lines, axes, routes, marks, labels."""

from __future__ import annotations

from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_cells import (
    MARKS,
    NAME,
    NAME_LINE,
    SMALL_LINE,
    SMALL_TEXT,
    Look,
    Placed,
)
from crm_pilot.reports.map_pages_marks import arrow_head, mark, ring, short_of
from crm_pilot.reports.map_pages_plane import Frame, Plane
from crm_pilot.reports.map_pages_routes import Route
from crm_pilot.reports.map_pages_source import Source
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import NOTE, SECTION
from crm_pilot.reports.typography import width
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, TRIO, Trio
from crm_pilot.stakeholders.zones import LEVELS

TINTS = {
    Trio.LOCOMOTIVE: "locomotive 10%",
    Trio.HESITANT: "hesitant 10%",
    Trio.OPPONENT: "opponent 9%",
}
LEFT, BELOW, ABOVE = 66.0, 34.0, 30.0  # of the plane: axes and levels; title and legend
DASH = (4.0, 2.4)
FINE = (1.2, 2.0)
MARK_SIZE = 3.4  # in the legend


def frame_in(x: float, y: float, wide: float, high: float) -> Frame:
    """The plane with its axes in an area."""
    return Frame(x + LEFT, y + ABOVE, wide - LEFT, high - ABOVE - BELOW)


def draw_plane(
    sheet: Sheet, plane: Plane, source: Source, words: Wording, behind: str = ""
) -> None:
    """All of it; `behind` is written large across the plane, under the marks."""
    _ground(sheet, plane, source)
    if behind:
        watermark(sheet, plane.frame, behind)
    _lines(sheet, plane.frame)
    _axes(sheet, plane.frame, words)
    for note in plane.notes:
        sheet.text(note.x, note.y, note.text, SMALL_TEXT, ink="muted", room=note.room)
    for route in plane.routes:
        _route(sheet, route)
    for placed in plane.placed:
        _mark(sheet, placed)
    for placed in plane.placed:
        _label(sheet, placed)


def watermark(sheet: Sheet, frame: Frame, text: str, ink: str = "muted 20%") -> None:
    """Large and pale: the lead's own copy is not to be passed on."""
    size = 40
    while width(text, size, True) > frame.wide * 1.02:
        size -= 1
    middle = frame.left + frame.wide / 2, frame.top + frame.high / 2
    sheet.turned(*middle, text, size, 30, bold=True, ink=ink)


# ground ----------------------------------------------------------------------------------------


def _tint(source: Source, synergy: int, antagonism: int) -> str:
    return TINTS[source.grid.trio(synergy, antagonism)]


def _ground(sheet: Sheet, plane: Plane, source: Source) -> None:
    for synergy in LEVELS:
        for antagonism in LEVELS:
            cell = plane.frame.cell(synergy, antagonism)
            tint = _tint(source, synergy, antagonism)
            sheet.box(cell.x, cell.y, cell.wide, cell.high, fill=tint)


def _lines(sheet: Sheet, frame: Frame) -> None:
    wide, high = frame.wide / 4, frame.high / 4
    right, bottom = frame.left + frame.wide, frame.top + frame.high
    inner: list[tuple[tuple[float, float], ...]] = []
    for n in (1, 2, 3):
        inner.append(((frame.left + n * wide, frame.top), (frame.left + n * wide, bottom)))
        inner.append(((frame.left, frame.top + n * high), (right, frame.top + n * high)))
    sheet.lines(inner, "muted 45%", 0.4, FINE)
    middle = frame.top + 2 * high
    sheet.line((frame.left, middle), (right, middle), ink="text", weight=1.0, dash=DASH)
    steps = [(frame.left + wide, bottom)]
    for n in (1, 2, 3):  # beside the cells in which synergy is as large as antagonism
        x, y = frame.left + n * wide, bottom - n * high
        steps += [(x, y), (x + wide, y)]
    sheet.line(*steps, ink="text", weight=1.3)
    sheet.box(frame.left, frame.top, frame.wide, frame.high, ink="muted 60%", weight=0.6)


def _axes(sheet: Sheet, frame: Frame, words: Wording) -> None:
    bottom = frame.top + frame.high
    for level in LEVELS:
        row = frame.cell(level, 1)
        edge, middle = frame.left - 6, row.y + row.high / 2
        sheet.text(edge, middle - 1, str(level), NOTE, bold=True, align="right")
        sheet.text(
            edge, middle + 8, words.tr(SYNERGY[level]), SMALL_TEXT, ink="muted", align="right"
        )
        column = frame.cell(1, level)
        name = words.tr(ANTAGONISM[level])
        both = width(str(level), NOTE, True) + 3 + width(name, SMALL_TEXT)
        left = column.x + (column.wide - both) / 2
        step = sheet.text(left, bottom + 11, str(level), NOTE, bold=True)
        sheet.text(left + step + 3, bottom + 11, name, SMALL_TEXT, ink="muted")
    x, y = frame.left - LEFT + 5, bottom + 24
    wide = width(words.tr("Synergy"), NOTE, True)
    sheet.turned(x, bottom - wide / 2, words.tr("Synergy"), NOTE, 90, bold=True)
    sheet.line((x, bottom - wide - 5), (x, frame.top + 4), ink="muted", weight=0.8)
    arrow_head(sheet, (x, bottom), (x, frame.top), "muted")
    wide = sheet.text(frame.left, y, words.tr("Antagonism"), NOTE, bold=True)
    right = frame.left + frame.wide
    sheet.line((frame.left + wide + 5, y - 3), (right - 4, y - 3), ink="muted", weight=0.8)
    arrow_head(sheet, (frame.left, y - 3), (right, y - 3), "muted")


# units -----------------------------------------------------------------------------------------


def _route(sheet: Sheet, route: Route) -> None:
    dash = (2.4, 1.8) if route.planned else None
    before, tip = route.points[-2:]
    points = [*route.points[:-1], short_of(before, tip, 2.0)]
    sheet.line(*points, ink="accent", weight=0.9, dash=dash)
    arrow_head(sheet, before, tip, "accent")


def _mark(sheet: Sheet, placed: Placed) -> None:
    item, x, y = placed.item, placed.x, placed.y
    if item.look in MARKS:
        mark(sheet, item.unit.trio, x, y, item.radius, hollow=item.unit.person)
    elif item.look is Look.STOP:
        sheet.shape(*ring(x, y, item.radius), fill="surface", ink="accent", weight=0.9)
    else:
        points = ring(x, y, item.radius)
        sheet.shape(*points, fill="surface")
        sheet.line(*points, points[0], ink="accent", weight=0.9, dash=(1.6, 1.2))
        sheet.shape(*ring(x, y, 1.1), fill="accent")


def _label(sheet: Sheet, placed: Placed) -> None:
    item = placed.item
    x, y = placed.label_x, placed.y - item.text_high / 2
    quiet = item.look in (Look.STOP, Look.TARGET)
    for place, line in enumerate(item.lines):
        bold = item.bold(place)
        high = NAME_LINE if bold else SMALL_LINE
        ink = "text" if bold or item.number else "accent" if quiet else "muted"
        sheet.text(x, y + high * 0.78, line, NAME if bold else SMALL_TEXT, bold=bold, ink=ink)
        y += high


# title and legend ------------------------------------------------------------------------------


def draw_legend(
    sheet: Sheet, x: float, y: float, room: float, plane: Plane, source: Source, words: Wording
) -> None:
    """Title of the plane and the key to its forms, on one line while there is room."""
    entries: list[tuple[str, str]] = [(trio.value, words.tr(TRIO[trio]).lower()) for trio in Trio]
    if any(unit.person for unit in source.units):
        entries.append(("person", words.tr("person") if source.own else words.tr("person, coded")))
    if source.since is not None and any(not route.planned for route in plane.routes):
        entries.append(("route", words.tr("since {day}", day=words.day(source.since))))
    if any(route.planned for route in plane.routes):
        entries.append(("target", words.tr("target")))
    entries.append(("area", words.tr("area: people")))
    sheet.text(x, y, words.tr("Synergy and antagonism"), SECTION, bold=True, room=room)
    at = x
    for name, text in entries:
        _sign(sheet, name, at + 5, y + 12 - 2.6)
        at += 13 + sheet.text(at + 13, y + 12, text, SMALL_TEXT, ink="muted") + 11


def _sign(sheet: Sheet, name: str, x: float, y: float) -> None:
    if name == "person":
        mark(sheet, Trio.HESITANT, x, y, 3.0, hollow=True)
    elif name == "route":
        sheet.line((x - 5, y), (x + 4, y), ink="accent", weight=0.9)
        arrow_head(sheet, (x - 5, y), (x + 5.5, y), "accent", 3.8)
    elif name == "target":
        points = ring(x, y, 3.4)
        sheet.line(*points, points[0], ink="accent", weight=0.9, dash=(1.6, 1.2))
        sheet.shape(*ring(x, y, 1.1), fill="accent")
    elif name == "area":
        sheet.shape(*ring(x - 2.4, y, 1.8), ink="muted", weight=0.7)
        sheet.shape(*ring(x + 3, y, 3.4), ink="muted", weight=0.7)
    else:
        mark(sheet, Trio(name), x, y, 3.6)
