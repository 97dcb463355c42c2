"""Blocks of a page: each knows its height for a width, draws itself, and may grow or split.

A page is a stack of blocks. What does not fit is split between rows or moves to the next page;
spare height goes to the blocks that may grow (charts), never to the type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.records import dataclass
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BODY, GAP, GUTTER, LEADING, NOTE, SECTION
from crm_pilot.reports.typography import Run, shorten, width, wrap, wrap_runs

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

HEAD = 15.0  # height of a section head


class Block:
    """Something with a height. `grow` is the most it may be stretched by."""

    grow: float = 0.0

    def height(self, room: float) -> float:
        """Height in points for a width of `room` points."""
        raise NotImplementedError

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        """Draw with the top left corner at (x, y), `spare` points higher than `height`."""
        raise NotImplementedError

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        """What fits in `high` points and what is left; (None, self) when nothing fits."""
        return (self, None) if self.height(room) <= high else (None, self)

    def parts(self) -> tuple[Part, ...]:
        """What it says, for slides and workbooks; `content` is loaded when this is asked."""
        return ()


def section_head(pen: Pen, x: float, y: float, room: float, title: str, tail: str = "") -> None:
    """An 11 pt head with its 8 pt grey tail (units, scope, key to the drawing) on one line."""
    title = shorten(title, room, SECTION, bold=True)
    wide = pen.text(x, y + 10, title, SECTION, bold=True)
    left = room - wide - 7
    if tail and left > 30:
        pen.text(x + wide + 7, y + 10, tail, NOTE, ink="muted", room=left)


@dataclass
class Section(Block):
    """A headed block."""

    title: str
    body: Block
    tail: str = ""

    def __post_init__(self) -> None:
        self.grow = self.body.grow

    def height(self, room: float) -> float:
        return HEAD + self.body.height(room)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        section_head(pen, x, y, room, self.title, self.tail)
        self.body.draw(pen, x, y + HEAD, room, spare)

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        head, rest = self.body.split(room, high - HEAD)
        return (
            Section(self.title, head, self.tail) if head else None,
            Section(self.title, rest, self.tail) if rest else None,
        )

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import titled

        return titled(self.body.parts(), self.title, self.tail)


@dataclass
class Stack(Block):
    """Blocks one under the other."""

    blocks: Sequence[Block]
    gap: float = GAP

    def __post_init__(self) -> None:
        self.grow = sum(block.grow for block in self.blocks)

    def height(self, room: float) -> float:
        gaps = self.gap * max(len(self.blocks) - 1, 0)
        return sum(block.height(room) for block in self.blocks) + gaps

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        for block in self.blocks:
            more = spare * block.grow / self.grow if self.grow else 0.0
            block.draw(pen, x, y, room, more)
            y += block.height(room) + more + self.gap

    def parts(self) -> tuple[Part, ...]:
        return tuple(part for block in self.blocks for part in block.parts())


@dataclass
class Columns(Block):
    """A wide and a narrow block side by side; the narrow one is `side` points wide."""

    left: Block
    right: Block
    side: float
    gutter: float = GUTTER

    def __post_init__(self) -> None:
        self.grow = max(self.left.grow, self.right.grow)

    def _rooms(self, room: float) -> tuple[float, float]:
        return room - self.side - self.gutter, self.side

    def height(self, room: float) -> float:
        wide, narrow = self._rooms(room)
        return max(self.left.height(wide), self.right.height(narrow))

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        wide, narrow = self._rooms(room)
        full = self.height(room) + spare
        for block, at, own in (
            (self.left, x, wide),
            (self.right, x + wide + self.gutter, narrow),
        ):
            block.draw(pen, at, y, own, min(block.grow, full - block.height(own)))

    def parts(self) -> tuple[Part, ...]:
        return (*self.left.parts(), *self.right.parts())


@dataclass
class Note(Block):
    """8 pt grey text under a table or chart."""

    text: str
    ink: str = "muted"
    most: int = 4

    def _lines(self, room: float) -> list[str]:
        return wrap(self.text, room, NOTE, most=self.most)

    def height(self, room: float) -> float:
        return len(self._lines(room)) * NOTE * LEADING + 2

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        for line in self._lines(room):
            y += NOTE * LEADING
            pen.text(x, y, line, NOTE, ink=self.ink)

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import NotePart

        return (NotePart(self.text),)


@dataclass
class Empty(Block):
    """A designed sentence where a section has no data: a hairline, the fact, and what to do."""

    sentence: str
    hint: str = ""

    def _lines(self, room: float) -> tuple[list[str], list[str]]:
        inner = room - 12
        hint = wrap(self.hint, inner, NOTE, most=2) if self.hint else []
        return wrap(self.sentence, inner, BODY, most=2), hint

    def height(self, room: float) -> float:
        sentence, hint = self._lines(room)
        return 14 + len(sentence) * BODY * LEADING + len(hint) * NOTE * LEADING

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        sentence, hint = self._lines(room)
        pen.line(x + 1, y + 6, x + 1, y + self.height(room) - 4, ink="line", weight=2)
        y += 5
        for line in sentence:
            y += BODY * LEADING
            pen.text(x + 12, y, line, ink="muted")
        for line in hint:
            y += NOTE * LEADING
            pen.text(x + 12, y, line, NOTE, ink="muted")

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import NotePart

        return (NotePart(f"{self.sentence} {self.hint}".strip()),)


@dataclass
class Points(Block):
    """A list of facts: a dash, a few words in bold, the detail; two lines at most each."""

    items: Sequence[tuple[str, str]]
    most: int = 2
    gap: float = 4.5

    def _lines(self, item: tuple[str, str], room: float) -> list[list[tuple[float, Run]]]:
        lead, detail = item
        runs = [Run(lead, bold=True), *([Run(detail)] if detail else [])]
        return wrap_runs(runs, room - 11, most=self.most)

    def height(self, room: float) -> float:
        lines = sum(len(self._lines(item, room)) for item in self.items)
        return lines * BODY * LEADING + self.gap * max(len(self.items) - 1, 0) + 2

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        for item in self.items:
            for number, line in enumerate(self._lines(item, room)):
                y += BODY * LEADING
                if number == 0:
                    pen.text(x, y - 1, "–", ink="muted")
                pen.runs(x + 11, y - 1, line)
            y += self.gap

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ListPart

        return (ListPart("", tuple(self.items)),)


@dataclass
class Facts(Block):
    """Key figures one under the other: 14 pt number, a line of 8 pt under it, hairlines."""

    items: Sequence[tuple[str, str]]

    def _lines(self, text: str, room: float) -> list[str]:
        return wrap(text, room, NOTE, most=3)

    def _high(self, text: str, room: float) -> float:
        return 27 + len(self._lines(text, room)) * NOTE * LEADING

    def height(self, room: float) -> float:
        return sum(self._high(text, room) + 6 for _, text in self.items)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        each = spare / len(self.items) if self.items else 0.0
        for number, (figure, text) in enumerate(self.items):
            pen.text(x, y + 16, figure, 14, bold=True, room=room)
            at = y + 17
            for line in self._lines(text, room):
                at += NOTE * LEADING
                pen.text(x, at, line, NOTE, ink="muted")
            y += self._high(text, room) + each
            if number + 1 < len(self.items):
                pen.rule(x, y - each / 2, room)
            y += 6

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import FactsPart

        return (FactsPart("", tuple(self.items)),)


@dataclass
class Drawn(Block):
    """A block of fixed least height drawn by a function; `grow` lets it become taller.

    `shows`: the chart that is drawn, or a function that gives the parts of `content` it says.
    """

    least: float
    paint: Callable[[Pen, float, float, float, float], None]  # pen, x, y, room, height
    most_growth: float = 0.0
    shows: Any = None

    def __post_init__(self) -> None:
        self.grow = self.most_growth

    def height(self, room: float) -> float:
        return self.least

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        self.paint(pen, x, y, room, self.least + spare)

    def parts(self) -> tuple[Part, ...]:
        from crm_pilot.reports.content import ChartPart

        if self.shows is None:
            return ()
        return tuple(self.shows()) if callable(self.shows) else (ChartPart("", "", self.shows),)


def label_width(texts: Sequence[str], size: float = NOTE, *, bold: bool = False) -> float:
    """Width of the widest of some labels."""
    return max((width(text, size, bold) for text in texts), default=0.0)
