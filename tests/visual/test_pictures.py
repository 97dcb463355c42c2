"""Every kept picture looks as it did when somebody last looked at it.

`pytest tests/visual --renew` draws the references anew: look at each of them before committing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.project import Project
from tests.ui.conftest import let_go
from tests.visual.compare import FOLDER, compare, keep
from tests.visual.shots import SHOTS, Shot, draw
from ui import language, theme
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.sidebar import State

SIZE = (1366, 768)


@pytest.fixture
def stage(
    qtbot: QtBot, demo_files: dict[str, Path], request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """The window over the project of a shot, in its language and theme."""
    shot: Shot = request.param
    theme.start(shot.theme)
    language.apply(shot.lang)
    window = MainWindow(Bridge())
    qtbot.addWidget(window, before_close_func=let_go)
    window.complete()
    window.resize(*SIZE)
    window.show()
    if shot.empty:
        project = Project.create(name="Projet CRM", language=shot.lang)
    else:
        project = Project.open(demo_files[shot.lang], read_only=True)
        project.read_only = False  # nothing is written: it is drawn as one works on it
    window.bridge.attach(project)
    yield window
    window.hide()
    let_go(window)
    project.close()
    theme.apply("light")


def quiet(window: MainWindow) -> None:
    """Take away what tells the time."""
    for state in window.sidebar.findChildren(State):
        state.hide()


@pytest.mark.parametrize(
    ("stage", "shot"),
    [(shot, shot) for shot in SHOTS],
    indirect=["stage"],
    ids=[shot.key for shot in SHOTS],
)
def test_picture(
    stage: MainWindow, shot: Shot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    widget = shot.make(stage)
    quiet(stage)
    drawn = draw(widget, tmp_path / f"{shot.key}.png")
    if request.config.getoption("--renew"):
        keep(drawn, shot.key)
        return
    difference = compare(drawn, shot.key)
    assert not difference.seen, (
        f"{shot.key}: {difference.share:.1%} of the picture changed, first at {difference.first};"
        f" drawn: {drawn}, kept: {FOLDER / shot.key}.png"
    )


def test_no_reference_is_left_over() -> None:
    known = {f"{shot.key}.png" for shot in SHOTS}
    assert {path.name for path in FOLDER.glob("*.png")} == known
