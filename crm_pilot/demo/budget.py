"""The budget of the demonstration: lines, what was planned by month, and every estimate since."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.demo.samples import Words
from crm_pilot.governance.budget import PERSON_DAY
from crm_pilot.governance.earned_value import last_day, month_of

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

CENTS = 100_000  # in a thousand euros
Entry = dict[str, Any]
Rows = list[dict[str, Any]]


def fill(work: Work, words: Words, data: Entry) -> None:
    """Write `budget_line`, `budget_plan` and `budget_estimate`."""
    lines, periods = data["budget"], data["budget_periods"]
    work.insert_many("budget_line", [_line(words, n, one, periods) for n, one in _told(lines)])
    plans = [row for n, one in _told(lines) for row in _plan(n, one, periods["from"])]
    work.insert_many("budget_plan", _numbered(plans))
    kept = [row for n, one in _told(lines) for row in _estimates(words, n, one, periods["on"])]
    kept.sort(key=lambda row: row["as_of"])  # in the order they were made
    work.insert_many("budget_estimate", _numbered(kept))


def _told(lines: list[Entry]) -> list[tuple[int, Entry]]:
    return list(enumerate(lines, 1))


def _numbered(rows: Rows) -> Rows:
    return [{"id": number, **row} for number, row in enumerate(rows, 1)]


def _line(words: Words, number: int, one: Entry, periods: Entry) -> dict[str, Any]:
    planned = [month for month, amount in _months(one, periods["from"]) if amount]
    return {
        "id": number,
        "name": words(one),
        "kind": one["kind"],
        "baseline_cents": sum(one["plan"]) * CENTS,
        "baseline_days": one.get("days", 0) * PERSON_DAY,
        "starts_on": last_day(planned[0]).replace(day=1),
        "ends_on": last_day(planned[-1]),
        "reason": words(one["reason"]),
        "position": number,
        **_state(one, -1),
    }


def _state(one: Entry, place: int) -> dict[str, Any]:
    """What a line stood at on one of the days it was estimated."""
    return {
        "spent_cents": one["spent"][place] * CENTS,
        "remaining_cents": one["needed"][place] * CENTS,
        "spent_days": one["spent_days"][place] * PERSON_DAY if "days" in one else 0,
        "remaining_days": one["needed_days"][place] * PERSON_DAY if "days" in one else 0,
        "done_percent": one["done"][place] if "done" in one else None,
    }


def _months(one: Entry, first: dt.date) -> list[tuple[int, int]]:
    """(month, thousands of euros) from the first month on."""
    day, found = first, []
    for amount in one["plan"]:
        found.append((month_of(day), amount))
        day = last_day(month_of(day)) + dt.timedelta(days=1)
    return found


def _plan(number: int, one: Entry, first: dt.date) -> Rows:
    return [
        {"line_id": number, "month": month, "planned_cents": amount * CENTS}
        for month, amount in _months(one, first)
        if amount
    ]


def _estimates(words: Words, number: int, one: Entry, days: list[dt.date]) -> Rows:
    last = len(days) - 1
    return [
        {
            "line_id": number,
            "as_of": day,
            "reason": words(one["reason"]) if place == last else "",
            **_state(one, place),
        }
        for place, day in enumerate(days)
    ]
