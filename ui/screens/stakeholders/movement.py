"""From zone to zone between two days, as rows of people; and the day compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.datatable import DataTable, Heading
from crm_pilot.i18n import Message, msg, ntr, tr
from crm_pilot.stakeholders.movements import MoveCell, Movements
from crm_pilot.stakeholders.terms import ZONES, Zone
from crm_pilot.stakeholders.zones import trio
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.scene import day_text
from ui.widgets.day_picker import DayPicker
from ui.widgets.marks import MarkIcon
from ui.widgets.section import ElidedLink, Section, cleared
from ui.widgets.text import ElidedLabel, label

MOST = 6  # rows; the rest is counted


class MovementTable(QWidget):
    """`compared(day)` when another day is chosen; `several(keys)` when a row is clicked."""

    compared = Signal(object)
    several = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.since = DayPicker()
        self.since.picked.connect(self.compared)
        self.section = Section(right=self.since)
        column.addWidget(self.section)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(6)
        self._rows.setVerticalSpacing(3)
        self._rows.setColumnStretch(1, 1)
        self._rows.setColumnStretch(3, 1)
        self._none = label(ink="muted", wrap=True)
        self._rest = label(theme.CAPTION, ink="muted", wrap=True)
        self.section.body.addLayout(self._rows)
        self.section.body.addWidget(self._none)
        self.section.body.addWidget(self._rest)
        self._shown: Movements | None = None

    def show_days(
        self, days: Iterable[tuple[dt.date, str]], since: dt.date | None, today: dt.date
    ) -> None:
        """Days that can be compared with, and the one that is."""
        self.section.say(tr("Moved since"))
        self.since.setAccessibleName(tr("Compare with the day"))
        self.since.show_days(days, since, today)

    def show_movements(self, moves: Movements | None) -> None:
        """Largest groups of people first; those who stayed are counted below."""
        self._shown = moves
        cleared(self._rows)
        cells = [] if moves is None else sorted(moves.cells, key=lambda cell: -cell.headcount)
        moved = [cell for cell in cells if cell.moved]
        stayed = sum(cell.headcount for cell in cells if not cell.moved)
        if moves is not None and moved:
            self._head(moves)
        for at, cell in enumerate(moved[:MOST], start=1):
            self._add(at, cell)
        self._none.setVisible(not moved)
        self._none.setText(
            tr("Choose a day to compare with.")
            if moves is None
            else tr("Nobody changed zones since.")
        )
        words = []
        if len(moved) > MOST:
            rest = sum(cell.headcount for cell in moved[MOST:])
            words.append(ntr("{n} more person moved", "{n} more people moved", rest))
        if stayed:
            words.append(ntr("{n} person stayed", "{n} people stayed", stayed))
        self._rest.setText(" · ".join(words))
        self._rest.setVisible(bool(words))

    def _head(self, moves: Movements) -> None:
        texts = {
            1: tr("on {day}", day=day_text(moves.since)),
            3: tr("on {day}", day=day_text(moves.until)),
            4: tr("people"),
        }
        for place, words in texts.items():
            head = label(theme.CAPTION, ink="muted", right=place == 4)
            head.setText(words)
            self._rows.addWidget(head, 0, place)

    def _add(self, at: int, cell: MoveCell) -> None:
        was, now = zone_name(cell.before), zone_name(cell.after)
        before = ElidedLabel(ink="muted")
        before.set_whole(was)
        after = ElidedLink(now)
        counted = ntr("{n} person", "{n} people", cell.headcount)
        after.setAccessibleName(
            tr("{people} from {before} to {after}", people=counted, before=was, after=now)
        )
        after.setEnabled(bool(cell.units))
        after.clicked.connect(lambda _=False: self.several.emit(frozenset(cell.units)))
        count = label(bold=True, right=True)
        count.setText(formats.number(cell.headcount, lang()))
        for place, zone in ((0, cell.before), (2, cell.after)):
            self._rows.addWidget(_mark(zone), at, place, Qt.AlignmentFlag.AlignVCenter)
        for place, widget in ((1, before), (3, after), (4, count)):
            self._rows.addWidget(widget, at, place)

    def data_table(self) -> DataTable | None:
        """Every pair of zones with its people, also those who stayed."""
        if self._shown is None:
            return None
        headings = (
            Heading(msg("Zone on {day}", day=self._shown.since)),
            Heading(msg("Zone on {day}", day=self._shown.until)),
            Heading(msg("Headcount"), "number"),
        )
        rows = tuple(
            (_message(cell.before), _message(cell.after), cell.headcount)
            for cell in self._shown.cells
        )
        return DataTable(headings, rows, msg("From zone to zone"))


def zone_name(zone: Zone | None) -> str:
    """A zone in words; None stands for those who had no position."""
    return tr("no position") if zone is None else tr(ZONES[zone])


def _message(zone: Zone | None) -> Message:
    return msg("no position") if zone is None else Message(ZONES[zone])


def _mark(zone: Zone | None) -> QWidget:
    return QWidget() if zone is None else MarkIcon(trio(zone).value, 12)


class NamesBelow(QWidget):
    """A title with a count, and links to units below it; the rest of a long list is counted."""

    picked = Signal(int)
    more = Signal(int)  # the first one that is not named

    def __init__(self, most: int = 4) -> None:
        super().__init__()
        self._most = most
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.section = Section()
        column.addWidget(self.section)

    def show_rows(self, title: str, note: str, rows: Sequence[tuple[int, str, str]]) -> None:
        """Rows are (id, name, what is said at the right); hidden without any."""
        cleared(self.section.body)
        self.setVisible(bool(rows))
        self.section.say(title, note)
        for key, name, words in rows[: self._most]:
            self.section.body.addWidget(self._line(key, name, words))
        left = len(rows) - self._most
        if left > 0:
            link = ElidedLink(ntr("and {n} more", "and {n} more", left))
            link.clicked.connect(lambda _=False: self.more.emit(rows[self._most][0]))
            self.section.body.addWidget(link)

    def _line(self, key: int, name: str, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        link = ElidedLink(name)
        link.clicked.connect(lambda _=False: self.picked.emit(key))
        state = label(ink="muted", right=True)
        state.setText(words)
        row.addWidget(link, 1)
        row.addWidget(state)
        return line
