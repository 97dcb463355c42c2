"""The lines of the printed Gantt: which rows pass the filter, and what each says.

Moments are days since 1 January of year 1 with a fraction: a task from 12 to 13 January lies from
`12 January` to `14 January`, half a day from noon a half.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from crm_pilot.folding import folded
from crm_pilot.planning import rules
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import PILLARS, Pillar, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_options import ColourBy, Filter, Options
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.reports.typography import bind

MORNING, EVENING = 480, 1020  # between them a day on paper is drawn, minute by minute
LEAST = 0.12  # of a day; what is shorter is drawn so long
HUES = ("deployment", "adoption", "feedback", "hesitant", "opponent")  # at most five
OTHERS = "muted"
GROUPED = (ColourBy.OWNER, ColourBy.DEPARTMENT)
_PILLAR_KEYS = {pillar: -1 - place for place, pillar in enumerate(Pillar)}


class Form(StrEnum):
    """What a line is drawn as."""

    PILLAR = "pillar"
    SUMMARY = "summary"
    TASK = "task"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class Line:
    """A line as it is printed; texts bound for paper."""

    key: int
    title: str
    depth: int
    form: Form
    ink: str
    start: float | None = None
    finish: float | None = None  # of a milestone: its moment
    base_start: float | None = None
    base_finish: float | None = None
    first: dt.date | None = None  # the days as they are written
    last: dt.date | None = None
    percent: int = 0
    slip: int | None = None
    critical: bool = False
    late: bool = False
    active: bool = True
    owner: str = ""
    group: str = ""  # what the colour stands for, where it is an owner or a department

    @property
    def heads(self) -> bool:
        """Whether it stands over other lines."""
        return self.form in (Form.PILLAR, Form.SUMMARY)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.percent >= 100


def begins(day: dt.date, minute: int | None) -> float:
    """The moment of a start."""
    return day.toordinal() + (0.0 if minute is None else _part(minute))


def ends(day: dt.date, minute: int | None) -> float:
    """The moment of a finish; without a minute the end of its day."""
    return day.toordinal() + (1.0 if minute is None else _part(minute))


def _part(minute: int) -> float:
    return min(max((minute - MORNING) / (EVENING - MORNING), 0.0), 1.0)


def lines_of(source: Source, options: Options, words: Wording) -> list[Line]:
    """The lines to print in outline order; under a heading for each pillar if there are several."""
    rows = _within(_passing(source, options.filter), options)
    depths = _depths(source.rows)
    parents = {row.parent_id for row in source.rows}
    inks = _inks(rows, parents, source, options)
    groups = _groups(source, options)
    tops = _pillars(source.rows)
    several = len({tops[row.id] for row in rows}) > 1
    made: list[Line] = []
    before: Pillar | None = None
    for row in rows:
        pillar = tops[row.id]
        if several and pillar is not before:
            made.append(_heading(pillar, words, options))
        before = pillar
        depth, holds = depths[row.id] + several, row.id in parents
        made.append(_line(row, depth, holds, inks, groups, source, words))
    return made


# which ---------------------------------------------------------------------------------------


def _passing(source: Source, wanted: Filter) -> list[TaskRow]:
    if not wanted.narrow:
        return list(source.rows)
    parents = {row.parent_id for row in source.rows}
    needle = folded(wanted.text.strip())
    inside = _below(source.rows, wanted.phase)
    kept: set[int | None] = set()
    for row in reversed(source.rows):
        passes = row.id not in parents and (inside is None or row.id in inside)
        if row.id in kept or (passes and _wants(row, wanted, needle, source)):
            kept.add(row.id)
            kept.add(row.parent_id)
    return [row for row in source.rows if row.id in kept]


def _wants(row: TaskRow, wanted: Filter, needle: str, source: Source) -> bool:
    return not (
        (wanted.hide_done and row.done)
        or (wanted.late and not rules.late(row, source.today))
        or (wanted.critical and row.id not in source.critical)
        or (wanted.person is not None and row.owner_id != wanted.person)
        or (needle and needle not in folded(f"{row.title} {row.owner}"))
    )


def _below(rows: Iterable[TaskRow], key: int | None) -> set[int] | None:
    """A line and everything below it; None for all lines."""
    if key is None:
        return None
    found = {key}
    for row in rows:  # parents come before their children
        if row.parent_id in found:
            found.add(row.id)
    return found


def _within(rows: list[TaskRow], options: Options) -> list[TaskRow]:
    """Rows that fall into the days asked for, and what holds them."""
    if options.first is None and options.last is None:
        return rows
    first, last = options.first or dt.date.min, options.last or dt.date.max
    kept: set[int | None] = set()
    for row in reversed(rows):
        dated = row.start is not None and row.finish is not None
        if row.id in kept or (dated and row.start <= last and row.finish >= first):  # type: ignore[operator]
            kept.update((row.id, row.parent_id))
    return [row for row in rows if row.id in kept]


def _depths(rows: Iterable[TaskRow]) -> dict[int, int]:
    made: dict[int | None, int] = {None: -1}
    for row in rows:
        made[row.id] = made.get(row.parent_id, -1) + 1
    return {key: depth for key, depth in made.items() if key is not None}


def _pillars(rows: Iterable[TaskRow]) -> dict[int, Pillar]:
    """Of each row, the pillar of the row at the top above it."""
    made: dict[int | None, Pillar] = {}
    for row in rows:
        made[row.id] = made.get(row.parent_id, row.pillar)
    return {key: pillar for key, pillar in made.items() if key is not None}


# what each says ------------------------------------------------------------------------------


def _heading(pillar: Pillar, words: Wording, options: Options) -> Line:
    return Line(
        key=_PILLAR_KEYS[pillar],
        title=words.tr(PILLARS[pillar]),
        depth=0,
        form=Form.PILLAR,
        ink=pillar.value if options.colour_by is ColourBy.PILLAR else "text",
    )


def _line(
    row: TaskRow,
    depth: int,
    holds: bool,
    inks: dict[int, str],
    groups: dict[int | None, str],
    source: Source,
    words: Wording,
) -> Line:
    form = Form.SUMMARY if holds or row.kind is TaskKind.PHASE else Form.TASK
    if row.kind is TaskKind.MILESTONE and not holds:
        form = Form.MILESTONE
    start = finish = base_start = base_finish = None
    if row.start is not None and row.finish is not None:
        start, finish = begins(row.start, row.start_minute), ends(row.finish, row.finish_minute)
        finish = max(finish, start + LEAST)
    if row.baseline_start is not None and row.baseline_finish is not None:
        base_start, base_finish = begins(row.baseline_start, None), ends(row.baseline_finish, None)
        base_finish = max(base_finish, base_start + LEAST)
    if form is Form.MILESTONE:
        if row.finish is not None:
            start = finish = _moment(row)
        if row.baseline_finish is not None:
            base_start = base_finish = row.baseline_finish.toordinal() + 0.5
    return Line(
        key=row.id,
        title=_bound(row.title, words.language),
        depth=depth,
        form=form,
        ink=inks.get(row.id, "text"),
        start=start,
        finish=finish,
        base_start=base_start,
        base_finish=base_finish,
        first=row.start,
        last=row.finish,
        percent=row.percent,
        slip=rules.slip_days(row),
        critical=row.id in source.critical and not row.done,
        late=not holds and rules.late(row, source.today),
        active=row.active,
        owner=_bound(row.owner, words.language),
        group=_bound(groups.get(row.owner_id, ""), words.language),
    )


@lru_cache(maxsize=8192)  # the preview lays the same lines out again at every choice
def _bound(text: str, language: str) -> str:
    return bind(text, language)


def _moment(row: TaskRow) -> float:
    """Where a milestone stands: the middle of its day, unless the minute is known."""
    assert row.finish is not None
    minute = row.finish_minute if row.finish_minute is not None else row.start_minute
    part = 0.5 if minute is None else min(_part(minute), 0.999)
    return row.finish.toordinal() + part


def _inks(
    rows: list[TaskRow], parents: set[int | None], source: Source, options: Options
) -> dict[int, str]:
    if options.colour_by is ColourBy.PILLAR:
        tops = _pillars(source.rows)
        return {row.id: tops[row.id].value for row in rows}
    if options.colour_by is ColourBy.CRITICAL:
        return {row.id: "text" if row.id in source.critical else OTHERS for row in rows}
    if options.colour_by in GROUPED:
        groups = _groups(source, options)
        busy = Counter(groups.get(row.owner_id) for row in rows if row.id not in parents)
        busy.pop(None, None)
        hues = {name: hue for (name, _), hue in zip(busy.most_common(), HUES, strict=False)}
        return {row.id: hues.get(groups.get(row.owner_id), OTHERS) for row in rows}
    return {row.id: "text" for row in rows}


def _groups(source: Source, options: Options) -> dict[int | None, str]:
    """Of each owner what the colour stands for: the name itself, or the department."""
    if options.colour_by is ColourBy.DEPARTMENT:
        return dict(source.departments)
    if options.colour_by is ColourBy.OWNER:
        return {row.owner_id: row.owner for row in source.rows if row.owner_id and row.owner}
    return {}
