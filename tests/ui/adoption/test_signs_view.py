"""The warning signs on screen: what a row says, and what can be done from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.governance.signs import signs
from crm_pilot.governance.signs_terms import SIGNS
from crm_pilot.governance.thresholds import SetThreshold, thresholds
from crm_pilot.project import Project, SetField
from tests.governance.planted import TODAY, plant
from tests.ui.seeing import cut, unnamed
from ui import language, theme
from ui.bridge import Bridge
from ui.dialogs.snooze import SnoozeDialog
from ui.main_window import MainWindow
from ui.screens.adoption.screen import AdoptionScreen
from ui.screens.adoption.sign_action import SignActionDialog
from ui.screens.adoption.signs_rows import SignRow
from ui.screens.adoption.signs_view import SignsView
from ui.screens.adoption.thresholds import ThresholdsDialog
from ui.screens.cockpit.panels import WarningPanel
from ui.widgets.why_panel import WhyPanel

Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture(params=["en", "fr"])
def bridge(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Bridge]:
    theme.start("light")
    language.apply(request.param)
    with plant("D3") as project:
        project.execute(SetField("project", 1, "status_date", TODAY))
        made = Bridge(project)
        yield made
        made.detach()
    language.apply("en")


@pytest.fixture
def view(bridge: Bridge, qtbot: QtBot) -> SignsView:
    made = shown(bridge, qtbot)
    bridge.changed.connect(made.refresh)
    return made


def shown(bridge: Bridge, qtbot: QtBot) -> SignsView:
    made = SignsView(bridge)
    made.retranslate()
    made.resize(1118, 560)
    made.refresh(None)
    made.show()
    qtbot.addWidget(made)
    QTest.qWaitForWindowActive(made)
    return made


def row_of(view: SignsView, rule: str) -> SignRow:
    return next(row for row in view.list.rows if row.check.rule == rule)


def press(row: SignRow, what: str) -> None:
    link = next(link for link in row.links if link.objectName() == what)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)


def front(kind: type[Kind]) -> Kind:
    QApplication.processEvents()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
    return next(one for one in found if one.isVisible())


def sign(bridge: Bridge, rule: str) -> Check:
    return next(one for one in signs(bridge.reader, TODAY) if one.rule == rule)


def test_every_sign_has_a_row_the_ones_that_warn_first(view: SignsView) -> None:
    assert view.list.rows[0].check.rule == "D3"
    assert {row.check.rule for row in view.list.rows} == set(SIGNS)
    row = view.list.rows[0]
    assert row.word.text() in ("Watch", "À surveiller")
    assert not row.sign.pixmap().isNull()
    assert "Sud" in row.data.text()
    said = " ".join(note.text() for note in row.notes)
    assert "D3" in said
    assert any(word in said for word in ("Rescuing CRM projects", "Rattrapage de projets CRM"))
    assert "Secret" not in said + row.data.text()


def test_nothing_is_cut_or_unnamed(view: SignsView) -> None:
    QApplication.processEvents()
    assert cut(view) == []
    assert unnamed(view) == []


def test_an_action_planned_stands_on_the_row_and_undo_takes_it_back(
    view: SignsView, bridge: Bridge
) -> None:
    press(row_of(view, "D3"), "plan")
    dialog = front(SignActionDialog)
    assert dialog.title.field.text()
    dialog.save.click()
    assert dialog.complaint.isVisible()  # no day yet
    QTest.keyClicks(dialog.start.field, "2026-12-01")
    dialog.title.put("Visit Sud", "Visit Sud")
    dialog.save.click()
    QApplication.processEvents()
    (link,) = row_of(view, "D3").tasks
    assert "Visit Sud" in link.text()
    asked: list[tuple[str, str, int]] = []
    view.go.connect(lambda *place: asked.append(place))
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked == [("planning", "task", sign(bridge, "D3").tasks[0].id)]
    bridge.project.undo()
    QApplication.processEvents()
    assert not row_of(view, "D3").tasks


def test_a_sign_is_snoozed_with_a_reason_and_woken(view: SignsView, bridge: Bridge) -> None:
    press(row_of(view, "D3"), "snooze")
    dialog = front(SnoozeDialog)
    dialog.save.click()
    assert dialog.complaint.isVisible()
    QTest.keyClicks(dialog.reason, "Visit agreed")
    dialog.save.click()
    QApplication.processEvents()
    assert sign(bridge, "D3").verdict is Verdict.SNOOZED
    assert "D3" not in [row.check.rule for row in view.list.rows]
    view.list.fold.click()
    row = row_of(view, "D3")
    assert "Visit agreed" in row.notes[0].text()
    press(row, "wake")
    QApplication.processEvents()
    assert sign(bridge, "D3").verdict is Verdict.WARN


def test_thresholds_are_typed_within_their_range_and_said_on_the_row(
    view: SignsView, bridge: Bridge
) -> None:
    view.thresholds.click()
    dialog = front(ThresholdsDialog)
    line = next(one for one in dialog.lines if (one.row.rule, one.row.name) == ("D3", "licences"))
    assert line.back.isHidden()
    for typed in ("", "abc", "0", "101", "4.5"):
        line.field.setText(typed)
        dialog.save.click()
        assert dialog.complaint.isVisible(), typed
    line.field.setText("60 %")
    assert not line.back.isHidden()
    dialog.save.click()
    QApplication.processEvents()
    assert sign(bridge, "D3").verdict is Verdict.OK
    said = " ".join(note.text() for note in row_of(view, "D3").notes)
    assert any(word in said for word in ("changed by you", "modifié par vous"))
    bridge.project.undo()
    assert not any(row.changed for row in thresholds(bridge.reader))


def test_the_way_back_brings_the_declared_value(view: SignsView, bridge: Bridge) -> None:
    bridge.execute(SetThreshold("D3", "licences", 60))
    view.thresholds.click()
    dialog = front(ThresholdsDialog)
    line = next(one for one in dialog.lines if (one.row.rule, one.row.name) == ("D3", "licences"))
    line.back.click()
    assert line.field.text() == "40"
    dialog.save.click()
    QApplication.processEvents()
    assert sign(bridge, "D3").verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("rule", "place"), [("D5", ("training", "attendance", 0)), ("D8", ("committee", "decision", 0))]
)
def test_show_it_goes_to_the_room_that_shows_the_sign(
    view: SignsView, rule: str, place: tuple[str, str, int]
) -> None:
    asked: list[tuple[str, str, int]] = []
    view.go.connect(lambda *found: asked.append(found))
    press(row_of(view, rule), "show")
    assert asked == [place]


def test_show_it_turns_to_a_view_of_the_room(view: SignsView) -> None:
    asked: list[str] = []
    view.view_asked.connect(asked.append)
    press(row_of(view, "D6"), "show")
    assert asked == ["overview"]


def test_a_sign_explains_itself(view: SignsView) -> None:
    QTest.mouseClick(row_of(view, "D3").why, Qt.MouseButton.LeftButton)
    panel = front(WhyPanel)
    panel.hide()


def test_links_that_edit_are_grey_in_a_read_only_project(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.project.read_only = True
    made = shown(bridge, qtbot)
    states = {link.objectName(): link.isEnabled() for link in row_of(made, "D3").links}
    assert states == {"show": True, "plan": False, "snooze": False}
    ThresholdsDialog(made, bridge).open()
    assert not front(ThresholdsDialog).save.isEnabled()


def test_without_data_each_sign_says_what_is_missing(qtbot: QtBot, qapp: QApplication) -> None:
    with Project.create(name="Empty") as project:
        bridge = Bridge(project)
        made = shown(bridge, qtbot)
        assert all(row.check.verdict is Verdict.UNKNOWN for row in made.list.rows)
        assert all(row.data.text().startswith("Not enough data: ") for row in made.list.rows)
        bridge.detach()


def test_the_keyboard_begins_at_the_first_sign(view: SignsView) -> None:
    view.take_focus()
    assert view.list.rows[0].isAncestorOf(QApplication.focusWidget())
    seen = []
    for _ in range(4):
        widget = QApplication.focusWidget()
        seen.append(widget.objectName() if isinstance(widget, QPushButton) else "why")
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert seen == ["why", "show", "plan", "snooze"]


def test_rows_stay_while_nothing_they_tell_changes(view: SignsView, bridge: Bridge) -> None:
    before = view.list.rows
    bridge.execute(SetField("project", 1, "company", "Other"))
    assert view.list.rows is before


def test_a_sign_of_the_cockpit_opens_the_signs(window: MainWindow, qtbot: QtBot) -> None:
    with plant("D3") as project:
        project.execute(SetField("project", 1, "status_date", TODAY))
        window.bridge.attach(project)
        window.show_screen("cockpit")
        panel = window.screen_named("cockpit").findChild(WarningPanel)
        assert panel is not None
        rows = {row.rule: row for row in panel.rows}
        panel.opened.emit(rows["D3"])
        room = window.screen_named("adoption")
        assert isinstance(room, AdoptionScreen)
        assert window.current is room
        assert room.views.front == "signs"
        window.show_screen("cockpit")
        panel.opened.emit(replace(rows["D3"], rule="D5", screen="training"))
        assert window.current is window.screen_named("training")
        window.jobs.wait()
        window.bridge.detach()
