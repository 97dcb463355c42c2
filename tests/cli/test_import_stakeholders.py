"""`crm-pilot import FILE SOURCE --as stakeholders`: check, import, and say what is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot.cli import main
from crm_pilot.project import Project

LIST = "Groupe;Service;Effectif;Synergie;Antagonisme;Coté le;Fait observé\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "map.crmp"
    day = dt.date(2026, 1, 12)
    with Project.create(name="Map", language="en", country="FR", starts_on=day) as project:
        project.save(path)
    return path


def write(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "carte.csv"
    path.write_text(LIST + "\n".join(rows) + "\n", "cp1252")
    return str(path)


def units(path: Path) -> list[tuple[object, ...]]:
    with Project.open(path, read_only=True) as project:
        return project.reader.select("SELECT name, headcount FROM stakeholder ORDER BY id")


def test_a_check_then_the_import(
    new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path, "Équipe Sud;Ventes;46;2;3;2026-02-02;Refus", "Siège;;12;;;;")
    words = ["import", str(new), source, "--as", "stakeholders", "--lang", "en"]
    assert main([*words, "--check", "--create-departments"]) == 0
    assert "Checked only" in capsys.readouterr().out
    assert units(new) == []
    assert main([*words, "--create-departments"]) == 0
    told = capsys.readouterr().out
    assert "2 new, 0 changed, 0 unchanged" in told
    assert "1 rating is added" in told
    assert "1 department is created" in told
    assert units(new) == [("Équipe Sud", 46), ("Siège", 12)]
    assert main(words) == 0
    assert "knows all this already" in capsys.readouterr().out


def test_what_is_wrong_is_told_and_nothing_is_imported(
    new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path, "Sud;Ventes;46;5;3;2026-02-02;Refus", "Siège;;12;;;;")
    words = ["import", str(new), source, "--as", "stakeholders", "--lang", "en"]
    assert main(words) == 2
    told = capsys.readouterr()
    assert "Line 2, column “Synergie”, value “5”: no level from 1 to 4" in told.out
    assert "Line 2, column “Service”, value “Ventes”: unknown department" in told.out
    assert "2 problems must be mended first" in told.err
    assert units(new) == []


def test_people_become_groups(new: Path, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("Nom;Prénom;Service\nNoir;Jean;Ventes\nBlanc;Eve;Ventes\n", "utf-8")
    words = ["import", str(new), str(source), "--as", "stakeholders"]
    assert main([*words, "--by-department", "--create-departments"]) == 0
    assert units(new) == [("Ventes", 2)]
