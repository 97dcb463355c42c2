"""Charts of a document as blocks of a slide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm_pilot.charts import BarList, Distribution, Mark, TimeChart
from crm_pilot.i18n import Message, Translator
from crm_pilot.planning.charts import MacroGantt, TrendChart
from crm_pilot.records import dataclass
from crm_pilot.reports.chart_tables import chart_cells
from crm_pilot.reports.content import ChartPart, ContentColumn, TablePart
from crm_pilot.reports.context import Words
from crm_pilot.reports.slides_blocks import Block
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_chart_spec import ChartSpec
from crm_pilot.reports.slides_chart_xml import chart_book, chart_xml
from crm_pilot.reports.slides_charts import TimeSpec, bar_height, bar_spec
from crm_pilot.reports.slides_gantt import GanttDrawing, gantt_growth, gantt_height, gantt_pieces
from crm_pilot.reports.slides_parts import PARTS_HEIGHT, draw_parts
from crm_pilot.reports.slides_shapes import para
from crm_pilot.reports.slides_style import NOTE, leading, wide
from crm_pilot.reports.slides_trend import trend_spec

KEY_LINE = leading(NOTE) + 6


@dataclass
class ChartBlock(Block):
    """A chart under its head."""

    part: ChartPart
    language: str

    def __post_init__(self) -> None:
        self.title, self.tail = self.part.title, self.part.tail
        self.chart = self.part.chart
        self.grow = self._growth()

    def _growth(self) -> float:
        if isinstance(self.chart, MacroGantt):
            return gantt_growth(self.chart)
        if isinstance(self.chart, BarList):
            return len(self.chart.bars) * 6.0
        if isinstance(self.chart, Distribution):
            return 0.0
        return 190.0

    def _body(self) -> float:
        if isinstance(self.chart, MacroGantt):
            return gantt_height(self.chart)
        if isinstance(self.chart, BarList):
            return bar_height(self.chart, self.language)
        if isinstance(self.chart, Distribution):
            return PARTS_HEIGHT
        return 240.0 if isinstance(self.chart, TrendChart) else 170.0 + self._keys

    @property
    def _keys(self) -> float:
        return KEY_LINE if isinstance(self.chart, TimeChart) and _bars(self.chart) else 0.0

    def height(self, room: float) -> float:
        return self.headed(room) + self._body()

    def split(self, room: float, high: float, later: float) -> list[Block]:
        if not isinstance(self.chart, MacroGantt):
            return [self]
        pieces = gantt_pieces(self.chart, min(high, later) - self.headed(room))
        return [
            ChartBlock(ChartPart(self.title, self.tail, piece), self.language) for piece in pieces
        ]

    def draw(self, board: Board, x: float, y: float, room: float, high: float) -> None:
        body = self.head(board, x, y, room)
        left = high - (body - y)
        if isinstance(self.chart, MacroGantt):
            GanttDrawing(board, self.chart, x, body, room).draw(left)
        elif isinstance(self.chart, Distribution):
            draw_parts(board, self.chart, x, body, room, self._describe())
        else:
            if isinstance(self.chart, TimeChart) and self._keys:
                _draw_keys(board, self.chart, x, body)
                body, left = body + self._keys, left - self._keys
            spec = _spec(self.chart, self.language, room, left)
            board.chart(x, body, room, left, chart_xml(spec), chart_book(spec), self._describe())

    def _describe(self) -> str:
        return f"{self.title}, {self.tail}" if self.tail else self.title


def _bars(chart: TimeChart) -> bool:
    return any(one.mark is not Mark.LINE for one in chart.series)


def _spec(chart: Any, language: str, room: float, high: float) -> ChartSpec:
    if isinstance(chart, TimeChart):
        return TimeSpec(chart, language, room, high).spec()
    if isinstance(chart, BarList):
        return bar_spec(chart, language, room, high)
    return trend_spec(chart, language, room, high)


def _draw_keys(board: Board, chart: TimeChart, x: float, y: float) -> None:
    """What the bars are: a small bar, filled or hollow, before each name."""
    words = Words(Translator(board.language))
    for one in chart.series:
        if one.mark is Mark.LINE:
            continue
        hollow = one.mark is Mark.HOLLOW_BAR
        board.form(
            x,
            y + 3,
            10,
            10,
            fill="surface" if hollow else one.colour,
            ink=one.colour,
            weight=1.25,
        )
        name = words.show(one.name)
        room = wide(name, NOTE) + 4
        board.text(x + 15, y, room, leading(NOTE), (para(name, NOTE),), name="Key")
        x += room + 32


def drawable(chart: Any) -> Any:
    """The chart that a slide shows for a chart of a room; None where there is none."""
    if isinstance(chart, (TimeChart, BarList, Distribution, MacroGantt, TrendChart)):
        return chart
    simpler: Callable[[], Any] | None = getattr(chart, "time_chart", None)
    return simpler() if simpler is not None else None


def as_table(part: ChartPart, language: str) -> TablePart | None:
    """A chart that presentations have no kind for, as the table behind it."""
    titles, rows = chart_cells(part.chart, Translator(language))
    if not rows:
        return None
    columns = tuple(
        ContentColumn(title, "left" if isinstance(row.value, (str, Message)) else "right")
        for title, row in zip(titles, rows[0], strict=True)
    )
    return TablePart(part.title, part.tail, columns, tuple(tuple(row) for row in rows))
