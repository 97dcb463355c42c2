"""The dialog of a session: what is taught, on which half-days, where, by whom, for how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, show, tr
from crm_pilot.people.queries import owners
from crm_pilot.training import queries
from crm_pilot.training.halves import HalfDay, of_block
from crm_pilot.training.room import SessionLine, places
from crm_pilot.training.session_commands import SaveSession
from crm_pilot.typed import parse_decimal, parse_whole
from ui import theme
from ui.dialogs.base import Dialog
from ui.language import formats, lang
from ui.screens.training.session_halves import HalfList, moved, next_day
from ui.screens.training.start import Start
from ui.widgets.asked import Asked
from ui.widgets.buttons import Guard
from ui.widgets.fields import TextArea
from ui.widgets.picker import Picker
from ui.widgets.section import named
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

SEATS = 12


def read_euros(text: str) -> int | None:
    """Cents of an amount in euros; None for an empty text. Raises `UserError`."""
    plain = text.replace("€", "").strip()
    if not plain:
        return None
    found = parse_decimal(plain, lang())
    if found is None or found < 0:
        raise UserError(N_("Type the cost in euros, for example 1,200."))
    return round(found * 100)


class SessionDialog(Dialog):
    """Adds a session, or changes `line`; `saved(id)`. `front` names the field that is to be
    looked at first: halves, trainer or seats."""

    saved = Signal(int)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        line: SessionLine | None = None,
        start: Start | None = None,
        front: str = "",
    ) -> None:
        start = start or Start()
        super().__init__(parent, _title(line, start), _detail(start))
        set_ink(self.detail, "muted")
        self.setMinimumWidth(660)
        self.bridge, self.line, self.start = bridge, line, start
        self._build()
        self._fill(line or start.like)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.add_button("cancel", tr("Cancel"))
        text = tr("Plan the session") if line is None else tr("Save")
        self.save = self.add_button("save", text, primary=True, closes=False)
        self.guard = Guard(bridge, self)
        self.guard.add(self.save)
        self.chosen.connect(self._chosen)
        self._look_at(front)

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        reader, today = self.bridge.reader, self.bridge.today
        courses = [(row.id, row.title) for row in queries.courses(reader)]
        self.course = Picker(courses, tr("Choose a course, or type the title of a new one"))
        self.course.field.textEdited.connect(lambda _: self._tell_course())
        self.course.picked.connect(self._tell_course)
        self.new_course = label(theme.CAPTION, ink="muted")
        self.halves = HalfList(today)
        self.place = Asked(tr("Room"), str.strip, tr("Lyon, 2nd floor"))
        known = QCompleter(list(places(reader)), self)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.place.field.setCompleter(known)
        self.trainer = Picker(owners(reader), tr("a person, or any name"))
        self.seats = Asked(tr("Seats"), _seats)
        self.cost = Asked(tr("Cost (€)"), read_euros, tr("not known"))
        self.note = TextArea()
        self.note.setFixedHeight(48)
        self.body.addWidget(named(tr("Course"), self.course))
        self.body.addWidget(self.new_course)
        self.body.addWidget(self.halves)
        self.body.addLayout(self._grid())
        self.body.addWidget(named(tr("Note"), self.note))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.place, 0, 0)
        grid.addWidget(named(tr("Trainer"), self.trainer), 0, 1)
        grid.addWidget(self.seats, 1, 0)
        grid.addWidget(self.cost, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fill(self, known: SessionLine | None) -> None:
        course = self.start.course_id or (known.course_id if known else None)
        courses = queries.courses(self.bridge.reader)
        if course is None and courses:
            course = courses[0].id
        self.course.choose(course)
        self.halves.show_halves(self._halves(known, course))
        self.place.put(known.place if known else "", known.place if known else "")
        if known and known.led_by is not None:
            self.trainer.choose(known.led_by)
        elif known:
            self.trainer.setEditText(known.trainer)
        seats = known.seats if known else SEATS
        seats = max(seats, len(self.start.persons)) if self.start.makes_up else seats
        self.seats.put(seats, str(seats))
        if self.line is not None:
            cents = self.line.costs
            text = "" if cents is None else formats.number(cents / 100, lang(), _cents(cents))
            self.cost.put(cents, text)
            self.note.setPlainText(self.line.note)
        self._tell_course()

    def _halves(self, known: SessionLine | None, course: int | None) -> tuple[HalfDay, ...]:
        """Those of the session; for a new one the same hours on the next working day."""
        if self.line is not None:
            return self.line.halves
        today = self.bridge.today
        if known is not None:
            return moved(known.halves, next_day(max(today, known.halves[-1].day)))
        rows = {row.id: row.minutes for row in queries.courses(self.bridge.reader)}
        return of_block(next_day(today), "09:00", rows.get(course or 0, 210))

    def _look_at(self, front: str) -> None:
        if front == "trainer":
            self.trainer.setFocus()
            self.trainer.field.selectAll()
        elif front == "seats":
            self.seats.field.setFocus()
            self.seats.field.selectAll()
        elif self.course.key is None:
            self.course.setFocus()
        else:
            first = self.halves.lines[0].day.field
            first.setFocus()
            first.selectAll()

    def _tell_course(self) -> None:
        fresh = bool(self.course.typed) and self.course.key is None
        self.new_course.setText(
            tr("A new course “{title}” is made.", title=self.course.typed) if fresh else ""
        )
        self.new_course.setVisible(fresh)

    # saving ----------------------------------------------------------------------------------

    @property
    def wrong(self) -> str:
        """Why it cannot be saved; empty when it can."""
        if not self.course.typed:
            return tr("Choose a course, or type the title of a new one.")
        return self.halves.wrong or self.seats.wrong or self.cost.wrong

    def command(self) -> SaveSession:
        """What saving comes to."""
        values: dict[str, Any] = {
            "place": self.place.field.text().strip(),
            "trainer_id": self.trainer.key,
            "trainer": "" if self.trainer.key is not None else self.trainer.typed,
            "seats": self.seats.value,
            "cost_cents": self.cost.value,
            "note": self.note.toPlainText().strip(),
        }
        if self.line is None and self.start.makes_up is not None:
            values["makes_up_id"] = self.start.makes_up
        return SaveSession(
            self.halves.halves(),
            self.course.key,
            "" if self.course.key is not None else self.course.typed,
            values,
            self.start.persons if self.line is None else (),
            None if self.line is None else self.line.id,
            self.bridge.today,
        )

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        sentence = self.wrong
        made = None
        if not sentence:
            try:
                made = self.bridge.project.execute(self.command())
            except UserError as error:
                sentence = show(error.message)
        if made is None:
            self.complaint.setText(sentence)
            self.complaint.show()
            return
        self.accept()
        self.saved.emit(made)


def _title(line: SessionLine | None, start: Start) -> str:
    if line is not None:
        return tr("Session of {day}", day=formats.day(line.held_on, lang(), year=True))
    return tr("New make-up session") if start.makes_up else tr("New session")


def _detail(start: Start) -> str:
    if not start.persons:
        return ""
    return ntr(
        "{n} person is enrolled with it.", "{n} persons are enrolled with it.", len(start.persons)
    )


def _seats(text: str) -> int:
    found = parse_whole(text, 1, 999)
    if found is None:
        raise UserError(N_("Type the number of seats."))
    return found


def _cents(cents: int) -> int:
    """Decimals that an amount needs."""
    return 2 if cents % 100 else 0
