"""The view of the crossings over the trial computed by hand: words, dashes, links, codes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project, SetField
from tests.governance.crossing_trial import Trial
from ui import language
from ui.bridge import Bridge
from ui.screens.stakeholders.crossings_view import CrossingsView
from ui.widgets.table import Table
from ui.widgets.why_panel import WhyPanel

NARROW, WIDE = (742, 480), (1118, 560)


@pytest.fixture
def empty(bridge: Bridge, qtbot: QtBot) -> CrossingsView:
    """The view of a project without units."""
    made = CrossingsView(bridge)
    made.resize(*WIDE)
    qtbot.addWidget(made)
    made.show()
    made.refresh(None)
    return made


@pytest.fixture
def view(empty: CrossingsView) -> Iterator[CrossingsView]:
    """The view of the trial, refreshed as the room does it."""
    empty.bridge.project.execute(Trial())
    empty.bridge.changed.connect(empty.refresh)
    empty.refresh(None)
    yield empty
    for panel in QApplication.topLevelWidgets():
        if isinstance(panel, WhyPanel):
            panel.close()


def cells(table: Table) -> list[list[str]]:
    """What a table shows, without the columns that gave way."""
    model = table.rows
    shown = table.shown_columns
    return [
        [model.columns[column].shown(model.item(place)) for column in shown]
        for place in range(model.rowCount())
    ]


def texts(widget: QWidget) -> list[str]:
    """Every label and button that is shown."""
    QApplication.processEvents()  # new rows are shown by the layout
    kinds = (*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton))
    return [one.text() or one.accessibleName() for one in kinds if one.isVisible()]


def link(widget: QWidget, name: str) -> QAbstractButton:
    """The first link of that name."""
    found = [one for one in widget.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found[0]


def test_an_empty_project_says_what_comes_first(empty: CrossingsView) -> None:
    assert empty.empty.isVisible()
    assert empty.empty.sentence.text() == "Nothing to cross yet"


def test_the_sentence_says_what_matters(view: CrossingsView) -> None:
    assert view.sentence.text() == (
        "Among hesitants, 47% are trained; 1 ally has no action;"
        " tickets rise while synergy falls in North"
    )


def test_positions_with_dashes_where_nothing_is_known(view: CrossingsView) -> None:
    assert cells(view.positions) == [
        ["▲ Locomotives", "10", "0", "25%", "↑ 15 (5)", "–", "–"],
        ["● Hesitants", "53", "1 · 2\u00a0h", "47%", "↑ 11 (10)", "–", "–"],
        ["■ Opponents", "7", "0", "–", "–", "–", "–"],
    ]


def test_zones_on_demand(view: CrossingsView) -> None:
    before = view.positions.height()
    qt_button = next(b for b in view.detail.findChildren(QAbstractButton) if b.text() == "By zone")
    qt_button.click()
    assert [row[0] for row in cells(view.positions)] == [
        "▲ Zealots",
        "● Waverers",
        "● Passives",
        "■ Opponents",
    ]
    assert view.positions.height() > before
    view.refresh(None)
    assert len(cells(view.positions)) == 4  # the choice stays


def test_departments_with_shape_and_word(view: CrossingsView) -> None:
    rows = {row[0]: row for row in cells(view.departments)}
    assert rows["North"][2] == "● Passives, 75%"
    assert "↑ 6 (2)" in rows["North"]
    assert "↓ 1 (4)" in rows["South"]
    assert rows["Board"][2] == "● Waverers"
    assert "–" in rows["Board"]


def test_departments_sort_by_gravity_and_tickets(view: CrossingsView) -> None:
    model = view.departments.rows
    keys = [column.key for column in model.columns]
    model.sort(keys.index("tickets"), Qt.SortOrder.DescendingOrder)
    assert [row.department for row in model.shown] == ["North", "South", "Board"]
    model.sort(keys.index("tickets"), Qt.SortOrder.AscendingOrder)
    assert [row.department for row in model.shown] == ["South", "North", "Board"]  # unknown last


def test_lists_link_to_pages_and_actions(view: CrossingsView, qtbot: QtBot) -> None:
    reader = view.bridge.reader
    north = reader.value("SELECT id FROM stakeholder WHERE name = 'North field'")
    ally = reader.value("SELECT id FROM stakeholder WHERE code = 'P-0'")
    with qtbot.waitSignal(view.opened) as opened:
        link(view.untrained, "North field").click()
    assert opened.args == [north]
    with qtbot.waitSignal(view.action_asked) as asked:
        link(view.idle, "Add an action: P-0").click()
    assert asked.args == [ally]
    with qtbot.waitSignal(view.go) as gone:
        link(view.untrained, "Enrol: North field").click()
    assert gone.args == ["training", "", 0]
    with qtbot.waitSignal(view.opened) as opened:
        link(view.falling, "North").click()
    assert opened.args == [north]


def test_enter_on_a_department_opens_its_largest_group(view: CrossingsView, qtbot: QtBot) -> None:
    table = view.departments
    table.select(table.rows.shown[0].id)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    reader = view.bridge.reader
    assert opened.args == [reader.value("SELECT id FROM stakeholder WHERE name = 'North field'")]


def test_no_name_of_a_person_unless_asked(view: CrossingsView) -> None:
    assert not [text for text in texts(view) if "Secret" in text]
    view.show_names(True)
    assert "Anne SecretNorth0" in texts(view)
    view.show_names(False)
    assert not [text for text in texts(view) if "Secret" in text]


def test_an_edit_is_followed_a_moment_later(view: CrossingsView, qtbot: QtBot) -> None:
    north = view.bridge.reader.value("SELECT id FROM stakeholder WHERE name = 'North field'")
    view.bridge.execute(SetField("stakeholder", north, "headcount", 50))
    qtbot.waitUntil(lambda: cells(view.positions)[1][1] == "73")
    view.bridge.undo()
    qtbot.waitUntil(lambda: cells(view.positions)[1][1] == "53")


def test_every_figure_says_why(view: CrossingsView) -> None:
    for table in (view.positions, view.departments):
        unexplained = [c.key for c in table.rows.columns if c.why is None]
        assert set(unexplained) <= {"trio", "department", "wave", "placed"}
        for column in table.rows.columns:
            if column.why is not None:
                assert column.why().rule
    for part in (view.idle, view.untrained, view.falling):
        part.why.click()
    view.why.click()
    panels = [w for w in QApplication.topLevelWidgets() if isinstance(w, WhyPanel)]
    assert panels


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_it_fits_and_speaks_french(view: CrossingsView, size: tuple[int, int]) -> None:
    language.apply("fr")
    view.retranslate()
    view.resize(*size)
    QApplication.processEvents()
    assert view.minimumSizeHint().width() <= NARROW[0]
    assert view.sentence.text().startswith("Parmi les hésitants, 47")
    shown = " ".join(texts(view))
    assert "Hésitants peu formés (2)" in shown
    assert "Alliés sans action (1)" in shown
    assert "Hesitants" not in shown


def test_a_closed_project_is_not_read(view: CrossingsView) -> None:
    project: Project | None = view.bridge.detach()
    assert project is not None
    view.refresh(None)
    view.retranslate()
    view.bridge.attach(project)
