"""Rows of the crossings: positions beside training, tickets, adoption and planned actions.

What is not known is None, never 0: a share without users, a rate without tickets.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from crm_pilot.governance.influence import Effort
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind, Zone

WINDOW_DAYS = 90  # of tickets, and of the change of synergy beside them
LEAST_DAYS = 60  # of the window before that must be known for a comparison
SMALL = 5  # fewer people or accounts are not shown beside a position (DOMAIN.md 6)


def per_hundred(count: int | None, people: int) -> float | None:
    """Per 100 people; None when the count is not known or there is nobody."""
    return None if count is None or not people else count * 100 / people


def is_below(days: float | None, expected_low: float | None) -> bool:
    """Whether days a week are fewer than expected, where both are known."""
    return days is not None and expected_low is not None and days < expected_low


@dataclass(frozen=True)
class Trained:
    """How many of how many: 0 or 1 of 1 for a person, its department's users for a group."""

    done: int
    of: int

    @property
    def share(self) -> float:
        """Part of 1."""
        return self.done / self.of


@dataclass(frozen=True)
class TicketCount:
    """Tickets of a department opened in the last 90 days and in the 90 before.

    None: not known, see `counted`. `people`: persons of the department in the
    directory or headcount of its groups on the map, the larger of the two.
    """

    opened: int | None
    before: int | None
    people: int

    @property
    def rate(self) -> float | None:
        """Per 100 people in the last 90 days."""
        return per_hundred(self.opened, self.people)

    @property
    def rate_before(self) -> float | None:
        """Per 100 people in the 90 days before."""
        return per_hundred(self.before, self.people)


@dataclass(frozen=True)
class PositionRow:
    """One of the trio, or one zone of it: the groups there beside the other rooms.

    Shares are of 1; tickets are per 100 people. All are means over the groups weighted by
    headcount, each group having the figure of its department.
    """

    trio: Trio
    zone: Zone | None  # None: the whole of the trio
    units: int
    headcount: int
    trained: float | None
    tickets: float | None
    tickets_before: float | None
    active_share: float | None
    days_per_week: float | None
    expected_low: float | None  # days a week expected of the profiles of its accounts
    effort: Effort  # on groups and persons there; minutes of work

    @property
    def id(self) -> int:
        """The same for the same place on every day."""
        place = 0 if self.zone is None else 1 + list(Zone).index(self.zone)
        return list(Trio).index(self.trio) * 100 + place

    @property
    def below(self) -> bool:
        """Whether it is used on fewer days than its profiles should."""
        return is_below(self.days_per_week, self.expected_low)


@dataclass(frozen=True)
class DepartmentRow:
    """One department: where most of its people stand, beside training, tickets and use."""

    id: int
    department: str
    wave: str
    people: int
    placed: int  # headcount of its groups that have a position
    trio: Trio | None  # of most of the headcount placed
    zone: Zone | None
    majority: float | None  # share of the headcount placed that is of that trio
    trained: float | None
    tickets: int | None  # opened in the last 90 days
    tickets_before: int | None
    active_share: float | None
    days_per_week: float | None
    expected_low: float | None
    units: tuple[int, ...]  # its groups, large ones first

    @property
    def below(self) -> bool:
        """Whether it is used on fewer days than its profiles should."""
        return is_below(self.days_per_week, self.expected_low)

    @property
    def change(self) -> int | None:
        """Tickets more than in the 90 days before."""
        if self.tickets is None or self.tickets_before is None:
            return None
        return self.tickets - self.tickets_before


@dataclass(frozen=True)
class Falling:
    """A department whose tickets rise while its synergy falls (mean of its groups by headcount)."""

    id: int
    department: str
    tickets: int
    tickets_before: int
    synergy: float
    synergy_before: float
    units: tuple[int, ...]


@dataclass(frozen=True)
class Waiting:
    """Hesitants whose department is mostly untrained, or one who attended no session."""

    unit: UnitRow
    trained: Trained


@dataclass(frozen=True)
class Crossings:
    """Everything the view of crossings shows."""

    positions: tuple[PositionRow, ...]  # each of the trio, then its zones that are not empty
    departments: tuple[DepartmentRow, ...]
    idle: tuple[UnitRow, ...]  # allies without any action
    untrained: tuple[Waiting, ...]
    falling: tuple[Falling, ...]
    loose: int  # groups without a department: training, tickets and use say nothing of them

    def row(self, trio: Trio) -> PositionRow | None:
        """The whole of one of the trio."""
        return next((r for r in self.positions if r.trio == trio and r.zone is None), None)

    @property
    def placed(self) -> int:
        """Headcount that has a position."""
        return sum(row.headcount for row in self.positions if row.zone is None)


@dataclass(frozen=True)
class Window:
    """The days tickets are counted in, and which of them the tickets of the project cover."""

    today: dt.date
    recent_known: bool  # some department has a ticket in the last 90 days
    first: dt.date | None  # of the first ticket of all departments

    @property
    def middle(self) -> dt.date:
        """First of the last 90 days."""
        return self.today - dt.timedelta(days=WINDOW_DAYS - 1)

    @property
    def start(self) -> dt.date:
        """First of the 90 days before."""
        return self.middle - dt.timedelta(days=WINDOW_DAYS)

    @property
    def least(self) -> dt.date:
        """From here on the days before must be known to compare with them: 60 of 90."""
        return self.middle - dt.timedelta(days=LEAST_DAYS)


# for the committee ---------------------------------------------------------------------------


def for_committee(found: Crossings) -> Crossings:
    """The same as it may leave the program: rows of fewer than five people without figures,
    persons and small groups in no list."""
    return replace(
        found,
        positions=tuple(_without_few(row) for row in found.positions),
        departments=tuple(_without_small(row) for row in found.departments),
        idle=tuple(unit for unit in found.idle if _shown(unit)),
        untrained=tuple(one for one in found.untrained if _shown(one.unit)),
    )


def _shown(unit: UnitRow) -> bool:
    return unit.kind == UnitKind.GROUP and unit.headcount >= SMALL


def _without_few(row: PositionRow) -> PositionRow:
    if row.headcount >= SMALL:
        return row
    return replace(
        row,
        trained=None,
        tickets=None,
        tickets_before=None,
        active_share=None,
        days_per_week=None,
        expected_low=None,
    )


def _without_small(row: DepartmentRow) -> DepartmentRow:
    if row.people >= SMALL:
        return row
    return replace(
        row,
        trio=None,
        zone=None,
        majority=None,
        trained=None,
        tickets=None,
        tickets_before=None,
        active_share=None,
        days_per_week=None,
        expected_low=None,
    )
