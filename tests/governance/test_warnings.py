"""Warnings: each rule fires on its data and is silent just under its threshold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from crm_pilot.adoption.queries import AdoptionFigures, DepartmentUse
from crm_pilot.governance import readiness, warnings
from crm_pilot.governance.terms import Weather
from crm_pilot.i18n import Translator
from crm_pilot.maintenance.queries import FlowWeek
from crm_pilot.planning.announcements import AnnounceForecast
from crm_pilot.planning.queries import waves
from crm_pilot.planning.rows import WaveRow
from crm_pilot.planning.terms import SlipReason
from crm_pilot.project import Add, Project, SetField
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.training.queries import CoverageRow
from tests.governance.rollout import TODAY

EN = Translator("en")
D = dt.date.fromisoformat
SCREENS = {"planning", "stakeholders", "training", "adoption", "maintenance", "committee", "people"}


def rules_of(project: Project, today: dt.date = TODAY) -> dict[str, warnings.Warning]:
    """The warnings that hold, by rule."""
    return {found.rule: found for found in warnings.warnings(project.reader, today)}


def test_the_rollout_reveals_its_trouble_gravest_first(rollout: Project) -> None:
    found = warnings.warnings(rollout.reader, TODAY)
    assert {w.rule for w in found} == {
        "wave_opposed",
        "below_profile",
        "works_council",
        "untrained",
        "no_golden_triangle",
        "stock_rising",
        "overdue_decisions",
    }
    graves = [w.weather for w in found]
    assert graves == sorted(graves, key=[Weather.ALERT, Weather.WATCH].index)
    for warning in found:
        for text in (warning.title, warning.data, warning.action, warning.source):
            for language in ("en", "fr"):
                assert Translator(language).show(text).strip()
        assert warning.screen in {
            "planning",
            "stakeholders",
            "training",
            "adoption",
            "maintenance",
            "committee",
        }


def test_a_wave_that_opens_with_opponents_names_its_departments(rollout: Project) -> None:
    warning = rules_of(rollout)["wave_opposed"]
    data = EN.show(warning.data)
    assert "Itinérants Sud (12)" in data
    assert "Itinérants Est (10)" in data
    assert "Direction" not in data  # three people: never named
    assert "15\xa0Dec" in EN.show(warning.action)


def test_a_wave_that_is_already_open_is_not_warned_about(rollout: Project) -> None:
    assert "wave_opposed" not in rules_of(rollout, D("2027-02-01"))


def test_no_person_is_named_by_any_warning(rollout: Project) -> None:
    names = {row[0] for row in rollout.reader.select("SELECT last_name FROM person")}
    for warning in warnings.warnings(rollout.reader, TODAY):
        text = " ".join(EN.show(t) for t in (warning.title, warning.data, warning.action))
        assert not [name for name in names if name in text]


COVERAGE = (
    CoverageRow(1, "Sud", "Wave 3", 6, 10, 0.6),
    CoverageRow(2, "Est", "Wave 3", 7, 10, 0.7),
)


@pytest.mark.parametrize(
    ("left", "trained", "fires"), [(42, 13, True), (43, 13, False), (42, 14, False), (-1, 0, False)]
)
def test_coverage_is_low_six_weeks_before_the_wave(left: int, trained: int, fires: bool) -> None:
    wave = WaveRow(1, "Wave 3", TODAY + dt.timedelta(days=left), None, ("Sud", "Est"))
    rows = (replace(COVERAGE[0], trained=trained - 7), COVERAGE[1])
    assert bool(list(readiness.coverage_low([wave], rows, TODAY))) is fires


def postponed(project: Project, *days: str) -> warnings.Warning | None:
    """The warning D4 after the next go-live was announced for these days, one a committee."""
    live = project.reader.value("SELECT milestone_id FROM wave WHERE name = 'Vague 3'")
    for number, expected in enumerate(days):
        reported = TODAY - dt.timedelta(days=len(days) - 1 - number)
        project.execute(
            AnnounceForecast(live, D(expected), reported, code=SlipReason.MISSING_FUNCTION)
        )
    return rules_of(project).get("postponed")


def test_a_go_live_ever_postponed_is_an_alert_with_its_data_and_reasons(rollout: Project) -> None:
    assert postponed(rollout) is None  # twice, by 4 days over the 51 since 1 October
    assert postponed(rollout, "2027-02-12") is None  # 35 days of 51: 0.69
    found = postponed(rollout, "2027-02-28")
    assert found is not None
    assert found.weather == Weather.ALERT
    said = EN.show(found.data)
    assert said.startswith("Put off 3 times, +54 d in all, now 28\xa0Feb")
    assert "slope 1.0 over three reports" in said
    assert said.endswith("reasons: Missing function, no reason given")


def flow(*stocks: int) -> list[FlowWeek]:
    """Weeks with the given stocks."""
    return [FlowWeek(TODAY, 5, 4, stock) for stock in stocks]


def test_stock_must_rise_three_weeks_running() -> None:
    assert list(warnings.stock_rising(flow(1, 2, 3, 4)))
    assert not list(warnings.stock_rising(flow(2, 2, 3, 4)))
    assert not list(warnings.stock_rising(flow(1, 2, 4, 3)))
    assert not list(warnings.stock_rising(flow(2, 3, 4)))


def use(*departments: DepartmentUse, by_actions: bool = True) -> AdoptionFigures:
    """Figures with only what the rules read."""
    return AdoptionFigures(
        50, 30, 0.6, 0.6, 0.75, 28, by_actions, TODAY, (), TODAY, (), departments, TODAY, 0, (), ()
    )


LOW = DepartmentUse(1, "North", "Wave 1", 10, 2.4, 3.0, 5.0, True, 0.5)


def test_use_below_profile_names_departments_of_five_accounts_or_more() -> None:
    (found,) = warnings.below_profile(use(LOW))
    assert EN.show(found.data) == "North 2.4 d; 3 to 5 d a week expected"
    assert found.weather == Weather.ALERT
    others = [replace(LOW, department_id=n, below=False) for n in (2, 3)]
    (mild,) = warnings.below_profile(use(LOW, *others))
    assert mild.weather == Weather.WATCH
    assert not list(warnings.below_profile(use(replace(LOW, accounts=4))))


def test_login_data_grow_old_after_two_weeks() -> None:
    assert not list(warnings.stale_data(use(), TODAY + dt.timedelta(days=14)))
    assert list(warnings.stale_data(use(), TODAY + dt.timedelta(days=15)))


def council(project: Project, today: dt.date = TODAY) -> list[str]:
    """What the rule of the works council says."""
    found = warnings.works_council(project.reader, waves(project.reader), today)
    return [EN.show(w.data) for w in found]


def test_the_works_council_milestone_must_be_dated_and_before_the_first_go_live(
    rollout: Project,
) -> None:
    assert "No milestone for it" in council(rollout)[0]
    values = {"kind": "milestone", "title": "CSE : information-consultation"}
    key = rollout.execute(Add("task", values))
    assert council(rollout) == ["“CSE : information-consultation”; per-user figures stay locked"]
    day = D("2026-09-01")
    rollout.execute(SetField("task", key, "start", None))
    rollout.execute(Add("task", {**values, "start": day, "finish": day, "percent": 100}))
    assert "information-consultation" in council(rollout)[0]  # one of two is still open
    rollout.execute(SetField("task", key, "percent", 100))
    assert not council(rollout)  # both are reached
    rollout.execute(SetField("project", 1, "country", "BE"))
    assert not council(rollout)


def test_positions_and_training_are_joined(rollout: Project) -> None:
    from crm_pilot.training import queries as training

    units = stakeholders.figures(rollout.reader, TODAY).units
    shares = readiness.trained_by_trio(units, training.figures(rollout.reader, TODAY).departments)
    # opponents: Est 2/10, Sud 1/12, Direction 1/3 → (2 + 1 + 1) / 25
    assert shares["opponent"] == pytest.approx(4 / 25)


# casting ---------------------------------------------------------------------------------------


def cast(project: Project, **who: str) -> None:
    """Roles by kind, each played by the person of that name; nobody for an empty name."""
    people = {
        name: project.execute(Add("person", {"last_name": name})) for name in {*who.values()} - {""}
    }
    for kind, name in who.items():
        values = {"name": kind, "kind": kind, "person_id": people.get(name)}
        project.execute(Add("role", values))


def test_one_person_in_two_leading_parts_is_a_warning_without_a_name(project: Project) -> None:
    cast(project, sponsor="Faure", lead="Faure", integrator="Morel", champion="Morel")
    warning = rules_of(project)["casting_mixed"]
    said = EN.show(warning.data)
    assert "Sponsor and Project lead" in said and "Faure" not in said
    assert warning.screen == "people"
    project.undo()  # the last one added: the champion
    project.execute(SetField("role", 2, "person_id", None))
    assert "casting_mixed" not in rules_of(project)
    project.undo()
    assert "casting_mixed" in rules_of(project)


def test_three_persons_in_three_parts_are_no_warning(project: Project) -> None:
    cast(project, sponsor="A", lead="B", integrator="C", administrator="B")
    assert "casting_mixed" not in rules_of(project)


def test_a_leading_part_that_nobody_plays_is_said_once_the_project_runs(project: Project) -> None:
    cast(project, sponsor="", lead="B", integrator="")
    assert "casting_vacant" not in rules_of(project)  # no first day
    project.execute(SetField("project", 1, "starts_on", TODAY + dt.timedelta(days=1)))
    assert "casting_vacant" not in rules_of(project)
    project.execute(SetField("project", 1, "starts_on", TODAY))
    said = EN.show(rules_of(project)["casting_vacant"].data)
    assert said == "Nobody named: Sponsor, Integrator"


def test_the_works_council_is_known_by_its_mark_not_by_its_title(project: Project) -> None:
    live = project.execute(
        Add("task", {"title": "Live", "kind": "milestone", "start": TODAY, "finish": TODAY})
    )
    project.execute(Add("wave", {"name": "W1", "milestone_id": live}))
    day = TODAY + dt.timedelta(days=5)
    values = {"title": "CSE", "kind": "milestone", "start": day, "finish": day}
    titled = project.execute(Add("task", values))
    assert "after the first go-live" in EN.show(rules_of(project)["works_council"].data)
    reached = values | {"title": "Staff", "mark": "works_council", "percent": 100}
    project.execute(Add("task", reached))
    assert "works_council" not in rules_of(project)  # the title no longer counts
    project.execute(SetField("task", titled, "mark", "works_council"))
    assert "works_council" in rules_of(project)
