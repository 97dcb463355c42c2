"""Every kept picture looks as it did when somebody last looked at it.

`pytest tests/visual --renew` draws the references anew: look at each of them before committing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from crm_pilot.figures import Level
from crm_pilot.project import Project
from crm_pilot.reports import committee, map_pages
from tests.ui.conftest import let_go
from tests.visual.compare import FOLDER, compare, keep
from tests.visual.shots import PAGES, SHOTS, Page, Shot, draw, draw_page
from tests.visual.stakeholders import fill
from ui import language, theme
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.sidebar import State

SIZE = (1366, 768)
DAY = dt.date(2026, 11, 23)  # of the empty project: a new one is computed for the real day
BY_STAGE = sorted(SHOTS, key=lambda shot: shot.stage)


class Theatre:
    """One window for all pictures of a language, theme and project; the next replaces it."""

    def __init__(self, demo_files: dict[str, Path]) -> None:
        self._demo = demo_files
        self._stage: tuple[str, str, str] | None = None
        self._window: MainWindow | None = None

    def window(self, shot: Shot) -> MainWindow:
        """The window a shot is taken of."""
        if self._window is None or shot.stage != self._stage:
            self.close()
            self._window, self._stage = self._made(shot), shot.stage
        language.apply(shot.lang)
        return self._window

    def _made(self, shot: Shot) -> MainWindow:
        theme.start(shot.theme)
        language.apply(shot.lang)
        window = MainWindow(Bridge())
        window.complete()
        window.resize(*SIZE)
        window.show()
        if shot.project != "demo":
            project = Project.create(name="Projet CRM", language=shot.lang)
            project.today = lambda clock=None: DAY  # type: ignore[method-assign]
            if shot.project == "crowd":
                fill(project)
        else:
            project = Project.open(self._demo[shot.lang], read_only=True)
            project.read_only = False  # nothing is written: it is drawn as one works on it
        window.bridge.attach(project)
        return window

    def close(self) -> None:
        """Let the window go."""
        if self._window is not None:
            project = self._window.bridge.project
            self._window.hide()
            let_go(self._window)
            project.close()
            self._window.deleteLater()
            self._window = None


@pytest.fixture(scope="module")
def theatre(
    qapp: QApplication, demo_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Theatre]:
    """Where pictures are taken, in a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("theatre")))
        made = Theatre(demo_files)
        yield made
        made.close()
        theme.apply("light")


@pytest.mark.parametrize("shot", BY_STAGE, ids=[shot.key for shot in BY_STAGE])
def test_picture(
    theatre: Theatre, shot: Shot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    window = theatre.window(shot)
    drawn = shot.make(window)
    for state in window.sidebar.findChildren(State):
        state.setHidden(drawn is window)  # it tells the time
    try:
        judge(draw(drawn, tmp_path / f"{shot.key}.png"), shot.key, request)
    finally:
        put_away(window, drawn)


def put_away(window: MainWindow, drawn: QWidget) -> None:
    """Leave the window as the next picture wants it."""
    window.files.keeping.bar.clear()
    window.strip.hide()
    if drawn.isWindow() and drawn is not window:
        drawn.hide()
        drawn.deleteLater()


@pytest.fixture(scope="module")
def reports(
    demo_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """Printed documents of the demonstration, by name and language."""
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for document, lang in sorted({(page.document, page.lang) for page in PAGES}):
        out = made[document, lang] = folder / f"{document}-{lang}.pdf"
        with Project.open(demo_files[lang], read_only=True) as project:
            reader, today = project.reader, project.today()
            if document == "report":
                committee.write(reader, today, out, language=lang)
            else:
                level = Level(document.removeprefix("map-"))
                source = map_pages.gather(reader, today, level)
                map_pages.write(source, lang, out)
    return made


@pytest.mark.parametrize("page", PAGES, ids=[page.key for page in PAGES])
def test_page(
    reports: dict[tuple[str, str], Path], page: Page, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    report = reports[page.document, page.lang]
    drawn = draw_page(report, page.number, tmp_path / f"{page.key}.png")
    judge(drawn, page.key, request)


def judge(drawn: Path, key: str, request: pytest.FixtureRequest) -> None:
    """Compare with the reference, or keep as the new one."""
    if request.config.getoption("--renew"):
        keep(drawn, key)
        return
    difference = compare(drawn, key)
    assert not difference.seen, (
        f"{key}: {difference.share:.1%} of the picture changed, first at {difference.first};"
        f" drawn: {drawn}, kept: {FOLDER / key}.png"
    )


def test_no_reference_is_left_over() -> None:
    known = {f"{shot.key}.png" for shot in SHOTS} | {f"{page.key}.png" for page in PAGES}
    assert {path.name for path in FOLDER.glob("*.png")} == known
