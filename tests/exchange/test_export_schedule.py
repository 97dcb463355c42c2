"""An edited export of the plan does what typing the same into the plan does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm_pilot import exchange, i18n
from crm_pilot.exchange import tables
from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.exchange.outcome import outcome
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.tables import ExportTable
from crm_pilot.figures import Level
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.predecessors import Wait
from crm_pilot.planning.schedule_commands import (
    NEEDS_DATE,
    SetActual,
    SetConstraint,
    SetDuration,
    SetMode,
    SetPredecessors,
    SetRemaining,
    SetStart,
)
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode
from crm_pilot.project import Add, Project, SetFields, Several
from tests.exchange.test_export_edited import Rows, edited

DAY, LATER = dt.date(2026, 3, 2), dt.date(2026, 3, 9)
MORNING = dt.datetime(2026, 3, 9, 8)
COLUMNS = (
    "id, start, start_minute, finish, finish_minute, duration, elapsed, percent, mode,"
    " constraint_kind, constraint_at, deadline_at, actual_start, actual_finish, work, remaining,"
    " calendar_id, active, kind"
)
"""What the schedule of a line is made of."""


@pytest.fixture
def chain(project: Project) -> Project:
    """Three tasks in a row, the third by hand, then a milestone; a person and a calendar."""
    project.execute(SetFields("project", 1, {"starts_on": DAY}))
    project.execute(Add("person", {"first_name": "Zoé", "last_name": "Petit"}))
    week = '{"0": [[480, 720]], "1": [[480, 720]]}'
    project.execute(Add("calendar", {"name": "Matins", "week": week}))
    for number, (kind, days) in enumerate((("task", 4), ("task", 2), ("task", 4))):
        dates = {"start": DAY, "finish": DAY + dt.timedelta(days=days)}
        line = {"title": f"T{number + 1}", "kind": kind, "position": number}
        project.execute(Add("task", line | dates))
    go = {"title": "Go", "kind": "milestone", "position": 3, "start": LATER, "finish": LATER}
    project.execute(Add("task", go))
    project.execute(SetMode((3,), Mode.MANUAL))
    for before, after in ((1, 2), (2, 4)):
        project.execute(Add("link", {"predecessor_id": before, "successor_id": after}))
    return project


def put(cells: dict[tuple[int, str], str]) -> Callable[[Rows], None]:
    """Write cells by line of the plan and English heading."""

    def edit(rows: Rows) -> None:
        for (line, title), value in cells.items():
            rows[line][rows[0].index(title)] = value

    return edit


def brought(project: Project, tmp_path: Path, cells: dict[tuple[int, str], str]) -> ImportPlan:
    path = edited(project, tmp_path, "tasks", put(cells), language="en")
    return exchange.plan_import("table", path, project.reader, language="en")


def told(found: ImportPlan) -> list[str]:
    return [problem.sentence.english() for problem in found.problems]


def schedule(project: Project) -> list[Any]:
    links = project.reader.select(
        "SELECT predecessor_id, successor_id, kind, lag, lag_unit FROM link ORDER BY 1, 2"
    )
    return [project.reader.select(f"SELECT {COLUMNS} FROM task ORDER BY id"), links]


FREE = LagUnit.WORKING
TYPED: list[tuple[dict[tuple[int, str], str], Sequence[Any]]] = [
    ({(1, "Start"): "9 March 2026"}, [SetStart(1, LATER)]),
    ({(2, "Start"): "2026-03-30"}, [SetStart(2, dt.date(2026, 3, 30))]),
    ({(1, "Start time"): "10:00"}, [SetStart(1, DAY, 600)]),
    ({(1, "Finish"): "11 March 2026"}, [SetTaskDates(1, DAY, dt.date(2026, 3, 11))]),
    ({(1, "Finish time"): "12:00"},
     [SetTaskDates(1, DAY, dt.date(2026, 3, 6), finish_minute=720)]),
    ({(1, "Start"): "2026-03-03", (1, "Finish"): "2026-03-04"},
     [SetTaskDates(1, dt.date(2026, 3, 3), dt.date(2026, 3, 4))]),
    ({(1, "Duration"): "2 d"}, [SetDuration(1, 960)]),
    ({(1, "Duration"): "2 j écoulés"}, [SetDuration(1, 2880, elapsed=True)]),
    ({(3, "Duration"): "1,5 sem"}, [SetDuration(3, 3600)]),
    ({(4, "Duration"): "1 d"}, [SetDuration(4, 480)]),
    ({(1, "Start"): "2026-03-09", (1, "Duration"): "1 d"},
     [SetStart(1, LATER), SetDuration(1, 480)]),
    ({(3, "Start"): "2026-03-09", (3, "Duration"): "1 d"},
     [SetStart(3, LATER), SetDuration(3, 480)]),
    ({(3, "Start"): "2026-03-09"}, [SetStart(3, LATER)]),
    ({(1, "Start"): "2026-03-09", (1, "Mode"): "By hand"},
     [SetMode((1,), Mode.MANUAL), SetStart(1, LATER)]),
    ({(3, "Finish"): "2026-03-10", (3, "Mode"): "Automatic"},
     [SetTaskDates(3, DAY, dt.date(2026, 3, 10)), SetMode((3,), Mode.AUTO)]),
    ({(4, "Finish"): "2026-03-20"},
     [SetTaskDates(4, None, dt.date(2026, 3, 20), finish_minute=1020)]),  # the time stays
    ({(1, "Constraint"): "Must start on", (1, "Constraint date"): "9 March 2026"},
     [SetConstraint(1, ConstraintKind.MSO, MORNING)]),
    ({(1, "Constraint"): "Fin au plus tard le", (1, "Constraint date"): "2026-03-09"},
     [SetConstraint(1, ConstraintKind.FNLT, dt.datetime(2026, 3, 9, 17))]),
    ({(2, "Constraint"): "As late as possible", (2, "Constraint date"): ""},
     [SetConstraint(2, ConstraintKind.ALAP)]),
    ({(1, "Deadline"): "2026-03-09"},
     [SetFields("task", 1, {"deadline_at": dt.datetime(2026, 3, 9, 17)})]),
    ({(1, "Deadline"): "2026-03-09 00:00"},
     [SetFields("task", 1, {"deadline_at": dt.datetime(2026, 3, 9)})]),
    ({(1, "Calendar"): "matins"}, [SetFields("task", 1, {"calendar_id": 1})]),
    ({(2, "In the plan"): "no"}, [SetFields("task", 2, {"active": False})]),
    ({(1, "% done"): "40"}, [SetPercent(1, 40)]),
    ({(1, "Actual start"): "2026-03-09"}, [SetActual(1, MORNING)]),
    ({(1, "Actual start"): "2026-03-09", (1, "Actual finish"): "2026-03-10"},
     [SetActual(1, MORNING, dt.datetime(2026, 3, 10, 17))]),
    ({(1, "Remaining work"): "12 h"}, [SetRemaining(1, 720)]),
    ({(2, "Waits for No."): "1FS+2d; 3DD-50%"},
     [SetPredecessors(2, (Wait(1, LinkKind.FS, 960, FREE),
                          Wait(3, LinkKind.SS, -50, LagUnit.PERCENT)))]),
    ({(4, "Waits for No."): ""}, [SetPredecessors(4, ())]),
    ({(1, "Kind"): "Milestone", (1, "Finish"): "2026-03-02"},
     [SetFields("task", 1, {"kind": "milestone", "finish": DAY})]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "commands"), TYPED, ids=lambda case: str(case)[:60])
def test_a_file_does_what_typing_does(
    chain: Project,
    tmp_path: Path,
    cells: dict[tuple[int, str], str],
    commands: Sequence[Any],
) -> None:
    before = schedule(chain)
    found = brought(chain, tmp_path, cells)
    assert told(found) == []
    chain.execute(exchange.apply_command(found))
    by_file = schedule(chain)
    assert by_file != before
    chain.undo()
    assert schedule(chain) == before
    for command in commands:
        chain.execute(command)
    assert by_file == schedule(chain)


def test_days_alone_are_those_already_there(chain: Project, tmp_path: Path) -> None:
    chain.execute(SetFields("task", 1, {"deadline_at": dt.datetime(2026, 3, 9, 17)}))
    chain.execute(SetConstraint(1, ConstraintKind.SNET, MORNING))
    cells = {(1, "Deadline"): "9 mars 2026", (1, "Constraint date"): "2026-03-09"}
    assert brought(chain, tmp_path, cells).changes.nothing


def test_new_lines_come_with_what_the_file_says(chain: Project, tmp_path: Path) -> None:
    def edit(rows: Rows) -> None:
        titles = rows[0]
        for title, values in (
            ("Both", {"Start": "2026-03-10", "Duration": "3 d"}),
            ("Length", {"Duration": "½ j", "Waits for No.": "1FS+1 d"}),
            ("Dates", {"Start": "2026-03-10", "Finish": "2026-03-11"}),
            ("Held", {"Duration": "1 d", "Constraint": "Must start on",
                      "Constraint date": "2026-03-12 13:00"}),
        ):  # fmt: skip
            row = [""] * len(titles)
            for name, value in ({"Title": title} | values).items():
                row[titles.index(name)] = value
            rows.insert(5, row)

    path = edited(chain, tmp_path, "tasks", edit, language="en")
    found = exchange.plan_import("table", path, chain.reader, language="en")
    assert told(found) == []
    chain.execute(exchange.apply_command(found))
    sql = (
        "SELECT title, start, start_minute, finish, finish_minute, duration, mode FROM task"
        " WHERE id > 4 ORDER BY title"
    )
    assert chain.reader.select(sql) == [
        ("Both", "2026-03-10", None, "2026-03-12", None, 1440, "auto"),
        ("Dates", "2026-03-10", None, "2026-03-11", None, 960, "auto"),
        ("Held", "2026-03-12", 780, "2026-03-13", 720, 480, "auto"),
        ("Length", "2026-03-10", None, "2026-03-10", 720, 240, "auto"),
    ]


def test_the_duration_wins_over_the_finish_and_says_so(chain: Project, tmp_path: Path) -> None:
    cells = {(1, "Duration"): "2 d", (1, "Finish"): "2026-03-20"}
    found = brought(chain, tmp_path, cells)
    assert len(told(found)) == 1
    assert "follows from the start and the duration" in told(found)[0]
    chain.execute(exchange.apply_command(found))
    assert chain.reader.one("SELECT finish, duration FROM task WHERE id = 1") == ("2026-03-03", 960)
    chain.undo()
    agreed = brought(chain, tmp_path, {(1, "Duration"): "2 d", (1, "Finish"): "2026-03-03"})
    assert told(agreed) == []


def test_a_date_without_its_constraint_is_left_out(chain: Project, tmp_path: Path) -> None:
    cells = {(1, "Constraint"): "As soon as possible", (1, "Constraint date"): "2026-05-01"}
    found = brought(chain, tmp_path, cells)
    assert "says nothing; left out" in told(found)[0]
    chain.execute(exchange.apply_command(found))
    assert chain.reader.value("SELECT constraint_at FROM task WHERE id = 1") is None


def test_links_of_older_files_are_read(chain: Project, tmp_path: Path) -> None:
    assert brought(chain, tmp_path, {(4, "Waits for No."): "2FD"}).changes.nothing
    found = brought(chain, tmp_path, {(4, "Waits for No."): "1;2"})
    command: Any = found.changes.command
    assert command.links == ((4, (Wait(1), Wait(2))),)


def test_the_preview_shows_what_is_meant(chain: Project, tmp_path: Path) -> None:
    cells = {(1, "Duration"): "1,5 j", (4, "Waits for No."): "2FF+1 d; 1", (2, "Start time"): "9h"}
    shown = outcome(brought(chain, tmp_path, cells), chain.reader)
    titles = [title.english() for title in shown.columns]
    changes = {
        (titles[place], before, row.values[place])
        for row in shown.rows
        for place, before in row.before.items()
    }
    assert changes == {
        ("Duration", "5\u00a0d", "1.5\u00a0d"),
        ("Waits for No.", "2", "1; 2FF+1\u00a0d"),
        ("Start time", None, "09:00"),
    }


def test_the_preview_of_several_tables_names_their_rows(chain: Project, tmp_path: Path) -> None:
    chain.execute(Add("assignment", {"task_id": 1, "person_id": 1}))
    days = {"calendar_id": 1, "first": DAY, "last": DAY}
    chain.execute(Add("calendar_exception", days))
    out = tmp_path / "all"
    export(chain.reader, NAMES[:-2] + NAMES[-1:], out, Wanted("en", Level.OWN), chain.today())
    with Project.create(name="Other") as other:
        found = exchange.plan_import("table", out, other.reader, language="en")
        shown = outcome(found, other.reader)
    named = {tuple(map(i18n.show, row.values[:2])) for row in shown.rows}
    assert ("Assignments", "Petit") in named
    assert ("Calendar exceptions", "Matins") in named


# hours ---------------------------------------------------------------------------------------


def one_of(project: Project, table: str, key: int, tmp_path: Path, title: str, value: str) -> Any:
    def edit(rows: Rows) -> None:
        row = next(row for row in rows if row[0] == str(key))
        row[rows[0].index(title)] = value

    path = edited(project, tmp_path, table, edit, language="en")
    return exchange.plan_import("table", path, project.reader, language="en")


def test_calendars_are_edited_and_the_plan_follows(chain: Project, tmp_path: Path) -> None:
    chain.execute(SetFields("task", 1, {"calendar_id": 1}))
    before = chain.reader.value("SELECT finish FROM task WHERE id = 1")
    week = "Mon-Tue 8-12; Wed-Sun not worked"
    found = one_of(chain, "calendars", 1, tmp_path, "Hours of the week", week)
    assert told(found) == []
    chain.execute(exchange.apply_command(found))
    assert chain.reader.value("SELECT finish FROM task WHERE id = 1") > before


def test_the_calendar_of_the_project_is_named(chain: Project, tmp_path: Path) -> None:
    chain.execute(Add("calendar", {"name": "Autre", "week": '{"0": [[480, 720]]}'}))
    named = "SELECT calendar_id FROM project"
    for key, value, after in ((1, "yes", 1), (2, "yes", 2), (1, "no", 2), (2, "no", None)):
        found = one_of(chain, "calendars", key, tmp_path, "Calendar of the project", value)
        assert told(found) == []
        if not found.changes.nothing:
            chain.execute(exchange.apply_command(found))
        assert chain.reader.value(named) == after

    def both(rows: Rows) -> None:
        for row in rows[1:3]:
            row[rows[0].index("Calendar of the project")] = "yes"

    path = edited(chain, tmp_path, "calendars", both, language="en")
    found = exchange.plan_import("table", path, chain.reader, language="en")
    assert "one calendar only" in told(found)[0]


@pytest.mark.parametrize(
    ("table", "title", "value", "why"),
    [
        ("calendars", "Hours of the week", "Mon-Sun off", "no day of the week is worked"),
        ("calendars", "Hours of the week", "always", "no hours of a week"),
        ("calendars", "Based on", "Matins", "would be based on itself"),
        ("calendars", "Public holidays of", "XX", "are not known here"),
        ("exceptions", "Last day", "2026-04-01", "the last day is before the first"),
        ("exceptions", "Hours of the day", "8", "no hours of a day"),
        ("absences", "First day", "2026-06-01", "the last day is before the first"),
        ("assignments", "Line No.", "99", "no row with the No. 99"),
        ("assignments", "Working time, %", "2000", "from 0 to 1000"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    chain: Project, tmp_path: Path, table: str, title: str, value: str, why: str
) -> None:
    days = {"first": dt.date(2026, 5, 4), "last": dt.date(2026, 5, 8)}
    chain.execute(Add("calendar_exception", days | {"calendar_id": 1}))
    chain.execute(Add("absence", days | {"person_id": 1}))
    chain.execute(Add("assignment", {"task_id": 1, "person_id": 1}))
    found = one_of(chain, table, 1, tmp_path, title, value)
    assert found.errors == 1
    assert why in told(found)[0]


def test_a_week_off_with_one_special_day_is_some_work(chain: Project, tmp_path: Path) -> None:
    one = {"calendar_id": 1, "first": DAY, "last": DAY, "shifts": "[[480, 720]]"}
    chain.execute(Add("calendar_exception", one))
    found = one_of(chain, "calendars", 1, tmp_path, "Hours of the week", "Mon-Sun off")
    assert told(found) == []


# everything comes back -----------------------------------------------------------------------

MINUTES = st.integers(0, 6000) | st.sampled_from([0, 240, 480, 495, 720, 2400])
DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1))
MOMENTS = st.datetimes(dt.datetime(2025, 6, 1), dt.datetime(2028, 6, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
) | DAYS.map(lambda day: dt.datetime.combine(day, dt.time()))
SHIFTS = st.sampled_from(["[]", "[[480, 720], [780, 1020]]", "[[0, 1440]]", "[[75, 91]]"])
WEEKS = st.dictionaries(st.sampled_from("0123456"), SHIFTS, min_size=1).map(
    lambda week: "{" + ", ".join(f'"{day}": {hours}' for day, hours in week.items()) + "}"
)
TASK = st.fixed_dictionaries(
    {
        "duration": st.none() | MINUTES,
        "elapsed": st.booleans(),
        "start": DAYS,
        "start_minute": st.none() | st.integers(0, 1440),
        "mode": st.sampled_from(Mode),
        "active": st.booleans(),
        "deliverable": st.booleans(),
        "constraint_kind": st.sampled_from(ConstraintKind),
        "constraint_at": MOMENTS,
        "deadline_at": st.none() | MOMENTS,
        "calendar_id": st.sampled_from([None, 1, 2]),
        "ignores_people": st.booleans(),
        "actual_start": st.none() | MOMENTS,
        "percent": st.integers(0, 100),
        "work": st.none() | MINUTES,
        "remaining": st.none() | MINUTES,
    }
)
LINKS = st.lists(
    st.tuples(
        st.sampled_from(LinkKind), st.integers(-3000, 3000), st.sampled_from(LagUnit)
    ),
    min_size=3,
    max_size=3,
)  # fmt: skip
FORMS = [
    (lang, mark, code) for lang in i18n.LANGUAGES for mark in ";," for code in ("utf-8", "cp1252")
]
NAMES = ["tasks", "persons", "calendars", "exceptions", "absences", "assignments"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Project]]:
    """A plan of four lines with people and hours, and a project without anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        with Project.create(name="Full") as full, Project.create(name="Bare") as bare:
            full.execute(SetFields("project", 1, {"starts_on": DAY, "day_minutes": 420}))
            bare.execute(SetFields("project", 1, {"day_minutes": 420}))
            for name in "AB":
                full.execute(Add("person", {"last_name": name}))
                full.execute(Add("calendar", {"name": f"C{name}", "week": "{}"}))
            for number in range(4):
                dates = {"start": DAY, "finish": DAY}
                full.execute(Add("task", {"title": f"T{number}", "position": number} | dates))
            for number in (1, 2, 3):
                full.execute(Add("link", {"predecessor_id": number, "successor_id": number + 1}))
            full.execute(Add("assignment", {"task_id": 1, "person_id": 1}))
            full.execute(Add("absence", {"person_id": 1, "first": DAY, "last": LATER}))
            days = {"calendar_id": 1, "first": DAY, "last": DAY}
            full.execute(Add("calendar_exception", days))
            yield full, bare


