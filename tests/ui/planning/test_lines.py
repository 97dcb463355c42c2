"""What an edit changes on the screen equals what a full read would show."""

from __future__ import annotations

import datetime as dt
import random
import time

import pytest

from crm_pilot.i18n import Message, msg
from crm_pilot.planning import queries
from crm_pilot.planning.announcements import SetBaseline
from crm_pilot.planning.commands import AddTask, MoveTask, SetPercent, SetTaskDates
from crm_pilot.planning.outline_commands import DeleteTasks, Indent, MoveLine, Outdent, SetPillar
from crm_pilot.planning.terms import Pillar
from crm_pilot.project import Command, Project, SetField
from tests.planning.example import TODAY
from tests.ui.planning.conftest import Stage
from ui.screens.planning.lines import Arrangement


def random_command(dice: random.Random, project: Project) -> Command:
    rows = queries.tasks(project.reader)
    parents = {row.parent_id for row in rows}
    leaves = [row for row in rows if row.id not in parents]
    leaf, row = dice.choice(leaves), dice.choice(rows)
    start = TODAY + dt.timedelta(days=dice.randint(-60, 60))
    makers: list[Command] = [
        SetTaskDates(leaf.id, start, start + dt.timedelta(days=dice.randint(0, 30)), TODAY),
        SetPercent(leaf.id, dice.choice([0, 20, 100])),
        MoveTask(row.id, dice.randint(-20, 20), TODAY),
        SetField("task", row.id, "title", f"Title {dice.random()}"),
        AddTask("New", TODAY, after=row.id),
        MoveLine(row.id, dice.choice([-1, 1])),
        SetPillar(row.id, dice.choice(list(Pillar))),
        Indent((leaf.id,)),
        Outdent((leaf.id,)),
    ]
    if len(leaves) > 8:
        makers.append(DeleteTasks((leaf.id,)))
    return dice.choice(makers)


@pytest.mark.parametrize("seed", range(4))
def test_patched_lines_equal_a_full_read(stage: Stage, seed: int) -> None:
    dice = random.Random(seed)
    screen, project = stage.screen, stage.project
    if seed % 2:
        screen.lines.choice.hide_done = True
    if seed == 2:
        screen.lines.choice.closed = {stage.keys["data"], stage.keys["wave"]}
    if seed:
        screen.refresh(None)
    stage.bridge.failed.connect(lambda _: None)
    for _ in range(60):
        if dice.random() < 0.2 and project.undo_labels:
            dice.choice([stage.bridge.undo, stage.bridge.redo])()
        else:
            stage.bridge.execute(random_command(dice, project))
        rows = queries.tasks(project.reader)
        fresh = Arrangement(rows, screen.lines.choice, TODAY)
        assert screen._rows == rows
        assert screen.model.lines == fresh.lines
        assert list(screen.gantt.lines) == fresh.lines
        assert screen.lines.counts == fresh.counts


class Fill:
    """2,000 lines under 100 phases."""

    label: Message = msg("Fill")

    def apply(self, work) -> None:
        rows = []
        for phase in range(100):
            key = len(rows) + 1
            pillar = list(Pillar)[phase * 3 // 100]
            common = {"pillar": pillar, "start": None, "finish": None, "percent": 0}
            head = {"id": key, "parent_id": None, "position": phase, "kind": "phase"}
            rows.append(head | {"title": f"Phase {phase}"} | common)
            for place in range(19):
                start = dt.date(2026, 1, 5) + dt.timedelta(days=phase * 5 + place * 3)
                row = {"id": len(rows) + 1, "parent_id": key, "position": place, "kind": "task"}
                dates = {"start": start, "finish": start + dt.timedelta(days=4)}
                rows.append(row | {"title": f"Task {place}"} | common | dates)
        work.insert_many("task", rows)
        links = [(a, a + 1) for a in range(2, len(rows), 2) if a % 20]
        ends = [{"predecessor_id": a, "successor_id": b} for a, b in links]
        work.insert_many("link", ends)


def test_an_edit_among_2000_tasks_does_not_show_all_anew(
    empty_stage: Stage,
) -> None:
    project, screen = empty_stage.project, empty_stage.screen
    project.execute(Fill())
    project.execute(SetBaseline("First", TODAY))
    screen.lines.choice.closed = set()
    screen.refresh(None)
    assert len(screen.model.lines) == 2003
    empty_stage.bridge.changed.disconnect(screen.refresh)
    seen: list[object] = []
    empty_stage.bridge.changed.connect(seen.append)
    spent = []
    for turn in range(15):
        key = 3 + turn * 20
        finish = dt.date(2027, 2, 1) + dt.timedelta(days=turn)
        project.execute(SetTaskDates(key, dt.date(2026, 3, 2), finish, TODAY))
        start = time.process_time()
        screen.refresh(seen[-1])  # type: ignore[arg-type]
        spent.append(time.process_time() - start)
        line = screen.model.lines[screen.model.places[key]]
        assert line.finish == finish
    whole = []
    for _ in range(3):
        start = time.process_time()
        screen.refresh(None)
        whole.append(time.process_time() - start)
    empty_stage.bridge.changed.connect(screen.refresh)
    print(f"an edit {min(spent) * 1000:.1f} ms, all anew {min(whole) * 1000:.1f} ms")
    assert min(spent) < min(whole) / 3, (spent, whole)


def test_a_closed_phase_keeps_the_dates_of_its_committee_milestones(stage: Stage) -> None:
    stage.screen.lines.fold_all(True)
    lines = {line.key: line for line in stage.screen.model.lines}
    assert lines[stage.keys["wave"]].points == (dt.date(2027, 1, 12),)
    stage.bridge.execute(MoveTask(stage.keys["live"], 7, TODAY))
    lines = {line.key: line for line in stage.screen.model.lines}
    assert lines[stage.keys["wave"]].points == (dt.date(2027, 1, 19),)
    stage.screen.lines.fold_all(False)
    assert not any(line.points for line in stage.screen.model.lines)
