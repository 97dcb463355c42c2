"""The row of chips above the plan: filters, search, today, zoom, add, and a menu for the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.screens.planning.lines import Counts
from ui.widgets.buttons import chip, primary_button, quiet_button, segmented
from ui.widgets.fields import SearchField
from ui.widgets.text import ElidedLabel
from ui.widgets.view_button import ViewButton

ZOOMS = ("day", "week", "month")


class PlanToolbar(QWidget):
    """Only widgets; the screen connects them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.hide_done, self.this_week, self.late = chip(), chip(), chip()
        self.search = SearchField(176)
        self.search.setMinimumWidth(112)  # gives way on a narrow window
        self.filtered = ViewButton(chip_only=True)
        self.count = ElidedLabel(theme.CAPTION, ink="muted")
        self.count.setMinimumWidth(0)
        self.today: QPushButton = quiet_button()
        self.zoom = segmented(ZOOMS)
        self.zoom.set_value("week")
        self.more: QPushButton = quiet_button()
        self.add: QPushButton = primary_button()
        left: tuple[QWidget, ...] = (self.hide_done, self.this_week, self.late, self.search)
        right: tuple[QWidget, ...] = (self.today, self.zoom, self.more, self.add)
        for widget in left:
            row.addWidget(widget)
        row.addWidget(self.filtered)
        row.addWidget(self.count, 1)
        for widget in right:
            row.addWidget(widget)

    def retranslate(self, counts: Counts) -> None:
        """Texts in the language of the window, with the counts in the chips."""
        self.hide_done.setText(tr("Hide done"))
        self.search.retranslate(tr("Task or name"))
        self.today.setText(tr("Today"))
        self.today.setToolTip(tr("Scroll the Gantt to today"))
        self.zoom.set_texts([tr("Day"), tr("Week"), tr("Month")])
        self.zoom.setAccessibleName(tr("Zoom"))
        self.more.setText(tr("More"))
        self.more.setAccessibleName(tr("More actions on the plan"))
        self.add.setText(tr("Add a task"))
        self.show_counts(counts)

    def show_counts(self, counts: Counts) -> None:
        """Counts in the chips, and how many lines are shown."""
        self.this_week.setText(_counted(tr("This week"), counts.this_week))
        self.late.setText(_counted(tr("Late"), counts.late))
        narrowed = counts.shown < counts.lines
        self.count.set_whole(
            tr("{shown} of {lines} lines", shown=counts.shown, lines=counts.lines)
            if narrowed
            else ""
        )


def _counted(text: str, count: int) -> str:
    return f"{text}  {count}"
