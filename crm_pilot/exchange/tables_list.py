"""Every table that can be exported, and imported again; adding one is one entry."""

from __future__ import annotations

from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_budget import BUDGET
from crm_pilot.exchange.tables_committee import COMMITTEES
from crm_pilot.exchange.tables_patches import attendance
from crm_pilot.exchange.tables_plan import HOURS, NOTE, PLAN, RANK
from crm_pilot.exchange.tables_stakeholders import ACTING, MAP
from crm_pilot.exchange.tables_use import OBJECTIVES, TRAINING_DETAILS, USE
from crm_pilot.i18n import N_
from crm_pilot.maintenance.terms import LEVELS, PRIORITIES, STATUSES, TICKET_KINDS
from crm_pilot.people.terms import PROFILE_KINDS, ROLES
from crm_pilot.training.terms import PRESENCES

PEOPLE = (
    ExportTable(
        "departments",
        N_("Departments"),
        "department",
        "name",
        (
            C(N_("Department"), "text", "name", unique=True, default=""),
            C(N_("Short name"), "text", "short", default=""),
            C(N_("Wave"), "refers", "wave_id", target="wave", null=True),
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "persons",
        N_("Persons"),
        "person",
        "last_name",
        (
            # the key to coded prints: never in the same hands as they are
            C(N_("Code"), "text", "code", unique=True, null=True, own=True),
            C(N_("First name"), "text", "first_name", default=""),
            C(N_("Last name"), "text", "last_name", filled=True),
            C(N_("E-mail"), "text", "email", default=""),
            C(N_("Staff number"), "text", "external_id", unique=True, null=True),
            C(N_("Job"), "text", "job", default=""),
            C(N_("Department"), "refers", "department_id", target="department", null=True),
            C(N_("Arrived on"), "date", "arrived_on", null=True),
            # who works part-time is between them and the lead
            C(N_("Calendar"), "refers", "calendar_id", target="calendar", null=True, own=True),
            C(N_("Working time, %"), "percent", "units", low=0, high=1000, default=100, own=True),
            NOTE,
        ),
        "last_name COLLATE NOCASE, first_name COLLATE NOCASE, id",
        keyless=True,
    ),
    ExportTable(
        "profiles",
        N_("CRM profiles"),
        "profile",
        "name",
        (
            C(N_("CRM profile"), "text", "name", unique=True, default=""),
            C(N_("Expected days a week, from"), "whole", "expected_low", low=0, high=7, default=3),
            C(N_("Expected days a week, to"), "whole", "expected_high", low=0, high=7, default=5),
            C(N_("Use is measured"), "truth", "measured", default=True),
            C(N_("Kind of profile"), "choice", "kind", PROFILE_KINDS, default="other"),
        ),
    ),
    ExportTable(
        "accounts",
        N_("CRM accounts"),
        "account",
        "external_id",
        (
            C(N_("CRM user id"), "text", "external_id", filled=True, unique=True),
            C(N_("CRM user name"), "text", "username", default=""),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            C(N_("CRM profile"), "refers", "profile_id", target="profile", null=True),
            C(N_("Account opened on"), "date", "opened_on", null=True),
            C(N_("Account closed on"), "date", "closed_on", null=True),
            C(N_("E-mail of the account"), "text", "email", default="", own=True),
            C(N_("Name in the CRM"), "text", "full_name", default="", own=True),
            C(N_("Licence"), "text", "licence", default=""),
            C(N_("Nobody of the project"), "truth", "settled", default=False),
        ),
        "username COLLATE NOCASE, id",
        keyless=True,
    ),
    ExportTable(
        "roles",
        N_("Roles in the project"),
        "role",
        "name",
        (
            C(N_("Role"), "text", "name", filled=True),
            C(N_("Duty"), "text", "duty", default=""),
            C(N_("Place in the casting"), "choice", "kind", ROLES, default="other"),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            RANK,
        ),
        "position, id",
    ),
)

TRAINING = (
    ExportTable(
        "courses",
        N_("Courses"),
        "course",
        "title",
        (
            C(N_("Course"), "text", "title", filled=True),
            C(N_("Minutes"), "whole", "minutes", low=1, default=210),
            C(N_("Aim"), "text", "aim", default=""),
            C(N_("Formal course"), "truth", "formal", default=True),
            C(N_("Valid for, months"), "whole", "valid_months", low=1, high=120, null=True),
        ),
    ),
    ExportTable(
        "sessions",
        N_("Training sessions"),
        "training_session",
        "course_id",
        (
            C(N_("Course"), "refers", "course_id", target="course", filled=True),
            C(N_("Date"), "date", "held_on", filled=True),
            C(N_("Begins at"), "clock", "begins", default="09:00"),
            C(N_("Minutes"), "whole", "minutes", low=1, default=210),
            C(N_("Place"), "text", "place", default=""),
            C(N_("Trainer"), "text", "trainer", default=""),
            C(N_("Seats"), "whole", "seats", low=1, default=10),
            C(N_("Cost, €"), "money", "cost_cents", low=0, null=True),
            C(N_("Trainer of the project"), "refers", "trainer_id", target="person", null=True),
            C(
                N_("Makes up for session No."),
                *("number", "makes_up_id"),
                target="training_session",
                null=True,
            ),
            C(N_("Evaluation asked on"), "date", "cold_asked_on", null=True),
            C(N_("Reminded on"), "date", "cold_reminded_on", null=True),
            NOTE,
        ),
        "held_on, begins, id",
    ),
    ExportTable(
        "attendance",
        N_("Attendance"),
        "attendance",
        "person_id",
        (
            C(N_("Session No."), "number", "session_id", target="training_session", filled=True),
            C(N_("Course"), "shown", "course"),
            C(N_("Date"), "shown", "held_on"),
            C(N_("Person"), "refers", "person_id", target="person", filled=True),
            C(N_("Presence"), "choice", "presence", PRESENCES, default="invited"),
            C(N_("Convened on"), "date", "convened_on", null=True),
        ),
        "session_id, id",
        together=("session_id", "person_id"),
        patch=attendance,
    ),
)

TICKETS = ExportTable(
    "tickets",
    N_("Tickets"),
    "ticket",
    "title",
    (
        C(N_("Ticket"), "text", "number", filled=True, unique=True),
        C(N_("Title"), "text", "title", filled=True),
        C(N_("Kind"), "choice", "kind", TICKET_KINDS, default="unsorted"),
        C(N_("Status"), "choice", "status", STATUSES, default="new"),
        C(N_("Impact"), "choice", "impact", LEVELS, null=True),
        C(N_("Urgency"), "choice", "urgency", LEVELS, null=True),
        C(N_("Priority of the source"), "choice", "priority", PRIORITIES, null=True),
        C(N_("Opened at"), "moment", "opened_at", filled=True),
        C(N_("Taken up at"), "moment", "acknowledged_at", null=True),
        C(N_("Resolved at"), "moment", "resolved_at", null=True),
        C(N_("Closed at"), "moment", "closed_at", null=True),
        C(N_("Due on"), "date", "due_on", null=True),
        C(N_("Department"), "refers", "department_id", target="department", null=True),
        C(N_("Requester"), "text", "requester", default=""),
        C(N_("Assignee"), "text", "assignee", default=""),
        C(N_("Category"), "text", "category", default=""),
        C(N_("Description"), "text", "description", default="", own=True),
        C(N_("Read from"), "text", "source", default=""),
    ),
    "opened_at, id",
)

# In this order a workbook reads back: what others name comes first where it can
TABLES: tuple[ExportTable, ...] = (
    *(*PLAN, *PEOPLE, *MAP, *ACTING),
    *(*HOURS, *TRAINING, *USE, *TRAINING_DETAILS, TICKETS, *COMMITTEES, *BUDGET, *OBJECTIVES),
)
# By the room they belong to, to choose from
GROUPS: tuple[tuple[str, tuple[ExportTable, ...]], ...] = (
    (N_("Planning"), (*PLAN, *HOURS)),
    (N_("People"), PEOPLE),
    (N_("Stakeholders"), (*MAP, *ACTING)),
    (N_("Adoption"), (*USE, *OBJECTIVES)),
    (N_("Training"), (*TRAINING, *TRAINING_DETAILS)),
    (N_("Maintenance"), (TICKETS,)),
    (N_("Committee"), (*COMMITTEES, *BUDGET)),
)
