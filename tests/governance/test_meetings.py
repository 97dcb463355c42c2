"""Committees as meetings: agenda, guests, the next one made from the last, one step each."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import meetings, rows
from crm_pilot.governance.meetings import (
    AddAgendaItem,
    AddParticipant,
    PlanNext,
    renumbered,
    rhythm,
)
from crm_pilot.governance.registers import AddCommittee
from crm_pilot.governance.terms import CommitteeKind, Presence
from crm_pilot.project import Add, Project, SetField, SetFields

D = dt.date.fromisoformat
FIRST, SECOND, THIRD = D("2026-09-24"), D("2026-10-22"), D("2026-11-26")
TABLES = ("committee", "agenda_item", "participant")


def content(project: Project) -> list[object]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def committee(project: Project, key: int) -> rows.CommitteeRow:
    found = meetings.committee(project.reader, key)
    assert found is not None
    return found


def held(project: Project) -> int:
    """Two committees four weeks apart, the second with agenda and guests."""
    project.execute(AddCommittee(FIRST))
    key: int = project.execute(AddCommittee(SECOND))
    facts = {"place": "Room 4", "starts_minute": 840, "minutes": 90}
    project.execute(SetFields("committee", key, facts))
    point = project.execute(AddAgendaItem(key, " Plan ", "J. Lemaire", 15))
    project.execute(AddAgendaItem(key, "Decisions of committee 1"))
    project.execute(SetField("agenda_item", point, "outcome", "Wave 2 is confirmed"))
    guest = project.execute(AddParticipant(key, "Helene Marchand", "sponsor"))
    project.execute(AddParticipant(key, "The works council"))
    project.execute(SetField("participant", guest, "presence", Presence.EXCUSED))
    return key


def test_agenda_and_participants_in_their_order(project: Project) -> None:
    person = project.execute(Add("person", {"first_name": "Hélène", "last_name": "Marchand"}))
    key = held(project)
    points = meetings.agenda(project.reader, key)
    assert [(p.position, p.title, p.presenter, p.minutes) for p in points] == [
        (0, "Plan", "J. Lemaire", 15),
        (1, "Decisions of committee 1", "", None),
    ]
    people = meetings.participants(project.reader, key)
    assert [(p.name, p.role, p.person_id, p.presence) for p in people] == [
        ("Helene Marchand", "sponsor", person, Presence.EXCUSED),
        ("The works council", "", None, Presence.INVITED),
    ]
    assert meetings.agenda(project.reader, 1) == meetings.participants(project.reader, 1) == ()


def test_the_next_committee_is_made_from_the_last(project: Project) -> None:
    held(project)
    before = content(project)
    key = project.execute(PlanNext())
    made = committee(project, key)
    assert (made.number, made.held_on) == (3, D("2026-11-19"))  # four weeks after, a Thursday too
    assert (made.place, made.starts_minute, made.minutes, made.note) == ("Room 4", 840, 90, "")
    points = meetings.agenda(project.reader, key)
    assert [(p.title, p.presenter, p.minutes, p.outcome) for p in points] == [
        ("Plan", "J. Lemaire", 15, ""),
        ("Decisions of committee 2", "", None, ""),
    ]
    people = meetings.participants(project.reader, key)
    assert [(p.name, p.presence) for p in people] == [
        ("Helene Marchand", Presence.INVITED),
        ("The works council", Presence.INVITED),
    ]
    after = content(project)
    project.undo()
    assert content(project) == before
    project.redo()
    assert content(project) == after


def test_a_committee_that_was_only_dated_does_not_empty_the_next(project: Project) -> None:
    held(project)
    project.execute(AddCommittee(THIRD))
    key = project.execute(PlanNext(held_on=D("2026-12-17")))
    assert committee(project, key).held_on == D("2026-12-17")
    assert len(meetings.participants(project.reader, key)) == 2
    assert len(meetings.agenda(project.reader, key)) == 2


def test_the_day_proposed_is_worked_and_not_past(project: Project) -> None:
    steering = CommitteeKind.STEERING
    assert meetings.proposed_day(project.reader, steering) is None
    project.execute(SetField("project", 1, "country", "FR"))
    project.execute(AddCommittee(D("2027-04-08")))
    # four weeks on is Ascension Day 2027, a Thursday
    assert meetings.proposed_day(project.reader, steering) == D("2027-05-07")
    assert committee(project, project.execute(PlanNext())).held_on == D("2027-05-07")
    project.undo()
    assert meetings.proposed_day(project.reader, steering, D("2027-06-01")) == D("2027-06-03")


def test_what_is_taken_over_is_told_before(project: Project) -> None:
    held(project)
    project.execute(AddCommittee(THIRD))
    guests, points = meetings.taken_over(project.reader, CommitteeKind.STEERING)
    assert [one.name for one in guests] == ["Helene Marchand", "The works council"]
    assert [one.title for one in points] == ["Plan", "Decisions of committee 1"]
    assert meetings.taken_over(project.reader, CommitteeKind.USERS) == ((), ())


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Suivi des décisions du COPIL n° 6", "Suivi des décisions du COPIL n° 7"),
        ("Suivi du COPIL n°\u202f6", "Suivi du COPIL n°\u202f7"),
        ("Follow-up of the decisions of committee 6", "Follow-up of the decisions of committee 7"),
        ("Ordre du jour du comité 7", "Ordre du jour du comité 8"),
        ("Bilan du COPIL 3", "Bilan du COPIL 3"),  # of another one
        ("La vague 6 en 7 points, plan 6", "La vague 6 en 7 points, plan 6"),
    ],
)
def test_a_point_that_names_the_committee_before_moves_on(title: str, made: str) -> None:
    assert renumbered(title, 7, 1) == made


def test_kinds_count_apart_and_are_copied_apart(project: Project) -> None:
    held(project)
    with pytest.raises(UserError, match="needs a date"):
        project.execute(PlanNext(CommitteeKind.PROJECT))
    key = project.execute(PlanNext(CommitteeKind.PROJECT, D("2026-11-03")))
    made = committee(project, key)
    assert (made.kind, made.number, made.place) == (CommitteeKind.PROJECT, 1, "")
    assert meetings.participants(project.reader, key) == ()
    again = committee(project, project.execute(PlanNext(CommitteeKind.PROJECT)))
    assert (again.number, again.held_on) == (2, D("2026-12-01"))
    # what compares with “the last committee” does not see them
    assert rows.last_committee(project.reader, D("2026-11-20")).held_on == SECOND  # type: ignore[union-attr]
    assert rows.next_committee(project.reader, D("2026-11-20")) is None


def test_the_rhythm_is_the_middle_of_the_last_gaps_in_weeks() -> None:
    days = [D(d) for d in ("2026-07-23", "2026-09-24", "2026-10-22", "2026-11-26", "2026-12-17")]
    assert rhythm(days) == 28  # gaps of 63, 28, 35 and 21 days
    assert rhythm(days[:1]) == rhythm([]) == 28
    assert rhythm([D("2026-11-10"), D("2026-11-10"), D("2026-11-17")]) == 7
    assert rhythm([D("2026-11-10"), D("2026-11-12")]) == 7  # never the same day again
    assert rhythm([D("2026-01-01"), *days[-2:]]) == 21  # of 329 and 21 days the lower middle


def test_nothing_is_added_without_words(project: Project) -> None:
    key = held(project)
    before = content(project)
    for command in (AddAgendaItem(key, "  "), AddParticipant(key, "")):
        with pytest.raises(UserError, match="a few words"):
            project.execute(command)
    assert content(project) == before
