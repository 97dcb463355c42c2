"""Warning rules about readiness: who is trained and where groups stand before a wave opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from crm_pilot.governance.rows import OWN_RULE, Warning, commas
from crm_pilot.governance.terms import Weather
from crm_pilot.governance.weighting import weighted
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning.queries import WaveRow
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio, UnitKind
from crm_pilot.training.queries import CoverageRow

COVERAGE_DAYS = 42  # six weeks before a go-live
COVERAGE_SHARE = 0.70  # of the wave's users trained by then
UNTRAINED_SHARE = 0.50
RELAY_DAYS = 28  # allied relays come in this long before a go-live
NEVER_FIRST = msg("Lateral project, order of entry: opponents never first")
SMALL = 5  # departments with fewer people are not named (DOMAIN.md 6)


def opposed_departments(units: Sequence[UnitRow]) -> dict[int, tuple[str, int]]:
    """Departments whose rated groups are mostly opponents (with grumblers): id → (name,
    headcount of those groups). Departments under five people are left out."""
    people: dict[int, list[tuple[UnitRow, int]]] = {}
    for unit in units:
        if unit.kind == UnitKind.GROUP and unit.department_id is not None and unit.trio:
            people.setdefault(unit.department_id, []).append((unit, unit.headcount))
    found = {}
    for department, rated in people.items():
        total = sum(n for _, n in rated)
        against = sum(n for unit, n in rated if unit.trio == Trio.OPPONENT)
        if total >= SMALL and against * 2 > total:
            found[department] = (rated[0][0].department or rated[0][0].name, against)
    return found


def opposed_waves(
    waves: Sequence[WaveRow], units: Sequence[UnitRow], today: dt.date
) -> list[tuple[WaveRow, list[tuple[str, int]]]]:
    """Waves to come with their opposed departments (name, headcount of the opponents there)."""
    opposed = opposed_departments(units)
    found = [
        (wave, [d for d in opposed.values() if d[0] in wave.departments])
        for wave in waves
        if wave.go_live is None or wave.go_live > today
    ]
    return [(wave, against) for wave, against in found if against]


def wave_opposed(
    waves: Sequence[WaveRow],
    units: Sequence[UnitRow],
    coverage: Sequence[CoverageRow],
    today: dt.date,
    put_aside: Collection[int] = (),
) -> Iterator[Warning]:
    """A wave to come that starts where opponents and grumblers are the majority (DOMAIN.md 1.5);
    `put_aside` are waves the lead snoozed."""
    trained = _by_wave(coverage)
    for wave, against in opposed_waves(waves, units, today):
        if wave.id in put_aside:
            continue
        names = counted(against)
        known = trained.get(wave.name)
        if known:
            data = msg(
                "{wave}: {departments}; {trained} trained of {users}",
                wave=wave.name,
                departments=names,
                trained=known[0],
                users=known[1],
            )
        else:
            data = msg("{wave}: {departments}", wave=wave.name, departments=names)
        soon = wave.go_live is not None and (wave.go_live - today).days <= 2 * COVERAGE_DAYS
        yield Warning(
            "wave_opposed",
            Weather.ALERT if soon else Weather.WATCH,
            nmsg(
                "A wave opens with an opposed department",
                "A wave opens with {n} opposed departments",
                len(against),
            ),
            data,
            relays(wave.go_live, today),
            "stakeholders",
            NEVER_FIRST,
        )


def relays(go_live: dt.date | None, today: dt.date) -> Message:
    """What one does before such a wave opens."""
    if go_live is None:
        return msg("Bring in two allied relays before dating the wave")
    before = max(go_live - dt.timedelta(days=RELAY_DAYS), today + dt.timedelta(days=7))
    return msg("Bring in two allied relays before {date}", date=before)


def coverage_low(
    waves: Sequence[WaveRow], coverage: Sequence[CoverageRow], today: dt.date
) -> Iterator[Warning]:
    """Fewer than 70 % of a wave's users trained six weeks before its go-live."""
    trained = _by_wave(coverage)
    for wave in waves:
        if wave.go_live is None or wave.name not in trained:
            continue
        left = (wave.go_live - today).days
        done, users = trained[wave.name]
        if not 0 <= left <= COVERAGE_DAYS or not users or done / users >= COVERAGE_SHARE:
            continue
        yield Warning(
            "coverage_low",
            Weather.ALERT if left <= COVERAGE_DAYS // 2 else Weather.WATCH,
            msg("Too few users trained before {wave}", wave=wave.name),
            msg(
                "{trained} trained of {users} ({share}%), go-live in {left} d; threshold {goal}%",
                trained=done,
                users=users,
                share=round(done / users * 100),
                left=left,
                goal=round(COVERAGE_SHARE * 100),
            ),
            msg("Open {n} places before {date}", n=users - done, date=wave.go_live),
            "training",
            OWN_RULE,
        )


def untrained(units: Sequence[UnitRow], coverage: Sequence[CoverageRow]) -> Iterator[Warning]:
    """Hesitant or opposed groups whose department is mostly untrained."""
    shares = {row.department_id: row for row in coverage if row.users >= SMALL}
    by_department: dict[int, int] = {}
    for unit in units:
        waiting = unit.trio in (Trio.HESITANT, Trio.OPPONENT) and unit.kind == UnitKind.GROUP
        if waiting and unit.department_id is not None and unit.department_id in shares:
            by_department[unit.department_id] = (
                by_department.get(unit.department_id, 0) + unit.headcount
            )
    low = [
        shares[department]
        for department in by_department
        if (shares[department].share or 0.0) < UNTRAINED_SHARE
    ]
    if not low:
        return
    low.sort(key=lambda row: (row.share or 0.0, row.department or ""))
    yield Warning(
        "untrained",
        Weather.WATCH,
        msg("Hesitants and opponents mostly untrained"),
        Message(
            "{list}",
            {
                "list": commas(
                    [
                        msg(
                            "{department} {trained} of {users}",
                            department=row.department,
                            trained=row.trained,
                            users=row.users,
                        )
                        for row in low
                    ]
                )
            },
        ),
        msg("Invite these departments to the next sessions first"),
        "training",
        OWN_RULE,
    )


def trained_by_trio(units: Sequence[UnitRow], coverage: Sequence[CoverageRow]) -> dict[Trio, float]:
    """Share of people trained by position: coverage of the groups' departments, weighted by
    headcount. A position without a covered department is left out."""
    shares = {row.department_id: row.share for row in coverage if row.share is not None}
    groups = [unit for unit in units if unit.kind == UnitKind.GROUP]
    found = weighted(groups, lambda unit: shares.get(unit.department_id), lambda unit: unit.trio)
    return {trio: share for trio, share in found.items() if trio is not None}


def _by_wave(coverage: Sequence[CoverageRow]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for row in coverage:
        if row.wave:
            trained, users = sums.get(row.wave, (0, 0))
            sums[row.wave] = (trained + row.trained, users + row.users)
    return sums


def counted(named: Sequence[tuple[str, int]]) -> Message | str:
    """“South (46), East (38)”: departments with people of theirs."""
    return commas([Message("{name} ({n})", {"name": name, "n": n}) for name, n in named])
