"""Why what moved since the last issued report is what it is."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.since import since
from crm_pilot.i18n import msg
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of, dated, from_to


def since_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """The one answer, under `since`."""
    found = since(reader, today)
    data, period = msg("No report of an earlier day was issued yet."), as_of(today)
    if found is not None:
        data = msg(
            "Issue no. {number}, status on {date}; today {milestones} milestones moved,"
            " {decisions} decisions, {positions} positions, {warnings} warnings",
            number=found.issue.number,
            date=dated(found.issue.as_of),
            milestones=len(found.slipped) + len(found.advanced) + len(found.reached),
            decisions=len(found.done) + len(found.taken) + len(found.asked),
            positions=found.crossed,
            warnings=len(found.warnings_new) + len(found.warnings_gone),
        )
        period = from_to(found.issue.as_of, today)
    return {
        "since": Why(
            msg(
                "Dates, lines of the plan, decisions and warnings of today beside those frozen in"
                " the last committee or flash report of an earlier day. Positions are those rated"
                " on that day: no issue keeps any. A warning is the same while its rule and what it"
                " is about are the same."
            ),
            data,
            OWN,
            period,
            name=msg("Since the last issue"),
        )
    }
