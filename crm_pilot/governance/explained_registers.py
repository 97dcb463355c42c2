"""Why the figures of meetings, actions, risks in time, problems and the RACI are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.actions import actions
from crm_pilot.governance.decisions import to_follow
from crm_pilot.governance.problems import problems
from crm_pilot.governance.raci import raci
from crm_pilot.governance.risks import risk_table
from crm_pilot.governance.rows import HIGH_RISK, committees, decisions, last_committee
from crm_pilot.governance.terms import CommitteeKind, Trend
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.why import LEAD, OWN, Why, as_of, from_to

MATRIX = msg("Usual risk matrix; four levels so that nobody chooses the middle")
RACI = msg("Usual RACI: exactly one who answers for a line, at least one who does it")
PLAN = msg("Usual action plan: an owner, a date and a progress each")
USUAL = msg("Usual register of problems (issues)")


def register_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of these registers by key."""
    return {
        "committees": _committees(reader, today),
        "actions": _actions(reader, today),
        "follow_up": _follow_up(reader, today),
        "risk_trend": _trend(reader, today),
        "risk_matrix": _matrix(reader, today),
        "problems": _problems(reader, today),
        "raci": _raci(reader, today),
    }


def _committees(reader: Reader, today: dt.date) -> Why:
    known = committees(reader)
    return Why(
        msg(
            "Numbers count by kind. Trends, comparisons and the report are about steering"
            " committees alone."
        ),
        msg(
            "{held} held and {planned} to come; {steering} of them steering committees",
            held=sum(row.held_on < today for row in known),
            planned=sum(row.held_on >= today for row in known),
            steering=sum(row.kind is CommitteeKind.STEERING for row in known),
        ),
        LEAD,
        as_of(today),
        name=msg("Committees"),
    )


def _actions(reader: Reader, today: dt.date) -> Why:
    rows = [row for row in actions(reader, today) if row.active]
    return Why(
        msg(
            "Each action is a task of the plan: owner, date and progress are the task's. Late: past"
            " its date and not done."
        ),
        msg(
            "{done} done of {all} actions, {late} late",
            done=sum(row.done for row in rows),
            all=len(rows),
            late=sum(row.late for row in rows),
        ),
        PLAN,
        as_of(today),
        name=msg("Actions"),
    )


def _follow_up(reader: Reader, today: dt.date) -> Why:
    rows = to_follow(decisions(reader))
    return Why(
        msg("Decisions that were taken and are not completed yet; late: past their date."),
        nmsg(
            "{n} decision to follow up, {late} late",
            "{n} decisions to follow up, {late} late",
            len(rows),
            late=sum(row.due_on < today for row in rows),
        ),
        msg("Usual register of decisions: an owner, a date and a status each"),
        as_of(today),
        name=msg("Follow-up"),
    )


def _trend(reader: Reader, today: dt.date) -> Why:
    rows = [row for row in risk_table(reader, today) if row.open]
    last = last_committee(reader, today)
    counts = {trend: sum(row.trend is trend for row in rows) for trend in Trend}
    return Why(
        msg(
            "Score today against the score in force on the day of the last steering committee; a"
            " risk that was not rated yet then has no trend."
        ),
        msg(
            "{worse} heavier, {stable} the same, {better} lighter, {new} new",
            worse=counts[Trend.WORSE],
            stable=counts[Trend.STABLE],
            better=counts[Trend.BETTER],
            new=sum(row.trend is None for row in rows),
        ),
        OWN,
        as_of(today) if last is None else from_to(last.held_on, today),
        name=msg("Trend of risks"),
    )


def _matrix(reader: Reader, today: dt.date) -> Why:
    rows = [row for row in risk_table(reader, today) if row.open]
    return Why(
        msg("Open risks by probability (1 to 4) and impact (1 to 4)."),
        nmsg("{n} open risk", "{n} open risks", len(rows)),
        MATRIX,
        as_of(today),
        msg("High from {score}; this program's own threshold", score=HIGH_RISK),
        msg("Risk matrix"),
    )


def _problems(reader: Reader, today: dt.date) -> Why:
    rows = problems(reader, today)
    return Why(
        msg("What happened and hinders; severity 1 to 4, where 4 stops the project."),
        msg(
            "{open} open of {all} problems, {late} past their date",
            open=sum(row.open for row in rows),
            all=len(rows),
            late=sum(row.late for row in rows),
        ),
        USUAL,
        as_of(today),
        name=msg("Problems"),
    )


def _raci(reader: Reader, today: dt.date) -> Why:
    table = raci(reader)
    wrong = len({fault.item_id for fault in table.faults})
    data: Message = nmsg(
        "{n} line, {wrong} not in order", "{n} lines, {wrong} not in order", len(table.items),
        wrong=wrong,
    )  # fmt: skip
    return Why(
        msg("For every line exactly one A (or A and R), and at least one R (or A and R)."),
        data,
        RACI,
        as_of(today),
        name=msg("RACI"),
    )
