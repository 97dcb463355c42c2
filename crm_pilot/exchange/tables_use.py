"""The tables of use, training details and objectives that can be exported.

What would say something of one person, or of a group of a few, is at the lead's own level only;
the committee reads sums and means instead (`tables_coded_use`).
"""

from __future__ import annotations

from crm_pilot.adoption.terms import ASPECTS, CAUSES, OBJECT_KINDS
from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_coded_use import (
    coded_action_totals,
    coded_completeness,
    coded_evaluations,
    coded_quizzes,
    coded_support,
    coded_use_totals,
)
from crm_pilot.exchange.tables_plan import NOTE, RANK
from crm_pilot.i18n import N_
from crm_pilot.training.terms import EVALUATIONS, HALVES, PRESENCES, QUIZ_MOMENTS

SESSION = C(N_("Session No."), "number", "session_id", target="training_session", filled=True)
FEATURE = C(N_("Feature"), "refers", "feature_id", target="feature", filled=True)
OBJECT = C(N_("CRM object"), "refers", "object_id", target="crm_object", filled=True)
PROFILE = C(N_("CRM profile"), "refers", "profile_id", target="profile", filled=True)
COURSE = C(N_("Course"), "refers", "course_id", target="course", filled=True)
DEPARTMENT = C(N_("Department"), "refers", "department_id", target="department", null=True)
MONTH = C(N_("Month (YYYYMM)"), "whole", "month", low=197001, high=999912, filled=True)

