"""Files of GanttProject and GNOME Planner: scheduled anew, they have the dates they were saved
with. The evening of a day and the next morning are one to work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crm_pilot.exchange.plan_formats import read_plan
from crm_pilot.planning.engine.worktime import of_datetime
from crm_pilot.planning.from_document import schedule_of

FILES = (
    ("ganttproject/HouseBuildingSample.gan", 20),
    ("mpxj-planner/planner-calendar.planner", 2),
    ("mpxj-planner/planner-resource.planner", 3),
    ("mpxj-planner/planner-sample.planner", 2),
)


@pytest.mark.parametrize(("name", "tasks"), FILES)
def test_dates_of_other_planners(
    name: str, tasks: int, corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    document = read_plan(corpus / name)
    plan = schedule_of(document)
    compared = 0
    for task in document.tasks:
        if task.manual or task.start is None or task.finish is None:
            continue
        start, finish = plan.dates(task.uid)
        between = plan.calendar.between
        assert between(of_datetime(task.start), start) == 0, task.name
        assert between(of_datetime(task.finish), finish) == 0, task.name
        compared += 1
    assert compared == tasks
    record_property("printed", f"{name}: dates of {compared} tasks as stored")
