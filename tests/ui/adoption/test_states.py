"""States of the adoption room: nothing is read twice or told late, many accounts never keep the
window waiting, and what is cut, past or long is said as it is."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from crm_pilot.adoption.checkpoints import Point, WaveCheckpoints
from crm_pilot.adoption.features import Column, FeatureMatrix
from crm_pilot.adoption.needs import Need
from crm_pilot.adoption.terms import NeedReason
from crm_pilot.errors import Cancelled
from crm_pilot.i18n import msg
from crm_pilot.people import users as people_users
from crm_pilot.project import Project, SetField
from tests.adoption.usage import Company, D, Someone, span
from ui import reading
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.adoption import matrix as matrix_of
from ui.screens.adoption.checkpoints import CheckpointsView
from ui.screens.adoption.matrix import MatrixView
from ui.screens.adoption.needs_rows import ON_A_LINE, SHOWN, Names, NeedList
from ui.screens.adoption.screen import AdoptionScreen
from ui.screens.adoption.users_view import UsersView
from ui.screens.adoption.views import VIEWS

TODAY = D(2026, 11, 21)
DAYS = tuple(day for day in span(D(2026, 9, 7), D(2026, 11, 20)) if day.weekday() < 5)
SECONDS = 10_000


@pytest.fixture
def company(project: Project) -> Project:
    project.execute(SetField("project", 1, "status_date", TODAY))
    people = tuple(Someone(1 + n % 2, 1, opened=D(2026, 9, 7), logins=(DAYS,)) for n in range(12))
    project.execute(Company(people))
    return project


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reading takes place in a job."""
    monkeypatch.setattr(reading, "FEW", -1)


def room(qtbot: QtBot, window: MainWindow) -> AdoptionScreen:
    window.show_screen("adoption")
    screen = window.screen_named("adoption")
    assert isinstance(screen, AdoptionScreen)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=SECONDS)
    return screen


# beside the window ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [view.name for view in VIEWS])
def test_no_view_reads_facts_in_the_thread_of_the_window(
    qtbot: QtBot,
    company: Project,
    window: MainWindow,
    jobs: None,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    screen = room(qtbot, window)
    from crm_pilot.store.reader import Reader

    here: list[str] = []
    select, main = Reader.select, threading.get_ident()

    def noted(reader: Reader, sql: str, *params: object) -> list[tuple[object, ...]]:
        if threading.get_ident() == main and "_fact" in sql and "LIMIT 1" not in sql:
            here.append(sql)
        return select(reader, sql, *params)

    monkeypatch.setattr(Reader, "select", noted)
    screen.show_view(name)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=SECONDS)
    assert here == []


def test_questions_of_one_event_are_one_job(
    qtbot: QtBot, company: Project, window: MainWindow, jobs: None
) -> None:
    screen = room(qtbot, window)
    asked: list[str] = []
    told: list[object] = []
    one = reading.Reading(window.bridge, screen)
    one.found.connect(told.append)
    for word in ("first", "second", "last"):
        one.read(lambda _, word=word: asked.append(word) or word)
    assert one.busy
    qtbot.waitUntil(lambda: not one.busy, timeout=SECONDS)
    assert asked == ["last"] and told == ["last"]


def test_a_reading_that_was_overtaken_is_stopped_within_its_query(company: Project) -> None:
    reader = company.job_reader()()
    reader.stop_when(lambda: True)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    for ask in (reader.select, reader.one, reader.value):
        with pytest.raises(Cancelled):
            ask(endless)
    reader.stop_when(lambda: False)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        reader.value("SELECT 1 FROM absent")
    reader.close()


def test_what_a_job_remembered_is_asked_again_for_nothing(
    qtbot: QtBot, company: Project, window: MainWindow, jobs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = room(qtbot, window)
    one = reading.Reading(window.bridge, screen, kept=True)
    with qtbot.waitSignal(one.found, timeout=SECONDS):
        one.read(people_users.doubts)
    monkeypatch.setattr(people_users, "match_all", None)  # would be called
    people_users.doubts(window.bridge.reader)


def test_an_edit_forgets_what_a_job_remembered(
    qtbot: QtBot, company: Project, window: MainWindow, jobs: None
) -> None:
    screen = room(qtbot, window)
    one = reading.Reading(window.bridge, screen, kept=True)
    with qtbot.waitSignal(one.found, timeout=SECONDS):
        one.read(people_users.users)
    window.bridge.execute(SetField("account", 1, "licence", "Other"))
    assert people_users.users(window.bridge.reader)[0].licence == "Other"


def test_the_cockpit_and_the_weather_come_from_a_job(
    qtbot: QtBot, company: Project, window: MainWindow, jobs: None
) -> None:
    window.show_screen("cockpit")
    screen = window.screen_named("cockpit")
    window.bridge.execute(SetField("account", 1, "licence", "Other"))
    assert screen.reading.busy  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=SECONDS)
    assert screen.complete  # type: ignore[attr-defined]
    assert screen.tiles[4].key.isVisible()  # type: ignore[attr-defined]


