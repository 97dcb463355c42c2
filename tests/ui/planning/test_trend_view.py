"""The view of announced dates, its dialogs, and reference plans, over the example plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import set_language
from crm_pilot.planning import history, queries
from crm_pilot.planning.announcements import AnnounceForecast, SetBaseline
from crm_pilot.planning.commands import SetTaskDates
from crm_pilot.planning.terms import SlipReason
from crm_pilot.project import Add, Project, Remove, SetField
from tests.planning.example import TODAY, day, fill, fill_with_baseline
from ui import theme
from ui.bridge import Bridge
from ui.screens.planning.baselines import (
    BaselinesDialog,
    CompareDialog,
    beside,
    compare_with,
    compared_with,
)
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.lines import Arrangement, Choice
from ui.screens.planning.trend_dialogs import HistoryDialog
from ui.screens.planning.trend_view import TrendView

CODE = SlipReason.DATA_NOT_CLEAN


@dataclass
class Stage:
    """The shown view, its project, and ids by short name."""

    project: Project
    bridge: Bridge
    view: TrendView
    keys: dict[str, int]

    def dialog(self, kind: type) -> QWidget:
        """The dialog of a kind that is open."""
        found = [one for one in self.view.findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def history(self, name: str = "live") -> history.History:
        found = history.histories(self.project.reader, TODAY)
        return next(one for one in found if one.id == self.keys[name])


@pytest.fixture
def empty(qtbot: QtBot, project: Project) -> Iterator[Stage]:
    """The view over an empty plan."""
    theme.start("light")
    project.execute(SetField("project", 1, "status_date", TODAY))
    bridge = Bridge(project)
    view = TrendView(bridge)
    qtbot.addWidget(view)
    bridge.changed.connect(view.refresh)
    view.resize(1134, 620)
    with qtbot.waitExposed(view):
        view.show()
    view.refresh(None)
    yield Stage(project, bridge, view, {})
    bridge.detach()


@pytest.fixture
def stage(empty: Stage) -> Stage:
    """The view over the example plan, with committees and a go-live put off twice."""
    empty.keys = fill_with_baseline(empty.project)
    for number, held in enumerate(("2026-10-01", "2026-10-29"), 1):
        empty.project.execute(Add("committee", {"number": number, "held_on": day(held)}))
    live = empty.keys["live"]
    empty.project.execute(AnnounceForecast(live, day("2027-01-08"), day("2026-10-15"), code=CODE))
    return empty


def test_the_first_reference_plan_is_asked_for_at_once(empty: Stage, qtbot: QtBot) -> None:
    fill(empty.project)
    empty.view.refresh(None)
    qtbot.mouseClick(empty.view.empty.button, Qt.MouseButton.LeftButton)
    asked = empty.dialog(BaselineDialog)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert empty.project.reader.value("SELECT count(*) FROM baseline") == 1


def test_a_chart_without_lines_says_why(empty: Stage) -> None:
    fill(empty.project)
    empty.project.execute(SetBaseline("First", TODAY))
    empty.view.refresh(None)
    chart = empty.view.chart
    assert chart.chart is None
    assert "second announcement" in chart.accessibleDescription()
    ground = chart.grab().toImage()
    colours = {ground.pixel(x, ground.height() // 2) for x in range(ground.width())}
    assert len(colours) > 1  # it is written, not only said


def test_an_empty_plan_says_what_to_do(empty: Stage, qtbot: QtBot) -> None:
    assert empty.view.empty.isVisible()
    assert not empty.view.announce.isEnabled()
    assert "reference plan" in empty.view.announce.toolTip()


def test_the_view_shows_chart_figures_and_causes(stage: Stage) -> None:
    view = stage.view
    assert view.chart.chart is not None
    assert [line.name for line in view.chart.chart.lines] == ["Data accepted", "Wave 3"]
    wave = view.chart.chart.lines[1]
    assert (wave.strong, wave.dashed, wave.slip) == (True, False, 7)
    assert view.facts.facts[0].figure.text() == "2 postponements"
    assert view.facts.facts[1].figure.text() == "+7\xa0d"
    rows = view.causes.texts.rows
    assert [row[:3] for row in rows] == [
        ("Data not clean", "3\xa0d", "Wave 3"),
        ("Reason missing", "4\xa0d", "Wave 3"),
    ]
    assert view.missing.text() == "Give the missing reason…"
    assert view.sentence.whole() == "4 of 7 days lost on go-lives have no reason yet; wave 3" \
        " moves again, by 4 days."  # fmt: skip


def test_the_chart_is_drawn_in_every_theme_and_both_languages(stage: Stage, qtbot: QtBot) -> None:
    pictures = []
    for name in ("light", "dark", "contrast"):
        theme.apply(name)
        pictures.append(stage.view.chart.grab().toImage())
    theme.apply("light")
    set_language("fr")
    stage.view.retranslate()
    pictures.append(stage.view.chart.grab().toImage())
    assert len({bytes(p.constBits()) for p in pictures}) == 4
    assert all(_inked(p) for p in pictures)


def _inked(picture: QImage) -> bool:
    ground = picture.pixel(picture.width() - 1, picture.height() - 1)
    row = range(0, picture.width(), 3)
    return any(picture.pixel(x, y) != ground for y in range(0, picture.height(), 5) for x in row)


def test_a_click_on_a_line_opens_its_history(stage: Stage, qtbot: QtBot) -> None:
    chart = stage.view.chart
    assert chart.chart is not None
    at = chart._placed(chart.chart)
    spots = at.spots(chart.chart.lines[1])
    middle = QPointF((spots[0][0] + spots[1][0]) / 2, spots[0][1])
    line = chart.line_at(middle)
    assert line is not None
    assert line.key == stage.keys["live"]
    assert chart.line_at(QPointF(chart.width() - 3, chart.height() - 3)) is None
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    opened = stage.dialog(HistoryDialog)
    assert isinstance(opened, HistoryDialog)
    assert opened.sentence.text() == "Go-live of wave 3"
    assert "put off 2 times, +7\xa0d in all" in opened.detail.text()


def test_keys_choose_a_line_and_open_it(stage: Stage, qtbot: QtBot) -> None:
    chart = stage.view.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current == stage.keys["live"]  # the next go-live first
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current == stage.keys["ready"]
    assert chart.accessibleDescription() == "Data accepted: 11\xa0Dec"
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    stage.dialog(HistoryDialog)


def test_the_data_behind_the_chart(stage: Stage) -> None:
    table = stage.view.chart.data_table()
    assert table is not None
    assert len(table.rows) == 4
    assert [row[3] for row in table.rows if row[0] == "Go-live of wave 3"] == [None, 3, 4]


def test_a_missing_reason_is_shown_and_filled(stage: Stage, qtbot: QtBot) -> None:
    stage.view.missing.click()
    opened = stage.dialog(HistoryDialog)
    assert isinstance(opened, HistoryDialog)
    assert [row[2:] for row in opened.table.texts.rows] == [
        ("+4\xa0d", "Reason missing"),
        ("+3\xa0d", "Data not clean"),
        ("first date", "Reference plan"),
    ]
    assert opened.table.currentIndex().row() == 0  # the one without a reason
    opened.code.choose(SlipReason.BUSINESS_BUSY)
    opened.words.setText("Inventory")
    opened.keep.click()
    assert opened.table.texts.rows[0][3] == "Trades not available: Inventory"
    assert stage.history().said[-1].code is SlipReason.BUSINESS_BUSY
    assert not stage.view.missing.isVisible()
    stage.bridge.undo()
    assert opened.table.texts.rows[0][3] == "Reason missing"
    opened.table.selectRow(2)
    assert not opened.keep.isEnabled()
    assert "reference plan" in opened.keep.toolTip()


def test_a_date_only_the_plan_knows_is_announced_with_its_reason(
    stage: Stage, qtbot: QtBot
) -> None:
    """A file of an old version: the plan moved, and nobody announced it."""
    ready = stage.keys["ready"]
    stage.project.execute(SetTaskDates(ready, day("2026-12-18"), day("2026-12-18"), today=TODAY))
    announced = stage.history("ready").said[-1].id
    assert announced is not None
    stage.project.execute(Remove("forecast", (announced,)))
    opened = stage.view.open_history(ready)
    assert opened.table.texts.rows[0][0] == "not announced yet"
    assert opened.table.texts.rows[0][2:] == ("+7\xa0d", "Reason missing")
    opened.code.choose(CODE)
    opened.keep.click()
    last = stage.history("ready").said[-1]
    assert (last.reported_on, last.code) == (TODAY, CODE)
    assert last.id is not None


def test_announcing_from_the_view(stage: Stage, qtbot: QtBot) -> None:
    stage.view.announce.click()
    asked = stage.dialog(AnnounceDialog)
    assert isinstance(asked, AnnounceDialog)
    assert asked.day.text() == "12\xa0Jan\xa02027"  # the next go-live
    asked.day.setText("whenever")
    asked.accept()
    assert asked.complaint.text()
    asked.day.setText("2027-01-19")
    asked.on.setText("2026-12-24")
    asked.accept()
    assert "today or earlier" in asked.complaint.text()
    asked.on.setText("2026-11-21")
    asked.code.choose(CODE)
    asked.reason.setText("Third dry run")
    asked.accept()
    last = stage.history().said[-1]
    assert (last.expected_on, last.code, last.reason) == (day("2027-01-19"), CODE, "Third dry run")
    assert stage.view.facts.facts[1].figure.text() == "+14\xa0d"


def test_other_milestones_can_be_chosen(stage: Stage, qtbot: QtBot) -> None:
    menu = stage.view.milestones
    ticks = {action.text(): action for action in menu._menu.actions() if action.isCheckable()}
    assert set(ticks) == {"Data accepted", "Go-live of wave 3"}
    ticks["Data accepted"].trigger()
    assert stage.view.chart.chart is not None
    assert [line.name for line in stage.view.chart.chart.lines] == ["Wave 3"]
    assert menu.text() == "1 milestone"
    menu._usual.trigger()
    assert menu.text() == "Committee milestones"


def test_baselines_are_listed_renamed_deleted_and_compared(stage: Stage, qtbot: QtBot) -> None:
    second = stage.project.execute(SetBaseline("November", TODAY, "Scope grew"))
    stage.view.plans.click()
    opened = stage.dialog(BaselinesDialog)
    assert isinstance(opened, BaselinesDialog)
    rows = opened.table.texts.rows
    assert [row[0] for row in rows] == ["November", "Plan of October"]
    assert [row[5] for row in rows] == ["slips, bars", ""]
    assert rows[1][4] == "+1.8\xa0d"  # go-live and final migration, 7 days each, of 8 lines
    opened.table.selectRow(1)
    with qtbot.waitSignal(stage.view.compared):
        opened.compare_bars.click()
    assert [row[5] for row in opened.table.texts.rows] == ["slips", "bars"]
    first = opened.plans[1].id
    assert compared_with(stage.bridge) == first
    assert history.baselines(stage.project.reader)[0].id == second  # figures as before
    opened.rename.click()
    (asked,) = [one for one in opened.findChildren(QWidget) if type(one).__name__ == "RenameDialog"]
    asked.name.setText("October")
    asked.accept()
    assert opened.table.texts.rows[1][0] == "October"
    opened.remove.click()
    assert [row[0] for row in opened.table.texts.rows] == ["November"]
    assert compared_with(stage.bridge) is None  # it is gone: the newest again
    stage.bridge.undo()
    assert len(opened.table.texts.rows) == 2


def test_bars_beside_another_baseline(stage: Stage) -> None:
    stage.project.execute(SetBaseline("November", TODAY))
    rows = queries.tasks(stage.project.reader)
    lines = Arrangement(rows, Choice(), TODAY).lines
    live = next(n for n, line in enumerate(lines) if line.key == stage.keys["live"])
    assert beside(stage.bridge, lines) is lines
    oldest = history.baselines(stage.project.reader)[1].id
    compare_with(stage.bridge, oldest)
    drawn = beside(stage.bridge, lines)
    row, now = drawn[live].row, lines[live].row
    assert row is not None
    assert now is not None
    assert (row.baseline_finish, now.baseline_finish) == (day("2027-01-05"), day("2027-01-12"))
    assert (row.finish, drawn[live].key) == (now.finish, lines[live].key)
    assert [line.row for line in drawn if line.row is None] == [
        line.row for line in lines if line.row is None
    ]
    compare_with(stage.bridge, None)
    assert beside(stage.bridge, lines) is lines


def test_two_baselines_compared(stage: Stage, qtbot: QtBot) -> None:
    stage.project.execute(SetBaseline("November", TODAY))
    oldest = history.baselines(stage.project.reader)[1].id
    asked = CompareDialog(stage.bridge, stage.view, oldest)
    qtbot.addWidget(asked)
    assert asked.told.text() == "2 lines moved, by +7.0\xa0d on average"
    assert asked.table.texts.rows[0][3] == "+7\xa0d"
    asked.second.setCurrentIndex(asked.second.findData(oldest))
    assert asked.told.text() == "Both hold the same lines with the same finish."


def test_a_read_only_project_greys_what_edits_and_says_why(stage: Stage) -> None:
    stage.project.read_only = True
    stage.bridge.saved.emit()
    try:
        assert not stage.view.announce.isEnabled()
        opened = stage.view.open_history(stage.keys["live"])
        assert not opened.keep.isEnabled()
        plans = stage.view._open_plans()
        assert not plans.new.isEnabled()
        assert plans.compare_bars.isEnabled()  # a choice of the view
    finally:
        stage.project.read_only = False


def test_an_edit_elsewhere_is_shown(stage: Stage) -> None:
    later = TODAY - dt.timedelta(days=1)
    stage.project.execute(AnnounceForecast(stage.keys["live"], day("2027-01-10"), later, code=CODE))
    assert stage.view.facts.facts[0].figure.text() == "3 postponements"
