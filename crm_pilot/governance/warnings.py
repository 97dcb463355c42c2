"""Warnings: rules that see trouble coming, each with its data, a suggested action and its source.

The rules speak of departments and groups, never of a person. Thresholds are this program's own
unless a source is named (DOMAIN.md 1.5, 7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import AdoptionFigures
from crm_pilot.governance import signs
from crm_pilot.governance.casting import casting_mixed, casting_vacant
from crm_pilot.governance.entry import Check, Verdict, checks, waves_put_aside
from crm_pilot.governance.readiness import coverage_low, untrained, wave_opposed
from crm_pilot.governance.rows import OWN_RULE, Text, Warning, commas, decisions, signed
from crm_pilot.governance.terms import DecisionStatus, Weather
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.maintenance.queries import FlowWeek
from crm_pilot.planning import history
from crm_pilot.planning import queries as planning
from crm_pilot.planning.queries import WaveRow
from crm_pilot.planning.terms import SLIP_REASONS
from crm_pilot.planning.trend import Postponed
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import queries as training

RISING_WEEKS = 3
STALE_DAYS = 14  # login data older than this says little about today
SMALL = 5  # departments with fewer people are not named (DOMAIN.md 6)

_ORDER = {Weather.ALERT: 0, Weather.WATCH: 1, Weather.GOOD: 2}


TABLES = tuple(
    dict.fromkeys(
        (
            *("task", "wave", "forecast", "baseline", "baseline_task", *planning.HOURS),
            *("committee", "stakeholder", "rating", "zone_cell", "person", "account", "profile"),
            *("department", "training_session", "attendance", "import_batch", "ticket"),
            *("decision", "project", "role", "influence", "snooze", *signs.TABLES),
        )
    )
)


@remembered(*TABLES)
def warnings(reader: Reader, today: dt.date) -> tuple[Warning, ...]:
    """All warnings that hold on `today`, the gravest first."""
    plan = planning.figures(reader, today)
    coverage = training.figures(reader, today).departments
    units = stakeholders.figures(reader, today).units
    use = adoption.figures(reader, today)
    entry = checks(reader, today)
    found = [
        *wave_opposed(plan.waves, units, coverage, today, waves_put_aside(entry)),
        *postponed(history.figures(reader, today).postponed),
        *below_profile(use),
        *coverage_low(plan.waves, coverage, today),
        *untrained(units, coverage),
        *order_of_entry(entry),
        *stock_rising(maintenance.figures(reader, today).flow),
        *works_council(reader, plan.waves, today),
        *of_signs(signs.signs(reader, today)),
        *stale_data(use, today),
        *overdue_decisions(reader, today),
        *casting_mixed(reader),
        *casting_vacant(reader, today),
    ]
    return tuple(sorted(found, key=lambda w: _ORDER[w.weather]))


# plan ----------------------------------------------------------------------------------------


def postponed(found: Iterable[Postponed]) -> Iterator[Warning]:
    """D4, a go-live ever postponed (`planning.trend.ever_postponed`), with its data and reasons."""
    for one in found:
        yield Warning(
            "postponed",
            Weather.ALERT,
            msg("{wave} keeps being postponed", wave=one.history.wave or one.history.title),
            _postponed_data(one),
            msg("Settle the cause with the committee before a new date"),
            "planning",
            msg("“Rescuing CRM projects”, a consultant's article; thresholds our own"),
        )


def _postponed_data(one: Postponed) -> Message:
    data = nmsg(
        "Put off once, {slip} d in all, now {date}",
        "Put off {n} times, {slip} d in all, now {date}",
        one.moves,
        slip=signed(one.slip),
        date=one.history.forecast,
    )
    if one.slope is not None:
        data = msg(
            "{data}; slope {slope} over three reports", data=data, slope=round(one.slope, 2) + 0.0
        )
    reasons: list[Text] = [
        msg("no reason given") if code is None else Message(SLIP_REASONS[code])
        for code in one.codes
    ]
    return msg("{data}; reasons: {list}", data=data, list=commas(reasons)) if reasons else data


def works_council(reader: Reader, waves: Sequence[WaveRow], today: dt.date) -> Iterator[Warning]:
    """The works council (CSE) is informed and consulted before a tool able to control activity
    is used (article L2312-38, DOMAIN.md 6): its milestone undated, late, or after a go-live."""
    if not waves or reader.value("SELECT country FROM project") != "FR":
        return
    council = "mark = 'works_council'"
    if not reader.value(f"SELECT 1 FROM task WHERE {council}"):
        # plans without marks: typed in by hand, or made by version 1.0
        council = "kind = 'milestone' AND (title LIKE '%CSE%' OR title LIKE '%works council%')"
    row = reader.one(
        f"SELECT title, start FROM task WHERE {council} AND percent < 100"
        " ORDER BY start IS NOT NULL, start"
    )
    if row is None and reader.value(f"SELECT 1 FROM task WHERE {council}"):
        return  # all of them are reached
    first = min((wave.go_live for wave in waves if wave.go_live), default=None)
    day = dt.date.fromisoformat(row[1]) if row and row[1] else None
    title = msg("Works council not consulted yet")
    data = msg("No milestone for it in the plan; per-user figures stay locked")
    if row is not None and day is None:
        title = msg("A works council milestone has no date")
        data = msg("“{title}”; per-user figures stay locked", title=row[0])
    elif row is not None and day is not None:
        if day >= today and (first is None or day <= first):
            return
        title = msg("A works council milestone is late")
        data = msg("“{title}” of {date} is not reached", title=row[0], date=day)
        if day >= today:
            data = msg("“{title}” is dated {date}, after the first go-live", title=row[0], date=day)
    yield Warning(
        "works_council",
        Weather.ALERT if first is not None and first <= today else Weather.WATCH,
        title,
        data,
        msg("Date the works council milestone"),
        "planning",
        msg("Article L2312-38 (secondary sources)"),
    )


# order of entry ------------------------------------------------------------------------------


def order_of_entry(found: Iterable[Check]) -> Iterator[Warning]:
    """The checks that warn, but the one of waves that open with opponents, which has a warning of
    its own with the training beside it."""
    for check in found:
        if check.verdict is Verdict.WARN and check.rule != "wave_opposed":
            yield Warning(
                check.rule,
                Weather.WATCH,
                check.title,
                check.data,
                check.action,
                "stakeholders",
                check.source,
            )


def of_signs(found: Iterable[Check]) -> Iterator[Warning]:
    """The signs of use and training that warn (DOMAIN.md 7)."""
    for check in found:
        if check.verdict is Verdict.WARN:
            yield Warning(
                check.rule,
                Weather.ALERT if check.grave else Weather.WATCH,
                check.title,
                check.data,
                check.action,
                check.place.room,
                check.source,
                says=check.says,
                period=check.period,
                subject=check.subject,
            )


# use, tickets, decisions -----------------------------------------------------------------------


def below_profile(use: AdoptionFigures) -> Iterator[Warning]:
    """Departments that connect less than their profile expects."""
    low = [
        d
        for d in use.departments
        if d.below and d.accounts >= SMALL and d.days_per_week is not None
    ]
    if not low:
        return
    low.sort(key=lambda d: ((d.days_per_week or 0.0) - (d.expected_low or 0.0), d.department))
    measured = sum(d.days_per_week is not None for d in use.departments)
    lows = [d.expected_low for d in low if d.expected_low is not None]
    highs = [d.expected_high for d in low if d.expected_high is not None]
    names: list[Text] = [
        msg("{department} {days} d", department=d.department, days=float(d.days_per_week or 0.0))
        for d in low
    ]
    yield Warning(
        "below_profile",
        Weather.ALERT if 2 * len(low) >= measured else Weather.WATCH,
        nmsg(
            "Use below the profile in one department",
            "Use below the profile in {n} departments",
            len(low),
        ),
        msg(
            "{list}; {low} to {high} d a week expected",
            list=commas(names),
            low=_whole(min(lows)),
            high=_whole(max(highs, default=7.0)),
        ),
        msg("Plan a help workshop in each department"),
        "adoption",
        msg("“CRM adoption: a key success factor”, a consultant's article"),
    )


def _whole(value: float) -> int | float:
    """3.0 is written 3; 3.4 keeps its decimal."""
    return int(value) if value == int(value) else value


def stock_rising(flow: Sequence[FlowWeek]) -> Iterator[Warning]:
    """Open tickets rising three weeks running."""
    recent = [week.stock for week in flow[-RISING_WEEKS - 1 :]]
    rising = len(recent) == RISING_WEEKS + 1 and all(
        later > sooner for sooner, later in pairwise(recent)
    )
    if not rising:
        return
    last = flow[-1]
    yield Warning(
        "stock_rising",
        Weather.WATCH,
        msg("Open tickets rise three weeks running"),
        msg(
            "{before} → {after} open; {opened} opened and {closed} closed this week",
            before=recent[0],
            after=recent[-1],
            opened=last.opened,
            closed=last.closed,
        ),
        msg("Sort the oldest tickets with the support team"),
        "maintenance",
        OWN_RULE,
    )


def stale_data(use: AdoptionFigures, today: dt.date) -> Iterator[Warning]:
    """Login data older than two weeks."""
    if use.data_until is None or (today - use.data_until).days <= STALE_DAYS:
        return
    yield Warning(
        "stale_data",
        Weather.WATCH,
        msg("The login data are old"),
        msg("Last day imported: {date}", date=use.data_until),
        msg("Import the latest login export"),
        "adoption",
        OWN_RULE,
    )


def overdue_decisions(reader: Reader, today: dt.date) -> Iterator[Warning]:
    """Decisions past their date and not closed."""
    late = [d for d in decisions(reader) if d.due_on < today and d.status != DecisionStatus.CLOSED]
    if not late:
        return
    yield Warning(
        "overdue_decisions",
        Weather.WATCH,
        nmsg("One decision is past its date", "{n} decisions are past their date", len(late)),
        Message(
            "{list}",
            {"list": commas([msg("{code} due {date}", code=d.code, date=d.due_on) for d in late])},
        ),
        msg("Ask their owners for a new date or a closure"),
        "committee",
        OWN_RULE,
    )
