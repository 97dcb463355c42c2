"""The planning screen: outline, keys, editing in place, filters, details, empty state."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.planning.announcements import SetBaseline
from crm_pilot.planning.terms import TaskKind
from crm_pilot.project import SetField
from tests.planning.example import TODAY
from tests.ui.planning.conftest import Stage
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.model import FINISH, PERCENT, START, TITLE
from ui.screens.planning.pane import PlanPane
from ui.screens.planning.tips import bar_tip
from ui.widgets.fields import LineEdit

Mod = Qt.KeyboardModifier
Key = Qt.Key


def type_into(stage: Stage, name: str, column: int, text: str) -> None:
    """Edit a cell as a person does: stand on it, F2, type, Enter."""
    view, model = stage.screen.view, stage.screen.model
    view.setCurrentIndex(model.index(model.places[stage.keys[name]], column))
    view.setFocus()
    QTest.keyClick(view, Key.Key_F2)
    editor = view.viewport().findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert editor is not None
    editor.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(editor, Key.Key_Delete)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    QApplication.processEvents()  # the delegate commits a moment later
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_outline_shows_pillars_and_lines(stage: Stage) -> None:
    assert stage.titles() == [
        "Deployment",
        "Data migration",
        "2nd dry run",
        "Deduplicate customers",
        "3rd dry run",
        "Data accepted",
        "Wave 3",
        "Rights and sectors",
        "Final migration",
        "Go-live of wave 3",
        "Adoption",
        "Sessions West and South",
    ]


def test_the_model_keeps_qts_rules(stage: Stage) -> None:
    tester = QAbstractItemModelTester(
        stage.screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    stage.select("dedup")
    stage.screen.edits.add()
    stage.screen.edits.remove()
    stage.bridge.undo()
    assert tester.model() is stage.screen.model


def test_the_sentence_says_what_drives_the_go_live(stage: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Final migration" in stage.screen.header.sentence.text())
    assert "7 days late" in stage.screen.header.sentence.text()


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("12/3", "2027-03-12"),
        ("12 mars", "2027-03-12"),
        ("12 March", "2027-03-12"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_a_typed_start_moves_the_task(stage: Stage, typed: str, start: str) -> None:
    type_into(stage, "dedup", START, typed)
    row = stage.row("dedup")
    assert str(row.start) == start
    assert row.finish is not None
    assert row.start is not None
    assert row.finish > row.start


def test_a_typed_finish_stretches_the_task(stage: Stage) -> None:
    type_into(stage, "dedup", FINISH, "9/12")
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-09")


def test_title_and_percent_are_edited_in_place(stage: Stage) -> None:
    type_into(stage, "dedup", TITLE, "Clean the customers")
    type_into(stage, "dedup", PERCENT, "45 %")
    assert stage.row("dedup").title == "Clean the customers"
    assert stage.row("dedup").percent == 45


def test_what_cannot_be_read_is_told_and_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    type_into(stage, "dedup", START, "soon")
    editor = stage.screen.view.viewport().findChild(LineEdit)
    assert isinstance(editor, LineEdit) and editor.text() == "soon" and "soon" in editor.toolTip()
    assert stage.dates("dedup") == ("2026-11-16", "2026-12-02")


def test_figures_of_phases_are_not_edited(stage: Stage) -> None:
    model = stage.screen.model
    place = model.places[stage.keys["data"]]
    for column in (START, FINISH, PERCENT):
        assert not model.flags(model.index(place, column)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(place, TITLE)) & Qt.ItemFlag.ItemIsEditable


def test_insert_adds_a_line_and_edits_its_title(stage: Stage) -> None:
    stage.select("dedup")
    QTest.keyClick(stage.screen.view, Key.Key_Insert)
    assert stage.titles()[4] == "New task"
    line = stage.screen.view.current
    assert line is not None
    assert line.row is not None
    assert line.row.title == "New task"
    assert stage.screen.view.state() == stage.screen.view.State.EditingState


def test_tab_indents_and_shift_tab_outdents(stage: Stage) -> None:
    stage.select("final")
    QTest.keyClick(stage.screen.view, Key.Key_Tab)
    assert stage.row("final").parent_id == stage.keys["rights"]
    assert stage.row("rights").kind is TaskKind.PHASE
    QTest.keyClick(stage.screen.view, Key.Key_Backtab, Mod.ShiftModifier)
    assert stage.row("final").parent_id == stage.keys["wave"]
    line = stage.screen.view.current
    assert line is not None
    assert line.key == stage.keys["final"]


def test_alt_and_arrows_move_the_line(stage: Stage) -> None:
    stage.select("dedup")
    QTest.keyClick(stage.screen.view, Key.Key_Up, Mod.AltModifier)
    assert stage.titles()[2:4] == ["Deduplicate customers", "2nd dry run"]
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.AltModifier)
    assert stage.titles()[2:4] == ["2nd dry run", "Deduplicate customers"]


def test_delete_removes_what_is_selected_as_one_step(stage: Stage) -> None:
    stage.select("trial")
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    steps = len(stage.project.undo_labels)
    before = stage.titles()
    QTest.keyClick(stage.screen.view, Key.Key_Delete)
    assert "2nd dry run" not in stage.titles()
    assert "Deduplicate customers" not in stage.titles()
    assert len(stage.project.undo_labels) == steps + 1
    assert stage.screen.view.current is not None
    stage.bridge.undo()
    assert stage.titles() == before


def test_arrows_fold_and_unfold(stage: Stage) -> None:
    stage.select("data")
    QTest.keyClick(stage.screen.view, Key.Key_Left)
    assert "2nd dry run" not in stage.titles()
    assert len(stage.screen.gantt.lines) == len(stage.titles())
    QTest.keyClick(stage.screen.view, Key.Key_Right)
    assert "2nd dry run" in stage.titles()


def test_chips_and_search_narrow_the_lines(stage: Stage) -> None:
    bar = stage.screen.toolbar
    bar.late.click()
    assert stage.titles() == ["Deployment", "Wave 3", "Rights and sectors"]
    assert "1" in bar.late.text()
    bar.late.click()
    bar.hide_done.click()
    assert "2nd dry run" not in stage.titles()
    bar.hide_done.click()
    bar.this_week.click()
    assert "Deduplicate customers" in stage.titles()
    assert "Final migration" not in stage.titles()
    bar.this_week.click()
    QTest.keyClicks(bar.search, "DEDUP")
    assert stage.titles() == ["Deployment", "Data migration", "Deduplicate customers"]


def test_a_choice_that_fits_nothing_offers_the_way_back(stage: Stage) -> None:
    stage.screen.toolbar.search.setText("zzz")
    assert stage.screen.stack.currentWidget() is stage.screen.empty
    stage.screen.empty.button.click()
    assert len(stage.titles()) == 12


def test_an_empty_plan_says_what_to_do_first(empty_stage: Stage) -> None:
    screen = empty_stage.screen
    assert screen.stack.currentWidget() is screen.empty
    assert screen.empty.button.isVisible()
    screen.empty.button.click()
    assert empty_stage.titles() == ["Deployment", "New task"]
    empty_stage.bridge.undo()
    assert screen.stack.currentWidget() is screen.empty


def test_the_form_changes_the_line(stage: Stage) -> None:
    stage.select("training")
    first = stage.screen.strip.forms[0]
    box = first.editor("pillar")
    box.setCurrentIndex(box.findData("feedback"))  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]
    assert stage.row("training").pillar == "feedback"
    assert stage.titles()[-2:] == ["Feedback", "Sessions West and South"]
    check = stage.screen.strip.forms[2].editor("committee")
    QTest.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(8, check.height() // 2))
    assert stage.row("training").committee


def test_a_note_is_stored_when_another_line_is_chosen(stage: Stage) -> None:
    stage.select("training")
    note = stage.screen.strip.forms[2].editor("note")
    QTest.keyClicks(note, "Room booked")
    stage.select("dedup")
    assert stage.row("training").note == "Room booked"


def test_the_details_name_what_a_line_waits_for(stage: Stage) -> None:
    stage.select("final")
    values = [label.whole() for label in stage.screen.strip._values]
    assert "Data accepted" in values


def test_open_item_opens_what_hides_it(stage: Stage) -> None:
    stage.screen.lines.fold_all(True)
    stage.screen.toolbar.search.setText("zzz")
    stage.screen.open_item("task", stage.keys["live"])
    line = stage.screen.view.current
    assert line is not None
    assert line.key == stage.keys["live"]


def test_zoom_keeps_the_day_under_the_pointer(stage: Stage) -> None:
    gantt = stage.screen.gantt
    gantt.set_zoom("week")
    at = QPointF(200, 200)
    before = gantt.scale.day(200)
    event = QWheelEvent(
        at,
        gantt.mapToGlobal(at),
        QPoint(),
        QPoint(0, 1200),
        Qt.MouseButton.NoButton,
        Mod.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(gantt, event)
    assert gantt.scale.zoom == "day"
    assert stage.screen.toolbar.zoom.value == "day"
    assert abs((gantt.scale.day(200) - before).days) <= 1


def test_rows_of_outline_and_gantt_stay_side_by_side(stage: Stage) -> None:
    screen = stage.screen
    screen.resize(1166, 430)
    QApplication.processEvents()
    inner = screen.view.verticalScrollBar()
    assert inner.maximum() > 0
    bar = screen.findChild(PlanPane).rows_bar  # type: ignore[attr-defined]
    bar.setValue(inner.maximum())
    assert inner.value() == inner.maximum()
    for place in (5, 8, 11):
        rect = screen.view.visualRect(screen.model.index(place, TITLE))
        top = screen.view.viewport().mapTo(screen, rect.topLeft()).y()
        assert top == screen.gantt.mapTo(screen, QPoint(0, screen.gantt.top_of(place))).y()


def test_every_text_is_translated_again(stage: Stage) -> None:
    stage.bridge.set_language("en", pseudo=True)
    stage.screen.retranslate()
    bar = stage.screen.toolbar
    shown = [
        stage.screen.header.sentence.text(),
        bar.add.text(),
        bar.late.text(),
        bar.search.placeholderText(),
        stage.titles()[0],
        str(stage.screen.model.headerData(TITLE, Qt.Orientation.Horizontal)),
        stage.screen.view.accessibleName(),
        stage.screen.gantt.accessibleName(),
    ]
    stage.bridge.set_language("en")
    assert all("⟦" in text for text in shown), shown


def test_the_gantt_is_drawn_at_every_zoom(stage: Stage) -> None:
    for zoom in ("day", "week", "month"):
        stage.screen.gantt.set_zoom(zoom)
        picture = stage.screen.gantt.grab().toImage()
        colours = {picture.pixelColor(x, 60).name() for x in range(picture.width())}
        assert len(colours) > 1


def test_closing_a_phase_stands_on_what_holds_the_line(stage: Stage) -> None:
    stage.select("checks")
    stage.screen.lines.fold_all(True)
    line = stage.screen.view.current
    assert line is not None
    assert line.key == stage.keys["data"]


def test_a_new_reference_plan_has_a_name(stage: Stage) -> None:
    asked = BaselineDialog(stage.screen, TODAY)
    asked.name.setText(" ")
    asked.accept()
    assert asked.command is None
    assert asked.complaint.text()
    asked.name.setText("Second")
    asked.accept()
    assert asked.command == SetBaseline("Second", TODAY)


def test_a_date_is_announced_as_typed(stage: Stage) -> None:
    asked = AnnounceDialog(stage.screen, stage.row("live"), TODAY)
    asked.day.setText("soon")
    asked.accept()
    assert asked.command is None
    assert "soon" in asked.complaint.text()
    asked.day.setText("26 janv.")
    asked.reason.setText("Data not clean")
    asked.accept()
    assert asked.command is not None
    stage.bridge.execute(asked.command)
    assert stage.dates("live")[1] == "2027-01-26"


def test_the_tooltip_says_forecast_reference_and_progress(stage: Stage) -> None:
    text = bar_tip(stage.row("dedup"), TODAY)
    assert "13 working days" in text
    assert "expected 38%" in text
    assert "slip +7" in bar_tip(stage.row("live"), TODAY)


def test_the_menu_offers_what_is_possible(stage: Stage) -> None:
    stage.select("trial")
    menu = stage.screen.edits.menu(stage.screen)
    possible = {a.text().split("\t")[0]: a.isEnabled() for a in menu.actions() if a.text()}
    assert possible["Remove their links"]
    assert not possible["Link the selected lines in order"]
    stage.screen.edits.unlink()
    assert len(stage.project.reader.select("SELECT 1 FROM link")) == 4
    QTest.keyClick(stage.screen.view, Key.Key_Down, Mod.ShiftModifier)
    stage.screen.edits.link()
    assert len(stage.project.reader.select("SELECT 1 FROM link")) == 5


def test_a_date_of_never_is_drawn_like_any_other(stage: Stage) -> None:
    for column, day in (("finish", dt.date(9999, 12, 31)), ("start", dt.date(1, 1, 1))):
        stage.project.execute(SetField("task", stage.keys["dedup"], column, day))
        stage.screen.refresh(None)
        stage.screen.gantt.grab()
        assert stage.screen.gantt.scale.left.year >= 1899
        assert stage.screen.gantt.scale.right.year <= 2200


def test_a_milestone_is_marked_in_the_form_and_undone(stage: Stage) -> None:
    stage.select("live")
    box = stage.screen.strip.forms[1].editor("mark")
    box.setCurrentIndex(box.findData("works_council"))  # type: ignore[attr-defined]
    box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]
    assert stage.row("live").mark == "works_council"
    stage.bridge.undo()
    assert stage.row("live").mark is None
