"""The tables of the committee room: meetings, decisions, actions, risks, problems, RACI."""

from __future__ import annotations

from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_patches import committee_actions
from crm_pilot.exchange.tables_plan import NOTE, RANK
from crm_pilot.governance.terms import (
    AXES,
    COMMITTEE_KINDS,
    DECISION_STATUSES,
    PRESENCES,
    PROBLEM_STATUSES,
    RISK_RESPONSES,
    RISK_STATUSES,
    WEATHERS,
    Letter,
)
from crm_pilot.i18n import N_

# Written by number: 7 is a steering committee, P3 a project committee, T a technical one, U users
COMMITTEE = C(N_("Committee"), "refers", "committee_id", target="committee", filled=True)
ASKED_BY = C(N_("Committee"), "refers", "committee_id", target="committee", null=True)
DECISION = C(N_("Decision (code)"), "refers", "decision_id", target="decision", null=True)
RISK = C(N_("Risk (code)"), "refers", "risk_id", target="risk", null=True)
PROBLEM = C(N_("Problem (code)"), "refers", "problem_id", target="problem", null=True)
CODE = C(N_("Code"), "text", "code", unique=True, default="")
LETTERS = {one: one.value for one in Letter}  # the same in every language
CLOSED = C(N_("Closed on"), "date", "closed_on", null=True)
LONG = C(N_("Minutes"), "whole", "minutes", low=1, high=1440, null=True)

MEETINGS = (
    ExportTable(
        "committees",
        N_("Committees"),
        "committee",
        "number",
        (
            C(N_("Committee"), "whole", "number", filled=True),
            C(N_("Held on"), "date", "held_on", filled=True),
            NOTE,
            C(N_("Kind of committee"), "choice", "kind", COMMITTEE_KINDS, default="steering"),
            C(N_("Begins at"), "minute", "starts_minute", null=True),
            LONG,
            C(N_("Place"), "text", "place", default=""),
        ),
        "held_on, kind, number",
        together=("kind", "number"),
    ),
    ExportTable(
        "agenda",
        N_("Agenda of committees"),
        "agenda_item",
        "title",
        (
            COMMITTEE,
            C(N_("Point of the agenda"), "text", "title", filled=True),
            C(N_("Presented by"), "text", "presenter", default=""),
            LONG,
            C(N_("What became of it"), "text", "outcome", default=""),
            RANK,
        ),
        "committee_id, position, id",
    ),
    ExportTable(
        "participants",
        N_("Participants of committees"),
        "participant",
        "name",
        (
            COMMITTEE,
            C(N_("Participant"), "text", "name", filled=True),
            C(N_("Invited as"), "text", "role", default=""),
            C(N_("Presence at the committee"), "choice", "presence", PRESENCES, default="invited"),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            RANK,
        ),
        "committee_id, position, id",
    ),
    ExportTable(
        "weather",
        N_("Weather at committees"),
        "weather_record",
        "axis",
        (
            COMMITTEE,
            C(N_("Axis"), "choice", "axis", AXES, filled=True),
            C(N_("Weather"), "choice", "weather", WEATHERS, filled=True),
            C(N_("Reason"), "text", "reason", default=""),
        ),
        "committee_id, id",
        together=("committee_id", "axis"),
    ),
)

