"""Why the figures of the committee room are what they are; those that join several rooms too."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import queries
from crm_pilot.governance.explained_budget import budget_whys
from crm_pilot.governance.explained_entry import entry_whys
from crm_pilot.governance.explained_signs import sign_whys
from crm_pilot.governance.explained_warnings import warning_whys
from crm_pilot.governance.rows import HIGH_RISK, CommitteeFigures
from crm_pilot.governance.terms import AXES, Axis, DecisionStatus
from crm_pilot.governance.weather import drift_limits
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.why import LEAD, OWN, Answers, Why, as_of, from_to

WEATHER = msg("Three-state project weather (AirSaas); thresholds are this program's own")
REGISTER = msg("Usual register of decisions: an owner, a date and a status each")
DATES = msg("Dates-dates diagram (Project Planning Office): every announced date is kept")
RESCUE = msg(
    "“Rescuing CRM projects”, a consultant's article (practitioner rule of thumb); thresholds"
    " are this program's own"
)


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key; `weather.time` and `warning.stale_data` for one of many."""
    from crm_pilot.governance.explained_registers import register_whys  # the report does without
    from crm_pilot.governance.explained_since import since_whys

    figures = queries.figures(reader, today)
    known = {
        **_weather(figures, today),
        **budget_whys(reader, today, figures.budget, *drift_limits(reader)),
        **_registers(figures, today),
        **_changes(figures, today),
        **_joined(today),
        **_sentences(today),
        **warning_whys(figures.warnings, today),
        **entry_whys(reader, today),
        **sign_whys(reader, today),
        **register_whys(reader, today),
        **since_whys(reader, today),
    }

    def crossings() -> dict[str, Why]:
        from crm_pilot.governance.crossings import crossings
        from crm_pilot.governance.explained_crossings import crossing_whys

        return crossing_whys(crossings(reader, today), today)

    return Answers(known, crossings, "crossing.")


def _weather(figures: CommitteeFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    found = {
        "weather": Why(
            name=msg("Weather"),
            rule=msg(
                "Each axis is computed by a written rule; the lead may decide otherwise, with a"
                " reason. Trend: against the weather of the last committee, then its figure."
            ),
            data=msg(
                "{axes} axes, {own} decided by the lead",
                axes=len(figures.weather),
                own=sum(bool(row.reason) for row in figures.weather),
            ),
            source=WEATHER,
            period=known,
        )
    }
    for row in figures.weather:
        data: Message = row.line
        if row.reason:
            data = msg("{line}. The lead's reason: {reason}", line=row.line, reason=row.reason)
        found[f"weather.{row.axis}"] = Why(
            row.rule, data, SOURCES[row.axis], known, name=msg(AXES[row.axis])
        )
    return found


def _registers(figures: CommitteeFigures, today: dt.date) -> dict[str, Why]:
    known = as_of(today)
    late = sum(
        row.due_on < today and row.status is not DecisionStatus.CLOSED for row in figures.decisions
    )
    asked = msg(
        "{asked} to take of {all} decisions, {late} past their date",
        asked=len(figures.asked),
        all=len(figures.decisions),
        late=late,
    )
    risks = msg(
        "{open} open of {all} risks, {high} of them high",
        open=len(figures.open_risks),
        all=len(figures.risks),
        high=sum(row.score >= HIGH_RISK for row in figures.open_risks),
    )
    score = msg("Probability (1 to 4) × impact (1 to 4).")
    usual = msg("Usual risk matrix; four levels so that nobody chooses the middle")
    high = msg("High from {score}; this program's own threshold", score=HIGH_RISK)
    return {
        "decisions": Why(
            msg("Proposed decisions are still to take; past its date: not completed in time."),
            asked,
            REGISTER,
            known,
            name=msg("Decisions"),
        ),
        "risks": Why(score, risks, usual, known, high, msg("Risks")),
        "score": Why(score, risks, usual, known, high, msg("Score")),
        "highlights": Why(
            msg("Noteworthy facts noted after the last committee, as the lead wrote them."),
            nmsg("{n} highlight", "{n} highlights", len(figures.highlights)),
            LEAD,
            known,
            name=msg("Highlights"),
        ),
    }


def _changes(figures: CommitteeFigures, today: dt.date) -> dict[str, Why]:
    last = figures.last
    return {
        "changes": Why(
            name=msg("Since the last committee"),
            rule=msg(
                "Each figure is computed by its own rule for the day of the last committee and for"
                " today; only those that differ are listed."
            ),
            data=nmsg("{n} figure differs", "{n} figures differ", len(figures.changes)),
            source=OWN,
            period=as_of(today) if last is None else from_to(last.held_on, today),
        )
    }


def _joined(today: dt.date) -> dict[str, Why]:
    return {
        "trained_by_trio": Why(
            msg(
                "Coverage of the departments of the groups in that position, weighted by headcount;"
                " departments without users are left out."
            ),
            msg("Groups with a department, beside the coverage of that department"),
            OWN,
            as_of(today),
            name=msg("Trained by position"),
        )
    }


def _sentences(today: dt.date) -> dict[str, Why]:
    return {
        "headlines": Why(
            name=msg("Sentence of the page"),
            rule=msg(
                "Written by rules from the figures of the page: the gravest first; every unit is"
                " named or counted. The lead's own sentence comes before the computed one."
            ),
            data=msg("The figures of the page, as explained one by one"),
            source=OWN,
            period=as_of(today),
        )
    }


SOURCES = {
    Axis.TIME: WEATHER,
    Axis.BUDGET: msg("This program's own definition of drift; no agreed formula was found"),
    Axis.SCOPE: OWN,
    Axis.ADOPTION: OWN,
}
