"""What of a project goes into its printed map, read once and already as its level allows.

What the level keeps back is not in here: layout, drawing and every pen see only what may be seen.
Who is shown with a position is decided by `figures.units`, as for every other output.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from crm_pilot import figures as engine
from crm_pilot.figures import SMALL, Level
from crm_pilot.governance import entry, influence
from crm_pilot.governance.entry import Verdict
from crm_pilot.i18n import Message, Translator
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import queries, sentences
from crm_pilot.stakeholders.movements import Movements
from crm_pilot.stakeholders.queries import PositionsFigures, TrioShare, UnitRow
from crm_pilot.stakeholders.terms import ActionKind, Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import Grid
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class Stop:
    """A cell on a route, and the day of the rating that led there (of a target: its date)."""

    synergy: int
    antagonism: int
    day: dt.date | None


@dataclass(frozen=True)
class Unit:
    """A unit that stands on the map, with nothing beside it that its level keeps back.

    `label` is a name or a code. `before` is where it stood on the day that is compared with, if
    elsewhere; `stops` are all earlier cells, the oldest first. At committee level `fact`, `owner`,
    `action` and `stops` are empty, and there is no target.
    """

    key: int
    label: str
    person: bool
    headcount: int
    synergy: int
    antagonism: int
    zone: Zone
    trio: Trio
    since: dt.date | None
    before: Stop | None = None
    stops: tuple[Stop, ...] = ()
    target: Stop | None = None
    fact: str = ""
    owner: str = ""
    action: str = ""
    action_on: dt.date | None = None


@dataclass(frozen=True)
class Count:
    """Units that are only counted."""

    units: int = 0
    headcount: int = 0


@dataclass(frozen=True)
class Move:
    """People who went from one zone to another; `names` of the groups that may be named."""

    before: Zone | None
    after: Zone | None
    headcount: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """An influence action that is not done. `aim` is empty where it may not be named; `title` is
    free text of the lead and stays at the lead's own level. `late`: its last day is over."""

    kind: ActionKind
    aim: str
    title: str
    owner: str
    start: dt.date | None
    finish: dt.date | None
    late: bool = False

    @property
    def due(self) -> dt.date | None:
        """The day it is to be done by, or else that it begins."""
        return self.finish or self.start


@dataclass(frozen=True)
class Source:
    """The map on one day at one level."""

    level: Level
    project: str
    company: str
    issued: dt.date
    day: dt.date
    since: dt.date | None
    headline: Message
    grid: Grid
    units: tuple[Unit, ...]  # with a position, large groups first, persons last
    pooled: Count  # groups under five: no name, no position
    unrated: tuple[tuple[str, int], ...]  # label and headcount, without a position yet
    placed: int  # people, small groups included
    people: int
    shares: tuple[TrioShare, ...]
    moves: tuple[Move, ...]
    still: int  # people whose zone is the same
    hidden_moves: int  # people who moved, in moves too small to be shown
    acts: tuple[Act, ...]
    checks: tuple[Message, ...]

    @property
    def own(self) -> bool:
        """Whether names may stand beside positions."""
        return self.level == Level.OWN


def gather(
    reader: Reader,
    today: dt.date,
    level: Level | str = Level.COMMITTEE,
    *,
    on: dt.date | None = None,
    since: dt.date | None = None,
) -> Source:
    """Read the map of the day `on` (default: today), compared with `since` (default: the last
    committee before it)."""
    level, day = Level(level), on or today
    if since is None or since >= day:
        since = last_committee_day(reader, day)
    name, company = reader.one("SELECT name, company FROM project") or ("", "")
    figures = queries.figures(reader, day, since)
    shown, pooled = _allowed(figures.units, level)
    moved = None if since is None else queries.movements(reader, since, day)
    acts = _next_actions(reader)
    routes = _Routes(reader, level, day, since)
    moves, still, hidden = _moves(moved, figures, shown, level)
    return Source(
        level=level,
        project=name,
        company=company,
        issued=today,
        day=day,
        since=since,
        headline=sentences.headline(reader, day, since),
        grid=queries.zone_grid(reader),
        units=tuple(routes.unit(row, level, acts.get(row.id)) for row in shown if row.rated),
        pooled=pooled,
        unrated=tuple((_label(row, level), row.headcount) for row in shown if not row.rated),
        placed=figures.headcount_rated,
        people=figures.headcount_total,
        shares=figures.shares,
        moves=moves,
        still=still,
        hidden_moves=hidden,
        acts=_acts(reader, day, shown, level),
        checks=_checks(reader, day, figures.units, shown, level),
    )


def _allowed(rows: tuple[UnitRow, ...], level: Level) -> tuple[list[UnitRow], Count]:
    """The units that may be shown one by one, and how many are pooled."""
    listed = engine.units(rows, level, Translator("en"))
    keys = {one["id"] for one in listed if "pooled_groups" not in one}
    shown = [row for row in rows if row.id in keys]
    rest = [row for row in rows if row.id not in keys]
    return shown, Count(len(rest), sum(row.headcount for row in rest))


def _label(row: UnitRow, level: Level) -> str:
    return row.shown(names=level == Level.OWN)


