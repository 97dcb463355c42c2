"""What the plan asks for and cannot keep: a quiet link in the header, and the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from crm_pilot.i18n import ntr, show, tr
from crm_pilot.planning.conflicts import Conflict, conflicts
from ui.dialogs.base import Dialog
from ui.screens.planning.gantt import GanttView
from ui.widgets.page import PageHeader
from ui.widgets.text_table import TextTable

if TYPE_CHECKING:
    from ui.bridge import Bridge

SIZE = (820, 360)
WIDTHS = (250, 330, 160)


def counted(found: Sequence[Conflict]) -> str:
    """`2 demands cannot be kept`; empty without any."""
    if not found:
        return ""
    return ntr("{n} demand cannot be kept", "{n} demands cannot be kept", len(found))


def by_line(found: Sequence[Conflict]) -> dict[int, str]:
    """What cannot be kept of each line that has such a demand, in words."""
    made: dict[int, str] = {}
    for one in found:
        words = show(one.words)
        made[one.key] = f"{made[one.key]}; {words}" if one.key in made else words
    return made


class ConflictsLink:
    """Keeps the link of the header, and what the notes of bars say; `go` shows a line."""

    def __init__(
        self, bridge: Bridge, header: PageHeader, gantt: GanttView, go: Callable[[int], None]
    ) -> None:
        self._bridge, self._header, self._gantt, self._go = bridge, header, gantt, go
        header.link.connect(self.open)

    def refresh(self) -> None:
        """Say how many there are now."""
        found = conflicts(self._bridge.reader)
        self._header.set_link(counted(found))
        self._gantt.unkept = by_line(found)

    def open(self) -> ConflictsDialog:
        """List them."""
        asked = ConflictsDialog(self._header, conflicts(self._bridge.reader))
        asked.line_asked.connect(self._go)
        asked.open()
        return asked


class ConflictsTable(TextTable):
    """One row a demand; Enter and double click go to its line."""

    asked = Signal(int)  # a row

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Demands that cannot be kept"))
        heads = (tr("Line"), tr("What is asked"), tr("What the plan gives"))
        rows = [(one.title, show(one.asked), show(one.given)) for one in found]
        self.texts.show_rows(heads, rows, icons=[("warning", "watch")] * len(rows))
        self.fit(WIDTHS)
        self.selectRow(0)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(self.currentIndex().row())


class ConflictsDialog(Dialog):
    """The list; `line_asked` with the line to go to."""

    line_asked = Signal(int)

    def __init__(self, parent: QWidget | None, found: Sequence[Conflict]) -> None:
        super().__init__(
            parent,
            counted(found),
            tr(
                "Constraints, deadlines and links that the dates do not keep. Change the demand, or"
                " what stands before it."
            ),
        )
        self.found = found
        self.table = ConflictsTable(found)
        self.table.asked.connect(lambda _: self.buttons["go"].click())
        self.body.addWidget(self.table, 1)
        self.add_button("cancel", tr("Close"))
        self.add_button("go", tr("Show the line"), primary=True)
        self.chosen.connect(self._chosen)
        self.table.setFocus()
        self.resize(*SIZE)

    def _chosen(self, key: str) -> None:
        row = self.table.currentIndex().row()
        if key == "go" and 0 <= row < len(self.found):
            self.line_asked.emit(self.found[row].key)
