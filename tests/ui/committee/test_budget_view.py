"""The budget on screen with real keys: cells, the estimates of a period, the plan by month, the
curve and what is missing for it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.governance import budget, budget_value
from crm_pilot.governance.budget_commands import Reestimate
from crm_pilot.project import Add, Project, SetField
from tests.ui.test_why import check_chart, check_column, check_parts
from ui.bridge import Bridge
from ui.charts.view import ChartView
from ui.screens.committee.budget_columns import parse_days
from ui.screens.committee.budget_view import BudgetView
from ui.screens.committee.month_plan import MonthPlanDialog
from ui.screens.committee.reestimate import ReestimateDialog

TODAY = dt.date(2026, 11, 21)
Key = Qt.Key


@pytest.fixture
def money(project: Project) -> Project:
    """Two lines, the first planned, dated and estimated in September."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    dates = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2026, 12, 31)}
    run(Add("budget_line", {"name": "Licences", "baseline_cents": 4_000_000, "kind": "licences",
                            "position": 1, **dates}))  # fmt: skip
    run(Add("budget_line", {"name": "Training", "kind": "training", "position": 2}))
    run(Reestimate(1, dt.date(2026, 9, 30), 1_000_000, 3_000_000))
    return project


def shown(qtbot: QtBot, project: Project) -> BudgetView:
    bridge = Bridge(project)
    view = BudgetView(bridge)
    qtbot.addWidget(view)
    bridge.changed.connect(view.refresh)
    view.retranslate()
    view.refresh(None)
    view.resize(1118, 600)
    view.show()
    return view


