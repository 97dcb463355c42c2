"""Where everything of the printed Gantt stands: bands of lines, columns of days, pages.

A page shows one band (some lines, below each other) in one column (some days, side by side).
Pure: the same source, options and words give the same layout. Lengths are points.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.planning.calendars import DayOff, FreeDays
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_axis import Axis, axis_for, cuts
from crm_pilot.reports.gantt_pages_legend import legend_rows
from crm_pilot.reports.gantt_pages_lines import Form, Line, lines_of
from crm_pilot.reports.gantt_pages_options import Options, Orientation
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.reports.gantt_pages_table import Table, table_for
from crm_pilot.reports.sheets_frame import FOOT, HEAD_RULE
from crm_pilot.reports.styles import KEY, MARGIN, NOTE, TITLE
from crm_pilot.reports.typography import balanced, wrap

AXIS = 25.0
CRUMB = 12.0  # the phase a page goes on with
PAD = 8.0  # beside the days: for arrows, and diamonds on the first and last day
SECTION_LINE, LEGEND_LINE = 19.0, 12.0
LEAST_TEXT = 7.0

SHORT_BAR = 4.2  # a short task is about so wide where pages are as many as readable
LEAST_MONTH, MOST_WEEK = 17.0, 20.0
SPARE = 0.35  # of a page: not worth one more
ONE_PAGE = 1.6  # pages wide are drawn together on one
MOST_DAY = 30.0
WEEKENDS_FROM = 2.2  # points a day
LEAST_FREE = 3.4  # points; shorter closures are not drawn where days are narrow
AHEAD = 14  # days: so near, today is on the axis too
ROOM_FOR_LABELS = 0.04  # of the days, after the last one
FEW, MANY = 3, 6  # bands: up to few one is saved where it can be; of many lines stand closer


@dataclass(frozen=True)
class Density:
    """How close lines stand: height of one, size of its text, lines a title may take."""

    high: float
    text: float
    most: int


DENSITIES = (  # the first that fits the pages asked for
    Density(19.0, NOTE, 2),
    Density(17.0, NOTE, 2),
    Density(15.0, NOTE, 2),
    Density(13.6, NOTE, 2),
    Density(12.4, NOTE, 2),
    Density(12.4, NOTE, 1),
    Density(11.2, LEAST_TEXT, 1),
    Density(10.2, LEAST_TEXT, 1),
)
MOST_HIGH = DENSITIES[0].high
USUAL, CLOSER, CLOSE = DENSITIES[3], DENSITIES[4:6], Density(10.4, LEAST_TEXT, 2)


@dataclass(frozen=True)
class Placed:
    """A line on its band: its top and height, and its title as broken into lines."""

    line: Line
    y: float
    high: float
    title: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where its bar lies."""
        return self.y + self.high / 2


@dataclass(frozen=True)
class Band:
    """Lines that stand on one page below each other, numbered from `first` on."""

    number: int
    first: int
    axis_top: float
    crumb: str  # what is above the first line, where its phase began on an earlier band
    lines: tuple[Placed, ...]


@dataclass(frozen=True)
class Page:
    """A page that is printed; band and column are counted from 0."""

    number: int
    band: int
    column: int


@dataclass(frozen=True)
class Layout:
    """All of it. `wanted_tall`: what was asked for where it was not enough."""

    options: Options
    lines: tuple[Line, ...]
    table: Table
    density: Density
    axis: Axis
    day_wide: float
    columns: tuple[tuple[int, int], ...]
    bands: tuple[Band, ...]
    pages: tuple[Page, ...]
    sentence: tuple[str, ...]
    sentence_size: float
    legend_lines: int
    wanted_tall: int | None = None

    @property
    def chart(self) -> tuple[float, float]:
        """Left and right edge of the days."""
        return _chart(self.options, self.table)

    def at(self, moment: float, column: int) -> float:
        """Where a moment stands on the pages of a column."""
        return self.chart[0] + (moment - self.columns[column][0]) * self.day_wide

    def shows(self, moment: float, column: int) -> bool:
        """Whether a moment belongs to a column; the last one has its right edge too."""
        first, after = self.columns[column]
        return first <= moment < after or (moment == after and column == len(self.columns) - 1)

    def shows_free(self, free: FreeDays) -> bool:
        """Whether days off are drawn: all where days are wide enough, else only long closures."""
        days = (free.last - free.first).days + 1
        closed = free.kind is not DayOff.WEEKEND and days * self.day_wide >= LEAST_FREE
        return self.day_wide >= WEEKENDS_FROM or closed

    def page_of(self, band: int, column: int) -> Page | None:
        """The printed page of a place in the grid."""
        return next((p for p in self.pages if (p.band, p.column) == (band, column)), None)


