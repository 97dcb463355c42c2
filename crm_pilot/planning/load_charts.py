"""What a chart of the load shows: work by week against what there is time for."""

from __future__ import annotations

from collections.abc import Collection

from crm_pilot.charts import Mark, Series, Step, Text, TimeChart, nice_ticks
from crm_pilot.i18n import msg
from crm_pilot.planning.load import Load, Week

WHY = "planning.load"


def load_chart(
    load: Load, persons: Collection[int] | None = None, title: Text | None = None
) -> TimeChart:
    """Work, time available and overload of some persons (None: of all), in person-days."""
    return chart_of([load.week(monday, persons) for monday in load.weeks], title)


def chart_of(weeks: Collection[Week], title: Text | None = None) -> TimeChart:
    """The same for weeks that are known already."""
    work = tuple((week.monday, week.work) for week in weeks)
    free = tuple((week.monday, week.available) for week in weeks)
    over = tuple((week.monday, week.overload) for week in weeks)
    ticks = nice_ticks(max((max(w.work, w.available) for w in weeks), default=0.0))
    return TimeChart(
        title or msg("Load by week"),
        msg("person-days"),
        (
            Series(msg("To do"), work, "text", Mark.BAR, strong=True, decimals=1),
            Series(msg("Available"), free, "muted", dashed=True, decimals=1),
            Series(msg("Too much"), over, "alert", Mark.HOLLOW_BAR, decimals=1),
        ),
        Step.WEEK,
        ticks[-1],
        ticks,
        why=WHY,
    )
