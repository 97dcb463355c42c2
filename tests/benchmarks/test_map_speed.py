"""The stakeholder map with 500 units and 20 ratings of each, on software rendering.

Issue 5: the map opens within 150 ms of the click, a drag keeps 60 frames a second at the median
(16.7 ms), the slider draws again within 50 ms. On the reference machine; see
`floor.py`. Times of the processor where what else runs on the machine must not count.
"""

from __future__ import annotations

import datetime as dt
import gc
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
from crm_pilot.stakeholders.commands import Rate
from tests.benchmarks import big
from tests.benchmarks.floor import limit, one_unit
from ui import preload, theme
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.stakeholders.plane import PlaneView
from ui.screens.stakeholders.screen import StakeholdersScreen

TODAY = big.START + dt.timedelta(days=big.RATED * 14)
OPENS_MS, FRAME_MS, SLIDER_MS = 150, 16.7, 50
RATED_MS = 70  # it took 45 to 55: all ratings are read again
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


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[MainWindow]:
    """The window with the project open at the cockpit, as it is a moment after the start."""
    theme.start("light")
    made = MainWindow(Bridge())
    made.complete()
    made.resize(1366, 768)
    made.show()
    QApplication.processEvents()
    with Project.open(path) as opened:
        opened.execute(SetField("project", 1, "status_date", TODAY))
        made.bridge.attach(opened)
        QApplication.processEvents()
        preload.load_now()  # what the start does meanwhile
        QTest.qWait(200)  # the cockpit is complete
        yield made
        made.hide()
        made.bridge.detach()
    made.deleteLater()
    gc.unfreeze()


def opening(window: MainWindow) -> StakeholdersScreen:
    """From the click in the sidebar to the painted map."""
    QTest.mouseClick(window.sidebar._rooms["stakeholders"], Left)
    QApplication.processEvents()
    screen = window.current
    assert isinstance(screen, StakeholdersScreen)
    return screen


def test_the_map_opens_upon_a_click(window: MainWindow) -> None:
    taken = spent(lambda: opening(window))
    screen = window.current
    assert isinstance(screen, StakeholdersScreen)
    assert len(screen.plane.scene.marks) == big.UNITS
    print(f"opened in {taken:.1f} ms, limit {limit(OPENS_MS):.1f}")
    assert taken <= limit(OPENS_MS)


@pytest.mark.parametrize("key", [None, 3])
def test_the_slider_of_the_room_draws_another_day(window: MainWindow, key: int | None) -> None:
    """With queries, panel and list, and with the route of a selected unit."""
    screen = opening(window)
    screen.select(key)
    QTest.qWait(100)
    times, units = [], []
    for n in range(1, 41):
        units.append(one_unit())  # a machine is not equally quick from one second to the next
        times.append(spent(lambda n=n: slid(screen, TODAY - dt.timedelta(days=n * 6))))  # type: ignore[misc]
    slow = statistics.quantiles(times, n=20)[-1]
    print(f"slider with {key}: median {statistics.median(times):.1f} ms, 95 %: {slow:.1f} ms")
    assert statistics.median(times) <= limit(SLIDER_MS, units)
    # days on which the fullest cells are laid out anew
    assert slow <= limit(1.5 * SLIDER_MS, units)


def slid(screen: StakeholdersScreen, day: dt.date) -> None:
    screen.timeline.chosen.emit(day)
    QApplication.processEvents()


def test_a_new_rating_is_drawn_at_once(window: MainWindow) -> None:
    screen = opening(window)
    screen.select(5)
    QTest.qWait(100)
    times = [spent(lambda key=key: rated(window, key)) for key in range(5, 20)]  # type: ignore[misc]
    print(f"rated: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    assert statistics.median(times) <= limit(RATED_MS)


def rated(window: MainWindow, key: int) -> None:
    synergy, antagonism = 1 + key % 4, 1 + key // 4 % 4
    window.bridge.execute(Rate(key, TODAY, synergy, antagonism, "Tried a screen", "The lead"))
    QApplication.processEvents()