USE = (
    ExportTable(
        "crm-objects",
        N_("Objects of the CRM"),
        "crm_object",
        "name",
        (
            C(N_("CRM object"), "text", "name", unique=True, default=""),
            C(N_("Kind of object"), "choice", "kind", OBJECT_KINDS, default="other"),
        ),
        "name COLLATE NOCASE, id",
    ),
    ExportTable(
        "feature-objects",
        N_("Objects that show a feature's use"),
        "feature_object",
        "feature_id",
        (FEATURE, OBJECT),
        "feature_id, object_id",
        together=("feature_id", "object_id"),
    ),
    ExportTable(
        "feature-profiles",
        N_("Profiles a feature is for"),
        "feature_profile",
        "feature_id",
        (FEATURE, PROFILE),
        "feature_id, profile_id",
        together=("feature_id", "profile_id"),
    ),
    ExportTable(
        "passages",
        N_("Mandatory passages"),
        "passage",
        "title",
        (
            PROFILE,
            C(N_("Mandatory passage"), "text", "title", filled=True),
            C(N_("CRM object"), "refers", "object_id", target="crm_object", null=True),
            C(N_("Target, %"), "percent", "target_percent", low=0, high=100, default=80),
            C(N_("Only in the CRM since"), "date", "closed_on", null=True),
            NOTE,
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "completeness",
        N_("Completeness of key fields"),
        "completeness",
        "field",
        (
            C(N_("Measured on"), "date", "measured_on", filled=True),
            OBJECT,
            DEPARTMENT,
            C(N_("Key field"), "text", "field", filled=True),
            C(N_("Records"), "whole", "records", low=0, default=0),
            C(N_("Filled"), "whole", "filled", low=0, default=0),
        ),
        "measured_on, id",
        coded=coded_completeness,
    ),
    ExportTable(
        "support",
        N_("Support of users"),
        "support",
        "matter",
        (
            C(N_("Noted on"), "date", "noted_on", filled=True),
            C(N_("Cause"), "choice", "cause", CAUSES, default="question"),
            C(N_("Department"), "refers", "department_id", target="department", null=True),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            C(N_("Feature"), "refers", "feature_id", target="feature", null=True),
            C(N_("What was asked"), "text", "matter", default=""),
            C(N_("What was done"), "text", "answer", default=""),
            C(N_("Done on"), "date", "done_on", null=True),
            C(N_("Session No."), "number", "session_id", target="training_session", null=True),
        ),
        "noted_on, id",
        coded=coded_support,
    ),
    ExportTable(
        "login-rules",
        N_("Logins that count"),
        "login_rule",
        "word",
        (
            C(N_("Looks at"), "choice", "aspect", ASPECTS, default="type"),
            C(N_("As the export writes it"), "text", "word", filled=True),
            C(N_("Counts"), "truth", "counts", default=True),
        ),
        "aspect, word, id",
        together=("aspect", "word"),
    ),
    ExportTable(
        "use-totals",
        N_("Monthly totals of use"),
        "use_total",
        "month",
        (
            MONTH,
            DEPARTMENT,
            C(N_("CRM profile"), "refers", "profile_id", target="profile", null=True),
            C(N_("Accounts"), "whole", "accounts", low=0, default=0),
            C(N_("Active accounts"), "whole", "active", low=0, default=0),
            C(N_("Login days"), "whole", "login_days", low=0, default=0),
            C(N_("Working days of all"), "whole", "working_days", low=0, default=0),
        ),
        "month, id",
        coded=coded_use_totals,
    ),
    ExportTable(
        "action-totals",
        N_("Monthly totals of records"),
        "action_total",
        "month",
        (
            MONTH,
            DEPARTMENT,
            C(N_("CRM profile"), "refers", "profile_id", target="profile", null=True),
            OBJECT,
            C(N_("Users who acted"), "whole", "users", low=0, default=0),
            C(N_("Records created"), "whole", "created", low=0, default=0),
            C(N_("Records updated"), "whole", "updated", low=0, default=0),
        ),
        "month, id",
        coded=coded_action_totals,
    ),
    ExportTable(
        "thresholds",
        N_("Thresholds of warnings"),
        "threshold",
        "rule",
        (
            C(N_("Warning"), "text", "rule", filled=True),
            C(N_("Threshold"), "text", "name", filled=True),
            C(N_("Value"), "whole", "value", low=0, default=0),
        ),
        "rule, name, id",
        together=("rule", "name"),
    ),
    ExportTable(
        "warning-actions",
        N_("Actions that answer warnings"),
        "sign_action",
        "rule",
        (
            C(N_("Warning"), "text", "rule", filled=True),
            C(N_("Which one"), "text", "subject", default="", own=True),
            C(N_("Line No."), "number", "task_id", target="task", filled=True),
        ),
        "rule, id",
        together=("rule", "subject", "task_id"),
    ),
)

TRAINING_DETAILS = (
    ExportTable(
        "course-features",
        N_("Features a course covers"),
        "course_feature",
        "course_id",
        (COURSE, FEATURE),
        "course_id, feature_id",
        together=("course_id", "feature_id"),
    ),
    ExportTable(
        "course-profiles",
        N_("Profiles a course is for"),
        "course_profile",
        "course_id",
        (COURSE, PROFILE),
        "course_id, profile_id",
        together=("course_id", "profile_id"),
    ),
    ExportTable(
        "session-halves",
        N_("Half-days of sessions"),
        "session_half",
        "session_id",
        (
            SESSION,
            C(N_("Date"), "date", "day", filled=True),
            C(N_("Half-day"), "choice", "part", HALVES, default="morning"),
            C(N_("Begins at"), "clock", "begins", default="09:00"),
            C(N_("Minutes"), "whole", "minutes", low=1, default=210),
        ),
        "session_id, day, begins",
        together=("session_id", "day", "part"),
    ),
    ExportTable(
        "half-presences",
        N_("Presence by half-day"),
        "half_presence",
        "attendance_id",
        (
            C(N_("Attendance No."), "number", "attendance_id", target="attendance", filled=True),
            C(N_("Date"), "date", "day", filled=True),
            C(N_("Half-day"), "choice", "part", HALVES, default="morning"),
            C(N_("Presence"), "choice", "presence", PRESENCES, default="invited"),
        ),
        "attendance_id, day, part",
        together=("attendance_id", "day", "part"),
    ),
    ExportTable(
        "waiting",
        N_("Waiting lists"),
        "waiting",
        "person_id",
        (
            SESSION,
            C(N_("Person"), "refers", "person_id", target="person", filled=True),
            C(N_("Waits since"), "date", "since", filled=True),
        ),
        "session_id, since, id",
        together=("session_id", "person_id"),
    ),
    ExportTable(
        "evaluations",
        N_("Evaluations of sessions"),
        "evaluation",
        "session_id",
        (
            SESSION,
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            C(N_("When asked"), "choice", "kind", EVALUATIONS, default="hot"),
            C(N_("Filled in on"), "date", "given_on", filled=True),
            C(N_("Satisfaction"), "whole", "satisfaction", low=1, high=4, null=True),
            C(N_("Content"), "whole", "content", low=1, high=4, null=True),
            C(N_("Trainer (mark)"), "whole", "trainer", low=1, high=4, null=True),
            C(N_("Pace"), "whole", "pace", low=1, high=4, null=True),
            C(N_("Usefulness"), "whole", "usefulness", low=1, high=4, null=True),
            C(N_("Use at work"), "whole", "application", low=1, high=4, null=True),
            C(N_("Free comment"), "text", "comment", default=""),
        ),
        "session_id, kind, id",
        coded=coded_evaluations,
    ),
    ExportTable(
        "quiz-results",
        N_("Results of quizzes"),
        "quiz_result",
        "session_id",
        (
            SESSION,
            C(N_("Person"), "refers", "person_id", target="person", filled=True),
            C(N_("Before or after"), "choice", "moment", QUIZ_MOMENTS, default="after"),
            C(N_("Points"), "whole", "points", low=0, default=0),
            C(N_("Out of"), "whole", "out_of", low=1, default=10),
        ),
        "session_id, person_id, moment",
        together=("session_id", "person_id", "moment"),
        coded=coded_quizzes,
    ),
)

OBJECTIVES = (
    ExportTable(
        "objectives",
        N_("Objectives"),
        "objective",
        "title",
        (
            C(N_("Objective"), "text", "title", filled=True),
            C(N_("Unit"), "text", "unit", default=""),
            C(N_("Before the project"), "money", "baseline", null=True),
            C(N_("Target"), "money", "target", null=True),
            C(N_("Target date"), "date", "target_on", null=True),
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "measures",
        N_("Measures of objectives"),
        "objective_measure",
        "measured_on",
        (
            C(N_("Objective"), "refers", "objective_id", target="objective", filled=True),
            C(N_("Measured on"), "date", "measured_on", filled=True),
            C(N_("Value"), "money", "value", default=0),
        ),
        "objective_id, measured_on",
        together=("objective_id", "measured_on"),
    ),
)
