"""The page of one group or person: facts, routes, other rooms, names, keys, undo."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.governance.unit_sheet import unit_sheet, zone_since
from crm_pilot.project import Remove
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.commands import Rate, SetTarget
from tests.governance.crossing_trial import TODAY, Trial
from ui import language
from ui.bridge import Bridge
from ui.screens.stakeholders.unit_page import UnitPage


@pytest.fixture
def page(bridge: Bridge, qtbot: QtBot) -> UnitPage:
    """The page over the trial, refreshed as the room does it."""
    bridge.project.execute(Trial())
    made = UnitPage(bridge)
    made.resize(1118, 600)
    qtbot.addWidget(made)
    made.show()
    bridge.changed.connect(made.refresh)
    return made


def key(page: UnitPage, name: str) -> int:
    """Id of a unit by name or code."""
    sql = "SELECT id FROM stakeholder WHERE name = ?1 OR code = ?1"
    return int(page.bridge.reader.value(sql, name))


def texts(widget: QWidget) -> list[str]:
    """Every label and button that is shown, and what a screen reader says of them."""
    QApplication.processEvents()  # new rows are shown by the layout
    kinds = (*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton))
    found = []
    for one in kinds:
        if one.isVisible():
            found += [one.text(), one.accessibleName(), one.toolTip(), one.accessibleDescription()]
    return [text for text in found if text]


def link(widget: QWidget, name: str) -> QAbstractButton:
    """The link of that name."""
    every = widget.findChildren(QAbstractButton)
    return next(one for one in every if name in (one.accessibleName(), one.text()))


def test_a_group_with_everything_known_of_it(page: UnitPage) -> None:
    page.show_unit(key(page, "North field"))
    said = texts(page)
    for text in (
        "North field",
        "Passives since 10\u00a0Nov",
        "Seen on 2026-11-10",
        "Seen on 2026-08-01",
        "Ride along",
        "Rounds off line",
        "Concern: No network in the valley",
        "Influenced by North office",
        "5 of 20 users of North trained (25%)",
        "Tickets of North",
        "In 90 days, and before: ↑ 6 (2)",
        "Use of the CRM by North",
        "No figure: fewer than five accounts, or no login imported.",
    ):
        assert text in said
    assert not page.file.isVisible()


def test_ratings_are_newest_first_and_the_route_follows_them(page: UnitPage) -> None:
    page.show_unit(key(page, "North field"))
    assert page.sheet is not None
    assert [row.rated_on.month for row in page.sheet.ratings] == [11, 8]
    assert page.plane.stops == [(3, 2), (2, 2)]
    assert "3/2 Golden triangle" in page.plane.accessibleDescription()
    # S−A went from 1 to 0 in 101 days: −1 × 30.4375 ÷ 101
    assert page.drift.text() == "Drift: \u22120.3 levels a month"


def test_a_rating_that_changes_nothing_makes_no_stop(page: UnitPage) -> None:
    north = key(page, "North field")
    page.bridge.execute(Rate(north, dt.date(2026, 11, 20), 2, 2, "Asked again", "Lead"))
    page.show_unit(north)
    assert page.plane.stops == [(3, 2), (2, 2)]
    assert page.sheet is not None
    assert page.sheet.in_zone_since == dt.date(2026, 11, 10)


def test_zone_since_begins_again_when_the_zone_was_left(page: UnitPage) -> None:
    north = key(page, "North field")
    page.bridge.execute(Rate(north, dt.date(2026, 11, 18), 3, 2, "Came back", "Lead"))
    ratings = queries.ratings(page.bridge.reader, north)
    assert zone_since(ratings) == dt.date(2026, 11, 18)
    assert zone_since(()) is None


def test_a_wrong_rating_is_removed_and_comes_back(page: UnitPage) -> None:
    north = key(page, "North field")
    page.show_unit(north)
    page.ratings.buttons[0].click()
    assert len(page.ratings.buttons) == 1
    assert page.place.text().startswith("Golden triangle")
    assert (
        page.bridge.reader.value("SELECT count(*) FROM rating WHERE stakeholder_id=?", north) == 1
    )
    page.bridge.undo()
    assert len(page.ratings.buttons) == 2


def test_a_person_by_code_then_by_name(page: UnitPage) -> None:
    person = key(page, "P-0")
    page.show_unit(person)
    assert page.name.whole() == "P-0"
    assert not [text for text in texts(page) if "Secret" in text]
    assert page.file.isVisible()
    page.show_unit(person, names=True)
    assert page.name.whole() == "Anne SecretNorth0"


def test_a_person_has_sessions_requests_and_the_use_of_the_department(page: UnitPage) -> None:
    page.show_unit(key(page, "P-0"))
    assert page.sheet is not None
    assert [row.presence.value for row in page.sheet.sessions] == ["present"]
    assert [row.number for row in page.sheet.tickets] == ["North-0"]  # typed name first, no accents
    assert page.sheet.department == "North"
    said = texts(page)
    assert "Trained: attended a session." in said
    assert "Use of the CRM by North" in said
    page.show_unit(key(page, "P-9"))
    assert "No session attended yet." in texts(page)
    assert page.sheet.tickets == ()


def test_ties_never_name_a_person_unless_asked(page: UnitPage) -> None:
    from crm_pilot.project import Add

    person, north = key(page, "P-0"), key(page, "North field")
    page.bridge.execute(
        Add("stakeholder_tie", {"from_id": person, "to_id": north, "kind": "reports_to"})
    )
    page.show_unit(north)
    assert "P-0 reports to it" in texts(page)
    assert not [text for text in texts(page) if "Secret" in text]


def test_links_lead_to_the_rooms(page: UnitPage, qtbot: QtBot) -> None:
    reader = page.bridge.reader
    page.show_unit(key(page, "North field"))
    with qtbot.waitSignal(page.go) as gone:
        link(page, "Ride along").click()
    assert gone.args == ["planning", "task", reader.value("SELECT task_id FROM influence")]
    with qtbot.waitSignal(page.opened) as opened:
        link(page, "Influenced by North office").click()
    assert opened.args == [key(page, "North office")]
    page.show_unit(key(page, "P-0"))
    with qtbot.waitSignal(page.go) as gone:
        link(page, "First steps").click()
    assert gone.args[:2] == ["training", "training_session"]
    with qtbot.waitSignal(page.go) as gone:
        link(page, "North-0 Ticket 0").click()
    assert gone.args[:2] == ["maintenance", "ticket"]


def test_buttons_ask_for_what_others_do(page: UnitPage, qtbot: QtBot) -> None:
    person = key(page, "P-0")
    page.show_unit(person)
    for button, signal in (
        (page.rate, page.rate_asked),
        (page.act, page.action_asked),
        (page.lists.actions.link, page.action_asked),
        (page.aim_link, page.target_asked),
        (page.file, page.file_asked),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [person]


def test_escape_closes_and_keeps_what_was_typed(page: UnitPage, qtbot: QtBot) -> None:
    north = key(page, "North field")
    page.show_unit(north)
    area = page.form.editor("note")
    assert isinstance(area, QPlainTextEdit)
    area.setFocus()
    qtbot.keyClicks(area, "Agreed to try it in March")
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    note = page.bridge.reader.value("SELECT note FROM stakeholder WHERE id = ?", north)
    assert note == "Agreed to try it in March"
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.back, Qt.Key.Key_Escape)
    page.bridge.undo()
    assert not page.bridge.reader.value("SELECT note FROM stakeholder WHERE id = ?", north)


def test_delicate_words_in_the_notes_are_told(page: UnitPage, qtbot: QtBot) -> None:
    page.show_unit(key(page, "North field"))
    area = page.form.editor("note")
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText("He is a union member")
    assert page.delicate.isVisible()
    area.setPlainText("Asked for a date")
    assert not page.delicate.isVisible()


def test_the_target_is_shown_with_its_zone(page: UnitPage) -> None:
    north = key(page, "North field")
    page.show_unit(north)
    assert page.aim.text().startswith("No target")
    page.bridge.execute(SetTarget(north, 3, 3, dt.date(2027, 1, 8)))
    assert page.aim.text() == "Target: 3/3 Waverers by 8\u00a0Jan"
    assert page.aim_link.text() == "Change the target"
    assert "target 3/3" in page.plane.accessibleDescription()


def test_a_unit_without_a_position(page: UnitPage) -> None:
    page.show_unit(key(page, "Newcomers"))
    assert page.place.text() == "not rated yet"
    assert not page.handling.isVisible()
    assert not any(mark.isVisible() for mark in page.marks.values())


def test_a_unit_that_is_gone_closes_the_page(page: UnitPage, qtbot: QtBot) -> None:
    partners = key(page, "Partners")
    page.show_unit(partners)
    with qtbot.waitSignal(page.closed):
        page.bridge.execute(Remove("stakeholder", (partners,), "unit"))
    assert page.key is None
    assert unit_sheet(page.bridge.reader, partners, TODAY) is None


@pytest.mark.parametrize("name", ["North field", "P-0", "Newcomers"])
def test_it_speaks_french_and_fits(page: UnitPage, name: str) -> None:
    page.show_unit(key(page, name))
    language.apply("fr")
    page.retranslate()
    page.resize(742, 480)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 742
    shown = " ".join(texts(page))
    assert "Itinéraire et cible" in shown
    for english in ("Ratings", "Training", "Route and", "Tickets of", "since"):
        assert english not in shown


def test_every_control_has_a_name(page: UnitPage) -> None:
    page.show_unit(key(page, "North field"))
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()
    assert page.plane.accessibleName() == "Route"
