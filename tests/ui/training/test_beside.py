"""Much is read beside the window: a job reads what a view shows, and the view then reads little."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project, SetField
from crm_pilot.training.evaluations import ColdDue
from tests.ui.training.conftest import front
from ui import reading
from ui.main_window import MainWindow
from ui.screens.training import reads
from ui.screens.training.cold_due import MOST, ColdTile
from ui.screens.training.enrol import EnrolDialog
from ui.screens.training.screen import TrainingScreen
from ui.screens.training.wish import Wish

# What a view may read of the row it stands on; everything else is of the whole project
OF_A_ROW = {"trainees", "waiting", "forms", "sheet", "levels", "evaluated", "gain", "after"}


@pytest.fixture
def room(
    company: Project, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> TrainingScreen:
    """The room in a window that reads everything in jobs."""
    monkeypatch.setattr(reading, "FEW", -1)
    window.show_screen("training")
    screen = window.screen_named("training")
    assert isinstance(screen, TrainingScreen)
    assert screen.reading.busy
    rest(qtbot, screen)
    return screen


def rest(qtbot: QtBot, screen: TrainingScreen) -> None:
    """Wait until nothing is read, and what follows an edit a moment later is shown."""
    qtbot.waitUntil(lambda: not screen.reading.busy, timeout=5000)
    qtbot.wait(80)


def known(screen: TrainingScreen) -> set[str]:
    """Names of the queries whose result the window remembers."""
    memory: dict[tuple[object, ...], object] = screen.bridge.reader.memory  # type: ignore[assignment]
    return {getattr(key[0], "__name__", "") for key in memory}


def test_the_room_is_filled_once_it_is_read(room: TrainingScreen) -> None:
    assert room.sessions.model.rowCount() == 2
    assert "of 5 users" in room.header.sentence.text()
    assert room.views.front == "sessions"


@pytest.mark.parametrize("name", list(reads.VIEWS))
def test_a_view_reads_nothing_of_the_whole_project_itself(
    room: TrainingScreen, qtbot: QtBot, name: str
) -> None:
    before: set[str] = set()

    def seen() -> None:
        before.update(known(room))

    room.reading.found.disconnect()
    room.reading.found.connect(lambda _: (seen(), room._show_read()))
    room._turn(name)
    rest(qtbot, room)
    assert room.views.front == name
    assert before
    assert known(room) - before <= OF_A_ROW


def test_an_edit_is_shown_after_it_is_read(room: TrainingScreen, qtbot: QtBot) -> None:
    room.bridge.execute(SetField("training_session", 1, "place", "Nantes"))
    room.bridge.execute(SetField("training_session", 2, "place", "Rennes"))
    rest(qtbot, room)
    assert [row.place for row in room.sessions.model.shown] == ["Nantes", "Rennes"]


def test_the_dialog_opens_once_it_is_read(room: TrainingScreen, qtbot: QtBot) -> None:
    room.sessions.ask_enrol(Wish(session_id=2, persons=(1, 4)))
    qtbot.waitUntil(lambda: not room.sessions.enrolling.busy, timeout=5000)
    dialog = front()
    assert isinstance(dialog, EnrolDialog)
    assert dialog.person_ids == (1, 4)
    dialog.reject()


def test_a_list_of_sessions_to_ask_about_stays_short(
    company: Project, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.date(2026, 8, 1)
    tile = ColdTile(window.bridge)
    tile.show_due([ColdDue(1, "Course", day, day, False, None, None, 3, 0)] * (MOST + 5))
    assert tile._grid.rowCount() == MOST + 1
