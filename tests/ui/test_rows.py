"""The table model and view: honest to Qt, edited through the bridge, repainted by changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import show
from crm_pilot.project import Add, Remove
from ui.bridge import Bridge
from ui.models.rows import Column, RowsModel
from ui.widgets.form import Field, Form
from ui.widgets.table import Table


@dataclass(frozen=True)
class Person:
    id: int
    last_name: str
    code: str | None
    arrived_on: dt.date | None


COLUMNS = (
    Column("last_name", "Name", column="last_name"),
    Column("code", "Code", column="code"),
    Column("arrived_on", "Arrival", "date", column="arrived_on"),
)
SELECT = "SELECT id, last_name, code, arrived_on FROM person"


@pytest.fixture
def model(bridge: Bridge) -> RowsModel:
    for name in ("Zoé", "Émile", "Ana"):
        bridge.execute(Add("person", {"last_name": name}))

    def load_some(ids: frozenset[int]) -> list[Person]:
        return [row for row in bridge.reader.rows(Person, SELECT) if row.id in ids]

    made = RowsModel(
        bridge, "person", COLUMNS, lambda: bridge.reader.rows(Person, SELECT), load_some
    )
    made.refresh()
    bridge.changed.connect(made.refresh)
    return made


def names(model: RowsModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_model_keeps_the_rules_of_qt(bridge: Bridge, model: RowsModel) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    index = model.index(0, 0)
    assert model.setData(index, "Zoë")
    bridge.execute(Add("person", {"last_name": "Bruno"}))
    bridge.execute(Remove("person", (2,)))
    model.sort(0)
    model.search("a")
    model.search("")
    bridge.undo()
    assert tester.model() is model


def test_edit_goes_through_the_project_and_comes_back(bridge: Bridge, model: RowsModel) -> None:
    repainted = []
    model.dataChanged.connect(lambda first, last: repainted.append((first.row(), last.row())))
    model.setData(model.index(1, 0), "Emma")
    assert bridge.reader.value("SELECT last_name FROM person WHERE id = 2") == "Emma"
    assert names(model) == ["Zoé", "Emma", "Ana"]
    assert repainted == [(1, 1)]
    bridge.undo()
    assert names(model)[1] == "Émile"
    assert show(bridge.project.redo_labels[0]) == "Change Name"


def test_an_unreadable_date_is_told_and_nothing_changes(
    qtbot: QtBot, bridge: Bridge, model: RowsModel
) -> None:
    with qtbot.waitSignal(bridge.failed):
        assert not model.setData(model.index(0, 2), "soon")
    assert bridge.reader.value("SELECT arrived_on FROM person WHERE id = 1") is None
    assert model.setData(model.index(0, 2), "12 mars 2026")
    assert model.index(0, 2).data() == "12\u00a0Mar\u00a02026"


def test_sorting_and_search_ignore_accents_and_case(model: RowsModel) -> None:
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["Ana", "Émile", "Zoé"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["Zoé", "Émile", "Ana"]
    model.search("EMI")
    assert names(model) == ["Émile"]


def test_unknown_values_are_sorted_last_both_ways(bridge: Bridge, model: RowsModel) -> None:
    model.setData(model.index(1, 1), "P-2")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(1, order)
        assert names(model)[0] == "Émile"


def test_table_keeps_the_current_row_through_a_search(
    qtbot: QtBot, bridge: Bridge, model: RowsModel
) -> None:
    table = Table(bridge, model, "test")
    qtbot.addWidget(table)
    table.select(3)
    model.sort(0)
    assert table.current_id == 3
    model.search("ana")
    assert table.current_id == 3
    assert table.selected_ids == [3]


def test_delete_key_is_one_step(qtbot: QtBot, bridge: Bridge, model: RowsModel) -> None:
    table = Table(bridge, model, "test", what="the person")
    qtbot.addWidget(table)
    table.show()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert model.rowCount() == 0
    bridge.undo()
    assert model.rowCount() == 3


def test_copy_gives_headings_and_rows(qtbot: QtBot, bridge: Bridge, model: RowsModel) -> None:
    from PySide6.QtGui import QGuiApplication

    table = Table(bridge, model, "test")
    qtbot.addWidget(table)
    table.select(1)
    table.copy()
    assert QGuiApplication.clipboard().text() == "Name\tCode\tArrival\nZoé\t\t"


def test_form_stores_on_leaving_and_keeps_what_it_cannot_read(
    qtbot: QtBot, bridge: Bridge, model: RowsModel
) -> None:
    fields = (
        Field("last_name", "Name", column="last_name"),
        Field("arrived_on", "Arrival", "date", column="arrived_on"),
    )
    form = Form(bridge, "person", fields)
    qtbot.addWidget(form)
    form.show()
    form.show_row(model.shown[0])
    day = form.editor("arrived_on")
    qtbot.keyClicks(day, "tomorrowish")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert "tomorrowish" in day.toolTip()
    assert bridge.reader.value("SELECT arrived_on FROM person WHERE id = 1") is None
    name = form.editor("last_name")
    name.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(name, "Zora")
    form.commit()
    assert bridge.reader.value("SELECT last_name FROM person WHERE id = 1") == "Zora"


def test_model_is_a_table(model: QAbstractItemModel) -> None:
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount() == 3
