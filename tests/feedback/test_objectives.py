"""Objectives and their progress, by hand and in plain SQL."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.feedback import queries, rules
from crm_pilot.feedback.commands import MeasureObjective, SetObjective
from crm_pilot.project import Project

D = dt.date
TODAY = D(2026, 11, 21)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "progress", "reached"),
    [
        (20_00, 60_00, 30_00, 0.25, False),
        (20_00, 60_00, 60_00, 1.0, True),
        (20_00, 60_00, 70_00, 1.25, True),
        (20_00, 60_00, 10_00, -0.25, False),
        (12_00, 4_00, 6_00, 0.75, False),  # days to answer: fewer is better
        (12_00, 4_00, 4_00, 1.0, True),
        (12_00, 12_00, 12_00, None, True),
        (None, 60_00, 30_00, None, False),
        (None, 60_00, 60_00, None, True),
        (20_00, None, 30_00, None, None),
        (20_00, 60_00, None, None, None),
    ],
)
def test_progress(
    baseline: int | None,
    target: int | None,
    value: int | None,
    progress: float | None,
    reached: bool | None,
) -> None:
    assert rules.progress(baseline, target, value) == progress
    assert rules.is_reached(baseline, target, value) is reached


def test_objectives_as_of_a_day(project: Project) -> None:
    key = project.execute(SetObjective(" Win rate ", "%", 20_00, 60_00, D(2026, 11, 20)))
    other = project.execute(SetObjective("Answers", "d", target=4_00))
    for day, value in ((D(2026, 9, 1), 22_00), (D(2026, 11, 1), 30_00), (D(2026, 12, 1), 60_00)):
        project.execute(MeasureObjective(key, day, value))
    first, second = queries.objectives(project.reader, TODAY)
    assert (first.title, first.value, first.measured_on) == ("Win rate", 30_00, D(2026, 11, 1))
    assert (first.progress, first.reached, first.late) == (0.25, False, True)
    assert [m.value for m in first.measures] == [22_00, 30_00]
    assert (second.id, second.progress, second.late) == (other, None, False)
    assert queries.objectives(project.reader, D(2026, 11, 20))[0].late is False  # the day itself
    done = queries.objectives(project.reader, D(2026, 12, 1))[0]
    assert (done.progress, done.reached, done.late) == (1.0, True, False)
    wanted = project.reader.value(
        "SELECT (1.0 * m.value - o.baseline) / (o.target - o.baseline) FROM objective o"
        " JOIN objective_measure m ON m.objective_id = o.id WHERE o.id = ?"
        " AND m.measured_on <= ? ORDER BY m.measured_on DESC LIMIT 1",
        key,
        TODAY,
    )
    assert first.progress == wanted


def test_a_second_measure_of_a_day_replaces_the_first(project: Project) -> None:
    key = project.execute(SetObjective("Win rate"))
    first = project.execute(MeasureObjective(key, TODAY, 1))
    assert project.execute(MeasureObjective(key, TODAY, 2)) == first
    assert queries.objectives(project.reader, TODAY)[0].value == 2
    project.undo()
    assert queries.objectives(project.reader, TODAY)[0].value == 1


def test_an_objective_is_changed_and_keeps_its_place(project: Project) -> None:
    keys = [project.execute(SetObjective(name)) for name in "ab"]
    assert project.execute(SetObjective("A", "€", key=keys[0])) == keys[0]
    assert [o.title for o in queries.objectives(project.reader, TODAY)] == ["A", "b"]
    with pytest.raises(UserError):
        project.execute(SetObjective(" ", key=keys[0]))
    with pytest.raises(UserError):
        project.execute(MeasureObjective(99, TODAY, 1))
