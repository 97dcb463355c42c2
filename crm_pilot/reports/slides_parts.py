"""Parts of a whole on a slide: shape, share and word above; the bar and, hollow below it, the
practitioner's reference are one chart. Solid, dotted, hatched: never colour alone."""

from __future__ import annotations

from crm_pilot.charts import Distribution, Part
from crm_pilot.formats import signed
from crm_pilot.i18n import Translator
from crm_pilot.reports.context import Words
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_chart_spec import ChartSpec, DataSeries, PointLook, ValueAxis
from crm_pilot.reports.slides_chart_xml import chart_book, chart_xml
from crm_pilot.reports.slides_charts import percent_format
from crm_pilot.reports.slides_shapes import para
from crm_pilot.reports.slides_style import KEY, NOTE, cut, leading, lines

_PATTERNS = ("", "pct50", "wdUpDiag")
_SHAPES = {"triangle": "triangle", "circle": "ellipse", "square": "rect"}
_TOP = leading(KEY) + 2 * leading(NOTE) + 6
_BARS = 66.0
_CAPTION = 2
PARTS_HEIGHT = _TOP + _BARS + (_CAPTION + 1) * leading(NOTE) + 4


def draw_parts(
    board: Board, chart: Distribution, x: float, y: float, room: float, describe: str
) -> None:
    """The figures, the bars, the caption."""
    words = Words(Translator(board.language))
    cell = room / max(len(chart.parts), 1)
    for number, part in enumerate(chart.parts):
        _figure(board, part, words, x + number * cell, y, cell - 8)
    spec = _spec(chart, words)
    board.chart(x, y + _TOP, room, _BARS, chart_xml(spec), chart_book(spec), describe)
    text = " ".join(filter(None, (_reference(chart, words), words.show(chart.caption))))
    shown = cut(text, room, NOTE, most=_CAPTION + 1)
    high = leading(NOTE) * len(lines(shown, room, NOTE))
    told = (para(shown, NOTE, ink="muted"),)
    board.text(x, y + _TOP + _BARS + 4, room, high, told, name="Caption")


def _figure(board: Board, part: Part, words: Words, x: float, y: float, room: float) -> None:
    shape = _SHAPES.get(part.shape, "rect")
    board.form(x, y + 8, 13, 13, shape=shape, fill=part.colour)
    share = para(words.percent(part.share), KEY, bold=True)
    board.text(x + 20, y, room - 20, leading(KEY), (share,), name="Share")
    name = para(cut(words.show(part.name), room, NOTE), NOTE)
    told = [name]
    if part.change is not None:
        change = words.ntr(
            "{change} person",
            "{change} people",
            abs(part.change),
            change=signed(part.change, words.language),
        )
        told.append(para(cut(change, room, NOTE), NOTE, ink="muted"))
    board.text(x, y + leading(KEY), room, leading(NOTE) * len(told), told, name="Part")


def _reference(chart: Distribution, words: Words) -> str:
    known = [part.reference for part in chart.parts if part.reference is not None]
    if not known or len(known) != len(chart.parts):
        return ""
    shares = " / ".join(words.number(reference * 100) for reference in known)
    name = words.show(chart.reference_name)
    return words.tr("{shares}: {name}", shares=shares, name=name) + "."


def _spec(chart: Distribution, words: Words) -> ChartSpec:
    """Two stacked bars: what is, and the reference as hollow shapes."""
    known = all(part.reference is not None for part in chart.parts)
    names = [words.show(chart.title), words.show(chart.reference_name)][: 2 if known else 1]
    series = []
    for number, part in enumerate(chart.parts):
        values: tuple[float | None, ...] = (part.share,)
        looks: tuple[PointLook, ...] = ()
        if known:
            values += (part.reference,)
            looks = (PointLook(1, "surface", ink=part.colour),)
        pattern = _PATTERNS[number % len(_PATTERNS)]
        series.append(
            DataSeries(
                words.show(part.name),
                values,
                form="bar",
                fill=part.colour,
                pattern=pattern,
                ink="surface",
                weight=1.5,
                looks=looks,
            )
        )
    return ChartSpec(
        categories=tuple(names),
        series=tuple(series),
        values=ValueAxis(0.0, 1.0, 1.0, shown=False, rules=False),
        plot=(0.0, 0.0, 1.0, 1.0),
        horizontal=True,
        stacked=True,
        gap=40,
        hidden=True,
        label_format=percent_format(words.language),
        heading=words.show(chart.title),
    )
