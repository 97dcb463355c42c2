"""Exports of records: how many key fields are filled, and nothing of the records themselves."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from crm_pilot import exchange
from crm_pilot.adoption.quality import latest
from crm_pilot.cli import main
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.i18n import show
from crm_pilot.project import Add, Project, SetField

D = dt.date
HEADINGS = ("Contact ID", "Last Name", "Email", "Phone", "Owner", "Created Date", "Browser")
Measured = dict[tuple[str, int | None], tuple[int, int]]


def records() -> list[tuple[str, ...]]:
    """Ten records of Anne's (sales), four of Ben's (service), one that nobody here owns."""
    rows: list[tuple[str, ...]] = []
    for number in range(15):
        owner = "Anne Roy" if number < 10 else "Ben Ode" if number < 14 else "Zed Away"
        rows.append(
            (
                f"003{number:04}",
                f"Secret{number}",
                f"s{number}@hidden.example" if number % 2 else "  ",
                "N/A" if number % 3 else "01 02 03 04 05",
                owner,
                "2026-09-01",
                "Chrome",
            )
        )
    return rows


def write(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


@pytest.fixture
def staffed(project: Project) -> Project:
    for number, name in enumerate(("Sales", "Service"), 1):
        project.execute(Add("department", {"name": name, "position": number}))
    ids = {name: key for key, name in project.reader.select("SELECT id, name FROM department")}
    for first, last, place in (("Anne", "Roy", "Sales"), ("Ben", "Ode", "Service")):
        person = {"first_name": first, "last_name": last, "department_id": ids[place]}
        project.execute(Add("person", person))
    project.execute(SetField("project", 1, "status_date", D(2026, 11, 21)))
    return project


def plan(project: Project, path: Path, **corrections: str) -> ImportPlan:
    return exchange.plan_import(
        "completeness", path, project.reader, language="fr", mapping=corrections
    )


def measured(project: Project) -> Measured:
    return {
        (name, department): (records, filled)
        for name, department, records, filled in project.reader.select(
            "SELECT field, department_id, records, filled FROM completeness"
        )
    }


def test_filled_cells_are_counted_as_by_hand(staffed: Project, tmp_path: Path) -> None:
    found = plan(staffed, write(tmp_path / "contacts.csv", records()))
    assert found.ok, found.problems
    staffed.execute(exchange.apply_command(found))
    rows = measured(staffed)
    by_hand = Counter(
        heading
        for row in records()
        for heading, cell in zip(HEADINGS, row, strict=True)
        if cell.strip() not in ("", "N/A")
    )
    for heading in ("Last Name", "Email", "Phone"):
        assert rows[(heading, None)] == (15, by_hand[heading])
    assert {heading for heading, _ in rows} == {"Last Name", "Email", "Phone"}
    sales = staffed.reader.select("SELECT id FROM department WHERE name = 'Sales'")[0][0]
    assert rows[("Email", sales)] == (10, 5)
    assert rows[("Phone", sales)] == (10, 4)
    # the object comes from the name of the file; the figure is that of the room
    read = latest(staffed.reader)
    assert {row.object for row in read.rows} == {"Contact"}


def test_a_department_of_four_records_is_not_told_alone(staffed: Project, tmp_path: Path) -> None:
    staffed.execute(
        exchange.apply_command(plan(staffed, write(tmp_path / "contacts.csv", records())))
    )
    service = staffed.reader.select("SELECT id FROM department WHERE name = 'Service'")[0][0]
    assert not [key for key in measured(staffed) if key[1] == service]


def test_nothing_of_the_records_is_stored(staffed: Project, tmp_path: Path) -> None:
    staffed.execute(
        exchange.apply_command(plan(staffed, write(tmp_path / "contacts.csv", records())))
    )
    path = tmp_path / "kept.crmp"
    staffed.save(path)
    with sqlite3.connect(path) as base:
        words = "\n".join(base.iterdump())
    for hidden in ("Secret", "hidden.example", "01 02 03", "Zed", "Chrome"):
        assert hidden not in words


def test_twice_adds_nothing_and_undo_takes_all_back(staffed: Project, tmp_path: Path) -> None:
    path = write(tmp_path / "contacts.csv", records())
    before = measured(staffed)
    staffed.execute(exchange.apply_command(plan(staffed, path)))
    again = plan(staffed, path)
    assert again.counts["new"] == 0
    assert again.counts["unchanged"] == len(measured(staffed))
    staffed.undo()
    assert measured(staffed) == before
    assert not staffed.reader.select("SELECT 1 FROM import_batch")


def test_a_file_that_does_not_say_its_object_is_refused_until_it_is_told(
    staffed: Project, tmp_path: Path
) -> None:
    path = write(tmp_path / "extract.csv", records())
    rows = path.read_text("utf-8").replace("Contact ID", "ID", 1)
    path.write_text(rows, "utf-8")
    found = plan(staffed, path)
    assert not found.ok
    assert "--object" in show(found.problems[0].message)
    assert plan(staffed, path, **{"@object": "Account"}).ok


def test_two_columns_of_one_name_are_counted_apart(staffed: Project, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("Email,Email,Owner\na,,Anne Roy\nb,c,Anne Roy\n", "utf-8")
    staffed.execute(exchange.apply_command(plan(staffed, path)))
    counts = sorted(filled for _, filled in measured(staffed).values())
    assert counts == [1, 2]


def test_an_export_of_opportunities_agrees_with_sqlite(
    staffed: Project, tmp_path: Path, corpus: Path
) -> None:
    path = corpus / "crm-opportunities" / "sales_pipeline_first1500.csv"
    found = plan(staffed, path, **{"@object": "Opportunity"})
    staffed.execute(exchange.apply_command(found))
    with path.open(encoding="utf-8", newline="") as file, sqlite3.connect(":memory:") as base:
        head, *rows = csv.reader(file)
        base.execute(f"CREATE TABLE t ({', '.join(head)})")
        base.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(head))})", rows)
        for (name, _), (count, filled) in measured(staffed).items():
            oracle = base.execute(f"SELECT COUNT(*), SUM(TRIM({name}) <> '') FROM t").fetchone()
            assert (count, filled) == oracle
    assert len(measured(staffed)) == 8


def test_the_command_line_says_what_it_counted(
    tmp_path: Path, demo_files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.crmp"
    shutil.copy(demo_files["en"], file)
    path = write(tmp_path / "extract.csv", records())
    asked = ["--as", "completeness", "--object", "Contact", "--check"]
    assert main(["import", str(file), str(path), *asked]) == 0
    told = capsys.readouterr().out
    assert "3 fields counted in the records of “Contact”: 15 records" in told
