"""The rows behind the drawings of the room, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.adoption.checkpoints import DepartmentCheckpoints, WaveCheckpoints
from crm_pilot.adoption.features import FeatureMatrix
from crm_pilot.adoption.grid import DayKind, MonthGrid
from crm_pilot.adoption.trends import DepartmentCurve, Movers
from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import Message, msg


def grid_data(grid: MonthGrid, *, by_user: bool) -> DataTable:
    """A row a department or user, a column a working day, then the weekly figure."""
    days = [n for n, day in enumerate(grid.days) if day.kind is DayKind.WORKING]
    first = msg("User") if by_user else msg("Department")
    headings = (
        Heading(first),
        Heading(msg("Accounts"), "number"),
        Heading(msg("Days a week"), "number", 1),
        Heading(msg("Expected, from"), "number", 1),
        Heading(msg("to"), "number", 1),
        *(Heading(Message("{day}", {"day": grid.days[n].day}), "percent") for n in days),
    )
    rows = tuple(
        (
            *(_named(row.name), row.accounts, row.per_week, row.low, row.high),
            *(row.cells[n] for n in days),
        )
        for row in grid.rows
    )
    title = msg("Month by user") if by_user else msg("Month by department")
    return DataTable(headings, rows, title)


def _named(name: str) -> str | Message:
    return name or msg("No department")


def movers_data(movers: Movers) -> DataTable:
    """Departments that moved, with both weeks."""
    headings = (
        Heading(msg("Department")),
        Heading(msg("Before"), "number", 1),
        Heading(msg("Now"), "number", 1),
        Heading(msg("Change"), "signed", 1),
    )
    moved = (*movers.up, *reversed(movers.down))
    rows = tuple((one.department, one.before, one.now, one.change) for one in moved)
    return DataTable(headings, rows, msg("Movers, days a week"))


def multiples_data(curves: Sequence[DepartmentCurve]) -> DataTable:
    """A row a week, a column a department."""
    weeks = sorted({week for one in curves for week, _ in one.points})
    known = [dict(one.points) for one in curves]
    headings = (
        Heading(msg("Week of"), "week"),
        *(Heading(one.department, "number", 1) for one in curves),
    )
    rows = tuple((week, *(points.get(week) for points in known)) for week in weeks)
    return DataTable(headings, rows, msg("Days a week by department"))


def matrix_data(matrix: FeatureMatrix) -> DataTable:
    """A row a feature: its users in whole, then a column a department."""
    headings = (
        Heading(msg("Feature")),
        Heading(msg("Users"), "number"),
        Heading(msg("Meant for"), "number"),
        Heading(msg("Share"), "percent"),
        *(Heading(_named(one.name), "percent") for one in matrix.departments),
    )
    rows = tuple(
        (row.name, row.users, row.targets, row.share, *(cell.share for cell in row.cells))
        for row in matrix.rows
    )
    return DataTable(headings, rows, msg("Features by department"))


def checkpoints_data(waves: Sequence[WaveCheckpoints]) -> DataTable:
    """A row a wave and department: share and goal at 30 and at 60 days."""
    headings = [Heading(msg("Wave")), Heading(msg("Department"))]
    for days in (30, 60):
        headings += [
            Heading(msg("D+{n} on", n=days), "day"),
            Heading(msg("Active at D+{n}", n=days), "percent"),
            Heading(msg("Goal at D+{n}", n=days), "percent"),
        ]
    rows = []
    for wave in waves:
        rows.append((wave.wave, msg("All"), *_points(wave)))
        rows += [(wave.wave, one.department, *_points(one)) for one in wave.departments]
    return DataTable(tuple(headings), tuple(rows), msg("Checkpoints at 30 and 60 days"))


def _points(row: WaveCheckpoints | DepartmentCheckpoints) -> list[object]:
    found: list[object] = []
    for point in row.points:
        found += [point.due_on, point.share, point.goal]
    return found