class _Routes:
    """Where units stood on the day that is compared with, persons at the lead's own level alone,
    where all earlier cells stand too."""

    def __init__(self, reader: Reader, level: Level, day: dt.date, since: dt.date | None) -> None:
        self.reader, self.day, self.since = reader, day, since
        self.own = level == Level.OWN
        before = () if since is None else queries.units(reader, since)
        self.before = {row.id: row for row in before if row.rated}

    def unit(self, row: UnitRow, level: Level, action: influence.ActionRow | None) -> Unit:
        """One unit as it may be shown."""
        assert row.zone is not None
        assert row.trio is not None
        synergy, antagonism = row.position
        seen = Unit(
            key=row.id,
            label=_label(row, level),
            person=row.kind == UnitKind.PERSON,
            headcount=row.headcount,
            synergy=synergy,
            antagonism=antagonism,
            zone=row.zone,
            trio=row.trio,
            since=row.rated_on,
            before=self._before(row),
        )
        if not self.own:
            return seen
        stops = self._all(row)
        if seen.before is not None:  # there since it came, not since it was last rated there
            held = [stop for stop in stops if stop.day and self.since and stop.day <= self.since]
            seen = replace(seen, before=held[-1] if held else seen.before)
        return replace(
            seen,
            stops=stops,
            target=_target(row),
            fact=row.fact,
            owner=row.owner,
            action=action.title if action else "",
            action_on=action.start if action else None,
        )

    def _before(self, row: UnitRow) -> Stop | None:
        old = self.before.get(row.id)
        if old is None or old.position == row.position:
            return None
        if row.kind == UnitKind.PERSON and not self.own:
            return None
        return Stop(*old.position, old.rated_on)

    def _all(self, row: UnitRow) -> tuple[Stop, ...]:
        stops: list[Stop] = []
        for one in queries.ratings(self.reader, row.id):
            if one.rated_on > self.day:
                break
            place = one.synergy, one.antagonism
            if not stops or (stops[-1].synergy, stops[-1].antagonism) != place:
                stops.append(Stop(*place, one.rated_on))
        return tuple(stops[:-1])


def _target(row: UnitRow) -> Stop | None:
    synergy, antagonism = row.target_synergy, row.target_antagonism
    if synergy is None or antagonism is None or (synergy, antagonism) == row.position:
        return None
    return Stop(synergy, antagonism, row.target_date)


def _moves(
    moved: Movements | None, figures: PositionsFigures, shown: list[UnitRow], level: Level
) -> tuple[tuple[Move, ...], int, int]:
    """Moves that may be shown, people who stayed, people in moves that are only counted.

    For the committee a move is that of groups of five or more; in a project without groups, that
    of five persons or more.
    """
    if moved is None:
        return (), 0, 0
    rows = {row.id: row for row in shown}
    grouped = any(row.kind == UnitKind.GROUP for row in figures.units)
    found, still, hidden = [], 0, 0
    for cell in moved.cells:
        if not cell.moved:
            still += cell.headcount
            continue
        named = [rows[key] for key in cell.units if key in rows]
        seen = cell.headcount
        if level == Level.COMMITTEE and grouped:
            seen = sum(row.headcount for row in named)
        if level == Level.COMMITTEE and seen < SMALL:
            seen = 0
        hidden += cell.headcount - seen
        if seen:
            labels = [_label(r, level) for r in named if r.kind == UnitKind.GROUP or not grouped]
            names = tuple(labels) if grouped or level == Level.OWN else ()
            found.append(Move(cell.before, cell.after, seen, names))
    return tuple(sorted(found, key=lambda move: -move.headcount)), still, hidden


def _next_actions(reader: Reader) -> dict[int, influence.ActionRow]:
    found: dict[int, influence.ActionRow] = {}
    for row in _open(reader):
        found.setdefault(row.stakeholder_id, row)
    return found


def _open(reader: Reader) -> Iterable[influence.ActionRow]:
    return (row for row in influence.actions(reader) if row.active and not row.done)


def _acts(reader: Reader, day: dt.date, shown: list[UnitRow], level: Level) -> tuple[Act, ...]:
    """Those to do, by the day they are to be done."""
    own = level == Level.OWN
    aims = {row.id: _label(row, level) for row in shown if own or row.kind == UnitKind.GROUP}
    found = [
        Act(
            row.kind,
            aims.get(row.stakeholder_id, ""),
            row.title if own else "",
            row.owner,
            row.start,
            row.finish,
            late=row.finish is not None and row.finish < day,
        )
        for row in _open(reader)
    ]
    return tuple(sorted(found, key=lambda act: (act.due is None, act.due or day)))


def _checks(
    reader: Reader, day: dt.date, every: Iterable[UnitRow], shown: list[UnitRow], level: Level
) -> tuple[Message, ...]:
    """What warns, in a line each. For the committee a check whose words hold a name that is kept
    back says its rule instead."""
    kept = {row.id for row in shown if level == Level.OWN or row.kind == UnitKind.GROUP}
    hidden = [row.name for row in every if row.id not in kept]
    shown_in = Translator("en")
    found = []
    for one in entry.checks(reader, day):
        if one.verdict == Verdict.WARN:
            said = shown_in.show(one.title)
            found.append(one.says if any(name in said for name in hidden) else one.title)
    return tuple(found)