def test_an_account_asked_for_while_accounts_are_read_is_shown_then(
    qtbot: QtBot, company: Project, window: MainWindow, jobs: None
) -> None:
    screen = room(qtbot, window)
    screen.open_item("account", 7)
    view = screen.views.view("users")
    assert isinstance(view, UsersView) and view.reading.busy
    qtbot.waitUntil(lambda: not view.reading.busy, timeout=SECONDS)
    assert view.accounts.current_id == 7


# many, long, and past -----------------------------------------------------------------------------


def need(number: int, reason: NeedReason = NeedReason.NEVER) -> Need:
    return Need(number, f"Department {number}", reason, 2, 10, msg("Fill"))


def test_many_departments_of_a_reason_are_unfolded_by_a_link(
    qtbot: QtBot, project: Project
) -> None:
    bridge = Bridge(project)
    made = NeedList(bridge)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.show_needs([need(number) for number in range(60)])
    assert len(made.rows) == SHOWN
    (fold,) = made.folds.values()
    assert fold.text() == "54 more departments"
    fold.click()
    assert len(made.rows) == 60
    (fold,) = made.folds.values()
    assert fold.text() == "Fewer departments"
    qtbot.waitUntil(fold.hasFocus)
    bridge.detach()


def test_a_few_more_departments_are_not_folded(qtbot: QtBot, project: Project) -> None:
    bridge = Bridge(project)
    made = NeedList(bridge)
    qtbot.addWidget(made)
    made.show_needs([need(number) for number in range(2 * SHOWN)])
    assert len(made.rows) == 2 * SHOWN and not made.folds
    bridge.detach()


def test_thousands_of_names_stand_on_lines_of_their_initials(qtbot: QtBot) -> None:
    made = Names()
    qtbot.addWidget(made)
    names = [f"{letter}{n}" for letter in "ABC" for n in range(ON_A_LINE)]
    made.show_names({NeedReason.NEVER: names})
    assert made.document().blockCount() == 4 and not isinstance(made, QTextEdit)
    assert made.isReadOnly() and made.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert all(name in made.text() for name in names)


def test_a_checkpoint_past_without_a_figure_shows_no_date(qtbot: QtBot) -> None:
    points = tuple(Point(days, D(2025, days // 30, 1), None, 0.7, None) for days in (30, 60))
    wave = WaveCheckpoints(1, "Wave 1", False, D(2024, 12, 2), 9, points, (), 0.67, 718)
    view = CheckpointsView()
    qtbot.addWidget(view)
    view.show_waves((wave,), TODAY)
    assert [line.name for line in view.lines] == ["Wave 1"]  # no share of the 718th day
    assert view.spoken((0, 0)) == "Wave 1, D+30: no figure, D+60: no figure"
    view.show_waves((wave,), D(2025, 1, 15))
    assert "D+60: 1 Feb" in view.spoken((0, 0)).replace("\u00a0", " ")


def test_names_of_the_matrix_are_measured_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_pilot.adoption.features import FeatureCell, FeatureUse

    day = dt.date(2026, 1, 1)
    where = tuple(Column(n, f"Department {n}", f"D{n}", 2) for n in range(60))
    cells = tuple(FeatureCell(n, 2, 1, 0.5) for n in range(60))
    rows = tuple(
        FeatureUse(n, f"Function {n}", True, day, None, True, True, 1, 2, 0.5, cells)
        for n in range(8)
    )
    view = MatrixView()
    qtbot.addWidget(view)
    view.resize(400, 250)
    view.show_matrix(FeatureMatrix(day, TODAY, where, rows), 0.15)
    measured: list[str] = []
    width = matrix_of.text_width
    monkeypatch.setattr(
        matrix_of, "text_width", lambda text, *a, **k: measured.append(text) or width(text, *a, **k)
    )
    view.grab()
    assert not [text for text in measured if text.startswith("Function")]
