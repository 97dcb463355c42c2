"""Why the figures of coverage by group, newcomers, cost and the training plan are what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.training import coverage, newcomers, year
from crm_pilot.training.coverage import Covered
from crm_pilot.training.evaluations import COLD_AFTER, REMIND_AFTER, cold_due
from crm_pilot.training.explained import SOURCE
from crm_pilot.training.rules import LOW_SHARE
from crm_pilot.why import OWN, Why, as_of

SHARE = msg(
    "Users trained ÷ users. Trained is who was present at a formal session whose skill has not"
    " expired; a user of two profiles counts in both."
)
LOW = msg("Bold below {n}%", n=round(LOW_SHARE * 100))


ROOM_KEYS = (
    *("coverage", "waves", "profiles", "features", "courses"),
    *("newcomers", "newcomers_minutes", "newcomers_in_time"),
    *("cost", "plan", "cold_due", "expiring"),
)


def room_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Coverage by group, newcomers, cost, plan, evaluations to ask for, skills that expire."""
    return {
        **_coverage(reader, today),
        **_newcomers(reader, today),
        **_plan(reader, today),
        "expiring": _expiring(reader, today),
    }


def _coverage(reader: Reader, today: dt.date) -> dict[str, Why]:
    day = as_of(today)
    whole = coverage.overall(reader, today)
    counted = msg("{trained} of {users} users trained", trained=whole.trained, users=whole.users)
    meant = msg(
        "Users a feature is meant for who were trained in a course that covers it ÷ users it is"
        " meant for: those of its profiles, all of them where it has none."
    )
    asked = msg(
        "Users a course is meant for who were trained in it ÷ users it is meant for: those of its"
        " profiles, all of them where it has none."
    )
    return {
        "coverage": Why(SHARE, counted, SOURCE, day, LOW, msg("Coverage by group")),
        "waves": Why(
            SHARE, _rows(coverage.by_wave(reader, today)), SOURCE, day, LOW, msg("Coverage by wave")
        ),
        "profiles": Why(
            SHARE,
            _rows(coverage.by_profile(reader, today)),
            SOURCE,
            day,
            LOW,
            msg("Coverage by profile"),
        ),
        "features": Why(
            meant,
            _rows(coverage.by_feature(reader, today)),
            SOURCE,
            day,
            LOW,
            msg("Coverage by feature"),
        ),
        "courses": Why(
            asked,
            _rows(coverage.by_course(reader, today)),
            SOURCE,
            day,
            LOW,
            msg("Coverage by course"),
        ),
    }


def _rows(rows: Sequence[Covered]) -> Message:
    low = sum(row.share is not None and row.share < LOW_SHARE for row in rows)
    return nmsg("{n} row, {low} below", "{n} rows, {low} below", len(rows), low=low)


def _newcomers(reader: Reader, today: dt.date) -> dict[str, Why]:
    found = newcomers.newcomers(reader, today)
    new, first, day = found.newcomers, found.initial, as_of(today)
    who = msg(
        "A newcomer's account was opened after the go-live of the wave of their department; the"
        " others are the first cohort."
    )
    data = msg(
        "{new} newcomers, {first} users of the first cohort", new=new.users, first=first.users
    )
    return {
        "newcomers": Why(
            name=msg("Newcomers and the first cohort"),
            rule=who,
            data=data,
            source=SOURCE,
            period=day,
        ),
        "newcomers_minutes": Why(
            name=msg("Minutes of training a head"),
            rule=msg(
                "Minutes of training followed ÷ users, by quarter of the account, beside the first"
                " cohort. {who}",
                who=who,
            ),
            data=msg(
                "{data}; {minutes} and {before} minutes",
                data=data,
                minutes=new.minutes,
                before=first.minutes,
            ),
            source=SOURCE,
            period=day,
        ),
        "newcomers_in_time": Why(
            name=msg("Newcomers trained in time"),
            rule=msg(
                "Newcomers with a formal session within {days} days of the opening of their account"
                " ÷ newcomers whose account is open for {days} days, or who had it before.",
                days=newcomers.SOON,
            ),
            data=msg("{n} of {due} newcomers", n=new.in_time, due=new.due),
            source=SOURCE,
            period=day,
        ),
    }


def _plan(reader: Reader, today: dt.date) -> dict[str, Why]:
    cost, plan, due = year.cost(reader, today), year.plan(reader, today), cold_due(reader, today)
    day = as_of(today)
    return {
        "cost": Why(
            name=msg("Cost of training"),
            rule=msg(
                "What the sessions held cost; per person: divided by those present at sessions"
                " whose cost is known."
            ),
            data=msg(
                "{n} sessions held, {without} without a cost, {trained} present",
                n=cost.sessions,
                without=cost.without_cost,
                trained=cost.trained,
            ),
            source=OWN,
            period=day,
        ),
        "plan": Why(
            name=msg("Training plan"),
            rule=msg(
                "Sessions by the month in which they begin, with their half-days, minutes, seats,"
                " trainees and cost."
            ),
            data=msg(
                "{n} sessions in {months} months",
                n=sum(one.sessions for one in plan),
                months=len(plan),
            ),
            source=OWN,
            period=day,
        ),
        "cold_due": Why(
            name=msg("Evaluations to ask for"),
            rule=msg(
                "Sessions whose trainees are asked {after} days after their last half-day, and"
                " again {again} days after, until everybody answered.",
                after=COLD_AFTER,
                again=REMIND_AFTER,
            ),
            data=nmsg("{n} session", "{n} sessions", len(due)),
            source=msg("Guides to Qualiopi, indicator 30; the days are this program's own"),
            period=day,
        ),
    }


def _expiring(reader: Reader, today: dt.date) -> Why:
    found = coverage.expiring(reader, today)
    return Why(
        name=msg("Skills to refresh"),
        rule=msg(
            "The last session of a course that is valid for some months, where these are over or"
            " will be within 60 days."
        ),
        data=msg(
            "{n} skills, {expired} of them expired",
            n=len(found),
            expired=sum(one.expired for one in found),
        ),
        source=OWN,
        period=as_of(today),
    )
