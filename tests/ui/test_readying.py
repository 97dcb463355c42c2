"""A project is made ready for its first edit while nobody waits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.errors import StorageError
from crm_pilot.project import Project, SetField
from crm_pilot.store import journal
from ui.main_window import MainWindow
from ui.preload import Preload
from ui.readying import Readying


@pytest.fixture
def readying(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Readying:
    monkeypatch.setattr("ui.readying.AFTER_MS", 0)
    monkeypatch.setattr("ui.readying.PAUSE_MS", 0)
    preload = Preload(window)
    preload.done = True
    return Readying(preload, window.bridge)


def test_the_parts_of_the_first_edit_are_done_ahead(
    qtbot: QtBot, window: MainWindow, readying: Readying, demo: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "demo.crmp"
    shutil.copy(demo, copy)
    assert not readying.done
    with Project.open(copy) as project:
        window.bridge.attach(project)
        qtbot.waitUntil(lambda: readying.done)
        assert project._recording and project._engine is not None
        assert project._keeper is not None and project._keeper._live is not None
        assert not project.unsaved and project.undo_labels == []
        project.execute(SetField("project", 1, "name", "Other"))
        project.undo()
        assert project.name != "Other"
        window.bridge.detach()
    assert not readying.done


def test_a_project_that_is_only_read_is_left_alone(
    qtbot: QtBot, window: MainWindow, readying: Readying, demo: Path
) -> None:
    with Project.open(demo, read_only=True) as project:
        window.bridge.attach(project)
        qtbot.waitUntil(lambda: readying.done)
        assert not project._recording
        window.bridge.detach()


def test_a_journal_that_fails_halfway_is_begun_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project._recording = False
    for (name,) in project._connection.execute(
        "SELECT name FROM sqlite_temp_schema WHERE type = 'trigger'"
    ).fetchall():
        project._connection.execute(f'DROP TRIGGER temp."{name}"')
    project._connection.execute("DROP TABLE temp.undo_journal")
    whole = journal._triggers

    def broken(table: str, columns: list[str]) -> list[str]:
        return whole(table, columns) if table != "person" else ["CREATE TEMP TRIGGER nonsense"]

    monkeypatch.setattr(journal, "_triggers", broken)
    with pytest.raises(StorageError):
        project.execute(SetField("project", 1, "name", "Other"))
    monkeypatch.setattr(journal, "_triggers", whole)
    project.execute(SetField("project", 1, "name", "Other"))
    project.undo()
    assert project.name == "Trial"
