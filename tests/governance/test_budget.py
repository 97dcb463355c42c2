"""The budget over time: estimates kept, earned value month by month, workload and shares."""

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import budget, budget_charts, budget_shares, budget_value
from crm_pilot.governance.budget_commands import (
    Reestimate,
    ReestimatePeriod,
    SetBudgetLine,
    SetBudgetPlan,
)
from crm_pilot.governance.terms import BudgetKind, Effort, Trend
from crm_pilot.project import Add, Project

JAN, FEB, MAR = dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31)
TODAY = dt.date(2026, 4, 15)
DEMO_DAY = dt.date(2026, 11, 21)
TABLES = ("budget_line", "budget_estimate", "budget_plan")


def line(project: Project, name: str = "Licences", **values: object) -> int:
    base = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 4, 10)}
    return int(project.execute(Add("budget_line", {"name": name, **base, **values})))


def told(project: Project) -> list[tuple[object, ...]]:
    return project.reader.select(
        "SELECT line_id, as_of, spent_cents, remaining_cents, done_percent, reason"
        " FROM budget_estimate ORDER BY as_of, line_id"
    )


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


# edits -------------------------------------------------------------------------------------------


def test_a_later_estimate_leaves_the_earlier_one(project: Project) -> None:
    key = line(project, baseline_cents=1000)
    project.execute(Reestimate(key, JAN, 100, 900, reason="as planned"))
    project.execute(Reestimate(key, FEB, 300, 800, 250, 750, 25, "gateway"))
    assert [row[1:4] for row in told(project)] == [
        ("2026-01-31", 100, 900),
        ("2026-02-28", 300, 800),
    ]
    row = budget.budget(project.reader).lines[0]
    assert (row.spent_cents, row.revised_cents, row.gap_cents) == (300, 1100, 100)
    assert (row.revised_days, row.done_percent, row.reason) == (1000, 25, "gateway")


def test_an_estimate_of_the_past_does_not_move_the_line(project: Project) -> None:
    key = line(project)
    project.execute(Reestimate(key, FEB, 300, 800))
    project.execute(Reestimate(key, JAN, 100, 900))
    assert budget.budget(project.reader).lines[0].spent_cents == 300
    assert [row[1] for row in told(project)] == ["2026-01-31", "2026-02-28"]


def test_the_same_day_again_corrects_it(project: Project) -> None:
    key = line(project)
    project.execute(Reestimate(key, FEB, 300, 800, reason="gateway"))
    project.execute(Reestimate(key, FEB, 310, 700))
    assert [row[2:4] for row in told(project)] == [(310, 700)]


def test_a_cell_of_the_register_writes_the_estimate_of_the_day(project: Project) -> None:
    key = line(project, baseline_cents=1000)
    project.execute(SetBudgetLine(key, {"spent_cents": 400}, FEB))
    project.execute(SetBudgetLine(key, {"remaining_cents": 500}, FEB))
    assert [row[2:4] for row in told(project)] == [(400, 500)]
    project.execute(SetBudgetLine(key, {"baseline_cents": 900, "name": "Seats"}, MAR))
    assert len(told(project)) == 1  # a baseline is no estimate
    before = content(project)
    project.undo()
    project.redo()
    assert content(project) == before


@pytest.mark.parametrize(
    "values", [{"remaining_cents": -1}, {"spent_days": -100}, {"done_percent": 101}]
)
def test_what_cannot_be_is_refused_whole(project: Project, values: dict[str, int]) -> None:
    key = line(project)
    before = content(project)
    with pytest.raises(UserError, match="Nothing was changed"):
        project.execute(SetBudgetLine(key, values, FEB))
    with pytest.raises(UserError, match="Nothing was changed"):
        amounts = {"spent_cents": 0, "remaining_cents": 0} | values
        project.execute(Reestimate(key, FEB, **amounts))  # type: ignore[arg-type]
    assert content(project) == before


def test_a_period_is_one_step(project: Project) -> None:
    keys = [line(project, name) for name in ("Licences", "Training")]
    before = content(project)
    project.execute(ReestimatePeriod(tuple(Reestimate(key, FEB, 10, 20) for key in keys)))
    assert len(told(project)) == 2
    project.undo()
    assert content(project) == before


