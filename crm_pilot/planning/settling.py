"""What follows from an edit of the plan, written in the same step: the dates of automatic lines.

A command says what a person meant: a typed start, a stretched bar, a percentage. `settle` reads
that as the engine needs it (a start becomes “start no earlier than”, a finish a duration, progress
an actual start), lets the engine place what depends on it, and writes the lines that moved. So
one step of undo takes back the edit with all that followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.planning.announcements import announce
from crm_pilot.planning.calendars import finish_of, start_of
from crm_pilot.planning.live import LivePlan, Select, Stored, Touched
from crm_pilot.planning.schedule import CircleError
from crm_pilot.planning.terms import PLAN_TABLES, ConstraintKind, Mode, TaskKind
from crm_pilot.planning.worktime import DAY, moment

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Values = dict[str, Any]
ROUNDS = 40  # of adopting lines one after the other; what is left then is decided at once
NO_EARLIER = frozenset({ConstraintKind.ASAP, ConstraintKind.SNET, ConstraintKind.MSO})
_INPUTS = (  # what a command sets to say something else than by dates
    *("duration", "elapsed", "mode", "constraint_kind", "constraint_at"),
    *("actual_start", "actual_finish"),
)


class PlanKeeper:
    """The live plan of a project, made when it is first needed.

    `committed` reads the file as it was before the running transaction.
    """

    def __init__(self, committed: Select) -> None:
        self._committed = committed
        self._live: LivePlan | None = None
        self._stale: dict[str, set[int] | None] = {}

    def live(self) -> LivePlan:
        """The plan as it is in the file. Raises `CircleError` when the file holds a circle."""
        if self._live is None:
            self._live = LivePlan(self._committed)
        elif self._stale:
            try:
                self._live.refresh(self._committed, self._stale)
            except BaseException:
                self._live = None
                raise
        self._stale = {}
        return self._live

    def note(self, changed: Touched) -> None:
        """Rows were changed without `settle`: by undo, redo, or another way."""
        for table in changed.keys() & PLAN_TABLES:
            ids, known = changed[table], self._stale.get(table, set())
            self._stale[table] = None if ids is None or known is None else known | set(ids)

    def drop(self) -> None:
        """Forget what was taken in: the transaction was rolled back."""
        self._live = None
        self._stale = {}

    def settle(self, work: Work, touched: Mapping[str, Collection[int]], today: dt.date) -> None:
        """Read what a command touched and write what follows from it.

        Raises `UserError` for a circle of links, and for hours without working time.
        """
        try:
            live, before = self._before(work)
            live.refresh(work.select, touched)
            _Settlement(work, live, before, touched.get("task", ()), today).write()
        except CircleError as circle:
            raise circle_error(work.select, circle.keys) from circle

    def _before(self, work: Work) -> tuple[LivePlan, dict[int, Stored]]:
        """The plan before the edit and its rows. A file that already holds a circle can be mended:
        then the plan after the edit, and no rows."""
        try:
            live = self.live()
        except CircleError:
            self._live = LivePlan(work.select)
            return self._live, {}
        return live, dict(live.stored)


def circle_error(select: Select, keys: Iterable[int]) -> UserError:
    """The sentence that names a circle of lines that wait for each other."""
    ring = list(keys)
    marks = ",".join("?" * len(ring))
    titles: dict[int, str] = dict(
        select(f"SELECT id, title FROM task WHERE id IN ({marks})", *ring)
    )
    names = [f"“{titles.get(key, key)}”" for key in (*ring, *ring[:1])]
    return UserError(
        N_("These lines would wait for each other: {circle}. Nothing was changed."),
        circle=" → ".join(names),
    )


class _Settlement:
    """One edit, from what was touched to what is written."""

    def __init__(
        self,
        work: Work,
        live: LivePlan,
        before: Mapping[int, Stored],
        touched: Collection[int],
        today: dt.date,
    ) -> None:
        self.work, self.live, self.before, self.today = work, live, before, today
        self.touched = touched
        self.rows: dict[int, Stored] = {}  # as they are to be

    def write(self) -> None:
        """Interpret, adopt, place, and write."""
        live = self.live
        for key in self.touched:
            row = live.stored.get(key)
            if row is not None and live.leaf(key) and row.duration is not None:
                self._keep(interpreted(live, row, self.before.get(key)))
        live.take(self.rows)
        self._adopt([row for row in live.leaves() if row.duration is None and row.dated])
        self._place()
        self._store()

    def _keep(self, row: Stored) -> None:
        if row != self.live.stored[row.id]:
            self.rows[row.id] = row

    def _adopt(self, rows: list[Stored]) -> None:
        """Take lines that came with dates alone into the engine's care: automatic where it finds
        the same dates for them, by hand where it does not."""
        if not rows:
            return
        live = self.live
        wanted = {row.id: adopted(live, row) for row in rows}
        live.take(wanted)
        for weaker in (_not_earlier_either, _by_hand):
            for left in range(ROUNDS, -1, -1):
                changed = self._moved(wanted, all_of_them=not left)
                firmer = {row.id: weaker(live, row) for row in changed}
                firmer = {key: row for key, row in firmer.items() if row != wanted[key]}
                if not firmer:
                    break
                live.take(firmer)
                wanted |= firmer
        self.rows |= wanted

    def _moved(self, wanted: Mapping[int, Stored], *, all_of_them: bool) -> list[Stored]:
        """Adopted lines for which the engine finds other dates; of a chain of them the first, as
        the others may fall into place with it."""
        moved = {row.id: row for row in wanted.values() if _placed(self.live, row) != row}
        if all_of_them or not moved:
            return list(moved.values())
        return [row for key, row in moved.items() if not self.live.befores(key) & moved.keys()]

    def _place(self) -> None:
        """Give automatic lines the dates of the engine."""
        live = self.live
        changed = {}
        for row in live.leaves():
            placed = _placed(live, row)
            if placed is not row and placed != row:
                changed[row.id] = placed
        live.stored.update(changed)  # the engine knows these dates already: they are its own
        self.rows |= changed

    def _store(self) -> None:
        known = self._as_read()
        written: dict[int, Values] = {}
        for key, row in self.rows.items():
            old = known[key]
            values = {
                name: _value(name, value)
                for name, value, was in zip(Stored._fields, row, old, strict=True)
                if value != was
            }
            if values:
                written[key] = values
        if not written:
            return
        self.work.set_many("task", written)
        for key, values in written.items():
            row = self.rows[key]
            if row.milestone and "finish" in values and row.finish and key in self.before:
                announce(self.work, key, dt.date.fromisoformat(row.finish), self.today)

    def _as_read(self) -> dict[int, Stored]:
        """The rows to write as the file has them now."""
        found: dict[int, Stored] = {}
        keys = list(self.rows)
        names = ", ".join(Stored._fields)
        for place in range(0, len(keys), 500):
            some = keys[place : place + 500]
            marks = ",".join("?" * len(some))
            rows = self.work.select(f"SELECT {names} FROM task WHERE id IN ({marks})", *some)
            found.update({row[0]: Stored(*row) for row in rows})
        return found


_DATES = frozenset({"start", "finish"})
_MOMENTS = frozenset({"constraint_at", "deadline_at", "actual_start", "actual_finish"})
_TRUTHS = frozenset({"elapsed", "active", "ignores_people"})


def _value(name: str, value: Any) -> Any:
    """A stored value as a command gives it."""
    if value is None:
        return None
    if name in _DATES:
        return dt.date.fromisoformat(value)
    if name in _MOMENTS:
        return dt.datetime.fromisoformat(value)
    return bool(value) if name in _TRUTHS else value


# what a person meant -----------------------------------------------------------------------------


def interpreted(live: LivePlan, row: Stored, old: Stored | None) -> Stored:
    """A settled row after an edit, as the engine needs it. `old` is the row before, None for a
    new line."""
    if old is None:
        return _new(live, row)
    row = _of_kind(live, row, old)
    typed = any(getattr(row, name) != getattr(old, name) for name in _INPUTS)
    moved = (row.start, row.start_minute, row.finish, row.finish_minute) != (
        *(old.start, old.start_minute, old.finish, old.finish_minute),
    )
    if row.dated and moved and not typed:
        row = _by_dates(live, row, old)
    if row.mode != old.mode and row.auto and row.constraint_kind == ConstraintKind.ASAP:
        row = _from_hand(live, row)
    if not row.auto and row.dated and row.duration != old.duration and not moved:
        finish = live.calendar(row).add(live.begin(row), row.duration or 0)
        row = _finishing(live, row, finish)
    if row.percent != old.percent or row.actual_finish != old.actual_finish:
        row = _progressed(live, row, old)
    return row


def _new(live: LivePlan, row: Stored) -> Stored:
    """A new line with a duration of its own: its start is where it may begin."""
    free = row.constraint_kind == ConstraintKind.ASAP and not live.waits(row.id)
    if row.auto and row.dated and free:
        row = _no_earlier(live, row)
    return _progressed(live, row, None)


def _of_kind(live: LivePlan, row: Stored, old: Stored) -> Stored:
    """A line that became a milestone has one moment; one that was a milestone, a day of work."""
    if row.kind == old.kind or TaskKind.MILESTONE not in (row.kind, old.kind):
        return row
    if row.milestone:
        return _on_day(live, row._replace(duration=0, elapsed=0))
    plain = row._replace(start_minute=None, finish_minute=None, elapsed=0)
    if not plain.dated:
        return plain._replace(duration=live.hours.default.worked(1) or 480)
    return plain._replace(duration=max(0, live.length(plain)))


def _by_dates(live: LivePlan, row: Stored, old: Stored) -> Stored:
    """Dates were given: the start is where the line may begin, what lies between is its length."""
    if row.milestone:
        return _on_day(live, row)
    started = (row.start, row.start_minute) != (old.start, old.start_minute)
    length = live.length(row)
    if length <= 0 and row.auto and not row.elapsed:
        row = _on_the_clock(row)
    elif length > 0:
        row = row._replace(duration=length)
    if not row.auto or not (started or not old.dated):
        return row
    if row.actual_start is not None:
        done = None if row.actual_finish is None else _text(live.end(row))
        return row._replace(actual_start=_text(live.begin(row)), actual_finish=done)
    return _no_earlier(live, row)


def _on_day(live: LivePlan, row: Stored) -> Stored:
    """A milestone on its day. On a day nobody works, such as a go-live at a weekend, it counts on
    the clock: the engine would put it on the next working day."""
    if not row.dated:
        return row
    assert row.start is not None
    worked = bool(
        live.hours.of(row.calendar_id).worked(dt.date.fromisoformat(row.start).toordinal())
    )
    row = row._replace(elapsed=int(not worked), duration=0, finish_minute=row.start_minute)
    if row.actual_finish is not None:
        reached = _text(live.begin(row))
        return row._replace(actual_start=reached, actual_finish=reached)
    return _no_earlier(live, row) if row.auto else row


def _on_the_clock(row: Stored) -> Stored:
    """A line of days nobody works, such as a switch-over at a weekend, lasts on the clock."""
    assert row.start is not None
    assert row.finish is not None
    days = (dt.date.fromisoformat(row.finish) - dt.date.fromisoformat(row.start)).days + 1
    return row._replace(elapsed=1, duration=days * DAY, start_minute=None, finish_minute=None)


def _no_earlier(live: LivePlan, row: Stored) -> Stored:
    """Its start as the constraint of a line; a must-start stays one."""
    kind = row.constraint_kind
    if kind != ConstraintKind.MSO:
        kind = ConstraintKind.SNET.value
    return row._replace(constraint_kind=kind, constraint_at=_text(live.begin(row)))


def _from_hand(live: LivePlan, row: Stored) -> Stored:
    """A line handed to the engine stays where it is, unless a link tells where it belongs."""
    if not row.dated or live.waits(row.id):
        return row
    return _no_earlier(live, row)


def _progressed(live: LivePlan, row: Stored, old: Stored | None) -> Stored:
    """Begun work has an actual start, finished work an actual finish; typed ones stay."""
    if not row.dated:
        return row
    if old is not None and row.actual_finish is not None and row.actual_finish != old.actual_finish:
        row = row._replace(percent=100)
    if row.percent <= 0:
        return row._replace(actual_start=None, actual_finish=None)
    if row.actual_start is None:
        row = row._replace(actual_start=_text(live.begin(row)))
    if row.percent < 100:
        return row._replace(actual_finish=None)
    if row.actual_finish is None:
        row = row._replace(actual_finish=_text(live.end(row)))
    return row


def adopted(live: LivePlan, row: Stored) -> Stored:
    """A line that came with dates alone, as the engine would plan it to find the same dates."""
    old = row
    if row.milestone:
        row = _on_day(live, row._replace(duration=0))
    else:
        length = live.length(row)
        row = row._replace(duration=length) if length > 0 else _on_the_clock(row)
    if live.waits(row.id):  # a link may explain the dates
        row = row._replace(constraint_kind=old.constraint_kind, constraint_at=old.constraint_at)
    elif row.auto and row.constraint_kind == ConstraintKind.ASAP:
        row = _no_earlier(live, row)
    return _progressed(live, row, None)


def _not_earlier_either(live: LivePlan, row: Stored) -> Stored:
    """A line that its links alone would put elsewhere also has a start of its own."""
    asap = row.auto and row.constraint_kind == ConstraintKind.ASAP
    return _no_earlier(live, row) if asap else row


def _by_hand(live: LivePlan, row: Stored) -> Stored:
    return row._replace(mode=Mode.MANUAL.value)


# what the engine says ----------------------------------------------------------------------------


def _placed(live: LivePlan, row: Stored) -> Stored:
    """An automatic line with the dates the engine found for it."""
    if not row.auto:
        return row
    start, finish = live.schedule.dates(row.id)
    calendar = live.calendar(row)
    day, minute = start_of(calendar, start)
    if row.milestone:
        text = day.isoformat()
        return row._replace(start=text, finish=text, start_minute=minute, finish_minute=minute)
    row = row._replace(start=day.isoformat(), start_minute=minute)
    return _finishing(live, row, max(start, finish))


def _finishing(live: LivePlan, row: Stored, finish: int) -> Stored:
    day, minute = finish_of(live.calendar(row), finish)
    if row.start is not None and day.isoformat() < row.start:  # nothing to do, at midnight
        return row._replace(finish=row.start, finish_minute=row.start_minute)
    return row._replace(finish=day.isoformat(), finish_minute=minute)


def _text(value: int) -> str:
    return moment(value).isoformat(sep=" ", timespec="seconds")
