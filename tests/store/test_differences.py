"""What changed between two files, in rows and in words; random edits are told as they were made."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.adoption.facts import stored_days
from crm_pilot.differences import FOLLOWERS, IMPORTED, WORDS, sentences, summary
from crm_pilot.i18n import Translator
from crm_pilot.project import Add, Project, Remove, SetField, SetFields
from crm_pilot.store.differences import Comparison, compare

TABLES = ("task", "department", "person", "decision", "risk", "ticket", "highlight")


def english(found: Comparison) -> str:
    """The whole list in English, in one line."""
    told = sentences(found)
    return summary(told, Translator("en").show, limit=len(told) or 1)


def values(table: str, number: int) -> dict[str, Any]:
    """A row that is allowed, different for each number."""
    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
    moment = dt.datetime(2026, 1, 1, 9)
    return {
        "task": {"title": f"T{number}", "start": day, "finish": day},
        "department": {"name": f"D{number}"},
        "person": {"last_name": f"P{number}"},
        "decision": {"code": f"D-{number}", "wording": "Go", "owner": "A", "due_on": day},
        "risk": {"code": f"R-{number}", "title": "Late", "owner": "A"},
        "ticket": {"number": f"N{number}", "title": "Broken", "opened_at": moment},
        "highlight": {"noted_on": day, "lead": f"H{number}"},
    }[table]


CHANGED = {
    "task": "note",
    "department": "short",
    "person": "job",
    "decision": "owner",
    "risk": "response",
    "ticket": "category",
    "highlight": "detail",
}
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "remove"]), st.sampled_from(TABLES), st.integers(0, 9)
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with five rows in each table."""
    path = tmp_path_factory.mktemp("start") / "start.crmp"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(path.parent / "home"))
        with Project.create(name="Start") as project:
            for table in TABLES:
                for number in range(5):
                    project.execute(Add(table, values(table, number)))
            project.save(path)
    return path


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_the_summary_is_what_was_done(
    start: Path, tmp_path: Path, edits: list[tuple[str, str, int]]
) -> None:
    """The rows told as added, changed and removed are those that edits left so."""
    before: dict[str, dict[int, str]] = {table: {} for table in TABLES}
    after: dict[str, dict[int, str]] = {}
    path = tmp_path / "edited.crmp"
    path.unlink(missing_ok=True)
    with Project.open(start, read_only=True) as project:
        project.read_only = False
        for table in TABLES:
            before[table] = {key: "" for (key,) in project.reader.select(f"SELECT id FROM {table}")}
        after = {table: dict(rows) for table, rows in before.items()}
        for step, (what, table, pick) in enumerate(edits):
            rows = after[table]
            keys = sorted(rows)
            if what == "add":
                made = project.execute(Add(table, values(table, 100 + step)))
                rows[made] = f"added {step}"
            elif keys:
                key = keys[pick % len(keys)]
                if what == "change":
                    project.execute(SetField(table, key, CHANGED[table], f"new {step}"))
                    rows[key] = f"changed {step}"
                else:
                    project.execute(Remove(table, (key,)))
                    del rows[key]
        project.save(path)
    found = compare(start, path)
    expected = {}
    for table in TABLES:
        old, new = before[table], after[table]
        counts = (
            len(new.keys() - old.keys()),
            sum(new[key] != old[key] for key in new.keys() & old.keys()),
            len(old.keys() - new.keys()),
        )
        if any(counts):
            expected[table] = counts
    assert {t: (c.added, c.changed, c.removed) for t, c in found.tables.items()} == expected
    told = {m.template: m.params["n"] for m in sentences(found)}
    spoken = {
        word.template: n
        for table, counts in expected.items()
        for word, n in zip(WORDS[table], counts, strict=True)
        if n
    }
    assert told == spoken


