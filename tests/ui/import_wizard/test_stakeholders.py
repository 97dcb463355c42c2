"""The wizard with a list of stakeholders: known by itself, its two settings, one step."""

from __future__ import annotations

from typing import Any

from crm_pilot.i18n import show
from ui.dialogs.import_done import result, room_of

LIST = (
    "Groupe;Service;Effectif;Synergie;Antagonisme;Coté le;Fait observé\r\n"
    "Équipe Sud;Ventes;46;2;3;2026-02-02;Refus\r\n"
    "Siège;Siège;12;;;;\r\n"
)
PEOPLE = "Nom;Prénom;Service\r\nNoir;Jean;Ventes\r\nBlanc;Eve;Ventes\r\n"


def test_unknown_departments_are_created_when_chosen(desk: Any) -> None:
    wizard = desk.open(desk.write(LIST, "carte.csv", "cp1252"))
    assert wizard.plan.kind == wizard.page.kind.value == "stakeholders"
    assert not wizard.apply_button.isEnabled()
    assert wizard.page.view.value == "problems"
    assert desk.read_as(wizard)["@departments"] == "Are a mistake"
    box = wizard.page.strip.choices["@departments"].box
    assert box.accessibleName() == "Unknown departments"
    desk.choose(wizard, box, "Are created")
    assert wizard.apply_button.isEnabled()
    desk.choose(wizard, box, "Are a mistake")  # and back
    assert not wizard.apply_button.isEnabled()
    desk.choose(wizard, box, "Are created")
    wizard.apply_button.click()
    assert (desk.count("stakeholder"), desk.count("rating"), desk.count("department")) == (2, 1, 2)
    assert show(result(wizard._done.plan)) == "2 stakeholders were imported from carte.csv"
    assert room_of("stakeholders")[0] == "stakeholders"
    wizard._undo()
    desk.settle(wizard)
    assert (desk.count("stakeholder"), desk.count("department")) == (0, 0)


def test_a_list_of_people_becomes_groups(desk: Any) -> None:
    wizard = desk.open(desk.write(PEOPLE, "people.csv"))
    assert wizard.plan.kind == "people"
    assert not {"@departments", "@groups"} & desk.read_as(wizard).keys()
    wizard.page.kind_chosen.emit("stakeholders")
    desk.settle(wizard)
    choices = wizard.page.strip.choices
    desk.choose(wizard, choices["@departments"].box, "Are created")
    desk.choose(wizard, choices["@groups"].box, "One group a department")
    assert wizard.plan.counts["new"] == 1
    wizard.apply_button.click()
    assert desk.bridge.reader.select("SELECT name, headcount FROM stakeholder") == [("Ventes", 2)]
