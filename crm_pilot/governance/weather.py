"""Project weather (météo projet): a proposal computed by written rules, the lead may override.

Meaning of the three states [W74]: all on track; a key milestone late but the go-live safe; the
go-live hit. Thresholds are this program's own and are named here.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import AdoptionFigures
from crm_pilot.governance.budget import budget
from crm_pilot.governance.rows import (
    WeatherRow,
    last_committee,
    next_committee,
    signed,
)
from crm_pilot.governance.terms import Axis, Trend, Weather
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import queries as planning
from crm_pilot.planning.history import go_live_ids
from crm_pilot.planning.queries import MilestoneRow
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

KEPT_DAYS = 2  # a slip up to this many calendar days counts as kept
GO_LIVE_HIT_DAYS = 7  # the next go-live is hit from this slip on
DRIFT_WATCH = 0.02  # budget drift above which one watches
DRIFT_ALERT = 0.10
WITHDRAWN_ALERT = 0.10  # share of promised features withdrawn
LATE_ALERT = 0.20  # share of promised features late
ACTIVE_ALERT_POINTS = 0.15  # active share this far below target
BELOW_PROFILE_ALERT = 0.5  # share of departments below their profile
ACTIVE_TREND_POINTS = 0.02  # a change of active share that makes a trend

_RANK = {Weather.GOOD: 0, Weather.WATCH: 1, Weather.ALERT: 2}


@dataclass(frozen=True)
class Proposal:
    """What the rule of an axis says; `drift` > 0: the figure got worse since last time."""

    weather: Weather
    line: Message
    drift: int = 0


def time_weather(
    milestones: tuple[MilestoneRow, ...], go_lives: frozenset[int], today: dt.date
) -> Proposal:
    """Time from the key milestones not reached yet; `go_lives` are ids of go-live milestones."""
    pending = sorted((m for m in milestones if not m.done), key=lambda m: m.forecast)
    key = [m for m in pending if m.committee or m.id in go_lives]
    if not key:
        if any(m.done for m in milestones):
            return Proposal(Weather.GOOD, msg("All milestones reached"))
        return Proposal(Weather.WATCH, msg("No milestone dated yet"))
    go_live = next((m for m in key if m.id in go_lives), None)
    late = [m for m in key if (m.slip_days or 0) > KEPT_DAYS or m.forecast < today]
    drift = _sign(sum(m.moved_days or 0 for m in key if m is go_live or go_live is None))
    if go_live is not None:
        slip = go_live.slip_days or 0
        overdue = go_live.forecast < today
        hit = slip >= GO_LIVE_HIT_DAYS or overdue
        weather = Weather.ALERT if hit else Weather.WATCH if late else Weather.GOOD
        return Proposal(weather, _go_live_line(go_live, slip, len(late), hit), drift)
    if late:
        worst = max(late, key=lambda m: m.slip_days or 0)
        line = msg(
            "{title} on {date}, {slip} d on the baseline",
            title=worst.title,
            date=worst.forecast,
            slip=signed(worst.slip_days or 0),
        )
        return Proposal(Weather.WATCH, line, drift)
    return Proposal(
        Weather.GOOD, msg("{title} on {date}, as planned", title=key[0].title, date=key[0].forecast)
    )


def _go_live_line(go_live: MilestoneRow, slip: int, late: int, hit: bool) -> Message:
    name = go_live.wave or go_live.title
    if slip > KEPT_DAYS or hit:
        return msg(
            "{title} on {date}, {slip} d on the baseline",
            title=name,
            date=go_live.forecast,
            slip=signed(slip),
        )
    if late:
        return nmsg(
            "{title} holds {date}; {n} key milestone late",
            "{title} holds {date}; {n} key milestones late",
            late,
            title=name,
            date=go_live.forecast,
        )
    return msg("{title} holds {date}", title=name, date=go_live.forecast)


def budget_weather(baseline_cents: int, revised_cents: int) -> Proposal:
    """Budget from its drift: (spent + RAF − baseline) ÷ baseline."""
    if not baseline_cents:
        return Proposal(Weather.WATCH, msg("No baseline budget yet"))
    drift = (revised_cents - baseline_cents) / baseline_cents
    weather = (
        Weather.ALERT
        if drift > DRIFT_ALERT
        else Weather.WATCH
        if drift > DRIFT_WATCH
        else Weather.GOOD
    )
    params = {
        "revised": round(revised_cents / 100_000),
        "baseline": round(baseline_cents / 100_000),
        "drift": abs(drift * 100),
    }
    if round(drift, 3) > 0:
        line = msg("Revised at €{revised}k for €{baseline}k, that is +{drift}%", **params)
    elif round(drift, 3) < 0:
        line = msg("Revised at €{revised}k for €{baseline}k, that is −{drift}%", **params)
    else:
        line = msg("Revised at €{revised}k, as planned", **params)
    return Proposal(weather, line)


def scope_weather(promised: int, delivered: int, withdrawn: int, late: int) -> Proposal:
    """Scope from features withdrawn or late (promised before today and not delivered)."""
    if not promised:
        return Proposal(Weather.WATCH, msg("No feature listed yet"))
    if withdrawn / promised > WITHDRAWN_ALERT or late / promised > LATE_ALERT:
        weather = Weather.ALERT
    else:
        weather = Weather.WATCH if withdrawn or late else Weather.GOOD
    found: Message | str = msg("none withdrawn or late")
    if withdrawn and late:
        found = msg("{withdrawn} withdrawn, {late} late", withdrawn=withdrawn, late=late)
    elif withdrawn:
        found = nmsg("{n} withdrawn", "{n} withdrawn", withdrawn)
    elif late:
        found = nmsg("{n} late", "{n} late", late)
    line = msg(
        "{delivered} features delivered of {promised}, {found}",
        delivered=delivered,
        promised=promised,
        found=found,
    )
    return Proposal(weather, line)


def adoption_weather(
    *,
    accounts: int,
    share: float | None,
    previous: float | None,
    target: float,
    departments: int,
    below: int,
) -> Proposal:
    """Adoption from the active share against its target and departments below their profile."""
    if not accounts:
        return Proposal(Weather.WATCH, msg("Not measured yet: no account open"))
    if share is None:
        return Proposal(Weather.WATCH, msg("Not measured yet: no login imported"))
    low = below / departments if departments else 0.0
    if target - share > ACTIVE_ALERT_POINTS or low >= BELOW_PROFILE_ALERT:
        weather = Weather.ALERT
    elif share < target or below:
        weather = Weather.WATCH
    else:
        weather = Weather.GOOD
    params = {"share": round(share * 100), "target": round(target * 100)}
    change = None if previous is None else share - previous
    if below:
        line = nmsg(
            "{share}% active, target {target}%; {n} department below profile",
            "{share}% active, target {target}%; {n} departments below profile",
            below,
            **params,
        )
    elif change is None:
        line = msg("{share}% active, target {target}%", **params)
    else:
        points = signed(round(share * 100) - round((previous or 0) * 100))
        line = msg("{share}% active, target {target}%, {points} pts", points=points, **params)
    drift = 0
    if change is not None and abs(change) >= ACTIVE_TREND_POINTS:
        drift = -_sign(change)
    return Proposal(weather, line, drift)


RULES = {
    Axis.TIME: msg(
        "Good: key milestones within {kept} days of the baseline. Watch: one of them late, the next"
        " go-live safe. Alert: the next go-live {hit} days late or more.",
        kept=KEPT_DAYS,
        hit=GO_LIVE_HIT_DAYS,
    ),
    Axis.BUDGET: msg(
        "Drift = (spent + still needed − baseline) ÷ baseline. Watch above {watch}%, alert above"
        " {alert}%.",
        watch=round(DRIFT_WATCH * 100),
        alert=round(DRIFT_ALERT * 100),
    ),
    Axis.SCOPE: msg(
        "Watch: a feature withdrawn or late. Alert: more than {withdrawn}% withdrawn or {late}%"
        " late.",
        withdrawn=round(WITHDRAWN_ALERT * 100),
        late=round(LATE_ALERT * 100),
    ),
    Axis.ADOPTION: msg(
        "Watch: active share under its target, a department below its profile, or nothing measured"
        " yet. Alert: {points} points under the target, or half of the departments below.",
        points=round(ACTIVE_ALERT_POINTS * 100),
    ),
}


def trend_of(now: Weather, before: Weather | None, drift: int) -> Trend | None:
    """Against the last committee's weather; at equal weather the figure decides."""
    if before is None:
        return None
    step = _RANK[now] - _RANK[before] or drift
    return Trend.WORSE if step > 0 else Trend.BETTER if step < 0 else Trend.STABLE


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


