"""Project weather (météo projet): what the rules of `weather_rules.py` say of the rooms' figures,
what the lead says instead, and what it was at earlier steering committees."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import AdoptionFigures
from crm_pilot.governance import thresholds
from crm_pilot.governance.budget import budget
from crm_pilot.governance.rows import (
    CommitteeRow,
    WeatherRow,
    last_committee,
    next_committee,
)
from crm_pilot.governance.terms import Axis, Weather
from crm_pilot.governance.thresholds import Limits, limits
from crm_pilot.governance.weather_rules import (
    Proposal,
    adoption_weather,
    budget_weather,
    rule_of,
    scope_weather,
    time_weather,
    trend_of,
)
from crm_pilot.planning import queries as planning
from crm_pilot.planning.history import go_live_ids
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered


def limits_of(reader: Reader, axis: Axis) -> Limits:
    """The thresholds of an axis that count."""
    return limits(reader)[f"weather.{axis}"]


def kept_days(reader: Reader) -> int:
    """Up to this slip, in calendar days, a date counts as kept."""
    return limits_of(reader, Axis.TIME)["kept"]


def drift_limits(reader: Reader) -> tuple[float, float]:
    """The shares of drift above which one watches, and is alerted."""
    known = limits_of(reader, Axis.BUDGET)
    return known["watch"] / 100, known["alert"] / 100


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


@dataclass(frozen=True)
class Record:
    """The weather of one axis as given at a steering committee."""

    id: int
    committee_id: int
    number: int
    held_on: dt.date
    axis: Axis
    weather: Weather
    reason: str


@remembered("weather_record", "committee")
def records(reader: Reader) -> tuple[Record, ...]:
    """Every weather given at a steering committee, oldest first."""
    return tuple(
        reader.rows(
            Record,
            "SELECT w.id, c.id, c.number, c.held_on, w.axis, w.weather, w.reason"
            " FROM weather_record w JOIN committee c ON c.id = w.committee_id"
            " WHERE c.kind = 'steering' ORDER BY c.held_on, c.number",
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
    known = limits(reader)
    return {
        Axis.TIME: time_weather(
            plan.milestones, go_live_ids(reader), today, known[thresholds.TIME]
        ),
        Axis.BUDGET: budget_weather(
            money.baseline_cents, money.revised_cents, known[thresholds.BUDGET]
        ),
        Axis.SCOPE: scope_weather(
            features.promised,
            features.delivered,
            features.withdrawn,
            late_features(reader, today),
            known[thresholds.SCOPE],
        ),
        Axis.ADOPTION: adoption_weather(
            accounts=use.accounts_open,
            share=use.active_share,
            previous=share_at(use, last.held_on) if last else None,
            target=use.target_share,
            departments=len(measured),
            below=sum(d.below for d in measured),
            limits=known[thresholds.ADOPTION],
        ),
    }


def weather(reader: Reader, today: dt.date) -> tuple[WeatherRow, ...]:
    """The weather of the four axes with trend and history.

    A record of the next steering committee overrides the proposal: it is the lead's own, or what
    was kept when the committee was held.
    """
    last, following = last_committee(reader, today), next_committee(reader, today)
    return tuple(
        _row(reader, axis, proposal, last, following)
        for axis, proposal in proposals(reader, today).items()
    )


def _row(
    reader: Reader,
    axis: Axis,
    proposal: Proposal,
    last: CommitteeRow | None,
    following: CommitteeRow | None,
) -> WeatherRow:
    known = [one for one in records(reader) if one.axis is axis]
    own = next((one for one in known if following and one.committee_id == following.id), None)
    past = [one for one in known if last and one.held_on <= last.held_on and one is not own]
    now = own.weather if own else proposal.weather
    return WeatherRow(
        axis=axis,
        weather=now,
        trend=trend_of(now, past[-1].weather if past else None, proposal.drift),
        line=proposal.line,
        rule=rule_of(axis, limits_of(reader, axis)),
        proposed=proposal.weather,
        reason=own.reason if own else "",
        history=tuple((one.number, one.weather) for one in past),
        given=own is not None,
    )
