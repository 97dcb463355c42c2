"""Actions of committees: one step makes phase, task, owner and link; undo takes all back."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance.actions import (
    ActionRow,
    AddAction,
    AdoptTask,
    ChangeAction,
    DropAction,
    actions,
)
from crm_pilot.governance.problems import AddProblem
from crm_pilot.governance.registers import AddCommittee, AddDecision, AddRisk
from crm_pilot.governance.terms import CommitteeKind
from crm_pilot.planning import queries as planning
from crm_pilot.planning.commands import AddLinks, AddTask, SetPercent
from crm_pilot.planning.outline_commands import DeleteTasks
from crm_pilot.planning.schedule_commands import SetActive
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Add, Project, Remove, SetField

D = dt.date.fromisoformat
TODAY, DUE = D("2026-11-26"), D("2026-12-04")
TABLES = ("task", "committee_action", "person", "link", "assignment")


def state(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def added(project: Project, title: str = "Call the branches", **more: object) -> ActionRow:
    values: dict[str, object] = {"owner": "Nicolas Faure", "due_on": DUE, **more}
    key = project.execute(AddAction(title, **values))  # type: ignore[arg-type]
    return next(row for row in actions(project.reader, TODAY) if row.id == key)


def test_an_action_is_a_task_of_the_plan_of_one_day(project: Project) -> None:
    row = added(project)
    task = next(t for t in planning.tasks(project.reader) if t.id == row.task_id)
    phase = next(t for t in planning.tasks(project.reader) if t.id == task.parent_id)
    assert (row.code, row.title, row.owner, row.due_on) == (
        "A-001",
        "Call the branches",
        "N. Faure",
        DUE,
    )
    assert (task.start, task.finish, task.owner_id) == (DUE, DUE, row.owner_id)
    assert (phase.title, phase.kind, phase.pillar) == (
        "Committee actions",
        TaskKind.PHASE,
        Pillar.DEPLOYMENT,
    )
    assert (row.percent, row.done, row.late) == (0, False, False)


def test_the_phase_is_named_in_the_projects_language(project: Project) -> None:
    project.execute(SetField("project", 1, "language", "fr"))
    row = added(project)
    tasks = {t.id: t for t in planning.tasks(project.reader)}
    assert tasks[tasks[row.task_id].parent_id or 0].title == "Actions des comités"


def test_one_step_with_a_new_person_and_undo_takes_all_back(project: Project) -> None:
    before = state(project)
    row = added(project, owner="Zoé de la Tour, DSI")
    people = project.reader.select("SELECT id, first_name, last_name FROM person")
    assert people == [(row.owner_id, "Zoé de la", "Tour")]
    after = state(project)
    project.undo()
    assert state(project) == before
    project.redo()
    assert state(project) == after


def test_the_owner_is_the_person_who_is_there(project: Project) -> None:
    faure = project.execute(Add("person", {"first_name": "Nicolas", "last_name": "Faure"}))
    for typed in ("Faure", "nicolas FAURE", "N. Faure, DSI", "@faure"):
        assert added(project, owner=typed).owner_id == faure
    project.execute(Add("person", {"first_name": "Anne", "last_name": "Faure"}))
    before = state(project)
    with pytest.raises(UserError, match="may be Anne Faure, Nicolas Faure"):
        added(project, owner="Faure")
    assert state(project) == before


@pytest.mark.parametrize(
    ("title", "owner", "due", "said"),
    [
        ("", "Faure", DUE, "needs a title"),
        ("Call", "  ", DUE, "needs an owner and a date"),
        ("Call", "Faure", None, "needs an owner and a date"),
    ],
)
def test_no_action_without_title_owner_and_date(
    project: Project, title: str, owner: str, due: dt.date | None, said: str
) -> None:
    before = state(project)
    with pytest.raises(UserError, match=said):
        project.execute(AddAction(title, owner, due))
    assert state(project) == before


def test_it_says_what_it_answers_and_who_asked(project: Project) -> None:
    committee = project.execute(AddCommittee(TODAY, kind=CommitteeKind.TECHNICAL))
    decision = project.execute(AddDecision("Freeze", "A. Roux", DUE, committee))
    risk = project.execute(AddRisk("Data"))
    problem = project.execute(AddProblem("Slow", TODAY))
    links = {"decision_id": decision, "risk_id": risk, "problem_id": problem}
    row = added(project, committee_id=committee, **links)
    assert (row.committee, row.committee_kind) == (1, CommitteeKind.TECHNICAL)
    assert (row.decision, row.risk, row.problem) == ("D-001", "R-01", "P-01")
    for table, key in (("committee", committee), ("decision", decision), ("risk", risk)):
        project.execute(Remove(table, (key,)))
    (row,) = actions(project.reader, TODAY)
    assert (row.committee, row.decision, row.risk, row.problem) == (None, None, None, "P-01")


def test_a_date_agreed_on_stays_on_a_sunday_and_behind_a_link(project: Project) -> None:
    sunday = D("2026-12-06")
    row = added(project, due_on=sunday)
    other = project.execute(AddTask("Long", TODAY, start=TODAY, finish=D("2026-12-23")))
    project.execute(AddLinks((other, row.task_id)))
    (now,) = actions(project.reader, TODAY)
    assert now.due_on == sunday


def test_those_to_do_come_first_by_date_and_late_is_past_and_open(project: Project) -> None:
    later = added(project, "Later")
    past = added(project, "Past", due_on=D("2026-11-25"))
    today = added(project, "Today", due_on=TODAY)
    done = added(project, "Done", due_on=D("2026-11-20"))
    project.execute(SetPercent(done.task_id, 100))
    rows = actions(project.reader, TODAY)
    assert [r.id for r in rows] == [past.id, today.id, later.id, done.id]
    assert [r.late for r in rows] == [True, False, False, False]
    project.execute(SetActive((past.task_id,), active=False))
    assert not any(r.late for r in actions(project.reader, TODAY))


def test_actions_share_a_phase_of_their_own_whatever_it_is_called(project: Project) -> None:
    first = added(project)
    tasks = {t.id: t.parent_id for t in planning.tasks(project.reader)}
    phase = tasks[first.task_id]
    assert phase is not None
    project.execute(SetField("task", phase, "title", "To do"))
    second = added(project, "Again")
    tasks = {t.id: t.parent_id for t in planning.tasks(project.reader)}
    assert tasks[second.task_id] == phase


def test_a_line_of_the_plan_becomes_an_action_where_it_stands(project: Project) -> None:
    phase = project.execute(AddTask("Data", TODAY, kind=TaskKind.PHASE))
    line = project.execute(AddTask("Load", TODAY, under=phase, start=TODAY, finish=DUE))
    project.execute(AddTask("Other", TODAY, under=phase))
    with pytest.raises(UserError, match="an owner and a date"):
        project.execute(AdoptTask(line))
    with pytest.raises(UserError, match="“Data” is no task"):
        project.execute(AdoptTask(phase))
    person = project.execute(Add("person", {"first_name": "Anne", "last_name": "Roux"}))
    project.execute(SetField("task", line, "owner_id", person))
    before = state(project)
    project.execute(AdoptTask(line))
    (row,) = actions(project.reader, TODAY)
    assert (row.task_id, row.code, row.due_on, row.owner) == (line, "A-001", DUE, "A. Roux")
    project.undo()
    assert state(project) == before
    project.redo()
    new = added(project, "New")  # goes to a phase of actions, not among the data
    tasks = {t.id: t.parent_id for t in planning.tasks(project.reader)}
    assert tasks[new.task_id] not in (phase, None)


def test_changes_are_those_of_the_task_in_one_step(project: Project) -> None:
    row = added(project)
    before = state(project)
    project.execute(ChangeAction(row.id, "Visit", "Anne Roux", D("2026-12-11"), 50))
    (now,) = actions(project.reader, TODAY)
    assert (now.title, now.owner, now.due_on, now.percent) == (
        "Visit",
        "A. Roux",
        D("2026-12-11"),
        50,
    )
    task = next(t for t in planning.tasks(project.reader) if t.id == row.task_id)
    assert task.start == D("2026-12-11")  # still one day
    project.undo()
    assert state(project) == before
    for wrong in (ChangeAction(row.id, title=" "), ChangeAction(row.id, owner="")):
        with pytest.raises(UserError):
            project.execute(wrong)
    assert state(project) == before


@pytest.mark.parametrize("delete", [True, False])
def test_dropping_an_action_keeps_or_deletes_its_task(project: Project, delete: bool) -> None:
    row = added(project)
    before = state(project)
    project.execute(DropAction(row.id, delete))
    assert actions(project.reader, TODAY) == ()
    assert (row.task_id in {t.id for t in planning.tasks(project.reader)}) is not delete
    project.undo()
    assert state(project) == before


def test_deleting_the_task_deletes_the_action_and_undo_brings_both_back(project: Project) -> None:
    row = added(project)
    before = state(project)
    project.execute(DeleteTasks((row.task_id,)))
    assert actions(project.reader, TODAY) == ()
    project.undo()
    assert state(project) == before
    assert actions(project.reader, TODAY) == (row,)
