"""The lead's own list after the map: every unit with its fact, owner and next action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_pilot.formats import NO_BREAK
from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_marks import mark
from crm_pilot.reports.map_pages_source import Source, Unit
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import MARGIN, NOTE, SECTION
from crm_pilot.reports.typography import wrap
from crm_pilot.stakeholders.terms import ZONES, Zone

TEXT = 8
LINE = 9.6
HEAD = 30.0  # title and headings
PAD = 4.6  # of a row
GAP = 8.0
ROUTE = 3  # column
WIDE = (118.0, 92.0, 54.0, 124.0, 178.0, 78.0, 77.9)  # with the gaps the width of the page
ZONE_ORDER = {zone: place for place, zone in enumerate(Zone)}


@dataclass(frozen=True)
class Line:
    """A row: its cells as broken into lines, and its height."""

    unit: Unit
    cells: tuple[tuple[str, ...], ...]
    high: float


def lines_of(source: Source, words: Wording) -> list[Line]:
    """Every unit with a position, by zone, large groups first. A fact takes two lines at most and
    ends in “…” where it is longer."""
    units = sorted(
        source.units, key=lambda unit: (ZONE_ORDER[unit.zone], unit.person, -unit.headcount)
    )
    return [_line(unit, words) for unit in units]


def _line(unit: Unit, words: Wording) -> Line:
    name = unit.label
    if not unit.person:
        name = words.tr("{name} ({n})", name=unit.label, n=words.number(unit.headcount))
    action = unit.action
    if action and unit.action_on:
        action = words.tr("{day}: {action}", day=words.day(unit.action_on), action=action)
    texts = (
        words.own(name),
        f"{_place(unit.synergy, unit.antagonism, words)} · {words.tr(ZONES[unit.zone])}",
        words.day(unit.since, year=True),
        _route(unit, words),
        words.own(unit.fact),
        words.own(unit.owner) or "–",
        words.own(action) or "–",
    )
    cells = []
    for place, (text, wide) in enumerate(zip(texts, WIDE, strict=True)):
        room = wide - (12 if place == 0 else 0)
        cells.append(
            tuple(wrap(text, room, TEXT, bold=place == 0, most=2 if place != ROUTE else 3))
        )
    return Line(unit, tuple(cells), LINE * max(len(cell) for cell in cells) + PAD)


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
    return ", ".join(parts) or "–"


def paged(lines: Sequence[Line], top: float, bottom: float) -> list[list[Line]]:
    """Lines on pages between a top and a bottom."""
    pages: list[list[Line]] = []
    y = bottom
    for line in lines:
        if y + line.high > bottom:
            pages.append([])
            y = top + HEAD
        pages[-1].append(line)
        y += line.high
    return pages


def draw_list(sheet: Sheet, lines: Sequence[Line], top: float, words: Wording, total: int) -> None:
    """One page of the list from its top on."""
    wide = sheet.text(MARGIN, top + 9, words.tr("Units of the map"), SECTION, bold=True)
    count = words.ntr("{n} unit", "{n} units", total)
    sheet.text(MARGIN + wide + 8, top + 9, count, NOTE, ink="muted")
    headings = (
        words.tr("Unit"),
        words.tr("Position"),
        words.tr("Since"),
        words.tr("Route and target"),
        words.tr("Observed fact"),
        words.tr("Owner"),
        words.tr("Next action"),
    )
    x = MARGIN
    for heading, room in zip(headings, WIDE, strict=True):
        sheet.text(x, top + 24, heading, 7, ink="muted", room=room)
        x += room + GAP
    y = top + HEAD
    right = sheet.wide - MARGIN
    sheet.line((MARGIN, y - 1), (right, y - 1), ink="muted", weight=0.6)
    for line in lines:
        _draw(sheet, line, y)
        y += line.high
        sheet.line((MARGIN, y - 1), (right, y - 1), ink="line", weight=0.4)


def _draw(sheet: Sheet, line: Line, top: float) -> None:
    x = MARGIN
    mark(sheet, line.unit.trio, x + 4, top + 6.6, 3.0, hollow=line.unit.person)
    for place, (cell, room) in enumerate(zip(line.cells, WIDE, strict=True)):
        left = x + (12 if place == 0 else 0)
        for number, text in enumerate(cell):
            y = top + 9 + LINE * number
            sheet.text(left, y, text, TEXT, bold=place == 0, tabular=place in (1, 2))
        x += room + GAP
