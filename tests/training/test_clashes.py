"""Clashes: a healthy plan has none; each planted one is found, and nothing else."""

import datetime as dt

import pytest

from crm_pilot.i18n import Translator
from crm_pilot.people.terms import DayPart
from crm_pilot.project import Add, Project, Remove, SetField, SetFields
from crm_pilot.training import agenda
from crm_pilot.training.clashes import (
    Away,
    Clash,
    ClashKind,
    FreeDay,
    Planned,
    World,
    clashes,
    overlap,
    printable,
)
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import HalfDay, of_block
from crm_pilot.training.terms import Half, Presence

TUESDAY = dt.date(2026, 12, 8)
THURSDAY = dt.date(2026, 12, 10)
AM, PM = Half.MORNING, Half.AFTERNOON
Kind = ClashKind


@pytest.fixture
def healthy(project: Project) -> Project:
    """Two courses, A on Tuesday morning with 1 and 2, taught by 5; B that afternoon with 1 and 3,
    taught by “A. Roux”; A again on Thursday with 3. Everybody is there, every room is large."""
    run = project.execute
    for number in range(1, 7):
        run(Add("person", {"first_name": "P", "last_name": str(number)}))
    first = run(AddSession(TUESDAY, course_title="A", trainer_id=5, place="Lyon", seats=3))
    second = run(AddSession(TUESDAY, course_title="B", begins="14:00", trainer="A. Roux", seats=3))
    third = run(AddSession(THURSDAY, course_id=1, trainer="B. Petit", seats=3))
    run(Enrol(first, (1, 2)))
    run(Enrol(second, (1, 3)))
    run(Enrol(third, (3,)))
    return project


def found(project: Project) -> list[tuple[int, ClashKind, int | None, int | None]]:
    return [
        (one.session_id, one.kind, one.person_id, one.other_id)
        for some in agenda.clashes(project.reader).values()
        for one in some
    ]


def said(project: Project, session: int) -> list[str]:
    return [text(one) for one in agenda.clashes(project.reader).get(session, ())]


def text(clash: Clash) -> str:
    return Translator("en").show(clash.what).replace("\u00a0", " ")


def absent(project: Project, person: int, part: DayPart = DayPart.DAY, days: int = 0) -> None:
    last = TUESDAY + dt.timedelta(days=days)
    values = {"person_id": person, "first": TUESDAY, "last": last, "part": part}
    project.execute(Add("absence", values))


def test_a_healthy_plan_has_no_clash(healthy: Project) -> None:
    assert found(healthy) == []
    assert agenda.printable(healthy.reader, 1) == ()


def test_a_public_holiday(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 3, "held_on", dt.date(2026, 12, 25)))
    assert found(healthy) == [(3, Kind.HOLIDAY, None, None)]
    assert said(healthy, 3) == ["25 Dec is a public holiday."]


def test_a_weekend(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 3, "held_on", dt.date(2026, 12, 12)))
    assert found(healthy) == [(3, Kind.WEEKEND, None, None)]
    assert said(healthy, 3) == ["12 Dec is not a working day."]


def test_a_closure_with_its_name(healthy: Project) -> None:
    calendar = healthy.execute(Add("calendar", {"name": "Ours", "country": "FR"}))
    closed = {"calendar_id": calendar, "first": THURSDAY, "last": THURSDAY, "name": "Stocktaking"}
    healthy.execute(Add("calendar_exception", closed))
    assert found(healthy) == []  # not the calendar of the project yet
    healthy.execute(SetField("project", 1, "calendar_id", calendar))
    assert found(healthy) == [(3, Kind.CLOSURE, None, None)]
    assert said(healthy, 3) == ["The company is closed on 10 Dec: Stocktaking."]


def test_a_trainee_who_is_away(healthy: Project) -> None:
    absent(healthy, 2)
    assert found(healthy) == [(1, Kind.TRAINEE_ABSENT, 2, None)]
    assert said(healthy, 1) == ["P 2 is away on 8 Dec in the morning."]


