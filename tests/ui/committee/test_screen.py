"""The registers of the committee room with real keys: edited in place, added, deleted, undone."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot.errors import UserError
from crm_pilot.governance import rows
from crm_pilot.governance.actions import actions
from crm_pilot.governance.problems import problems
from crm_pilot.governance.terms import DecisionStatus, ProblemStatus
from crm_pilot.planning.queries import tasks
from crm_pilot.project import Project
from tests.ui.committee.stage import NEXT, TODAY, Key, commit, editors, shown, type_into
from ui.screens.committee.action_dialog import ActionDialog
from ui.screens.committee.decision import DecisionDialog
from ui.screens.committee.money import parse_thousands
from ui.screens.committee.views import VIEWS

REGISTERS = ("decisions", "actions", "risks", "problems", "highlights")


def test_a_decision_needs_wording_owner_and_date(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "decisions")
    qtbot.keyClick(screen.view.table, Key.Key_Insert)
    dialog = screen.findChild(DecisionDialog)
    assert dialog is not None
    assert not dialog.add.isEnabled()
    assert dialog.add.toolTip() == "Missing: the wording, the owner"
    qtbot.keyClicks(dialog.wording_field, "Open wave 3")
    qtbot.keyClicks(dialog.owner_field, "H. Marchand")
    assert dialog.add.isEnabled()
    dialog.due_field.setText("soon")
    assert not dialog.add.isEnabled()
    assert "not a date" in dialog.problem.text()
    dialog.due_field.setText("4/12")
    dialog.add.click()
    found = {row.code: row for row in rows.decisions(steering.reader)}
    assert found["D-003"].due_on == dt.date(2026, 12, 4)
    assert found["D-003"].committee == 2
    assert screen.view.table.current_id == found["D-003"].id
    screen.bridge.undo()
    assert len(rows.decisions(steering.reader)) == 2


def test_an_emptied_owner_is_refused_in_words(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "decisions")
    told: list[UserError] = []
    screen.bridge.failed.connect(told.append)
    screen.view.table.select(1)
    type_into(qtbot, screen.view.table, "owner", " ")
    assert len(told) == 1
    assert rows.decisions(steering.reader)[0].owner == "A. Roux, sponsor"


def test_a_status_notes_its_day_and_the_chips_follow(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "decisions")
    view = screen.view
    to_take, still_open, late = view.chips
    to_take.click()
    assert [row.code for row in view.model.shown] == ["D-001"]
    to_take.click()
    late.click()
    assert [row.code for row in view.model.shown] == ["D-002"]
    late.click()
    still_open.click()
    place = view.model.column_at("status")
    index = view.model.index(view.model.place(1), place)
    assert view.model.setData(index, DecisionStatus.CLOSED)
    assert [row.code for row in view.model.shown] == ["D-002"]
    found = next(row for row in rows.decisions(steering.reader) if row.id == 1)
    assert (found.decided_on, found.closed_on) == (TODAY, TODAY)


def test_a_status_chosen_in_its_cell_notes_its_day(qtbot: QtBot, steering: Project) -> None:
    """What a list of choices gives back is a plain text."""
    screen = shown(qtbot, steering, "decisions")
    table = screen.view.table
    table.select(1, edit="status")
    (box,) = [one for one in table.viewport().findChildren(QComboBox) if one.isVisible()]
    place = box.findData(DecisionStatus.CLOSED)
    box.setCurrentIndex(place)
    box.activated.emit(place)
    found = next(row for row in rows.decisions(steering.reader) if row.id == 1)
    assert found.status is DecisionStatus.CLOSED
    assert found.closed_on == TODAY


def test_an_action_is_its_task(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "actions")
    table = screen.view.table
    type_into(qtbot, table, "percent", "60")
    type_into(qtbot, table, "due_on", "4/12")
    (row,) = actions(steering.reader, TODAY)
    task = next(one for one in tasks(steering.reader) if one.id == row.task_id)
    assert (task.percent, task.finish) == (60, dt.date(2026, 12, 4))
    assert not row.late
    shown_now = screen.view.model.shown[0]
    assert (shown_now.percent, shown_now.due_on) == (60, dt.date(2026, 12, 4))
    qtbot.keyClick(table, Key.Key_Delete)
    assert not actions(steering.reader, TODAY)
    assert row.task_id not in {one.id for one in tasks(steering.reader)}
    screen.bridge.undo()
    assert screen.view.model.total == 1


def test_an_action_is_asked_in_a_dialog(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "actions")
    qtbot.keyClick(screen.view.table, Key.Key_Insert)
    dialog = screen.findChild(ActionDialog)
    assert dialog is not None
    assert dialog.add.toolTip() == "Missing: the title, the owner, the date"
    qtbot.keyClicks(dialog.title.field, "Train the champions")
    qtbot.keyClicks(dialog.owner.field, "marchand")
    assert dialog.told.text() == "Owner: Hélène Marchand"
    qtbot.keyClicks(dialog.due.field, "11/12")
    assert dialog.add.isEnabled()
    dialog.add.click()
    made = next(row for row in actions(steering.reader, TODAY) if row.title.startswith("Train"))
    assert (made.owner_id, made.due_on, made.committee) == (1, dt.date(2026, 12, 11), 2)


def test_a_problem_is_added_typed_and_closed(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "problems")
    assert screen.view.empty.isVisible()
    screen.view.empty.button.click()
    commit(qtbot, screen.view.table, "Access cut in the South")
    type_into(qtbot, screen.view.table, "severity", "4")
    model = screen.view.model
    index = model.index(0, model.column_at("status"))
    assert model.setData(index, ProblemStatus.CLOSED)
    (row,) = problems(steering.reader, TODAY)
    assert (row.title, row.severity, row.closed_on) == ("Access cut in the South", 4, TODAY)


def test_enter_edits_the_cell(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "risks")
    table = screen.view.table
    table.setCurrentIndex(screen.view.model.index(0, 1))
    qtbot.keyClick(table, Key.Key_Return)
    (editor,) = editors(table)
    assert editor.text() == "Data not clean"
    qtbot.keyClick(editor, Key.Key_Escape)


def test_budget_is_typed_in_thousands_and_kept_in_cents() -> None:
    assert parse_thousands("30,25", "fr") == 3_025_000


@pytest.mark.parametrize(
    ("text", "cents"),
    [("40", 4_000_000), ("12,5", 1_250_000), ("1 200 k€", 120_000_000), ("-3.2", -320_000),
     ("", 0), ("0,005", 500)],
)  # fmt: skip
def test_amounts_as_people_type_them(text: str, cents: int) -> None:
    assert parse_thousands(text, "fr") == cents


def test_a_comma_means_what_it_means_in_the_language() -> None:
    assert parse_thousands("1,200", "en") == 120_000_000
    assert parse_thousands("1,200", "fr") == 120_000
    assert parse_thousands("1,200.5", "en") == 120_050_000
    assert parse_thousands("12,5", "en") == 1_250_000


@pytest.mark.parametrize("text", ["forty", "1,2,3", "12e3"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is not an amount"):
        parse_thousands(text, "en")


@pytest.mark.parametrize("name", REGISTERS)
def test_an_empty_register_says_what_to_do(qtbot: QtBot, project: Project, name: str) -> None:
    screen = shown(qtbot, project, name)
    view = screen.view
    assert view.empty.isVisible()
    assert view.empty.button.text()
    assert not screen.new.isVisible()
    view.empty.button.click()
    asked = screen.findChild(DecisionDialog) or screen.findChild(ActionDialog)
    if asked is not None:
        asked.reject()
    else:
        assert view.model.total == 1
        assert view.table.isVisible()
        assert screen.new.isVisible()


def test_views_are_made_when_they_are_shown(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering)
    assert set(screen.views.made) == {"meeting"}
    for view in VIEWS:
        screen.show_view(view.name)
        assert screen.views.currentWidget() is screen.views.made[view.name]
    assert set(screen.views.made) == {view.name for view in VIEWS}


@pytest.mark.parametrize(
    ("table", "key", "name"),
    [("risk", 2, "risks"), ("decision", 2, "decisions"), ("committee", 1, "meeting"),
     ("committee_action", 1, "actions")],
)  # fmt: skip
def test_a_thing_opens_in_its_view(
    qtbot: QtBot, steering: Project, table: str, key: int, name: str
) -> None:
    screen = shown(qtbot, steering, "highlights")
    screen.open_item(table, key)
    assert screen.switch.value == name
    assert screen.view.table.current_id == key


def test_what_is_found_is_not_filtered_away(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, "decisions")
    screen.view.search.setText("nothing has this text")
    screen.view.chips[2].click()
    assert not screen.view.model.shown
    screen.open_item("decision", 1)
    assert screen.view.table.current_id == 1


def test_the_sentence_follows_an_edit(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering)
    assert "26\u00a0Nov" in screen.header.sentence.text()
    before = screen.header.sentence.text()
    from crm_pilot.governance.decisions import SetDecisionStatus

    screen.bridge.execute(SetDecisionStatus(1, DecisionStatus.VALIDATED, NEXT))
    qtbot.waitUntil(lambda: screen.header.sentence.text() != before)


def test_a_read_only_room_greys_what_edits(qtbot: QtBot, steering: Project) -> None:
    steering.read_only = True
    screen = shown(qtbot, steering)
    for button in (screen.view.details, screen.view.plan_next, screen.view.agenda.link):
        assert not button.isEnabled()
        assert "read-only" in button.toolTip()
    assert not screen.view.quick.field.isEnabled()
    screen.show_view("raci")
    assert not screen.view.empty.button.isEnabled()
    assert isinstance(screen.view.table.viewport().findChild(QLineEdit), type(None))
