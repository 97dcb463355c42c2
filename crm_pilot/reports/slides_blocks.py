"""Parts of a document as blocks of a slide: each knows its height for a width and draws itself."""

from __future__ import annotations

from crm_pilot.records import dataclass
from crm_pilot.reports.content import FactsPart, ListPart, NotePart, WeatherCell, WeatherPart
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_marks import RISES, weather_outlines
from crm_pilot.reports.slides_shapes import Para, Run, para
from crm_pilot.reports.slides_style import (
    BODY,
    KEY,
    NOTE,
    ROOM,
    SECTION,
    cut,
    leading,
    lines,
    wide,
)

HEAD = leading(SECTION) + 8.0
HANG = 16.0
TAIL_GAP, MOST_TAIL = "   ", 3  # between title and tail; lines of a tail below its title
BETWEEN = 7.0  # two facts of a list
STEP_GAP, WIDE_ROOM = 24.0, 700.0


class Block:
    """Something with a height. `grow` is the most it may be stretched by."""

    title: str = ""
    tail: str = ""
    grow: float = 0.0

    def headed(self, room: float) -> float:
        """Height of its head."""
        below = len(lines(self.tail, room, NOTE, most=MOST_TAIL)) if self._tail_below(room) else 0
        return HEAD + below * leading(NOTE) if self.title else 0.0

    def _tail_below(self, room: float) -> bool:
        """Whether what belongs to the title has no room beside it, and stands below."""
        left = room - wide(self.title, SECTION, bold=True) - wide(TAIL_GAP, NOTE)
        return bool(self.title and self.tail) and wide(self.tail, NOTE) > left

    def height(self, room: float) -> float:
        """Least height in points, head included."""
        raise NotImplementedError

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        """Draw with the top left corner at (x, y)."""
        raise NotImplementedError

    def split(self, room: float, high: float, later: float) -> list[Block]:
        """The block as several, the first of at most `high` points, the others of `later`."""
        return [self]

    def head(self, board: Board, x: float, y: float, room: float) -> float:
        """The head: title, and quieter what belongs to it. Where the rest begins."""
        if not self.title:
            return y
        title = Run(cut(self.title, room, SECTION, bold=True), True, "text", SECTION)
        paras = [Para((title,))]
        if self._tail_below(room):
            tail = cut(self.tail, room, NOTE, most=MOST_TAIL)
            paras.append(Para((Run(tail, False, "muted", NOTE),)))
        elif self.tail:
            paras = [Para((title, Run(f"{TAIL_GAP}{self.tail}", False, "muted", NOTE)))]
        high = self.headed(room)
        board.text(x, y, room, high - HEAD + leading(SECTION), paras, name="Head")
        return y + high


