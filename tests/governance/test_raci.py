"""The RACI: one who answers for each line, at least one who does it."""

from __future__ import annotations

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance.raci import (
    AddRaciActor,
    AddRaciItem,
    FaultKind,
    RaciItemRow,
    SetLetter,
    faults,
    raci,
)
from crm_pilot.governance.terms import Letter
from crm_pilot.project import Add, Project, Remove

LINE = (RaciItemRow(1, 0, "Load the data", None),)


@pytest.mark.parametrize(
    ("letters", "kinds"),
    [
        ("", [FaultKind.NO_A, FaultKind.NO_R]),
        ("A", [FaultKind.NO_R]),
        ("R", [FaultKind.NO_A]),
        ("R R C I", [FaultKind.NO_A]),
        ("C I", [FaultKind.NO_A, FaultKind.NO_R]),
        ("AR", []),
        ("A R", []),
        ("AR R C", []),
        ("A R R I", []),
        ("A A R", [FaultKind.MANY_A]),
        ("A AR", [FaultKind.MANY_A]),
        ("AR AR R", [FaultKind.MANY_A]),
        ("A A", [FaultKind.MANY_A, FaultKind.NO_R]),
    ],
)
def test_exactly_one_answers_and_at_least_one_does(letters: str, kinds: list[FaultKind]) -> None:
    given = {(1, actor): Letter(one) for actor, one in enumerate(letters.split())}
    assert [fault.kind for fault in faults(LINE, given)] == kinds


def test_letters_of_another_line_do_not_count() -> None:
    assert len(faults(LINE, {(2, 1): Letter.AR})) == 2


def test_lines_actors_letters_and_the_sentence(project: Project) -> None:
    person = project.execute(Add("person", {"first_name": "Anne", "last_name": "Roux"}))
    lines = [project.execute(AddRaciItem(title)) for title in ("Charter", "Load the data")]
    actors = [project.execute(AddRaciActor(name)) for name in ("Sponsor", "A. Roux")]
    project.execute(SetLetter(lines[0], actors[0], Letter.AR))
    for actor in actors:
        project.execute(SetLetter(lines[1], actor, Letter.A))
    table = raci(project.reader)
    assert [item.title for item in table.items] == ["Charter", "Load the data"]
    assert [(one.name, one.person_id) for one in table.actors] == [
        ("Sponsor", None),
        ("A. Roux", person),
    ]
    assert table.letter(lines[0], actors[0]) is Letter.AR
    assert table.letter(lines[0], actors[1]) is None
    assert [fault.text.english() for fault in table.faults] == [
        "“Load the data”: 2 answer for it. Leave exactly one A.",
        "“Load the data”: nobody does it. Give at least one R.",
    ]
    project.execute(SetLetter(lines[1], actors[1], Letter.R))
    assert raci(project.reader).faults == ()
    project.execute(SetLetter(lines[1], actors[1], None))
    assert raci(project.reader).letter(lines[1], actors[1]) is None
    project.execute(SetLetter(lines[1], actors[1], None))  # nothing there: no step
    for _ in range(2):
        project.undo()
    assert raci(project.reader) == table


def test_a_column_that_goes_takes_its_letters(project: Project) -> None:
    line, actor = project.execute(AddRaciItem("Charter")), project.execute(AddRaciActor("Sponsor"))
    project.execute(SetLetter(line, actor, Letter.AR))
    project.execute(Remove("raci_actor", (actor,)))
    assert raci(project.reader).letters == {}
    for empty in (AddRaciItem(" "), AddRaciActor("")):
        with pytest.raises(UserError, match="a few words"):
            project.execute(empty)
