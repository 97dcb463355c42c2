"""The dialogs of a committee: planning the next one, and changing when and where one meets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.governance.meetings import PlanNext, proposed_day, taken_over
from crm_pilot.governance.rows import CommitteeRow, committees
from crm_pilot.governance.terms import COMMITTEE_KINDS, CommitteeKind
from crm_pilot.i18n import N_, msg, ntr, tr
from crm_pilot.project import SetFields
from crm_pilot.typed import parse_day, parse_moment, parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.committee.words import clock, committee_title
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import Guard
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

DAY = "1/1/2000 "  # a time is read as that of a day


def read_clock(text: str) -> int | None:
    """The minute of the day in `10h30`, `10:30`, `2 pm`; None for an empty text. Raises
    `UserError`."""
    if not text.strip():
        return None
    try:
        _, minute = parse_moment(DAY + text.strip(), dt.date(2000, 1, 1))
    except UserError:
        minute = None
    if minute is None or minute >= 24 * 60:
        raise UserError(N_("“{text}” is not a time. Type for example 10:30"), text=text.strip())
    return minute


class PlanDialog(Dialog):
    """Plans the next committee of a kind from its last one; `planned(id)`."""

    planned = Signal(int)

    def __init__(
        self, bridge: Bridge, parent: QWidget | None, like: CommitteeRow | None = None
    ) -> None:
        super().__init__(parent, tr("Plan the next committee"))
        self.bridge = bridge
        kinds = {kind: tr(text) for kind, text in COMMITTEE_KINDS.items()}
        self.kind = Chosen(tr("Committee"), kinds)
        self.kind.put(like.kind if like is not None else CommitteeKind.STEERING)
        self.day = Asked(tr("Date"), lambda text: parse_day(text, bridge.today))
        self.told = label(ink="muted", wrap=True)
        for widget in (self.kind, self.day, self.told):
            self.body.addWidget(widget)
        self.add_button("cancel", tr("Cancel"))
        self.plan = self.add_button("ok", tr("Plan the committee"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.plan, why=self._missing)
        self.kind.edited.connect(self._propose)
        self.day.edited.connect(self.guard.refresh)
        self.accepted.connect(self._plan)
        self._propose()
        self.day.field.setFocus()
        self.day.field.selectAll()

    @property
    def _known(self) -> list[CommitteeRow]:
        """The committees of the chosen kind, by date."""
        return [row for row in committees(self.bridge.reader) if row.kind == self.chosen_kind]

    @property
    def chosen_kind(self) -> CommitteeKind:
        """The kind to plan; Qt keeps it as a plain text."""
        return CommitteeKind(self.kind.value)

    def _propose(self) -> None:
        known, today = self._known, self.bridge.today
        day = proposed_day(self.bridge.reader, self.chosen_kind, today) or today
        self.day.put(day, formats.day(day, lang(), year=True))
        self.told.setText(self._taken_over(known))
        self.guard.refresh()

    def _taken_over(self, known: list[CommitteeRow]) -> str:
        if not known:
            return tr("The first of its kind: its agenda and participants are typed after.")
        last = known[-1]
        people, points = taken_over(self.bridge.reader, self.chosen_kind)
        parts = [
            ntr("{n} participant invited", "{n} participants invited", len(people)),
            ntr("{n} point of the agenda", "{n} points of the agenda", len(points)),
            tr("hour and place"),
        ]
        return tr(
            "Taken over from {committee}: {what}.",
            committee=committee_title(last),
            what=", ".join(parts),
        )

    def _missing(self) -> str:
        if self.day.wrong:
            return self.day.wrong
        return "" if self.day.value else tr("Missing: {what}", what=tr("the date"))

    def _plan(self) -> None:
        key = self.bridge.execute(PlanNext(self.chosen_kind, self.day.value))
        if key is not None:
            self.planned.emit(key)


class CommitteeDialog(Dialog):
    """Changes number, day, hour, length, place and note of a committee."""

    def __init__(self, bridge: Bridge, parent: QWidget | None, row: CommitteeRow) -> None:
        super().__init__(parent, committee_title(row))
        self.bridge, self.row = bridge, row
        today = bridge.today
        self.day = Asked(tr("Date"), lambda text: parse_day(text, today))
        self.starts = Asked(tr("Begins at"), read_clock, "10:30")
        self.length = Asked(tr("Minutes"), lambda text: parse_whole(text, 1, 1440), "90")
        self.number = Asked(tr("Number"), lambda text: parse_whole(text, 1, 999))
        self.place = Asked(tr("Place"), str.strip)
        self.note = Asked(tr("Note"), str.strip)
        self.fields = (self.day, self.starts, self.length, self.number, self.place, self.note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, one in enumerate(self.fields[:4]):
            grid.addWidget(one, place // 2, place % 2)
            one.edited.connect(self._check)
        grid.addWidget(self.place, 2, 0, 1, 2)
        grid.addWidget(self.note, 3, 0, 1, 2)
        self.body.addLayout(grid)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self._fill(row)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("ok", tr("Save"), primary=True)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save, why=self._wrong)
        self.accepted.connect(self._save)
        self.day.field.setFocus()

    def _fill(self, row: CommitteeRow) -> None:
        starts, minutes = row.starts_minute, row.minutes
        self.day.put(row.held_on, formats.day(row.held_on, lang(), year=True))
        self.starts.put(starts, clock(starts) if starts is not None else "")
        self.length.put(minutes, str(minutes) if minutes is not None else "")
        self.number.put(row.number, str(row.number))
        self.place.put(row.place, row.place)
        self.note.put(row.note, row.note)

    def _wrong(self) -> str:
        for one in self.fields:
            if one.wrong:
                return one.wrong
        if self.day.value is None:
            return tr("Missing: {what}", what=tr("the date"))
        if self.number.value is None:
            return tr("Missing: {what}", what=tr("the number"))
        taken = any(
            other.id != self.row.id
            and (other.kind, other.number) == (self.row.kind, self.number.value)
            for other in committees(self.bridge.reader)
        )
        return tr("This number is that of another committee.") if taken else ""

    def _check(self) -> None:
        self.guard.refresh()
        wrong = "" if any(one.wrong for one in self.fields) else self._wrong()
        self.complaint.setText(wrong)
        self.complaint.setVisible(bool(wrong))

    def _save(self) -> None:
        values = {
            "held_on": self.day.value,
            "starts_minute": self.starts.value,
            "minutes": self.length.value,
            "number": self.number.value,
            "place": self.place.value,
            "note": self.note.value,
        }
        changed = {key: one for key, one in values.items() if one != getattr(self.row, key)}
        if changed:
            name = msg("Change a committee")
            self.bridge.execute(SetFields("committee", self.row.id, changed, name))
