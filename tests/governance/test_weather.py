"""Weather: the written rules at their thresholds, the trend, and the lead's override."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crm_pilot.governance import queries
from crm_pilot.governance import weather_rules as rules
from crm_pilot.governance.terms import Axis, Trend, Weather
from crm_pilot.i18n import Translator
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.planning.terms import Pillar
from crm_pilot.project import Add, Project
from tests.governance.rollout import TODAY

EN = Translator("en")
GO_LIVE = MilestoneRow(
    1,
    "Go-live",
    Pillar.DEPLOYMENT,
    "Wave 1",
    dt.date(2027, 1, 5),
    dt.date(2027, 1, 5),
    dt.date(2027, 1, 5),
    False,
    True,
    0,
    0,
    "",
)


def late(days: int, **changes: object) -> MilestoneRow:
    """The go-live, `days` late."""
    day = dt.date(2027, 1, 5) + dt.timedelta(days=days)
    return replace(GO_LIVE, forecast=day, slip_days=days, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slip", "expected"),
    [
        (0, Weather.GOOD),
        (2, Weather.GOOD),
        (3, Weather.WATCH),
        (6, Weather.WATCH),
        (7, Weather.ALERT),
        (60, Weather.ALERT),
        (-10, Weather.GOOD),
    ],
)
def test_time_follows_the_slip_of_the_next_go_live(slip: int, expected: Weather) -> None:
    found = rules.time_weather((late(slip),), frozenset({1}), TODAY)
    assert found.weather == expected


def test_a_late_key_milestone_with_a_safe_go_live_is_to_watch() -> None:
    other = late(-20, id=2, title="Data", wave="")
    other = replace(other, slip_days=14)
    found = rules.time_weather((other, GO_LIVE), frozenset({1}), TODAY)
    assert found.weather == Weather.WATCH
    assert "1 key milestone late" in EN.show(found.line)


def test_an_overdue_go_live_is_an_alert_and_a_reached_one_counts_no_more() -> None:
    past = replace(GO_LIVE, forecast=dt.date(2026, 11, 1), baseline=None, slip_days=None)
    assert rules.time_weather((past,), frozenset({1}), TODAY).weather == Weather.ALERT
    done = late(30, done=True)
    assert rules.time_weather((done,), frozenset({1}), TODAY).weather == Weather.GOOD


@pytest.mark.parametrize(
    ("revised", "expected"),
    [
        (100, Weather.GOOD),
        (102, Weather.GOOD),
        (103, Weather.WATCH),
        (110, Weather.WATCH),
        (111, Weather.ALERT),
        (90, Weather.GOOD),
    ],
)
def test_budget_follows_the_drift(revised: int, expected: Weather) -> None:
    assert rules.budget_weather(100_00_000, revised * 100_000).weather == expected


def test_the_budget_line_carries_the_drift_with_its_sign() -> None:
    more = rules.budget_weather(450 * 100_000, 469 * 100_000)
    assert EN.show(more.line) == "Revised at €469k for €450k, that is +4.2%"
    less = rules.budget_weather(450 * 100_000, 441 * 100_000)
    assert "−2.0%" in EN.show(less.line)
    assert rules.budget_weather(0, 5).weather == Weather.WATCH


@pytest.mark.parametrize(
    ("withdrawn", "late_ones", "expected"),
    [
        (0, 0, Weather.GOOD),
        (1, 0, Weather.WATCH),
        (0, 2, Weather.WATCH),
        (2, 0, Weather.WATCH),
        (3, 0, Weather.ALERT),
        (0, 5, Weather.ALERT),
    ],
)
def test_scope_follows_features_withdrawn_or_late(
    withdrawn: int, late_ones: int, expected: Weather
) -> None:
    assert rules.scope_weather(20, 10, withdrawn, late_ones).weather == expected


@pytest.mark.parametrize(
    ("share", "below", "expected"),
    [
        (0.75, 0, Weather.GOOD),
        (0.74, 0, Weather.WATCH),
        (0.59, 0, Weather.ALERT),
        (0.8, 1, Weather.WATCH),
        (0.8, 2, Weather.ALERT),
        (None, 0, Weather.WATCH),
    ],
)
def test_adoption_follows_active_share_and_departments(
    share: float | None, below: int, expected: Weather
) -> None:
    found = rules.adoption_weather(
        accounts=50, share=share, previous=0.7, target=0.75, departments=4, below=below
    )
    assert found.weather == expected


@pytest.mark.parametrize("accounts", [0, 50])
def test_adoption_that_is_not_measured_is_never_good(accounts: int) -> None:
    found = rules.adoption_weather(
        accounts=accounts, share=None, previous=None, target=0.75, departments=0, below=0
    )
    assert found.weather == Weather.WATCH
    assert found.line.english().startswith("Not measured yet")


def test_the_trend_compares_weather_first_and_figures_at_equal_weather() -> None:
    assert rules.trend_of(Weather.ALERT, Weather.WATCH, -1) == Trend.WORSE
    assert rules.trend_of(Weather.GOOD, Weather.WATCH, 1) == Trend.BETTER
    assert rules.trend_of(Weather.WATCH, Weather.WATCH, 0) == Trend.STABLE
    assert rules.trend_of(Weather.WATCH, Weather.WATCH, 1) == Trend.WORSE
    assert rules.trend_of(Weather.WATCH, None, 1) is None


def test_the_rollout_has_the_weather_its_trouble_deserves(rollout: Project) -> None:
    found = {row.axis: row for row in queries.weather(rollout.reader, TODAY)}
    assert found[Axis.TIME].weather == Weather.ALERT
    assert found[Axis.TIME].trend == Trend.WORSE
    assert found[Axis.BUDGET].weather == Weather.WATCH
    assert found[Axis.BUDGET].trend == Trend.STABLE
    assert found[Axis.SCOPE].weather == Weather.WATCH
    assert found[Axis.ADOPTION].weather == Weather.ALERT
    assert found[Axis.TIME].history[-1] == (6, Weather.WATCH)
    assert len(found[Axis.TIME].history) == 6


def test_a_record_of_the_next_committee_overrides_with_its_reason(rollout: Project) -> None:
    following = queries.next_committee(rollout.reader, TODAY)
    assert following is not None
    values = {"committee_id": following.id, "axis": "time", "weather": "watch", "reason": "Marge"}
    rollout.execute(Add("weather_record", values))
    row = next(r for r in queries.weather(rollout.reader, TODAY) if r.axis == Axis.TIME)
    assert row.weather == Weather.WATCH
    assert row.proposed == Weather.ALERT
    assert row.reason == "Marge"
    assert row.trend == Trend.WORSE  # watch as before, but the go-live moved
    assert row.history[-1] == (6, Weather.WATCH)


def test_an_empty_project_is_to_watch_where_nothing_is_measured(project: Project) -> None:
    found = {row.axis: row for row in queries.weather(project.reader, TODAY)}
    assert found[Axis.BUDGET].weather == Weather.WATCH
    assert found[Axis.ADOPTION].weather == Weather.WATCH
    assert all(row.trend is None and not row.history for row in found.values())
