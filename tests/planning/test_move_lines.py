"""Lines put elsewhere in the outline."""

from __future__ import annotations

import pytest

from crm_pilot.errors import UserError
from crm_pilot.planning import queries
from crm_pilot.planning.move_lines import MoveLines
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Project
from tests.planning.example import fill_with_baseline


@pytest.fixture
def keys(project: Project) -> dict[str, int]:
    return fill_with_baseline(project)


def order(project: Project, keys: dict[str, int]) -> list[str]:
    names = {key: name for name, key in keys.items() if name not in ("faure", "wave 3")}
    return [names[row.id] for row in queries.tasks(project.reader)]


def parent(project: Project, key: int) -> int | None:
    return next(row.parent_id for row in queries.tasks(project.reader) if row.id == key)


def test_before_and_after_a_line(project: Project, keys: dict[str, int]) -> None:
    before = order(project, keys)
    project.execute(MoveLines((keys["final"],), before=keys["checks"]))
    assert order(project, keys)[2:5] == ["dedup", "final", "checks"]
    assert parent(project, keys["final"]) == keys["data"]
    project.undo()
    assert order(project, keys) == before
    project.execute(MoveLines((keys["rights"],), after=keys["live"]))
    assert order(project, keys)[-4:] == ["final", "live", "rights", "training"]


def test_several_keep_their_order_and_take_what_they_hold(
    project: Project, keys: dict[str, int]
) -> None:
    chosen = (keys["final"], keys["data"], keys["dedup"])  # dedup lies under data
    project.execute(MoveLines(chosen, after=keys["live"]))
    found = order(project, keys)
    assert found == [
        *("wave", "rights", "live", "data", "trial", "dedup", "checks", "ready", "final"),
        "training",
    ]
    assert parent(project, keys["data"]) == keys["wave"]


def test_under_a_task_makes_it_a_phase_and_back(project: Project, keys: dict[str, int]) -> None:
    project.execute(MoveLines((keys["live"],), under=keys["rights"]))
    rows = {row.id: row for row in queries.tasks(project.reader)}
    assert rows[keys["rights"]].kind is TaskKind.PHASE
    assert rows[keys["live"]].parent_id == keys["rights"]
    project.execute(MoveLines((keys["live"],), after=keys["final"]))
    rows = {row.id: row for row in queries.tasks(project.reader)}
    assert rows[keys["rights"]].kind is TaskKind.TASK


def test_a_line_takes_the_pillar_it_comes_to_stand_in(
    project: Project, keys: dict[str, int]
) -> None:
    project.execute(MoveLines((keys["wave"],), after=keys["training"]))
    rows = {row.id: row for row in queries.tasks(project.reader)}
    assert {rows[keys[name]].pillar for name in ("wave", "final", "live")} == {Pillar.ADOPTION}
    project.execute(MoveLines((keys["training"],), pillar=Pillar.FEEDBACK))
    assert order(project, keys)[-1] == "training"


def test_what_cannot_be_is_refused(project: Project, keys: dict[str, int]) -> None:
    before = order(project, keys)
    with pytest.raises(UserError):
        project.execute(MoveLines((keys["data"],), under=keys["dedup"]))
    with pytest.raises(UserError):
        project.execute(MoveLines((keys["trial"],), under=keys["live"]))  # a milestone
    assert order(project, keys) == before


def test_staying_where_it_is_changes_nothing(project: Project, keys: dict[str, int]) -> None:
    project.execute(MoveLines((keys["dedup"],), after=keys["trial"]))  # numbers the places anew
    steps = len(project.undo_labels)
    project.execute(MoveLines((keys["dedup"],), after=keys["trial"]))
    project.execute(MoveLines((keys["dedup"],), before=keys["checks"]))
    assert len(project.undo_labels) == steps