def test_half_a_day_away_clashes_with_that_half_only(healthy: Project) -> None:
    absent(healthy, 1, DayPart.AFTERNOON)
    assert found(healthy) == [(2, Kind.TRAINEE_ABSENT, 1, None)]


def test_a_trainer_who_is_away(healthy: Project) -> None:
    absent(healthy, 5, DayPart.MORNING, days=4)
    assert found(healthy) == [(1, Kind.TRAINER_ABSENT, 5, None)]


def test_somebody_who_does_not_work_on_that_weekday(healthy: Project) -> None:
    part_time = healthy.execute(Add("calendar", {"name": "Part-time", "week": '{"3": []}'}))
    healthy.execute(SetField("person", 3, "calendar_id", part_time))
    assert found(healthy) == [(3, Kind.TRAINEE_ABSENT, 3, None)]


def test_a_trainee_in_two_sessions_at_a_time(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 2, "begins", "10:30"))
    assert sorted(found(healthy)) == [
        (1, Kind.TRAINEE_TWICE, 1, 2),
        (2, Kind.TRAINEE_TWICE, 1, 1),
    ]
    assert said(healthy, 1) == ["P 1 is in “B” on 8 Dec in the morning too."]


def test_sessions_one_after_the_other_do_not_clash(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 2, "begins", "12:30"))
    assert found(healthy) == []
    healthy.execute(SetField("training_session", 2, "begins", "12:29"))
    assert len(found(healthy)) == 2


def test_a_trainer_in_two_sessions_by_person_by_name_or_both(healthy: Project) -> None:
    healthy.execute(Remove("attendance", (1,)))  # person 1 would be twice as well
    move = {"held_on": TUESDAY, "begins": "09:00"}
    healthy.execute(SetFields("training_session", 2, {**move, "trainer_id": 5}))
    twice = [(1, Kind.TRAINER_TWICE, 5, 2), (2, Kind.TRAINER_TWICE, 5, 1)]
    assert sorted(found(healthy)) == twice
    assert said(healthy, 2) == ["P 5 teaches “A” on 8 Dec in the morning too."]
    healthy.execute(SetFields("training_session", 2, {"trainer_id": None, "trainer": "p  5"}))
    assert sorted(found(healthy)) == twice
    healthy.execute(SetFields("training_session", 1, {"trainer_id": None, "trainer": "P 5"}))
    assert [(s, k) for s, k, _p, _o in sorted(found(healthy))] == [
        (1, Kind.TRAINER_TWICE),
        (2, Kind.TRAINER_TWICE),
    ]
    healthy.execute(SetField("training_session", 1, "trainer", ""))
    assert found(healthy) == []


def test_a_trainer_who_is_a_trainee_at_the_time(healthy: Project) -> None:
    healthy.execute(Enrol(2, (5,)))
    assert found(healthy) == []
    healthy.execute(Remove("attendance", (1,)))
    healthy.execute(SetField("training_session", 2, "begins", "09:00"))
    assert sorted(found(healthy)) == [
        (1, Kind.TRAINER_TWICE, 5, 2),
        (2, Kind.TRAINEE_TWICE, 5, 1),
    ]


def test_more_people_than_seats(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 1, "seats", 1))
    assert found(healthy) == [(1, Kind.SEATS, None, None)]
    assert said(healthy, 1) == ["Enrolled: 2; seats: 1."]
    healthy.execute(SetPresence((2,), Presence.EXCUSED))
    assert found(healthy) == []


def test_a_session_typed_twice(healthy: Project) -> None:
    again = {"course_id": 1, "held_on": THURSDAY, "place": "Lyon", "seats": 3}
    healthy.execute(Add("training_session", again))
    assert sorted(found(healthy)) == [
        (3, Kind.DUPLICATE, None, 4),
        (4, Kind.DUPLICATE, None, 3),
    ]
    healthy.execute(SetField("training_session", 4, "trainer", "C. Blanc"))  # another group
    assert found(healthy) == []


