"""The command that takes a plan file into the project, as one undoable step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.exchange.plan_hours import NewCalendar, exceptions_of
from crm_pilot.exchange.plan_parts import of_calendar
from crm_pilot.i18n import Message
from crm_pilot.planning.calendars import finish_of, start_of
from crm_pilot.planning.document import DocLink
from crm_pilot.planning.engine.activity import CircleError
from crm_pilot.planning.live import LivePlan
from crm_pilot.planning.settling import circle_error
from crm_pilot.planning.stored import Stored
from crm_pilot.planning.terms import Mode, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Rows = Sequence[Mapping[str, Any]]
Span = tuple[int, int]  # moments


@dataclass(frozen=True)
class NewBaseline:
    """A reference plan of the file: its name, and dates by place of the line."""

    name: str
    lines: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class NewPart:
    """A kept part, about a line, someone on a line, or the project; places and persons."""

    content: str
    task: int | None = None
    person: int | None = None


@dataclass(frozen=True, eq=False)
class ImportPlanFile:
    """Insert the lines of a plan file with all that belongs to them.

    Places count from 0; persons are ids, or −1 − the place among the new ones; so are calendars
    the other way round: places, or −1 − an id. `under`: title of a new phase for all lines; None:
    the plan of the project is empty. `targets`: where automatic lines are to lie.
    """

    label: Message
    source: str
    imported: dt.datetime
    reason: str  # of reference plans that come along
    tasks: Rows
    targets: tuple[Span | None, ...]
    under: str | None = None
    settings: Mapping[str, Any] | None = None  # columns of the project; calendar_id as a place
    persons: Rows = ()
    calendars: tuple[NewCalendar, ...] = ()
    person_calendars: Mapping[int, int] | None = None  # new person → calendar
    absences: tuple[tuple[int, dt.date, dt.date], ...] = ()
    links: tuple[tuple[int, int, DocLink], ...] = ()
    assignments: Rows = ()
    baselines: tuple[NewBaseline, ...] = ()
    parts: tuple[NewPart, ...] = ()

    def apply(self, work: Work) -> None:
        """Insert everything, then hold what would not lie where it should by its dates."""
        if self.under is None and work.select("SELECT 1 FROM task LIMIT 1"):
            raise UserError(STALE)
        people = self._people(work)
        calendars = self._calendars(work)
        self._hours(work, people, calendars)
        lines = self._lines(work, people, calendars)
        self._held(work, lines)
        self._baselines(work, lines)
        self._kept(work, lines, people, calendars)
        work.add(
            "import_batch",
            kind="plan",
            source=self.source,
            imported_at=self.imported,
            rows_read=len(self.tasks),
            rows_kept=len(self.tasks),
        )

    # people and hours ------------------------------------------------------------------------

    def _people(self, work: Work) -> dict[int, int]:
        """Persons as the command names them → ids."""
        first = next_id(work, "person")
        work.insert_many(
            "person", [{"id": first + n, **person} for n, person in enumerate(self.persons)]
        )
        known = {row[0]: row[0] for row in work.select("SELECT id FROM person")}
        return known | {-1 - n: first + n for n in range(len(self.persons))}

    def _calendars(self, work: Work) -> dict[int, int]:
        """Calendars as the command names them → ids."""
        first = next_id(work, "calendar")
        ids = {-1 - row[0]: row[0] for row in work.select("SELECT id FROM calendar")}
        ids |= {n: first + n for n in range(len(self.calendars))}
        for place, calendar in enumerate(self.calendars):
            base = None if calendar.base is None else ids[calendar.base]
            work.add(
                "calendar", id=ids[place], name=calendar.name, week=calendar.week, base_id=base
            )
            rows = exceptions_of(calendar.exceptions, ids[place])
            work.insert_many("calendar_exception", rows)
        return ids

    def _hours(self, work: Work, people: dict[int, int], calendars: dict[int, int]) -> None:
        if self.settings:
            values = dict(self.settings)
            place = values.pop("calendar_id", None)
            if place is not None:
                values["calendar_id"] = calendars[place]
            work.set("project", 1, **values)
        for person, place in (self.person_calendars or {}).items():
            work.set("person", people[person], calendar_id=calendars[place])
        known = set(work.select("SELECT person_id, first, last FROM absence"))
        rows = [
            {"person_id": people[person], "first": first, "last": last}
            for person, first, last in self.absences
            if (people[person], first.isoformat(), last.isoformat()) not in known
        ]
        work.insert_many("absence", rows)

    # lines -----------------------------------------------------------------------------------

    def _lines(self, work: Work, people: dict[int, int], calendars: dict[int, int]) -> list[int]:
        """Insert lines, links and who works on what; ids by place."""
        top = self._phase(work) if self.under is not None else None
        first = next_id(work, "task")
        lines = [first + place for place in range(len(self.tasks))]
        rows = []
        for place, task in enumerate(self.tasks):
            values = dict(task)
            above, owner, calendar = (values.pop(n) for n in ("parent", "owner", "calendar"))
            values["id"] = lines[place]
            values["parent_id"] = top if above is None else lines[above]
            values["owner_id"] = None if owner is None else people.get(owner)
            values["calendar_id"] = None if calendar is None else calendars[calendar]
            rows.append(values)
        work.insert_many("task", rows)
        work.insert_many("link", [
            {
                "predecessor_id": lines[before],
                "successor_id": lines[after],
                "kind": link.kind,
                "lag": link.lag,
                "lag_unit": link.lag_unit,
            }
            for before, after, link in self.links
        ])  # fmt: skip
        work.insert_many("assignment", [
            {**made, "task_id": lines[made["task_id"]], "person_id": people[made["person_id"]]}
            for made in self.assignments
        ])  # fmt: skip
        return lines

    def _phase(self, work: Work) -> int:
        """The new phase at the end of the plan."""
        place = work.select("SELECT count(*) FROM task WHERE parent_id IS NULL")[0][0]
        return work.add("task", kind=TaskKind.PHASE, title=self.under, position=place)

    def _held(self, work: Work, lines: list[int]) -> None:
        """Give lines that would lie elsewhere their dates; `settling` finds out what holds them
        there, or leaves them by hand."""
        try:
            live = LivePlan(work.select)
        except CircleError as circle:
            raise circle_error(work.select, circle.keys) from circle
        given: dict[int, Mapping[str, Any]] = {}
        for key, target in zip(lines, self.targets, strict=True):
            if target is None or not live.leaf(key) or live.schedule.dates(key) == target:
                continue
            given[key] = _given(live, live.stored[key], target)
        if given:
            work.set_many("task", given)

    # what is kept ----------------------------------------------------------------------------

    def _baselines(self, work: Work, lines: list[int]) -> None:
        """Reference plans; the first of the file is the newest, as it counts there. Beside a plan
        that has one, the first of the file belongs to it."""
        there = work.select("SELECT id FROM baseline ORDER BY set_on DESC, id DESC LIMIT 1")
        for number, baseline in reversed(list(enumerate(self.baselines))):
            if there and self.under is not None:
                if number:
                    continue
                key = there[0][0]
            else:
                key = work.add(
                    "baseline",
                    name=baseline.name,
                    set_on=self.imported.date(),
                    reason=self.reason,
                )
            work.insert_many("baseline_task", [
                {"baseline_id": key, "task_id": lines[place], **values}
                for place, values in baseline.lines
            ])  # fmt: skip

    def _kept(
        self, work: Work, lines: list[int], people: dict[int, int], calendars: dict[int, int]
    ) -> None:
        rows: list[dict[str, Any]] = [
            {
                "task_id": None if part.task is None else lines[part.task],
                "person_id": None if part.person is None else people[part.person],
                "calendar_id": None,
                "content": part.content,
            }
            for part in self.parts
        ]
        for place, calendar in enumerate(self.calendars):
            if content := of_calendar(calendar.extras, "mspdi"):
                rows.append({"task_id": None, "person_id": None,
                             "calendar_id": calendars[place], "content": content})  # fmt: skip
        work.insert_many("plan_part", rows)


def _given(live: LivePlan, row: Stored, target: Span) -> Mapping[str, Any]:
    """A line given by its dates: its length follows from them, where its hours allow it."""
    dates = _dates(live, row, target)
    try:
        live.working(row)
    except UserError:  # who works on it never does when it could be done
        return {**dates, "mode": Mode.MANUAL}
    return {**dates, "duration": None}


def _dates(live: LivePlan, row: Stored, target: Span) -> dict[str, Any]:
    """Dates of a line as columns, by its own calendar in the project."""
    calendar = live.calendar(row)
    first, first_minute = start_of(calendar, target[0])
    last, last_minute = finish_of(calendar, max(target))
    if row.milestone or last < first:
        last, last_minute = first, first_minute
    return {
        "start": first,
        "start_minute": first_minute,
        "finish": last,
        "finish_minute": last_minute,
    }
