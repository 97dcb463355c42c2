"""The half-days of a session as they are typed: a line each, one day or several."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, tr
from crm_pilot.training.halves import AFTERNOON, NOON, HalfDay, clock
from crm_pilot.training.terms import HALVES, Half
from crm_pilot.typed import parse_day
from ui.language import formats, lang
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import link_button, quiet_button, set_reason
from ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

MORNING = 9 * 60
HALF_DAY = 210  # minutes proposed where nothing is known
MOST_MINUTES = 12 * 60


def read_clock(text: str) -> int:
    """Minute of the day as people type it: 9, 9:30, 9h30, 930. Raises `UserError`."""
    plain = text.strip().lower().replace(" ", "").rstrip("h")
    for form in ("H:mm", "H'h'mm", "H", "Hmm", "HHmm"):
        found = QTime.fromString(plain, form)
        if found.isValid():
            return found.hour() * 60 + found.minute()
    raise UserError(N_("“{text}” is no time of day: type for example 9:00 or 13h30."), text=text)


class HalfLine(QWidget):
    """Day, morning or afternoon, from when to when; `edited`, `gone`."""

    edited = Signal()
    gone = Signal()

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.day = Asked(tr("Day"), lambda text: _day(text, today))
        self.part = Chosen(tr("Half-day"), {part: tr(text) for part, text in HALVES.items()})
        self.begins = Asked(tr("From"), read_clock)
        self.ends = Asked(tr("To"), read_clock)
        self.remove: QPushButton = quiet_button(icon="remove")
        self.remove.setAccessibleName(tr("Take this half-day away"))
        self.remove.setToolTip(tr("Take this half-day away"))
        for clock_field in (self.begins, self.ends):
            clock_field.field.setMinimumWidth(72)
            clock_field.setMaximumWidth(96)
        self.part.box.setMinimumContentsLength(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.day, 1)
        row.addWidget(self.part)
        row.addWidget(self.begins)
        row.addWidget(self.ends)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)
        for field in (self.day, self.begins, self.ends):
            field.edited.connect(self.edited)
        self.part.edited.connect(self._other_part)
        self.remove.clicked.connect(self.gone)

    def put(self, half: HalfDay) -> None:
        """Show a half-day."""
        self.day.put(half.day, formats.day(half.day, lang(), year=True))
        self.part.put(half.part)
        self._put_clock(half.starts_at, half.ends_at)

    def _put_clock(self, begins: int, ends: int) -> None:
        self.begins.put(begins, clock(begins))
        self.ends.put(ends, clock(ends))

    def _other_part(self) -> None:
        """The usual hours of the part chosen, where those typed belong to the other."""
        begins, ends = self.begins.value, self.ends.value
        if begins is not None and ends is not None:
            length = max(1, ends - begins)
            if self.part.value is Half.AFTERNOON and begins < NOON:
                self._put_clock(AFTERNOON, AFTERNOON + length)
            elif self.part.value is Half.MORNING and begins >= NOON:
                self._put_clock(MORNING, MORNING + length)
        self.edited.emit()

    @property
    def wrong(self) -> str:
        """Why it cannot be read; empty when it can."""
        for field in (self.day, self.begins, self.ends):
            if field.wrong:
                return field.wrong
        if self.day.value is None:
            return tr("Write a day.")
        if self.begins.value is None or self.ends.value is None:
            return tr("Write from when to when.")
        if self.ends.value <= self.begins.value:
            return tr("A half-day ends after it begins.")
        return ""

    def half(self) -> HalfDay:
        """What stands here, once it can be read."""
        begins: int = self.begins.value
        return HalfDay(
            self.day.value, Half(self.part.value), clock(begins), self.ends.value - begins
        )

    def lock(self, reason: str) -> None:
        """Say why nothing can be changed."""
        for field in (self.day, self.part, self.begins, self.ends):
            field.lock(reason)
        set_reason(self.remove, reason)


class HalfList(LineList[HalfLine]):
    """The half-days of a session; more are proposed after the last one."""

    def __init__(self, today: dt.date) -> None:
        self._today = today
        super().__init__(tr("Half-days"), tr("Add a half-day"))
        self.another = link_button(tr("Add a whole day"))
        self.another.clicked.connect(self.add_day)
        self.head.addSpacing(12)
        self.head.addWidget(self.another)
        self.none.setText(tr("A session has one half-day at least."))

    def show_halves(self, halves: Sequence[HalfDay]) -> None:
        """Show these."""
        for half in halves:
            self._take(half)
        self.none.setVisible(not self.lines)

    def _take(self, half: HalfDay) -> HalfLine:
        line = HalfLine(self._today)
        line.put(half)
        self.take(line)
        self._count()
        return line

    def _count(self) -> None:
        """The only half-day cannot be taken away."""
        for line in self.lines:
            alone = tr("A session has one half-day at least.") if len(self.lines) == 1 else ""
            set_reason(line.remove, alone)

    def _drop(self, line: HalfLine) -> None:
        super()._drop(line)
        self._count()

    # more ------------------------------------------------------------------------------------

    def _last(self) -> HalfDay | None:
        return next((line.half() for line in reversed(self.lines) if not line.wrong), None)

    def add_empty(self) -> None:
        """The afternoon after a morning, the next working day's morning after an afternoon."""
        last = self._last()
        if last is None:
            made = HalfDay(self._today, Half.MORNING, clock(MORNING), HALF_DAY)
        elif last.part is Half.MORNING:
            begins = max(AFTERNOON, last.ends_at + 60)
            made = HalfDay(last.day, Half.AFTERNOON, clock(begins), last.minutes)
        else:
            made = HalfDay(next_day(last.day), Half.MORNING, self._morning(), last.minutes)
        line = self._take(made)
        self._edited()
        line.day.field.setFocus()
        line.day.field.selectAll()

    def add_day(self) -> None:
        """Both half-days of the next working day, with the hours of the first day."""
        known = self.halves()
        day = next_day(max((half.day for half in known), default=self._today))
        first = [half for half in known if half.day == known[0].day] if known else []
        morning = next((h for h in first if h.part is Half.MORNING), None)
        noon = next((h for h in first if h.part is Half.AFTERNOON), None)
        begins = morning.begins if morning else clock(MORNING)
        self._take(HalfDay(day, Half.MORNING, begins, morning.minutes if morning else HALF_DAY))
        line = self._take(
            HalfDay(
                day,
                Half.AFTERNOON,
                noon.begins if noon else clock(AFTERNOON),
                noon.minutes if noon else (morning.minutes if morning else HALF_DAY),
            )
        )
        self._edited()
        line.day.field.setFocus()

    def _morning(self) -> str:
        known = [half for half in self.halves() if half.part is Half.MORNING]
        return known[0].begins if known else clock(MORNING)

    # what stands here ------------------------------------------------------------------------

    def halves(self) -> tuple[HalfDay, ...]:
        """Those that can be read."""
        return tuple(line.half() for line in self.lines if not line.wrong)

    @property
    def wrong(self) -> str:
        found = next((line.wrong for line in self.lines if line.wrong), "")
        if found:
            return found
        if not self.lines:
            return tr("A session has one half-day at least.")
        places = [half.place for half in self.halves()]
        if len(set(places)) < len(places):
            return tr("The same half-day stands there twice.")
        return ""


def next_day(day: dt.date) -> dt.date:
    """The next day from Monday to Friday."""
    after = day + dt.timedelta(days=1)
    return after if after.weekday() < 5 else after + dt.timedelta(days=7 - after.weekday())


def moved(halves: Sequence[HalfDay], first: dt.date) -> tuple[HalfDay, ...]:
    """The same half-days beginning on another day."""
    shift = first - halves[0].day
    return tuple(HalfDay(h.day + shift, h.part, h.begins, h.minutes) for h in halves)


def _day(text: str, today: dt.date) -> dt.date:
    found = parse_day(text, today)
    if found is None:
        raise UserError(N_("Write a day."))
    return found
