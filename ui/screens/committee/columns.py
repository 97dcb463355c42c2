"""Columns of the registers of the committee room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.governance import rows
from crm_pilot.governance.actions import ActionRow
from crm_pilot.governance.decisions import is_late
from crm_pilot.governance.problems import HIGH_SEVERITY, ProblemRow
from crm_pilot.governance.risks import RiskTableRow
from crm_pilot.governance.rows import DecisionRow
from crm_pilot.governance.terms import (
    DECISION_STATUSES,
    PROBLEM_STATUSES,
    RISK_RESPONSES,
    RISK_STATUSES,
    RISK_TRENDS,
    DecisionStatus,
)
from crm_pilot.i18n import N_, tr
from ui.language import lang
from ui.models.rows import Column
from ui.screens.committee.words import committee_name, number_text
from ui.widgets.weather import ARROWS
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

WARNS = ("warning", "alert")
STATUS_ICONS = {  # a form beside the word
    DecisionStatus.PROPOSED: ("unknown", "watch"),
    DecisionStatus.VALIDATED: ("check", "accent"),
    DecisionStatus.IN_PROGRESS: ("play", "accent"),
    DecisionStatus.CLOSED: ("check-circle", "good"),
}


def short_day(row: Any) -> str:
    """`27 Nov`: where the year is plain."""
    return formats.day(row.due_on, lang()) if row.due_on is not None else ""


def due_column(
    late: Callable[[Any], bool],
    *,
    optional: bool = True,
    width: int = 132,
    short: bool = False,
    edit: bool = True,
) -> Column:
    """The day something is due; past it, bold with a warning; `short` leaves the year out."""
    return Column(
        "due_on",
        N_("Due on"),
        "date",
        "due_on" if edit else None,
        width,
        text=short_day if short else None,
        bold=late,
        ink=lambda row: "alert" if late(row) else "",
        icon=lambda row: WARNS if late(row) else None,
        optional=optional,
    )


def decision_late(bridge: Bridge) -> Callable[[Any], bool]:
    """Whether a decision is past its date and not completed, asked by row."""
    return lambda row: is_late(row, bridge.today)


def committee_choices(bridge: Bridge) -> dict[int, str]:
    """Committees to choose from, the latest first."""
    known = reversed(rows.committees(bridge.reader))
    return {row.id: committee_name(row) for row in known}


def committee_text(row: DecisionRow | ActionRow) -> str:
    """The number of the committee of a row."""
    return number_text(row.committee, row.committee_kind)


def status_icon(row: DecisionRow) -> tuple[str, str]:
    """The form that stands for the status of a decision."""
    return STATUS_ICONS[row.status]


def decision_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Decisions; owner and date are never empty."""
    return (
        Column("code", N_("Code"), "text", "code", 70),
        Column("wording", N_("Decision"), "text", "wording", 300, grow=True),
        Column("owner", N_("Owner"), "text", "owner", 170),
        due_column(decision_late(bridge), optional=False),
        Column(
            "status",
            N_("Status"),
            "choice",
            "status",
            112,
            choices=DECISION_STATUSES,
            optional=False,
            icon=status_icon,
        ),
        Column(
            "committee",
            N_("Committee"),
            "choice",
            "committee_id",
            118,
            choices=lambda: committee_choices(bridge),
            value_key="committee_id",
            text=committee_text,
        ),
        Column("context", N_("Context"), "text", "context", 200, spare=2),
        Column("evidence", N_("What shows that it is done"), "text", "evidence", 180, spare=1),
        Column("decided_on", N_("Decided on"), "date", "decided_on", 110, hidden=True),
        Column("closed_on", N_("Completed on"), "date", "closed_on", 110, hidden=True),
    )


def _answers(row: ActionRow) -> str:
    return ", ".join(code for code in (row.decision, row.risk, row.problem) if code)