def type_into(qtbot: QtBot, view: BudgetView, column: str, text: str) -> None:
    key = view.table.current_id
    assert key is not None
    view.table.select(key, edit=column)
    (editor,) = (e for e in view.table.viewport().findChildren(QLineEdit) if e.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(
        lambda: not [e for e in view.table.viewport().findChildren(QLineEdit) if e.isVisible()]
    )


def kept(project: Project) -> list[tuple[object, ...]]:
    return project.reader.select(
        "SELECT line_id, as_of, spent_cents, remaining_cents, spent_days, done_percent, reason"
        " FROM budget_estimate ORDER BY as_of, line_id"
    )


def opened(kind: type) -> Any:
    return next(w for w in QApplication.topLevelWidgets() if type(w) is kind and w.isVisible())


# cells -------------------------------------------------------------------------------------------


def test_a_cell_keeps_the_estimate_of_the_day(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    type_into(qtbot, view, "spent_cents", "15,5")
    assert kept(money)[-1][:4] == (1, "2026-11-21", 1_550_000, 3_000_000)
    assert kept(money)[0][:4] == (1, "2026-09-30", 1_000_000, 3_000_000)
    type_into(qtbot, view, "done_percent", "30")
    type_into(qtbot, view, "name", "Seats")
    assert len(kept(money)) == 2
    line = budget.budget(money.reader).lines[0]
    assert (line.name, line.done_percent, line.revised_cents) == ("Seats", 30, 4_550_000)
    view.bridge.undo()
    view.bridge.undo()
    view.bridge.undo()
    assert len(kept(money)) == 1
    assert budget.budget(money.reader).lines[0].spent_cents == 1_000_000


def test_a_negative_rest_is_refused_in_words(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    told: list[object] = []
    view.bridge.failed.connect(told.append)
    type_into(qtbot, view, "remaining_cents", "-3")
    assert len(told) == 1
    assert budget.budget(money.reader).lines[0].remaining_cents == 3_000_000


def test_done_says_whether_it_was_told(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    column = view.model.columns[view.model.column_at("done_percent") or 0]
    assert [column.shown(row) for row in view.model.shown] == ["≈ 25%", "–"]
    type_into(qtbot, view, "done_percent", "40")
    assert column.shown(view.model.shown[0]) == "40%"


@pytest.mark.parametrize(("text", "days"), [("12", 1200), ("12,5", 1250), ("", 0), ("0.25", 25)])
def test_days_as_people_type_them(text: str, days: int) -> None:
    i18n.set_language("fr")
    assert parse_days(text) == days


# a period ----------------------------------------------------------------------------------------


def test_a_period_is_typed_by_keyboard_and_undone_at_once(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    view.estimate.setFocus()
    qtbot.keyClick(view.estimate, Key.Key_Space)
    dialog = opened(ReestimateDialog)
    first = dialog.fields[1]["spent_cents"]
    assert dialog.focusWidget() is first
    qtbot.keyClicks(first, "18")
    qtbot.keyClick(first, Key.Key_Tab)
    assert dialog.focusWidget() is dialog.fields[1]["remaining_cents"]
    dialog.fields[1]["remaining_cents"].selectAll()  # as Tab does in a window that has the focus
    qtbot.keyClicks(dialog.fields[1]["remaining_cents"], "24")
    assert dialog.total.text() == "Revised €40k → €42k, +€2k"
    qtbot.keyClick(dialog.fields[1]["spent_days"], Key.Key_Down)
    assert dialog.focusWidget() is dialog.fields[2]["spent_days"]
    qtbot.keyClicks(dialog.fields[2]["spent_days"], "12.5")
    qtbot.keyClicks(dialog.fields[2]["reason"], "two more sessions")
    qtbot.keyClick(dialog.fields[2]["reason"], Key.Key_Return)
    qtbot.waitUntil(lambda: len(kept(money)) == 3)
    assert kept(money)[1:] == [
        (1, "2026-11-21", 1_800_000, 2_400_000, 0, None, ""),
        (2, "2026-11-21", 0, 0, 1250, None, "two more sessions"),
    ]
    view.bridge.undo()
    assert len(kept(money)) == 1


def test_a_period_says_what_keeps_it_from_being_kept(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    view.reestimate()
    dialog = opened(ReestimateDialog)
    dialog.day.field.setText("1/12/2026")
    dialog.day.field.textEdited.emit("1/12/2026")
    assert dialog.complaint.text() == "An estimate cannot be dated after today."
    assert not dialog.keep.isEnabled()
    dialog.day.field.setText("31/8/2026")
    dialog.day.field.textEdited.emit("31/8/2026")
    assert "1 line was estimated later" in dialog.complaint.text()
    assert dialog.keep.isEnabled()
    field = dialog.fields[1]["spent_cents"]
    field.selectAll()
    qtbot.keyClicks(field, "much")
    assert "is not an amount" in dialog.complaint.text()
    assert not dialog.keep.isEnabled()
    dialog.reject()
    assert len(kept(money)) == 1


def test_a_line_nobody_touched_and_without_amounts_gets_no_estimate(
    qtbot: QtBot, money: Project
) -> None:
    view = shown(qtbot, money)
    view.reestimate()
    dialog = opened(ReestimateDialog)
    assert [one.line_id for one in dialog.command().estimates] == [1]
    dialog.reject()


# months ------------------------------------------------------------------------------------------


def test_a_plan_by_month(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    view.table.select(1)
    view.plan_months()
    dialog = opened(MonthPlanDialog)
    assert list(dialog.fields)[:2] == [202609, 202610]
    assert sum(field.value for field in dialog.fields.values()) == 4_000_000  # as spread evenly
    first = dialog.fields[202609]
    first.selectAll()
    qtbot.keyClicks(first, "20")
    assert "+10" in dialog.total.text()
    qtbot.keyClick(first, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(budget.plans(money.reader)))
    assert budget.plans(money.reader)[1][202609] == 2_000_000
    qtbot.waitUntil(lambda: "do not add up" in view.panels.curve.missing.text())
    view.plan_months()
    again = opened(MonthPlanDialog)
    assert again.fields[202609].text() == "20"
    qtbot.mouseClick(again.even, Qt.MouseButton.LeftButton)
    assert budget.plans(money.reader) == {}


# panels ------------------------------------------------------------------------------------------


def test_the_panels_follow_an_edit(qtbot: QtBot, money: Project) -> None:
    view = shown(qtbot, money)
    rows = view.panels.indices.rows
    assert rows[0].figure.text() == "1.00"
    type_into(qtbot, view, "done_percent", "20")
    qtbot.waitUntil(lambda: rows[0].figure.text() == "0.80")
    value = budget_value.value(money.reader, TODAY).now
    assert value is not None
    assert value.value.cost_index == pytest.approx(0.8)


def test_what_is_missing_is_named(qtbot: QtBot, money: Project) -> None:
    money.execute(SetField("budget_line", 2, "baseline_cents", 500_000))
    view = shown(qtbot, money)
    assert (
        view.panels.curve.missing.text() == "No dates for Training: the planned value is not known."
    )
    assert view.panels.indices.rows[1].figure.text() == "–"


def test_an_empty_budget_says_what_to_do(qtbot: QtBot, project: Project) -> None:
    view = shown(qtbot, project)
    assert view.empty.isVisible()
    assert not view.filled
    view.add()
    assert view.filled


def test_the_demonstration_curve(qtbot: QtBot, demo_files: dict[str, Path]) -> None:
    with Project.open(demo_files["en"], read_only=True) as opened_file:
        view = shown(qtbot, opened_file)
        curve = view.panels.curve.view
        at = curve.placed()
        assert at is not None
        assert "AC, actual: €351k" in curve.accessibleDescription()
        middle = at.plot[0] + 1
        assert "PV, planned: €0k" in curve.tip(middle)
        table = curve.data_table()
        assert table is not None
        assert len(table.rows) == 8
        assert not view.estimate.isEnabled()  # read only, and says so
        assert view.estimate.toolTip()
        assert "25%, rule of thumb 20 to 30%" in view.panels.shares.view.accessibleDescription()
        view.panels.shares.view.grab()
        view.panels.curve.view.grab()


def test_every_figure_answers_why(qtbot: QtBot, demo_files: dict[str, Path]) -> None:
    with Project.open(demo_files["fr"], read_only=True) as opened_file:
        view = shown(qtbot, opened_file)
        view.resize(1700, 1000)  # high enough for the months too
        check_parts(view, "budget")
        found = [chart for chart in view.findChildren(ChartView) if chart.isVisible()]
        assert len(found) == 3
        for chart in found:
            check_chart(chart)
        for column in view.model.columns:
            check_column(column)
