"""One line typed during the meeting: what is understood, and one step that enters it."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import problems, risks, rows
from crm_pilot.governance.actions import actions
from crm_pilot.governance.owners import match
from crm_pilot.governance.quick import Enter, Kind, Missing, Quick, parse
from crm_pilot.governance.registers import AddCommittee, every_highlight
from crm_pilot.governance.terms import DecisionStatus
from crm_pilot.people.queries import owners
from crm_pilot.project import Project

D = dt.date.fromisoformat
TODAY = D("2026-11-26")  # a Thursday
PEOPLE = (
    (1, "Hélène Marchand"),
    (2, "Nicolas Faure"),
    (3, "Paul Durand"),
    (4, "Anne Durand"),
    (5, "Jean-Paul de la Tour"),
)


def read(text: str) -> Quick:
    return parse(text, TODAY, PEOPLE)


@pytest.mark.parametrize(
    ("text", "kind", "wording", "owner", "due"),
    [
        (
            "D valider la vague 3 @Marchand 12/1",
            Kind.DECISION,
            "Valider la vague 3",
            "Hélène Marchand",
            "2027-01-12",
        ),
        (
            "décision : fermer l'ancien outil le 26 janvier @n. faure",
            Kind.DECISION,
            "Fermer l'ancien outil",
            "Nicolas Faure",
            "2027-01-26",
        ),
        (
            "D confirmer la vague 2 au 2 novembre @Marchand 30/11",
            Kind.DECISION,
            "Confirmer la vague 2 au 2 novembre",
            "Hélène Marchand",
            "2026-11-30",
        ),
        (
            "A call the branches @Faure by Friday 4 December 2026",
            Kind.ACTION,
            "Call the branches",
            "Nicolas Faure",
            "2026-12-04",
        ),
        (
            "a tester le mobile @marchand dans le Sud avant le 12/12",
            Kind.ACTION,
            "Tester le mobile dans le Sud",
            "Hélène Marchand",
            "2026-12-12",
        ),
        (
            "Action: ask @Jean Neuf friday",
            Kind.ACTION,
            "Ask",
            "Jean Neuf",
            "2026-11-27",
        ),
        (
            "A tester @Faure Est et Sud 12/12",
            Kind.ACTION,
            "Tester Est et Sud",
            "Nicolas Faure",
            "2026-12-12",
        ),
        (
            "A ranger @Smith Friday",
            Kind.ACTION,
            "Ranger",
            "Smith",
            "2026-11-27",
        ),
        (
            'A relancer @"Zoé de la Brosse" demain',
            Kind.ACTION,
            "Relancer",
            "Zoé de la Brosse",
            "2026-11-27",
        ),
        (
            "A voir @de la tour fin janvier",
            Kind.ACTION,
            "Voir",
            "Jean-Paul de la Tour",
            "2027-01-31",
        ),
        ("R données refusées le 11 décembre", Kind.RISK, "Données refusées le 11 décembre", "", ""),
        (
            "Risk data rejected @Faure 15/12",
            Kind.RISK,
            "Data rejected",
            "Nicolas Faure",
            "2026-12-15",
        ),
        ("P accès coupés @Faure", Kind.PROBLEM, "Accès coupés", "Nicolas Faure", ""),
        ("H Wave 2 live on 2 November", Kind.HIGHLIGHT, "Wave 2 live on 2 November", "", ""),
        ("fait marquant : 174 comptes", Kind.HIGHLIGHT, "174 comptes", "", ""),
    ],
)
def test_a_whole_line_in_both_languages(
    text: str, kind: Kind, wording: str, owner: str, due: str
) -> None:
    found = read(text)
    assert (found.kind, found.wording, found.owner) == (kind, wording, owner)
    assert found.due_on == (D(due) if due else None)
    assert found.complete


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", {Missing.KIND, Missing.WORDING}),
        ("valider la vague 3 @Marchand 12/1", {Missing.KIND}),
        ("D", {Missing.WORDING, Missing.OWNER, Missing.DUE}),
        ("D valider", {Missing.OWNER, Missing.DUE}),
        ("D valider @", {Missing.OWNER, Missing.DUE}),
        ("D valider @Marchand", {Missing.DUE}),
        ("A valider 12/1", {Missing.OWNER}),
        ("A @Marchand 12/1", {Missing.WORDING}),
        ("A valider @Marchand 32/13", {Missing.DUE}),
        ("A valider @Durand 12/1", {Missing.OWNER}),  # two of that name
        ("R", {Missing.WORDING}),
        ("R panne @Durand", {Missing.OWNER}),
        ("F", {Missing.WORDING}),
    ],
)
def test_what_a_line_still_lacks(text: str, missing: set[Missing]) -> None:
    assert set(read(text).missing) == missing


def test_two_of_a_name_are_told_and_nobody_is_chosen() -> None:
    found = read("A valider @Durand 12/1")
    assert (found.owner_id, found.several) == (None, ("Anne Durand", "Paul Durand"))
    assert read("A valider @A. Durand 12/1").owner_id == 4
    assert read("A valider @Durand Paul 12/1").owner_id == 3


def test_levels_of_a_risk_severity_of_a_problem_and_what_is_still_to_take() -> None:
    rated = read("R 3x4 Données refusées @faure")
    assert (rated.probability, rated.impact, rated.wording) == (3, 4, "Données refusées")
    assert (read("R panne 2 × 1").probability, read("R panne 2 × 1").impact) == (2, 1)
    assert read("R panne 5x4").probability is None
    assert read("P !4 accès coupés").severity == 4
    assert read("A lot 3x4 @Faure 12/1").wording == "Lot 3x4"  # of risks alone
    assert read("D? valider @Faure 12/1").proposed
    assert not read("D valider @Faure 12/1").proposed
    assert not read("A? valider @Faure 12/1").proposed


@pytest.mark.parametrize(
    ("text", "lead", "detail"),
    [
        ("F Vague 2 en service. 174 comptes ouverts", "Vague 2 en service.", "174 comptes ouverts"),
        ("F Vague 2 en service : sans interruption", "Vague 2 en service", "Sans interruption"),
        ("F Vague 2 en service", "Vague 2 en service", ""),
        ("F Délai de 9.5 à 6 heures", "Délai de 9.5 à 6 heures", ""),
    ],
)
def test_a_highlight_has_a_few_words_and_a_detail(text: str, lead: str, detail: str) -> None:
    found = read(text)
    assert (found.lead, found.detail) == (lead, detail)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("marchand", 1),
        ("HELENE", 1),
        ("H. Marchand, sponsor", 1),
        ("jp", None),
        ("H.", None),
        ("la Tour", 5),
        ("Jean Paul de la Tour", 5),
        ("Marchand Hélène", 1),
        ("Marchande", None),
        ("X. Marchand", None),
        ("", None),
    ],
)
def test_whom_a_typed_name_stands_for(typed: str, key: int | None) -> None:
    assert match(typed, PEOPLE).id == key


# entering ----------------------------------------------------------------------------------

TABLES = ("decision", "committee_action", "task", "person", "risk", "risk_rating", "problem")
LINES = {
    "D valider la vague 3 @Hélène Marchand 12/1": "decision",
    "A appeler le Sud @Jean Neuf vendredi": "committee_action",
    "R 3x4 données refusées @Neuf 15/12": "risk",
    "P !4 accès coupés @Neuf": "problem",
    "F Vague 2 en service. 174 comptes": "highlight",
}


def state(project: Project) -> list[object]:
    return [
        project.reader.select(f"SELECT * FROM {table} ORDER BY id")
        for table in (*TABLES, "highlight")
    ]


def enter(project: Project, text: str, committee: int | None) -> tuple[str, int]:
    found: tuple[str, int] = project.execute(
        Enter(parse(text, TODAY, owners(project.reader)), committee)
    )
    return found


@pytest.mark.parametrize("text", LINES)
def test_a_line_is_one_step(project: Project, text: str) -> None:
    committee = project.execute(AddCommittee(TODAY))
    before = state(project)
    assert enter(project, text, committee) == (LINES[text], 1)
    after = state(project)
    project.undo()
    assert state(project) == before
    project.redo()
    assert state(project) == after != before


def test_a_meeting_typed_line_by_line(project: Project) -> None:
    committee = project.execute(AddCommittee(TODAY))
    for text in LINES:
        enter(project, text, committee)
    (decision,) = rows.decisions(project.reader)
    assert (decision.owner, decision.due_on, decision.committee) == (
        "Hélène Marchand",
        D("2027-01-12"),
        1,
    )
    assert (decision.status, decision.decided_on) == (DecisionStatus.VALIDATED, TODAY)
    (action,) = actions(project.reader, TODAY)
    assert (action.title, action.owner, action.committee) == ("Appeler le Sud", "J. Neuf", 1)
    (risk,) = risks.risk_table(project.reader, TODAY)
    assert (risk.owner, risk.score, risk.due_on) == ("Jean Neuf", 12, D("2026-12-15"))
    assert [one.score for one in risk.history] == [12]
    (problem,) = problems.problems(project.reader, TODAY)
    assert (problem.owner, problem.severity, problem.raised_on) == ("Jean Neuf", 4, TODAY)
    (highlight,) = every_highlight(project.reader)
    assert (highlight.lead, highlight.detail) == ("Vague 2 en service.", "174 comptes")


@pytest.mark.parametrize(
    ("text", "held", "status"),
    [
        ("D valider @Faure 12/1", TODAY, DecisionStatus.VALIDATED),
        ("D valider @Faure 12/1", D("2026-11-20"), DecisionStatus.VALIDATED),
        ("D valider @Faure 12/1", D("2026-11-27"), DecisionStatus.PROPOSED),  # being prepared
        ("D? valider @Faure 12/1", TODAY, DecisionStatus.PROPOSED),
    ],
)
def test_a_decision_typed_in_the_meeting_is_taken(
    project: Project, text: str, held: dt.date, status: DecisionStatus
) -> None:
    enter(project, text, project.execute(AddCommittee(held)))
    (decision,) = rows.decisions(project.reader)
    taken = held if status is DecisionStatus.VALIDATED else None
    assert (decision.status, decision.decided_on) == (status, taken)


@pytest.mark.parametrize("text", ["", "valider", "D valider", "A valider @Marchand", "R"])
def test_what_is_not_complete_is_not_entered(project: Project, text: str) -> None:
    before = state(project)
    with pytest.raises(UserError, match="still needs"):
        enter(project, text, None)
    assert state(project) == before
