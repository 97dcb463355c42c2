"""Reads plans of GNOME Planner (.planner, formerly MrProject). Times are local, whatever the "Z".

Durations are not in the file: they follow from the work (in seconds) where nobody is assigned, and
else from the working time between start and end.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.plan_days import Days
from crm_pilot.exchange.plan_fields import Attributes
from crm_pilot.exchange.plan_xml import Node, one_line, read_xml, wrong_root
from crm_pilot.exchange.planner_calendars import compact_moment, read_calendars
from crm_pilot.i18n import msg
from crm_pilot.planning.document import (
    DocAssignment,
    DocLink,
    DocResource,
    DocTask,
    PlanDocument,
)
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind
from crm_pilot.records import dataclass

SOURCE = "planner"
PREFIX = "planner:"
APPLICATION = "GNOME Planner"
_LINKS = {"FS": LinkKind.FS, "SS": LinkKind.SS, "FF": LinkKind.FF, "SF": LinkKind.SF}
_CONSTRAINTS = {
    "as-soon-as-possible": ConstraintKind.ASAP,
    "as-late-as-possible": ConstraintKind.ALAP,
    "start-no-earlier-than": ConstraintKind.SNET,
    "finish-no-later-than": ConstraintKind.FNLT,
    "must-start-on": ConstraintKind.MSO,
}
_RESOURCES = {1: "work", 2: "material"}


def is_planner(root: Node) -> bool:
    """Whether this is the root of a file of GNOME Planner."""
    return root.tag == "project" and "mrproject-version" in root.attributes


def check_root(root: Node, name: str) -> None:
    """Refuse another file by its first element."""
    if not is_planner(root):
        raise wrong_root(root, name)


def parse_planner(
    source: Path | bytes, problems: Problems, name: str, watch: Watch | None = None
) -> PlanDocument:
    """Read a plan and note every value that cannot be read. Raises `UserError` for other files."""
    return _Reader(read_xml(source, name, check_root, {}, watch), problems).document()


@dataclass
class _Line:
    task: DocTask
    node: Node
    work: int  # minutes
    fixed: int | None  # duration in minutes, of a task of fixed duration


@dataclass
class _Reader:
    root: Node
    problems: Problems
    lost: Counter[str] = field(default_factory=Counter)
    shift: int = 0  # added to the numbers of tasks: 0 stands for the project elsewhere

    def document(self) -> PlanDocument:
        """The plan as a whole."""
        fields = Attributes(self.root, self.problems)
        calendars = read_calendars(self.root, self.problems)
        known = {calendar.uid for calendar in calendars}
        asked = fields.whole("calendar", -1)
        main = asked if asked in known else (calendars[0].uid if calendars else None)
        lines = self._lines()
        uids = {line.task.uid for line in lines}
        resources = tuple(self._resources(known))
        assignments = tuple(self._assignments(uids, {r.uid for r in resources}))
        tasks = _lasting(lines, assignments, Days(calendars), main)
        ends = [task.finish for task in tasks if task.finish]
        extras = fields.extras(PREFIX, "properties", "phases", "resource-groups")
        for name in ("mrproject-version", "name", "project-start", "calendar"):
            extras.pop(PREFIX + name, None)
        return PlanDocument(
            title=one_line(fields.text("name")),
            start=fields.read("project-start", compact_moment),
            finish=max(ends, default=None),
            calendar=main,
            calendars=tuple(calendars),
            resources=resources,
            tasks=tuple(tasks),
            links=tuple(self._links(lines, uids)),
            assignments=assignments,
            source=SOURCE,
            application=APPLICATION,
            extras=extras,
            lost=tuple(f"{name} × {count}" for name, count in self.lost.items()),
        )

    def _lines(self) -> list[_Line]:
        top = self.root.every("tasks", "task")
        pending: list[tuple[Node, int | None]] = [(node, None) for node in reversed(top)]
        ordered: list[tuple[Node, int | None, int]] = []
        while pending:
            node, parent = pending.pop()
            number = Attributes(node, self.problems).read("id", values.whole)
            if number is None or number < 0:
                self.problems.error(node.line, "id", "", msg("this task has no number."))
                number = -1
            ordered.append((node, parent, number))
            pending += [(child, number) for child in reversed(node.every("task"))]
        self.shift = int(any(number == 0 for _node, _parent, number in ordered))
        seen: set[int] = set()
        lines = []
        for node, parent, number in ordered:
            if number in seen:
                self.problems.error(
                    node.line, "id", str(number), msg("two tasks have the same number.")
                )
            seen.add(number)
            lines.append(self._line(node, None if parent is None else parent + self.shift))
        return lines

    def _line(self, node: Node, parent: int | None) -> _Line:
        fields = Attributes(node, self.problems)
        milestone = fields.text("type") == "milestone"
        begun = fields.read("work-start", compact_moment)
        start = begun or fields.read("start", compact_moment)
        held = node.first("constraint")
        kind, at = self._constraint(held) if held is not None else (ConstraintKind.ASAP, None)
        priority = fields.whole("priority")
        work = max(0, fields.whole("work")) // 60
        lasting = fields.read("duration", values.whole)
        fixed = fields.text("scheduling") == "fixed-duration"
        fields.used("start", "effort")
        task = DocTask(
            uid=fields.whole("id", -1) + self.shift,
            name=one_line(fields.text("name")),
            parent=parent,
            milestone=milestone,
            start=start,
            finish=fields.read("end", compact_moment),
            duration_unit="d",
            percent=min(100, max(0, fields.whole("percent-complete"))),
            work=work,
            constraint=kind,
            constraint_at=at,
            task_type="fixed_duration" if fixed else "fixed_work",
            priority=min(1000, priority // 10) if priority > 0 else 500,
            note=fields.text("note"),
            extras=fields.extras(PREFIX, "properties"),
        )
        return _Line(task, node, work, lasting // 60 if fixed and lasting else None)

    def _constraint(self, node: Node) -> tuple[ConstraintKind, dt.datetime | None]:
        fields = Attributes(node, self.problems)
        kind = _CONSTRAINTS.get(fields.text("type"))
        at = fields.read("time", compact_moment)
        if kind is None:
            self.lost["constraint"] += 1
            return ConstraintKind.ASAP, None
        return kind, at

    def _links(self, lines: Sequence[_Line], uids: set[int]) -> Iterator[DocLink]:
        """Lags are seconds of the clock in Planner."""
        seen: set[tuple[int, int]] = set()
        for line in lines:
            for node in line.node.every("predecessors", "predecessor"):
                fields = Attributes(node, self.problems)
                before = fields.whole("predecessor-id", -1) + self.shift
                after = line.task.uid
                if before not in uids or before == after or (before, after) in seen:
                    self.lost["predecessor"] += 1
                    continue
                seen.add((before, after))
                kind = _LINKS.get(fields.text("type") or "FS")
                if kind is None:
                    self.lost["predecessor/type"] += 1
                lag = values.rounded(fields.whole("lag") / 60)
                unit = LagUnit.ELAPSED if lag else LagUnit.WORKING
                yield DocLink(before, after, kind or LinkKind.FS, lag, unit)

    def _resources(self, calendars: set[int]) -> Iterator[DocResource]:
        for node in self.root.every("resources", "resource"):
            fields = Attributes(node, self.problems)
            calendar = fields.whole("calendar", -1)
            units = fields.number("units", 0)
            yield DocResource(
                uid=fields.whole("id"),
                name=one_line(fields.text("name")),
                email=fields.text("email").strip(),
                kind=_RESOURCES.get(fields.whole("type", 1), "work"),
                units=units / 100 if units > 0 else 1.0,
                calendar=calendar if calendar in calendars else None,
                note=fields.text("note"),
                extras=fields.extras(PREFIX, "properties"),
            )

    def _assignments(self, tasks: set[int], resources: set[int]) -> Iterator[DocAssignment]:
        for number, node in enumerate(self.root.every("allocations", "allocation"), 1):
            fields = Attributes(node, self.problems)
            task = fields.whole("task-id", -1) + self.shift
            resource = fields.whole("resource-id", -1)
            if task not in tasks or resource not in resources:
                self.lost["allocation"] += 1
                continue
            yield DocAssignment(
                task=task,
                resource=resource,
                units=fields.number("units", 100) / 100,
                uid=number,
                extras=fields.extras(PREFIX),
            )


def _lasting(
    lines: Sequence[_Line], assignments: Sequence[DocAssignment], days: Days, main: int | None
) -> list[DocTask]:
    """Tasks with their durations."""
    units: dict[int, float] = {}
    for made in assignments:
        units[made.task] = units.get(made.task, 0.0) + made.units
    summaries = {line.task.parent for line in lines}
    return [
        replace(
            line.task,
            duration=_duration(
                line, units.get(line.task.uid), days, main, line.task.uid in summaries
            ),
        )
        for line in lines
    ]


def _duration(
    line: _Line, units: float | None, days: Days, main: int | None, summary: bool
) -> int | None:
    task = line.task
    if task.milestone:
        return 0
    if line.fixed is not None:
        return line.fixed
    if units is None and line.work and not summary:
        return line.work
    between = 0
    if main is not None and task.start and task.finish:
        between = days.between(main, task.start, task.finish)
    return between or (values.rounded(line.work / units) if units else line.work)
