"""The stakeholder map with 500 units and 20 ratings of each, on software rendering.

Issue 5: the map opens within 150 ms of the click, a drag keeps 60 frames a second at the median
(16.7 ms), the slider draws again within 50 ms. On the reference machine; see `floor.py`. Times of
the processor where what else runs on the machine must not count.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_pilot.project import Project, SetField
from crm_pilot.stakeholders import queries
from tests.benchmarks import big
from tests.benchmarks.floor import limit
from ui import theme
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.stakeholders.plane import PlaneView
from ui.screens.stakeholders.screen import StakeholdersScreen

TODAY = big.START + dt.timedelta(days=big.RATED * 14)
OPENS_MS, FRAME_MS, SLIDER_MS = 150, 16.7, 50
SIZES = ((742, 520), (1300, 830))  # of the plane, in a window of 1366 x 768 and of 1920 x 1080
FRAMES = 60
Left = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a large map."""
    return big.build_map(tmp_path_factory.mktemp("map") / "large.crmp")


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """The large map on the day after its last rating."""
    with Project.open(path) as opened:
        opened.execute(SetField("project", 1, "status_date", TODAY))
        yield opened


@pytest.fixture
def plane(qapp: QApplication, project: Project) -> Iterator[PlaneView]:
    """The map alone, shown."""
    theme.start("light")
    made = PlaneView()
    made.selected.connect(made.select)
    made.show()
    show(made, project, TODAY)
    yield made
    made.hide()
    made.deleteLater()


def show(plane: PlaneView, project: Project, day: dt.date) -> None:
    """What the screen does when the slider moves."""
    reader = project.reader
    plane.show_units(
        queries.units(reader, day), queries.zone_grid(reader), day, names=False, tinted=True
    )


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def painted(plane: PlaneView) -> None:
    """Every update that was asked for."""
    plane.update()
    QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
def test_a_drag_keeps_sixty_frames_a_second(plane: PlaneView, size: tuple[int, int]) -> None:
    plane.resize(*size)
    painted(plane)
    mark = max(plane.scene.marks, key=lambda mark: mark.radius)
    QTest.mousePress(plane, Left, Qt.KeyboardModifier.NoModifier, mark.centre.toPoint())
    frames = []
    for step in range(FRAMES):
        point = mark.centre + QPointF(8 + step * 4, step * 3 - 60)
        frames.append(spent(lambda point=point: drag(plane, point)))  # type: ignore[misc]
    assert plane.gesture is not None
    assert plane.gesture.active
    plane.settle()
    median = statistics.median(frames)
    print(f"{size}: median {median:.1f} ms, slowest {max(frames):.1f} ms")
    assert median <= limit(FRAME_MS)
    assert statistics.quantiles(frames, n=20)[-1] <= limit(2 * FRAME_MS)


def drag(plane: PlaneView, point: QPointF) -> None:
    """One frame: the mouse moves with the button held, and what changed is painted."""
    kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    there = plane.mapToGlobal(point)
    QApplication.sendEvent(
        plane, QMouseEvent(kind, point, there, Qt.MouseButton.NoButton, Left, none)
    )
    QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
def test_the_slider_draws_the_map_of_another_day(
    plane: PlaneView, project: Project, size: tuple[int, int]
) -> None:
    plane.resize(*size)
    painted(plane)
    days = [TODAY - dt.timedelta(days=n * 6) for n in range(1, 31)]
    times = [spent(lambda day=day: replay(plane, project, day)) for day in days]  # type: ignore[misc]
    print(f"{size}: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    assert statistics.median(times) <= limit(SLIDER_MS)


def replay(plane: PlaneView, project: Project, day: dt.date) -> None:
    show(plane, project, day)
    QApplication.processEvents()


def test_the_map_opens(qapp: QApplication, path: Path) -> None:
    theme.start("light")
    window = MainWindow(Bridge())
    window.complete()
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    with Project.open(path) as opened:
        opened.execute(SetField("project", 1, "status_date", TODAY))
        window.bridge.attach(opened)
        QApplication.processEvents()
        taken = spent(lambda: opening(window))
        print(f"opened in {taken:.1f} ms")
        window.hide()
        window.bridge.detach()
    window.deleteLater()
    assert taken <= limit(OPENS_MS)


def opening(window: MainWindow) -> None:
    """From the click in the sidebar to the painted map."""
    window.show_screen("stakeholders")
    QApplication.processEvents()
    screen = window.findChild(StakeholdersScreen)
    assert screen is not None
    assert len(screen.plane.scene.marks) == big.UNITS
