"""How the file was read is shown with its reason, corrected, remembered and forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt

from crm_pilot.settings import load_settings
from ui.dialogs.import_memory import RememberedMappings
from ui.dialogs.import_wizard import ImportWizard

REPORT = (
    "Extraction du 12 mars 2026;;;\n"
    ";;;\n"
    "Ref;Objet;Statut;Ouvert le\n"
    "1;Accès refusé;Ouvert;03/04/2026\n"
    "2;Export;Clos;04/04/2026\n"
)


def why(wizard: ImportWizard, key: str) -> str:
    return wizard.page.strip.choices[key].why.text()


def test_what_was_understood_is_shown_with_its_reasons(desk: Any) -> None:
    wizard = desk.open(desk.write(REPORT, encoding="cp1252"))
    assert desk.read_as(wizard) == {
        "@encoding": "Windows-1252 (Excel)",
        "@delimiter": "Semicolons",
        "@header": "Line 3",
        "@dates": "Month before day",
    }
    assert all(why(wizard, key) for key in desk.read_as(wizard))
    assert "4 columns" in why(wizard, "@delimiter")
    wizard.page.show_view("file")
    rows = wizard.page.raw.table.texts.rows
    assert rows[0][:2] == ("1", "Extraction du 12 mars 2026")
    assert wizard.page.raw.line == 3


def test_a_correction_is_read_again_and_keeps_the_others(desk: Any) -> None:
    wizard = desk.open(desk.write(REPORT, encoding="cp1252"))
    choices = wizard.page.strip.choices
    desk.choose(wizard, choices["@dates"].box, "Day before month")
    desk.choose(wizard, wizard.page.mapping.form.boxes["description"], "Statut")
    desk.choose(wizard, choices["@encoding"].box, "Mac Roman")
    assert desk.read_as(wizard)["@dates"] == "Day before month"
    assert wizard.reading is not None
    assert wizard.reading.corrections == {
        "@dates": "dmy",
        "description": "Statut",
        "@encoding": "mac_roman",
    }
    assert wizard.reading.plan.mapping["description"] == "Statut"
    assert "Accès" not in str(wizard.reading.plan.preview)
    assert choices["@encoding"].title.text() == "Encoding, corrected"
    desk.choose(wizard, choices["@encoding"].box, "As the program finds it")
    assert "Accès refusé" in str(wizard.reading.plan.preview)
    assert "@encoding" not in wizard.reading.corrections
    assert wizard.reading.corrections["description"] == "Statut"


def test_the_separator_can_be_corrected(desk: Any) -> None:
    wizard = desk.open(desk.write("Ref|Objet|Ouvert le\n1|a;b|2026-04-03\n"))
    box = wizard.page.strip.choices["@delimiter"].box
    desk.choose(wizard, box, "Semicolons")
    assert not wizard.apply_button.isEnabled()
    desk.choose(wizard, box, "Vertical bars")
    assert wizard.apply_button.isEnabled()
    wizard.apply_button.click()
    assert desk.bridge.reader.value("SELECT title FROM ticket") == "a;b"


def test_the_header_is_chosen_in_the_file_with_the_keyboard(desk: Any, qtbot: Any) -> None:
    text = "Suivi;Semaine;Lieu\nMachin;Truc;Quand\n7;Panne;13/03/2026\n"
    wizard = desk.open(desk.write(text))
    assert desk.read_as(wizard)["@header"] == "Line 1"
    desk.choose(wizard, wizard.page.mapping.form.boxes["title"], "Semaine")
    wizard.page.show_view("file")
    table = wizard.page.raw.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert wizard.page.raw.take.text() == "Line 2 is the header"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    desk.settle(wizard)
    assert desk.read_as(wizard)["@header"] == "Line 2"
    assert wizard.plan is not None
    assert wizard.plan.headers == ("Machin", "Truc", "Quand")
    assert "title" not in wizard.plan.mapping  # its column stands in the other line
    assert desk.count() == 0  # Enter in the list has imported nothing
    desk.choose(wizard, wizard.page.strip.choices["@header"].box, "Line 1")
    assert wizard.plan.mapping["title"] == "Semaine"


def test_a_file_without_a_header_takes_letters(desk: Any) -> None:
    wizard = desk.open(desk.write("7;Panne;13/03/2026\n8;Lenteur;14/03/2026\n"))
    desk.choose(wizard, wizard.page.strip.choices["@header"].box, "No header line")
    boxes = wizard.page.mapping.form.boxes
    for field, column in (("number", "A"), ("title", "B"), ("opened_at", "C")):
        desk.choose(wizard, boxes[field], column)
    wizard.apply_button.click()
    assert desk.count() == 2


def test_corrections_are_remembered_shown_and_forgotten(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk.bridge), "today", dt.date(2026, 5, 12))
    first = desk.open(desk.write(REPORT))
    desk.choose(first, first.page.strip.choices["@dates"].box, "Day before month")
    desk.choose(first, first.page.strip.choices["@header"].box, "Line 3")
    assert not first.page.mapping.forget.isVisible()
    first.apply_button.click()
    (signature,) = load_settings().mappings
    assert load_settings().mapping_day(signature) == dt.date(2026, 5, 12)

    again = desk.open(desk.write(REPORT.replace("1;", "3;").replace("2;E", "4;E"), "mai.csv"))
    told = again.page.mapping.remembered
    assert told.isVisible()
    assert told.text().replace("\xa0", " ").startswith("Mapping remembered from last time, 12 May")
    assert desk.read_as(again)["@dates"] == "Day before month"
    again.page.mapping.forget.click()
    desk.settle(again)
    assert desk.read_as(again)["@dates"] == "Month before day"
    assert not told.isVisible()
    assert load_settings().mappings == {}


def test_the_kind_chosen_is_remembered_too(desk: Any) -> None:
    first = desk.open(desk.write("Qui;Quoi\nDurand;Chef\n"))
    first.page.kind.chosen.emit("people")
    desk.settle(first)
    desk.choose(first, first.page.mapping.form.boxes["last_name"], "Qui")
    first.apply_button.click()
    again = desk.open(desk.write("Qui;Quoi\nMartin;Chef\n", "b.csv"))
    assert again.page.kind.value == "people"
    assert again.sentence.text() == "Import 1 person from b.csv"


def test_remembered_mappings_are_listed_and_forgotten(desk: Any, qtbot: Any) -> None:
    settings = desk.bridge.settings
    chosen = {"@header": "3", "@dates": "dmy", "title": "Truc", "kind": ""}
    settings.remember_mapping("tickets:1", chosen, "export.csv", dt.date(2026, 5, 12))
    settings.remember_mapping("people:2", {"job": "Poste"}, "rh.csv", dt.date(2026, 6, 1))
    dialog = RememberedMappings(None, desk.bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    rows = [tuple(cell.replace("\xa0", " ") for cell in row) for row in dialog.table.texts.rows]
    assert rows == [
        ("rh.csv", "People", "1 Jun 2026", "“Poste”"),
        ("export.csv", "Tickets", "12 May 2026", "Line 3, Day before month, “Truc”"),
    ]
    dialog.table.selectRow(1)
    dialog.forget.click()
    assert list(load_settings().mappings) == ["people:2"]
    dialog.forget.click()
    assert dialog.none.isVisible()
    assert not dialog.forget.isEnabled()
    assert dialog.forget.toolTip()


def test_a_correction_that_fails_can_be_taken_back(desk: Any) -> None:
    wizard = desk.open(desk.write(REPORT))
    wizard.correct("@header", "99")
    desk.settle(wizard)
    assert wizard.refused.isVisible()
    assert "99" in wizard.refused.words.text()
    wizard.refused.back.click()
    assert wizard.page.isVisible()
    assert wizard.apply_button.isEnabled()
    assert wizard.reading is not None
    assert wizard.reading.corrections == {}


def test_reading_again_takes_the_mended_file_and_keeps_corrections(desk: Any, qtbot: Any) -> None:
    path = desk.write(REPORT + "3;x;Ouvert;32/03/2026\n")
    wizard = desk.open(path)
    desk.choose(wizard, wizard.page.mapping.form.boxes["description"], "Objet")
    assert not wizard.apply_button.isEnabled()
    assert "1 problem must be mended first" in wizard.apply_button.toolTip()
    path.write_text(REPORT + "3;x;Ouvert;30/03/2026\n", "utf-8")
    assert wizard.focusWidget() is wizard.page.problems.table
    qtbot.keyClick(wizard, Qt.Key.Key_F5)
    desk.settle(wizard)
    assert wizard.apply_button.isEnabled()
    assert wizard.page.view.value == "outcome"
    assert wizard.focusWidget() is wizard.apply_button
    assert wizard.plan is not None
    assert wizard.plan.mapping["description"] == "Objet"
    path.unlink()
    qtbot.keyClick(wizard, Qt.Key.Key_F5)
    desk.settle(wizard)
    assert "is no longer there" in wizard.refused.words.text()


def test_the_focus_stays_on_the_control_that_corrected(desk: Any) -> None:
    wizard = desk.open(desk.write(REPORT))
    wizard.activateWindow()
    box = wizard.page.mapping.form.boxes["kind"]
    box.setFocus()
    desk.choose(wizard, box, "Statut")
    assert wizard.focusWidget() is wizard.page.mapping.form.boxes["kind"]
