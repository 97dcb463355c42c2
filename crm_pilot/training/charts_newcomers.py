"""What the chart of the newcomers says: training minutes per head, cohort by cohort."""

from __future__ import annotations

import datetime as dt

from crm_pilot.charts import Bar, BarList, Reference
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.training.newcomers import Cohort, Newcomers

SMALL = 5  # users under which a cohort is not told alone (privacy)


def quarter_name(first: dt.date) -> Message:
    """`Q4 2026`."""
    return msg("Q{quarter} {year}", quarter=(first.month + 2) // 3, year=str(first.year))


def minutes_chart(found: Newcomers) -> BarList:
    """Minutes per head of the first cohort and of the later ones, on one scale from zero; cohorts
    of fewer than five users are told together."""
    first = _bar(msg("First cohort"), found.initial)
    large = [one for one in found.later if one.users >= SMALL]
    small = [one for one in found.later if one.users < SMALL]
    bars = [first, *(_bar(quarter_name(one.first), one) for one in large if one.first is not None)]
    if small:
        users = sum(one.users for one in small)
        minutes = sum(one.minutes for one in small)
        together = msg("Other newcomers") if large else msg("Newcomers")
        bars.append(_made(together, users, minutes))
    high = max((bar.value for bar in bars), default=0) or 1
    early = found.initial.per_head
    reference = (
        Reference(early / high, msg("first cohort, {n} min", n=round(early))) if early else None
    )
    return BarList(
        title=msg("Training minutes per head"),
        caption=msg("minutes of training followed per user"),
        bars=tuple(bars),
        high=high,
        why="training.newcomers_minutes",
        reference=reference,
    )


def _bar(name: Message, one: Cohort) -> Bar:
    return _made(name, one.users, one.minutes)


def _made(name: Message, users: int, minutes: int) -> Bar:
    """Minutes per head; how many users they are stands in the name."""
    each = round(minutes / users) if users else 0
    named = nmsg("{name}, {n} user", "{name}, {n} users", users, name=name)
    return Bar(name=named, value=each, total=each, colour="adoption")