def test_nothing_changed(start: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.crmp"
    shutil.copy(start, same)
    assert not compare(start, same)
    assert english(compare(start, same)) == "no change"


def test_a_field_filled_or_emptied_counts(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "1.crmp", tmp_path / "2.crmp"
    key = project.execute(Add("person", {"last_name": "Faure"}))
    project.save(first)
    project.execute(SetField("person", key, "arrived_on", dt.date(2026, 11, 21)))
    project.save(second)
    assert english(compare(first, second)) == "1 person changed"
    assert english(compare(second, first)) == "1 person changed"


def test_neither_file_is_touched(start: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.crmp"
    shutil.copy(start, other)
    names, content = sorted(start.parent.iterdir()), start.read_bytes()
    compare(start, other)
    assert sorted(start.parent.iterdir()) == names
    assert start.read_bytes() == content == other.read_bytes()


def test_go_lives_milestones_and_the_card_are_named(project: Project, tmp_path: Path) -> None:
    day = dt.date(2027, 1, 12)
    kept = {"kind": "milestone", "start": day, "finish": day}
    live = project.execute(Add("task", {"title": "Go-live 2", **kept}))
    other = project.execute(Add("task", {"title": "Works council", **kept}))
    project.execute(Add("wave", {"name": "wave 2", "milestone_id": live}))
    first, second = tmp_path / "1.crmp", tmp_path / "2.crmp"
    project.save(first)
    later = day + dt.timedelta(days=7)
    for key in (live, other):
        project.execute(SetFields("task", key, {"start": later, "finish": later}))
    project.execute(SetField("project", 1, "name", "Renamed"))
    project.execute(SetField("project", 1, "status_date", day))
    project.save(second)
    told = english(compare(first, second)).replace("\u00a0", " ")
    assert told == (
        "renamed “Trial” → “Renamed”, status date: no date → 12 Jan,"
        " go-live wave 2: 12 Jan → 19 Jan, milestone “Works council”: 12 Jan → 19 Jan,"
        " 2 tasks changed"
    )


def test_what_came_with_an_import_is_named_as_such(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "1.crmp", tmp_path / "2.crmp"
    project.save(first)
    for number in range(3):
        project.execute(Add("ticket", values("ticket", number)))
    moment = dt.datetime(2026, 11, 21, 14, 2)
    project.execute(Add("import_batch", {"kind": "tickets", "imported_at": moment}))
    project.save(second)
    assert english(compare(first, second)) == "3 tickets imported"
    assert english(compare(second, first)) == "3 tickets removed, 1 import removed"


def test_what_follows_its_row_is_not_told_twice(project: Project, tmp_path: Path) -> None:
    """A rating of a risk that is told anyway; alone, it is told."""
    day = dt.date(2026, 11, 20)
    first, second, third = (tmp_path / f"{n}.crmp" for n in "123")
    project.save(first)
    risk = project.execute(Add("risk", {"code": "R-1", "title": "Late"}))
    rated = {"risk_id": risk, "probability": 2, "impact": 2}
    project.execute(Add("risk_rating", {**rated, "rated_on": day}))
    project.save(second)
    project.execute(Add("risk_rating", {**rated, "rated_on": day + dt.timedelta(days=1)}))
    project.save(third)
    assert english(compare(first, second)) == "1 risk added"
    assert english(compare(second, third)) == "1 rating of a risk added"


def test_facts_are_told_by_batch(demo_files: dict[str, Path], tmp_path: Path) -> None:
    without = tmp_path / "without.crmp"
    with Project.open(demo_files["en"], read_only=True) as project:
        project.read_only = False
        logins = stored_days(project.reader)
        batches = project.reader.select("SELECT id FROM import_batch WHERE kind = 'logins'")
        assert logins and batches
        project.execute(Remove("import_batch", tuple(key for (key,) in batches)))
        project.save(without)
    told = english(compare(without, demo_files["en"]))
    assert f"{logins} login days imported" in told


def test_other_formats_are_compared_where_both_know_the_columns(
    start: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.crmp"
    shutil.copy(start, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("ALTER TABLE task ADD COLUMN later TEXT DEFAULT 'x'")
        connection.execute("CREATE TABLE unheard_of(id INTEGER PRIMARY KEY, a TEXT)")
        connection.execute("INSERT INTO unheard_of(a) VALUES ('x')")
        connection.execute("UPDATE task SET note = 'changed' WHERE id = 1")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version={version + 1}")
        connection.commit()
    found = compare(start, newer)
    major, minor = version >> 16, version & 0xFFFF
    told = f"1 task changed, file format {major}.{minor} → {major}.{minor + 1}"
    assert english(found) == told


def test_an_old_file_is_compared_with_a_new_one(project: Project, tmp_path: Path) -> None:
    old = Path(__file__).resolve().parents[1] / "data" / "v1.0.crmp"
    project.save(tmp_path / "new.crmp")
    assert sentences(compare(old, tmp_path / "new.crmp"))


def test_every_table_has_its_words(project: Project) -> None:
    rows = project.reader.select("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {row[0] for row in rows if not row[0].startswith("sqlite_")}
    told_by_others = {"acted_fact", "owned_fact"}  # they come with action_fact, batch by batch
    assert not tables - WORDS.keys() - told_by_others - {"project", "working_copy"}
    assert not (WORDS.keys() | IMPORTED.keys() | FOLLOWERS.keys()) - tables


def test_a_summary_is_cut_after_a_few(project: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "1.crmp", tmp_path / "2.crmp"
    project.save(first)
    for table in TABLES:
        project.execute(Add(table, values(table, 1)))
    project.save(second)
    told = sentences(compare(first, second))
    assert summary(told, Translator("en").show).endswith("and 3 more")
    assert len(told) == len(TABLES)
