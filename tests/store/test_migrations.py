"""Older files open: every frozen sample becomes what a new project is."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_pilot.errors import StorageError
from crm_pilot.project import Add, Project, SetField
from crm_pilot.store import migrate, sqlite
from tests.adoption.facts import ACTED_DAY, ACTION_DAY, LOGIN_DAY
from tests.store.dump import dump

DAY = dt.date(2026, 11, 20)
SAMPLES = sorted((Path(__file__).parent.parent / "data").glob("v*.crmp"))


def schema(project: Project) -> dict[str, tuple[object, ...]]:
    """Columns, keys and indexes of every table, however its SQL was spelled."""
    found: dict[str, tuple[object, ...]] = {}
    for (table,) in project.reader.select(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    ):
        found[table] = (
            project.reader.select("SELECT * FROM pragma_table_info(?) ORDER BY name", table),
            project.reader.select(
                'SELECT "table", "from", on_delete FROM pragma_foreign_key_list(?) ORDER BY 1, 2',
                table,
            ),
            project.reader.select(
                'SELECT name, "unique" FROM pragma_index_list(?) ORDER BY name', table
            ),
        )
    return found


def test_there_is_a_sample_of_the_present_format() -> None:
    assert any(sqlite.inspect(path) == sqlite.FORMAT for path in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_become_new(sample: Path, tmp_path: Path, project: Project) -> None:
    path = tmp_path / sample.name
    shutil.copy(sample, path)
    with Project.open(path) as old:
        assert schema(old) == schema(project)
        assert old.reader.value("SELECT COUNT(*) FROM task") > 0
        old.execute(Add("department", {"name": "Ajouté"}))
        old.undo()


def test_1_0_gets_its_marks_from_titles_and_waves(tmp_path: Path) -> None:
    path = tmp_path / "old.crmp"
    shutil.copy(Path(__file__).parent.parent / "data" / "v1.0.crmp", path)
    with Project.open(path) as old:
        marked = dict(
            old.reader.select("SELECT id, mark FROM task WHERE mark IS NOT NULL ORDER BY id")
        )
        assert marked == {
            27: "go_live",
            31: "go_live",
            44: "works_council",
            58: "checkpoint_30",
            59: "checkpoint_60",
            60: "checkpoint_30",
            61: "checkpoint_60",
        }
        assert old.reader.value("SELECT motivation FROM project") is None


def test_facts_of_1_3_are_packed_and_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "old.crmp"
    shutil.copy(Path(__file__).parent.parent / "data" / "v1.3.crmp", path)
    days = ["2026-01-01", "2026-01-31", "2026-02-28", "2026-12-31"]
    logins = [(batch, account, day) for batch in (1, 2) for account in (7, 8) for day in days]
    actions = [
        (1, 7, "2026-01-31", "Devis", 2, 0),
        (1, 7, "2026-01-31", "Requête", 0, 5),
        (1, 8, "2026-12-31", "Devis", 0, 0),  # nothing done: no day of action
        (2, 8, "2027-03-01", "Visites", 1, 1),
    ]
    with closing(sqlite3.connect(path)) as file, file:
        for batch in (1, 2):
            file.execute(
                "INSERT INTO import_batch (id, kind, imported_at) VALUES (?, 'logins',"
                " '2026-11-20 08:00:00')",
                (batch,),
            )
        file.executemany(
            "INSERT INTO login_fact (batch_id, account_id, day) VALUES (?,?,?)", logins
        )
        columns = "batch_id, account_id, day, object, created, updated"
        file.executemany(f"INSERT INTO action_fact ({columns}) VALUES (?,?,?,?,?,?)", actions)
    with Project.open(path) as old:
        ask = old.reader.select
        assert sorted(ask(f"SELECT batch_id, account_id, day FROM {LOGIN_DAY}")) == logins
        assert sorted(
            ask(
                "SELECT f.batch_id, account_id, day, o.name, created, updated"
                f" FROM {ACTION_DAY} f JOIN crm_object o ON o.id = f.object_id"
            )
        ) == sorted(actions)
        done = [row[:4] for row in actions if row[4] or row[5]]
        found = ask(
            f"SELECT f.batch_id, account_id, day, o.name FROM {ACTED_DAY} f"
            " JOIN crm_object o ON o.id = f.object_id"
        )
        assert sorted(found) == sorted(done)
        kinds = dict(ask("SELECT name, kind FROM crm_object"))
        assert kinds == {"Devis": "quote", "Requête": "case", "Visites": "other"}


def test_1_3_profiles_get_a_kind_from_what_is_expected_of_them(tmp_path: Path) -> None:
    path = tmp_path / "old.crmp"
    shutil.copy(Path(__file__).parent.parent / "data" / "v1.3.crmp", path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DELETE FROM profile")
        for name, low, measured in (("A", 5, 1), ("B", 2, 1), ("C", 1, 1), ("D", 5, 0)):
            file.execute(
                "INSERT INTO profile (name, expected_low, expected_high, measured)"
                " VALUES (?, ?, 5, ?)",
                (name, low, measured),
            )
    with Project.open(path) as old:
        assert dict(old.reader.select("SELECT name, kind FROM profile")) == {
            "A": "connected",
            "B": "field",
            "C": "other",
            "D": "integration",
        }


def test_what_stands_in_1_4_is_the_first_rating_and_estimate(tmp_path: Path) -> None:
    path = tmp_path / "old.crmp"
    shutil.copy(Path(__file__).parent.parent / "data" / "v1.4.crmp", path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE project SET status_date = '2026-11-20'")
        file.execute("DELETE FROM budget_line")
        file.execute(
            "INSERT INTO budget_line (id, name, baseline_cents, spent_cents, remaining_cents,"
            " reason) VALUES (1, 'A', 900, 100, 800, 'why'), (2, 'B', 500, 0, 0, '')"
        )
        standing = file.execute("SELECT id, probability, impact FROM risk ORDER BY id").fetchall()
        held = file.execute("SELECT id, number, held_on FROM committee ORDER BY id").fetchall()
    with Project.open(path) as old:
        ask = old.reader.select
        assert ask(
            "SELECT line_id, as_of, spent_cents, remaining_cents, reason FROM budget_estimate"
        ) == [(1, "2026-11-20", 100, 800, "why")]  # nothing known of B: no estimate of zero
        assert (
            ask("SELECT risk_id, probability, impact FROM risk_rating ORDER BY risk_id") == standing
        )
        assert {day for (day,) in ask("SELECT rated_on FROM risk_rating")} == {"2026-11-20"}
        assert ask("SELECT id, number, held_on FROM committee ORDER BY id") == held
        assert {kind for (kind,) in ask("SELECT kind FROM committee")} == {"steering"}
        old.execute(Add("committee", {"kind": "project", "number": held[0][1], "held_on": DAY}))


def test_the_sample_of_1_5_says_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "sample.crmp"
    shutil.copy(Path(__file__).parent.parent / "data" / "v1.5.crmp", path)
    with Project.open(path) as sample:
        ask = sample.reader.select
        assert ask("SELECT kind, number, place FROM committee WHERE place <> ''") == [
            ("steering", 9, "Salle Mistral, Lyon")
        ]
        assert ask("SELECT letter FROM raci_cell ORDER BY id") == [("A",), ("R",), ("AR",)]
        assert ask("SELECT as_of, remaining_days FROM budget_estimate ORDER BY as_of") == [
            ("2026-10-31", 11_400),
            ("2026-11-20", 10_500),
        ]
        assert ask("SELECT content FROM report_file") == [(b"%PDF-1.4",)]


@pytest.fixture
def next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later program with one migration; returns the folder of its migrations."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    later = sqlite.Version(sqlite.FORMAT.major, sqlite.FORMAT.minor + 1)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    for module in (migrate, sqlite):
        monkeypatch.setattr(module, "FORMAT", later)
    monkeypatch.setattr("crm_pilot.project.sqlite.FORMAT", later)
    return folder


def migration_file(folder: Path) -> Path:
    """Path of the file that leads to the later format."""
    return folder / f"{migrate.FORMAT.major:02d}{migrate.FORMAT.minor:02d}_colour.sql"


def old_file(project: Project, path: Path) -> Path:
    """A saved file of the present format with one task."""
    project.execute(Add("task", {"title": "kept; 'quoted'"}))
    project.save(path)
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        stored = sqlite.Version.unpack(connection.execute("PRAGMA user_version").fetchone()[0])
    assert stored < migrate.FORMAT or stored == sqlite.FORMAT
    return path


def test_a_migration_keeps_the_content(
    project: Project, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = old_file(project, tmp_path / "old.crmp")
    before = path.read_bytes()
    folder = request.getfixturevalue("next_format")
    migration_file(folder).write_text(
        "-- a comment; with a semicolon\n"
        "ALTER TABLE task ADD COLUMN colour TEXT NOT NULL DEFAULT 'x;y';\n"
        "UPDATE task SET colour = title || ';';\n"
    )
    with Project.open(path) as opened:
        assert opened.migrated_from is not None
        assert opened.reader.select("SELECT title, colour FROM task") == [
            ("kept; 'quoted'", "kept; 'quoted';")
        ]
        assert path.read_bytes() == before  # the file itself waits for Save
        opened.execute(Add("department", {"name": "D"}))
        opened.save()
    assert sqlite.inspect(path) == migrate.FORMAT


def test_a_failing_migration_changes_nothing(
    project: Project, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = old_file(project, tmp_path / "old.crmp")
    before = path.read_bytes()
    folder = request.getfixturevalue("next_format")
    migration_file(folder).write_text("ALTER TABLE task ADD COLUMN a TEXT;\nDROP TABLE nowhere;\n")
    with pytest.raises(StorageError):
        Project.open(path)
    assert path.read_bytes() == before


def test_migrations_are_numbered_up_to_the_format() -> None:
    targets = [migration.target for migration in migrate.migrations()]
    assert targets == sorted(set(targets))
    assert all(target <= sqlite.FORMAT for target in targets)


def test_dump_sees_everything(project: Project) -> None:
    assert {"task", "ticket", "rating", "project"} <= set(dump(project))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_an_edit_of_an_older_plan_moves_nothing_else(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / sample.name
    shutil.copy(sample, path)
    with Project.open(path) as old:
        dates = "SELECT id, start, finish, percent FROM task ORDER BY id"
        before = old.reader.select(dates)
        old.execute(SetField("task", before[0][0], "note", "seen"))
        assert old.reader.select(dates) == before
        unsettled = "start IS NOT NULL AND kind <> 'phase' AND duration IS NULL"
        assert old.reader.value(f"SELECT count(*) FROM task WHERE {unsettled}") == 0
        by_hand = old.reader.value("SELECT count(*) FROM task WHERE mode = 'manual'")
        print(f"{sample.stem}: {by_hand} lines by hand of {len(before)}")
