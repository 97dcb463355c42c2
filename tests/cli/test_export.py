"""`crm-pilot export` and back: levels, refusals, nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_pilot.cli import main
from crm_pilot.exchange.tables_list import TABLES


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def test_out_and_back(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "p.crmp"
    shutil.copy(demo, project)
    before = project.read_bytes()
    for out, options in (
        (tmp_path / "all", ("--lang", "en")),
        (tmp_path / "all.xlsx", ("--lang", "fr")),
    ):
        words = ["export", str(project), "all", "-o", str(out), "--level", "own", *options]
        assert main(words) == 0
        assert f"{len(TABLES)} table" in capsys.readouterr().out.splitlines()[-1]
        assert main(["import", str(project), str(out), "--as", "table"]) == 0
        shown = capsys.readouterr().out
        assert "Persons: 0 new, 0 changed, 426 unchanged" in shown
        assert "knows all this already" in shown
    assert project.read_bytes() == before


def test_committee_is_the_level_unless_said(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.csv"
    assert main(["export", str(demo), "stakeholders", "-o", str(out)]) == 0
    text = out.read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Groupe ou code;")  # in the project's language
    assert "P-014;" in text
    words = ["export", str(demo), "stakeholders", "-o", str(out), "--level", "own", "--force"]
    assert main([*words, "--delimiter", "tab", "--lang", "en"]) == 0
    assert out.read_bytes().decode("utf-8-sig").startswith("No.\tGroup or person\tName\t")


def test_refusals(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "a.csv"
    there.write_text("mine")
    (tmp_path / "b.csv").mkdir()
    for words, why in (
        (["risks", "-o", str(there)], "is there already and was not touched"),
        (["risks", "tasks", "-o", str(tmp_path / "c.csv")], "one table only"),
        (["risks", "-o", str(tmp_path / "c.pdf")], "neither a folder nor a file"),
        (["risks", "-o", str(there / "x.csv")], "does not exist"),
        (["risks", "-o", str(tmp_path / "b.csv")], "is a folder"),
        (["rubbish", "-o", str(tmp_path / "c.csv")], "There is no table called “rubbish”"),
        (["tickets", "-o", str(tmp_path / "c.csv"), "--encoding", "cp1252"], "choose UTF-8"),
    ):
        assert main(["export", str(demo), *words]) == 2
        told = capsys.readouterr().err
        assert why in told
        assert len(told.strip().splitlines()) == 1
    assert there.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]
