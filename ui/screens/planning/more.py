"""The menu “More” of the plan: how it is drawn, hours and absences, reference plans, printing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from crm_pilot.i18n import N_, tr
from ui.screens.planning.gantt_data import ColourBy, Labels

if TYPE_CHECKING:
    from ui.screens.planning.screen import PlanningScreen

COLOURS = {
    ColourBy.PILLAR: N_("Pillar"),
    ColourBy.CRITICAL: N_("Criticality"),
    ColourBy.OWNER: N_("Owner"),
    ColourBy.DEPARTMENT: N_("Department"),
}
LABELS = {
    Labels.SLIP: N_("Slip"),
    Labels.TITLE: N_("Title"),
    Labels.OWNER: N_("Owner"),
}
TOGGLES = (
    ("slack", N_("Slack after the bars")),
    ("progress_line", N_("Progress line")),
    ("baseline", N_("Reference plan under the bars")),
    ("links", N_("Links")),
)
ZOOMS = {
    "hour": N_("Hours"),
    "day": N_("Days"),
    "week": N_("Weeks"),
    "month": N_("Months"),
    "year": N_("Years"),
}


class MoreMenu:
    """Makes the menu anew each time: it shows what is chosen."""

    def __init__(self, screen: PlanningScreen) -> None:
        self._screen = screen

    def open_below(self, button: QWidget) -> None:
        """Open the menu below a button."""
        menu = self.menu()
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The whole menu."""
        screen = self._screen
        screen.guard.refresh()
        made = QMenu(screen)
        made.setToolTipsVisible(True)
        self._fill_display(_sub(made, tr("Show")))
        self._fill_zoom(_sub(made, tr("Zoom")))
        made.addAction(tr("Columns…")).triggered.connect(screen.view.choose_columns)
        opened = made.addAction(tr("Open all phases"))
        opened.triggered.connect(lambda: screen.lines.fold_all(False))
        closed = made.addAction(tr("Close all phases"))
        closed.triggered.connect(lambda: screen.lines.fold_all(True))
        made.addSeparator()
        made.addAction(tr("Working time…")).triggered.connect(self._hours)
        made.addAction(tr("Absences…")).triggered.connect(self._absences)
        made.addSeparator()
        made.addActions((screen.set_baseline, screen.baselines, screen.announce))
        made.addSeparator()
        printed = tr("Print the Gantt…")
        made.addAction(f"{printed}\t{_native('Ctrl+P')}").triggered.connect(self.print_gantt)
        made.addSeparator()
        screen.edits.fill(_sub(made, tr("Selected lines")))
        return made

    def _fill_display(self, menu: QMenu) -> None:
        seen, options = self._screen.options.seen, self._screen.options
        colours = _sub(menu, tr("Colour by"))
        for colour, text in COLOURS.items():
            on = seen.colour_by == colour
            _choice(colours, tr(text), on, partial(options.set, "colour_by", colour.value))
        labels = _sub(menu, tr("Write after the bars"))
        for one, text in LABELS.items():
            on = seen.labels == one
            _choice(labels, tr(text), on, partial(options.set, "labels", one.value))
        menu.addSeparator()
        for name, text in TOGGLES:
            _toggle(menu, tr(text), getattr(seen, name), partial(options.set, name))
        menu.addSeparator()
        _toggle(menu, tr("Load below the plan"), seen.load, partial(options.set, "load"))
        text = tr("Details below the plan")
        shown = self._screen.strip.isVisible()
        _toggle(menu, f"{text}\t{_native('F4')}", shown, partial(options.set, "details"))

    def _fill_zoom(self, menu: QMenu) -> None:
        gantt = self._screen.gantt
        for zoom, text in ZOOMS.items():
            _choice(menu, tr(text), gantt.scale.zoom == zoom, partial(gantt.set_zoom, zoom))
        menu.addSeparator()
        for text, key, act in (
            (tr("Zoom in"), "Ctrl++", gantt.zoom_in),
            (tr("Zoom out"), "Ctrl+-", gantt.zoom_out),
            (tr("Whole plan"), "Ctrl+0", gantt.zoom_fit),
        ):
            menu.addAction(f"{text}\t{_native(key)}").triggered.connect(lambda _=False, a=act: a())

    def print_gantt(self) -> None:
        """Offer to print what the Gantt shows."""
        from ui.dialogs.print_gantt import ask_print

        ask_print(self._screen, self._screen.bridge, self._screen.lines.choice)

    def _hours(self) -> None:
        from ui.dialogs.calendars import CalendarsDialog

        CalendarsDialog(self._screen.window(), self._screen.bridge).open()

    def _absences(self) -> None:
        from ui.dialogs.absences import AbsencesDialog

        AbsencesDialog(self._screen.window(), self._screen.bridge).open()


def _sub(menu: QMenu, text: str) -> QMenu:
    made = menu.addMenu(text)
    made.setToolTipsVisible(True)
    return made


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _toggle(menu: QMenu, text: str, on: bool, act: Callable[[bool], None]) -> QAction:
    made = menu.addAction(text)
    made.setCheckable(True)
    made.setChecked(on)
    made.toggled.connect(act)
    return made


def _choice(menu: QMenu, text: str, on: bool, act: Callable[[], None]) -> QAction:
    """One of several: a group of its menu."""
    group = next(iter(menu.findChildren(QActionGroup)), None) or QActionGroup(menu)
    made = menu.addAction(text)
    made.setCheckable(True)
    group.addAction(made)
    made.setChecked(on)
    made.triggered.connect(lambda _=False: act())
    return made
