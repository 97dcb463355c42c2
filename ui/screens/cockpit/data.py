"""The rows behind the painted lists of the cockpit, as tables, and what explains them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.governance.terms import AXES, TRENDS, WEATHERS
from crm_pilot.i18n import Message, msg

if TYPE_CHECKING:
    from crm_pilot.governance.rows import ChangeRow, Warning, WeatherRow
    from crm_pilot.planning.queries import MilestoneRow

MILESTONE_WHYS = ("planning.next_milestones", "planning.moved_days", "planning.tasks_late")
WARNING_WHYS = ("committee.warnings", "committee.warning.*")

PAST = 3  # committees of which the weather is listed


def weather_data(rows: Sequence[WeatherRow]) -> DataTable:
    """Axes, their weather at the last committees and now, and the figures."""
    numbers = sorted({number for row in rows for number, _ in row.history})[-PAST:]
    headings = (
        Heading(msg("Axis")),
        *(Heading(msg("C{n}", n=number)) for number in numbers),
        Heading(msg("today")),
        Heading(msg("trend")),
        Heading(msg("Data")),
    )
    made = []
    for row in rows:
        past = {number: Message(WEATHERS[weather]) for number, weather in row.history}
        made.append(
            (
                Message(AXES[row.axis]),
                *(past.get(number) for number in numbers),
                Message(WEATHERS[row.weather]),
                None if row.trend is None else Message(TRENDS[row.trend]),
                row.line,
            )
        )
    return DataTable(headings, tuple(made), msg("Weather"))


def milestone_data(rows: Sequence[MilestoneRow]) -> DataTable:
    """Milestones with reference, previous date, forecast and slip in days."""
    headings = (
        Heading(msg("Milestone")),
        Heading(msg("Reference"), "day"),
        Heading(msg("Previous"), "day"),
        Heading(msg("Forecast"), "day"),
        Heading(msg("Slip, days"), "signed"),
    )
    made = ((r.title, r.baseline, r.previous, r.forecast, r.slip_days) for r in rows)
    return DataTable(headings, tuple(made), msg("Next milestones"))


def change_data(rows: Sequence[ChangeRow]) -> DataTable:
    """Figures at the last committee and now."""
    headings = (Heading(msg("Figure")), Heading(msg("Before")), Heading(msg("Now")))
    made = tuple((row.label, row.before, row.after) for row in rows)
    return DataTable(headings, made, msg("Since the last committee"))


def warning_data(rows: Sequence[Warning]) -> DataTable:
    """Warnings with their data and what one can do."""
    headings = (
        Heading(msg("Warning")),
        Heading(msg("Data")),
        Heading(msg("Suggested action")),
        Heading(msg("Weather")),
    )
    made = tuple((r.title, r.data, r.action, Message(WEATHERS[r.weather])) for r in rows)
    return DataTable(headings, made, msg("Warnings"))
