"""Why the figures of the lateral project are what they are. No text here names a person."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.stakeholders import queries, rules
from crm_pilot.stakeholders.queries import PositionsFigures
from crm_pilot.stakeholders.terms import Trio, UnitKind
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of, from_to

AXES = msg("Sociodynamics, after “La carte des partenaires” (Wikimanagement)")
CELLS = msg(
    "Sociodynamics, after “La carte des partenaires” (Wikimanagement); cells it leaves open are"
    " this program's own and can be changed"
)
TRIO = msg("“Rescuing CRM projects”, a consultant's article (practitioner rule of thumb)")
LATERAL = msg(
    "The 20 / 60 / 20 line: “Choosing the right team”, L. Labatut, 2018; the trio: “Rescuing"
    " CRM projects”, a consultant's article (practitioner rule of thumb)"
)


METHOD = msg(
    "Sociodynamics, put together from several articles by practitioners (rule of thumb); what they"
    " leave open is this program's own and can be changed"
)


def explained(reader: Reader, today: dt.date, since: dt.date | None = None) -> dict[str, Why]:
    """Every figure of the room by key, compared with the day `since` (default: last committee)."""
    figures = queries.figures(reader, today, since)
    return {
        **_headcount(figures, today),
        **_positions(figures, today),
        **_routes(figures, today),
        **_moves(reader, figures, today),
        **_acting(reader, today),
    }


def _counted(figures: PositionsFigures) -> Message:
    """Who counts: groups, or persons where the project has no group."""
    groups = [row for row in figures.units if row.kind == UnitKind.GROUP]
    people = {"rated": figures.headcount_rated, "total": figures.headcount_total}
    if not groups:
        return msg("{rated} of {total} persons rated; the project has no group", **people)
    return msg(
        "{rated} people in {placed} rated groups, of {total} in {groups} groups; {persons} units"
        " that are one person are not counted again",
        placed=sum(row.rated for row in groups),
        groups=len(groups),
        persons=len(figures.units) - len(groups),
        **people,
    )


def _headcount(figures: PositionsFigures, today: dt.date) -> dict[str, Why]:
    counted, known = _counted(figures), as_of(today)
    return {
        "headcount_total": Why(
            msg(
                "Headcount of all groups. Persons rated one by one are already in a group; they"
                " count only where there is no group."
            ),
            counted,
            OWN,
            known,
            name=msg("People on the map"),
        ),
        "headcount_rated": Why(
            msg("Headcount of the groups that have a position on that day."),
            counted,
            OWN,
            known,
            name=msg("People placed"),
        ),
    }


def _positions(figures: PositionsFigures, today: dt.date) -> dict[str, Why]:
    counted, known = _counted(figures), as_of(today)
    reference = rules.REFERENCE_SHARES
    shares = Why(
        name=msg("Positions"),
        rule=msg(
            "Headcount of the groups in these zones ÷ headcount placed. Locomotives: golden"
            " triangle and zealots; hesitants: waverers, passives, torn; opponents: moaners,"
            " opponents, mutineers."
        ),
        thresholds=msg(
            "Reference line: {a}% want change, {b}% wait, {c}% resist; a practitioner rule of"
            " thumb, not a norm",
            a=round(reference[Trio.LOCOMOTIVE] * 100),
            b=round(reference[Trio.HESITANT] * 100),
            c=round(reference[Trio.OPPONENT] * 100),
        ),
        data=counted,
        source=LATERAL,
        period=known if figures.since is None else from_to(figures.since, today),
    )
    zone = msg(
        "The cell of synergy (1 to 4) and antagonism (1 to 4) in the rating in force on that day"
        " decides the zone."
    )
    return {
        "shares": shares,
        "zones": Why(
            zone,
            counted,
            CELLS,
            known,
            msg("For the committee, zones with one to four people are pooled"),
            msg("Zones"),
        ),
        "units": Why(
            msg(
                "Synergy (energy for) and antagonism (energy against), 1 to 4 each, as rated last"
                " by that day, each with a dated observed fact."
            ),
            counted,
            AXES,
            known,
            name=msg("Position"),
        ),
    }


def _routes(figures: PositionsFigures, today: dt.date) -> dict[str, Why]:
    since = figures.since
    period = as_of(today) if since is None else from_to(since, today)
    compared = msg(
        "{n} of {all} units changed sides", n=len(figures.crossings), all=len(figures.units)
    )
    return {
        "crossings": Why(
            msg(
                "Units that are read otherwise (locomotive, hesitant, opponent) than at the last"
                " committee."
            ),
            compared,
            TRIO,
            period,
            msg("For the committee, persons and groups under five people are only counted"),
            msg("Changed sides"),
        ),
        "drift": Why(
            msg(
                "Change of synergy − antagonism between the first and the last rating ÷ months"
                " between them; above 0 towards us."
            ),
            msg(
                "All ratings up to that day; units rated on two days or more: {n} of {all}",
                n=sum(row.drift is not None for row in figures.units),
                all=len(figures.units),
            ),
            msg("This program's own measure of the route taught by sociodynamics"),
            as_of(today),
            name=msg("Drift"),
        ),
    }


def _moves(reader: Reader, figures: PositionsFigures, today: dt.date) -> dict[str, Why]:
    since = figures.since
    if since is None or since > today:
        nothing = msg("No earlier committee to compare with")
        zones, allies, line, period = nothing, nothing, nothing, as_of(today)
    else:
        moved = queries.movements(reader, since, today)
        period = from_to(since, today)
        zones = msg(
            "People who changed zones or were placed for the first time: {moved} of {n}",
            moved=sum(cell.headcount for cell in moved.cells if cell.moved),
            n=sum(cell.headcount for cell in moved.cells),
        )
        allies = msg(
            "Units that joined: {joined}; that left: {left}",
            joined=len(moved.joined),
            left=len(moved.left),
        )
        line = msg(
            "Units that rose above it: {risen}; that fell below it: {fallen}",
            risen=len(moved.risen),
            fallen=len(moved.fallen),
        )
    counted = msg("For the committee, persons and groups under five people are only counted")
    return {
        "movements": Why(
            msg(
                "Headcount by zone on the first day and on the last day, by the ratings in force"
                " on each; a group that had no rating yet comes from “not placed”."
            ),
            zones,
            OWN,
            period,
            msg("For the committee, cells with one to four people are pooled"),
            msg("From zone to zone"),
        ),
        "allies": Why(
            msg(
                "An ally is at least as synergic as antagonistic on that day (S ≥ A); joined or"
                " left compares the first day with the last."
            ),
            allies,
            AXES,
            period,
            counted,
            msg("Allies joined and left"),
        ),
        "initiative": Why(
            msg(
                "The initiative line lies between synergy 2 and 3: above it people act, below it"
                " they talk. Crossed compares the first day with the last."
            ),
            line,
            AXES,
            period,
            counted,
            msg("Crossed the initiative line"),
        ),
    }


def _acting(reader: Reader, today: dt.date) -> dict[str, Why]:
    """What to ask again, what to do in each zone, and in which order."""
    advice = queries.advice(reader).values()
    return {
        "to_confirm": Why(
            msg(
                "Units whose rating in force is older than the project allows: is it still true?"
                " People show where they stand under tension, so rate again then."
            ),
            msg(
                "Units: {n} of {all}",
                n=len(queries.to_confirm(reader, today)),
                all=len(queries.units(reader, today)),
            ),
            OWN,
            as_of(today),
            nmsg(
                "{n} day, set in the project's card",
                "{n} days, set in the project's card",
                queries.rerate_days(reader),
            ),
            msg("Still true?"),
        ),
        "advice": Why(
            msg("Handling, management style and role on stage of each zone, as the method has it."),
            msg(
                "Zones written over by the project lead: {n} of {all}",
                n=sum(one.edited for one in advice),
                all=len(advice),
            ),
            METHOD,
            name=msg("Recommended handling"),
        ),
        "checks": Why(
            msg(
                "The order of entry: golden triangle, zealots, hesitants, passives, moaners,"
                " opponents; mutineers and torn case by case. Each check says its own rule."
            ),
            msg("Positions, waves, and the actions of the plan that aim at a unit"),
            METHOD,
            as_of(today),
            name=msg("Checks of the order of entry"),
        ),
    }
