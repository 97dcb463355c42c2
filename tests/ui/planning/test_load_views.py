"""The load under the Gantt, persons by weeks, “my tasks”, and what can still slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project, SetFields
from ui import language, theme
from ui.bridge import Bridge
from ui.screens.planning.load_bars import LOW, LoadBars
from ui.screens.planning.load_heat import TEAM, UNOWNED
from ui.screens.planning.load_strip import LoadStrip
from ui.screens.planning.load_view import LoadView
from ui.screens.planning.slips_panel import SlipsPanel
from ui.screens.planning.timescale import TimeScale
from ui.widgets.tile import Tile
from ui.widgets.why import answers
from ui.widgets.why_panel import WhyPanel

TODAY = dt.date(2026, 11, 18)  # a Wednesday
W47, W48, W49 = dt.date(2026, 11, 16), dt.date(2026, 11, 23), dt.date(2026, 11, 30)
FRIDAY = dt.date(2026, 11, 27)


@dataclass
class Busy:
    """A project in which N. Faure has nine days of work in week 48, four of which may wait."""

    bridge: Bridge
    project: Project
    keys: dict[str, int]


def add(project: Project, table: str, **values: object) -> int:
    return project.execute(Add(table, values))  # type: ignore[arg-type,return-value]


@pytest.fixture
def busy(bridge: Bridge, project: Project) -> Busy:
    project.execute(SetFields("project", 1, {"status_date": TODAY, "country": ""}))
    faure = add(project, "person", first_name="Nadia", last_name="Faure")
    morel = add(project, "person", first_name="Ann", last_name="Morel")
    keys = {"faure": faure, "morel": morel}

    def task(name: str, title: str, first: dt.date, last: dt.date, **more: object) -> None:
        keys[name] = add(project, "task", title=title, start=first, finish=last, **more)

    task("dedup", "Deduplicate customers", W48, FRIDAY, owner_id=faure)
    task("rights", "Rights and sectors", dt.date(2026, 11, 24), FRIDAY, owner_id=faure)
    task("late", "Contract", dt.date(2026, 11, 9), dt.date(2026, 11, 10), owner_id=morel)
    task("loose", "Nobody's", W48, W48)
    task("checks", "Checks", dt.date(2026, 12, 7), dt.date(2026, 12, 8), owner_id=morel)
    live = dt.date(2026, 12, 18)
    task("live", "Go-live", live, live, kind="milestone", mark="go_live")
    for before, after in (("dedup", "checks"), ("checks", "live"), ("rights", "live")):
        add(project, "link", predecessor_id=keys[before], successor_id=keys[after])
    return Busy(bridge, project, keys)


@pytest.fixture
def strip(qtbot: QtBot, busy: Busy) -> LoadStrip:
    """Both halves of the strip, on a scale that begins with week 46."""
    scale = TimeScale(dt.date(2026, 11, 9), dt.date(2027, 3, 1))
    made = LoadStrip(busy.bridge, scale)
    place = made.place = QWidget()  # type: ignore[attr-defined]
    place.bridge = busy.bridge  # type: ignore[attr-defined]
    qtbot.addWidget(place)
    for half in (made.heading, made.bars):
        half.setParent(place)
    made.heading.resize(497, 92)
    made.bars.setGeometry(497, 0, 600, 92)
    place.resize(1100, 92)
    place.show()
    made.refresh(None)
    return made


def colour_at(bars: LoadBars, monday: dt.date, y: float) -> QColor:
    """The colour in the middle of a week's bar."""
    x = bars.axis.x(monday) + 3.5 * bars.axis.px
    return bars.grab().toImage().pixelColor(round(x), round(y))


# the strip -------------------------------------------------------------------------------------


def test_the_strip_names_the_overload_and_what_would_relieve_it(strip: LoadStrip) -> None:
    assert strip.heading.weeks.whole() == "W48: N. Faure 9 for 5."
    assert strip.heading.action.text() == (
        "Move “Rights and sectors” by 4\u00a0d (14\u00a0d of slack): frees 4\u00a0p\u2011d"
    )


