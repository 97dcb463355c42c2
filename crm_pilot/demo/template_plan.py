"""The plan of a template: its lines on working days of the project's country, as rows.

Lines are placed by working-day numbers, 0 being the first day of the project, so that what waits
for something else starts after it in any country; only checkpoints count calendar days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from crm_pilot.demo.samples import Words
from crm_pilot.people.calendar import WorkingDays, next_working_day
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass

Line = Mapping[str, Any]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """A line of the plan put somewhere: `wave` is 0 for a line that is not repeated by wave;
    `first` is the number of its first working day, `length` in working days (0: a milestone)."""

    key: str
    line: Line
    wave: int
    first: int
    length: int


class Layout:
    """Where the lines of a template stand for a number of waves.

    In a template `at` counts working days from the start of the project, or from the line named
    by `on`; a line lasts `n` working days, or ends the day before the line named by `until`. A
    line marked `each` is there once for every wave (`each = 2`: from the second), `step` working
    days apart. A line that is not repeated and looks at one that is means its last wave;
    "live:1" is its first, "live:-1" that of the wave before.
    `stretch` gives a wave's lines of a key their length, up to `most`; they grow towards the past.
    """

    def __init__(
        self, phases: list[Line], waves: int, stretch: Mapping[tuple[str, int], int]
    ) -> None:
        self.waves = waves
        self._lines = {line["k"]: line for phase in phases for line in phase["lines"]}
        self._stretch = stretch
        self.places: dict[str, Place] = {}
        for key, line in self._lines.items():
            for wave in self._waves_of(line):
                self._put(key, wave)

    def _waves_of(self, line: Line) -> range:
        each = line.get("each")
        return range(int(each), self.waves + 1) if each else range(1)

    def _meant(self, name: str, wave: int) -> tuple[str, int]:
        """Line and wave that `name` means, seen from a line of `wave`."""
        key, _, asked = name.partition(":")
        if not self._lines[key].get("each"):
            return key, 0
        if asked == "-1":
            return key, wave - 1
        return key, int(asked or wave or self.waves)

    def resolve(self, name: str, wave: int) -> str:
        """The key of the place that `name` means, seen from a line of `wave`."""
        key, meant = self._meant(name, wave)
        return f"{key}-{meant}" if meant else key

    def keys_of(self, line: Line) -> list[str]:
        """Keys of the places of a line, one for each wave or one in all."""
        return [f"{line['k']}-{wave}" if wave else line["k"] for wave in self._waves_of(line)]

    def before(self, place: Place) -> Iterator[str]:
        """Keys of the places that `place` waits for."""
        for name in (*place.line.get("need", ()), *filter(None, [place.line.get("after")])):
            key = self.resolve(name, place.wave)
            if key in self.places:  # a line of later waves is not there for the first
                yield key

    def _put(self, key: str, wave: int) -> Place:
        name = f"{key}-{wave}" if wave else key
        if name not in self.places:
            line = self._lines[key]
            length = line.get("n", 0)
            longer = min(self._stretch.get((key, wave), 0), line.get("most", length)) - length
            first = line.get("at", 0) - max(0, longer) + line.get("step", 0) * max(0, wave - 1)
            anchor = line.get("on") or line.get("after")
            if anchor:
                first += self._put(*self._meant(anchor, wave)).first
            if "until" in line:
                length = self._put(*self._meant(line["until"], wave)).first - first
            self.places[name] = Place(name, line, wave, first, length + max(0, longer))
        return self.places[name]


class Dates:
    """The dates of places in a country."""

    def __init__(self, layout: Layout, start: dt.date, country: str) -> None:
        self._layout = layout
        self.country = country
        self.working = WorkingDays(start, country)

    def of(self, place: Place) -> tuple[dt.date, dt.date]:
        """First and last day."""
        if "after" in place.line:
            anchor = self._layout.places[self._layout.resolve(place.line["after"], place.wave)]
            later = self.of(anchor)[0] + dt.timedelta(days=place.line["days"])
            day = next_working_day(later, self.country)
            return day, day
        last = place.first + max(0, place.length - 1)
        return self.working.day(place.first), self.working.day(last)


def plan_rows(
    words: Words, data: Mapping[str, Any], layout: Layout, dates: Dates
) -> tuple[Rows, Rows, Rows, dict[str, int]]:
    """Rows of `task`, `link` and `committee`, and the task ids by key of the place."""
    tasks: Rows = []
    ids: dict[str, int] = {}
    for position, phase in enumerate(data["phase"]):
        ids[phase["k"]] = parent = len(tasks) + 1
        tasks.append(_row(parent, None, position, phase["pillar"], TaskKind.PHASE, words(phase)))
        keys = [key for line in phase["lines"] for key in layout.keys_of(line)]
        placed = sorted((layout.places[key] for key in keys), key=lambda p: dates.of(p)[0])
        for child, place in enumerate(placed):
            ids[place.key] = len(tasks) + 1
            tasks.append(_line(words, place, dates, parent, child, phase["pillar"]))
    committees = _committees(words, data["committees"], layout, dates, ids, tasks)
    ends = [
        (ids[before], ids[place.key])
        for place in layout.places.values()
        for before in layout.before(place)
    ]
    links = [
        {"id": number, "predecessor_id": before, "successor_id": after}
        for number, (before, after) in enumerate(ends, 1)
    ]
    return tasks, links, committees, ids


def _line(
    words: Words, place: Place, dates: Dates, parent: int, position: int, pillar: str
) -> dict[str, Any]:
    line = place.line
    said = line if dates.country == "FR" else {**line, **line.get("abroad", {})}
    kind = TaskKind.TASK if place.length else TaskKind.MILESTONE
    title = words(said).format(wave=place.wave)
    row = _row(0, parent, position, pillar, kind, title)
    row["start"], row["finish"] = dates.of(place)
    row |= {"wave_id": place.wave or None, "committee": line.get("c", False)}
    return row | {"note": words.optional(line.get("note")), "mark": line.get("m")}


def _row(
    key: int, parent: int | None, position: int, pillar: str, kind: TaskKind, title: str
) -> dict[str, Any]:
    return {
        "id": key or None,
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
    words: Words,
    plan: Line,
    layout: Layout,
    dates: Dates,
    ids: Mapping[str, int],
    tasks: Rows,
) -> Rows:
    """Committees at a steady pace until the line `until`, as rows of their own; their milestones
    are added to `tasks`."""
    last = layout.places[layout.resolve(plan["until"], 0)].first
    parent = ids[plan["phase"]]
    used = sum(task["parent_id"] == parent for task in tasks)
    rows: Rows = []
    for number, offset in enumerate(range(plan["first"], last + 1, plan["every"]), 1):
        day = dates.working.day(offset)
        rows.append({"id": number, "number": number, "held_on": day})
        title = words(plan).format(number=number)
        kind, position = TaskKind.MILESTONE, used + number
        row = _row(0, parent, position, Pillar.FEEDBACK, kind, title)
        tasks.append(row | {"start": day, "finish": day})
    for number, row in enumerate(tasks, 1):
        row["id"] = number
    return rows
