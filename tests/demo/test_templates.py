"""Templates of new projects: a plan on working days, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.demo.templates import TEMPLATES, template_command, template_name
from crm_pilot.errors import UserError
from crm_pilot.planning import queries as planning
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Project
from crm_pilot.stakeholders import queries as stakeholders

SATURDAY = dt.date(2026, 11, 28)


def made(language: str, start: dt.date = SATURDAY) -> Project:
    command = template_command("first-crm", language, start)
    return Project.create(command, name="Trial", language=language, starts_on=start)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_first_crm_has_all_a_roll_out_needs(language: str) -> None:
    with made(language) as project:
        value = project.reader.value
        lines = [row for row in planning.tasks(project.reader) if row.kind != TaskKind.PHASE]
        assert {row.pillar for row in lines} == set(Pillar)
        assert sum(row.kind == TaskKind.MILESTONE for row in lines) > 15
        assert all(row.start and row.finish for row in lines)
        assert all(row.start.weekday() < 5 and row.finish.weekday() < 5 for row in lines)
        assert min(row.start for row in lines) == dt.date(2026, 11, 30)
        assert not [link for link in planning.links(project.reader) if link.broken]
        assert [wave.go_live is not None for wave in planning.waves(project.reader)] == [True, True]
        assert value("SELECT count(*) FROM course") >= 3
        assert value("SELECT count(*) FROM profile WHERE measured") >= 2
        assert value("SELECT count(*) FROM risk") >= 5
        units = stakeholders.units(project.reader, SATURDAY)
        assert len(units) == 7
        assert all(unit.zone is None for unit in units)  # nothing is rated yet


def test_checkpoints_follow_the_go_lives() -> None:
    with made("en") as project:
        days = {row.title: row.start for row in planning.tasks(project.reader)}
        for wave in (1, 2):
            live = days[f"Wave {wave} go-live"]
            for after in (30, 60):
                review = days[f"{after}-day review, wave {wave}"]
                assert 0 <= (review - live).days - after <= 2


def test_both_languages_have_the_same_plan() -> None:
    sql = "SELECT id, parent_id, kind, pillar, start, finish, committee FROM task ORDER BY id"
    with made("fr") as french, made("en") as english:
        assert french.reader.select(sql) == english.reader.select(sql)
        titles = "SELECT title FROM task ORDER BY id"
        assert french.reader.select(titles) != english.reader.select(titles)


def test_every_template_can_be_made_and_undone_is_not_offered() -> None:
    for name, _title in TEMPLATES:
        with Project.create(template_command(name, "fr", SATURDAY), name="Trial") as project:
            assert project.reader.value("SELECT count(*) FROM zone_cell") == 16
            assert project.undo_labels == []


def test_an_unknown_template_is_said() -> None:
    with pytest.raises(UserError, match="second-crm"):
        template_command("second-crm", "fr", SATURDAY)


def test_a_project_without_a_name_gets_one_in_its_language() -> None:
    assert template_name("fr") != template_name("en")
