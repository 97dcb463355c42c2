"""Which blocks stand on which slide: side by side where both have room, one message a slide, notes
with what they belong to, tables and lists going on where they do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    Noted,
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
AMPLE = 1.06  # of the width at which a title breaks evenly: a wider font must not add a line
_FULL = 10_000.0
_PARTS_ALONE = 560.0  # parts of a whole need no more


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
    """A slide: its sentence in a size and width, what stands in its head, and its blocks."""

    sentence: str
    size: float
    room: float
    name: str
    placed: tuple[Placed, ...]


@dataclass
class Row:
    """Blocks side by side with their widths."""

    blocks: list[Block]
    rooms: list[float]
    goes_on: bool = False  # with the block of the row before it

    @property
    def body(self) -> float:
        """Least height."""
        pairs = zip(self.blocks, self.rooms, strict=True)
        return max(block.height(room) for block, room in pairs)

    @property
    def grow(self) -> float:
        """How much higher it may be drawn."""
        pairs = zip(self.blocks, self.rooms, strict=True)
        ends = [block.height(room) + block.grow for block, room in pairs if block.grow]
        return max(max(ends, default=0.0) - self.body, 0.0)


def title_of(sentence: str) -> tuple[str, float, float, float]:
    """A sentence as it fits: its size, the width at which its lines are about equally long, and
    where blocks begin under it."""
    size, most = TITLE, 2
    if len(lines(sentence, ROOM, TITLE, bold=True)) > most:
        size, most = KEY, 3
    shown = cut(sentence, ROOM, size, bold=True, most=most)
    count = len(lines(shown, ROOM, size, bold=True))
    low, room = ROOM / 3, ROOM
    while count > 1 and room - low > 4:
        middle = (low + room) / 2
        if len(lines(shown, middle, size, bold=True)) <= count:
            room = middle
        else:
            low = middle
    room = min(ROOM, room * AMPLE)
    return shown, size, room, TITLE_TOP + count * leading(size) + UNDER_TITLE


def plan(page: ContentPage, language: str) -> list[SlidePlan]:
    """The slides of a page."""
    shown, size, wide, top = title_of(page.sentence)
    room = BOTTOM - top
    slides = _filled(_broken(rows(page.parts, language), room), room)
    count = len(slides)
    return [
        SlidePlan(
            shown,
            size,
            wide,
            f"{page.name} {number}/{count}" if count > 1 else page.name,
            tuple(_placed(one, top, room)),
        )
        for number, one in enumerate(slides, 1)
    ]


def _filled(found: Iterable[Row], room: float) -> list[list[Row]]:
    """Rows on slides: each on the last one, or else on an earlier one that has room for it, but
    never before what it goes on from."""
    slides: list[list[Row]] = []
    last = 0
    for row in found:
        first = last if row.goes_on else 0
        fitting = [
            at for at in range(first, len(slides)) if _used(slides[at]) + GAP + row.body <= room
        ]
        if fitting:
            last = fitting[-1]
            slides[last].append(row)
        else:
            last = len(slides)
            slides.append([row])
    return slides or [[]]


def _used(found: Sequence[Row]) -> float:
    return sum(row.body for row in found) + GAP * max(len(found) - 1, 0)


def _broken(found: Sequence[Row], room: float) -> Iterator[Row]:
    """Rows, those taller than a slide in several."""
    for row in found:
        if row.body <= room or len(row.blocks) > 1:
            yield row
            continue
        for number, block in enumerate(row.blocks[0].split(row.rooms[0], room, room)):
            yield Row([block], row.rooms, goes_on=number > 0)


def _placed(found: Sequence[Row], top: float, room: float) -> Iterator[Placed]:
    """Places from the top; what is left goes to the blocks that may grow."""
    spare = max(room - _used(found), 0.0)
    growing = sum(row.grow for row in found)
    y = top
    for row in found:
        more = min(row.grow, spare * row.grow / growing) if growing else 0.0
        high, x = row.body + more, 0.0
        for block, wide in zip(row.blocks, row.rooms, strict=True):
            own = min(high, block.height(wide) + block.grow)
            yield Placed(block, x, y, wide, own)
            x += wide + GUTTER
        y += high + GAP


# rows --------------------------------------------------------------------------------------------


def rows(parts: Sequence[Part], language: str) -> list[Row]:
    """Blocks in their order, two side by side where both fit and neither is left half empty."""
    found: list[Row] = []
    for block in _noted(blocks(parts, language)):
        before = found[-1] if found else None
        if before is not None and len(before.blocks) == 1:
            rooms = side_by_side(before.blocks[0], block)
            if rooms is not None:
                before.blocks.append(block)
                before.rooms = rooms
                continue
        alone = _PARTS_ALONE if _is_parts(block) else ROOM
        found.append(Row([block], [alone]))
    return found


def _noted(found: Iterable[Block]) -> list[Block]:
    """Blocks, those with a footnote together with it."""
    made: list[Block] = []
    for block in found:
        if isinstance(block, NoteBlock) and not block.title and made and block.short:
            made[-1] = Noted(made[-1], block)
        else:
            made.append(block)
    return made


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


def _inner(block: Block) -> Block:
    while isinstance(block, Noted):
        block = block.block
    return block


def _is_parts(block: Block) -> bool:
    inner = _inner(block)
    return isinstance(inner, ChartBlock) and isinstance(inner.chart, Distribution)


def _leasts(block: Block) -> tuple[float, ...]:
    """Widths to try beside another block, narrowest first."""
    inner = _inner(block)
    if isinstance(inner, FactsBlock):
        return (210.0, 250.0, 300.0)
    if isinstance(inner, ListBlock):
        return (400.0,)
    if isinstance(inner, TableBlock):
        return (max(inner.least, 220.0),)
    if isinstance(inner, ChartBlock) and not isinstance(inner.chart, MacroGantt):
        if isinstance(inner.chart, Distribution):
            return (300.0,)
        return (400.0,) if isinstance(inner.chart, BarList) else (380.0,)
    return (_FULL,)


def side_by_side(first: Block, second: Block) -> list[float] | None:
    """Widths of two blocks, or None when they stand one under the other."""
    full = BOTTOM - TITLE_TOP - 2 * leading(TITLE) - UNDER_TITLE
    # figures in a column keep to it; what is drawn or written takes the rest
    weights = [0.12 if isinstance(_inner(block), FactsBlock) else 1.0 for block in (first, second)]
    for left in _leasts(first):
        for right in _leasts(second):
            spare = ROOM - GUTTER - left - right
            rooms = [
                least + spare * weight / sum(weights)
                for least, weight in zip((left, right), weights, strict=True)
            ]
            if spare >= 0 and _alike(first, second, rooms, full):
                return rooms
    return None


def _alike(first: Block, second: Block, rooms: list[float], full: float) -> bool:
    """Whether both fit on a slide and neither leaves most of the other's height empty."""
    least = [block.height(room) for block, room in zip((first, second), rooms, strict=True)]
    most = [high + block.grow for high, block in zip(least, (first, second), strict=True)]
    return max(least) <= full and min(most) >= 0.3 * max(least)
