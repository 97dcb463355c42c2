"""Why the figures of the budget are what they are: amounts, earned value, workload, shares."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import budget_shares
from crm_pilot.governance.budget import PERSON_DAY, BudgetFigures, workload
from crm_pilot.governance.budget_value import ValueFigures, value
from crm_pilot.governance.terms import BudgetKind
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.why import LEAD, OWN, Why, as_of

NEEDED = msg("Project teaching (IMT): spent + still needed, re-estimated by those who do the work")
PROGRESS = msg("Time Performance: progress = spent ÷ (spent + still needed)")
EARNED = msg("Earned value management (PMI; R. Mulcahy, “PMP Exam Prep”)")
PEOPLE = msg(
    "“Mise en œuvre d’un projet CRM”, a student paper: 25% technology, 25% process, 50% people"
    " (practitioner rule of thumb)"
)
INTERNAL = msg(
    "“Réussir son projet CRM (2/3)”, a vendor's article: 20 to 30% of the workload is internal"
    " (practitioner rule of thumb)"
)
LASTING = msg(
    "“Les 3 piliers de la réussite CRM”, a consultant's article: more than 60% of the cost"
    " (practitioner rule of thumb)"
)


def budget_whys(
    reader: Reader, today: dt.date, money: BudgetFigures, watch: float, alert: float
) -> dict[str, Why]:
    """Every figure of the budget; `watch` and `alert` are the shares from which drift is marked."""
    return {
        **_amounts(money, today, watch, alert),
        **_value(value(reader, today), today),
        **_work(reader, money, today),
    }


def _counted(money: BudgetFigures) -> Message:
    return nmsg(
        "{n} budget line: €{baseline}k planned, €{spent}k spent, €{needed}k still needed",
        "{n} budget lines: €{baseline}k planned, €{spent}k spent, €{needed}k still needed",
        len(money.lines),
        baseline=round(money.baseline_cents / 100_000),
        spent=round(money.spent_cents / 100_000),
        needed=round(money.remaining_cents / 100_000),
    )


def _amounts(money: BudgetFigures, today: dt.date, watch: float, alert: float) -> dict[str, Why]:
    counted, known = _counted(money), as_of(today)
    still = msg("What is still needed to finish (RAF), not the money left.")
    revised = msg("Spent + still needed (RAF).")
    drift = msg("(Spent + still needed − reference) ÷ reference.")
    marked = msg(
        "Watch above {watch}%, alert above {alert}%",
        watch=round(watch * 100),
        alert=round(alert * 100),
    )
    first = msg("The budget first decided, by line.")
    spent = msg("What was spent so far, by line.")
    return {
        "budget": Why(revised, counted, NEEDED, known, name=msg("Budget")),
        "baseline": Why(first, counted, LEAD, known, name=msg("Reference")),
        "spent": Why(spent, counted, LEAD, known, name=msg("Spent")),
        "remaining": Why(still, counted, NEEDED, known, name=msg("Still needed")),
        "revised": Why(revised, counted, NEEDED, known, name=msg("Revised")),
        "gap": Why(msg("Revised − reference."), counted, NEEDED, known, name=msg("Gap")),
        "drift_share": Why(drift, counted, OWN, known, marked, msg("Drift")),
        "progress_share": Why(
            msg("Spent ÷ revised."), counted, PROGRESS, known, name=msg("Progress")
        ),
    }


def _value(figures: ValueFigures, today: dt.date) -> dict[str, Why]:
    now = figures.now
    known = as_of(now.day if now is not None else today)
    data = _value_data(figures)

    def why(rule: Message, name: Message) -> Why:
        return Why(rule, data, EARNED, known, name=name)

    planned = msg(
        "Budgeted cost of planned work (PV): each line's baseline by month as planned, otherwise"
        " evenly from its first to its last day."
    )
    earned = msg(
        "Budgeted cost of done work (EV): each line's baseline × the share done as told, otherwise"
        " spent ÷ (spent + still needed)."
    )
    curve = msg(
        "Planned, actual and earned amounts, cumulated by month; from the last estimate on, what is"
        " still needed in the rhythm that the plan has left."
    )
    return {
        "s_curve": why(curve, msg("S-curve")),
        "planned_value": why(planned, msg("PV, planned")),
        "earned_value": why(earned, msg("EV, earned")),
        "actual_cost": why(
            msg("Actual cost of done work (AC): what was spent."), msg("AC, actual")
        ),
        "cost_variance": why(msg("EV − AC; above 0, under budget."), msg("Cost variance")),
        "schedule_variance": why(msg("EV − PV; above 0, ahead."), msg("Schedule variance")),
        "cost_index": why(msg("CPI = EV ÷ AC; above 1, favourable."), msg("CPI")),
        "schedule_index": why(msg("SPI = EV ÷ PV; above 1, favourable."), msg("SPI")),
        "estimate": why(
            msg("EAC = AC + what is still needed (RAF). Cross-check: baseline ÷ CPI."), msg("EAC")
        ),
    }


def _value_data(figures: ValueFigures) -> Message:
    if figures.unplanned:
        return nmsg(
            "{n} budget line has a baseline and no dates: the planned value is not known",
            "{n} budget lines have a baseline and no dates: the planned value is not known",
            len(figures.unplanned),
        )
    if figures.unestimated:
        return nmsg(
            "{n} budget line should have begun and was not estimated: earned value is not known",
            "{n} budget lines should have begun and were not estimated: earned value is not known",
            len(figures.unestimated),
        )
    return nmsg(
        "{n} month with estimates; the last of each month counts",
        "{n} months with estimates; the last of each month counts",
        len(figures.points),
    )


def _work(reader: Reader, money: BudgetFigures, today: dt.date) -> dict[str, Why]:
    rows, known = workload(reader), as_of(today)
    days = sum(row.revised_days for row in rows) / PERSON_DAY
    own = sum(row.revised_days for row in rows if row.kind is BudgetKind.INTERNAL) / PERSON_DAY
    told = msg("{own} of {days} person-days revised are internal", own=round(own), days=round(days))
    lines = [line for line in money.lines if line.effort_for is not None]
    effort = nmsg(
        "{n} budget line says where its effort goes",
        "{n} budget lines say where their effort goes",
        len(lines),
    )
    upkeep = nmsg(
        "{n} line of maintenance",
        "{n} lines of maintenance",
        sum(line.kind is BudgetKind.MAINTENANCE for line in money.lines),
    )
    return {
        "workload": Why(
            msg("Person-days of the lines by kind; revised = spent + still needed."),
            told,
            NEEDED,
            known,
            name=msg("Workload"),
        ),
        "internal_share": Why(
            msg("Person-days of the internal team ÷ all person-days; by month, those spent."),
            told,
            INTERNAL,
            known,
            msg(
                "Practitioners say {low} to {high}%",
                low=round(budget_shares.INTERNAL_LOW * 100),
                high=round(budget_shares.INTERNAL_HIGH * 100),
            ),
            msg("Internal share"),
        ),
        "effort_shares": Why(
            msg("Revised amounts by effort ÷ those of all lines that say where their effort goes."),
            effort,
            PEOPLE,
            known,
            name=msg("Effort"),
        ),
        "maintenance_share": Why(
            msg("Revised maintenance ÷ revised budget; not known without a line of maintenance."),
            upkeep,
            LASTING,
            known,
            msg(
                "Practitioners say {share}% or more",
                share=round(budget_shares.MAINTENANCE * 100),
            ),
            msg("Maintenance share"),
        ),
    }
