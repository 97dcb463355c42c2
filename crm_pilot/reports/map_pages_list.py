"""The lead's own list after the map: every unit by cell, with its fact, owner and next action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crm_pilot.formats import NO_BREAK
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_marks import mark
from crm_pilot.reports.map_pages_plane import by_cell
from crm_pilot.reports.map_pages_source import Source, Unit
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import MARGIN, NOTE, SECTION
from crm_pilot.reports.typography import wrap
from crm_pilot.stakeholders.terms import TRIO, ZONES, Trio

TEXT = 8
LINE = 9.6
HEAD = 30.0  # title and headings
CELL_HIGH = 17.0  # a line that names a cell
PAD = 4.6  # of a row
GAP = 8.0
KEPT = 2  # lines that stay with the name of their cell
NUMBER, NAME, RATED, ROUTE, FACT, OWNER = range(6)
WIDE = (20.0, 134.0, 54.0, 150.0, 293.9, 78.0)  # with the gaps the width of the page
MOST = {ROUTE: 24, FACT: 2}  # lines; other cells take two


@dataclass(frozen=True)
class Line:
    """A row: its cells as broken into lines, and its height."""

    unit: Unit
    cells: tuple[tuple[str, ...], ...]
    high: float


@dataclass(frozen=True)
class Head:
    """The name of a cell and who stands in it, over its lines."""

    trio: Trio
    title: str
    note: str
    high: float = CELL_HIGH


@dataclass(frozen=True)
class Page:
    """What of the list stands on a page, from a top on."""

    top: float
    entries: tuple[Head | Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The units."""
        return tuple(entry for entry in self.entries if isinstance(entry, Line))


def entries_of(source: Source, words: Wording) -> list[Head | Line]:
    """Every unit with a position by cell, numbered as on the plane. A fact takes two lines at most
    and ends in “…” where it is longer."""
    made: list[Head | Line] = []
    number = 0
    for (synergy, antagonism), units in by_cell(source).items():
        if not units:
            continue
        place = _place(synergy, antagonism, words)
        title = f"{place} · {words.tr(ZONES[source.grid.zone(synergy, antagonism)])}"
        made.append(Head(source.grid.trio(synergy, antagonism), title, _who(units, words)))
        for unit in units:
            number += 1
            made.append(_line(unit, number, words))
    return made


def _who(units: Sequence[Unit], words: Wording) -> str:
    groups = [unit for unit in units if not unit.person]
    parts = []
    if groups:
        people = words.number(sum(unit.headcount for unit in groups))
        parts.append(
            words.ntr("{n} group, {people} pers.", "{n} groups, {people} pers.", len(groups),
                      people=people)
        )  # fmt: skip
    if len(units) > len(groups):
        parts.append(words.ntr("{n} person", "{n} people", len(units) - len(groups)))
    return " · ".join(parts)


def _line(unit: Unit, number: int, words: Wording) -> Line:
    name = unit.label
    if not unit.person:
        name = words.tr("{name} ({n})", name=unit.label, n=words.number(unit.headcount))
    texts = (
        str(number),
        words.own(name),
        words.day(unit.since, year=True),
        _route(unit, words),
        words.own(unit.fact),
        words.own(unit.owner),
    )
    cells = []
    for place, (text, wide) in enumerate(zip(texts, WIDE, strict=True)):
        room = wide - (12 if place == NAME else 0)
        most = MOST.get(place, 2)
        cells.append(tuple(wrap(text, room, TEXT, bold=place == NAME, most=most)) if text else ())
    if unit.action:
        cells[FACT] += tuple(wrap(_action(unit, words), WIDE[FACT], TEXT, most=1))
    return Line(unit, tuple(cells), LINE * max(len(cell) for cell in cells) + PAD)


def _action(unit: Unit, words: Wording) -> str:
    if unit.action_on is None:
        return words.tr("Next action: {action}", action=words.own(unit.action))
    day = words.day(unit.action_on)
    return words.tr("Next action, {day}: {action}", day=day, action=words.own(unit.action))


def _place(synergy: int, antagonism: int, words: Wording) -> str:
    return words.tr("S{s} A{a}", s=synergy, a=antagonism).replace(" ", NO_BREAK)


def _route(unit: Unit, words: Wording) -> str:
    """Where it stood before, with days, and where it is to go."""
    parts = []
    for stop in unit.stops:
        place = _place(stop.synergy, stop.antagonism, words)
        parts.append(words.tr("{place} on {day}", place=place, day=words.day(stop.day)))
    goal = unit.target
    if goal is not None:
        place = _place(goal.synergy, goal.antagonism, words)
        text = words.tr("target {place}", place=place)
        if goal.day:
            text = words.tr("target {place} by {day}", place=place, day=words.day(goal.day))
        parts.append(text)
    return ", ".join(parts)


