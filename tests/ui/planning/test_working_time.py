"""Working time and absences: typed as people write them, and what moves is told."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from crm_pilot.people.terms import DayPart
from crm_pilot.planning import hours_queries
from crm_pilot.planning.calendars import OFFICE
from crm_pilot.project import Add, SetField
from tests.ui.planning.conftest import Stage
from ui.dialogs.absences import AbsencesDialog
from ui.dialogs.calendars import CalendarsDialog
from ui.widgets.fields import LineEdit


def put(field: LineEdit, text: str) -> None:
    field.setText(text)
    field.editingFinished.emit()


@pytest.fixture
def hours(stage: Stage) -> CalendarsDialog:
    """The dialog over a project without a calendar of its own."""
    made = CalendarsDialog(stage.screen, stage.bridge)
    made.open()
    return made


@pytest.fixture
def away(stage: Stage) -> AbsencesDialog:
    """The dialog, Nadia Faure owning the third dry run."""
    stage.bridge.execute(SetField("task", stage.keys["checks"], "owner_id", stage.keys["faure"]))
    made = AbsencesDialog(stage.screen, stage.bridge)
    made.open()
    return made


# calendars ---------------------------------------------------------------------------------------


def test_office_hours_become_a_calendar_with_the_first_change(
    stage: Stage, hours: CalendarsDialog
) -> None:
    assert hours.key is None and hours.name.text() == "Office hours"
    assert not hours.remove.isEnabled() and hours.remove.toolTip()
    steps = len(stage.project.undo_labels)
    put(hours.week.fields[4], "8:00-12:00")
    (row,) = hours_queries.calendars(stage.project.reader)
    assert row.week[4] == ((480, 720),) and row.week[0] == OFFICE
    assert row.country == "FR" and hours.key == row.id
    assert hours_queries.card(stage.project.reader).calendar_id == row.id
    assert len(stage.project.undo_labels) == steps + 1
    assert "moved" in hours.moved.whole()
    stage.bridge.undo()
    assert hours.key is None and hours.week.fields[4].text() == "8:00–12:00, 13:00–17:00"


def test_seven_hours_a_day_keep_what_lasts_days(stage: Stage, hours: CalendarsDialog) -> None:
    before = stage.row("checks")
    assert before.duration is not None
    hours.week.presets._buttons["seven"].click()
    row = stage.row("checks")
    assert row.duration == before.duration * 420 // 480
    assert (row.start, row.finish) == (before.start, before.finish)
    assert hours.week.presets.value == "seven"
    assert hours.week.total.text() == "35 h a week"
    hours.week.keep_days.setChecked(False)
    hours.week.presets._buttons["eight"].click()
    assert stage.row("checks").duration == row.duration


def test_hours_that_cannot_be_read_stay_in_their_field(
    stage: Stage, hours: CalendarsDialog
) -> None:
    put(hours.week.fields[0], "morning")
    assert hours.week.fields[0].text() == "morning" and hours.week.complaint.isVisible()
    assert not hours_queries.calendars(stage.project.reader)
    put(hours.week.fields[0], "8-12 13-17")
    assert not hours.week.complaint.isVisible()


def test_a_calendar_without_working_time_is_refused(stage: Stage, hours: CalendarsDialog) -> None:
    for day in range(4):
        put(hours.week.fields[day], "")
    put(hours.week.fields[4], "")
    assert hours.week.complaint.isVisible() and "working time" in hours.week.complaint.text()
    (row,) = hours_queries.calendars(stage.project.reader)
    assert any(row.week)


def test_a_closure_is_typed_and_changed_in_the_table(stage: Stage, hours: CalendarsDialog) -> None:
    before = stage.row("checks")
    page = hours.closures
    page.name.setText("Inventory")
    page.first.setText("10/12")
    page.last.setText("11/12")
    page.add.click()
    assert hours.key is not None
    (kept,) = hours_queries.exceptions(stage.project.reader, hours.key)
    assert (kept.name, kept.first, kept.last) == (
        "Inventory",
        dt.date(2026, 12, 10),
        dt.date(2026, 12, 11),
    )
    assert stage.row("checks").finish > before.finish and page.name.text() == ""
    model = page.model
    assert model.setData(model.index(0, 3), "8:00-12:00")
    (kept,) = hours_queries.exceptions(stage.project.reader, hours.key)
    assert kept.shifts == ((480, 720),)
    assert model.setData(model.index(0, 1), "14/12")  # past the last day: it comes along
    (kept,) = hours_queries.exceptions(stage.project.reader, hours.key)
    assert kept.first == kept.last == dt.date(2026, 12, 14)
    page.table.setCurrentIndex(model.index(0, 0))
    page.table.remove_selected()
    assert not hours_queries.exceptions(stage.project.reader, hours.key)
    assert stage.row("checks").finish == before.finish


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "Type the first day."),
        ("soon", "", "soon"),
        ("11/12", "10/12", "The last day comes before the first."),
    ],
)
def test_days_that_make_no_sense_are_said(
    stage: Stage, hours: CalendarsDialog, first: str, last: str, said: str
) -> None:
    hours.closures.first.setText(first)
    hours.closures.last.setText(last)
    hours.closures.enter()
    assert said in hours.closures.complaint.text() and hours.closures.complaint.isVisible()
    assert hours.key is None


def test_public_holidays_of_another_country(stage: Stage, hours: CalendarsDialog) -> None:
    codes = [hours.country.itemData(place) for place in range(hours.country.count())]
    assert codes[:7] == ["", "FR", "BE", "CH", "LU", "CA", "GB"]
    choose(hours.country, "")
    assert hours_queries.calendars(stage.project.reader)[0].country == ""
    stage.bridge.execute(SetField("task", stage.keys["rights"], "percent", 0))
    choose(hours.country, "FR")  # 11 November is a holiday there
    assert hours_queries.calendars(stage.project.reader)[0].country == "FR"


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_calendars_are_added_renamed_used_and_deleted(stage: Stage, hours: CalendarsDialog) -> None:
    hours.new.click()
    assert hours.name.text() == "New calendar" and hours.take.isEnabled()
    put(hours.name, "Nights")
    put(hours.week.fields[0], "22-24")
    assert [row.name for row in hours_queries.calendars(stage.project.reader)] == ["Nights"]
    hours.take.click()
    assert hours_queries.card(stage.project.reader).calendar_id == hours.key
    assert not hours.take.isEnabled() and hours.take.toolTip()
    hours.new.click()
    said: list[object] = []
    stage.bridge.failed.connect(said.append)
    put(hours.name, "Nights")
    assert said and hours.name.text() == "New calendar"
    hours.remove.click()
    assert [row.name for row in hours_queries.calendars(stage.project.reader)] == ["Nights"]


def test_a_read_only_project_shows_its_hours(stage: Stage) -> None:
    stage.project.read_only = True
    made = CalendarsDialog(stage.screen, stage.bridge)
    for widget in (made.name, made.country, made.new, made.week.fields[0], made.closures.add):
        assert not widget.isEnabled() and widget.toolTip()
    stage.project.read_only = False


# absences ----------------------------------------------------------------------------------------


def test_an_absence_is_typed_in_a_line(stage: Stage, away: AbsencesDialog) -> None:
    before = stage.row("checks")
    QTest.keyClicks(away.who.field, "faure")
    away.first.setText("7/12")
    away.last.setText("8/12")
    away.enter()
    (kept,) = hours_queries.absences(stage.project.reader)
    assert (kept.person_id, kept.first, kept.last, kept.part) == (
        stage.keys["faure"],
        dt.date(2026, 12, 7),
        dt.date(2026, 12, 8),
        DayPart.DAY,
    )
    assert stage.row("checks").finish > before.finish
    assert "lines moved" in away.moved.whole() or "line moved" in away.moved.whole()
    assert away.first.text() == "" and away.who.hasFocus()
    stage.bridge.undo()
    assert stage.row("checks").finish == before.finish and away.model.rowCount() == 0


def test_half_a_day_and_one_day(stage: Stage, away: AbsencesDialog) -> None:
    away.who.choose(stage.keys["faure"])
    away.first.setText("lundi 7 décembre")
    away.part.setCurrentIndex(away.part.findData(DayPart.MORNING))
    away.enter()
    (kept,) = hours_queries.absences(stage.project.reader)
    assert (kept.first, kept.last, kept.part) == (
        dt.date(2026, 12, 7),
        dt.date(2026, 12, 7),
        DayPart.MORNING,
    )


@pytest.mark.parametrize(
    ("who", "first", "last", "said"),
    [
        ("", "7/12", "", "Choose who is away."),
        ("Zorro", "7/12", "", "Zorro"),
        ("faure", "", "", "Type the first day."),
        ("faure", "7/12", "soon", "soon"),
        ("faure", "7/12", "6/12", "The last day comes before the first."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_added(
    stage: Stage, away: AbsencesDialog, who: str, first: str, last: str, said: str
) -> None:
    away.who.setEditText(who)
    away.first.setText(first)
    away.last.setText(last)
    away.enter()
    assert said in away.complaint.text()
    assert not hours_queries.absences(stage.project.reader)


def test_absences_are_changed_in_the_table(stage: Stage, away: AbsencesDialog) -> None:
    values = {"person_id": stage.keys["faure"], "first": dt.date(2026, 12, 7)}
    stage.bridge.execute(Add("absence", {**values, "last": dt.date(2026, 12, 8)}))
    model = away.model
    assert model.setData(model.index(0, 2), "10/12")
    assert model.setData(model.index(0, 3), DayPart.AFTERNOON)
    (kept,) = hours_queries.absences(stage.project.reader)
    assert (kept.last, kept.part) == (dt.date(2026, 12, 10), DayPart.AFTERNOON)
    assert [column.key for column in model.columns] == ["person", "first", "last", "part"]


def test_a_list_of_absences_is_pasted(stage: Stage, away: AbsencesDialog) -> None:
    cells = [["Nadia Faure", "2026-12-07", "2026-12-08", "Morning"], ["Nadia Faure", "", "9/12"]]
    plan = away.table.paste_plan(cells, add=True)
    assert plan.added == 2 and not plan.problems
    from ui.widgets.grid import pasted

    away.table.carry_out(plan, pasted(plan))
    found = [(one.first.day, one.last.day) for one in hours_queries.absences(stage.project.reader)]
    assert found == [(7, 8), (9, 9)]


def test_people_work_by_a_calendar_for_a_share_of_their_time(
    stage: Stage, away: AbsencesDialog
) -> None:
    calendar = stage.project.execute(Add("calendar", {"name": "Half", "week": "{}"}))
    model = away.workers
    assert model.index(0, 1).data() == "as the project"
    assert model.setData(model.index(0, 1), calendar)
    assert model.setData(model.index(0, 2), "50")
    (row,) = hours_queries.workers(stage.project.reader, stage.bridge.today)
    assert (row.calendar_id, row.units) == (calendar, 50)
    assert model.index(0, 1).data() == "Half"


def test_no_reason_is_asked_or_kept(stage: Stage, away: AbsencesDialog) -> None:
    columns = [row[1] for row in stage.project.reader.select("PRAGMA table_info(absence)")]
    assert columns == ["id", "person_id", "first", "last", "part"]
    fields = [one.accessibleName() for one in away.findChildren(LineEdit) if one.accessibleName()]
    assert not any("reason" in name.lower() for name in fields)
