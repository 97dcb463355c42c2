"""Who needs help: departments by reason, cases of support, and the list that stays locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.adoption.needs import needs, who
from crm_pilot.adoption.support import cases
from crm_pilot.governance.user_lock import DateWorksCouncil, lock
from crm_pilot.people.queries import persons
from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.needs_view import NeedsView
from ui.screens.adoption.support_dialog import AnswerCase, NoteCase


@pytest.fixture
def view(qtbot: QtBot, demo: Path) -> Iterator[NeedsView]:
    with Project.open(demo, read_only=True) as project:
        project.read_only = False
        bridge = Bridge(project)
        made = NeedsView(bridge)
        qtbot.addWidget(made)
        bridge.changed.connect(made.refresh)
        made.resize(1120, 520)
        made.retranslate()
        made.refresh(None)
        made.show()
        qtbot.waitExposed(made)
        yield made
        bridge.detach()


def test_departments_stand_under_the_reason_they_share(view: NeedsView) -> None:
    found = needs(view.bridge.reader, view.bridge.today)
    assert len(view.list.rows) == len(found)
    reasons = [row.need.reason for row in view.list.rows]
    assert reasons == sorted(reasons, key=list(type(reasons[0])).index)
    assert view.tile.caption.text().startswith(str(sum(one.accounts for one in found)))


def test_names_are_not_in_the_window_until_the_works_council_is_dated(view: NeedsView) -> None:
    names = {person.name for person in persons(view.bridge.reader)}
    listed = {name for group in who(view.bridge.reader, view.bridge.today).values()
              for name in group}  # fmt: skip
    assert listed and listed <= names
    assert not lock(view.bridge.reader, view.bridge.today).open
    assert view.band.isVisible() and not view.persons.isVisible()
    assert not any(name in view.persons.text() for name in listed)
    today = view.bridge.today
    view.bridge.execute(DateWorksCouncil(today - dt.timedelta(days=3), today))
    view.refresh(None)
    assert view.persons.isVisible() and not view.band.isVisible()
    assert all(name in view.persons.text() for name in listed)
    view.bridge.undo()
    view.refresh(None)
    assert view.band.isVisible()


def test_the_filter_narrows_needs_and_cases(view: NeedsView) -> None:
    every = len(cases(view.bridge.reader))
    department = view.list.rows[0].need.department_id
    view.show_scope(UseFilter(departments=frozenset({department})))
    assert {row.need.department_id for row in view.list.rows} <= {department, None}
    assert view.cases.rows.rowCount() < every


def test_a_case_is_noted_for_the_department_whose_row_asks(view: NeedsView, qtbot: QtBot) -> None:
    before = len(cases(view.bridge.reader))
    row = next(row for row in view.list.rows if row.need.department_id)
    qtbot.mouseClick(row.case, Qt.MouseButton.LeftButton)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NoteCase))
    dialog.text.setPlainText("Comment relier la messagerie ?")
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    found = cases(view.bridge.reader)
    assert len(found) == before + 1
    assert found[0].department_id == row.need.department_id
    view.bridge.undo()
    assert len(cases(view.bridge.reader)) == before


def test_delicate_words_are_asked_about_once(view: NeedsView) -> None:
    dialog = NoteCase(view, view.bridge)
    dialog.text.setPlainText("Cet imbécile refuse, il est malade")
    dialog._chosen("save")
    assert dialog.complaint.isVisibleTo(dialog)
    before = len(cases(view.bridge.reader))
    dialog._chosen("save")
    assert len(cases(view.bridge.reader)) == before + 1


def test_a_case_is_answered_and_opened_again(view: NeedsView) -> None:
    waiting = next(one for one in cases(view.bridge.reader) if one.done_on is None)
    assert not view.answer.isEnabled()
    view.cases.select(waiting.id)
    assert view.answer.isEnabled()
    dialog = AnswerCase(view, view.bridge, waiting)
    dialog._chosen("save")
    assert dialog.complaint.isVisibleTo(dialog)  # what was done is not said yet
    dialog.text.setPlainText("Montré en atelier")
    dialog._chosen("save")
    done = next(one for one in cases(view.bridge.reader) if one.id == waiting.id)
    assert (done.answer, done.done_on) == ("Montré en atelier", view.bridge.today)
    view.cases.select(waiting.id)
    view.again.click()
    assert next(c for c in cases(view.bridge.reader) if c.id == waiting.id).done_on is None
