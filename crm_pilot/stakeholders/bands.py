"""A crowded cell: named groups at the top, then the other groups, then the people.

The largest groups are named first. While everything fits, marks do not touch; then they come
closer together, people before groups, and only at the end do they overlap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from crm_pilot.stakeholders.places import GAP, LINE, PITCH, SHORTEST, Item, Place, placed

BETWEEN = 4.0  # between the rows of groups, and between marks of a row


class _Shelf(NamedTuple):
    """A row of groups: which of them, where it begins and how tall it is."""

    first: int
    end: int
    y: float
    tall: float


def banded(
    groups: Sequence[Item], people: Sequence[Item], width: float, height: float
) -> list[Place]:
    """Places for all of them; labels for as many groups as have room beside the others."""
    for pitch in pitches(people):
        made = _with_labels(groups, people, width, height, pitch)
        if made is not None:
            return made
    return _close(groups, people, width, height)


def pitches(people: Sequence[Item]) -> list[float]:
    """Distances between people whose marks stay apart, the comfortable one first."""
    if not people:
        return [PITCH]
    sizes = sorted(2 * max(item.half_width, item.half_height) for item in people)
    usual = sizes[len(sizes) // 2]  # a few have a ring and are larger
    easy = min(PITCH, usual * 1.4)
    return sorted({max(easy, sizes[-1] + 1), max(easy, usual + 1), usual + 1}, reverse=True)


def _with_labels(
    groups: Sequence[Item], people: Sequence[Item], width: float, height: float, pitch: float
) -> list[Place] | None:
    for named in range(len(groups), -1, -1):
        rest = [item for item in groups[named:] if not people or _tall(item) > pitch]
        tiny = [item for item in groups[named:] if people and _tall(item) <= pitch]
        dots = [*tiny, *people]  # groups as small as a person stand among them
        low = _lattice_height(len(dots), width, pitch)
        if low is None or low > height:
            continue
        shelves, tall = _shelves(rest, width, BETWEEN)
        if not shelves and rest:
            return None
        apart = BETWEEN if dots and rest else 0.0  # a named group brings its own
        left = height - low - tall - apart
        if left < (named and LINE):
            continue
        for columns in range(1, min(4, named) + 1) if named else (0,):
            made = _columns(groups[:named], width, left, columns) if columns else ([], 0.0)
            if made is not None:
                head, used = made
                spare = max(0.0, left - used) if named else max(0.0, left)
                middle = _flow(rest, shelves, used, BETWEEN)
                top = used + tall + apart
                top += spare if groups else spare / 2
                return head + middle + _lattice(dots, 0.0, top, width, pitch)
    return None


def _tall(item: Item) -> float:
    return 2 * max(item.half_width, item.half_height)


def _columns(
    items: Sequence[Item], width: float, height: float, columns: int
) -> tuple[list[Place], float] | None:
    """Groups with one line each, and the height they take; None when they do not fit."""
    room = (width - GAP * (columns - 1)) / columns
    rows = [items[i : i + columns] for i in range(0, len(items), columns)]
    tall = [max(max(2 * item.half_height, LINE) for item in row) for row in rows]
    used = sum(tall) + BETWEEN * len(rows)
    if used > height:
        return None
    stems = [max(row[c].half_width for row in rows if c < len(row)) for c in range(columns)]
    for row in rows:
        for c, item in enumerate(row):
            if room - stems[c] - item.half_width - GAP < min(item.label, SHORTEST):
                return None
    made, y = [], 0.0
    for row, high in zip(rows, tall, strict=True):
        for c, item in enumerate(row):
            left = c * (room + GAP)
            made.append(placed(item, left + stems[c], y + high / 2, left + room, 1))
        y += high + BETWEEN
    return made, used


def _shelves(items: Sequence[Item], width: float, gap: float) -> tuple[list[_Shelf], float]:
    """Rows of marks alone, filled in order, and their height; none when one is too wide."""
    made: list[_Shelf] = []
    x = y = tall = 0.0
    first = 0
    for place, item in enumerate(items):
        wide = 2 * item.half_width
        if wide > width:
            return [], 0.0
        if x and x + wide > width:
            made.append(_Shelf(first, place, y, tall))
            y, x, tall, first = y + tall + gap, 0.0, 0.0, place
        x += wide + gap
        tall = max(tall, 2 * item.half_height)
    if items:
        made.append(_Shelf(first, len(items), y, tall))
        y += tall
    return made, y


def _flow(items: Sequence[Item], shelves: list[_Shelf], top: float, gap: float) -> list[Place]:
    """Marks alone in their rows."""
    made = []
    for shelf in shelves:
        x, middle = 0.0, top + shelf.y + shelf.tall / 2
        for item in items[shelf.first : shelf.end]:
            made.append(placed(item, x + item.half_width, middle, 0.0, 0))
            x += 2 * item.half_width + gap
    return made


def _lattice_height(count: int, width: float, pitch: float) -> float | None:
    """Height that people take as marks alone; None when not even one fits."""
    columns = int(width // pitch)
    if not count:
        return 0.0
    return math.ceil(count / columns) * pitch if columns else None


def _lattice(
    items: Sequence[Item], left: float, top: float, width: float, pitch: float
) -> list[Place]:
    columns = max(1, int((width - left) // pitch))
    return [
        placed(
            item,
            left + (n % columns + 0.5) * pitch,
            top + (n // columns + 0.5) * pitch,
            width,
            0,
        )
        for n, item in enumerate(items)
    ]


def _close(
    groups: Sequence[Item], people: Sequence[Item], width: float, height: float
) -> list[Place]:
    """Too many for marks that stay apart: people closer together, then groups over each other."""
    shelves, tall = _shelves(groups, width, 1.0)
    fits = bool(shelves) or not groups
    if fits and tall <= height - (6.0 if people else 0.0):
        pitch = pitches(people)[-1]
        while pitch > 2.0:
            low = _lattice_height(len(people), width, pitch)
            if low is not None and low <= height - tall:
                above = _flow(groups, shelves, 0.0, 1.0)
                return above + _lattice(people, 0.0, tall, width, pitch)
            pitch *= 0.94
    share = len(groups) / max(1, len(groups) + len(people) / 4)
    upper = height * share
    return _grid(groups, 0.0, width, upper) + _grid(people, upper, width, height - upper)


def _grid(items: Sequence[Item], top: float, width: float, height: float) -> list[Place]:
    """Equally spaced, whatever they cover."""
    if not items:
        return []
    columns = max(1, math.ceil(math.sqrt(len(items) * width / max(height, 1.0))))
    rows = math.ceil(len(items) / columns)
    return [
        placed(
            item,
            (n % columns + 0.5) * width / columns,
            top + (n // columns + 0.5) * height / rows,
            width,
            0,
        )
        for n, item in enumerate(items)
    ]
