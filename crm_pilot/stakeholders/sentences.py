"""The sentence on top of the map: who crossed a frontier since the last committee."""

from __future__ import annotations

import datetime as dt
import re

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow, WaveMark
from crm_pilot.stakeholders.rules import Crossing, crossing
from crm_pilot.stakeholders.terms import Trio, UnitKind
from crm_pilot.store.reader import Reader, remembered

TWO_MONTHS = dt.timedelta(days=61)  # looked back when no committee was held yet
ROOM_FOR_NAMES = 44  # characters; longer names are replaced by a count
SMALL = 5  # smaller groups are not named, since the sentence is printed too (DOMAIN.md 6)
_NUMBERED = re.compile(r"(?:wave|vague)\s+(\S+)", re.IGNORECASE)


@remembered(*queries.POSITIONS, "position_count", "wave", "task", "committee")
def headline(reader: Reader, today: dt.date, since: dt.date | None = None) -> Message:
    """What matters today on the map, compared with `since` (default: the last committee). Only
    groups are named, never a person."""
    figures = queries.figures(reader, today, since)
    if not figures.headcount_rated:
        return msg("Nobody is placed yet: begin with the groups that go live first.")
    since = figures.since or today - TWO_MONTHS
    if not any(row.rated for row in queries.units(reader, since)):
        return _first(figures)
    moves = _moves(reader, figures, since)
    left = [unit for unit, crossed in moves if crossed.allies < 0]
    joined = [unit for unit, crossed in moves if crossed.allies > 0]
    fallen = [unit for unit, crossed in moves if crossed.initiative < 0]
    risen = [unit for unit, crossed in moves if crossed.initiative > 0]
    total = len([unit for unit in figures.units if unit.kind == UnitKind.GROUP])
    if left:
        return _left(left, joined, total, since, _next_wave(reader, left, today))
    if joined:
        return _joined(joined, total, since)
    if fallen:
        return _fallen(fallen, total, since)
    if risen:
        return _risen(risen, total, since)
    return _still(figures, since)


def _moves(
    reader: Reader, figures: PositionsFigures, since: dt.date
) -> list[tuple[UnitRow, Crossing]]:
    """Groups that crossed a frontier since `since`, large ones first."""
    before = {row.id: row for row in queries.units(reader, since) if row.rated}
    return [
        (row, crossing(before[row.id].position, row.position))
        for row in figures.units
        if row.kind == UnitKind.GROUP and row.rated and row.id in before
    ]


def _next_wave(reader: Reader, units: list[UnitRow], today: dt.date) -> WaveMark | None:
    """The next go-live of the units' own departments, when they share it."""
    waves = {unit.wave_id for unit in units}
    if len(waves) != 1:
        return None
    (wave,) = waves
    return next((w for w in queries.waves(reader) if w.id == wave and w.day >= today), None)


def _nameable(units: list[UnitRow]) -> bool:
    short = sum(len(unit.name) for unit in units) <= ROOM_FOR_NAMES
    return len(units) <= 2 and short and all(unit.headcount >= SMALL for unit in units)


def _wave_words(name: str) -> Message | str:
    """“wave 3” inside a sentence, whatever the language it was named in."""
    numbered = _NUMBERED.fullmatch(name)
    return msg("wave {number}", number=numbered[1]) if numbered else name


def _left(
    left: list[UnitRow],
    joined: list[UnitRow],
    total: int,
    since: dt.date,
    wave: WaveMark | None,
) -> Message:
    if _nameable(left) and len(left) == 1 and len(joined) == 1 and _nameable([*left, *joined]):
        return msg(
            "{unit} has left the allies since {since}; {other} joined them.",
            unit=left[0].name,
            other=joined[0].name,
            since=since,
        )
    if len(left) == 1 and _nameable(left):
        if wave is not None:
            return msg(
                "{unit} has left the allies since {since}; {wave} opens on {day}.",
                unit=left[0].name,
                since=since,
                wave=_wave_words(wave.name),
                day=wave.day,
            )
        return msg("{unit} has left the allies since {since}.", unit=left[0].name, since=since)
    if _nameable(left):
        return msg(
            "{unit} and {other} have left the allies since {since}.",
            unit=left[0].name,
            other=left[1].name,
            since=since,
        )
    return nmsg(
        "{n} group of {total} has left the allies since {since}.",
        "{n} groups of {total} have left the allies since {since}.",
        len(left),
        total=total,
        since=since,
    )


def _joined(units: list[UnitRow], total: int, since: dt.date) -> Message:
    if len(units) == 1 and _nameable(units):
        return msg("{unit} has joined the allies since {since}.", unit=units[0].name, since=since)
    if _nameable(units):
        return msg(
            "{unit} and {other} have joined the allies since {since}.",
            unit=units[0].name,
            other=units[1].name,
            since=since,
        )
    return nmsg(
        "{n} group of {total} has joined the allies since {since}.",
        "{n} groups of {total} have joined the allies since {since}.",
        len(units),
        total=total,
        since=since,
    )


def _fallen(units: list[UnitRow], total: int, since: dt.date) -> Message:
    if len(units) == 1 and _nameable(units):
        return msg(
            "{unit} fell below the initiative line since {since}.",
            unit=units[0].name,
            since=since,
        )
    return nmsg(
        "{n} group of {total} fell below the initiative line since {since}.",
        "{n} groups of {total} fell below the initiative line since {since}.",
        len(units),
        total=total,
        since=since,
    )


def _risen(units: list[UnitRow], total: int, since: dt.date) -> Message:
    if len(units) == 1 and _nameable(units):
        return msg(
            "{unit} rose above the initiative line since {since}.",
            unit=units[0].name,
            since=since,
        )
    return nmsg(
        "{n} group of {total} rose above the initiative line since {since}.",
        "{n} groups of {total} rose above the initiative line since {since}.",
        len(units),
        total=total,
        since=since,
    )


def _first(figures: PositionsFigures) -> Message:
    """There is no earlier position to compare with."""
    counts = {share.trio: share.headcount for share in figures.shares}
    return nmsg(
        "{n} person of {total} is in a rated group: {for_it} for, {waiting} waiting, {against}"
        " against.",
        "{n} people of {total} are in a rated group: {for_it} for, {waiting} waiting, {against}"
        " against.",
        figures.headcount_rated,
        total=figures.headcount_total,
        for_it=counts[Trio.LOCOMOTIVE],
        waiting=counts[Trio.HESITANT],
        against=counts[Trio.OPPONENT],
    )


def _still(figures: PositionsFigures, since: dt.date) -> Message:
    counts = {share.trio: share.headcount for share in figures.shares}
    return msg(
        "No group crossed a frontier since {since}: {for_it} for, {waiting} waiting, {against}"
        " against.",
        since=since,
        for_it=counts[Trio.LOCOMOTIVE],
        waiting=counts[Trio.HESITANT],
        against=counts[Trio.OPPONENT],
    )
