"""The sign-in sheet typed back from paper: everyone came but those who are noted, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_pilot.i18n import msg, ntr, tr
from crm_pilot.project import Several
from crm_pilot.training.presence import Sheet, SheetRow, TypeSheet
from crm_pilot.training.terms import Presence
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.training.sheet_marks import SheetLine, SheetMarks
from ui.screens.training.sheet_table import SheetTable, half_title
from ui.widgets.buttons import Guard, link_button, set_reason
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from crm_pilot.training.halves import HalfDay
    from crm_pilot.training.queries import SessionRow
    from ui.bridge import Bridge

ROOM = 132  # pixels a half-day takes
ROWS_SEEN = 14


def line_of(number: int, row: SheetRow) -> SheetLine:
    """A trainee as a line of the sheet."""
    return SheetLine(row.id, number, row.name, row.department or "", row.presences)


class SheetDialog(Dialog):
    """All half-days of a session side by side; `saved` after they were stored as one step."""

    saved = Signal()

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, session: SessionRow, sheet: Sheet
    ) -> None:
        super().__init__(parent, tr("Type the attendance sheet"), _about(session))
        self.bridge, self.session, self.sheet = bridge, session, sheet
        today = bridge.today
        over = [half.day <= today for half in sheet.halves]
        lines = [line_of(at + 1, row) for at, row in enumerate(sheet.rows)]
        self.marks = SheetMarks(lines, over)
        self.table = SheetTable(bridge, self.marks, sheet.halves, _first(sheet, over))
        self.table.retranslate(tr("Attendance sheet"))
        self.state = label(bold=True)
        self.number = label(theme.CAPTION, ink="accent")
        self.same = link_button()
        self.hint = label(theme.CAPTION, ink="muted", wrap=True)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save the sheet"), primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save, why=self._why_not)
        self._lay()
        self._connect()
        self._say()
        self.table.setFocus()

    def _lay(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.state)
        top.addWidget(self.number)
        top.addStretch(1)
        top.addWidget(self.same)
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.hint)
        self.same.setText(tr("All half-days as this one"))
        self.same.setToolTip(tr("Notes the half-days that are over as the one of the cursor"))
        self.same.setVisible(sum(self.marks.over) > 1)
        self.hint.setText(
            tr(
                "A absent, E excused, P present, Space the next of these; a number of the list"
                " marks that line absent; ← → another half-day; Enter saves."
            )
        )
        rows = max(6, min(len(self.marks.lines), ROWS_SEEN))
        wide = 440 + ROOM * min(4, len(self.sheet.halves))
        self.resize(max(600, wide), 268 + rows * 28)

    def _connect(self) -> None:
        self.table.done.connect(self.save.click)
        self.table.marked.connect(self._say)
        self.table.pending.connect(self._tell_number)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())
        self.same.clicked.connect(self.all_as_this)
        self.chosen.connect(self._chosen)

    # what it says ----------------------------------------------------------------------------

    def _why_not(self) -> str:
        if not any(self.marks.over):
            return tr("This session is still to come")
        return "" if self.marks.lines else tr("Nobody is enrolled yet")

    def _tell_number(self, digits: str) -> None:
        self.number.setText(tr("No. {number} …", number=digits) if digits else "")

    def _say(self) -> None:
        half = self.table.half
        if not self.sheet.halves:
            return
        parts = [
            ntr("{n} present", "{n} present", self.marks.count(half, Presence.PRESENT)),
            ntr("{n} absent", "{n} absent", self.marks.count(half, Presence.ABSENT)),
        ]
        excused = self.marks.count(half, Presence.EXCUSED)
        if excused:
            parts.append(ntr("{n} excused", "{n} excused", excused))
        words = ", ".join(parts)
        if len(self.sheet.halves) > 1:
            words = tr("{half}: {counts}", half=half_title(self.sheet.halves[half]), counts=words)
        if not self.marks.over[half]:
            words = tr("{half}: still to come", half=half_title(self.sheet.halves[half]))
        self.state.setText(words)
        set_reason(self.same, tr("They all say the same already") if self.marks.same else "")

    # edits -----------------------------------------------------------------------------------

    def all_as_this(self) -> None:
        """Note the half-days that are over as the one of the cursor."""
        self.marks.all_as(self.table.half)
        self.table.show_marks()
        self.table.setFocus()

    def _chosen(self, key: str) -> None:
        if key != "save" or not self.marks.lines:
            return
        self.bridge.execute(self.command())
        self.accept()
        self.saved.emit()

    def command(self) -> Command:
        """What saving comes to: every half-day that is over, as one step."""
        typed = tuple(
            self._typed(at, half)
            for at, half in enumerate(self.sheet.halves)
            if self.marks.over[at]
        )
        date = self.session.held_on
        return Several(typed, msg("Type the attendance sheet of {date}", date=date))

    def _typed(self, at: int, half: HalfDay) -> TypeSheet:
        def noted(presence: Presence) -> tuple[int, ...]:
            return tuple(line.id for line in self.marks.lines if line.marks[at] is presence)

        return TypeSheet(
            self.session.id,
            half.day,
            half.part,
            noted(Presence.ABSENT),
            noted(Presence.EXCUSED),
        )


def _about(session: SessionRow) -> str:
    day = formats.day(session.held_on, lang(), year=True)
    return " · ".join(part for part in (session.course, day, session.place) if part)


def _first(sheet: Sheet, over: list[bool]) -> int:
    """The first half-day that is over and not typed yet, else the first."""
    for at, done in enumerate(over):
        if done and any(row.presences[at] is Presence.INVITED for row in sheet.rows):
            return at
    return 0
