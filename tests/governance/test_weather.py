"""Weather: the written rules at their thresholds, the trend, and the lead's override."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import queries
from crm_pilot.governance import weather_rules as rules
from crm_pilot.governance.terms import (
    WEATHERS,
    Axis,
    CommitteeKind,
    Trend,
    Weather,
    weather_letter,
)
from crm_pilot.governance.thresholds import SetThreshold, thresholds, weather_thresholds
from crm_pilot.governance.weather_commands import KeepWeather, verdict
from crm_pilot.i18n import Translator
from crm_pilot.planning.rows import MilestoneRow
from crm_pilot.planning.terms import Pillar
from crm_pilot.project import Add, Project, SetField
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


# the lead's verdict and thresholds ---------------------------------------------------------------


def row_of(project: Project, axis: Axis) -> queries.WeatherRow:
    return next(row for row in queries.weather(project.reader, TODAY) if row.axis is axis)


def test_another_weather_than_proposed_needs_a_reason(rollout: Project) -> None:
    with pytest.raises(UserError, match="needs a reason"):
        rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, Weather.WATCH, "  "))
    assert row_of(rollout, Axis.TIME).weather is Weather.ALERT
    rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, Weather.WATCH, " Marge de 8 j "))
    row = row_of(rollout, Axis.TIME)
    assert (row.weather, row.proposed, row.reason) == (Weather.WATCH, Weather.ALERT, "Marge de 8 j")
    assert row.given
    rollout.undo()
    assert row_of(rollout, Axis.TIME).given is False


def test_the_verdict_goes_back_to_the_proposal(rollout: Project) -> None:
    for wanted, reason in ((None, ""), (Weather.ALERT, "")):
        rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, Weather.GOOD, "Vu"))
        rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, wanted, reason))
        row = row_of(rollout, Axis.TIME)
        assert (row.weather, row.reason, row.given) == (Weather.ALERT, "", False)
    rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, Weather.ALERT, "Confirmé"))
    assert row_of(rollout, Axis.TIME).given  # the same weather with words of the lead


def test_a_verdict_belongs_to_the_next_steering_committee(rollout: Project) -> None:
    sooner = {"kind": "project", "number": 7, "held_on": TODAY}
    rollout.execute(Add("committee", sooner))
    found = verdict(rollout.reader, TODAY, Axis.TIME, Weather.GOOD, "Vu")
    following = queries.next_committee(rollout.reader, TODAY)
    assert following is not None
    assert (found.committee_id, following.kind) == (following.id, CommitteeKind.STEERING)


def test_without_a_committee_there_is_no_verdict(project: Project) -> None:
    with pytest.raises(UserError, match="plan the next one first"):
        verdict(project.reader, TODAY, Axis.TIME, Weather.GOOD, "Vu")


def test_the_weather_is_kept_with_its_committee_and_later_ones_compare(rollout: Project) -> None:
    following = queries.next_committee(rollout.reader, TODAY)
    assert following is not None
    rollout.execute(verdict(rollout.reader, TODAY, Axis.TIME, Weather.WATCH, "Marge"))
    shown = {row.axis: row.weather for row in queries.weather(rollout.reader, TODAY)}
    rollout.execute(KeepWeather(following.id, TODAY))
    assert all(row.given for row in queries.weather(rollout.reader, TODAY))
    rollout.execute(SetField("budget_line", 1, "spent_cents", 90_000_000_00))  # later, all differs
    later = following.held_on + dt.timedelta(days=1)
    rows = {row.axis: row for row in queries.weather(rollout.reader, later)}
    assert {axis: row.history[-1] for axis, row in rows.items()} == {
        axis: (following.number, weather) for axis, weather in shown.items()
    }
    assert rows[Axis.BUDGET].weather is Weather.ALERT
    assert rows[Axis.BUDGET].trend is Trend.WORSE
    rollout.undo()
    rollout.undo()
    records = rollout.reader.value(
        "SELECT count(*) FROM weather_record WHERE committee_id = ?", following.id
    )
    assert records == 1  # the verdict, which came before


def test_keeping_twice_changes_nothing(rollout: Project) -> None:
    following = queries.next_committee(rollout.reader, TODAY)
    assert following is not None
    for _ in range(2):
        rollout.execute(KeepWeather(following.id))
    count = "SELECT count(*) FROM weather_record WHERE committee_id = ?"
    assert rollout.reader.value(count, following.id) == 4


def test_trends_compare_with_steering_committees_alone(rollout: Project) -> None:
    before = row_of(rollout, Axis.TIME)
    last = queries.last_committee(rollout.reader, TODAY)
    assert last is not None
    values = {"kind": "users", "number": 9, "held_on": last.held_on}  # told after it
    other = rollout.execute(Add("committee", values))
    values = {"committee_id": other, "axis": "time", "weather": "alert"}
    rollout.execute(Add("weather_record", values))
    assert row_of(rollout, Axis.TIME) == before


THRESHOLDS = [  # rule, name, value, axis, weather that follows
    ("weather.time", "hit", 8, Axis.TIME, Weather.WATCH),  # the go-live is 7 days late
    ("weather.time", "kept", 30, Axis.TIME, Weather.ALERT),  # it is hit all the same
    ("weather.budget", "watch", 5, Axis.BUDGET, Weather.GOOD),  # +4.2 %
    ("weather.budget", "alert", 4, Axis.BUDGET, Weather.ALERT),
    ("weather.scope", "late", 0, Axis.SCOPE, Weather.ALERT),
    ("weather.adoption", "below", 100, Axis.ADOPTION, Weather.WATCH),
]


@pytest.mark.parametrize(("rule", "name", "value", "axis", "expected"), THRESHOLDS)
def test_a_threshold_counts_and_the_rule_tells_it(
    rollout: Project, rule: str, name: str, value: int, axis: Axis, expected: Weather
) -> None:
    before = EN.show(row_of(rollout, axis).rule)
    rollout.execute(SetThreshold(rule, name, value))
    row = row_of(rollout, axis)
    assert row.proposed is expected
    assert EN.show(row.rule) != before
    assert str(value) in EN.show(row.rule)


def test_thresholds_of_the_weather_are_none_of_the_signs(rollout: Project) -> None:
    assert {row.rule for row in weather_thresholds(rollout.reader)} == {
        f"weather.{axis}" for axis in Axis
    }
    assert not any(row.rule.startswith("weather") for row in thresholds(rollout.reader))
    step = SetThreshold("weather.budget", "watch", 5)
    assert EN.show(step.label) == "Change a threshold of the weather: Budget"
    with pytest.raises(UserError, match="out of range"):
        rollout.execute(SetThreshold("weather.budget", "watch", 101))


def test_the_headline_follows_what_counts_as_kept(rollout: Project) -> None:
    said = [EN.show(queries.headline("planning", rollout.reader, TODAY))]
    said.append(EN.show(queries.headline("report", rollout.reader, TODAY)))
    assert any("slips by 7 days" in text for text in said)
    rollout.execute(SetThreshold("weather.time", "kept", 7))
    assert "holds 12" in EN.show(queries.headline("report", rollout.reader, TODAY))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_three_letters_differ(language: str) -> None:
    shown = Translator(language)
    letters = [weather_letter(shown.tr(word)) for word in WEATHERS.values()]
    assert letters == {"en": ["G", "W", "A"], "fr": ["B", "S", "A"]}[language]
