"""Cells of the schedule: typed as people write them, shown in the language of the window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.planning import queries
from crm_pilot.planning.schedule_commands import SetConstraint
from crm_pilot.planning.terms import ConstraintKind, LinkKind, Mode
from tests.ui.planning.conftest import Stage
from tests.ui.planning.test_screen import type_into
from ui.models.filters import ColumnFilter
from ui.screens.planning.model import TITLE


def column(stage: Stage, key: str) -> int:
    """Place of a column, which is shown from now on."""
    stage.screen.view.places.show(key, True)
    found = stage.screen.model.column_at(key)
    assert found is not None
    return found


def cell(stage: Stage, name: str, key: str) -> str:
    """What a cell shows."""
    model = stage.screen.model
    place = model.places[stage.keys[name]]
    return str(model.index(place, column(stage, key)).data() or "").replace("\xa0", " ")


def test_the_columns_come_as_in_the_picture(stage: Stage) -> None:
    view, model = stage.screen.view, stage.screen.model
    shown = [model.columns[place].key for place in view.shown_columns]
    assert shown == ["title", "start", "finish", "percent", "owner", "slack"]


@pytest.mark.parametrize(
    ("typed", "finish", "shown"),
    [("2 d", "2026-12-04", "2 d"), ("1 sem", "2026-12-09", "5 d"), ("4 h", "2026-12-03", "0.5 d")],
)
def test_a_duration_moves_the_finish(stage: Stage, typed: str, finish: str, shown: str) -> None:
    type_into(stage, "checks", column(stage, "duration"), typed)
    assert stage.dates("checks") == ("2026-12-03", finish)
    assert cell(stage, "checks", "duration") == shown


def test_what_is_no_duration_stays_in_the_cell(stage: Stage) -> None:
    before = stage.row("checks")
    type_into(stage, "checks", column(stage, "duration"), "soon")
    assert stage.row("checks") == before


def test_a_start_keeps_the_duration_and_takes_a_time(stage: Stage) -> None:
    length = stage.row("training").duration
    type_into(stage, "training", column(stage, "start"), "14/12 13:00")
    row = stage.row("training")
    assert (row.start, row.start_minute, row.duration) == (dt.date(2026, 12, 14), 780, length)
    assert cell(stage, "training", "start") == "14 Dec 13:00"
    type_into(stage, "training", column(stage, "start"), "14/12")
    assert cell(stage, "training", "start") == "14 Dec"
    assert stage.row("training").duration == length


def test_predecessors_are_typed_by_number(stage: Stage) -> None:
    at = column(stage, "predecessors")
    number = stage.screen.model.facts.numbers
    first, second = number[stage.keys["ready"]], number[stage.keys["rights"]]
    type_into(stage, "final", at, f"{first}; {second}FS+2d")
    waits = {
        link.predecessor_id: (link.kind, link.lag)
        for link in queries.links(stage.project.reader)
        if link.successor_id == stage.keys["final"]
    }
    assert waits == {
        stage.keys["ready"]: (LinkKind.FS, 0),
        stage.keys["rights"]: (LinkKind.FS, 960),
    }
    assert cell(stage, "final", "predecessors") == f"{first}; {second}FS+2 d"
    tip = stage.screen.model.index(stage.screen.model.places[stage.keys["final"]], at).data(
        Qt.ItemDataRole.ToolTipRole
    )
    assert "Data accepted" in tip and "Rights and sectors" in tip
    type_into(stage, "final", at, "")
    assert cell(stage, "final", "predecessors") == ""
    stage.bridge.undo()
    assert cell(stage, "final", "predecessors") != ""


def test_a_circle_is_named_and_nothing_changes(stage: Stage) -> None:
    said: list[object] = []
    stage.bridge.failed.connect(said.append)
    at = column(stage, "predecessors")
    number = stage.screen.model.facts.numbers[stage.keys["live"]]
    type_into(stage, "dedup", at, str(number))
    assert said and "Deduplicate customers" in str(said[0]) and "→" in str(said[0])
    assert cell(stage, "dedup", "predecessors") == str(
        stage.screen.model.facts.numbers[stage.keys["trial"]]
    )


def test_a_number_that_no_line_has_is_refused(stage: Stage) -> None:
    before = cell(stage, "final", "predecessors")
    type_into(stage, "final", column(stage, "predecessors"), "99")
    assert cell(stage, "final", "predecessors") == before


def test_slack_is_counted_in_working_days_and_bold_when_used_up(stage: Stage) -> None:
    facts = stage.screen.model.facts
    for name in ("final", "live"):
        timing = facts.timing(stage.keys[name])
        assert timing is not None
        days = timing.total_slack // 480
        assert cell(stage, name, "slack") == f"{days} d"
    assert cell(stage, "trial", "slack") == ""  # done: nothing can slip
    longest = max(
        (row for row in stage.screen.model.facts.leaves if not row.done and row.finish),
        key=lambda row: row.finish or dt.date.min,
    )
    assert facts.critical(longest)


def test_constraint_date_and_mode(stage: Stage) -> None:
    type_into(stage, "training", column(stage, "constraint_at"), "15/12")
    row = stage.row("training")
    assert row.constraint_kind is ConstraintKind.SNET
    assert row.constraint_at == dt.datetime(2026, 12, 15, 8)
    assert cell(stage, "training", "constraint") == "Start no earlier than"
    model = stage.screen.model
    index = model.index(model.places[stage.keys["training"]], column(stage, "mode"))
    assert model.setData(index, Mode.MANUAL)
    assert stage.row("training").mode is Mode.MANUAL


def test_a_constraint_without_a_date_holds_the_line_where_it_is(stage: Stage) -> None:
    stage.bridge.execute(SetConstraint(stage.keys["training"], ConstraintKind.ASAP))
    before = stage.dates("training")
    model = stage.screen.model
    at = column(stage, "constraint")
    index = model.index(model.places[stage.keys["training"]], at)
    assert model.setData(index, ConstraintKind.MSO)
    assert stage.dates("training") == before
    assert stage.row("training").constraint_at is not None


def test_a_deadline_is_the_end_of_its_day(stage: Stage) -> None:
    type_into(stage, "final", column(stage, "deadline"), "15/1")
    assert stage.row("final").deadline_at == dt.datetime(2027, 1, 15, 17)
    assert cell(stage, "final", "deadline") == "15 Jan"
    type_into(stage, "final", column(stage, "deadline"), "")
    assert stage.row("final").deadline_at is None


def test_work_and_what_remains(stage: Stage) -> None:
    type_into(stage, "checks", column(stage, "work"), "6 d")
    assert stage.row("checks").work == 6 * 480
    type_into(stage, "checks", column(stage, "remaining"), "3 d")
    row = stage.row("checks")
    assert (row.remaining, row.duration) == (3 * 480, 3 * 480)
    assert cell(stage, "checks", "remaining") == "3 d"


@pytest.mark.parametrize("key", ["duration", "start", "finish", "percent", "mode", "work"])
def test_the_schedule_of_phases_is_not_typed(stage: Stage, key: str) -> None:
    model = stage.screen.model
    line = model.lines[model.places[stage.keys["data"]]]
    found = model.columns[column(stage, key)]
    assert not model.can_edit(line, found)
    assert "follows from its lines" in model.why_not_edit(line, found)


def test_a_milestone_has_no_duration(stage: Stage) -> None:
    model = stage.screen.model
    line = model.lines[model.places[stage.keys["live"]]]
    found = model.columns[column(stage, "duration")]
    assert not model.can_edit(line, found) and model.why_not_edit(line, found)
    assert cell(stage, "live", "duration") == ""


def test_numbers_count_all_lines_whatever_is_shown(stage: Stage) -> None:
    before = cell(stage, "live", "number")
    stage.screen.lines.fold_all(True)
    stage.screen.reveal(stage.keys["live"], edit=False)
    assert cell(stage, "live", "number") == before == "9"
    assert cell(stage, "live", "outline_number") == "2.3"


def test_columns_can_be_filtered_sorted_and_copied(stage: Stage, qtbot: QtBot) -> None:
    view, model = stage.screen.view, stage.screen.model
    view.set_filter("slack", ColumnFilter(high=0))
    names = {line.row.title for line in model.lines if line.row is not None and not line.holds}
    facts = model.facts
    assert names == {
        row.title for row in facts.leaves if (slack := facts.slack(row)) is not None and slack < 480
    }
    view.clear_filters()
    place = model.column_at("duration")
    assert place is not None
    column(stage, "duration")
    view.heading.setSortIndicator(place, Qt.SortOrder.DescendingOrder)
    view.heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    for one in model.columns:
        for line in model.lines:
            if line.row is not None:
                one.plain(line), one.cell(line), one.token(line), one.order(line)
    assert model.columns[TITLE].key == "title"


def test_a_new_column_stays_hidden_for_who_chose_columns_before(stage: Stage) -> None:
    places = stage.screen.view.places
    state = places.state()
    state["order"] = ["title", "start", "finish"]
    state["hidden"] = ["start"]
    places.put(state)
    assert not places.is_shown("start") and not places.is_shown("duration")
    assert places.is_shown("owner")
