"""Why the figures of the schedule are what they are: the load of people, slack, what can slip."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import can_slip, explained_lines, load_queries, queries
from crm_pilot.planning.hours_queries import card
from crm_pilot.planning.load import LEAST, Load
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of, from_to

METHOD = msg("Critical path method, with working time as MS Project counts it")


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """The schedule's figures by key."""
    return {
        **_load(reader, today),
        **_slack(reader, today),
        **_slips(reader, today),
        **explained_lines.explained(reader, today),
    }


def _load(reader: Reader, today: dt.date) -> dict[str, Why]:
    found = load_queries.load(reader, today)
    day = card(reader).day_minutes / 60
    data = msg(
        "{people}, {parts}; {unowned} without an owner",
        people=nmsg("{n} person", "{n} people", len(found.people)),
        parts=nmsg("{n} piece of work", "{n} pieces of work", len(found.parts)),
        unowned=len(found.unowned),
    )
    period = _period(found)
    return {
        "load": Why(
            msg(
                "Σ over tasks: work × working time of the person in the week ÷ working time in"
                " all days of the task. Done work lies before today, remaining work from today"
                " on; late work is done from today on. Work = duration × units, unless it is"
                " given; without assignments the owner works at 100%. 1 person-day = {hours} h.",
                hours=f"{day:g}",
            ),
            data,
            OWN,
            period,
            name=msg("Load by week"),
        ),
        "load_available": Why(
            msg(
                "Working time of the week × units of the person: their calendar without public"
                " holidays, closures and absences."
            ),
            data,
            OWN,
            period,
            name=msg("Available"),
        ),
        "load_overload": Why(
            msg(
                "Load − available of each person, summed; the free time of one does not do the"
                " work of another."
            ),
            data,
            OWN,
            period,
            msg("Overloaded: from {least} person-days on", least=LEAST),
            msg("Too much"),
        ),
        "relief": Why(
            msg(
                "For the first overloaded week that can be helped: of the tasks that make it,"
                " those not started before the others, the one with the most slack (before the"
                " end of the plan and before any open go-live), moved by the fewest days within"
                " it. Only if it takes more overload away than it makes elsewhere."
            ),
            data,
            OWN,
            as_of(today),
            name=msg("What to move"),
        ),
    }


def _period(found: Load) -> Message:
    return from_to(found.weeks[0], found.weeks[-1] + dt.timedelta(days=6))


def _slack(reader: Reader, today: dt.date) -> dict[str, Why]:
    timings = queries.timings(reader)
    data = nmsg("{n} planned line", "{n} planned lines", len(timings))
    known = as_of(today)
    critical, near = can_slip.thresholds(reader)
    marks = msg(
        "Critical: at most {critical} min of slack; nearly: at most {near} min",
        critical=critical,
        near=near,
    )
    return {
        "schedule": Why(
            msg(
                "Earliest and latest dates of each line from links, constraints and calendars;"
                " total slack = latest − earliest, in working minutes; free slack = until the"
                " first line that waits moves; slip = finish − reference finish, in calendar days."
            ),
            data,
            METHOD,
            known,
            marks,
            msg("Schedule"),
        ),
        "total_slack": Why(
            msg(
                "Working time a line may slip before the end of the plan or a fixed date moves;"
                " of a phase, the least slack of its open lines."
            ),
            data,
            METHOD,
            known,
            marks,
            msg("Total slack"),
        ),
    }


def _slips(reader: Reader, today: dt.date) -> dict[str, Why]:
    goals = can_slip.goals(reader, today)
    goal = can_slip.next_goal(goals, today)
    rows = can_slip.rows(reader, today, goal.id) if goal is not None else ()
    title = goal.title if goal is not None else "–"
    data = msg(
        "{lines} before “{goal}”, {driving} of them driving it",
        lines=nmsg("{n} open line", "{n} open lines", len(rows)),
        goal=title,
        driving=sum(row.driving for row in rows),
    )
    return {
        "can_slip": Why(
            msg(
                "Working days the finish of an open line may slip before the milestone moves,"
                " the other lines staying as they are; 0: the line drives the milestone."
            ),
            data,
            METHOD,
            as_of(today),
            name=msg("What can still slip"),
        ),
        "goal": Why(
            msg("The next open milestone marked as a go-live, or that of a wave."),
            nmsg("{n} open milestone", "{n} open milestones", len(goals)),
            OWN,
            as_of(today),
            name=msg("Goal"),
        ),
    }
