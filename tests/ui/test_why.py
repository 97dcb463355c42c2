"""Every tile and chart answers "Why?" and shows its data, on every screen, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QHeaderView, QLabel, QMenu, QTableView, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import msg
from crm_pilot.why import OWN, Why
from tests.governance.rollout import build
from ui import language
from ui.bridge import Bridge
from ui.charts.view import ChartView
from ui.main_window import MainWindow
from ui.models.columns import Column
from ui.screens.training.screen import TrainingScreen
from ui.sidebar import ROOMS
from ui.widgets.page import PageHeader
from ui.widgets.tile import Tile
from ui.widgets.weather import WeatherWord
from ui.widgets.why import NoFigure, answers, bridge_of, show_why
from ui.widgets.why_panel import DataView, WhyPanel

SCREENS = [room.name for room in ROOMS]
ANSWER = Why(msg("All of them."), msg("3 of 4"), OWN)


@pytest.fixture(scope="module")
def filled() -> Iterator[object]:
    """The trial roll-out, read only by these tests."""
    with build() as project:
        yield project


@pytest.fixture
def window(qtbot: QtBot, filled: object) -> Iterator[MainWindow]:
    """The main window over the trial roll-out."""
    made = MainWindow(Bridge())
    qtbot.addWidget(made, before_close_func=lambda w: (w.jobs.wait(), w.bridge.detach()))
    made.complete()
    made.resize(1366, 768)
    made.show()
    made.bridge.attach(filled)  # type: ignore[arg-type]
    qtbot.waitExposed(made)
    yield made
    for panel in panels():
        panel.close()


def panels() -> list[WhyPanel]:
    """Panels that are open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, WhyPanel) and w.isVisible()]


def shown_screen(qtbot: QtBot, window: MainWindow, name: str) -> QWidget:
    """A screen with everything that follows a moment later."""
    window.show_screen(name)
    screen = window.screen_named(name)
    qtbot.waitUntil(lambda: all(drawn(chart) for chart in charts(screen)), timeout=3000)
    return screen


def drawn(chart: ChartView) -> bool:
    """Whether a chart has got its data."""
    return chart.data_table() is not None


def charts(screen: QWidget) -> list[ChartView]:
    """Charts that one sees."""
    return [chart for chart in screen.findChildren(ChartView) if chart.isVisible()]


def words(panel: QWidget) -> str:
    """All texts of a panel."""
    return " | ".join(label.text() for label in panel.findChildren(QLabel))


@pytest.mark.parametrize("name", SCREENS)
def test_every_figure_of_a_screen_answers(qtbot: QtBot, window: MainWindow, name: str) -> None:
    screen = shown_screen(qtbot, window, name)
    check_parts(screen, name)
    for chart in charts(screen):
        check_chart(chart)
    for view in screen.findChildren(QTableView):
        for column in getattr(view.model(), "columns", ()):
            check_column(column)


def check_parts(screen: QWidget, name: str) -> None:
    """Tiles, charts and the sentence say why, or why not."""
    parts = [*screen.findChildren(Tile), *screen.findChildren(PageHeader), *charts(screen)]
    assert parts
    for part in parts:
        if isinstance(part, PageHeader) and name == "stakeholders":
            continue  # its sentence is explained by the tile of the map
        said = part.asked
        assert said, f"{type(part).__name__} on {name} neither says why nor why not"
        if all(isinstance(one, NoFigure) for one in said):
            assert all(one.reason for one in said)  # type: ignore[union-attr]
        else:
            assert answers(part, said)


def check_chart(chart: ChartView) -> None:
    """Tab reaches it, a screen reader is told what it says, and it has rows."""
    assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus
    found = QAccessible.queryAccessibleInterface(chart)
    assert found.text(QAccessible.Text.Description), type(chart).__name__
    table = chart.data_table()
    assert table is not None
    assert table.rows
    assert all(len(row) == len(table.headings) for row in table.rows)


def check_column(column: Column) -> None:
    """A computed column answers."""
    if column.column is None and column.kind in ("int", "percent", "share"):
        assert column.why is not None, column.key
    if column.why is not None:
        assert column.why().rule


def test_the_question_mark_opens_the_panel_by_mouse_and_key(
    qtbot: QtBot, window: MainWindow
) -> None:
    screen = shown_screen(qtbot, window, "cockpit")
    tile = next(t for t in screen.findChildren(Tile) if t.title.text() == "Adoption")
    assert tile.why.accessibleName() == "Why? Adoption"
    assert tile.why.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.mouseClick(tile.why, Qt.MouseButton.LeftButton)
    (panel,) = panels()
    said = words(panel)
    for label in ("Rule", "Data", "Source", "Period", "Active share"):
        assert label in said
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panels()
    qtbot.keyClick(tile.why, Qt.Key.Key_Space)
    assert len(panels()) == 1


