"""Why the figures of the crossings and of the page of one unit are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.crossing_rows import LEAST_DAYS, SMALL, WINDOW_DAYS, Crossings
from crm_pilot.governance.crossing_rules import MOSTLY
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.why import OWN, Why, as_of, from_to

LATERAL = msg(
    "Lateral project: most of the time goes to allies, who convince the hesitants; the list is"
    " this program's own"
)


def crossing_whys(found: Crossings, today: dt.date) -> dict[str, Why]:
    """Every figure of the view by key, all beginning with `crossing`."""
    return {**_by_position(found, today), **_departments(found, today), **_lists(found, today)}


def _placed(found: Crossings) -> Message:
    return msg(
        "{placed} people placed; {loose} groups have no department",
        placed=found.placed,
        loose=found.loose,
    )


def _days(today: dt.date) -> Message:
    return from_to(today - dt.timedelta(days=WINDOW_DAYS - 1), today)


def _by_position(found: Crossings, today: dt.date) -> dict[str, Why]:
    data, known = _placed(found), as_of(today)
    return {
        "crossing.headcount": Why(
            msg("Headcount of the groups in that position; persons where there is no group."),
            data,
            OWN,
            known,
            name=msg("Headcount"),
        ),
        "crossing.trained": Why(
            msg(
                "Each group has the share of trained users of its department; mean weighted by"
                " headcount. A person is trained with one formal session attended, not expired."
            ),
            data,
            OWN,
            known,
            name=msg("Trained"),
        ),
        "crossing.tickets": Why(
            msg(
                "Tickets of the department opened in {days} days × 100 ÷ its people; each group"
                " has the figure of its department; mean weighted by headcount. People: those in"
                " the directory or on the map, the larger number. Arrow: against the {days} days"
                " before.",
                days=WINDOW_DAYS,
            ),
            data,
            OWN,
            _days(today),
            msg(
                "No comparison unless {days} of the {all} days before are known of every group"
                " there; no figure for a department that had neither tickets nor accounts",
                days=LEAST_DAYS,
                all=WINDOW_DAYS,
            ),
            msg("Tickets per 100 people"),
        ),
        "crossing.use": Why(
            msg(
                "Active share and login days a week of the department of each group; means"
                " weighted by headcount. Marked below the days its user profiles expect."
            ),
            data,
            OWN,
            known,
            msg("Departments with fewer than {n} accounts are left out", n=SMALL),
            msg("Use of the CRM"),
        ),
        "crossing.effort": Why(
            msg(
                "Hours of work of the influence actions that aim at groups and persons in that"
                " position, done or not; the length of the line where no work is typed."
            ),
            nmsg(
                "{n} action",
                "{n} actions",
                sum(row.effort.actions for row in found.positions if row.zone is None),
            ),
            LATERAL,
            known,
            name=msg("Influence actions"),
        ),
    }


def _departments(found: Crossings, today: dt.date) -> dict[str, Why]:
    counted = nmsg(
        "{n} department with people", "{n} departments with people", len(found.departments)
    )
    return {
        "crossing.majority": Why(
            msg(
                "Where most of the headcount placed stands: locomotives, hesitants or opponents,"
                " and the largest zone of those. Of two equal ones the graver is shown."
            ),
            counted,
            OWN,
            as_of(today),
            name=msg("Majority"),
        ),
        "crossing.department_tickets": Why(
            msg(
                "Tickets of the department opened in {days} days, beside those of the {days} days"
                " before.",
                days=WINDOW_DAYS,
            ),
            counted,
            OWN,
            _days(today),
            name=msg("Tickets"),
        ),
    }


def _lists(found: Crossings, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    return {
        "crossing.idle": Why(
            msg(
                "Locomotives (synergy 3 or 4 and at least as much as antagonism) that no influence"
                " action aims at and that carry none."
            ),
            nmsg("{n} ally", "{n} allies", len(found.idle)),
            LATERAL,
            known,
            name=msg("Allies without an action"),
        ),
        "crossing.untrained": Why(
            msg(
                "Hesitant groups whose department has fewer than {share}% of its users trained;"
                " hesitant persons who attended no session.",
                share=round(MOSTLY * 100),
            ),
            nmsg("{n} group or person", "{n} groups and persons", len(found.untrained)),
            OWN,
            known,
            msg("Departments with fewer than {n} users are left out", n=SMALL),
            msg("Hesitants mostly untrained"),
        ),
        "crossing.falling": Why(
            msg(
                "More tickets in the last {days} days than in the {days} before, and less synergy"
                " than {days} days ago: mean of the groups rated on both days, by headcount.",
                days=WINDOW_DAYS,
            ),
            nmsg("{n} department", "{n} departments", len(found.falling)),
            OWN,
            from_to(today - dt.timedelta(days=WINDOW_DAYS), today),
            msg("Departments with fewer than {n} people are left out", n=SMALL),
            msg("Tickets rise, synergy falls"),
        ),
    }
