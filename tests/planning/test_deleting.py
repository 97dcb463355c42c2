"""Deleting linked lines keeps the rest right."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.planning import queries
from crm_pilot.planning.outline_commands import DeleteTasks
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import SetConstraint, SetLink
from crm_pilot.planning.terms import ConstraintKind, LinkKind
from crm_pilot.project import Add, Project, SetField

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def keys(project: Project) -> dict[str, int]:
    """A chain of five days each, from 7 December on: a → b → c → d, and e on its own."""
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(SetField("project", 1, "starts_on", dt.date(2026, 9, 1)))
    made: dict[str, int] = {}
    for place, name in enumerate("abcde"):
        start = dt.date(2026, 12, 7) + dt.timedelta(weeks=place)
        finish = start + dt.timedelta(days=4)
        values = {"title": name, "position": place, "start": start, "finish": finish}
        made[name] = project.execute(Add("task", values))
    for before, after in ("ab", "bc", "cd"):
        project.execute(SetLink(made[before], made[after]))
    for name in "bcd":
        project.execute(SetConstraint(made[name], ConstraintKind.ASAP))
    return made


def rows(project: Project) -> dict[str, TaskRow]:
    return {row.title: row for row in queries.tasks(project.reader)}


def ends(project: Project) -> set[str]:
    names = {row.id: row.title for row in queries.tasks(project.reader)}
    return {names[b] + names[a] for b, a in queries.link_ends(project.reader)}


def test_a_chain_closes_over_a_deleted_line(project: Project, keys: dict[str, int]) -> None:
    before = rows(project)
    project.execute(DeleteTasks((keys["b"],), "b"))
    assert ends(project) == {"ac", "cd"}
    after = rows(project)
    assert after["c"].start == before["b"].start
    project.undo()
    assert rows(project) == before and ends(project) == {"ab", "bc", "cd"}


def test_several_lines_in_a_row(project: Project, keys: dict[str, int]) -> None:
    project.execute(DeleteTasks((keys["b"], keys["c"]), "b"))
    assert ends(project) == {"ad"}


def test_what_waited_for_nothing_else_stays_where_it_is(
    project: Project, keys: dict[str, int]
) -> None:
    before = rows(project)["b"]
    project.execute(DeleteTasks((keys["a"],), "a"))
    after = rows(project)["b"]
    assert (after.start, after.finish) == (before.start, before.finish)
    assert after.constraint_kind is ConstraintKind.SNET


def test_other_kinds_of_links_are_not_bridged(project: Project, keys: dict[str, int]) -> None:
    project.execute(SetLink(keys["b"], keys["c"], LinkKind.SS))
    before = rows(project)["c"]
    project.execute(DeleteTasks((keys["b"],), "b"))
    assert ends(project) == {"cd"}
    assert rows(project)["c"].start == before.start


def test_a_line_that_also_waits_for_another_is_left_to_it(
    project: Project, keys: dict[str, int]
) -> None:
    project.execute(SetLink(keys["e"], keys["b"]))
    project.execute(DeleteTasks((keys["a"],), "a"))
    assert rows(project)["b"].constraint_kind is ConstraintKind.ASAP
    assert ends(project) == {"eb", "bc", "cd"}
