"""Templates of new projects, one for each motivation (seed 004), and the empty project.

`draft` makes the rows of a new project from what was asked; the summary of the guided form and
the command that fills the project are both taken from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.demo import template_plan, template_rows
from crm_pilot.demo.samples import Words, load
from crm_pilot.demo.template_plan import Dates, Layout, Rows
from crm_pilot.demo.template_rows import Department
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.maintenance.commands import SeedPriorityCells
from crm_pilot.people.calendar import known_country
from crm_pilot.planning.terms import Mark, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.commands import SeedZoneCells
from crm_pilot.store.commands import Command

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

__all__ = [
    "EMPTY",
    "TEMPLATES",
    "WAVES",
    "Department",
    "Draft",
    "Wish",
    "departments_of",
    "draft",
    "template_command",
    "template_name",
]

EMPTY = "empty"
WAVES = 6  # more than that is a plan of its own
TEMPLATES = {  # title, and what it holds in one line
    "first-crm": (
        N_("First CRM"),
        N_("From framing to handover: design, data, training, go-lives by wave."),
    ),
    "replacement": (
        N_("Replacement of a CRM"),
        N_("Migration, a short parallel run, the old tool shut down, habits to unlearn."),
    ),
    "new-stage": (
        N_("New functional stage"),
        N_("One more trade on a CRM in use: pilot, target users, no indigestion."),
    ),
    "rescue": (
        N_("Rescue of a project in difficulty"),
        N_("Quick audit, causes, new casting, lateral project, relaunch by wave."),
    ),
    EMPTY: (
        N_("Empty project"),
        N_("No plan: only the departments you type, and the shared tables."),
    ),
}


@dataclass(frozen=True)
class Wish:
    """The new project that is asked for. `departments` None means those of the template."""

    template: str
    language: str
    start: dt.date
    country: str = "FR"
    departments: tuple[Department, ...] | None = None
    company: str = ""
    crm: str = ""


@dataclass(frozen=True)
class Draft:
    """Rows of a new project by table, with their ids, and the columns of the project's card."""

    tables: Mapping[str, Rows]
    card: Mapping[str, Any]
    milestones: Mapping[int, int]  # task of the go-live by wave

    def summary(self, language: str) -> tuple[Message, ...]:
        """What the project will hold, as phrases to be joined with commas; dates are written in
        `language`."""
        count = {table: len(rows) for table, rows in self.tables.items()}
        tasks = self.tables.get("task", [])
        lines = sum(task["kind"] == TaskKind.TASK for task in tasks)
        points = sum(task["kind"] == TaskKind.MILESTONE for task in tasks)
        found = []
        if tasks:
            found += [
                nmsg("{n} task", "{n} tasks", lines),
                nmsg("{n} milestone", "{n} milestones", points),
            ]
        for task in tasks:
            if task["mark"] == Mark.GO_LIVE:
                number, day = task["wave_id"], formats.day(task["start"], language, year=True)
                found.append(msg("go-live of wave {number} on {date}", number=number, date=day))
        if count.get("course"):
            found.append(nmsg("{n} course", "{n} courses", count["course"]))
        if count.get("training_session"):
            found.append(nmsg("{n} session", "{n} sessions", count["training_session"]))
        if count.get("role"):
            found.append(nmsg("{n} role", "{n} roles", count["role"]))
        if count.get("risk"):
            found.append(nmsg("{n} risk", "{n} risks", count["risk"]))
        if count.get("department") and not tasks:
            found.append(nmsg("{n} department", "{n} departments", count["department"]))
        return tuple(found)


def template_command(wish: Wish) -> Command:
    """The command that fills a new project. Raises `UserError` as `draft` does."""
    return FromTemplate(draft(wish))


@lru_cache(maxsize=8)
def _data(template: str) -> dict[str, Any]:
    if template not in TEMPLATES:
        raise UserError(
            N_("There is no template called “{name}”. Templates: {names}."),
            name=template,
            names=", ".join(TEMPLATES),
        )
    return {} if template == EMPTY else load(template, "templates")


def template_name(template: str, language: str) -> str:
    """The name of a project that was given none."""
    return Words(language)(_data("first-crm" if template == EMPTY else template)["name"])


