"""What follows from an edit of the plan, written in the same step: the dates of automatic lines.

A command says what a person meant: a typed start, a stretched bar, a percentage. `settle` reads
that as the engine needs it (a start becomes “start no earlier than”, a finish a duration, progress
an actual start), lets the engine place what depends on it, and writes the lines that moved. So
one step of undo takes back the edit with all that followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.planning.announcements import announce
from crm_pilot.planning.calendars import start_of
from crm_pilot.planning.engine.schedule import CircleError
from crm_pilot.planning.engine.worktime import at
from crm_pilot.planning.live import LivePlan, Touched
from crm_pilot.planning.meaning import (
    adopted,
    by_hand,
    finishing,
    interpreted,
    not_earlier_either,
    text_of,
)
from crm_pilot.planning.stored import Select, Stored, rows_of
from crm_pilot.planning.terms import PLAN_TABLES, ConstraintKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

Values = dict[str, Any]
ROUNDS = 40  # of adopting lines one after the other; what is left then is decided at once


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

    def hold(self) -> None:
        """Read the plan ahead of the first edit; one with a circle is left to be told by it."""
        with suppress(CircleError):
            self.live()

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
            touched = _without_kin(work, before, touched)
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


def _without_kin(
    work: Work, before: Mapping[int, Stored], touched: Mapping[str, Collection[int]]
) -> Mapping[str, Collection[int]]:
    """Take away links between a line and what holds it, when lines changed their place: inside its
    phase a line need not wait for it. Returns what is touched then."""
    now = rows_of(work.select, "SELECT id, parent_id FROM task", touched.get("task", ()))
    moved = any(parent not in (None, _parent(before, key)) for key, parent in now)
    gone = kin_links(work.select) if moved and before else []
    for key in gone:
        work.remove("link", key)
    return {**touched, "link": {*touched.get("link", ()), *gone}} if gone else touched


def _parent(rows: Mapping[int, Stored], key: int) -> int | None:
    return rows[key].parent_id if key in rows else None


def kin_links(select: Select) -> list[int]:
    """Ids of links that join a line with one that holds it, at any depth."""
    above: dict[int, int | None] = dict(select("SELECT id, parent_id FROM task"))

    def holds(line: int, other: int) -> bool:
        up = above.get(other)
        while up is not None and up != line:
            up = above.get(up)
        return up is not None

    ends = select("SELECT id, predecessor_id, successor_id FROM link")
    return [key for key, a, b in ends if holds(a, b) or holds(b, a)]


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
                self._keep(self._begun(interpreted(live, row, self.before.get(key))))
        live.take(self.rows)
        self._adopt(live.unsettled())
        self._place()
        self._store()

    def _begun(self, row: Stored) -> Stored:
        """A line that got a duration and nothing that tells when: it may begin today; a new one
        with the project, when that has a first day."""
        if row.id not in self.before and self.live.card[0]:
            return row
        if row.dated or row.constraint_kind != ConstraintKind.ASAP or self.live.waits(row.id):
            return row
        first = at(self.today, self.live.hours.day_start(self.today, row.calendar_id))
        kind = ConstraintKind.SNET.value
        return row._replace(constraint_kind=kind, constraint_at=text_of(first))

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
        for weaker in (not_earlier_either, by_hand):
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
        moved = {row.id: row for row in wanted.values() if _elsewhere(self.live, row)}
        if all_of_them or not moved:
            return list(moved.values())
        return [row for key, row in moved.items() if not self.live.befores(key) & moved.keys()]

    def _place(self) -> None:
        """Give automatic lines the dates of the engine."""
        live = self.live
        changed = {}
        for row in live.moved():
            found = placed(live, row)
            if found != row:
                changed[row.id] = found
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
        rows = rows_of(self.work.select, f"SELECT {', '.join(Stored._fields)} FROM task", self.rows)
        return {row[0]: Stored(*row) for row in rows}


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


# what the engine says ----------------------------------------------------------------------------


def _elsewhere(live: LivePlan, row: Stored) -> bool:
    """Whether the engine finds other dates for a line that came with days alone. A milestone may
    fall at any time of its day."""
    found = placed(live, row)
    return found.start != row.start if row.milestone else found != row


def placed(live: LivePlan, row: Stored) -> Stored:
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
    return finishing(live, row, max(start, finish))
