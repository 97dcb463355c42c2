"""States of the adoption room: a department alone, a past month, while much is read."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from tests.visual.steps import Make
from ui.main_window import MainWindow
from ui.screens.adoption.filters import UseFilter


def room(window: MainWindow) -> Any:
    """The overview of everybody in the last month."""
    window.show_screen("adoption")
    screen: Any = window.current
    screen.show_filter(UseFilter())
    screen.show_view("overview")
    screen.views.currentWidget()._stack.setCurrentIndex(0)
    return screen


def alone(window: MainWindow) -> QWidget:
    """One department, those who were trained."""
    screen = room(window)
    key = screen.bridge.reader.value("SELECT min(id) FROM department")
    screen.show_filter(UseFilter(departments=frozenset({int(key)}), trained=True))
    return window


def past(window: MainWindow) -> QWidget:
    """The first month there is."""
    screen = room(window)
    screen.filters.step(-12)
    return window


def loading(window: MainWindow) -> QWidget:
    """What stands there while figures are read."""
    screen = room(window)
    view = screen.views.currentWidget()
    view._stack.setCurrentWidget(view.loading)
    return window


ADOPTION_STATES: dict[str, Make] = {
    "adoption-alone": alone,
    "adoption-past": past,
    "adoption-loading": loading,
}
