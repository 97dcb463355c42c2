"""The checks of the order of entry: each trips on its own planted case, none on a sound project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from crm_pilot.errors import UserError
from crm_pilot.figures import why
from crm_pilot.governance import entry, snoozing
from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.governance.entry_words import EXACTLY
from crm_pilot.governance.influence import actions
from crm_pilot.governance.influence_commands import PlanInfluence
from crm_pilot.governance.lateral import SaveLateral, laterals
from crm_pilot.governance.snoozing import Snooze, WakeUp
from crm_pilot.governance.warnings import warnings
from crm_pilot.i18n import Translator
from crm_pilot.planning.commands import SetPercent
from crm_pilot.project import Add, Project, SetField
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.entry import stage
from crm_pilot.stakeholders.queries import units
from crm_pilot.stakeholders.terms import LateralStatus, UnitKind

TODAY = dt.date(2026, 11, 20)
D = dt.date.fromisoformat
EN = Translator("en")
CELLS = {  # unit -> department, people, (synergy, antagonism)
    "Team Lyon": ("Lyon", 20, (3, 2)),
    "Team Lille": ("Lille", 20, (4, 2)),
    "Zealots": ("Lyon", 12, (4, 1)),
    "Crowd": ("Lille", 30, (2, 1)),
    "Rivals": ("Lyon", 15, (2, 3)),
}


@pytest.fixture
def sound(project: Project) -> Project:
    """Two departments of a wave to come, each with its golden triangle; allies act first."""
    project.execute(SetField("project", 1, "status_date", TODAY))
    opening = {"title": "Go", "kind": "milestone", "start": D("2027-03-01")}
    milestone = project.execute(Add("task", {**opening, "finish": D("2027-03-01")}))
    wave = project.execute(Add("wave", {"name": "Wave 1", "milestone_id": milestone}))
    towns = {
        town: project.execute(Add("department", {"name": town, "wave_id": wave}))
        for town in ("Lyon", "Lille")
    }
    for name, (town, people, cell) in CELLS.items():
        key = project.execute(
            AddStakeholder(UnitKind.GROUP, name, headcount=people, department_id=towns[town])
        )
        project.execute(Rate(key, D("2026-11-01"), *cell, "Seen in a meeting", "Lead"))
    act(project, "Team Lyon", "2026-11-02", done=True, minutes=600)
    act(project, "Team Lille", "2026-11-03", done=True, minutes=600)
    act(project, "Zealots", "2026-12-01", minutes=300)
    act(project, "Rivals", "2027-01-15", minutes=120)
    return project


def key_of(project: Project, name: str) -> int:
    key: int = project.reader.value("SELECT id FROM stakeholder WHERE name = ?", name)
    return key


def act(project: Project, name: str, day: str, *, minutes: int = 120, done: bool = False) -> None:
    """An action on a unit."""
    made = project.execute(
        PlanInfluence(
            key_of(project, name), f"With {name}", TODAY, "Influence", start=D(day), effort=minutes
        )
    )
    if done:
        task = next(row.task_id for row in actions(project.reader) if row.id == made)
        project.execute(SetPercent(task, 100))


def tripped(project: Project) -> set[str]:
    return {c.rule for c in entry.checks(project.reader, TODAY) if c.verdict is Verdict.WARN}


def check(project: Project, rule: str) -> Check:
    return next(c for c in entry.checks(project.reader, TODAY) if c.rule == rule)


def test_a_sound_order_trips_nothing_and_says_so(sound: Project) -> None:
    found = entry.checks(sound.reader, TODAY)
    assert [c.verdict for c in found] == [Verdict.OK] * 5
    assert not {w.rule for w in warnings(sound.reader, TODAY)} & {c.rule for c in found}


def test_more_allies_are_sought_among_those_who_are_none_yet(sound: Project) -> None:
    ratio(sound)
    assert check(sound, "ally_ratio").place.unit == key_of(sound, "Crowd")


def test_as_many_hours_on_both_is_in_order_and_a_snooze_of_what_is_in_order_is_not_shown(
    sound: Project,
) -> None:
    rule = "hours_on_opponents"
    act(sound, "Rivals", "2027-01-20", minutes=1500 - 120)
    assert check(sound, rule).verdict is Verdict.OK
    sound.execute(Snooze(rule, "", "Agreed", TODAY))
    assert check(sound, rule).verdict is Verdict.OK
    act(sound, "Rivals", "2027-01-21", minutes=1)
    assert check(sound, rule).verdict is Verdict.SNOOZED


def test_without_the_two_parameters_their_checks_are_not_there(sound: Project) -> None:
    assert not {"ally_hours", "ally_ratio"} & {c.rule for c in entry.checks(sound.reader, TODAY)}


def approach(project: Project) -> None:
    for row in actions(project.reader):
        if row.done:
            project.execute(SetPercent(row.task_id, 0))
    rivals = key_of(project, "Rivals")
    task = next(r.task_id for r in actions(project.reader) if r.stakeholder_id == rivals)
    project.execute(SetPercent(task, 20))


def no_golden(project: Project) -> None:
    lille = key_of(project, "Team Lille")
    project.execute(Rate(lille, D("2026-11-10"), 4, 1, "Takes everything", "Lead"))


def opposed(project: Project) -> None:
    project.execute(SetField("stakeholder", key_of(project, "Rivals"), "headcount", 60))


def hours(project: Project) -> None:
    act(project, "Rivals", "2027-01-20", minutes=2000)


def share(project: Project) -> None:
    project.execute(SetField("project", 1, "ally_hours_percent", 95))


def ratio(project: Project) -> None:
    project.execute(SetField("project", 1, "ally_ratio_percent", 400))


def turn(project: Project) -> None:
    crowd = key_of(project, "Crowd")
    project.execute(SetField("stakeholder", crowd, "enters_on", D("2026-11-25")))


PLANTED: dict[str, Callable[[Project], None]] = {
    "opponents_first": approach,
    "no_golden_triangle": no_golden,
    "wave_opposed": opposed,
    "hours_on_opponents": hours,
    "ally_hours": share,
    "ally_ratio": ratio,
    "entry_order": turn,
}


@pytest.mark.parametrize("rule", PLANTED)
def test_each_planted_case_trips_its_rule_alone_and_becomes_one_warning(
    sound: Project, rule: str
) -> None:
    PLANTED[rule](sound)
    assert tripped(sound) == {rule}
    told = [w.rule for w in warnings(sound.reader, TODAY)]
    assert told.count(rule) == 1
    one = check(sound, rule)
    for language in ("en", "fr"):
        words = Translator(language)
        for text in (one.title, one.says, one.data, one.action, one.source):
            assert words.show(text).strip()
    assert one.place.unit is not None or one.place.table or rule == "entry_order"


@pytest.mark.parametrize("rule", PLANTED)
def test_each_check_says_why(sound: Project, rule: str) -> None:
    PLANTED[rule](sound)
    one = check(sound, rule)
    answer = why(sound.reader, TODAY, f"committee.{one.key}")
    assert EN.show(answer.rule) == EN.show(EXACTLY[rule])
    assert EN.show(answer.data) == EN.show(one.data)


@pytest.mark.parametrize("rule", PLANTED)
def test_snoozed_with_a_reason_it_is_quiet_here_and_among_the_warnings(
    sound: Project, rule: str
) -> None:
    PLANTED[rule](sound)
    one = check(sound, rule)
    for reason in ("", "   "):
        with pytest.raises(UserError, match="reason"):
            sound.execute(Snooze(rule, one.subject, reason, TODAY))
    assert tripped(sound) == {rule}
    sound.execute(Snooze(rule, one.subject, "Agreed with the sponsor", TODAY))
    quiet = check(sound, rule)
    assert quiet.verdict is Verdict.SNOOZED
    assert quiet.snooze is not None
    assert quiet.snooze.reason == "Agreed with the sponsor"
    assert rule not in {w.rule for w in warnings(sound.reader, TODAY)}
    sound.undo()
    assert tripped(sound) == {rule}
    sound.redo()
    sound.execute(WakeUp(check(sound, rule).snooze.id))  # type: ignore[union-attr]
    assert tripped(sound) == {rule}
    assert rule in {w.rule for w in warnings(sound.reader, TODAY)}


def test_a_snooze_ends_after_its_last_day_and_can_be_set_again(sound: Project) -> None:
    hours(sound)
    rule = "hours_on_opponents"
    with pytest.raises(UserError, match="has passed"):
        sound.execute(Snooze(rule, "", "Later", TODAY, TODAY - dt.timedelta(1)))
    sound.execute(Snooze(rule, "", "Until the committee", TODAY, D("2026-11-24")))

    def verdict(day: str) -> Verdict:
        return next(c.verdict for c in entry.checks(sound.reader, D(day)) if c.rule == rule)

    assert verdict("2026-11-24") is Verdict.SNOOZED
    assert verdict("2026-11-25") is Verdict.WARN
    sound.execute(Snooze(rule, "", "Again", D("2026-11-25"), None))
    assert verdict("2027-02-25") is Verdict.SNOOZED
    assert len(snoozing.snoozes(sound.reader)) == 1


def test_an_ally_who_carries_an_action_counts_as_an_ally_that_acted(sound: Project) -> None:
    approach(sound)
    assert "opponents_first" in tripped(sound)
    made = sound.execute(
        PlanInfluence(
            key_of(sound, "Crowd"),
            "Peers show",
            TODAY,
            "Influence",
            start=D("2026-11-16"),
            ally_id=key_of(sound, "Zealots"),
        )
    )
    task = next(row.task_id for row in actions(sound.reader) if row.id == made)
    sound.execute(SetPercent(task, 100))
    assert "opponents_first" not in tripped(sound)


def test_an_action_on_opponents_dated_after_the_first_ally_is_no_trouble_and_before_it_is(
    sound: Project,
) -> None:
    for row in actions(sound.reader):
        if row.done:
            sound.execute(SetPercent(row.task_id, 0))
    assert "opponents_first" not in tripped(sound)  # in January, allies in November
    act(sound, "Rivals", "2026-10-30")
    assert "opponents_first" in tripped(sound)


def test_nobody_is_named_who_is_a_person_or_in_a_group_under_five(sound: Project) -> None:
    town = sound.reader.value("SELECT id FROM department WHERE name = 'Lyon'")
    for kind, name, people in ((UnitKind.PERSON, "Ann Onymous", 1), (UnitKind.GROUP, "Duo", 2)):
        key = sound.execute(AddStakeholder(kind, name, headcount=people, department_id=town))
        sound.execute(Rate(key, D("2026-11-01"), 1, 3, "Said no in the meeting", "Lead"))
        sound.execute(SetField("stakeholder", key, "stage", 6))
        act(sound, name, "2026-11-01", minutes=9000)
    approach(sound)
    sound.execute(SetField("stakeholder", key_of(sound, "Ann Onymous"), "enters_on", TODAY))
    assert {"opponents_first", "hours_on_opponents", "entry_order"} <= tripped(sound)
    for one in entry.checks(sound.reader, TODAY):
        text = " ".join(EN.show(t) for t in (one.title, one.data, one.action))
        assert "Onymous" not in text
        assert "Duo" not in text


def test_an_empty_project_knows_nothing_and_warns_of_nothing(project: Project) -> None:
    found = entry.checks(project.reader, TODAY)
    assert {c.verdict for c in found} == {Verdict.UNKNOWN}


def test_the_stage_of_a_unit_is_that_of_its_zone_until_it_is_set_by_hand(sound: Project) -> None:
    key = key_of(sound, "Rivals")

    def now() -> int | None:
        return stage(next(row for row in units(sound.reader, TODAY) if row.id == key))

    assert now() == 6
    sound.execute(SetField("stakeholder", key, "stage", 3))
    assert now() == 3


def test_the_order_goes_by_wave_department_stage_and_day(sound: Project) -> None:
    loose = sound.execute(AddStakeholder(UnitKind.GROUP, "Board", headcount=6))
    waves = entry.order(sound.reader, TODAY)
    assert [wave.name for wave in waves] == ["Wave 1", ""]
    assert [d.name for d in waves[0].departments] == ["Lille", "Lyon"]
    lyon = waves[0].departments[1].entrants
    assert [(one.unit.name, one.stage) for one in lyon] == [
        ("Team Lyon", 1),
        ("Zealots", 2),
        ("Rivals", 6),
    ]
    assert [one.enters_on for one in lyon] == [D("2026-11-02"), D("2026-12-01"), D("2027-01-15")]
    assert lyon[0].following is None  # it is done
    assert lyon[1].following is not None
    (rest,) = waves[1].departments
    assert [(one.unit.id, one.stage) for one in rest.entrants] == [(loose, None)]


def test_lateral_projects_are_kept_changed_and_undone(sound: Project) -> None:
    with pytest.raises(UserError, match="needs a title"):
        sound.execute(SaveLateral(" ", TODAY))
    key = sound.execute(SaveLateral("Rounds", TODAY, key_of(sound, "Rivals"), "Fewer trips"))
    sound.execute(
        SaveLateral("Rounds", TODAY, None, "Fewer trips", status=LateralStatus.DONE, key=key)
    )
    (row,) = laterals(sound.reader)
    assert (row.status, row.stakeholder_id, row.open) == (LateralStatus.DONE, None, False)
    sound.undo()
    (row,) = laterals(sound.reader)
    assert (row.status, row.stakeholder_id) == (LateralStatus.IDEA, key_of(sound, "Rivals"))
