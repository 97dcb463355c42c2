"""The tables of the plan and of the hours it counts with: lines, waves, features, calendars,
absences, assignments. At committee level nobody's absences are told."""

from __future__ import annotations

from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_coded import coded_absences
from crm_pilot.exchange.tables_patches import assignments, calendars, plan_lines
from crm_pilot.i18n import N_
from crm_pilot.people.terms import DAY_PARTS
from crm_pilot.planning.terms import CONSTRAINTS, KINDS, MARKS, MODES, PILLARS

RANK = C(N_("Rank"), "whole", "position", default=0)
NOTE = C(N_("Note"), "text", "note", default="", own=True)

PLAN = (
    ExportTable(
        "tasks",
        N_("Plan"),
        "task",
        "title",
        (
            C(N_("Outline level"), "shown", "level"),
            C(N_("Under No."), "number", "parent_id", target="task", null=True),
            RANK,
            C(N_("Kind"), "choice", "kind", KINDS, default="task"),
            C(N_("Pillar"), "choice", "pillar", PILLARS, default="deployment"),
            C(N_("Title"), "text", "title", filled=True),
            C(N_("Start"), "date", "start", null=True),
            C(N_("Start time"), "minute", "start_minute", null=True),
            C(N_("Finish"), "date", "finish", null=True),
            C(N_("Finish time"), "minute", "finish_minute", null=True),
            C(N_("Duration"), "duration", "duration", beside="elapsed", null=True),
            C(N_("% done"), "percent", "percent", low=0, high=100, default=0),
            C(N_("Owner"), "refers", "owner_id", target="person", null=True),
            C(N_("Wave"), "refers", "wave_id", target="wave", null=True),
            C(N_("On page 1 of the report"), "truth", "committee", default=False),
            C(N_("Meaning"), "choice", "mark", MARKS, null=True),
            C(N_("Deliverable"), "truth", "deliverable", default=False),
            C(N_("Waits for No."), "links", "links"),
            C(N_("Mode"), "choice", "mode", MODES, default="auto"),
            C(N_("In the plan"), "truth", "active", default=True),
            C(N_("Constraint"), "choice", "constraint_kind", CONSTRAINTS, default="asap"),
            C(N_("Constraint date"), "when", "constraint_at", null=True),
            C(N_("Deadline"), "when", "deadline_at", null=True),
            C(N_("Calendar"), "refers", "calendar_id", target="calendar", null=True),
            C(N_("Ignores absences"), "truth", "ignores_people", default=False),
            C(N_("Actual start"), "when", "actual_start", null=True),
            C(N_("Actual finish"), "when", "actual_finish", null=True),
            C(N_("Work"), "work", "work", null=True),
            C(N_("Remaining work"), "work", "remaining", null=True),
            NOTE,
        ),
        patch=plan_lines,
    ),
    ExportTable(
        "waves",
        N_("Waves"),
        "wave",
        "name",
        (
            C(N_("Wave"), "text", "name", unique=True, default=""),
            C(N_("Go-live milestone"), "refers", "milestone_id", target="task", null=True),
            C(N_("Pilot wave"), "truth", "pilot", default=False),
            RANK,
        ),
        "position, id",
    ),
    ExportTable(
        "features",
        N_("Features of the CRM"),
        "feature",
        "name",
        (
            C(N_("Feature"), "text", "name", filled=True),
            C(N_("Promised for"), "date", "promised_on", null=True),
            C(N_("Delivered on"), "date", "delivered_on", null=True),
            C(N_("Withdrawn on"), "date", "withdrawn_on", null=True),
            C(N_("Major feature"), "truth", "major", default=False),
            RANK,
        ),
        "position, id",
    ),
)

HOURS = (
    ExportTable(
        "calendars",
        N_("Calendars"),
        "calendar",
        "name",
        (
            C(N_("Calendar"), "text", "name", unique=True, default=""),
            C(N_("Based on"), "refers", "base_id", target="calendar", null=True),
            C(N_("Public holidays of"), "country", "country", default=""),
            C(N_("Hours of the week"), "week", "week", default={}),
            C(N_("Calendar of the project"), "card", "of_project", default=False),
        ),
        patch=calendars,
    ),
    ExportTable(
        "exceptions",
        N_("Calendar exceptions"),
        "calendar_exception",
        "calendar_id",
        (
            C(N_("Calendar"), "refers", "calendar_id", target="calendar", filled=True),
            C(N_("Name"), "text", "name", default=""),
            C(N_("First day"), "date", "first", filled=True),
            C(N_("Last day"), "date", "last", filled=True),
            C(N_("Hours of the day"), "hours", "shifts", default=()),
        ),
        "calendar_id, first, id",
    ),
    ExportTable(
        "absences",
        N_("Absences"),
        "absence",
        "person_id",
        (
            C(N_("Person"), "refers", "person_id", target="person", filled=True),
            C(N_("First day"), "date", "first", filled=True),
            C(N_("Last day"), "date", "last", filled=True),
            C(N_("Part of the day"), "choice", "part", DAY_PARTS, default="day"),
        ),
        "first, id",
        coded=coded_absences,
    ),
    ExportTable(
        "assignments",
        N_("Assignments"),
        "assignment",
        "person_id",
        (
            C(N_("Line No."), "number", "task_id", target="task", filled=True),
            C(N_("Title"), "shown", "title"),
            C(N_("Person"), "refers", "person_id", target="person", filled=True),
            C(N_("Working time, %"), "percent", "units", low=0, high=1000, default=100),
            C(N_("Work"), "work", "work", null=True),
            C(N_("Remaining work"), "work", "remaining", null=True),
        ),
        "task_id, id",
        together=("task_id", "person_id"),
        patch=assignments,
    ),
)
