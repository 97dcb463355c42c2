"""Views and dialogs of the plan: load, announced dates, a line, hours, absences, prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_pilot.planning import history
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from tests.visual.steps import Make, opened, until
from ui.main_window import MainWindow


def room(window: MainWindow) -> Any:
    """The plan, with the Gantt in front."""
    window.show_screen("planning")
    screen: Any = window.current
    screen.show_view("gantt")
    screen.gantt.set_options(screen.options.seen.gantt())
    screen.gantt.set_zoom("week")
    return screen


def begun(window: MainWindow) -> TaskRow:
    """A task that is under way and waits for another."""
    screen = room(window)
    facts = screen.model.facts
    return next(
        row
        for row in screen._rows
        if row.kind is TaskKind.TASK and 0 < row.percent < 100 and facts.waits_for(row.id)
    )


def gantt(zoom: str, **seen: object) -> Make:
    """The Gantt in another scale, with other choices than those that are kept."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        screen.gantt.set_options(replace(screen.options.seen.gantt(), **seen))
        screen.gantt.set_zoom(zoom)
        screen.gantt.show_day(window.bridge.today)
        return screen.pane

    return make


def load(page: str) -> Make:
    """The load of people: by week, of a person, or what can still slip."""

    def make(window: MainWindow) -> QWidget:
        screen = room(window)
        screen.show_view("load")
        view = screen.others.made["load"]
        view.pages.set_value(page)
        view._show()
        return view

    return make


def announced(window: MainWindow) -> QWidget:
    """The dates-dates diagram and the causes of slips."""
    screen = room(window)
    screen.show_view("announced")
    return screen.others.made["announced"]


def task(page: str) -> Make:
    """One line of the plan."""

    def make(window: MainWindow) -> QWidget:
        from ui.screens.planning.task_dialog import TaskDialog

        dialog = TaskDialog(window, window.bridge, begun(window), page)
        dialog.turn(page)
        return opened(dialog)

    return make


def hours(window: MainWindow) -> QWidget:
    """Calendars of the project."""
    from ui.dialogs.calendars import CalendarsDialog

    return CalendarsDialog(window, window.bridge)


def absences(page: str) -> Make:
    """Who is away, and how much of their time people have."""

    def make(window: MainWindow) -> QWidget:
        from ui.dialogs.absences import AbsencesDialog

        dialog = AbsencesDialog(window, window.bridge)
        dialog.pages._buttons[page].click()
        return opened(dialog)

    return make


def plans(window: MainWindow) -> QWidget:
    """Reference plans."""
    from ui.screens.planning.baselines import BaselinesDialog

    return BaselinesDialog(window.bridge, room(window))


def compared(window: MainWindow) -> QWidget:
    """A reference plan beside the plan of today."""
    from ui.screens.planning.baselines import CompareDialog

    plan = history.baselines(window.bridge.reader)[0]
    return CompareDialog(window.bridge, room(window), plan.id)


def dates(window: MainWindow) -> QWidget:
    """Every date announced for a milestone."""
    from ui.screens.planning.trend_dialogs import HistoryDialog

    key = window.bridge.reader.value("SELECT max(milestone_id) FROM wave")
    return HistoryDialog(window.bridge, room(window), key)


def printing(window: MainWindow) -> QWidget:
    """The Gantt on paper, as it will be."""
    from ui.dialogs.print_gantt import PrintGantt

    dialog = PrintGantt(room(window), window.bridge, window.jobs)
    dialog.show()
    until(lambda: dialog.drawing is not None and dialog.settled)
    return dialog


def more(window: MainWindow) -> QWidget:
    """The menu of the room."""
    return opened(room(window).more.menu())


def line_menu(window: MainWindow) -> QWidget:
    """The menu of a line."""
    screen = room(window)
    screen.view.select(begun(window).id)
    return opened(screen.edits.menu(screen.view))
