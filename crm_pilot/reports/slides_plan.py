"""Which blocks stand on which slide: side by side where both have room, one message a slide, notes
with what they belong to, tables and lists going on where they do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_pilot.charts import BarList, Distribution
from crm_pilot.i18n import Translator
from crm_pilot.planning.charts import MacroGantt
from crm_pilot.records import dataclass
from crm_pilot.reports.content import (
    ChartPart,
    ContentPage,
    FactsPart,
    ListPart,
    NotePart,
    Part,
    TablePart,
    WeatherPart,
)
from crm_pilot.reports.slides_blocks import (
    Block,
    FactsBlock,
    ListBlock,
    NoteBlock,
    WeatherBlock,
)
from crm_pilot.reports.slides_figures import ChartBlock, as_table, drawable
from crm_pilot.reports.slides_style import (
    BOTTOM,
    GAP,
    GUTTER,
    KEY,
    ROOM,
    TITLE,
    TITLE_TOP,
    cut,
    leading,
    lines,
)
from crm_pilot.reports.slides_table_block import TableBlock

UNDER_TITLE = 16.0
_NOTE_GAP = 8.0
_FULL = 10_000.0


@dataclass(frozen=True)
class Placed:
    """A block with its place on a slide."""

    block: Block
    x: float
    y: float
    room: float
    high: float


@dataclass(frozen=True)
class SlidePlan:
    """A slide: its sentence in a size, what stands in its head, and its blocks."""

    sentence: str
    size: float
    name: str
    placed: tuple[Placed, ...]


@dataclass
class Row:
    """Blocks side by side with their widths, and the notes below them."""

    blocks: list[Block]
    rooms: list[float]
    notes: list[NoteBlock]

    @property
    def noted(self) -> float:
        """Height of the notes."""
        return sum(note.height(ROOM) + _NOTE_GAP for note in self.notes)

    @property
    def body(self) -> float:
        """Least height without notes."""
        pairs = zip(self.blocks, self.rooms, strict=True)
        return max(block.height(room) for block, room in pairs)

    @property
    def grow(self) -> float:
        """How much the tallest growing block may be stretched."""
        pairs = zip(self.blocks, self.rooms, strict=True)
        ends = [block.height(room) + block.grow for block, room in pairs if block.grow]
        return max(max(ends, default=0.0) - self.body, 0.0)


def title_of(sentence: str) -> tuple[str, float, float]:
    """A sentence as it fits, its size, and where blocks begin under it."""
    size, most = TITLE, 2
    if len(lines(sentence, ROOM, TITLE, bold=True)) > most:
        size, most = KEY, 3
    shown = cut(sentence, ROOM, size, bold=True, most=most)
    count = len(lines(shown, ROOM, size, bold=True))
    return shown, size, TITLE_TOP + count * leading(size) + UNDER_TITLE


def plan(page: ContentPage, language: str) -> list[SlidePlan]:
    """The slides of a page."""
    shown, size, top = title_of(page.sentence)
    room = BOTTOM - top
    slides: list[list[Row]] = [[]]
    for row in _broken(rows(page.parts, language), room):
        high = row.body + row.noted
        used = sum(one.body + one.noted + GAP for one in slides[-1])
        if slides[-1] and used + high > room:
            slides.append([])
        slides[-1].append(row)
    count = len(slides)
    return [
        SlidePlan(
            shown,
            size,
            f"{page.name} {number}/{count}" if count > 1 else page.name,
            tuple(_placed(one, top, room)),
        )
        for number, one in enumerate(slides, 1)
    ]


def _broken(found: Sequence[Row], room: float) -> Iterator[Row]:
    """Rows, those taller than a slide in several."""
    for row in found:
        if row.body + row.noted <= room or len(row.blocks) > 1:
            yield row
            continue
        high = room - row.noted
        parts = row.blocks[0].split(row.rooms[0], high, high)
        for number, block in enumerate(parts, 1):
            yield Row([block], row.rooms, row.notes if number == len(parts) else [])


def _placed(found: Sequence[Row], top: float, room: float) -> Iterator[Placed]:
    """Places from the top; what is left goes to the blocks that may grow."""
    used = sum(row.body + row.noted for row in found) + GAP * max(len(found) - 1, 0)
    spare = max(room - used, 0.0)
    growing = sum(row.grow for row in found)
    y = top
    for row in found:
        more = min(row.grow, spare * row.grow / growing) if growing else 0.0
        high, x = row.body + more, 0.0
        for block, wide in zip(row.blocks, row.rooms, strict=True):
            own = min(high, block.height(wide) + block.grow)
            yield Placed(block, x, y, wide, own)
            x += wide + GUTTER
        y += high
        for note in row.notes:
            y += _NOTE_GAP
            tall = note.height(ROOM)
            yield Placed(note, 0.0, y, ROOM, tall)
            y += tall
        y += GAP


# rows --------------------------------------------------------------------------------------------


def rows(parts: Sequence[Part], language: str) -> list[Row]:
    """Blocks in their order, two side by side where both fit and neither is left half empty."""
    found: list[Row] = []
    for block in blocks(parts, language):
        if isinstance(block, NoteBlock) and not block.title and found:
            found[-1].notes.append(block)
            continue
        before = found[-1] if found else None
        if before is not None and len(before.blocks) == 1 and not before.notes:
            rooms = _side_by_side(before.blocks[0], block)
            if rooms is not None:
                before.blocks.append(block)
                before.rooms = rooms
                continue
        found.append(Row([block], [ROOM], []))
    return found


def blocks(parts: Sequence[Part], language: str) -> Iterator[Block]:
    """A block for each part that says something."""
    shown = Translator(language)

    def again(title: str) -> str:
        return shown.tr("{title} (continued)", title=title) if title else ""

    for part in parts:
        made: Part | None = part
        if isinstance(part, ChartPart):
            chart = drawable(part.chart)
            if chart is not None:
                yield ChartBlock(ChartPart(part.title, part.tail, chart), language)
                continue
            made = as_table(part, language)
        if isinstance(made, TablePart) and made.rows:
            yield TableBlock(made, again)
        elif isinstance(made, ListPart) and made.items:
            yield ListBlock(made)
        elif isinstance(made, FactsPart) and made.items:
            yield FactsBlock(made)
        elif isinstance(made, NotePart) and made.text:
            yield NoteBlock(made)
        elif isinstance(made, WeatherPart) and made.rows:
            yield WeatherBlock(made)


def _least(block: Block) -> float:
    """Least width beside another block."""
    if isinstance(block, FactsBlock):
        return 210.0
    if isinstance(block, ListBlock):
        return 400.0
    if isinstance(block, TableBlock):
        return max(block.natural + 8, 220.0)
    if isinstance(block, ChartBlock) and not isinstance(block.chart, MacroGantt):
        if isinstance(block.chart, Distribution):
            return 300.0
        return 400.0 if isinstance(block.chart, BarList) else 360.0
    return _FULL


def _side_by_side(first: Block, second: Block) -> list[float] | None:
    """Widths of two blocks, or None when they stand one under the other."""
    leasts = [_least(first), _least(second)]
    spare = ROOM - GUTTER - sum(leasts)
    if spare < 0:
        return None
    heights = [
        block.height(least) + block.grow
        for block, least in zip((first, second), leasts, strict=True)
    ]
    full = BOTTOM - TITLE_TOP - 2 * leading(TITLE) - UNDER_TITLE
    least_heights = [
        block.height(least) for block, least in zip((first, second), leasts, strict=True)
    ]
    if max(least_heights) > full or min(heights) < 0.3 * max(least_heights):
        return None
    # figures in a column keep to it; what is drawn or written takes the rest
    weights = [0.15 if isinstance(block, FactsBlock) else 1.0 for block in (first, second)]
    return [
        least + spare * weight / sum(weights) for least, weight in zip(leasts, weights, strict=True)
    ]