def paged(
    entries: Sequence[Head | Line], first: float, top: float, bottom: float, words: Wording
) -> list[Page]:
    """Entries on pages down to `bottom`, the first page from `first` on. The name of a cell never
    stands alone under its page's last line, and is said again where the cell goes on."""
    pages: list[Page] = []
    made: list[Head | Line] = []
    start, y = first, first + HEAD
    head: Head | None = None
    for place, entry in enumerate(entries):
        need = entry.high
        if isinstance(entry, Head):
            head = entry
            need += sum(one.high for one in _kept(entries, place))
        if y + need > bottom and (made or start != top):
            if made:
                pages.append(Page(start, tuple(made)))
            start, y, made = top, top + HEAD, []
            if head is not None and not isinstance(entry, Head):
                title = words.tr("{title} (continued)", title=head.title)
                made.append(replace(head, title=title, note=""))
                y += head.high
        made.append(entry)
        y += entry.high
    if made:
        pages.append(Page(start, tuple(made)))
    return pages


def _kept(entries: Sequence[Head | Line], place: int) -> list[Line]:
    """The first lines of a cell."""
    found = []
    for entry in entries[place + 1 : place + 1 + KEPT]:
        if isinstance(entry, Head):
            break
        found.append(entry)
    return found


def draw_list(sheet: Sheet, page: Page, source: Source, words: Wording) -> None:
    """One page of the list from its top on."""
    top = page.top
    at = MARGIN + sheet.text(MARGIN, top + 9, words.tr("Units of the map"), SECTION, bold=True) + 8
    count = words.ntr("{n} unit", "{n} units", len(source.units))
    at += sheet.text(at, top + 9, count, NOTE, ink="muted") + 14
    counts = Counter(unit.trio for unit in source.units)
    for trio in Trio:
        mark(sheet, trio, at + 4, top + 6.2, 3.4)
        text = f"{words.number(counts[trio])} {words.tr(TRIO[trio]).lower()}"
        at += 12 + sheet.text(at + 12, top + 9, text, NOTE, ink="muted") + 12
    headings = (
        words.tr("No."),
        words.tr("Unit"),
        words.tr("Rated on"),
        words.tr("Route and target"),
        words.tr("Observed fact"),
        words.tr("Owner"),
    )
    for (x, room), heading in zip(_columns(), headings, strict=True):
        if heading is headings[NUMBER]:
            sheet.text(x + room, top + 24, heading, 7, ink="muted", align="right")
        else:
            sheet.text(x, top + 24, heading, 7, ink="muted", room=room)
    y = top + HEAD
    right = sheet.wide - MARGIN
    sheet.line((MARGIN, y - 1), (right, y - 1), ink="muted", weight=0.75)
    for entry in page.entries:
        if isinstance(entry, Head):
            _head(sheet, entry, y)
        else:
            _draw(sheet, entry, y)
        y += entry.high
        sheet.line((MARGIN, y - 1), (right, y - 1), ink="line", weight=0.4)


def _columns() -> list[tuple[float, float]]:
    """Left edge and width of every column."""
    made, x = [], MARGIN
    for room in WIDE:
        made.append((x, room))
        x += room + GAP
    return made


def _head(sheet: Sheet, head: Head, top: float) -> None:
    x = MARGIN
    mark(sheet, head.trio, x + 4, top + 8.6, 3.6)
    wide = sheet.text(x + 12, top + 11.4, head.title, TEXT, bold=True)
    sheet.text(x + 12 + wide + 8, top + 11.4, head.note, TEXT, ink="muted")


def _draw(sheet: Sheet, line: Line, top: float) -> None:
    facts = len(line.cells[FACT]) - bool(line.unit.action)
    for place, (cell, (x, room)) in enumerate(zip(line.cells, _columns(), strict=True)):
        if place == NAME:
            mark(sheet, line.unit.trio, x + 4, top + 6.6, 3.0, hollow=line.unit.person)
            x += 12
        for number, text in enumerate(cell):
            y = top + 9 + LINE * number
            if place == NUMBER:
                sheet.text(x + room, y, text, TEXT, ink="muted", align="right", tabular=True)
                continue
            ink = "muted" if place == FACT and number >= facts else "text"
            sheet.text(x, y, text, TEXT, bold=place == NAME, tabular=place == RATED, ink=ink)
