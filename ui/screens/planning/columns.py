"""The columns of the outline: what each shows, how it is typed, ordered and filtered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, tr
from crm_pilot.planning import queries, rules
from crm_pilot.planning.durations import parse_duration
from crm_pilot.planning.moments import day_of, parse_when, when
from crm_pilot.planning.predecessors import Wait, format_waits, parse_waits
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import CONSTRAINTS, MODES, PILLARS, ConstraintKind, TaskKind
from ui.language import formats, lang
from ui.models.columns import Column
from ui.screens.planning.facts import PlanFacts
from ui.screens.planning.lines import Line
from ui.screens.planning.values import length_text, slack_days, slack_text, when_text
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

Facts = Callable[[], PlanFacts]


@dataclass(frozen=True)
class LineColumn(Column):
    """A column over the lines of the plan; the heading of a pillar has a few figures only.

    `of` is the stored value of a row, `show` the text of a line, `size` what is measured and
    ordered; `reads` makes a value of what was typed, `says` writes one. `on`: which lines can be
    edited: "all", "tasks" (no phases), "work" (neither phases nor milestones), "" none.
    """

    of: Callable[[TaskRow], Any] | None = None
    show: Callable[[Line], str] | None = None
    size: Callable[[Line], Any] | None = None
    reads: Callable[[str, dt.date], Any] | None = None
    says: Callable[[Any], str] | None = None
    on: str = ""

    def value(self, row: Any) -> Any:
        return None if row.row is None or self.of is None else self.of(row.row)

    def shown(self, row: Any) -> str:
        if self.show is not None:
            return self.show(row)
        return "" if row.row is None else self.written(self.value(row))

    def written(self, value: Any) -> str:
        if value is not None and self.says is not None:
            return self.says(value)
        return super().written(value)

    def typed_text(self, row: Any) -> Any:
        value = self.value(row)
        if self.kind in ("choice", "bool"):
            return value
        if value is None:
            return ""
        return self.written(value) if self.says is not None else str(value)

    def parse(self, typed: Any, today: dt.date) -> Any:
        if self.reads is not None and isinstance(typed, str):
            return self.reads(typed, today)
        return super().parse(typed, today)

    def plain(self, row: Any) -> str:
        value = self.measure(row) if self.measured else None
        if isinstance(value, dt.date):
            return value.isoformat()
        if self.kind == "percent":
            return f"{value}%"
        return str(value) if isinstance(value, int) else self.shown(row)

    def cell(self, row: Any) -> Any:
        return self.measure(row) if self.measured else self.shown(row)

    def measure(self, row: Any) -> Any:
        return day_of(self._size(row)) if self.kind == "date" else self._size(row)

    def _size(self, row: Any) -> Any:
        return self.size(row) if self.size is not None else getattr(row, self.key, None)

    def order(self, row: Any) -> Any:
        if self.measured:
            value = self.measure(row)
        elif self.size is not None:
            value = self.size(row)
        else:
            value = folded(self.shown(row)) or None
        return (value is None, 0 if value is None else value)

    def token(self, row: Any) -> str:
        return self.shown(row)

    def takes(self, line: Line) -> bool:
        """Whether this cell of a line can be typed in."""
        row = line.row
        if row is None or not self.on:
            return False
        if self.on == "all":
            return True
        return not line.holds and (self.on == "tasks" or row.kind is not TaskKind.MILESTONE)


def outline_columns(bridge: Bridge, facts: Facts) -> tuple[LineColumn, ...]:
    """All columns in the order they come; most are shown when chosen."""
    return (
        *_names(facts),
        *_dates(bridge, facts),
        *_progress(bridge, facts),
        *_kept(bridge, facts),
    )


def title_text(line: Line) -> str:
    """The title of a line, or the pillar it is the heading of."""
    return line.row.title if line.row is not None else tr(PILLARS[line.pillar])


def _of_row(read: Callable[[TaskRow], Any]) -> Callable[[Line], Any]:
    """What a row says; None for the heading of a pillar."""
    return lambda line: read(line.row) if line.row is not None else None


# what a line is called -----------------------------------------------------------------------


def _names(facts: Facts) -> tuple[LineColumn, ...]:
    def number(line: Line) -> str:
        return str(facts().numbers.get(line.key, ""))

    return (
        LineColumn(
            "number", N_("No."), "text", None, 46, "right", hidden=True,
            tooltip=N_("The number by which links are typed"),
            show=number, size=lambda line: facts().numbers.get(line.key),
        ),
        LineColumn(
            "outline_number", N_("Outline number"), "text", None, 76, hidden=True,
            show=lambda line: facts().outline_numbers.get(line.key, ""),
            size=lambda line: facts().numbers.get(line.key),
        ),
        LineColumn(
            "title", N_("Task"), "text", "title", 204, optional=False, grow=True,
            of=lambda row: row.title, show=title_text, on="all",
        ),
    )  # fmt: skip


# when it happens -----------------------------------------------------------------------------


def _dates(bridge: Bridge, facts: Facts) -> tuple[LineColumn, ...]:
    def length(line: Line) -> str:
        return "" if line.row is None else row_length(line.row, line.holds, facts())

    def lengths(value: tuple[int, bool]) -> str:
        return length_text(value[0], facts().sizes[0], elapsed=value[1])

    def read_length(text: str, _today: dt.date) -> tuple[int, bool]:
        return parse_duration(text, *facts().sizes)

    return (
        LineColumn(
            "duration", N_("Duration"), "duration", "duration", 76, "right", hidden=True,
            of=lambda row: None if row.duration is None else (row.duration, row.elapsed),
            show=length, size=_of_row(lambda row: row.duration), reads=read_length, says=lengths,
            on="work", why=asks(bridge, "planning.duration"),
        ),
        LineColumn(
            "start", N_("Start"), "date", "start", 65, on="work", show=_start, says=_dated,
            of=lambda row: when(row.start, row.start_minute), reads=parse_when,
        ),
        LineColumn(
            "finish", N_("Finish"), "date", "finish", 65, on="tasks", show=_finish, says=_dated,
            of=lambda row: when(row.finish, row.finish_minute), reads=parse_when,
        ),
    )  # fmt: skip


def row_length(row: TaskRow, holds: bool, facts: PlanFacts) -> str:
    """The duration of a row; of a phase, what lies between its dates in working days."""
    if row.kind is TaskKind.MILESTONE:
        return ""
    if not holds:
        return length_text(row.duration, facts.sizes[0], elapsed=row.elapsed)
    if row.start is None or row.finish is None:
        return ""
    return formats.days(rules.working_days(row.start, row.finish), lang())


def _dated(value: Any) -> str:
    return when_text(value, year=True)


def _start(line: Line) -> str:
    row = line.row
    if row is not None and row.kind is TaskKind.MILESTONE:
        return ""
    return when_text(when(line.start, None if row is None or line.holds else row.start_minute))


def _finish(line: Line) -> str:
    row = line.row
    if row is None or line.holds or row.kind is TaskKind.MILESTONE:
        return when_text(line.finish)
    return when_text(when(line.finish, row.finish_minute))


# how far it is, and who does it --------------------------------------------------------------


def _percent(line: Line) -> str:
    row = line.row
    if row is not None and row.kind is TaskKind.MILESTONE and not row.done:
        return ""  # reached or not: there is nothing in between
    return formats.percent(line.percent / 100, lang())


def _slip(line: Line) -> str:
    slip = rules.slip_days(line.row) if line.row is not None else None
    return formats.days(slip, lang(), sign=True) if slip else ""


def _progress(bridge: Bridge, facts: Facts) -> tuple[LineColumn, ...]:
    def owners() -> dict[int, str]:
        return {key: short for key, short, _full in queries.owners(bridge.reader)}

    def slack(line: Line) -> int | None:
        return facts().slack(line.row) if line.row is not None else None

    def days(line: Line) -> int | None:
        minutes = slack(line)
        return None if minutes is None else slack_days(minutes, facts().sizes[0])

    return (
        LineColumn(
            "percent", "%", "percent", "percent", 53, on="tasks", show=_percent,
            of=lambda row: row.percent, why=asks(bridge, "planning.percent"),
        ),
        LineColumn(
            "owner", N_("Owner"), "choice", "owner_id", 90, choices=owners, on="all",
            of=lambda row: row.owner_id, show=lambda line: line.row.owner if line.row else "",
        ),
        LineColumn(
            "slack", N_("Slack"), "int", None, 48, size=days,
            show=lambda line: slack_text(slack(line), facts().sizes[0]),
            tooltip=N_("Working days a line can slip before the end of the plan does"),
            why=asks(bridge, "planning.total_slack"),
        ),
        LineColumn(
            "slip", N_("Slip"), "int", None, 53, hidden=True, show=_slip,
            size=_of_row(rules.slip_days),
            tooltip=N_("Finish compared with the reference plan, in calendar days"),
            why=asks(bridge, "planning.slip_days"),
        ),
    )  # fmt: skip


# what holds it in place ----------------------------------------------------------------------


def _kept(bridge: Bridge, facts: Facts) -> tuple[LineColumn, ...]:
    def waves() -> dict[int, str]:
        return dict(queries.wave_names(bridge.reader))

    return (
        LineColumn(
            "predecessors", N_("Waits for"), "waits", "predecessors", 110, hidden=True, on="all",
            of=lambda row: waits_of(row, facts()), says=lambda value: waits_text(value, facts()),
            reads=lambda text, _today: parse_waits(text, facts().key_of, *facts().sizes),
            tooltip=N_("Numbers of lines, with kind and lag: 12; 14FS+2d"),
        ),
        LineColumn(
            "mode", N_("Planned"), "choice", "mode", 90, hidden=True, on="tasks", optional=False,
            choices=MODES, of=lambda row: row.mode,
            show=lambda line: tr(MODES[line.row.mode]) if line.row and not line.holds else "",
        ),
        LineColumn(
            "constraint", N_("Constraint"), "choice", "constraint_kind", 150, hidden=True,
            on="tasks", optional=False, choices=CONSTRAINTS, of=lambda row: row.constraint_kind,
            show=_constraint,
        ),
        LineColumn(
            "constraint_at", N_("Constraint date"), "date", "constraint_at", 96, hidden=True,
            on="tasks", of=lambda row: row.constraint_at, show=_constraint_day, says=_dated,
            size=_of_row(lambda row: row.constraint_at), reads=parse_when,
        ),
        LineColumn(
            "deadline", N_("Deadline"), "date", "deadline_at", 76, hidden=True, on="tasks",
            of=lambda row: row.deadline_at, show=_deadline, says=_dated,
            size=_of_row(lambda row: row.deadline_at), reads=parse_when,
        ),
        *_work(bridge, facts),
        LineColumn(
            "wave", N_("Wave"), "choice", "wave_id", 92, choices=waves, hidden=True, on="all",
            of=lambda row: row.wave_id,
        ),
        LineColumn(
            "note", N_("Note"), "text", "note", 160, hidden=True, on="all",
            of=lambda row: row.note,
        ),
    )  # fmt: skip


def waits_of(row: TaskRow, facts: PlanFacts) -> tuple[Wait, ...]:
    """What a line waits for, by the number of what it waits for."""
    links = sorted(facts.waits_for(row.id), key=lambda one: facts.numbers[one.predecessor_id])
    return tuple(Wait(one.predecessor_id, one.kind, one.lag, one.lag_unit) for one in links)


def waits_text(waits: tuple[Wait, ...], facts: PlanFacts) -> str:
    """`12; 14FS+2 d`."""
    return format_waits(waits, lambda key: str(facts.numbers[key]), lang(), facts.sizes[0])


def _constraint(line: Line) -> str:
    row = line.row
    if row is None or line.holds or row.constraint_kind is ConstraintKind.ASAP:
        return ""  # nothing holds it
    return tr(CONSTRAINTS[row.constraint_kind])


def _constraint_day(line: Line) -> str:
    row = line.row
    return "" if row is None or line.holds else _day_alone(row.constraint_at)


def _deadline(line: Line) -> str:
    return "" if line.row is None else _day_alone(line.row.deadline_at)


def _day_alone(at: dt.datetime | None) -> str:
    """A moment without its time: that is in the dialog of the line."""
    return "" if at is None else formats.day(at.date(), lang())


def _work(bridge: Bridge, facts: Facts) -> tuple[LineColumn, ...]:
    def lengths(value: int) -> str:
        return length_text(value, facts().sizes[0])

    def read(text: str, _today: dt.date) -> int | None:
        return parse_duration(text, *facts().sizes)[0] if text.strip() else None

    return (
        LineColumn(
            "work", N_("Work"), "duration", "work", 68, "right", hidden=True, on="work",
            of=lambda row: row.work, size=_of_row(lambda row: row.work), reads=read, says=lengths,
            why=asks(bridge, "planning.work"),
        ),
        LineColumn(
            "remaining", N_("Remaining work"), "duration", "remaining", 76, "right", hidden=True,
            on="work", of=lambda row: row.remaining, size=_of_row(lambda row: row.remaining),
            reads=read, says=lengths, why=asks(bridge, "planning.remaining"),
        ),
    )  # fmt: skip