@dataclass
class ListBlock(Block):
    """Facts one under the other in one box of text."""

    part: ListPart
    most: int = 3  # lines of a fact

    def __post_init__(self) -> None:
        self.title, self.tail = self.part.title, self.part.tail

    def _paras(self, room: float) -> list[tuple[Para, int]]:
        """Paragraphs with the lines each takes."""
        found = []
        for lead, detail in self.part.items:
            # measured in bold: a little wider than it is
            text = cut(f"{lead} {detail}".strip(), room - HANG, bold=True, most=self.most)
            count = len(lines(text, room - HANG, bold=True))
            rest = text[len(lead) :] if text.startswith(lead) else ""
            runs = (Run(text[: len(text) - len(rest)], bool(detail)), Run(rest))
            kept = tuple(run for run in runs if run.text)
            found.append((Para(kept, hang=HANG, after=BETWEEN), count))
        return found

    def _steps(self, room: float) -> float:
        """Width of a step, where few facts with short beginnings stand side by side; or 0."""
        count = len(self.part.items)
        cell = (room - STEP_GAP * (count - 1)) / count
        short = all(lead and wide(lead, bold=True) <= cell for lead, _ in self.part.items)
        return cell if room > WIDE_ROOM and 2 <= count <= 5 and short else 0.0

    def _step_height(self, cell: float) -> float:
        most = max(len(lines(text, cell, NOTE, most=self.most)) for _, text in self.part.items)
        return leading(BODY) + most * leading(NOTE) + 4

    def height(self, room: float) -> float:
        cell = self._steps(room)
        if cell:
            return self.headed(room) + self._step_height(cell)
        tall = sum(count * leading(BODY) + BETWEEN for _, count in self._paras(room))
        return self.headed(room) + tall

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        body = self.head(board, x, y, room)
        cell = self._steps(room)
        tall = self.height(room) - self.headed(room)
        if not cell:
            paras = [one for one, _ in self._paras(room)]
            board.text(x, body, room, tall, paras, name="List")
            return
        for number, (lead, detail) in enumerate(self.part.items):
            told = (
                para(lead, bold=True),
                para(cut(detail, cell, NOTE, most=self.most), NOTE, ink="muted"),
            )
            board.text(x + number * (cell + STEP_GAP), body, cell, tall, told, name="Step")

    def split(self, room: float, high: float, later: float) -> list[Block]:
        made: list[Block] = []
        items: list[tuple[str, str]] = []
        used, limit = self.headed(room), high
        for item, (_, count) in zip(self.part.items, self._paras(room), strict=True):
            tall = count * leading(BODY) + BETWEEN
            if items and used + tall > limit:
                made.append(self._with(items))
                items, used, limit = [], self.headed(room), later
            items.append(item)
            used += tall
        return [*made, self._with(items)]

    def _with(self, items: list[tuple[str, str]]) -> ListBlock:
        return ListBlock(ListPart(self.part.title, tuple(items), self.part.tail), self.most)