def action_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Actions: owner, day and progress are those of their tasks in the plan."""
    return (
        Column("code", N_("Code"), "text", "code", 70),
        Column("title", N_("Action"), "text", "title", 300, grow=True, optional=False),
        Column("owner", N_("Owner"), "text", "owner", 170, optional=False),
        due_column(lambda row: row.late, optional=False),
        Column(
            "percent",
            N_("Done"),
            "percent",
            "percent",
            88,
            icon=lambda row: ("check-circle", "good") if row.done else None,
            optional=False,
        ),
        Column(
            "answers",
            N_("Done for"),
            "text",
            None,
            110,
            text=_answers,
            sort=_answers,
            value_key="id",
            tooltip=N_("The decision, risk or problem it is done for"),
            spare=1,
        ),
        Column(
            "committee",
            N_("Committee"),
            "choice",
            "committee_id",
            118,
            choices=lambda: committee_choices(bridge),
            value_key="committee_id",
            text=committee_text,
        ),
    )


def is_high(row: RiskTableRow) -> bool:
    """Whether an open risk is drawn in bold."""
    return row.open and row.score >= rows.HIGH_RISK


def trend_text(row: RiskTableRow) -> str:
    """The word of the trend; a dash without a rating to compare with."""
    if row.trend is None:
        return "–" if row.open else ""
    return tr(RISK_TRENDS[row.trend])


def risk_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Risks; the score is probability × impact."""
    return (
        Column("code", N_("Code"), "text", "code", 60),
        Column("title", N_("Risk"), "text", "title", 170, grow=True),
        Column(
            "response_kind",
            N_("Strategy"),
            "choice",
            "response_kind",
            96,
            choices=RISK_RESPONSES,
            spare=4,
        ),
        Column("response", N_("Response"), "text", "response", 150, grow=True, spare=2),
        Column("probability", N_("Probability"), "int", "probability", 88, low=1, high=4,
               optional=False),
        Column("impact", N_("Impact"), "int", "impact", 64, low=1, high=4, optional=False),
        Column(
            "score",
            N_("Score"),
            "int",
            width=66,
            bold=is_high,
            icon=lambda row: WARNS if is_high(row) else None,
            tooltip=N_("Probability × impact, 1 to 16"),
            why=asks(bridge, "committee.score"),
        ),
        Column(
            "trend",
            N_("Trend"),
            "choice",
            None,
            104,
            choices=RISK_TRENDS,
            text=trend_text,
            icon=lambda row: (ARROWS[row.trend], "muted") if row.trend else None,
            tooltip=N_("Against the score at the last steering committee"),
            sort=lambda row: row.score - row.before if row.before is not None else None,
            spare=1,
        ),
        Column("owner", N_("Owner"), "text", "owner", 110),
        due_column(lambda row: row.late, width=116),
        Column(
            "status", N_("Status"), "choice", "status", 76, choices=RISK_STATUSES, optional=False,
            spare=3,
        ),
        Column("noted_on", N_("Noted on"), "date", "noted_on", 110, hidden=True),
        Column("closed_on", N_("Closed on"), "date", "closed_on", 110, hidden=True),
    )  # fmt: skip


def _grave(row: ProblemRow) -> bool:
    return row.open and row.severity >= HIGH_SEVERITY


def problem_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Problems: what happened and hinders."""

    def risk_choices() -> dict[int, str]:
        return {row.id: f"{row.code} · {row.title}" for row in rows.risks(bridge.reader)}

    return (
        Column("code", N_("Code"), "text", "code", 60),
        Column("title", N_("Problem"), "text", "title", 220, grow=True, optional=False),
        Column("response", N_("What is done"), "text", "response", 200, grow=True, spare=2),
        Column(
            "severity",
            N_("Severity"),
            "int",
            "severity",
            84,
            low=1,
            high=4,
            optional=False,
            bold=_grave,
            icon=lambda row: WARNS if _grave(row) else None,
            tooltip=N_("1 to 4; 4 stops the project"),
        ),
        Column("owner", N_("Owner"), "text", "owner", 150),
        Column("raised_on", N_("Raised on"), "date", "raised_on", 110, optional=False, spare=1),
        due_column(lambda row: row.late),
        Column(
            "status",
            N_("Status"),
            "choice",
            "status",
            100,
            choices=PROBLEM_STATUSES,
            optional=False,
        ),
        Column(
            "risk",
            N_("Risk"),
            "choice",
            "risk_id",
            64,
            choices=risk_choices,
            value_key="risk_id",
            text=lambda row: row.risk or "",
            tooltip=N_("The risk that came true"),
            spare=3,
        ),
        Column("closed_on", N_("Closed on"), "date", "closed_on", 110, hidden=True),
    )


def highlight_columns(_bridge: Bridge) -> tuple[Column, ...]:
    """Noteworthy facts; the next report prints those since the last committee."""
    return (
        Column("noted_on", N_("Date"), "date", "noted_on", 110, align="left", optional=False),
        Column("lead", N_("In a few words"), "text", "lead", 350, bold=True),
        Column("detail", N_("Detail"), "text", "detail", 400, grow=True),
    )