def test_space_on_a_chart_shows_its_data_as_a_table(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown_screen(qtbot, window, "cockpit")
    window.activateWindow()
    for chart in charts(screen):
        table = chart.data_table()
        assert table is not None
        chart.setFocus()
        qtbot.keyClick(chart, Qt.Key.Key_Space)
        (panel,) = panels()
        view = panel.data
        assert isinstance(view, DataView)
        assert panel.pages.currentWidget().isAncestorOf(view)
        found = QAccessible.queryAccessibleInterface(view)
        assert found.role() == QAccessible.Role.Table
        cells = len(table.headings) * len(table.rows)
        assert found.childCount() >= cells
        panel.close()


def test_the_data_are_copied_for_a_spreadsheet(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown_screen(qtbot, window, "maintenance")
    chart = charts(screen)[0]
    table = chart.data_table()
    assert table is not None
    panel = chart.show_data()
    assert isinstance(panel, WhyPanel)
    assert panel.data is not None
    qtbot.keyClick(panel.data, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == len(table.rows) + 1
    panel.data.selectRow(1)
    panel.copy_button.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_the_menu_of_a_chart(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown_screen(qtbot, window, "training")
    assert isinstance(screen, TrainingScreen)
    screen.show_view("coverage")
    chart = charts(screen)[0]
    middle = chart.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, chart.mapToGlobal(middle))
    chart.contextMenuEvent(event)
    menu = next(m for m in chart.findChildren(QMenu))
    assert [a.text() for a in menu.actions()] == ["Show the data", "Why?", "Copy the data"]
    menu.actions()[2].trigger()
    assert QGuiApplication.clipboard().text().startswith("Group\t")
    menu.actions()[0].trigger()
    assert panels()
    menu.close()


def test_the_focused_chart_has_a_ring(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown_screen(qtbot, window, "maintenance")
    window.activateWindow()
    chart = charts(screen)[0]
    before = screen.grab().toImage()
    chart.setFocus()
    assert chart._ring is not None
    assert chart._ring.isVisible()
    assert screen.grab().toImage() != before
    screen.setFocus()
    assert not chart._ring.isVisible()


def test_the_weather_of_the_header_answers(qtbot: QtBot, window: MainWindow) -> None:
    found = window.findChildren(WeatherWord)
    assert len(found) == 4
    assert all(word.accessibleName() for word in found)
    qtbot.keyClick(found[0], Qt.Key.Key_Return)
    (panel,) = panels()
    assert "Good: key milestones within" in words(panel)


def test_the_panel_is_in_the_language_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    language.apply("fr")
    panel = show_why(window, "Adoption", ANSWER)
    said = words(panel)
    for label in ("Pourquoi\u202f? Adoption", "Règle", "Données", "Source"):
        assert label in said
    assert "Période" not in said  # time has no part in it


def test_nothing_is_cut_in_the_panel(qtbot: QtBot, window: MainWindow) -> None:
    language.apply("fr")
    screen = shown_screen(qtbot, window, "maintenance")
    tile = screen.findChildren(Tile)[0]
    tile.explain()
    (panel,) = panels()
    for label in panel.findChildren(QLabel):
        if label.text() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1
    assert panel.height() <= panel.screen().availableGeometry().height()


def test_a_wide_table_keeps_its_figures_whole(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown_screen(qtbot, window, "maintenance")
    panel = charts(screen)[0].show_data()
    assert isinstance(panel, WhyPanel)
    assert panel.data is not None
    head = panel.data.horizontalHeader()
    assert head.sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch
    for column in range(1, panel.data.columnCount()):
        assert panel.data.columnWidth(column) >= panel.data.sizeHintForColumn(column)


def test_a_tile_without_figures_says_so(qtbot: QtBot) -> None:
    tile = Tile("Notes")
    qtbot.addWidget(tile)
    tile.set_why(NoFigure("free text"))
    assert not tile.why.isVisibleTo(tile)
    tile.set_why(lambda: ANSWER)
    assert tile.why.isVisibleTo(tile)
    assert answers(tile, tile.asked) == [ANSWER]


def test_a_part_outside_any_screen_is_a_mistake_of_ours(qtbot: QtBot) -> None:
    tile = Tile("Adoption")
    qtbot.addWidget(tile)
    with pytest.raises(LookupError):
        bridge_of(tile)


def test_the_map_gives_its_positions_without_names(qtbot: QtBot, window: MainWindow) -> None:
    from ui.screens.stakeholders.screen import StakeholdersScreen

    screen = shown_screen(qtbot, window, "stakeholders")
    assert isinstance(screen, StakeholdersScreen)
    table = screen.plane.data_table()
    assert table is not None
    persons = [row[0] for row in table.rows if row[1] == 1]
    assert persons
    assert all(name.startswith(("P-", "#")) for name in persons)
