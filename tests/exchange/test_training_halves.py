"""Presence per half-day from lists: a column that names them, and the times of a meeting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.training_meeting import day_halves
from crm_pilot.exchange.training_sessions import connected, was_there
from crm_pilot.project import Add, Project
from crm_pilot.training import presence
from crm_pilot.training.commands import AddSession, Enrol, SetPresence
from crm_pilot.training.course_commands import SetHalves
from crm_pilot.training.halves import HalfDay, halves
from crm_pilot.training.presence import SetHalfPresence
from crm_pilot.training.terms import Half, Presence

DAY = dt.date(2026, 3, 12)
NEXT = dt.date(2026, 3, 13)
AM, PM = Half.MORNING, Half.AFTERNOON
TABLES = ("person", "course", "training_session", "session_half", "attendance", "half_presence")
CSV = (
    "Nom;Prénom;Formation;Date;Demi-journée;Durée;Présence\n"
    "Allain;Anouk;Bases;12/03/2026;Matin;3;oui\n"
    "Allain;Anouk;Bases;12/03/2026;Après-midi;3,5;non\n"
    "Bouvier;Marc;Bases;12/03/2026;matin (9h-12h);3;oui\n"
    "Bouvier;Marc;Bases;12/03/2026;APRES-MIDI;3,5;oui\n"
)
TEAMS = (
    "1. Summary\nMeeting title\tBases\n\n2. Participants\n"
    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
    "Anouk Allain\t3/12/26, 9:00:00 AM\t3/12/26, 12:31:00 PM\t3h 31m\t\tPresenter\n"
    "Marc Bouvier\t3/12/26, 9:05:00 AM\t3/12/26, 5:00:00 PM\t7h 55m\t\tAttendee\n"
    "Nina Neuve\t3/12/26, 2:02:00 PM\t3/12/26, 4:58:00 PM\t2h 56m\t\tAttendee\n"
    "Paul Petit\t3/12/26, 9:00:00 AM\t3/12/26, 1:10:00 PM\t4h 10m\t\tAttendee\n"
)


def plan(project: Project, tmp_path: Path, text: str) -> ImportPlan:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return exchange.plan_import("training", path, project.reader, language="fr")


def run(project: Project, tmp_path: Path, text: str) -> ImportPlan:
    found = plan(project, tmp_path, text)
    project.execute(exchange.apply_command(found))
    return found


def content(project: Project) -> list[Any]:
    return [project.reader.select(f"SELECT * FROM {table} ORDER BY id") for table in TABLES]


def seen(project: Project, session: int = 1) -> dict[str, str]:
    """Name → one letter a half-day."""
    sheet = presence.sheet(project.reader, session)
    return {row.name: "".join(one[0] for one in row.presences) for row in sheet.rows}


def test_a_column_of_half_days_makes_a_session_of_two(project: Project, tmp_path: Path) -> None:
    before = content(project)
    found = run(project, tmp_path, CSV)
    assert (found.ok, found.warnings) == (True, 0)
    assert (found.counts["sessions"], found.counts["new"]) == (1, 2)
    assert halves(project.reader)[1] == (
        HalfDay(DAY, AM, "09:00", 180),
        HalfDay(DAY, PM, "13:30", 210),
    )
    assert seen(project) == {"Anouk Allain": "pa", "Marc Bouvier": "pp"}
    assert project.reader.value("SELECT minutes FROM course") == 390
    # only what differs is written by half-day; the sum says present at one
    assert project.reader.select("SELECT DISTINCT attendance_id FROM half_presence") == [(1,)]
    assert project.reader.select("SELECT DISTINCT presence FROM attendance") == [("present",)]
    assert plan(project, tmp_path, CSV).changes.nothing
    project.undo()
    assert content(project) == before


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [("M", "AM", 0), ("AM", "PM", 0), ("Morning", "Afternoon", 0), ("AM", "AM", 2)],
)
def test_short_words_of_half_days(
    project: Project, tmp_path: Path, first: str, second: str, warned: int
) -> None:
    text = f"Nom;Formation;Date;Demi-journée;Présence\nA B;Bases;12/03/2026;{first};oui\n"
    found = run(project, tmp_path, text + f"A B;Bases;12/03/2026;{second};non\n")
    assert found.warnings == warned
    assert seen(project) == {"A B": "p" if warned else "pa"}


def test_an_afternoon_alone_begins_after_noon(project: Project, tmp_path: Path) -> None:
    run(project, tmp_path, "Nom;Formation;Date;Demi-journée\nA B;Bases;12/03/2026;après-midi\n")
    row = project.reader.one("SELECT begins, minutes FROM training_session")
    assert row == ("13:30", 210)
    assert [half.part for half in halves(project.reader)[1]] == [PM]
    assert project.reader.value("SELECT COUNT(*) FROM session_half") == 0


def two_days(project: Project) -> None:
    """A session of three half-days, the last on the next day, with Anouk and Marc."""
    for last, first in (("Allain", "Anouk"), ("Bouvier", "Marc")):
        project.execute(Add("person", {"last_name": last, "first_name": first}))
    project.execute(AddSession(DAY, course_title="Bases"))
    project.execute(
        SetHalves(
            1,
            (
                HalfDay(DAY, AM, "09:00", 210),
                HalfDay(DAY, PM, "14:00", 180),
                HalfDay(NEXT, AM, "09:00", 180),
            ),
        )
    )
    project.execute(Enrol(1, (1, 2)))


def test_rows_of_the_second_day_belong_to_the_same_session(
    project: Project, tmp_path: Path
) -> None:
    two_days(project)
    before = content(project)
    text = CSV + "Allain;Anouk;Bases;13/03/2026;Matin;3;oui\n"
    found = run(project, tmp_path, text)
    assert (found.counts["sessions"], found.counts["new"]) == (0, 0)
    assert seen(project) == {"Anouk Allain": "pap", "Marc Bouvier": "ppi"}
    project.undo()
    assert content(project) == before


def test_a_half_day_the_session_does_not_have_is_left_out(project: Project, tmp_path: Path) -> None:
    two_days(project)
    found = run(project, tmp_path, CSV + "Allain;Anouk;Bases;13/03/2026;Après-midi;3;oui\n")
    assert [(p.line, p.column) for p in found.problems] == [(6, "Demi-journée")]
    assert seen(project) == {"Anouk Allain": "pai", "Marc Bouvier": "ppi"}


def test_a_list_without_half_days_tells_the_whole_session(project: Project, tmp_path: Path) -> None:
    two_days(project)
    text = "Nom;Prénom;Formation;Date;Présence\nAllain;Anouk;Bases;12/03/2026;oui\n"
    run(project, tmp_path, text)
    assert seen(project) == {"Anouk Allain": "ppp", "Marc Bouvier": "iii"}


def test_what_was_typed_gives_way_only_to_what_the_file_says(
    project: Project, tmp_path: Path
) -> None:
    two_days(project)
    project.execute(SetPresence((1, 2), Presence.EXCUSED))
    project.execute(SetHalfPresence((1,), NEXT, AM, Presence.PRESENT))
    silent = "Nom;Prénom;Formation;Date;Demi-journée\nAllain;Anouk;Bases;12/03/2026;Matin\n"
    assert plan(project, tmp_path, silent).changes.nothing
    run(project, tmp_path, CSV)
    assert seen(project) == {"Anouk Allain": "pap", "Marc Bouvier": "ppe"}


def test_the_times_of_a_meeting_tell_its_half_days(project: Project, tmp_path: Path) -> None:
    before = content(project)
    found = run(project, tmp_path, TEAMS)
    assert (found.importer, found.counts["new"]) == ("teams", 4)
    assert halves(project.reader)[1] == (
        HalfDay(DAY, AM, "09:00", 240),
        HalfDay(DAY, PM, "13:00", 240),
    )
    assert seen(project) == {
        "Anouk Allain": "pa",
        "Marc Bouvier": "pp",
        "Nina Neuve": "ap",
        "Paul Petit": "pa",  # ten minutes of the afternoon are not enough
    }
    assert plan(project, tmp_path, TEAMS).changes.nothing
    project.undo()
    assert content(project) == before


def test_a_meeting_of_one_half_day_notes_who_joined_however_short(
    project: Project, tmp_path: Path
) -> None:
    text = TEAMS.replace("5:00:00 PM", "12:30:00 PM").replace("2:02:00 PM", "12:25:00 PM")
    run(project, tmp_path, text.replace("4:58:00 PM", "12:31:00 PM").replace("1:10:00", "1:00:00"))
    assert set(seen(project).values()) == {"p"}
    assert project.reader.value("SELECT COUNT(*) FROM session_half") == 0


def test_a_meeting_tells_only_the_half_days_it_was_held_on(
    project: Project, tmp_path: Path
) -> None:
    two_days(project)
    run(project, tmp_path, TEAMS)
    assert seen(project)["Anouk Allain"] == "pai"
    assert seen(project)["Nina Neuve"] == "api"  # the next day is still to be noted


def test_the_older_list_of_teams_pairs_joining_and_leaving(
    project: Project, tmp_path: Path
) -> None:
    text = (
        "Full Name\tUser Action\tTimestamp\n"
        "Anouk Allain\tJoined\t3/12/2026, 9:00:00 AM\n"
        "Anouk Allain\tLeft\t3/12/2026, 12:00:00 PM\n"
        "Marc Bouvier\tJoined before\t3/12/2026, 9:00:00 AM\n"
        "Marc Bouvier\tLeft\t3/12/2026, 12:00:00 PM\n"
        "Marc Bouvier\tJoined\t3/12/2026, 2:00:00 PM\n"
        "Nina Neuve\tJoined\t3/12/2026, 2:30:00 PM\n"
        "Nina Neuve\tLeft\t3/12/2026, 5:00:00 PM\n"
    )
    run(project, tmp_path, text)
    assert seen(project) == {"Anouk Allain": "pa", "Marc Bouvier": "pp", "Nina Neuve": "ap"}


def test_a_meeting_of_two_days_has_the_half_days_of_both(project: Project, tmp_path: Path) -> None:
    text = TEAMS + ("Anouk Allain\t3/13/26, 9:00:00 AM\t3/13/26, 11:00:00 AM\t2h\t\tPresenter\n")
    run(project, tmp_path, text)
    assert [(h.day, h.part, h.minutes) for h in halves(project.reader)[1]] == [
        (DAY, AM, 240),
        (DAY, PM, 240),
        (NEXT, AM, 120),
    ]
    assert seen(project)["Anouk Allain"] == "pap"
    assert seen(project)["Marc Bouvier"] == "ppa"


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("09:00", "12:30", [(AM, "09:00", 210)]),
        ("09:00", "17:00", [(AM, "09:00", 240), (PM, "13:00", 240)]),
        ("07:00", "13:00", [(AM, "07:00", 360)]),
        ("12:00", "18:30", [(PM, "12:00", 390)]),
    ],
)
def test_half_days_of_a_meeting(
    begin: str, end: str, expected: list[tuple[Half, str, int]]
) -> None:
    moments = [dt.datetime.combine(DAY, dt.time.fromisoformat(text)) for text in (begin, end)]
    found = day_halves(*moments)
    assert [(half.part, half.begins, half.minutes) for half in found] == expected


def test_minutes_connected_are_those_within_the_half_day() -> None:
    half = HalfDay(DAY, AM, "09:00", 20)
    at = [dt.datetime(2026, 3, 12, 9, minute) for minute in (0, 4, 6, 12)]
    assert connected([(at[0], at[1]), (at[2], at[3])], half) == 10
    assert was_there([(at[0], at[1]), (at[2], at[3])], half)  # half of it
    assert not was_there([(at[0], at[2])], half)
    assert connected([(at[0] - dt.timedelta(hours=2), at[0])], half) == 0