def test_somebody_enrolled_twice_in_a_course(healthy: Project) -> None:
    healthy.execute(Enrol(3, (2,)))
    assert found(healthy) == [(3, Kind.DUPLICATE, 2, 1)]
    assert said(healthy, 3) == ["P 2 is enrolled in “A” on 8 Dec already."]
    healthy.execute(SetPresence((2,), Presence.PRESENT))  # came on Tuesday: comes again
    assert found(healthy) == []


def test_the_second_day_of_a_session_clashes_too(healthy: Project) -> None:
    days = (
        HalfDay(TUESDAY, AM, "09:00", 210),
        HalfDay(THURSDAY, PM, "14:00", 210),
    )
    healthy.execute(SetHalves(1, days))
    values = {"person_id": 2, "first": THURSDAY, "last": THURSDAY, "part": DayPart.AFTERNOON}
    healthy.execute(Add("absence", values))
    assert found(healthy) == [(1, Kind.TRAINEE_ABSENT, 2, None)]
    assert said(healthy, 1) == ["P 2 is away on 10 Dec in the afternoon."]


def test_a_sheet_needs_a_trainer_and_no_clash_but_not_one_session_only(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 3, "trainer", " "))
    assert [one.kind for one in agenda.printable(healthy.reader, 3)] == [Kind.NO_TRAINER]
    assert found(healthy) == []  # to be named until the sheet is printed
    healthy.execute(Enrol(3, (2,)))
    healthy.execute(SetField("training_session", 3, "trainer", "B. Petit"))
    assert agenda.printable(healthy.reader, 3) == ()  # enrolled twice: the sheet is good
    healthy.execute(SetField("training_session", 3, "seats", 1))
    assert [one.kind for one in agenda.printable(healthy.reader, 3)] == [Kind.SEATS]
    assert agenda.printable(healthy.reader, 99) == ()


def test_the_rules_need_no_file() -> None:
    half = of_block(TUESDAY, "09:00", 210)
    one = Planned(1, 1, "A", half, "", "", None, 1, (7,), frozenset({7}))
    world = World({7: "Ada"}, {7: (Away(TUESDAY, TUESDAY),)}, {TUESDAY: FreeDay(Kind.CLOSURE)})
    made = clashes([one], world)[1]
    assert [clash.kind for clash in made] == [Kind.CLOSURE, Kind.TRAINEE_ABSENT]
    assert text(made[0]) == "The company is closed on 8 Dec."
    assert made[0].day == TUESDAY
    kinds = [clash.kind for clash in printable(one, made)]
    assert kinds == [Kind.CLOSURE, Kind.TRAINEE_ABSENT, Kind.NO_TRAINER]
    assert Clash(1, Kind.SEATS, made[0].what).day is None


@pytest.mark.parametrize(
    ("begins", "meets"), [("09:00", True), ("12:00", True), ("12:30", False), ("14:00", False)]
)
def test_half_days_overlap_by_their_hours(begins: str, meets: bool) -> None:
    one, other = HalfDay(TUESDAY, AM, "09:00", 210), HalfDay(TUESDAY, PM, begins, 60)
    assert overlap(one, other) is meets
    assert overlap(other, one) is meets
    assert not overlap(one, HalfDay(THURSDAY, AM, "09:00", 210))


def test_two_groups_of_a_course_at_a_time_are_one_clash_a_person(healthy: Project) -> None:
    healthy.execute(SetField("training_session", 3, "held_on", TUESDAY))
    healthy.execute(Enrol(3, (2,)))
    assert sorted(found(healthy)) == [
        (1, Kind.TRAINEE_TWICE, 2, 3),
        (3, Kind.TRAINEE_TWICE, 2, 1),
    ]
