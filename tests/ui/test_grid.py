"""What every table can do: paste, fill, replace, duplicate, filter, views; all undoable."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import Message, show
from crm_pilot.project import Add, Project, SetField
from ui import language
from ui.bridge import Bridge
from ui.dialogs.change_rows import ChangeRows
from ui.dialogs.choose_columns import ChooseColumns
from ui.dialogs.paste import ADD, PasteDialog
from ui.dialogs.replace import ReplaceDialog
from ui.models.filters import ColumnFilter
from ui.models.rows import RowsModel
from ui.screens.people.registers import registers
from ui.widgets import views
from ui.widgets.fields import LineEdit
from ui.widgets.filter_popup import FilterPopup
from ui.widgets.table import Table
from ui.widgets.view_button import ViewButton

Key, Mod = Qt.Key, Qt.KeyboardModifier
NAMES = ("Adam", "Bernard", "Denis", "Faure")


@pytest.fixture
def table(qtbot: QtBot, bridge: Bridge, project: Project) -> Table:
    """Four persons in two departments."""
    for name in ("Sales", "Marketing"):
        project.execute(Add("department", {"name": name}))
    for name in NAMES:
        project.execute(Add("person", {"last_name": name, "department_id": 1}))
    register = registers(bridge)[0]
    model = RowsModel(
        bridge,
        register.table,
        register.columns,
        register.load,
        what=register.what,
        fresh=lambda _: register.fresh(),
    )
    made = Table(bridge, model, "test.people", what=register.what)
    qtbot.addWidget(made)
    made.resize(1200, 300)
    made.show()
    model.refresh()
    bridge.changed.connect(model.refresh)
    return made


def stand(table: Table, row: int, key: str, rows: int = 1) -> None:
    """Select `rows` rows from `row` on, with the cell of column `key` current."""
    place = table.grid.column_at(key)
    assert place is not None
    table.setCurrentIndex(table.grid.index(row, place))
    table.clearSelection()
    for at in range(row, row + rows):
        table.selectRow(at) if rows == 1 else table.selectionModel().select(
            table.grid.index(at, 0),
            table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
        )
    table.selectionModel().setCurrentIndex(
        table.grid.index(row, place), table.selectionModel().SelectionFlag.NoUpdate
    )


def column(project: Project, name: str) -> list[Any]:
    """A column of the persons in order of id."""
    return [row[0] for row in project.reader.select(f"SELECT {name} FROM person ORDER BY id")]


def clip(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


# paste -----------------------------------------------------------------------------------------


def test_cells_of_a_spreadsheet_go_over_the_rows(table: Table, project: Project) -> None:
    stand(table, 1, "first_name")
    clip("Zoé\tDirectrice\r\nYann\tVendeur\r\n")
    table.paste()
    assert column(project, "first_name") == ["", "Zoé", "Yann", ""]
    assert column(project, "job") == ["", "Directrice", "Vendeur", ""]
    assert show(project.undo_labels[0]) == "Paste 4 cells"
    project.undo()
    assert column(project, "first_name") == ["", "", "", ""]


def test_headings_say_which_columns_are_meant(table: Table, project: Project) -> None:
    stand(table, 0, "last_name")
    clip("Job\tFirst name\nBuyer\tAnna\nClerk\tBob")
    table.paste()
    assert column(project, "job")[:2] == ["Buyer", "Clerk"]
    assert column(project, "first_name")[:2] == ["Anna", "Bob"]
    assert column(project, "last_name") == list(NAMES)


def test_a_value_that_cannot_be_read_changes_nothing_before_it_is_shown(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    stand(table, 0, "department")
    clip("Marketing\nLegal")
    before = project.undo_labels
    table.paste()
    dialog = table.window().findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    assert project.undo_labels == before
    assert len(dialog.plan.problems) == 1 and "Sales, Marketing" in show(
        dialog.plan.problems[0].problem
    )
    assert not dialog.paste_button.isEnabled() and dialog.paste_button.toolTip()
    dialog.leave_out.setChecked(True)
    qtbot.mouseClick(dialog.paste_button, Qt.MouseButton.LeftButton)
    assert column(project, "department_id") == [2, 1, 1, 1]


def test_rows_beyond_the_end_are_added_after_asking(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    stand(table, 3, "last_name")
    clip("Faure\nGarnier\nHenry")
    table.paste()
    dialog = table.window().findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog) and dialog.plan.added == 2
    qtbot.mouseClick(dialog.paste_button, Qt.MouseButton.LeftButton)
    assert column(project, "last_name") == [*NAMES, "Garnier", "Henry"]
    project.undo()
    assert column(project, "last_name") == list(NAMES)


def test_a_list_is_added_as_new_rows_on_request(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    stand(table, 0, "last_name")
    dialog = PasteDialog(table, [["Ivy", "Ann"], ["Jack", "Tom"]])
    qtbot.addWidget(dialog)
    dialog.way.set_value(ADD)
    dialog.way.chosen.emit(ADD)
    assert dialog.plan.added == 2
    qtbot.mouseClick(dialog.paste_button, Qt.MouseButton.LeftButton)
    assert column(project, "last_name") == [*NAMES, "Ivy", "Jack"]
    assert column(project, "first_name")[-2:] == ["Ann", "Tom"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_was_copied_pastes_back_as_it_was(table: Table, project: Project, lang: str) -> None:
    language.apply(lang)
    person = {"last_name": 'd"Arc', "job": "two\nlines\tand a tab", "arrived_on": None}
    project.execute(Add("person", person))
    table.selectAll()
    table.copy()
    steps = project.undo_labels
    stand(table, 0, "last_name")
    plan = table.paste_plan(views_cells(), add=False)
    assert not plan.edits and plan.same
    assert project.undo_labels == steps


def views_cells() -> tuple[tuple[str, ...], ...]:
    """The clipboard as a table."""
    from ui.models.clipboard import from_text

    return from_text(QGuiApplication.clipboard().text())


# many rows -------------------------------------------------------------------------------------


def test_fill_down_takes_the_first_value(table: Table, project: Project, qtbot: QtBot) -> None:
    project.execute(Add("person", {"last_name": "Zola", "department_id": 2}))
    stand(table, 0, "department", rows=5)
    table.grid.sort(table.grid.column_at("last_name") or 0, Qt.SortOrder.DescendingOrder)
    stand(table, 0, "department", rows=3)
    qtbot.keyClick(table, Key.Key_D, Mod.ControlModifier)
    assert column(project, "department_id") == [1, 1, 2, 2, 2]
    assert show(project.undo_labels[0]) == "Change Department in 2 rows"
    project.undo()
    assert column(project, "department_id") == [1, 1, 1, 1, 2]


def test_fill_down_of_one_row_takes_the_value_above(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    table.grid.setData(table.grid.index(0, table.grid.column_at("job") or 0), "Clerk")
    stand(table, 1, "job")
    qtbot.keyClick(table, Key.Key_D, Mod.ControlModifier)
    assert column(project, "job") == ["Clerk", "Clerk", "", ""]


def test_one_value_for_many_rows(table: Table, project: Project, qtbot: QtBot) -> None:
    stand(table, 0, "arrived_on", rows=4)
    dialog = ChangeRows(table)
    qtbot.addWidget(dialog)
    dialog.editor.setText("12 march 2026")  # type: ignore[attr-defined]
    qtbot.mouseClick(dialog.buttons["change"], Qt.MouseButton.LeftButton)
    assert column(project, "arrived_on") == ["2026-03-12"] * 4
    project.undo()
    assert column(project, "arrived_on") == [None] * 4


def test_ctrl_enter_in_a_cell_writes_into_all_selected_rows(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    stand(table, 0, "job", rows=3)
    table.edit(table.currentIndex())
    editor = table.viewport().focusWidget() or table.focusWidget()
    qtbot.keyClicks(editor, "Seller")
    qtbot.keyClick(editor, Key.Key_Return, Mod.ControlModifier)
    qtbot.waitUntil(lambda: column(project, "job") == ["Seller", "Seller", "Seller", ""])
    project.undo()
    assert column(project, "job") == [""] * 4


def test_find_and_replace(table: Table, project: Project, qtbot: QtBot) -> None:
    dialog = ReplaceDialog(table)
    qtbot.addWidget(dialog)
    dialog.needle.setText("A")
    dialog.by.setText("o")
    assert len(dialog.plan.changes) == 3  # Adam, Bernard, Faure, not Denis
    dialog.case.setChecked(True)
    assert [edit.after for edit in dialog.plan.changes] == ["odam"]
    dialog.case.setChecked(False)
    dialog.whole.setChecked(True)
    assert not dialog.plan.changes and not dialog.replace_button.isEnabled()
    dialog.whole.setChecked(False)
    qtbot.mouseClick(dialog.replace_button, Qt.MouseButton.LeftButton)
    assert column(project, "last_name") == ["odom", "Bernord", "Denis", "Foure"]
    project.undo()
    assert column(project, "last_name") == list(NAMES)


def test_duplicate_counts_codes_on(project: Project, bridge: Bridge) -> None:
    for code in ("R-01", "R-03"):
        project.execute(Add("risk", {"code": code, "title": code}))
    from crm_pilot.project import Duplicate

    made = project.execute(Duplicate("risk", (1,)))
    assert project.reader.value("SELECT code FROM risk WHERE id = ?", made[0]) == "R-02"
    assert project.reader.value("SELECT title FROM risk WHERE id = ?", made[0]) == "R-01"
    project.undo()
    assert project.reader.value("SELECT COUNT(*) FROM risk") == 2


def test_duplicated_rows_become_current(table: Table, project: Project, qtbot: QtBot) -> None:
    stand(table, 1, "last_name")
    qtbot.keyClick(table, Key.Key_D, Mod.ControlModifier | Mod.ShiftModifier)
    assert column(project, "last_name").count("Bernard") == 2
    assert table.current_id == 5
    project.undo()
    assert column(project, "last_name") == list(NAMES)


# filters and views -----------------------------------------------------------------------------


def shown(table: Table) -> list[str]:
    """Last names shown, in order."""
    return [item.last_name for item in table.shown_items]


def test_filter_by_values_text_and_range(table: Table, project: Project) -> None:
    table.set_filter("last_name", ColumnFilter(contains="e"))
    assert shown(table) == ["Bernard", "Denis", "Faure"]
    table.set_filter("last_name", ColumnFilter(values=frozenset({"Adam"})))
    assert shown(table) == ["Adam"]
    table.clear_filters()
    assert shown(table) == list(NAMES)
    table.set_filter("arrived_on", ColumnFilter(empty=True))
    assert shown(table) == list(NAMES)
    for key, day in enumerate((1, 10, 20, 30), 1):
        project.execute(SetField("person", key, "arrived_on", dt.date(2026, 6, day)))
    between = ColumnFilter(low=dt.date(2026, 6, 10), high=dt.date(2026, 6, 20))
    table.set_filter("arrived_on", between)
    assert shown(table) == ["Bernard", "Denis"]


def test_filter_popup_takes_ticks_and_ranges(table: Table, project: Project, qtbot: QtBot) -> None:
    popup = FilterPopup(table, table.grid.columns[0])
    qtbot.addWidget(popup)
    popup.listed.item(1).setCheckState(Qt.CheckState.Checked)
    popup.accept()
    assert shown(table) == ["Bernard"]
    button = ViewButton(table)
    qtbot.addWidget(button)
    assert button.clear.isVisibleTo(button) and "Last name" in button.clear.text()
    button.clear.click()
    assert shown(table) == list(NAMES)
    dates = FilterPopup(table, table.grid.columns[table.grid.column_at("arrived_on") or 0])
    qtbot.addWidget(dates)
    dates.low.setText("32/13")
    dates.accept()
    assert "32/13" in dates.complaint.text() and shown(table) == list(NAMES)
    dates.low.setText("1/1/2020")
    dates.accept()
    assert shown(table) == []


def test_a_saved_view_comes_back(table: Table, qtbot: QtBot) -> None:
    table.set_filter("last_name", ColumnFilter(contains="e"))
    table.heading.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    table.places.show("job", False)
    views.save(table, "Mine")
    views.reset(table)
    assert shown(table) == list(NAMES)
    views.use(table, "Mine")
    assert shown(table) == ["Faure", "Denis", "Bernard"]
    assert "job" not in [table.grid.columns[p].key for p in table.shown_columns]
    views.forget(table, "Mine")
    assert views.names(table) == []


def test_columns_are_chosen_and_ordered_by_keyboard(table: Table, qtbot: QtBot) -> None:
    dialog = ChooseColumns(table)
    qtbot.addWidget(dialog)
    dialog.listed.setCurrentRow(1)
    qtbot.keyClick(dialog.listed, Key.Key_Up, Mod.AltModifier)
    dialog.listed.item(2).setCheckState(Qt.CheckState.Unchecked)
    qtbot.mouseClick(dialog.buttons["ok"], Qt.MouseButton.LeftButton)
    keys = [table.grid.columns[place].key for place in table.shown_columns]
    assert keys[:2] == ["first_name", "last_name"] and "job" not in keys
    kept = table.bridge.settings.tables["test.people"]
    assert kept["hidden"] == ["job"] and kept["order"][0] == "first_name"


def test_a_read_only_project_refuses_with_a_reason(
    table: Table, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "read_only", True)
    stand(table, 0, "job")
    said: list[Any] = []
    table.bridge.failed.connect(said.append)
    clip("Clerk")
    table.paste()
    assert column(project, "job") == [""] * 4
    assert said and table.why_not_edit()


def test_the_menu_opens_without_a_menu_key(qtbot: QtBot, table: Table) -> None:
    asked: list[QContextMenuEvent.Reason] = []
    table.contextMenuEvent = lambda event: asked.append(event.reason())  # type: ignore[method-assign]
    stand(table, 1, "last_name")
    qtbot.keyClick(table, Key.Key_F10, Mod.ShiftModifier)
    assert asked == [QContextMenuEvent.Reason.Keyboard]


def test_a_cell_that_cannot_be_edited_says_why(
    qtbot: QtBot, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, _widget: said.append(text))
    stand(table, 0, "last_name")
    qtbot.keyClick(table, Key.Key_F2)
    assert not said and table.state() == Table.State.EditingState
    qtbot.keyClick(table.viewport().findChild(QLineEdit), Key.Key_Escape)
    table.grid.editable = False
    stand(table, 0, "last_name")
    qtbot.keyClick(table, Key.Key_F2)
    assert said == ["This column follows from others and cannot be edited."]


def test_added_rows_are_shown_after_pasting(table: Table) -> None:
    table.resize(1200, 120)
    stand(table, 0, "last_name")
    table.carry_out(table.paste_plan([["Ivy"], ["Jack"]], add=True), Message("Paste"))
    assert table.grid.name_of(table.grid.item(table.currentIndex().row())) == "Ivy"
    assert table.viewport().rect().intersects(table.visualRect(table.currentIndex()))


def test_duplicates_alone_are_selected_whatever_keys_are_held(
    qtbot: QtBot, table: Table, project: Project
) -> None:
    with qtbot.waitActive(table):
        table.activateWindow()
    stand(table, 1, "last_name", rows=2)
    table.setFocus()
    held = Mod.ControlModifier | Mod.ShiftModifier
    QTest.keyClick(table.windowHandle(), Key.Key_D, held)  # through the window: Qt knows the keys
    assert [item.last_name for item in table.selected_items] == ["Bernard", "Denis"]
    assert {item.id for item in table.selected_items} == {5, 6}
    qtbot.keyClick(table, Key.Key_Delete)
    assert column(project, "last_name") == [*NAMES]


def test_a_value_that_cannot_be_read_stays_in_its_cell(
    table: Table, project: Project, qtbot: QtBot
) -> None:
    stand(table, 0, "arrived_on")
    table.edit(table.currentIndex())
    editor = table.focusWidget()
    assert isinstance(editor, LineEdit)
    qtbot.keyClicks(editor, "32/13")
    qtbot.keyClick(editor, Key.Key_Return)
    assert editor.isVisible() and editor.text() == "32/13" and "32/13" in editor.toolTip()
    assert column(project, "arrived_on") == [None] * 4
    editor.selectAll()
    qtbot.keyClicks(editor, "12/3/2026")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: column(project, "arrived_on")[0] == "2026-03-12")