def test_a_plan_by_month_replaces_the_one_before(project: Project) -> None:
    key = line(project, baseline_cents=50)
    project.execute(SetBudgetPlan(key, ((202601, 10), (202602, 40))))
    project.execute(SetBudgetPlan(key, ((202602, 30), (202603, 20))))
    assert budget.plans(project.reader) == {key: {202602: 30, 202603: 20}}
    found = budget_value.value(project.reader, TODAY)
    assert found.off_plan == ()
    project.execute(SetBudgetPlan(key, ((202602, 30),)))
    assert budget_value.value(project.reader, TODAY).off_plan == ("Licences",)
    project.execute(SetBudgetPlan(key, ()))
    assert budget.plans(project.reader) == {}


# value over time ---------------------------------------------------------------------------------


def test_values_month_by_month(project: Project) -> None:
    """Two lines of 1,000 and 500 over the 100 days from 1 January to 10 April, by hand."""
    one = line(project, baseline_cents=1000)
    two = line(project, "Training", baseline_cents=500)
    project.execute(Reestimate(one, dt.date(2026, 1, 10), 90, 910))
    project.execute(Reestimate(one, JAN, 400, 600))
    project.execute(Reestimate(two, JAN, 100, 400))
    project.execute(Reestimate(one, FEB, 700, 700, done_percent=60))
    found = budget_value.value(project.reader, FEB)
    assert [point.day for point in found.points] == [JAN, FEB]
    first, now = (point.value for point in found.points)
    assert first.planned == pytest.approx(1500 * 31 / 100)
    assert first.earned == pytest.approx(1000 * 0.4 + 500 * 0.2)
    assert (first.actual, first.remaining) == (500, 1000)
    assert now.planned == pytest.approx(1500 * 59 / 100)
    assert now.earned == pytest.approx(1000 * 0.6 + 500 * 0.2)  # the second stands as in January
    assert (now.actual, now.estimate, now.budget) == (800, 1900, 1500)
    assert now.cost_index == pytest.approx(700 / 800)
    assert found.curve[0] == (dt.date(2025, 12, 31), 0)
    assert found.curve[-1] == (dt.date(2026, 4, 10), pytest.approx(1500))
    assert [day for day, _ in found.curve[1:-1]] == [JAN, FEB, MAR]


def test_estimates_of_days_to_come_do_not_count_yet(project: Project) -> None:
    key = line(project, baseline_cents=1000)
    project.execute(Reestimate(key, JAN, 100, 900))
    project.execute(Reestimate(key, MAR, 500, 500))
    found = budget_value.value(project.reader, dt.date(2026, 2, 10))
    assert found.points[0].day == JAN
    assert found.points[0].value.actual == 100


def test_a_line_changed_without_an_estimate_stands_today(project: Project) -> None:
    key = line(project, baseline_cents=1000)
    project.execute(Reestimate(key, JAN, 100, 900))
    project.reader.select("SELECT 1")
    from crm_pilot.project import SetField

    project.execute(SetField("budget_line", key, "spent_cents", 250))
    found = budget_value.value(project.reader, TODAY)
    assert [point.day for point in found.points] == [JAN, TODAY]
    assert found.points[-1].value.actual == 250


def test_without_dates_the_plan_is_not_known(project: Project) -> None:
    line(project, baseline_cents=1000)
    two = line(project, "Training", baseline_cents=500, starts_on=None)
    project.execute(Reestimate(two, JAN, 100, 400))
    found = budget_value.value(project.reader, FEB)
    assert found.unplanned == ("Training",)
    assert found.curve == ()
    assert found.now is not None
    assert found.now.value.planned is None
    assert found.now.value.schedule_index is None
    # the first line should have begun and nobody said how far it is
    assert found.unestimated == ("Licences",)
    assert found.now.value.earned is None
    assert found.now.value.cost_index is None


def test_a_line_that_has_not_begun_has_earned_nothing(project: Project) -> None:
    one = line(project, baseline_cents=1000)
    line(project, "Later", baseline_cents=500, starts_on=MAR, ends_on=TODAY)
    project.execute(Reestimate(one, JAN, 400, 600))
    found = budget_value.value(project.reader, FEB)
    assert found.unestimated == ()
    assert found.points[-1].value.earned == pytest.approx(400)


def test_an_empty_budget_has_no_value(project: Project) -> None:
    found = budget_value.value(project.reader, TODAY)
    assert (found.points, found.now, found.curve, found.months) == ((), None, (), ())
    assert budget_charts.s_curve(found) is None
    assert budget_charts.index_chart(found, "cost_index") is None
    assert budget_charts.internal_chart(found) is None


# shares ------------------------------------------------------------------------------------------


