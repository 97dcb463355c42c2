"""States of the stakeholder room, its dialogs and menus, and a map with a crowded cell."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.i18n import tr
from crm_pilot.project import Add, Project
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SeedZoneCells
from crm_pilot.stakeholders.terms import UnitKind
from tests.visual.parts import modal
from tests.visual.steps import Make, opened, until
from ui.main_window import MainWindow

CROWDED = (2, 2)  # the cell that holds most of the crowd
LARGEST = "kind = 'group' ORDER BY headcount DESC, id"
BUSIEST = "id IN (SELECT stakeholder_id FROM influence) ORDER BY headcount DESC, id"
PERSON = "kind = 'person' ORDER BY id"
WEEKS_BACK = dt.timedelta(weeks=6)


def room(window: MainWindow) -> Any:
    """The room as it opens: the map of today, everybody shown by code, nobody selected."""
    window.show_screen("stakeholders")
    screen: Any = window.current
    if screen.names:
        screen._switch_names()
    screen.filters.clear()
    screen.options.set("routes", False)
    screen.compare_with(screen.bridge.today - WEEKS_BACK)
    screen.show_day(None)
    screen.show_view("map")
    screen.plane.open_cell(None)
    screen.select(None)
    return screen


def key_of(screen: Any, where: str) -> int:
    """Id of the first unit that answers to a condition."""
    return int(screen.bridge.reader.value(f"SELECT id FROM stakeholder WHERE {where} LIMIT 1"))


# states of the room ----------------------------------------------------------------------------


def nobody(window: MainWindow) -> QWidget:
    """What moved, while nobody is selected."""
    room(window)
    return window


def several(window: MainWindow) -> QWidget:
    """Four units selected."""
    screen = room(window)
    screen.select_many(frozenset(row.id for row in screen.shown.kept[:4]))
    return window


def filtered(window: MainWindow) -> QWidget:
    """A filter that is on."""
    screen = room(window)
    screen.search.setText("ti")
    return window


def past(window: MainWindow) -> QWidget:
    """Six weeks ago, with the routes since the day compared with."""
    screen = room(window)
    QTest.qWait(200)  # a search that was cleared is told a moment later
    screen.compare_with(screen.bridge.today - 2 * WEEKS_BACK)
    screen.options.set("routes", True)
    screen.show_day(screen.bridge.today - WEEKS_BACK)
    return window


def view(name: str) -> Make:
    """Another view of the units."""

    def make(window: MainWindow) -> QWidget:
        room(window).show_view(name)
        return window

    return make


def sheet(where: str) -> Make:
    """The page of one unit."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        screen.open_sheet(key_of(screen, where))
        return window

    return make


def cell(window: MainWindow) -> QWidget:
    """The crowded cell opened large."""
    room(window).plane.open_cell(CROWDED)
    return window


# dialogs ---------------------------------------------------------------------------------------


def asked(method: str, where: str = LARGEST) -> Make:
    """A dialog for one unit."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        key = key_of(screen, where)
        return modal(window, lambda: getattr(screen.asking, method)(key))

    return make


def asked_of(method: str, count: int) -> Make:
    """A dialog for the first units."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        keys = [row.id for row in screen.shown.kept[:count]]
        return modal(window, lambda: getattr(screen.asking, method)(keys))

    return make


def asked_at_all(method: str, page: str = "") -> Make:
    """A dialog of the whole map; of several pages, one of them."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        made: Any = modal(window, lambda: getattr(screen.asking, method)())
        if page:
            made.turn(page)
        return made

    return make


def simple(window: MainWindow) -> QWidget:
    """The simple mode of rating."""
    window.bridge.settings.rating = "simple"
    try:
        return asked("rate")(window)
    finally:
        window.bridge.settings.rating = "full"


def unit(page: str) -> Make:
    """What is noted of a unit."""

    def make(window: MainWindow) -> QWidget:
        made: Any = asked("edit", PERSON)(window)
        made.turn(page)
        return made

    return make


def snooze(window: MainWindow) -> QWidget:
    """Why a check can wait."""
    from crm_pilot.governance.entry import checks
    from ui.dialogs.snooze import SnoozeDialog

    screen = room(window)
    first = checks(screen.bridge.reader, screen.bridge.today)[0]
    return opened(SnoozeDialog(screen, screen.bridge, first))


def lateral(window: MainWindow) -> QWidget:
    """A new lateral project."""
    from ui.screens.stakeholders.lateral_dialog import LateralDialog

    screen = room(window)
    return opened(LateralDialog(screen, screen.bridge, unit_key=key_of(screen, LARGEST)))


def printing(level: str) -> Make:
    """The map on paper, as it will be."""

    def make(window: MainWindow) -> QWidget:
        made: Any = modal(window, room(window).asking.print_map)
        made.form.level.setCurrentIndex(made.form.level.findData(level))
        until(lambda: made.settled)
        return made

    return make


def erasing(window: MainWindow) -> QWidget:
    """Erasing a person of the map."""
    person = window.bridge.reader.value(
        "SELECT person_id FROM stakeholder WHERE person_id IS NOT NULL ORDER BY id LIMIT 1"
    )
    return modal(window, lambda: window.bridge.person_asked.emit("erase", "person", person))


def unit_menu(window: MainWindow) -> QWidget:
    """The menu of a unit."""
    screen = room(window)
    made: QMenu = screen.menus.menu([key_of(screen, PERSON)])
    return opened(made)


# a crowd ---------------------------------------------------------------------------------------


def fill(project: Project) -> None:
    """Eighty units, thirty of them in one cell; the same ones each time."""
    dice = random.Random(5)
    project.execute(SeedZoneCells())
    project.execute(Add("committee", {"number": 6, "held_on": dt.date(2026, 10, 20)}))
    for number in range(80):
        group = number < 22
        key = project.execute(
            AddStakeholder(
                UnitKind.GROUP if group else UnitKind.PERSON,
                tr("Department {n}", n=number + 1) if group else f"Anne Durand {number}",
                **({"headcount": dice.randrange(3, 60)} if group else {}),
            )
        )
        levels = dice.randrange(1, 5), dice.randrange(1, 5)
        synergy, antagonism = CROWDED if number % 8 in (0, 3, 6) else levels
        day = dt.date(2026, 9, 1) + dt.timedelta(dice.randrange(80))
        project.execute(Rate(key, day, synergy, antagonism, "CRM", "PMO"))


ROOM_STATES: dict[str, Make] = {
    "map-nobody": nobody,
    "map-several": several,
    "map-filtered": filtered,
    "map-past": past,
    "map-list": view("list"),
    "map-entry": view("entry"),
    "map-lateral": view("lateral"),
    "map-crossings": view("crossings"),
    "map-group": sheet(BUSIEST),
    "map-person": sheet(PERSON),
}
CROWDS: dict[str, Make] = {"map-crowd": nobody, "map-crowd-cell": cell}
MAP_DIALOGS: dict[str, Make] = {
    "rating-simple": simple,
    "rating-queue": asked_of("rate_all", 9),
    "trio": asked_of("place", 9),
    "unit-stage": unit("stage"),
    "unit-ties": unit("ties"),
    "zones": asked_at_all("zones"),
    "zones-advice": asked_at_all("zones", "advice"),
    "map-settings": asked_at_all("settings"),
    "map-action": asked_of("action", 1),
    "snooze": snooze,
    "lateral": lateral,
    "print-map": printing("committee"),
    "print-map-own": printing("own"),
    "erase": erasing,
    "unit-menu": unit_menu,
}
