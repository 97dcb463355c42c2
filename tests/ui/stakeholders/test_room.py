"""Views, filters, several units, what moved, the slider and the empty room, by widget and key."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QWidget

from crm_pilot.project import Add
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.terms import Zone
from ui import language
from ui.screens.stakeholders.timeline import TRACK

from .conftest import TODAY, key_of

Left = Qt.MouseButton.LeftButton
Key, Mod = Qt.Key, Qt.KeyboardModifier
COMMITTEE = dt.date(2026, 10, 20)


def words(widget: QWidget) -> str:
    """All labels and buttons that are shown in a part."""
    QApplication.processEvents()  # rows that were added come into view
    shown = [w.text() for w in widget.findChildren(QLabel) if w.isVisible()]
    return "\n".join(
        shown + [w.text() for w in widget.findChildren(QAbstractButton) if w.isVisible()]
    )


def button(widget: QWidget, text: str) -> QAbstractButton:
    """A button by its words."""
    return next(b for b in widget.findChildren(QAbstractButton) if text in b.text())


def entry(menu: QMenu, *path: str):
    """An entry of a menu by the words on the way to it."""
    *inner, last = path
    for text in inner:
        menu = next(a.menu() for a in menu.actions() if a.menu() and a.text() == text)
    return next(a for a in menu.actions() if a.text().split("  ")[0] == last)


def departments(screen) -> dict[str, int]:
    """Two departments, each with a group of the map."""
    bridge, made = screen.bridge, {}
    for name, unit in (("Sales", "Marketing"), ("Service", "Back office")):
        made[name] = bridge.execute(Add("department", {"name": name}))
        screen.asking.set_all([key_of(screen, unit)], "department_id", made[name], "Department")
    return made


# views ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tongue", ["en", "fr"])
def test_each_view_is_made_when_first_shown_and_read_only_while_visible(screen, tongue):
    language.apply(tongue, pseudo=False)
    screen.retranslate()
    assert screen.others.made == {}
    reads = []
    for view in ("entry", "lateral", "crossings"):
        button(screen.view, {"en": EN, "fr": FR}[tongue][view]).click()
        made = screen.others.made[view]
        assert made.isVisible()
        assert not screen.plane.isVisible() and not screen.search.isVisible()
        made.refresh = lambda changed, view=view: reads.append(view)
    screen.asking.set_all([key_of(screen, "Marketing")], "influence", 3, "Influence")
    assert reads == ["crossings"]
    screen.show_view("entry")
    assert reads == ["crossings", "entry"]
    screen.show_view("map")
    assert screen.plane.isVisible() and screen.search.isVisible()


EN = {"entry": "Order of entry", "lateral": "Lateral projects", "crossings": "Across rooms"}
FR = {"entry": "Ordre d’entrée", "lateral": "Projets latéraux", "crossings": "Croisements"}


def test_another_view_leads_to_the_map_to_a_page_and_to_other_rooms(screen, qtbot):
    screen.show_view("crossings")
    view, key = screen.others.made["crossings"], key_of(screen, "Marketing")
    view.picked.emit(key)
    assert screen.plane.isVisible() and screen.selected_id == key
    screen.show_view("crossings")
    with qtbot.waitSignal(screen.go) as told:
        view.go.emit("planning", "task", 7)
    assert told.args == ["planning", "task", 7]
    view.opened.emit(key)
    page = screen.others.made["unit"]
    assert page.isVisible() and page.key == key
    qtbot.keyClick(page, Key.Key_Escape)
    assert view.isVisible() and screen.view.value == "crossings"


def test_the_sheet_opens_from_panel_map_and_list_and_escape_leads_back(screen, qtbot):
    key = key_of(screen, "Marketing")
    screen.select(key)
    screen.panel.open.click()
    page = screen.others.made["unit"]
    assert page.isVisible() and not screen.toolbar.isVisible()
    qtbot.keyClick(page, Key.Key_Escape)
    assert screen.plane.isVisible() and screen.selected_id == key
    qtbot.keyClick(screen.plane, Key.Key_Return, Mod.ControlModifier)
    assert page.isVisible()
    page.closed.emit()
    screen.show_view("list")
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert page.isVisible() and page.key == key
    qtbot.keyClick(page, Key.Key_Escape)
    assert screen.table.isVisible()


# filters -------------------------------------------------------------------------------------


def test_a_filter_holds_for_map_list_and_movement(screen):
    made = departments(screen)
    screen.select(None)
    entry(screen.filters.menu(), "Department", "Sales").trigger()
    marketing = key_of(screen, "Marketing")
    assert [mark.row.id for mark in screen.plane.scene.marks] == [marketing]
    assert screen.chips.count.text() == "1 of 69"
    assert "filtered: 1 of 69" in words(screen)
    screen.show_view("list")
    assert [row.id for row in screen.model.shown] == [marketing]
    screen.shown.settle()
    assert "Those shown" in words(screen.panel)
    assert "Changed" not in words(screen.panel.summary)
    assert "38 people stayed" in words(screen.panel.summary)
    (chip,) = screen.chips.chips
    assert chip.accessibleName() == "Take the filter away: Department: Sales"
    chip.click()
    assert len(screen.model.shown) == 69 and not screen.chips.isVisible()
    screen.filters.toggle("departments", made["Sales"])
    screen.filters.toggle("departments", made["Service"])
    screen.filters.toggle("places", Zone.PASSIVE.value)
    assert len(screen.chips.chips) == 2
    assert [row.name for row in screen.model.shown] == ["Back office"]
    button(screen.chips, "Show all").click()
    assert len(screen.model.shown) == 69


def test_the_search_holds_for_the_map_and_its_chip_empties_the_field(screen, qtbot):
    qtbot.keyClicks(screen.search, "field sou")
    assert [mark.row.name for mark in screen.plane.scene.marks] == ["Field sales South"]
    (chip,) = screen.chips.chips
    chip.click()
    assert screen.search.text() == ""
    assert len(screen.plane.scene.marks) == 69


def test_hidden_names_are_not_found(screen):
    screen.search.setText("secret3")
    assert screen.shown.kept == ()
    screen.names_link.click()
    assert screen.shown.kept[0].name.startswith("Secret3")


def test_what_is_asked_for_is_shown_whatever_the_filter(screen):
    screen.search.setText("telesales")
    screen.open_item("stakeholder", key_of(screen, "Marketing"))
    assert screen.search.text() == ""
    assert screen.selected_id == key_of(screen, "Marketing")
    assert screen.others.made["unit"].isVisible()


# several -------------------------------------------------------------------------------------


def test_several_are_counted_and_set_as_one_step(screen):
    keys = [key_of(screen, name) for name in ("Marketing", "Telesales", "Key accounts")]
    screen.plane.selection_changed.emit(frozenset(keys))
    assert screen.panel.name.whole() == "3 selected"
    assert "130 people · 3 of 3 rated" in words(screen.panel)
    menu = screen.menus.menu(list(screen.selected_keys))
    steps = len(screen.bridge.project.undo_labels)
    entry(menu, "Influence", "strong").trigger()
    assert len(screen.bridge.project.undo_labels) == steps + 1
    rows = {row.id: row for row in queries.units(screen.bridge.reader, TODAY)}
    assert [rows[key].influence for key in keys] == [3, 3, 3]
    screen.bridge.undo()
    rows = {row.id: row for row in queries.units(screen.bridge.reader, TODAY)}
    assert [rows[key].influence for key in keys] == [2, 2, 2]
    assert screen.panel.name.whole() == "3 selected"


def test_one_target_for_several_leaves_out_who_is_there(screen, qtbot):
    from ui.screens.stakeholders.unit_dialog import TargetDialog

    keys = [key_of(screen, name) for name in ("Marketing", "Telesales", "Back office")]
    screen.asking.targets(keys)
    dialog = screen.findChild(TargetDialog)
    assert dialog.sentence.text() == "Target of 3 units"
    dialog.synergy.setCurrentIndex(2)
    dialog.antagonism.setCurrentIndex(1)  # (3,2): Marketing is there
    qtbot.mouseClick(dialog.buttons["save"], Left)
    rows = {row.id: row for row in queries.units(screen.bridge.reader, TODAY)}
    found = [(rows[key].target_synergy, rows[key].target_antagonism) for key in keys]
    assert found == [(None, None), (3, 2), (3, 2)]


def test_rows_selected_in_the_list_are_the_selection(screen, qtbot):
    screen.show_view("list")
    screen.activateWindow()
    screen.table.setFocus()
    screen.table.select(key_of(screen, "Customer service"))
    qtbot.waitUntil(screen.table.hasFocus)
    qtbot.keyClick(screen.table, Key.Key_Down, Mod.ShiftModifier)
    assert len(screen.selected_keys) == 2
    assert screen.panel.name.whole() == "2 selected"
    assert entry(screen.table.menu(), "Group or person", "Place simply…").isEnabled()
    screen.show_view("map")
    assert screen.plane.selection == frozenset(screen.selected_keys)


# what moved ----------------------------------------------------------------------------------


def test_nobody_selected_shows_who_moved_since_the_committee(screen):
    screen.select(None)
    panel = screen.panel.summary
    assert panel.movement.since.day == COMMITTEE
    shown = words(panel)
    for expected in ("Passives", "Opponents", "46", "Left the allies", "Field sales South"):
        assert expected in shown
    assert panel.movement.data_table().rows
    opponents = next(b for b in panel.movement.findChildren(QPushButton) if b.text() == "Opponents")
    opponents.click()
    assert screen.selected_keys == (key_of(screen, "Field sales South"),)


@pytest.mark.parametrize(
    ("typed", "since"), [("1/10/2026", dt.date(2026, 10, 1)), ("x", COMMITTEE)]
)
def test_the_day_compared_with_is_typed(screen, qtbot, typed, since):
    screen.select(None)
    picker = screen.panel.summary.movement.since
    picker.field.selectAll()
    qtbot.keyClicks(picker.field, typed)
    qtbot.keyClick(picker.field, Key.Key_Return)
    assert screen.since == since
    screen.shown.settle()
    assert screen.timeline.since == since
    assert (picker.field.property("wrong") == "true") == (typed == "x")


def test_old_ratings_are_counted_and_asked_again(screen, qtbot):
    from ui.screens.stakeholders.rating_queue import RatingQueue

    screen.select(None)
    old = queries.to_confirm(screen.bridge.reader, TODAY)
    assert f"{len(old)} ratings are old" in words(screen.panel.summary)
    screen.panel.summary.ask.click()
    assert screen.findChild(RatingQueue).keys == tuple(one.unit.id for one in old)


def test_an_old_rating_of_the_selected_unit_is_doubted(screen):
    screen.select(key_of(screen, "Telesales"))  # 2 September
    assert "Still true? Rated 80 days ago." in words(screen.panel)
    screen.select(key_of(screen, "Field sales South"))  # 16 November
    assert "Still true?" not in words(screen.panel.facts)


def test_nothing_is_counted_that_the_filter_hides(screen):
    screen.select(None)
    screen.search.setText("field sales south")
    assert "ratings are old" not in words(screen.panel.summary)
    screen.search.setText("telesales")
    assert "1 rating is old" in words(screen.panel.summary)
    assert "Field sales South" not in words(screen.panel.summary)


# the slider ----------------------------------------------------------------------------------


def test_space_replays_every_rating_day_and_stops_today(screen, qtbot):
    screen.select(key_of(screen, "Field sales South"))
    line = screen.timeline
    line.pace = 0
    days = []
    line.chosen.connect(days.append)
    qtbot.keyClick(line, Key.Key_Space)
    assert line.playing and line.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: not line.playing)
    assert days == [dt.date(2026, 9, 8), dt.date(2026, 10, 14), dt.date(2026, 11, 16), TODAY]
    assert screen.day == TODAY
    line.pace = 60_000
    line.play.click()
    assert screen.day == dt.date(2026, 9, 8)
    qtbot.keyClick(line, Key.Key_Right)
    assert not line.playing and screen.day == dt.date(2026, 10, 14)
    screen.today_link.click()
    assert screen.day == TODAY


def test_the_day_compared_with_is_dragged_and_stepped(screen, qtbot):
    screen.select(key_of(screen, "Field sales South"))
    line = screen.timeline
    start = QPoint(round(line.x_of(COMMITTEE)), round(TRACK))
    end = QPointF(line.x_of(dt.date(2026, 9, 8)), TRACK).toPoint()
    qtbot.mousePress(line, Left, pos=start)
    qtbot.mouseMove(line, end)
    moved = line.since
    qtbot.mouseRelease(line, Left, pos=end)
    assert moved == screen.since == dt.date(2026, 9, 8)
    assert screen.day == TODAY
    qtbot.keyClick(line, Key.Key_Right, Mod.ShiftModifier)
    assert screen.since == dt.date(2026, 10, 14)
    assert screen.day == TODAY


def test_the_slider_at_a_day_is_the_state_as_of_that_day(screen):
    screen.show_day(dt.date(2026, 10, 14))
    shown = {mark.row.id: mark.row.position for mark in screen.plane.scene.marks}
    asked = queries.units(screen.bridge.reader, dt.date(2026, 10, 14))
    assert shown == {row.id: row.position for row in asked if row.rated}


# what is shown -------------------------------------------------------------------------------


def test_what_the_map_shows_is_remembered_but_names_are_not(screen):
    entry(screen.shown_menu.menu(), "Routes since the day compared with").trigger()
    screen.names_link.click()
    again = type(screen)(screen.bridge)
    assert again.options.seen.routes and again.plane is not screen.plane
    assert not again.names
    assert screen.plane.options.routes
    again.deleteLater()


# beginning -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("tongue", "words_"), [("en", "department"), ("fr", "service")])
def test_a_group_per_department_is_one_step(empty, qtbot, tongue, words_):
    language.apply(tongue, pseudo=False)
    empty.bridge.changed.connect(empty.refresh)
    assert not empty.beginning.groups.isVisible()
    for name, persons in (("Sales", 3), ("Service", 0)):
        key = empty.bridge.execute(Add("department", {"name": name}))
        for n in range(persons):
            empty.bridge.execute(Add("person", {"last_name": f"N{n}", "department_id": key}))
    empty.retranslate()
    assert words_ in empty.beginning.groups.text()
    steps = len(empty.bridge.project.undo_labels)
    empty.beginning.groups.click()
    rows = queries.units(empty.bridge.reader, empty.day)
    assert {(row.name, row.headcount, row.department) for row in rows} == {
        ("Sales", 3, "Sales"),
        ("Service", 1, "Service"),
    }
    assert len(empty.bridge.project.undo_labels) == steps + 1
    assert empty.plane.isVisible()
    empty.select(None)
    QApplication.processEvents()
    assert empty.panel.summary.place.isVisible()
    empty.bridge.undo()
    assert empty.empty.isVisible()


def test_the_empty_room_offers_the_import(empty, qtbot):
    with qtbot.waitSignal(empty.bridge.import_asked):
        empty.empty.second.click()


def test_a_lasso_takes_several_whatever_was_selected_before(screen, qtbot):
    plane = screen.plane
    screen.select(key_of(screen, "Field sales South"))
    box = plane.scene.cell((3, 1)).united(plane.scene.cell((3, 2))).adjusted(3, 3, -3, -3)
    inside = {m.row.id for m in plane.scene.marks if box.contains(m.centre)}
    assert len(inside) > 1 and screen.selected_id not in inside
    wanted = [m.row.id for m in plane.scene.marks if m.row.id in inside]
    plane.choice.take(wanted, wanted)  # what a lasso does when it is let go
    plane.tell_selection()
    assert set(screen.selected_keys) == plane.selection == inside
    assert screen.panel.name.whole() == f"{len(inside)} selected"


def test_shift_and_arrows_select_one_more_each_time_in_the_room(screen, qtbot):
    plane = screen.plane
    screen.select(key_of(screen, "Telesales"))
    plane.setFocus()
    for count in (2, 3):
        qtbot.keyClick(plane, Key.Key_Down if count == 3 else Key.Key_Right, Mod.ShiftModifier)
        assert len(screen.selected_keys) == count
    here = plane.scene.mark(plane.selected_id)
    first = plane.scene.mark(key_of(screen, "Telesales"))
    assert here.centre.y() > first.centre.y()  # the last one reached leads


def test_space_keeps_a_mark_while_going_on_in_the_room(screen, qtbot):
    plane = screen.plane
    start = key_of(screen, "Telesales")
    screen.select(start)
    plane.setFocus()
    qtbot.keyClick(plane, Key.Key_Space)
    qtbot.keyClick(plane, Key.Key_Right)
    reached = plane.selected_id
    assert set(screen.selected_keys) == {start, reached} and reached != start
    qtbot.keyClick(plane, Key.Key_Right)
    assert start in screen.selected_keys and len(screen.selected_keys) == 2
    assert reached not in screen.selected_keys


def test_the_keyboard_goes_from_the_map_to_the_card_chosen_on_the_board(screen):
    screen.plane.setFocus()
    screen.show_view("entry")
    view = screen.others.made["entry"]
    assert view.board.current is not None
    assert view.board.cards[view.board.current].hasFocus()


def test_after_one_was_rated_after_another_the_map_has_the_keyboard(screen):
    keys = [key_of(screen, name) for name in ("Marketing", "Telesales")]
    link = screen.panel.findChild(QPushButton)
    link.setFocus()
    screen.asking.rate_all(keys)
    screen.asking.showing.emit(keys[1])
    assert screen.selected_id == keys[1]
    assert screen.focusWidget() is screen.plane