def row_edits(tasks: Sequence[dict[str, Any]], links: Sequence[Any]) -> list[Any]:
    edits: list[Any] = []
    for key, values in enumerate(tasks, 1):
        row = {**values, "finish": values["start"]}
        if values["percent"] == 100:
            row["actual_finish"] = values["constraint_at"]
        if values["constraint_kind"] not in NEEDS_DATE:
            row["constraint_at"] = None
        edits.append(SetFields("task", key, row))
    for key, (kind, lag, unit) in enumerate(links, 1):
        edits.append(SetFields("link", key, {"kind": kind, "lag": lag, "lag_unit": unit}))
    return edits


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(
    tasks=[{"duration": 1, "elapsed": True, "start": DAY, "start_minute": 1440, "mode": Mode.MANUAL,
            "constraint_kind": ConstraintKind.ASAP, "constraint_at": MORNING, "percent": 100}] * 4,
    links=[(LinkKind.SF, 0, LagUnit.ELAPSED)] * 3,
    week='{"6": [[0, 1440]]}',
    hours=(80, 495, "[[0, 1440]]"),
    form=("fr", ";", "cp1252"),
)  # fmt: skip
@given(
    tasks=st.lists(TASK, min_size=4, max_size=4),
    links=LINKS,
    week=WEEKS.filter(lambda week: "4" in week),
    hours=st.tuples(st.integers(0, 1000), MINUTES, SHIFTS),
    form=st.sampled_from([*FORMS, ("fr", ".xlsx", ""), ("en", ".xlsx", "")]),
)
def test_any_schedule_comes_back(
    pair: tuple[Project, Project],
    tmp_path_factory: pytest.TempPathFactory,
    tasks: list[dict[str, Any]],
    links: list[Any],
    week: str,
    hours: tuple[int, int, str],
    form: tuple[str, str, str],
) -> None:
    full, bare = pair
    units, work, shifts = hours
    edits = row_edits(tasks, links)
    edits += [
        SetFields("calendar", 1, {"week": week, "country": "BE"}),
        SetFields("calendar", 2, {"base_id": 1}),
        SetFields("calendar_exception", 1, {"shifts": shifts}),
        SetFields("person", 1, {"calendar_id": 1, "units": units}),
        SetFields("assignment", 1, {"units": units, "work": work, "remaining": work}),
    ]
    # as a file may hold it: what the engine makes of it is not asked here
    full.execute(Several(tuple(edits), i18n.msg("Schedule")))
    language, mark, encoding = form
    folder = tmp_path_factory.mktemp("out")
    wanted = Wanted(language, Level.OWN, *(() if mark == ".xlsx" else (mark, encoding)))
    out = folder / f"x{mark if mark == '.xlsx' else ''}"
    export(full.reader, NAMES, out, wanted, full.today())
    for reading in i18n.LANGUAGES:
        found = exchange.plan_import("table", out, full.reader, language=reading)
        assert told(found) == []
        assert found.changes.nothing
    fresh = exchange.plan_import("table", out, bare.reader, language="en")
    assert fresh.ok, told(fresh)
    command: Any = fresh.changes.command
    rows = {change.table: list(change.new) for change in command.tables}
    waits = dict(command.links)
    for table in tables.find(NAMES):
        assert as_said(table, rows[table.table], waits) == as_said(
            table, tables.records(full.reader, table), {}
        )
    full.undo()


def as_said(table: ExportTable, rows: Sequence[Any], waits: dict[int, Any]) -> list[Any]:
    """The values of rows, with what each line waits for."""
    names = ["id", *(column.column for column in table.stored)]
    if table.name == "tasks":
        rows = [{"links": waits.get(row["id"], ()), **row} for row in rows]
        names.append("links")
    return [[row[name] for name in names] for row in rows]
