"""The row of chips above the plan: filters, search, today, zoom, add, and a menu for the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.screens.planning.lines import Counts
from ui.widgets.buttons import chip, primary_button, quiet_button, segmented
from ui.widgets.fields import SearchField
from ui.widgets.view_button import ViewButton

ZOOMS = ("day", "week", "month")
NEAREST = {"hour": "day", "year": "month"}  # zooms beyond those that have a button
TODAY = 34  # pixels of a button that has an icon alone
NARROW = 116  # pixels of a search that gave way


class PlanToolbar(QWidget):
    """Only widgets; the screen connects them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self.hide_done, self.this_week, self.late = chip(), chip(), chip()
        self.critical, self.filter = chip(), chip()
        self.search = SearchField(176)
        self.search.setMinimumWidth(NARROW)
        self.filtered = ViewButton(chip_only=True)
        self.today: QPushButton = quiet_button()
        theme.set_icon(self.today, "calendar", "text", 16)
        self.today.setFixedWidth(TODAY)
        self.zoom = segmented(ZOOMS)
        self.zoom.set_value("week")
        self.more: QPushButton = quiet_button()
        self.add: QPushButton = primary_button()
        left: tuple[QWidget, ...] = (
            *(self.hide_done, self.this_week, self.late, self.critical, self.filter),
            *(self.search, self.filtered),
        )
        right: tuple[QWidget, ...] = (self.today, self.zoom, self.more, self.add)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)

    def retranslate(self, counts: Counts, criticals: int) -> None:
        """Texts in the language of the window, with the counts in the chips."""
        self.hide_done.setText(tr("Hide done"))
        self.search.retranslate(tr("Task or name"))
        self.today.setAccessibleName(tr("Today"))
        self.today.setToolTip(tr("Scroll the Gantt to today"))
        self.zoom.set_texts([tr("Day"), tr("Week"), tr("Month")])
        self.zoom.setAccessibleName(tr("Zoom"))
        self.more.setText(tr("More"))
        self.more.setAccessibleName(tr("More actions on the plan"))
        self.add.setText(tr("Add a task"))
        self.critical.setToolTip(
            tr("Outline the lines on which a day lost is a day lost at the end of the plan")
        )
        self.show_counts(counts)
        self.show_criticals(criticals)

    def show_counts(self, counts: Counts) -> None:
        """Counts in the chips."""
        self.this_week.setText(_counted(tr("This week"), counts.this_week))
        self.late.setText(_counted(tr("Late"), counts.late))

    def show_criticals(self, count: int) -> None:
        """How many open lines are critical."""
        self.critical.setText(_counted(tr("Critical"), count))

    def show_zoom(self, zoom: str) -> None:
        """The button of a zoom, or the nearest one."""
        self.zoom.set_value(NEAREST.get(zoom, zoom))

    def narrow(self, *, on: bool) -> None:
        """Show what belongs to the Gantt, or hide it."""
        for widget in (self.today, self.zoom):
            widget.setVisible(on)


def _counted(text: str, count: int) -> str:
    return f"{text}  {count}"
