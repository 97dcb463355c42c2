"""Whatever is edited, undone and redone: what is written is what a fresh engine would say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.planning import queries
from crm_pilot.planning.commands import AddTask, MoveTask, SetPercent, SetTaskDates
from crm_pilot.planning.live import LivePlan
from crm_pilot.planning.outline_commands import DeleteTasks, Indent, MoveLine, Outdent, SetKind
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.schedule_commands import (
    SetActive,
    SetActual,
    SetConstraint,
    SetDuration,
    SetLink,
    SetMode,
    SetPredecessors,
    SetRemaining,
    SetStart,
)
from crm_pilot.planning.settling import placed
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode, TaskKind
from crm_pilot.project import Add, Project, Remove, SetField

MONDAY = dt.date(2026, 11, 16)
LINES = 7
days = st.integers(-20, 60).map(lambda n: MONDAY + dt.timedelta(days=n))
moments = st.tuples(days, st.sampled_from([8, 10, 13, 17])).map(
    lambda t: dt.datetime.combine(t[0], dt.time(t[1]))
)
lines = st.integers(0, LINES - 1)
minutes = st.sampled_from([0, 60, 240, 480, 960, 2400, 4800])


def edits() -> st.SearchStrategy[tuple[Any, ...]]:
    """A kind of edit with what it needs."""
    return st.one_of(
        st.tuples(st.just("move"), lines, st.integers(-15, 15)),
        st.tuples(st.just("start"), lines, days),
        st.tuples(st.just("dates"), lines, days, st.integers(0, 9)),
        st.tuples(st.just("duration"), lines, minutes, st.booleans()),
        st.tuples(st.just("percent"), lines, st.sampled_from([0, 30, 100])),
        st.tuples(st.just("actual"), lines, moments, st.sampled_from([0, 3])),
        st.tuples(st.just("constraint"), lines, st.sampled_from(ConstraintKind), moments),
        st.tuples(st.just("mode"), lines, st.sampled_from(Mode)),
        st.tuples(st.just("active"), lines, st.booleans()),
        st.tuples(
            st.just("link"),
            lines,
            lines,
            st.sampled_from(LinkKind),
            st.sampled_from([0, 480, -480, 50]),
            st.sampled_from(LagUnit),
        ),
        st.tuples(st.just("waits"), lines, st.lists(lines, max_size=2, unique=True)),
        st.tuples(st.just("kind"), lines, st.sampled_from(TaskKind)),
        st.tuples(st.just("remaining"), lines, minutes),
        st.tuples(st.just("indent"), lines),
        st.tuples(st.just("outdent"), lines),
        st.tuples(st.just("line"), lines, st.sampled_from([-1, 1])),
        st.tuples(st.just("delete"), lines),
        st.tuples(st.just("add"), lines),
        st.tuples(st.just("owner"), lines, st.booleans()),
        st.tuples(st.just("absence"), days, st.integers(0, 3)),
        st.tuples(
            st.just("present"),
        ),
        st.tuples(st.just("begin"), st.none() | days),
        st.tuples(
            st.just("undo"),
        ),
        st.tuples(
            st.just("redo"),
        ),
    )


def command(project: Project, keys: list[int], edit: tuple[Any, ...]) -> Any:
    """The command of an edit."""
    what, rest = edit[0], edit[1:]
    if what in ("absence", "present", "begin"):
        return _of_people(project, what, rest)
    key = keys[rest[0] % len(keys)]
    made: dict[str, Callable[..., Any]] = {
        "move": lambda n: MoveTask(key, n, MONDAY),
        "start": lambda day: SetStart(key, day),
        "dates": lambda day, n: SetTaskDates(key, day, day + dt.timedelta(days=n), MONDAY),
        "duration": lambda n, elapsed: SetDuration(key, n, elapsed),
        "percent": lambda n: SetPercent(key, n),
        "actual": lambda at, n: SetActual(key, at, at + dt.timedelta(days=n) if n else None),
        "constraint": lambda kind, at: SetConstraint(key, kind, at),
        "mode": lambda mode: SetMode((key,), mode),
        "active": lambda on: SetActive((key,), on),
        "link": lambda other, kind, lag, unit: SetLink(
            keys[other % len(keys)], key, kind, lag, unit
        ),
        "waits": lambda others: SetPredecessors(
            key, tuple(Wait(keys[other % len(keys)]) for other in others)
        ),
        "kind": lambda kind: SetKind(key, kind),
        "remaining": lambda n: SetRemaining(key, n),
        "indent": lambda: Indent((key,)),
        "outdent": lambda: Outdent((key,)),
        "line": lambda step: MoveLine((key,), step),
        "delete": lambda: DeleteTasks((key,)),
        "add": lambda: AddTask("new", MONDAY, after=key),
        "owner": lambda on: SetField("task", key, "owner_id", 1 if on else None),
    }
    return made[what](*rest[1:])


def _of_people(project: Project, what: str, rest: tuple[Any, ...]) -> Any:
    if what == "absence":
        first = rest[0]
        last = first + dt.timedelta(days=rest[1])
        return Add("absence", {"person_id": 1, "first": first, "last": last})
    if what == "begin":
        return SetField("project", 1, "starts_on", rest[0])
    away = project.reader.select("SELECT id FROM absence")
    return Remove("absence", tuple(key for (key,) in away)) if away else None


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of seven lines, some linked, one owned."""
    path = tmp_path_factory.mktemp("any") / "start.crmp"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(path.parent / "home"))
        with Project.create(name="Any", starts_on=MONDAY) as project:
            project.execute(Add("person", {"last_name": "Faure"}))
            for number in range(LINES):
                day = MONDAY + dt.timedelta(days=number)
                values = {"title": f"T{number}", "start": day, "finish": day, "position": number}
                project.execute(Add("task", values))
            project.execute(SetLink(1, 2))
            project.execute(SetLink(2, 3, LinkKind.SS, 480))
            project.save(path)
    return path


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.lists(edits(), max_size=12))
def test_what_is_written_is_what_a_fresh_engine_says(
    start: Path, wanted: list[tuple[Any, ...]]
) -> None:
    with Project.open(start, read_only=True) as project:
        project.read_only = False
        for edit in wanted:
            keys = [key for (key,) in project.reader.select("SELECT id FROM task ORDER BY id")]
            before = project.reader.select("SELECT * FROM task ORDER BY id")
            try:
                if edit[0] == "undo":
                    project.undo()
                elif edit[0] == "redo":
                    project.redo()
                elif keys and (made := command(project, keys, edit)) is not None:
                    project.execute(made)
            except UserError:  # refused: then nothing changed
                assert project.reader.select("SELECT * FROM task ORDER BY id") == before
            _compare(project)


def _compare(project: Project) -> None:
    fresh = LivePlan(project.reader.select)
    for row in fresh.leaves():
        if row.auto:
            assert placed(fresh, row) == row
    kept = queries.live_plan(project.reader)
    assert kept.stored == fresh.stored
    for key in fresh:
        assert kept.schedule.timing(key) == fresh.schedule.timing(key)
