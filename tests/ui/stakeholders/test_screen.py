"""List, panel, names and codes, languages, empty state, word warnings."""

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from crm_pilot.project import Add, SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import UnitKind
from ui import language
from ui.bridge import Bridge
from ui.screens.stakeholders.rating_dialog import RatingDialog
from ui.screens.stakeholders.screen import StakeholdersScreen
from ui.screens.stakeholders.unit_dialog import UnitDialog

from .conftest import fill, key_of

Left = Qt.MouseButton.LeftButton


def shown_texts(screen) -> str:
    """Everything the screen says: labels, buttons, fields, table cells, map, descriptions."""
    words = [w.text() for w in screen.findChildren(QLabel)]
    words += [w.text() for w in screen.findChildren(QAbstractButton)]
    words += [w.text() for w in screen.findChildren(QLineEdit)]
    for widget in screen.findChildren(QWidget):
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    model = screen.model
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            words += [str(model.data(model.index(row, column), role)) for role in roles]
    words += [mark.name for mark in screen.plane.scene.marks]
    words += [message.english() for message in screen.bridge.project.undo_labels]
    return "\n".join(words)


def test_no_name_of_a_person_while_codes_are_shown(screen):
    person = key_of(screen, "Secret3 Name3")
    for view in ("map", "list"):
        screen.show_view(view)
        for key in (None, person, key_of(screen, "Marketing")):
            screen.select(key)
            assert "Secret" not in shown_texts(screen)
    screen.ask_rating(person)
    assert "Secret" not in shown_texts(screen)
    screen.names_link.click()
    assert "Secret3 Name3" in shown_texts(screen)
    screen.names_link.click()
    assert "Secret" not in shown_texts(screen)


def test_a_hidden_name_cannot_be_edited_in_the_list(screen):
    screen.show_view("list")
    model = screen.model
    row = model.place(key_of(screen, "Secret3 Name3"))
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(row, 0)) & editable
    screen.names_link.click()
    row = model.place(key_of(screen, "Secret3 Name3"))
    assert model.flags(model.index(row, 0)) & editable


def test_the_list_edits_sorts_and_searches(screen):
    screen.show_view("list")
    model = screen.model
    keys = [column.key for column in model.columns]
    place = model.place(key_of(screen, "Marketing"))
    index = model.index(place, keys.index("headcount"))
    assert model.setData(index, "41")
    assert queries.figures(screen.bridge.reader, screen.day).headcount_total == 415
    screen.bridge.undo()
    assert queries.figures(screen.bridge.reader, screen.day).headcount_total == 412
    screen.search.setText("field south")
    assert [row.name for row in model.shown] == ["Field sales South"]
    screen.search.clear()
    model.sort(keys.index("headcount"), Qt.SortOrder.DescendingOrder)
    assert model.shown[0].name == "Customer service"
    assert model.rowCount(QModelIndex()) == 69


def test_the_panel_shows_the_unit_and_labels_the_rule_of_thumb(screen):
    screen.select(key_of(screen, "Field sales South"))
    words = "\n".join(label.text() for label in screen.panel.findChildren(QLabel))
    for expected in (
        "16\u00a0November\u00a02026",
        "Seen in Field sales South",
        "zone Opponents",
        "Practitioner’s rule of thumb · style: direct",
        "drift −0.9 levels a month",
        "Synergy 3, antagonism 3, by 8\u00a0Jan",
        "line: practitioner’s rule of thumb",
    ):
        assert expected in words


def test_the_sentence_says_who_left_the_allies(screen):
    assert screen.header.sentence.text() == (
        "Field sales South has left the allies since 20\u00a0Oct."
    )


def test_delicate_words_warn_and_may_be_saved_all_the_same(screen, qtbot):
    screen.ask_rating(key_of(screen, "Back office"), (2, 1))
    asked = screen.findChild(RatingDialog)
    qtbot.keyClicks(asked.fact, "He is lazy")
    assert asked.warning.isVisible()
    assert "lazy" in asked.warning.text()
    assert asked.save.text() == "Save all the same"
    asked.fact.setPlainText("Four of 30 came to the demonstration")
    assert not asked.warning.isVisible()
    assert asked.save.text() == "Save"


