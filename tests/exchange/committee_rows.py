"""Rows of the committee room that use every column, for the exports that read back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crm_pilot.project import Add, Project, SetFields

D = dt.date


def fill(project: Project) -> None:
    """Full and bare rows in every table of committees, registers, RACI and budget, beside those
    that are there already. The project has two persons and a line of the plan."""
    person = project.reader.value("SELECT min(id) FROM person")
    task = project.reader.value("SELECT min(id) FROM task WHERE kind = 'task'")
    held = _committees(project, person)
    answers = _registers(project, held)
    add(project, "committee_action", code="A-901", task_id=task, committee_id=held, **answers)
    add(project, "committee_action", code="A-902", task_id=task)
    _raci(project, person, task)
    _budget(project)


def add(project: Project, table: str, **values: Any) -> int:
    """A row; its id."""
    return int(project.execute(Add(table, values)))


def _committees(project: Project, person: int) -> int:
    place = {"starts_minute": 570, "minutes": 90, "place": "Salle Mistral ; 2e étage"}
    for kind in ("project", "technical", "users"):  # numbers count by kind
        held = add(project, "committee", kind=kind, number=7, held_on=D(2026, 11, 19), **place)
    add(project, "committee", kind="project", number=8, held_on=D(2026, 11, 26))
    full = {"presenter": "Le sponsor", "minutes": 20, "outcome": "Reporté à janvier"}
    for position, more in enumerate((full, {})):
        add(project, "agenda_item", committee_id=held, position=position, title="Vague 3", **more)
    known = {"person_id": person, "role": "Sponsor", "presence": "excused"}
    for position, more in enumerate((known, {})):
        add(project, "participant", committee_id=held, position=position, name="=DSI", **more)
    add(project, "weather_record", committee_id=held, axis="time", weather="alert", reason="Oui")
    return held


def _registers(project: Project, held: int) -> dict[str, int]:
    days = {"decided_on": D(2026, 11, 19), "closed_on": D(2026, 11, 20)}
    decision = add(
        project,
        "decision",
        code="D-901",
        wording="Geler",
        owner="N. Faure",
        due_on=D(2026, 12, 1),
        **{"committee_id": held, "context": "Trop de demandes", "evidence": "Mail du 3", **days},
    )
    risk = add(
        project,
        "risk",
        code="R-91",
        title="Retard",
        response_kind="transfer",
        impact=4,
        noted_on=D(2026, 9, 1),
        due_on=D(2026, 12, 1),
        closed_on=D(2026, 11, 2),
    )
    for day, probability in ((D(2026, 9, 1), 2), (D(2026, 10, 1), 3)):
        levels = {"probability": probability, "impact": 4}
        add(project, "risk_rating", risk_id=risk, rated_on=day, **levels)
    told = {"code": "P-91", "title": "Doublons", "response": "Nettoyer", "owner": "DSI"}
    more = {"due_on": D(2026, 12, 1), "closed_on": D(2026, 12, 2), "status": "closed"}
    raised = {"raised_on": D(2026, 11, 3), "severity": 4, "risk_id": risk}
    problem = add(project, "problem", **told, **more, **raised)
    add(project, "problem", code="P-92", title="Doublons", raised_on=D(2026, 11, 3))
    return {"decision_id": decision, "risk_id": risk, "problem_id": problem}


def _raci(project: Project, person: int, task: int) -> None:
    lines = [
        add(project, "raci_item", title="Reprise", task_id=task, position=90),
        add(project, "raci_item", title="Reprise", position=91),  # two of one name
    ]
    actors = [
        add(project, "raci_actor", name="Chef de projet", person_id=person, position=90),
        add(project, "raci_actor", name="Intégrateur", position=91),
    ]
    cells = ((0, 0, "A"), (0, 1, "R"), (1, 0, "AR"), (1, 1, "I"))
    for line, actor, letter in cells:
        add(project, "raci_cell", item_id=lines[line], actor_id=actors[actor], letter=letter)


def _budget(project: Project) -> None:
    bare = add(project, "budget_line", name="Divers", position=90)
    line = add(project, "budget_line", name="Intégration 2", position=91)
    standing = {"spent_cents": 123_456, "remaining_cents": 78_901, "spent_days": 1_250,
                "remaining_days": 3_075, "done_percent": 35}  # fmt: skip
    kinds = {"kind": "integrator", "effort": "technology", "reason": "Données"}
    days = {"starts_on": D(2026, 9, 1), "ends_on": D(2027, 3, 31), "baseline_days": 4_000}
    project.execute(SetFields("budget_line", line, {**standing, **kinds, **days}))
    for day, more in ((D(2026, 10, 31), {}), (D(2026, 11, 20), {**standing, "reason": "Reprise"})):
        add(project, "budget_estimate", line_id=line, as_of=day, **more)
    add(project, "budget_plan", line_id=bare, month=202611, planned_cents=50_050)
