"""The committee room with real keys: five registers edited in place, added, deleted, undone."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot.errors import UserError
from crm_pilot.governance import rows
from crm_pilot.governance.registers import AddBudgetLine, AddCommittee, AddDecision, AddRisk
from crm_pilot.project import Project, SetField
from ui.bridge import Bridge
from ui.screens.committee.decision import DecisionDialog
from ui.screens.committee.model import parse_thousands
from ui.screens.committee.screen import CommitteeScreen

TODAY = dt.date(2026, 11, 21)
NEXT = dt.date(2026, 11, 26)
Key = Qt.Key


@pytest.fixture
def steering(project: Project) -> Project:
    """A committee to come, a decision, two risks, a budget line."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    run(AddCommittee(NEXT))
    run(AddDecision("Freeze the scope", "A. Roux, sponsor", NEXT, 1))
    run(AddRisk("Data not clean", {"probability": 3, "impact": 4}))
    run(AddRisk("Holidays", {"probability": 1, "impact": 2}))
    run(AddBudgetLine("Training", {"baseline_cents": 4_000_000, "spent_cents": 1_250_000}))
    return project


def shown(qtbot: QtBot, project: Project, tab: int = 0) -> CommitteeScreen:
    """The screen over `project`, listening as the window would make it."""
    bridge = Bridge(project)
    screen = CommitteeScreen(bridge)
    qtbot.addWidget(screen)
    bridge.changed.connect(screen.refresh)
    screen.refresh(None)
    screen.resize(1166, 712)
    screen.show()
    screen.show_register(list(screen.pages)[tab])
    return screen


def type_into(qtbot: QtBot, screen: CommitteeScreen, column: str, text: str) -> None:
    """F2 on a cell of the current row, text, Return."""
    table = screen.page.table
    key = table.current_id
    assert key is not None
    table.select(key, edit=column)
    (editor,) = editors(screen)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    commit(qtbot, screen, editor)


def editors(screen: CommitteeScreen) -> list[QLineEdit]:
    """Open cell editors of the page shown."""
    return [e for e in screen.page.table.viewport().findChildren(QLineEdit) if e.isVisible()]


def commit(qtbot: QtBot, screen: CommitteeScreen, editor: QLineEdit) -> None:
    """Return, and wait: views commit a cell from the event loop."""
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: not editors(screen))


def test_a_decision_needs_wording_owner_and_date(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering)
    qtbot.keyClick(screen.page.table, Key.Key_Insert)
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
    assert found["D-002"].due_on == dt.date(2026, 12, 4)
    assert found["D-002"].committee == 1
    screen.bridge.undo()
    assert len(rows.decisions(steering.reader)) == 1


def test_an_emptied_owner_is_refused_in_words(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering)
    told: list[UserError] = []
    screen.bridge.failed.connect(told.append)
    type_into(qtbot, screen, "owner", " ")
    assert len(told) == 1
    assert rows.decisions(steering.reader)[0].owner == "A. Roux, sponsor"


def test_enter_edits_the_cell(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, 1)
    screen.page.table.setCurrentIndex(screen.page.model.index(0, 1))
    qtbot.keyClick(screen.page.table, Key.Key_Return)
    editor = screen.page.table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Data not clean"
    qtbot.keyClick(editor, Key.Key_Escape)


def test_the_score_follows_its_factors(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, 1)
    assert [row.score for row in screen.page.model.shown] == [12, 2]
    screen.page.table.select(2)
    type_into(qtbot, screen, "probability", "4")
    type_into(qtbot, screen, "impact", "4")
    assert [(row.code, row.score) for row in screen.page.model.shown] == [
        ("R-02", 16),
        ("R-01", 12),
    ]
    screen.bridge.undo()
    assert [row.score for row in screen.page.model.shown] == [12, 8]


def test_a_risk_is_added_by_insert_and_deleted(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, 1)
    qtbot.keyClick(screen.page.table, Key.Key_Insert)
    editor = screen.page.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Sponsor away")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "Sponsor away" in {row.title for row in rows.risks(steering.reader)})
    qtbot.keyClick(screen.page.table, Key.Key_Delete)
    assert "Sponsor away" not in {row.title for row in rows.risks(steering.reader)}


def test_budget_is_typed_in_thousands_and_kept_in_cents(qtbot: QtBot, steering: Project) -> None:
    screen = shown(qtbot, steering, 4)
    shown_texts = [column.shown(screen.page.model.shown[0]) for column in screen.page.model.columns]
    assert shown_texts[:6] == ["Training", "40", "12.5", "0", "12.5", "−27.5"]
    type_into(qtbot, screen, "remaining_cents", "30,25")
    line = rows.budget(steering.reader).lines[0]
    assert (line.remaining_cents, line.revised_cents) == (3_025_000, 4_275_000)
    assert "revised €43k" in screen.page.note.text()
    screen.bridge.undo()
    assert rows.budget(steering.reader).lines[0].remaining_cents == 0


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


def test_an_amount_left_as_it_was_is_not_rounded(qtbot: QtBot, steering: Project) -> None:
    steering.execute(SetField("budget_line", 1, "spent_cents", 1_234_567))
    screen = shown(qtbot, steering, 4)
    assert screen.page.model.columns[2].shown(screen.page.model.shown[0]) == "12.3"
    screen.page.table.select(1, edit="spent_cents")
    editor = screen.page.table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "12.34567"
    commit(qtbot, screen, editor)
    assert rows.budget(steering.reader).lines[0].spent_cents == 1_234_567


@pytest.mark.parametrize("tab", range(5))
def test_an_empty_register_says_what_to_do(qtbot: QtBot, project: Project, tab: int) -> None:
    screen = shown(qtbot, project, tab)
    assert screen.page.empty.isVisible()
    assert screen.page.empty.button.text()
    assert not screen.new.isVisible()
    screen.page.empty.button.click()
    dialog = screen.findChild(DecisionDialog)
    if dialog is not None:
        dialog.reject()
    else:
        assert screen.page.model.total == 1
        assert screen.page.table.isVisible()


def test_committees_are_a_month_apart_and_open_item_finds_the_tab(
    qtbot: QtBot, steering: Project
) -> None:
    screen = shown(qtbot, steering, 3)
    screen.add()
    assert [row.held_on for row in rows.committees(steering.reader)] == [
        NEXT,
        dt.date(2026, 12, 24),
    ]
    screen.open_item("risk", 2)
    assert screen.page.register.key == "risks"
    assert screen.page.table.current_id == 2
    assert "26\u00a0Nov" in screen.header.sentence.text()