def test_synergy_comes_first_and_the_zone_last(screen):
    screen.ask_rating(key_of(screen, "Back office"))
    asked = screen.findChild(RatingDialog)
    assert not asked.antagonism.isEnabled()
    assert asked.zone.text() == ""
    asked.synergy.pick(2)
    assert asked.antagonism.isEnabled()
    assert asked.zone.text() == ""
    asked.antagonism.pick(2)
    assert asked.zone.text() == ""
    asked.fact.setPlainText("Four of 30 came to the demonstration")
    assert asked.zone.text() == "Zone: Passives"


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("12/10/2026", dt.date(2026, 10, 12)),
        ("yesterday", dt.date(2026, 11, 20)),
        ("+7", None),
        ("x", None),
    ],
)
def test_the_date_is_typed_and_never_in_the_future(screen, qtbot, typed, saved):
    key = key_of(screen, "Back office")
    screen.ask_rating(key, (2, 1))
    asked = screen.findChild(RatingDialog)
    asked.fact.setPlainText("A fact")
    asked.day.setText(typed)
    assert asked.save.isEnabled() == (saved is not None)
    if saved is not None:
        qtbot.mouseClick(asked.save, Left)
        assert queries.ratings(screen.bridge.reader, key)[-1].rated_on == saved


def test_the_empty_screen_says_what_to_do_first(empty, qtbot):
    assert empty.empty.isVisible()
    empty.bridge.changed.connect(empty.refresh)
    empty.empty.button.click()
    asked = empty.findChild(UnitDialog)
    qtbot.mouseClick(asked.buttons["save"], Left)
    assert asked.complaint.isVisible()
    qtbot.keyClicks(asked.name, "Telesales")
    qtbot.keyClicks(asked.headcount, "64")
    qtbot.mouseClick(asked.buttons["save"], Left)
    (row,) = queries.units(empty.bridge.reader, empty.day)
    assert (row.name, row.headcount, row.kind) == ("Telesales", 64, UnitKind.GROUP)
    assert empty.findChild(RatingDialog) is not None
    assert empty.plane.isVisible()
    empty.bridge.undo()
    assert empty.empty.isVisible()


def test_texts_follow_the_language_and_figures_stay(screen):
    screen.select(key_of(screen, "Field sales South"))
    english = shown_texts(screen)
    language.apply("fr", pseudo=False)
    screen.retranslate()
    screen.refresh(None)
    french = shown_texts(screen)
    assert "Recommended handling" in english
    assert "Conduite conseillée" in french
    assert "Recommended handling" not in french


def test_hidden_zones_hide_shapes_and_names(screen):
    assert {mark.shape for mark in screen.plane.scene.marks} == {"triangle", "circle", "square"}
    entry = next(a for a in screen.shown_menu.menu().actions() if a.text() == "Zones")
    assert entry.isChecked()
    entry.trigger()
    assert {mark.shape for mark in screen.plane.scene.marks} == {"circle"}
    assert not screen.bridge.settings.views["stakeholders.room"]["zones"]


def test_every_control_has_a_name(screen):
    screen.show_view("list")
    for kind in (QAbstractButton, QLineEdit):
        for widget in screen.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert widget.accessibleName() or widget.text(), widget


def test_open_item_selects_the_unit(screen):
    key = key_of(screen, "Key accounts")
    screen.open_item("stakeholder", key)
    assert screen.selected_id == key
    rating = screen.bridge.reader.value("SELECT max(id) FROM rating WHERE stakeholder_id = ?", key)
    screen.select(None)
    screen.open_item("rating", rating)
    assert screen.selected_id == key


def test_the_first_look_is_at_who_turned_against(qtbot, project):
    fill(project, 0)
    screen = StakeholdersScreen(Bridge(project))
    qtbot.addWidget(screen)
    screen.refresh(None)
    assert screen.selected_id == key_of(screen, "Field sales South")
    screen.select(None)
    screen.refresh(None)
    assert screen.selected_id is None


