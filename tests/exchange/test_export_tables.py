"""What can be exported fits the database, is recognised again, and keeps the level asked for."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_pilot import i18n, paths
from crm_pilot.errors import UserError
from crm_pilot.exchange import exporting, tables
from crm_pilot.exchange.exporting import Wanted, export
from crm_pilot.exchange.headers import is_dropped, normal
from crm_pilot.exchange.own_formats import format_of, formats
from crm_pilot.exchange.registry import importer_for, likely_kind
from crm_pilot.exchange.tables import ExportTable, sheet_of
from crm_pilot.exchange.tables_list import TABLES
from crm_pilot.exchange.writing import Sheet
from crm_pilot.figures import Level
from crm_pilot.i18n import Translator
from crm_pilot.project import Add, Project, Remove

NAMES = [table.name for table in TABLES]
OUTSIDE = {  # tables of the project that are no lists of the lead's, or go along with others
    *("project", "working_copy", "import_batch", "headline", "link"),
    *("priority_cell", "ticket_event", "forecast", "baseline", "baseline_task"),
    # which sections and how they look; issued reports are frozen for good
    *("report_section", "report_look", "report_issue", "report_file"),
    "plan_part",  # what another planner's file said and nobody reads, kept for that planner alone
}


@pytest.fixture(scope="module")
def rich(
    tmp_path_factory: pytest.TempPathFactory, demo_files: dict[str, Path]
) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(tmp_path_factory.mktemp("home")))
        with Project.open(demo_files["fr"], read_only=True) as opened:
            yield opened


def sheet(project: Project, name: str, level: Level, language: str = "en") -> Sheet:
    found = tables.find([name])[0]
    return sheet_of(project.reader, found, language=language, level=level, today=project.today())


# the list ------------------------------------------------------------------------------------


def test_every_table_is_there(rich: Project) -> None:
    known = {
        row[0]
        for row in rich.reader.select("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith("sqlite_") and not row[0].endswith("_fact")
    }
    assert {table.table for table in TABLES} | OUTSIDE >= known, "a new table: export it or say why"
    assert {table.table for table in TABLES} <= known


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_columns_are_those_of_the_database(rich: Project, table: ExportTable) -> None:
    found = rich.reader.select(
        f"SELECT name, \"notnull\", pk FROM pragma_table_info('{table.table}')"
    )
    needed = {name: bool(must) for name, must, key in found if not key}
    covered = {column.column for column in table.stored}
    covered |= {column.beside for column in table.stored if column.beside}
    assert covered == set(needed), "every column is exported"
    assert table.naming in needed
    script = rich.reader.value("SELECT sql FROM sqlite_master WHERE name = ?", table.table)
    for column in table.stored:
        assert column.null is not needed[column.column], column.title
        if column.null or column.filled:
            assert column.default is None
        else:
            assert column.default is not None, column.title
        allowed = re.search(rf'"{column.column}" IN \(([^)]*)\)', script)
        if allowed:
            values = {text.strip(" '") for text in allowed[1].split(",")}
            assert {str(value) for value in column.words or {}} == values
            assert column.default is None or str(column.default) in values


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_titles_and_words_are_clear_in_both_languages(table: ExportTable) -> None:
    taken: dict[str, str] = {}
    for title in (tables.ID, *(column.title for column in table.columns)):
        for language in i18n.LANGUAGES:
            shown = Translator(language).tr(title)
            assert taken.setdefault(normal(shown), title) == title
            assert not is_dropped(shown)
            shown.encode("cp1252")
            assert not set(shown) & set(";\t|")
    for column in table.columns:
        words: dict[str, Any] = {}
        for value, word in (column.words or {}).items():
            for language in i18n.LANGUAGES:
                shown = Translator(language).tr(word)
                assert words.setdefault(normal(shown), value) == value, shown
                shown.encode("cp1252")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_an_export_is_known_as_itself(
    rich: Project, table: ExportTable, level: Level, language: str
) -> None:
    made = sheet(rich, table.name, level, language)
    heads = [column.title for column in made.columns]
    readable = level == Level.OWN or not (table.coded or table.keyless)
    found = format_of(heads)
    assert (found is not None and found.name == table.name) is readable
    if readable:
        assert likely_kind(heads) == "table"
        assert importer_for("table", tuple(heads)).name == table.name


def test_files_of_others_are_not_taken_for_ours() -> None:
    for heads in (
        ("number", "opened_at", "short_description", "priority", "state"),
        ("Matricule", "Nom", "Prénom", "Service"),
        ("No.", "Title"),
        ("N°", "Titre", "a", "b", "c", "d"),
    ):
        assert format_of(heads) is None
        assert likely_kind(heads) != "table"
    assert len({form.name for form in formats()}) == len(TABLES)


# levels --------------------------------------------------------------------------------------


def names_of_rated_persons(project: Project) -> set[str]:
    found = project.reader.select("SELECT name FROM stakeholder WHERE kind = 'person'")
    return {row[0] for row in found}


@pytest.mark.parametrize("name", ["stakeholders", "ratings"])
def test_no_name_stands_beside_a_position(rich: Project, name: str) -> None:
    persons = names_of_rated_persons(rich)
    assert len(persons) > 20
    coded = sheet(rich, name, Level.COMMITTEE)
    cells = {str(cell) for row in coded.rows for cell in row}
    assert not persons & cells
    assert not any(person in cell for person in persons for cell in cells)
    assert "cannot be imported again" in coded.remark
    assert coded.columns[0].title == "Group or code"
    codes = [row[0] for row in coded.rows if re.fullmatch(r"P-\d+", row[0])]
    assert codes == sorted(codes), "the order must not be that of names"
    facts = {row[0] for row in rich.reader.select("SELECT fact FROM rating WHERE fact <> ''")}
    assert not facts & cells
    own = sheet(rich, name, Level.OWN)
    assert persons & {str(cell) for row in own.rows for cell in row}
    assert own.remark.startswith("Confidential information")


def test_no_key_leads_from_a_code_to_a_name(rich: Project) -> None:
    codes = {row[0] for row in rich.reader.select("SELECT code FROM person")}
    numbers = {str(row[0]) for row in rich.reader.select("SELECT id FROM person")}
    for name in ("persons", "accounts", "attendance", "tasks", "tickets", "roles"):
        made = sheet(rich, name, Level.COMMITTEE)
        cells = {str(cell) for row in made.rows for cell in row}
        assert not codes & cells
        assert not any(re.search(r" \[\d+\]$", cell) for cell in cells)
    heads = [column.title for column in sheet(rich, "persons", Level.COMMITTEE).columns]
    assert "No." not in heads
    assert not numbers & {str(row[0]) for row in sheet(rich, "persons", Level.COMMITTEE).rows}


def test_nobodys_absences_leave_the_leads_hands(project: Project) -> None:
    for number in range(5):
        key = project.execute(
            Add("person", {"last_name": f"Name{number}", "code": f"P-00{number}"})
        )
        days = {"person_id": key, "first": dt.date(2026, 3, 6), "last": dt.date(2026, 3, 9)}
        if number == 4:  # fewer than five persons: nothing is told at all
            assert sheet(project, "absences", Level.COMMITTEE).rows == []
        project.execute(Add("absence", days | {"part": "morning" if number else "day"}))
    coded = sheet(project, "absences", Level.COMMITTEE)
    assert coded.rows == [[dt.date(2026, 3, 2), 3.0], [dt.date(2026, 3, 9), 3.0]]
    assert "cannot be imported again" in coded.remark
    own = {str(cell) for row in sheet(project, "absences", Level.OWN).rows for cell in row}
    assert "Name3" in own
    heads = {column.title for column in sheet(project, "persons", Level.COMMITTEE).columns}
    assert not {"Calendar", "Working time, %"} & heads


def test_small_groups_are_pooled(project: Project) -> None:
    for name, size in (("Sales", 12), ("Board", 3), ("Legal", 2)):
        key = project.execute(
            Add("stakeholder", {"kind": "group", "name": name, "headcount": size})
        )
        rating = {"stakeholder_id": key, "rated_on": dt.date(2026, 1, 5), "synergy": 2,
                  "antagonism": 3, "fact": "said so"}  # fmt: skip
        project.execute(Add("rating", rating))
    coded = sheet(project, "stakeholders", Level.COMMITTEE)
    assert [row[0] for row in coded.rows] == ["Sales", "2 groups under five people, pooled"]
    assert coded.rows[1][2:7] == [None, 5, None, None, None]
    assert {row[0] for row in sheet(project, "ratings", Level.COMMITTEE).rows} == {"Sales"}


def lateral(project: Project) -> dict[str, int]:
    """A lateral project of each kind of unit: a group, one under five people, a person."""
    keys = {}
    department = project.execute(Add("department", {"name": "Floor"}))
    profile = project.execute(Add("profile", {"name": "Seller"}))
    for kind, name, size in (("group", "Sales", 12), ("group", "Board", 3), ("person", "Ana", 1)):
        unit = {"kind": kind, "name": name, "code": "P-07", "headcount": size, "stage": 2,
                "profile_id": profile, "department_id": department, "role": f"part of {name}",
                "enters_on": dt.date(2026, 3, 1)}  # fmt: skip
        keys[name] = project.execute(Add("stakeholder", unit))
    keys["Legal"] = project.execute(
        Add("stakeholder", {"name": "Legal", "headcount": 8, "kind": "group"})
    )
    for one, other in (("Sales", "Legal"), ("Board", "Sales"), ("Ana", "Sales"), ("Sales", "Ana")):
        project.execute(Add("stakeholder_tie", {"from_id": keys[one], "to_id": keys[other]}))
    for name in ("Sales", "Board", "Ana", ""):
        told = {"title": f"For {name}", "stakeholder_id": keys.get(name), "concern": "hidden",
                "offer": "hidden", "goal": "hidden", "noted_on": dt.date(2026, 1, 9)}  # fmt: skip
        project.execute(Add("lateral_project", told))
        if name:
            line = project.execute(Add("task", {"title": f"Visit {name}", "owner_id": None}))
            ally = {"task_id": line, "stakeholder_id": keys[name], "ally_id": keys["Ana"]}
            project.execute(Add("influence", ally))
    return keys


def test_what_is_done_about_a_person_stays_with_the_lead(project: Project) -> None:
    lateral(project)

    def rows(name: str) -> list[list[Any]]:
        return sheet(project, name, Level.COMMITTEE).rows

    assert rows("ties") == [["Sales", "influences", "Legal"]]
    assert [row[:2] for row in rows("lateral-projects")] == [["For Sales", "Sales"], ["For ", None]]
    found = rows("influence-actions")
    assert [row[:4] for row in found] == [["Visit Sales", "Sales", "One-to-one", None]]
    units = {row[0]: row for row in rows("stakeholders")}
    assert units["Sales"][1:4] == ["Floor", "Seller", 12]
    assert units["Sales"][-2:] == [2, dt.date(2026, 3, 1)]
    assert units["P-07"][1:4] == [None, None, 1]
    assert units["P-07"][-2:] == [None, None]
    for name in ("stakeholders", "ties", "lateral-projects", "influence-actions"):
        coded = sheet(project, name, Level.COMMITTEE)
        cells = " ".join(str(cell) for row in coded.rows for cell in row)
        assert not any(word in cells for word in ("Ana", "hidden", "part of", "Board"))
        assert "cannot be imported again" in coded.remark
    for word in ("Ana", "hidden"):
        assert word in str(sheet(project, "lateral-projects", Level.OWN).rows)


def test_a_warning_put_aside_tells_no_reason(project: Project) -> None:
    told = {
        "rule": "allies",
        "subject": "unit:7",
        "reason": "hidden",
        "set_on": dt.date(2026, 1, 9),
    }
    project.execute(Add("snooze", told))
    assert sheet(project, "snoozes", Level.OWN).rows[0][1:4] == ["allies", "unit:7", "hidden"]
    assert sheet(project, "snoozes", Level.COMMITTEE).rows == [
        [1, "allies", dt.date(2026, 1, 9), None]
    ]


def test_few_erased_persons_are_pooled_or_left_out(project: Project) -> None:
    first, second = dt.date(2026, 1, 5), dt.date(2026, 2, 2)
    for day, zone, persons in (
        *((first, "passive", 6), (first, "rebel", 3), (first, "torn", 2)),
        *((second, "zealot", 5), (second, "rebel", 4)),
    ):
        values = {"counted_on": day, "zone": zone, "persons": persons}
        project.execute(Add("position_count", values))
    assert sheet(project, "position-counts", Level.COMMITTEE).rows == [
        [first, "Passives", 6],
        [first, "zones under five people, pooled", 5],
        [second, "Zealots", 5],
    ]


def used(project: Project) -> None:
    """Use, support and training of a department of six accounts and of one of two."""
    add = lambda table, **values: project.execute(Add(table, values))  # noqa: E731
    day = dt.date(2026, 3, 2)
    quote, visit = (add("crm_object", name=name) for name in ("Quotes", "Visits"))
    for name, size, filled in (("Sales", 6, 30), ("Board", 2, 1), ("Legal", 3, 5)):
        key = add("department", name=name)
        for n in range(size):
            person = add("person", last_name=f"{name} {n}", department_id=key)
            add("account", external_id=f"{name}{n}", person_id=person)
        add("completeness", measured_on=day, object_id=quote, department_id=key, field="Size",
            records=50, filled=filled)  # fmt: skip
        month = {"month": 202501, "department_id": key}
        add("use_total", **month, accounts=size, active=size - 1, login_days=9, working_days=99)
        for thing in (quote, visit) if size > 5 else (quote,):
            add("action_total", **month, object_id=thing, users=size, created=1, updated=2)
        case = {"noted_on": day, "department_id": key, "person_id": person, "matter": "hidden"}
        add("support", **case, answer="hidden", done_on=day if size > 5 else None)
    for title, answers in (("Selling", 6), ("Quoting", 3), ("Visiting", 1)):
        held = add("training_session", course_id=add("course", title=title), held_on=day)
        for n in range(answers):
            given = {"session_id": held, "person_id": n + 1}
            mark = 4 if n else None
            add("evaluation", **given, given_on=day, pace=mark, comment="hidden")
            add("quiz_result", **given, points=n)


def test_use_of_a_few_is_pooled_or_left_out(project: Project) -> None:
    used(project)

    def rows(name: str) -> list[list[Any]]:
        return sheet(project, name, Level.COMMITTEE).rows

    few, day = "departments under five accounts, pooled", dt.date(2026, 3, 2)
    assert rows("completeness") == [
        [day, "Quotes", "Sales", "Size", 50, 30],
        [day, "Quotes", few, "Size", 100, 6],
    ]
    assert rows("use-totals") == [
        ["2025-01", "Sales", 6, 5, 9, 99],
        ["2025-01", few, 5, 3, 18, 198],
    ]
    assert rows("action-totals") == [
        ["2025-01", "Quotes", 11, 3, 6],
        ["2025-01", "Visits", 6, 1, 2],
    ]
    assert rows("support") == [["2026-03", "A question", 3, 1]]
    # four answers of two courses are fewer than five: the third must join them
    pooled = "courses under five answers, pooled"
    assert rows("evaluations") == [[pooled, "At the end", 10, None, None, None, 4.0, None, None]]
    assert rows("quiz-results") == [[pooled, "After", 10, 18.0]]
    project.execute(Remove("training_session", (1,)))
    assert rows("evaluations") == rows("quiz-results") == []
    for name in ("completeness", "use-totals", "support", "evaluations", "quiz-results"):
        coded = sheet(project, name, Level.COMMITTEE)
        cells = " ".join(str(cell) for row in coded.rows for cell in row)
        assert not any(word in cells for word in ("Board", "Legal", "hidden", "Sales 0"))
        assert "cannot be imported again" in coded.remark


def test_notes_stay_with_the_lead(rich: Project) -> None:
    for table in TABLES:
        own = [column.title for column in sheet(rich, table.name, Level.OWN).columns]
        committee = [column.title for column in sheet(rich, table.name, Level.COMMITTEE).columns]
        assert not {"Note", "Description", "Observed fact", "Part to play"} & set(committee)
        if not table.coded:
            assert set(committee) <= set(own)


# files ---------------------------------------------------------------------------------------


def test_files_folders_and_the_log(rich: Project, tmp_path: Path) -> None:
    wanted, day = Wanted("fr"), rich.today()
    out = tmp_path / "all"
    written = export(rich.reader, NAMES, out, wanted, day)
    assert [path.name for path in written[:2]] == ["Plan.csv", "Vagues.csv"]
    assert len(written) == len(TABLES) == len(list(out.iterdir()))
    own = export(rich.reader, ["ratings"], tmp_path / "o", Wanted("fr", Level.OWN), day)
    assert own[0].name == "Cotations des parties prenantes (confidentiel).csv"
    text = own[0].read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[-1] == [
        "Informations confidentielles, export du chef de projet avec les noms. Ne pas diffuser."
    ]
    lines = (paths.logs_dir() / exporting.LOG).read_text("utf-8").splitlines()
    assert [line.split("\t")[2] for line in lines] == ["committee", "own"]
    assert lines[1].split("\t")[3] == "ratings"
    persons = names_of_rated_persons(rich)
    assert not any(person in line for person in persons for line in lines)


def test_a_folder_is_written_whole_or_not_at_all(rich: Project, tmp_path: Path) -> None:
    out = tmp_path / "all"
    wanted = Wanted("fr", Level.COMMITTEE, ";", "cp1252")
    with pytest.raises(UserError, match="Nothing was written"):
        export(rich.reader, NAMES, out, wanted, rich.today())
    assert not list(out.iterdir())


def test_several_tables_do_not_fit_one_csv(rich: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="one table only"):
        export(rich.reader, ["tasks", "risks"], tmp_path / "a.csv", Wanted("en"), rich.today())
    with pytest.raises(UserError, match="no table called “nothing”"):
        export(rich.reader, ["nothing"], tmp_path / "a.csv", Wanted("en"), rich.today())


def test_a_log_that_cannot_be_written_keeps_no_export_back(
    rich: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(paths, "logs_dir", lambda: blocked)
    export(rich.reader, ["risks"], tmp_path / "a.csv", Wanted("en"), rich.today())
    assert (tmp_path / "a.csv").exists()
