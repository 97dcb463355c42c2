"""Units added and edited whole, their ties, targets, zones and parameters of the map."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from crm_pilot.project import Add
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, TieEnd
from crm_pilot.stakeholders.terms import Style, TieKind, UnitKind, Zone
from crm_pilot.stakeholders.ties import ties
from ui import language
from ui.screens.stakeholders.map_settings import MapSettings
from ui.screens.stakeholders.unit_dialog import TargetDialog, UnitDialog
from ui.screens.stakeholders.zones_dialog import ZonesDialog

from .conftest import TODAY
from .test_rating_dialog import place, shown, units

__all__ = ["place"]


@pytest.fixture
def person(place):
    """A person of the project, not on the map yet."""
    values = {"first_name": "Ann", "last_name": "Bell", "code": "P-14"}
    return place.bridge.execute(Add("person", values))


def unit_dialog(place, kind=UnitKind.GROUP, unit=None, *, names=False):
    """The dialog, with what it asks for carried out."""
    made = UnitDialog(place, place.bridge, kind, unit, names=names)
    made.added.connect(place.bridge.execute)
    return shown(made)


def test_everything_of_a_new_group_is_one_step(place, person):
    before = len(place.bridge.project.undo_labels)
    asked = unit_dialog(place)
    asked.name.setText("Field sales")
    asked.about.headcount.field.textEdited.emit("46")
    asked.influence.setCurrentIndex(2)
    asked.about.owner.choose(person)
    asked.stage.stage.put(3)
    asked.stage.enters.field.textEdited.emit("8/1/2027")
    asked.ties.add_empty()
    asked.ties.list.lines[0].other.choose(units(place.bridge.project)["Marketing"].id)
    asked.save.click()
    row = units(place.bridge.project)["Field sales"]
    assert (row.headcount, row.influence, row.owner_id) == (46, 3, person)
    assert (row.stage, row.enters_on) == (3, dt.date(2027, 1, 8))
    marketing = units(place.bridge.project)["Marketing"].id
    assert ties(place.bridge.reader) == ((row.id, marketing, TieKind.INFLUENCES),)
    assert len(place.bridge.project.undo_labels) == before + 1
    place.bridge.undo()
    assert "Field sales" not in units(place.bridge.project)
    assert ties(place.bridge.reader) == ()


def test_an_edit_writes_what_was_changed_and_is_undone(place):
    rows = units(place.bridge.project)
    asked = unit_dialog(place, unit=rows["Marketing"])
    asked.name.setText("Marketing and web")
    asked.about.note.area.setPlainText("Works with an agency")
    asked.save.click()
    assert "Marketing and web" in units(place.bridge.project)
    place.bridge.undo()
    row = units(place.bridge.project)["Marketing"]
    assert row.note == ""
    before = len(place.bridge.project.undo_labels)
    unit_dialog(place, unit=row).save.click()
    assert len(place.bridge.project.undo_labels) == before  # nothing changed, no step


def test_ties_are_seen_from_both_ends_and_taken_away(place):
    rows = units(place.bridge.project)
    end = TieEnd(TieKind.REPORTS_TO, rows["Marketing"].id)
    new = place.bridge.execute(AddStakeholder(UnitKind.GROUP, "Web", headcount=4, ties=(end,)))
    asked = unit_dialog(place, unit=rows["Marketing"])
    (line,) = asked.ties.list.lines
    assert (line.how.currentText(), line.other.key) == ("is reported to by", new)
    line.away.click()
    asked.save.click()
    assert ties(place.bridge.reader) == ()
    place.bridge.undo()
    assert len(ties(place.bridge.reader)) == 1


def test_a_person_on_the_map_is_refused_and_a_name_known_is_warned_of(place, person):
    asked = unit_dialog(place, UnitKind.PERSON)
    asked.about.person.choose(person)
    asked.about._person_picked()
    assert asked.name.text() == "Ann Bell"
    assert asked.about.code.text() == "Code: P-14"
    asked.save.click()
    assert units(place.bridge.project)["Ann Bell"].code == "P-14"
    again = unit_dialog(place, UnitKind.PERSON)
    again.about.person.choose(person)
    again.about._person_picked()
    assert not again.save.isEnabled()
    assert again.complaint.text() == "This person is on the map already, as P-14."
    again.close()
    same = unit_dialog(place)
    same.name.setText("telesales")
    same.about.name.field.textEdited.emit("telesales")
    assert same.about.same.isVisible()


def test_a_hidden_name_is_neither_shown_nor_changed(place, person):
    place.bridge.execute(AddStakeholder(UnitKind.PERSON, "Ann Bell", person_id=person))
    row = units(place.bridge.project)["Ann Bell"]
    asked = unit_dialog(place, unit=row)
    assert asked.sentence.text() == "P-14"
    assert asked.name.text() == "P-14"
    assert not asked.name.isEnabled()
    asked.influence.setCurrentIndex(2)
    asked.about.influence.edited.emit()
    asked.save.click()
    row = units(place.bridge.project)["Ann Bell"]
    assert (row.influence, row.person_id) == (3, person)
    assert unit_dialog(place, unit=row, names=True).name.text() == "Ann Bell"


def test_notes_are_watched_too(place):
    asked = unit_dialog(place)
    asked.about.note.area.setPlainText("Son mari travaille chez un concurrent")
    assert asked.about.note.warning.isVisible()


@pytest.mark.parametrize(
    ("levels", "by", "said"),
    [
        ((3, 3), "8/1/2027", "in already"),
        ((3, 2), "21/11/2026", "not after today"),
        ((3, 2), "8/1/2027", ""),
    ],
)
def test_a_target_lies_ahead(place, levels, by, said):
    row = units(place.bridge.project)["Marketing"]
    asked = shown(TargetDialog(place, row, today=TODAY, names=False))
    asked.decided.connect(place.bridge.execute)
    asked.synergy.setCurrentIndex(levels[0] - 1)
    asked.antagonism.setCurrentIndex(levels[1] - 1)
    asked.by.setText(by)
    asked.buttons["save"].click()
    assert said in asked.complaint.text() if said else True
    after = units(place.bridge.project)["Marketing"]
    assert (after.target_date is None) == bool(said)


# zones and parameters --------------------------------------------------------------------------


def test_zones_are_changed_with_their_source_and_reset(place):
    reader = place.bridge.reader
    asked = shown(ZonesDialog(place, place.bridge))
    assert not asked.save.isEnabled()
    asked.plane.choose((3, 3), Zone.TORN)  # where Marketing is
    asked.plane.source.textEdited.emit("Fauvet, 2004")
    assert asked.effect.text() == "1 cell changes. 1 unit gets another zone (20 people)."
    asked.save.click()
    assert units(place.bridge.project)["Marketing"].zone is Zone.TORN
    cell = next(one for one in queries.cells(reader) if (one.synergy, one.antagonism) == (3, 3))
    assert cell.source == "Fauvet, 2004"
    again = shown(ZonesDialog(place, place.bridge))
    again.plane.bring((3, 3))
    again.plane.reset.click()
    again.save.click()
    assert units(place.bridge.project)["Marketing"].zone is Zone.HESITANT
    place.bridge.undo()
    assert units(place.bridge.project)["Marketing"].zone is Zone.TORN


def test_handling_is_written_in_both_languages_and_reset(place):
    reader = place.bridge.reader
    asked = shown(ZonesDialog(place, place.bridge))
    asked.turn("advice")
    asked.advice.bring(Zone.PASSIVE)
    asked.advice.areas["handling_fr"].setPlainText("Les inviter à la démonstration.")
    asked.advice.style_.put(Style.ANIMATE)
    asked.advice.style_.edited.emit()
    asked.save.click()
    said = queries.advice(reader)[Zone.PASSIVE]
    assert said.handling("fr") == "Les inviter à la démonstration."
    assert said.handling("en").startswith("Inform them")
    assert (said.style, said.edited) == (Style.ANIMATE, True)
    again = shown(ZonesDialog(place, place.bridge))
    again.advice.bring(Zone.PASSIVE)
    again.advice.reset.click()
    again.save.click()
    assert not queries.advice(reader)[Zone.PASSIVE].edited
    assert reader.value("SELECT count(*) FROM zone_advice") == 0


def test_parameters_are_off_until_the_lead_sets_them(place):
    asked = shown(MapSettings(place, place.bridge))
    assert asked.hours.field.text() == ""
    asked.days.field.textEdited.emit("0")
    assert not asked.save.isEnabled()
    asked.days.field.textEdited.emit("45")
    asked.hours.field.textEdited.emit("60")
    asked.save.click()
    row = place.bridge.reader.one(
        "SELECT rerate_days, ally_hours_percent, ally_ratio_percent FROM project"
    )
    assert tuple(row) == (45, 60, None)


def test_the_dialogs_speak_french(place):
    language.apply("fr", pseudo=False)
    asked = shown(ZonesDialog(place, place.bridge))
    assert asked.sentence.text() == "Zones de la carte"
    QApplication.processEvents()
    assert asked.plane.cells[4, 2].box.currentText() == "Triangle d’or"
    assert shown(MapSettings(place, place.bridge)).save.text() == "Enregistrer"


def test_rating_command_label_names_no_person(place, person):
    key = place.bridge.execute(AddStakeholder(UnitKind.PERSON, "Ann Bell", person_id=person))
    place.bridge.execute(Rate(key, TODAY, 3, 2, "Ran a demo", "Lead", shown="P-14", today=TODAY))
    assert "Bell" not in place.bridge.project.undo_labels[-1].english()
