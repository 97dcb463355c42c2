"""A project on the day of a steering committee."""

from __future__ import annotations

import pytest

from crm_pilot.governance.actions import AddAction
from crm_pilot.governance.meetings import AddAgendaItem, AddParticipant, PlanNext
from crm_pilot.governance.registers import AddBudgetLine, AddCommittee, AddDecision, AddRisk
from crm_pilot.governance.terms import CommitteeKind, DecisionStatus
from crm_pilot.project import Add, Project, SetField
from tests.ui.committee.stage import NEXT, TODAY


@pytest.fixture
def steering(project: Project) -> Project:
    """Two committees (no. 2 is today's, id 2), a decision asked and an old one, two risks, an
    action that is late, a budget line."""
    run = project.execute
    run(SetField("project", 1, "status_date", TODAY))
    run(Add("person", {"first_name": "Hélène", "last_name": "Marchand"}))
    run(Add("person", {"first_name": "Nicolas", "last_name": "Faure"}))
    run(AddCommittee(NEXT.replace(month=10, day=29)))
    run(SetField("committee", 1, "place", "Lyon"))
    run(AddAgendaItem(1, "Follow-up", minutes=15))
    run(AddAgendaItem(1, "Budget", minutes=30))
    run(AddParticipant(1, "Hélène Marchand", "sponsor"))
    run(AddParticipant(1, "Nicolas Faure", "data"))
    run(PlanNext(CommitteeKind.STEERING, NEXT))
    run(AddDecision("Freeze the scope", "A. Roux, sponsor", NEXT, 2))
    run(AddDecision("Name two champions", "N. Faure", NEXT.replace(day=20), 1))
    run(SetField("decision", 2, "status", DecisionStatus.VALIDATED))
    run(AddRisk("Data not clean", {"probability": 3, "impact": 4}, NEXT.replace(month=10, day=1)))
    run(AddRisk("Holidays", {"probability": 1, "impact": 2}, NEXT.replace(month=10, day=1)))
    run(AddAction("Call the branches", "Faure", NEXT.replace(day=18), committee_id=1))
    run(AddBudgetLine("Training", {"baseline_cents": 4_000_000, "spent_cents": 1_250_000}))
    return project
