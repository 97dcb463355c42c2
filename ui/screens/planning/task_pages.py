"""The parts of the dialog of a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, tr
from crm_pilot.planning import hours_queries, queries
from crm_pilot.planning.durations import parse_duration
from crm_pilot.planning.moments import parse_when
from crm_pilot.planning.schedule_commands import NEEDS_DATE
from crm_pilot.planning.terms import (
    CONSTRAINTS,
    KINDS,
    MARKS,
    MODES,
    PILLARS,
    ConstraintKind,
    Mark,
    Mode,
    Pillar,
    TaskKind,
)
from crm_pilot.typed import parse_whole
from ui import theme
from ui.language import lang
from ui.screens.planning.columns import row_length
from ui.screens.planning.task_draft import Draft
from ui.screens.planning.task_links import LinkList
from ui.screens.planning.task_people import PeopleList
from ui.screens.planning.values import length_text, moment_of, when_text
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit, TextArea
from ui.widgets.scroll import Scroll
from ui.widgets.text import label, rule

if TYPE_CHECKING:
    from ui.screens.planning.task_dialog import TaskDialog

NOTE_HEIGHT = 96
GAP = 16


class Page(QWidget):
    """A part of the dialog. `put_into` gives a draft what stands here; `wrong` says what cannot
    be read."""

    edited = Signal()

    def __init__(self, dialog: TaskDialog) -> None:
        super().__init__()
        self.dialog = dialog
        self.row, self.facts, self.draft = dialog.row, dialog.facts, dialog.before
        self.asked: list[Asked] = []

    @property
    def milestone(self) -> bool:
        """Whether the line has one moment only."""
        return self.row.kind is TaskKind.MILESTONE

    @property
    def wrong(self) -> str:
        """What cannot be read here."""
        return next((one.wrong for one in self.asked if one.wrong), "")

    def begin(self) -> None:
        """Put the keyboard into the first field that can be typed in."""
        fields = self.findChildren(QWidget)
        first = (one for one in fields if one.isEnabled() and _typed_in(one))
        found = next(first, None)
        if found is not None:
            found.setFocus()

    def put_into(self, draft: Draft) -> Draft:
        """The draft with what stands here."""
        raise NotImplementedError

    def lock(self, reason: str) -> None:
        """Say why nothing can be changed here."""
        raise NotImplementedError

    def phase(self, reason: str) -> str:
        """Why the schedule cannot be changed here."""
        if not reason and self.dialog.holds:
            return tr("The schedule of a phase follows from its lines.")
        return reason

    def length(self, text: str) -> tuple[int, bool] | None:
        """A typed duration."""
        return parse_duration(text, *self.facts.sizes) if text.strip() else None

    def day(self, text: str) -> dt.date | dt.datetime | None:
        """A typed day, with its time where one is given."""
        return parse_when(text, self.dialog.bridge.today)

    def _ask(self, one: Asked) -> Asked:
        one.edited.connect(self.edited)
        self.asked.append(one)
        return one


def _typed_in(widget: QWidget) -> bool:
    return isinstance(widget, (LineEdit, QComboBox)) and not isinstance(
        widget.parentWidget(), QComboBox
    )


class DatesPage(Page):
    """When: mode, dates, duration, progress; what holds them; the hours that count."""

    def __init__(self, dialog: TaskDialog) -> None:
        super().__init__(dialog)
        row, bridge = self.row, dialog.bridge
        hint = tr("12/3, 12 March 14:00")
        self.mode = Chosen(tr("Planned"), {one: tr(text) for one, text in MODES.items()})
        self.start = self._ask(Asked(tr("Start"), self.day, hint))
        self.finish = self._ask(Asked(tr("Finish"), self.day, hint))
        self.duration = self._ask(Asked(tr("Duration"), self.length, tr("2 d, 4 h, 1 wk")))
        self.percent = self._ask(Asked(tr("Progress"), lambda text: parse_whole(text, 0, 100)))
        kinds = {one: tr(text) for one, text in CONSTRAINTS.items()}
        self.constraint = Chosen(tr("Constraint"), kinds)
        self.held = self._ask(Asked(tr("Constraint date"), self.day, hint))
        self.deadline = self._ask(Asked(tr("Deadline"), self.day, tr("no deadline")))
        calendars = {one.id: one.name for one in hours_queries.calendars(bridge.reader)}
        self.calendar = Chosen(tr("Calendar"), calendars, tr("as the project"))
        self.ignores = QCheckBox(tr("Goes on while its people are away"))
        self.active = QCheckBox(tr("Counts in the plan"))
        self._lay_out()
        self.mode.put(row.mode)
        self._fill()
        for one in (self.mode, self.constraint, self.calendar):
            one.edited.connect(self._chosen)
        for tick in (self.ignores, self.active):
            tick.toggled.connect(self.edited)
        self.duration.edited.connect(lambda: self._either(self.duration, self.finish))
        self.finish.edited.connect(lambda: self._either(self.finish, self.duration))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(10)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.mode, self.start, self.finish),
            (self.duration, self.percent, self.deadline),
            (self.constraint, self.held, self.calendar),
        )
        for place, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, place, column)
                grid.setColumnStretch(column, 1)
        grid.addWidget(self.ignores, 3, 0, 1, 2)
        grid.addWidget(self.active, 3, 2)
        self.told = label(theme.CAPTION, ink="muted", wrap=True)
        grid.addWidget(self.told, 4, 0, 1, 3)
        grid.setRowStretch(5, 1)

    def _fill(self) -> None:
        known, day = self.draft, self.facts.sizes[0]
        self.start.put(known.start, "" if self.milestone else when_text(known.start, year=True))
        self.finish.put(known.finish, self._finish_text())
        minutes, elapsed = known.duration or (None, False)
        length = length_text(minutes, day, elapsed=elapsed)
        if self.dialog.holds:
            length = row_length(self.row, True, self.facts)
        self.duration.put(known.duration, "" if self.milestone else length)
        self.percent.put(known.percent, formats.percent(known.percent / 100, lang()))
        self.constraint.put(known.constraint)
        self.held.put(known.constraint_at, _moment_text(known.constraint_at))
        self.deadline.put(known.deadline, _moment_text(known.deadline))
        self.calendar.put(known.plain["calendar_id"])
        self.ignores.setChecked(known.plain["ignores_people"])
        self.active.setChecked(known.plain["active"])
        self._chosen()

    def _finish_text(self) -> str:
        """The finish; a milestone at the begin or end of office hours has a day alone."""
        known = self.draft.finish
        return _moment_text(known) if self.milestone else when_text(known, year=True)

    def _chosen(self) -> None:
        """A constraint without a date needs none; an automatic line has its own dates."""
        needs = self.constraint.value in NEEDS_DATE
        none = "" if needs else tr("This constraint has no date.")
        if not self.dialog.bridge.why_not_edit() and not self.dialog.holds:
            self.held.lock(none)
        self.edited.emit()

    def _either(self, typed: Asked, other: Asked) -> None:
        """Duration and finish say the same: what was typed last counts."""
        if other.touched and not typed.wrong:
            first = other is self.duration
            value = self.draft.duration if first else self.draft.finish
            minutes, elapsed = self.draft.duration or (None, False)
            text = self._finish_text()
            if first:
                text = length_text(minutes, self.facts.sizes[0], elapsed=elapsed)
            other.put(value, text)
            self.edited.emit()

    def put_into(self, draft: Draft) -> Draft:
        plain = {
            **draft.plain,
            "calendar_id": self.calendar.value,
            "ignores_people": self.ignores.isChecked(),
            "active": self.active.isChecked(),
        }
        needs = self.constraint.value in NEEDS_DATE
        return replace(
            draft,
            plain=plain,
            mode=Mode(self.mode.value),
            start=self.start.value,
            finish=self.finish.value,
            duration=self.duration.value or draft.duration,
            percent=self.percent.value or 0,
            constraint=ConstraintKind(self.constraint.value),
            constraint_at=self.held.value if needs else None,
            deadline=self.deadline.value,
        )

    def lock(self, reason: str) -> None:
        reason = self.phase(reason)
        fields = (self.mode, self.start, self.finish, self.duration, self.percent, self.constraint)
        for one in (*fields, self.held, self.deadline, self.calendar):
            one.lock(reason)
        for tick in (self.ignores, self.active):
            set_reason(tick, reason)
        one_day = tr("A milestone has one day: type it as its finish.") if self.milestone else ""
        self.told.setText(reason or one_day)
        if not reason and self.milestone:
            self.start.lock(one_day)
            self.duration.lock(tr("A milestone has neither duration nor work."))
            for field in (self.start.field, self.duration.field):
                field.setPlaceholderText("–")
        if not reason:
            self._chosen()


def _moment_text(at: dt.date | dt.datetime | None) -> str:
    """A stored moment: its time is written where it is no begin or end of office hours."""
    if isinstance(at, dt.datetime) and (at.hour, at.minute) in ((0, 0), (8, 0), (9, 0), (17, 0)):
        return when_text(at.date(), year=True)
    return when_text(at, year=True)


class LinksPage(Page):
    """What it waits for, and what waits for it."""

    def __init__(self, dialog: TaskDialog) -> None:
        super().__init__(dialog)
        others = [row for row in self.facts.rows if row.id != self.row.id]
        named = [(row.id, f"{self.facts.numbers[row.id]} · {row.title}") for row in others]
        self.waits = LinkList(tr("Waits for"), tr("It waits for no other line."), named)
        self.leads = LinkList(tr("Waited for by"), tr("No line waits for it."), named)
        self.waits.put(self.draft.waits, self.facts.sizes)
        self.leads.put(self.draft.leads, self.facts.sizes)
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        column.addWidget(self.waits)
        column.addWidget(rule())
        column.addWidget(self.leads)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))
        for one in (self.waits, self.leads):
            one.edited.connect(self.edited)

    @property
    def wrong(self) -> str:
        return self.waits.wrong or self.leads.wrong

    def put_into(self, draft: Draft) -> Draft:
        return replace(draft, waits=self.waits.waits, leads=self.leads.waits)

    def lock(self, reason: str) -> None:
        self.waits.lock(reason)
        self.leads.lock(reason)


class PeoplePage(Page):
    """Owner, who works on it, work and what is left of it, actual dates."""

    def __init__(self, dialog: TaskDialog) -> None:
        super().__init__(dialog)
        reader = dialog.bridge.reader
        names = [(key, full) for key, _short, full in queries.owners(reader)]
        self.owner = Chosen(tr("Owner"), dict(names), tr("nobody"))
        self.people = PeopleList(names)
        hint = tr("2 d, 4 h, 1 wk")
        self.work = self._ask(Asked(tr("Work"), self._minutes, hint))
        self.remaining = self._ask(Asked(tr("Remaining work"), self._minutes, hint))
        self.began = self._ask(Asked(tr("Really started"), self.day))
        self.ended = self._ask(Asked(tr("Really finished"), self.day))
        known, day = self.draft, self.facts.sizes[0]
        self.owner.put(known.plain["owner_id"])
        self.people.put(known.people)
        self.work.put(known.work, length_text(known.work, day))
        self.remaining.put(known.remaining, length_text(known.remaining, day))
        self.began.put(known.actual_start, _moment_text(known.actual_start))
        self.ended.put(known.actual_finish, _moment_text(known.actual_finish))
        self._lay_out()
        self.owner.edited.connect(self.edited)
        self.people.edited.connect(self.edited)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        column.addWidget(self.owner)
        column.addWidget(self.people)
        column.addWidget(rule())
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(10)
        for place, one in enumerate((self.work, self.remaining, self.began, self.ended)):
            grid.addWidget(one, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        column.addLayout(grid)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))

    def _minutes(self, text: str) -> int | None:
        found = self.length(text)
        return None if found is None else found[0]

    @property
    def wrong(self) -> str:
        return self.people.wrong or super().wrong

    def put_into(self, draft: Draft) -> Draft:
        return replace(
            draft,
            plain={**draft.plain, "owner_id": self.owner.value},
            people=self.people.people,
            work=self.work.value,
            remaining=self.remaining.value,
            actual_start=self._actual(self.began, end=False),
            actual_finish=self._actual(self.ended, end=True),
        )

    def _actual(self, one: Asked, *, end: bool) -> dt.datetime | None:
        """A typed day as a moment: with the begin or end of its work."""
        value = one.value
        if value is None or isinstance(value, dt.datetime):
            return value
        hours = queries.hours(self.dialog.bridge.reader)
        at = hours.day_finish if end else hours.day_start
        return moment_of(value, at(value, self.row.calendar_id))

    def lock(self, reason: str) -> None:
        self.owner.lock(reason)
        reason = self.phase(reason)
        if not reason and self.milestone:
            reason = tr("A milestone has neither duration nor work.")
        self.people.lock(reason)
        for field in (self.work.field, self.remaining.field):
            field.setPlaceholderText("–" if reason else tr("2 d, 4 h, 1 wk"))
        self.work.lock(reason)
        self.remaining.lock(reason)
        for one in (self.began, self.ended):
            one.lock("" if self.milestone and not self.dialog.bridge.why_not_edit() else reason)


class AboutPage(Page):
    """Kind, pillar, wave, what it stands for, and the note."""

    def __init__(self, dialog: TaskDialog) -> None:
        super().__init__(dialog)
        self.title = self._ask(Asked(tr("Title"), _title))
        self.title.put(self.row.title, self.row.title)
        waves = dict(queries.wave_names(dialog.bridge.reader))
        self.kind = Chosen(tr("Kind"), {one: tr(text) for one, text in KINDS.items()})
        self.pillar = Chosen(tr("Pillar"), {one: tr(text) for one, text in PILLARS.items()})
        self.wave = Chosen(tr("Wave"), waves, "–")
        marks = {one: tr(text) for one, text in MARKS.items()}
        self.mark = Chosen(tr("What it stands for"), marks, "–")
        self.committee = QCheckBox(tr("Shown to the committee"))
        self.deliverable = QCheckBox(tr("Hands something over"))
        self.note = TextArea()
        self.note.setAccessibleName(tr("Note"))
        self.note.setMinimumHeight(NOTE_HEIGHT)
        known = self.draft
        self.kind.put(known.kind)
        self.pillar.put(known.pillar)
        self.wave.put(known.plain["wave_id"])
        self.mark.put(known.plain["mark"])
        self.committee.setChecked(known.plain["committee"])
        self.deliverable.setChecked(known.plain["deliverable"])
        self.note.setPlainText(known.plain["note"])
        self._lay_out()
        for one in (self.kind, self.pillar, self.wave, self.mark):
            one.edited.connect(self.edited)
        for tick in (self.committee, self.deliverable):
            tick.toggled.connect(self.edited)
        self.note.textChanged.connect(self.edited)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.title, 0, 0, 1, 2)
        for place, one in enumerate((self.kind, self.pillar, self.wave, self.mark)):
            grid.addWidget(one, 1 + place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        grid.addWidget(self.committee, 3, 0)
        grid.addWidget(self.deliverable, 3, 1)
        named = label(theme.CAPTION, ink="muted")
        named.setText(tr("Note"))
        named.setBuddy(self.note)
        grid.addWidget(named, 4, 0)
        grid.addWidget(self.note, 5, 0, 1, 2)
        grid.setRowStretch(5, 1)

    def put_into(self, draft: Draft) -> Draft:
        plain = {
            **draft.plain,
            "title": self.title.value,
            "wave_id": self.wave.value,
            "mark": Mark(self.mark.value) if self.mark.value else None,
            "committee": self.committee.isChecked(),
            "deliverable": self.deliverable.isChecked(),
            "note": self.note.toPlainText().strip(),
        }
        kind, pillar = TaskKind(self.kind.value), Pillar(self.pillar.value)
        return replace(draft, plain=plain, kind=kind, pillar=pillar)

    def lock(self, reason: str) -> None:
        for one in (self.title, self.kind, self.pillar, self.wave, self.mark):
            one.lock(reason)
        for tick in (self.committee, self.deliverable):
            set_reason(tick, reason)
        self.note.setReadOnly(bool(reason))


def _title(text: str) -> str:
    if not text.strip():
        raise UserError(N_("A line of the plan needs a title. Nothing was changed."))
    return text.strip()
