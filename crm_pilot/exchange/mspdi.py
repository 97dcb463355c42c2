"""Reads plans that MS Project (or another planner) saved as XML (MSPDI, 98 to today).

What the product knows becomes a `PlanDocument`; everything else is kept as XML in `extras`, so that
`mspdi_write` puts it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_assignments import read_assignment, read_resource, without_false_gaps
from crm_pilot.exchange.mspdi_calendars import read_calendar
from crm_pilot.exchange.mspdi_defaults import PROJECT
from crm_pilot.exchange.mspdi_tasks import ReadTask, link_up, outline, read_task
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.plan_days import Days
from crm_pilot.exchange.plan_fields import Fields
from crm_pilot.exchange.plan_xml import Node, Taker, count, escaped, read_xml, too_much, wrong_root
from crm_pilot.i18n import N_
from crm_pilot.planning.document import (
    DocAssignment,
    DocCalendar,
    DocResource,
    DocTask,
    PlanDocument,
)

MOST_TASKS = 50_000
MOST_RECORDS = 200_000
SOURCE = "mspdi"
_RECORDS = ("Calendars", "Tasks", "Resources", "Assignments")
NO_TASK = "Task0/"  # before the names of what is kept of the line that sums up the project


def read_mspdi(source: Path | bytes, name: str = "", watch: Watch | None = None) -> PlanDocument:
    """Read a plan. Raises `UserError` for what is none, or is broken, with its line."""
    problems = Problems()
    document = parse_mspdi(source, problems, name, watch)
    refuse(problems, name or file_name(source))
    return document


def refuse(problems: Problems, name: str) -> None:
    """Raise the first error of a file that was read, if there is one."""
    if problems.errors:
        first = problems.shown[0]
        raise UserError(N_("“{name}” was not read. {problem}"), name=name, problem=first.sentence)


def file_name(source: Path | bytes) -> str:
    """What a file is called in sentences."""
    return "plan.xml" if isinstance(source, bytes) else source.name


def parse_mspdi(
    source: Path | bytes, problems: Problems, name: str = "", watch: Watch | None = None
) -> PlanDocument:
    """Read a plan and note every value that cannot be read. Raises `UserError` as `read_mspdi`."""
    reader = _Reader(problems, name or file_name(source))
    take: dict[tuple[str, ...], Taker] = {
        ("Calendars", "Calendar"): reader.calendar,
        ("Tasks", "Task"): reader.task,
        ("Resources", "Resource"): reader.resource,
        ("Assignments", "Assignment"): reader.assignment,
    }
    count(source, reader.name, b"<Task>", MOST_TASKS)
    root = read_xml(source, reader.name, check_root, take, watch)
    return reader.document(root)


def is_mspdi(root: Node) -> bool:
    """Whether this is the root of an MSPDI file."""
    return root.tag == "Project" and (not root.space or root.space[1:].startswith(values.SPACE))


def check_root(root: Node, name: str) -> None:
    """Refuse another file by its first element."""
    if not is_mspdi(root):
        raise wrong_root(root, name)


class _Reader:
    """Gathers the records of one file."""

    def __init__(self, problems: Problems, name: str) -> None:
        self.problems = problems
        self.name = name
        self.calendars: list[DocCalendar] = []
        self.tasks: list[ReadTask] = []
        self.resources: list[DocResource] = []
        self.assignments: list[DocAssignment] = []
        self.lost: list[str] = []

    def calendar(self, node: Node) -> None:
        """A calendar ends."""
        self._room(len(self.calendars), node)
        self.calendars.append(read_calendar(node, self.problems))

    def task(self, node: Node) -> None:
        """A task ends."""
        self._room(len(self.tasks), node, MOST_TASKS)
        self.tasks.append(read_task(node, self.problems))

    def resource(self, node: Node) -> None:
        """A resource ends."""
        self._room(len(self.resources), node)
        self.resources.append(read_resource(node, self.problems))

    def assignment(self, node: Node) -> None:
        """An assignment ends."""
        self._room(len(self.assignments), node)
        found = read_assignment(node, self.problems)
        if found is not None:
            self.assignments.append(found)

    def _room(self, count: int, node: Node, most: int = MOST_RECORDS) -> None:
        if count >= most:
            raise too_much(self.name, node.line)

    def document(self, root: Node) -> PlanDocument:
        """The plan as a whole, once the file has been read."""
        whole, lines = outline(self.tasks, self.problems)
        tasks = tuple(line.task for line in lines)
        uids = {task.uid for task in tasks}
        calendars = _known_bases(self.calendars)
        known = {calendar.uid for calendar in calendars}
        links, lost = link_up(lines, uids)
        blank = sum(1 for line in self.tasks if line.blank)
        if blank:
            lost.append(f"Task/IsNull × {blank}")
        assignments = [a for a in self.assignments if a.task in uids]
        whole_uid = whole.task.uid if whole else None
        if without := sum(a.task not in uids and a.task != whole_uid for a in self.assignments):
            lost.append(f"Assignment/TaskUID × {without}")
        document = PlanDocument(
            calendars=calendars,
            resources=tuple(
                r if r.calendar in known else replace(r, calendar=None) for r in self.resources
            ),
            tasks=tuple(t if t.calendar in known else replace(t, calendar=None) for t in tasks),
            links=links,
            assignments=tuple(assignments),
            source=SOURCE,
            lost=tuple(lost),
        )
        document = _settings(document, Fields(root, self.problems), whole, known)
        return replace(document, assignments=tuple(_segmented(document)))


def _segmented(document: PlanDocument) -> Iterator[DocAssignment]:
    """Assignments whose gaps are gaps in the calendar that counts for them."""
    days = Days(document.calendars)
    of_task = {task.uid: task for task in document.tasks}
    of_person = {resource.uid: resource.calendar for resource in document.resources}
    for made in document.assignments:
        task = of_task[made.task]
        person = None if task.ignores_resource_calendars else of_person.get(made.resource or 0)
        calendar = person if made.resource is not None else None
        calendar = calendar or task.calendar or document.calendar
        if made.segments and calendar is not None:
            real = without_false_gaps(made.segments, days, calendar)
            yield replace(made, segments=real) if real != made.segments else made
        else:
            yield made


def _known_bases(calendars: list[DocCalendar]) -> tuple[DocCalendar, ...]:
    """Calendars whose base is in the file, and no circle of bases."""
    bases = {calendar.uid: calendar.base for calendar in calendars}

    def sound(calendar: DocCalendar) -> bool:
        seen = {calendar.uid}
        base = calendar.base
        while base is not None:
            if base in seen or base not in bases:
                return False
            seen.add(base)
            base = bases[base]
        return True

    return tuple(c if sound(c) else replace(c, base=None) for c in calendars)


def _settings(
    document: PlanDocument, fields: Fields, whole: ReadTask | None, calendars: set[int]
) -> PlanDocument:
    fields.used(*_RECORDS)
    summed = whole.task if whole else None
    title = fields.name("Title") or (summed.name if summed else "")
    start, finish = fields.moment("StartDate"), fields.moment("FinishDate")
    calendar = fields.known("CalendarUID")
    day = max(1, fields.whole("MinutesPerDay", 480))
    settings = replace(
        document,
        title=title,
        start=start or (summed.start if summed else None),
        finish=finish or (summed.finish if summed else None),
        status=fields.moment("StatusDate"),
        from_finish=not fields.flag("ScheduleFromStart", otherwise=True),
        honours_constraints=True,  # MS Project writes 0 whether the option is on (usual) or off
        critical_slack=fields.whole("CriticalSlackLimit") * day,  # told in days
        critical_per_path=fields.flag("MultipleCriticalPaths"),
        day_minutes=day,
        week_minutes=max(1, fields.whole("MinutesPerWeek", 2400)),
        month_days=max(1, fields.whole("DaysPerMonth", 20)),
        day_start=fields.clock("DefaultStartTime", 480),
        day_finish=fields.clock("DefaultFinishTime", 1020),
        calendar=calendar if calendar in calendars else None,
    )
    extras = fields.extras(values.SPACE, PROJECT)
    if whole is not None:
        extras |= {NO_TASK + tag: text for tag, text in whole.raw.items()} | _of_whole(
            whole.task, settings
        )
    return replace(settings, extras=extras)


def _of_whole(task: DocTask, settings: PlanDocument) -> dict[str, str]:
    """What the line that sums up the project says otherwise than the project itself."""
    kept = {}
    if task.name != settings.title:
        kept[NO_TASK + "Name"] = f"<Name>{escaped(task.name)}</Name>"
    for tag, at, told in (
        ("Start", task.start, settings.start),
        ("Finish", task.finish, settings.finish),
    ):
        if at is not None and at != told:
            kept[NO_TASK + tag] = f"<{tag}>{values.moment_text(at)}</{tag}>"
    return kept