def test_a_narrow_strip_shortens_its_action(strip: LoadStrip) -> None:
    strip.heading.resize(260, 92)
    assert strip.heading.action.text().endswith("…")
    assert strip.heading.action.toolTip().endswith("4\u00a0p\u2011d")
    assert strip.heading.minimumSizeHint().width() < 400


def test_the_action_names_its_line(strip: LoadStrip, busy: Busy, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.task_asked) as told:
        strip.heading.action.click()
    assert told.args == [busy.keys["rights"]]


def test_bars_stand_on_the_axis_of_the_gantt(strip: LoadStrip) -> None:
    bars = strip.bars
    ground = theme.theme().colour("surface")
    assert colour_at(bars, W48, LOW - 3) != ground
    assert colour_at(bars, dt.date(2026, 12, 14), LOW - 3) == ground
    scale = bars.axis
    assert isinstance(scale, TimeScale)
    scale.offset = 7 * scale.px
    strip.scrolled()
    assert bars.monday_at(1) == W47
    assert colour_at(bars, W48, LOW - 3) != ground


def test_an_overload_is_hatched(strip: LoadStrip) -> None:
    bars = strip.bars
    top = round(bars._top(9))
    column = [colour_at(bars, W48, y) for y in range(top + 2, round(bars._top(5)) - 1)]
    assert len({colour.name() for colour in column}) > 1


def test_the_strip_follows_an_edit_a_moment_later(
    strip: LoadStrip, busy: Busy, qtbot: QtBot
) -> None:
    busy.bridge.changed.connect(strip.refresh)
    busy.project.execute(SetFields("task", busy.keys["rights"], {"percent": 100}))
    qtbot.waitUntil(lambda: "No week" in strip.heading.weeks.whole())
    assert not strip.heading.action.isVisible()


def test_the_load_of_one_person(strip: LoadStrip, busy: Busy) -> None:
    assert strip.heading.chooser.choose(("person", busy.keys["morel"]))
    assert strip.heading.weeks.whole() == "No week to come is overloaded."
    assert strip.bars.week(W48).work == 0
    assert strip.bars.week(W47).work == pytest.approx(2)  # late: from today on


