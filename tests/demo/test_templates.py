"""Templates of new projects: whole and consistent in both languages, countries and sizes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from crm_pilot import figures
from crm_pilot.demo.templates import (
    EMPTY,
    TEMPLATES,
    Department,
    Wish,
    departments_of,
    draft,
    template_command,
    template_name,
)
from crm_pilot.errors import UserError
from crm_pilot.people.calendar import is_working_day
from crm_pilot.planning import queries as planning
from crm_pilot.planning.terms import Mark, Pillar, TaskKind
from crm_pilot.project import Project
from crm_pilot.reports import committee
from crm_pilot.stakeholders import queries as stakeholders

FULL = [name for name in TEMPLATES if name != EMPTY]
SATURDAY = dt.date(2026, 11, 28)
LONGEST = 30  # characters of a title before the plan cuts it at 1366 pixels
CASTING = {"sponsor", "lead", "integrator", "administrator", "champion", "other"}


def made(name: str, language: str = "fr", start: dt.date = SATURDAY, **more: object) -> Project:
    wish = Wish(name, language, start, **more)  # type: ignore[arg-type]
    return Project.create(template_command(wish), name="Trial", language=language, starts_on=start)


def many(waves: int, users: int = 40) -> tuple[Department, ...]:
    return tuple(Department(f"D{n}", users, n) for n in range(1, waves + 1))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", FULL)
def test_a_template_has_all_a_roll_out_needs(name: str, language: str) -> None:
    with made(name, language) as project:
        value = project.reader.value
        rows = planning.tasks(project.reader)
        lines = [row for row in rows if row.kind != TaskKind.PHASE]
        assert {row.pillar for row in lines} == set(Pillar)
        assert sum(row.kind == TaskKind.TASK for row in lines) >= 30
        assert not [link for link in planning.links(project.reader) if link.broken]
        assert value("SELECT count(*) FROM link") >= 20
        assert value("SELECT count(*) FROM course") >= 4
        assert value("SELECT count(*) FROM training_session") >= 6
        assert value("SELECT count(*) FROM risk") >= 7
        assert value("SELECT count(*) FROM budget_line") >= 6
        assert value("SELECT count(*) FROM feature") >= 5
        assert value("SELECT count(*) FROM committee") >= 5
        assert value("SELECT motivation FROM project") == name.replace("-", "_")
        kinds = {row[0] for row in project.reader.select("SELECT DISTINCT kind FROM role")}
        assert kinds == CASTING
        units = stakeholders.units(project.reader, SATURDAY)
        assert len(units) > len(departments_of(name, language))
        assert all(unit.zone is None for unit in units)  # nothing is rated yet


@pytest.mark.parametrize("waves", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("country", ["FR", "GB", "MA"])
@pytest.mark.parametrize("name", FULL)
def test_dates_hold_in_every_country_and_number_of_waves(
    name: str, country: str, waves: int
) -> None:
    with made(name, country=country, departments=many(waves, 90)) as project:
        lines = [r for r in planning.tasks(project.reader) if r.kind != TaskKind.PHASE]
        for row in lines:
            assert row.start and row.finish and SATURDAY <= row.start <= row.finish
            assert is_working_day(row.start, country) and is_working_day(row.finish, country)
        assert not [link for link in planning.links(project.reader) if link.broken]
        found = planning.waves(project.reader)
        live = [wave.go_live for wave in found]
        assert len(live) == waves and live == sorted(day for day in live if day)
        by_mark = {mark: [r for r in lines if r.mark == mark] for mark in Mark}
        assert [row.start for row in by_mark[Mark.GO_LIVE]] == live
        (council,) = by_mark[Mark.WORKS_COUNCIL]
        assert council.start < live[0]
        for mark, days in ((Mark.CHECKPOINT_30, 30), (Mark.CHECKPOINT_60, 60)):
            starts = [row.start for row in by_mark[mark]]
            after = [(start - day).days - days for start, day in zip(starts, live, strict=True)]
            assert all(0 <= late <= 5 for late in after)
        sessions = project.reader.select(
            "SELECT s.held_on, s.note FROM training_session s ORDER BY s.held_on"
        )
        assert all(is_working_day(dt.date.fromisoformat(day), country) for day, _ in sessions)


@pytest.mark.parametrize("name", FULL)
def test_both_languages_have_the_same_plan(name: str) -> None:
    sql = "SELECT id, parent_id, kind, pillar, start, finish, committee, mark FROM task ORDER BY id"
    texts = [
        ("task", "title"),
        ("risk", "title"),
        ("risk", "response"),
        ("role", "name"),
        ("role", "duty"),
        ("course", "title"),
        ("course", "aim"),
        ("stakeholder", "note"),
    ]
    with made(name, "fr") as french, made(name, "en") as english:
        assert french.reader.select(sql) == english.reader.select(sql)
        for table, column in texts:
            both = [
                p.reader.select(f"SELECT {column} FROM {table} ORDER BY id")
                for p in (french, english)
            ]
            assert len(both[0]) == len(both[1])
            same = [a for a, b in zip(*both, strict=True) if a == b]
            assert not [text for text in same if text[0] and len(text[0]) > 12], (table, same)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", FULL)
def test_titles_fit_and_none_is_there_twice_in_a_phase(name: str, language: str) -> None:
    with made(name, language, departments=many(3)) as project:
        rows = planning.tasks(project.reader)
        assert not [row.title for row in rows if len(row.title) > LONGEST]
        counted = Counter((row.parent_id, row.title) for row in rows)
        assert counted.most_common(1)[0][1] == 1
        assert not [row.title for row in rows if "{" in row.title]


@pytest.mark.parametrize("name", FULL)
def test_users_scale_sessions_champions_and_groups(name: str) -> None:
    few = draft(Wish(name, "fr", SATURDAY, departments=(Department("Ventes", 12),)))
    lots = draft(Wish(name, "fr", SATURDAY, departments=(Department("Ventes", 240),)))
    assert len(lots.tables["training_session"]) > 8 * len(few.tables["training_session"]) / 2
    assert lots.tables["stakeholder"][0]["headcount"] == 240
    duty = next(row["duty"] for row in lots.tables["role"] if row["kind"] == "champion")
    assert "20" in duty  # one for twelve
    live = next(row for row in lots.tables["task"] if row["mark"] == Mark.GO_LIVE)
    assert all(row["held_on"] < live["start"] for row in lots.tables["training_session"])


@pytest.mark.parametrize("name", TEMPLATES)
def test_figures_run_on_a_fresh_project_and_undo_has_nothing(name: str) -> None:
    with made(name) as project:
        assert project.reader.value("SELECT count(*) FROM zone_cell") == 16
        assert project.undo_labels == []
        found = figures.collect(project.reader, project.today(), language="fr")
        assert found["planning"]["tasks"] == project.reader.value(
            "SELECT count(*) FROM task WHERE kind = 'task'"
        )


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_committee_report_runs_on_a_fresh_project(name: str, tmp_path: Path) -> None:
    with made(name) as project:
        path = tmp_path / "pack.pdf"
        committee.write(project.reader, project.today(), path, language="fr", level="committee")
        assert path.read_bytes().startswith(b"%PDF")


def test_waves_are_counted_without_gaps_and_departments_checked() -> None:
    found = draft(
        Wish(
            "first-crm", "fr", SATURDAY, departments=(Department("A", 5, 2), Department("B", 5, 5))
        )
    )
    assert [row["wave_id"] for row in found.tables["department"]] == [1, 2]
    for wrong in (
        (Department(" ", 5),),
        (Department("A", 5), Department("a", 5)),
        (Department("A", -1),),
        (Department("A", 5, 7),),
    ):
        with pytest.raises(UserError):
            draft(Wish("first-crm", "fr", SATURDAY, departments=wrong))


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != EMPTY])
def test_use_and_training_know_the_profiles_from_the_start(name: str) -> None:
    with made(name) as project:
        ask = project.reader.select
        kinds = {kind for (kind,) in ask("SELECT kind FROM profile WHERE measured")}
        assert {"connected", "manager"} <= kinds
        assert ask("SELECT kind FROM profile WHERE NOT measured") == [("integration",)]
        expected = "SELECT count(*) FROM profile WHERE measured AND expected_low"
        assert ask(f"{expected} BETWEEN 1 AND expected_high")[0][0] == len(
            ask("SELECT id FROM profile WHERE measured")
        )
        assert ask("SELECT count(*) FROM wave WHERE pilot AND position > 1") == [(0,)]
        taught = ask(
            "SELECT f.kind FROM course_profile c JOIN profile f ON f.id = c.profile_id"
            " JOIN course k ON k.id = c.course_id"
        )
        assert ("manager",) in taught
        assert ("connected",) in taught


def test_the_works_council_has_another_name_abroad() -> None:
    titles = {
        country: {t["title"] for t in draft(Wish("rescue", "fr", SATURDAY, country)).tables["task"]}
        for country in ("FR", "BE")
    }
    assert any("CSE" in title for title in titles["FR"])
    assert not any("CSE" in title for title in titles["BE"])


def test_an_empty_project_keeps_the_departments_that_were_typed() -> None:
    with made(EMPTY, departments=(Department("Ventes", 40),), company="Aubrac") as project:
        assert project.reader.select("SELECT name, wave_id FROM department") == [("Ventes", None)]
        assert project.reader.value("SELECT headcount FROM stakeholder") == 40
        assert project.reader.value("SELECT company FROM project") == "Aubrac"


def test_what_is_not_known_is_said() -> None:
    with pytest.raises(UserError, match="second-crm"):
        template_command(Wish("second-crm", "fr", SATURDAY))
    with pytest.raises(UserError, match="XX"):
        template_command(Wish("first-crm", "fr", SATURDAY, "XX"))


def test_a_project_without_a_name_gets_one_in_its_language() -> None:
    for name in TEMPLATES:
        assert template_name(name, "fr") != template_name(name, "en")