def lay_out(source: Source, options: Options, words: Wording) -> Layout:
    """The layout of a print. Raises `UserError` where there is nothing to print."""
    options.check()
    lines = lines_of(source, options, words)
    if not lines:
        raise UserError(N_("No line of the plan passes these filters: there is nothing to print."))
    first, after = _span(lines, source, options)
    table = table_for(lines, options, words, years=after - first > 366)
    sentence, size = _sentence(source, options, words)
    legend = legend_rows(lines, source, options, words)
    tops = _axis_top(sentence, size, legend), _axis_top((), size, legend)
    density, bands = _banded(lines, options, table, tops, words)
    columns, day_wide = _columns(lines, first, after, options, table)
    return Layout(
        options=options,
        lines=tuple(lines),
        table=table,
        density=density,
        axis=axis_for(day_wide, words.language),
        day_wide=day_wide,
        columns=tuple(columns),
        bands=tuple(bands),
        pages=tuple(_pages(bands, columns, options)),
        sentence=sentence,
        sentence_size=size,
        legend_lines=legend,
        wanted_tall=options.tall if options.tall and len(bands) > options.tall else None,
    )


def _chart(options: Options, table: Table) -> tuple[float, float]:
    return table.right + 8 + PAD, options.size[0] - MARGIN - PAD


def _sentence(source: Source, options: Options, words: Wording) -> tuple[tuple[str, ...], float]:
    """The sentence over the first pages, smaller where two large lines would take much paper."""
    text = words.own(source.sentence(words.language))
    if not text:
        return (), TITLE
    room = options.size[0] - 2 * MARGIN
    lines = balanced(text[:1].upper() + text[1:], room, TITLE)
    if len(lines) > 1 and options.orientation is Orientation.LANDSCAPE:
        return tuple(balanced(text[:1].upper() + text[1:], room, KEY)), KEY
    return tuple(lines), TITLE


def _axis_top(sentence: Sequence[str], size: float, legend: int) -> float:
    y = HEAD_RULE
    if sentence:
        y += 7 + len(sentence) * size * 1.25
    return y + SECTION_LINE + legend * LEGEND_LINE + 6


# days ----------------------------------------------------------------------------------------


