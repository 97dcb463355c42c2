"""What stands in one cell of the printed map, packed in rows so that nothing overlaps.

A cell shows its units with their names while these fit; then groups with numbers, whose names
stand in a key beside the map or in the list; then only how many there are. Lengths are points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property

from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_source import Unit
from crm_pilot.reports.typography import width, wrap

NAME, SMALL_TEXT = 8, 7  # sizes of text
NAME_LINE, SMALL_LINE = 9.0, 7.8
GAP, NARROW = 5.0, 3.0  # between items, small ones
BESIDE, BESIDE_NUMBER = 2.4, 1.5  # between a mark and its label
PERSON, DOT, TARGET = 2.7, 2.0, 3.6  # radii
COUNT = 5.0
LEAST_GROUP = 2.6
TRIANGLE = 1.35  # how far the corners of a mark may reach, in radii of its circle
LEAST_ROW_GAP, MOST_SPREAD = 1.4, 9.0


class Look(StrEnum):
    """What an item is."""

    GROUP = "group"
    PERSON = "person"
    STOP = "stop"
    TARGET = "target"
    COUNT = "count"  # of units that are not shown one by one


class Told(StrEnum):
    """How units are told in a cell."""

    NAMES = "names"
    NUMBERS = "numbers"  # in a key beside the map, or of the list
    COUNTED = "counted"


@dataclass(frozen=True)
class Way:
    """One way to tell a cell. `stops`: 2 with their days, 1 without, 0 not at all."""

    groups: Told
    persons: Told
    stops: int

    @property
    def keyed(self) -> bool:
        """Whether anything gets a number."""
        return Told.NUMBERS in (self.groups, self.persons)


WAYS = (  # the first that fits; codes of persons are short and stay where names become numbers
    Way(Told.NAMES, Told.NAMES, 2),
    Way(Told.NAMES, Told.NUMBERS, 2),
    Way(Told.NAMES, Told.NUMBERS, 1),
    Way(Told.NUMBERS, Told.NUMBERS, 1),
    Way(Told.NUMBERS, Told.NUMBERS, 0),
    Way(Told.NAMES, Told.COUNTED, 1),
    Way(Told.NAMES, Told.COUNTED, 0),
    Way(Told.NUMBERS, Told.COUNTED, 0),
    Way(Told.COUNTED, Told.COUNTED, 0),
)


MARKS = (Look.GROUP, Look.PERSON, Look.COUNT)


@dataclass(frozen=True)
class Item:
    """Something to place: the reach of its mark, and the lines of its label."""

    look: Look
    unit: Unit
    radius: float
    lines: tuple[str, ...]  # the first one is the name, where the item is a group
    number: int = 0  # in the key; 0: named
    inline: bool = False  # the people of a group stand behind its name

    @property
    def reach(self) -> float:
        """Half the width of the mark."""
        return self.radius * (TRIANGLE if self.look in MARKS else 1.0)

    @cached_property
    def label_wide(self) -> float:
        """Width of the label."""
        return max((self._wide(place, line) for place, line in enumerate(self.lines)), default=0.0)

    def _wide(self, place: int, line: str) -> float:
        bold = self.bold(place)
        return width(line, NAME if bold else SMALL_TEXT, bold)

    def bold(self, place: int) -> bool:
        """Whether a line of the label is part of a group's name."""
        last = len(self.lines) - (0 if self.inline else 1)
        return self.look in (Look.GROUP, Look.COUNT) and not self.number and place < max(last, 1)

    @cached_property
    def wide(self) -> float:
        """Width of the mark and its label."""
        return 2 * self.reach + (self.beside + self.label_wide if self.lines else 0.0)

    @property
    def beside(self) -> float:
        """Room between the mark and its label."""
        return BESIDE_NUMBER if self.number else BESIDE

    @cached_property
    def high(self) -> float:
        """Height of the two."""
        return max(2 * self.reach, self.text_high)

    @cached_property
    def text_high(self) -> float:
        """Height of the label."""
        return sum(NAME_LINE if self.bold(n) else SMALL_LINE for n in range(len(self.lines)))


@dataclass(frozen=True)
class Placed:
    """An item round (x, y), the middle of its mark; its box is what nothing else may touch."""

    item: Item
    x: float
    y: float
    turned: bool = False  # the label stands left of the mark

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        left = self.x - self.item.reach
        if self.turned:
            left = self.x + self.item.reach - self.item.wide
        half = self.item.high / 2
        return left, self.y - half, left + self.item.wide, self.y + half

    @property
    def label_x(self) -> float:
        """The left end of the label."""
        if self.turned:
            return self.box[0]
        return self.x + self.item.reach + self.item.beside


@dataclass(frozen=True)
class Area:
    """The part of a cell in which units may stand."""

    x: float
    y: float
    wide: float
    high: float


