"""What moved since the last issue: each edit shows in its list and nowhere else."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.governance import since as engine
from crm_pilot.governance.since import Crossed, Moved, Since, since
from crm_pilot.governance.terms import DecisionStatus, Document
from crm_pilot.i18n import Translator
from crm_pilot.planning.announcements import AnnounceForecast
from crm_pilot.project import Add, Project, Remove, SetField
from tests.governance.frozen import freeze
from tests.governance.rollout import TODAY

D = dt.date.fromisoformat
BEFORE = D("2026-11-14")


def moved(project: Project) -> Since:
    """What moved until today."""
    found = since(project.reader, TODAY)
    assert found is not None
    return found


def line(project: Project, title: str) -> int:
    """Id of a line of the plan."""
    return int(project.reader.value("SELECT id FROM task WHERE title = ?", title))


def test_without_an_issue_there_is_nothing_to_compare(rollout: Project) -> None:
    assert since(rollout.reader, TODAY) is None
    freeze(rollout, TODAY)  # an issue of the same day
    assert since(rollout.reader, TODAY) is None


def test_nothing_moves_by_itself(rollout: Project) -> None:
    freeze(rollout, BEFORE)
    kept = engine.snapshot(rollout.reader, TODAY)
    issue = moved(rollout).issue
    assert engine.compare(rollout.reader, BEFORE, issue, kept).slipped == ()
    # as of the same day nothing at all
    assert engine.compare(
        rollout.reader, BEFORE, issue, engine.snapshot(rollout.reader, BEFORE)
    ).nothing


def test_milestones_that_slip_come_first_the_furthest(rollout: Project) -> None:
    freeze(rollout, BEFORE)
    wave, data = line(rollout, "Vague 3 en service"), line(rollout, "Données vague 3 recevables")
    closing = line(rollout, "Clôture du projet")
    before = {
        m["id"]: D(m["forecast"]) for m in engine.snapshot(rollout.reader, BEFORE)["milestones"]
    }
    rollout.execute(AnnounceForecast(wave, D("2027-02-02"), TODAY))
    rollout.execute(AnnounceForecast(data, D("2026-12-18"), TODAY))
    rollout.execute(AnnounceForecast(closing, D("2027-03-24"), TODAY))
    found = moved(rollout)
    assert found.slipped == (
        Moved(
            wave,
            "Vague 3 en service",
            before[wave],
            D("2027-02-02"),
            (D("2027-02-02") - before[wave]).days,
        ),
        Moved(
            data,
            "Données vague 3 recevables",
            before[data],
            D("2026-12-18"),
            (D("2026-12-18") - before[data]).days,
        ),
    )
    assert found.advanced == (
        Moved(closing, "Clôture du projet", D("2027-03-31"), D("2027-03-24"), -7),
    )


def test_an_edit_of_the_past_does_not_rewrite_the_issue(rollout: Project) -> None:
    """The snapshot counts, not what the announcements say of that day now."""
    freeze(rollout, BEFORE)
    wave = line(rollout, "Vague 3 en service")
    before = engine.snapshot(rollout.reader, BEFORE)["milestones"]
    announced = next(D(m["forecast"]) for m in before if m["id"] == wave)
    rollout.execute(AnnounceForecast(wave, D("2027-02-02"), TODAY))
    for (key,) in rollout.reader.select("SELECT id FROM forecast WHERE task_id = ?", wave):
        rollout.execute(SetField("forecast", key, "expected_on", D("2027-02-02")))
    assert [(m.id, m.before) for m in moved(rollout).slipped] == [(wave, announced)]


def test_what_was_reached_added_and_taken_out(rollout: Project) -> None:
    freeze(rollout, BEFORE)
    data, closing = line(rollout, "Données vague 3 recevables"), line(rollout, "Clôture du projet")
    rollout.execute(SetField("task", data, "percent", 100))
    rollout.execute(Remove("task", (closing,)))
    new = {"kind": "milestone", "title": "Recette de la vague 3", "start": D("2026-12-20")}
    added = rollout.execute(Add("task", {**new, "finish": D("2026-12-20")}))
    rollout.execute(Add("task", {"title": "Préparer la recette", "start": TODAY, "finish": TODAY}))
    found = moved(rollout)
    assert [m.id for m in found.reached] == [data]
    assert [(m.title, m.before) for m in found.added] == [("Recette de la vague 3", None)]
    assert found.removed == ("Clôture du projet",)
    assert (found.lines_added, found.lines_removed) == (2, 1)
    assert added


def test_decisions_done_taken_and_asked(rollout: Project) -> None:
    freeze(rollout, BEFORE)
    ids = dict(rollout.reader.select("SELECT code, id FROM decision"))
    rollout.execute(SetField("decision", ids["D-018"], "status", DecisionStatus.CLOSED))
    rollout.execute(SetField("decision", ids["D-022"], "status", DecisionStatus.VALIDATED))
    new = {"code": "D-024", "wording": "Ouvrir la vague 4", "owner": "H. Marchand"}
    rollout.execute(Add("decision", {**new, "due_on": D("2026-12-01")}))
    closed = {**new, "code": "D-025", "status": DecisionStatus.CLOSED}
    rollout.execute(Add("decision", {**closed, "due_on": D("2026-11-20")}))
    found = moved(rollout)
    assert sorted(d.code for d in found.done) == ["D-018", "D-025"]
    assert [d.code for d in found.taken] == ["D-022"]
    assert [d.code for d in found.asked] == ["D-024"]


def test_positions_are_counted_and_only_groups_of_five_named(rollout: Project) -> None:
    freeze(rollout, D("2026-10-22"))
    found = moved(rollout)
    # Direction (3 people) and one person left the allies too, without a name
    assert found.left == Crossed(3, ("Itinérants Sud",))
    assert found.risen == Crossed(1, ("Service client",))
    assert (found.joined, found.fallen) == (Crossed(0, ()), Crossed(0, ()))
    assert found.crossed == 4
    kept = str(engine.snapshot(rollout.reader, TODAY))
    assert "Marchand-60" not in kept
    assert "P-14" not in kept


def test_warnings_that_came_and_went(rollout: Project) -> None:
    freeze(rollout, BEFORE)
    ids = dict(rollout.reader.select("SELECT code, id FROM decision"))
    before = {w["rule"] for w in engine.snapshot(rollout.reader, BEFORE)["warnings"]}
    assert "overdue_decisions" in before
    rollout.execute(SetField("decision", ids["D-018"], "status", DecisionStatus.CLOSED))
    today = {w["rule"] for w in engine.snapshot(rollout.reader, TODAY)["warnings"]}
    found = moved(rollout)
    gone = next(w for w in found.warnings_gone if w.rule == "overdue_decisions")
    assert gone.title("en") == "One decision is past its date"
    assert gone.title("fr") == Translator("fr").ntr(
        "One decision is past its date", "{n} decisions are past their date", 1
    )
    assert {w.rule for w in found.warnings_new} == today - before
    rollout.undo()
    rollout.execute(SetField("decision", ids["D-021"], "due_on", D("2026-11-02")))
    later = moved(rollout)  # two are late now: still the same warning
    assert "overdue_decisions" not in {w.rule for w in later.warnings_new}
    assert "overdue_decisions" not in {w.rule for w in later.warnings_gone}


@pytest.mark.parametrize("document", [Document.MINUTES, Document.RISKS, Document.ACTIONS])
def test_only_reports_on_the_state_are_compared_with(rollout: Project, document: Document) -> None:
    freeze(rollout, D("2026-10-22"))
    freeze(rollout, BEFORE, document)
    assert moved(rollout).issue.number == 1


def test_a_correction_stands_for_what_it_corrects(rollout: Project) -> None:
    freeze(rollout, D("2026-10-22"))
    freeze(rollout, BEFORE)
    freeze(rollout, D("2026-11-15"), corrects=2)
    assert moved(rollout).issue.number == 3
    while_correcting = since(rollout.reader, TODAY, 3)
    assert while_correcting is not None
    assert while_correcting.issue.number == 1
