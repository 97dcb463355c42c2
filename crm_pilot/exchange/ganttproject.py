"""Reads plans of GanttProject (.gan). They count in whole days and know no hours.

A task without a link keeps its start there, and a link of hardness “Rubber” may leave a gap. Both
become "start no earlier than" here, so that the dates stay. Types of links as in GanttProject's
source: 1 start-start, 2 finish-start, 3 finish-finish, 4 start-finish.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.ganttproject_days import MAIN, calendar_of, last_day, moved_by, vacations
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.plan_days import Days
from crm_pilot.exchange.plan_fields import Attributes
from crm_pilot.exchange.plan_xml import Node, one_line, read_xml, wrong_root
from crm_pilot.i18n import msg
from crm_pilot.planning.document import (
    DocAssignment,
    DocCalendar,
    DocLink,
    DocResource,
    DocTask,
    PlanDocument,
)
from crm_pilot.planning.terms import ConstraintKind, LinkKind
from crm_pilot.records import dataclass

SOURCE = "gan"
PREFIX = "gan:"
APPLICATION = "GanttProject"
DAY_MINUTES = 480
BEGIN, END = dt.time(8), dt.time(17)
LONGEST = 40_000  # days of a task
_LINKS = {1: LinkKind.SS, 2: LinkKind.FS, 3: LinkKind.FF, 4: LinkKind.SF}
_EARLIEST = "1"  # of thirdDate-constraint
_PRIORITIES = {"3": 100, "0": 300, "1": 500, "2": 700, "4": 900}  # lowest, low, normal ...


def is_gan(root: Node) -> bool:
    """Whether this is the root of a GanttProject file."""
    return root.tag == "project" and "mrproject-version" not in root.attributes


def check_root(root: Node, name: str) -> None:
    """Refuse another file by its first element."""
    if not is_gan(root):
        raise wrong_root(root, name)


def parse_gan(
    source: Path | bytes, problems: Problems, name: str, watch: Watch | None = None
) -> PlanDocument:
    """Read a plan and note every value that cannot be read. Raises `UserError` for other files."""
    root = read_xml(source, name, check_root, {}, watch)
    if root.first("tasks") is None:
        raise wrong_root(root, name)
    return _document(root, _read_tasks(root, problems), problems)


# tasks ---------------------------------------------------------------------------------------


@dataclass
class _Lines:
    """The tasks of a file with their elements, and the links as they stand there."""

    tasks: list[DocTask] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    uids: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], DocLink] = field(default_factory=dict)
    soft: set[int] = field(default_factory=set)  # waiting, but free to start later
    lost: Counter[str] = field(default_factory=Counter)


def _read_tasks(root: Node, problems: Problems) -> _Lines:
    lines = _Lines()
    tasks = root.first("tasks")
    # older files give a milestone a day of its own
    empty = tasks is not None and tasks.attributes.get("empty-milestones") == "true"
    pending: list[tuple[Node, int | None]] = [
        (n, None) for n in reversed(root.every("tasks", "task"))
    ]
    while pending:
        node, parent = pending.pop()
        task = _task(node, parent, problems, empty=empty)
        if task.uid in lines.uids:
            problems.error(
                node.line, "id", str(task.uid - 1), msg("two tasks have the same number.")
            )
        lines.uids.add(task.uid)
        lines.tasks.append(task)
        lines.nodes.append(node)
        pending += [(child, task.uid) for child in reversed(node.every("task"))]
    for node, task in zip(lines.nodes, lines.tasks, strict=True):
        _links_from(task.uid, node, lines, problems)
    return lines


def _task(node: Node, parent: int | None, problems: Problems, *, empty: bool) -> DocTask:
    fields = Attributes(node, problems)
    number = fields.read("id", values.whole)
    if number is None or number < 0:
        problems.error(node.line, "id", "", msg("this task has no number."))
    earliest = fields.read("thirdDate", values.moment)
    if fields.text("thirdDate-constraint") != _EARLIEST:
        earliest = None
    milestone = fields.text("meeting") == "true"
    days = 0 if milestone and empty else max(0, min(LONGEST, fields.whole("duration")))
    start = _at(fields.read("start", values.moment))
    fields.used("uid", "duration", "expand", "cost-calculated")
    web = fields.text("webLink").strip()
    notes = "\n".join(line.strip() for line in node.value("notes").splitlines())
    return DocTask(
        uid=(number if number is not None else -1) + 1,  # theirs begin with 0
        name=one_line(fields.text("name")),
        parent=parent,
        milestone=milestone,
        start=start,
        finish=start,
        duration=days * DAY_MINUTES,
        duration_unit="d",
        percent=min(100, max(0, fields.whole("complete"))),
        constraint=ConstraintKind.SNET if earliest else ConstraintKind.ASAP,
        constraint_at=_at(earliest),
        priority=_PRIORITIES.get(fields.text("priority"), 500),
        note="\n".join(part for part in (notes, web) if part),
        extras=fields.extras(PREFIX, "customproperty"),
    )


def _at(day: dt.datetime | None) -> dt.datetime | None:
    return dt.datetime.combine(day.date(), BEGIN) if day else None


def _links_from(before: int, node: Node, lines: _Lines, problems: Problems) -> None:
    for depend in node.every("depend"):
        fields = Attributes(depend, problems)
        after = fields.whole("id", -1) + 1
        kind = fields.whole("type", 2)
        link = DocLink(
            before,
            after,
            _LINKS.get(kind, LinkKind.FS),
            fields.whole("difference") * DAY_MINUTES,
        )
        if kind not in _LINKS:
            lines.lost["depend/type"] += 1
        if after not in lines.uids or after == before or (before, after) in lines.links:
            lines.lost["depend"] += 1
            continue
        lines.links[before, after] = link
        if fields.text("hardness").lower() == "rubber":
            lines.soft.add(after)


# the document --------------------------------------------------------------------------------


def _document(root: Node, lines: _Lines, problems: Problems) -> PlanDocument:
    main = calendar_of(root, lines.tasks, problems)
    away = vacations(root, problems)
    calendars = (main, *away.values())
    tasks = _held(_finished(lines.tasks, Days(calendars)), lines)
    resources = tuple(_resources(root, away, problems))
    known = {resource.uid for resource in resources}
    assignments = tuple(_assignments(root, lines, known, problems))
    place = {task.uid: number for number, task in enumerate(tasks)}
    starts = [task.start for task in tasks if task.start]
    finishes = [task.finish for task in tasks if task.finish]
    fields = Attributes(root, problems)
    fields.used("locale", "view-date", "view-index")
    fields.used("gantt-divider-location", "resource-divider-location")
    title, version = one_line(fields.text("name")), fields.text("version")
    return PlanDocument(
        title=title,
        start=min(starts, default=None),
        finish=max(finishes, default=None),
        calendar=MAIN,
        calendars=calendars,
        resources=resources,
        tasks=moved_by(away, tasks, assignments),
        links=tuple(sorted(lines.links.values(), key=lambda link: place[link.after])),
        assignments=assignments,
        source=SOURCE,
        application=f"{APPLICATION} {version}".strip(),
        extras=fields.extras(PREFIX, "description", "roles", "previous"),
        lost=tuple(f"{name} × {count}" for name, count in lines.lost.items()),
    )


def _finished(tasks: Sequence[DocTask], days: Days) -> list[DocTask]:
    """Tasks with the day on which they end, counted over days worked."""
    found = []
    for task in tasks:
        if task.start is not None and task.duration:
            last = last_day(days, task.start.date(), task.duration // DAY_MINUTES)
            task = replace(task, finish=dt.datetime.combine(last, END))
        found.append(task)
    return found


def _held(tasks: Sequence[DocTask], lines: _Lines) -> list[DocTask]:
    """Tasks held at their start where no link puts them there."""
    waiting = {after for _before, after in lines.links}
    summaries = {task.parent for task in tasks}
    found = []
    for task in tasks:
        free = task.uid in lines.soft or task.uid not in waiting
        if free and task.uid not in summaries and task.start is not None:
            at = max(task.start, task.constraint_at or task.start)
            task = replace(task, constraint=ConstraintKind.SNET, constraint_at=at)
        found.append(task)
    return found


def _resources(
    root: Node, away: dict[int, DocCalendar], problems: Problems
) -> Iterator[DocResource]:
    for node in root.every("resources", "resource"):
        fields = Attributes(node, problems)
        uid = fields.whole("id", -1) + 1
        contact = fields.text("contacts").strip()
        calendar, name = away.get(uid), one_line(fields.text("name"))
        extras = fields.extras(PREFIX, "rate", "custom-property")
        if contact and "@" not in contact:
            extras[PREFIX + "contacts"] = contact
        yield DocResource(
            uid=uid,
            name=name,
            email=contact if "@" in contact else "",
            calendar=calendar.uid if calendar else None,
            extras=extras,
        )


def _assignments(
    root: Node, lines: _Lines, resources: set[int], problems: Problems
) -> Iterator[DocAssignment]:
    for number, node in enumerate(root.every("allocations", "allocation"), 1):
        fields = Attributes(node, problems)
        task, resource = fields.whole("task-id", -1) + 1, fields.whole("resource-id", -1) + 1
        if task not in lines.uids or resource not in resources:
            lines.lost["allocation"] += 1
            continue
        yield DocAssignment(
            task=task,
            resource=resource,
            units=fields.number("load", 100.0) / 100,
            uid=number,
            extras=fields.extras(PREFIX),
        )
