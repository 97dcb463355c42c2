"""The lines of a plan document as rows of the project, and what of them is lost.

Automatic lines come without dates: the engine finds them, as it does after every edit. Where the
rows cannot say why a line lies where it does (a split, work in another form), its dates are
compared with those of the whole document and given by date (see `plan_apply`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan_parts import FORM
from crm_pilot.exchange.plan_xml import one_line
from crm_pilot.i18n import N_, Translator
from crm_pilot.planning.calendars import finish_of, start_of
from crm_pilot.planning.document import DocBaseline, DocLink, DocTask, PlanDocument
from crm_pilot.planning.document_hours import DocumentHours
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, moment, of_datetime
from crm_pilot.planning.from_document import schedule_of
from crm_pilot.planning.terms import ConstraintKind, Mode, Pillar, TaskKind
from crm_pilot.records import dataclass

UNTITLED = N_("New task")
_DATED = frozenset(ConstraintKind) - {ConstraintKind.ASAP, ConstraintKind.ALAP}
# words in the title of a line at the top that tell its pillar, compared without accents
_WORDS = {
    Pillar.ADOPTION: (
        *("adoption", "formation", "training", "conduite du changement", "change management"),
        *("accompagnement", "onboarding", "coaching", "communication"),
    ),
    Pillar.FEEDBACK: (
        *("support", "maintenance", "feedback", "retour d experience", "amelioration", "ticket"),
        *("hypercare", "improvement"),
    ),
}
Span = tuple[int, int]  # moments


@dataclass
class Rows:
    """Lines in the order of the file; places instead of ids."""

    tasks: list[dict[str, Any]] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)  # uid → place
    targets: list[Span | None] = field(default_factory=list)  # of automatic lines
    links: list[tuple[int, int, DocLink]] = field(default_factory=list)
    baselines: dict[int, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)


def rows_of(document: PlanDocument, language: str, *, begins: bool) -> Rows:
    """Make rows. `begins`: the project begins with the plan, so that lines which wait for nothing
    need no date of their own. Raises `CircleError`, and `UserError` for hours without work."""
    return _Maker(document, Translator(language), begins=begins).made()


class _Maker:
    def __init__(self, document: PlanDocument, words: Translator, *, begins: bool) -> None:
        self.parent = {task.uid: task.parent for task in document.tasks}
        self.rows = Rows()
        document = self._without_kin(document)
        self.document, self.words, self.begins = document, words, begins
        self.hours = DocumentHours(document)
        self.schedule: Schedule = schedule_of(_with_work(document))
        self.holding = set(self.parent.values())
        self.waiting = {link.after for link in document.links}
        self.split = {a.task for a in document.assignments if a.segments or a.delay}
        self.formed = {a.task for a in document.assignments if FORM in a.extras}
        self.first = self._first()

    def made(self) -> Rows:
        """All rows."""
        rows, siblings = self.rows, Counter[int | None]()
        for task in self.document.tasks:
            rows.place[task.uid] = len(rows.tasks)
            above = None if task.parent is None else rows.place[task.parent]
            values = self._line(task)
            values |= {"parent": above, "position": siblings[above]}
            siblings[above] += 1
            pillar = _pillar(task.name) if above is None else rows.tasks[above]["pillar"]
            rows.tasks.append({**values, "pillar": pillar})
            rows.targets.append(self._target(task))
            for baseline in task.baselines:
                self._baseline(task, baseline)
        self._links()
        return rows

    # lines -----------------------------------------------------------------------------------

    def _line(self, task: DocTask) -> dict[str, Any]:
        phase = task.uid in self.holding
        milestone = not phase and self._one_moment(task)
        kind = TaskKind.PHASE if phase else TaskKind.MILESTONE if milestone else TaskKind.TASK
        manual = not phase and (task.manual or task.external)
        open_ended = not phase and task.start is None and task.duration is None
        if open_ended:  # nobody has said yet when, nor how long
            manual = False
        constraint, at = self._constraint(task)
        self._count_lost(task, phase=phase)
        values: dict[str, Any] = {
            "kind": kind,
            "title": one_line(task.name) or self.words.tr(UNTITLED),
            "note": task.note.strip(),
            "percent": 0 if phase else self._percent(task, milestone=milestone),
            "mode": Mode.MANUAL if manual else Mode.AUTO,
            "active": task.active,
            "duration": None if phase or open_ended else 0 if milestone else self._duration(task),
            "elapsed": task.elapsed and not phase and not milestone,
            "constraint_kind": ConstraintKind.ASAP if phase else constraint,
            "constraint_at": None if phase else at,
            "deadline_at": task.deadline,
            "calendar": task.calendar,
            "ignores_people": task.ignores_resource_calendars,
            "work": None if phase else task.work or None,
            "remaining": None if phase or not task.work else task.remaining_work,
        }
        values |= self._actual(task, values["percent"])
        return values | self._dates(task, milestone=milestone, dated=manual)

    def _one_moment(self, task: DocTask) -> bool:
        length = task.duration
        if task.milestone and length:
            self.rows.lost[LASTING] += 1
        return length == 0 or (task.milestone and length is None)

    def _duration(self, task: DocTask) -> int:
        if task.duration is not None:
            return task.duration
        start, finish = self.schedule.dates(task.uid)
        return max(0, self._calendar(task).between(start, finish))

    def _percent(self, task: DocTask, *, milestone: bool) -> int:
        if milestone and task.percent < 100:
            return 0
        return task.percent

    def _constraint(self, task: DocTask) -> tuple[ConstraintKind, dt.datetime | None]:
        """What holds a line. A line that neither waits nor is held begins with its plan."""
        kind, at = task.constraint, task.constraint_at
        if kind in _DATED and at is None:
            kind = ConstraintKind.ASAP
        backwards = self.document.from_finish and kind in (ConstraintKind.ASAP, ConstraintKind.ALAP)
        moved = task.level_delay and kind == ConstraintKind.ASAP
        if task.manual or task.external or not (backwards or moved or self._begins_alone(task)):
            return kind, at if kind in _DATED else None
        if kind == ConstraintKind.ASAP or backwards:
            if moved:
                self.rows.lost[LEVELLED] += 1
            start = self.schedule.dates(task.uid)[0]
            return ConstraintKind.SNET, moment(start)
        return kind, at if kind in _DATED else None

    def _begins_alone(self, task: DocTask) -> bool:
        """Whether the line begins with the plan, and the project does not say when that is."""
        undated = task.start is None and task.duration is None
        if undated or task.constraint != ConstraintKind.ASAP or self._waits(task):
            return False
        start = self.schedule.dates(task.uid)[0]
        return not self.begins or (self.first is not None and start != self.first)

    def _waits(self, task: DocTask) -> bool:
        above: int | None = task.uid
        while above is not None:
            if above in self.waiting:
                return True
            above = self.parent.get(above)
        return False

    def _first(self) -> int | None:
        """When lines begin in a project that begins on the first day of the plan."""
        if self.document.start is None:
            return None
        midnight = of_datetime(dt.datetime.combine(self.document.start.date(), dt.time()))
        return self.hours.project.next_work(midnight)

    def _actual(self, task: DocTask, percent: int) -> dict[str, Any]:
        if task.uid in self.holding or not (percent or task.actual_start):
            return {"actual_start": None, "actual_finish": None}
        start, finish = self.schedule.dates(task.uid)
        begun = task.actual_start or task.start or moment(start)
        done = (task.actual_finish or task.finish or moment(finish)) if percent == 100 else None
        return {"actual_start": begun, "actual_finish": done}

    def _dates(self, task: DocTask, *, milestone: bool, dated: bool) -> dict[str, Any]:
        none = dict.fromkeys(("start", "start_minute", "finish", "finish_minute"))
        if not dated or task.start is None:
            return none
        start = of_datetime(task.start)
        finish = start if milestone or task.finish is None else of_datetime(task.finish)
        return dates_of(self._calendar(task), start, max(start, finish), milestone=milestone)

    def _calendar(self, task: DocTask) -> Calendar:
        if task.elapsed:
            return ALWAYS
        return self.hours.of(task.calendar) or self.hours.project

    def _target(self, task: DocTask) -> Span | None:
        undated = task.start is None and task.duration is None
        if task.uid in self.holding or task.manual or task.external or undated:
            return None
        return self.schedule.dates(task.uid)

    def _count_lost(self, task: DocTask, *, phase: bool) -> None:
        lost = self.rows.lost
        lost[SPLIT] += task.uid in self.split
        lost[FORMS] += task.uid in self.formed
        lost[COSTS] += any(name.startswith("Baseline/") for name in task.extras)
        if phase:
            lost[SUMMARY] += task.constraint != ConstraintKind.ASAP
        lost[EXTERNAL] += task.external

    # the rest --------------------------------------------------------------------------------

    def _baseline(self, task: DocTask, baseline: DocBaseline) -> None:
        if baseline.start is None or baseline.finish is None or task.uid in self.holding:
            return
        milestone = self.rows.tasks[self.rows.place[task.uid]]["kind"] == TaskKind.MILESTONE
        start, finish = of_datetime(baseline.start), of_datetime(baseline.finish)
        if milestone:
            start = finish
        calendar = self._calendar(task)
        values = dates_of(calendar, start, max(start, finish), milestone=milestone)
        values |= {"duration": baseline.duration, "work": baseline.work}
        found = self.rows.baselines.setdefault(baseline.number, [])
        found.append((self.rows.place[task.uid], values))

    def _links(self) -> None:
        place = self.rows.place
        for link in self.document.links:
            self.rows.links.append((place[link.before], place[link.after], link))

    def _without_kin(self, document: PlanDocument) -> PlanDocument:
        """The plan without links between a line and what holds it, which would be circles."""
        kept = [
            link
            for link in document.links
            if not (self._above(link.before, link.after) or self._above(link.after, link.before))
        ]
        self.rows.lost[KIN] = len(document.links) - len(kept)
        return replace(document, links=tuple(kept))

    def _above(self, one: int, other: int) -> bool:
        above = self.parent.get(other)
        while above is not None and above != one:
            above = self.parent.get(above)
        return above is not None


def _with_work(document: PlanDocument) -> PlanDocument:
    """The plan with the work of assignments that do not tell it, as MS Project fills it in."""
    if document.source != MSPDI:
        return document
    length = {task.uid: task.duration for task in document.tasks if not task.elapsed}
    return replace(
        document,
        assignments=tuple(
            replace(made, work=round((length.get(made.task) or 0) * made.units))
            if made.work is None and made.resource is not None
            else made
            for made in document.assignments
        ),
    )


MSPDI = "mspdi"
LASTING = N_("milestones that last: they become tasks")
LEVELLED = N_("delays by levelling: the tasks start no earlier than they did")
SPLIT = N_("interruptions and delays of work on a task: its dates stay")
FORMS = N_("work that is not spread evenly over a task: its dates stay")
COSTS = N_("costs of reference plans")
SUMMARY = N_("constraints of lines that hold others")
EXTERNAL = N_("tasks of other files: they keep their dates by hand")
KIN = N_("links between a line and what holds it")


def dates_of(calendar: Calendar, start: int, finish: int, *, milestone: bool) -> dict[str, Any]:
    """Start and finish of a line as columns."""
    first, first_minute = start_of(calendar, start)
    if milestone:
        return {"start": first, "start_minute": first_minute, "finish": first,
                "finish_minute": first_minute}  # fmt: skip
    last, last_minute = finish_of(calendar, finish)
    if last < first:  # nothing to do, at midnight
        last, last_minute = first, first_minute
    return {"start": first, "start_minute": first_minute, "finish": last,
            "finish_minute": last_minute}  # fmt: skip


def _pillar(title: str) -> Pillar:
    """The pillar a title speaks of; deployment when it tells none."""
    plain = f" {normal(title)} "
    for pillar, words in _WORDS.items():
        if any(word in plain for word in words):
            return pillar
    return Pillar.DEPLOYMENT


def differing(document: PlanDocument, rows: Rows) -> Iterator[tuple[DocTask, Span]]:
    """Automatic lines that get other dates than the file says, with their new dates. The end of a
    day and the begin of the next one worked are the same."""
    hours = DocumentHours(document)
    for task in document.tasks:
        target = rows.targets[rows.place[task.uid]]
        if target is None or task.start is None or task.finish is None or not task.active:
            continue
        told = (of_datetime(task.start), of_datetime(task.finish))
        calendar = hours.of(task.calendar) or hours.project
        if any(_apart(calendar, a, b) for a, b in zip(target, told, strict=True)):
            yield task, target


def _apart(calendar: Calendar, one: int, other: int) -> bool:
    """Whether there is working time between two moments."""
    return one != other and calendar.between(min(one, other), max(one, other)) > 0


def in_order(names: Sequence[str], lost: Mapping[str, int]) -> list[tuple[str, int]]:
    """What is lost and how often, in a fixed order."""
    return [(name, lost[name]) for name in names if lost.get(name)]


LOSSES = (LASTING, LEVELLED, SPLIT, FORMS, COSTS, SUMMARY, EXTERNAL, KIN)
