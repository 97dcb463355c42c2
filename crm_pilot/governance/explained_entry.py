"""Why the checks of the order of entry and the hours of influence are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import influence
from crm_pilot.governance.entry import checks
from crm_pilot.governance.entry_words import EXACTLY, hours
from crm_pilot.i18n import msg, nmsg
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of

STAGES = msg(
    "Order of entry: synthesis of what practitioners write about sociodynamics (rule of thumb); it"
    " can be changed unit by unit"
)


def entry_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """`check.<rule>` or `check.<rule>.<wave>` for each check, `entry_order` for the board, and
    `influence_minutes` for hours of actions."""
    known = as_of(today)
    found = checks(reader, today)
    made = {
        check.key: Why(EXACTLY[check.rule], check.data, check.source, known, name=check.title)
        for check in found
    }
    acts = [row for row in influence.actions(reader) if row.active]
    total = sum(row.work for row in acts)
    counted = nmsg(
        "{n} action, {hours} h in all, {done} done",
        "{n} actions, {hours} h in all, {done} done",
        len(acts),
        hours=hours(total),
        done=sum(row.done for row in acts),
    )
    made["influence_minutes"] = Why(
        msg(
            "Work of the tasks of the plan that aim at a unit, by its position today; a task"
            " without work counts its duration. Lines taken out of the plan do not count."
        ),
        counted,
        OWN,
        known,
        name=msg("Hours of influence"),
    )
    units = stakeholders.units(reader, today)
    made["entry_order"] = Why(
        msg(
            "Stage set by hand, otherwise that of the zone: 1 golden triangle, 2 zealots,"
            " 3 waverers, 4 passives, 5 moaners, 6 opponents, 7 case by case. Day of entry: the one"
            " typed, otherwise that of the first action."
        ),
        msg(
            "{n} units, {hand} placed by hand, {dated} with a day typed",
            n=len(units),
            hand=sum(unit.stage is not None for unit in units),
            dated=sum(unit.enters_on is not None for unit in units),
        ),
        STAGES,
        known,
        name=msg("Order of entry"),
    )
    return made