def _span(lines: Sequence[Line], source: Source, options: Options) -> tuple[int, int]:
    """First day and the day after the last one; today too where it is near."""
    today = source.today.toordinal()
    starts = [line.start for line in lines if line.start is not None]
    ends = [line.finish for line in lines if line.finish is not None]
    if options.baseline:
        starts += [line.base_start for line in lines if line.base_start is not None]
        ends += [line.base_finish for line in lines if line.base_finish is not None]
    first = int(min(starts, default=today))
    after = -int(-max(ends, default=today + 28) // 1)
    if first - AHEAD <= today < first:
        first = today
    if after <= today < after + AHEAD:
        after = today + 1
    if options.first is not None:
        first = options.first.toordinal()
    if options.last is not None:
        after = options.last.toordinal() + 1
    else:
        after += max(1, round((after - first) * ROOM_FOR_LABELS))
    return first, max(after, first + 1)


def _columns(
    lines: Sequence[Line], first: int, after: int, options: Options, table: Table
) -> tuple[list[tuple[int, int]], float]:
    """The days of each column, and the width of a day."""
    left, right = _chart(options, table)
    room = right - left
    wide = options.wide
    if wide is None:
        pages = (after - first) * _readable(lines) / room
        wide = 1 if pages <= ONE_PAGE else math.ceil(pages - SPARE)
    columns = cuts(first, after, wide)
    longest = max(end - start for start, end in columns)
    return columns, min(room / longest, MOST_DAY)


def _readable(lines: Sequence[Line]) -> float:
    """Width of a day at which even short tasks are seen, and months can be told apart."""
    spans = sorted(
        line.finish - line.start
        for line in lines
        if line.form is Form.TASK and line.start is not None and line.finish is not None
    )
    short = spans[len(spans) // 4] if spans else 28.0
    return min(max(SHORT_BAR / max(short, 0.1), LEAST_MONTH / 30.4), MOST_WEEK / 7)


# lines ---------------------------------------------------------------------------------------


def _banded(
    lines: Sequence[Line],
    options: Options,
    table: Table,
    tops: tuple[float, float],
    words: Wording,
) -> tuple[Density, list[Band]]:
    """The roomiest density that keeps to the pages asked for; else the closest. Lines on one page
    grow to fill it."""
    bottom = options.size[1] - FOOT - 8

    def made(density: Density) -> list[Band]:
        return _bands(lines, density, table, tops, bottom, words)

    density, bands = _chosen(len(lines), bottom, options, made)
    if len(bands) > 1:
        return density, bands
    last = bands[0].lines[-1]
    spare = (bottom - last.y - last.high - 0.5) / len(lines)
    density = replace(density, high=max(density.high, min(density.high + spare, MOST_HIGH)))
    return density, made(density)


def _chosen(
    count: int, bottom: float, options: Options, made: Callable[[Density], list[Band]]
) -> tuple[Density, list[Band]]:
    def may_fit(density: Density, pages: int) -> bool:  # saves breaking titles in vain
        return count * density.high <= pages * bottom

    if options.tall is not None:
        for density in DENSITIES:
            if may_fit(density, options.tall) and len(bands := made(density)) <= options.tall:
                return density, bands
        return DENSITIES[-1], made(DENSITIES[-1])
    for density in DENSITIES[:3]:
        if may_fit(density, 1) and len(bands := made(density)) == 1:
            return density, bands
    if not may_fit(USUAL, MANY):
        return CLOSE, made(CLOSE)
    bands = made(USUAL)
    if len(bands) <= FEW:
        for density in CLOSER:
            closer = made(density)
            if len(closer) < len(bands):
                return density, closer
    return (USUAL, bands) if len(bands) <= MANY else (CLOSE, made(CLOSE))


def _bands(
    lines: Sequence[Line],
    density: Density,
    table: Table,
    tops: tuple[float, float],
    bottom: float,
    words: Wording,
) -> list[Band]:
    titles = [_title(line, density, table) for line in lines]
    heights = [density.high + (len(title) - 1) * density.text * 1.12 for title in titles]
    needs = _needs(lines, heights)
    above = _above(lines)
    made: list[Band] = []
    place = 0
    while place < len(lines):
        axis_top = tops[0] if not made else tops[1]
        crumb = " › ".join(lines[key].title for key in above[place]) if made else ""
        y = axis_top + AXIS + (CRUMB if crumb else 0.0)
        placed: list[Placed] = []
        begun = place
        while place < len(lines):
            if placed and y + needs[place] > bottom:
                break
            if placed and y + heights[place] > bottom:
                break
            placed.append(Placed(lines[place], y, heights[place], titles[place]))
            y += heights[place]
            place += 1
        made.append(Band(len(made), begun + 1, axis_top, _continued(crumb, words), tuple(placed)))
    return made


def _continued(crumb: str, words: Wording) -> str:
    return words.tr("{phase} (continued)", phase=crumb) if crumb else ""


def _needs(lines: Sequence[Line], heights: Sequence[float]) -> list[float]:
    """Height of a line together with what must stand on the same page: under a heading its first
    line, so that no heading is left alone at the end of a page."""
    needs = list(heights)
    for place in range(len(lines) - 2, -1, -1):
        if lines[place].heads and lines[place + 1].depth > lines[place].depth:
            needs[place] += needs[place + 1]
    return needs


def _above(lines: Sequence[Line]) -> list[tuple[int, ...]]:
    """Of each line, the places of the headings it stands under."""
    made: list[tuple[int, ...]] = []
    open_: list[int] = []
    for place, line in enumerate(lines):
        while open_ and lines[open_[-1]].depth >= line.depth:
            open_.pop()
        made.append(tuple(open_))
        if line.heads:
            open_.append(place)
    return made


def _title(line: Line, density: Density, table: Table) -> tuple[str, ...]:
    room = table.title_room(line)
    return tuple(wrap(line.title, room, density.text, bold=line.heads, most=density.most))


# pages ---------------------------------------------------------------------------------------


def _pages(
    bands: Sequence[Band], columns: Sequence[tuple[int, int]], options: Options
) -> list[Page]:
    """Pages across, then down. Without empty ones each band keeps at least its first page."""
    made: list[Page] = []
    for band in bands:
        full = [
            column
            for column, (first, after) in enumerate(columns)
            if not options.skip_empty or _falls(band, first, after, options.baseline)
        ]
        for column in full or [0]:
            made.append(Page(len(made) + 1, band.number, column))
    return made


def _falls(band: Band, first: int, after: int, baseline: bool) -> bool:
    """Whether any bar or milestone of a band lies in these days."""
    for placed in band.lines:
        line = placed.line
        if line.form is Form.PILLAR:
            continue
        if touches(line.start, line.finish, first, after):
            return True
        if baseline and touches(line.base_start, line.base_finish, first, after):
            return True
    return False


def touches(start: float | None, finish: float | None, first: int, after: int) -> bool:
    """Whether what lasts from `start` to `finish` lies in these days, a moment included."""
    if start is None or finish is None:
        return False
    return start < after and (finish > first or start >= first)


def day_of(ordinal: int) -> dt.date:
    """The day with this number."""
    return dt.date.fromordinal(ordinal)
