"""Rating by keys: two steps or one, the fact, the zone last, one after another."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from crm_pilot.project import SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import Trio, UnitKind
from ui import language, theme
from ui.bridge import Bridge
from ui.screens.stakeholders.rating_dialog import RatingDialog
from ui.screens.stakeholders.rating_queue import RatingQueue
from ui.screens.stakeholders.trio_dialog import TrioDialog

from .conftest import TODAY

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Telesales", "Marketing", "Back office")


@pytest.fixture
def place(qapp, qtbot, project):
    """A window over three groups, of which Marketing is rated."""
    theme.start("light")
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(SetField("project", 1, "starts_on", dt.date(2026, 9, 1)))
    for name in NAMES:
        project.execute(AddStakeholder(UnitKind.GROUP, name, headcount=20))
    day = dt.date(2026, 10, 1)
    project.execute(Rate(units(project)["Marketing"].id, day, 3, 3, "Asked for terms", "Lead"))
    made = QWidget()
    made.resize(1366, 768)
    made.show()
    made.bridge = Bridge(project)
    made.bridge.settings.person = "C. Laurent"
    qtbot.addWidget(made)
    yield made
    made.bridge.detach()


def units(project):
    """Units of today by name."""
    return {row.name: row for row in queries.units(project.reader, TODAY)}


def shown(dialog):
    """A dialog opened, with the keyboard."""
    dialog.open()
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def rating(place, name):
    """The dialog of a unit; what it asks for is carried out."""
    bridge = place.bridge
    made = RatingDialog(
        place,
        units(bridge.project)[name],
        queries.zone_grid(bridge.reader),
        today=TODAY,
        day=TODAY,
        author="C. Laurent",
        names=False,
        bridge=bridge,
    )
    made.rated.connect(bridge.execute)
    return shown(made)


def press(qtbot, *keys, held=Qt.KeyboardModifier.NoModifier):
    """Press keys where the keyboard is, as a person does."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key, held)


def texts(dialog):
    """All that is said in labels."""
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_a_rating_is_made_by_keys_alone(place, qtbot, spoken):
    language.apply(spoken, pseudo=False)
    asked = rating(place, "Telesales")
    press(qtbot, Key.Key_2)
    assert asked.antagonism.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Key.Key_3)
    assert QApplication.focusWidget() is asked.fact
    for zone in ("Opponents", "Opposants"):
        assert zone not in texts(asked)
    press(qtbot, "Six of 20 asked to keep Excel")
    assert asked.zone.text().endswith("Opponents" if spoken == "en" else "Opposants")
    press(qtbot, Key.Key_Return, held=CTRL)
    row = units(place.bridge.project)["Telesales"]
    assert (row.position, row.fact, row.author) == (
        (2, 3),
        "Six of 20 asked to keep Excel",
        "C. Laurent",
    )
    assert not row.provisional


def test_antagonism_waits_for_synergy_and_save_for_the_fact(place, qtbot):
    asked = rating(place, "Telesales")
    assert not asked.antagonism.isEnabled()
    press(qtbot, Key.Key_Return, held=CTRL)
    assert asked.isVisible()
    assert asked.save.toolTip() == "Pick the synergy first."
    asked.synergy.pick(1)
    asked.antagonism.pick(1)
    assert asked.save.toolTip() == "Write the observed fact."


def test_unshifted_digits_of_a_french_keyboard_pick_too(place):
    asked = rating(place, "Telesales")
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Eacute, Qt.KeyboardModifier.NoModifier, "é")
    QApplication.sendEvent(QApplication.focusWidget(), event)
    assert asked.synergy.level == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [("+1", "after today"), ("31/8/2026", "before the project"), ("x", "not a date")],
)
def test_days_that_cannot_be_are_told(place, typed, said):
    asked = rating(place, "Telesales")
    asked.synergy.pick(2)
    asked.antagonism.pick(2)
    asked.fact.setPlainText("A fact")
    assert asked.save.isEnabled()
    asked.day.setText(typed)
    assert not asked.save.isEnabled()
    assert said in asked.save.toolTip()


def test_the_simple_way_writes_the_provisional_cell_and_is_remembered(place, qtbot):
    asked = rating(place, "Telesales")
    qtbot.mouseClick(asked.form.mode._buttons["simple"], Qt.MouseButton.LeftButton)
    press(qtbot, Key.Key_O)
    press(qtbot, "Refused the pilot on Monday")
    press(qtbot, Key.Key_Return, held=CTRL)
    row = units(place.bridge.project)["Telesales"]
    assert (row.position, row.provisional) == ((2, 3), True)
    again = rating(place, "Back office")
    assert again.form.simple
    again.form.mode.set_value("full")
    again.form._chosen_mode("full")
    assert place.bridge.settings.rating == "full"
    again.close()
    refined = rating(place, "Telesales")  # the full way starts from the guess
    assert (refined.synergy.level, refined.antagonism.level) == (2, 3)
    assert "refined" in refined.detail.text()
    assert not refined.provisional.isChecked()


