"""The maintenance room with real keys: filters, live priority, statuses, long tables."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from crm_pilot.i18n import msg
from crm_pilot.maintenance import queries
from crm_pilot.maintenance.commands import AddTicket
from crm_pilot.maintenance.terms import TicketKind, TicketStatus
from crm_pilot.project import Project, SetField
from crm_pilot.store.work import Work
from ui.bridge import Bridge
from ui.screens.maintenance.screen import MaintenanceScreen

TODAY = dt.date(2026, 11, 21)
Key = Qt.Key


@pytest.fixture
def desk(project: Project) -> Project:
    """Three open tickets, one closed."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    rows: list[tuple[str, dict[str, object]]] = [
        ("Écran blanc", {"kind": "corrective", "impact": 1, "urgency": 1}),
        ("New field", {"kind": "evolutive", "impact": 3, "urgency": 2,
                       "due_on": dt.date(2026, 11, 1)}),
        ("Something", {}),
        ("Done", {"kind": "corrective", "status": "closed",
                  "closed_at": dt.datetime(2026, 11, 12)}),
    ]  # fmt: skip
    for day, (title, values) in enumerate(rows, 1):
        run(AddTicket(title, dt.datetime(2026, 11, 11 - day, 9), values))  # type: ignore[arg-type]
    return project


def shown(qtbot: QtBot, project: Project) -> MaintenanceScreen:
    """The screen over `project`, listening as the window would make it."""
    bridge = Bridge(project)
    screen = MaintenanceScreen(bridge)
    qtbot.addWidget(screen)
    bridge.changed.connect(screen.refresh)
    screen.refresh(None)
    screen.resize(1166, 712)
    screen.show()
    qtbot.waitExposed(screen)
    qtbot.waitUntil(lambda: screen.header.sentence.text() != "")
    return screen


def titles(screen: MaintenanceScreen) -> list[str]:
    return [row.title for row in screen.model.shown]


