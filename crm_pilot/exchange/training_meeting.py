"""Reads a list of Teams: one meeting, who joined and left when, on which half-days they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from crm_pilot.exchange.columns import Cells
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.training_formats import JOINED, MEETING_TITLES, ORGANISERS
from crm_pilot.exchange.training_sessions import LONGEST, Entry, Found, Session, Span, Who, who_of
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass
from crm_pilot.training.halves import LONG, NOON, HalfDay, clock
from crm_pilot.training.terms import Half, Presence

SPLIT = 13 * 60  # where a meeting that lasts all day is parted


@dataclass
class _Joined:
    """When somebody joined and left."""

    who: Who
    joins: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)
    leaves: list[dt.datetime] = field(default_factory=list)

    def spans(self, end: dt.datetime) -> tuple[Span, ...]:
        """From each join to the next leave; who never left stayed until the end."""
        leaves, made = sorted(self.leaves), []
        for begin, until in sorted(self.joins, key=lambda join: join[0]):
            after = until or next((one for one in leaves if one >= begin), end)
            made.append((begin, after))
        return tuple(made)


def day_halves(begin: dt.datetime, end: dt.datetime) -> tuple[HalfDay, ...]:
    """The half-days of a meeting that lasted from `begin` to `end` of a day without a break."""
    start = begin.hour * 60 + begin.minute
    minutes = max(round((end - begin).total_seconds() / 60), 1)
    stop = min(start + minutes, 24 * 60 - 1)
    if start >= NOON:
        return (HalfDay(begin.date(), Half.AFTERNOON, clock(start), minutes),)
    if minutes <= LONG or stop <= SPLIT:
        return (HalfDay(begin.date(), Half.MORNING, clock(start), minutes),)
    return (
        HalfDay(begin.date(), Half.MORNING, clock(start), SPLIT - start),
        HalfDay(begin.date(), Half.AFTERNOON, clock(SPLIT), minutes - (SPLIT - start)),
    )


class Meeting:
    """One meeting of Teams."""

    def __init__(self, table: Table, cells: Cells, problems: Problems) -> None:
        self._table = table
        self._cells = cells
        self._problems = problems
        self._people: dict[tuple[str, str], _Joined] = {}
        self._organisers: list[str] = []
        self._moments: list[dt.datetime] = []

    def read(self, watch: Watch) -> Found:
        """The one session."""
        for count, row in enumerate(self._table.rows):
            if not count % 500:
                watch.at(count, len(self._table.rows))
            self._take(row)
        found = Found(rows=len(self._table.rows), told=True, organisers=self._organisers)
        if not self._moments:
            return found
        begin, end = min(self._moments), max(self._moments)
        session = Session(self._title(), begin.date(), self._table.header_line)
        minutes = round((end - begin).total_seconds() / 60)
        if 0 < minutes <= LONGEST:
            session.minutes[minutes] += 1
        session.begins = f"{begin:%H:%M}"
        session.trainer = ", ".join(self._organisers)
        session.halves = self._halves(begin, end)
        session.who = [
            Entry(one.who, Presence.PRESENT, spans=one.spans(end))
            for one in self._people.values()
            if one.joins
        ]
        found.sessions[normal(session.course), session.held_on] = session
        return found

    def _halves(self, begin: dt.datetime, end: dt.datetime) -> tuple[HalfDay, ...]:
        """The half-days of the days somebody joined on, where they are more than the block of the
        first day; a meeting past midnight is one."""
        days = sorted({one.date() for one in self._join_moments()} or {begin.date()})
        if len(days) == 1:
            return day_halves(begin, end) if begin < end and end.date() == begin.date() else ()
        made: list[HalfDay] = []
        for day in days:
            some = [one for one in self._moments if one.date() == day]
            made += day_halves(min(some), max(some))
        return tuple(made)

    def _join_moments(self) -> Iterable[dt.datetime]:
        return (begin for one in self._people.values() for begin, _until in one.joins)

    def _take(self, row: Row) -> None:
        cells, problems = self._cells, self._problems
        moment = cells.moment(row, "moment", problems)
        if moment is None and not cells.raw(row, "moment"):
            problems.error(row.line, cells.mapping["moment"], "", msg("must be filled"))
        left = cells.moment(row, "left", problems) if cells.has("left") else None
        self._moments += [when for when in (moment, left) if when is not None]
        who = who_of(row, cells)
        name = f"{who.first_name} {who.name}".strip()
        if not name:
            problems.error(row.line, cells.mapping["name"], "", msg("must be filled"))
        elif normal(cells.line(row, "role")) in ORGANISERS:
            if name not in self._organisers:
                self._organisers.append(name)
        else:
            known = self._people.setdefault((who.email.casefold(), normal(name)), _Joined(who))
            self._note(row, known, moment, left)

    def _note(
        self, row: Row, known: _Joined, moment: dt.datetime | None, left: dt.datetime | None
    ) -> None:
        """What a row says: somebody joined, or left."""
        joined = not self._cells.has("action") or normal(self._cells.line(row, "action")) in JOINED
        if moment is not None and joined:
            known.joins.append((moment, left))
        elif moment is not None:
            known.leaves.append(moment)

    def _title(self) -> str:
        """Title of the meeting from the lines above, otherwise the name of the file."""
        for row in self._table.above:
            cells = [cell.strip() for cell in row.cells if cell.strip()]
            if len(cells) > 1 and normal(cells[0]) in MEETING_TITLES:
                return cells[1]
        stem = Path(self._table.source.name).stem
        self._problems.warn(
            0,
            "",
            "",
            msg("the list does not name the meeting: its course is called “{name}”", name=stem),
        )
        return stem
