"""The tables of the lateral project: the map with its ratings, what its zones mean, who influences
whom, and what is done about it. At committee level no person stands beside a position."""

from __future__ import annotations

from crm_pilot.exchange.tables import ExportTable
from crm_pilot.exchange.tables import TableColumn as C
from crm_pilot.exchange.tables_coded import (
    coded_actions,
    coded_counts,
    coded_laterals,
    coded_ratings,
    coded_ties,
    coded_units,
)
from crm_pilot.exchange.tables_patches import actions
from crm_pilot.exchange.tables_plan import NOTE
from crm_pilot.i18n import N_
from crm_pilot.stakeholders.terms import (
    ACTIONS,
    LATERAL_STATUSES,
    STYLES,
    TIES,
    ZONES,
    UnitKind,
)

UNIT_KINDS = {UnitKind.GROUP: N_("Group"), UnitKind.PERSON: N_("Person")}
INFLUENCE = {1: N_("Low"), 2: N_("Medium"), 3: N_("High")}

MAP = (
    ExportTable(
        "stakeholders",
        N_("Stakeholders"),
        "stakeholder",
        "name",
        (
            C(N_("Group or person"), "choice", "kind", UNIT_KINDS, default="group"),
            C(N_("Name"), "text", "name", filled=True),
            C(N_("Code"), "text", "code", default=""),
            C(N_("Person"), "refers", "person_id", target="person", null=True),
            C(N_("Department"), "refers", "department_id", target="department", null=True),
            C(N_("CRM profile"), "refers", "profile_id", target="profile", null=True),
            C(N_("Headcount"), "whole", "headcount", low=1, default=1),
            C(N_("Influence"), "choice", "influence", INFLUENCE, default=2),
            C(N_("Relation kept by"), "refers", "owner_id", target="person", null=True),
            C(N_("Target synergy"), "whole", "target_synergy", low=1, high=4, null=True),
            C(N_("Target antagonism"), "whole", "target_antagonism", low=1, high=4, null=True),
            C(N_("Target date"), "date", "target_date", null=True),
            C(N_("Order of entry"), "whole", "stage", low=1, high=7, null=True),
            C(N_("Enters on"), "date", "enters_on", null=True),
            C(N_("Part to play"), "text", "role", default="", own=True),
            NOTE,
        ),
        coded=coded_units,
    ),
    ExportTable(
        "ratings",
        N_("Ratings of stakeholders"),
        "rating",
        "fact",
        (
            C(N_("Stakeholder"), "refers", "stakeholder_id", target="stakeholder", filled=True),
            C(N_("Rated on"), "date", "rated_on", filled=True),
            C(N_("Synergy"), "whole", "synergy", low=1, high=4, filled=True),
            C(N_("Antagonism"), "whole", "antagonism", low=1, high=4, filled=True),
            C(N_("Observed fact"), "text", "fact", filled=True),
            C(N_("Rated by"), "text", "author", default=""),
            C(N_("To refine"), "truth", "provisional", default=False),
        ),
        "stakeholder_id, rated_on, id",
        coded=coded_ratings,
    ),
    ExportTable(
        "ties",
        N_("Ties between stakeholders"),
        "stakeholder_tie",
        "kind",
        (
            C(N_("Stakeholder"), "refers", "from_id", target="stakeholder", filled=True),
            C(N_("Tie"), "choice", "kind", TIES, default="influences"),
            C(N_("Other stakeholder"), "refers", "to_id", target="stakeholder", filled=True),
        ),
        "from_id, kind, to_id",
        together=("from_id", "to_id", "kind"),
        coded=coded_ties,
    ),
    ExportTable(
        "zones",
        N_("Zones of the map"),
        "zone_cell",
        "zone",
        (
            C(N_("Synergy"), "whole", "synergy", low=1, high=4, filled=True),
            C(N_("Antagonism"), "whole", "antagonism", low=1, high=4, filled=True),
            C(N_("Zone"), "choice", "zone", ZONES, filled=True),
            C(N_("Published"), "truth", "sourced", default=True),
            C(N_("Where it is from"), "text", "source", default=""),
        ),
        "synergy, antagonism",
        together=("synergy", "antagonism"),
    ),
    ExportTable(
        "advice",
        N_("Advice on zones"),
        "zone_advice",
        "zone",
        (
            C(N_("Zone"), "choice", "zone", ZONES, filled=True, unique=True),
            C(N_("Management style"), "choice", "style", STYLES, null=True),
            C(N_("Handling (English)"), "text", "handling_en", default=""),
            C(N_("Handling (French)"), "text", "handling_fr", default=""),
            C(N_("Part to play (English)"), "text", "role_en", default=""),
            C(N_("Part to play (French)"), "text", "role_fr", default=""),
        ),
    ),
)

ACTING = (
    ExportTable(
        "lateral-projects",
        N_("Lateral projects"),
        "lateral_project",
        "title",
        (
            C(N_("Lateral project"), "text", "title", filled=True),
            C(N_("Stakeholder"), "refers", "stakeholder_id", target="stakeholder", null=True),
            C(N_("Their own concern"), "text", "concern", default="", own=True),
            C(N_("What is offered"), "text", "offer", default="", own=True),
            C(N_("How it serves the main goal"), "text", "goal", default="", own=True),
            C(N_("Pilot of the lateral project"), "refers", "pilot_id", target="person", null=True),
            C(N_("Status"), "choice", "status", LATERAL_STATUSES, default="idea"),
            C(N_("Noted on"), "date", "noted_on", filled=True),
            NOTE,
        ),
        coded=coded_laterals,
    ),
    ExportTable(
        "influence-actions",
        N_("Influence actions"),
        "influence",
        "task_id",
        (
            C(N_("Line No."), "number", "task_id", target="task", filled=True, unique=True),
            C(N_("Title"), "shown", "title"),
            C(N_("Stakeholder"), "refers", "stakeholder_id", target="stakeholder", filled=True),
            C(N_("Kind of action"), "choice", "kind", ACTIONS, default="meeting"),
            C(N_("Carried by the ally"), "refers", "ally_id", target="stakeholder", null=True),
            C(
                N_("Lateral project"),
                *("refers", "lateral_id"),
                target="lateral_project",
                null=True,
            ),
        ),
        patch=actions,
        coded=coded_actions,
    ),
    ExportTable(
        "snoozes",
        N_("Warnings put aside"),
        "snooze",
        "rule",
        (
            C(N_("Warning"), "text", "rule", filled=True),
            # may name a unit of the map
            C(N_("Which one"), "text", "subject", default="", own=True),
            C(N_("Reason"), "text", "reason", filled=True, own=True),
            C(N_("Put aside on"), "date", "set_on", filled=True),
            C(N_("Put aside until"), "date", "until", null=True),
        ),
        together=("rule", "subject"),
    ),
    ExportTable(
        "position-counts",
        N_("Counts of erased positions"),
        "position_count",
        "zone",
        (
            C(N_("Counted on"), "date", "counted_on", filled=True),
            C(N_("Zone"), "choice", "zone", ZONES, filled=True),
            C(N_("Persons"), "whole", "persons", low=1, filled=True),
        ),
        "counted_on, id",
        together=("counted_on", "zone"),
        coded=coded_counts,
    ),
)
