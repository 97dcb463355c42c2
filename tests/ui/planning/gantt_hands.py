"""Hands on the Gantt: points of bars, and a mouse that hovers, presses, moves and lets go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.planning.conftest import Stage
from ui.screens.planning.drawing import DOT_OUT, Bar, progress_x
from ui.screens.planning.gantt import GanttView
from ui.screens.planning.gantt_route import BAR, BAR_TOP

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Mod = Qt.KeyboardModifier


def gantt_of(stage: Stage) -> GanttView:
    return stage.screen.gantt


def bar_of(stage: Stage, name: str) -> Bar:
    """The bar of a line as it is drawn now."""
    view = gantt_of(stage)
    found = view.scene.bar(view.scene.rows[stage.keys[name]], view.top_of(0))
    assert found is not None
    return found


def point(stage: Stage, name: str, what: str = "middle") -> QPoint:
    """A point of a bar: middle, start, finish, progress, or a dot that draws links."""
    bar = bar_of(stage, name)
    left, right = bar.extent
    x = {
        "middle": (left + right) / 2,
        "start": left + 1,
        "finish": right - 1,
        "first half": left + 1 if bar.milestone else left + (right - left) / 4,
        "second half": left + 3 * (right - left) / 4,
        "progress": progress_x(bar),
        "start dot": left - DOT_OUT,
        "finish dot": right + DOT_OUT,
    }[what]
    y = bar.y + (BAR_TOP + BAR + 4 if what == "progress" else 14 if bar.milestone else 11)
    return QPoint(round(x), round(y))


def send(view: GanttView, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton) -> None:
    """A mouse event with a button held, which `QTest.mouseMove` does not say."""
    event = QMouseEvent(
        kind, QPointF(at), QPointF(view.mapToGlobal(at)), NONE, held, Mod.NoModifier
    )
    QApplication.sendEvent(view, event)


def hover(view: GanttView, at: QPoint) -> None:
    send(view, QEvent.Type.MouseMove, at, NONE)


def hold(view: GanttView, at: QPoint, to: QPoint) -> None:
    """Hover, press and move, in three steps; the button stays down."""
    hover(view, at)
    QTest.mousePress(view, LEFT, pos=at)
    for share in (0.3, 0.7, 1.0):
        send(view, QEvent.Type.MouseMove, at + (to - at) * share, LEFT)


def drag(view: GanttView, at: QPoint, to: QPoint) -> None:
    """Hover, press, move, let go."""
    hold(view, at, to)
    QTest.mouseRelease(view, LEFT, pos=to)


def turn(view: GanttView, notches: float, at: QPoint, keys: Qt.KeyboardModifier) -> None:
    """Turn the wheel."""
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        NONE,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
