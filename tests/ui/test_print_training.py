"""Printing the papers of training from the window: preview, files, calendars, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from crm_pilot.reports.training_pages import Paper
from crm_pilot.training.queries import sessions
from ui.bridge import Bridge
from ui.dialogs import print_training
from ui.dialogs.print_training import TrainingPapers
from ui.tasks import Jobs

PATIENCE = 8000


@pytest.fixture
def bridge(demo: Path) -> Iterator[Bridge]:
    """The demonstration, opened."""
    with Project.open(demo, read_only=True) as project:
        made = Bridge(project)
        yield made
        made.detach()


@pytest.fixture
def opened(qtbot: QtBot, bridge: Bridge) -> Iterator[Callable[..., TrainingPapers]]:
    """The dialog over a session that was held."""
    jobs = Jobs()
    held = next(row.id for row in sessions(bridge.reader) if row.present > 2)

    def make(paper: Paper = Paper.SIGN_IN, keys: tuple[int, ...] = (held,)) -> TrainingPapers:
        made = TrainingPapers(None, bridge, keys, paper, jobs)
        qtbot.addWidget(made)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        made.show()
        settled(qtbot, made)
        return made

    yield make
    jobs.wait()


def settled(qtbot: QtBot, dialog: TrainingPapers) -> None:
    """Wait until the preview shows what is chosen, or says why it cannot."""
    qtbot.waitUntil(lambda: not dialog._soon.isActive() and not dialog._running, timeout=PATIENCE)


def choose(qtbot: QtBot, dialog: TrainingPapers, paper: Paper) -> None:
    dialog.form.paper.setCurrentIndex(dialog.form.paper.findData(paper))
    settled(qtbot, dialog)


def test_every_paper_is_laid_out_and_can_be_printed(
    opened: Callable[..., TrainingPapers], qtbot: QtBot
) -> None:
    dialog = opened()
    for paper in Paper:
        choose(qtbot, dialog, paper)
        assert dialog.settled and dialog.preview.pages >= 1, paper
        assert dialog.pages.paper is paper
        assert all(dialog.buttons[name].isEnabled() for name in dialog.actions_)
    assert not dialog.form.sessions.isEnabled()  # the plan is of every session


def test_all_sessions_instead_of_the_chosen_one(
    opened: Callable[..., TrainingPapers], qtbot: QtBot, bridge: Bridge
) -> None:
    dialog = opened(Paper.EVALUATION)
    assert dialog.preview.pages == 1
    dialog.form.sessions.setCurrentIndex(1)
    settled(qtbot, dialog)
    assert dialog.preview.pages == len(sessions(bridge.reader))


def test_what_cannot_be_printed_says_why(
    opened: Callable[..., TrainingPapers], qtbot: QtBot, bridge: Bridge
) -> None:
    ahead = next(row.id for row in sessions(bridge.reader) if row.held_on > bridge.today)
    dialog = opened(Paper.CERTIFICATE, (ahead,))
    assert not dialog.buttons["print"].isEnabled()
    assert "attendance first" in dialog.buttons["print"].toolTip()
    choose(qtbot, dialog, Paper.SIGN_IN)
    assert dialog.buttons["print"].isEnabled()


def test_files_are_written(
    opened: Callable[..., TrainingPapers],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[list[Path]] = []
    monkeypatch.setattr(print_training, "_offer_papers", lambda window, found: told.append(found))
    monkeypatch.setattr(print_training, "_offer_calendars", lambda w, found: told.append(found))
    dialog = opened()
    monkeypatch.setattr(dialog, "ask_path", lambda *suffixes: tmp_path / "sheet.pdf")
    qtbot.mouseClick(dialog.buttons["pdf"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=PATIENCE)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    dialog = opened()
    monkeypatch.setattr(
        print_training.QFileDialog, "getExistingDirectory", lambda *a: str(tmp_path)
    )
    qtbot.mouseClick(dialog.buttons["calendar"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE)
    (one,) = told[1]
    content = one.read_bytes()
    assert one.suffix == ".ics" and b"BEGIN:VEVENT" in content
    assert b"ATTENDEE" not in content  # names only when asked for