def group_radius(headcount: int, scale: float) -> float:
    """The circle of a group: area in proportion to its people."""
    return max(scale * math.sqrt(headcount), LEAST_GROUP)


def named(unit: Unit, area: Area, scale: float, words: Wording) -> Item:
    """A unit with its name, broken where the cell is narrow."""
    if unit.person:
        room = area.wide - 2 * PERSON * TRIANGLE - BESIDE
        lines = tuple(wrap(words.own(unit.label), room, SMALL_TEXT, most=2))
        return Item(Look.PERSON, unit, PERSON, lines)
    radius = group_radius(unit.headcount, scale)
    room = area.wide - 2 * radius * TRIANGLE - BESIDE
    lines = tuple(wrap(words.own(unit.label), max(room, 20.0), NAME, bold=True, most=2))
    people = words.tr("{people} pers.", people=words.number(unit.headcount))
    return Item(Look.GROUP, unit, radius, (*lines, people))


def narrower(items: Sequence[Item], area: Area, words: Wording) -> list[Item]:
    """The same items with names in two lines where that lets two stand side by side."""
    half = (area.wide - GAP) / 2
    made = []
    for item in items:
        if item.look is Look.GROUP and item.wide > half:
            room = half - 2 * item.reach - BESIDE
            lines = tuple(wrap(words.own(item.unit.label), max(room, 1.0), NAME, bold=True))
            if len(lines) <= 2 and max(width(line, NAME, True) for line in lines) <= room:
                made.append(replace(item, lines=(*lines, item.lines[-1])))
                continue
        made.append(item)
    return made


def inline(items: Sequence[Item], area: Area, words: Wording) -> list[Item]:
    """The same items with the people of a group behind its name, where no name is cut."""
    made = []
    for item in items:
        if item.look is Look.GROUP and not item.number:
            people = words.number(item.unit.headcount)
            text = words.tr("{name} ({n})", name=words.own(item.unit.label), n=people)
            room = max(area.wide - 2 * item.reach - BESIDE, 20.0)
            lines = tuple(wrap(text, room, NAME, bold=True))
            if len(lines) <= 2:
                made.append(replace(item, lines=lines, inline=True))
                continue
        made.append(item)
    return made


def numbered(item: Item, number: int) -> Item:
    """An item whose name stands in the key."""
    return replace(item, lines=(str(number),), number=number)


def count_of(units: Sequence[Unit], words: Wording) -> Item:
    """Units that are only counted: groups with their people, or persons."""
    if units[0].person:
        text = words.ntr("{n} person", "{n} people", len(units))
        return Item(Look.COUNT, units[0], PERSON, (text,))
    groups = words.ntr("{n} group", "{n} groups", len(units))
    people = words.number(sum(unit.headcount for unit in units))
    return Item(Look.COUNT, units[0], COUNT, (groups, words.tr("{people} pers.", people=people)))


def stop_item(unit: Unit, text: str, *, planned: bool) -> Item:
    """The place a unit comes from or is to go to, with its day where that is told."""
    look, radius = (Look.TARGET, TARGET) if planned else (Look.STOP, DOT)
    return Item(look, unit, radius, (text,) if text else ())


def pack(items: Sequence[Item], area: Area) -> list[Placed] | None:
    """Items in rows from the left, spread over the height; None where they do not fit. Stops stand
    in rows of their own while there is room."""
    return _pack(items, area, apart=True) or _pack(items, area, apart=False)


def _pack(items: Sequence[Item], area: Area, *, apart: bool) -> list[Placed] | None:
    rows: list[list[Item]] = []
    at = 0.0
    for item in items:
        if item.wide > area.wide + 0.01:
            return None
        before = rows[-1][-1] if rows else None
        split = before is not None and apart and (item.look in MARKS) != (before.look in MARKS)
        if before is not None and not split and at + _gap(before, item) + item.wide <= area.wide:
            at += _gap(before, item) + item.wide
            rows[-1].append(item)
        else:
            rows.append([item])
            at = item.wide
    heights = [max(item.high for item in row) for row in rows]
    spare = area.high - sum(heights) - LEAST_ROW_GAP * max(len(rows) - 1, 0)
    if spare < 0:
        return None
    gap = LEAST_ROW_GAP + min(spare / (len(rows) + 1), MOST_SPREAD)
    free = area.high - sum(heights) - gap * (len(rows) - 1)
    y = area.y + min(free / 2, MOST_SPREAD)
    made = []
    for row, high in zip(rows, heights, strict=True):
        x = area.x
        for place, item in enumerate(row):
            x += _gap(row[place - 1], item) if place else 0.0
            made.append(Placed(item, x + item.reach, y + high / 2))
            x += item.wide
        y += high + gap
    return made


def _gap(before: Item, after: Item) -> float:
    small = all(item.number or item.look is Look.PERSON for item in (before, after))
    return NARROW if small else GAP
