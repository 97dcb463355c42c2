"""The adoption room, in a real window over a small company: by keys and by mouse, locked and
open, in other languages and themes, with little and with much to show."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.adoption.retention import FoldMonths
from crm_pilot.governance.user_lock import DateWorksCouncil
from crm_pilot.project import Project, SetField
from tests.adoption.usage import Company, D, Someone, span
from tests.ui.test_pseudo import bare
from ui import reading
from ui.main_window import MainWindow
from ui.screens.adoption import month_grid
from ui.screens.adoption.council_dialog import CouncilDialog
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.loading import LoadingView
from ui.screens.adoption.month_grid import MonthGridView
from ui.screens.adoption.overview import OverviewView
from ui.screens.adoption.overview_tiles import CheckpointsTile, MonthTile
from ui.screens.adoption.screen import AdoptionScreen

Key = Qt.Key
TODAY = D(2026, 11, 21)


def weekdays(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(day for day in span(first, last) if day.weekday() < 5)


DAILY = tuple(day for day in weekdays(D(2026, 9, 7), D(2026, 11, 20)) if day != D(2026, 11, 11))
MONDAYS = tuple(day for day in DAILY if day.weekday() == 0)
PEOPLE = (
    *(Someone(1, 1, opened=D(2026, 9, 7), logins=(DAILY,)) for _ in range(6)),
    *(Someone(2, 2, opened=D(2026, 9, 7), logins=(MONDAYS,)) for _ in range(6)),
    *(Someone(3, 2, opened=D(2027, 1, 12)) for _ in range(5)),
)


@pytest.fixture
def company(project: Project) -> Project:
    """North is there every day, South on Mondays alone, Sea opens in January."""
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(Company(PEOPLE))
    return project


@pytest.fixture
def room(company: Project, window: MainWindow) -> AdoptionScreen:
    return shown(window)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reading takes place in a job."""
    monkeypatch.setattr(reading, "FEW", -1)


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def said(view: MonthGridView) -> str:
    """What a screen reader hears of the grid."""
    return plain(view.accessibleDescription())


def shown(window: MainWindow) -> AdoptionScreen:
    window.show_screen("adoption")
    screen = window.screen_named("adoption")
    assert isinstance(screen, AdoptionScreen)
    return screen


def overview(screen: AdoptionScreen) -> OverviewView:
    view = screen.views.view("overview")
    assert isinstance(view, OverviewView)
    return view


def month(screen: AdoptionScreen) -> MonthTile:
    return overview(screen).month


def lock_tile(screen: AdoptionScreen) -> CheckpointsTile:
    return next(one for one in overview(screen).tiles if isinstance(one, CheckpointsTile))


# nothing, and a little ------------------------------------------------------------------------


def test_an_empty_room_says_what_to_do_first(qtbot: QtBot, window: MainWindow) -> None:
    screen = shown(window)
    assert screen.empty.isVisible()
    assert screen.empty.sentence.text() == "Who uses the CRM?"
    assert not screen.filters.isVisible()
    with qtbot.waitSignal(window.bridge.import_asked):
        qtbot.mouseClick(screen.empty.button, Qt.MouseButton.LeftButton)
    for dialog in window.findChildren(type(QApplication.activeModalWidget())):
        dialog.close()


def test_accounts_without_logins_ask_for_logins(project: Project, window: MainWindow) -> None:
    project.execute(Company((Someone(1, 1),)))
    screen = shown(window)
    assert screen.empty.sentence.text() == "No use is measured yet"
    assert screen.empty.button.text() == "Import logins"
    assert not screen.empty.second.isVisible()


def test_an_import_fills_the_room_at_once(window: MainWindow, project: Project) -> None:
    screen = shown(window)
    assert screen.empty.isVisible()
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(Company(PEOPLE))
    assert not screen.empty.isVisible()
    assert month(screen).view.rows() == 2
    window.bridge.undo()
    assert screen.empty.isVisible()


# the month ------------------------------------------------------------------------------------


def test_the_month_is_told_cell_by_cell(qtbot: QtBot, room: AdoptionScreen) -> None:
    view = month(room).view
    assert [row.name for row in view.grid.rows] == ["North", "South"]  # Sea is not open yet
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Down)
    assert said(view) == "North, Monday 2 November 2026: 100% connected"
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Right)
    assert said(view) == "South, Tuesday 3 November 2026: 0% connected"
    for _ in range(6):  # over the weekend, which has no cell, to the Armistice
        qtbot.keyClick(view, Key.Key_Right)
    assert said(view).endswith("11 November 2026: Armistice Day")
    qtbot.keyClick(view, Key.Key_End)
    # the Monday of the five working days of the last whole week: 1 ÷ 5 × 5
    assert said(view) == "South: 1.0 days a week, below the profile"
    room.header.link_button.setFocus()
    assert said(view).startswith("North: 5.0 days a week; South: 1.0")


def test_a_tile_gives_its_table(room: AdoptionScreen) -> None:
    table = month(room).view.data_table()
    assert table is not None
    assert [row[:3] for row in table.rows] == [
        ("North", 6, pytest.approx(5.0)),
        ("South", 6, pytest.approx(1.0)),
    ]
    assert len(table.headings) == 5 + 14  # 15 weekdays less the Armistice


