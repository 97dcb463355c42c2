"""Our own export reads back identical: both languages, every delimiter, encoding and form."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm_pilot import exchange, i18n
from crm_pilot.errors import UserError
from crm_pilot.exchange import tables
from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.exchange.importing import guess_kind
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.tables_list import TABLES
from crm_pilot.figures import Level
from crm_pilot.project import Add, Project, SetFields, Several
from tests.adoption import rows
from tests.exchange import committee_rows

NAMES = [table.name for table in TABLES]
DELIMITERS = (";", ",")
ENCODINGS = ("utf-8", "cp1252")
DIALECTS = [*itertools.product(i18n.LANGUAGES, DELIMITERS, ENCODINGS)]


def plan(project: Project, path: Path, language: str = "fr", **options: Any) -> ImportPlan:
    return exchange.plan_import("table", path, project.reader, language=language, **options)


def told(found: ImportPlan) -> list[str]:
    return [i18n.show(problem.sentence) for problem in found.problems]


def write(project: Project, names: list[str], out: Path, wanted: Wanted) -> Path:
    export(project.reader, names, out, wanted, project.today())
    return out


def own(language: str, delimiter: str = "", encoding: str = "utf-8") -> Wanted:
    return Wanted(language, Level.OWN, delimiter, encoding)


def content(project: Project) -> dict[str, list[Any]]:
    """Every exported row, as it is meant and as it is stored, but for the ids of links."""
    found: dict[str, list[Any]] = {}
    for table in TABLES:
        found[table.name] = list(tables.records(project.reader, table))
    for table in TABLES:
        names = [name for c in table.stored for name in (c.column, c.beside) if name]
        columns = ", ".join(f'"{name}"' for name in ("id", *names))
        rows = project.reader.select(f"SELECT {columns} FROM {table.table} ORDER BY id")
        found[f"bare {table.name}"] = [dict(zip(("id", *names), row, strict=True)) for row in rows]
    return found


def without_derived(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Phases without what follows from their lines."""
    phases = {row["parent_id"] for row in rows}
    derived = ("start", "start_minute", "finish", "finish_minute", "duration", "elapsed", "percent")
    kept = []
    for row in rows:
        names = row.keys() - (set(derived) if row["id"] in phases else set())
        kept.append({name: row[name] for name in sorted(names)})
    return kept


