"""Templates of new projects: a first CRM in two waves, or only the shared tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.samples import Words, load
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.maintenance.commands import SeedPriorityCells
from crm_pilot.planning import rules
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.stakeholders.commands import SeedZoneCells
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.commands import Command

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

TEMPLATES = (("first-crm", N_("First CRM")), ("empty", N_("Empty project")))
Line = dict[str, Any]


def template_command(template: str, language: str, start: dt.date) -> Command:
    """The command that fills a new project; dates run from the first working day on or after
    `start`. Raises `UserError` for an unknown template."""
    if template not in dict(TEMPLATES):
        raise UserError(
            N_("There is no template called “{name}”. Templates: {names}."),
            name=template,
            names=", ".join(dict(TEMPLATES)),
        )
    if template == "empty":
        return Seeds()
    return FirstCrm(language, start)


def template_name(language: str) -> str:
    """The name of a project that was given none."""
    return Words(language)(load("first-crm", "templates")["name"])


@dataclass(frozen=True)
class Seeds:
    """The shared tables every project starts with: zones of the map, priorities of tickets."""

    @property
    def label(self) -> Message:
        return msg("Set up the project")

    def apply(self, work: Work) -> None:
        SeedZoneCells().apply(work)
        SeedPriorityCells().apply(work)


@dataclass(frozen=True)
class FirstCrm:
    """A first CRM: plan, waves, departments and groups, profiles, courses, committees, risks."""

    language: str
    start: dt.date

    @property
    def label(self) -> Message:
        return msg("Set up the project")

    def apply(self, work: Work) -> None:
        Seeds().apply(work)
        words, data = Words(self.language), load("first-crm", "templates")
        for number, wave in data["wave"].items():
            work.add("wave", id=int(number), name=words(wave), position=int(number))
        ids = _plan(work, words, data, self.start)
        for number, wave in data["wave"].items():
            work.set("wave", int(number), milestone_id=ids[wave["milestone"]])
        _groups(work, words, data["groups"])
        _profiles_and_courses(work, words, data)
        _risks(work, words, data["risk"])


class _Calendar:
    """Dates of the template's lines from the start of the project."""

    def __init__(self, start: dt.date, phases: list[Line]) -> None:
        self._start = rules.next_working_day(start)
        self._lines = {line["k"]: line for phase in phases for line in phase["lines"]}

    def day(self, offset: int) -> dt.date:
        """The working day `offset` working days after the start."""
        return rules.after_working_days(self._start, offset + 1)

    def days(self, line: Line) -> tuple[dt.date, dt.date]:
        """First and last day of a line."""
        if "after" in line:
            first, _ = self.days(self._lines[line["after"]])
            day = rules.next_working_day(first + dt.timedelta(days=line["days"]))
            return day, day
        start = self.day(line["at"])
        return start, rules.after_working_days(start, line.get("n", 1))


def _plan(work: Work, words: Words, data: dict[str, Any], start: dt.date) -> dict[str, int]:
    """Write phases, lines, links and committees; returns task ids by key."""
    calendar = _Calendar(start, data["phase"])
    rows: list[dict[str, Any]] = []
    ids: dict[str, int] = {}
    for position, phase in enumerate(data["phase"]):
        ids[phase["k"]] = parent = len(rows) + 1
        rows.append(_row(parent, None, position, phase["pillar"], TaskKind.PHASE, words(phase)))
        for place, line in enumerate(phase["lines"]):
            ids[line["k"]] = key = len(rows) + 1
            kind = TaskKind.TASK if "n" in line else TaskKind.MILESTONE
            row = _row(key, parent, place, phase["pillar"], kind, words(line))
            first, last = calendar.days(line)
            row |= {"start": first, "finish": last, "wave_id": line.get("w")}
            row |= {"note": words.optional(line.get("note")), "mark": line.get("m")}
            rows.append(row | {"committee": line.get("c", False)})
    rows += _committees(work, words, data["committees"], calendar, ids["steering"], len(rows))
    work.insert_many("task", rows)
    lines = [line for phase in data["phase"] for line in phase["lines"]]
    pairs = [(ids[before], ids[line["k"]]) for line in lines for before in _needs(line)]
    work.insert_many("link", [{"predecessor_id": b, "successor_id": a} for b, a in pairs])
    return ids


def _needs(line: Line) -> Iterator[str]:
    yield from line.get("need", ())
    if "after" in line:
        yield line["after"]


def _row(
    key: int, parent: int | None, position: int, pillar: str, kind: TaskKind, title: str
) -> dict[str, Any]:
    return {
        "id": key,
        "parent_id": parent,
        "position": position,
        "kind": kind,
        "pillar": pillar,
        "title": title,
        "start": None,
        "finish": None,
        "wave_id": None,
        "committee": False,
        "note": "",
        "mark": None,
    }


def _committees(
    work: Work, words: Words, plan: Line, calendar: _Calendar, parent: int, used: int
) -> list[dict[str, Any]]:
    """Committees at a steady pace, as rows of their own and as milestones of the plan."""
    rows = []
    for number in range(1, plan["count"] + 1):
        day = calendar.day(plan["first"] + (number - 1) * plan["every"])
        work.add("committee", number=number, held_on=day)
        title = words(plan).format(number=number)
        milestone = TaskKind.MILESTONE
        row = _row(used + number, parent, number + 1, Pillar.FEEDBACK, milestone, title)
        rows.append(row | {"start": day, "finish": day})
    return rows


def _groups(work: Work, words: Words, groups: Line) -> None:
    """Departments, each with its group on the map, not rated yet."""
    for position, one in enumerate(groups["rows"], 1):
        department = work.add(
            "department",
            name=words(one),
            short=words(one["short"]),
            wave_id=one["wave"],
            position=position,
        )
        work.add(
            "stakeholder",
            kind=UnitKind.GROUP,
            name=words(one),
            department_id=department,
            headcount=one["heads"],
            influence=one["influence"],
            note=words(groups["note"]),
        )


def _profiles_and_courses(work: Work, words: Words, data: dict[str, Any]) -> None:
    for one in data["profile"].values():
        work.add(
            "profile",
            name=words(one),
            expected_low=one["low"],
            expected_high=one["high"],
            measured=one["measured"],
        )
    for one in data["course"]:
        work.add("course", title=words(one), minutes=one["minutes"], aim=words(one["aim"]))


def _risks(work: Work, words: Words, risks: list[Line]) -> None:
    for number, one in enumerate(risks, 1):
        work.add(
            "risk",
            code=f"R-{number:02d}",
            title=words(one),
            response=words(one["response"]),
            probability=one["p"],
            impact=one["i"],
        )
