"""The plan of the demonstration: outline, links, baseline, and the dates announced so far."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.people import People
from crm_pilot.demo.samples import Words, load
from crm_pilot.planning.calendars import OFFICE, write_week
from crm_pilot.planning.terms import TaskKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Line = dict[str, Any]


def fill(work: Work, words: Words, people: People) -> dict[str, int]:
    """Write the plan; returns the task ids by the keys of the sample."""
    data = load("plan")
    _hours(work, words, data["hours"], people)
    ids: dict[str, int] = {}
    for phase in data["phase"]:
        for one in (phase, *phase["lines"]):
            ids[one["k"]] = len(ids) + 1
    tasks = []
    for position, phase in enumerate(data["phase"]):
        tasks.append(_phase(words, phase, ids[phase["k"]], position))
        for place, line in enumerate(phase["lines"]):
            row = _task(words, line, ids[line["k"]], people)
            tasks.append(
                {**row, "parent_id": ids[phase["k"]], "position": place, "pillar": phase["pillar"]}
            )
    work.insert_many("task", tasks)
    lines = [line for phase in data["phase"] for line in phase["lines"]]
    _links(work, lines, ids)
    _assignments(work, lines, ids, people)
    _baseline(work, words, data, lines, ids)
    _forecasts(work, words, data, lines, ids)
    for number, wave in load("people")["wave"].items():
        work.set("wave", int(number), milestone_id=ids[wave["milestone"]])
    return ids


def _hours(work: Work, words: Words, hours: Line, people: People) -> None:
    """The calendar of the project with its closure, and when people of the team are away."""
    office = dict.fromkeys(range(5), OFFICE) | dict.fromkeys((5, 6), ())
    values = {"name": words(hours["name"]), "week": write_week(office), "country": "FR"}
    calendar = work.add("calendar", **values)
    work.set("project", 1, calendar_id=calendar)
    for closed in hours["closures"]:
        days = {"first": closed["first"], "last": closed["last"]}
        work.add("calendar_exception", calendar_id=calendar, name=words(closed), **days)
    for away in hours["absences"]:
        days = {"first": away["first"], "last": away["last"]}
        part = away.get("part", "day")
        work.add("absence", person_id=people.team[away["o"]], part=part, **days)


def is_milestone(line: Line) -> bool:
    """Whether a line of a plan sample is a milestone: it has one day, or says so."""
    return "on" in line or line.get("milestone", False)


def days(line: Line) -> tuple[dt.date | None, dt.date | None]:
    """Start and finish of a line; a milestone's are the same."""
    return line.get("s", line.get("on")), line.get("f", line.get("on"))


def _phase(words: Words, phase: Line, key: int, position: int) -> dict[str, Any]:
    return {
        "id": key,
        "parent_id": None,
        "position": position,
        "kind": TaskKind.PHASE,
        "pillar": phase["pillar"],
        "title": words(phase),
        "start": None,
        "finish": None,
        "percent": 0,
        "owner_id": None,
        "wave_id": None,
        "committee": False,
        "note": "",
        "mark": None,
    }


def _task(words: Words, line: Line, key: int, people: People) -> dict[str, Any]:
    start, finish = days(line)
    return {
        "id": key,
        "kind": TaskKind.MILESTONE if is_milestone(line) else TaskKind.TASK,
        "title": words(line),
        "start": start,
        "finish": finish,
        "percent": line["p"],
        "owner_id": people.team[line["o"]],
        "wave_id": line.get("w"),
        "committee": line.get("c", False),
        "note": words.optional(line.get("note")),
        "mark": line.get("m"),
    }


def _links(work: Work, lines: list[Line], ids: dict[str, int]) -> None:
    pairs = [(ids[before], ids[line["k"]]) for line in lines for before in line.get("after", ())]
    work.insert_many(
        "link",
        [
            {"id": number, "predecessor_id": before, "successor_id": after}
            for number, (before, after) in enumerate(pairs, 1)
        ],
    )


def _assignments(work: Work, lines: list[Line], ids: dict[str, int], people: People) -> None:
    """Owners who give a line a part of their time only; the others work on nothing else."""
    work.insert_many(
        "assignment",
        [
            {
                "id": number,
                "task_id": ids[line["k"]],
                "person_id": people.team[line["o"]],
                "units": line["u"],
            }
            for number, line in enumerate((one for one in lines if "u" in one), 1)
        ],
    )


def _baseline(
    work: Work, words: Words, data: dict[str, Any], lines: list[Line], ids: dict[str, int]
) -> None:
    card = data["baseline"]
    work.add(
        "baseline",
        id=1,
        name=words(card["name"]),
        set_on=data["baseline_on"],
        reason=words(card["reason"]),
    )
    rows = []
    for line in lines:
        planned = baseline_days(line)
        if planned:
            start, finish = planned
            task = ids[line["k"]]
            rows.append({"baseline_id": 1, "task_id": task, "start": start, "finish": finish})
    work.insert_many("baseline_task", [{"id": n, **row} for n, row in enumerate(rows, 1)])


def baseline_days(line: Line) -> tuple[dt.date, dt.date] | None:
    """Dates of a line in the baseline, or None when it was added later."""
    if line.get("new"):
        return None
    planned = line.get("b")
    start, finish = (planned[0], planned[-1]) if planned else days(line)
    if start is None or finish is None:
        return None
    return start, finish


def _forecasts(
    work: Work, words: Words, data: dict[str, Any], lines: list[Line], ids: dict[str, int]
) -> None:
    """Dates as announced; a milestone without a history of its own was announced once."""
    rows = []
    for line in lines:
        planned = baseline_days(line)
        if not is_milestone(line) or planned is None:
            continue
        once = [(data["baseline_on"].isoformat(), days(line)[0])]
        reasons = data["reasons"].get(line["k"], {})
        for reported, expected in data["forecasts"].get(line["k"], once):
            day = expected if isinstance(expected, dt.date) else dt.date.fromisoformat(expected)
            said = reasons.get(reported, {})
            rows.append(
                {
                    "task_id": ids[line["k"]],
                    "reported_on": dt.date.fromisoformat(reported),
                    "expected_on": day,
                    "reason": words.optional(said),
                    "reason_code": said.get("code"),
                }
            )
    rows.sort(key=lambda row: (row["reported_on"], row["task_id"]))
    work.insert_many("forecast", [{"id": n, **row} for n, row in enumerate(rows, 1)])
