"""`crm-pilot import --as plan` and `crm-pilot export --as …`."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from crm_pilot.cli import main
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.exchange.mspdi_write import write_mspdi
from crm_pilot.planning import queries
from crm_pilot.planning.document import DocCalendar, DocLink, DocTask, PlanDocument
from crm_pilot.project import Project


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project without a plan."""
    path = tmp_path / "p.crmp"
    assert main(["new", str(path), "--template", "empty", "--lang", "en", "--name", "P"]) == 0
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan of three lines."""
    week = (((480, 720), (780, 1020)),) * 5 + ((), ())
    document = PlanDocument(
        calendars=(DocCalendar(1, "Standard", week),),
        calendar=1,
        start=dt.datetime(2026, 1, 5, 8),
        tasks=(
            DocTask(1, "Phase"),
            DocTask(2, "Build", parent=1, duration=960, duration_unit="d", note="between us"),
            DocTask(3, "Live", parent=1, duration=0, milestone=True),
        ),
        links=(DocLink(2, 3),),
        source="mspdi",
    )
    path = tmp_path / "plan.xml"
    write_mspdi(document, path)
    return path


def titles(path: Path) -> list[str]:
    """Lines of a project."""
    with Project.open(path, read_only=True) as project:
        return [row.title for row in queries.tasks(project.reader)]


def test_checked_then_imported_then_added(
    empty: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", str(empty), str(plan), "--as", "plan"]
    assert main([*words, "--check"]) == 0
    shown = capsys.readouterr().out
    for part in ("plan.xml: 3 lines", "› Build", "3 lines, 1 links", "this one becomes its plan",
                 "Checked only: nothing was changed."):  # fmt: skip
        assert part in shown, part
    assert titles(empty) == []
    assert main(words) == 0
    assert titles(empty) == ["Phase", "Build", "Live"]
    capsys.readouterr()
    before = empty.read_bytes()
    assert main(words) == 2
    caught = capsys.readouterr()
    assert "has a plan of 3 lines already" in caught.out
    assert "--add" in caught.out
    assert empty.read_bytes() == before
    assert main([*words, "--add"]) == 0
    assert "new phase “plan”; the plan that is there stays" in capsys.readouterr().out
    assert titles(empty) == ["Phase", "Build", "Live", "plan", "Phase", "Build", "Live"]


def test_a_file_of_ms_project_itself(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.mpp"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert main(["import", str(empty), str(path), "--as", "plan", "--lang", "fr"]) == 2
    assert "Enregistrer sous" in capsys.readouterr().err
    assert main(["import", str(empty), str(tmp_path / "none.xml"), "--as", "plan"]) == 2


def test_every_form_goes_out(
    empty: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(empty), str(plan), "--as", "plan"]) == 0
    for form, suffix in (("mspdi", "xml"), ("csv", "csv"), ("xlsx", "xlsx"), ("ics", "ics")):
        out = tmp_path / f"out.{suffix}"
        assert main(["export", str(empty), "--as", form, "-o", str(out)]) == 0
        assert out.stat().st_size > 100
        assert str(out) in capsys.readouterr().out
        assert main(["export", str(empty), "--as", form, "-o", str(out)]) == 2
        assert "is there already" in capsys.readouterr().err
        wrong = tmp_path / "out.pdf"
        assert main(["export", str(empty), "--as", form, "-o", str(wrong)]) == 2
        assert f"does not end in .{suffix}" in capsys.readouterr().err
        assert not wrong.exists()
    assert [t.name for t in read_mspdi(tmp_path / "out.xml").tasks] == ["Phase", "Build", "Live"]


def test_levels_of_the_plan(
    empty: Path, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """MS Project gets notes unless said, a calendar gets none unless said; both tell."""
    assert main(["import", str(empty), str(plan), "--as", "plan"]) == 0
    for form, level, suffix, notes in (
        ("mspdi", [], "xml", True),
        ("mspdi", ["--level", "committee"], "xml", False),
        ("ics", [], "ics", False),
        ("ics", ["--level", "own"], "ics", True),
    ):
        capsys.readouterr()
        out = tmp_path / f"o.{suffix}"
        words = ["export", str(empty), "--as", form, "-o", str(out), "--force", *level]
        assert main(words) == 0
        assert ("between us" in out.read_text("utf-8")) is notes
        assert ("with notes and names" in capsys.readouterr().out) is notes


def test_the_table_of_the_plan_comes_back(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "p.crmp"
    shutil.copy(demo, project)
    for suffix in ("csv", "xlsx"):
        out = tmp_path / f"plan.{suffix}"
        words = ["export", str(project), "--as", suffix, "-o", str(out), "--level", "own"]
        assert main(words) == 0
        assert main(["import", str(project), str(out), "--as", "table"]) == 0
        assert "knows all this already" in capsys.readouterr().out


def test_what_makes_no_sense_is_refused(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "o.xml")
    assert main(["export", str(empty), "-o", out]) == 2
    assert "Name the tables to export" in capsys.readouterr().err
    assert main(["export", str(empty), "tasks", "--as", "mspdi", "-o", out]) == 2
    assert "name no tables" in capsys.readouterr().err
    assert main(["export", str(empty), "--as", "mspdi", "-o", out]) == 2
    assert "nothing to export" in capsys.readouterr().err
