"""`crm-pilot copies`: the list with what changed in each, and restoring as a new file."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_pilot.cli import main
from crm_pilot.project import Add, Project, copies_of


@pytest.fixture
def saved(project: Project, tmp_path: Path) -> Path:
    """A file saved three times, with a department more each time."""
    path = tmp_path / "CRM.crmp"
    project.save(path)
    for number in range(2):
        project.execute(Add("department", {"name": f"D{number}"}))
        project.save()
    project.close()
    return path


def departments(path: Path) -> int:
    """How many departments a file holds."""
    with Project.open(path, read_only=True) as opened:
        return int(opened.reader.value("SELECT count(*) FROM department"))


def test_versions_are_listed(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = saved.read_bytes()
    assert main(["copies", str(saved), "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "CRM.crmp: 2 dated copies"
    assert lines[1].startswith("Checked when it was saved")
    assert "The file now" in lines[2] and "sound" in lines[2]
    assert [line.strip() for line in lines[3::2]] == [
        "1 department added",
        "1 department added",
        "the oldest version kept",
    ]
    assert saved.read_bytes() == before


def test_in_french(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copies", str(saved), "--lang", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "1 service ajouté" in shown and "Copie datée" in shown


def test_a_damaged_version_is_told(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = copies_of(saved)[0].path
    copy.write_bytes(copy.read_bytes()[:5000])
    assert main(["copies", str(saved), "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert "damaged" in shown.out and "Traceback" not in shown.err


def test_restoring_never_writes_over_a_file(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, target = saved.read_bytes(), tmp_path / "back.crmp"
    words = ["copies", str(saved), "--restore", "2", "-o", str(target), "--lang", "en"]
    assert main(words) == 0
    assert str(target) in capsys.readouterr().out
    assert departments(target) == 0
    assert main(words) == 2
    assert "is there already" in capsys.readouterr().err
    words[5] = str(saved)
    assert main(words) == 2
    assert saved.read_bytes() == before


def test_without_a_name_it_proposes_one(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copies", str(saved), "--restore", "1", "--lang", "en"]) == 0
    (made,) = saved.parent.glob("CRM (*.crmp")
    assert departments(made) == 1


def test_what_is_not_there_is_told(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copies", str(saved), "--restore", "9", "--lang", "en"]) == 2
    assert "lists 0 to 2" in capsys.readouterr().err
    assert main(["copies", str(tmp_path / "never.crmp"), "--lang", "en"]) == 2
    assert "no dated copy" in capsys.readouterr().err


def test_copies_of_a_file_that_is_gone(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved.unlink()
    assert main(["copies", str(saved), "--restore", "0", "--lang", "en"]) == 0
    capsys.readouterr()
    (made,) = saved.parent.glob("CRM (*.crmp")
    assert departments(made) == 1
