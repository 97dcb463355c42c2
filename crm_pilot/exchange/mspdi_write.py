"""Writes a `PlanDocument` as MS Project XML that MS Project 2007 and later open.

Text is escaped, and kept parts of a foreign file are read again before they are written: nothing in
a plan can become markup of its own. Kept parts of other formats (their names hold a ":") stay out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from crm_pilot.exchange import mspdi_order as order
from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_write_calendars import calendar_parts
from crm_pilot.exchange.mspdi_write_parts import (
    Parts,
    element,
    flag,
    foreign,
    moment,
    record,
    span,
    text,
    whole,
)
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.writing_parts import replacing
from crm_pilot.planning.document import (
    DocAssignment,
    DocBaseline,
    DocLink,
    DocResource,
    DocTask,
    PlanDocument,
)
from crm_pilot.planning.terms import LagUnit

NOBODY = -65535
NO_TASK = "Task0/"
VERSION = 14  # SaveVersion: tasks by hand and inactive ones are known from here on
_PERCENT = {LagUnit.PERCENT: 19, LagUnit.ELAPSED_PERCENT: 20}
_EVERY = 500  # tasks between two looks at progress and cancel


def write_mspdi(document: PlanDocument, path: Path, watch: Watch | None = None) -> None:
    """Write a plan. Raises `UserError` when the file cannot be written; it is then as it was."""
    with replacing(path) as handle:
        for piece in markup_of(document, watch or Watch()):
            handle.write(piece.encode("utf-8"))


def mspdi_bytes(document: PlanDocument) -> bytes:
    """A plan as the file would hold it."""
    return "".join(markup_of(document, Watch())).encode("utf-8")


def markup_of(document: PlanDocument, watch: Watch) -> Iterator[str]:
    """The file piece by piece."""
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<Project xmlns="{values.SPACE}">\n'
    kept = {name: text for name, text in document.extras.items() if not name.startswith(NO_TASK)}
    records = {
        "Calendars": lambda: (
            record("Calendar", calendar_parts(calendar), calendar.extras, order.CALENDAR)
            for calendar in document.calendars
        ),
        "Tasks": lambda: _tasks(document, watch),
        "Resources": lambda: (
            record("Resource", _resource(number, resource), resource.extras, order.RESOURCE)
            for number, resource in enumerate(document.resources)
        ),
        "Assignments": lambda: (
            record("Assignment", _assignment(made), made.extras, order.ASSIGNMENT)
            for made in document.assignments
        ),
    }
    told = _settings(document)
    strange = foreign(kept, {*told, *records})
    for tag in order.PROJECT:
        if tag in records:
            yield f"<{tag}>\n"
            for piece in records[tag]():
                yield piece + "\n"
            yield f"</{tag}>\n"
        elif tag in told or tag in strange:
            yield (told.get(tag) or strange.pop(tag)) + "\n"
    yield "".join(strange.values())
    yield "</Project>\n"


def _settings(document: PlanDocument) -> Parts:
    day = max(1, document.day_minutes)
    parts: Parts = {
        "ScheduleFromStart": flag("ScheduleFromStart", not document.from_finish),
        "CriticalSlackLimit": whole("CriticalSlackLimit", round(document.critical_slack / day)),
        "CalendarUID": whole("CalendarUID", -1 if document.calendar is None else document.calendar),
        "MinutesPerDay": whole("MinutesPerDay", day),
        "MinutesPerWeek": whole("MinutesPerWeek", document.week_minutes),
        "DaysPerMonth": whole("DaysPerMonth", document.month_days),
        "MultipleCriticalPaths": flag("MultipleCriticalPaths", document.critical_per_path),
        "DefaultStartTime": element("DefaultStartTime", values.clock_text(document.day_start)),
        "DefaultFinishTime": element("DefaultFinishTime", values.clock_text(document.day_finish)),
        **text("Title", document.title),
        **moment("StartDate", document.start),
        **moment("FinishDate", document.finish),
        **moment("StatusDate", document.status),
    }
    if "SaveVersion" not in document.extras:
        parts["SaveVersion"] = whole("SaveVersion", VERSION)
    if "HonorConstraints" not in document.extras:
        parts["HonorConstraints"] = whole("HonorConstraints", 0)  # as MS Project writes it
    return parts


# tasks ---------------------------------------------------------------------------------------


def _tasks(document: PlanDocument, watch: Watch) -> Iterator[str]:
    yield _summed(document)
    waiting: dict[int, list[DocLink]] = defaultdict(list)
    for link in document.links:
        waiting[link.after].append(link)
    summaries = {task.parent for task in document.tasks}
    places = _places(document.tasks)
    for number, task in enumerate(document.tasks, 1):
        if number % _EVERY == 0:
            watch.at(number, len(document.tasks))
        parts = _task(task, number, places[task.uid])
        parts["Summary"] = flag("Summary", task.uid in summaries)
        links = [_link(link, document.day_minutes) for link in waiting[task.uid]]
        kept = dict(task.extras)
        links += foreign({"PredecessorLink": kept.pop("PredecessorLink", "")}, ()).values()
        if links:
            parts["PredecessorLink"] = "".join(links)
        if task.baselines:
            parts["Baseline"] = "".join(_baseline(b, kept) for b in task.baselines)
        yield record("Task", parts, kept, order.TASK)


def _summed(document: PlanDocument) -> str:
    """The line that sums up the project, which MS Project expects as task 0."""
    skip = len(NO_TASK)
    kept = {n[skip:]: t for n, t in document.extras.items() if n.startswith(NO_TASK)}
    told = {
        "UID": whole("UID", 0),
        "ID": whole("ID", 0),
        "Type": whole("Type", 1),
        "IsNull": whole("IsNull", 0),
        "OutlineNumber": whole("OutlineNumber", 0),
        "OutlineLevel": whole("OutlineLevel", 0),
        "Priority": whole("Priority", 500),
        "Summary": whole("Summary", 1),
        **text("Name", document.title),
        **moment("Start", document.start),
        **moment("Finish", document.finish),
    }
    parts = {tag: part for tag, part in told.items() if tag == "UID" or tag not in kept}
    return record("Task", parts, kept, order.TASK)


def _places(tasks: Sequence[DocTask]) -> dict[int, str]:
    """The outline number of every task."""
    places: dict[int, str] = {}
    count: dict[int | None, int] = defaultdict(int)
    for task in tasks:
        count[task.parent] += 1
        above = places.get(task.parent) if task.parent is not None else None
        places[task.uid] = f"{above}.{count[task.parent]}" if above else str(count[task.parent])
    return places


def _task(task: DocTask, number: int, place: str) -> Parts:
    code = values.duration_format(
        task.duration_unit, elapsed=task.elapsed, estimated=task.estimated
    )
    stored = task.stored
    parts: Parts = {
        "UID": whole("UID", task.uid),
        "ID": whole("ID", number),
        "Active": flag("Active", task.active),
        "Manual": flag("Manual", task.manual),
        "IsNull": whole("IsNull", 0),
        "OutlineNumber": element("OutlineNumber", place),
        "OutlineLevel": whole("OutlineLevel", place.count(".") + 1),
        "Priority": whole("Priority", task.priority),
        "DurationFormat": whole("DurationFormat", code),
        "EffortDriven": flag("EffortDriven", task.effort_driven),
        "Estimated": flag("Estimated", task.estimated),
        "Milestone": flag("Milestone", task.milestone),
        "PercentComplete": whole("PercentComplete", task.percent),
        "ConstraintType": whole("ConstraintType", values.CONSTRAINTS.index(task.constraint)),
        "CalendarUID": whole("CalendarUID", -1 if task.calendar is None else task.calendar),
        "LevelingDelay": whole("LevelingDelay", task.level_delay * 10),
        "LevelingDelayFormat": whole("LevelingDelayFormat", 8),
        "IgnoreResourceCalendar": flag("IgnoreResourceCalendar", task.ignores_resource_calendars),
        **text("Name", task.name),
        **text("WBS", task.wbs),
        **text("Notes", task.note),
        **_dates(task),
        **_amounts(task),
        **moment("EarlyStart", stored.early_start),
        **moment("EarlyFinish", stored.early_finish),
        **moment("LateStart", stored.late_start),
        **moment("LateFinish", stored.late_finish),
    }
    if task.task_type in values.TASK_TYPES:
        parts["Type"] = whole("Type", values.TASK_TYPES.index(task.task_type))
    if task.external:
        parts["ExternalTask"] = whole("ExternalTask", 1)
    if stored.critical is not None:
        parts["Critical"] = flag("Critical", stored.critical)
    if task.percent_work is not None:
        parts["PercentWorkComplete"] = whole("PercentWorkComplete", task.percent_work)
    for tag, minutes in (
        ("TotalSlack", stored.total_slack),
        ("FreeSlack", stored.free_slack),
        ("StartSlack", stored.start_slack),
        ("FinishSlack", stored.finish_slack),
    ):
        if minutes is not None:
            parts[tag] = whole(tag, minutes * 10)
    return {
        tag: part for tag, part in parts.items() if tag not in _YIELDING or tag not in task.extras
    }


# told only where the file did not say otherwise
_YIELDING = {*values.REPEATED, "LevelingDelayFormat"}


def _dates(task: DocTask) -> Parts:
    parts = {
        **moment("Start", task.start),
        **moment("Finish", task.finish),
        **moment("Stop", task.stop),
        **moment("Resume", task.resume),
        **moment("ActualStart", task.actual_start),
        **moment("ActualFinish", task.actual_finish),
        **moment("ConstraintDate", task.constraint_at),
        **moment("Deadline", task.deadline),
    }
    if task.manual:
        parts |= moment("ManualStart", task.start) | moment("ManualFinish", task.finish)
        parts |= span("ManualDuration", task.duration)
    return parts


def _amounts(task: DocTask) -> Parts:
    return {
        **span("Duration", task.duration),
        **span("Work", task.work),
        **span("ActualDuration", task.actual_duration),
        **span("ActualWork", task.actual_work),
        **span("RemainingDuration", task.remaining_duration),
        **span("RemainingWork", task.remaining_work),
    }


def _baseline(baseline: DocBaseline, kept: dict[str, str]) -> str:
    parts = {
        "Number": whole("Number", baseline.number),
        **moment("Start", baseline.start),
        **moment("Finish", baseline.finish),
        **span("Duration", baseline.duration),
        **span("Work", baseline.work),
    }
    rest = kept.pop(f"Baseline/{baseline.number}", "")
    return record("Baseline", parts, {"Baseline": rest}, order.BASELINE, mixed=True)


def _link(link: DocLink, day: int) -> str:
    if link.lag_unit in _PERCENT:
        lag, code = link.lag, _PERCENT[link.lag_unit]
    else:
        elapsed = link.lag_unit == LagUnit.ELAPSED
        sizes = ((1440 if elapsed else day, 7), (60, 5), (1, 3))
        code = next(code for size, code in sizes if link.lag % size == 0) + elapsed
        lag = link.lag * 10
    inside: Iterable[str] = (
        whole("PredecessorUID", link.before),
        whole("Type", values.LINKS.index(link.kind)),
        whole("CrossProject", 0),
        whole("LinkLag", lag),
        whole("LagFormat", code),
    )
    return f"<PredecessorLink>{''.join(inside)}</PredecessorLink>"


# resources and assignments -------------------------------------------------------------------


def _resource(number: int, resource: DocResource) -> Parts:
    work = resource.kind == "work"
    parts: Parts = {
        "UID": whole("UID", resource.uid),
        "ID": whole("ID", number),
        "Type": whole("Type", int(work)),
        "IsNull": whole("IsNull", 0),
        "MaxUnits": element("MaxUnits", values.number_text(resource.units)),
        **text("Name", resource.name),
        **text("EmailAddress", resource.email),
        **text("Notes", resource.note),
    }
    if resource.calendar is not None:
        parts["CalendarUID"] = whole("CalendarUID", resource.calendar)
    if resource.kind == "cost":
        parts["IsCostResource"] = whole("IsCostResource", 1)
    return parts


def _assignment(made: DocAssignment) -> Parts:
    return {
        "UID": whole("UID", made.uid),
        "TaskUID": whole("TaskUID", made.task),
        "ResourceUID": whole("ResourceUID", NOBODY if made.resource is None else made.resource),
        "Delay": whole("Delay", made.delay * 10),
        "Units": element("Units", values.number_text(made.units)),
        **moment("Start", made.start),
        **moment("Finish", made.finish),
        **span("Work", made.work),
        **span("ActualWork", made.actual_work),
        **span("RemainingWork", made.remaining_work),
        **_split(made),
    }


def _split(made: DocAssignment) -> Mapping[str, str]:
    """The stretches of a split task, where the file did not bring them along."""
    if not made.segments or "TimephasedData" in made.extras:
        return {}
    return {"TimephasedData": values.stretches(made.uid, made.segments)}
