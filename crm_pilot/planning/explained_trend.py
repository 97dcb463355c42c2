"""Why the figures of announced dates and reference plans are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import history, trend
from crm_pilot.planning.history import TrendFigures
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of

DIAGRAM = msg("Dates-dates diagram (Project Planning Office): every announced date is kept")
RESCUE = msg(
    "“Rescuing CRM projects”, a consultant's article (practitioner rule of thumb); thresholds"
    " are this program's own"
)


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """The figures of `history` by key."""
    told = history.figures(reader, today)
    return {**_held(told, today), **_go_lives(told, today), **_kept(reader, told, today)}


def _held(told: TrendFigures, today: dt.date) -> dict[str, Why]:
    before = msg("no committee held yet")
    if told.due_before is not None:
        before = msg(
            "{held} of {due} at the last committee", held=told.held_before, due=told.due_before
        )
    return {
        "predictability": Why(
            msg(
                "Milestones reached at most {days} working days (Monday to Friday) after the date"
                " announced first ÷ milestones due: reached, or more than that past. Dates already"
                " past when they were announced do not count.",
                days=trend.TOLERANCE,
            ),
            msg("{held} held of {due} due; {before}", held=told.held, due=told.due, before=before),
            OWN,
            as_of(today),
            name=msg("Predictability"),
        )
    }


def _go_lives(told: TrendFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    live = told.go_lives
    counted = nmsg(
        "{n} go-live; announcements: {times}",
        "{n} go-lives; announcements: {times}",
        len(live),
        times=sum(len(one.said) for one in live),
    )
    following: Message | str = msg("no go-live to come")
    if told.next_go_live is not None:
        following = told.next_go_live.wave or told.next_go_live.title
    return {
        "postponements": Why(
            msg("How often a go-live was announced later than before, the reference coming first."),
            counted,
            DIAGRAM,
            known,
            name=msg("Postponements"),
        ),
        "mean_slip": Why(
            msg("Mean of present date − date announced first over the go-lives, in calendar days."),
            counted,
            DIAGRAM,
            known,
            name=msg("Mean slip of the go-lives"),
        ),
        "slope": Why(
            msg(
                "Days the forecast moved ÷ days gone by, over the last {n} reports: the committees"
                " held, and today. 0: it holds; 1: never nearer.",
                n=trend.REPORTS,
            ),
            msg("Next go-live: {wave}", wave=following),
            RESCUE,
            known,
            msg("Alert from {slope} after {moves} moves", slope=trend.SLOPE, moves=trend.MOVES),
            msg("Slope of the next go-live"),
        ),
        "causes": Why(
            msg(
                "Each announcement counts, for its reason, with the days it moved the go-live by;"
                " the total is the sum of their slips since the date announced first."
            ),
            msg("{counted}; {days} days in all", counted=counted, days=told.days_lost),
            OWN,
            known,
            name=msg("Causes of slips"),
        ),
    }


def _kept(reader: Reader, told: TrendFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    plans = history.baselines(reader)
    said = sum(len(one.said) for one in told.histories)
    return {
        "announcements": Why(
            msg(
                "Every date a milestone was announced for, by the day of the announcement; one a"
                " day, and none of an earlier day is overwritten. Moving a milestone announces it."
            ),
            nmsg(
                "{n} milestone with an announced date; announcements: {times}",
                "{n} milestones with an announced date; announcements: {times}",
                len(told.histories),
                times=said,
            ),
            DIAGRAM,
            known,
            name=msg("Announced dates"),
        ),
        "baselines": Why(
            msg(
                "Reference plans are kept; slips count from the newest. Mean slip: present finish −"
                " finish held, in calendar days, over tasks and milestones."
            ),
            nmsg("{n} reference plan", "{n} reference plans", len(plans)),
            DIAGRAM,
            known,
            name=msg("Reference plans"),
        ),
    }
