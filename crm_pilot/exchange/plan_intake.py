"""What a plan file would bring, before it does: lines, people, calendars, and what is lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.exchange import plan_hours, plan_parts, plan_people, plan_rows
from crm_pilot.exchange.columns import Setting
from crm_pilot.exchange.plan import (
    PREVIEW,
    Changes,
    ImportPlan,
    Problems,
    Understood,
    Watch,
)
from crm_pilot.exchange.plan_apply import ImportPlanFile, NewBaseline, NewPart
from crm_pilot.exchange.plan_formats import FORMATS, parse_plan
from crm_pilot.exchange.plan_hours import PROJECT, HoursFound
from crm_pilot.exchange.plan_people import Team
from crm_pilot.exchange.plan_rows import Rows, Span
from crm_pilot.i18n import Message, Translator, msg, nmsg
from crm_pilot.planning.document import DocAssignment, DocTask, PlanDocument
from crm_pilot.planning.durations import format_duration
from crm_pilot.planning.engine.activity import CircleError
from crm_pilot.planning.engine.worktime import moment
from crm_pilot.store.reader import Reader

KIND = "plan"
# what MS Project may say of a person beside name, address, hours and units
_PERSONAL = frozenset(
    ("Initials", "Phonetics", "NTAccount", "Code", "Group", "Hyperlink", "HyperlinkAddress",
     "StandardRate", "OvertimeRate", "Rates", "ExtendedAttribute", "OutlineCode")
)  # fmt: skip
HOW = "@plan"  # in a corrected mapping: "add" under a new phase, "new" only into an empty plan
SHOWN = 20  # lines that get other dates, named one by one
TITLES = (msg("Line"), msg("Start"), msg("Finish"), msg("Duration"), msg("Waits for"), msg("Who"))


def plan(
    path: Path, reader: Reader, setting: Setting, mapping: Mapping[str, str] | None, watch: Watch
) -> ImportPlan:
    """Read and check a plan file. Raises `UserError` for what is none, and `Cancelled`."""
    problems = Problems()
    document = parse_plan(path, problems, path.name, watch)
    count = int(reader.value("SELECT count(*) FROM task") or 0)
    how = (mapping or {}).get(HOW, "")
    if count and how == "new":
        problems.error(0, "", "", _full(count))
    if not document.tasks:
        problems.error(0, "", "", msg("this plan has no lines"))
    changes, summary = Changes({}, msg("Import"), None), tuple[Message, ...]()
    if not problems.errors:
        made = _Import(path, document, reader, setting, problems, under=bool(count))
        found = made.command()
        if found is not None:
            changes, summary = Changes(made.counts, found.label, found), tuple(made.summary())
    return ImportPlan(
        kind=KIND,
        importer=document.source,
        title=Message(FORMATS[document.source]),
        source=path.name,
        fields=(),
        headers=(),
        mapping={},
        signature=f"{KIND}:{document.source}",
        understood=Understood("utf-8", "", "", 0, len(document.tasks)),
        summary=summary,
        problems=problems.shown,
        errors=problems.errors,
        warnings=problems.warnings,
        preview_titles=TITLES,
        preview=tuple(_preview(document, setting.language)),
        changes=changes,
    )


def _full(count: int) -> Message:
    return nmsg(
        "the project has a plan of {n} line already; add this one under a phase of its own (--add)",
        "the project has a plan of {n} lines already; add this one under a phase of its own"
        " (--add)",
        count,
    )


def _label(count: int, name: str) -> Message:
    return nmsg(
        "Import a plan of {n} line from {name}",
        "Import a plan of {n} lines from {name}",
        count,
        name=name,
    )


class _Import:
    """Puts the command together."""

    def __init__(
        self,
        path: Path,
        document: PlanDocument,
        reader: Reader,
        setting: Setting,
        problems: Problems,
        *,
        under: bool,
    ) -> None:
        self.path, self.document, self.reader = path, document, reader
        self.setting, self.problems, self.under = setting, problems, under
        self.words = Translator(str(reader.value("SELECT language FROM project") or "en"))
        self.counts: dict[str, int] = {}
        self.team, self.hours, self.rows = Team(), HoursFound(), Rows()
        self.moved: list[tuple[DocTask, Span]] = []  # lines that get other dates

    def command(self) -> ImportPlanFile | None:
        """The command, or None when the plan cannot be scheduled."""
        document = self.document
        try:
            begins = not self.under and document.start is not None
            self.rows = plan_rows.rows_of(document, self.words.language, begins=begins)
        except CircleError as circle:
            self.problems.error(0, "", "", self._circle(circle.keys))
            return None
        except UserError as error:
            self.problems.error(0, "", "", error.message)
            return None
        self.team = plan_people.match(document, self.reader, self.problems)
        self.hours = plan_hours.take_over(document, self.reader, self.words.language)
        self._warn()
        owners, assignments, parts = self._work()
        now = dt.datetime.combine(self.setting.today, dt.datetime.now().time())
        self.counts = {"new": len(self.rows.tasks), "people": len(self.team.new)}
        count = len(self.rows.tasks)
        return ImportPlanFile(
            label=_label(count, self.path.name),
            source=self.path.name,
            imported=now.replace(microsecond=0),
            reason=self.words.tr("imported from {name}", name=self.path.name),
            tasks=tuple(self._task(n, task, owners) for n, task in enumerate(self.rows.tasks)),
            targets=tuple(self.rows.targets),
            under=(self.path.stem or self.path.name) if self.under else None,
            settings=None if self.under else self._settings(),
            persons=self.team.new,
            calendars=self.hours.new,
            person_calendars=self._person_calendars(),
            absences=tuple(
                (self.team.of[uid], first, last)
                for uid, first, last in self.hours.absences
                if uid in self.team.of
            ),
            links=tuple(self.rows.links),
            assignments=tuple(assignments),
            baselines=tuple(self._baselines()),
            parts=tuple(parts),
        )

    # rows ------------------------------------------------------------------------------------

    def _task(
        self, place: int, task: Mapping[str, Any], owners: Mapping[int, int]
    ) -> dict[str, Any]:
        uid = task["calendar"] if task["calendar"] is not None else self._elsewhere()
        calendar = None if uid is None else self.hours.of.get(uid)
        own = None if calendar in (None, PROJECT) or task["kind"] == "phase" else calendar
        return {**task, "calendar": own, "owner": owners.get(place)}

    def _elsewhere(self) -> int | None:
        """The calendar of the plan, for lines that come into a project that works otherwise."""
        return self.document.calendar if self.under and self.hours.project is not None else None

    def _settings(self) -> dict[str, Any]:
        """What the project takes over from a plan that becomes its own."""
        document = self.document
        values: dict[str, Any] = {
            "day_minutes": min(1440, document.day_minutes),
            "week_minutes": min(10080, document.week_minutes),
            "critical_slack": document.critical_slack,
            "honours_constraints": document.honours_constraints,
        }
        if document.start is not None:
            values["starts_on"] = document.start.date()
        if self.hours.project is not None:
            values["calendar_id"] = self.hours.project
        return values

    def _person_calendars(self) -> dict[int, int]:
        """Calendars of people who are new; those who are known keep theirs."""
        found = {self.team.of[uid]: place for uid, place in self.hours.persons.items()
                 if uid in self.team.of and place != PROJECT}  # fmt: skip
        return {person: place for person, place in found.items() if person < 0}

    def _work(self) -> tuple[dict[int, int], list[dict[str, Any]], list[NewPart]]:
        """Owners by place, assignments, and parts that are kept."""
        document, place = self.document, self.rows.place
        by_task: dict[int, list[DocAssignment]] = {}
        for made in document.assignments:
            if made.resource in self.team.of:
                by_task.setdefault(place[made.task], []).append(made)
        owners: dict[int, int] = {}
        rows: list[dict[str, Any]] = []
        parts = [NewPart(plan_parts.of_project(document))] if not self.under else []
        for task in document.tasks:
            content = plan_parts.of_task(task, document.source)
            parts.append(NewPart(content, place[task.uid]))
        for at, found in by_task.items():
            if self.rows.tasks[at]["kind"] == "phase":
                continue
            first = next((a for a in found if _responsible(a)), found[0])
            owners[at] = self.team.of[first.resource or 0]
            people = {self.team.of[a.resource or 0]: a for a in found}
            if len(people) > 1 or round(first.units * 100) != 100:
                rows += [_assigned(at, person, made) for person, made in people.items()]
            for person, made in people.items():
                if content := plan_parts.of_assignment(made, document.source):
                    parts.append(NewPart(content, at, person))
        return owners, rows, parts

    def _baselines(self) -> Iterator[NewBaseline]:
        for number in sorted(self.rows.baselines):
            name = self.words.tr("Reference plan") if not number else self.words.tr(
                "Reference plan {n}", n=number)  # fmt: skip
            yield NewBaseline(name, tuple(self.rows.baselines[number]))

    # words -----------------------------------------------------------------------------------

    def _circle(self, keys: tuple[int, ...]) -> Message:
        names = {task.uid: task.name for task in self.document.tasks}
        ring = " → ".join(f"“{names.get(key, key)}”" for key in (*keys, *keys[:1]))
        return msg("these lines wait for each other: {circle}", circle=ring)

    def _warn(self) -> None:
        """Everything that does not come over as it is."""
        warn = self.problems.warn
        for name, count in plan_rows.in_order(plan_rows.LOSSES, self.rows.lost):
            warn(
                0, "", "", nmsg("{what}: {n} time", "{what}: {n} times", count, what=Message(name))
            )
        for name in self.hours.idle:
            warn(0, "", "", msg("the calendar “{name}” never works; it is left out", name=name))
        if self.team.things:
            warn(0, "", "", nmsg("{n} resource that is nobody (material, costs) is left out",
                 "{n} resources that are nobody (material, costs) are left out",
                 self.team.things))  # fmt: skip
        for lost in self.document.lost:
            warn(0, "", "", msg("not understood and left out: {what}", what=lost))
        for name, count in self._foreign():
            warn(0, "", "", nmsg("not understood and left out: {what}, {n} time",
                 "not understood and left out: {what}, {n} times", count, what=name))  # fmt: skip
        if any(_PERSONAL & r.extras.keys() or r.note for r in self.document.resources):
            warn(0, "", "", msg("of people only names, addresses, hours and units come over"))
        if self.document.from_finish:
            warn(0, "", "", BACKWARDS)
        self.moved = list(plan_rows.differing(self.document, self.rows))
        for task, (start, finish) in self.moved[:SHOWN]:
            warn(0, "", "", msg("“{title}” gets other dates than in the file: {dates}",
                 title=task.name, dates=self._between(start, finish)))  # fmt: skip
        if len(self.moved) > SHOWN:
            more = len(self.moved) - SHOWN
            warn(0, "", "", nmsg("{n} more line gets other dates than in the file",
                 "{n} more lines get other dates than in the file", more))  # fmt: skip

    def _foreign(self) -> list[tuple[str, int]]:
        """Parts of a format that is not written again, by name."""
        if self.document.source == "mspdi":
            return []
        found: Counter[str] = Counter()
        document = self.document
        for extras in (document.extras, *(t.extras for t in document.tasks),
                       *(a.extras for a in document.assignments)):  # fmt: skip
            found.update(name.partition(":")[2] for name in extras if ":" in name)
        return sorted(found.items())

    def _between(self, start: int, finish: int) -> str:
        language = self.setting.language
        return " – ".join(formats.moment(moment(at), language) for at in (start, finish))

    def summary(self) -> Iterator[Message]:
        """What comes, where it goes, and who is known."""
        rows, document = self.rows, self.document
        if self.under:
            yield msg("The lines come under a new phase “{name}”; the plan that is there stays.",
                      name=self.path.stem)  # fmt: skip
        else:
            yield msg("The plan of the project is empty: this one becomes its plan.")
        yield nmsg("{n} line, {links} links", "{n} lines, {links} links", len(rows.tasks),
                   links=len(rows.links))  # fmt: skip
        if document.resources and (self.team.of or self.team.new):
            yield msg("People: {known} found in the project, {new} new", known=self.team.known,
                      new=len(self.team.new))  # fmt: skip
        if self.hours.new:
            names = ", ".join(calendar.name for calendar in self.hours.new)
            yield nmsg("{n} calendar: {names}", "{n} calendars: {names}", len(self.hours.new),
                       names=names)  # fmt: skip
        if self.hours.project is not None and not self.under:
            yield msg("The project works by the calendar of the file from now on.")
        if rows.baselines:
            yield nmsg("{n} reference plan", "{n} reference plans", len(rows.baselines))
        automatic = sum(target is not None for target in rows.targets)
        if automatic:
            yield msg(
                "{same} of {all} automatic lines keep the dates of the file",
                same=automatic - len(self.moved),
                all=automatic,
            )


BACKWARDS = msg(
    "this plan is scheduled backwards from its end; here its lines start no earlier than they do"
    " there"
)


def _responsible(made: DocAssignment) -> bool:
    return made.extras.get("gan:responsible") == "true"


def _assigned(place: int, person: int, made: DocAssignment) -> dict[str, Any]:
    return {
        "task_id": place,
        "person_id": person,
        "units": min(1000, max(0, round(made.units * 100))),
        "work": made.work or None,
        "remaining": made.remaining_work if made.work else None,
    }


def _preview(document: PlanDocument, language: str) -> Iterator[tuple[str, ...]]:
    """The first lines as they stand in the file."""
    names = {resource.uid: resource.name for resource in document.resources}
    number = {task.uid: place for place, task in enumerate(document.tasks, 1)}
    depth: dict[int, int] = {}
    for task in document.tasks[:PREVIEW]:
        depth[task.uid] = depth.get(task.parent, -1) + 1 if task.parent is not None else 0
        waits = [number[link.before] for link in document.links if link.after == task.uid]
        who = [names.get(a.resource or 0, "") for a in document.assignments
               if a.task == task.uid and a.resource is not None]  # fmt: skip
        length = "" if task.duration is None else format_duration(
            task.duration, language, document.day_minutes, task.elapsed)  # fmt: skip
        yield (
            f"{'›' * depth[task.uid]} {task.name}".strip(),
            formats.day(task.start.date(), language, year=True) if task.start else "",
            formats.day(task.finish.date(), language, year=True) if task.finish else "",
            length,
            ", ".join(str(one) for one in waits),
            ", ".join(filter(None, who)),
        )
