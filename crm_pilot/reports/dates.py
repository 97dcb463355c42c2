"""The dates-dates diagram on paper (`planning.charts.TrendChart`): flat is kept, on the diagonal
the milestone is reached. Dash, weight and shape say what colour says, so it prints in grey."""

from __future__ import annotations

from crm_pilot.planning.charts import TrendChart, TrendLine
from crm_pilot.planning.trend_layout import Label, Layout, Sizes, layout, natural_height
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import DASH, DOTS, Pen
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.typography import width

SIZES = Sizes(line=10.2, cap=5.9, pad=4.5, mark=4.2, head=13.0, foot=27.0)
LOW, HIGH = 120.0, 300.0


def dates_height(chart: TrendChart, room: float, context: Context) -> float:
    """Height at which the diagram fills its width."""
    high = natural_height(chart, room, SIZES, _measure, context.language)
    return max(min(high, HIGH), LOW)


def _measure(text: str, bold: bool) -> float:
    return width(text, NOTE, bold)


def dates_dates(
    pen: Pen, x: float, y: float, room: float, high: float, chart: TrendChart, context: Context
) -> None:
    """Draw the diagram in a box of `room` × `high` points."""
    at = layout(chart, room, high, SIZES, _measure, context.language, context.show)
    paper = _Paper(pen, x, y, at, context)
    paper.axes(chart)
    for line in chart.lines:
        paper.line(line)
    for label in at.names:
        paper.name(label, chart.lines[label.line])
    for label in at.ends:
        paper.end(label, chart.lines[label.line])


def _ink(line: TrendLine) -> str:
    return "deployment" if line.strong else "text"


class _Paper:
    """A layout and the place it is drawn at."""

    def __init__(self, pen: Pen, x: float, y: float, at: Layout, context: Context) -> None:
        self.pen, self.x, self.y, self.at, self.context = pen, x, y, at, context

    def _spot(self, spot: tuple[float, float]) -> tuple[float, float]:
        return self.x + spot[0], self.y + spot[1]

    def axes(self, chart: TrendChart) -> None:
        """Months at the left, committees below, the diagonal, and today."""
        pen, at = self.pen, self.at
        left, right, foot = self.x + at.left, self.x + at.right, self.y + at.foot
        for month in at.months:
            pen.rule(left, self.y + month.at, right - left)
            self._note(left - SIZES.pad, self.y + month.at + 2.9, month.text, align="right")
        pen.rule(left, foot, right - left, 0.75, "text")
        pen.line(
            *self._spot(at.diagonal[0]),
            *self._spot(at.diagonal[1]),
            ink="text",
            weight=0.8,
            dash=DOTS,
        )
        for report in at.reports:
            pen.line(
                self.x + report.at, foot, self.x + report.at, foot + 3, ink="text", weight=0.75
            )
            ink = "accent" if report.strong else "muted"
            pen.text(
                self.x + report.at,
                foot + 12,
                report.text,
                NOTE,
                ink=ink,
                bold=report.strong,
                align="middle",
            )
        tr = self.context.tr
        below = tr("Date of the committee (no.)") if at.committees else tr("Date of the report")
        self._note(left, foot + 23, below)
        (now, top), low = self._spot(at.today[0]), self._spot(at.today[1])
        pen.line(now, top - 4, *low, ink="accent", weight=1.2)
        today = self.context.day(chart.today)
        pen.haloed(now + 4, top + 1, today, NOTE, bold=True, ink="accent")

    def _note(self, x: float, y: float, text: str, *, align: str = "left") -> None:
        self.pen.text(x, y, text, NOTE, ink="muted", align=align)

    def line(self, line: TrendLine) -> None:
        """The reports of a milestone, dotted on from today to the diagonal."""
        pen, ink = self.pen, _ink(line)
        spots = [self._spot(spot) for spot in self.at.spots(line)]
        mark = self._spot(self.at.mark(line))
        weight = 2.0 if line.strong else 1.1 if line.dashed else 1.5
        pen.polyline(spots, ink=ink, weight=weight, dash=DASH if line.dashed else None)
        if not line.done and mark[0] > spots[-1][0]:
            pen.line(*spots[-1], *mark, ink=ink, weight=1.1, dash=DOTS)
        for spot in spots[:-1] if line.done else spots:
            pen.disc(*spot, 2.1, fill="surface", ink=ink, weight=1.1)
        pen.diamond(*mark, SIZES.mark, ink=ink, filled=line.done)

    def name(self, label: Label, line: TrendLine) -> None:
        """What a line is, at its start."""
        at = self._spot((label.x, label.y))
        self.pen.haloed(*at, label.text, NOTE, bold=True, ink=_ink(line))

    def end(self, label: Label, line: TrendLine) -> None:
        """Date and slip at the end of a line."""
        x, y = self._spot((label.x, label.y))
        if label.leader is not None:
            start, end = (self._spot(spot) for spot in label.leader)
            self.pen.line(*start, *end, ink="muted", weight=0.5)
        if label.tick:
            self.pen.tick(x, y, 6.0)
            x += SIZES.line * 0.85
        self.pen.haloed(x, y, label.text, NOTE, bold=label.bold, ink=_ink(line))
