"""The order of entry and the lateral projects, worked with mouse and keys over a real project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from crm_pilot.governance import entry
from crm_pilot.governance.entry import Verdict
from crm_pilot.governance.influence import actions
from crm_pilot.governance.influence_commands import PlanInfluence
from crm_pilot.governance.lateral import SaveLateral, laterals
from crm_pilot.planning import queries as planning
from crm_pilot.project import Add, Project, SetField
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import LateralStatus, UnitKind
from tests.ui.seeing import cut, unnamed
from ui import language, theme
from ui.bridge import Bridge
from ui.dialogs.snooze import SnoozeDialog
from ui.screens.stakeholders.action_dialog import ActionDialog, RemoveAction
from ui.screens.stakeholders.entry_view import EntryView
from ui.screens.stakeholders.lateral_dialog import LateralDialog
from ui.screens.stakeholders.lateral_view import LateralView
from ui.widgets.why_panel import WhyPanel

TODAY = dt.date(2026, 11, 20)
D = dt.date.fromisoformat
UNITS = {  # name -> kind, people, (synergy, antagonism)
    "Team Lyon": (UnitKind.GROUP, 20, (3, 2)),
    "Crowd": (UnitKind.GROUP, 46, (2, 1)),
    "Rivals": (UnitKind.GROUP, 60, (2, 3)),
    "Ann Onymous": (UnitKind.PERSON, 1, (1, 3)),
}


@pytest.fixture(params=["en", "fr"])
def bridge(
    qapp: QApplication, project: Project, request: pytest.FixtureRequest
) -> Iterator[Bridge]:
    theme.start("light")
    language.apply(request.param)
    project.execute(SetField("project", 1, "status_date", TODAY))
    day = {"start": D("2027-03-01"), "finish": D("2027-03-01")}
    milestone = project.execute(Add("task", {"title": "Go", "kind": "milestone", **day}))
    wave = project.execute(Add("wave", {"name": "Wave 1", "milestone_id": milestone}))
    town = project.execute(Add("department", {"name": "Lyon", "wave_id": wave}))
    for name, (kind, people, cell) in UNITS.items():
        key = project.execute(AddStakeholder(kind, name, headcount=people, department_id=town))
        project.execute(Rate(key, D("2026-11-01"), *cell, "Seen in a meeting", "Lead"))
    made = Bridge(project)
    yield made
    made.detach()
    language.apply("en")


@pytest.fixture
def view(bridge: Bridge, qtbot) -> EntryView:
    made = EntryView(bridge)
    made.resize(1140, 620)
    made.refresh(None)
    made.show()
    qtbot.addWidget(made)
    bridge.changed.connect(made.refresh)
    QTest.qWaitForWindowActive(made)
    return made


def key_of(bridge: Bridge, name: str) -> int:
    key: int = bridge.reader.value("SELECT id FROM stakeholder WHERE name = ?", name)
    return key


def stored(bridge: Bridge, name: str, column: str) -> object:
    return bridge.reader.value(f"SELECT {column} FROM stakeholder WHERE name = ?", name)


def front(kind: type[QWidget]) -> QWidget:
    QApplication.processEvents()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found, kind.__name__
    return found[-1]


def shown_in(view: EntryView, key: int) -> int | None:
    """The stage whose column a card stands in."""
    return view.board.stage_at(view.board.cards[key].geometry().center().x())


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_cards_stand_in_the_stage_of_their_zone_and_persons_bear_codes(
    view: EntryView, bridge: Bridge
) -> None:
    stages = {name: shown_in(view, key_of(bridge, name)) for name in UNITS}
    assert stages == {"Team Lyon": 1, "Crowd": 4, "Rivals": 6, "Ann Onymous": 7}
    told = [card.accessibleName() for card in view.board.cards.values()]
    assert "Ann Onymous" not in told
    view.show_names(True)
    assert "Ann Onymous" in [card.accessibleName() for card in view.board.cards.values()]


def test_ctrl_arrows_change_the_stage_and_undo_puts_it_back(
    view: EntryView, bridge: Bridge
) -> None:
    key = key_of(bridge, "Crowd")
    card = view.board.cards[key]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert stored(bridge, "Crowd", "stage") == 3
    assert shown_in(view, key) == 3
    assert card.hasFocus()
    QTest.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert stored(bridge, "Crowd", "stage") is None  # that of its zone again
    bridge.undo()
    assert stored(bridge, "Crowd", "stage") == 3


def drag(view: EntryView, key: int, stage: int, *, drop: bool) -> None:
    card = view.board.cards[key]
    place = view.board.columns.index(stage)
    middle = (view.board.edges[place] + view.board.edges[place + 1]) / 2
    start = QPoint(10, 10)
    QTest.mousePress(card, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(card, start + QPoint(25, 0))
    for _ in range(3):
        QTest.mouseMove(card, card.mapFromParent(QPoint(round(middle), 60)))
        settle()
    if drop:
        there = card.mapFromParent(QPoint(round(middle), 60))
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=there)


def test_a_card_dropped_in_another_stage_goes_there(view: EntryView, bridge: Bridge) -> None:
    drag(view, key_of(bridge, "Crowd"), 2, drop=True)
    assert stored(bridge, "Crowd", "stage") == 2


def test_escape_puts_a_dragged_card_back(view: EntryView, bridge: Bridge) -> None:
    card = view.board.cards[key_of(bridge, "Crowd")]
    before = card.geometry()
    drag(view, card.key, 2, drop=False)
    assert card.geometry() != before
    QTest.keyClick(card, Qt.Key.Key_Escape)
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert stored(bridge, "Crowd", "stage") is None
    assert card.geometry() == before


def test_role_and_day_are_typed_in_place(view: EntryView, bridge: Bridge) -> None:
    card = view.board.cards[key_of(bridge, "Crowd")]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_F2)
    role = view.strip.role.field
    assert role.hasFocus()
    QTest.keyClicks(role, "Join on proof")
    QTest.keyClick(role, Qt.Key.Key_Return)
    assert stored(bridge, "Crowd", "role") == "Join on proof"
    day = view.strip.day.field
    day.setFocus()
    QTest.keyClicks(day, "someday")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert view.strip.day.complaint.isVisible()
    assert stored(bridge, "Crowd", "enters_on") is None
    day.selectAll()
    QTest.keyClicks(day, "2026-12-14")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert stored(bridge, "Crowd", "enters_on") == "2026-12-14"


def test_arrows_walk_and_enter_opens_the_page(view: EntryView, bridge: Bridge) -> None:
    first = view.board.cards[key_of(bridge, "Team Lyon")]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert view.board.current == key_of(bridge, "Crowd")
    asked: list[int] = []
    view.opened.connect(asked.append)
    QTest.keyClick(view.board.cards[view.board.current], Qt.Key.Key_Return)
    assert asked == [key_of(bridge, "Crowd")]


def test_tab_goes_from_the_card_through_its_fields_to_the_checks(view: EntryView) -> None:
    view.take_focus()
    seen: list[QWidget] = []
    for _ in range(9):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    strip = view.strip
    assert seen[:3] == [strip.stage.box, strip.role.field, strip.day.field]
    assert view.check_tile.why in seen
    assert view.checks.rows[0].why in seen


def press(view: QWidget, row: object, place: int) -> None:
    links = row.links  # type: ignore[attr-defined]
    QTest.mouseClick(links[place], Qt.MouseButton.LeftButton)


def test_a_check_says_its_verdict_acts_and_rests_only_with_a_reason(
    view: EntryView, bridge: Bridge
) -> None:
    bridge.execute(PlanInfluence(key_of(bridge, "Rivals"), "Listen", TODAY, "X", start=TODAY))
    row = next(row for row in view.checks.rows if row.check.rule == "opponents_first")
    assert row.check.verdict is Verdict.WARN
    assert row.word.text() in ("Watch", "À surveiller")
    assert not row.sign.pixmap().isNull()
    press(view, row, 0)
    dialog = front(ActionDialog)
    assert dialog.unit.id == key_of(bridge, "Team Lyon")  # type: ignore[attr-defined]
    dialog.reject()  # type: ignore[attr-defined]
    press(view, row, 1)
    snooze = front(SnoozeDialog)
    assert isinstance(snooze, SnoozeDialog)
    snooze.save.click()
    assert snooze.complaint.isVisible()
    QTest.keyClicks(snooze.reason, "Agreed")
    QTest.keyClicks(snooze.until.field, "2026-12-01")
    snooze.save.click()
    settle()
    found = {c.rule: c for c in entry.checks(bridge.reader, TODAY)}
    assert found["opponents_first"].verdict is Verdict.SNOOZED
    assert "opponents_first" not in [r.check.rule for r in view.checks.rows]
    view.checks.fold.click()
    quiet = view.checks.rows[-1]
    assert quiet.check.rule == "opponents_first"
    assert "Agreed" in quiet.data.text()
    press(view, quiet, 0)
    settle()
    found = {c.rule: c for c in entry.checks(bridge.reader, TODAY)}
    assert found["opponents_first"].verdict is Verdict.WARN


def test_a_check_explains_itself(view: EntryView) -> None:
    QTest.mouseClick(view.checks.rows[0].why, Qt.MouseButton.LeftButton)
    panel = front(WhyPanel)
    panel.hide()


def test_everything_is_named_and_whole(view: EntryView) -> None:
    assert unnamed(view) == []
    assert cut(view) == []


def test_cards_of_a_long_board_come_in_slices(
    bridge: Bridge, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.screens.stakeholders.entry_board.AT_ONCE", 1)
    monkeypatch.setattr("ui.screens.stakeholders.entry_board.SLICE", 1)
    made = EntryView(bridge)
    qtbot.addWidget(made)
    made.resize(1140, 620)
    made.refresh(None)
    units = bridge.reader.value("SELECT count(*) FROM stakeholder")
    assert list(made.board.cards) == [made.board.current]
    made.show()
    qtbot.waitUntil(lambda: len(made.board.cards) == units)
    places = [card.geometry().getRect() for card in made.board.cards.values()]
    assert len(set(places)) == units
    assert not any(card.isHidden() for card in made.board.cards.values())


def test_a_project_without_units_says_what_to_do(
    qapp: QApplication, project: Project, qtbot
) -> None:
    made = EntryView(Bridge(project))
    qtbot.addWidget(made)
    made.refresh(None)
    made.show()
    assert made.empty.isVisible()
    assert not made.splitter.isVisible()
    made.bridge.detach()


# the dialog of an action -------------------------------------------------------------------------


def asked(bridge: Bridge, qtbot, name: str, **more: object) -> ActionDialog:
    made = ActionDialog(None, bridge, key_of(bridge, name), **more)  # type: ignore[arg-type]
    made.show()
    return made


def test_an_action_is_planned_from_its_dialog_as_one_step(bridge: Bridge, qtbot) -> None:
    made = asked(bridge, qtbot, "Crowd")
    fields = made.fields
    assert "Crowd" in fields.title.field.text()
    assert fields.kind.value == "pairing"
    steps = len(bridge.reader.select("SELECT id FROM task"))
    made.save.click()
    assert made.complaint.isVisible()  # no day yet
    QTest.keyClicks(fields.start.field, "14/12/2026")
    QTest.keyClicks(fields.effort.field, "3 h")
    made.save.click()
    (row,) = actions(bridge.reader)
    assert (row.start, row.finish, row.work) == (D("2026-12-14"), D("2026-12-14"), 180)
    assert len(bridge.reader.select("SELECT id FROM task")) == steps + 2
    bridge.undo()
    assert actions(bridge.reader) == ()
    assert len(bridge.reader.select("SELECT id FROM task")) == steps


@pytest.mark.parametrize(
    ("field", "typed"), [("start", "quand"), ("finish", "1/1/2020"), ("effort", "2 chats")]
)
def test_what_cannot_be_read_is_said_and_kept(
    bridge: Bridge, qtbot, field: str, typed: str
) -> None:
    made = asked(bridge, qtbot, "Crowd")
    QTest.keyClicks(made.fields.start.field, "" if field == "start" else "14/12/2026")
    QTest.keyClicks(getattr(made.fields, field).field, typed)
    made.save.click()
    assert made.complaint.isVisible()
    assert made.complaint.text()
    assert getattr(made.fields, field).field.text() == typed
    assert actions(bridge.reader) == ()
    made.reject()


def test_half_a_day_is_read_as_people_type_it(bridge: Bridge, qtbot) -> None:
    made = asked(bridge, qtbot, "Crowd")
    QTest.keyClicks(made.fields.start.field, "14/12/2026")
    QTest.keyClicks(made.fields.finish.field, "16/12/2026")
    QTest.keyClicks(made.fields.effort.field, "0,5 j")
    made.save.click()
    (row,) = actions(bridge.reader)
    assert (row.finish, row.effort) == (D("2026-12-16"), 240)


def test_an_action_is_changed_done_and_taken_away(bridge: Bridge, qtbot) -> None:
    bridge.execute(
        PlanInfluence(key_of(bridge, "Crowd"), "Show", TODAY, "X", start=D("2026-12-01"), effort=60)
    )
    (row,) = actions(bridge.reader)
    made = asked(bridge, qtbot, "Crowd", action=row)
    made.fields.title.field.setText("Show it")
    made.is_done.setChecked(True)
    made.save.click()
    (now,) = actions(bridge.reader)
    assert (now.title, now.done, now.start, now.work) == ("Show it", True, row.start, 60)
    made = asked(bridge, qtbot, "Crowd", action=now)
    made.buttons["remove"].click()
    removing = front(RemoveAction)
    assert isinstance(removing, RemoveAction)
    removing.buttons["keep"].click()
    settle()
    assert actions(bridge.reader) == ()
    assert now.task_id in {task.id for task in planning.tasks(bridge.reader)}


def test_a_person_is_never_named_in_the_plan(bridge: Bridge, qtbot) -> None:
    made = asked(bridge, qtbot, "Ann Onymous")
    texts = [made.sentence.text(), made.fields.title.field.text(), made.windowTitle()]
    assert not [text for text in texts if "Onymous" in text]
    made.reject()


# lateral projects ------------------------------------------------------------------------------


@pytest.fixture
def laters(bridge: Bridge, qtbot) -> LateralView:
    made = LateralView(bridge)
    made.resize(1140, 560)
    made.refresh(None)
    made.show()
    qtbot.addWidget(made)
    bridge.changed.connect(made.refresh)
    return made


def test_empty_it_says_what_a_lateral_project_is_and_adds_the_first(
    laters: LateralView, bridge: Bridge
) -> None:
    assert laters.empty.isVisible()
    QTest.mouseClick(laters.empty.button, Qt.MouseButton.LeftButton)
    dialog = front(LateralDialog)
    assert isinstance(dialog, LateralDialog)
    dialog.save.click()
    assert dialog.complaint.isVisible()  # no title
    QTest.keyClicks(dialog.title.field, "Rounds")
    dialog.unit.field.setText("Rivals")
    QTest.keyClicks(dialog.concern, "Fewer trips")
    dialog.save.click()
    settle()
    (row,) = laterals(bridge.reader)
    assert (row.title, row.stakeholder_id) == ("Rounds", key_of(bridge, "Rivals"))
    assert not laters.empty.isVisible()
    assert laters.table.current_id == row.id


def test_its_next_action_is_tied_to_it_and_its_status_chosen(
    laters: LateralView, bridge: Bridge
) -> None:
    key = bridge.execute(SaveLateral("Rounds", TODAY, key_of(bridge, "Rivals")))
    laters.table.select(key)
    QTest.mouseClick(laters.act, Qt.MouseButton.LeftButton)
    dialog = front(ActionDialog)
    assert isinstance(dialog, ActionDialog)
    assert dialog.fields.lateral.value == key
    QTest.keyClicks(dialog.fields.start.field, "2026-12-14")
    dialog.save.click()
    settle()
    assert [row.lateral_id for row in actions(bridge.reader)] == [key]
    following = laters.model.next_action(key)
    assert following is not None
    index = laters.model.index(0, [c.key for c in laters.model.columns].index("status"))
    assert laters.model.setData(index, LateralStatus.AGREED)
    assert laterals(bridge.reader)[0].status is LateralStatus.AGREED


def test_without_a_group_the_links_say_why_they_rest(laters: LateralView, bridge: Bridge) -> None:
    key = bridge.execute(SaveLateral("Rounds", TODAY))
    laters.table.select(key)
    settle()
    for link in (laters.act, laters.map):
        assert isinstance(link, QPushButton)
        assert not link.isEnabled()
        assert link.toolTip()
    assert unnamed(laters) == []
