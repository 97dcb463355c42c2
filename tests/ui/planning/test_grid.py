"""The outline as a grid: filter, sort among siblings, paste, duplicate with what is held."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from tests.ui.planning.conftest import Stage
from ui.models.filters import ColumnFilter
from ui.screens.planning.model import FINISH, PERCENT, START, TITLE
from ui.screens.planning.screen import PlanningScreen

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def screen(stage: Stage) -> PlanningScreen:
    """The screen over the example plan."""
    return stage.screen


def titles(screen: PlanningScreen) -> list[str]:
    """Titles of the lines shown that are rows."""
    return [line.row.title for line in screen.model.lines if line.row is not None]


def row(project: Project, title: str) -> tuple[Any, ...]:
    """Start, finish, percent of a task."""
    found = project.reader.one("SELECT start, finish, percent FROM task WHERE title = ?", title)
    assert found is not None
    return tuple(found)


def test_a_filter_keeps_what_holds_the_lines_found(screen: PlanningScreen) -> None:
    every = titles(screen)
    some = every[-1]
    screen.view.set_filter("title", ColumnFilter(contains=some))
    shown = titles(screen)
    assert some in shown and len(shown) < len(every)
    holding = {line.key for line in screen.model.lines if line.holds}
    parents = {line.row.parent_id for line in screen.model.lines if line.row is not None}
    assert parents - {None} <= holding
    screen.view.clear_filters()
    assert titles(screen) == every


def test_sorting_keeps_lines_in_their_phase(screen: PlanningScreen, project: Project) -> None:
    before = titles(screen)
    screen.view.heading.setSortIndicator(TITLE, Qt.SortOrder.DescendingOrder)
    after = titles(screen)
    assert sorted(after) == sorted(before) and after != before
    place = {line.key: at for at, line in enumerate(screen.model.lines)}
    for line in screen.model.lines:
        if line.row is not None and line.row.parent_id is not None:
            assert place[line.row.parent_id] < place[line.key]
    said: list[Any] = []
    screen.bridge.failed.connect(said.append)
    screen.view.select(screen.model.lines[-1].key)
    screen.edits.move_line(-1)
    assert said and titles(screen) == after
    screen.view.heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert titles(screen) == before


def leaf(screen: PlanningScreen) -> Any:
    """A task of the plan that holds nothing and is not begun."""
    return next(
        line
        for line in screen.model.lines
        if line.row is not None and not line.holds and line.row.kind.value == "task"
        if not line.row.percent
    )


def test_start_and_finish_pasted_together_are_set_together(
    screen: PlanningScreen, project: Project
) -> None:
    line = leaf(screen)
    screen.view.select(line.key)
    screen.view.setCurrentIndex(screen.model.index(screen.model.places[line.key], START))
    QGuiApplication.clipboard().setText("2027-03-01\t2027-03-12\t40%")
    before = row(project, line.row.title)
    screen.view.paste()
    assert row(project, line.row.title) == ("2027-03-01", "2027-03-12", 40)
    project.undo()
    assert row(project, line.row.title) == before


def test_fill_down_sets_one_percent_for_all(
    screen: PlanningScreen, project: Project, qtbot: QtBot
) -> None:
    lines = [x for x in screen.model.lines if x.row is not None and not x.holds]
    lines = [x for x in lines if x.row.kind.value == "task"][:3]
    if len(lines) < 2:
        pytest.skip("too few tasks")
    screen.view.select(lines[0].key)
    for line in lines:
        index = screen.model.index(screen.model.places[line.key], TITLE)
        flags = screen.view.selectionModel().SelectionFlag
        screen.view.selectionModel().select(index, flags.Select | flags.Rows)
    screen.view.set_all(lines, screen.model.columns[PERCENT], 60)
    assert [row(project, line.row.title)[2] for line in lines] == [60] * len(lines)
    project.undo()
    assert [row(project, line.row.title)[2] for line in lines] == [
        line.row.percent for line in lines
    ]


def test_a_phase_is_duplicated_with_what_it_holds(screen: PlanningScreen, project: Project) -> None:
    phase = next(line for line in screen.model.lines if line.row is not None and line.holds)
    inside = project.reader.value("SELECT COUNT(*) FROM task WHERE parent_id = ?", phase.key)
    links = project.reader.value("SELECT COUNT(*) FROM link")
    total = project.reader.value("SELECT COUNT(*) FROM task")
    screen.view.select(phase.key)
    screen.view.duplicate()
    copy = screen.view.current
    assert copy is not None and copy.row is not None and copy.key != phase.key
    assert copy.row.title == phase.row.title
    roots = [line.key for line in screen.model.lines if line.depth == phase.depth]
    assert roots.index(copy.key) == roots.index(phase.key) + 1
    held = project.reader.value("SELECT COUNT(*) FROM task WHERE parent_id = ?", copy.key)
    assert held == inside > 0
    assert project.reader.value("SELECT COUNT(*) FROM link") >= links
    project.undo()
    assert project.reader.value("SELECT COUNT(*) FROM task") == total
    assert project.reader.value("SELECT COUNT(*) FROM link") == links


def test_a_list_of_tasks_is_pasted_as_new_lines(
    screen: PlanningScreen, project: Project, qtbot: QtBot
) -> None:
    line = leaf(screen)
    screen.view.select(line.key)
    cells = (("Task", "Start", "Finish"), ("One", "1/3/2027", "5/3/2027"), ("Two", "", "8/3/2027"))
    plan = screen.view.paste_plan(cells, add=True)
    assert plan.added == 2 and not plan.problems
    from ui.widgets.grid import pasted

    screen.view.carry_out(plan, pasted(plan))
    assert row(project, "One")[:2] == ("2027-03-01", "2027-03-05")
    assert row(project, "Two")[:2] == ("2027-03-08", "2027-03-08")
    parent = project.reader.value("SELECT parent_id FROM task WHERE title = 'Two'")
    assert parent == line.row.parent_id
    project.undo()
    assert project.reader.value("SELECT COUNT(*) FROM task WHERE title = 'One'") == 0


def test_a_filter_by_date_uses_rolled_up_dates(screen: PlanningScreen) -> None:
    late = max(line.finish for line in screen.model.lines if line.finish is not None)
    screen.view.set_filter("finish", ColumnFilter(low=late))
    assert titles(screen)
    screen.view.set_filter("finish", ColumnFilter(low=late + dt.timedelta(days=1)))
    assert not titles(screen) and screen.stack.currentIndex() == 1
    assert screen.model.columns[FINISH].kind == "date"
