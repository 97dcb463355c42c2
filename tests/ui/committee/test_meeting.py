"""A whole meeting by the keyboard: who came, what is decided, what is to be done, what is next."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.governance import registers, rows
from crm_pilot.governance.actions import actions
from crm_pilot.governance.meetings import agenda, participants
from crm_pilot.governance.problems import problems
from crm_pilot.governance.terms import CommitteeKind, DecisionStatus, Presence
from crm_pilot.project import Project
from tests.ui.committee.stage import NEXT, TODAY, Key, commit, editors, shown, texts
from ui import language
from ui.screens.committee.committee_dialog import CommitteeDialog, PlanDialog, read_clock
from ui.screens.committee.meeting_view import MeetingView


def meeting(qtbot: QtBot, project: Project) -> MeetingView:
    """The meeting of today."""
    view = shown(qtbot, project).view
    assert isinstance(view, MeetingView)
    return view


def spaced(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


def enter(qtbot: QtBot, view: MeetingView, text: str) -> None:
    """Type a line and press Enter."""
    qtbot.keyClicks(view.quick.field, text)
    qtbot.keyClick(view.quick.field, Key.Key_Return)


def test_the_next_committee_is_in_front_as_it_was_prepared(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    assert view.heading.whole() == "Steering committee no. 2"
    assert spaced(view.caption.whole()) == "26 November 2026 · today · Lyon"
    assert [line[0] for line in texts(view.agenda.table)] == ["Follow-up", "Budget"]
    assert view.agenda.section.title.text() == "Agenda · 45\u00a0min"
    assert [line[0] for line in texts(view.people.table)] == ["Hélène Marchand", "Nicolas Faure"]
    assert [line[0] for line in texts(view.decisions.table)] == ["D-001"]
    assert view.decisions.section.title.text() == "Decisions · 1 to take"
    assert [line[0] for line in texts(view.follow.table)] == ["A-001", "D-002"]
    assert view.follow.section.title.text() == "Follow-up · 2 late"


def test_presence_is_one_key_and_the_next_line(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    table = view.people.table
    qtbot.keyClick(table, Key.Key_P)
    qtbot.keyClick(table, Key.Key_E)
    came = [row.presence for row in participants(steering.reader, 2)]
    assert came == [Presence.PRESENT, Presence.EXCUSED]
    assert view.people.section.title.text() == "Participants · 1 present"
    qtbot.keyClick(table, Key.Key_Space)  # still on the last: the next of these
    assert participants(steering.reader, 2)[1].presence is Presence.ABSENT
    assert not editors(table)
    view.bridge.undo()
    view.bridge.undo()
    assert participants(steering.reader, 2)[1].presence is Presence.INVITED


def test_a_line_is_understood_while_it_is_typed(qtbot: QtBot, steering: Project) -> None:
    quick = meeting(qtbot, steering).quick
    qtbot.keyClicks(quick.field, "A call the South")
    quick.understand()
    said = quick.field.accessibleDescription()
    assert said == "Action, Call the South, Missing: an owner: @name, a date"
    qtbot.keyClicks(quick.field, " @faure 12/1")
    qtbot.waitUntil(lambda: "Nicolas Faure" in quick.field.accessibleDescription())
    assert "12 Jan 2027" in quick.field.accessibleDescription().replace("\u00a0", " ")
    assert "Missing" not in quick.field.accessibleDescription()
    qtbot.keyClick(quick.field, Key.Key_Escape)
    assert not quick.field.text()
    qtbot.keyClicks(quick.field, "call the South")
    quick.understand()
    assert "begin with D, A, R, P or H" in quick.field.accessibleDescription()


def test_what_lacks_something_is_not_entered(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    before = len(view.bridge.project.undo_labels)
    enter(qtbot, view, "A call the South")
    assert view.quick.field.text() == "A call the South"
    assert len(view.bridge.project.undo_labels) == before


def test_a_name_that_fits_two_persons_is_asked_again(qtbot: QtBot, steering: Project) -> None:
    from crm_pilot.project import Add

    steering.execute(Add("person", {"first_name": "Anne", "last_name": "Faure"}))
    view = meeting(qtbot, steering)
    enter(qtbot, view, "A call the South @Faure 12/1")
    said = view.quick.field.accessibleDescription()
    assert "Anne Faure" in said and "Nicolas Faure" in said
    assert len(actions(steering.reader, TODAY)) == 1


def test_five_lines_are_five_things(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    enter(qtbot, view, "D open wave 3 @Marchand 12/1")
    assert view.quick.field.text() == ""
    assert "D-003 entered" in view.quick.field.accessibleDescription()
    enter(qtbot, view, "A call the South @Faure 11/12")
    enter(qtbot, view, "R 3x4 data refused @Faure")
    enter(qtbot, view, "P !3 access cut in the South")
    enter(qtbot, view, "H Wave 2 live. 174 accounts")
    decision = next(row for row in rows.decisions(steering.reader) if row.code == "D-003")
    assert decision.status is DecisionStatus.VALIDATED  # taken at the committee of today
    assert (decision.committee_id, decision.decided_on) == (2, NEXT)
    action = next(row for row in actions(steering.reader, TODAY) if row.code == "A-002")
    assert (action.owner, action.due_on) == ("N. Faure", dt.date(2026, 12, 11))
    assert action.committee_id == 2
    risk = next(row for row in rows.risks(steering.reader) if row.title == "Data refused")
    assert (risk.probability, risk.impact, risk.owner, risk.noted_on) == (
        3,
        4,
        "Nicolas Faure",
        TODAY,
    )
    assert problems(steering.reader, TODAY)[0].severity == 3
    assert registers.every_highlight(steering.reader)[0].detail == "174 accounts"
    assert [line[0] for line in texts(view.decisions.table)] == ["D-001", "D-003"]
    assert "A-002" in [line[0] for line in texts(view.follow.table)]


def test_ctrl_z_takes_a_line_back_from_where_it_was_typed(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    enter(qtbot, view, "D open wave 3 @Marchand 12/1")
    assert not view.quick.field.isUndoAvailable()  # the field leaves Ctrl+Z to the project
    view.bridge.undo()
    assert len(rows.decisions(steering.reader)) == 2


def test_a_decision_is_validated_by_one_key(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    qtbot.keyClick(view.decisions.table, Key.Key_V)
    found = next(row for row in rows.decisions(steering.reader) if row.id == 1)
    assert (found.status, found.decided_on) == (DecisionStatus.VALIDATED, NEXT)
    assert view.decisions.section.title.text() == "Decisions"
    qtbot.keyClick(view.decisions.table, Key.Key_Space)
    found = next(row for row in rows.decisions(steering.reader) if row.id == 1)
    assert found.status is DecisionStatus.IN_PROGRESS
    view.bridge.undo()
    view.bridge.undo()
    assert rows.decisions(steering.reader)[0].status is DecisionStatus.PROPOSED


def test_what_earlier_committees_left_is_completed_by_one_key(
    qtbot: QtBot, steering: Project
) -> None:
    view = meeting(qtbot, steering)
    table = view.follow.table
    assert table.current_id == -1  # the action, which is due first
    qtbot.keyClick(table, Key.Key_C)
    assert actions(steering.reader, TODAY)[0].done
    assert [line[0] for line in texts(table)] == ["D-002"]
    qtbot.keyClick(table, Key.Key_C)
    old = next(row for row in rows.decisions(steering.reader) if row.id == 2)
    assert (old.status, old.closed_on) == (DecisionStatus.CLOSED, TODAY)
    assert view.follow.empty.isVisible()


def test_enter_opens_what_is_followed(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    with qtbot.waitSignal(view.go) as asked:
        qtbot.keyClick(view.follow.table, Key.Key_Return)
    assert asked.args == ["committee", "committee_action", 1]


def test_points_are_typed_and_moved(qtbot: QtBot, steering: Project) -> None:
    from PySide6.QtCore import Qt

    view = meeting(qtbot, steering)
    table = view.agenda.table
    qtbot.keyClick(table, Key.Key_Insert)
    commit(qtbot, table, "Wave 3")
    qtbot.keyClick(table, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    titles = [row.title for row in agenda(steering.reader, 2)]
    assert titles == ["Follow-up", "Wave 3", "Budget"]
    assert table.current_id == agenda(steering.reader, 2)[1].id
    assert [row.title for row in agenda(steering.reader, 1)] == ["Follow-up", "Budget"]


def test_another_name_is_another_person(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    table = view.people.table
    qtbot.keyClick(table, Key.Key_Insert)
    commit(qtbot, table, "faure nicolas")
    made = participants(steering.reader, 2)[-1]
    assert (made.name, made.person_id) == ("faure nicolas", 2)


def test_the_next_one_is_planned_from_the_last(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    qtbot.keyClick(view.table, Key.Key_Insert)
    dialog = view.window().findChild(PlanDialog)
    assert dialog is not None
    assert dialog.chosen_kind is CommitteeKind.STEERING
    assert dialog.day.value == NEXT + dt.timedelta(days=28)
    said = dialog.told.text()
    assert "Steering committee no. 2: 2 participants invited, 2 points of the agenda" in said
    dialog.plan.click()
    made = rows.committees(steering.reader)[-1]
    assert (made.number, made.held_on, made.place) == (3, NEXT + dt.timedelta(days=28), "Lyon")
    assert view.table.current_id == made.id
    assert view.heading.whole() == "Steering committee no. 3"
    assert [row.name for row in participants(steering.reader, made.id)] == [
        "Hélène Marchand",
        "Nicolas Faure",
    ]


def test_day_hour_and_place_are_changed(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    qtbot.keyClick(view.table, Key.Key_Return)
    dialog = view.window().findChild(CommitteeDialog)
    assert dialog is not None
    for field, text in ((dialog.starts, "14h"), (dialog.length, "90"), (dialog.place, "Paris")):
        field.field.selectAll()
        qtbot.keyClicks(field.field, text)
    dialog.number.field.selectAll()
    qtbot.keyClicks(dialog.number.field, "1")
    assert not dialog.save.isEnabled()
    assert dialog.save.toolTip() == "This number is that of another committee."
    dialog.number.field.selectAll()
    qtbot.keyClicks(dialog.number.field, "7")
    dialog.save.click()
    assert view.heading.whole() == "Steering committee no. 7"
    assert spaced(view.caption.whole()) == "26 November 2026, 14:00–15:30 · today · Paris"


@pytest.mark.parametrize(
    ("text", "minute"), [("10h30", 630), ("14h", 840), ("2 pm", 840), ("9:05", 545), ("", None)]
)
def test_hours_as_people_type_them(text: str, minute: int | None) -> None:
    assert read_clock(text) == minute


@pytest.mark.parametrize("text", ["noonish", "25h", "24:00"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    from crm_pilot.errors import UserError

    with pytest.raises(UserError, match="is not a time"):
        read_clock(text)


def test_the_first_committee_is_planned_from_the_empty_room(qtbot: QtBot, project: Project) -> None:
    view = meeting(qtbot, project)
    assert view.empty.isVisible()
    view.empty.button.click()
    dialog = view.window().findChild(PlanDialog)
    assert dialog is not None
    assert "first of its kind" in dialog.told.text()
    dialog.plan.click()
    assert len(rows.committees(project.reader)) == 1
    assert view.agenda.isVisible()


def test_f6_leads_back_to_the_line(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    view.window().activateWindow()
    view.people.table.setFocus()
    qtbot.keyClick(view.people.table, Key.Key_F6)
    assert view.window().focusWidget() is view.quick.field


def test_the_room_speaks_french_at_once_also_without_a_project(
    qtbot: QtBot, steering: Project
) -> None:
    view = meeting(qtbot, steering)
    bridge = view.bridge
    language.apply("fr")
    bridge.language_changed.emit()
    view.retranslate()
    assert view.follow.section.title.text() == "Suivi · 2 en retard"
    assert [line[-1] for line in texts(view.follow.table)] == ["0\u202f%", "Validée"]
    view.window().hide()
    bridge.detach()
    view.retranslate()
    language.apply("en")
    view.retranslate()
    assert view.plan_next.text() == "Plan the next committee"


def test_minutes_are_those_of_the_last_meeting(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    assert view.minutes.isVisible()
    with qtbot.waitSignal(view.go) as asked:
        view.minutes.click()
    assert asked.args == ["documents", "committee", 2]
    view.table.select(1)
    assert not view.minutes.isVisible()


def test_another_committee_is_another_meeting(qtbot: QtBot, steering: Project) -> None:
    view = meeting(qtbot, steering)
    view.table.select(1)
    assert [line[0] for line in texts(view.decisions.table)] == ["D-002"]
    assert "D-002" not in [line[0] for line in texts(view.follow.table)]
    enter(qtbot, view, "D? raise the budget @Marchand 12/1")
    made = next(row for row in rows.decisions(steering.reader) if row.code == "D-003")
    assert (made.committee_id, made.status) == (1, DecisionStatus.PROPOSED)