def test_typical_acts_are_inserted_and_completed(place, qtbot):
    language.apply("fr", pseudo=False)
    asked = rating(place, "Telesales")
    asked.synergy.pick(2)
    asked.antagonism.pick(2)
    actions = asked.form.fact.menu.actions()
    assert len(actions) == 8
    actions[0].trigger()
    assert asked.fact.toPlainText() == "Présence à … sur invitation, … sur …."
    assert asked.fact.textCursor().selectedText() == "…"
    press(qtbot, "l'atelier")
    assert asked.fact.toPlainText().startswith("Présence à l'atelier sur")


def test_ratings_of_one_day_add_up_and_the_last_counts(place, qtbot):
    for level in (1, 4):
        asked = rating(place, "Telesales")
        asked.synergy.pick(level)
        asked.antagonism.pick(1)
        asked.fact.setPlainText(f"Fact {level}")
        asked.save.click()
    project = place.bridge.project
    row = units(project)["Telesales"]
    assert row.position == (4, 1)
    assert [one.fact for one in queries.ratings(project.reader, row.id)] == ["Fact 1", "Fact 4"]


# the simple trio -------------------------------------------------------------------------------


def test_several_are_placed_by_letters_with_a_common_fact_or_their_own(place, qtbot):
    rows = tuple(units(place.bridge.project).values())
    asked = shown(TrioDialog(place, rows, bridge=place.bridge))
    before = len(place.bridge.project.undo_labels)
    press(qtbot, Key.Key_L, Key.Key_H, Key.Key_O)
    press(qtbot, "At the kick-off nobody spoke")
    asked.rows[1].fact.setText("Asked for a date")
    press(qtbot, Key.Key_Return, held=CTRL)
    after = {row.id: row for row in units(place.bridge.project).values()}
    assert [after[row.id].position for row in rows] == [(3, 2), (2, 2), (2, 3)]
    assert after[rows[1].id].fact == "Asked for a date"
    assert after[rows[2].id].fact == "At the kick-off nobody spoke"
    assert all(row.provisional for row in after.values())
    assert len(place.bridge.project.undo_labels) == before + 1
    place.bridge.undo()
    assert sum(row.rated for row in units(place.bridge.project).values()) == 1


def test_units_without_a_pick_stay_and_a_pick_needs_a_fact(place):
    rows = tuple(units(place.bridge.project).values())
    asked = shown(TrioDialog(place, rows, bridge=place.bridge))
    assert not asked.save.isEnabled()
    asked.rows[0].trio.pick(Trio.LOCOMOTIVE)
    assert asked.save.toolTip() == "Write the observed fact."
    asked.rows[0].fact.setText("He is lazy")
    assert asked.save.text() == "Save all the same"
    assert asked.warning.isVisible()
    asked.save.click()
    rated = [row for row in units(place.bridge.project).values() if row.provisional]
    assert [row.id for row in rated] == [rows[0].id]


# one after another -----------------------------------------------------------------------------


def queue(place, *names):
    """The queue over some units."""
    keys = [units(place.bridge.project)[name].id for name in names]
    return shown(RatingQueue(place, place.bridge, keys))


def test_the_queue_is_worked_by_keys_in_few_of_them(place, qtbot):
    place.bridge.settings.rating = "simple"
    asked = queue(place, "Telesales", "Back office")
    assert asked.sentence.text() == "1 of 2 · Telesales"
    press(qtbot, Key.Key_H)
    press(qtbot, "Asked when it starts")
    press(qtbot, Key.Key_Return, held=CTRL)  # two keys and the fact for each unit
    assert asked.sentence.text() == "2 of 2 · Back office"
    assert asked.form.fact.text == ""
    assert asked.form.cell is None
    press(qtbot, Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert asked.detail.text() == "1 unit rated. 1 unit skipped."
    rows = units(place.bridge.project)
    assert rows["Telesales"].position == (2, 2)
    assert not rows["Back office"].rated
    press(qtbot, Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    assert asked.sentence.text() == "2 of 2 · Back office"


@pytest.mark.parametrize("mode", ["simple", "full"])
def test_still_true_keeps_the_cell_and_asks_for_a_new_fact(place, qtbot, mode):
    place.bridge.settings.rating = mode
    asked = queue(place, "Marketing", "Telesales")
    assert "Asked for terms" in texts(asked)
    press(qtbot, "=")
    assert not asked.save.isEnabled()
    press(qtbot, "Still asks for terms in November")
    press(qtbot, Key.Key_Return, held=CTRL)
    project = place.bridge.project
    row = units(project)["Marketing"]
    assert (row.position, row.rated_on, row.provisional) == ((3, 3), TODAY, False)
    assert len(queries.ratings(project.reader, row.id)) == 2
    assert not asked.still.isVisible()  # Telesales was never rated
    place.bridge.undo()
    assert units(project)["Marketing"].rated_on == dt.date(2026, 10, 1)


def test_a_unit_deleted_meanwhile_is_passed_over(place):
    from crm_pilot.project import Remove

    asked = queue(place, "Telesales", "Marketing", "Back office")
    place.bridge.execute(Remove("stakeholder", (units(place.bridge.project)["Marketing"].id,)))
    asked.skip.click()
    assert asked.sentence.text() == "3 of 3 · Back office"
