"""Edits of the committee's registers: codes, numbers, refusals, undo."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import registers, rows
from crm_pilot.governance.registers import (
    AddBudgetLine,
    AddCommittee,
    AddDecision,
    AddHighlight,
    AddRisk,
)
from crm_pilot.project import Command, Project, Remove

DAY = dt.date(2026, 11, 26)
TABLES = ("decision", "risk", "highlight", "committee", "budget_line")


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


@pytest.mark.parametrize(
    "command",
    [
        AddDecision("Freeze the scope", "A. Roux, sponsor", DAY),
        AddRisk("Data not clean", {"probability": 3, "impact": 4}),
        AddHighlight(DAY, "Wave 2 is open"),
        AddCommittee(DAY),
        AddBudgetLine("Training", {"baseline_cents": 4_000_000}),
    ],
    ids=lambda command: type(command).__name__,
)
def test_one_step_back_and_forth(project: Project, command: Command) -> None:
    before = content(project)
    project.execute(command)
    after = content(project)
    assert after != before
    project.undo()
    assert content(project) == before
    project.redo()
    assert content(project) == after


def test_codes_and_numbers_go_on_from_the_highest(project: Project) -> None:
    for _ in range(3):
        project.execute(AddDecision("Decide", "A. Roux", DAY))
        project.execute(AddRisk("Risk"))
        project.execute(AddCommittee(DAY))
        project.execute(AddBudgetLine("Line"))
    project.execute(Remove("decision", (2,)))
    project.execute(AddDecision("Decide", "A. Roux", DAY))
    codes = {row.code for row in rows.decisions(project.reader)}
    assert codes == {"D-001", "D-003", "D-004"}
    assert [row.code for row in rows.risks(project.reader)] == ["R-01", "R-02", "R-03"]
    assert [row.number for row in rows.committees(project.reader)] == [1, 2, 3]
    positions = project.reader.select("SELECT position FROM budget_line ORDER BY id")
    assert positions == [(0,), (1,), (2,)]


@pytest.mark.parametrize(("owner", "due"), [("", DAY), ("  ", DAY), ("A. Roux", None)])
def test_no_decision_without_owner_and_date(
    project: Project, owner: str, due: dt.date | None
) -> None:
    with pytest.raises(UserError, match="needs an owner and a date"):
        project.execute(AddDecision("Decide", owner, due))
    assert rows.decisions(project.reader) == ()


def test_every_highlight_is_read_whatever_its_date(project: Project) -> None:
    project.execute(AddCommittee(DAY))
    project.execute(AddHighlight(dt.date(2026, 1, 1), "Old"))
    project.execute(AddHighlight(dt.date(2026, 12, 1), "New"))
    assert [row.lead for row in registers.every_highlight(project.reader)] == ["New", "Old"]
