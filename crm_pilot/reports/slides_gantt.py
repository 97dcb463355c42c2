"""The macro-Gantt on a slide, of shapes that people can move: a presentation has no such chart.

Done is solid, to do outlined, the reference a grey line below; a reference milestone is hollow.
"""

from __future__ import annotations

from dataclasses import replace

from crm_pilot import formats
from crm_pilot.i18n import Translator
from crm_pilot.planning.charts import MacroBar, MacroGantt, MacroPillar
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.reports.context import Words
from crm_pilot.reports.gantt import Days
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_shapes import para
from crm_pilot.reports.slides_style import NOTE, cut, leading, wide

AXIS = 22.0
LEAST, MOST = 14.6, 24.0  # height of a row
LEAST_NAMES, MOST_NAMES = 120.0, 240.0
END = 64.0  # kept free at the right for slips
LINE = leading(NOTE)


def gantt_height(chart: MacroGantt) -> float:
    """Least height."""
    return AXIS + LEAST * _rows(chart) + 2


def gantt_growth(chart: MacroGantt) -> float:
    """How much higher it may be drawn."""
    return (MOST - LEAST) * _rows(chart)


def gantt_pieces(chart: MacroGantt, high: float) -> list[MacroGantt]:
    """The chart as several of at most `high` points: cut between rows, pillars named again."""
    most = max(int((high - AXIS - 2) / LEAST), 3)
    made: list[MacroGantt] = []
    kept: list[MacroPillar] = []
    used = 0
    for pillar in chart.pillars:
        waiting = list(pillar.bars)
        while waiting:
            if used + 2 > most:
                made.append(replace(chart, pillars=tuple(kept)))
                kept, used = [], 0
            count = most - used - 1
            kept.append(replace(pillar, bars=tuple(waiting[:count])))
            used += 1 + len(waiting[:count])
            waiting = waiting[count:]
    return [*made, replace(chart, pillars=tuple(kept))]


def _rows(chart: MacroGantt) -> int:
    return sum(1 + len(pillar.bars) for pillar in chart.pillars)


class GanttDrawing:
    """A macro-Gantt in a frame of a slide."""

    def __init__(self, board: Board, chart: MacroGantt, x: float, y: float, room: float) -> None:
        self.board, self.chart, self.x, self.y, self.room = board, chart, x, y, room
        self.words = Words(Translator(board.language))
        names = [wide(self.words.show(bar.name), NOTE) for one in chart.pillars for bar in one.bars]
        self.names = min(max(LEAST_NAMES, *names, 0.0) + 20, MOST_NAMES)
        self.days = Days(x + self.names, room - self.names - END, chart.start, chart.finish)

    def draw(self, high: float) -> None:
        """Months, rows, and today in front."""
        line = (high - AXIS) / max(_rows(self.chart), 1)
        foot = self.y + high
        self._months(foot)
        at = self.y + AXIS
        for pillar in self.chart.pillars:
            self._pillar(pillar, at, line)
            at += line
            for bar in pillar.bars:
                self._bar(bar, pillar.colour, at, line)
                at += line
        self._today(foot)

    def _text(self, x: float, y: float, room: float, text: str, **how: object) -> None:
        shown = cut(text, room, NOTE, bold=bool(how.get("bold")))
        self.board.text(x, y, room, LINE, (para(shown, NOTE, **how),))  # type: ignore[arg-type]

    def _months(self, foot: float) -> None:
        days, language = self.days, self.words.language
        months = days.months()
        room = days.wide / max(len(months), 1)
        every = max(1, round(36 / room + 0.49))
        for number, day in enumerate(months):
            x = days.at(day)
            self.board.line((x, self.y + 4), (x, foot), weight=0.5)
            if number % every == 0 and not self._under_tag(x):
                year = number == 0 or day.month == 1
                name = formats.month(day, language, year=year and room * every > 64)
                self._text(x + 3, self.y, room * every, name, ink="muted")
        end = self.x + self.room
        self.board.line((self.x, self.y + AXIS), (end, self.y + AXIS), ink="text")

    def _under_tag(self, x: float) -> bool:
        """Whether the name of a month would stand under the tag of today."""
        return -20 < x - self.days.at(self.chart.today) + 24 < 48

    def _pillar(self, pillar: MacroPillar, y: float, line: float) -> None:
        name = self.words.show(pillar.name)
        at = y + (line - LINE) / 2
        self._text(self.x, at, self.names - 10, name, bold=True, ink=pillar.colour)
        left = self.x + self.names
        middle = y + line / 2
        self.board.line((left, middle), (self.x + self.room, middle), ink=pillar.colour)

    def _bar(self, bar: MacroBar, colour: str, y: float, line: float) -> None:
        days, middle = self.days, y + line / 2
        name = self.words.show(bar.name)
        self._text(self.x + 10, middle - LINE / 2, self.names - 18, name)
        if bar.baseline_start and bar.baseline_finish:
            left, right = days.at(bar.baseline_start), days.at(bar.baseline_finish)
            below = middle + 6
            self.board.line((left, below), (right, below), ink="muted", weight=1.6)
        end = self.x + self.names
        if bar.start and bar.finish:
            left, right = days.at(bar.start), days.at(bar.finish)
            long = max(right - left, 2.0)
            self.board.form(left, middle - 4, long, 8, fill="surface", ink=colour, weight=1.0)
            if bar.percent:
                self.board.form(left, middle - 4, long * bar.percent / 100, 8, fill=colour)
            end = right
        for milestone in bar.milestones:
            end = max(end, self._milestone(milestone, colour, middle))
        if bar.slip_days:
            text = formats.days(bar.slip_days, self.words.language, sign=True)
            self._text(end + 6, middle - LINE / 2, END - 8, text, bold=True)

    def _milestone(self, one: MilestoneRow, colour: str, middle: float) -> float:
        """A diamond, and a small hollow one where it was to be. The right edge of both."""
        x = self.days.at(one.forecast)
        if one.baseline and one.baseline != one.forecast:
            at = self.days.at(one.baseline)
            self.board.form(
                at - 4, middle - 4, 8, 8, shape="diamond", fill="surface", ink="muted", weight=0.8
            )
        date = formats.day(one.forecast, self.words.language, year=True)
        self.board.form(
            x - 6,
            middle - 6,
            12,
            12,
            shape="diamond",
            fill=colour if one.done else "surface",
            ink="surface" if one.done else colour,  # seen on a bar of its colour too
            weight=1.4,
            describe=f"{one.title}, {date}",
        )
        return x + 6

    def _today(self, foot: float) -> None:
        chart = self.chart
        if not chart.start <= chart.today <= chart.finish:
            return
        x = self.days.at(chart.today)
        text = formats.day(chart.today, self.words.language)
        room = wide(text, NOTE, bold=True) + 10
        self.board.line((x, self.y + LINE), (x, foot), ink="accent", weight=1.6)
        self.board.form(x - room / 2, self.y, room, LINE, fill="accent")
        shown = (para(text, NOTE, bold=True, ink="surface", align="middle"),)
        self.board.text(x - room / 2, self.y, room, LINE, shown)
