"""iCalendar in and out: our own files read back the same, others are right or refused in words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange import calendar_read
from crm_pilot.exchange.calendar_names import project_identity
from crm_pilot.exchange.calendar_sessions import project_zone, session_calendars
from crm_pilot.exchange.calendar_write import CalendarSession, Invited, calendar_bytes
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.plan import ImportPlan, Problems, Watch
from crm_pilot.exchange.sessions_planned import Block
from crm_pilot.figures_parts import Level
from crm_pilot.project import Add, Project, SetField
from crm_pilot.training.halves import halves
from crm_pilot.training.presence import SetHalfPresence
from crm_pilot.training.terms import Half, Presence

PARIS = ZoneInfo("Europe/Paris")
MADE = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
D = dt.date


def plan(project: Project, path: Path) -> ImportPlan:
    return exchange.plan_import("calendar", path, project.reader, language="en")


def apply(project: Project, found: ImportPlan) -> None:
    project.execute(exchange.apply_command(found))


def calendar(tmp_path: Path, *events: str, name: str = "c.ics") -> Path:
    path = tmp_path / name
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""])
    path.write_text(text, "utf-8", newline="")
    return path


def event(summary: str, *lines: str) -> str:
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{summary}@x", f"SUMMARY:{summary}", *lines, "END:VEVENT"]
    )


@pytest.fixture
def course(project: Project) -> int:
    return int(project.execute(Add("course", {"title": "Prise en main", "minutes": 210})))


def sessions(project: Project) -> list[tuple[Any, ...]]:
    return project.reader.select(
        "SELECT held_on, begins, minutes, place FROM training_session ORDER BY held_on, begins"
    )


# what counts, and when ------------------------------------------------------------------------


def test_only_events_that_name_a_course_count(
    project: Project, course: int, tmp_path: Path
) -> None:
    path = calendar(
        tmp_path,
        event("Formation Prise en main, groupe 2", "DTSTART:20270112T080000Z",
              "DTEND:20270112T113000Z", "LOCATION:Salle Rhône"),
        event("Dentiste", "DTSTART:20270113T080000Z", "DTEND:20270113T090000Z"),
        event("Prise en main", "DTSTART:20270114T080000Z", "DTEND:20270114T113000Z",
              "STATUS:CANCELLED"),
    )  # fmt: skip
    found = plan(project, path)
    assert found.counts["new"] == 1
    assert (found.counts["left_out"], found.counts["cancelled"]) == (1, 1)
    assert all("Dentiste" not in cell for row in found.preview for cell in row)
    apply(project, found)
    assert sessions(project) == [("2027-01-12", "09:00", 210, "Salle Rhône")]
    assert "Dentiste" not in str(project.reader.select("SELECT * FROM import_batch"))
    project.undo()
    assert sessions(project) == []
    project.redo()
    assert plan(project, path).changes.nothing


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # clocks of another zone, of UTC, of none
        (("DTSTART;TZID=America/New_York:20270112T090000", "DURATION:PT2H"), ("15:00", 120)),
        (("DTSTART:20270712T070000Z", "DTEND:20270712T100000Z"), ("09:00", 180)),
        (("DTSTART:20270112T140000", "DTEND:20270112T170000"), ("14:00", 180)),
        # a whole day is two half-days of three hours and a half
        (("DTSTART;VALUE=DATE:20270112",), ("09:00", 420)),
        # nine to five holds an hour of break
        (("DTSTART;TZID=Europe/Paris:20270112T090000", "DTEND;TZID=Europe/Paris:20270112T170000"),
         ("09:00", 420)),
    ],
)  # fmt: skip
def test_clocks_become_those_of_the_project(
    project: Project, course: int, tmp_path: Path, lines: tuple[str, ...], expected: tuple[str, int]
) -> None:
    project.execute(SetField("project", 1, "country", "FR"))
    apply(project, plan(project, calendar(tmp_path, event("Prise en main", *lines))))
    assert [row[1:3] for row in sessions(project)] == [expected]


def test_a_recurring_event_is_a_session_an_occurrence(
    project: Project, course: int, tmp_path: Path
) -> None:
    path = calendar(
        tmp_path,
        event("Prise en main", "DTSTART;TZID=Europe/Paris:20261020T090000", "DURATION:PT3H",
              "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Paris:20261103T090000"),
    )  # fmt: skip
    project.execute(SetField("project", 1, "country", "FR"))
    apply(project, plan(project, path))
    # nine o'clock on both sides of the change of the clocks
    assert [row[:2] for row in sessions(project)] == [
        ("2026-10-20", "09:00"), ("2026-10-27", "09:00"), ("2026-11-10", "09:00")
    ]  # fmt: skip


def test_guests_who_are_known_are_enrolled(project: Project, course: int, tmp_path: Path) -> None:
    anne = project.execute(
        Add("person", {"first_name": "Anne", "last_name": "Roy", "email": "a.roy@example.com"})
    )
    luc = project.execute(Add("person", {"first_name": "Luc", "last_name": "Petit"}))
    path = calendar(
        tmp_path,
        event("Prise en main", "DTSTART:20270112T080000Z", "DURATION:PT3H",
              "ATTENDEE;CN=Roy Anne:mailto:A.ROY@example.com",
              "ATTENDEE;CN=\"Petit, Luc\";PARTSTAT=DECLINED:mailto:luc@elsewhere.org",
              "ATTENDEE;CN=Salle Rhône;CUTYPE=ROOM:mailto:rhone@example.com",
              "ATTENDEE:mailto:nobody@example.com"),
    )  # fmt: skip
    found = plan(project, path)
    assert found.counts["unknown"] == 1
    assert [problem.value for problem in found.problems] == ["nobody@example.com"]
    apply(project, found)
    enrolled = dict(project.reader.select("SELECT person_id, presence FROM attendance"))
    assert enrolled == {anne: "invited", luc: "excused"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("DTEND:20270112T090000Z",), "no begin"),
        (("DTSTART:20270112T090000Z", "DTEND:20270112T080000Z"), "ends before it begins"),
    ],
)
def test_an_event_that_cannot_be_is_named(
    project: Project, course: int, tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    found = plan(project, calendar(tmp_path, event("Prise en main", *lines)))
    assert not found.ok
    assert said in found.problems[0].sentence.english()
    with pytest.raises(UserError, match="Nothing was imported"):
        exchange.apply_command(found)


def test_a_calendar_without_a_course_says_which_there_are(
    project: Project, course: int, tmp_path: Path
) -> None:
    found = plan(project, calendar(tmp_path, event("Dentiste", "DTSTART:20270113T080000Z")))
    assert "Prise en main" in found.problems[0].sentence.english()
    assert "Dentiste" not in found.problems[0].sentence.english()


# out, and in again ----------------------------------------------------------------------------


def filled(project: Project, course: int) -> int:
    person = project.execute(
        Add("person", {"first_name": "Anne", "last_name": "Roy", "email": "a.roy@example.com"})
    )
    key = project.execute(
        Add(
            "training_session",
            {"course_id": course, "held_on": D(2027, 1, 12), "begins": "09:00", "minutes": 420,
             "place": "Salle Rhône; 2e", "trainer": "N. Petit"},
        )
    )  # fmt: skip
    project.execute(Add("attendance", {"session_id": key, "person_id": person}))
    return int(key)


def test_one_file_a_session_with_its_time_zone(project: Project, course: int) -> None:
    import icalendar

    project.execute(SetField("project", 1, "country", "FR"))
    key = filled(project, course)
    (one,) = session_calendars(project.reader, [key], language="fr", level=Level.OWN, made=MADE)
    assert one.name == f"2027-01-12-prise-en-main-{key}.ics"
    read = icalendar.Calendar.from_ical(one.content)
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == ["Europe/Paris"]
    events = read.walk("VEVENT")
    assert [str(e.decoded("DTSTART").timetz())[:5] for e in events] == ["09:00", "13:30"]
    assert sum((e.decoded("DTEND") - e.decoded("DTSTART") for e in events), dt.timedelta()) == (
        dt.timedelta(minutes=420)
    )
    assert all(str(e["ATTENDEE"]) == "mailto:a.roy@example.com" for e in events)
    assert all(len(line) <= 75 for line in one.content.split(b"\r\n"))


def test_the_committee_level_names_nobody(project: Project, course: int) -> None:
    filled(project, course)
    (one,) = session_calendars(
        project.reader, None, language="fr", level=Level.COMMITTEE, made=MADE
    )
    for name in (b"Roy", b"roy@", b"Petit"):
        assert name not in one.content


def test_our_own_file_moves_the_session_it_was_made_of(
    project: Project, course: int, tmp_path: Path
) -> None:
    project.execute(SetField("project", 1, "country", "FR"))
    key = filled(project, course)
    (one,) = session_calendars(project.reader, [key], language="fr", level=Level.OWN, made=MADE)
    path = tmp_path / one.name
    path.write_bytes(one.content)
    assert plan(project, path).changes.nothing
    attendance = project.reader.value("SELECT id FROM attendance")
    for part, presence in ((Half.MORNING, Presence.PRESENT), (Half.AFTERNOON, Presence.ABSENT)):
        project.execute(SetHalfPresence((attendance,), D(2027, 1, 12), part, presence))
    path.write_bytes(one.content.replace(b"20270112T", b"20270119T"))
    found = plan(project, path)
    assert (found.counts["new"], found.counts["changed"]) == (0, 1)
    apply(project, found)
    assert sessions(project)[0][:3] == ("2027-01-19", "09:00", 420)
    assert {half.day for half in halves(project.reader)[key]} == {D(2027, 1, 19)}
    typed = project.reader.select("SELECT day, part, presence FROM half_presence ORDER BY part")
    assert typed == [("2027-01-19", "afternoon", "absent"), ("2027-01-19", "morning", "present")]
    project.undo()
    assert {half.day for half in halves(project.reader)[key]} == {D(2027, 1, 12)}


def test_a_zone_that_is_none_is_told(project: Project) -> None:
    project.execute(SetField("project", 1, "time_zone", "Europe/Nowhere"))
    with pytest.raises(UserError, match="no time zone"):
        project_zone(project.reader)


def test_a_session_that_is_not_there_is_told(project: Project) -> None:
    with pytest.raises(UserError, match="no training session No"):
        session_calendars(project.reader, [7], language="en", level=Level.OWN, made=MADE)


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(D(2020, 1, 1), D(2034, 12, 31)),
    hour=st.integers(7, 18),
    minutes=st.integers(15, 300),
    title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=3),
    zone=st.sampled_from(["Europe/Paris", "America/Guadeloupe", "Asia/Kolkata", "UTC"]),
)
def test_what_is_written_reads_back(
    day: dt.date, hour: int, minutes: int, title: str, zone: str, tmp_path_factory: Any
) -> None:
    shown = " ".join(title.split())
    minutes = min(minutes, 24 * 60 - hour * 60)
    block = Block(day, f"{hour:02d}:00", minutes)
    project = project_identity("Trial")
    made = CalendarSession(7, title, [block], invited=[Invited("Anne, Roy", "a@b.org")])
    path = tmp_path_factory.mktemp("ics") / "c.ics"
    where = ZoneInfo(zone)
    path.write_bytes(calendar_bytes([made], project=project, zone=where, language="fr", made=MADE))
    problems = Problems()
    found = calendar_read.read_calendar(path, [], project, where, problems, Watch())
    assert not problems.errors
    (one,) = found.sessions
    assert (one.number, one.blocks) == (7, [block])
    assert one.course == shown
    assert [guest.email for guest in one.guests] == ["a@b.org"]


# files nobody here wrote ----------------------------------------------------------------------


def test_no_calendar_of_the_corpus_makes_a_traceback(
    corpus: Path, project: Project, course: int
) -> None:
    files = sorted(corpus.glob("ics-*/*.ics"))
    assert len(files) > 60
    refused = 0
    for path in files:
        try:
            found = plan(project, path)
        except UserError:
            refused += 1
        else:
            assert found.changes.command is None or found.ok
    assert refused < len(files) / 2


def test_the_events_of_the_corpus_are_counted_as_others_count_them(corpus: Path) -> None:
    folder = corpus / "ics-icalendar"
    expected = json.loads((folder / "EXPECTED.json").read_text("utf-8"))
    compared = 0
    for name, counts in expected.items():
        if not counts.get("VEVENT"):
            continue
        titles = {calendar_read._text(e, "SUMMARY") for e in calendar_read._events(folder / name)}
        found = calendar_read.read_calendar(folder / name, titles, "x", PARIS, Problems(), Watch())
        assert found.events == counts["VEVENT"], name
        compared += 1
    assert compared > 30


@pytest.mark.parametrize(
    "content", [b"", b"\0\0\0", b"BEGIN:VCALENDAR", b"hello;world\n1;2\n", b"\xff" * 400]
)
def test_what_is_no_calendar_is_refused_in_words(
    project: Project, course: int, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(content)
    with pytest.raises(UserError, match="Nothing was imported"):
        plan(project, path)
    assert guess_kind(path) == "calendar"
