"""Commands of the plan: what they do, and that undo and redo bring back every row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from crm_pilot.errors import UserError
from crm_pilot.planning import queries
from crm_pilot.planning.announcements import AnnounceForecast, SetBaseline
from crm_pilot.planning.commands import (
    AddLinks,
    AddTask,
    MoveTask,
    SetPercent,
    SetTaskDates,
)
from crm_pilot.planning.outline_commands import (
    DeleteTasks,
    Indent,
    MoveLine,
    Outdent,
    SetKind,
    SetPillar,
)
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Command, Project
from tests.planning.example import TODAY, day, fill, fill_with_baseline

TABLES = ("task", "link", "baseline", "baseline_task", "forecast", "wave", "department")


def dump(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    return {t: project.reader.select(f"SELECT * FROM {t} ORDER BY id") for t in TABLES}


def row(project: Project, key: int) -> TaskRow:
    return next(r for r in queries.tasks(project.reader) if r.id == key)


def titles(project: Project) -> list[str]:
    return [r.title for r in queries.tasks(project.reader)]


def dates(project: Project, key: int) -> tuple[str, str]:
    found = row(project, key)
    assert found.start
    assert found.finish
    return found.start.isoformat(), found.finish.isoformat()


COMMANDS = {
    "add after": lambda k: AddTask("New", TODAY, after=k["dedup"]),
    "add under": lambda k: AddTask("New", TODAY, under=k["training"]),
    "add milestone": lambda k: AddTask("New", TODAY, kind=TaskKind.MILESTONE),
    "dates": lambda k: SetTaskDates(k["dedup"], day("2026-11-17"), day("2026-12-04"), TODAY),
    "milestone": lambda k: SetTaskDates(k["live"], None, day("2027-01-19"), TODAY),
    "move": lambda k: MoveTask(k["dedup"], 7, TODAY),
    "move phase": lambda k: MoveTask(k["wave"], 14, TODAY),
    "announce": lambda k: AnnounceForecast(k["live"], day("2027-01-20"), TODAY, "Data"),
    "percent": lambda k: SetPercent(k["dedup"], 55),
    "baseline": lambda k: SetBaseline("Second", TODAY, "Scope grew"),
    "links": lambda k: AddLinks((k["rights"], k["final"])),
    "indent": lambda k: Indent((k["dedup"], k["checks"])),
    "outdent": lambda k: Outdent((k["dedup"], k["ready"])),
    "up": lambda k: MoveLine(k["wave"], -1),
    "down": lambda k: MoveLine(k["trial"], 1),
    "delete phase": lambda k: DeleteTasks((k["data"], k["dedup"], k["training"])),
    "kind": lambda k: SetKind(k["dedup"], TaskKind.MILESTONE),
    "pillar": lambda k: SetPillar(k["data"], Pillar.FEEDBACK),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_undo_and_redo_bring_back_every_row(project: Project, name: str) -> None:
    keys = fill_with_baseline(project)
    before = dump(project)
    command: Command = COMMANDS[name](keys)
    project.execute(command)
    after = dump(project)
    assert after != before
    assert command.label.english()
    project.undo()
    assert dump(project) == before
    project.redo()
    assert dump(project) == after


def test_a_new_task_follows_the_row_before_it(project: Project) -> None:
    keys = fill(project)
    new = project.execute(AddTask("New", TODAY, after=keys["trial"]))
    assert dates(project, new) == ("2026-11-16", "2026-11-20")  # the Monday after, five days
    assert titles(project)[1:4] == ["2nd dry run", "New", "Deduplicate customers"]
    assert row(project, new).parent_id == keys["data"]


def test_a_task_that_gets_a_line_becomes_a_phase(project: Project) -> None:
    keys = fill(project)
    new = project.execute(AddTask("Session 1", TODAY, under=keys["training"]))
    assert row(project, keys["training"]).kind is TaskKind.PHASE
    assert row(project, new).pillar is Pillar.ADOPTION
    with pytest.raises(UserError, match="milestone"):
        project.execute(AddTask("New", TODAY, under=keys["live"]))


def test_the_first_task_starts_on_a_working_day(project: Project) -> None:
    new = project.execute(AddTask("First", TODAY))  # a Saturday
    assert dates(project, new) == ("2026-11-23", "2026-11-27")


def test_moving_a_phase_moves_its_lines(project: Project) -> None:
    keys = fill(project)
    project.execute(MoveTask(keys["wave"], 7, TODAY))
    assert dates(project, keys["rights"]) == ("2026-11-09", "2026-11-27")
    assert dates(project, keys["live"]) == ("2027-01-19", "2027-01-19")
    assert dates(project, keys["wave"]) == ("2026-11-09", "2027-01-19")


def test_a_held_key_is_one_step_and_two_drags_are_two(project: Project) -> None:
    keys = fill(project)
    steps = len(project.undo_labels)
    for _ in range(3):
        project.execute(MoveTask(keys["dedup"], 1, repeated=True))
    assert len(project.undo_labels) == steps + 1
    for _ in range(2):
        project.execute(MoveTask(keys["dedup"], 1))
    assert len(project.undo_labels) == steps + 3


def forecasts(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select("SELECT reported_on, expected_on FROM forecast ORDER BY id")


def test_a_milestone_that_moves_is_announced_once_a_day(project: Project) -> None:
    keys = fill_with_baseline(project)
    assert forecasts(project) == [("2026-11-21", "2027-01-12")]
    project.execute(MoveTask(keys["live"], 1, TODAY))
    assert forecasts(project) == [("2026-11-21", "2027-01-13")]
    project.execute(MoveTask(keys["wave"], 1, TODAY + dt.timedelta(3)))
    assert forecasts(project)[1] == ("2026-11-24", "2027-01-14")


def test_nothing_is_announced_before_a_reference_plan(project: Project) -> None:
    keys = fill(project)
    project.execute(MoveTask(keys["live"], 7, TODAY))
    assert forecasts(project) == []


def test_dates_and_percent_of_a_phase_follow_from_its_lines(project: Project) -> None:
    keys = fill(project)
    with pytest.raises(UserError, match="follow"):
        project.execute(SetTaskDates(keys["data"], TODAY, TODAY))
    with pytest.raises(UserError, match="follow"):
        project.execute(SetPercent(keys["data"], 50))


def test_wrong_values_are_refused_in_words(project: Project) -> None:
    keys = fill(project)
    before = dump(project)
    with pytest.raises(UserError, match="before it starts"):
        project.execute(SetTaskDates(keys["dedup"], day("2026-11-17"), day("2026-11-16")))
    with pytest.raises(UserError, match="0 to 100"):
        project.execute(SetPercent(keys["dedup"], 101))
    with pytest.raises(UserError, match="wait for itself"):
        project.execute(AddLinks((keys["live"], keys["trial"])))
    assert dump(project) == before


def test_indent_and_outdent(project: Project) -> None:
    keys = fill(project)
    project.execute(Indent((keys["dedup"], keys["checks"])))
    assert row(project, keys["trial"]).kind is TaskKind.PHASE
    assert {row(project, keys[k]).parent_id for k in ("dedup", "checks")} == {keys["trial"]}
    project.execute(Outdent((keys["dedup"], keys["checks"])))
    assert titles(project)[:5] == [
        "Data migration",
        "2nd dry run",
        "Deduplicate customers",
        "3rd dry run",
        "Data accepted",
    ]
    assert {row(project, keys[k]).parent_id for k in ("dedup", "checks")} == {keys["data"]}


def test_the_first_line_of_a_pillar_cannot_be_indented(project: Project) -> None:
    keys = fill(project)
    before = dump(project)
    project.execute(Indent((keys["training"],)))
    assert dump(project) == before


def test_lines_move_among_their_neighbours_only(project: Project) -> None:
    keys = fill(project)
    project.execute(MoveLine(keys["wave"], -1))
    assert titles(project)[0] == "Wave 3"
    before = dump(project)
    project.execute(MoveLine(keys["wave"], -1))
    project.execute(MoveLine(keys["training"], -1))
    assert dump(project) == before


def test_deleting_a_phase_deletes_its_lines_in_one_step(project: Project) -> None:
    keys = fill(project)
    steps = len(project.undo_labels)
    project.execute(DeleteTasks((keys["data"], keys["dedup"])))
    assert titles(project)[0] == "Wave 3"
    assert len(project.undo_labels) == steps + 1


def test_a_phase_with_lines_stays_a_phase(project: Project) -> None:
    keys = fill(project)
    with pytest.raises(UserError, match="stays a phase"):
        project.execute(SetKind(keys["data"], TaskKind.TASK))


def test_the_pillar_of_a_phase_is_that_of_its_lines(project: Project) -> None:
    keys = fill(project)
    project.execute(SetPillar(keys["data"], Pillar.FEEDBACK))
    assert row(project, keys["dedup"]).pillar is Pillar.FEEDBACK
    assert titles(project)[-5:][0] == "Data migration"


def test_the_baseline_holds_phases_as_they_stand(project: Project) -> None:
    keys = fill_with_baseline(project)
    project.execute(MoveTask(keys["dedup"], 14, TODAY))
    phase = row(project, keys["data"])
    assert phase.baseline_finish == day("2026-12-11")
    assert phase.finish == day("2026-12-28")  # the dry run and its milestone follow


def test_a_task_indented_under_and_out_again_leaves_a_task(project: Project) -> None:
    keys = fill(project)
    project.execute(Indent((keys["checks"],)))
    project.execute(Outdent((keys["checks"],)))
    assert row(project, keys["dedup"]).kind is TaskKind.TASK
    project.execute(Outdent((keys["rights"], keys["final"], keys["live"])))
    assert row(project, keys["wave"]).kind is TaskKind.PHASE  # it never had dates of its own