def test_open_tickets_come_first_and_chips_filter(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    assert titles(screen) == ["Écran blanc", "New field", "Something"]
    assert screen.count.text() == "3 of 4 tickets"
    screen.chips["urgent"].click()
    assert titles(screen) == ["Écran blanc"]
    screen.chips["urgent"].click()
    screen.chips["unsorted"].click()
    assert titles(screen) == ["Something"]
    screen.show_only("overdue")
    assert titles(screen) == ["New field"]
    screen.chips["overdue"].click()
    assert len(titles(screen)) == 4


def test_kinds_filter(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    screen.chips["open"].click()
    screen.kinds.setCurrentIndex(screen.kinds.findData(TicketKind.CORRECTIVE))
    screen.kinds.activated.emit(screen.kinds.currentIndex())
    assert titles(screen) == ["Écran blanc", "Done"]


def test_a_key_figure_shows_the_tickets_it_counts(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    figures = queries.figures(desk.reader, TODAY)
    for key, count in (
        ("open", figures.open),
        ("overdue", figures.overdue),
        ("unsorted", figures.unsorted),
    ):
        words = screen.figures._figures[key].words
        assert isinstance(words, QPushButton)
        assert words.accessibleName().endswith(f": {count}")
        qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
        assert screen.model.rowCount() == count


def test_a_late_ticket_has_a_sign_and_not_only_a_colour(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    place = [column.key for column in screen.model.columns].index("age_days")
    ages = [screen.model.index(row, place).data() for row in range(3)]
    assert ages == ["11\u00a0d", "▲\u00a012\u00a0d", "13\u00a0d"]


def test_search_ignores_case_and_accents(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    qtbot.keyClicks(screen.search, "ECRAN critical")
    assert titles(screen) == ["Écran blanc"]


def choose(box: QComboBox, value: object) -> None:
    """Choose as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_impact_and_urgency_make_the_priority_at_once(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    screen.open_item("ticket", 3)
    assert screen.form.priority.text() == "Priority: unknown"
    impact, urgency = screen.form.editor("impact"), screen.form.editor("urgency")
    assert isinstance(impact, QComboBox)
    assert isinstance(urgency, QComboBox)
    choose(impact, 2)
    assert screen.form.priority.text() == "Priority: unknown"
    choose(urgency, 1)
    assert screen.form.priority.text() == "Priority: 2 High"
    assert screen.form.reason.text() == "impact 2 × urgency 1"
    assert screen.model.rows_by_id([3])[0].priority == 2
    screen.bridge.undo()
    assert screen.form.priority.text() == "Priority: unknown"


def test_closing_stamps_and_keeps_a_step(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    screen.open_item("ticket", 1)
    status = screen.form.editor("status")
    assert isinstance(status, QComboBox)
    choose(status, "resolved")
    detail = queries.ticket(desk.reader, 1)
    assert detail is not None
    assert detail.resolved_at is not None
    assert detail.resolved_at.date() == TODAY
    assert "Resolved" in screen.form.steps.text()
    assert not queries.tickets_by_id(desk.reader, TODAY, [1])[0].open
    assert "2 tickets are open" in shown_sentence(qtbot, screen, "2 tickets")
    screen.bridge.undo()
    assert queries.tickets_by_id(desk.reader, TODAY, [1])[0].status is TicketStatus.NEW


def shown_sentence(qtbot: QtBot, screen: MaintenanceScreen, start: str) -> str:
    """The sentence once it starts so."""
    qtbot.waitUntil(lambda: screen.header.sentence.text().startswith(start))
    return screen.header.sentence.text()


def test_figures_are_read_again_only_when_they_can_differ(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    qtbot.waitUntil(lambda: not screen._later.isActive())
    screen.bridge.execute(SetField("ticket", 1, "title", "Blank page"))
    screen.bridge.execute(SetField("ticket", 1, "assignee", "N. Faure"))
    assert not screen._later.isActive()
    screen.bridge.execute(SetField("ticket", 4, "kind", "evolutive"))  # not shown, but counted
    assert screen._later.isActive()
    qtbot.waitUntil(lambda: "corrective 33%" in screen.header.caption.text())


def test_insert_types_a_ticket_and_delete_takes_it_away(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    qtbot.keyClick(screen.table, Key.Key_Insert)
    editor = screen.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Report is empty")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "Report is empty" in titles(screen))
    qtbot.keyClick(screen.table, Key.Key_Delete)
    assert "Report is empty" not in titles(screen)
    screen.bridge.undo()
    assert "Report is empty" in titles(screen)


def test_the_charts_are_drawn(qtbot: QtBot, desk: Project) -> None:
    screen = shown(qtbot, desk)
    qtbot.waitUntil(lambda: screen.flow.chart is not None)
    assert screen.flow.chart is not None
    assert "opened" in screen.flow.chart.accessibleDescription()
    assert screen.ageing.chart.accessibleName()


def test_an_empty_room_offers_a_ticket(qtbot: QtBot, project: Project) -> None:
    screen = shown(qtbot, project)
    assert screen.empty.isVisible()
    qtbot.mouseClick(screen.empty.button, Qt.MouseButton.LeftButton)
    assert [row.number for row in screen.model.shown] == ["T-0001"]
    assert screen.table.isVisible()


class Fill:
    """Twenty thousand tickets, one in five open."""

    label = msg("Fill")

    def apply(self, work: Work) -> None:
        start = dt.datetime(2025, 1, 1, 8)
        work.insert_many(
            "ticket",
            [
                {
                    "number": f"INC{n:06d}",
                    "title": f"Compte bloqué {n % 97} à l’agence {n % 13}",
                    "kind": list(TicketKind)[n % 6],
                    "status": "in_progress" if n % 5 == 0 else "closed",
                    "opened_at": start + dt.timedelta(minutes=45 * n),
                    "closed_at": None if n % 5 == 0 else start + dt.timedelta(minutes=45 * n + 900),
                    "impact": n % 3 + 1,
                    "urgency": n % 2 + 1,
                }
                for n in range(20_000)
            ],
        )


def test_twenty_thousand_tickets_are_found_and_edited(qtbot: QtBot, project: Project) -> None:
    project.execute(SetField("project", 1, "status_date", TODAY))
    project.execute(Fill())
    screen = shown(qtbot, project)
    qtbot.waitUntil(lambda: len(screen.model._haystacks) == 20_000, timeout=10_000)
    open_ = len(screen.model.shown)
    screen.chips["open"].click()
    assert {open_, len(screen.model.shown)} == {4_000, 20_000}
    for word, found in (("bloque", 20_000), ("inc0001", 100)):
        screen.show_only("")
        screen.model.search(word)
        assert len(screen.model.shown) == found, word
    screen.model.search("")
    key = screen.model.shown[0].id
    screen.bridge.execute(SetField("ticket", key, "title", "Edited"))
    assert screen.model.shown[0].title == "Edited"
