"""Sentences of the pages that print the registers: decisions, minutes, actions, risks, RACI; and of
the weather."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.actions import actions
from crm_pilot.governance.decisions import is_late, taken_at
from crm_pilot.governance.problems import problems
from crm_pilot.governance.risks import risk_table
from crm_pilot.governance.rows import HIGH_RISK, committee_of, decisions, enumeration
from crm_pilot.governance.terms import Axis, DecisionStatus, Document, Trend, Weather
from crm_pilot.governance.weather import weather
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.store.reader import Reader


def decided(reader: Reader, today: dt.date) -> Message:
    """Decisions to take and those past their date."""
    rows = decisions(reader)
    if not rows:
        return msg("No decision is recorded yet.")
    asked = sum(row.status is DecisionStatus.PROPOSED for row in rows)
    late = sum(is_late(row, today) for row in rows)
    taken = nmsg("{n} decision to take", "{n} decisions to take", asked)
    if not asked:
        taken = msg("No decision to take")
    if not late:
        return msg("{decisions}; none is past its date.", decisions=taken)
    return nmsg(
        "{decisions}; {n} is past its date.",
        "{decisions}; {n} are past their date.",
        late,
        decisions=taken,
    )


def minutes(reader: Reader, today: dt.date) -> Message:
    """What the last committee decided, and what follows."""
    held = committee_of(reader, today, Document.MINUTES)
    if held is None:
        return msg("No committee was held yet.")
    taken = len(taken_at(decisions(reader), held.id))
    follow = sum(row.committee_id == held.id for row in actions(reader, today))
    acting = nmsg("{n} action follows", "{n} actions follow", follow)
    if not follow:
        acting = msg("no action follows")
    if not taken:
        return msg(
            "The committee of {date} took no decision; {actions}.",
            date=held.held_on,
            actions=acting,
        )
    return nmsg(
        "The committee of {date} took {n} decision; {actions}.",
        "The committee of {date} took {n} decisions; {actions}.",
        taken,
        date=held.held_on,
        actions=acting,
    )


def acting(reader: Reader, today: dt.date) -> Message:
    """Actions still to do, and those past their day."""
    rows = [row for row in actions(reader, today) if row.active]
    left = [row for row in rows if not row.done]
    if not rows:
        return msg("No action is recorded yet.")
    if not left:
        return nmsg("The only action is done.", "All {n} actions are done.", len(rows))
    late = sum(row.late for row in left)
    if not late:
        return nmsg(
            "{n} action is under way, on time.",
            "{n} actions are under way, none is late.",
            len(left),
        )
    return nmsg(
        "{n} action of {all} still to do is late.",
        "{n} actions of {all} still to do are late.",
        late,
        all=len(left),
    )


def risky(reader: Reader, today: dt.date) -> Message:
    """High risks, those that got worse since the last committee, and open problems."""
    rows = [row for row in risk_table(reader, today) if row.open]
    open_problems = sum(row.open for row in problems(reader, today))
    if not rows and not open_problems:
        return msg("No risk and no problem is open.")
    trouble = nmsg("{n} problem is open", "{n} problems are open", open_problems)
    if not rows:
        return msg("No risk is open; {problems}.", problems=trouble)
    high = sum(row.score >= HIGH_RISK for row in rows)
    worse = sum(row.trend is Trend.WORSE for row in rows)
    stand = nmsg(
        "{n} of {risks} open risks is high",
        "{n} of {risks} open risks are high",
        high,
        risks=len(rows),
    )
    if not high:
        stand = nmsg("{n} risk is open, not high", "{n} risks are open, none high", len(rows))
    if worse:
        moved = nmsg("{n} got worse", "{n} got worse", worse)
        return msg("{risks}; {worse} since the last committee.", risks=stand, worse=moved)
    if open_problems:
        return msg("{risks}; {problems}.", risks=stand, problems=trouble)
    return msg("{risks}; none got worse since the last committee.", risks=stand)


AXIS_WORDS = {  # inside a sentence
    Axis.TIME: N_("time"),
    Axis.BUDGET: N_("budget"),
    Axis.SCOPE: N_("scope"),
    Axis.ADOPTION: N_("adoption"),
}


def skies(reader: Reader, today: dt.date) -> Message:
    """The axes on alert and those to be watched."""
    rows = weather(reader, today)

    def named(wanted: Weather) -> tuple[int, Message | str]:
        found = [Message(AXIS_WORDS[row.axis]) for row in rows if row.weather is wanted]
        return len(found), enumeration(found, 4)

    bad, axes = named(Weather.ALERT)
    alert = nmsg("{axes} is on alert", "{axes} are on alert", bad, axes=axes)
    fair, axes = named(Weather.WATCH)
    watch = nmsg("{axes} is to be watched", "{axes} are to be watched", fair, axes=axes)
    if bad and fair:
        return msg("{alert}; {watch}.", alert=alert, watch=watch)
    if bad or fair:
        return msg("{sentence}.", sentence=alert if bad else watch)
    return msg("The weather is good on time, budget, scope and adoption.")


def answering(reader: Reader, today: dt.date) -> Message:
    """Whether every line of the RACI has one who answers for it."""
    from crm_pilot.governance.raci import raci  # few documents need it

    table = raci(reader)
    if not table.items:
        return msg("No line of the RACI is written yet.")
    wrong = len({fault.item_id for fault in table.faults})
    if not wrong:
        return nmsg(
            "The only line has one who answers for it.",
            "Each of the {n} lines has one who answers for it.",
            len(table.items),
        )
    return nmsg(
        "{n} line of {all} lacks who does it or who answers for it.",
        "{n} lines of {all} lack who does it or who answers for it.",
        wrong,
        all=len(table.items),
    )