def test_a_press_asks_for_the_week(strip: LoadStrip, qtbot: QtBot) -> None:
    x = round(strip.bars.axis.x(W48) + 5)
    with qtbot.waitSignal(strip.bars.week_asked) as told:
        QTest.mouseClick(strip.bars, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert told.args == [W48]


def test_the_bars_show_their_data_and_why(strip: LoadStrip) -> None:
    table = strip.bars.data_table()
    assert table is not None
    weeks = {row[0]: row[1:] for row in table.rows}
    assert weeks[W48] == pytest.approx((9, 10, 4))
    panel = strip.bars.show_data()
    assert isinstance(panel, WhyPanel)
    panel.close()
    assert answers(strip.heading, strip.heading.asked)
    found = QAccessible.queryAccessibleInterface(strip.bars)
    assert "N. Faure" in found.text(QAccessible.Text.Description)


def test_the_strip_speaks_french(strip: LoadStrip) -> None:
    language.apply("fr")
    strip.retranslate()
    assert strip.heading.weeks.whole().startswith("S48")


@pytest.mark.parametrize("zoom", [480.0, 28.0, 6.5, 2.0, 0.5])
def test_every_zoom_is_drawn(strip: LoadStrip, zoom: float) -> None:
    scale = strip.bars.axis
    scale.px = zoom
    assert not strip.bars.grab().isNull()


# persons by weeks ------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot, busy: Busy) -> LoadView:
    made = LoadView(busy.bridge)
    qtbot.addWidget(made)
    made.resize(1134, 560)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.refresh(None)
    return made


def test_a_line_for_all_one_a_person_and_one_for_what_nobody_has(
    view: LoadView, busy: Busy
) -> None:
    assert view.heat.heat.lines == (TEAM, busy.keys["faure"], busy.keys["morel"], UNOWNED)
    place = view.heat.heat.mondays.index(W48)
    assert view.heat.heat.index(1, place).data() == "9/5"
    words = view.heat.heat.words(view.heat.heat.index(1, place)).replace("\u2011", "-")
    assert words == "N. Faure, W48: 9\u00a0p-d to do, 5\u00a0p-d available, 4\u00a0p-d too much"


def test_a_cell_tells_its_tasks_and_what_to_move(view: LoadView, busy: Busy, qtbot: QtBot) -> None:
    view.heat.choose(busy.keys["faure"], W48)
    assert [row[0] for row in view.cell.tasks.texts.rows] == [
        "Deduplicate customers",
        "Rights and sectors",
    ]
    assert "N. Faure +4" in view.cell.over.text()
    with qtbot.waitSignal(view.task_asked) as told:
        view.cell.action.click()
    assert told.args == [busy.keys["rights"]]


def test_by_keys_from_a_cell_to_a_task(view: LoadView, busy: Busy, qtbot: QtBot) -> None:
    view.heat.choose(busy.keys["faure"], W48)
    view.heat.setFocus()
    qtbot.keyClick(view.heat, Qt.Key.Key_Return)
    assert view.cell.tasks.hasFocus()
    with qtbot.waitSignal(view.task_asked) as told:
        qtbot.keyClick(view.cell.tasks, Qt.Key.Key_Return)
    assert told.args == [busy.keys["dedup"]]


def test_the_overloaded_cell_has_a_frame(view: LoadView, busy: Busy) -> None:
    alert = theme.theme().colour("alert").name()
    model, heat = view.heat.heat, view.heat
    place = model.mondays.index(W48)
    heat.choose(TEAM, W47)

    def framed(line: int) -> bool:
        rect = heat.visualRect(model.index(line, place))
        image = heat.viewport().grab(rect).toImage()
        row = [image.pixelColor(x, 14).name() for x in range(image.width())]
        return alert in row

    assert framed(1)
    assert not framed(2)


def test_the_choice_stays_through_an_edit(view: LoadView, busy: Busy) -> None:
    view.heat.choose(busy.keys["faure"], W48)
    busy.project.execute(SetFields("task", busy.keys["dedup"], {"title": "Duplicates"}))
    view.refresh(None)
    assert view.heat.chosen == (busy.keys["faure"], W48)
    assert view.cell.tasks.texts.rows[0][0] == "Duplicates"


def test_the_tasks_of_a_person_the_late_ones_first(view: LoadView, busy: Busy) -> None:
    add(
        busy.project,
        "task",
        title="Manual",
        start=W48,
        finish=W48,
        owner_id=busy.keys["morel"],
    )
    view.refresh(None)
    view.show_person(busy.keys["morel"])
    model = view.person.model
    shown = [[column.shown(row) for column in model.columns[:2]] for row in model.shown]
    assert shown == [["Late", "Contract"], ["W48", "Manual"], ["W50", "Checks"]]
    assert "5\u00a0p\u2011d" in view.person.caption.text()
    assert "1 late" in view.person.caption.text()


def test_a_task_of_a_person_is_opened_and_nothing_is_edited(
    view: LoadView, busy: Busy, qtbot: QtBot
) -> None:
    view.show_person(busy.keys["morel"])
    table = view.person.table
    table.select(busy.keys["late"])
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert view.person.model.rowCount() == 2
    with qtbot.waitSignal(view.task_asked) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [busy.keys["late"]]


def test_every_part_says_why(view: LoadView) -> None:
    for tile in view.findChildren(Tile):
        assert answers(view.frame, tile.asked)
    for column in view.person.model.columns:
        if column.kind in ("int", "percent"):
            assert column.why is not None
            assert column.why().rule


def test_without_work_there_is_advice(qtbot: QtBot, bridge: Bridge) -> None:
    made = LoadView(bridge)
    qtbot.addWidget(made)
    made.refresh(None)
    assert made.stack.currentWidget() is made.empty
    assert made.empty.sentence.text()


def test_what_can_still_slip_is_a_page_of_the_view(view: LoadView, busy: Busy) -> None:
    view.show_slips()
    assert view.slips.isVisible()
    assert view.slips.goal == busy.keys["live"]
    assert not view.told.isVisible()
    view.pages.set_value("weeks")
    view._show()
    assert view.heat.isVisible()


# what can still slip ---------------------------------------------------------------------------


@pytest.fixture
def panel(qtbot: QtBot, busy: Busy) -> SlipsPanel:
    made = SlipsPanel(busy.bridge)
    qtbot.addWidget(made)
    made.resize(1134, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.refresh(None)
    return made


def test_the_lines_before_the_go_live(panel: SlipsPanel, busy: Busy, qtbot: QtBot) -> None:
    assert panel.goal == busy.keys["live"]
    shown = [[column.shown(row) for column in panel.model.columns[:2]] for row in panel.model.shown]
    assert [title for _, title in shown] == [
        "Checks",
        "Deduplicate customers",
        "Rights and sectors",
    ]
    panel.table.select(busy.keys["rights"])
    panel.table.setFocus()
    with qtbot.waitSignal(panel.task_asked) as told:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert told.args == [busy.keys["rights"]]


def test_a_driving_line_has_no_day_and_is_bold(panel: SlipsPanel, busy: Busy) -> None:
    busy.project.execute(SetFields("task", busy.keys["dedup"], {"finish": dt.date(2027, 1, 8)}))
    panel.refresh(None)
    row = panel.model.shown[0]
    column = panel.model.columns[0]
    assert (row.title, column.shown(row)) == ("Deduplicate customers", "0\u00a0d")
    assert callable(column.bold)
    assert column.bold(row)
    assert panel.told.whole().startswith("2 lines drive it; the next may slip by")


def test_without_a_milestone_there_is_advice(qtbot: QtBot, bridge: Bridge) -> None:
    made = SlipsPanel(bridge)
    qtbot.addWidget(made)
    made.show()
    made.refresh(None)
    assert made.empty.isVisible()
    assert not made.table.isVisible()


def test_the_tooltip_of_a_week_names_people_and_tasks(strip: LoadStrip) -> None:
    from crm_pilot.i18n import current
    from crm_pilot.planning.load_words import week_tip

    assert strip.load is not None
    told = week_tip(strip.load, None, strip.bars.week(W48), current()).splitlines()
    assert told[1] == "N. Faure +4\u00a0p\u2011d"
    assert told[2].startswith("Deduplicate customers: 5")


def test_a_press_with_another_button_asks_for_nothing(strip: LoadStrip) -> None:
    asked: list[object] = []
    strip.bars.week_asked.connect(asked.append)
    at = QPointF(60, 40)
    event = QMouseEvent(
        QMouseEvent.Type.MouseButtonPress,
        at,
        strip.bars.mapToGlobal(at),
        Qt.MouseButton.RightButton,
        Qt.MouseButton.RightButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.bars.mousePressEvent(event)
    assert asked == []


def test_a_plan_without_owners_says_so_and_draws_no_time(
    view: LoadView, strip: LoadStrip, busy: Busy
) -> None:
    for name in ("dedup", "rights", "late", "checks"):
        busy.project.execute(SetFields("task", busy.keys[name], {"owner_id": None}))
    view.refresh(None)
    strip.refresh(None)
    assert strip.heading.weeks.whole().startswith("5 tasks have no owner")
    assert view.heat.heat.lines == (UNOWNED,)
    assert not view.bars.isVisible()
    view.pages.set_value("person")
    view._show()
    assert view.stack.currentWidget() is view.empty
