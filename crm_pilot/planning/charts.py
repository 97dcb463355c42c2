"""What the report and the cockpit draw of the plan: the macro-Gantt and the milestone table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.charts import Text
from crm_pilot.i18n import msg
from crm_pilot.planning.rows import MilestoneRow, PhaseRow, PlanningFigures
from crm_pilot.planning.rules import ONE_DAY
from crm_pilot.planning.terms import PILLARS, Pillar


@dataclass(frozen=True)
class MacroBar:
    """One row of the macro-Gantt: a phase, or the milestones of a pillar that lie in no phase.

    Days are included at both ends; `percent` (0 to 100) is drawn solid, the rest outlined;
    `slip_days` is written at the end of the bar when it is not 0 or unknown.
    """

    name: Text
    start: dt.date | None
    finish: dt.date | None
    baseline_start: dt.date | None
    baseline_finish: dt.date | None
    percent: int
    slip_days: int | None
    milestones: tuple[MilestoneRow, ...]


@dataclass(frozen=True)
class MacroPillar:
    """The rows of one pillar; `colour` is a palette token."""

    pillar: Pillar
    name: Text
    colour: str
    bars: tuple[MacroBar, ...]


@dataclass(frozen=True)
class MacroGantt:
    """Phases by pillar on one axis from `start` to `finish` (whole months), with today."""

    title: Text
    caption: Text
    start: dt.date
    finish: dt.date
    today: dt.date
    pillars: tuple[MacroPillar, ...]


def macro_gantt(
    figures: PlanningFigures, today: dt.date, *, committee: bool = True
) -> MacroGantt | None:
    """The macro-Gantt, or None without a dated phase or milestone.

    With `committee` only milestones marked for the committee are shown.
    """
    shown = tuple(m for m in figures.milestones if m.committee or not committee)
    pillars = tuple(
        MacroPillar(pillar, msg(PILLARS[pillar]), pillar.value, bars)
        for pillar in Pillar
        if (bars := _bars(figures, pillar, shown))
    )
    days = [day for found in pillars for bar in found.bars for day in _days(bar)]
    if not days:
        return None
    caption = (
        msg(
            "grey: reference plan of {day}; solid: done; diamond: milestone",
            day=figures.baseline_set_on,
        )
        if figures.baseline_set_on
        else msg("solid: done; diamond: milestone; no reference plan yet")
    )
    return MacroGantt(
        msg("Plan by phase"),
        caption,
        min(days).replace(day=1),
        _month_end(max(days)),
        today,
        pillars,
    )


def _bars(
    figures: PlanningFigures, pillar: Pillar, shown: tuple[MilestoneRow, ...]
) -> tuple[MacroBar, ...]:
    phases = [p for p in figures.phases if p.pillar is pillar and p.start and p.finish]
    inside = {m.id for phase in figures.phases for m in phase.milestones}
    loose = tuple(m for m in shown if m.pillar is pillar and m.id not in inside)
    bars = [_phase_bar(phase, shown) for phase in phases]
    if loose:
        bars.append(MacroBar(msg("Milestones"), None, None, None, None, 0, None, loose))
    return tuple(bars)


def _phase_bar(phase: PhaseRow, shown: tuple[MilestoneRow, ...]) -> MacroBar:
    return MacroBar(
        phase.title,
        phase.start,
        phase.finish,
        phase.baseline_start,
        phase.baseline_finish,
        phase.percent,
        phase.slip_days,
        tuple(m for m in phase.milestones if m in shown),
    )


def _days(bar: MacroBar) -> list[dt.date]:
    ends = [bar.start, bar.finish, bar.baseline_start, bar.baseline_finish]
    ends += [day for m in bar.milestones for day in (m.forecast, m.baseline)]
    return [day for day in ends if day is not None]


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY


def milestone_table(
    figures: PlanningFigures, *, committee: bool = True
) -> tuple[MilestoneRow, ...]:
    """Milestones for the table baseline / previous / forecast, by forecast. With `committee`
    those marked for it; when none is marked, all."""
    marked = tuple(m for m in figures.milestones if m.committee)
    return marked if committee and marked else figures.milestones
