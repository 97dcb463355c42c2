"""What is placed inside a cell and where it ended: marks, labels, their boxes.

In the drawing's own units, x to the right and y downwards.
"""

from __future__ import annotations

import math
from typing import NamedTuple

GAP = 6.0  # between a mark and its label, and between neighbours
LINE = 16.0  # height of a label line
SHORTEST = 40.0  # a label cut to less than this is not worth reading
SHORTEST_TWO = 54.0  # a label with its headcount below
PITCH = 13.0  # between people shown as marks alone


class Rect(NamedTuple):
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

    def moved(self, dx: float, dy: float) -> Rect:
        """The same size elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


class Item(NamedTuple):
    """Something to place: half width and height of its mark, width and lines of its label.

    `lines`: 1 for a name, 2 with its headcount, 3 when a long name may break into two lines of
    which the wider is `broken` wide. `short`: width of what is written while the label does not
    fit (a department's letters), 0: nothing.
    """

    key: int
    half_width: float
    half_height: float
    label: float
    lines: int
    person: bool = False
    short: float = 0.0
    broken: float = 0.0


class Place(NamedTuple):
    """Centre of a mark; its label starts at `label_x` and may be `label_width` wide.

    `lines` is how many lines of the label are drawn (0: none, the mark stands alone); `short`:
    the short label stands for it.
    """

    key: int
    x: float
    y: float
    label_x: float
    label_width: float
    lines: int
    box: Rect
    short: bool = False

    def moved(self, dx: float, dy: float) -> Place:
        """The same place from another corner."""
        return Place(
            self.key,
            self.x + dx,
            self.y + dy,
            self.label_x + dx,
            self.label_width,
            self.lines,
            self.box.moved(dx, dy),
            self.short,
        )

    @property
    def named(self) -> bool:
        """Whether the unit is told by its own label."""
        return self.lines > 0 and not self.short

    @property
    def label_box(self) -> Rect | None:
        """What the label covers, None without one."""
        if not self.lines:
            return None
        tall = self.lines * LINE
        return Rect(self.label_x, self.y - tall / 2, self.label_width, tall)


def shown(item: Item, room: float, lines: int) -> int:
    """How many of `lines` lines a label takes within `room`: a name breaks only if it must."""
    most = min(lines, item.lines)
    return 2 if most == 3 and (item.label <= room or not item.broken) else most


def placed(
    item: Item, x: float, y: float, limit: float, lines: int, *, short: bool = False
) -> Place:
    """One item with its mark at (x, y) and its label within `limit`."""
    label_x = x + item.half_width + GAP
    count = shown(item, limit - label_x, lines)
    whole = item.short if short else item.broken if count == 3 else item.label
    wide = min(whole, limit - label_x) if count else 0.0
    half = max(item.half_height, count * LINE / 2)
    right = label_x + wide if count else x + item.half_width
    box = Rect(x - item.half_width, y - half, right - x + item.half_width, 2 * half)
    return Place(item.key, x, y, label_x, wide, count, box, short)
