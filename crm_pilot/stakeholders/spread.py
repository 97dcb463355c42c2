"""Where marks and labels go inside one cell: nothing overlaps while there is room for it.

Pure geometry in the drawing's own units, x to the right and y downwards, from the corner of the
room given. A cell with few items is roomy: groups stand in columns with their label at the right,
people around them with their code. A crowded one is set in bands (`bands.py`): as many groups as
can be named, the other groups, the people; where no group would be named, people fill what groups
leave (`tight.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from crm_pilot.stakeholders.bands import banded, pitches
from crm_pilot.stakeholders.places import (
    GAP,
    LINE,
    PITCH,
    SHORTEST,
    SHORTEST_TWO,
    Item,
    Place,
    Rect,
    placed,
    shown,
)
from crm_pilot.stakeholders.tight import slots, tight

__all__ = ["Item", "Place", "Rect", "free_spot", "spread"]

FEW = 8  # a cell with more groups is tried as a roomy one only if it looks like one
WIDE_PERSON = 52.0  # a person's mark with its code


def spread(
    items: Sequence[Item],
    width: float,
    height: float,
    *,
    kept: Sequence[float] = (),
    clear: float = 4.0,
) -> list[Place]:
    """Places for all `items` within `width` × `height`, groups in the order given.

    `kept`: heights at the bottom that people leave free for the route of a unit, the first that
    goes. `clear`: what they leave free above and below a group, for the ring of a selection, while
    they can.
    """
    groups = [item for item in items if not item.person]
    people = [item for item in items if item.person]
    if _promising(groups, people, width * height):
        for left in (*kept, 0.0):
            made = _roomy(groups, people, width, height, left, clear)
            if made is not None:
                return made
    made = banded(groups, people, width, height)
    if groups and people and not any(place.lines for place in made):
        return tight(groups, people, width, height) or made
    return made


def _promising(groups: list[Item], people: list[Item], area: float) -> bool:
    """Whether a roomy cell is worth trying: it takes longer than bands."""
    if len(people) > 400:
        return False
    needed = sum((2 * item.half_height + 4) * (item.half_width * 2 + SHORTEST) for item in groups)
    if len(groups) <= FEW:
        return needed <= area * 1.2 and len(people) * PITCH**2 <= area * 1.5
    return needed + len(people) * WIDE_PERSON * LINE <= area


def _roomy(
    groups: list[Item],
    people: list[Item],
    width: float,
    height: float,
    kept: float,
    clear: float,
) -> list[Place] | None:
    """All groups named and people around them, None when that does not fit.

    Names are broken or lose the line of the headcount before people lose their codes; people lose
    them before names of groups are cut to half the width.
    """
    most = max((item.lines for item in groups), default=2)
    low = max(PITCH, height - kept)
    between = 5.0 if people else 10.0
    for columns in range(1, min(4, len(groups)) + 1) if groups else (0,):
        for coded in (True, False) if people else (True,):
            for lines in range(most if coded else min(2, most), 0, -1):
                made = _columned(groups, width, height, columns, lines, between) if columns else []
                if made is None:
                    continue
                boxes = _flush(made, columns)
                find = _coded if coded else _alone
                found = find(people, width, low, boxes, clear)
                if found is not None:
                    return made + found
    return None


def _flush(places: list[Place], columns: int) -> list[Rect]:
    """What groups cover, each as far to the right as the widest of its column: people then stand
    in straight columns beside them."""
    rights = [max(place.box.right for place in places[c::columns]) for c in range(columns)]
    return [
        place.box._replace(width=rights[n % columns] - place.box.x)
        for n, place in enumerate(places)
    ]


def _columned(
    items: Sequence[Item], width: float, height: float, columns: int, lines: int, most: float
) -> list[Place] | None:
    """Groups in `columns` columns, at `most` that far from each other, or None when they do not
    fit or labels would be too short."""
    room = (width - GAP * (columns - 1)) / columns
    rows = [items[i : i + columns] for i in range(0, len(items), columns)]
    stems = [max(row[c].half_width for row in rows if c < len(row)) for c in range(columns)]
    heights = [
        max(
            max(
                2 * item.half_height,
                LINE * shown(item, room - stems[c] - item.half_width - GAP, lines),
            )
            for c, item in enumerate(row)
        )
        for row in rows
    ]
    free = height - sum(heights)
    if free < 4 * (len(rows) - 1):
        return None
    shortest = SHORTEST if lines == 1 else SHORTEST_TWO
    if any(
        room - stems[c] - item.half_width - GAP < min(item.label, shortest)
        for row in rows
        for c, item in enumerate(row)
    ):
        return None
    gap = min(most, free / (len(rows) + 1))
    y = min(gap, 4.0)  # from the top: people and routes use the room below
    made = []
    for row, tall in zip(rows, heights, strict=True):
        for c, item in enumerate(row):
            left = c * (room + GAP)
            made.append(placed(item, left + stems[c], y + tall / 2, left + room, lines))
        y += tall + gap
    return made


def _apart(taken: list[Rect], gap: float) -> list[Rect]:
    return [Rect(box.x, box.y - gap, box.width, box.height + 2 * gap) for box in taken]


def _coded(
    items: list[Item], width: float, height: float, taken: list[Rect], gap: float
) -> list[Place] | None:
    """People in rows around the boxes that are taken, with their code or their short label."""
    if not items:
        return []
    stem = max(item.half_width for item in items)
    widths = [(max(item.label for item in items), False)]
    if any(item.short for item in items):
        widths.append((max(item.short for item in items), True))
    for label, short in widths:
        wide = 2 * stem + GAP + label
        if len(items) * (wide + GAP) * LINE > (width + GAP) * height:
            continue
        corners = slots(len(items), wide + GAP, LINE, width + GAP, height, _apart(taken, gap))
        if corners is not None:
            return [
                placed(item, x + stem, y + LINE / 2, x + wide, 1, short=short)
                for item, (x, y) in zip(items, corners, strict=True)
            ]
    return None


def _alone(
    items: list[Item], width: float, height: float, taken: list[Rect], gap: float
) -> list[Place] | None:
    """People as marks alone around the boxes that are taken, `gap` away from them if possible."""
    if not items:
        return []
    sizes = [2 * max(item.half_width, item.half_height) for item in items]
    usual = sorted(sizes)[len(sizes) // 2]
    ringed = [item for item, size in zip(items, sizes, strict=True) if size > usual + 1]
    plain = [item for item, size in zip(items, sizes, strict=True) if size <= usual + 1]
    for pitch in pitches(plain):
        if len(items) * pitch**2 > width * height:
            continue
        for boxes in (_apart(taken, gap), taken):
            found = _ringed(ringed, width, height, boxes)
            if found is None:
                continue
            around = [*boxes, *(place.box for place in found)]
            below = max((box.bottom for box in boxes), default=None)
            corners = slots(len(plain), pitch, pitch, width, height, around, below)
            if corners is not None:
                return found + [
                    placed(item, x + pitch / 2, y + pitch / 2, width, 0)
                    for item, (x, y) in zip(plain, corners, strict=True)
                ]
    return None


def _ringed(
    items: list[Item], width: float, height: float, taken: list[Rect]
) -> list[Place] | None:
    """The few whose marks have a ring, before the others: they take more room."""
    if not items:
        return []
    pitch = max(2 * max(item.half_width, item.half_height) for item in items) + 1
    corners = slots(len(items), pitch, pitch, width, height, taken)
    if corners is None:
        return None
    return [
        placed(item, x + pitch / 2, y + pitch / 2, width, 0)
        for item, (x, y) in zip(items, corners, strict=True)
    ]


def free_spot(
    size: tuple[float, float], room: Rect, wish: tuple[float, float], taken: Sequence[Rect]
) -> tuple[float, float]:
    """Centre of a box of `size` inside `room`: clear of `taken` if possible, then near `wish`."""
    wide, tall = size
    # edges of what is near as plain numbers: hundreds of spots are held against dozens of boxes
    near = [
        (box.x, box.y, box.x + box.width, box.y + box.height)
        for box in taken
        if box.overlap(room) > 0
    ]
    spots = sorted(
        (abs(y - wish[1]) * 1.5 + abs(x - wish[0]), x, y)
        for x in _steps(room.x + wide / 2, room.right - wide / 2)
        for y in _steps(room.y + tall / 2, room.bottom - tall / 2)
    )
    best, least = (spots[0][1], spots[0][2]), math.inf
    for away, x, y in spots:
        if away >= least:
            break
        edges = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        cost = away + 8 * _covered(edges, near, (least - away) / 8)
        if cost < least:
            best, least = (x, y), cost
    return best


Edges = tuple[float, float, float, float]  # left, top, right, bottom


def _covered(edges: Edges, boxes: Sequence[Edges], most: float) -> float:
    """Area that boxes share with the one given by its edges; no longer counted above `most`."""
    x, y, right, bottom = edges
    covered = 0.0
    for left, top, end, floor in boxes:
        if left < right and end > x and top < bottom and floor > y:
            across = (end if end < right else right) - (left if left > x else x)
            down = (floor if floor < bottom else bottom) - (top if top > y else y)
            covered += across * down
            if covered >= most:
                break
    return covered


def _steps(low: float, high: float) -> list[float]:
    if high <= low:
        return [(low + high) / 2]
    count = max(1, round((high - low) / 7))
    return [low + (high - low) * i / count for i in range(count + 1)]