def test_shares_beside_rules_of_thumb(project: Project) -> None:
    line(project, kind="internal", spent_days=200, remaining_days=300, remaining_cents=100)
    line(project, kind="integrator", spent_days=800, remaining_days=700, remaining_cents=250)
    line(project, kind="training", remaining_cents=500)
    line(project, kind="other", remaining_cents=10_000)
    line(project, kind="licences", effort="people", remaining_cents=150)
    lines = budget.budget(project.reader).lines
    work = budget.workload(project.reader)
    assert [row.kind for row in work] == [BudgetKind.INTERNAL, BudgetKind.INTEGRATOR]
    shares = budget_shares.internal_shares(work)
    assert (shares.spent, shares.revised, shares.baseline) == (0.2, 0.25, None)
    effort = {one.effort: one.share for one in budget_shares.effort_shares(lines)}
    assert effort == {Effort.TECHNOLOGY: 0.25, Effort.PROCESS: 0.1, Effort.PEOPLE: 0.65}
    assert budget_shares.maintenance_share(lines) is None
    line(project, kind="maintenance", remaining_cents=11_000)
    assert budget_shares.maintenance_share(budget.budget(project.reader).lines) == 0.5


def test_no_amount_is_no_share(project: Project) -> None:
    line(project)
    assert budget_shares.effort_shares(budget.budget(project.reader).lines) == ()
    assert budget_shares.internal_shares(budget.workload(project.reader)).revised is None


# demonstration -----------------------------------------------------------------------------------


def test_the_demonstration_as_on_the_page(demo_files: dict[str, Path]) -> None:
    """€k: PV 359, AC 351, EV 337; CPI 0.96 stable, SPI 0.94 falling, EAC 469; by plain SQL too."""
    with Project.open(demo_files["fr"], read_only=True) as opened:
        reader = opened.reader
        found = budget_value.value(reader, DEMO_DAY)
        now = found.now
        assert now is not None
        value = now.value
        amounts = (value.planned, value.actual, value.earned, value.estimate, value.budget)
        assert [round((one or 0) / 100_000) for one in amounts] == [359, 351, 337, 469, 450]
        cost, speed = (budget_charts.index(found, k) for k in ("cost_index", "schedule_index"))
        assert (round(cost.value or 0, 2), cost.trend) == (0.96, Trend.STABLE)
        assert (round(speed.value or 0, 2), speed.trend) == (0.94, Trend.WORSE)
        assert round((value.estimate_by_index or 0) / 100_000) == 469
        assert len(found.points) == 8
        assert round((found.months[-1].share or 0) * 100) == 19
        assert round((found.months[0].share or 0) * 100) == 32
        earned = reader.value(
            "SELECT sum(baseline_cents * coalesce(done_percent / 100.0,"
            " spent_cents * 1.0 / (spent_cents + remaining_cents))) FROM budget_line"
        )
        assert value.earned == pytest.approx(earned)
        planned = reader.value(
            "SELECT sum(CASE WHEN month < 202611 THEN planned_cents"
            " WHEN month = 202611 THEN planned_cents * 21 / 30.0 ELSE 0 END) FROM budget_plan"
        )
        assert value.planned == pytest.approx(planned)
        assert (found.unplanned, found.unestimated, found.off_plan) == ((), (), ())
        last = reader.select(
            "SELECT count(*) FROM budget_line l JOIN budget_estimate e ON e.line_id = l.id"
            " AND e.as_of = '2026-11-21' AND e.spent_cents = l.spent_cents"
            " AND e.remaining_cents = l.remaining_cents AND e.spent_days = l.spent_days"
            " AND e.done_percent IS l.done_percent"
        )
        assert last[0][0] == 6


def test_the_s_curve_of_the_demonstration(demo_files: dict[str, Path]) -> None:
    with Project.open(demo_files["en"], read_only=True) as opened:
        found = budget_value.value(opened.reader, DEMO_DAY)
        chart = budget_charts.s_curve(found)
        assert chart is not None
        assert chart.forecast[0] == (DEMO_DAY, found.points[-1].value.actual)
        assert chart.forecast[-1] == (dt.date(2027, 3, 31), pytest.approx(46_900_000))
        assert chart.planned[-1] == (dt.date(2027, 3, 31), 45_000_000)
        assert dict(chart.planned)[DEMO_DAY] == found.points[-1].value.planned
        rising = [cents for _, cents in chart.actual + chart.forecast[1:]]
        assert rising == sorted(rising)
        plain = chart.time_chart()
        assert [len(one.points) for one in plain.series] == [13, 9, 9, 5]