@remembered("feature")
def late_features(reader: Reader, today: dt.date) -> int:
    """Features promised before `today`, neither delivered nor withdrawn by then."""
    return int(
        reader.value(
            "SELECT count(*) FROM feature WHERE promised_on < ?1"
            " AND (delivered_on IS NULL OR delivered_on > ?1)"
            " AND (withdrawn_on IS NULL OR withdrawn_on > ?1)",
            today,
        )
    )


@remembered("weather_record", "committee")
def _records(reader: Reader) -> tuple[tuple[int, int, str, str, str], ...]:
    """(committee id, number, axis, weather, reason), oldest committee first."""
    return tuple(
        (row[0], row[1], row[2], row[3], row[4])
        for row in reader.select(
            "SELECT c.id, c.number, w.axis, w.weather, w.reason FROM weather_record w"
            " JOIN committee c ON c.id = w.committee_id ORDER BY c.held_on, c.number"
        )
    )


def share_at(use: AdoptionFigures, day: dt.date) -> float | None:
    """Active share in the last week of the curve that starts on or before `day`."""
    known = [share for week, share in use.active_curve if share is not None and week <= day]
    return known[-1] if known else None


def proposals(reader: Reader, today: dt.date) -> dict[Axis, Proposal]:
    """What the rules say today, by axis."""
    plan = planning.figures(reader, today)
    money = budget(reader)
    features = adoption.features(reader, today)
    use = adoption.figures(reader, today)
    last = last_committee(reader, today)
    measured = [d for d in use.departments if d.accounts and d.days_per_week is not None]
    return {
        Axis.TIME: time_weather(plan.milestones, go_live_ids(reader), today),
        Axis.BUDGET: budget_weather(money.baseline_cents, money.revised_cents),
        Axis.SCOPE: scope_weather(
            features.promised,
            features.delivered,
            features.withdrawn,
            late_features(reader, today),
        ),
        Axis.ADOPTION: adoption_weather(
            accounts=use.accounts_open,
            share=use.active_share,
            previous=share_at(use, last.held_on) if last else None,
            target=use.target_share,
            departments=len(measured),
            below=sum(d.below for d in measured),
        ),
    }


def weather(reader: Reader, today: dt.date) -> tuple[WeatherRow, ...]:
    """The weather of the four axes with trend and history.

    A record of the next committee is the lead's own and overrides the proposal.
    """
    last, following = last_committee(reader, today), next_committee(reader, today)
    made = []
    for axis, proposal in proposals(reader, today).items():
        records = [row for row in _records(reader) if row[2] == axis]
        own = next((row for row in records if following and row[0] == following.id), None)
        past = [row for row in records if last and row[1] <= last.number and row is not own]
        before = Weather(past[-1][3]) if past else None
        now = Weather(own[3]) if own else proposal.weather
        made.append(
            WeatherRow(
                axis=axis,
                weather=now,
                trend=trend_of(now, before, proposal.drift),
                line=proposal.line,
                rule=RULES[axis],
                proposed=proposal.weather,
                reason=own[4] if own else "",
                history=tuple((row[1], Weather(row[3])) for row in past),
            )
        )
    return tuple(made)