def departments_of(template: str, language: str) -> tuple[Department, ...]:
    """The departments a template starts with."""
    words = Words(language)
    return tuple(
        Department(words(one), one["users"], one["wave"], one["k"])
        for one in _data(template).get("department", ())
    )


def draft(wish: Wish) -> Draft:
    """Everything the new project will hold; dates run from the first working day on or after the
    start. Raises `UserError` for an unknown template or country, and departments that cannot be.
    """
    data, words = _data(wish.template), Words(wish.language)
    country = known_country(wish.country)
    departments = wish.departments
    if departments is None:
        departments = departments_of(wish.template, wish.language)
    departments = _in_order(_known(departments, wish))
    waves = max((one.wave for one in departments), default=1)
    card = {"company": wish.company, "crm": wish.crm, "motivation": data.get("motivation")}
    rows, groups = template_rows.department_rows(words, data, departments, waves=bool(data))
    if not data:
        return Draft({"department": rows, "stakeholder": groups}, card, {})
    sessions = template_rows.sessions_needed(words, data, departments)
    layout = Layout(data["phase"], waves, template_rows.stretches(sessions))
    dates = Dates(layout, wish.start, country)
    tasks, links, committees, ids = template_plan.plan_rows(words, data, layout, dates)
    courses, held = template_rows.course_rows(words, data, sessions, layout, dates)
    names = [words(data["wave"]).format(wave=number) for number in range(1, waves + 1)]
    tables = {
        "wave": [
            {"id": n, "name": name, "position": n, "pilot": n == 1 < waves}
            for n, name in enumerate(names, 1)
        ],
        "department": rows,
        "stakeholder": groups,
        "profile": template_rows.profile_rows(words, data),
        "task": tasks,
        "link": links,
        "committee": committees,
        "course": courses,
        "course_profile": template_rows.course_profile_rows(data),
        "training_session": held,
        "role": template_rows.role_rows(words, data, departments),
        "risk": template_rows.risk_rows(words, data),
        "budget_line": template_rows.budget_rows(words, data),
        "feature": template_rows.feature_rows(words, data, layout, dates),
    }
    live = data["wave"]["milestone"]
    return Draft(tables, card, {n: ids[f"{live}-{n}"] for n in range(1, waves + 1)})


def _known(departments: Sequence[Department], wish: Wish) -> tuple[Department, ...]:
    """Departments that are typed in take after the template's one of the same name."""
    keys = {d.name.casefold(): d.key for d in departments_of(wish.template, wish.language)}
    return tuple(
        replace(one, key=one.key or keys.get(one.name.strip().casefold(), ""))
        for one in departments
    )


def _in_order(departments: Sequence[Department]) -> tuple[Department, ...]:
    """Departments with waves counted 1, 2, 3 without a gap. Raises `UserError` when a name is
    missing or used twice, or a number is out of range."""
    seen: set[str] = set()
    for one in departments:
        name = one.name.strip()
        if not name:
            raise UserError(N_("A department has no name."))
        if name.casefold() in seen:
            raise UserError(N_("The department “{name}” is there twice."), name=name)
        seen.add(name.casefold())
        if not 0 <= one.users <= 100_000:
            raise UserError(
                N_("“{name}” cannot have {count} users."), name=name, count=str(one.users)
            )
        if not 1 <= one.wave <= WAVES:
            raise UserError(
                N_("“{name}” cannot be in wave {wave}: waves go from 1 to {most}."),
                name=name,
                wave=str(one.wave),
                most=str(WAVES),
            )
    order = {wave: n for n, wave in enumerate(sorted({d.wave for d in departments}), 1)}
    return tuple(replace(one, name=one.name.strip(), wave=order[one.wave]) for one in departments)


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
class FromTemplate:
    """Fills a new project with the rows of a draft."""

    draft: Draft

    @property
    def label(self) -> Message:
        return msg("Set up the project")

    def apply(self, work: Work) -> None:
        Seeds().apply(work)
        work.set("project", 1, **self.draft.card)
        for table, rows in self.draft.tables.items():
            work.insert_many(table, rows)
        for wave, task in self.draft.milestones.items():
            work.set("wave", wave, milestone_id=task)
