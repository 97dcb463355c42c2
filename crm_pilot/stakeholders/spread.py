"""Where marks and labels go inside one cell: nothing overlaps while there is room for it.

Pure geometry in the drawing's own units, x to the right and y downwards, from the corner of the
room given. Groups stand in columns with their label at the right; people fill what is left, with
their code while codes fit, then as marks alone, then closer together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

GAP = 6.0  # between a mark and its label, and between neighbours
LINE = 16.0  # height of a label line
SHORTEST = 40.0  # a label cut to less than this is not worth reading
PITCH = 13.0  # between people shown as marks alone


@dataclass(frozen=True)
class Rect:
    """A rectangle by its corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.y + self.height

    def overlap(self, other: Rect) -> float:
        """Area shared with `other`."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across * down if across > 0 and down > 0 else 0.0

    def distance(self, x: float, y: float) -> float:
        """From the centre to a point."""
        return math.hypot(self.x + self.width / 2 - x, self.y + self.height / 2 - y)


@dataclass(frozen=True)
class Item:
    """Something to place: half width and height of its mark, width and lines of its label."""

    key: int
    half_width: float
    half_height: float
    label: float
    lines: int
    person: bool = False


@dataclass(frozen=True)
class Place:
    """Centre of a mark; its label starts at `label_x` and may be `label_width` wide.

    `lines` is how many lines of the label are drawn (0: none, the mark stands alone).
    """

    key: int
    x: float
    y: float
    label_x: float
    label_width: float
    lines: int
    box: Rect


def spread(
    items: Sequence[Item],
    width: float,
    height: float,
    *,
    kept: float = 0.0,
    clear: float = 4.0,
) -> list[Place]:
    """Places for all `items` within `width` × `height`, groups in the order given.

    `kept`: height at the bottom that people leave free, for the route of a unit. `clear`: what
    they leave free above and below a group, for the ring of a selection, while they can.
    """
    groups = [item for item in items if not item.person]
    people = [item for item in items if item.person]
    placed = _groups(groups, width, height)
    taken = [place.box for place in placed]
    return placed + _people(people, width, max(PITCH, height - kept), taken, clear)


def _groups(items: list[Item], width: float, height: float) -> list[Place]:
    if not items:
        return []
    for lines in (2, 1, 0):  # names of groups are given up last
        for columns in range(1, min(4, len(items)) + 1):
            made = _columns(items, width, height, columns, lines)
            if made is not None:
                return made
    return _squeezed(items, width, height)


def _columns(
    items: list[Item], width: float, height: float, columns: int, lines: int
) -> list[Place] | None:
    """Groups in `columns` columns, or None when they do not fit or labels would be too short."""
    room = (width - GAP * (columns - 1)) / columns
    heights = []
    rows = [items[i : i + columns] for i in range(0, len(items), columns)]
    for row in rows:
        heights.append(max(max(2 * i.half_height, min(lines, i.lines) * LINE) for i in row))
    free = height - sum(heights)
    if free < 4 * (len(rows) - 1):
        return None
    stems = [max(row[c].half_width for row in rows if c < len(row)) for c in range(columns)]
    if lines and any(
        room - 2 * stems[c] - GAP < min(item.label, SHORTEST)
        for row in rows
        for c, item in enumerate(row)
    ):
        return None
    if not lines and any(2 * stem > room for stem in stems):
        return None
    gap = min(10.0, free / (len(rows) + 1))
    y = min(gap, 4.0)  # from the top: people and routes use the room below
    made = []
    for row, tall in zip(rows, heights, strict=True):
        for c, item in enumerate(row):
            left = c * (room + GAP)
            made.append(_place(item, left + stems[c], y + tall / 2, left + room, lines))
        y += tall + gap
    return made


def _place(item: Item, x: float, y: float, limit: float, lines: int) -> Place:
    """One item with its mark at (x, y) and its label within `limit`."""
    shown = min(lines, item.lines)
    label_x = x + item.half_width + GAP
    wide = min(item.label, limit - label_x) if shown else 0.0
    half = max(item.half_height, shown * LINE / 2)
    right = label_x + wide if shown else x + item.half_width
    box = Rect(x - item.half_width, y - half, right - x + item.half_width, 2 * half)
    return Place(item.key, x, y, label_x, wide, shown, box)


def _squeezed(items: list[Item], width: float, height: float) -> list[Place]:
    """Too many groups even without labels: a lattice in which marks may overlap."""
    columns = max(1, math.ceil(math.sqrt(len(items) * width / max(height, 1.0))))
    rows = math.ceil(len(items) / columns)
    return [
        _place(
            item,
            (index % columns + 0.5) * width / columns,
            (index // columns + 0.5) * height / rows,
            width,
            0,
        )
        for index, item in enumerate(items)
    ]


def _people(
    items: list[Item], width: float, height: float, taken: list[Rect], gap: float
) -> list[Place]:
    """People in rows around the boxes that are taken, `gap` away from them if possible."""
    if not items:
        return []
    widest = max(2 * item.half_width + GAP + item.label for item in items)
    clear = [Rect(b.x, b.y - gap, b.width, b.height + 2 * gap) for b in taken]
    fits = len(items) * (widest + GAP) * LINE <= (width + GAP) * height
    slots = _slots(len(items), widest + GAP, LINE, width + GAP, height, clear) if fits else None
    if slots is not None:
        return [
            _place(item, x + item.half_width, y + LINE / 2, x + widest, 1)
            for item, (x, y) in zip(items, slots, strict=True)
        ]
    free = width * height - sum(box.overlap(Rect(0, 0, width, height)) for box in taken)
    pitch = PITCH
    while pitch > 3.0:
        if len(items) * pitch**2 > free:
            pitch *= 0.85
            continue
        slots = _slots(len(items), pitch, pitch, width, height, clear)
        slots = slots or _slots(len(items), pitch, pitch, width, height, taken)
        if slots is not None:
            return [
                _place(item, x + pitch / 2, y + pitch / 2, width, 0)
                for item, (x, y) in zip(items, slots, strict=True)
            ]
        pitch *= 0.85
    return _squeezed(items, width, height)


def _slots(
    count: int, wide: float, tall: float, width: float, height: float, taken: list[Rect]
) -> list[tuple[float, float]] | None:
    """Corners of `count` free slots in reading order, or None when there is not enough room.

    With nothing else in the cell the rows stand in its middle.
    """
    if not taken:
        columns = int(width // wide)
        rows = math.ceil(count / columns) if columns else 0
        if not columns or rows * tall > height:
            return None
        top = (height - rows * tall) / 2
        return [(i % columns * wide, top + i // columns * tall) for i in range(count)]
    below = max(box.bottom for box in taken)
    if int(width // wide) * int((height - below) // tall) >= count:
        top = below  # all of them under what is there, rather than around it
    else:
        top = 0.0
    found: list[tuple[float, float]] = []
    y = top
    while y + tall <= height:
        x, any_here = 0.0, False
        while x + wide <= width:
            slot = Rect(x, y, wide, tall)
            hit = next((box for box in taken if box.overlap(slot) > 0), None)
            if hit is not None:
                x = hit.right + GAP / 2
                continue
            found.append((x, y))
            if len(found) == count:
                return found
            x, any_here = x + wide, True
        y += tall if any_here else 4.0
    return None


def free_spot(
    size: tuple[float, float], room: Rect, wish: tuple[float, float], taken: Sequence[Rect]
) -> tuple[float, float]:
    """Centre of a box of `size` inside `room`: clear of `taken` if possible, then near `wish`."""
    wide, tall = size
    near = [box for box in taken if box.overlap(room) > 0]
    spots = sorted(
        (abs(y - wish[1]) * 1.5 + abs(x - wish[0]), x, y)
        for x in _steps(room.x + wide / 2, room.right - wide / 2)
        for y in _steps(room.y + tall / 2, room.bottom - tall / 2)
    )
    best, least = (spots[0][1], spots[0][2]), math.inf
    for away, x, y in spots:
        if away >= least:
            break
        box = Rect(x - wide / 2, y - tall / 2, wide, tall)
        cost = away
        for other in near:
            cost += box.overlap(other) * 8
            if cost >= least:
                break
        if cost < least:
            best, least = (x, y), cost
    return best


def _steps(low: float, high: float) -> list[float]:
    if high <= low:
        return [(low + high) / 2]
    count = max(1, round((high - low) / 7))
    return [low + (high - low) * i / count for i in range(count + 1)]
