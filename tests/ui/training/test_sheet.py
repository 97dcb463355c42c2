"""The sheet typed back from paper: few keys, one step, several half-days."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project, SetField
from crm_pilot.training.commands import AddSession, Enrol
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.presence import sheet
from crm_pilot.training.terms import Half, Presence
from tests.ui.training.conftest import TODAY, Room, front
from ui.screens.training.sheet import SheetDialog
from ui.screens.training.sheet_marks import SheetLine, SheetMarks, Typed
from ui.screens.training.sheet_table import SheetTable

Key = Qt.Key
P, A, E, I = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED, Presence.INVITED  # noqa: E741
MOST_KEYS = 20
HELD = dt.date(2026, 11, 17)


@pytest.fixture
def dozen(project: Project) -> Project:
    """Twelve people enrolled in a session that was held."""
    project.execute(SetField("project", 1, "status_date", TODAY))
    ids = [project.execute(Add("person", {"last_name": f"Person {n:02}"})) for n in range(1, 13)]
    project.execute(AddSession(HELD, course_title="First steps", seats=12))
    project.execute(Enrol(1, tuple(ids)))
    return project


class Counted:
    """Sends real keys to whatever has the keyboard, and counts them."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            widget = QApplication.focusWidget() or front()
            QTest.keyClick(widget, key)  # type: ignore[call-overload]
            self.keys += 1
            QApplication.processEvents()


def noted(project: Project) -> list[str]:
    return [str(row.presence) for row in sheet(project.reader, 1).rows]


def expected(*absent: int) -> list[str]:
    return ["absent" if n in absent else "present" for n in range(1, 13)]


def opened(qtbot: QtBot, project: Project, room: Room) -> Counted:
    screen = room(project)
    screen.activateWindow()
    screen.sessions.table.setFocus()
    qtbot.waitUntil(screen.sessions.table.hasFocus)
    keys = Counted()
    keys.press(Key.Key_Return)
    assert isinstance(front(), SheetDialog)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), SheetTable))
    return keys


def test_twelve_people_with_two_absentees_by_their_numbers(
    qtbot: QtBot, dozen: Project, room: Room
) -> None:
    keys = opened(qtbot, dozen, room)
    before = len(dozen.undo_labels)
    keys.press("4", "1", "1", Key.Key_Return)  # line 4, line 11, save
    assert QApplication.activeModalWidget() is None
    assert noted(dozen) == expected(4, 11)
    assert keys.keys <= MOST_KEYS
    assert keys.keys == 5  # the session opened by one of them
    assert len(dozen.undo_labels) == before + 1
    dozen.undo()
    assert noted(dozen) == ["invited"] * 12


def test_twelve_people_with_two_absentees_by_arrows_and_letters(
    qtbot: QtBot, dozen: Project, room: Room
) -> None:
    keys = opened(qtbot, dozen, room)
    keys.press(*[Key.Key_Down] * 3, "a")  # the fourth; the letter goes on to the fifth
    keys.press(*[Key.Key_Down] * 6, "e", Key.Key_Return)
    assert noted(dozen) == [*["present"] * 3, "absent", *["present"] * 6, "excused", "present"]
    assert keys.keys <= MOST_KEYS


def test_a_number_that_could_go_on_waits_for_enter(
    qtbot: QtBot, dozen: Project, room: Room
) -> None:
    keys = opened(qtbot, dozen, room)
    dialog = front()
    assert isinstance(dialog, SheetDialog)
    keys.press("1")
    assert dialog.number.text() == "No. 1 …"
    keys.press(Key.Key_Return)  # names the line
    assert dialog.isVisible()
    assert dialog.marks.lines[0].marks == (A,)
    keys.press("1", Key.Key_Return)  # and back
    assert dialog.marks.lines[0].marks == (P,)
    keys.press(Key.Key_Return)
    assert noted(dozen) == expected()


def test_digits_of_a_french_keyboard_without_shift(
    qtbot: QtBot, dozen: Project, room: Room
) -> None:
    opened(qtbot, dozen, room)
    table = QApplication.focusWidget()
    assert isinstance(table, SheetTable)
    for text in ("é", "(", "à"):  # 2, 5, and 0, which names nobody
        kind = QKeyEvent.Type.KeyPress
        table.keyPressEvent(QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text))
    absent = [line.number for line in table.marks.lines if line.marks == (A,)]
    assert absent == [2, 5]


def test_half_days_side_by_side_and_all_as_one(qtbot: QtBot, dozen: Project, room: Room) -> None:
    halves = (
        HalfDay(HELD, Half.MORNING, "09:00", 210),
        HalfDay(HELD, Half.AFTERNOON, "13:30", 210),
        HalfDay(dt.date(2026, 12, 1), Half.MORNING, "09:00", 210),
    )
    dozen.execute(SetHalves(1, halves))
    keys = opened(qtbot, dozen, room)
    dialog = front()
    assert isinstance(dialog, SheetDialog)
    keys.press("7")
    assert dialog.marks.lines[6].marks == (A, P, I)  # the last one is still to come
    dialog.same.click()
    assert dialog.marks.lines[6].marks == (A, A, I)
    assert not dialog.same.isEnabled()
    keys.press(Key.Key_Right, "a", Key.Key_Up, "p")  # back to present in the afternoon
    assert dialog.table.half == 1
    assert dialog.marks.lines[6].marks == (A, P, I)
    keys.press(Key.Key_Return)
    assert sheet(dozen.reader, 1).rows[6].presences == (A, P, I)
    assert sheet(dozen.reader, 1).rows[0].presences == (P, P, I)
    dozen.undo()
    assert sheet(dozen.reader, 1).rows[0].presences == (I, I, I)


def test_escape_stores_nothing(qtbot: QtBot, dozen: Project, room: Room) -> None:
    keys = opened(qtbot, dozen, room)
    keys.press("4", Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert noted(dozen) == ["invited"] * 12


def test_marks_assume_presence_only_where_it_is_over() -> None:
    marks = SheetMarks([SheetLine(1, 1, "Adam", "", (I, I)), SheetLine(2, 2, "Blum", "", (E, I))],
                       [True, False])  # fmt: skip
    assert [line.marks for line in marks.lines] == [(P, I), (E, I)]
    marks.turn(1, 0)
    assert marks.lines[1].marks == (P, I)
    marks.toggle(0, 0)
    assert (marks.count(0, A), marks.count(0, P)) == (1, 1)


@pytest.mark.parametrize(
    ("highest", "typed", "taken"),
    [
        (12, "4", [4]),
        (12, "12", [12]),
        (12, "1", []),
        (12, "19", [9]),  # nobody has 19: 9 begins anew
        (12, "0", []),
        (9, "1", [1]),
        (120, "13", [13]),
        (120, "12", []),
        (120, "120", [120]),
        (8, "9", []),
    ],
)
def test_numbers_are_taken_as_soon_as_they_are_whole(
    highest: int, typed: str, taken: list[int]
) -> None:
    digits = Typed(highest)
    found = [number for figure in typed if (number := digits.digit(figure)) is not None]
    assert found == taken