@pytest.fixture(scope="module")
def rich(
    tmp_path_factory: pytest.TempPathFactory, demo_files: dict[str, Path]
) -> Iterator[Project]:
    """The demonstration without the characters that cp1252 lacks; with persons of one name, and
    with lines, hours and links of every kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        copy = tmp_path_factory.mktemp("demo") / "copy.crmp"
        shutil.copy(demo_files["fr"], copy)
        with Project.open(copy) as opened:
            opened.execute(_plain(opened))
            first = opened.reader.value("SELECT first_name FROM person WHERE id = 3")
            last = opened.reader.value("SELECT last_name FROM person WHERE id = 3")
            opened.execute(SetFields("person", 5, {"first_name": first, "last_name": last}))
            opened.execute(Add("role", {"name": "Roi", "kind": "sponsor", "person_id": 5}))
            every_kind(opened)
            acting(opened)
            rows.every_table(opened)
            committee_rows.fill(opened)
            yield opened


def every_kind(project: Project) -> None:
    """Calendars, absences, assignments, and lines that use all that a schedule can say."""
    week = '{"0": [[480, 720], [780, 1020]], "4": [[480, 720]], "5": []}'
    base = project.execute(Add("calendar", {"name": "Usine", "country": "BE", "week": week}))
    night = project.execute(Add("calendar", {"name": "Nuit", "base_id": base}))
    days = {"calendar_id": night, "first": dt.date(2026, 12, 24), "last": dt.date(2026, 12, 31)}
    project.execute(Add("calendar_exception", days | {"name": "Fermeture"}))
    project.execute(Add("calendar_exception", days | {"shifts": "[[0, 240], [1320, 1440]]"}))
    project.execute(SetFields("person", 7, {"calendar_id": base, "units": 80}))
    for part in ("day", "morning", "afternoon"):
        away = {"person_id": 7, "first": dt.date(2026, 9, 7), "last": dt.date(2026, 9, 9)}
        project.execute(Add("absence", away | {"part": part}))
    day, noon = dt.date(2026, 9, 7), dt.datetime(2026, 9, 7, 12)
    keys = []
    for number, values in enumerate(lines(day, noon, night)):
        dates = {} if "duration" in values and number % 2 else {"start": day, "finish": day}
        line = {"title": f"Ligne {number}", "position": 900 + number} | dates | values
        keys.append(project.execute(Add("task", line)))
    for number, (kind, lag, unit) in enumerate(LINKS):
        ends = {"predecessor_id": keys[number], "successor_id": keys[number + 1]}
        project.execute(Add("link", ends | {"kind": kind, "lag": lag, "lag_unit": unit}))
    for key, units, work in ((keys[0], 100, None), (keys[1], 50, 480), (keys[2], 150, 90)):
        who = {"task_id": key, "person_id": 7, "units": units, "work": work, "remaining": work}
        project.execute(Add("assignment", who))


def acting(project: Project) -> None:
    """Ties, advice, lateral projects, actions, counts and warnings put aside, full and bare."""
    day = dt.date(2026, 9, 7)
    entry = {"stage": 3, "enters_on": day, "role": "Témoin ; « à voir »", "profile_id": 1}
    project.execute(SetFields("stakeholder", 1, entry))
    project.execute(SetFields("zone_cell", 1, {"source": "Atelier du 3", "zone": "torn"}))
    for kind in ("influences", "reports_to"):
        project.execute(Add("stakeholder_tie", {"from_id": 4, "to_id": 2, "kind": kind}))
    advice = {"zone": "torn", "style": "direct", "handling_fr": "Écouter", "role_en": "None"}
    for row in (advice, {"zone": "passive"}):
        project.execute(Add("zone_advice", row))
    full = {"stakeholder_id": 2, "concern": "Temps", "offer": "Tournée", "goal": "Saisie",
            "pilot_id": 3, "status": "running", "note": "=1+1"}  # fmt: skip
    for values in (full, {}):
        title = {"title": "Tournée hors ligne", "noted_on": day}  # two of one name
        lateral = project.execute(Add("lateral_project", title | values))
    line = project.execute(Add("task", {"title": "Binôme", "position": 950}))
    more = {"kind": "pairing", "ally_id": 1, "lateral_id": lateral}
    project.execute(Add("influence", {"task_id": line, "stakeholder_id": 2} | more))
    for subject, until in (("", None), ("unit:2", day)):
        values = {"rule": "probe", "subject": subject, "reason": 'Vu ; "oui"', "set_on": day}
        project.execute(Add("snooze", values | {"until": until}))
    project.execute(Add("position_count", {"counted_on": day, "zone": "rebel", "persons": 2}))


def lines(day: dt.date, noon: dt.datetime, calendar: int) -> list[dict[str, Any]]:
    """Lines of which each says something else about its schedule."""
    constraints = [{"constraint_kind": kind, "constraint_at": noon, "duration": 480}
                   for kind in ("mso", "mfo", "snet", "snlt", "fnet", "fnlt")]  # fmt: skip
    return [
        {},
        {"duration": 90},
        {"duration": 570},
        {"duration": 2880, "elapsed": True},
        {"duration": 480, "start_minute": 600, "mode": "manual"},
        {"duration": 480, "finish_minute": 1440, "active": False, "mode": "manual"},
        {"duration": 240, "constraint_kind": "alap"},
        *constraints,
        {"duration": 480, "deadline_at": dt.datetime(2026, 9, 8)},  # midnight
        {"duration": 480, "calendar_id": calendar, "ignores_people": True, "owner_id": 7},
        {"duration": 960, "percent": 50, "actual_start": noon, "work": 1440, "remaining": 720},
        {"percent": 100, "actual_start": noon, "actual_finish": noon + dt.timedelta(hours=4)},
        {"kind": "milestone", "deliverable": True, "start": dt.date(2026, 9, 12),
         "finish": dt.date(2026, 9, 12)},
        {"start": None, "finish": None},
    ]  # fmt: skip


LINKS = [
    ("fs", 0, "working"),
    ("fs", 960, "working"),
    ("ss", -50, "percent"),
    ("ff", 2880, "elapsed"),
    ("sf", 25, "elapsed_percent"),
    ("ss", -35, "working"),
    ("ff", 0, "elapsed"),
    *[("fs", 0, "working")] * 5,
]


def _plain(project: Project) -> Several:
    """Every text with what cp1252 has only."""
    edits = []
    for table in TABLES:
        names = [column.column for column in table.stored if column.kind == "text"]
        for record in tables.records(project.reader, table):
            old = {name: record[name] for name in names if record[name]}
            new = {name: text.encode("cp1252", "replace").decode("cp1252")
                   for name, text in old.items()}  # fmt: skip
            if new != old:
                edits.append(SetFields(table.table, record["id"], new))
    return Several(tuple(edits), i18n.msg("Plain"))


# identity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "delimiter", "encoding"), DIALECTS)
def test_a_folder_of_csv_brings_nothing_new(
    rich: Project, tmp_path: Path, language: str, delimiter: str, encoding: str
) -> None:
    out = write(rich, NAMES, tmp_path / "all", own(language, delimiter, encoding))
    for reading in i18n.LANGUAGES:  # the window may be in the other language
        found = plan(rich, out, reading)
        assert told(found) == []
        assert found.changes.nothing
        assert found.counts["unchanged"] > 2000
        assert found.counts["missing"] == found.counts["new"] == 0
    for path in out.iterdir():
        assert guess_kind(path) == "table"
        alone = plan(rich, path)
        assert alone.ok
        assert alone.changes.nothing
        if alone.understood.rows:
            assert alone.understood.encoding == encoding
        assert alone.understood.delimiter == delimiter


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_workbook_brings_nothing_new(rich: Project, tmp_path: Path, language: str) -> None:
    out = write(rich, NAMES, tmp_path / "all.xlsx", own(language))
    found = plan(rich, out, "en")
    assert told(found) == []
    assert found.changes.nothing
    assert found.counts["unchanged"] > 2000
    assert len(found.understood.sheets) == len(TABLES) + 1  # and what is to be read first
    corrected = {**found.mapping, "@importer": found.importer, "note": ""}  # about the first sheet
    again = plan(rich, out, "en", mapping=corrected)
    assert again.changes.nothing
    assert "note" not in again.mapping
    sheet = found.understood.sheets[4]
    one = plan(rich, out, "en", mapping={"@sheet": sheet})
    assert one.changes.nothing
    assert one.counts["rows"] == rich.reader.value("SELECT count(*) FROM person")


FORMS = [
    *((*dialect, "") for dialect in DIALECTS),
    ("fr", "", "", ".xlsx"),
    ("en", "", "", ".xlsx"),
]


@pytest.mark.parametrize(("language", "delimiter", "encoding", "form"), FORMS)
def test_an_empty_project_gets_the_same_rows(
    rich: Project, tmp_path: Path, language: str, delimiter: str, encoding: str, form: str
) -> None:
    wanted = own(language, delimiter, encoding) if delimiter else own(language)
    out = write(rich, NAMES, tmp_path / f"all{form}", wanted)
    before = content(rich)
    with Project.create(name="Copy") as copy:
        begin = rich.reader.value("SELECT starts_on FROM project")  # the card is no table
        copy.execute(SetFields("project", 1, {"starts_on": dt.date.fromisoformat(begin)}))
        empty = content(copy)
        found = plan(copy, out, "en")
        assert told(found) == []
        copy.execute(exchange.apply_command(found))
        after = content(copy)
        for name, expected in before.items():
            if name == "bare tasks":
                assert without_derived(after[name]) == without_derived(expected)
            else:
                assert after[name] == expected, name
        assert plan(copy, out).changes.nothing
        copy.undo()
        assert content(copy) == empty


# texts that mean harm ------------------------------------------------------------------------

ALPHABET = "aé'\"=+-@;,\t\r\n |0571e.:/[]\u202f\u00a0€’œ日\U0001f600_x"
TEXTS = st.one_of(
    st.text(ALPHABET, max_size=10),
    st.sampled_from(
        ["007", "1e5", "=1+1", "'=1", "''", "'", '"', '""', "a;b", "a,b", "a\r\nb", "\r", " a ",
         "2026-03-12", "12/03/2026", "1 234,5", "TRUE", "-", "N°", "No.", "Titre", "[3]",
         "Ã©", "_x0041_", "\ufeffa", "a" * 400, "sep=;", "confidential information"]
    ),
)  # fmt: skip
FILLED = TEXTS.filter(bool)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A ticket, two persons, a department and two lines of the plan, to be renamed at will."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        with Project.create(name="Texts") as made:
            unit = made.execute(Add("department", {"name": "D"}))
            for name in ("A", "B"):
                made.execute(Add("person", {"last_name": name, "department_id": unit}))
                made.execute(Add("task", {"title": name, "owner_id": 1}))
            moment = dt.datetime(2026, 3, 12, 14, 2, 7)
            made.execute(Add("ticket", {"number": "1", "title": "t", "opened_at": moment}))
            yield made


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project without any row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        with Project.create(name="Bare") as made:
            yield made


SMALL = ["tasks", "departments", "persons", "tickets"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(texts=["=1", "'=1", "A [1]", "A", "A", "\r", " ", "\t"], form=("fr", ";", "utf-8"))
@example(texts=["Ã©"] * 8, form=("en", ",", "cp1252"))
@given(
    texts=st.lists(FILLED, min_size=8, max_size=8),
    form=st.sampled_from([*DIALECTS, ("fr", ".xlsx", ""), ("en", ".xlsx", "")]),
)
def test_any_text_comes_back(
    small: Project,
    bare: Project,
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    form: tuple[str, str, str],
) -> None:
    a, b, c, d, e, f, g, h = texts
    edits = (
        SetFields("department", 1, {"name": a, "short": b}),
        SetFields("person", 1, {"last_name": c, "note": d}),
        SetFields("person", 2, {"last_name": e, "first_name": f}),
        SetFields("task", 1, {"title": g, "note": h}),
        SetFields("task", 2, {"title": c, "note": a}),
        SetFields("ticket", 1, {"number": d, "title": e, "description": b + "\n" + g}),
    )
    small.execute(Several(edits, i18n.msg("Texts")))
    language, mark, encoding = form
    folder = tmp_path_factory.mktemp("out")
    wanted = own(language) if mark == ".xlsx" else own(language, mark, encoding)
    form_ = mark if mark == ".xlsx" else ""
    try:
        out = write(small, SMALL, folder / f"x{form_}", wanted)
    except UserError as error:
        told_why = str(error)
    else:
        told_why = ""
    if told_why:
        assert encoding == "cp1252"
        assert "hoose UTF-8" in told_why
        return
    found = plan(small, out, "en")
    assert told(found) == []
    assert found.changes.nothing
    fresh = plan(bare, out, "en")
    assert fresh.ok, told(fresh)
    rows = {change.table: list(change.new) for change in fresh.changes.command.tables}  # type: ignore[union-attr]
    for table in tables.find(SMALL):
        stored = tables.records(small.reader, table)
        columns = ["id", *(column.column for column in table.stored)]
        assert [[row[name] for name in columns] for row in rows[table.table]] == [
            [row[name] for name in columns] for row in stored
        ]


def test_a_presence_of_our_own_table_outweighs_half_days(project: Project, tmp_path: Path) -> None:
    course = project.execute(Add("course", {"title": "Devis"}))
    session = project.execute(
        Add("training_session", {"course_id": course, "held_on": dt.date(2027, 1, 12),
                                 "minutes": 420})
    )  # fmt: skip
    person = project.execute(Add("person", {"last_name": "Roy"}))
    key = project.execute(Add("attendance", {"session_id": session, "person_id": person}))
    for part, presence in (("morning", "present"), ("afternoon", "absent")):
        values = {"attendance_id": key, "day": dt.date(2027, 1, 12), "part": part}
        project.execute(Add("half_presence", values | {"presence": presence}))
    project.execute(SetFields("attendance", key, {"presence": "present"}))
    path = tmp_path / "a.csv"
    path.write_text(f"No.,Session No.,Person,Presence\n{key},{session},Roy,Absent\n", "utf-8")
    plan = exchange.plan_import("table", path, project.reader, language="en")
    project.execute(exchange.apply_command(plan))
    assert project.reader.value("SELECT presence FROM attendance") == "absent"
    assert project.reader.value("SELECT count(*) FROM half_presence") == 0
