"""The schedule of a plan as a file holds it: from its inputs, never from what its planner computed.

Dates of the file are taken for manual and external tasks, for what was begun, and for splits: all
of them are inputs. How long a resource needs follows from work, units and the form of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crm_pilot.planning.document import DocAssignment, DocTask, PlanDocument
from crm_pilot.planning.document_hours import DocumentHours
from crm_pilot.planning.engine.activity import Activity, Dependency, Worker
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import Calendar, of_datetime
from crm_pilot.planning.terms import Mode

FIXED_DURATION = "fixed_duration"

# Mean of the shares of the full units in the ten parts of each predefined form of work (MS
# Project's work contours 1 to 7); an edited form (8) has the length its own rows say.
_FORMS = {1: 0.6, 2: 0.6, 3: 0.5, 4: 0.5, 5: 0.5, 6: 0.5, 7: 0.7}
_EDITED = 8
_NUMBER = re.compile(r">\s*(\d+)\s*<")


def schedule_of(document: PlanDocument) -> Schedule:
    """Schedule a whole plan. Raises `CircleError`."""
    hours = DocumentHours(document)
    reader = _Reader(document, hours)
    start = of_datetime(document.start) if document.start else reader.first()
    finish = of_datetime(document.finish) if document.finish else None
    return Schedule(
        reader.activities(),
        reader.dependencies(),
        start=start,
        finish=finish,
        from_finish=document.from_finish,
        calendar=hours.project,
        honours_constraints=document.honours_constraints,
        critical_slack=document.critical_slack,
        per_path=document.critical_per_path,
        splits=_number(document.extras.get("SplitsInProgressTasks", "")) != 0,
    )


def _number(text: str) -> int | None:
    """The number in a kept piece of XML."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


class _Reader:
    """Makes activities of the tasks of one document."""

    def __init__(self, document: PlanDocument, hours: DocumentHours) -> None:
        self.document, self.hours = document, hours
        self._parents = {task.parent for task in document.tasks}
        self._working = {r.uid: r.calendar for r in document.resources if r.kind == "work"}
        self._assigned: dict[int, list[DocAssignment]] = {}
        for made in document.assignments:
            self._assigned.setdefault(made.task, []).append(made)

    def first(self) -> int:
        """The first date of the file, for a plan that does not say when it starts."""
        dates = [task.start for task in self.document.tasks if task.start is not None]
        return of_datetime(min(dates)) if dates else 0

    def dependencies(self) -> Iterator[Dependency]:
        """Links, numbered."""
        uids = {task.uid for task in self.document.tasks}
        for key, link in enumerate(self.document.links):
            if link.before in uids and link.after in uids:
                yield Dependency(key, link.before, link.after, link.kind, link.lag, link.lag_unit)

    def activities(self) -> Iterator[Activity]:
        """All tasks, in the order of the file."""
        for task in self.document.tasks:
            yield self._activity(task)

    def _activity(self, task: DocTask) -> Activity:
        calendar = self.hours.of(task.calendar)
        begun = task.actual_start is not None
        own = calendar or self.hours.project
        summary = task.uid in self._parents
        fixed = task.manual or task.external
        return Activity(
            task.uid,
            task.parent,
            duration=self._duration(task, own),
            elapsed=task.elapsed,
            mode=Mode.MANUAL if fixed else Mode.AUTO,
            active=task.active,
            constraint=task.constraint,
            constraint_at=of_datetime(task.constraint_at) if task.constraint_at else None,
            deadline=of_datetime(task.deadline) if task.deadline else None,
            calendar=calendar,
            workers=() if summary or task.elapsed else tuple(self._workers(task, own)),
            ignores_workers=False,
            start=of_datetime(task.start) if fixed and task.start else None,
            finish=of_datetime(task.finish) if fixed and task.finish else None,
            actual_start=of_datetime(task.actual_start) if task.actual_start else None,
            actual_finish=of_datetime(task.actual_finish) if task.actual_finish else None,
            percent=task.percent,
            remaining=task.remaining_duration if begun else None,
            resume=self._resume(task, own) if begun else None,
            level_delay=task.level_delay,
        )

    def _duration(self, task: DocTask, calendar: Calendar) -> int:
        if task.duration is not None:
            return task.duration
        if task.start is None or task.finish is None:
            return 0
        return max(0, calendar.between(of_datetime(task.start), of_datetime(task.finish)))

    def _resume(self, task: DocTask, calendar: Calendar) -> int | None:
        """When what remains goes on, if there is a gap after what is done."""
        if task.stop is None or task.resume is None:
            return None
        stop, resume = of_datetime(task.stop), of_datetime(task.resume)
        return resume if calendar.between(stop, resume) > 0 else None

    def _workers(self, task: DocTask, own: Calendar) -> Iterator[Worker]:
        """Who works on a task, each with a length of work at full units. Nobody for a task of
        fixed duration: there the work follows the duration."""
        found = self._assigned.get(task.uid, [])
        split = any(made.segments for made in found)
        if task.task_type == FIXED_DURATION and not split:
            return
        for made in found:
            calendar = own
            if made.resource is not None:
                if made.resource not in self._working:
                    continue
                if not task.ignores_resource_calendars:
                    calendar = self.hours.of(self._working[made.resource]) or self.hours.project
            elif not made.segments:
                continue
            if made.segments:
                yield Worker(calendar, segments=_stretches(made, calendar), delay=made.delay)
            elif made.work:
                yield Worker(calendar, work=self._length(made, calendar), delay=made.delay)

    def _length(self, made: DocAssignment, calendar: Calendar) -> int:
        """Working minutes an assignment takes."""
        work = made.work or 0
        form = _number(made.extras.get("WorkContour", "")) or 0
        if form == _EDITED and made.start is not None and made.finish is not None:
            return calendar.between(of_datetime(made.start), of_datetime(made.finish))
        return round(work / (made.units or 1.0) / _FORMS.get(form, 1.0))


def _stretches(made: DocAssignment, calendar: Calendar) -> tuple[tuple[int, int], ...]:
    """Stretches of split work, in working minutes after its start."""
    first = of_datetime(made.segments[0][0])
    return tuple(
        (calendar.between(first, of_datetime(begin)), calendar.between(first, of_datetime(end)))
        for begin, end in made.segments
    )