def test_enter_shows_a_department_alone_and_again_all(qtbot: QtBot, room: AdoptionScreen) -> None:
    assert room.count.text() == "12 active of 12 open accounts, W47"
    view = month(room).view
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Return)
    assert room.filters.wanted.departments == {2}
    assert room.filters.buttons["departments"].accessibleName() == "Department: South"
    assert room.count.text() == "6 active of 6 open accounts, W47"
    assert [row.name for row in view.grid.rows] == ["South"]
    view.walk(0, 0)
    qtbot.keyClick(view, Key.Key_Return)
    assert room.filters.wanted.open
    assert view.rows() == 2


def test_a_click_on_a_row_does_the_same(qtbot: QtBot, room: AdoptionScreen) -> None:
    view = month(room).view
    spot = view.rect().center()
    spot.setY(round(view.top_of(0) + view.row / 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert room.filters.wanted.departments == {1}


def test_the_arrow_keys_of_the_period_change_the_month(qtbot: QtBot, room: AdoptionScreen) -> None:
    period = room.filters.period
    assert plain(period.accessibleName()) == "Period: November 2026"
    period.setFocus()
    qtbot.keyClick(period, Key.Key_Left)
    assert plain(period.accessibleName()) == "Period: October 2026"
    assert month(room).view.grid.month == 202610
    qtbot.keyClick(period, Key.Key_Left)
    qtbot.keyClick(period, Key.Key_Left)  # September is the first one known
    assert month(room).view.grid.month == 202609
    qtbot.keyClick(period, Key.Key_Right)
    assert month(room).view.grid.month == 202610


def test_of_a_folded_month_the_totals_are_told(room: AdoptionScreen, company: Project) -> None:
    company.execute(FoldMonths(D(2026, 10, 1)))
    room.filters.choose_month(202609)
    tile = month(room)
    assert tile._empty is not None
    assert plain(tile._empty.sentence.text()) == "Only totals are kept of September 2026"
    # 18 working days from 7 to 30 September, 4 Mondays: 6 × 18 + 6 × 4
    assert tile._empty.detail.text() == "132 login days of 12 accounts."
    room.filters.open_months()
    menu = QApplication.activePopupWidget()
    texts = [plain(action.text()) for action in menu.actions()]
    menu.close()
    assert texts == ["November 2026", "October 2026", "September 2026 (totals only)"]


# filters --------------------------------------------------------------------------------------


def test_filters_are_chosen_by_keys(qtbot: QtBot, room: AdoptionScreen) -> None:
    button = room.filters.buttons["profiles"]
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert [one.text() for one in menu.actions() if one.text()] == ["All profiles", "Desk", "Field"]
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    assert room.filters.wanted.profiles == {1}
    assert button.accessibleName() == "Profile: Desk"
    assert room.count.text().startswith("6 active of 6")
    room.filters.toggle("profiles", 2)
    assert button.choice.text() == "2 chosen"
    room.filters.drop("profiles")
    assert room.filters.wanted.open


def test_a_hidden_view_learns_the_filter_when_it_is_shown(room: AdoptionScreen) -> None:
    room.show_view("signs")
    room.show_filter(UseFilter(departments=frozenset({2})))
    assert month(room).view.rows() == 2  # not read while hidden
    room.show_view("overview")
    assert [row.name for row in month(room).view.grid.rows] == ["South"]


# single users ---------------------------------------------------------------------------------


def test_single_users_are_locked_and_the_band_says_why(room: AdoptionScreen) -> None:
    tile, band = month(room), lock_tile(room).band
    assert not tile.switch.isEnabled()
    assert "works council" in tile.switch.toolTip()
    assert band.isVisible()
    assert band.why.text() == "The plan has no works council milestone."
    overview(room).show_users(True)  # nothing opens it but the milestone
    assert [row.name for row in tile.view.grid.rows] == ["North", "South"]


def test_dating_the_milestone_opens_users_by_name(qtbot: QtBot, room: AdoptionScreen) -> None:
    tile, band = month(room), lock_tile(room).band
    qtbot.mouseClick(band.link, Qt.MouseButton.LeftButton)
    dialog = room.window().findChild(CouncilDialog)
    assert dialog is not None
    assert not dialog.save.isEnabled()
    assert dialog.save.toolTip() == "Type the day first."
    qtbot.keyClicks(dialog.day.field, "2 November 2026")
    dialog.save.click()
    assert not band.isVisible()
    assert tile.switch.isEnabled()
    qtbot.mouseClick(tile.switch, Qt.MouseButton.LeftButton)
    names = [row.name for row in tile.view.grid.rows]
    assert names == sorted(names)
    assert len(names) == 12
    assert "P07" in names
    tile.view.setFocus()
    tile.view.place = (names.index("P07"), tile.view.columns() - 1)
    tile.view.walk(0, 0)
    assert tile.view.accessibleDescription() == "P07: 1.1 days a week"  # no verdict on a person
    assert tile.view.key_of((0, 0)) is None
    room.bridge.undo()  # the date is taken back: so are the names
    assert [row.name for row in tile.view.grid.rows] == ["North", "South"]
    assert band.isVisible()


def test_a_day_to_come_keeps_the_lock(room: AdoptionScreen, company: Project) -> None:
    company.execute(DateWorksCouncil(D(2026, 12, 1), TODAY))
    band = lock_tile(room).band
    assert band.isVisible()
    assert "1 Dec 2026" in plain(band.why.text())
    asked: list[tuple[object, ...]] = []
    room.go.connect(lambda *place: asked.append(place))
    band.link.click()
    assert [place[:2] for place in asked] == [("planning", "task")]


def test_nothing_is_dated_in_a_file_that_is_only_read(
    qtbot: QtBot, room: AdoptionScreen, company: Project
) -> None:
    company.read_only = True
    room.bridge.project_changed.emit()
    again = shown(room.window())  # type: ignore[arg-type]
    assert not again.import_button.isEnabled()
    assert "read-only" in again.import_button.toolTip()
    assert not lock_tile(again).band.link.isEnabled()
    company.read_only = False


# language, theme, jobs ------------------------------------------------------------------------


def test_language_and_theme_change_while_it_is_shown(
    qtbot: QtBot, window: MainWindow, room: AdoptionScreen
) -> None:
    view = month(room).view
    before = view.grab().toImage().pixelColor(1, 1)
    window.bridge.set_language("fr")
    assert month(room).title.text() == "Mois par service"
    assert room.count.text() == "12 actifs sur 12 comptes ouverts, S47"
    assert room.filters.period.choice.text() == "novembre\u00a02026"
    window.bridge.set_theme("dark")
    after = month(room).grab().toImage().pixelColor(20, 20)
    assert before != after
    window.bridge.set_theme("light")
    window.bridge.set_language("en")
    assert month(room).title.text() == "Month by department"


def test_no_bare_text_in_a_filled_room(window: MainWindow, company: Project) -> None:
    window.bridge.set_language("en", pseudo=True)
    screen = shown(window)
    assert list(bare(overview(screen))) == []
    found = [text for text in bare(screen.filters) if "November" not in text]
    assert found == []
    window.bridge.set_language("en")


def test_many_accounts_are_read_beside_the_window(
    qtbot: QtBot, company: Project, window: MainWindow, readings: None
) -> None:
    screen = shown(window)
    view = overview(screen)
    assert isinstance(view._stack.currentWidget(), LoadingView)
    assert view.reading.busy
    screen.show_filter(UseFilter(departments=frozenset({1})))  # overtakes the first
    screen.show_filter(UseFilter(departments=frozenset({2})))
    qtbot.waitUntil(lambda: not view.reading.busy and not screen.counting.busy, timeout=5000)
    assert [row.name for row in month(screen).view.grid.rows] == ["South"]
    qtbot.waitUntil(lambda: screen.count.text().startswith("6 active of 6"), timeout=5000)
    assert not isinstance(view._stack.currentWidget(), LoadingView)


def test_a_job_that_is_overtaken_by_another_project_tells_nothing(
    qtbot: QtBot, company: Project, window: MainWindow, readings: None
) -> None:
    screen = shown(window)
    told: list[object] = []
    overview(screen).reading.found.connect(told.append)
    overview(screen).reading.forget()
    window.jobs.wait()
    qtbot.wait(20)
    assert told == []


# much to show ---------------------------------------------------------------------------------


def test_sixty_departments_are_scrolled_by_keys(
    qtbot: QtBot, project: Project, window: MainWindow
) -> None:
    project.execute(SetField("project", 1, "status_date", TODAY))
    places = {key: (f"Unit {key:02d}", 1) for key in range(1, 61)}
    people = tuple(Someone(key, 1, logins=(DAILY,)) for key in places)
    project.execute(Company(people, places))
    screen = shown(window)
    tiles = overview(screen).tiles
    view = month(screen).view
    assert view.rows() == 60
    assert view.scrolled
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_PageDown)
    assert view.place == (view.seen, 0)
    assert view.place[0] in view.in_sight()
    for one in tiles:
        drawing = one.drawing
        assert not drawing.isVisible() or drawing.height() <= one.height()
    multiples = tiles[4].drawing
    assert multiples.scrolled
    assert multiples.rows() * multiples.columns() >= 60
    assert window.minimumSizeHint().width() <= 1366


@pytest.mark.parametrize("theme_name", ["light", "dark", "contrast"])
def test_shades_differ_in_grey(window: MainWindow, theme_name: str) -> None:
    window.bridge.set_theme(theme_name)
    greys = [month_grid.shade((place + 0.5) / 5) for place in range(5)]
    light = [0.3 * c.red() + 0.59 * c.green() + 0.11 * c.blue() for c in greys]
    steps = [abs(a - b) for a, b in pairwise(light)]
    assert light == sorted(light, reverse=theme_name != "dark")
    assert min(steps) > 10
    window.bridge.set_theme("light")
