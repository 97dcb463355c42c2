"""The dialog of a line: each part, one step for all, and what cannot be done says why."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.errors import UserError
from crm_pilot.planning import load_queries, queries
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.schedule_commands import SetMode
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode, TaskKind
from crm_pilot.project import Add
from tests.ui.planning.conftest import Stage
from ui.screens.planning.task_dialog import TaskDialog
from ui.screens.planning.task_links import lag_text, parse_lag
from ui.widgets.asked import Asked

SIZES = (480, 2400)


def dialog(stage: Stage, name: str, page: str = "dates") -> TaskDialog:
    made = TaskDialog(stage.screen, stage.bridge, stage.row(name), page)
    made.open()
    return made


def put(field: Asked, text: str) -> None:
    """Type a text over what stands in a field."""
    field.field.selectAll()
    QTest.keyClick(field.field, Qt.Key.Key_Delete)
    QTest.keyClicks(field.field, text)


def test_nothing_changed_cannot_be_applied_and_says_so(stage: Stage) -> None:
    made = dialog(stage, "checks")
    assert not made.ok.isEnabled() and made.ok.toolTip() == "Nothing is changed yet."
    assert made.draft == made.before


@pytest.mark.parametrize(
    "name", ["data", "trial", "dedup", "checks", "ready", "wave", "final", "live", "training"]
)
def test_opening_any_line_changes_nothing(stage: Stage, name: str) -> None:
    steps = len(stage.project.undo_labels)
    made = dialog(stage, name)
    assert made.draft == made.before
    made.apply()
    assert len(stage.project.undo_labels) == steps


def test_a_duration_and_a_start_are_one_step(stage: Stage) -> None:
    before = stage.row("training")
    steps = len(stage.project.undo_labels)
    made = dialog(stage, "training")
    put(made.dates.start, "14/12")
    put(made.dates.duration, "3 d")
    assert made.ok.isEnabled()
    made.ok.click()
    assert not made.isVisible()
    assert stage.dates("training") == ("2026-12-14", "2026-12-16")
    assert len(stage.project.undo_labels) == steps + 1
    stage.bridge.undo()
    assert stage.row("training") == before


def test_by_hand_a_start_and_a_duration_make_the_finish(stage: Stage) -> None:
    stage.bridge.execute(SetMode((stage.keys["training"],), Mode.MANUAL))
    made = dialog(stage, "training")
    put(made.dates.start, "14/12")
    put(made.dates.duration, "3 d")
    made.ok.click()
    row = stage.row("training")
    assert (str(row.start), str(row.finish), row.mode) == ("2026-12-14", "2026-12-16", Mode.MANUAL)
    assert row.duration == 3 * 480


def test_of_finish_and_duration_the_last_typed_counts(stage: Stage) -> None:
    made = dialog(stage, "training")
    put(made.dates.finish, "11/12")
    put(made.dates.duration, "2 d")
    assert made.draft.finish == made.before.finish
    made.ok.click()
    assert stage.dates("training") == ("2026-12-07", "2026-12-08")
    made = dialog(stage, "training")
    put(made.dates.duration, "9 d")
    put(made.dates.finish, "11/12")
    made.ok.click()
    assert stage.dates("training") == ("2026-12-07", "2026-12-11")


def test_what_cannot_be_read_is_said_below_the_field(stage: Stage) -> None:
    made = dialog(stage, "checks")
    put(made.dates.duration, "long")
    made.dates.duration.field.editingFinished.emit()
    assert made.dates.duration.complaint.isVisible()
    assert "long" in made.dates.duration.complaint.text()
    assert not made.ok.isEnabled() and "long" in made.ok.toolTip()
    put(made.dates.duration, "4 d")
    assert made.ok.isEnabled() and not made.dates.duration.complaint.isVisible()


def test_constraint_deadline_calendar_and_ticks(stage: Stage) -> None:
    calendar = stage.project.execute(Add("calendar", {"name": "Nights", "week": "{}"}))
    made = dialog(stage, "training")
    page = made.dates
    assert page.held.field.isEnabled()  # it starts no earlier than its date
    page.constraint.put(ConstraintKind.ASAP)
    page.constraint.edited.emit()
    assert not page.held.field.isEnabled() and page.held.field.toolTip()
    page.constraint.put(ConstraintKind.MSO)
    page.constraint.edited.emit()
    put(page.held, "15/12")
    put(page.deadline, "15/1")
    page.calendar.put(calendar)
    page.ignores.setChecked(True)
    page.active.setChecked(False)
    made.ok.click()
    row = stage.row("training")
    assert row.constraint_kind is ConstraintKind.MSO
    assert row.constraint_at == dt.datetime(2026, 12, 15, 8)
    assert row.deadline_at == dt.datetime(2027, 1, 15, 17)
    assert (row.calendar_id, row.ignores_people, row.active) == (calendar, True, False)


def test_links_of_both_sides(stage: Stage) -> None:
    made = dialog(stage, "training", "links")
    page = made.links
    page.waits.add(None)
    line = page.waits.lines[-1]
    QTest.keyClicks(line.line.field, "3rd dry")
    line.line.field.editingFinished.emit()
    assert line.line.key == stage.keys["checks"]
    QTest.keyClicks(line.lag, "-1 d")
    page.leads.add(None)
    other = page.leads.lines[-1]
    other.line.choose(stage.keys["live"])
    other.kind.setCurrentIndex(other.kind.findData(LinkKind.FF))
    other.kind.activated.emit(0)
    made.ok.click()
    found = {
        (link.predecessor_id, link.successor_id): (link.kind, link.lag)
        for link in queries.links(stage.project.reader)
    }
    assert found[stage.keys["checks"], stage.keys["training"]] == (LinkKind.FS, -480)
    assert found[stage.keys["training"], stage.keys["live"]] == (LinkKind.FF, 0)
    again = dialog(stage, "training", "links")
    assert again.draft == again.before
    again.links.waits.lines[0].away.click()
    again.links.leads.lines[0].away.click()
    again.ok.click()
    assert len(queries.links(stage.project.reader)) == len(found) - 2


def test_a_circle_is_said_in_the_dialog_and_it_stays(stage: Stage) -> None:
    made = dialog(stage, "trial", "links")
    made.links.waits.add(None)
    made.links.waits.lines[-1].line.choose(stage.keys["live"])
    made.links.waits.lines[-1].edited.emit()
    steps = len(stage.project.undo_labels)
    made.ok.click()
    assert made.isVisible() and made.complaint.isVisible()
    assert "→" in made.complaint.text()
    assert len(stage.project.undo_labels) == steps


def test_a_line_that_nobody_knows_is_said(stage: Stage) -> None:
    made = dialog(stage, "final", "links")
    made.links.waits.add(None)
    line = made.links.waits.lines[-1]
    QTest.keyClicks(line.line.field, "zzz")
    assert "zzz" in made.links.wrong and not made.ok.isEnabled()
    line.line.field.clear()
    line.edited.emit()
    assert not made.links.wrong  # an empty line is no link
    line.line.choose(stage.keys["ready"])
    line.edited.emit()
    assert "twice" in made.links.wrong


def test_people_with_their_share(stage: Stage) -> None:
    other = stage.project.execute(Add("person", {"first_name": "Ana", "last_name": "Roy"}))
    made = dialog(stage, "checks", "people")
    page = made.people
    assert page.people.none.isVisible()
    page.people.add(None, 100)
    line = page.people.lines[-1]
    QTest.keyClicks(line.who.field, "ana")
    line.who.field.editingFinished.emit()
    line.units.setText("50 %")
    line.units.textEdited.emit("50 %")
    page.owner.put(stage.keys["faure"])
    page.owner.edited.emit()
    put(page.work, "4 d")
    made.ok.click()
    given = load_queries.assignments(stage.project.reader)[stage.keys["checks"]]
    assert [(one.person, one.units) for one in given] == [(other, 50)]
    row = stage.row("checks")
    assert (row.owner_id, row.work) == (stage.keys["faure"], 4 * 480)


def test_actual_dates_mean_the_hours_of_work(stage: Stage) -> None:
    made = dialog(stage, "checks", "people")
    put(made.people.began, "16/11")
    put(made.people.ended, "20/11")
    made.ok.click()
    row = stage.row("checks")
    assert row.actual_start == dt.datetime(2026, 11, 16, 8)
    assert row.actual_finish == dt.datetime(2026, 11, 20, 17)
    assert row.done


def test_what_else_is_known_of_it(stage: Stage) -> None:
    made = dialog(stage, "training", "about")
    page = made.about
    put(page.title, "Sessions South")
    page.note.setPlainText("Rooms booked")
    page.pillar.put("feedback")
    page.pillar.edited.emit()
    page.deliverable.setChecked(True)
    made.ok.click()
    row = stage.row("training")
    assert (row.title, row.note, row.pillar) == ("Sessions South", "Rooms booked", "feedback")
    assert row.deliverable
    again = dialog(stage, "training", "about")
    put(again.about.title, "")
    assert not again.ok.isEnabled()


def test_a_phase_keeps_its_schedule(stage: Stage) -> None:
    made = dialog(stage, "data")
    assert not made.dates.start.field.isEnabled()
    assert "follows from its lines" in made.dates.start.field.toolTip()
    assert made.links.waits.more.isEnabled() and made.about.title.field.isEnabled()


def test_a_milestone_has_one_day(stage: Stage) -> None:
    made = dialog(stage, "live")
    assert not made.dates.start.field.isEnabled() and not made.dates.duration.field.isEnabled()
    put(made.dates.finish, "19/1")
    made.ok.click()
    assert stage.dates("live") == ("2027-01-19", "2027-01-19")
    made = dialog(stage, "checks", "about")
    made.about.kind.put(TaskKind.MILESTONE)
    made.about.kind.edited.emit()
    made.ok.click()
    assert stage.row("checks").kind is TaskKind.MILESTONE


def test_a_read_only_project_can_be_looked_at(stage: Stage) -> None:
    stage.project.read_only = True
    made = dialog(stage, "checks")
    assert not made.ok.isEnabled() and "read-only" in made.ok.toolTip()
    assert not made.dates.start.field.isEnabled() and not made.people.people.more.isEnabled()
    stage.project.read_only = False


def test_enter_and_double_click_open_it(stage: Stage) -> None:
    stage.select("checks")
    view = stage.screen.view
    QTest.keyClick(view, Qt.Key.Key_Return)
    found = QApplication.activeModalWidget()
    assert isinstance(found, TaskDialog) and found.row.id == stage.keys["checks"]
    found.reject()
    index = stage.screen.model.index(stage.screen.model.places[stage.keys["dedup"]], 2)
    QTest.mouseDClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    found = QApplication.activeModalWidget()
    assert isinstance(found, TaskDialog) and found.row.id == stage.keys["dedup"]
    found.reject()


@pytest.mark.parametrize(
    ("text", "lag"),
    [
        ("", (0, LagUnit.WORKING)),
        ("2 d", (960, LagUnit.WORKING)),
        ("-1 sem", (-2400, LagUnit.WORKING)),
        ("50 %", (50, LagUnit.PERCENT)),
        ("+4 h", (240, LagUnit.WORKING)),
        ("2 d elapsed", (2880, LagUnit.ELAPSED)),
    ],
)
def test_lags_are_typed_as_people_write_them(text: str, lag: tuple[int, LagUnit]) -> None:
    assert parse_lag(text, SIZES) == lag
    assert parse_lag(lag_text(Wait(1, LinkKind.FS, *lag), 480), SIZES) == lag


@pytest.mark.parametrize("text", ["soon", "2 x", "--2", "1 d 2"])
def test_what_is_no_lag_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_lag(text, SIZES)