REGISTERS = (
    ExportTable(
        "decisions",
        N_("Decisions"),
        "decision",
        "wording",
        (
            CODE,
            C(N_("Decision"), "text", "wording", filled=True),
            C(N_("Owner"), "text", "owner", filled=True),
            C(N_("Due on"), "date", "due_on", filled=True),
            C(N_("Status"), "choice", "status", DECISION_STATUSES, default="proposed"),
            ASKED_BY,
            C(N_("Context"), "text", "context", default=""),
            C(N_("Evidence"), "text", "evidence", default=""),
            C(N_("Decided on"), "date", "decided_on", null=True),
            CLOSED,
        ),
        "code, id",
    ),
    ExportTable(
        "risks",
        N_("Risks"),
        "risk",
        "title",
        (
            CODE,
            C(N_("Risk"), "text", "title", filled=True),
            C(N_("Response"), "text", "response", default=""),
            C(N_("Probability"), "whole", "probability", low=1, high=4, default=2),
            C(N_("Impact"), "whole", "impact", low=1, high=4, default=2),
            C(N_("Owner"), "text", "owner", default=""),
            C(N_("Status"), "choice", "status", RISK_STATUSES, default="open"),
            C(N_("Kind of response"), "choice", "response_kind", RISK_RESPONSES, null=True),
            C(N_("Noted on"), "date", "noted_on", null=True),
            C(N_("Due on"), "date", "due_on", null=True),
            CLOSED,
        ),
        "code, id",
    ),
    ExportTable(
        "risk-ratings",
        N_("Ratings of risks"),
        "risk_rating",
        "risk_id",
        (
            C(N_("Risk (code)"), "refers", "risk_id", target="risk", filled=True),
            C(N_("Rated on"), "date", "rated_on", filled=True),
            C(N_("Probability"), "whole", "probability", low=1, high=4, filled=True),
            C(N_("Impact"), "whole", "impact", low=1, high=4, filled=True),
        ),
        "risk_id, rated_on",
        together=("risk_id", "rated_on"),
    ),
    ExportTable(
        "problems",
        N_("Problems"),
        "problem",
        "title",
        (
            CODE,
            C(N_("Problem"), "text", "title", filled=True),
            C(N_("Response"), "text", "response", default=""),
            C(N_("Severity"), "whole", "severity", low=1, high=4, default=2),
            C(N_("Owner"), "text", "owner", default=""),
            C(N_("Raised on"), "date", "raised_on", filled=True),
            C(N_("Due on"), "date", "due_on", null=True),
            CLOSED,
            C(N_("Status"), "choice", "status", PROBLEM_STATUSES, default="open"),
            RISK,
        ),
        "code, id",
    ),
    ExportTable(
        "actions",
        N_("Actions of committees"),
        "committee_action",
        "code",
        (
            CODE,
            C(N_("Line No."), "number", "task_id", target="task", filled=True),
            C(N_("Action"), "shown", "title"),
            C(N_("Owner"), "shown", "owner"),
            C(N_("Due on"), "shown", "due_on"),
            ASKED_BY,
            DECISION,
            RISK,
            PROBLEM,
        ),
        "code, id",
        patch=committee_actions,
    ),
    ExportTable(
        "highlights",
        N_("Highlights"),
        "highlight",
        "lead",
        (
            C(N_("Date"), "date", "noted_on", filled=True),
            C(N_("In a few words"), "text", "lead", filled=True),
            C(N_("Detail"), "text", "detail", default=""),
        ),
        "noted_on, id",
    ),
)

RACI = (
    ExportTable(
        "raci-lines",
        N_("Lines of the RACI"),
        "raci_item",
        "title",
        (
            C(N_("Line of the RACI"), "text", "title", filled=True),
            C(N_("Line No."), "number", "task_id", target="task", null=True),
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "raci-actors",
        N_("Actors of the RACI"),
        "raci_actor",
        "name",
        (
            C(N_("Actor of the RACI"), "text", "name", filled=True),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "raci",
        N_("Letters of the RACI"),
        "raci_cell",
        "letter",
        (
            C(N_("Line of the RACI"), "refers", "item_id", target="raci_item", filled=True),
            C(N_("Actor of the RACI"), "refers", "actor_id", target="raci_actor", filled=True),
            C(N_("Letter"), "choice", "letter", LETTERS, filled=True),
        ),
        "item_id, actor_id",
        together=("item_id", "actor_id"),
    ),
)

COMMITTEES = (*MEETINGS, *REGISTERS, *RACI)
