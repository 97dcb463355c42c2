"""The RACI typed by letters; what breaks its rule is said in a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.governance.raci import AddRaciActor, AddRaciItem, raci
from crm_pilot.governance.terms import Letter
from crm_pilot.project import Project
from tests.ui.committee.stage import Key, commit, shown
from ui.screens.committee.actor_dialog import ActorDialog
from ui.screens.committee.raci_grid import typed_over
from ui.screens.committee.raci_view import RaciView

Ctrl, Alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shared(steering: Project) -> Project:
    """Two lines and three actors, no letter yet."""
    for title in ("Data", "Training"):
        steering.execute(AddRaciItem(title))
    for name in ("Sponsor", "IT", "Nicolas Faure"):
        steering.execute(AddRaciActor(name))
    return steering


def grid(qtbot: QtBot, project: Project) -> RaciView:
    """The view of the RACI."""
    view = shown(qtbot, project, "raci").view
    assert isinstance(view, RaciView)
    return view


def letters(project: Project) -> dict[tuple[int, int], str]:
    """Every letter by line and actor."""
    return {place: letter.value for place, letter in raci(project.reader).letters.items()}


def test_letters_are_typed_where_the_cursor_stands(qtbot: QtBot, shared: Project) -> None:
    view = grid(qtbot, shared)
    view.table.stand(0, 1)
    qtbot.keyClick(view.table, Key.Key_A)
    qtbot.keyClick(view.table, Key.Key_Right)
    qtbot.keyClick(view.table, Key.Key_R)
    qtbot.keyClick(view.table, Key.Key_Right)
    qtbot.keyClick(view.table, Key.Key_C)
    assert letters(shared) == {(1, 1): "A", (1, 2): "R", (1, 3): "C"}
    assert [view.model.index(0, column).data() for column in (1, 2, 3)] == ["A", "R", "C"]
    assert view.table.currentIndex().column() == 3
    qtbot.keyClick(view.table, Key.Key_Delete)
    assert (1, 3) not in letters(shared)
    view.bridge.undo()
    assert letters(shared)[1, 3] == "C"


@pytest.mark.parametrize(
    ("known", "typed", "after"),
    [(None, Letter.A, Letter.A), (Letter.A, Letter.R, Letter.AR), (Letter.R, Letter.A, Letter.AR),
     (Letter.AR, Letter.A, Letter.A), (Letter.C, Letter.A, Letter.A),
     (Letter.A, Letter.A, Letter.A)],
)  # fmt: skip
def test_a_and_r_in_one_hand(known: Letter | None, typed: Letter, after: Letter) -> None:
    assert typed_over(known, typed) is after


def test_faults_are_said_in_a_sentence_and_go(qtbot: QtBot, shared: Project) -> None:
    view = grid(qtbot, shared)
    view.table.stand(0, 1)
    assert view.said.text() == (
        "“Data”: nobody answers for it. Give exactly one A."
        " “Data”: nobody does it. Give at least one R."
    )
    verdict = view.model.index(0, view.model.verdict)
    assert verdict.data() == "no A, no R"
    qtbot.keyClick(view.table, Key.Key_A)
    qtbot.keyClick(view.table, Key.Key_R)
    assert letters(shared) == {(1, 1): "AR"}
    assert verdict.data() == "In order"
    assert view.said.text().startswith("1 line breaks a rule. “Training”")
    qtbot.keyClick(view.table, Key.Key_Right)
    qtbot.keyClick(view.table, Key.Key_A)
    assert verdict.data() == "several A"
    assert "2 answer for it" in view.said.text()
    qtbot.keyClick(view.table, Key.Key_Space)
    view.table.stand(1, 1)
    qtbot.keyClick(view.table, Key.Key_A)
    qtbot.keyClick(view.table, Key.Key_R)
    assert view.said.text() == "Every line has exactly one A and at least one R."


def test_lines_are_added_renamed_moved_and_deleted(qtbot: QtBot, shared: Project) -> None:
    view = grid(qtbot, shared)
    qtbot.keyClick(view.table, Key.Key_Insert)
    commit(qtbot, view.table, "Support")
    titles = lambda: [line.title for line in raci(shared.reader).items]  # noqa: E731
    assert titles() == ["Data", "Training", "Support"]
    qtbot.keyClick(view.table, Key.Key_Up, Alt)
    assert titles() == ["Data", "Support", "Training"]
    qtbot.keyClick(view.table, Key.Key_F2)
    commit(qtbot, view.table, "Help desk")
    assert titles() == ["Data", "Help desk", "Training"]
    qtbot.keyClick(view.table, Key.Key_Delete)
    assert titles() == ["Data", "Training"]
    assert view.table.currentIndex().row() == 1


def test_actors_are_added_renamed_and_deleted(qtbot: QtBot, shared: Project) -> None:
    view = grid(qtbot, shared)
    assert view.rename.toolTip() == "Choose a cell of an actor first."
    qtbot.keyClick(view.table, Key.Key_Insert, Ctrl)
    dialog = view.window().findChild(ActorDialog)
    assert dialog is not None
    assert not dialog.save.isEnabled()
    qtbot.keyClicks(dialog.name.field, "marchand")
    dialog.save.click()
    made = raci(shared.reader).actors[-1]
    assert (made.name, made.person_id) == ("marchand", 1)
    assert view.actor == made.id
    view.rename.click()
    dialog = [one for one in view.window().findChildren(ActorDialog) if one.isVisible()][-1]
    dialog.name.field.selectAll()
    qtbot.keyClicks(dialog.name.field, "Integrator")
    dialog.save.click()
    assert raci(shared.reader).actors[-1].name == "Integrator"
    view.drop.click()
    assert [one.name for one in raci(shared.reader).actors] == ["Sponsor", "IT", "Nicolas Faure"]


def test_an_empty_raci_begins_with_a_line(qtbot: QtBot, project: Project) -> None:
    view = grid(qtbot, project)
    assert view.empty.isVisible()
    view.empty.button.click()
    commit(qtbot, view.table, "Data")
    assert [line.title for line in raci(project.reader).items] == ["Data"]
