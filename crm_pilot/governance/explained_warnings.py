"""The rule behind each warning, in plain words, with its thresholds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from crm_pilot.governance import readiness, warnings
from crm_pilot.governance.entry_words import EXACTLY as ENTRY
from crm_pilot.governance.rows import OWN_RULE, Warning
from crm_pilot.governance.signs_terms import SIGNS
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import trend
from crm_pilot.why import Why, as_of

RULES: dict[str, Message] = {
    **ENTRY,
    "wave_opposed": msg(
        "A wave to come whose departments hold more opponents than others, by headcount of the"
        " rated groups. Departments under five people are left out."
    ),
    "postponed": msg(
        "A go-live to come that was put off {moves} times or more and whose forecast moved at least"
        " {slope} day for each day gone by over {reports} reports; or that is {days} days or more"
        " after the date announced first.",
        moves=trend.MOVES,
        days=trend.TOTAL_SLIP,
        slope=trend.SLOPE,
        reports=trend.REPORTS,
    ),
    "below_profile": msg(
        "Departments of five accounts or more whose login days a week are under the days expected"
        " of their profiles. Alert from half of the departments."
    ),
    "coverage_low": msg(
        "Fewer than {share}% of a wave's users trained {days} days or less before its go-live.",
        share=round(readiness.COVERAGE_SHARE * 100),
        days=readiness.COVERAGE_DAYS,
    ),
    "untrained": msg(
        "Hesitant or opposed groups whose department has five users or more, and fewer than"
        " {share}% of them trained.",
        share=round(readiness.UNTRAINED_SHARE * 100),
    ),
    "stock_rising": msg(
        "Open tickets that rise {weeks} weeks running.", weeks=warnings.RISING_WEEKS
    ),
    "works_council": msg(
        "In France, the works council is consulted before a tool able to control activity is used:"
        " its milestone must be dated before the first go-live, and reached in time."
    ),
    "stale_data": msg(
        "The last imported login day is more than {days} days old.", days=warnings.STALE_DAYS
    ),
    "overdue_decisions": msg("Decisions past their date that are not completed."),
    "casting_mixed": msg(
        "One person holds two of the roles of sponsor, project lead and integrator, which mixes"
        " those who decide, lead and advise."
    ),
    "casting_vacant": msg(
        "The project has started, and a role of sponsor, project lead or integrator that is listed"
        " has nobody."
    ),
}


def warning_whys(rows: Sequence[Warning], today: dt.date) -> dict[str, Why]:
    """`warnings` for all of them, and `warning.<rule>` for each that holds; a second one by the
    same rule is `warning.<rule>.2`."""
    known = as_of(today)
    found = {
        "warnings": Why(
            name=msg("Warnings"),
            rule=msg(
                "{n} written rules look at plan, positions, training, use, tickets and decisions;"
                " each says its data and what one can do.",
                n=len(RULES) + len(SIGNS),
            ),
            data=nmsg("{n} rule holds today", "{n} rules hold today", len({r.rule for r in rows})),
            source=OWN_RULE,
            period=known,
        )
    }
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.rule] += 1
        key = f"warning.{row.rule}" + (f".{seen[row.rule]}" if seen[row.rule] > 1 else "")
        rule = row.says or RULES[row.rule]
        found[key] = Why(rule, row.data, row.source, row.period or known, name=row.title)
    return found