@dataclass
class FactsBlock(Block):
    """Key figures: side by side where there is room, one under the other in a narrow column."""

    part: FactsPart

    def __post_init__(self) -> None:
        self.title, self.tail = self.part.title, self.part.tail

    def _across(self, room: float) -> int:
        return min(len(self.part.items), max(1, int(room // 170)), 4)

    def _cell(self, room: float, item: tuple[str, str]) -> float:
        figure, text = item
        return (
            leading(KEY) * len(lines(figure, room, KEY, bold=True, most=2))
            + leading(NOTE) * len(lines(text, room, NOTE, most=4))
            + 14
        )

    def _grid(self, room: float) -> tuple[float, list[list[tuple[str, str]]]]:
        count = self._across(room)
        rows = [
            list(self.part.items[at : at + count]) for at in range(0, len(self.part.items), count)
        ]
        return (room - 20 * (count - 1)) / count, rows

    def height(self, room: float) -> float:
        cell, rows = self._grid(room)
        return self.headed(room) + sum(max(self._cell(cell, item) for item in row) for row in rows)

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        at = self.head(board, x, y, room)
        cell, rows = self._grid(room)
        for number, row in enumerate(rows):
            tall = max(self._cell(cell, item) for item in row)
            if number or not self.title:
                board.line((x, at), (x + room, at))
            for place, (figure, text) in enumerate(row):
                paras = (
                    para(cut(figure, cell, KEY, bold=True, most=2), KEY, bold=True),
                    para(cut(text, cell, NOTE, most=4), NOTE, ink="muted"),
                )
                left = x + place * (cell + 20)
                board.text(left, at + 6, cell, tall - 8, paras, name="Figure")
            at += tall


@dataclass
class NoteBlock(Block):
    """A sentence: a footnote, or what is said where there is no data."""

    part: NotePart

    def __post_init__(self) -> None:
        self.title = self.part.title

    @property
    def _size(self) -> float:
        return BODY if self.title else NOTE

    @property
    def short(self) -> bool:
        """Whether it may stand below a block that is half as wide as the slide."""
        return self._count(ROOM * 0.42) <= 4

    def _count(self, room: float) -> int:
        return len(lines(self.part.text, room, self._size, most=MOST_NOTE))

    def height(self, room: float) -> float:
        return self.headed(room) + self._count(room) * leading(self._size)

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        body = self.head(board, x, y, room)
        text = cut(self.part.text, room, self._size, most=MOST_NOTE)
        tall = self._count(room) * leading(self._size)
        board.text(x, body, room, tall, (para(text, self._size, ink="muted"),), name="Note")


MOST_NOTE = 16  # lines
SIGN = 34.0
NOTE_GAP = 8.0


@dataclass
class WeatherBlock(Block):
    """Four axes side by side: sign, word, trend with its word, and what it rests on."""

    part: WeatherPart

    def __post_init__(self) -> None:
        self.title, self.tail = self.part.title, self.part.tail

    def _cell(self, room: float) -> float:
        return room / max(len(self.part.rows), 1)

    def _lines(self, room: float) -> int:
        inner = self._cell(room) - 26
        return max((len(lines(row.line, inner, NOTE, most=3)) for row in self.part.rows), default=1)

    def height(self, room: float) -> float:
        return self.headed(room) + 58 + self._lines(room) * leading(NOTE) + 8

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        top = self.head(board, x, y, room)
        tall = self.height(room) - self.headed(room)
        cell = self._cell(room)
        board.line((x, top), (x + room, top))
        board.line((x, top + tall), (x + room, top + tall))
        for number, row in enumerate(self.part.rows):
            left = x + number * cell
            if number:
                board.line((left, top), (left, top + tall))
            self._axis(board, row, left + (12 if number else 0), top, cell - 26)

    def _axis(self, board: Board, row: WeatherCell, x: float, y: float, room: float) -> None:
        board.drawing(x, y + 12, SIGN, weather_outlines(row.weather), row.word)
        text, left = x + SIGN + 10, room - SIGN - 10
        trend = wide(row.trend_word, NOTE) + 2 if row.trend is not None else 0.0
        axis = cut(row.axis, left - (trend + 24 if trend else 0), BODY)
        names = (
            para(axis, BODY, ink="muted"),
            para(cut(row.word, left, SECTION, bold=True), SECTION, bold=True),
        )
        board.text(text, y + 9, left, leading(BODY) + leading(SECTION), names, name="Weather")
        if row.trend is not None:
            told = (para(row.trend_word, NOTE, ink="muted", align="right"),)
            high = leading(NOTE)
            board.text(x + room - trend, y + 11, trend, high, told, name="Trend")
            rise, end = 4.5 * RISES[row.trend], x + room - trend - 4
            start = (end - 14, y + 19.5 - rise)
            board.line(start, (end, y + 19.5 + rise), ink="text", weight=1.5, arrow=True)
        shown = cut(row.line, room, NOTE, most=3)
        high = leading(NOTE) * len(lines(shown, room, NOTE))
        board.text(x, y + 58, room, high, (para(shown, NOTE),), name="Reason")


@dataclass
class Noted(Block):
    """A block with the sentence that belongs below it."""

    block: Block
    note: NoteBlock

    def __post_init__(self) -> None:
        self.title, self.tail, self.grow = self.block.title, self.block.tail, self.block.grow

    def _below(self, room: float) -> float:
        return NOTE_GAP + self.note.height(room)

    def height(self, room: float) -> float:
        return self.block.height(room) + self._below(room)

    def split(self, room: float, high: float, later: float) -> list[Block]:
        below = self._below(room)
        *before, last = self.block.split(room, high - below, later - below)
        return [*before, Noted(last, self.note)]

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        own = self.block.height(room)
        own = max(min(high - self._below(room), own + self.block.grow), own)
        self.block.draw(board, x, y, room, own)
        self.note.draw(board, x, y + own + NOTE_GAP, room, self.note.height(room))
