"""A narrow, crowded cell in which bands would leave no group its name: groups come before people.

Named groups stand below each other, each with marks of other groups at the right of its label; the
others stand in rows below. People fill what is left, apart if they can, then over each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from crm_pilot.stakeholders.bands import pitches
from crm_pilot.stakeholders.places import (
    GAP,
    LINE,
    SHORTEST,
    SHORTEST_TWO,
    Item,
    Place,
    Rect,
    placed,
)

BETWEEN = 3.0  # between rows of groups
CLOSEST = 2.0  # between people that cover each other: they are still seen to be many


def tight(
    groups: Sequence[Item], people: Sequence[Item], width: float, height: float
) -> list[Place] | None:
    """Places with at least one group named, as many as can be; None when there is no room."""
    for distances in (pitches(people), list(_closer(pitches(people)[-1]))):
        for named in range(len(groups), 0, -1):
            for whole in (True, False):
                made = _rows(groups, named, width, height, whole=whole)
                for pitch in distances if made else ():
                    found = _fill(people, pitch, width, height, made)
                    if found is not None:
                        return made + found
    return None


def _closer(pitch: float) -> Iterator[float]:
    while pitch * 0.9 > CLOSEST:
        pitch *= 0.9
        yield pitch


def _rows(
    groups: Sequence[Item], named: int, width: float, height: float, *, whole: bool
) -> list[Place]:
    """The first `named` with a line of label, the others beside and below them; none without room.

    `whole`: marks stand beside a label only where they do not cut it.
    """
    stem = max(item.half_width for item in groups[:named])
    free = [width - stem - item.half_width - GAP for item in groups[:named]]
    if any(room < min(item.label, SHORTEST) for room, item in zip(free, groups, strict=False)):
        return []
    tall = [max(2 * item.half_height, LINE) for item in groups[:named]]
    beside: list[list[Item]] = [[] for _ in tall]
    below: list[Item] = []
    for item in groups[named:]:
        at = _best(item, groups, free, tall, 1.0 if whole else 0.0)
        if at is None:
            below.append(item)
        else:
            beside[at].append(item)
            free[at] -= 2 * item.half_width + GAP
    made, y = [], 0.0
    for at, high in enumerate(tall):
        middle = y + high / 2
        end = stem + groups[at].half_width + GAP + free[at]
        made.append(placed(groups[at], stem, middle, end, 1))
        x = made[-1].box.right + GAP
        for item in beside[at]:
            made.append(placed(item, x + item.half_width, middle, 0.0, 0))
            x += 2 * item.half_width + GAP
        y += high + BETWEEN
    return _under(made, below, y, width, height)


def _best(
    item: Item, groups: Sequence[Item], free: list[float], tall: list[float], least: float
) -> int | None:
    """The row whose label is cut least by a mark at its right; `least` of it is left."""
    found, most = None, 0.0
    for at, (room, high) in enumerate(zip(free, tall, strict=True)):
        left = room - 2 * item.half_width - GAP
        label = groups[at].label
        share = min(1.0, left / label)
        if share < least:
            continue
        if 2 * item.half_height <= high and left >= min(label, SHORTEST_TWO) and share > most:
            found, most = at, share
    return found


def _under(
    made: list[Place], below: list[Item], y: float, width: float, height: float
) -> list[Place]:
    """Marks alone in rows below; none at all when they leave the cell."""
    x = tall = 0.0
    for item in below:
        if x and x + 2 * item.half_width > width:
            x, y, tall = 0.0, y + tall + BETWEEN, 0.0
        made.append(placed(item, x + item.half_width, y + item.half_height, 0.0, 0))
        x += 2 * item.half_width + BETWEEN
        tall = max(tall, 2 * item.half_height)
    lowest = max(place.box.bottom for place in made)
    widest = max(place.box.right for place in made)
    return made if lowest <= height and widest <= width + 0.01 else []


def _fill(
    people: Sequence[Item], pitch: float, width: float, height: float, groups: list[Place]
) -> list[Place] | None:
    """People as marks alone around groups and their labels."""
    reach = max(max(item.half_width, item.half_height) for item in people)
    over = max(0.0, reach - pitch / 2)  # what a mark covers beside its slot
    taken = [
        Rect(box.x - 2 * over, box.y - 2 * over, box.width + 2 * over, box.height + 2 * over)
        for box in (place.box for place in groups)
    ]
    found = slots(len(people), pitch, pitch, width - 2 * over, height - 2 * over, taken)
    if found is None:
        return None
    return [
        placed(item, x + over + pitch / 2, y + over + pitch / 2, width, 0)
        for item, (x, y) in zip(people, found, strict=True)
    ]


def slots(
    count: int,
    wide: float,
    tall: float,
    width: float,
    height: float,
    taken: list[Rect],
    below: float | None = None,
) -> list[tuple[float, float]] | None:
    """Corners of `count` free slots in reading order, or None when there is not enough room.

    With nothing else in the cell the rows stand in its middle. `below`: where what is taken ends,
    when some of it stands in the same rows.
    """
    if not taken:
        columns = int(width // wide)
        rows = math.ceil(count / columns) if columns else 0
        if not columns or rows * tall > height:
            return None
        top = (height - rows * tall) / 2
        return [(i % columns * wide, top + i // columns * tall) for i in range(count)]
    if below is None:
        below = max(box.bottom for box in taken)
    if int(width // wide) * int((height - below) // tall) >= count:
        top = below  # all of them under what is there, rather than around it
    else:
        top = 0.0
    edges = [(box.x, box.right, box.y, box.bottom) for box in taken]  # plain numbers: it is hot
    found: list[tuple[float, float]] = []
    y = top
    while y + tall <= height:
        x, any_here = 0.0, False
        row = [(left, end) for left, end, head, foot in edges if head < y + tall and foot > y]
        while x + wide <= width:
            hit = None
            for left, end in row:
                if left < x + wide and end > x:
                    hit = end
                    break
            if hit is not None:
                x = hit + GAP / 2
                continue
            found.append((x, y))
            if len(found) == count:
                return found
            x, any_here = x + wide, True
        y += tall if any_here else 4.0
    return None
