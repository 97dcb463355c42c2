"""Risks in time, decisions and problems: dates that follow the status, trend, matrix, undo."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import decisions as life
from crm_pilot.governance import problems, risks, rows
from crm_pilot.governance.decisions import SetDecisionStatus
from crm_pilot.governance.problems import AddProblem, SetProblemStatus
from crm_pilot.governance.registers import AddCommittee, AddDecision, AddRisk
from crm_pilot.governance.risks import RateRisk, SetRiskStatus, score_trend
from crm_pilot.governance.terms import (
    CommitteeKind,
    DecisionStatus,
    ProblemStatus,
    RiskResponse,
    RiskStatus,
    Trend,
)
from crm_pilot.project import Project, SetField

D = dt.date.fromisoformat
NOTED, LAST, TODAY = D("2026-09-24"), D("2026-10-22"), D("2026-11-20")


def risk(project: Project, code: str = "R-01") -> risks.RiskTableRow:
    return next(row for row in risks.risk_table(project.reader, TODAY) if row.code == code)


def rated(project: Project) -> list[tuple[object, ...]]:
    return project.reader.select(
        "SELECT rated_on, probability, impact FROM risk_rating ORDER BY rated_on"
    )


def test_the_first_rating_is_that_of_the_day_it_was_noted(project: Project) -> None:
    values = {"probability": 3, "impact": 4, "response_kind": RiskResponse.AVOID}
    project.execute(AddRisk("Data", values, NOTED))
    assert rated(project) == [("2026-09-24", 3, 4)]
    row = risk(project)
    assert (row.noted_on, row.score, row.response_kind) == (NOTED, 12, RiskResponse.AVOID)
    project.undo()
    assert rated(project) == []


def test_the_trend_is_against_the_last_steering_committee(project: Project) -> None:
    project.execute(AddCommittee(LAST))
    project.execute(AddCommittee(D("2026-11-17"), kind=CommitteeKind.PROJECT))
    key = project.execute(AddRisk("Data", {"probability": 2, "impact": 3}, NOTED))
    assert (risk(project).before, risk(project).trend) == (6, Trend.STABLE)
    project.execute(RateRisk(key, 3, 4, D("2026-11-13")))
    row = risk(project)
    assert (row.score, row.before, row.trend) == (12, 6, Trend.WORSE)
    project.execute(RateRisk(key, 1, 4, D("2026-11-18")))
    assert risk(project).trend is Trend.BETTER
    assert [(one.rated_on, one.score) for one in risk(project).history] == [
        (NOTED, 6),
        (D("2026-11-13"), 12),
        (D("2026-11-18"), 4),
    ]
    project.execute(AddRisk("New", {"probability": 4, "impact": 4}, D("2026-11-19")))
    assert (risk(project, "R-02").before, risk(project, "R-02").trend) == (None, None)


def test_a_day_is_rated_once_and_an_earlier_day_does_not_move_the_risk(project: Project) -> None:
    key = project.execute(AddRisk("Data", {"probability": 2, "impact": 2}, LAST))
    project.execute(RateRisk(key, 3, 3, TODAY))
    project.execute(RateRisk(key, 4, 3, TODAY))
    assert rated(project) == [("2026-10-22", 2, 2), ("2026-11-20", 4, 3)]
    project.execute(RateRisk(key, 1, 1, NOTED))
    assert rated(project)[0] == ("2026-09-24", 1, 1)
    assert (risk(project).probability, risk(project).impact) == (4, 3)
    project.undo()
    project.undo()
    assert (risk(project).probability, risk(project).impact) == (3, 3)


def test_what_a_risk_was_before_its_first_rating_is_kept(project: Project) -> None:
    key = project.execute(AddRisk("Data", {"probability": 2, "impact": 4}))
    project.execute(SetField("risk", key, "noted_on", NOTED))
    project.execute(RateRisk(key, 3, 4, TODAY))
    assert rated(project) == [("2026-09-24", 2, 4), ("2026-11-20", 3, 4)]


def test_the_matrix_holds_open_risks_alone_and_each_once(project: Project) -> None:
    for likely, grave in ((3, 4), (1, 1), (3, 4), (2, 3)):
        project.execute(AddRisk("Risk", {"probability": likely, "impact": grave}, NOTED))
    project.execute(SetRiskStatus(4, RiskStatus.CLOSED, TODAY))
    found = risks.matrix(risks.risk_table(project.reader, TODAY))
    assert found.at(3, 4) == ("R-01", "R-03")
    assert found.at(1, 1) == ("R-02",)
    assert found.at(2, 3) == found.at(4, 3) == ()
    counted = project.reader.select(
        "SELECT probability, impact, count(*) FROM risk WHERE status = 'open'"
        " GROUP BY probability, impact"
    )
    assert {(p, i): n for p, i, n in counted} == {k: len(v) for k, v in found.cells.items()}


def test_closing_dates_a_risk_and_takes_it_out_of_trend_and_late(project: Project) -> None:
    project.execute(AddCommittee(LAST))
    key = project.execute(AddRisk("Data", {"due_on": D("2026-11-19")}, NOTED))
    assert risk(project).late
    project.execute(SetRiskStatus(key, RiskStatus.CLOSED, TODAY))
    row = risk(project)
    assert (row.closed_on, row.trend, row.late, row.open) == (TODAY, None, False, False)
    project.execute(SetRiskStatus(key, RiskStatus.OPEN, TODAY))
    assert (risk(project).closed_on, risk(project).late) == (None, True)


@pytest.mark.parametrize(
    ("now", "before", "trend"),
    [(9, 6, Trend.WORSE), (6, 9, Trend.BETTER), (6, 6, Trend.STABLE), (6, None, None)],
)
def test_trend_of_a_score(now: int, before: int | None, trend: Trend | None) -> None:
    assert score_trend(now, before) is trend


# decisions ---------------------------------------------------------------------------------


def decision(project: Project) -> rows.DecisionRow:
    (row,) = rows.decisions(project.reader)
    return row


def test_the_dates_of_a_decision_follow_its_status(project: Project) -> None:
    key = project.execute(AddDecision("Freeze", "A. Roux", LAST))
    assert (decision(project).decided_on, decision(project).closed_on) == (None, None)
    steps = [
        (DecisionStatus.VALIDATED, NOTED, NOTED, None),
        (DecisionStatus.IN_PROGRESS, LAST, NOTED, None),  # still decided on the first day
        (DecisionStatus.CLOSED, TODAY, NOTED, TODAY),
        (DecisionStatus.IN_PROGRESS, TODAY, NOTED, None),
        (DecisionStatus.PROPOSED, TODAY, None, None),
    ]
    for status, on, decided, closed in steps:
        project.execute(SetDecisionStatus(key, status, on))
        row = decision(project)
        assert (row.status, row.decided_on, row.closed_on) == (status, decided, closed)
    project.undo()
    assert decision(project).decided_on == NOTED


def test_follow_up_holds_what_was_taken_elsewhere_and_is_not_done(project: Project) -> None:
    first, second = (project.execute(AddCommittee(day)) for day in (LAST, TODAY))
    for number, status in enumerate(DecisionStatus):
        due = TODAY - dt.timedelta(days=number)
        key = project.execute(AddDecision(str(status), "A. Roux", due, first))
        project.execute(SetDecisionStatus(key, status, LAST))
    here = project.execute(AddDecision("here", "A. Roux", TODAY, second))
    project.execute(SetDecisionStatus(here, DecisionStatus.VALIDATED, TODAY))
    found = life.follow_up(project.reader, second)
    assert [row.wording for row in found] == ["in_progress", "validated"]  # by date
    taken = life.taken_at(rows.decisions(project.reader), first)
    assert [row.code for row in taken] == ["D-002", "D-003", "D-004"]
    late = [row.wording for row in taken if life.is_late(row, TODAY)]
    assert late == ["validated", "in_progress"]


# problems ----------------------------------------------------------------------------------


def test_a_problem_has_code_owner_of_its_risk_and_dates_of_its_status(project: Project) -> None:
    source = project.execute(AddRisk("Data", {"owner": "N. Faure"}))
    project.execute(AddProblem("Rejected", LAST, due_on=NOTED, severity=4, risk_id=source))
    project.execute(AddProblem("Slow", LAST, "K. Diallo"))
    first, second = problems.problems(project.reader, TODAY)
    assert (first.code, first.owner, first.risk, first.late, first.severity) == (
        "P-01",
        "N. Faure",
        "R-01",
        True,
        4,
    )
    assert (second.code, second.owner, second.risk, second.late) == (
        "P-02",
        "K. Diallo",
        None,
        False,
    )
    project.execute(SetProblemStatus(first.id, ProblemStatus.CLOSED, TODAY))
    last = problems.problems(project.reader, TODAY)[-1]
    assert (last.code, last.closed_on, last.late, last.open) == ("P-01", TODAY, False, False)
    project.undo()
    assert problems.problems(project.reader, TODAY)[0] == first
    with pytest.raises(UserError, match="needs a title"):
        project.execute(AddProblem(" ", LAST))
