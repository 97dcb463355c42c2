"""The rules of the project weather (météo projet): pure functions of figures and thresholds.

Meaning of the three states [W74]: all on track; a key milestone late but the go-live safe; the
go-live hit. The thresholds are this program's own (`thresholds.WEATHER`) and the lead's to change;
the text of a rule tells the values that count.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import thresholds
from crm_pilot.governance.rows import signed
from crm_pilot.governance.terms import Axis, Trend, Weather
from crm_pilot.governance.thresholds import Limits
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning.queries import MilestoneRow
from crm_pilot.records import dataclass

ACTIVE_TREND_POINTS = 0.02  # a change of active share that makes a trend

_RANK = {Weather.GOOD: 0, Weather.WATCH: 1, Weather.ALERT: 2}
_TIME, _BUDGET, _SCOPE, _ADOPTION = (
    thresholds.defaults(rule)
    for rule in (thresholds.TIME, thresholds.BUDGET, thresholds.SCOPE, thresholds.ADOPTION)
)


@dataclass(frozen=True)
class Proposal:
    """What the rule of an axis says; `drift` > 0: the figure got worse since last time."""

    weather: Weather
    line: Message
    drift: int = 0


def time_weather(
    milestones: tuple[MilestoneRow, ...],
    go_lives: frozenset[int],
    today: dt.date,
    limits: Limits = _TIME,
) -> Proposal:
    """Time from the key milestones not reached yet; `go_lives` are ids of go-live milestones.

    Slips in calendar days: `kept` is kept, `hit` is what hits the next go-live.
    """
    pending = sorted((m for m in milestones if not m.done), key=lambda m: m.forecast)
    key = [m for m in pending if m.committee or m.id in go_lives]
    if not key:
        if any(m.done for m in milestones):
            return Proposal(Weather.GOOD, msg("All milestones reached"))
        return Proposal(Weather.WATCH, msg("No milestone dated yet"))
    go_live = next((m for m in key if m.id in go_lives), None)
    late = [m for m in key if (m.slip_days or 0) > limits["kept"] or m.forecast < today]
    drift = _sign(sum(m.moved_days or 0 for m in key if m is go_live or go_live is None))
    if go_live is not None:
        slip = go_live.slip_days or 0
        overdue = go_live.forecast < today
        hit = slip >= limits["hit"] or overdue
        weather = Weather.ALERT if hit else Weather.WATCH if late else Weather.GOOD
        return Proposal(
            weather, _go_live_line(go_live, len(late), told=hit or slip > limits["kept"]), drift
        )
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


def _go_live_line(go_live: MilestoneRow, late: int, *, told: bool) -> Message:
    """The go-live in a line; its slip where it is to be `told`."""
    name = go_live.wave or go_live.title
    if told:
        return msg(
            "{title} on {date}, {slip} d on the baseline",
            title=name,
            date=go_live.forecast,
            slip=signed(go_live.slip_days or 0),
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


def budget_weather(baseline_cents: int, revised_cents: int, limits: Limits = _BUDGET) -> Proposal:
    """Budget from its drift: (spent + RAF − baseline) ÷ baseline; limits in %."""
    if not baseline_cents:
        return Proposal(Weather.WATCH, msg("No baseline budget yet"))
    drift = (revised_cents - baseline_cents) / baseline_cents
    weather = (
        Weather.ALERT
        if drift > limits["alert"] / 100
        else Weather.WATCH
        if drift > limits["watch"] / 100
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


def scope_weather(
    promised: int, delivered: int, withdrawn: int, late: int, limits: Limits = _SCOPE
) -> Proposal:
    """Scope from features withdrawn or late (promised before today and not delivered); limits in
    % of those promised."""
    if not promised:
        return Proposal(Weather.WATCH, msg("No feature listed yet"))
    gone, behind = 100 * withdrawn / promised, 100 * late / promised
    if gone > limits["withdrawn"] or behind > limits["late"]:
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
    limits: Limits = _ADOPTION,
) -> Proposal:
    """Adoption from the active share against its target and departments below their profile;
    limits in points of share and % of departments."""
    if not accounts:
        return Proposal(Weather.WATCH, msg("Not measured yet: no account open"))
    if share is None:
        return Proposal(Weather.WATCH, msg("Not measured yet: no login imported"))
    low = 100 * below / departments if departments else 0.0
    if target - share > limits["points"] / 100 or low >= limits["below"]:
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


_RULES = {
    Axis.TIME: msg(
        "Good: key milestones within {kept} days of the baseline. Watch: one of them late, the next"
        " go-live safe. Alert: the next go-live {hit} days late or more."
    ),
    Axis.BUDGET: msg(
        "Drift = (spent + still needed − baseline) ÷ baseline. Watch above {watch}%, alert above"
        " {alert}%."
    ),
    Axis.SCOPE: msg(
        "Watch: a feature withdrawn or late. Alert: more than {withdrawn}% withdrawn or {late}%"
        " late."
    ),
    Axis.ADOPTION: msg(
        "Watch: active share under its target, a department below its profile, or nothing measured"
        " yet. Alert: {points} points under the target, or {below}% of the departments below."
    ),
}


def rule_of(axis: Axis, limits: Limits) -> Message:
    """The rule of an axis in words, with the values that count."""
    return Message(_RULES[axis].template, dict(limits))


def trend_of(now: Weather, before: Weather | None, drift: int) -> Trend | None:
    """Against the last committee's weather; at equal weather the figure decides."""
    if before is None:
        return None
    step = _RANK[now] - _RANK[before] or drift
    return Trend.WORSE if step > 0 else Trend.BETTER if step < 0 else Trend.STABLE


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
