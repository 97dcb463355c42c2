"""Plan files in the project: taken over as one step with their dates, and written out again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange, i18n
from crm_pilot.errors import UserError
from crm_pilot.exchange import plan_rows
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.exchange.mspdi_write import mspdi_bytes, write_mspdi
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.plan_formats import read_plan
from crm_pilot.exchange.plan_from_project import document_of
from crm_pilot.exchange.plan_people import split_name
from crm_pilot.figures import Level
from crm_pilot.people.terms import DayPart
from crm_pilot.planning import queries
from crm_pilot.planning.commands import AddTask
from crm_pilot.planning.document import (
    DocAssignment,
    DocBaseline,
    DocCalendar,
    DocException,
    DocLink,
    DocResource,
    DocTask,
    DocWeek,
    PlanDocument,
)
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode, TaskKind
from crm_pilot.project import Add, Project

WEEK = (((480, 720), (780, 1020)),) * 5 + ((), ())
MONDAY = dt.datetime(2026, 1, 5, 8)
STANDARD = DocCalendar(1, "Standard", WEEK)


def document(*tasks: DocTask, **others: Any) -> PlanDocument:
    """A plan that begins on a Monday and knows no holidays."""
    given: dict[str, Any] = {"calendars": (STANDARD,), "calendar": 1, "start": MONDAY, **others}
    return PlanDocument(tasks=tasks, source="mspdi", **given)


def task(uid: int, name: str, days: float = 1, **others: Any) -> DocTask:
    """A task of some days."""
    return DocTask(uid, name, duration=round(days * 480), duration_unit="d", **others)


def planned(project: Project, path: Path, how: str = "") -> ImportPlan:
    """The checked plan."""
    mapping = {"@plan": how} if how else None
    return exchange.plan_import("plan", path, project.reader, language="en", mapping=mapping)


def take(project: Project, path: Path, how: str = "") -> ImportPlan:
    """Import a file."""
    plan = planned(project, path, how)
    assert plan.ok, [i18n.show(p.sentence) for p in plan.problems]
    project.execute(exchange.apply_command(plan))
    return plan


@pytest.fixture
def written(tmp_path: Path) -> Callable[[PlanDocument], Path]:
    """Writes a document to a file."""

    def write(made: PlanDocument, name: str = "Roll-out.xml") -> Path:
        path = tmp_path / name
        write_mspdi(made, path)
        return path

    return write


def person(project: Project, first: str, last: str, **values: str) -> int:
    """Somebody the project knows."""
    row = {"first_name": first, "last_name": last, **values}
    key: int = project.execute(Add("person", row))
    return key


def lines(project: Project) -> dict[str, TaskRow]:
    """Lines by title."""
    return {row.title: row for row in queries.tasks(project.reader)}


def told(plan: ImportPlan) -> list[str]:
    """Everything that is said of a plan."""
    return [i18n.show(m) for m in plan.summary] + [i18n.show(p.sentence) for p in plan.problems]


# the corpus ----------------------------------------------------------------------------------


def corpus_files(corpus: Path) -> Iterator[Path]:
    """Files that hold tasks."""
    for folder in ("mpxj-mspdi", "ganttproject", "mpxj-planner"):
        for path in sorted((corpus / folder).iterdir()):
            if path.suffix == ".json" or path.name == "resource-rates-test.xml":
                continue
            if read_plan(path).tasks:
                yield path


def test_every_plan_of_the_corpus_keeps_its_dates_there_and_back(
    corpus: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    files = count = 0
    for path in corpus_files(corpus):
        made = read_plan(path)
        rows = plan_rows.rows_of(made, "en", begins=True)
        moved = [t.name for t, _ in plan_rows.differing(made, rows)]
        with Project.create(name="In", language="en", country="FR") as project:
            take(project, path)
            there = queries.tasks(project.reader)
            out = tmp_path / "out.xml"
            write_mspdi(_own(project), out)
            assert read_mspdi(out) == _own(project), path.name
            project.undo()
            assert queries.tasks(project.reader) == []
        assert [row.title for row in there] == [t.name or "New task" for t in made.tasks]
        assert moved == [], path.name
        _same_dates(path.name, made, there)
        with Project.create(name="Back", language="en", country="FR") as project:
            take(project, out)
            assert [_seen(row) for row in queries.tasks(project.reader)] == [
                _seen(row) for row in there
            ], path.name
        files, count = files + 1, count + len(there)
    record_property(
        "printed", f"Plan files in, out and in again: {files} files, {count} lines same"
    )
    assert files == 44


def _own(project: Project) -> PlanDocument:
    today = dt.date(2026, 1, 1)
    return document_of(project.reader, level=Level.OWN, language="en", today=today)


def _same_dates(name: str, made: PlanDocument, rows: list[TaskRow]) -> None:
    """Dates of the file, but for the end of a day and the begin of the next being the same."""
    for found, row in zip(made.tasks, rows, strict=True):
        if row.kind is TaskKind.PHASE or found.start is None or found.finish is None:
            continue
        begin, end = found.start.date(), found.finish.date()
        if row.kind is TaskKind.MILESTONE:
            assert row.start is not None
            assert abs((row.start - begin).days) <= 3, (name, row.title)
            continue
        assert row.start == begin, (name, row.title)
        at_dawn = found.finish.time() <= dt.time(8)
        assert row.finish == end or (at_dawn and row.finish < end), (name, row.title)


def _seen(row: TaskRow) -> tuple[Any, ...]:
    return (row.title, row.kind, row.start, row.start_minute, row.finish, row.finish_minute,
            row.duration, row.mode, row.constraint_kind, row.constraint_at, row.percent,
            row.deadline_at, row.note, row.active, row.elapsed)  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_demonstration_goes_out_and_comes_back(
    language: str, demo_files: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "demo.crmp"
    shutil.copy(demo_files[language], copy)
    with Project.open(copy, read_only=True) as project:
        made = document_of(
            project.reader, level=Level.OWN, language=language, today=project.today()
        )
        there = {row.title: row for row in queries.tasks(project.reader)}
        links = len(queries.links(project.reader))
    path = tmp_path / "demo.xml"
    write_mspdi(made, path)
    assert read_mspdi(path) == made
    with Project.create(name="Back", language=language, country="BE") as project:
        plan = take(project, path)
        back = {row.title: row for row in queries.tasks(project.reader)}
        assert back.keys() == there.keys()
        assert {t: _seen(r) for t, r in back.items()} == {t: _seen(r) for t, r in there.items()}
        assert len(queries.links(project.reader)) == links
        assert project.reader.value("SELECT count(*) FROM baseline") == 1
        assert plan.warnings == 0


# what comes over -----------------------------------------------------------------------------


def test_lines_links_and_constraints(project: Project, written: Callable[..., Path]) -> None:
    at = dt.datetime(2026, 2, 3, 17)
    made = document(
        DocTask(1, "Phase"),
        task(2, "Build", 2, parent=1, note=" Two\nlines ", deadline=at),
        task(3, "Test", 0.5, parent=1, constraint=ConstraintKind.SNET,
             constraint_at=dt.datetime(2026, 1, 20, 13)),
        task(4, "Go-live", 0, parent=1, milestone=True),
        task(5, "By hand", 1, manual=True, start=dt.datetime(2026, 3, 2, 8),
             finish=dt.datetime(2026, 3, 2, 17)),
        task(6, "Off", 1, active=False),
        DocTask(7, "Weekend", duration=2880, elapsed=True, duration_unit="d"),
        links=(
            DocLink(2, 3, LinkKind.SS, 480),
            DocLink(3, 4),
            DocLink(4, 7, LinkKind.FS, 50, LagUnit.PERCENT),
        ),
    )  # fmt: skip
    plan = take(project, written(made))
    found = lines(project)
    assert [(r.title, r.kind) for r in queries.tasks(project.reader)][:3] == [
        ("Phase", TaskKind.PHASE), ("Build", TaskKind.TASK), ("Test", TaskKind.TASK)]  # fmt: skip
    assert (found["Build"].start, found["Build"].finish) == (
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 6),
    )
    assert (found["Build"].constraint_kind, found["Build"].note) == (
        ConstraintKind.ASAP,
        "Two\nlines",
    )
    assert found["Build"].deadline_at == at
    assert (found["Test"].start, found["Test"].start_minute) == (dt.date(2026, 1, 20), 780)
    assert found["Go-live"].kind is TaskKind.MILESTONE
    assert (found["By hand"].mode, found["By hand"].start) == (Mode.MANUAL, dt.date(2026, 3, 2))
    assert not found["Off"].active
    assert (found["Weekend"].elapsed, found["Weekend"].duration) == (True, 2880)
    kinds = {(x.kind, x.lag, x.lag_unit) for x in queries.links(project.reader)}
    assert kinds == {
        (LinkKind.SS, 480, LagUnit.WORKING),
        (LinkKind.FS, 0, LagUnit.WORKING),
        (LinkKind.FS, 50, LagUnit.PERCENT),
    }
    assert "The plan of the project is empty: this one becomes its plan." in told(plan)
    assert project.reader.one("SELECT kind, rows_kept FROM import_batch") == ("plan", 7)


def test_progress_and_actual_dates(project: Project, written: Callable[..., Path]) -> None:
    made = document(
        task(1, "Done", 2, percent=100, actual_start=MONDAY,
             actual_finish=dt.datetime(2026, 1, 6, 17)),
        task(2, "Begun", 4, percent=25, actual_start=dt.datetime(2026, 1, 7, 8)),
        links=(DocLink(1, 2),),
    )  # fmt: skip
    take(project, written(made))
    found = lines(project)
    assert (found["Done"].percent, found["Done"].actual_finish) == (
        100,
        dt.datetime(2026, 1, 6, 17),
    )
    assert (found["Begun"].percent, found["Begun"].finish) == (25, dt.date(2026, 1, 12))


def test_the_project_works_by_the_calendar_of_the_file(
    project: Project, written: Callable[..., Path]
) -> None:
    closed = DocException(dt.date(2026, 1, 6), dt.date(2026, 1, 7), (), "Inventory")
    half = DocException(dt.date(2026, 1, 8), dt.date(2026, 1, 8), ((480, 720),), "Half")
    own = DocCalendar(1, "Works", WEEK, exceptions=(closed, half))
    night = DocCalendar(2, "Night", (((1320, 1440),),) * 7)
    made = document(
        task(1, "A", 2), task(2, "B", 0.25, calendar=2), calendars=(own, night), day_minutes=450
    )
    plan = take(project, written(made))
    found = lines(project)
    assert (found["A"].finish, found["A"].finish_minute) == (dt.date(2026, 1, 9), 720)
    assert (found["B"].start, found["B"].start_minute) == (dt.date(2026, 1, 5), None)
    assert found["B"].calendar_id is not None
    assert project.reader.value("SELECT name FROM calendar WHERE id ="
                                " (SELECT calendar_id FROM project)") == "Works"  # fmt: skip
    assert project.reader.value("SELECT day_minutes FROM project") == 450
    assert project.reader.value("SELECT starts_on FROM project") == "2026-01-05"
    assert "2 calendars: Night, Works" in told(plan)
    project.undo()
    assert project.reader.value("SELECT count(*) FROM calendar") == 0
    assert project.reader.value("SELECT calendar_id FROM project") is None


def test_other_weeks_become_days(project: Project, written: Callable[..., Path]) -> None:
    summer = DocWeek(dt.date(2026, 1, 12), dt.date(2026, 1, 18), (*((None,) * 4), (), None, None))
    made = document(task(1, "A", 10), calendars=(DocCalendar(1, "W", WEEK, weeks=(summer,)),))
    take(project, written(made))
    assert lines(project)["A"].finish == dt.date(2026, 1, 19)  # no Friday in the second week


def test_people_are_found_by_address_then_name(
    project: Project, written: Callable[..., Path]
) -> None:
    nora = person(project, "Nora", "Faure", email="n@example.org")
    hugo = person(project, "Hugo", "Petit")
    for _ in range(2):
        person(project, "Jean", "Martin")
    away = DocException(dt.date(2026, 1, 6), dt.date(2026, 1, 6), (), "Secret reason")
    made = document(
        task(1, "A", 2), task(2, "B"), task(3, "C"), task(4, "D"),
        calendars=(STANDARD, DocCalendar(2, "Zoé", (None,) * 7, 1, exceptions=(away,))),
        resources=(
            DocResource(1, "Somebody Else", "N@Example.org"),
            DocResource(2, "PETIT Hugo"),
            DocResource(3, "Zoé DURAND", "zoe@example.org", units=0.8, calendar=2, note="private",
                        extras={"Initials": "<Initials>ZD</Initials>"}),
            DocResource(4, "Jean Martin"),
            DocResource(5, "Concrete", kind="material"),
        ),
        assignments=(
            DocAssignment(1, 3, uid=1), DocAssignment(2, 1, uid=2), DocAssignment(2, 2, 0.5, uid=3),
            DocAssignment(3, 4, uid=4), DocAssignment(4, 5, uid=5),
        ),
    )  # fmt: skip
    plan = take(project, written(made))
    found = lines(project)
    assert found["B"].owner_id == nora
    assert {
        row[0]
        for row in project.reader.select(
            "SELECT person_id FROM assignment WHERE task_id = ?", found["B"].id
        )
    } == {nora, hugo}
    zoe = project.reader.one(
        "SELECT id, first_name, email, note, units FROM person WHERE last_name = 'DURAND'"
    )
    assert zoe is not None
    assert zoe[1:] == ("Zoé", "zoe@example.org", "", 80)
    assert found["A"].owner_id == zoe[0]
    assert found["A"].finish == dt.date(2026, 1, 7)  # she is away on Tuesday
    assert project.reader.select("SELECT person_id, first, last, part FROM absence") == [
        (zoe[0], "2026-01-06", "2026-01-06", DayPart.DAY)
    ]
    assert found["C"].owner_id is None
    assert project.reader.value("SELECT count(*) FROM person") == 5
    said = "\n".join(told(plan))
    assert "Several people of the project are called “Jean Martin”" in said
    assert "1 resource that is nobody" in said
    assert "only names, addresses, hours and units" in said
    stored = "\n".join(row[0] for row in project.reader.select("SELECT content FROM plan_part"))
    for secret in ("private", "Secret reason", "ZD"):
        assert secret not in stored


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Zoé Durand", ("Zoé", "Durand")),
        ("DURAND Zoé", ("Zoé", "DURAND")),
        ("Durand, Zoé", ("Zoé", "Durand")),
        ("Jean DE LA TOUR", ("Jean", "DE LA TOUR")),
        ("Consultant", ("", "Consultant")),
        ("Anne van der Meer", ("Anne", "van der Meer")),
    ],
)
def test_names(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_reference_plans(project: Project, written: Callable[..., Path]) -> None:
    base = DocBaseline(0, MONDAY, dt.datetime(2026, 1, 6, 17), 960)
    older = DocBaseline(3, MONDAY, dt.datetime(2026, 1, 5, 12), 240)
    path = written(document(task(1, "A", 3, baselines=(base, older)), task(2, "B")))
    take(project, path)
    row = lines(project)["A"]
    assert (row.baseline_start, row.baseline_finish) == (dt.date(2026, 1, 5), dt.date(2026, 1, 6))
    kept = project.reader.select("SELECT name, reason FROM baseline ORDER BY id")
    assert kept == [
        ("Reference plan 3", "imported from Roll-out.xml"),
        ("Reference plan", "imported from Roll-out.xml"),
    ]
    out = read_mspdi(mspdi_bytes(_own(project))).tasks[0].baselines
    assert [(b.number, b.finish) for b in out] == [(0, base.finish), (1, older.finish)]


# beside a plan -------------------------------------------------------------------------------


def test_a_second_plan_comes_under_a_phase_of_its_own(
    project: Project, written: Callable[..., Path]
) -> None:
    take(project, written(document(task(1, "A"), task(2, "B"), links=(DocLink(1, 2),))))
    before = queries.tasks(project.reader)
    other = DocCalendar(1, "Standard", (((480, 720),),) * 5 + ((), ()))
    path = written(
        document(task(1, "C", 2), start=dt.datetime(2026, 3, 2, 8), calendars=(other,)),
        "Integrator.xml",
    )
    refused = planned(project, path, "new")
    assert not refused.ok
    assert "has a plan of 2 lines already" in told(refused)[0]
    with pytest.raises(UserError, match="Nothing was imported"):
        exchange.apply_command(refused)
    plan = take(project, path, "add")
    assert "under a new phase “Integrator”; the plan that is there stays" in told(plan)[0]
    found = lines(project)
    assert found["Integrator"].kind is TaskKind.PHASE
    assert found["C"].parent_id == found["Integrator"].id
    assert (found["C"].start, found["C"].finish) == (dt.date(2026, 3, 2), dt.date(2026, 3, 5))
    assert found["C"].calendar_id is not None
    assert [
        row for row in queries.tasks(project.reader) if row.id in {r.id for r in before}
    ] == before
    assert [r[0] for r in project.reader.select("SELECT name FROM calendar ORDER BY id")] == [
        "Standard", "Standard (2)"]  # fmt: skip
    project.undo()
    assert queries.tasks(project.reader) == before


def test_a_plan_checked_before_another_was_imported_is_refused(
    project: Project, written: Callable[..., Path]
) -> None:
    path = written(document(task(1, "A")))
    plan = planned(project, path)
    take(project, path)
    with pytest.raises(UserError, match="has changed since this file was checked"):
        project.execute(exchange.apply_command(plan))


# what is told and refused --------------------------------------------------------------------


def test_a_circle_names_its_tasks(project: Project, written: Callable[..., Path]) -> None:
    links = (DocLink(1, 2), DocLink(2, 1))
    plan = planned(project, written(document(task(1, "Hen"), task(2, "Egg"), links=links)))
    assert not plan.ok
    assert "these lines wait for each other" in told(plan)[-1]
    assert "Hen" in told(plan)[-1]


def test_a_bad_value_is_a_problem_with_its_line(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "bad.gan"
    path.write_text(
        '<project name="P"><tasks>\n<task id="0" name="A" start="soon" duration="x"/>\n'
        "</tasks></project>"
    )
    plan = planned(project, path)
    assert [(p.line, p.column) for p in plan.problems] == [(2, "duration"), (2, "start")]
    assert not plan.ok


def test_what_is_lost_is_told(project: Project, written: Callable[..., Path]) -> None:
    split = (
        (MONDAY, MONDAY + dt.timedelta(hours=4)),
        (dt.datetime(2026, 1, 8, 8), dt.datetime(2026, 1, 8, 12)),
    )
    made = document(
        DocTask(1, "Phase", constraint=ConstraintKind.SNET, constraint_at=MONDAY),
        task(2, "Split", 1, parent=1),
        task(3, "Lasting", 2, milestone=True),
        task(4, "Levelled", 1, level_delay=2880),
        links=(DocLink(1, 2),),
        assignments=(DocAssignment(2, None, segments=split),),
    )  # fmt: skip
    plan = take(project, written(made))
    said = "\n".join(told(plan))
    for part in ("interruptions", "milestones that last", "levelling", "lines that hold others",
                 "links between a line and what holds it"):  # fmt: skip
        assert part in said, part
    found = lines(project)
    assert found["Split"].finish == dt.date(2026, 1, 8)  # its dates stay
    assert found["Lasting"].kind is TaskKind.TASK
    assert found["Levelled"].start == dt.date(2026, 1, 7)


def test_a_plan_scheduled_backwards_keeps_its_dates(
    project: Project, written: Callable[..., Path]
) -> None:
    made = document(
        task(1, "A", 2), task(2, "B", 1), links=(DocLink(1, 2),), from_finish=True,
        finish=dt.datetime(2026, 1, 16, 17),
    )  # fmt: skip
    plan = take(project, written(made))
    found = lines(project)
    assert (found["A"].start, found["B"].finish) == (dt.date(2026, 1, 14), dt.date(2026, 1, 16))
    assert "scheduled backwards" in "\n".join(told(plan))


def test_lines_that_get_other_dates_are_named(
    project: Project, written: Callable[..., Path]
) -> None:
    late = dt.datetime(2026, 5, 4, 8)
    made = document(task(1, "Elsewhere", 1, start=late, finish=late + dt.timedelta(hours=9)))
    plan = take(project, written(made))
    said = "\n".join(told(plan)).replace("\xa0", " ")
    assert "“Elsewhere” gets other dates than in the file: 5 Jan 2026, 08:00" in said
    assert "0 of 1 automatic lines keep the dates of the file" in said


def test_a_plan_without_lines_and_one_with_an_idle_calendar(
    project: Project, written: Callable[..., Path]
) -> None:
    assert "this plan has no lines" in told(planned(project, written(document())))[-1]
    idle = DocCalendar(2, "Never", ((),) * 7)
    plan = take(project, written(document(task(1, "A", calendar=2), calendars=(STANDARD, idle))))
    assert "the calendar “Never” never works; it is left out" in "\n".join(told(plan))


def test_the_preview_shows_the_first_lines(project: Project, written: Callable[..., Path]) -> None:
    made = document(
        DocTask(1, "Phase"),
        task(2, "Build", 2, parent=1, start=MONDAY, finish=dt.datetime(2026, 1, 6, 17)),
        *(task(n, f"T{n}") for n in range(3, 30)),
        links=(DocLink(2, 3),),
        resources=(DocResource(1, "Zoé Durand"),),
        assignments=(DocAssignment(2, 1),),
    )
    plan = planned(project, written(made))
    assert len(plan.preview) == 20
    shown = [cell.replace("\xa0", " ") for cell in plan.preview[1]]
    assert shown == ["› Build", "5 Jan 2026", "6 Jan 2026", "2 d", "", "Zoé Durand"]
    assert plan.preview[2][4] == "2"


# out -----------------------------------------------------------------------------------------


def test_unknown_parts_come_back(project: Project, written: Callable[..., Path]) -> None:
    field = "<ExtendedAttribute><FieldID>188743731</FieldID><Value>x</Value></ExtendedAttribute>"
    made = document(
        task(41, "A", 2, extras={"ExtendedAttribute": field}, priority=700, wbs="LOT.1",
             task_type="fixed_duration"),
        extras={"CurrencyCode": "<CurrencyCode>EUR</CurrencyCode>",
                "ExtendedAttributes": "<ExtendedAttributes><ExtendedAttribute><FieldID>1</FieldID>"
                "</ExtendedAttribute></ExtendedAttributes>"},
    )  # fmt: skip
    take(project, written(made))
    out = read_mspdi(mspdi_bytes(_own(project)))
    assert out.tasks[0].extras == {"ExtendedAttribute": field}
    assert (out.tasks[0].uid, out.tasks[0].priority, out.tasks[0].wbs) == (41, 700, "LOT.1")
    assert out.tasks[0].task_type == "fixed_duration"
    assert out.extras == made.extras


def test_committee_level_leaves_out_what_is_personal(
    project: Project, written: Callable[..., Path]
) -> None:
    away = DocException(dt.date(2026, 1, 6), dt.date(2026, 1, 6))
    made = document(
        task(1, "A", 2, note="between us", extras={"Contact": "<Contact>Zoé 06…</Contact>"}),
        calendars=(STANDARD, DocCalendar(2, "Z", (None,) * 7, 1, exceptions=(away,))),
        resources=(DocResource(1, "Zoé Durand", "zoe@example.org", calendar=2),),
        assignments=(DocAssignment(1, 1),),
    )
    take(project, written(made))
    today = dt.date(2026, 1, 1)
    texts = {
        level: mspdi_bytes(
            document_of(project.reader, level=level, language="en", today=today)
        ).decode()
        for level in Level
    }
    for secret in ("between us", "zoe@example.org", "06…", "2026-01-06T00:00:00"):
        assert secret not in texts[Level.COMMITTEE]
        assert secret in texts[Level.OWN]
    assert "Zoé Durand" in texts[Level.COMMITTEE]


def test_public_holidays_go_out_as_exceptions(tmp_path: Path) -> None:
    with Project.create(name="H", language="fr", country="FR") as project:
        today = dt.date(2026, 4, 1)
        project.execute(AddTask("A", today, start=dt.date(2026, 4, 30), finish=dt.date(2026, 5, 4)))
        made = document_of(project.reader, level=Level.COMMITTEE, language="fr", today=today)
    named = {e.first: e.name for e in made.calendars[0].exceptions}
    assert named[dt.date(2026, 5, 1)] == "Fête du Travail"
    assert made.tasks[0].duration == 960  # the first of May is not worked