def test_those_the_panel_only_counts_are_reached_in_the_list(qtbot, empty):
    for number in range(8):
        empty.bridge.project.execute(
            AddStakeholder(UnitKind.GROUP, f"Group {number}", headcount=10)
        )
    empty.refresh(None)
    (more,) = [
        button
        for button in empty.panel.summary.findChildren(QAbstractButton)
        if "2 more" in button.text()
    ]
    more.click()
    assert empty.view.value == "list"
    assert empty.table.current_id is not None and empty.table.isVisible()


def test_the_panel_counts_from_the_first_of_the_ratings_on_the_same_side(screen):
    key = key_of(screen, "Field sales South")
    again = Rate(key, dt.date(2026, 11, 20), 1, 3, "Asked again: the same answer.", "Lead")
    screen.bridge.execute(again)
    screen.select(key)
    words = [label.text() for label in screen.panel.findChildren(QLabel)]
    assert "opponents since 16\u00a0Nov" in words


def test_the_name_of_the_selection_is_told_whole_where_its_label_is_cut(screen, monkeypatch):
    from ui.screens.stakeholders import painting, picture

    told = []
    monkeypatch.setattr(picture, "paint_tag", lambda _painter, _box, words, **_: told.append(words))
    screen.select(key_of(screen, "Telesales"))
    screen.plane.grab()
    assert told == []  # there is room for it
    name = "Field sales South and the islands of the Atlantic"
    key = key_of(screen, "Field sales South")
    screen.bridge.project.execute(SetField("stakeholder", key, "name", name))
    screen.refresh(None)
    screen.select(key)
    screen.plane.grab()
    mark = screen.plane.scene.mark(key)
    assert mark.place.named and painting.label_cut(mark, 5.0, 0.0)
    assert told[-1] == name


def test_the_caption_of_a_unit_without_a_position_is_one_line_of_words(screen):
    add = AddStakeholder(UnitKind.GROUP, "Warehouse", headcount=12)
    key = screen.bridge.project.execute(add)
    screen.refresh(None)
    screen.select(key)
    facts = screen.panel.facts
    assert not facts._who.isVisible()
    shown = [w.text() for w in facts.findChildren(QLabel) if w.isVisible()]
    assert "12 people · not rated yet" in shown


def test_headcounts_of_imported_people_are_offered_and_taken_as_one_step(screen):
    project, entry = screen.bridge.project, screen._headcounts
    assert not entry.isVisible()
    place = project.execute(Add("department", {"name": "Telesales"}))
    telesales = key_of(screen, "Telesales")
    project.execute(SetField("stakeholder", telesales, "department_id", place))
    for n in range(3):
        project.execute(Add("person", {"last_name": f"N{n}", "department_id": place}))
    screen.refresh(None)
    screen.shown.settle()
    assert entry.isVisible() and entry.text() == "Take the headcount of 1 group from its people"
    assert entry.toolTip() == "Telesales: 64 → 3"
    entry.trigger()
    headcount = "SELECT headcount FROM stakeholder WHERE id = ?"
    assert screen.bridge.reader.value(headcount, telesales) == 3
    screen.refresh(None)
    screen.shown.settle()
    assert not entry.isVisible()
    project.undo()
    assert screen.bridge.reader.value(headcount, telesales) == 64


def test_letters_that_are_the_name_itself_are_not_written_twice(screen):
    place = screen.bridge.project.execute(Add("department", {"name": "ADV"}))
    unit = AddStakeholder(UnitKind.GROUP, "ADV", headcount=2, department_id=place)
    key = screen.bridge.project.execute(unit)
    screen.bridge.project.execute(Rate(key, dt.date(2026, 11, 2), 4, 4, "Asked for it", "Lead"))
    screen.options.set("letters", True)
    screen.refresh(None)
    assert screen.plane.scene.mark(key).name == "ADV"
