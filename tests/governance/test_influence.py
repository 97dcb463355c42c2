"""Influence actions are tasks: one step makes both, one step takes both back."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import influence
from crm_pilot.governance.influence_commands import (
    ChangeInfluence,
    PlanInfluence,
    UnlinkInfluence,
)
from crm_pilot.planning import queries as planning
from crm_pilot.planning.commands import AddTask, SetPercent
from crm_pilot.planning.outline_commands import DeleteTasks
from crm_pilot.planning.schedule_commands import SetActive
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Project, SetField
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import ActionKind, Trio, UnitKind, Zone

TODAY = dt.date(2026, 11, 20)
D = dt.date.fromisoformat


def unit(project: Project, name: str, cell: tuple[int, int], people: int = 12) -> int:
    key: int = project.execute(AddStakeholder(UnitKind.GROUP, name, headcount=people))
    project.execute(Rate(key, TODAY, *cell, "Seen in a meeting", "Lead"))
    return key


def planned(project: Project, key: int, **more: object) -> influence.ActionRow:
    """An action on a unit, as read back."""
    values: dict[str, object] = {"start": D("2026-12-01"), **more}
    made = project.execute(
        PlanInfluence(key, str(values.pop("title", "Meet")), TODAY, "Influence", **values)  # type: ignore[arg-type]
    )
    return next(row for row in influence.actions(project.reader) if row.id == made)


def state(project: Project) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    tasks = project.reader.select("SELECT * FROM task ORDER BY id")
    return tasks, project.reader.select("SELECT * FROM influence ORDER BY id")


def test_an_action_is_a_task_of_the_plan_under_a_phase_of_adoption(project: Project) -> None:
    allies = unit(project, "Telesales", (3, 2))
    row = planned(project, allies, title="Workshop", kind=ActionKind.WORKSHOP, effort=180)
    task = next(t for t in planning.tasks(project.reader) if t.id == row.task_id)
    phase = next(t for t in planning.tasks(project.reader) if t.id == task.parent_id)
    assert (task.title, task.start, task.finish) == ("Workshop", D("2026-12-01"), D("2026-12-01"))
    assert (phase.title, phase.kind, phase.pillar) == ("Influence", TaskKind.PHASE, Pillar.ADOPTION)
    assert (row.kind, row.work, row.effort, row.stakeholder_id) == ("workshop", 180, 180, allies)


def test_the_second_action_joins_the_first_even_where_its_phase_was_renamed(
    project: Project,
) -> None:
    key = unit(project, "Telesales", (3, 2))
    first = planned(project, key)
    parents = {t.id: t.parent_id for t in planning.tasks(project.reader)}
    phase = parents[first.task_id]
    assert phase is not None
    project.execute(SetField("task", phase, "title", "On stage"))
    second = planned(project, key, title="Again")
    parents = {t.id: t.parent_id for t in planning.tasks(project.reader)}
    assert parents[first.task_id] == parents[second.task_id]
    assert sum(t.kind is TaskKind.PHASE for t in planning.tasks(project.reader)) == 1


def test_one_step_makes_phase_task_and_link_and_undo_takes_all_back(project: Project) -> None:
    key = unit(project, "Telesales", (3, 2))
    before = state(project)
    planned(project, key)
    after = state(project)
    project.undo()
    assert state(project) == before
    project.redo()
    assert state(project) == after


def test_deleting_the_task_in_the_plan_deletes_the_action_and_undo_brings_both_back(
    project: Project,
) -> None:
    row = planned(project, unit(project, "Telesales", (3, 2)))
    before = state(project)
    project.execute(DeleteTasks((row.task_id,)))
    assert influence.actions(project.reader) == ()
    project.undo()
    assert state(project) == before
    assert influence.actions(project.reader) == (row,)


@pytest.mark.parametrize("delete", [True, False])
def test_taking_the_link_away_keeps_or_deletes_the_task(project: Project, delete: bool) -> None:
    row = planned(project, unit(project, "Telesales", (3, 2)))
    before = state(project)
    project.execute(UnlinkInfluence(row.id, delete))
    assert influence.actions(project.reader) == ()
    left = {task.id for task in planning.tasks(project.reader)}
    assert (row.task_id in left) is not delete
    project.undo()
    assert state(project) == before


def test_dates_finish_and_duration(project: Project) -> None:
    key = unit(project, "Telesales", (3, 2))
    both = planned(project, key, finish=D("2026-12-03"))
    assert (both.start, both.finish, both.work) == (D("2026-12-01"), D("2026-12-03"), 3 * 480)
    lasting = planned(project, key, duration=960)
    assert (lasting.finish, lasting.work, lasting.effort) == (D("2026-12-02"), 960, None)
    short = planned(project, key, duration=180)
    assert (short.start, short.finish, short.work) == (D("2026-12-01"), D("2026-12-01"), 180)


def test_a_change_of_an_action_changes_its_task_as_one_step(project: Project) -> None:
    key, ally = unit(project, "South", (2, 3)), unit(project, "Telesales", (3, 2))
    row = planned(project, key)
    before = state(project)
    project.execute(
        ChangeInfluence(
            row.id, "Listen", ActionKind.FIELD, None, D("2026-12-07"), D("2026-12-08"), 240, ally
        )
    )
    (now,) = influence.actions(project.reader)
    assert (now.title, now.kind, now.start, now.finish) == (
        "Listen",
        "field",
        D("2026-12-07"),
        D("2026-12-08"),
    )
    assert (now.work, now.ally_id) == (240, ally)
    project.undo()
    assert state(project) == before


def test_a_change_of_the_title_alone_keeps_the_hours_within_the_day(project: Project) -> None:
    row = planned(project, unit(project, "Telesales", (3, 2)), duration=180)
    day = row.start
    project.execute(ChangeInfluence(row.id, "Other words", row.kind, None, day, None, None))
    (now,) = influence.actions(project.reader)
    assert (now.title, now.start, now.finish, now.work) == ("Other words", day, day, 180)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": "  "}, "needs a title"),
        ({"start": D("2026-12-02"), "finish": D("2026-12-01")}, "before it starts"),
        ({"ally": True}, "another one than it aims at"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(
    project: Project, more: dict[str, object], said: str
) -> None:
    key = unit(project, "Telesales", (3, 2))
    before = state(project)
    if more.pop("ally", False):
        more["ally_id"] = key
    with pytest.raises(UserError, match=said):
        planned(project, key, **more)
    assert state(project) == before


def test_hours_per_zone_and_trio_count_work_else_duration_and_what_is_done(
    project: Project,
) -> None:
    ally, against = unit(project, "Telesales", (3, 2)), unit(project, "South", (2, 3))
    first = planned(project, ally, effort=120)
    planned(project, ally, duration=60)
    planned(project, against, finish=D("2026-12-02"))
    project.execute(SetPercent(first.task_id, 100))
    units = stakeholders.units(project.reader, TODAY)
    acts = influence.actions(project.reader)
    zones = influence.by_zone(units, acts)
    assert zones[Zone.GOLDEN_TRIANGLE] == influence.Effort(2, 1, 180)
    assert zones[Zone.OPPONENT] == influence.Effort(1, 0, 960)
    assert zones[Zone.PASSIVE] == influence.Effort(0, 0, 0)
    assert influence.by_trio(units, acts)[Trio.LOCOMOTIVE].minutes == 180
    assert [row.done for row in influence.of_unit(project.reader, ally)].count(True) == 1


def test_an_action_that_became_a_phase_counts_the_work_below_it(project: Project) -> None:
    row = planned(project, unit(project, "Telesales", (3, 2)), effort=120)
    for _ in range(2):
        project.execute(
            AddTask("Part", TODAY, under=row.task_id, start=D("2026-12-01"), finish=D("2026-12-01"))
        )
    (now,) = influence.actions(project.reader)
    assert now.work == 960


def test_a_line_taken_out_of_the_plan_counts_nowhere(project: Project) -> None:
    row = planned(project, unit(project, "Telesales", (3, 2)))
    project.execute(SetActive((row.task_id,), active=False))
    units = stakeholders.units(project.reader, TODAY)
    sums = influence.by_trio(units, influence.actions(project.reader))
    assert sums[Trio.LOCOMOTIVE] == influence.Effort(0, 0, 0)
