"""A small plan with everything in it: two phases, milestones, links, a reference plan, a wave."""

from __future__ import annotations

import datetime as dt

from crm_pilot.planning.announcements import SetBaseline
from crm_pilot.planning.commands import AddLinks, SetTaskDates
from crm_pilot.project import Add, Project

TODAY = dt.date(2026, 11, 21)  # a Saturday


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fill(project: Project) -> dict[str, int]:
    """Fill `project`; returns ids by short name."""
    keys: dict[str, int] = {}

    def add(name: str, title: str, start: str = "", finish: str = "", **more: object) -> None:
        values: dict[str, object] = {"title": title, "position": len(keys), **more}
        if start:
            values |= {"start": day(start), "finish": day(finish or start)}
        keys[name] = project.execute(Add("task", values))  # type: ignore[arg-type]

    owner = {"first_name": "Nadia", "last_name": "Faure"}
    keys["faure"] = project.execute(Add("person", owner))
    add("data", "Data migration", kind="phase")
    inside = {"parent_id": keys["data"]}
    add("trial", "2nd dry run", "2026-11-09", "2026-11-13", percent=100, **inside)
    add("dedup", "Deduplicate customers", "2026-11-16", "2026-12-02", percent=30, **inside)
    add("checks", "3rd dry run", "2026-12-03", "2026-12-11", **inside)
    add("ready", "Data accepted", "2026-12-11", kind="milestone", committee=True, **inside)
    add("wave", "Wave 3", kind="phase")
    inside = {"parent_id": keys["wave"]}
    add("rights", "Rights and sectors", "2026-11-02", "2026-11-20", percent=60, **inside)
    add("final", "Final migration", "2027-01-04", "2027-01-11", **inside)
    add("live", "Go-live of wave 3", "2027-01-12", kind="milestone", committee=True, **inside)
    add("training", "Sessions West and South", "2026-12-07", "2027-01-08", pillar="adoption")
    wave = project.execute(Add("wave", {"name": "Wave 3", "milestone_id": keys["live"]}))
    keys["wave 3"] = wave
    for name in ("Sales South", "Sales West"):
        project.execute(Add("department", {"name": name, "wave_id": wave}))
    project.execute(AddLinks((keys["trial"], keys["dedup"], keys["checks"], keys["ready"])))
    project.execute(AddLinks((keys["ready"], keys["final"], keys["live"])))
    return keys


def fill_with_baseline(project: Project) -> dict[str, int]:
    """The same with a reference plan of 1 October in which the last migration and the go-live were
    a week earlier."""
    keys = fill(project)
    project.execute(SetTaskDates(keys["final"], day("2026-12-28"), day("2027-01-04")))
    project.execute(SetTaskDates(keys["live"], day("2027-01-05"), day("2027-01-05")))
    project.execute(SetBaseline("Plan of October", day("2026-10-01")))
    project.execute(SetTaskDates(keys["live"], day("2027-01-12"), day("2027-01-12"), today=TODAY))
    project.execute(SetTaskDates(keys["final"], day("2027-01-04"), day("2027-01-11"), today=TODAY))
    return keys
