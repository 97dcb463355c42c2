"""Draws rooms and dialogs at one scale and prints what is cut: run by `test_scale.py` in a process
of its own, because Qt takes its scale at the start. Arguments: project, width, height, folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from crm_pilot.project import Project
from tests.ui.dialog_stage import Stage, closed, opened
from tests.ui.dialogs import CASES
from tests.ui.seeing import cut, visible
from ui.app import Options
from ui.bridge import Bridge
from ui.pictures import PictureWindow
from ui.start import make_application

ROOMS = (
    *("cockpit", "planning", "stakeholders", "training", "people", "maintenance", "committee"),
    "documents",
)
DIALOGS = (
    "import-plan",
    "new-project-1",
    "new-project-2",
    "new-project-3",
    "rating",
    "export",
    "print-gantt",
    "keys",
)


def main(project_path: Path, width: int, height: int, folder: Path) -> dict[str, object]:
    """Problems by place; `ratio` is pixels per logical pixel."""
    app = make_application(Options(language="fr", theme="light"))
    window = PictureWindow(Bridge())
    window.complete()
    window.resize(width, height)
    window.show()
    found: dict[str, object] = {"ratio": app.devicePixelRatio()}
    with Project.open(project_path, read_only=True) as project:
        project.read_only = False
        window.bridge.attach(project)
        stage = Stage(window, folder)
        if (window.width(), window.height()) != (width, height):
            found["window"] = [f"needs {window.width()} × {window.height()}"]
        for name in ROOMS:
            screen = stage.room(name)
            QTest.qWait(200)
            around = [*cut(window.header), *hidden(window.header), *cut(window.sidebar)]
            found[name] = [*cut(screen), *hidden(screen), *blurred(window), *around]
            window.grab().save(str(folder / f"{name}.png"))
        for case in (case for case in CASES if case.name in DIALOGS):
            dialog = opened(stage, case)
            found[case.name] = [*cut(dialog), *beyond(dialog, width, height)]
            dialog.grab().save(str(folder / f"{case.name}.png"))
            closed(stage)
        window.jobs.wait()
        window.hide()
        window.bridge.detach()
    return found


def beyond(dialog: QWidget, width: int, height: int) -> list[str]:
    """A dialog larger than the screen."""
    if dialog.width() <= width and dialog.height() <= height:
        return []
    return [f"{dialog.width()} × {dialog.height()} is larger than {width} × {height}"]


def hidden(screen: QWidget) -> list[str]:
    """Controls that lie outside the room, where nothing scrolls to them."""
    gone = []
    for one in visible(screen):
        if not one.focusPolicy() or scrolls(one, screen):
            continue
        corner = one.mapTo(screen, one.rect().bottomRight())
        if corner.x() > screen.width() or corner.y() > screen.height():
            gone.append(f"{type(one).__name__} {one.accessibleName()!r} lies outside")
    return gone


def scrolls(one: QWidget, screen: QWidget) -> bool:
    """Whether it stands in something that scrolls."""
    place = one.parentWidget()
    while place is not None and place is not screen:
        if isinstance(place, QScrollArea):
            return True
        place = place.parentWidget()
    return False


def blurred(window: QWidget) -> list[str]:
    """Pictures with fewer pixels than the screen has."""
    drawn: QImage = window.grab().toImage()
    ratio = window.devicePixelRatio()
    return [] if drawn.width() == round(window.width() * ratio) else [f"{drawn.width()} pixels"]


if __name__ == "__main__":
    path, wide, high, place = sys.argv[1:]
    print(json.dumps(main(Path(path), int(wide), int(high), Path(place))))
    QApplication.processEvents()
