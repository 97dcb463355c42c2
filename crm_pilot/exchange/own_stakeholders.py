"""Rules that edited tables of the lateral project must keep: days of ratings, ties with another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.errors import UserError
from crm_pilot.exchange.own_compare import Part
from crm_pilot.exchange.plan import Problems
from crm_pilot.i18n import Message, msg
from crm_pilot.stakeholders.rules import check_day
from crm_pilot.store.reader import Reader
from crm_pilot.why import dated


def check(parts: Sequence[Part], reader: Reader, today: dt.date, problems: Problems) -> None:
    """Check the ratings and the ties of a file; what it does not change stays as it is."""
    start = starts_on(reader)
    for part in parts:
        if part.form.table.table == "rating":
            _check_ratings(part, today, start, problems)
        if part.form.table.table == "stakeholder_tie":
            _check_ties(part, problems)


def starts_on(reader: Reader) -> dt.date | None:
    """The day the project starts on, where its card says one."""
    found = reader.value("SELECT starts_on FROM project")
    return dt.date.fromisoformat(found) if found else None


def wrong_day(day: dt.date, today: dt.date, start: dt.date | None) -> Message | None:
    """What is wrong with the day of a rating, and which days are accepted."""
    try:
        check_day(day, today, start)
    except UserError:
        if day > today:
            return msg(
                "a rating cannot lie in the future; accepted: days up to {day}", day=dated(today)
            )
        return msg("before the project; accepted: days from {day} on", day=dated(start or day))
    return None


def _check_ratings(part: Part, today: dt.date, start: dt.date | None, problems: Problems) -> None:
    for entry in part.touched:
        day = entry.changed.get("rated_on")
        message = None if day is None else wrong_day(day, today, start)
        if message is not None:
            part.wrong(problems, entry, "rated_on", message)


def _check_ties(part: Part, problems: Problems) -> None:
    final = part.final()
    for entry in part.touched:
        one, other = final[entry.id].get("from_id"), final[entry.id].get("to_id")
        if one is not None and one == other:
            message = msg("a tie needs two different stakeholders")
            part.wrong(problems, entry, "to_id", message)
